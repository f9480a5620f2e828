"""What travels between the server and everybody else: requests, answers, frames.

The OpenAPI document is made from these. Knows no Flask, no SQLite and no rules; clients may import it.
All times are UTC with an offset; all texts for people are already in the asked language unless typed ``dict``.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from config import settings


class Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TicketState(StrEnum):
    EXPECTED = "expected"
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    SERVED = "served"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class DeskState(StrEnum):
    CLOSED = "closed"
    READY = "ready"
    CALLING = "calling"
    SERVING = "serving"
    PAUSED = "paused"


class Role(StrEnum):
    OPERATOR = "operator"
    RECEPTION = "reception"
    PROVIDER_HEAD = "provider_head"
    CENTRE_HEAD = "centre_head"
    COORDINATOR = "coordinator"
    EDITOR = "editor"
    ADMIN = "admin"


class DeviceKind(StrEnum):
    KIOSK = "kiosk"
    BOARD = "board"


# --- problems ---


class Problem(Message):
    """RFC 9457 problem details. ``code`` is stable and for programs, ``detail`` is for the person who asked.

    ``alternatives``: the nearest times that are free, when the one that was asked for is taken.
    """

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    mistakes: list[str] = []
    alternatives: list[datetime] = []


# --- the centre, as a kiosk and a wall need it ---


class ZoneView(Message):
    code: str
    name: dict[str, str]
    floor: int


class ProviderView(Message):
    """``open`` says whether a ticket can be taken now; ``reason`` is the stable code why not.

    Reasons: ``schedule_unknown``, ``no_services``, ``closed_today``, ``not_open_yet``, ``closed_for_today``.
    """

    code: str
    name: dict[str, str]
    short_name: dict[str, str]
    open: bool
    reason: str | None = None
    opens_at: datetime | None = None  # today's opening, when reason is not_open_yet
    hours: dict[str, list[str]] = {}  # by weekday ("mon" …) spans like "08:00-17:00"; empty: schedule not entered


class GroupView(Message):
    code: str
    provider: str
    letter: str
    name: dict[str, str]
    zone: str
    waiting: int


class ServiceView(Message):
    number: int
    group: str
    name: dict[str, str]
    short_name: dict[str, str]
    sensitive: bool
    bookable: bool = True


class CentreView(Message):
    """Everything a kiosk shows before a ticket is taken; ``now`` is the server's time.

    ``booking``: a time of another day can be agreed for some service.
    """

    seq: int
    now: datetime
    code: str
    name: dict[str, str]
    city: dict[str, str]
    timezone: str
    languages: list[str]
    hotline: str | None
    return_window_min: int
    zones: list[ZoneView]
    providers: list[ProviderView]
    groups: list[GroupView]
    services: list[ServiceView]
    booking: bool = False


class EstimateView(Message):
    """What a visitor may be told before taking a ticket of this service.

    ``low_min`` and ``high_min`` are the range as it is shown, in whole fives; (0, 0) means «now»; None: nothing can be
    promised, only ``ahead`` is true. ``reason``: no ticket can be had just now, by the stable code why.
    """

    service: int
    ahead: int
    low_min: int | None = None
    high_min: int | None = None
    reason: str | None = None


# --- visits and tickets ---


NAME_PATTERN = r"^[^\W\d_]+(?:[ ’'ʼ-][^\W\d_]+)*$"
ReasonCode = Annotated[str, Field(max_length=40, pattern=r"^[a-z_]+$")]
PriorityCode = Annotated[str, Field(pattern=settings.CODE_PATTERN)]
Need = Literal["wheelchair", "vision", "hearing", "more_time", "escort"]


class NewTicket(Message):
    """``priority`` claims a class of the centre file; ``override`` is staff's reason for one beyond capacity."""

    service: Annotated[int, Field(ge=1, le=9999)]
    priority: PriorityCode | None = None
    override: ReasonCode | None = None


class NewVisit(Message):
    """``needs`` are seen by staff of today only, never by the wall, the log or a report (R46, R51)."""

    tickets: Annotated[list[NewTicket], Field(min_length=1, max_length=5)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "uk"
    needs: Annotated[list[Need], Field(max_length=5)] = []


class TicketView(Message):
    """One ticket as staff and the visitor's own device may see it. ``number`` is «А 17» (with a no-break space)."""

    id: int
    visit: int
    number: str
    letter: str
    seq: int
    service: int
    group: str
    state: TicketState
    kind: Literal["walk_in", "appointment"] = "walk_in"
    issued_at: datetime
    queue_key: datetime
    ahead_at_issue: int
    promised_low_min: int | None = None  # the wait as it was told, in minutes; None when nothing was promised
    promised_high_min: int | None = None
    language: str = "uk"
    desk: int | None = None  # where it is in hand; of a waiting one: the only desk that may call it
    calls: int = 0
    called_at: datetime | None = None
    first_called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    missed_at: datetime | None = None
    returns: int = 0
    hold_until: datetime | None = None
    held: bool = False  # on hold by its desk; without it the visitor stepped out
    returned: bool = False  # held or interrupted before, here again: goes on next
    claim: Literal["none", "claimed", "verified", "rejected"] = "none"
    slot: datetime | None = None


class IssuedTicket(Message):
    """A ticket with its secret, given once to the device that asked for it; ``qr`` is what its QR code holds."""

    ticket: TicketView
    qr: str | None = None


class VisitView(Message):
    id: int
    language: str
    tickets: list[IssuedTicket]


class MyTicket(Message):
    """What the holder of a ticket's secret may see."""

    number: str
    service: int
    group: str
    state: TicketState
    ahead: int
    desk: int | None = None
    issued_at: datetime
    promised_low_min: int | None = None  # the wait as it was told, in minutes; None when nothing was promised
    promised_high_min: int | None = None


class Reason(Message):
    """A short stable code and nothing about a person."""

    reason: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z_]+$")]


# --- desks ---


class TransferTo(Message):
    """Where a ticket goes: another service, or the same one at another desk; and why, if that should be known."""

    service: Annotated[int, Field(ge=1, le=9999)] | None = None
    desk: Annotated[int, Field(ge=1, le=999)] | None = None
    reason: Literal["wrong_service", "conflict_of_interest", "other"] | None = None


class WhichTicket(Message):
    ticket: Annotated[int, Field(ge=1)]


class CallNumber(WhichTicket):
    """A call out of order and its reason; ``text`` says more of ``other``, and is erased a day later."""

    reason: Literal["help_disabled", "system_error", "repeat_visit", "head_decision", "other"]
    text: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _other_is_explained(self) -> Self:
        if self.reason == "other" and not self.text.strip():
            raise ValueError("say why in text when the reason is other")
        return self


class HoldFor(Message):
    reason: Literal["documents", "copies", "form", "other"] = "documents"


class ReleaseFor(Message):
    """Why a ticket is taken from a desk; needless when nothing has been heard from the desk's console for long."""

    reason: Literal["operator_left", "console_dead", "other"] | None = None


class SnoozeFor(Message):
    minutes: Annotated[int, Field(ge=1, le=240)] = 30


class ClaimFor(Message):
    priority: PriorityCode


class SuspendFor(Message):
    kind: Literal["air_alarm", "power", "technical", "other"] = "air_alarm"


class LateTicket(Message):
    """A number that was given out on paper, or printed before the file was lost, with the time written on it.

    ``number`` is as it stands on the paper: «Ц 7» of the reserve pad, or «А 17». ``served``: the holder was received by
    hand meanwhile; kept for the books only. ``day``: the working day before, if it was then.
    """

    number: Annotated[str, Field(min_length=2, max_length=12)]
    service: Annotated[int, Field(ge=1, le=9999)]
    at: datetime
    served: bool = False
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "uk"

    @field_validator("at")
    @classmethod
    def _with_an_offset(cls, at: datetime) -> datetime:
        return _offset(at)


class Punctuality(Message):
    """Agreed times of today: of those who were here in time, how many were called within ten minutes of it (R09).

    ``overdue``: here, not called yet, and their time was more than a quarter of an hour ago.
    """

    called: int = 0
    in_time: int = 0
    overdue: int = 0


class HallState(Message):
    """How the reception as a whole is; for everybody."""

    seq: int
    now: datetime
    suspended: str | None = None  # its kind
    calls_from: datetime | None = None  # after an alarm: when calls begin again
    providers: dict[str, str] = {}  # state of each provider's day
    punctuality: Punctuality = Punctuality()


class FinishWith(Message):
    outcome: Literal["accepted", "consultation", "result_given", "incomplete", "refused", "other"] = "accepted"


class OpenDesk(Message):
    """``move``: leave the desk where one works now, and take along whoever is in hand there. No body means no."""

    move: bool = False

    @model_validator(mode="before")
    @classmethod
    def _nothing_said(cls, body: Any) -> Any:
        return {} if body is None else body


class PauseFor(Message):
    reason: Literal["lunch", "technical", "training", "other"] = "other"


class PersonName(Message):
    surname: str
    given_name: str
    patronymic: str = ""


class DeskView(Message):
    """A desk with what is in hand there and the queue of its operator's groups, oldest first."""

    seq: int
    now: datetime
    number: int
    zone: str
    state: DeskState
    since: datetime | None = None  # in this state
    operator: PersonName | None = None
    operator_login: str | None = None
    pause_reason: str | None = None
    groups: list[str] = []
    ticket: TicketView | None = None
    others_of_visit: list[TicketView] = []
    others_ahead: dict[int, int] = {}  # how many stand before each of those, by ticket
    waiting: int = 0  # in all; ``queue`` tells the first of them
    queue: list[TicketView] = []
    missed: list[TicketView] = []
    held: list[TicketView] = []  # on hold for this desk
    appointments: list[TicketView] = []  # today's agreed times of its groups, still to be received, in order
    needs: list[Need] = []  # of the visitor in hand
    priority: dict[str, str] | None = None  # the class that the visitor in hand claims, by language
    served_today: int = 0  # by this operator, at this desk and others


class DeskSummary(Message):
    number: int
    zone: str
    groups: list[str]
    state: DeskState
    operator_login: str | None = None


class CallAnswer(Message):
    """The ticket that was called, or None with the reason why there is none.

    Reasons: ``queue_empty``, ``siblings_served`` (the only ones waiting are at another desk just now).
    """

    ticket: TicketView | None
    reason: str | None = None
    elsewhere: list[TicketView] = []  # where the visitors of those who wait are just now


# --- the wall ---


class BoardCall(Message):
    """One row of the wall. ``call`` is the number of the call event: the same call is never announced twice."""

    call: int
    number: str
    letter: str
    seq: int
    desk: int
    zone: str
    direction: str = ""
    at: datetime
    reading: int
    language: str
    state: Literal["called", "serving"]
    started_at: datetime | None = None


class BoardView(Message):
    """The whole wall at one moment: newest call first, then follow the frames after ``seq``."""

    seq: int
    now: datetime
    centre: dict[str, str]
    city: dict[str, str]
    timezone: str
    calls: list[BoardCall]
    waiting: dict[str, int]  # by letter, in the order of the groups


class FrameKind(StrEnum):
    ISSUED = "issued"
    CALLED = "called"  # the first reading of a new call
    RECALLED = "recalled"
    STARTED = "started"
    FINISHED = "finished"
    MISSED = "missed"  # no-show
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    REINSTATED = "reinstated"
    HELD = "held"
    RETURNED = "returned"
    SNOOZED = "snoozed"
    RESUMED = "resumed"
    RELEASED = "released"  # taken from a desk by the head
    REJECTED = "rejected"  # a claim of priority that was not proved, of somebody who waits; for staff only
    REOPENED = "reopened"  # finished too early
    UNDONE = "undone"  # the last move is taken back; ``state`` says where the ticket is again
    EXPECTED = "expected"  # an appointment of today
    CHECKED_IN = "checked_in"
    CLAIMED = "claimed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DESK = "desk"  # a desk opened, closed, paused, resumed, or left with its visitor (staff frames only say which)
    DAY = "day"  # a service day or a provider's reception opened, stopped, closed, was suspended or restored
    SETTINGS = "settings"  # the centre's file changed: read the snapshot again


class Frame(Message):
    """One sentence that travels to everybody. ``seq`` is its row in the log; numbers may have gaps.

    The public form carries number, desk, zone, time, state, language and counts and nothing else.
    """

    seq: int
    at: datetime
    kind: FrameKind
    number: str | None = None
    letter: str | None = None
    ticket_seq: int | None = None
    desk: int | None = None
    zone: str | None = None
    direction: str = ""
    reading: int = 0
    call: int = 0  # the call event that stands; after ``undone`` the one from before, which was announced already
    called_at: datetime | None = None
    language: str = "uk"
    state: TicketState | None = None
    waiting: dict[str, int] = {}  # letters whose count this changed


class StaffFrame(Frame):
    """The same frame with the ticket and the desk as staff may see them."""

    ticket: TicketView | None = None
    desk_summary: DeskSummary | None = None


class Heartbeat(Message):
    """Sent on a quiet stream so that a follower knows the server's time and that the line is alive."""

    now: datetime
    seq: int


# --- devices and reports back ---


class AnnouncementFate(StrEnum):
    DONE = "done"  # its first reading was rendered to sound that is not silent
    SKIPPED = "skipped"  # by rule: stale, or no longer called
    FAILED = "failed"


class AnnouncementReport(Message):
    """What became of the voice's reading of one call event (``call`` = seq of the frame)."""

    call: Annotated[int, Field(ge=1)]
    fate: AnnouncementFate
    attempts: Annotated[int, Field(ge=0, le=99)] = 1
    why: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]*$")] = ""


class PrintOutcome(StrEnum):
    CONFIRMED = "confirmed"  # printer answered online and paper present after the cut
    UNKNOWN = "unknown"  # the printer keeps silent
    TROUBLE = "trouble"


class PrintReport(Message):
    ticket: Annotated[int, Field(ge=1)]
    outcome: PrintOutcome
    trouble: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]*$")] = ""


class DeviceStatus(Message):
    """How a machine is. ``trouble`` is a stable code such as ``paper_out``, ``printer_away``, ``voice_silent``."""

    ok: bool
    trouble: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]*$")] = ""


class MachineSettings(Message):
    """What the centre file says of kiosks and walls, so that one file is enough for the whole hall."""

    kiosk: settings.Kiosk
    printer: settings.Printer
    board: settings.Board
    voice: settings.Voice
    announcement_stale_s: int


class DeviceView(Message):
    id: int
    kind: DeviceKind
    name: str
    ok: bool
    trouble: str = ""
    since: datetime | None = None


# --- sign-in ----------------------------------------------------------------------------------------------------


class SignIn(Message):
    login: Annotated[str, Field(min_length=1, max_length=32)]
    pin: Annotated[str, Field(min_length=4, max_length=64)]


class Session(Message):
    """``token`` goes into ``Authorization: Bearer``; a browser gets a cookie instead and never sees it."""

    token: str
    login: str
    name: PersonName
    roles: list[Role]
    groups: list[str]
    expires_at: datetime


class Accepted(Message):
    """A command that has nothing else to say was saved as row ``seq`` of the log."""

    seq: int


# --- the administrator ---

Login = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,31}$")]
Pin = Annotated[str, Field(min_length=4, max_length=64)]


class UserToSave(Message):
    login: Login
    name: PersonName
    roles: Annotated[list[Role], Field(min_length=1)]
    provider: str | None = None
    primary: list[str] = []
    secondary: list[str] = []
    pin: Pin | None = None


class UserView(Message):
    login: str
    name: PersonName
    roles: list[Role]
    provider: str | None = None


class NewPin(Message):
    pin: Pin


class NewDevice(Message):
    kind: DeviceKind
    name: Annotated[str, Field(min_length=1, max_length=40)]


class DeviceToken(Message):
    kind: DeviceKind
    name: str
    token: str


# --- the order of calls, and why ---


class StandingView(Message):
    """Who stood at the head of one class of one queue, and how many stood there. ``cls``: R, A, P or W."""

    group: str
    cls: Literal["R", "A", "P", "W"]
    head: str
    size: int


class PassedView(Message):
    """Somebody with an earlier place, and why he or she could not be called just then."""

    number: str
    why: Literal["sibling", "walking", "returned_late", "pinned"]


class CallExplained(Message):
    """One call and its decision record, for staff. ``sentence`` can be read aloud; ``staff_sentence`` cannot.

    ``operator`` is told to heads only. ``run_*`` are the fairness runs after the call.
    """

    at: datetime
    desk: int
    group: str
    tier: str
    reason: str = ""
    note: str | None = None  # what the operator wrote of a call out of order; erased a day later
    operator: PersonName | None = None
    readings: int = 1
    outcome: str | None = None
    sentence: str
    staff_sentence: str
    standings: list[StandingView] = []
    passed: list[PassedView] = []
    run_appointments: int = 0
    run_priority: int = 0
    run_desk: int = 0


class Explanation(Message):
    """Why a ticket was called, each time, or why it has not been yet. ``sentence`` can be read to a complainant."""

    number: str
    day: date
    group: str
    state: TicketState
    sentence: str
    calls: list[CallExplained] = []


class MyExplanation(Message):
    """For the holder of a ticket: counts only. ``ahead`` stand before by their place; ``others`` came later and may be
    called earlier, all grounds together; who has waited longer than ``after_min`` is overtaken ``at_most`` times."""

    number: str
    state: TicketState
    ahead: int = 0
    others: int = 0
    after_min: int
    at_most: int
    sentence: str


class CallInOrder(Message):
    """A call as anybody in the hall may see it. ``n`` counts the day's calls; ``words`` say the reason."""

    n: int
    at: datetime
    number: str
    desk: int
    reason: Literal["queue", "appointment", "other"]
    words: str


class CallOrder(Message):
    """Today's calls, newest first. ``total`` counts all that were asked for; ``more``: ask on with ``before``."""

    day: date | None
    now: datetime
    total: int
    calls: list[CallInOrder]
    more: bool = False


# --- appointments: an agreed time, and a number that is given when it is agreed ---


class BookingChannel(StrEnum):
    KIOSK = "kiosk"
    IN_PERSON = "in_person"  # at reception
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    OTHER = "other"


class AppointmentState(StrEnum):
    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    LATE = "late"  # came after the grace: an ordinary visitor with the same number
    IN_SERVICE = "in_service"
    SERVED = "served"
    NO_SHOW = "no_show"
    CANCELLED_BY_VISITOR = "cancelled_by_visitor"
    CANCELLED_BY_CENTRE = "cancelled_by_centre"
    MOVED = "moved"


class SlotView(Message):
    start: datetime
    places: int  # still free


class DaySlots(Message):
    """One working day with the times that can be booked; empty when all are taken."""

    day: date
    slots: list[SlotView]


class SlotsView(Message):
    """What may be booked for a service, day by day; days without reception are left out."""

    seq: int
    now: datetime
    service: int
    group: str
    days: list[DaySlots]


class HoldSlot(Message):
    """Keeps a place while a form is open. ``form`` is the asker's own random word; holding again moves the hold."""

    service: Annotated[int, Field(ge=1, le=9999)]
    start: datetime
    form: Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]

    @field_validator("start")
    @classmethod
    def _with_an_offset(cls, start: datetime) -> datetime:
        return _offset(start)


class SlotHeld(Message):
    form: str
    start: datetime
    until: datetime


class PersonShort(Message):
    """Exactly two fields, both a person's own words; kept until a day after the slot (R04, R51)."""

    surname: Annotated[str, Field(min_length=1, max_length=40, pattern=NAME_PATTERN)]
    given_name: Annotated[str, Field(min_length=1, max_length=40, pattern=NAME_PATTERN)]


class NewAppointment(Message):
    """``channel`` is staff's to say; a kiosk's is ``kiosk``, anybody else's ``web``. A name or a contact is kept only
    with the version of the notice that was shown (R52)."""

    service: Annotated[int, Field(ge=1, le=9999)]
    start: datetime
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "uk"
    form: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")] = ""
    channel: BookingChannel | None = None
    name: PersonShort | None = None
    contact: Annotated[str, Field(max_length=120)] = ""
    notice_version: Annotated[str, Field(max_length=20)] = ""

    @field_validator("start")
    @classmethod
    def _with_an_offset(cls, start: datetime) -> datetime:
        return _offset(start)

    @model_validator(mode="after")
    def _noticed(self) -> Self:
        if (self.name or self.contact) and not self.notice_version:
            raise ValueError("a name or a contact needs the version of the notice that was shown")
        return self


class MoveAppointment(Message):
    start: datetime
    form: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")] = ""

    @field_validator("start")
    @classmethod
    def _with_an_offset(cls, start: datetime) -> datetime:
        return _offset(start)


class AppointmentView(Message):
    """One appointment as its holder and staff may see it. ``number`` is what will be called."""

    id: int
    number: str
    letter: str
    seq: int
    service: int
    group: str
    start: datetime
    end: datetime
    state: AppointmentState
    channel: BookingChannel
    language: str
    ticket: int | None = None  # on its day


class BookedAppointment(Message):
    """Told to whoever booked or holds it: the six figures to check in with, and what its QR code opens.

    ``secret`` is the end of the holder's own address, ``/booking/SECRET``.
    """

    appointment: AppointmentView
    code: str
    secret: str
    qr: str | None = None


class AppointmentsOfDay(Message):
    """For staff: the agreed times of a day, in order; ``names`` by appointment id, for today's only."""

    seq: int
    day: date
    appointments: list[AppointmentView]
    names: dict[int, PersonShort] = {}


class CheckIn(Message):
    """``code``: the six figures, the number («А 501»), or whatever the QR code holds."""

    code: Annotated[str, Field(min_length=1, max_length=200)]


class CheckedIn(Message):
    """``minutes_late`` > 0 after the grace: an ordinary place from now on. ``minutes_early``: the visitor waits."""

    ticket: TicketView
    start: datetime
    minutes_early: int = 0
    minutes_late: int = 0
    late: bool = False


def _offset(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time with its offset, like 2026-03-16T10:05:00+02:00")
    return moment
