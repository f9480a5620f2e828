"""A visitor's tickets: taking one, adding one, giving one up, coming back after a missed call (R02, R05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from config.settings import Centre, Provider, Service
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.records import ProviderState, Ticket
from queue_server.rules import events as ev
from queue_server.rules.capacity import room_for
from queue_server.rules.estimate import estimate
from queue_server.rules.hours import why_closed, why_no_tickets
from queue_server.rules.moves import require
from queue_server.rules.numbering import next_walk_in
from queue_server.rules.refusal import Refused, Unknown

Channel = Literal["kiosk", "reception", "desk", "booking"]
PATIENCE_NEEDED = frozenset({"more_time", "wheelchair", "hearing"})
PATIENCE = 2
BY_VISITOR = frozenset({"visitor", "visitor_left"})  # reasons that are the visitor's own


@dataclass(frozen=True, slots=True)
class Wish:
    """One ticket that is asked for. ``claim`` is a claimed priority: (row of the erasable table, mode)."""

    service: int
    claim: tuple[int, ev.Mode] | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for tickets and how. ``override``: the reason for which staff gives one beyond the day's capacity."""

    channel: Channel
    language: str
    patience: int = 1
    override: str = ""


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


def open_visit(hall: Hall, now: datetime, centre: Centre, wishes: Sequence[Wish], asking: Asking) -> list[ev.Event]:
    """A new visit with a ticket for each service (T1). Refused as a whole when one of them is not possible."""
    if asking.language not in centre.languages:
        raise Refused("unknown_language", language=asking.language)
    services = [wish.service for wish in wishes]
    if len(set(services)) != len(services):
        raise Refused("same_service_twice", service=next(s for s in services if services.count(s) > 1))
    if len(services) > centre.rules.max_active_tickets:
        raise Refused("too_many_tickets", most=centre.rules.max_active_tickets)
    visit = hall.last_visit + 1
    events: list[ev.Event] = [ev.VisitOpened(visit, asking.channel, asking.language, asking.patience)]
    last_numbers: dict[str, int] = {}
    for offset, wish in enumerate(wishes):
        events.append(_issue(hall, now, centre, visit, wish, hall.last_ticket + 1 + offset, last_numbers, asking))
    return events


def add_ticket(hall: Hall, now: datetime, centre: Centre, visit: int, wish: Wish, asking: Asking) -> list[ev.Event]:
    """Another service in the same visit, with its own number and its own place from now on (R05)."""
    if visit not in hall.visits:
        raise Unknown("unknown_visit", visit=visit)
    active = hall.active_tickets(visit)
    if any(ticket.service == wish.service for ticket in active):
        raise Refused("same_service_twice", service=wish.service)
    if len(active) >= centre.rules.max_active_tickets:
        raise Refused("too_many_tickets", most=centre.rules.max_active_tickets)
    return [_issue(hall, now, centre, visit, wish, hall.last_ticket + 1, {}, asking)]


def _issue(
    hall: Hall,
    now: datetime,
    centre: Centre,
    visit: int,
    wish: Wish,
    ticket: int,
    last_numbers: dict[str, int],
    asking: Asking,
) -> ev.TicketIssued:
    service = service_of(wish.service, centre)
    require_open_day(hall)
    if reason := no_tickets_because(hall, provider_of(service.group, centre), now, centre):
        raise Refused(f"provider_{reason}", service=service.number)
    if not asking.override and not room_for(hall, now, centre, service):
        told = ev.TicketRefused(service.number, service.group, "capacity")
        raise Refused("capacity_stop", (told,), service=service.number)
    if wish.claim and visit in hall.visits and not hall.visits[visit].may_claim:
        raise Refused("claimed_before")
    group = centre.group(service.group)
    last = last_numbers.get(group.letter, hall.last_number.get(group.letter, 0))
    last_numbers[group.letter] = following = next_walk_in(last, centre.rules.walk_in_numbers)
    told_before = estimate(hall, now, centre, group.code, own_waiting(hall, visit, group.code))
    return ev.TicketIssued(
        ticket=ticket,
        visit=visit,
        service=service.number,
        group=group.code,
        letter=group.letter,
        number=following,
        ahead=told_before.ahead,
        priority=wish.claim[1] if wish.claim else None,
        claim=wish.claim[0] if wish.claim else None,
        promise=None if wish.claim else told_before.promise,
        override=asking.override,
    )


def no_tickets_because(hall: Hall, provider: Provider, now: datetime, centre: Centre) -> str | None:
    """None while tickets are issued; otherwise the stable reason why not: hours, a suspension, the head's word."""
    if hall.suspended:
        return "suspended"
    reason = why_no_tickets(provider, now, centre)
    match hall.provider_state(provider.code):
        case ProviderState.TICKETING_STOPPED if reason is None:
            return "ticketing_stopped"
        case ProviderState.CLOSED if reason is None:
            return "closed_for_today"
        case ProviderState.OPEN if reason == "not_open_yet":
            return None  # the head began earlier
    return reason


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
    """T17: the number is not used again. Of an appointment the place can be booked by others."""
    ticket = ticket_of(hall, ticket_id)
    require("cancel", ticket.state, number_of(ticket))
    cancelled = ev.TicketCancelled(ticket_id, reason)
    if ticket.appointment is None:
        return [cancelled]
    by: Literal["visitor", "centre"] = "visitor" if reason in BY_VISITOR else "centre"
    return [ev.AppointmentCancelled(ticket.appointment, by, reason), cancelled]


def reinstate(hall: Hall, now: datetime, centre: Centre, ticket_id: int) -> list[ev.Event]:
    """T10: the visitor came back in time. The place is kept, but other calls of the group go first."""
    ticket, rules = ticket_of(hall, ticket_id), centre.rules
    require("reinstate", ticket.state, number_of(ticket))
    assert ticket.missed_at is not None
    if ticket.kind == "appointment":
        raise Refused("check_in_instead", number=number_of(ticket))
    away = now - ticket.missed_at - hall.suspended_for(ticket.missed_at, now)
    if away > timedelta(minutes=rules.return_window_min):
        raise Refused("return_too_late", minutes=rules.return_window_min)
    if ticket.returns >= rules.max_returns:
        raise Refused("returned_too_often", most=rules.max_returns)
    active = hall.active_tickets(ticket.visit)
    if any(other.service == ticket.service for other in active):
        raise Refused("same_service_twice", service=ticket.service)
    if len(active) >= rules.max_active_tickets:
        raise Refused("too_many_tickets", most=rules.max_active_tickets)
    require_open_day(hall)
    require_receiving(hall, now, centre, ticket)
    return [ev.TicketReinstated(ticket_id, rules.return_after_calls)]


def require_receiving(hall: Hall, now: datetime, centre: Centre, ticket: Ticket) -> None:
    """Raises Refused when the ticket's provider receives nobody any more today."""
    provider = provider_of(ticket.group, centre)
    reason = why_closed(provider, now, centre)
    if hall.provider_state(provider.code) is ProviderState.CLOSED:
        reason = "closed_for_today"
    if reason and not (reason == "not_open_yet" and hall.provider_state(provider.code) is ProviderState.OPEN):
        raise Refused(f"provider_{reason}", service=ticket.service)


def snooze(hall: Hall, now: datetime, centre: Centre, ticket_id: int, minutes: int) -> list[ev.Event]:
    """T15: the visitor steps out for at most ``snooze_max_min``; the place is kept."""
    ticket, rules = ticket_of(hall, ticket_id), centre.rules
    require("snooze", ticket.state, number_of(ticket))
    if ticket.snoozes >= rules.snoozes:
        raise Refused("snoozed_often_enough", number=number_of(ticket), most=rules.snoozes)
    if not 0 < minutes <= rules.snooze_max_min:
        raise Refused("snooze_too_long", minutes=rules.snooze_max_min)
    return [ev.TicketSnoozed(ticket_id, now + timedelta(minutes=minutes))]


def resume(hall: Hall, ticket_id: int) -> list[ev.Event]:
    """T16: back from a snooze."""
    ticket = ticket_of(hall, ticket_id)
    require("resume", ticket.state, number_of(ticket))
    if ticket.held:
        raise Refused("held_not_snoozed", number=number_of(ticket), desk=ticket.pinned_desk or ticket.leg.desk or 0)
    return [ev.TicketResumed(ticket_id, "came")]


def come_back(hall: Hall, ticket_id: int) -> list[ev.Event]:
    """T14: the visitor whose ticket is on hold is here again, and goes on next at that desk."""
    ticket = ticket_of(hall, ticket_id)
    require("return", ticket.state, number_of(ticket))
    if not ticket.held:
        return [ev.TicketResumed(ticket_id, "came")]
    return [ev.TicketReturned(ticket_id, "came")]


def number_of(ticket: Ticket) -> str:
    """«А 17» as people read it."""
    return f"{ticket.letter}\u00a0{ticket.number}"
