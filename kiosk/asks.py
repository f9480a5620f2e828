"""What a visitor's session asks of the machine, and what it is told in return.

Plain data between ``kiosk.session``, which decides, and ``kiosk.terminal``, which does; neither wire nor window here.
"""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.messages import CentreView, EstimateView, IssuedTicket, PrintOutcome, Problem


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


Ask = LoadCentre | Estimate | Issue | Print


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
class Declined:
    """The server understood ``ask`` and said no."""

    ask: LoadCentre | Estimate
    problem: Problem


@dataclass(frozen=True, slots=True)
class ServerAway:
    """The server did not answer ``ask``. Nothing is known to have happened."""

    ask: LoadCentre | Estimate | Issue


Answer = CentreLoaded | Estimated | Issued | Printed | Declined | ServerAway
