"""The hall as others may see it: answers and frames made from records. Looks, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice

from config.settings import Centre, Service
from queue_server import messages as m
from queue_server.hall import Hall
from queue_server.records import LINES, Appointment, DeskSession, Key, Ticket
from queue_server.rules import events as ev
from queue_server.rules.capacity import room_for
from queue_server.rules.desks import desk_of
from queue_server.rules.estimate import estimate, shown_minutes
from queue_server.rules.hours import local_day, reception
from queue_server.rules.visits import no_tickets_because, number_of, provider_of

IN_TIME, OVERDUE = timedelta(minutes=10), timedelta(minutes=15)
QUEUE_SHOWN = 50  # a screen shows a dozen; an answer does not grow with the hall


def ticket_view(ticket: Ticket) -> m.TicketView:
    low, high = shown_minutes(ticket.promise) if ticket.promise else (None, None)
    return m.TicketView(
        id=ticket.id,
        visit=ticket.visit,
        number=number_of(ticket),
        letter=ticket.letter,
        seq=ticket.number,
        service=ticket.service,
        group=ticket.group,
        state=ticket.state,
        kind=ticket.kind,
        issued_at=ticket.issued_at,
        queue_key=ticket.queue_key,
        ahead_at_issue=ticket.ahead,
        language=ticket.language,
        desk=ticket.desk if ticket.desk is not None else ticket.pinned_desk,
        calls=ticket.calls,
        called_at=ticket.called_at,
        first_called_at=ticket.first_called_at,
        started_at=ticket.started_at,
        ended_at=ticket.ended_at,
        missed_at=ticket.missed_at,
        returns=ticket.returns,
        promised_low_min=low,
        promised_high_min=high,
        hold_until=ticket.hold_until if ticket.state is m.TicketState.ON_HOLD else None,
        held=ticket.held and ticket.state is m.TicketState.ON_HOLD,
        returned=ticket.returned,
        claim=ticket.claim,
        slot=ticket.slot,
    )


def estimate_view(hall: Hall, centre: Centre, service: Service, now: datetime) -> m.EstimateView:
    told = estimate(hall, now, centre, service.group)
    low, high = shown_minutes(told.promise) if told.promise else (None, None)
    reason = no_tickets_because(hall, provider_of(service.group, centre), now, centre)
    if reason is None and not room_for(hall, now, centre, service):
        reason = "capacity_stop"
    return m.EstimateView(service=service.number, ahead=told.ahead, low_min=low, high_min=high, reason=reason)


def my_ticket(hall: Hall, ticket: Ticket) -> m.MyTicket:
    waiting = ticket.state is m.TicketState.WAITING
    low, high = shown_minutes(ticket.promise) if ticket.promise else (None, None)
    return m.MyTicket(
        number=number_of(ticket),
        service=ticket.service,
        group=ticket.group,
        state=ticket.state,
        ahead=hall.ahead_of(ticket) if waiting else 0,
        desk=ticket.desk,
        issued_at=ticket.issued_at,
        promised_low_min=low,
        promised_high_min=high,
    )


def appointment_view(appointment: Appointment) -> m.AppointmentView:
    return m.AppointmentView(
        id=appointment.id,
        number=f"{appointment.letter}\u00a0{appointment.number}",
        letter=appointment.letter,
        seq=appointment.number,
        service=appointment.service,
        group=appointment.group,
        start=appointment.slot,
        end=appointment.end,
        state=appointment.state,
        channel=m.BookingChannel(appointment.channel),
        language=appointment.language,
        ticket=appointment.ticket,
    )


# --- the centre ---


def centre_view(hall: Hall, centre: Centre, now: datetime) -> m.CentreView:
    return m.CentreView(
        seq=hall.seq,
        now=now,
        code=centre.code,
        name=centre.name,
        city=centre.city,
        timezone=centre.timezone,
        languages=centre.languages,
        hotline=centre.hotline,
        return_window_min=centre.rules.return_window_min,
        zones=[m.ZoneView(code=z.code, name=z.name, floor=z.floor) for z in centre.zones],
        providers=[_provider_view(p.code, hall, centre, now) for p in centre.providers],
        groups=[
            m.GroupView(
                code=g.code,
                provider=g.provider,
                letter=g.letter,
                name=g.name,
                zone=g.zone,
                waiting=hall.waiting(g.code),
            )
            for g in centre.groups
        ],
        services=[
            m.ServiceView(
                number=s.number,
                group=s.group,
                name=s.name,
                short_name=s.short_name,
                sensitive=s.sensitive,
                bookable=s.bookable,
            )
            for s in centre.services
            if s.active
        ],
        booking=any(s.active and s.bookable for s in centre.services),
    )


def _provider_view(code: str, hall: Hall, centre: Centre, now: datetime) -> m.ProviderView:
    provider = centre.provider(code)
    reason = no_tickets_because(hall, provider, now, centre)
    today = reception(provider, local_day(now, centre), centre)
    return m.ProviderView(
        code=code,
        name=provider.name,
        short_name=provider.short_name,
        open=reason is None,
        reason=reason,
        opens_at=today.opens if today and reason == "not_open_yet" else None,
        hours={day: [str(span) for span in spans] for day, spans in (provider.hours or {}).items()},
    )


# --- desks ---


def desk_view(
    hall: Hall, centre: Centre, number: int, now: datetime, operator: tuple[str, m.PersonName] | None
) -> m.DeskView:
    """The desk and what is in hand there, without the queue (see ``with_queue``). ``operator`` is (login, name)."""
    session = hall.desks.get(number)
    ticket = hall.tickets[session.ticket] if session and session.ticket is not None else None
    return m.DeskView(
        seq=hall.seq,
        now=now,
        number=number,
        zone=desk_of(number, centre).zone,
        state=hall.desk_state(number),
        since=session.since if session else None,
        operator=operator[1] if operator else None,
        operator_login=operator[0] if operator else None,
        pause_reason=session.paused if session else None,
        groups=list(session.groups) if session else [],
        ticket=ticket_view(ticket) if ticket else None,
        others_of_visit=[ticket_view(t) for t in hall.active_tickets(ticket.visit) if t is not ticket]
        if ticket
        else [],
        others_ahead={
            other.id: hall.ahead_of(other)
            for other in (hall.active_tickets(ticket.visit) if ticket else ())
            if other.state is m.TicketState.WAITING
        },
        served_today=hall.served.get(session.user, 0) if session else 0,
    )


def with_queue(hall: Hall, view: m.DeskView) -> m.DeskView:
    """The same view with the first of those who wait for this desk, and the last of those who missed a call.

    Whoever was passed on to another desk waits there and not here.
    """
    groups = view.groups
    everybody = merge(*(_places(hall, group) for group in groups), key=_in_queue)
    queue = islice((t for t in everybody if t.pinned_desk in (None, view.number)), QUEUE_SHOWN)
    agreed = islice((t for t in _agreed(hall, groups) if t.pinned_desk in (None, view.number)), QUEUE_SHOWN)
    missed = islice(merge(*(_missed(hall, group) for group in groups), key=_missed_at, reverse=True), QUEUE_SHOWN)
    return view.model_copy(
        update={
            "waiting": sum(hall.waiting(group) for group in groups) - _waiting_elsewhere(hall, view),
            "queue": [ticket_view(t) for t in queue],
            "missed": [ticket_view(t) for t in sorted(missed, key=lambda t: t.place)],
            "held": [ticket_view(t) for t in hall.held_at(view.number)],
            "appointments": [ticket_view(t) for t in agreed],
        }
    )


def _agreed(hall: Hall, groups: Sequence[str]) -> Iterator[Ticket]:
    """Those who have an agreed time today and are still to be received, in the order of their times."""
    expected = (hall.tickets[number] for _, number in hall.expected if hall.tickets[number].group in groups)
    return merge(expected, *(hall.places(group, "A") for group in groups), key=lambda t: t.place)


def _missed(hall: Hall, group: str) -> Iterator[Ticket]:
    """The last who missed a call first."""
    return map(hall.tickets.__getitem__, reversed(hall.queue(group).missed))


def _missed_at(ticket: Ticket) -> datetime:
    assert ticket.missed_at is not None
    return ticket.missed_at


def _places(hall: Hall, group: str) -> Iterator[Ticket]:
    return merge(*(hall.places(group, line) for line in LINES), key=_in_queue)


def _in_queue(ticket: Ticket) -> tuple[bool, Key]:
    """Who came back from a hold goes on first."""
    return not ticket.returned, ticket.place


def _waiting_elsewhere(hall: Hall, view: m.DeskView) -> int:
    kept = (hall.tickets[t] for desk, numbers in hall.pins.items() if desk != view.number for t in numbers)
    return sum(t.state is m.TicketState.WAITING and t.group in view.groups for t in kept)


def desk_summary(hall: Hall, centre: Centre, number: int, login: str | None) -> m.DeskSummary:
    desk = desk_of(number, centre)
    return m.DeskSummary(
        number=number, zone=desk.zone, groups=desk.groups, state=hall.desk_state(number), operator_login=login
    )


def hall_state(hall: Hall, centre: Centre, now: datetime) -> m.HallState:
    suspended, last = hall.suspended, hall.suspensions[-1] if hall.suspensions else None
    return m.HallState(
        seq=hall.seq,
        now=now,
        suspended=suspended.kind if suspended else None,
        calls_from=last.calls_from if last and not suspended and last.calls_from > now else None,
        providers={provider.code: hall.provider_state(provider.code).value for provider in centre.providers},
        punctuality=punctuality(hall, now),
    )


def punctuality(hall: Hall, now: datetime) -> m.Punctuality:
    """How the promise of the agreed time is kept today; whoever came after the grace has no part in it."""
    agreed = [t for t in hall.tickets.values() if t.slot is not None and t.kind == "appointment"] if hall.day else []
    called = [t for t in agreed if t.leg.first_called_at is not None]
    in_time = [t for t in called if t.leg.first_called_at <= t.slot + IN_TIME]  # type: ignore[operator]  # both are set
    waiting = [t for t in agreed if t.state is m.TicketState.WAITING and t.slot is not None]
    overdue = sum(now > t.slot + OVERDUE for t in waiting if t.slot is not None)
    return m.Punctuality(called=len(called), in_time=len(in_time), overdue=overdue)


# --- the wall ---


def board_view(hall: Hall, centre: Centre, now: datetime) -> m.BoardView:
    """What hangs on the wall now: calls that are not answered, and those answered a moment ago; newest first."""
    gone = now - timedelta(seconds=centre.board.row_stays_s)
    in_hand = (hall.tickets[s.ticket] for s in hall.desks.values() if s.ticket is not None)
    shown = [t for t in in_hand if t.started_at is None or t.started_at > gone]
    return m.BoardView(
        seq=hall.seq,
        now=now,
        centre=centre.name,
        city=centre.city,
        timezone=centre.timezone,
        calls=[_board_call(t, centre) for t in sorted(shown, key=lambda t: t.last_call, reverse=True)],
        waiting={g.letter: hall.waiting(g.code) for g in centre.groups},
    )


def _board_call(ticket: Ticket, centre: Centre) -> m.BoardCall:
    assert ticket.desk is not None
    assert ticket.called_at is not None
    desk = desk_of(ticket.desk, centre)
    return m.BoardCall(
        call=ticket.last_call,
        number=number_of(ticket),
        letter=ticket.letter,
        seq=ticket.number,
        desk=desk.number,
        zone=desk.zone,
        direction=desk.direction,
        at=ticket.called_at,
        reading=ticket.calls,
        language=ticket.language,
        state="serving" if ticket.state is m.TicketState.SERVING else "called",
        started_at=ticket.started_at,
    )


# --- frames ---

K = m.FrameKind
_KINDS: dict[type[ev.Event], m.FrameKind] = {
    ev.TicketIssued: K.ISSUED,
    ev.TicketCalled: K.CALLED,
    ev.TicketRecalled: K.RECALLED,
    ev.ServiceStarted: K.STARTED,
    ev.ServiceFinished: K.FINISHED,
    ev.TicketMissed: K.MISSED,
    ev.CallWithdrawn: K.WITHDRAWN,
    ev.TicketTransferred: K.TRANSFERRED,
    ev.TicketReinstated: K.REINSTATED,
    ev.TicketHeld: K.HELD,
    ev.TicketReturned: K.RETURNED,
    ev.TicketSnoozed: K.SNOOZED,
    ev.TicketResumed: K.RESUMED,
    ev.TicketReleased: K.RELEASED,
    ev.ClaimMade: K.CLAIMED,
    ev.ClaimVerified: K.CLAIMED,
    ev.ClaimRejected: K.REJECTED,
    ev.ServiceReopened: K.REOPENED,
    ev.TicketTakenAlong: K.DESK,
    ev.MoveUndone: K.UNDONE,
    ev.TicketExpected: K.EXPECTED,
    ev.TicketCheckedIn: K.CHECKED_IN,
    ev.TicketCancelled: K.CANCELLED,
    ev.TicketExpired: K.EXPIRED,
    ev.DeskOpened: K.DESK,
    ev.DeskClosed: K.DESK,
    ev.DeskPaused: K.DESK,
    ev.DeskResumed: K.DESK,
    ev.DayOpened: K.DAY,
    ev.DayClosed: K.DAY,
    ev.ReceptionOpened: K.DAY,
    ev.TicketingStopped: K.DAY,
    ev.TicketingResumed: K.DAY,
    ev.ReceptionEnding: K.DAY,
    ev.ReceptionClosed: K.DAY,
    ev.ReceptionSuspended: K.DAY,
    ev.ReceptionRestored: K.DAY,
    ev.SettingsChanged: K.SETTINGS,
}
_ABOUT_A_CALL = frozenset(
    {K.CALLED, K.RECALLED, K.STARTED, K.FINISHED, K.MISSED, K.WITHDRAWN, K.TRANSFERRED}
    | {K.HELD, K.RELEASED, K.REOPENED, K.UNDONE}
)
_STAFF_ONLY = frozenset({K.DESK, K.CLAIMED, K.REJECTED})
_LEAVES_COUNTS = frozenset({K.RECALLED, K.STARTED, K.FINISHED, K.MISSED, K.CLAIMED, K.EXPECTED})


def _kind(event: ev.Event) -> m.FrameKind | None:
    """A claim that is not proved leaves a desk like a mistaken call, or like a visitor who is passed on: nobody may
    learn from the wall that somebody claimed."""
    if isinstance(event, ev.ClaimRejected) and event.desk is not None:
        return K.WITHDRAWN if event.siblings_from is None else K.TRANSFERRED
    return _KINDS.get(type(event))


def staff_frame(hall: Hall, centre: Centre, row: ev.Row, login_of: dict[int, str]) -> m.StaffFrame | None:
    """The sentence that tells this row, right after it was folded; None for what nobody follows."""
    kind = _kind(row.event)
    if kind is None:
        return None
    ticket = hall.tickets.get(getattr(row.event, "ticket", -1))
    if isinstance(row.event, ev.TicketTakenAlong) and ticket and ticket.state is m.TicketState.CALLED:
        kind = K.RECALLED  # to everybody it is the same number called again, to another desk
    number: int | None = getattr(row.event, "desk", None)
    desk = next((d for d in centre.desks if d.number == number), None)
    session = hall.desks.get(number) if number is not None else None
    return m.StaffFrame(
        seq=row.seq,
        at=row.at,
        kind=kind,
        number=number_of(ticket) if ticket else None,
        letter=ticket.letter if ticket else None,
        ticket_seq=ticket.number if ticket else None,
        desk=number,
        zone=desk.zone if desk else None,
        direction=desk.direction if desk else "",
        reading=ticket.calls if ticket else 0,
        call=ticket.last_call if ticket else 0,
        called_at=ticket.called_at if ticket else None,
        language=ticket.language if ticket else "uk",
        state=ticket.state if ticket else None,
        waiting=_changed_counts(hall, centre, kind, ticket),
        ticket=ticket_view(ticket) if ticket else None,
        desk_summary=desk_summary(hall, centre, desk.number, _login(session, login_of)) if desk else None,
    )


def _login(session: DeskSession | None, login_of: dict[int, str]) -> str | None:
    return login_of.get(session.user) if session else None


def _changed_counts(hall: Hall, centre: Centre, kind: m.FrameKind, ticket: Ticket | None) -> dict[str, int]:
    if kind is K.DAY:
        return {g.letter: hall.waiting(g.code) for g in centre.groups}
    if ticket is None or kind in _LEAVES_COUNTS:
        return {}
    return {g.letter: hall.waiting(g.code) for g in centre.groups if g.code == ticket.group}


def public_frame(frame: m.StaffFrame) -> m.Frame | None:
    """What everybody may hear of it: numbers only of calls, never a service or a person (R54)."""
    if frame.kind in _STAFF_ONLY:
        return None
    told = frame if frame.kind in _ABOUT_A_CALL and frame.desk is not None else None
    return m.Frame(
        seq=frame.seq,
        at=frame.at,
        kind=frame.kind,
        number=told.number if told else None,
        letter=told.letter if told else None,
        ticket_seq=told.ticket_seq if told else None,
        desk=told.desk if told else None,
        zone=told.zone if told else None,
        direction=told.direction if told else "",
        reading=told.reading if told else 0,
        call=told.call if told else 0,
        called_at=told.called_at if told else None,
        language=frame.language if told else "uk",
        state=told.state if told else None,
        waiting=frame.waiting,
    )
