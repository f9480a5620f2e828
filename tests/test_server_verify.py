"""``cherha verify`` finds what was changed behind the server's back, and nothing when nothing was."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from queue_server.clock import StoppedClock
from queue_server.hall import Hall
from queue_server.ledger import FILE, Work, chained
from queue_server.rules import desks, serving, visits
from queue_server.rules import events as ev
from queue_server.site import Site
from queue_server.verify import verify


@pytest.fixture(scope="module")
def lived(bakhmut: Any, moment: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after a small day and the morning after it; nobody serves it now."""
    folder = tmp_path_factory.mktemp("lived") / "data"
    clock = StoppedClock(moment(10))
    site = Site(bakhmut, folder, clock)

    def do(decide: Callable[[Hall, datetime], Sequence[ev.Event]]) -> None:
        site.ledger.do(Work("user:1", decide, lambda _hall, _rows: None))
        clock.move_by(seconds=40)

    skills = desks.Skills(1, "upszn", ("dity", "dopomoha"), ())
    do(lambda hall, _now: desks.open_desk(hall, bakhmut, 1, skills))
    for services in ([2], [2, 22], [6], [2]):
        do(
            lambda hall, now, wanted=services: visits.open_visit(
                hall, now, bakhmut, list(map(visits.Wish, wanted)), visits.Asking("kiosk", "uk")
            )
        )  # type: ignore[misc]
    for end in ("finish", "transfer"):
        do(lambda hall, now: serving.call_next(hall, now, bakhmut, 1, 1))
        do(lambda hall, now: serving.recall(hall, now, bakhmut, 1, 1))
        do(lambda hall, _now: serving.start(hall, bakhmut, 1, 1))
        if end == "finish":
            do(lambda hall, now: serving.finish(hall, now, bakhmut, 1, 1, "accepted"))
        else:
            do(lambda hall, now: serving.transfer(hall, now, bakhmut, 1, 1, 23, None))
    do(lambda hall, now: serving.call_next(hall, now, bakhmut, 1, 1))
    clock.move_by(days=1)
    do(lambda hall, now: visits.open_visit(hall, now, bakhmut, [visits.Wish(2)], visits.Asking("kiosk", "uk")))
    site.close()
    return folder


@pytest.fixture
def day(lived: Path, tmp_path: Path) -> Path:
    """A copy to do wrong to."""
    return shutil.copytree(lived, tmp_path / "data")


def tampered(folder: Path, *statements: str) -> list[str]:
    """What is found after somebody with the file and patience has run these."""
    connection = sqlite3.connect(folder / FILE)
    for trigger in ("log_keeps_every_row", "log_keeps_every_word"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        assert connection.execute(statement).rowcount > 0, "nothing was changed"
    connection.commit()
    connection.close()
    return verify(folder).mistakes


def test_an_untouched_file_has_no_mistakes_and_every_law_was_looked_at(day: Path) -> None:
    verdict = verify(day)
    assert verdict.mistakes == []
    assert verdict.rows > 20
    assert min(verdict.laws.values()) >= 1
    assert len(verdict.laws) == 8


def test_a_file_is_verified_beside_the_server_that_writes_it(day: Path, bakhmut: Any, moment: Any) -> None:
    site = Site(bakhmut, day, StoppedClock(moment(12, day=date(2026, 3, 17))))
    before = verify(day)
    site.ledger.do(
        Work(
            "system",
            lambda hall, now: visits.open_visit(hall, now, bakhmut, [visits.Wish(2)], visits.Asking("kiosk", "uk")),
            lambda _h, _r: None,
        )
    )
    after = verify(day)
    site.close()
    assert after.mistakes == []
    assert after.rows == before.rows + 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET actor = 'user:9' WHERE type = 'TicketCalled'",
        "UPDATE log SET at = replace(at, 'T08', 'T07') WHERE type = 'TicketIssued'",
        "UPDATE log SET data = json_set(data, '$.number', 77) WHERE type = 'TicketIssued' AND seq > 13",
        "UPDATE log SET hash = prev_hash WHERE seq = 5",
    ],
)
def test_a_rewritten_row_of_the_log_breaks_the_chain(day: Path, statement: str) -> None:
    assert any("hash chain" in mistake for mistake in tampered(day, statement))


def test_a_removed_row_of_the_log_is_a_gap(day: Path) -> None:
    mistakes = tampered(day, "DELETE FROM log WHERE type = 'AccountChanged' AND seq = 4")
    assert any("no gap" in mistake for mistake in mistakes)
    assert any("hash chain" in mistake for mistake in mistakes)


def test_a_log_that_cannot_be_folded_is_a_mistake_and_no_crash(day: Path) -> None:
    mistakes = tampered(day, "UPDATE log SET data = '{' WHERE type = 'TicketCalled'")
    assert any("can be folded" in mistake for mistake in mistakes)
    assert any("hash chain" in mistake for mistake in mistakes)


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE ticket SET state = 'served' WHERE id = 5", "ticket 5"),
        ("UPDATE ticket SET queue_key = '2026-03-16T05:00:00.000+00:00' WHERE id = 1", "ticket 1"),
        ("UPDATE visit SET channel = 'reception' WHERE id = 1", "visit 1"),
        ("UPDATE leg SET outcome = 'accepted' WHERE outcome = 'transferred'", "leg"),
        ("UPDATE call SET desk = 2 WHERE id = (SELECT min(id) FROM call)", "call"),
        ("UPDATE desk_session SET served = 9", "desk_session"),
        ("UPDATE service_day SET closed_at = NULL WHERE day = '2026-03-16'", "service_day 2026-03-16"),
        ("DELETE FROM call WHERE id = (SELECT max(id) FROM call)", "call"),
        (
            "INSERT INTO ticket (id, visit, service_date, service, service_group, letter, number, kind, state, "
            "issued_at, queue_key, ahead_at_issue, calls, returns, not_before_calls) "
            "SELECT 900, visit, service_date, service, service_group, letter, 900, kind, state, "
            "issued_at, queue_key, ahead_at_issue, calls, returns, not_before_calls FROM ticket WHERE id = 1",
            "ticket 900",
        ),
    ],
)
def test_a_table_that_is_not_what_the_log_says_is_found(day: Path, statement: str, table: str) -> None:
    mistakes = tampered(day, statement)
    assert len(mistakes) == 1
    assert table in mistakes[0]


def test_a_clever_forger_who_mends_the_chain_is_found_by_the_tables(day: Path) -> None:
    """The hashes are no secret: whoever rewrites the log can rewrite them. The tables still say what happened."""
    connection = sqlite3.connect(day / FILE)
    connection.execute("DROP TRIGGER log_keeps_every_word")
    connection.execute("UPDATE log SET data = json_set(data, '$.service', 3) WHERE type = 'TicketIssued'")
    previous = ""
    columns = ("seq", "at", "service_date", "type", "actor", "data")
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM log ORDER BY seq").fetchall():
        digest = chained(previous, dict(zip(columns, row, strict=True)))
        connection.execute("UPDATE log SET prev_hash = ?, hash = ? WHERE seq = ?", (previous, digest, row[0]))
        previous = digest
    connection.commit()
    connection.close()
    mistakes = verify(day).mistakes
    assert mistakes
    assert all("fold of the log" in mistake for mistake in mistakes)


def test_a_number_given_twice_is_found(day: Path) -> None:
    connection = sqlite3.connect(day / FILE)
    data = json.loads(connection.execute("SELECT data FROM log WHERE type = 'TicketIssued'").fetchone()[0])
    connection.close()
    mistakes = tampered(
        day, f"UPDATE log SET data = json_set(data, '$.number', {data['number']}) WHERE type = 'TicketIssued'"
    )
    assert any("number never repeats" in mistake for mistake in mistakes)


def test_a_folder_without_a_file_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        verify(tmp_path)
