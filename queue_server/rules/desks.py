"""Numbered desks and their operators: taking one, leaving it, pausing (R21, R28)."""

from __future__ import annotations

from dataclasses import dataclass

from config.settings import Centre, Desk
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.records import DeskSession
from queue_server.rules import events as ev
from queue_server.rules.refusal import Forbidden, Refused, Unknown
from queue_server.rules.visits import number_of


@dataclass(frozen=True, slots=True)
class Skills:
    """Who an operator is to the rules: a row number, a provider and the groups he or she serves."""

    user: int
    provider: str
    primary: tuple[str, ...]
    secondary: tuple[str, ...]


def desk_of(number: int, centre: Centre) -> Desk:
    for desk in centre.desks:
        if desk.number == number:
            return desk
    raise Unknown("unknown_desk", desk=number)


def held_by(hall: Hall, centre: Centre, number: int, user: int | None) -> DeskSession:
    """The open session of this desk; ``user`` None is a head, who may act at any.

    Raises Refused when it is closed, Forbidden when it is another operator's.
    """
    desk_of(number, centre)
    session = hall.desks.get(number)
    if session is None:
        raise Refused("desk_closed", desk=number)
    if user is not None and session.user != user:
        raise Forbidden("foreign_desk", desk=number)
    return session


def open_desk(hall: Hall, centre: Centre, number: int, skills: Skills, *, move: bool = False) -> list[ev.Event]:
    """One operator at one desk, with the groups that both may serve (R03). Asking again changes nothing.

    ``move``: who works at another desk has confirmed to leave it, and takes along whoever is in hand there.
    """
    desk = desk_of(number, centre)
    if not hall.is_open:
        raise Refused("day_closed")
    session = hall.desks.get(number)
    if session is not None:
        if session.user == skills.user:
            return []
        raise Refused("desk_taken", desk=number)
    if (other := hall.desk_of(skills.user)) is not None and not move:
        raise Refused("already_at_desk", desk=other.desk)
    primary = tuple(group for group in desk.groups if group in skills.primary)
    secondary = tuple(group for group in desk.groups if group in skills.secondary and group not in primary)
    if not primary and not secondary:
        raise Forbidden("no_skill_at_desk", desk=number)
    opened = ev.DeskOpened(number, skills.user, primary, secondary)
    if other is None:
        return [opened]
    if other.ticket is None:
        return [ev.DeskClosed(other.desk), opened]
    return [opened, ev.TicketTakenAlong(other.ticket, number), ev.DeskClosed(other.desk)]


def close_desk(hall: Hall, centre: Centre, number: int, user: int | None) -> list[ev.Event]:
    _require_free(hall, held_by(hall, centre, number, user))
    return [ev.DeskClosed(number)]


def pause_desk(hall: Hall, centre: Centre, number: int, user: int | None, reason: str) -> list[ev.Event]:
    session = held_by(hall, centre, number, user)
    _require_free(hall, session)
    return [] if session.paused else [ev.DeskPaused(number, reason)]


def resume_desk(hall: Hall, centre: Centre, number: int, user: int | None) -> list[ev.Event]:
    session = held_by(hall, centre, number, user)
    return [ev.DeskResumed(number)] if session.paused else []


def _require_free(hall: Hall, session: DeskSession) -> None:
    if session.ticket is not None:
        refuse_in_hand(hall, session)


def refuse_in_hand(hall: Hall, session: DeskSession) -> None:
    """Raises: the desk has a ticket that is called or served, which must end first."""
    assert session.ticket is not None
    ticket = hall.tickets[session.ticket]
    code = "finish_first" if ticket.state is TicketState.SERVING else "call_in_hand"
    raise Refused(code, number=number_of(ticket))
