"""What travels between the server and everybody else: requests, answers, frames.

The OpenAPI document is made from these. Knows no Flask, no SQLite and no rules; clients may import it.
All times are UTC with an offset; all texts for people are already in the asked language unless typed ``dict``.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

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
    """RFC 9457 problem details. ``code`` is stable and for programs, ``detail`` is for the person who asked."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    mistakes: list[str] = []


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


class CentreView(Message):
    """Everything a kiosk shows before a ticket is taken; ``now`` is the server's time."""

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


class AheadView(Message):
    """How many people a new ticket of this service would have before it."""

    service: int
    ahead: int


# --- visits and tickets ---


class NewTicket(Message):
    service: Annotated[int, Field(ge=1, le=9999)]


class NewVisit(Message):
    tickets: Annotated[list[NewTicket], Field(min_length=1, max_length=5)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "uk"


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
    language: str = "uk"
    desk: int | None = None  # where it is in hand; of a waiting one: the only desk that may call it
    calls: int = 0
    called_at: datetime | None = None
    first_called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    missed_at: datetime | None = None
    returns: int = 0


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


class Reason(Message):
    """A short stable code and nothing about a person."""

    reason: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z_]+$")]


# --- desks ---


class TransferTo(Message):
    """Where a ticket goes: another service, or the same one at another desk."""

    service: Annotated[int, Field(ge=1, le=9999)] | None = None
    desk: Annotated[int, Field(ge=1, le=999)] | None = None


class FinishWith(Message):
    outcome: Literal["accepted", "consultation", "result_given", "incomplete", "refused", "other"] = "accepted"


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
    waiting: int = 0  # in all; ``queue`` tells the first of them
    queue: list[TicketView] = []
    missed: list[TicketView] = []
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
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DESK = "desk"  # a desk opened, closed, paused or resumed (staff frames only say which)
    DAY = "day"  # a service day opened or closed
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
