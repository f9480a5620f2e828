"""Sample sessions of somebody with an agreed time, and of somebody who agrees one: for pictures and for tests of them.

What is offered is the real centre's; numbers, codes and free times are samples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk import arrival, booking
from kiosk import asks as a
from kiosk import session as steps
from kiosk.catalogue import for_another_day, group_of, groups_of, open_providers, services_of
from kiosk.state import Place, Session, Step
from queue_server.messages import (
    AppointmentState,
    AppointmentView,
    BookedAppointment,
    BookingChannel,
    CentreView,
    CheckedIn,
    DaySlots,
    PrintOutcome,
    Problem,
    ServiceView,
    SlotsView,
    SlotView,
    TicketState,
    TicketView,
)

NOW = 1000.0
KEY = "sample-key"
FORM = "sample-form"
CODE = "482913"
SEQ = 501
STEP = timedelta(minutes=15)


def scenes(loaded: Session, centre: CentreView) -> Iterator[tuple[str, Session]]:
    """Name and session of every screen, in the order of the two ways."""
    if arrival.possible(loaded):
        yield from _arriving(loaded, centre)
    if booking.possible(loaded):
        yield from _booking(loaded, centre)


def _arriving(loaded: Session, centre: CentreView) -> Iterator[tuple[str, Session]]:
    asked = arrival.begin(loaded, NOW)
    yield "code", asked
    yield "code-number", typed(asked, f"{arrival.letters(loaded)[0]}{SEQ}")
    sent = arrival.check_in(typed(asked, CODE), KEY, NOW - 2)
    yield "code-figures", typed(asked, CODE)
    yield "checking", sent
    assert isinstance(sent.request, a.CheckIn), "it was just sent"
    service = max(centre.services, key=lambda one: len(one.short_name["uk"]))
    told = arrived(centre, service)
    late = told.model_copy(update={"minutes_late": 17, "late": True})
    yield "arrived", steps.heard(sent, a.Arrived(sent.request, told), NOW)
    early = told.model_copy(update={"minutes_early": 40})
    yield "arrived-early", steps.heard(sent, a.Arrived(sent.request, early), NOW)
    yield "arrived-late", steps.heard(sent, a.Arrived(sent.request, late), NOW)
    problem = Problem(title="Unknown", status=404, code="unknown_appointment", detail=_unknown(loaded.language))
    yield "not-checked-in", steps.heard(sent, a.Declined(sent.request, problem), NOW)
    yield "still-here-arrived", replace(steps.heard(sent, a.Arrived(sent.request, late), NOW), question_at=NOW - 6)


def _booking(loaded: Session, centre: CentreView) -> Iterator[tuple[str, Session]]:
    begun = steps.begin_booking(loaded, FORM, NOW)
    if begun.step is Step.PROVIDERS:
        yield "booking-providers", begun
    if steps.others(begun):
        yield "booking-others", steps.show_others(begun, NOW)
    service = _longest_name(centre)
    chosen = at_service(begun, centre, service)
    yield "finding", steps.choose(chosen, service.number, NOW - 2)
    days = found(chosen, centre, service, 12)
    yield "days", days
    yield "no-times", found(chosen, centre, service, 0)
    times = booking.choose_day(days, booking.free_days(days)[1].day, NOW)
    yield "times", times
    yield "times-next", steps.turn(times, 1, 99, NOW)
    agreed = held(times)
    yield "agree", agreed
    sent = booking.book(agreed, KEY, NOW - 2)
    yield "booking", sent
    assert isinstance(sent.request, a.Book), "it was just sent"
    yield "booking-lost", steps.heard(sent, a.ServerAway(sent.request), NOW)
    nearest = list(booking.free_times(times)[3:7])
    gone = Problem(title="Conflict", status=409, code=booking.SLOT_TAKEN, detail="", alternatives=nearest)
    yield "nearest", steps.heard(sent, a.Declined(sent.request, gone), NOW)
    refused = Problem(title="Conflict", status=409, code="too_many", detail=_unknown(loaded.language))
    yield "not-booked", steps.heard(sent, a.Declined(sent.request, refused), NOW)
    saved = steps.heard(sent, a.Booked(sent.request, booked(centre, service, sent.request.start)), NOW)
    yield "booked-printing", saved
    for name, outcome, trouble in (
        ("booked", PrintOutcome.CONFIRMED, ""),
        ("booked-unknown", PrintOutcome.UNKNOWN, ""),
        ("booked-paper-out", PrintOutcome.TROUBLE, "paper_out"),
    ):
        yield name, steps.heard(saved, a.BookingPrinted(1, outcome, trouble), NOW)
    yield "still-here-booked", replace(saved, question_at=NOW - 6)


# --- pieces -----------------------------------------------------------------------------------------------------------


def typed(session: Session, signs: str) -> Session:
    for sign in signs:
        session = arrival.type_sign(session, sign, NOW)
    return session


def at_service(begun: Session, centre: CentreView, service: ServiceView) -> Session:
    """The list in which ``service`` stands."""
    place = Place(Step.SERVICES, group_of(centre, service.group).provider, service.group)
    return replace(begun, trail=(Place(Step.START), place), asks=(), request=None)


def found(chosen: Session, centre: CentreView, service: ServiceView, days: int) -> Session:
    """The server has told the free times of so many days: every quarter of an hour, from today on."""
    sent = steps.choose(chosen, service.number, NOW)
    assert isinstance(sent.request, a.FindTimes), "it was just sent"
    tz = ZoneInfo(centre.timezone)
    today = centre.now.astimezone(tz).date()
    told = []
    for ahead in range(days):
        first = datetime.combine(today + timedelta(days=ahead), time(8), tz)
        slots = [SlotView(start=first + i * STEP, places=1 + i % 2) for i in range(36)]
        told.append(DaySlots(day=first.date(), slots=slots))
    view = SlotsView(seq=1, now=centre.now, service=service.number, group=service.group, days=told)
    return steps.heard(sent, a.TimesFound(sent.request, view), NOW)


def held(times: Session) -> Session:
    """The third time of the day is kept for the visitor."""
    sent = booking.choose_time(times, booking.free_times(times)[2], NOW)
    assert isinstance(sent.request, a.HoldTime), "it was just sent"
    assert times.centre is not None, "one chooses from a centre that was read"
    return steps.heard(sent, a.TimeHeld(sent.request, times.centre.now + timedelta(minutes=5)), NOW)


def booked(centre: CentreView, service: ServiceView, start: datetime) -> BookedAppointment:
    letter = group_of(centre, service.group).letter
    view = AppointmentView(
        id=1, number=f"{letter}\u00a0{SEQ}", letter=letter, seq=SEQ, service=service.number, group=service.group,
        start=start, end=start + STEP, state=AppointmentState.BOOKED, channel=BookingChannel.KIOSK, language="uk",
    )  # fmt: skip
    secret = "s" * 22
    return BookedAppointment(
        appointment=view, code=CODE, secret=secret, qr=f"https://q.example.ua/booking/{secret}"
    )  # fmt: skip


def arrived(centre: CentreView, service: ServiceView) -> CheckedIn:
    """In time."""
    letter, start = group_of(centre, service.group).letter, centre.now + timedelta(minutes=10)
    ticket = TicketView(
        id=1, visit=1, number=f"{letter}\u00a0{SEQ}", letter=letter, seq=SEQ, service=service.number,
        group=service.group, state=TicketState.WAITING, kind="appointment", issued_at=centre.now, queue_key=start,
        ahead_at_issue=0, slot=start,
    )  # fmt: skip
    return CheckedIn(ticket=ticket, start=start, minutes_early=10)


def _longest_name(centre: CentreView) -> ServiceView:
    offered = for_another_day(centre)
    groups = [group for p in open_providers(offered) for group in groups_of(offered, p.code)]
    return max((s for g in groups for s in services_of(offered, g.code)), key=lambda one: len(one.name["uk"]))


def _unknown(language: str) -> str:
    """Stands in for the server's own sentence."""
    known = {"en": "There is no appointment with this code for today. Check the code or ask at reception."}
    return known.get(language, "Запису з таким кодом на сьогодні немає. Перевірте код або зверніться до рецепції.")
