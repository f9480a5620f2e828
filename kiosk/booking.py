"""«Записатися на інший день», from the chosen service on: a day, a time that is kept, the agreement, its paper (R07).

Pure steps of a session. No name is asked for; two visitors who want one place are told apart by the server.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kiosk import asks as a
from kiosk.catalogue import for_another_day, open_providers
from kiosk.state import Booking, Message, Paper, Place, Session, Step
from kiosk.trail import answered, ask, push, send, tell, touched
from queue_server.messages import BookedAppointment, DaySlots, PrintOutcome, Problem, SlotsView

SLOT_TAKEN = "slot_taken"
NEAREST = 4


def possible(session: Session) -> bool:
    """Some service of some institution can be booked."""
    centre = session.centre
    return centre is not None and centre.booking and bool(open_providers(for_another_day(centre)))


def booked(session: Session) -> BookedAppointment | None:
    """What was agreed; None until the server has saved it."""
    return session.booking.booked if session.booking else None


def free_days(session: Session) -> tuple[DaySlots, ...]:
    """Days that still have a free time."""
    times = session.booking.times if session.booking else None
    return tuple(day for day in times.days if day.slots) if times else ()


def free_times(session: Session) -> tuple[datetime, ...]:
    """Of the day that was chosen."""
    days = (day for day in free_days(session) if day.day == session.place.day)
    return tuple(slot.start for day in days for slot in day.slots if slot.places > 0)


def find_times(session: Session, service: int, now: float) -> Session:
    """A service is chosen: ask when it can be booked."""
    assert session.booking is not None, "only in a booking are times looked for"
    return send(session, a.FindTimes(service, session.booking.form, session.language), now)


def choose_day(session: Session, day: date, now: float) -> Session:
    if session.step is not Step.DAYS:
        return session
    return push(touched(session, now), replace(session.place, step=Step.TIMES, day=day, page=0))


def choose_time(session: Session, start: datetime, now: float) -> Session:
    """The place is kept while the visitor decides."""
    if session.step not in (Step.TIMES, Step.NEAREST) or session.booking is None:
        return session
    form = session.booking.form
    return send(session, a.HoldTime(session.place.service, start, form, session.language), now)


def book(session: Session, key: str, now: float) -> Session:
    """«Записатися». ``key`` makes it happen once, however often it must be sent."""
    place, booking = session.place, session.booking
    if place.step is not Step.AGREE or place.start is None or booking is None:
        return session
    return send(session, a.Book(key, place.service, place.start, booking.form, session.language), now)


def reprint(session: Session, now: float) -> Session:
    """«Надрукувати ще раз»."""
    booking = session.booking
    if booking is None or booking.paper not in (Paper.TROUBLE, Paper.UNKNOWN):
        return session
    return _print(touched(session, now), replace(booking, paper=Paper.PRINTING, trouble=""))


# --- what the machine answers -------------------------------------------------------------------------------


def heard(session: Session, answer: a.TimesFound | a.TimeHeld | a.Booked | a.Declined, now: float) -> Session:
    """What the server said; the caller has made sure that it is the answer that is waited for."""
    session = answered(session, now)
    booking = session.booking
    assert booking is not None, "nothing else sends these requests"
    match answer:
        case a.TimesFound(asked, times):
            session = replace(session, booking=replace(booking, times=times))
            return push(session, _chosen(session, asked, Step.DAYS)) if free_days(session) else _nothing_free(session)
        case a.TimeHeld(asked, until):
            session = replace(session, booking=replace(booking, until=until))
            return push(session, replace(_chosen(session, asked, Step.AGREE), start=asked.start))
        case a.Booked(_, agreed):
            trail = (Place(Step.START), Place(Step.BOOKED, service=agreed.appointment.service))
            return _print(replace(session, trail=trail), replace(booking, booked=agreed, paper=Paper.PRINTING))
        case a.Declined(a.HoldTime() | a.Book() as asked, problem) if problem.code == SLOT_TAKEN:
            return _gone(session, asked, problem)
        case a.Declined(_, problem):
            return tell(replace(session, refusal=problem), Message.NOT_BOOKED)


def heard_paper(session: Session, answer: a.BookingPrinted, now: float) -> Session:
    """The paper of what was agreed; one of an earlier visitor changes nothing."""
    agreed = booked(session)
    if session.booking is None or agreed is None or agreed.appointment.id != answer.appointment:
        return session
    paper = {
        PrintOutcome.CONFIRMED: Paper.CONFIRMED,
        PrintOutcome.UNKNOWN: Paper.UNKNOWN,
        PrintOutcome.TROUBLE: Paper.TROUBLE,
    }[answer.outcome]
    return replace(session, booking=replace(session.booking, paper=paper, trouble=answer.trouble), touched_at=now)


# --- small steps --------------------------------------------------------------------------------------------


def _chosen(session: Session, asked: a.FindTimes | a.HoldTime | a.Book, step: Step) -> Place:
    """The next screen about the service that was asked for."""
    assert session.centre is not None, "one chooses from a centre that was read"
    group = next(s.group for s in session.centre.services if s.number == asked.service)
    provider = next(g.provider for g in session.centre.groups if g.code == group)
    return Place(step, provider, group, asked.service)


def _nothing_free(session: Session) -> Session:
    return tell(session, Message.NO_TIMES)


def _gone(session: Session, asked: a.HoldTime | a.Book, problem: Problem) -> Session:
    """Somebody else was faster: that time is not shown again, the nearest free ones are."""
    assert session.booking is not None, "it was asked for in a booking"
    times = session.booking.times
    if times is not None:
        days = [
            day.model_copy(update={"slots": [slot for slot in day.slots if slot.start != asked.start]})
            for day in times.days
        ]
        times = times.model_copy(update={"days": days})
    nearest = tuple(problem.alternatives) or _near(times, asked.start)
    kept = session.trail[: next(i for i, place in enumerate(session.trail) if place.step is Step.DAYS) + 1]
    session = replace(session, booking=replace(session.booking, times=times, nearest=nearest), trail=kept)
    return push(session, _chosen(session, asked, Step.NEAREST)) if nearest else tell(session, Message.TIME_GONE)


def _near(times: SlotsView | None, start: datetime) -> tuple[datetime, ...]:
    """Free times next to ``start``, in order, where the server named none."""
    free = [slot.start for day in (times.days if times else ()) for slot in day.slots]
    return tuple(sorted(sorted(free, key=lambda other: abs(other - start))[:NEAREST]))


def _print(session: Session, booking: Booking) -> Session:
    assert session.centre is not None, "a time is agreed in a centre that was read"
    assert booking.booked is not None, "only what was saved is put on paper"
    return ask(replace(session, booking=booking), a.PrintBooking(booking.booked, session.centre, session.language))


def local(session: Session, moment: datetime) -> datetime:
    """In the centre's own time."""
    assert session.centre is not None, "one chooses from a centre that was read"
    return moment.astimezone(ZoneInfo(session.centre.timezone))
