"""What is in the hall just now, and how to look at it without walking past everybody. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import takewhile

from sortedcontainers import SortedList

from queue_server.hall.bookings import Bookings
from queue_server.hall.paces import Paces
from queue_server.hall.queues import Queue
from queue_server.messages import DeskState, TicketState
from queue_server.records import (
    Appointment,
    Call,
    Day,
    DeskSession,
    Leg,
    Line,
    Machine,
    PaperTicket,
    ProviderDay,
    ProviderState,
    Record,
    Suspension,
    Ticket,
    Visit,
)
from queue_server.rules.moves import ACTIVE


@dataclass(slots=True)
class HallNow:
    """The hall of one centre on one day, as the rules look at it."""

    seq: int = 0
    last_visit: int = 0
    last_ticket: int = 0
    fingerprint: str = ""
    day: Day | None = None
    tickets: dict[int, Ticket] = field(default_factory=dict)
    visits: dict[int, Visit] = field(default_factory=dict)
    calls: dict[int, Call] = field(default_factory=dict)
    queues: dict[str, Queue] = field(default_factory=dict)
    desks: dict[int, DeskSession] = field(default_factory=dict)  # open ones, by desk number
    providers: dict[str, ProviderDay] = field(default_factory=dict)
    suspensions: list[Suspension] = field(default_factory=list)
    last_number: dict[str, int] = field(default_factory=dict)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)  # ticket by letter and number
    slips: dict[int, str] = field(default_factory=dict)
    desk_runs: dict[int, int] = field(default_factory=dict)  # fairness runs of desks that were closed today
    served: dict[int, int] = field(default_factory=dict)  # today, by user
    full: set[str] = field(default_factory=set)  # groups whose last ticket was refused for want of capacity
    paces: Paces = field(default_factory=Paces)
    pins: dict[int, set[int]] = field(default_factory=dict)  # tickets that were passed on to a desk, by its number
    timers: SortedList = field(default_factory=SortedList)  # (until, ticket) of those on hold
    expected: SortedList = field(default_factory=SortedList)  # (slot, ticket) of appointments not here yet
    walking: SortedList = field(default_factory=SortedList)  # (from when, ticket): on the way from another desk
    machines: dict[int, Machine] = field(default_factory=dict)  # by device; outlives a day
    bookings: Bookings = field(default_factory=Bookings)  # of the days to come; outlives the day
    paper: set[tuple[date, int]] = field(default_factory=set)  # numbers of the reserve pad that are kept; outlives it
    _changed: dict[tuple[str, int, int | str], Record] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.day is not None and self.day.closed_at is None

    @property
    def suspended(self) -> Suspension | None:
        """The suspension that goes on just now."""
        return self.suspensions[-1] if self.suspensions and self.suspensions[-1].until is None else None

    def suspended_for(self, since: datetime, until: datetime) -> timedelta:
        """How much of a stretch of time the reception was suspended: Z(since, until)."""
        over = (min(s.until or until, until) - max(s.since, since) for s in self.suspensions)
        return sum((span for span in over if span > timedelta()), timedelta())

    def queue(self, group: str) -> Queue:
        if group not in self.queues:  # setdefault would build a queue at every look
            self.queues[group] = Queue()
        return self.queues[group]

    def waiting(self, group: str) -> int:
        return len(self.queues[group]) if group in self.queues else 0

    def places(self, group: str, line: Line) -> Iterator[Ticket]:
        """The waiting tickets of a line, first place first."""
        for _, ticket in self.queue(group).lines[line]:
            yield self.tickets[ticket]

    def first(self, group: str, line: Line, pin: int | None) -> Ticket | None:
        """The first ticket of a line that can be called, of those without a pin or with this one."""
        places = self.queue(group).ready.get((line, pin))
        return self.tickets[places[0][1]] if places else None

    def arrived(self, now: datetime) -> Iterator[Ticket]:
        """Those whose way from another desk is over since the last row."""
        for _, ticket in takewhile(lambda walker: walker[0] <= now, self.walking):
            yield self.tickets[ticket]

    def ahead_of(self, ticket: Ticket) -> int:
        """How many of the group wait before this waiting ticket, its own visit's other tickets left out."""
        own = (self.tickets[other] for other in self.visits[ticket.visit].tickets if other != ticket.id)
        return self.queue(ticket.group).before(ticket) - sum(
            1
            for other in own
            if other.group == ticket.group and other.state is TicketState.WAITING and other.place < ticket.place
        )

    def siblings(self, ticket: Ticket) -> Iterator[Ticket]:
        return (self.tickets[other] for other in self.visits[ticket.visit].tickets if other != ticket.id)

    def active_tickets(self, visit: int) -> list[Ticket]:
        return [t for t in map(self.tickets.__getitem__, self.visits[visit].tickets) if t.state in ACTIVE]

    def desk_of(self, user: int) -> DeskSession | None:
        return next((session for session in self.desks.values() if session.user == user), None)

    def provider_state(self, provider: str) -> ProviderState:
        day = self.providers.get(provider)
        return day.state if day else ProviderState.PLANNED

    def held_at(self, desk: int) -> list[Ticket]:
        """The tickets on hold for this desk, the first to be over first."""
        pinned = map(self.tickets.__getitem__, self.pins.get(desk, ()))
        held = (ticket for ticket in pinned if ticket.held and ticket.state is TicketState.ON_HOLD)
        return sorted(held, key=lambda t: (str(t.hold_until), t.id))

    def desk_state(self, number: int) -> DeskState:
        session = self.desks.get(number)
        if session is None:
            return DeskState.CLOSED
        if session.ticket is not None:
            serving = self.tickets[session.ticket].state is TicketState.SERVING
            return DeskState.SERVING if serving else DeskState.CALLING
        return DeskState.PAUSED if session.paused else DeskState.READY

    def take_changed(self) -> list[Record]:
        """The records that changed since this was last asked."""
        changed = list(self._changed.values())
        self._changed.clear()
        return changed

    def _touch(self, record: Record) -> None:
        match record:
            case Ticket() | Visit() | Call() | DeskSession() | Suspension() | PaperTicket() | Appointment():
                key: tuple[str, int, int | str] = (type(record).__name__, record.id, 0)
            case Leg():
                key = ("Leg", record.ticket, record.n)
            case Day():
                key = ("Day", record.day.toordinal(), 0)
            case ProviderDay():
                key = ("ProviderDay", record.day.toordinal(), record.provider)
        self._changed[key] = record
