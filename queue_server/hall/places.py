"""Where a ticket is: its place in a queue, on hold, at a desk, kept for one; and who can be called at all.

Knows no events: each step is a part of the moves that ``fold`` makes of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from queue_server.hall.now import HallNow
from queue_server.messages import TicketState
from queue_server.records import (
    EPOCH,
    Call,
    DeskSession,
    Leg,
    Ticket,
)
from queue_server.rules import events as ev


@dataclass(slots=True)
class Places(HallNow):
    """The steps that moves are made of."""

    def _await(self, ticket: Ticket) -> None:
        """An appointment whose visitor is not here yet."""
        ticket.state = TicketState.EXPECTED
        self.expected.add(ticket.place)
        self.queue(ticket.group).expected[ticket.service] += 1

    def _begin_leg(self, ticket: Ticket, at: datetime) -> None:
        ticket.legs += 1
        ticket.leg = Leg(ticket.id, ticket.legs, ticket.service, ticket.group, at)
        self._touch(ticket.leg)

    def _end_leg(self, ticket: Ticket, outcome: str, at: datetime) -> None:
        ticket.leg.ended_at, ticket.leg.outcome = at, outcome
        self._touch(ticket.leg)

    def _to_waiting(self, ticket: Ticket) -> None:
        ticket.state = TicketState.WAITING
        ticket.desk = None
        ticket.calls = 0
        ticket.called_at = ticket.started_at = None
        queue = self.queue(ticket.group)
        queue.enter(ticket)
        queue.work[ticket.service] += 1
        self._stand(ticket)

    def _take_up(self, ticket: Ticket) -> None:
        """After a call that was no call: back to the place, or, of an appointment without check-in, expected again."""
        if ticket.kind == "appointment" and ticket.implicit:
            ticket.desk, ticket.calls, ticket.called_at = None, 0, None
            self._await(ticket)
        else:
            self._to_waiting(ticket)

    def _stand(self, ticket: Ticket) -> None:
        """Whether a waiting ticket can be called: not while the visitor is elsewhere, or has just come back."""
        queue, visit = self.queue(ticket.group), self.visits[ticket.visit]
        queue.bar(ticket)
        if visit.in_hand is not None or ticket.not_before_calls:
            return
        if visit.free_from > EPOCH and visit.left_by != ticket.id:
            self._stop_walking(ticket)
            self.walking.add((visit.free_from, ticket.id))
        else:
            queue.offer(ticket)

    def _let_arrive(self, at: datetime) -> None:
        while self.walking and self.walking[0][0] <= at:
            _, number = self.walking.pop(0)
            ticket = self.tickets[number]
            visit = self.visits[ticket.visit]
            if visit.free_from <= at:
                visit.free_from = EPOCH
            if ticket.state is TicketState.WAITING:
                self._stand(ticket)

    def _occupy(self, ticket: Ticket, session: DeskSession, at: datetime) -> None:
        """The visitor is at a desk: the other tickets keep their places and cannot be called."""
        session.ticket, session.since = ticket.id, at
        ticket.desk = session.desk
        self.visits[ticket.visit].in_hand = ticket.id
        for other in self.siblings(ticket):
            if other.state is TicketState.WAITING:
                self._stop_walking(other)
                self.queue(other.group).bar(other)

    def _stop_walking(self, ticket: Ticket) -> None:
        for walker in [walker for walker in self.walking if walker[1] == ticket.id]:
            self.walking.remove(walker)

    def _leave_desk(self, ticket: Ticket, at: datetime, free_from: datetime | None = None) -> None:
        if ticket.desk is not None:
            session = self.desks[ticket.desk]
            session.ticket, session.since = None, at
            self._touch(session)
            ticket.desk = None
        visit = self.visits[ticket.visit]
        # A call that came to nothing does not shorten the way from the desk before.
        visit.in_hand = None
        if free_from is not None:
            visit.free_from, visit.left_by = free_from, ticket.id
        if visit.free_from <= at:
            visit.free_from = EPOCH
        for other in self.siblings(ticket):
            if other.state is TicketState.WAITING:
                self._stand(other)

    def _forget_place(self, ticket: Ticket) -> None:
        """Out of wherever it stands in a queue, on hold, among the expected or among the missed."""
        queue = self.queue(ticket.group)
        match ticket.state:
            case TicketState.WAITING:
                self._stop_walking(ticket)
                queue.leave(ticket)
                queue.work[ticket.service] -= 1
            case TicketState.ON_HOLD:
                self.timers.remove((ticket.hold_until, ticket.id))
                queue.work[ticket.service] -= 1
            case TicketState.EXPECTED:
                self.expected.remove(ticket.place)
                queue.expected[ticket.service] -= 1
            case TicketState.NO_SHOW:
                queue.missed.remove(ticket.id)
            case _:
                pass

    def _change_line(self, ticket: Ticket, change: Callable[[], None]) -> None:
        """Out of one line and into another, with the same place."""
        waits, queue = ticket.state is TicketState.WAITING, self.queue(ticket.group)
        if waits:
            queue.leave(ticket)
        change()
        if waits:
            queue.enter(ticket)
            self._stand(ticket)

    def _put_on_hold(self, ticket: Ticket, until: datetime) -> None:
        ticket.state, ticket.hold_until = TicketState.ON_HOLD, until
        self.timers.add((until, ticket.id))
        self.queue(ticket.group).work[ticket.service] += 1

    def _end(self, ticket: Ticket, state: TicketState, outcome: str, at: datetime) -> None:
        ticket.state, ticket.ended_at = state, at
        if ticket.leg.outcome != "held":  # that stage ended when the desk put it on hold
            ticket.leg.ended_at, ticket.leg.outcome = at, outcome

    def _revive(self, ticket: Ticket) -> None:
        ticket.ended_at = None
        if ticket.leg.outcome != "held":
            ticket.leg.ended_at = ticket.leg.outcome = None

    def _pin(self, ticket: Ticket, desk: int | None) -> None:
        """Keeps the ticket for one desk, or for none; only while it stands in no index."""
        if ticket.pinned_desk is not None:
            self.pins.get(ticket.pinned_desk, set()).discard(ticket.id)
        ticket.pinned_desk = desk
        ticket.returned = False
        if desk is not None:
            self.pins.setdefault(desk, set()).add(ticket.id)

    def _drop_pins(self, desk: int) -> None:
        """A pin drops when its desk closes: the ticket may be called at any capable desk again, now or on return.

        Also of tickets that have ended: an undo or a reopening may have them wait again.
        """
        for ticket in map(self.tickets.__getitem__, self.pins.pop(desk, ())):
            if ticket.pinned_desk != desk:
                continue
            self.queue(ticket.group).bar(ticket)
            ticket.pinned_desk = None
            if ticket.state is TicketState.WAITING:
                self._stand(ticket)
            self._touch(ticket)

    def _note_call(self, row: ev.Row, ticket: Ticket, desk: int, tier: ev.Tier) -> None:
        if ticket.calls:
            tier = self.calls[ticket.last_call].tier
            self._end_call(ticket, "repeated")
        ticket.calls += 1
        ticket.called_at, ticket.last_call = row.at, row.seq
        call = Call(row.seq, ticket.id, ticket.leg.n, ticket.calls, desk, row.user, row.at, tier)
        self.calls[call.id] = call
        self._touch(call)

    def _end_call(self, ticket: Ticket, outcome: str | None) -> None:
        call = self.calls[ticket.last_call]
        call.outcome = outcome
        self._touch(call)
