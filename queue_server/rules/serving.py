"""What an operator does with the visitor at a desk: call, repeat, begin, end, pass on, put off (T4-T13, T20-T23)."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from config.settings import Centre
from queue_server.hall import Hall
from queue_server.records import DeskSession, ProviderState, Ticket
from queue_server.rules import calling
from queue_server.rules import events as ev
from queue_server.rules.desks import desk_of, held_by, refuse_in_hand
from queue_server.rules.hours import break_until, local_day, reception, why_closed
from queue_server.rules.moves import require
from queue_server.rules.refusal import Forbidden, Refused
from queue_server.rules.visits import number_of, provider_of, service_of, ticket_of


def call_next(hall: Hall, now: datetime, centre: Centre, desk: int, user: int | None) -> list[ev.Event]:
    """T4, «Наступний». No event when nobody can be called. One press, one ticket (I01)."""
    session = ready_desk(hall, now, centre, desk, user)
    found = calling.next_for(hall, session, now, centre)
    if found is None:
        return []
    ticket, choice = found
    return [ev.TicketCalled(ticket.id, desk, choice)]


def call_out_of_order(
    hall: Hall, now: datetime, centre: Centre, desk: int, user: int | None, ticket_id: int, reason: str,
    note: int | None = None,
) -> list[ev.Event]:  # fmt: skip
    """T4, «Викликати номер…»: for a reason that stays in the log and in the reports (R11)."""
    session, ticket = ready_desk(hall, now, centre, desk, user), ticket_of(hall, ticket_id)
    require("call", ticket.state, number_of(ticket))
    if user is not None and not centre.rules.manual_call_by_operators:
        raise Forbidden("manual_call_by_head")
    if ticket.group not in session.groups:
        raise Refused("desk_without_skill", desk=desk)
    require_free(hall, ticket)
    if ticket.pinned_desk not in calling.pins_for(hall, session, now, centre.rules):
        raise Refused("kept_for_desk", number=number_of(ticket), desk=ticket.pinned_desk or 0)
    look = calling.look_from(hall, session, now, centre)
    return [ev.TicketCalled(ticket.id, desk, calling.record(look, ticket, "manual"), reason, note)]


def require_free(hall: Hall, ticket: Ticket) -> None:
    """Nobody is called to two places: raises Refused while another ticket of the visit is in hand (R06)."""
    in_hand = hall.visits[ticket.visit].in_hand
    if in_hand is not None:
        other = hall.tickets[in_hand]
        raise Refused("sibling_in_hand", number=number_of(other), desk=other.desk or 0)


def ready_desk(hall: Hall, now: datetime, centre: Centre, desk: int, user: int | None) -> DeskSession:
    """The desk, if it may call somebody now."""
    session = held_by(hall, centre, desk, user)
    if session.ticket is not None:
        refuse_in_hand(hall, session)
    if session.paused:
        raise Refused("desk_paused", desk=desk)
    require_reception(hall, now, centre, session)
    return session


def require_reception(hall: Hall, now: datetime, centre: Centre, session: DeskSession) -> None:
    """Calls are made from opening on, not in a break, not while reception is suspended."""
    if hall.suspended:
        raise Refused("suspended")
    if hall.suspensions and now < hall.suspensions[-1].calls_from:
        seconds = ceil((hall.suspensions[-1].calls_from - now).total_seconds())
        raise Refused("return_period", minutes=ceil(seconds / 60))
    provider = centre.provider(centre.group(session.groups[0]).provider)
    if hall.provider_state(provider.code) is ProviderState.CLOSED:
        raise Refused("provider_closed_for_today")
    today = reception(provider, local_day(now, centre), centre)
    if today is None or now < today.opens:
        raise Refused("reception_not_open")
    if until := break_until(provider, now, centre):
        raise Refused("reception_break", until=f"{until.astimezone(centre.tz):%H:%M}")


def in_hand(hall: Hall, centre: Centre, desk: int, user: int | None, verb: str) -> Ticket:
    """The ticket at the operator's own desk (a head: at any), if the table of moves allows ``verb``."""
    session = held_by(hall, centre, desk, user)
    if session.ticket is None:
        raise Refused("nobody_at_desk", desk=desk)
    ticket = hall.tickets[session.ticket]
    require(verb, ticket.state, number_of(ticket))
    return ticket


def recall(hall: Hall, now: datetime, centre: Centre, desk: int, user: int | None) -> list[ev.Event]:
    """T6: not sooner than ``recall_min_s`` after the last call, at most ``max_calls`` in all."""
    ticket, rules = in_hand(hall, centre, desk, user, "recall"), centre.rules
    assert ticket.called_at is not None
    if ticket.calls >= rules.max_calls:
        raise Refused("called_often_enough", number=number_of(ticket), most=rules.max_calls)
    _require_elapsed("recall_too_soon", now, ticket.called_at + timedelta(seconds=rules.recall_min_s))
    return [ev.TicketRecalled(ticket.id, desk, ticket.calls + 1)]


def start(hall: Hall, centre: Centre, desk: int, user: int | None) -> list[ev.Event]:
    """T7: the visitor is here. Pressed on arrival, so that times are honest (I12)."""
    return [ev.ServiceStarted(in_hand(hall, centre, desk, user, "start").id, desk)]


def finish(hall: Hall, now: datetime, centre: Centre, desk: int, user: int | None, outcome: str) -> list[ev.Event]:
    """T11. The visitor's other tickets may be called after the time it takes to walk."""
    ticket = in_hand(hall, centre, desk, user, "finish")
    return [ev.ServiceFinished(ticket.id, desk, outcome, walk(now, centre))]


def no_show(hall: Hall, now: datetime, centre: Centre, desk: int, user: int | None) -> list[ev.Event]:
    """T8: only after ``no_show_calls`` calls and ``no_show_min_s`` since the first; twice as long for whoever
    needs it and after an alarm. An appointment within its grace is expected again instead (T9)."""
    ticket, rules = in_hand(hall, centre, desk, user, "no-show"), centre.rules
    if ticket.calls < rules.no_show_calls:
        raise Refused("call_again_first", number=number_of(ticket), least=rules.no_show_calls)
    assert ticket.first_called_at is not None
    patience = hall.visits[ticket.visit].patience
    if hall.suspensions and now < hall.suspensions[-1].patient_until:
        patience = max(patience, 2)
    wait = timedelta(seconds=rules.no_show_min_s * patience)
    _require_elapsed("no_show_too_soon", now, ticket.first_called_at + wait)
    if ticket.kind == "appointment" and ticket.slot and not too_late(hall, now, centre, ticket.slot):
        return [ev.CallWithdrawn(ticket.id, desk)]
    return [ev.TicketMissed(ticket.id, desk)]


def withdraw(hall: Hall, centre: Centre, desk: int, user: int | None) -> list[ev.Event]:
    """T9: called by mistake; the place is kept and nothing is held against the visitor."""
    return [ev.CallWithdrawn(in_hand(hall, centre, desk, user, "withdraw").id, desk)]


def hold(hall: Hall, now: datetime, centre: Centre, desk: int, user: int | None, reason: str) -> list[ev.Event]:
    """T13: the visitor makes copies or fills in a form, and comes back to this desk (Б-Рег 20)."""
    ticket, rules = in_hand(hall, centre, desk, user, "hold"), centre.rules
    if len(hall.held_at(desk)) >= rules.holds_per_desk:
        raise Refused("holds_full", desk=desk, most=rules.holds_per_desk)
    until = now + timedelta(minutes=rules.hold_max_min)
    return [ev.TicketHeld(ticket.id, desk, until, reason, walk(now, centre))]


def transfer(
    hall: Hall,
    now: datetime,
    centre: Centre,
    desk: int,
    user: int | None,
    service: int | None,
    to_desk: int | None,
    reason: str = "",
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
    if provider.code != provider_of(ticket.group, centre).code:
        # Another provider must still receive; one's own keeps its promise to whoever already holds a ticket.
        closed = why_closed(provider, now, centre)
        if hall.provider_state(provider.code) is ProviderState.CLOSED:
            closed = "closed_for_today"
        if closed:
            raise Refused(f"provider_{closed}", service=target)
    if to_desk is not None:
        _require_capable(hall, centre, to_desk, desk, group)
    return [ev.TicketTransferred(ticket.id, desk, target, group, to_desk, walk(now, centre), reason)]


def _require_capable(hall: Hall, centre: Centre, to_desk: int, from_desk: int, group: str) -> None:
    desk_of(to_desk, centre)
    session = hall.desks.get(to_desk)
    if to_desk == from_desk:
        raise Refused("transfer_to_itself", desk=to_desk)
    if session is None:
        raise Refused("desk_closed", desk=to_desk)
    if group not in session.groups:
        raise Refused("desk_without_skill", desk=to_desk)


def reopen(hall: Hall, now: datetime, centre: Centre, desk: int, user: int | None, ticket_id: int) -> list[ev.Event]:
    """T20: finished too early; the same operator within ``reopen_min``, the head any time today."""
    session, ticket = held_by(hall, centre, desk, user), ticket_of(hall, ticket_id)
    require("reopen", ticket.state, number_of(ticket))
    if session.ticket is not None:
        refuse_in_hand(hall, session)
    if session.paused:
        raise Refused("desk_paused", desk=desk)
    if ticket.group not in session.groups:  # a hold there would keep it for a desk that cannot call it
        raise Refused("desk_without_skill", desk=desk)
    require_free(hall, ticket)
    assert ticket.ended_at is not None
    if user is not None:
        if ticket.leg.user != user:
            raise Forbidden("foreign_ticket", number=number_of(ticket))
        if now > ticket.ended_at + timedelta(minutes=centre.rules.reopen_min):
            raise Refused("reopen_too_late", minutes=centre.rules.reopen_min)
    require_service_wanted_once(hall, ticket)
    return [ev.ServiceReopened(ticket.id, desk)]


def release(hall: Hall, centre: Centre, desk: int, reason: str, *, silent: bool) -> list[ev.Event]:
    """T21: the head takes a ticket from a desk that has fallen ``silent``, or for a reason. Nothing is lost by it:
    an interrupted service goes on next, at any desk."""
    ticket = in_hand(hall, centre, desk, None, "release")
    if not reason and not silent:
        raise Refused("release_needs_reason", desk=desk)
    return [ev.TicketReleased(ticket.id, desk, reason or "silent")]


UNDOABLE: dict[type[ev.Event], str] = {
    ev.ServiceStarted: "start",
    ev.TicketMissed: "no-show",
    ev.ServiceFinished: "finish",
    ev.TicketCancelled: "cancel",
}


def undo(hall: Hall, now: datetime, centre: Centre, ticket_id: int, actor: str) -> list[ev.Event]:
    """T23: a slip of the finger is taken back by whoever made it, within ``undo_s``, while nothing has followed."""
    ticket = ticket_of(hall, ticket_id)
    last = ticket.last
    verb = UNDOABLE.get(type(last.event), "") if last else ""
    if last is None or not verb:
        raise Refused("nothing_to_undo", number=number_of(ticket))
    if last.actor != actor:
        raise Forbidden("undo_of_another", number=number_of(ticket))
    if now > last.at + timedelta(seconds=centre.rules.undo_s):
        raise Refused("undo_too_late", seconds=centre.rules.undo_s)
    desk: int | None = getattr(last.event, "desk", None)
    if verb == "cancel" and not hall.is_open:
        raise Refused("day_closed")
    if verb == "cancel" and ticket.appointment is not None:  # its place may be another's by now
        raise Refused("something_followed", number=number_of(ticket))
    if verb in ("start", "no-show") and hall.suspended:
        raise Refused("suspended")
    if verb != "cancel":
        session = hall.desks.get(desk) if desk is not None else None
        if session is None or session.last != last.seq:
            raise Refused("something_followed", number=number_of(ticket))
        if verb != "start":
            require_free(hall, ticket)
    if verb in ("cancel", "finish", "no-show"):
        require_service_wanted_once(hall, ticket)
    return [ev.MoveUndone(ticket.id, desk, verb)]  # type: ignore[arg-type]  # the verbs above are the literals


def undo_at_desk(hall: Hall, now: datetime, centre: Centre, desk: int, actor: str) -> list[ev.Event]:
    """T23 for the desk's last move, whichever ticket it was."""
    session = held_by(hall, centre, desk, None)
    if session.last_ticket is None:
        raise Refused("nothing_to_undo_here", desk=desk)
    return undo(hall, now, centre, session.last_ticket, actor)


def require_service_wanted_once(hall: Hall, ticket: Ticket) -> None:
    """Meanwhile the visitor may have taken a new ticket for the same service."""
    if any(other.service == ticket.service and other.id != ticket.id for other in hall.active_tickets(ticket.visit)):
        raise Refused("same_service_twice", service=ticket.service)


def walk(now: datetime, centre: Centre) -> datetime:
    return now + timedelta(seconds=centre.rules.sibling_gap_s)


def _require_elapsed(code: str, now: datetime, earliest: datetime) -> None:
    if now < earliest:
        raise Refused(code, seconds=ceil((earliest - now).total_seconds()))


def require_scope(ticket: Ticket, groups: tuple[str, ...]) -> None:
    """An operator touches only tickets of groups he or she serves (R03). Raises Forbidden."""
    if ticket.group not in groups:
        raise Forbidden("foreign_ticket", number=number_of(ticket))


def too_late(hall: Hall, now: datetime, centre: Centre, slot: datetime) -> bool:
    """Beyond the grace. A time that fell into a suspension begins anew when calls do."""
    grace = timedelta(minutes=centre.rules.appointment_grace_min)
    for suspension in hall.suspensions:
        if suspension.since <= slot + grace:
            if suspension.until is None:
                return False
            if slot < suspension.calls_from:
                slot = suspension.calls_from
    return now > slot + grace
