"""The service day: what time alone makes happen, and what the head decides about the whole reception (R14, R32).

The day begins with the local date; each provider's reception opens, stops giving tickets, ends and closes by its
hours; the hard stop ends what nobody ended, and yesterday is closed even if nobody did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from config.settings import Centre, Provider
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.records import LINES, ProviderState, Ticket
from queue_server.rules import booking
from queue_server.rules import events as ev
from queue_server.rules.appointments import overdue
from queue_server.rules.hours import local_day, reception
from queue_server.rules.moves import IN_HAND, require_reception
from queue_server.rules.refusal import Refused

DESK_CLOSES_AFTER = timedelta(minutes=30)  # an operator who went home without closing
Paces = Callable[[], Sequence[ev.Pace]]


def due(hall: Hall, now: datetime, centre: Centre, paces: Paces = tuple) -> list[ev.Event]:
    """What time alone makes happen now; usually nothing. ``paces`` is asked only when a day begins.

    Costs nothing while nothing is due.
    """
    today = local_day(now, centre)
    if hall.day is None:
        return [ev.DayOpened(today, tuple(paces())), *booking.of_today(hall, centre, now)]
    if hall.day.day < today:
        opened = ev.DayOpened(today, tuple(paces()))
        return [*close(hall, centre), opened, *booking.of_today(hall, centre, now)]
    if not hall.is_open or hall.day.day != today:
        return []
    expected = booking.of_today(hall, centre, now)
    if expected:
        return expected
    if now.astimezone(centre.tz).time() >= centre.rules.hard_day_stop:
        return close(hall, centre)
    events = [event for provider in centre.providers for event in _provider_due(hall, now, centre, provider)]
    events += forgotten_desks(hall, now, centre)
    if not hall.suspended:
        events += _timers_due(hall, now)
        if hall.expected and hall.expected[0][0] < now:
            events += overdue(hall, now, centre)
    return events


def _provider_due(hall: Hall, now: datetime, centre: Centre, provider: Provider) -> Iterable[ev.Event]:
    """One provider's reception by its hours. Several steps at once after the server has stood still."""
    state = hall.provider_state(provider.code)
    if state is ProviderState.CLOSED:
        # Somebody may have been set waiting again since: an undo, a reopened service that was not ended.
        groups = [group.code for group in centre.groups if group.provider == provider.code]
        if any(_unfinished(hall, group) for group in groups):
            yield from _expire(hall, _all_waiting(hall, groups))
        return
    today = reception(provider, local_day(now, centre), centre)
    if today is None:
        return
    rules = centre.rules
    if state is ProviderState.PLANNED:
        if now < today.opens - timedelta(minutes=rules.issue_lead_min):
            return
        yield ev.ReceptionOpened(provider.code)
        state = ProviderState.OPEN
    if state is ProviderState.OPEN and now > today.closes - timedelta(minutes=rules.last_ticket_min):
        yield ev.TicketingStopped(provider.code, "last_ticket")
        state = ProviderState.TICKETING_STOPPED
    if state is not ProviderState.CLOSING and now > today.closes:
        yield ev.ReceptionEnding(provider.code)
        state = ProviderState.CLOSING
    if state is ProviderState.CLOSING:
        yield from _ended(hall, centre, provider)


def _ended(hall: Hall, centre: Centre, provider: Provider) -> Iterable[ev.Event]:
    """Hours are over: the reception closes when nobody of the provider waits or is at a desk."""
    groups = {group.code for group in centre.groups if group.provider == provider.code}
    if any(_unfinished(hall, group) for group in groups):
        return
    busy = [s for s in hall.desks.values() if groups & set(s.groups) and s.ticket is not None]
    if busy:
        return
    yield ev.ReceptionClosed(provider.code)


def _unfinished(hall: Hall, group: str) -> bool:
    queue = hall.queues.get(group)
    return queue is not None and (queue.work.total() > 0 or queue.expected.total() > 0)


def _timers_due(hall: Hall, now: datetime) -> list[ev.Event]:
    """T14, T16 when their time is over."""
    events: list[ev.Event] = []
    for until, number in hall.timers:
        if until > now:
            break
        held = hall.tickets[number].held
        events.append(ev.TicketReturned(number, "time") if held else ev.TicketResumed(number, "time"))
    return events


def forgotten_desks(hall: Hall, now: datetime, centre: Centre) -> list[ev.Event]:
    """Desks that nobody closed half an hour after their reception was closed (edge case 23)."""
    events: list[ev.Event] = []
    for session in hall.desks.values():
        provider = hall.providers.get(centre.group(session.groups[0]).provider)
        closed = provider.closed_at if provider else None
        if closed and session.ticket is None and now >= closed + DESK_CLOSES_AFTER:
            events.append(ev.DeskClosed(session.desk))
    return events


# --- what people decide ---


def open_reception(hall: Hall, provider: str) -> list[ev.Event]:
    """The head begins earlier than the hours say."""
    require_reception("open", hall.provider_state(provider), provider)
    return [ev.ReceptionOpened(provider)]


def stop_tickets(hall: Hall, provider: str) -> list[ev.Event]:
    require_reception("stop-tickets", hall.provider_state(provider), provider)
    return [ev.TicketingStopped(provider, "head")]


def resume_tickets(hall: Hall, provider: str) -> list[ev.Event]:
    """After a stop by a person; the stop before closing stays."""
    require_reception("resume-tickets", hall.provider_state(provider), provider)
    if hall.providers[provider].stopped_by != "head":
        raise Refused("provider_closed_for_today")
    return [ev.TicketingResumed(provider)]


def end_reception(hall: Hall, centre: Centre, provider: str) -> list[ev.Event]:
    """The head ends a provider's day: nobody is at a desk, and those who still wait expire (T18)."""
    require_reception("close", hall.provider_state(provider), provider)
    groups = [group.code for group in centre.groups if group.provider == provider]
    for session in hall.desks.values():
        if session.ticket is not None and hall.tickets[session.ticket].group in groups:
            raise Refused("desk_still_busy", desk=session.desk)
    return [*_expire(hall, _all_waiting(hall, groups)), ev.ReceptionClosed(provider)]


def suspend(hall: Hall, kind: str) -> list[ev.Event]:
    """No calls and no tickets. Whoever was called has the place again; whoever is served stays at the desk."""
    if not hall.is_open:
        raise Refused("day_closed")
    if hall.suspended:
        return []
    called = [s for s in hall.desks.values() if s.ticket and hall.tickets[s.ticket].state is TicketState.CALLED]
    withdrawn = [ev.CallWithdrawn(session.ticket or 0, session.desk) for session in called]
    return [*withdrawn, ev.ReceptionSuspended(kind)]  # type: ignore[arg-type]  # checked at the door


def restore(hall: Hall, now: datetime, centre: Centre) -> list[ev.Event]:
    """All clear: after an alarm people need time to come back from the shelter, and patience."""
    if hall.suspended is None:
        return []
    alarm = hall.suspended.kind == "air_alarm"
    back = timedelta(minutes=centre.rules.alarm_return_min if alarm else 0)
    patience = timedelta(minutes=centre.rules.alarm_patience_min if alarm else 0)
    return [ev.ReceptionRestored(now + back, now + back + patience)]


def close(hall: Hall, centre: Centre) -> list[ev.Event]:
    """Ends the day: unfinished calls go back, services in hand end unfinished, those who still wait expire (T18)."""
    if not hall.is_open:
        return []
    assert hall.day is not None
    events: list[ev.Event] = []
    waiting = _all_waiting(hall, sorted(hall.queues))
    for session in hall.desks.values():
        if session.ticket is None:
            continue
        ticket = hall.tickets[session.ticket]
        assert ticket.state in IN_HAND
        if ticket.state is TicketState.CALLED:
            events.append(ev.CallWithdrawn(ticket.id, session.desk))
            waiting.append(ticket)
        else:
            events.append(ev.ServiceFinished(ticket.id, session.desk, "other", hall.day.opened_at))
    events += _expire(hall, waiting)
    events += [ev.DeskClosed(desk) for desk in hall.desks]
    events += [
        ev.ReceptionClosed(p.code)
        for p in centre.providers
        if hall.provider_state(p.code) not in (ProviderState.PLANNED, ProviderState.CLOSED)
    ]
    return [*events, ev.DayClosed(hall.day.day)]


def _all_waiting(hall: Hall, groups: Sequence[str]) -> list[Ticket]:
    """Those who wait, are on hold or are expected in these groups."""
    waiting = [t for group in groups if group in hall.queues for line in LINES for t in hall.places(group, line)]
    aside = [hall.tickets[n] for _, n in (*hall.timers, *hall.expected)]
    return [*waiting, *(ticket for ticket in aside if ticket.group in groups)]


def _expire(hall: Hall, tickets: Iterable[Ticket]) -> list[ev.Event]:
    why = "alarm" if hall.suspended and hall.suspended.kind == "air_alarm" else "closed"
    return [ev.TicketExpired(ticket.id, why) for ticket in tickets]  # type: ignore[arg-type]  # one of the two
