"""What can happen, in the past tense: the only things the log remembers.

No name, contact, need, case number or free text of a visitor is ever in an event (R51, R54); people are
row numbers of erasable tables. An event's time, author and place in the log are its ``Row``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast, get_args

from pydantic import TypeAdapter

Class = Literal["R", "A", "P", "W"]
"""Return, due appointment, legal priority, ordinary: the classes of calling."""


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """The centre file that is in force from here on: its fingerprint, what differs, who applied it and why (R39)."""

    fingerprint: str
    changes: tuple[tuple[str, Any, Any], ...]  # key, old, new
    why: str
    who: str = ""  # the administrator's login on the server's own machine


@dataclass(frozen=True, slots=True)
class DayOpened:
    day: date


@dataclass(frozen=True, slots=True)
class DayClosed:
    day: date


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """A user or a device was added or changed; who it is stands in the erasable account tables."""

    kind: Literal["user", "device"]
    id: int
    what: Literal["added", "pin_set", "changed", "deactivated", "locked"]


@dataclass(frozen=True, slots=True)
class DeskOpened:
    desk: int
    user: int
    primary: tuple[str, ...]
    secondary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskClosed:
    desk: int


@dataclass(frozen=True, slots=True)
class DeskPaused:
    desk: int
    reason: str


@dataclass(frozen=True, slots=True)
class DeskResumed:
    desk: int


@dataclass(frozen=True, slots=True)
class VisitOpened:
    visit: int
    channel: Literal["kiosk", "reception", "desk"]
    language: str


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """T1. ``queue_key`` is the row's time for a walk-in; ``key`` is set only where it differs (slot, late entry)."""

    ticket: int
    visit: int
    service: int
    group: str
    letter: str
    number: int
    ahead: int
    kind: Literal["walk_in", "appointment"] = "walk_in"
    priority: Literal["out_of_turn", "first_in_turn"] | None = None
    key: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stood at the head of one class of one group when a call was decided, and how many stood there."""

    group: str
    cls: Class
    head: int
    size: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Why this ticket: the decision record of a call (R15). ``run_*`` are the fairness runs after the call."""

    tier: Literal["return", "guard", "forced", "appointment", "priority", "ordinary", "nobody_else", "manual"]
    standings: tuple[Standing, ...] = ()
    run_appointments: int = 0
    run_priority: int = 0
    run_desk: int = 0


@dataclass(frozen=True, slots=True)
class TicketCalled:
    """T4. A call's number is the log row of this event."""

    ticket: int
    desk: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class TicketRecalled:
    """T6. ``reading`` is the number of this call of the ticket at the desk: 2, 3 …"""

    ticket: int
    desk: int
    reading: int


@dataclass(frozen=True, slots=True)
class CallWithdrawn:
    """T9: called by mistake; the visitor keeps the place."""

    ticket: int
    desk: int


@dataclass(frozen=True, slots=True)
class ServiceStarted:
    """T7."""

    ticket: int
    desk: int


@dataclass(frozen=True, slots=True)
class ServiceFinished:
    """T11. ``siblings_from``: when the visitor's other tickets may be called (walking time)."""

    ticket: int
    desk: int
    outcome: str
    siblings_from: datetime


@dataclass(frozen=True, slots=True)
class TicketMissed:
    """T8: no-show."""

    ticket: int
    desk: int


@dataclass(frozen=True, slots=True)
class TicketReinstated:
    """T10: back in the queue with the old key, after ``after_calls`` other calls of the group."""

    ticket: int
    after_calls: int


@dataclass(frozen=True, slots=True)
class TicketTransferred:
    """T12: number and key stay; ``pinned`` names the desk it must be called to, if any."""

    ticket: int
    desk: int
    service: int
    group: str
    pinned: int | None
    siblings_from: datetime


@dataclass(frozen=True, slots=True)
class TicketCancelled:
    """T17."""

    ticket: int
    reason: str


@dataclass(frozen=True, slots=True)
class TicketExpired:
    """T18."""

    ticket: int
    reason: Literal["closed"] = "closed"


@dataclass(frozen=True, slots=True)
class SlipReported:
    """What became of the paper; a ticket never depends on it."""

    ticket: int
    device: int
    outcome: Literal["confirmed", "unknown", "trouble"]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class CallAnnounced:
    """What became of the voice's reading of a call event (``call`` = its row)."""

    call: int
    device: int
    fate: Literal["done", "skipped", "failed"]
    attempts: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class DeviceReported:
    """A machine's state changed."""

    device: int
    ok: bool
    trouble: str = ""


Event = (
    SettingsChanged
    | DayOpened
    | DayClosed
    | AccountChanged
    | DeskOpened
    | DeskClosed
    | DeskPaused
    | DeskResumed
    | VisitOpened
    | TicketIssued
    | TicketCalled
    | TicketRecalled
    | CallWithdrawn
    | ServiceStarted
    | ServiceFinished
    | TicketMissed
    | TicketReinstated
    | TicketTransferred
    | TicketCancelled
    | TicketExpired
    | SlipReported
    | CallAnnounced
    | DeviceReported
)

EVENTS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in get_args(Event)}


@dataclass(frozen=True, slots=True)
class Row:
    """An event in its place: ``seq`` in the log, UTC time, the local service date and who did it.

    ``actor`` is ``user:3``, ``device:2`` or ``system``.
    """

    seq: int
    at: datetime
    day: date
    actor: str
    event: Event

    @property
    def user(self) -> int | None:
        kind, _, number = self.actor.partition(":")
        return int(number) if kind == "user" else None


_ADAPTERS: Mapping[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in EVENTS.items()}


def to_json(event: Event) -> str:
    """The event as the log keeps it."""
    return _ADAPTERS[type(event).__name__].dump_json(event, exclude_defaults=True).decode()


def from_json(kind: str, text: str) -> Event:
    """The event again. Raises KeyError for a kind this version does not know."""
    return cast(Event, _ADAPTERS[kind].validate_json(text))
