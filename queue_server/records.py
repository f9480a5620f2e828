"""The records of the hall: tickets, visits, calls, desks. ``row()`` is each as its table keeps it.

Knows what a record holds and nothing of what changes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal

from queue_server.messages import TicketState
from queue_server.rules import events as ev

EPOCH = datetime.min.replace(tzinfo=UTC)
Key = tuple[datetime, int]


def stamp(moment: datetime | None) -> str | None:
    """UTC ISO 8601 with milliseconds, as the log and the tables keep times."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="milliseconds")


@dataclass(slots=True)
class Leg:
    """One stage of a ticket: from its place in a queue to the end of service there. Statistics are per leg."""

    ticket: int
    n: int
    service: int
    group: str
    queued_at: datetime
    desk: int | None = None
    user: int | None = None
    first_called_at: datetime | None = None
    answered_call_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str | None = None

    def row(self) -> dict[str, Any]:
        return {
            "ticket": self.ticket,
            "n": self.n,
            "service": self.service,
            "service_group": self.group,
            "desk": self.desk,
            "user": self.user,
            "queued_at": stamp(self.queued_at),
            "first_called_at": stamp(self.first_called_at),
            "answered_call_at": stamp(self.answered_call_at),
            "started_at": stamp(self.started_at),
            "ended_at": stamp(self.ended_at),
            "outcome": self.outcome,
        }


@dataclass(slots=True)
class Ticket:
    """One service for one visitor: one number, one place."""

    id: int
    visit: int
    day: date
    service: int
    group: str
    letter: str
    number: int
    kind: Literal["walk_in", "appointment"]
    priority: str | None
    issued_at: datetime
    queue_key: datetime
    ahead: int
    language: str
    state: TicketState = TicketState.WAITING
    desk: int | None = None
    calls: int = 0
    last_call: int = 0  # log row of the last call event
    called_at: datetime | None = None
    first_called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    missed_at: datetime | None = None
    returns: int = 0
    not_before_calls: int = 0
    pinned_desk: int | None = None
    legs: int = 0
    leg: Leg = field(init=False)

    @property
    def cls(self) -> ev.Class:
        """The class it waits in: appointment, priority or ordinary (returns come with holds)."""
        if self.kind == "appointment":
            return "A"
        return "P" if self.priority else "W"

    @property
    def place(self) -> Key:
        return (self.queue_key, self.id)

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "visit": self.visit,
            "service_date": self.day.isoformat(),
            "service": self.service,
            "service_group": self.group,
            "letter": self.letter,
            "number": self.number,
            "kind": self.kind,
            "state": self.state.value,
            "desk": self.desk,
            "issued_at": stamp(self.issued_at),
            "queue_key": stamp(self.queue_key),
            "ahead_at_issue": self.ahead,
            "calls": self.calls,
            "first_called_at": stamp(self.first_called_at),
            "started_at": stamp(self.started_at),
            "ended_at": stamp(self.ended_at),
            "returns": self.returns,
            "not_before_calls": self.not_before_calls,
            "pinned_desk": self.pinned_desk,
        }


@dataclass(slots=True)
class Visit:
    """One person's stay today, with 1..n tickets; ``in_hand`` is the one ticket that is called or served."""

    id: int
    day: date
    created_at: datetime
    channel: str
    language: str
    tickets: list[int] = field(default_factory=list)
    in_hand: int | None = None
    free_from: datetime = EPOCH

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "service_date": self.day.isoformat(),
            "created_at": stamp(self.created_at),
            "channel": self.channel,
            "language": self.language,
        }


@dataclass(slots=True)
class Call:
    """One call event: which ticket to which desk, and what became of it and of its announcement."""

    id: int
    ticket: int
    leg: int
    n: int
    desk: int
    user: int | None
    called_at: datetime
    outcome: str | None = None
    announced: str | None = None

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "ticket": self.ticket,
            "leg": self.leg,
            "n": self.n,
            "desk": self.desk,
            "user": self.user,
            "called_at": stamp(self.called_at),
            "outcome": self.outcome,
            "announced": self.announced,
        }


@dataclass(slots=True)
class DeskSession:
    """An operator at a numbered desk, from opening to closing. ``id`` is the log row that opened it."""

    id: int
    desk: int
    user: int
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    opened_at: datetime
    since: datetime  # in its present state
    closed_at: datetime | None = None
    paused: str | None = None
    ticket: int | None = None
    served: int = 0
    run: int = 0  # calls past the oldest over-cap ticket (fairness)

    @property
    def groups(self) -> tuple[str, ...]:
        return self.primary + self.secondary

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "desk": self.desk,
            "user": self.user,
            "opened_at": stamp(self.opened_at),
            "closed_at": stamp(self.closed_at),
            "paused": self.paused,
            "served": self.served,
        }


@dataclass(slots=True)
class Day:
    day: date
    opened_at: datetime
    closed_at: datetime | None = None

    def row(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "opened_at": stamp(self.opened_at),
            "closed_at": stamp(self.closed_at),
        }


@dataclass(frozen=True, slots=True)
class Machine:
    """How a kiosk or a board said it is. No table keeps it: the log does."""

    ok: bool
    trouble: str
    since: datetime


Record = Ticket | Visit | Leg | Call | DeskSession | Day
