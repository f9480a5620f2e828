"""What «Наступний» means by our rules, and by two others: by arrival alone, and by class alone without our bounds.

All are held to what has nothing to do with order: nobody is called to two desks, or while on the way from one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import chain

from config.settings import Centre
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.records import LINES, DeskSession, Ticket
from queue_server.rules import events as ev
from queue_server.rules import serving

Came = Mapping[int, datetime]
"""When the holder of each ticket came: for an agreed time, when it was confirmed at the terminal."""
Policy = Callable[[Hall, datetime, int, int, Came], list[ev.Event]]
"""What follows when the operator (a user's number) of a desk presses «Наступний»; no event if there is nobody."""

BEYOND_THE_DAY_MIN = 24 * 60


def ours(centre: Centre) -> Policy:
    """The product's own rule."""

    def call_next(hall: Hall, now: datetime, desk: int, user: int, _: Came) -> list[ev.Event]:
        return serving.call_next(hall, now, centre, desk, user)

    return call_next


def strict(centre: Centre) -> Policy:
    """Agreed times, then legal priority, then all others, without end: our rule with a cap that nobody reaches."""
    rules = centre.rules.model_copy(update={"wait_cap_min": BEYOND_THE_DAY_MIN})
    return ours(centre.model_copy(update={"rules": rules}))


def fifo(centre: Centre) -> Policy:
    """Who came first, whatever was agreed or claimed. Those on their way from a desk only if there is nobody else."""

    def call_next(hall: Hall, now: datetime, desk: int, user: int, came: Came) -> list[ev.Event]:
        session = serving.ready_desk(hall, now, centre, desk, user)
        standing = [ticket for group in session.groups for ticket in _standing(hall, group)]
        standing += [ticket for ticket in hall.arrived(now) if _may_come(hall, session, ticket)]
        found = standing or [t for _, n in hall.walking if _may_come(hall, session, t := hall.tickets[n])]
        first = min(found, key=lambda ticket: (came[ticket.id], ticket.id), default=None)
        return [ev.TicketCalled(first.id, desk, ev.Choice("ordinary"))] if first else []

    return call_next


POLICIES: Mapping[str, Callable[[Centre], Policy]] = {"ours": ours, "fifo": fifo, "strict": strict}


def _standing(hall: Hall, group: str) -> Iterator[Ticket]:
    """Whoever may be the first of a queue: the heads of its lines, and of agreed times all, for they stand by slot."""
    ready = hall.queue(group).ready
    heads = (ready[line, None][:1] for line in LINES if line != "A" and (line, None) in ready)
    for _, number in chain(*heads, ready.get(("A", None), ())):
        yield hall.tickets[number]


def _may_come(hall: Hall, desk: DeskSession, ticket: Ticket) -> bool:
    free = ticket.state is TicketState.WAITING and hall.visits[ticket.visit].in_hand is None
    return free and ticket.group in desk.groups
