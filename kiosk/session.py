"""One visitor's way from the start screen to a number, as pure functions between frozen states.

Does nothing itself: what the machine shall do stands in ``asks``, and what came of it is told to ``heard``.
Times are seconds of one monotonic clock and always a parameter. No input but the choice of a service is ever
asked for (Б-Пол 20, R19).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from math import inf

from kiosk import arrival, booking
from kiosk import asks as a
from kiosk.catalogue import (
    SUSPENDED,
    closed_providers,
    for_another_day,
    groups_of,
    open_providers,
    services_of,
)
from kiosk.state import MAX_TICKETS, Booking, Message, Paper, Place, Session, Step, Taken, Timing
from kiosk.trail import answered, ask, push, send, tell, touched
from queue_server.messages import CentreView, EstimateView, IssuedTicket, PrintOutcome


def start(language: str, timing: Timing, now: float) -> Session:
    """A kiosk that was just switched on; it first asks what the centre offers."""
    return Session(language, language, timing, touched_at=now, asks=(a.LoadCentre(),))


def take_asks(session: Session) -> tuple[Session, tuple[a.Ask, ...]]:
    """What is to be done now, in order, and the session that has handed it over."""
    return replace(session, asks=()), session.asks


# --- questions about a session ------------------------------------------------------------------------------


_LAID_OVER = (Step.FULL_NAME, Step.MESSAGE, Step.ISSUING, Step.LANGUAGES)


def basket(session: Session) -> tuple[int, ...]:
    """Services put aside in this round: every confirm screen on the way but the one in front."""
    confirmed = [place.service for place in session.trail if place.step is Step.CONFIRM]
    front = next((p for p in reversed(session.trail) if p.step not in _LAID_OVER), None)
    return tuple(confirmed[:-1] if front is not None and front.step is Step.CONFIRM else confirmed)


def chosen(session: Session) -> tuple[int, ...]:
    """Services that this visit has or is about to get: one ticket each, never two (Б-Рег 16)."""
    return tuple(taken.issued.ticket.service for taken in session.taken) + basket(session)


def at_hand(session: Session) -> tuple[int, ...]:
    """Services of the confirm screen, whether put aside or in front."""
    return (*basket(session), *((session.place.service,) if session.step is Step.CONFIRM else ()))


def estimate_of(session: Session, service: int) -> EstimateView | None:
    """What is known of the wait for ``service``; None until the server has told."""
    return next((told for told in session.estimates if told.service == service), None)


def numbers_in_hand(session: Session) -> tuple[tuple[str, int], ...]:
    """Letter and figures of everything that was given out or checked in on this visit."""
    numbers = [(taken.issued.ticket.letter, taken.issued.ticket.seq) for taken in session.taken]
    if agreed := booking.booked(session):
        numbers.append((agreed.appointment.letter, agreed.appointment.seq))
    if session.arrival is not None and session.arrival.told is not None:
        numbers.append((session.arrival.told.ticket.letter, session.arrival.told.ticket.seq))
    return tuple(numbers)


def offer(session: Session) -> CentreView:
    """What is chosen from: what can be had today, or what can be booked."""
    assert session.centre is not None, "one chooses from a centre that was read"
    return session.centre if session.booking is None else for_another_day(session.centre)


def stopped(session: Session, service: int) -> str | None:
    """The stable reason why no ticket of ``service`` can be had now; None as far as is known."""
    told = estimate_of(session, service)
    return told.reason if told else None


def obtainable(session: Session) -> tuple[int, ...]:
    """Services of the confirm screen that «Отримати талон» asks for: all but those that are known to be stopped."""
    return tuple(service for service in at_hand(session) if stopped(session, service) is None)


def can_add(session: Session) -> bool:
    """On the confirm or the number screen: another service could be chosen."""
    mine = {*chosen(session), *at_hand(session)}
    if session.centre is None or len(mine) >= MAX_TICKETS:
        return False
    groups = {g.code for p in open_providers(session.centre) for g in groups_of(session.centre, p.code)}
    return any(s.number not in mine for s in session.centre.services if s.group in groups)


def first_choice(session: Session) -> bool:
    """The visitor chooses, and this is the first list of it: here stands the row «Інші установи»."""
    choosing = (Step.PROVIDERS, Step.GROUPS, Step.SERVICES)
    return session.step in choosing and session.trail[-2].step not in choosing


def others(session: Session) -> bool:
    """There are institutions that cannot be chosen now."""
    return session.centre is not None and bool(closed_providers(offer(session)))


def nothing_open(session: Session) -> bool:
    return session.centre is not None and not open_providers(session.centre)


def suspended(session: Session) -> bool:
    """Nobody is received just now: an alarm, a power cut."""
    centre = session.centre
    return centre is not None and not open_providers(centre) and any(p.reason == SUSPENDED for p in centre.providers)


def waiting_long(session: Session, now: float) -> bool:
    """Registering takes so long that the screen must say so."""
    return session.step is Step.ISSUING and (session.lost or now - session.request_at > session.timing.word_after_s)


def server_time(session: Session, now: float) -> datetime | None:
    """The server's clock, carried on by ours; None while the server was never heard."""
    if session.centre is None:
        return None
    return session.centre.now + timedelta(seconds=now - session.centre_at)


def seconds_left(session: Session, now: float) -> float:
    """Of the countdown under «Ви ще тут?»."""
    if session.question_at is None:
        return session.timing.warning_s
    return max(0.0, session.question_at + session.timing.warning_s - now)


# --- what the visitor does ----------------------------------------------------------------------------------


def begin(session: Session, now: float) -> Session:
    """«Стати в чергу»; also «Ще послуга» under a number, in the same visit."""
    if session.centre is None or nothing_open(session):
        return session
    if session.step is Step.NUMBER and not can_add(session):
        return tell(touched(session, now), Message.TOO_MANY)
    return _descend(touched(session, now), now)


def choose(session: Session, pick: str | int, now: float) -> Session:
    """A provider's or a group's code, or a service's number, from the list that is shown."""
    session = touched(session, now)
    match session.step, pick:
        case Step.PROVIDERS, str():
            return _descend(session, now, pick)
        case Step.GROUPS, str():
            return _descend(session, now, session.place.provider, pick)
        case Step.SERVICES, int():
            return _chosen(session, session.place.provider, session.place.group, pick, now)
    return session


def begin_booking(session: Session, form: str, now: float) -> Session:
    """«Записатися на інший день». ``form``: a fresh random word under which a place will be kept."""
    if session.step is not Step.START or not booking.possible(session):
        return session
    return _descend(replace(touched(session, now), booking=Booking(form)), now)


def show_others(session: Session, now: float) -> Session:
    """«Інші установи»."""
    return push(touched(session, now), Place(Step.OTHERS))


def show_full_name(session: Session, now: float) -> Session:
    return push(touched(session, now), replace(session.place, step=Step.FULL_NAME, page=0))


def show_languages(session: Session, now: float) -> Session:
    return session if session.step is Step.LANGUAGES else push(touched(session, now), Place(Step.LANGUAGES))


def turn(session: Session, by: int, pages: int, now: float) -> Session:
    """Далі (+1) or Назад (-1) within ``pages`` pages. Назад on the first page leaves the list."""
    page = session.place.page + by
    if page < 0:
        return back(session, now)
    place = replace(session.place, page=min(page, pages - 1))
    return replace(touched(session, now), trail=(*session.trail[:-1], place))


def back(session: Session, now: float) -> Session:
    """One screen back; what was chosen on the screen that is left is forgotten. The number screen has no way back."""
    session = touched(session, now)
    if session.step in (Step.START, Step.NUMBER, Step.ISSUING, Step.ARRIVED, Step.BOOKED):
        return session
    session = replace(session, trail=session.trail[:-1])
    if session.step is Step.START:
        return replace(session, arrival=None, booking=None)
    return _estimate_again(session)


def choose_other(session: Session, now: float) -> Session:
    """After a refusal: back to the list the refused service was chosen from."""
    session = back(session, now)
    return back(session, now) if session.step in (Step.CONFIRM, Step.AGREE) else session


def home(session: Session, now: float) -> Session:
    """To the start; with tickets in hand to the numbers first, for they must be seen."""
    if session.taken and session.step is not Step.NUMBER:
        return replace(touched(session, now), trail=(Place(Step.START), Place(Step.NUMBER)), request=None, lost=False)
    return reset(session, now)


def reset(session: Session, now: float) -> Session:
    """The next visitor's start: nothing of this one is kept, a request that was not answered is given up."""
    fresh = start(session.first_language, session.timing, now)
    return replace(fresh, centre=session.centre, centre_at=session.centre_at, reachable=session.reachable)


def switch_language(session: Session, code: str, now: float) -> Session:
    """Every screen follows at once; a list of languages that was open is left."""
    if session.step is Step.LANGUAGES:
        session = back(session, now)
    return replace(touched(session, now), language=code)


def add_another(session: Session, now: float) -> Session:
    """«Додати ще одну послугу»: this one is put aside, the visitor chooses again (Б-Рег 16)."""
    session = touched(session, now)
    if session.step is not Step.CONFIRM:
        return session
    return _descend(session, now) if can_add(session) else tell(session, Message.TOO_MANY)


def take(session: Session, key: str, now: float) -> Session:
    """«Отримати талон» for everything that can be had. ``key`` makes it happen once, however often it must be sent."""
    services = obtainable(session)
    if session.step is not Step.CONFIRM or not services:
        return session
    return send(session, a.Issue(key, services, session.language, session.visit), now)


def reprint(session: Session, now: float) -> Session:
    """«Надрукувати ще раз»: every slip that is not known to have come out."""
    session = replace(touched(session, now), request_at=now)
    again = {t.issued.ticket.id for t in session.taken if t.paper in (Paper.TROUBLE, Paper.UNKNOWN)}
    renewed = (
        replace(t, paper=Paper.PRINTING, trouble="") if t.issued.ticket.id in again else t for t in session.taken
    )
    session = replace(session, taken=tuple(renewed))
    return _print(session, tuple(t.issued for t in session.taken if t.issued.ticket.id in again))


def stay(session: Session, now: float) -> Session:
    """«Так, я ще тут», as often as wanted."""
    return replace(touched(session, now), question_at=None)


# --- what time does -----------------------------------------------------------------------------------------


def tick(session: Session, now: float) -> Session:
    """Call about four times a second: refreshes the offer, tries a lost server again, asks a still visitor, resets."""
    if session.step is Step.START and now >= session.reload_at:
        session = replace(ask(session, a.LoadCentre()), reload_at=inf)
    if session.request is not None and now >= session.resend_at:
        session = replace(ask(session, session.request), resend_at=inf)
    if session.question_at is not None:
        return reset(session, now) if seconds_left(session, now) <= 0 else session
    if now - session.touched_at < _patience(session):
        return session
    if session.step is Step.START:  # nobody is here: only the language goes back
        return replace(session, language=session.first_language, touched_at=now)
    return replace(session, question_at=now)


def _patience(session: Session) -> float:
    timing = session.timing
    papers = {taken.paper for taken in session.taken}
    if session.booking is not None:
        papers.add(session.booking.paper)
    told = session.step in (Step.NUMBER, Step.BOOKED, Step.ARRIVED)  # nothing is chosen any more, only read
    calm = told and papers <= {Paper.CONFIRMED}
    return min(timing.idle_s, timing.number_s) if calm and not session.refusal else timing.idle_s


# --- what the machine answers -------------------------------------------------------------------------------


def heard(session: Session, answer: a.Answer, now: float) -> Session:
    """An answer to one of the asks. One that belongs to an earlier visitor changes nothing."""
    match answer:
        case a.CentreLoaded(centre):
            return _loaded(session, centre, now)
        case a.Estimated(told) if told.service in at_hand(session):
            others = tuple(known for known in session.estimates if known.service != told.service)
            return replace(session, estimates=(*others, told))
        case a.Issued(key) if isinstance(session.request, a.Issue) and key == session.request.key:
            return _issued(session, answer, now)
        case a.Printed():
            return _printed(session, answer, now)
        case a.ServerAway(a.LoadCentre()):
            return replace(session, reachable=False, trouble="", reload_at=now + session.timing.retry_s)
        case a.Declined(a.LoadCentre(), problem):
            return replace(session, reachable=False, trouble=problem.code, reload_at=now + session.timing.retry_s)
        case a.ServerAway(request) if request == session.request:
            return replace(session, lost=True, resend_at=now + session.timing.retry_s)
        case a.BookingPrinted():
            return booking.heard_paper(session, answer, now)
        case a.Arrived(request) | a.Declined(a.CheckIn() as request) if request == session.request:
            return arrival.heard(session, answer, now)
        case a.TimesFound(request) | a.TimeHeld(request) | a.Booked(request) if request == session.request:
            return booking.heard(session, answer, now)
        case a.Declined(request) if request == session.request:
            return booking.heard(session, answer, now)
    return session


def _loaded(session: Session, centre: CentreView, now: float) -> Session:
    session = replace(session, reachable=True, trouble="", reload_at=now + session.timing.refresh_s)
    if session.centre is not None and session.step is not Step.START:
        return session  # what somebody is choosing from does not change under the finger
    return replace(session, centre=centre, centre_at=now)


def _issued(session: Session, answer: a.Issued, now: float) -> Session:
    session = replace(answered(session, now), refusal=answer.refusal)
    if not answer.tickets:
        return tell(session, Message.REFUSED)
    session = replace(
        session,
        visit=answer.visit,
        taken=(*session.taken, *(Taken(issued) for issued in answer.tickets)),
        trail=(Place(Step.START), Place(Step.NUMBER)),
    )
    return _print(session, answer.tickets)


def _printed(session: Session, answer: a.Printed, now: float) -> Session:
    paper = {
        PrintOutcome.CONFIRMED: Paper.CONFIRMED,
        PrintOutcome.UNKNOWN: Paper.UNKNOWN,
        PrintOutcome.TROUBLE: Paper.TROUBLE,
    }[answer.outcome]
    mine = any(taken.issued.ticket.id == answer.ticket for taken in session.taken)
    if not mine:
        return session
    told = (
        replace(t, paper=paper, trouble=answer.trouble) if t.issued.ticket.id == answer.ticket else t
        for t in session.taken
    )
    # The time to read starts when there is something to read, not while the printer works.
    return replace(session, taken=tuple(told), touched_at=now)


# --- small steps --------------------------------------------------------------------------------------------


def _print(session: Session, tickets: tuple[IssuedTicket, ...]) -> Session:
    assert session.centre is not None, "tickets come from a centre that was read"
    prints = tuple(a.Print(issued, session.centre, session.language) for issued in tickets)
    return ask(session, *prints)


def _estimate_again(session: Session) -> Session:
    """Whoever stands on a confirm screen sees how long it takes now, not minutes ago."""
    if session.step is not Step.CONFIRM:
        return session
    known = tuple(told for told in session.estimates if told.service in at_hand(session))
    return ask(replace(session, estimates=known), a.Estimate(session.place.service))


def _descend(session: Session, now: float, provider: str = "", group: str = "") -> Session:
    """The next list to choose from; a level with one possible choice is skipped."""
    centre = offer(session)
    if not provider:
        providers = open_providers(centre)
        if len(providers) != 1:
            return push(session, Place(Step.PROVIDERS))
        provider = providers[0].code
    if not group:
        groups = groups_of(centre, provider)
        if len(groups) != 1:
            return push(session, Place(Step.GROUPS, provider))
        group = groups[0].code
    services = services_of(centre, group)
    if len(services) != 1:
        return push(session, Place(Step.SERVICES, provider, group))
    return _chosen(session, provider, group, services[0].number, now)


def _chosen(session: Session, provider: str, group: str, service: int, now: float) -> Session:
    if session.booking is not None:
        return booking.find_times(session, service, now)
    if service in chosen(session):
        return tell(session, Message.ALREADY_CHOSEN)
    return _estimate_again(push(session, Place(Step.CONFIRM, provider, group, service)))
