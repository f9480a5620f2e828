"""``cherha audit``: every call is held against the rules, and whoever rewrote the log cannot hide an overtaking."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from config.words import words_in
from queue_server.audit import Audit, NoSettings, audit, audit_file
from queue_server.audit_words import as_json, as_text
from queue_server.cli import app
from queue_server.clock import StoppedClock
from queue_server.hall import Hall
from queue_server.ledger import FILE, Work, chained
from queue_server.rules import appointments, desks, serving, visits
from queue_server.rules import events as ev
from queue_server.rules.appointments import Booking
from queue_server.rules.visits import Asking, Wish
from queue_server.simulation import arrivals, play, policies
from queue_server.simulation.hall import reference_hall
from queue_server.site import Site
from queue_server.verify import verify

Decide = Callable[[Hall, datetime], Sequence[ev.Event]]


class Day:
    """Monday at desk 1 (queues А and Д) on a real file, by the rules the doors use."""

    def __init__(self, centre: Any, folder: Path, now: datetime) -> None:
        self.centre, self.folder = centre, folder
        self.clock = StoppedClock(now)
        self.site = Site(centre, folder, self.clock)
        self.open()

    def open(self) -> None:
        skills = desks.Skills(1, "upszn", ("dity", "dopomoha"), ())
        self.do(lambda hall, _now: desks.open_desk(hall, self.centre, 1, skills))

    def do(self, decide: Decide, actor: str = "user:1") -> None:
        self.site.ledger.do(Work(actor, decide, lambda _hall, _rows: None))
        self.clock.move_by(seconds=40)

    def take(self, *services: int, claim: tuple[int, ev.Mode] | None = None) -> int:
        wishes = [Wish(service, claim) for service in services]
        asking = Asking("kiosk", "uk")
        self.do(lambda hall, now: visits.open_visit(hall, now, self.centre, wishes, asking), "device:1")
        return self.site.hall.last_ticket

    def call(self) -> None:
        self.do(lambda hall, now: serving.call_next(hall, now, self.centre, 1, 1))

    def start(self) -> None:
        self.do(lambda hall, _now: serving.start(hall, self.centre, 1, 1))

    def finish(self) -> None:
        self.do(lambda hall, now: serving.finish(hall, now, self.centre, 1, 1, "accepted"))

    def serve(self) -> None:
        self.call()
        self.start()
        self.finish()

    def call_number(self, ticket: int, reason: str) -> None:
        self.do(lambda hall, now: serving.call_out_of_order(hall, now, self.centre, 1, 1, ticket, reason))


@pytest.fixture(scope="module")
def lived(bakhmut: Any, moment: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A morning with every kind of call but the out-of-order one, and the morning after it; nobody serves it now."""
    day = Day(bakhmut, tmp_path_factory.mktemp("lived") / "data", moment(10))
    for services in ((2, 6), (2,), (2,), (6,), (2,)):
        day.take(*services)
    day.take(2, claim=(1, "out_of_turn"))
    for _ in range(2):
        day.serve()
    day.call()
    day.start()
    held = day.site.hall.desks[1].ticket
    assert held is not None
    day.do(lambda hall, now: serving.hold(hall, now, bakhmut, 1, 1, "documents"))
    day.do(lambda hall, _now: visits.come_back(hall, held))
    day.serve()
    day.take(3)
    slot = moment(10, 30)
    day.do(
        lambda hall, _now: appointments.expect(hall, bakhmut, [Booking(2, 501, slot), Booking(2, 502, slot)]), "system"
    )
    booked = [day.site.hall.last_ticket - 1, day.site.hall.last_ticket]
    day.clock.move_by(minutes=10)
    day.do(lambda hall, now: appointments.check_in(hall, now, bakhmut, booked[0]))
    day.clock.move_by(minutes=2)
    day.serve()
    day.do(lambda hall, now: appointments.call_by_record(hall, now, bakhmut, 1, 1, booked[1]))
    day.start()
    day.finish()
    while day.site.hall.waiting("dity") + day.site.hall.waiting("dopomoha"):
        day.serve()
    day.take(2, 6)  # the second is called while its holder still walks: nobody else is there
    day.serve()
    day.serve()
    day.clock.move_by(days=1)
    day.open()
    day.take(2)
    day.call()
    day.site.close()
    return day.folder


@pytest.fixture
def day(lived: Path, tmp_path: Path) -> Path:
    """A copy to do wrong to."""
    return shutil.copytree(lived, tmp_path / "data")


def forge(folder: Path, change: Callable[[list[dict[str, Any]]], None], *statements: str) -> None:
    """Rewrites rows of the log and mends the hash chain behind itself; ``statements`` change other tables."""
    connection = sqlite3.connect(folder / FILE)
    for trigger in ("log_keeps_every_row", "log_keeps_every_word"):
        connection.execute(f"DROP TRIGGER {trigger}")
    columns = ("seq", "at", "service_date", "type", "actor", "data")
    before = [
        dict(zip(columns, row, strict=True))
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM log ORDER BY seq")
    ]
    rows = [dict(row) for row in before]
    change(rows)
    assert rows != before or statements, "nothing was forged"
    previous = ""
    for row in rows:
        digest = chained(previous, {name: row[name] for name in columns})
        connection.execute(
            "UPDATE log SET at = :at, actor = :actor, type = :type, data = :data, prev_hash = :previous, hash = :hash"
            " WHERE seq = :seq",
            {**row, "previous": previous, "hash": digest},
        )
        previous = digest
    for statement in statements:
        assert connection.execute(statement).rowcount > 0, "nothing was changed"
    connection.commit()
    connection.close()


def calls(rows: list[dict[str, Any]], tier: str) -> list[dict[str, Any]]:
    return [r for r in rows if r["type"] == "TicketCalled" and json.loads(r["data"])["choice"]["tier"] == tier]


def chain_holds(folder: Path) -> bool:
    return not any("hash chain" in mistake for mistake in verify(folder).mistakes)


def cherha_audit(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["audit", "--data", str(folder), *words], env={"CHERHA_LANGUAGE": "uk"})


# --- days that were lived by the rules ---


def test_a_day_by_the_rules_departs_nowhere_and_every_kind_of_call_was_judged(lived: Path) -> None:
    found = audit_file(lived)
    assert found.departures == []
    assert found.unfoldable == []
    assert found.days == 2
    assert found.calls >= 10
    connection = sqlite3.connect(lived / FILE)
    tiers = {tier for (tier,) in connection.execute("SELECT DISTINCT tier FROM call")}
    connection.close()
    assert tiers == {"ordinary", "priority", "return", "appointment", "by_record", "nobody_else"}


def test_simulated_days_depart_nowhere() -> None:
    """Three days so full that both guards for whoever waits longest step in."""
    centre = reference_hall()
    tiers: set[str] = set()
    for number in range(3):
        rows: list[ev.Row] = []
        everybody, paces = arrivals.people(1, number, 1.35), arrivals.paces(1, number, 1.35)
        day = play.Play(centre, policies.POLICIES["ours"](centre), everybody, paces)

        class Both:
            """The simulation's own watch, and a note of every row."""

            watch = day.played.watch

            def see(self, row: ev.Row, rows: list[ev.Row] = rows) -> None:
                rows.append(row)
                self.watch.see(row)

        day.played.watch = Both()
        day.run()
        found = audit(rows, lambda _: centre)
        assert found.departures == []
        assert found.unfoldable == []
        assert found.calls > 200
        tiers |= {row.event.choice.tier for row in rows if isinstance(row.event, ev.TicketCalled)}
    assert {"guard", "forced"} <= tiers


def test_a_single_day_is_audited_alone_with_the_settings_of_the_day_before(day: Path) -> None:
    only = audit_file(day, date(2026, 3, 16))
    assert (only.days, only.departures, only.unfoldable) == (1, [], [])
    other = audit_file(day, date(2026, 3, 17))
    assert (other.days, other.calls, other.departures) == (1, 1, [])
    assert only.calls + other.calls == audit_file(day).calls


# --- out of order, openly ---


def test_a_call_out_of_order_is_listed_with_its_reason_and_whose_turn_it_was(
    bakhmut: Any, moment: Any, tmp_path: Path
) -> None:
    day = Day(bakhmut, tmp_path / "data", moment(10))
    for _ in range(3):
        day.take(2)
    day.call_number(3, "help_disabled")
    day.site.close()
    found = audit_file(day.folder)
    (one,) = found.departures
    assert (one.kind, one.number, one.desk, one.reason) == ("manual", "А\u00a03", 1, "help_disabled")
    assert (one.expected, one.expected_tier, one.login) == ("А\u00a01", "ordinary", "kovalenko")
    assert one.explained
    assert found.passed
    told = as_text(found, words_in("uk")).replace("\u00a0", " ")
    assert "А 3 викликано до місця № 1 поза порядком. Хто: kovalenko (user:1)." in told
    assert "Причина: допомога особі з інвалідністю. За порядком мав бути А 1 (загальна черга)." in told
    assert cherha_audit(day.folder).exit_code == 0


def test_a_call_out_of_order_without_a_reason_does_not_pass(bakhmut: Any, moment: Any, tmp_path: Path) -> None:
    day = Day(bakhmut, tmp_path / "data", moment(10))
    day.take(2)
    day.take(2)
    day.call_number(2, "")
    day.site.close()
    found = audit_file(day.folder)
    assert [one.explained for one in found.departures] == [False]
    assert "ПРИЧИНИ НЕМАЄ" in as_text(found, words_in("uk"))
    assert cherha_audit(day.folder).exit_code == 1


# --- out of order, in secret ---


def swapped(rows: list[dict[str, Any]], first: int, one: int, other: int) -> None:
    """From a row on, everything that happened to one ticket happened to the other."""
    for row in rows:
        data = json.loads(row["data"])
        if row["seq"] >= first and data.get("ticket") in (one, other):
            row["data"] = json.dumps({**data, "ticket": one + other - data["ticket"]})


def test_one_forged_call_is_named_though_the_chain_was_mended(bakhmut: Any, moment: Any, tmp_path: Path) -> None:
    day = Day(bakhmut, tmp_path / "data", moment(10))
    for _ in range(4):
        day.take(2)
    for _ in range(4):
        day.serve()
    day.site.close()
    forged: list[int] = []

    def overtake(rows: list[dict[str, Any]]) -> None:
        """А 4 takes the turn of А 2, as if the operator had called it so."""
        second = calls(rows, "ordinary")[1]
        forged.append(second["seq"])
        swapped(rows, second["seq"], 2, 4)

    assert audit_file(day.folder).passed
    forge(day.folder, overtake)
    assert chain_holds(day.folder)
    found = audit_file(day.folder)
    assert found.unfoldable == []
    first = found.departures[0]
    assert (first.seq, first.kind, first.number, first.expected) == (forged[0], "out_of_order", "А\u00a04", "А\u00a02")
    assert (first.login, first.explained) == ("kovalenko", False)
    done = cherha_audit(day.folder)
    assert done.exit_code == 1
    assert f"рядок {forged[0]}, 2026-03-16" in done.stdout
    assert "А 4 викликано до місця № 1 не за порядком" in done.stdout.replace("\u00a0", " ")
    assert "За порядком мав бути А 2 (загальна черга)" in done.stdout.replace("\u00a0", " ")
    told = json.loads(cherha_audit(day.folder, "--json").stdout)
    assert set(told) == {"days", "calls", "departures", "explained", "unexplained", "unfoldable"}
    assert told["departures"][0] | {"seq": 0} == {
        "seq": 0, "day": "2026-03-16", "at": told["departures"][0]["at"], "kind": "out_of_order", "number": "А 4",
        "desk": 1, "actor": "user:1", "login": "kovalenko", "tier": "ordinary", "reason": None, "expected": "А 2",
        "expected_tier": "ordinary", "refused": None, "explained": False,
    }  # fmt: skip


def test_a_record_that_lies_is_found_though_the_right_number_was_called(day: Path) -> None:
    def lie(rows: list[dict[str, Any]]) -> None:
        row = calls(rows, "ordinary")[0]
        data = json.loads(row["data"])
        data["choice"]["standings"][0]["size"] = 1
        row["data"] = json.dumps(data)

    forge(day, lie)
    assert chain_holds(day)
    found = audit_file(day)
    assert [one.kind for one in found.departures] == ["record_differs"]
    assert not found.passed


def test_a_tier_that_lies_is_found(day: Path) -> None:
    """An ordinary number told to have been a priority, so that nobody asks."""

    def lie(rows: list[dict[str, Any]]) -> None:
        row = calls(rows, "ordinary")[0]
        row["data"] = json.dumps({**(data := json.loads(row["data"])), "choice": data["choice"] | {"tier": "priority"}})

    forge(day, lie)
    assert [(one.kind, one.tier, one.expected_tier) for one in audit_file(day).departures] == [
        ("record_differs", "priority", "ordinary")
    ]


@pytest.mark.parametrize(
    ("claimed", "kind", "refused"),
    [("by_record", "forbidden", "no_appointment"), ("manual", "record_differs", "")],
)
def test_a_call_is_not_hidden_as_one_of_another_command(day: Path, claimed: str, kind: str, refused: str) -> None:
    def lie(rows: list[dict[str, Any]]) -> None:
        row = calls(rows, "ordinary")[0]
        row["data"] = json.dumps({**(data := json.loads(row["data"])), "choice": data["choice"] | {"tier": claimed}})

    forge(day, lie)
    found = audit_file(day)
    assert (found.departures[0].kind, found.departures[0].refused) == (kind, refused)
    assert found.unexplained


def test_a_call_before_the_doors_open_is_forbidden(toy: Any, moment: Any) -> None:
    toy.open(1)
    toy.take(2)
    toy.call(1)
    early = [ev.Row(r.seq, r.at - timedelta(hours=4), r.day, r.actor, r.event) for r in toy.rows]
    found = audit(early, lambda _: toy.centre)
    assert [(one.kind, one.refused) for one in found.departures] == [("forbidden", "reception_not_open")]


# --- rows that make no sense ---


def test_a_row_that_cannot_be_folded_is_named_and_the_rest_is_judged_without_it(day: Path) -> None:
    seqs: list[int] = []

    def break_two(rows: list[dict[str, Any]]) -> None:
        missing = calls(rows, "ordinary")[-1]
        missing["data"] = json.dumps({**json.loads(missing["data"]), "ticket": 999})
        accounts = next(r for r in rows if r["type"] == "AccountChanged")
        accounts["data"] = "{"
        seqs.extend([accounts["seq"], missing["seq"]])

    before = audit_file(day)
    forge(day, break_two)
    found = audit_file(day)
    assert [broken.seq for broken in found.unfoldable[:2]] == seqs
    assert found.calls == before.calls
    assert found.days == 2
    assert not found.passed
    done = cherha_audit(day)
    assert done.exit_code == 1
    assert f"рядок {seqs[1]}: подію неможливо застосувати (KeyError" in done.stdout
    told = json.loads(as_json(found))
    assert told["unfoldable"][0]["seq"] == seqs[0]


def test_a_row_that_cannot_be_read_is_enough_not_to_pass(day: Path) -> None:
    def break_one(rows: list[dict[str, Any]]) -> None:
        next(r for r in rows if r["type"] == "AccountChanged")["data"] = "{"

    forge(day, break_one)
    found = audit_file(day)
    assert (found.departures, len(found.unfoldable)) == ([], 1)
    assert cherha_audit(day).exit_code == 1


def test_a_row_that_fails_halfway_leaves_the_hall_as_it_was(toy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    toy.open(1)
    for _ in range(2):
        toy.take(2)
    toy.serve(1)
    toy.call(1)
    first = next(row.seq for row in toy.rows if isinstance(row.event, ev.TicketCalled))
    note = Hall._note_call

    def stumble(self: Hall, row: ev.Row, *rest: Any) -> None:
        if row.seq == first:  # the place is left and the desk taken by now
            raise KeyError("halfway")
        note(self, row, *rest)

    monkeypatch.setattr(Hall, "_note_call", stumble)
    found = audit(toy.rows, lambda _: toy.centre)
    assert found.unfoldable[0].seq == first
    assert [(one.kind, one.number, one.expected) for one in found.departures] == [
        ("out_of_order", "А\u00a02", "А\u00a01")
    ]


def test_an_audit_says_from_where_on_it_could_not_judge(toy: Any) -> None:
    toy.open(1)
    first = toy.rows[-1]
    nonsense = [ev.Row(first.seq + n, toy.now, first.day, "user:1", ev.ServiceStarted(999, 1)) for n in range(1, 40)]
    for _ in range(3):
        toy.take(2)
    toy.serve(1)
    found = audit([*toy.rows[: first.seq], *nonsense, *toy.rows[first.seq :]], lambda _: toy.centre)
    assert len(found.unfoldable) == 20
    assert found.unfoldable[-1].gave_up
    assert found.calls == 0
    assert "Далі виклики цього дня не перевірено." in as_text(found, words_in("uk"))


def test_settings_that_were_swapped_in_the_file_judge_nobody(day: Path) -> None:
    forge(day, lambda _rows: None, "UPDATE settings SET document = json_set(document, '$.rules.priority_run', 9)")
    found = audit_file(day)
    assert {one.kind for one in found.departures} == {"no_settings"}
    assert len(found.departures) == found.calls


def test_unknown_settings_are_said(toy: Any) -> None:
    toy.open(1)
    toy.take(2)
    toy.call(1)

    def unknown(fingerprint: str) -> Any:
        raise NoSettings(fingerprint)

    assert [one.kind for one in audit(toy.rows, unknown).departures] == ["no_settings"]


# --- the command ---


def test_the_command_says_a_clean_day_in_one_line(lived: Path) -> None:
    done = cherha_audit(lived, "--day", "2026-03-16")
    assert done.exit_code == 0, done.output
    assert done.stdout.count("\n") == 1
    assert "без причини: 0" in done.stdout


def test_a_folder_without_a_file_and_a_day_without_rows_are_said_plainly(lived: Path, tmp_path: Path) -> None:
    nothing = cherha_audit(tmp_path)
    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert "немає даних центру" in nothing.stderr
    for day, said in (("2026-01-01", "За 2026-01-01 у журналі нічого немає."), ("учора", "День пишуть так")):
        done = cherha_audit(lived, "--day", day)
        assert (done.exit_code, said in done.stderr) == (2, True)
        assert "Traceback" not in done.stderr


def test_an_audit_reads_beside_the_server_and_changes_nothing(bakhmut: Any, moment: Any, tmp_path: Path) -> None:
    day = Day(bakhmut, tmp_path / "data", moment(10))
    day.take(2)
    day.call()
    before = day.site.hall.seq
    assert audit_file(day.folder).calls == 1
    day.start()
    assert day.site.hall.seq == before + 1
    day.site.close()


def test_the_sums_of_an_audit_are_its_own_departures() -> None:
    assert (Audit().passed, Audit().unexplained) == (True, 0)
