"""The service day: it opens with the local date, ends at the hard stop, and yesterday is closed even if nobody did."""

from __future__ import annotations

from datetime import datetime

from config.settings import Centre
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.rules import events as ev
from queue_server.rules.calling import CLASSES
from queue_server.rules.hours import local_day
from queue_server.rules.moves import IN_HAND


def due(hall: Hall, now: datetime, centre: Centre) -> list[ev.Event]:
    """What time alone makes happen now; usually nothing. Costs nothing while nothing is due."""
    today = local_day(now, centre)
    if hall.day is None:
        return [ev.DayOpened(today)]
    if hall.day.day < today:
        return [*close(hall, now), ev.DayOpened(today)]
    local = now.astimezone(centre.tz)
    if hall.is_open and hall.day.day == today and local.time() >= centre.rules.hard_day_stop:
        return close(hall, now)
    return []


def close(hall: Hall, now: datetime) -> list[ev.Event]:
    """Ends the day: unfinished calls go back, services in hand end unfinished, those who still wait expire (T18)."""
    if not hall.is_open:
        return []
    assert hall.day is not None
    events: list[ev.Event] = []
    expiring: list[int] = []
    for session in hall.desks.values():
        if session.ticket is None:
            continue
        ticket = hall.tickets[session.ticket]
        assert ticket.state in IN_HAND
        if ticket.state is TicketState.CALLED:
            events.append(ev.CallWithdrawn(ticket.id, session.desk))
            expiring.append(ticket.id)
        else:
            events.append(ev.ServiceFinished(ticket.id, session.desk, "other", now))
    expiring += [t.id for group in hall.queues for cls in CLASSES for t in hall.places(group, cls)]
    events += [ev.TicketExpired(ticket) for ticket in expiring]
    events += [ev.DeskClosed(desk) for desk in hall.desks]
    return [*events, ev.DayClosed(hall.day.day)]
