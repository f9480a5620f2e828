"""The hall as others may see it: answers and frames made from records. Looks, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice

from config.settings import Centre
from queue_server import messages as m
from queue_server.hall import Hall
from queue_server.records import DeskSession, Ticket
from queue_server.rules import events as ev
from queue_server.rules.calling import CLASSES
from queue_server.rules.desks import desk_of
from queue_server.rules.hours import local_day, reception, why_no_tickets
from queue_server.rules.visits import number_of

QUEUE_SHOWN = 50  # a screen shows a dozen; an answer does not grow with the hall


def ticket_view(ticket: Ticket) -> m.TicketView:
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
    )


def my_ticket(hall: Hall, ticket: Ticket) -> m.MyTicket:
    waiting = ticket.state is m.TicketState.WAITING
    return m.MyTicket(
        number=number_of(ticket),
        service=ticket.service,
        group=ticket.group,
        state=ticket.state,
        ahead=hall.ahead_of(ticket) if waiting else 0,
        desk=ticket.desk,
        issued_at=ticket.issued_at,
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
        providers=[_provider_view(p.code, centre, now) for p in centre.providers],
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
            m.ServiceView(number=s.number, group=s.group, name=s.name, short_name=s.short_name, sensitive=s.sensitive)
            for s in centre.services
            if s.active
        ],
    )


def _provider_view(code: str, centre: Centre, now: datetime) -> m.ProviderView:
    provider = centre.provider(code)
    reason = why_no_tickets(provider, now, centre)
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
        served_today=hall.served.get(session.user, 0) if session else 0,
    )


def with_queue(hall: Hall, view: m.DeskView) -> m.DeskView:
    """The same view with the first of those who wait in the desk's groups, and the last of those who missed a call."""
    groups = view.groups
    queue = islice(merge(*(_places(hall, group) for group in groups), key=lambda t: t.place), QUEUE_SHOWN)
    missed = islice(merge(*(_missed(hall, group) for group in groups), key=_missed_at, reverse=True), QUEUE_SHOWN)
    return view.model_copy(
        update={
            "waiting": sum(hall.waiting(group) for group in groups),
            "queue": [ticket_view(t) for t in queue],
            "missed": [ticket_view(t) for t in sorted(missed, key=lambda t: t.place)],
        }
    )


def _missed(hall: Hall, group: str) -> Iterator[Ticket]:
    """The last who missed a call first."""
    return map(hall.tickets.__getitem__, reversed(hall.queue(group).missed))


def _missed_at(ticket: Ticket) -> datetime:
    assert ticket.missed_at is not None
    return ticket.missed_at


def _places(hall: Hall, group: str) -> Iterator[Ticket]:
    return merge(*(hall.places(group, cls) for cls in CLASSES), key=lambda t: t.place)


def desk_summary(hall: Hall, centre: Centre, number: int, login: str | None) -> m.DeskSummary:
    desk = desk_of(number, centre)
    return m.DeskSummary(
        number=number, zone=desk.zone, groups=desk.groups, state=hall.desk_state(number), operator_login=login
    )


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
    ev.TicketCancelled: K.CANCELLED,
    ev.TicketExpired: K.EXPIRED,
    ev.DeskOpened: K.DESK,
    ev.DeskClosed: K.DESK,
    ev.DeskPaused: K.DESK,
    ev.DeskResumed: K.DESK,
    ev.DayOpened: K.DAY,
    ev.DayClosed: K.DAY,
    ev.SettingsChanged: K.SETTINGS,
}
_ABOUT_A_CALL = frozenset({K.CALLED, K.RECALLED, K.STARTED, K.FINISHED, K.MISSED, K.WITHDRAWN, K.TRANSFERRED})
_LEAVES_COUNTS = frozenset({K.RECALLED, K.STARTED, K.FINISHED, K.MISSED})


def staff_frame(hall: Hall, centre: Centre, row: ev.Row, login_of: dict[int, str]) -> m.StaffFrame | None:
    """The sentence that tells this row, right after it was folded; None for what nobody follows."""
    kind = _KINDS.get(type(row.event))
    if kind is None:
        return None
    ticket = hall.tickets.get(getattr(row.event, "ticket", -1))
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
    if frame.kind is K.DESK:
        return None
    told = frame if frame.kind in _ABOUT_A_CALL else None
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
        language=frame.language if told else "uk",
        state=told.state if told else None,
        waiting=frame.waiting,
    )
