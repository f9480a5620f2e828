"""The records of the hall: tickets, visits, calls, desks. ``row()`` is each as its table keeps it.

Knows what a record holds and nothing of what changes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Literal, Self

from queue_server.messages import AppointmentState, TicketState
from queue_server.rules import events as ev

EPOCH = datetime.min.replace(tzinfo=UTC)
Key = tuple[datetime, int]
Line = Literal["R", "A", "out_of_turn", "first_in_turn", "W"]
"""The lines one queue waits in: the classes of calling, with the two kinds of priority apart."""
LINES: tuple[Line, ...] = ("R", "A", "out_of_turn", "first_in_turn", "W")


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
    priority: ev.Mode | None
    issued_at: datetime
    queue_key: datetime
    ahead: int
    language: str
    promise: ev.Promise | None = None
    entered_late: bool = False
    slot: datetime | None = None  # the agreed time of an appointment
    appointment: int | None = None
    claim: Literal["none", "claimed", "verified", "rejected"] = "none"
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
    held: bool = False  # on hold by a desk (T13), not by the visitor (T15)
    returned: bool = False  # held or interrupted, and here again: goes on next
    hold_until: datetime | None = None
    snoozes: int = 0
    implicit: bool = False  # called by record before the visitor checked in
    stands: tuple[Line, int | None] | None = None  # where in the index of those who can be called, if there
    before_cancel: TicketState | None = None
    before_miss: tuple[bool, datetime | None] = (False, None)  # whether it had returned, and its last miss: for T23
    before_end: tuple[datetime, int | None] = (EPOCH, None)  # the visit's way from a desk before its service ended
    last: ev.Row | None = None  # the last row about it
    legs: int = 0
    leg: Leg = field(init=False)

    @property
    def line(self) -> Line:
        if self.returned:
            return "R"
        if self.kind == "appointment":
            return "A"
        if self.priority is not None and self.claim != "rejected":
            return self.priority
        return "W"

    @property
    def cls(self) -> ev.Class:
        """The class it is called by: return, appointment, priority or ordinary."""
        line = self.line
        return "P" if line in ("out_of_turn", "first_in_turn") else line  # type: ignore[return-value]

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
            "promised_low_s": self.promise.low_s if self.promise else None,
            "promised_high_s": self.promise.high_s if self.promise else None,
            "entered_late": int(self.entered_late),
            "slot": stamp(self.slot),
            "claim": self.claim,
            "hold_until": stamp(self.hold_until),
            "snoozes": self.snoozes,
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
    patience: int = 1
    may_claim: bool = True
    tickets: list[int] = field(default_factory=list)
    in_hand: int | None = None
    free_from: datetime = EPOCH  # for the tickets other than the one that was at a desk last
    left_by: int | None = None

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "service_date": self.day.isoformat(),
            "created_at": stamp(self.created_at),
            "channel": self.channel,
            "language": self.language,
            "patience": self.patience,
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
    tier: ev.Tier = "ordinary"
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
            "tier": self.tier,
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
    last: int = 0  # the last row about it
    last_ticket: int | None = None  # whom that row was about

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


class ProviderState(StrEnum):
    """How far one provider's day has come."""

    PLANNED = "planned"
    OPEN = "open"
    TICKETING_STOPPED = "ticketing_stopped"
    CLOSING = "closing"
    CLOSED = "closed"


@dataclass(slots=True)
class ProviderDay:
    """One provider's part of the service day."""

    day: date
    provider: str
    state: ProviderState = ProviderState.PLANNED
    opened_at: datetime | None = None
    stopped_at: datetime | None = None
    stopped_by: str = ""
    closed_at: datetime | None = None

    def row(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "provider": self.provider,
            "state": self.state.value,
            "opened_at": stamp(self.opened_at),
            "stopped_at": stamp(self.stopped_at),
            "closed_at": stamp(self.closed_at),
        }


@dataclass(slots=True)
class Suspension:
    """A stretch of the day without calls and tickets. ``id`` is the log row that began it."""

    id: int
    day: date
    kind: str
    since: datetime
    until: datetime | None = None
    calls_from: datetime = EPOCH
    patient_until: datetime = EPOCH

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "service_date": self.day.isoformat(),
            "kind": self.kind,
            "since": stamp(self.since),
            "until": stamp(self.until),
        }


@dataclass(frozen=True, slots=True)
class PaperTicket:
    """A number of the paper reserve whose holder was received by hand. ``id`` is the log row that kept it."""

    id: int
    day: date
    service: int
    group: str
    number: int
    at: datetime

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "service_date": self.day.isoformat(),
            "service": self.service,
            "service_group": self.group,
            "number": self.number,
            "at": stamp(self.at),
        }


@dataclass(slots=True)
class Appointment:
    """An agreed time. Outlives the day; whose it is stands in an erasable table."""

    id: int
    day: date  # of the slot, in the centre
    service: int
    group: str
    letter: str
    number: int
    slot: datetime
    end: datetime
    channel: str
    language: str
    state: AppointmentState = AppointmentState.BOOKED
    ticket: int | None = None  # on its day
    instead_of: int | None = None

    @property
    def place(self) -> tuple[str, datetime]:
        """The place of the grid that it takes."""
        return (self.group, self.slot)

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "service_date": self.day.isoformat(),
            "service": self.service,
            "service_group": self.group,
            "letter": self.letter,
            "number": self.number,
            "slot": stamp(self.slot),
            "slot_end": stamp(self.end),
            "channel": self.channel,
            "language": self.language,
            "state": self.state.value,
            "ticket": self.ticket,
            "instead_of": self.instead_of,
        }

    @classmethod
    def of_row(cls, row: dict[str, Any]) -> Self:
        """The record as its table kept it."""
        return cls(
            id=row["id"],
            day=date.fromisoformat(row["service_date"]),
            service=row["service"],
            group=row["service_group"],
            letter=row["letter"],
            number=row["number"],
            slot=datetime.fromisoformat(row["slot"]),
            end=datetime.fromisoformat(row["slot_end"]),
            channel=row["channel"],
            language=row["language"],
            state=AppointmentState(row["state"]),
            ticket=row["ticket"],
            instead_of=row["instead_of"],
        )


@dataclass(frozen=True, slots=True)
class Machine:
    """How a kiosk or a board said it is. No table keeps it: the log does."""

    ok: bool
    trouble: str
    since: datetime


Record = Ticket | Visit | Leg | Call | DeskSession | Day | ProviderDay | Suspension | PaperTicket | Appointment
