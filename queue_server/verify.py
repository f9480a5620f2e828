"""Is the file what its log says? Follows the hash chain, folds every day anew and compares it with the tables.

Reads only, beside a running server if need be; reports what differs and mends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from queue_server.hall import Hall
from queue_server.ledger import FILE, TABLES, chained, connect
from queue_server.messages import TicketState
from queue_server.records import Appointment, Ticket
from queue_server.rules import events as ev

IN_HAND = (TicketState.CALLED, TicketState.SERVING)
_OF_TODAYS_TICKETS = "ticket IN (SELECT id FROM ticket WHERE service_date = :day)"
WHERE = {
    "service_day": "day = :day",
    "visit": "service_date = :day",
    "ticket": "service_date = :day",
    "leg": _OF_TODAYS_TICKETS,
    "call": _OF_TODAYS_TICKETS,
    "desk_session": "id IN (SELECT seq FROM log WHERE service_date = :day)",  # a session is numbered by its first row
    "provider_day": "day = :day",
    "suspension": "service_date = :day",
    "paper_ticket": "id IN (SELECT seq FROM log WHERE service_date = :day)",  # it may be about an earlier day
}


Rows = dict[tuple[Any, ...], dict[str, Any]]


@dataclass(slots=True)
class Verdict:
    """What was looked at and what is wrong with it; ``laws`` counts how often each law was checked."""

    rows: int = 0
    records: int = 0
    laws: dict[str, int] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)
    numbers: set[tuple[date, str, int]] = field(default_factory=set)
    appointments: Rows = field(default_factory=dict)

    def law(self, name: str, holds: bool, what: str) -> None:
        self.laws[name] = self.laws.get(name, 0) + 1
        if not holds:
            self.mistakes.append(f"{name}: {what}")


def verify(folder: Path) -> Verdict:
    """Raises FileNotFoundError when there is no file in ``folder``."""
    path = folder / FILE
    if not path.exists():
        raise FileNotFoundError(path)
    db = connect(path, read_only=True)
    verdict = Verdict()
    db.conn.execute("BEGIN")  # one moment of the file, though a server may be writing
    try:
        _fold(db, verdict)
    except Exception as error:  # noqa: BLE001 (a border: whoever rewrote the log may have written anything)
        what = f"row {verdict.rows + 1}: {type(error).__name__}"
        verdict.law("the log can be folded", False, what)
    db.conn.close()
    return verdict


def _fold(db: Database, verdict: Verdict) -> None:
    hall = Hall()
    for row in _checked_chain(db, verdict):
        if isinstance(row.event, ev.DayOpened) and hall.day is not None:
            _compare(db, hall, verdict)
            verdict.numbers.clear()
        hall.apply(row)
        _check_laws(hall, row, verdict)
        verdict.rows += 1
    _compare(db, hall, verdict)
    kept = {_key(row): dict(row) for row in db.table("appointment").rows}
    _compare_rows("appointment", verdict.appointments, kept, "", verdict)


def _checked_chain(db: Database, verdict: Verdict) -> Iterator[ev.Row]:
    previous, expected = "", 1
    columns = "seq, at, service_date, type, actor, data, prev_hash, hash"
    for found in db.conn.execute(f"SELECT {columns} FROM log ORDER BY seq"):  # noqa: S608 (our own words)
        record: dict[str, Any] = dict(zip(columns.split(", "), found, strict=True))
        kept_previous, kept = record.pop("prev_hash"), record.pop("hash")
        seq = record["seq"]
        verdict.law("the log has no gap", seq == expected, f"row {seq} where {expected} was expected")
        whole = kept_previous == previous and kept == chained(previous, record)
        verdict.law("the hash chain holds", whole, f"row {seq}")
        previous, expected = kept, seq + 1
        day, at = date.fromisoformat(record["service_date"]), datetime.fromisoformat(record["at"])
        yield ev.Row(seq, at, day, record["actor"], ev.from_json(record["type"], record["data"]))


def _check_laws(hall: Hall, row: ev.Row, verdict: Verdict) -> None:
    """The laws of the hall, at the row that could have broken them."""
    match row.event:
        case ev.TicketIssued():
            number = (row.day, row.event.letter, row.event.number)
            verdict.law("a number never repeats in a day", number not in verdict.numbers, f"row {row.seq}: {number}")
            verdict.numbers.add(number)
        case ev.TicketCalled():
            ticket = hall.tickets[row.event.ticket]
            elsewhere = [s.desk for s in hall.desks.values() if s.ticket == ticket.id and s.desk != row.event.desk]
            verdict.law("a ticket is called to one desk only", not elsewhere, f"row {row.seq}")
            siblings = [
                t for t in map(hall.tickets.__getitem__, hall.visits[ticket.visit].tickets) if t.state in IN_HAND
            ]
            verdict.law("a visitor is called to one place at a time", len(siblings) == 1, f"row {row.seq}")
            _check_order(hall, row, ticket, row.event, verdict)
        case ev.DayClosed():
            left = [t.id for t in hall.tickets.values() if t.state in (*IN_HAND, TicketState.WAITING)]
            verdict.law("a closed day leaves nobody waiting", not left, f"row {row.seq}")


def _check_order(hall: Hall, row: ev.Row, ticket: Ticket, event: ev.TicketCalled, verdict: Verdict) -> None:
    """First come, first called inside the ordinary class; who is overtaken must be unable to come just then."""
    if event.choice.tier != "ordinary":
        return
    earlier = takewhile(lambda other: other.place < ticket.place, hall.places(ticket.group, "W"))
    known = {passed.ticket for passed in event.choice.passed}
    overtaken = [other.id for other in earlier if other.id not in known and other.stands is not None]
    verdict.law("first come, first called", not overtaken, f"row {row.seq}: {overtaken}")


def _compare(db: Database, hall: Hall, verdict: Verdict) -> None:
    """Every record that the day just folded touched, against its row in the tables; and no row beside them."""
    if hall.day is None:
        return
    day = hall.day.day.isoformat()
    folded: dict[str, Rows] = {table: {} for table in WHERE}
    for record in hall.take_changed():
        row = record.row()
        # An appointment outlives the day it was booked on: it is compared when the whole log is folded.
        rows = verdict.appointments if isinstance(record, Appointment) else folded[TABLES[type(record)]]
        rows[_key(row)] = row
    for table, where in WHERE.items():
        kept = {_key(row): dict(row) for row in db.table(table).rows_where(where, {"day": day})}
        _compare_rows(table, folded[table], kept, f" of {day}", verdict)


def _compare_rows(table: str, folded: Rows, kept: Rows, of: str, verdict: Verdict) -> None:
    for key in sorted(folded.keys() | kept.keys()):
        verdict.records += 1
        same = folded.get(key) == kept.get(key)
        verdict.law("the tables are the fold of the log", same, f"{table} {'/'.join(map(str, key))}{of}")


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    if "day" in row:
        return (row["day"], row["provider"]) if "provider" in row else (row["day"],)
    return (row["id"],) if "id" in row else (row["ticket"], row["n"])
