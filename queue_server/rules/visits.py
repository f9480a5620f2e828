"""A visitor's tickets: taking one, adding one, giving one up, coming back after a missed call (R02, R05)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from config.settings import Centre, Provider, Service
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.records import Ticket
from queue_server.rules import events as ev
from queue_server.rules.hours import why_closed, why_no_tickets
from queue_server.rules.moves import require
from queue_server.rules.numbering import next_walk_in
from queue_server.rules.refusal import Refused, Unknown

Channel = Literal["kiosk", "reception", "desk"]


def service_of(number: int, centre: Centre) -> Service:
    """The active service with this number of the list. Raises Unknown."""
    service = centre.services_by_number.get(number)
    if service is None or not service.active:
        raise Unknown("unknown_service", service=number)
    return service


def ticket_of(hall: Hall, number: int) -> Ticket:
    ticket = hall.tickets.get(number)
    if ticket is None:
        raise Unknown("unknown_ticket", ticket=number)
    return ticket


def provider_of(group: str, centre: Centre) -> Provider:
    return centre.provider(centre.group(group).provider)


def open_visit(
    hall: Hall, now: datetime, centre: Centre, services: Sequence[int], channel: Channel, language: str
) -> list[ev.Event]:
    """A new visit with a ticket for each service (T1). Refused as a whole when one of them is not possible."""
    if language not in centre.languages:
        raise Refused("unknown_language", language=language)
    if len(set(services)) != len(services):
        raise Refused("same_service_twice", service=next(s for s in services if list(services).count(s) > 1))
    if len(services) > centre.rules.max_active_tickets:
        raise Refused("too_many_tickets", most=centre.rules.max_active_tickets)
    visit = hall.last_visit + 1
    events: list[ev.Event] = [ev.VisitOpened(visit, channel, language)]
    last_numbers: dict[str, int] = {}
    for offset, number in enumerate(services):
        events.append(_issue(hall, now, centre, visit, number, hall.last_ticket + 1 + offset, last_numbers))
    return events


def add_ticket(hall: Hall, now: datetime, centre: Centre, visit: int, service: int) -> list[ev.Event]:
    """Another service in the same visit, with its own number and its own place from now on (R05)."""
    if visit not in hall.visits:
        raise Unknown("unknown_visit", visit=visit)
    active = hall.active_tickets(visit)
    if any(ticket.service == service for ticket in active):
        raise Refused("same_service_twice", service=service)
    if len(active) >= centre.rules.max_active_tickets:
        raise Refused("too_many_tickets", most=centre.rules.max_active_tickets)
    return [_issue(hall, now, centre, visit, service, hall.last_ticket + 1, {})]


def _issue(
    hall: Hall, now: datetime, centre: Centre, visit: int, number: int, ticket: int, last_numbers: dict[str, int]
) -> ev.TicketIssued:
    service = service_of(number, centre)
    require_open_day(hall)
    if reason := why_no_tickets(provider_of(service.group, centre), now, centre):
        raise Refused(f"provider_{reason}", service=number)
    group = centre.group(service.group)
    last = last_numbers.get(group.letter, hall.last_number.get(group.letter, 0))
    last_numbers[group.letter] = following = next_walk_in(last, centre.rules.walk_in_numbers)
    return ev.TicketIssued(
        ticket=ticket,
        visit=visit,
        service=number,
        group=group.code,
        letter=group.letter,
        number=following,
        ahead=hall.waiting(group.code) - own_waiting(hall, visit, group.code),
    )


def require_open_day(hall: Hall) -> None:
    """Whoever waited would wait for ever once the day is closed. Raises Refused."""
    if not hall.is_open:
        raise Refused("day_closed")


def own_waiting(hall: Hall, visit: int, group: str) -> int:
    """How many of the visit's own tickets wait in the group: they are not «people ahead»."""
    if visit not in hall.visits:
        return 0
    return sum(t.group == group and t.state is TicketState.WAITING for t in hall.active_tickets(visit))


def cancel(hall: Hall, ticket_id: int, reason: str) -> list[ev.Event]:
    """T17: the number is not used again."""
    ticket = ticket_of(hall, ticket_id)
    require("cancel", ticket.state, number_of(ticket))
    return [ev.TicketCancelled(ticket_id, reason)]


def reinstate(hall: Hall, now: datetime, centre: Centre, ticket_id: int) -> list[ev.Event]:
    """T10: the visitor came back in time. The place is kept, but other calls of the group go first."""
    ticket, rules = ticket_of(hall, ticket_id), centre.rules
    require("reinstate", ticket.state, number_of(ticket))
    assert ticket.missed_at is not None
    if now - ticket.missed_at > timedelta(minutes=rules.return_window_min):
        raise Refused("return_too_late", minutes=rules.return_window_min)
    if ticket.returns >= rules.max_returns:
        raise Refused("returned_too_often", most=rules.max_returns)
    if any(other.service == ticket.service for other in hall.active_tickets(ticket.visit)):
        raise Refused("same_service_twice", service=ticket.service)
    require_open_day(hall)
    if reason := why_closed(provider_of(ticket.group, centre), now, centre):
        raise Refused(f"provider_{reason}", service=ticket.service)
    return [ev.TicketReinstated(ticket_id, rules.return_after_calls)]


def number_of(ticket: Ticket) -> str:
    """«А 17» as people read it."""
    return f"{ticket.letter}\u00a0{ticket.number}"
