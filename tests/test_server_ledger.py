"""The log and its one writer: what was answered is on disk, what was refused never happened."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import gevent
import pytest

from queue_server import app
from queue_server.clock import StoppedClock
from queue_server.ledger import FILE, FolderInUse, Key, KeyReused, StorageTrouble, Work
from queue_server.rules import desks, visits
from queue_server.rules import events as ev
from queue_server.rules.refusal import Refused
from queue_server.site import Site
from queue_server.verify import verify

Issued = list[Any]


def taking(site: Site, *services: int, key: Key | None = None, actor: str = "device:1") -> Work[Issued]:
    """A visit with these services; the answer is its numbers."""
    return Work(
        actor,
        lambda hall, now: visits.open_visit(
            hall, now, site.centre, list(map(visits.Wish, services)), visits.Asking("kiosk", "uk")
        ),
        lambda hall, rows: [hall.tickets[r.event.ticket].number for r in rows if isinstance(r.event, ev.TicketIssued)],
        key,
    )


def take(site: Site, *services: int, key: Key | None = None) -> Issued:
    return site.ledger.do(taking(site, *services, key=key))


def at_once(site: Site, works: list[Work[Any]]) -> list[Any]:
    """What became of decisions that wait for the writer together."""

    def outcome(work: Work[Any]) -> Any:
        try:
            return site.ledger.do(work)
        except Exception as error:  # noqa: BLE001 (it is the outcome)
            return error

    greenlets = [gevent.spawn(outcome, work) for work in works]
    gevent.joinall(greenlets)
    return [greenlet.value for greenlet in greenlets]


class Folder:
    """A folder that is served again and again, sometimes with other settings."""

    def __init__(self, path: Path, centre: Any, clock: StoppedClock) -> None:
        self.path, self.centre, self.clock = path, centre, clock
        self._site: Site | None = None

    def open(self, centre: Any = None, why: str = "", who: str = "") -> Site:
        self.close()
        self._site = Site(centre or self.centre, self.path, self.clock, why=why, who=who)
        return self._site

    def close(self) -> None:
        if self._site is not None:
            self._site.close()
            self._site = None

    def sql(self, query: str, *values: Any) -> list[Any]:
        connection = sqlite3.connect(self.path / FILE)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.commit()
            connection.close()


@pytest.fixture
def folder(tmp_path: Path, bakhmut: Any, clock: StoppedClock) -> Iterator[Folder]:
    folder = Folder(tmp_path / "data", bakhmut, clock)
    yield folder
    folder.close()


@pytest.fixture
def site(folder: Folder) -> Site:
    return folder.open()


# --- what was answered is kept ---


def test_what_was_answered_is_in_the_file_before_the_answer(folder: Folder, site: Site) -> None:
    take(site, 2, 22)
    assert folder.sql("SELECT letter, number, state FROM ticket ORDER BY id") == [
        ("А", 1, "waiting"),
        ("Л", 1, "waiting"),
    ]


def test_the_hall_is_the_same_after_the_folder_is_opened_again(folder: Folder, site: Site) -> None:
    take(site, 2)
    take(site, 2, 22)
    skills = desks.Skills(1, "upszn", ("dity",), ())
    site.ledger.do(
        Work("user:1", lambda hall, _now: desks.open_desk(hall, site.centre, 1, skills), lambda _h, _r: None)
    )
    before = site.hall
    after = folder.open().hall
    assert [t.row() for t in after.tickets.values()] == [t.row() for t in before.tickets.values()]
    assert [d.row() for d in after.desks.values()] == [d.row() for d in before.desks.values()]
    assert (after.seq, after.last_number, after.fingerprint) == (before.seq, before.last_number, before.fingerprint)


def test_a_machine_without_paper_is_without_paper_after_midnight_and_a_restart(
    folder: Folder, site: Site, clock: StoppedClock
) -> None:
    """A machine says only what changes, so nobody would hear of it again."""

    def told(site: Site, device: int, trouble: str) -> None:
        event = ev.DeviceReported(device, not trouble, trouble)
        site.ledger.do(Work(f"device:{device}", lambda _hall, _now: [event], lambda _h, _r: None))

    for device, trouble in ((1, "paper_out"), (2, "cover_open"), (2, ""), (3, "voice_silent")):
        told(site, device, trouble)
    clock.move_by(days=1)
    site.ledger.tick()
    told(site, 3, "")
    before = site.hall.machines
    assert [before[device].trouble for device in (1, 2, 3)] == ["paper_out", "", ""]
    assert folder.open().hall.machines == before
    clock.move_by(days=1)
    assert folder.open().hall.machines == before


def test_numbers_go_on_after_the_folder_is_opened_again(folder: Folder, site: Site) -> None:
    assert [take(site, 2), take(site, 3)] == [[1], [2]]
    assert take(folder.open(), 2) == [3]


def test_numbers_begin_anew_the_next_day_and_visits_do_not(folder: Folder, site: Site, clock: StoppedClock) -> None:
    take(site, 2)
    clock.move_by(days=1)
    again = folder.open()
    assert take(again, 2) == [1]
    assert folder.sql("SELECT id, service_date, number FROM ticket") == [(1, "2026-03-16", 1), (2, "2026-03-17", 1)]


def test_a_refused_decision_leaves_no_trace_in_the_file(folder: Folder, site: Site) -> None:
    before = folder.sql("SELECT count(*) FROM log"), site.hall.seq
    with pytest.raises(Refused, match="same_service_twice"):
        take(site, 2, 2)
    assert (folder.sql("SELECT count(*) FROM log"), site.hall.seq) == before
    assert folder.sql("SELECT * FROM visit") == []
    assert take(site, 2) == [1]


def test_fifty_decisions_at_once_get_fifty_numbers_in_one_transaction(folder: Folder, site: Site) -> None:
    commits = []
    site.ledger.db.conn.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    issued = at_once(site, [taking(site, 2) for _ in range(50)])
    assert sorted(issued) == [[n] for n in range(1, 51)]
    assert len(commits) == 1
    assert folder.sql("SELECT count(DISTINCT number) FROM ticket") == [(50,)]


def test_a_refusal_in_the_middle_of_a_batch_harms_nobody_else(site: Site) -> None:
    first, refused, last = at_once(site, [taking(site, 2), taking(site, 99), taking(site, 2)])
    assert (first, last) == ([1], [2])
    assert isinstance(refused, Refused)


def test_a_bug_in_a_decision_is_its_own_callers_alone(site: Site) -> None:
    broken: Work[Any] = Work("system", lambda _hall, _now: [1 / 0], lambda _hall, _rows: None)  # type: ignore[list-item]
    first, bug, last = at_once(site, [taking(site, 2), broken, taking(site, 2)])
    assert (first, type(bug), last) == ([1], ZeroDivisionError, [2])


# --- the same key, the same answer ---


def test_the_same_key_is_answered_as_the_first_time(folder: Folder, site: Site) -> None:
    key = Key("/visits", "k1", "body")
    assert [take(site, 2, key=key), take(site, 2, key=key)] == [[1], [1]]
    assert folder.sql("SELECT count(*) FROM ticket") == [(1,)]


def test_the_same_key_is_answered_as_the_first_time_after_a_restart(folder: Folder, site: Site) -> None:
    key = Key("/visits", "k1", "body")
    take(site, 2, key=key)
    take(site, 2)
    assert take(folder.open(), 2, key=key) == [1]


def test_a_refusal_is_remembered_with_its_key_and_its_words(folder: Folder, site: Site) -> None:
    key = Key("/visits", "k1", "body")
    for again in (False, True):
        here = folder.open() if again else site
        with pytest.raises(Refused) as caught:
            take(here, 99, key=key)
        assert (type(caught.value).__name__, caught.value.code, caught.value.values) == (
            "Unknown",
            "unknown_service",
            {"service": 99},
        )


def test_one_key_sent_twice_at_once_is_one_ticket(site: Site) -> None:
    key = Key("/visits", "k1", "body")
    assert at_once(site, [taking(site, 2, key=key) for _ in range(9)]) == [[1]] * 9
    assert len(site.hall.tickets) == 1


def test_a_key_with_another_body_is_refused(site: Site) -> None:
    take(site, 2, key=Key("/visits", "k1", "body"))
    with pytest.raises(KeyReused):
        take(site, 2, key=Key("/visits", "k1", "another"))
    assert len(site.hall.tickets) == 1


def test_keys_of_two_machines_or_two_commands_do_not_meet(site: Site) -> None:
    take(site, 2, key=Key("/visits", "k1", "body"))
    assert take(site, 2, key=Key("/visits/1/tickets", "k1", "body")) == [2]
    assert site.ledger.do(taking(site, 2, key=Key("/visits", "k1", "body"), actor="device:2")) == [3]


def test_keys_are_forgotten_after_seven_days(folder: Folder, site: Site, clock: StoppedClock) -> None:
    take(site, 2, key=Key("/visits", "k1", "body"))
    clock.move_by(days=7)
    site.ledger.tick()
    assert folder.sql("SELECT count(*) FROM answer") == [(1,)]
    clock.move_by(days=1)
    site.ledger.tick()
    assert folder.sql("SELECT count(*) FROM answer") == [(0,)]


# --- when the disk fails ---


def test_a_full_disk_is_told_to_everybody_and_forgotten_by_the_hall(folder: Folder, site: Site) -> None:
    take(site, 2)
    conn = site.ledger.db.conn
    told, seq = site.stream.seq, site.hall.seq
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages}")
    outcomes = at_once(site, [taking(site, 1, 2, 6, 15, 22, key=Key("/visits", str(n), "x" * 900)) for n in range(60)])
    assert {type(outcome) for outcome in outcomes} == {StorageTrouble}
    assert (site.hall.seq, site.stream.seq, len(site.hall.tickets)) == (seq, told, 1)
    assert folder.sql("SELECT count(*) FROM ticket") == [(1,)]

    conn.execute("PRAGMA max_page_count = 1000000")
    assert take(site, 2) == [2]
    frames = site.stream.follow(told, staff=True)
    next(frames)
    assert next(frames).count(b"event: issued") == 1  # nobody heard of the sixty
    assert verify(folder.path).mistakes == []


def test_time_goes_on_when_a_disk_that_was_full_is_well_again(
    site: Site, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The night after a full disk, nobody presses a button that would close the day."""
    monkeypatch.setattr(app, "TICK_S", 0.01)
    serving = app.Serving(site, "127.0.0.1", 0)
    failed = gevent.event.Event()
    site.ledger.rolled_back = failed.set
    site.ledger.db.conn.execute("PRAGMA query_only = ON")
    clock.move_by(hours=13, minutes=45)
    assert failed.wait(5)
    assert site.hall.is_open
    site.ledger.db.conn.execute("PRAGMA query_only = OFF")
    with gevent.Timeout(5):
        while site.hall.is_open:
            gevent.sleep(0.01)
    serving.stop()


def test_a_failed_commit_can_be_tried_again_with_the_same_key(site: Site) -> None:
    conn, key = site.ledger.db.conn, Key("/visits", "k1", "body")
    conn.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageTrouble):
        take(site, 2, key=key)
    conn.execute("PRAGMA query_only = OFF")
    assert take(site, 2, key=key) == [1]


def test_the_writer_outlives_a_file_that_cannot_even_be_read(
    site: Site, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise everybody who asks afterwards would wait for ever."""
    take(site, 2)

    def broken() -> None:
        raise sqlite3.OperationalError("disk I/O error")

    site.ledger.db.conn.execute("PRAGMA query_only = ON")
    with monkeypatch.context() as patch:
        patch.setattr(site.ledger, "_refold", broken)
        for _ in range(2):
            with gevent.Timeout(5), pytest.raises(StorageTrouble):
                take(site, 2)
    site.ledger.db.conn.execute("PRAGMA query_only = OFF")
    with gevent.Timeout(5):
        assert take(site, 2) == [2]
    assert verify(folder.path).mistakes == []


def test_the_same_file_is_never_served_twice(folder: Folder, site: Site) -> None:
    with pytest.raises(FolderInUse):
        Site(folder.centre, folder.path, folder.clock)
    assert take(site, 2) == [1]


# --- the order of the log ---


def test_a_clock_set_back_does_not_turn_the_order_round(site: Site, clock: StoppedClock) -> None:
    take(site, 2)
    clock._moment -= timedelta(minutes=20)
    take(site, 2)
    early, late = site.hall.tickets.values()
    assert late.queue_key >= early.queue_key
    assert early.place < late.place


def test_a_clock_set_back_over_midnight_does_not_turn_the_order_round(
    site: Site, clock: StoppedClock, moment: Any
) -> None:
    clock.move_to(moment(0, 30, day=date(2026, 3, 17)))
    site.ledger.tick()
    opened = site.hall.day
    clock._moment -= timedelta(hours=1)
    site.ledger.do(Work("system", lambda _hall, _now: [ev.DeviceReported(1, False, "x")], lambda _h, _r: None))
    assert opened is not None
    assert site.hall.day is opened
    assert site.hall.machines[1].since == opened.opened_at


def test_a_clock_that_was_plainly_wrong_does_not_stop_the_centre(site: Site, clock: StoppedClock) -> None:
    """Waiting for the wrong time to come again would refuse every second call until then."""
    take(site, 2)
    clock._moment -= timedelta(days=3)
    take(site, 2)
    assert site.hall.tickets[2].issued_at == clock.now()


@pytest.mark.parametrize("sql", ["UPDATE log SET actor = 'user:9'", "DELETE FROM log"])
def test_the_log_cannot_be_rewritten(folder: Folder, site: Site, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        folder.sql(sql)


def test_rows_of_the_log_are_numbered_without_gaps_over_a_restart(folder: Folder, site: Site) -> None:
    take(site, 2)
    take(folder.open(), 2)
    seqs = [seq for (seq,) in folder.sql("SELECT seq FROM log ORDER BY seq")]
    assert seqs == list(range(1, len(seqs) + 1))


# --- settings ---


def test_a_folder_may_be_called_anything(tmp_path: Path, bakhmut: Any, clock: StoppedClock) -> None:
    odd = tmp_path / "дані №1 #2 50%?"
    site = Site(bakhmut, odd, clock)
    take(site, 2)
    site.close()
    assert (odd / FILE).exists()
    assert verify(odd).mistakes == []


def changed(centre: Any, **rules: Any) -> Any:
    return centre.model_copy(update={"rules": centre.rules.model_copy(update=rules)})


def told_settings(folder: Folder) -> list[dict[str, Any]]:
    rows = folder.sql("SELECT data FROM log WHERE type = 'SettingsChanged' ORDER BY seq")
    return [json.loads(data) for (data,) in rows]


def test_the_same_centre_file_served_again_writes_nothing(folder: Folder, site: Site) -> None:
    before = site.hall.seq
    assert folder.open().hall.seq == before
    assert len(told_settings(folder)) == 1


def test_changed_settings_are_written_down_with_who_applied_them_and_why(folder: Folder, site: Site) -> None:
    folder.open(changed(folder.centre, wait_cap_min=45), why="рішення керівника", who="petrenko")
    told = told_settings(folder)[-1]
    assert told["changes"] == [["rules.wait_cap_min", 60, 45]]
    assert (told["why"], told["who"]) == ("рішення керівника", "petrenko")
    assert folder.sql("SELECT count(*) FROM settings") == [(2,)]


def test_settings_put_back_are_a_change_too(folder: Folder, site: Site) -> None:
    folder.open(changed(folder.centre, wait_cap_min=45))
    folder.open()
    assert [told["changes"] for told in told_settings(folder)] == [
        [],
        [["rules.wait_cap_min", 60, 45]],
        [["rules.wait_cap_min", 45, 60]],
    ]


def test_no_name_of_an_operator_is_ever_in_the_log(folder: Folder, site: Site) -> None:
    first, *rest = folder.centre.operators
    renamed = first.model_copy(update={"surname": "Прізвищенко"})
    folder.open(folder.centre.model_copy(update={"operators": [renamed, *rest]}))
    log = "\n".join(data for (data,) in folder.sql("SELECT data FROM log"))
    assert f"operators[{first.login}]" in log
    for operator in (renamed, *folder.centre.operators):
        assert operator.surname not in log
        assert operator.patronymic not in log


def test_a_day_with_hours_that_nobody_closed_is_closed_by_the_next(folder: Folder, site: Site, clock: Any) -> None:
    take(site, 2)
    clock.move_by(days=2)
    site.ledger.tick()
    assert folder.sql("SELECT state FROM ticket") == [("expired",)]
    assert folder.sql("SELECT day, closed_at IS NOT NULL FROM service_day") == [("2026-03-16", 1), ("2026-03-18", 0)]
    assert site.hall.day is not None
    assert site.hall.day.day == date(2026, 3, 18)
