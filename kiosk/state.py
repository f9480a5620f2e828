"""A visitor's session as data: where in the flow, what was chosen, what was taken. Decides nothing, changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import inf

from kiosk import asks as a
from queue_server.messages import (
    BookedAppointment,
    CentreView,
    CheckedIn,
    EstimateView,
    IssuedTicket,
    Problem,
    SlotsView,
)

MAX_TICKETS = 5
"""Tickets of one visit, taken and still to be taken."""


class Step(StrEnum):
    """Where in the flow the visitor is."""

    START = "start"
    LANGUAGES = "languages"
    PROVIDERS = "providers"
    OTHERS = "others"  # institutions where nothing can be taken now
    GROUPS = "groups"
    SERVICES = "services"
    CONFIRM = "confirm"
    FULL_NAME = "full_name"
    MESSAGE = "message"
    ISSUING = "issuing"  # a request is on its way
    NUMBER = "number"
    CODE = "code"  # «У мене попередній запис»: six figures or a number are typed
    ARRIVED = "arrived"
    DAYS = "days"
    TIMES = "times"
    NEAREST = "nearest"  # the time that was chosen has just gone
    AGREE = "agree"
    BOOKED = "booked"


class Message(StrEnum):
    """What a page that only tells something is about."""

    ALREADY_CHOSEN = "already_chosen"
    TOO_MANY = "too_many"
    REFUSED = "refused"
    NOT_CHECKED_IN = "not_checked_in"
    NOT_BOOKED = "not_booked"
    NO_TIMES = "no_times"
    TIME_GONE = "time_gone"


class Paper(StrEnum):
    """What is known of the paper of a ticket; ``UNKNOWN`` is a printer that keeps silent."""

    PRINTING = "printing"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Place:
    """One screen the visitor came through, with what was chosen up to it."""

    step: Step
    provider: str = ""
    group: str = ""
    service: int = 0
    page: int = 0
    message: Message | None = None
    day: date | None = None
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A ticket of this visit and what is known of its paper."""

    issued: IssuedTicket
    paper: Paper = Paper.PRINTING
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Of somebody who has an agreed time: what is typed of the code or the number, then what the server said."""

    typed: str = ""
    told: CheckedIn | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """A time that is being agreed. ``form`` is the word under which the server keeps a place meanwhile.

    ``until``: how long it keeps it. ``nearest``: free times instead of one that has just gone.
    """

    form: str
    times: SlotsView | None = None
    until: datetime | None = None
    nearest: tuple[datetime, ...] = ()
    booked: BookedAppointment | None = None
    paper: Paper = Paper.PRINTING
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the kiosk waits, in seconds. A question is shown before anything is thrown away."""

    idle_s: float = 45
    warning_s: float = 20
    number_s: float = 25  # a number on good paper stays this long before the question; in trouble ``idle_s``
    refresh_s: float = 15  # how old the offer on the start screen may become
    retry_s: float = 3  # between two attempts to reach the server
    word_after_s: float = 0.5  # a longer wait is put in words


@dataclass(frozen=True, slots=True)
class Session:
    """Everything a screen needs to know. ``trail`` is the way back; its last place is what is shown."""

    language: str
    first_language: str
    timing: Timing
    touched_at: float
    trail: tuple[Place, ...] = (Place(Step.START),)
    centre: CentreView | None = None
    centre_at: float = 0.0
    reachable: bool = True
    trouble: str = ""  # the code of a server that refuses this kiosk altogether
    reload_at: float = inf
    estimates: tuple[EstimateView, ...] = ()  # of the services on the confirm screen, as last told
    request: a.Request | None = None
    request_at: float = 0.0
    lost: bool = False
    resend_at: float = inf
    visit: int | None = None
    taken: tuple[Taken, ...] = ()
    refusal: Problem | None = None  # why the last request, or a part of it, was refused
    arrival: Arrival | None = None
    booking: Booking | None = None  # set: the visitor chooses for another day
    question_at: float | None = None
    asks: tuple[a.Ask, ...] = ()

    @property
    def place(self) -> Place:
        return self.trail[-1]

    @property
    def step(self) -> Step:
        return self.place.step
