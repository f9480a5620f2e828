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

Mode = Literal["out_of_turn", "first_in_turn"]
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
class Pace:
    """How long one service took in the days before: ``served`` times, ``mean_s`` seconds on average."""

    service: int
    served: int
    mean_s: float


@dataclass(frozen=True, slots=True)
class DayOpened:
    """The service day begins; what four weeks taught of each service's length stands in the log from here on."""

    day: date
    paces: tuple[Pace, ...] = ()


@dataclass(frozen=True, slots=True)
class DayClosed:
    day: date


@dataclass(frozen=True, slots=True)
class ReceptionOpened:
    """A provider's day begins: tickets are issued from here on."""

    provider: str


@dataclass(frozen=True, slots=True)
class TicketingStopped:
    """No more tickets of this provider, until resumed; whoever has one is received."""

    provider: str
    why: Literal["last_ticket", "head"]


@dataclass(frozen=True, slots=True)
class TicketingResumed:
    provider: str


@dataclass(frozen=True, slots=True)
class ReceptionEnding:
    """The provider's hours are over; those who hold a ticket are still received."""

    provider: str


@dataclass(frozen=True, slots=True)
class ReceptionClosed:
    """Nobody of this provider waits any more."""

    provider: str


@dataclass(frozen=True, slots=True)
class ReceptionSuspended:
    """No calls and no tickets: an air-raid alarm, a power cut. Places are kept."""

    kind: Literal["air_alarm", "power", "technical", "other"]


@dataclass(frozen=True, slots=True)
class ReceptionRestored:
    """All clear. Calls begin again at ``calls_from``; until ``patient_until`` a no-show takes twice as long."""

    calls_from: datetime
    patient_until: datetime


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
    """``patience``: how many times longer than usual this visitor is waited for after a call."""

    visit: int
    channel: Literal["kiosk", "reception", "desk", "booking"]
    language: str
    patience: int = 1


@dataclass(frozen=True, slots=True)
class Promise:
    """The wait that was told before the ticket was taken, in seconds, unrounded; what is shown is wider."""

    low_s: int
    high_s: int


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """T1. ``queue_key`` is the row's time for a walk-in; ``key`` is set only where it differs (late entry).

    ``claim`` is the row of an erasable table that says which priority class was claimed; ``priority`` is its mode.
    ``override`` is the reason of a ticket beyond capacity; ``entered_late`` marks a number given out on paper.
    """

    ticket: int
    visit: int
    service: int
    group: str
    letter: str
    number: int
    ahead: int
    kind: Literal["walk_in", "appointment"] = "walk_in"
    priority: Mode | None = None
    key: datetime | None = None
    claim: int | None = None
    promise: Promise | None = None
    override: str = ""
    entered_late: bool = False


@dataclass(frozen=True, slots=True)
class TicketRefused:
    """No ticket was given: counted, never by person."""

    service: int
    group: str
    why: Literal["capacity"]


@dataclass(frozen=True, slots=True)
class PaperTicketKept:
    """A number of the paper reserve whose holder was received while the machine stood still; for the books only."""

    day: date
    service: int
    group: str
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SlotHeld:
    """A place of the grid is kept while a form is open; ``form`` is the asker's random word."""

    form: str
    group: str
    slot: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class AppointmentBooked:
    """An agreed time and the number that will be called (R09, R10). Who it is for stands in an erasable table."""

    appointment: int
    day: date
    service: int
    group: str
    letter: str
    number: int
    slot: datetime
    end: datetime
    channel: str
    language: str
    form: str = ""  # whose hold it takes up
    instead_of: int | None = None  # the one that was moved


@dataclass(frozen=True, slots=True)
class AppointmentMoved:
    """Its place is free again; the new one follows."""

    appointment: int


@dataclass(frozen=True, slots=True)
class AppointmentCancelled:
    appointment: int
    by: Literal["visitor", "centre"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TicketExpected:
    """T2: somebody has an appointment today; the number was given when it was booked."""

    ticket: int
    visit: int
    service: int
    group: str
    letter: str
    number: int
    slot: datetime
    appointment: int | None = None


@dataclass(frozen=True, slots=True)
class TicketCheckedIn:
    """T3, and T10b after the appointment was missed. ``late``: an ordinary place from now on, the number stays."""

    ticket: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """Priority is claimed after the ticket was taken."""

    ticket: int
    claim: int
    priority: Mode


@dataclass(frozen=True, slots=True)
class ClaimVerified:
    ticket: int


@dataclass(frozen=True, slots=True)
class ClaimRejected:
    """Not proved: the ordinary place by the old key, no penalty (T22 from a service, T9 from a call)."""

    ticket: int
    desk: int | None
    siblings_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stood at the head of one class of one group when a call was decided, and how many stood there."""

    group: str
    cls: Class
    head: int
    size: int


Bar = Literal["sibling", "walking", "returned_late", "pinned"]
"""Why somebody with an earlier place could not be called: another ticket in hand, on the way from another desk,
back after a missed call, kept for another desk."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody of the same class who came earlier and could not be called just then."""

    ticket: int
    why: Bar


Tier = Literal["return", "guard", "forced", "appointment", "priority", "ordinary", "nobody_else", "by_record", "manual"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Why this ticket: the decision record of a call (R15). ``run_*`` are the fairness runs after the call.

    ``passed`` names the first of those with an earlier place who could not be called.
    """

    tier: Tier
    standings: tuple[Standing, ...] = ()
    passed: tuple[Passed, ...] = ()
    run_appointments: int = 0
    run_priority: int = 0
    run_desk: int = 0


@dataclass(frozen=True, slots=True)
class TicketCalled:
    """T4, T5. A call's number is the log row of this event. ``reason`` (and the row of a ``note``): out of order."""

    ticket: int
    desk: int
    choice: Choice
    reason: str = ""
    note: int | None = None


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
    """T8: no-show. T19, without a desk: an appointment whose time is over."""

    ticket: int
    desk: int | None


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
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TicketHeld:
    """T13: copies, a form, a missing paper. The desk is free, the ticket comes back to it."""

    ticket: int
    desk: int
    until: datetime
    reason: str
    siblings_from: datetime


@dataclass(frozen=True, slots=True)
class TicketReturned:
    """T14. ``came``: next at its desk. ``time``: back to its own place, at any desk."""

    ticket: int
    how: Literal["came", "time"]


@dataclass(frozen=True, slots=True)
class TicketSnoozed:
    """T15: the visitor steps out; the place is kept."""

    ticket: int
    until: datetime


@dataclass(frozen=True, slots=True)
class TicketResumed:
    """T16."""

    ticket: int
    how: Literal["came", "time"]


@dataclass(frozen=True, slots=True)
class TicketReleased:
    """T21: taken from a desk whose operator is gone. An interrupted service goes on next, at any desk."""

    ticket: int
    desk: int
    reason: str


@dataclass(frozen=True, slots=True)
class ServiceReopened:
    """T20: finished too early."""

    ticket: int
    desk: int


@dataclass(frozen=True, slots=True)
class TicketTakenAlong:
    """The operator went to another desk with the visitor in hand; ``desk`` is the new one. The state stays."""

    ticket: int
    desk: int


@dataclass(frozen=True, slots=True)
class MoveUndone:
    """T23: the last move of this ticket, by the same person within seconds, is taken back."""

    ticket: int
    desk: int | None
    verb: Literal["start", "no-show", "finish", "cancel"]


@dataclass(frozen=True, slots=True)
class TicketCancelled:
    """T17."""

    ticket: int
    reason: str


@dataclass(frozen=True, slots=True)
class TicketExpired:
    """T18."""

    ticket: int
    reason: Literal["closed", "alarm"] = "closed"


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
    | ReceptionOpened
    | TicketingStopped
    | TicketingResumed
    | ReceptionEnding
    | ReceptionClosed
    | ReceptionSuspended
    | ReceptionRestored
    | AccountChanged
    | DeskOpened
    | DeskClosed
    | DeskPaused
    | DeskResumed
    | VisitOpened
    | TicketIssued
    | TicketRefused
    | PaperTicketKept
    | SlotHeld
    | AppointmentBooked
    | AppointmentMoved
    | AppointmentCancelled
    | TicketExpected
    | TicketCheckedIn
    | ClaimMade
    | ClaimVerified
    | ClaimRejected
    | TicketCalled
    | TicketRecalled
    | CallWithdrawn
    | ServiceStarted
    | ServiceFinished
    | TicketMissed
    | TicketReinstated
    | TicketTransferred
    | TicketHeld
    | TicketReturned
    | TicketSnoozed
    | TicketResumed
    | TicketReleased
    | ServiceReopened
    | TicketTakenAlong
    | MoveUndone
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
