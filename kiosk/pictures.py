"""Every screen of a session as a picture, without touching the server's queue: for README, demo and anybody's eye.

Numbers in the pictures are samples; what is offered is the real centre's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from config.settings import Kiosk, Screen
from kiosk import asks as a
from kiosk import samples
from kiosk import session as steps
from kiosk.catalogue import groups_of, open_providers, services_of
from kiosk.state import Message, Place, Session, Step, Timing
from queue_server.client import QueueClient
from queue_server.messages import (
    CentreView,
    EstimateView,
    IssuedTicket,
    PrintOutcome,
    Problem,
    ProviderView,
    ServiceView,
    TicketState,
    TicketView,
)

NOW = 1000.0  # of a clock that stands still
SEQ = 17


def take(url: str, token: str, settings: Kiosk, directory: Path, *, size: tuple[int, int] | None = None) -> list[Path]:
    """Reads the centre and writes ``NN-screen-language.png``. ``size`` in pixels stands in for the configured screen.

    Raises ``OutOfReach`` when the server is away. Needs a display or an off-screen driver.
    """
    with QueueClient(url, token) as client:
        centre = client.centre()
    screen = settings.screen
    if size is not None:
        screen = screen_of(*size) if size != (screen.width_px, screen.height_px) else screen
    return draw(centre, screen, directory, centre.languages)


def screen_of(width: int, height: int) -> Screen:
    """A likely screen of this resolution: 15″ up to 1280 × 1024, else 27″."""
    return Screen(width_px=width, height_px=height, diagonal_in=15 if max(width, height) <= 1280 else 27)


def draw(centre: CentreView, screen: Screen, directory: Path, languages: Sequence[str]) -> list[Path]:
    """All scenes in all languages; names of the files begin with the order of the visitor's way."""
    from kiosk.window import open_window, prepare

    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    prepare(screen, fullscreen=False)
    open_window(screen)
    from kiosk.stage import Stage

    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for language in languages:
        for number, (name, session) in enumerate(scenes(centre, language), 1):
            stage = Stage(session, screen, lambda _: None, clock=lambda: NOW)
            file = directory / f"{number:02d}-{name}-{language}.png"
            stage.export_to_png(str(file))
            written.append(file)
    return written


# --- the scenes ------------------------------------------------------------------------------------------------------


def scenes(centre: CentreView, language: str) -> Iterator[tuple[str, Session]]:
    """Name and session of every screen, in the order of a visitor's way and its troubles."""
    fresh = steps.start(language, Timing(), NOW)
    loaded = steps.heard(fresh, a.CentreLoaded(centre), NOW)
    yield "start", loaded
    yield from _choosing(loaded, centre)
    yield from _taking(loaded, centre)
    yield from samples.scenes(loaded, centre)
    shut = centre.model_copy(update={"providers": [_shut(p) for p in centre.providers]})
    yield "start-closed", steps.heard(fresh, a.CentreLoaded(shut), NOW)
    halted = centre.model_copy(update={"providers": [_shut(p, "suspended") for p in centre.providers]})
    yield "start-suspended", steps.heard(fresh, a.CentreLoaded(halted), NOW)
    yield "out-of-service", steps.heard(loaded, a.ServerAway(a.LoadCentre()), NOW)
    yield "connecting", fresh


def _choosing(loaded: Session, centre: CentreView) -> Iterator[tuple[str, Session]]:
    if len(open_providers(centre)) > 1:
        yield "providers", steps.begin(loaded, NOW)
    if steps.others(loaded):
        yield "others", steps.show_others(loaded, NOW)
    begun = steps.begin(loaded, NOW)
    if begun.step is Step.PROVIDERS:
        begun = steps.choose(begun, open_providers(centre)[0].code, NOW)
    if begun.step is Step.GROUPS:
        yield "groups", begun
        longest = max(groups_of(centre, begun.place.provider), key=lambda g: len(services_of(centre, g.code)))
        begun = steps.choose(begun, longest.code, NOW)
    if begun.step is Step.SERVICES:
        yield "services", begun
        yield "services-next", steps.turn(begun, 1, 99, NOW)


def _taking(loaded: Session, centre: CentreView) -> Iterator[tuple[str, Session]]:
    services = sorted(offered(centre), key=lambda s: len(s.name["uk"]))
    if not services:
        return
    short, long = services[0], services[-1]
    confirmed = at_confirm(loaded, short, 7)
    yield "confirm", confirmed
    yield "confirm-long", at_confirm(loaded, long, 12, (40, 95))
    yield "confirm-free", at_confirm(loaded, long, 0, (0, 0))
    yield "confirm-uncertain", at_confirm(loaded, short, 7, None)
    for reason in ("capacity_stop", "suspended", "ticketing_stopped"):
        yield f"confirm-{reason}", at_confirm(loaded, long, 7, reason=reason)
    yield "full-name", steps.show_full_name(at_confirm(loaded, long, 0), NOW)
    others = services[1:4]
    if others:
        yield "confirm-several", _several_confirmed(loaded, [*others, short])
        several = _several_confirmed(loaded, [*others])
        yield "confirm-several-stopped", at_confirm(several, short, 7, reason="capacity_stop")
        listed = replace(confirmed.place, step=Step.SERVICES)
        told = Place(Step.MESSAGE, message=Message.ALREADY_CHOSEN)
        yield "services-chosen", replace(confirmed, trail=(*confirmed.trail, listed))
        yield "already-chosen", replace(confirmed, trail=(*confirmed.trail, listed, told))
        most = Place(Step.MESSAGE, message=Message.TOO_MANY)
        yield "too-many", replace(confirmed, trail=(*confirmed.trail, most))
    pressed = steps.take(confirmed, "sample", NOW - 2)
    yield "printing", pressed
    assert pressed.request is not None, "it was just taken"
    yield "lost", steps.heard(pressed, a.ServerAway(pressed.request), NOW)
    problem = Problem(title="Refused", status=409, code="closed", detail=_refusal(loaded.language))
    yield "refused", steps.heard(pressed, a.Issued("sample", None, (), problem), NOW)
    one = issued(loaded, [short])
    yield "number-printing", one
    done = printed(one, PrintOutcome.CONFIRMED)
    yield "number", done
    yield "number-paper-out", printed(one, PrintOutcome.TROUBLE, "paper_out")
    many = issued(loaded, services[-5:])
    yield "number-several", printed(many, PrintOutcome.CONFIRMED)
    yield "number-several-paper-out", printed(many, PrintOutcome.TROUBLE, "paper_out")
    yield "still-here", replace(confirmed, question_at=NOW - 6)
    yield "still-here-number", replace(done, question_at=NOW - 6)


def _refusal(language: str) -> str:
    """Stands in for the server's own sentence."""
    return {"en": "This service is closed for today."}.get(language, "Прийом за цією послугою на сьогодні завершено.")


def offered(centre: CentreView) -> list[ServiceView]:
    """Services that can be chosen now."""
    groups = {g.code for p in open_providers(centre) for g in groups_of(centre, p.code)}
    return [service for service in centre.services if service.group in groups]


def at_confirm(
    loaded: Session,
    service: ServiceView,
    ahead: int,
    wait: tuple[int, int] | None = (15, 25),
    reason: str | None = None,
) -> Session:
    place = Place(Step.CONFIRM, group=service.group, service=service.number)
    low, high = wait or (None, None)
    told = EstimateView(service=service.number, ahead=ahead, low_min=low, high_min=high, reason=reason)
    return replace(loaded, trail=(*loaded.trail, place), estimates=(*loaded.estimates, told))


def _several_confirmed(loaded: Session, services: list[ServiceView]) -> Session:
    for service, wait in zip(services, cycle(((10, 20), (40, 95), (0, 0), None)), strict=False):
        loaded = at_confirm(loaded, service, 3, wait)
    return loaded


def issued(loaded: Session, services: Sequence[ServiceView]) -> Session:
    """The number screen with one sample ticket a service, its paper on the way."""
    assert loaded.centre is not None, "scenes are of a centre that was read"
    taken = steps.take(_several_confirmed(loaded, list(services)), "sample", NOW)
    letters = {group.code: group.letter for group in loaded.centre.groups}
    tickets = [
        IssuedTicket(ticket=_ticket(i, service, letters[service.group], loaded.centre))
        for i, service in enumerate(services)
    ]
    return steps.heard(taken, a.Issued("sample", 1, tuple(tickets)), NOW)


def printed(session: Session, outcome: PrintOutcome, trouble: str = "") -> Session:
    for taken in session.taken:
        session = steps.heard(session, a.Printed(taken.issued.ticket.id, outcome, trouble), NOW)
    return session


def _ticket(i: int, service: ServiceView, letter: str, centre: CentreView) -> TicketView:
    seq = SEQ + 29 * i
    return TicketView(
        id=i + 1, visit=1, number=f"{letter}\u00a0{seq}", letter=letter, seq=seq, service=service.number,
        group=service.group, state=TicketState.WAITING, issued_at=centre.now, queue_key=centre.now,
        ahead_at_issue=7 - i, promised_low_min=15 + 25 * i, promised_high_min=25 + 70 * i,
    )  # fmt: skip


def _shut(provider: ProviderView, reason: str = "closed_for_today") -> ProviderView:
    closed = {"open": False, "reason": reason}
    return provider.model_copy(update=closed) if provider.open else provider
