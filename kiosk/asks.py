"""What a visitor's session asks of the machine, and what it is told in return.

Plain data between ``kiosk.session``, which decides, and ``kiosk.terminal``, which does; neither wire nor window here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.messages import (
    BookedAppointment,
    CentreView,
    CheckedIn,
    EstimateView,
    IssuedTicket,
    PrintOutcome,
    Problem,
    SlotsView,
)


@dataclass(frozen=True, slots=True)
class LoadCentre:
    """Read what the centre offers now, and the server's time."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Ask what may be told before a ticket of ``service`` (its number in the list of services) is taken."""

    service: int


@dataclass(frozen=True, slots=True)
class Issue:
    """Register ``services``, one ticket each (Б-Рег 16), as a new visit or as part of ``visit``.

    ``key`` stays the same however often this is sent, so that it happens once.
    """

    key: str
    services: tuple[int, ...]
    language: str
    visit: int | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """Put a ticket that is already saved on paper. ``centre`` is what the visitor chose from."""

    issued: IssuedTicket
    centre: CentreView
    language: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Somebody with an agreed time is here. ``code``: six figures, a number, or the end of what a QR code holds."""

    key: str
    code: str
    language: str


@dataclass(frozen=True, slots=True)
class FindTimes:
    """Ask when ``service`` can be booked. ``form`` is the word under which this visitor's place will be kept."""

    service: int
    form: str
    language: str


@dataclass(frozen=True, slots=True)
class HoldTime:
    """Keep a place at ``start`` while the visitor decides; a place held before under the same ``form`` is let go."""

    service: int
    start: datetime
    form: str
    language: str


@dataclass(frozen=True, slots=True)
class Book:
    """Agree the time (R07). ``key`` stays the same however often this is sent, so that it happens once."""

    key: str
    service: int
    start: datetime
    form: str
    language: str


@dataclass(frozen=True, slots=True)
class PrintBooking:
    """Put an agreed time that is already saved on paper."""

    booked: BookedAppointment
    centre: CentreView
    language: str


Request = Issue | CheckIn | FindTimes | HoldTime | Book
"""What a visitor waits for; it is sent again until the server has answered."""

Ask = LoadCentre | Estimate | Request | Print | PrintBooking


@dataclass(frozen=True, slots=True)
class CentreLoaded:
    centre: CentreView


@dataclass(frozen=True, slots=True)
class Estimated:
    told: EstimateView


@dataclass(frozen=True, slots=True)
class Issued:
    """The saved tickets of one ``Issue``. ``refusal`` says why the rest of it (or all of it) was refused."""

    key: str
    visit: int | None
    tickets: tuple[IssuedTicket, ...]
    refusal: Problem | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of the paper of ``ticket`` (its id). ``trouble`` is the printer's stable code or empty."""

    ticket: int
    outcome: PrintOutcome
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Answer to ``CheckIn``."""

    ask: CheckIn
    told: CheckedIn


@dataclass(frozen=True, slots=True)
class TimesFound:
    ask: FindTimes
    times: SlotsView


@dataclass(frozen=True, slots=True)
class TimeHeld:
    ask: HoldTime
    until: datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """The saved appointment of one ``Book``."""

    ask: Book
    booked: BookedAppointment


@dataclass(frozen=True, slots=True)
class BookingPrinted:
    """What became of the paper of ``appointment`` (its id)."""

    appointment: int
    outcome: PrintOutcome
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """The server understood ``ask`` and said no."""

    ask: LoadCentre | Estimate | Request
    problem: Problem


@dataclass(frozen=True, slots=True)
class ServerAway:
    """The server did not answer ``ask``. Nothing is known to have happened."""

    ask: LoadCentre | Estimate | Request


Answer = (
    CentreLoaded | Estimated | Issued | Printed | Arrived | TimesFound | TimeHeld | Booked | BookingPrinted
    | Declined | ServerAway
)  # fmt: skip
