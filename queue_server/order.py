"""Calls looked up: those of one ticket with their decision records, and today's in the order they were made.

Reads the tables and the log of any day; knows not who asks, and says nothing in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from queue_server.hall import Hall
from queue_server.ledger import rows
from queue_server.messages import TicketState
from queue_server.records import Call
from queue_server.rules import events as ev
from queue_server.why import Called, Named, PublicReason, key_at, public_reason

_LARGEST = 2**63 - 1  # of a whole number in the file


@dataclass(frozen=True, slots=True)
class KeptTicket:
    """A ticket of any day. ``groups``: every queue it stood in, the last one first."""

    id: int
    day: date
    number: str
    state: TicketState
    group: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InOrder:
    """A call in its place among today's calls (``n`` from 1). ``ticket`` and ``group`` are not for everybody."""

    n: int
    at: datetime
    letter: str
    number: int
    desk: int
    reason: PublicReason
    ticket: int
    group: str


def kept_ticket(db: Database, ticket: int) -> KeptTicket | None:
    if not 0 < ticket <= _LARGEST:
        return None
    found = db.conn.execute(
        "SELECT service_date, letter, number, state, service_group FROM ticket WHERE id = ?", (ticket,)
    ).fetchone()
    if found is None:
        return None
    day, letter, number, state, group = found
    legs = db.conn.execute("SELECT service_group FROM leg WHERE ticket = ? ORDER BY n DESC", (ticket,))
    groups = tuple(dict.fromkeys([group, *(leg[0] for leg in legs)]))
    return KeptTicket(ticket, date.fromisoformat(day), f"{letter}\u00a0{number}", TicketState(state), group, groups)


def calls_of(db: Database, ticket: int) -> list[Called]:
    """The ticket's calls in their order, each once however often it was repeated."""
    query = (
        "SELECT call.id, call.n, call.user, call.outcome, leg.service_group FROM call"
        " JOIN leg ON leg.ticket = call.ticket AND leg.n = call.leg WHERE call.ticket = ? ORDER BY call.id"
    )
    found: list[Called] = []
    readings: list[list[tuple[int, int, int | None, str | None, str]]] = []
    for reading in db.conn.execute(query, (ticket,)):
        if reading[1] == 1 or not readings:
            readings.append([])
        readings[-1].append(reading)
    for each in readings:
        seq, _, user, _, group = each[0]
        for row in rows(db, "seq = ?", (seq,)):
            if isinstance(row.event, ev.TicketCalled):
                found.append(_called(db, row, row.event, group, user, len(each), each[-1][3]))
    return found


def _called(
    db: Database, row: ev.Row, event: ev.TicketCalled, group: str, user: int | None, readings: int, outcome: str | None
) -> Called:
    choice = event.choice
    wanted = {event.ticket, *(s.head for s in choice.standings), *(p.ticket for p in choice.passed)}
    return Called(
        seq=row.seq,
        ticket=event.ticket,
        at=row.at,
        desk=event.desk,
        group=group,
        user=user,
        choice=choice,
        named=dict(_named(db, wanted, row.at)),
        reason=event.reason,
        note=event.note,
        readings=readings,
        outcome=outcome,
    )


def _named(db: Database, tickets: Iterable[int], at: datetime) -> Iterator[tuple[int, Named]]:
    wanted = list(tickets)
    marks = ", ".join("?" * len(wanted))
    query = f"SELECT id, letter, number, queue_key, slot FROM ticket WHERE id IN ({marks})"  # noqa: S608 (marks only)
    for id_, letter, number, key, slot in db.conn.execute(query, wanted):
        agreed = datetime.fromisoformat(slot) if slot else None
        since = key_at(datetime.fromisoformat(key), agreed, at)
        yield id_, Named(f"{letter}\u00a0{number}", since, since == agreed)


def fingerprint_at(db: Database, seq: int) -> str:
    """Of the settings that were in force at this row of the log."""
    found = db.conn.execute(
        "SELECT json_extract(data, '$.fingerprint') FROM log WHERE type = 'SettingsChanged' AND seq < ?"
        " ORDER BY seq DESC LIMIT 1",
        (seq,),
    ).fetchone()
    return str(found[0]) if found else ""


def note_of(db: Database, note: int | None) -> str | None:
    """What was written of a call out of order, until it is erased."""
    if note is None:
        return None
    found = db.conn.execute("SELECT text FROM visitor_note WHERE id = ? AND kind = 'call_reason'", (note,)).fetchone()
    return str(found[0]) if found else None


# --- of everybody, today ---


def calls_today(hall: Hall) -> list[InOrder]:
    """First readings only: a repeated call is the same call."""
    first = (call for call in hall.calls.values() if call.n == 1)
    return [_in_order(hall, n, call) for n, call in enumerate(first, start=1)]


def _in_order(hall: Hall, n: int, call: Call) -> InOrder:
    ticket = hall.tickets[call.ticket]
    booked = ticket.slot is not None and key_at(ticket.queue_key, ticket.slot, call.called_at) == ticket.slot
    reason = public_reason(call.tier, booked)
    return InOrder(n, call.called_at, ticket.letter, ticket.number, call.desk, reason, ticket.id, ticket.group)


def around(calls: Sequence[InOrder], n: int, *, each_side: int) -> list[InOrder]:
    """The calls of the same queue just before and after the ``n``-th, in the order of time."""
    of_queue = [call for call in calls if call.group == calls[n - 1].group]
    place = next(i for i, call in enumerate(of_queue) if call.n == n)
    return of_queue[max(place - each_side, 0) : place + each_side + 1]
