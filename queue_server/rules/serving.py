"""What an operator does with the visitor at a desk: call, repeat, begin, end, pass on (T4-T12)."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from config.settings import Centre
from queue_server.hall import Hall
from queue_server.records import DeskSession, Ticket
from queue_server.rules import calling
from queue_server.rules import events as ev
from queue_server.rules.desks import desk_of, held_by, refuse_in_hand
from queue_server.rules.hours import local_day, reception, why_closed
from queue_server.rules.moves import require
from queue_server.rules.refusal import Forbidden, Refused
from queue_server.rules.visits import number_of, provider_of, service_of


def call_next(hall: Hall, now: datetime, centre: Centre, desk: int, user: int) -> list[ev.Event]:
    """T4, «Наступний». No event when nobody can be called. One press, one ticket (I01)."""
    session = held_by(hall, centre, desk, user)
    if session.ticket is not None:
        refuse_in_hand(hall, session)
    if session.paused:
        raise Refused("desk_paused", desk=desk)
    _require_opening(session, now, centre)
    found = calling.next_for(hall, session, now, centre)
    if found is None:
        return []
    ticket, choice = found
    return [ev.TicketCalled(ticket.id, desk, choice)]


def _require_opening(session: DeskSession, now: datetime, centre: Centre) -> None:
    provider = centre.provider(centre.group(session.groups[0]).provider)
    today = reception(provider, local_day(now, centre), centre)
    if today is None or now < today.opens:
        raise Refused("reception_not_open")


def in_hand(hall: Hall, centre: Centre, desk: int, user: int, verb: str) -> Ticket:
    """The ticket at the operator's own desk, if the table of moves allows ``verb`` from its state."""
    session = held_by(hall, centre, desk, user)
    if session.ticket is None:
        raise Refused("nobody_at_desk", desk=desk)
    ticket = hall.tickets[session.ticket]
    require(verb, ticket.state, number_of(ticket))
    return ticket


def recall(hall: Hall, now: datetime, centre: Centre, desk: int, user: int) -> list[ev.Event]:
    """T6: not sooner than ``recall_min_s`` after the last call, at most ``max_calls`` in all."""
    ticket, rules = in_hand(hall, centre, desk, user, "recall"), centre.rules
    assert ticket.called_at is not None
    if ticket.calls >= rules.max_calls:
        raise Refused("called_often_enough", number=number_of(ticket), most=rules.max_calls)
    _require_elapsed("recall_too_soon", now, ticket.called_at + timedelta(seconds=rules.recall_min_s))
    return [ev.TicketRecalled(ticket.id, desk, ticket.calls + 1)]


def start(hall: Hall, centre: Centre, desk: int, user: int) -> list[ev.Event]:
    """T7: the visitor is here. Pressed on arrival, so that times are honest (I12)."""
    return [ev.ServiceStarted(in_hand(hall, centre, desk, user, "start").id, desk)]


def finish(hall: Hall, now: datetime, centre: Centre, desk: int, user: int, outcome: str) -> list[ev.Event]:
    """T11. The visitor's other tickets may be called after the time it takes to walk."""
    ticket = in_hand(hall, centre, desk, user, "finish")
    return [ev.ServiceFinished(ticket.id, desk, outcome, _walk(now, centre))]


def no_show(hall: Hall, now: datetime, centre: Centre, desk: int, user: int) -> list[ev.Event]:
    """T8: only after ``no_show_calls`` calls and ``no_show_min_s`` since the first."""
    ticket, rules = in_hand(hall, centre, desk, user, "no-show"), centre.rules
    if ticket.calls < rules.no_show_calls:
        raise Refused("call_again_first", number=number_of(ticket), least=rules.no_show_calls)
    assert ticket.first_called_at is not None
    _require_elapsed("no_show_too_soon", now, ticket.first_called_at + timedelta(seconds=rules.no_show_min_s))
    return [ev.TicketMissed(ticket.id, desk)]


def withdraw(hall: Hall, centre: Centre, desk: int, user: int) -> list[ev.Event]:
    """T9: called by mistake; the place is kept and nothing is held against the visitor."""
    return [ev.CallWithdrawn(in_hand(hall, centre, desk, user, "withdraw").id, desk)]


def transfer(
    hall: Hall, now: datetime, centre: Centre, desk: int, user: int, service: int | None, to_desk: int | None
) -> list[ev.Event]:
    """T12: to another service, or to another desk, with the same number and the same place (I06)."""
    ticket = in_hand(hall, centre, desk, user, "transfer")
    if service is None and to_desk is None:
        raise Refused("transfer_where")
    # A service that is no longer given out is still served to the end for whoever holds its ticket (edge case 58).
    target, group = ticket.service, ticket.group
    if service is not None:
        chosen = service_of(service, centre)
        target, group = chosen.number, chosen.group
    if service is not None and any(
        other.service == service and other.id != ticket.id for other in hall.active_tickets(ticket.visit)
    ):
        raise Refused("same_service_twice", service=service)
    provider = provider_of(group, centre)
    if provider.code != provider_of(ticket.group, centre).code and (reason := why_closed(provider, now, centre)):
        # Another provider must still receive; one's own keeps its promise to whoever already holds a ticket.
        raise Refused(f"provider_{reason}", service=target)
    if to_desk is not None:
        _require_capable(hall, centre, to_desk, desk, group)
    return [ev.TicketTransferred(ticket.id, desk, target, group, to_desk, _walk(now, centre))]


def _require_capable(hall: Hall, centre: Centre, to_desk: int, from_desk: int, group: str) -> None:
    desk_of(to_desk, centre)
    session = hall.desks.get(to_desk)
    if to_desk == from_desk:
        raise Refused("transfer_to_itself", desk=to_desk)
    if session is None:
        raise Refused("desk_closed", desk=to_desk)
    if group not in session.groups:
        raise Refused("desk_without_skill", desk=to_desk)


def _walk(now: datetime, centre: Centre) -> datetime:
    return now + timedelta(seconds=centre.rules.sibling_gap_s)


def _require_elapsed(code: str, now: datetime, earliest: datetime) -> None:
    if now < earliest:
        raise Refused(code, seconds=ceil((earliest - now).total_seconds()))


def require_scope(ticket: Ticket, groups: tuple[str, ...]) -> None:
    """An operator touches only tickets of groups he or she serves (R03). Raises Forbidden."""
    if ticket.group not in groups:
        raise Forbidden("foreign_ticket", number=number_of(ticket))
