"""Today in memory: the fold of the day's log, indexed so that no command looks at every ticket.

Knows how each event changes the hall and nothing of why it was decided, of files, clocks or HTTP.
The database's tables are the image of these records; ``take_changed`` says which rows an event touched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sortedcontainers import SortedList

from queue_server.messages import DeskState, TicketState
from queue_server.records import Call, Day, DeskSession, Leg, Machine, Record, Ticket, Visit
from queue_server.rules import events as ev
from queue_server.rules.moves import ACTIVE


@dataclass(slots=True)
class Queue:
    """One group's waiting tickets by class, in the order of their places, and its fairness runs."""

    classes: dict[ev.Class, SortedList] = field(
        default_factory=lambda: {"R": SortedList(), "A": SortedList(), "P": SortedList(), "W": SortedList()}
    )
    held_back: set[int] = field(default_factory=set)  # tickets with not_before_calls > 0
    missed: list[int] = field(default_factory=list)
    run_appointments: int = 0
    run_priority: int = 0

    def __len__(self) -> int:
        return sum(len(places) for places in self.classes.values())


@dataclass(slots=True)
class Hall:
    """The hall of one centre on one day. Only ``apply`` changes it."""

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
    last_number: dict[str, int] = field(default_factory=dict)
    slips: dict[int, str] = field(default_factory=dict)
    desk_runs: dict[int, int] = field(default_factory=dict)  # fairness runs of desks that were closed today
    served: dict[int, int] = field(default_factory=dict)  # today, by user
    pins: dict[int, set[int]] = field(default_factory=dict)  # tickets that were passed on to a desk, by its number
    machines: dict[int, Machine] = field(default_factory=dict)  # by device; the only thing that outlives a day
    _changed: dict[tuple[str, int, int], Record] = field(default_factory=dict)

    # --- looking ---

    @property
    def is_open(self) -> bool:
        return self.day is not None and self.day.closed_at is None

    def queue(self, group: str) -> Queue:
        if group not in self.queues:  # setdefault would build a queue at every look
            self.queues[group] = Queue()
        return self.queues[group]

    def waiting(self, group: str) -> int:
        return len(self.queues[group]) if group in self.queues else 0

    def places(self, group: str, cls: ev.Class) -> Iterator[Ticket]:
        """The waiting tickets of a class, first place first."""
        for _, ticket in self.queue(group).classes[cls]:
            yield self.tickets[ticket]

    def ahead_of(self, ticket: Ticket) -> int:
        """How many of the group wait before this waiting ticket, its own visit's other tickets left out."""
        queue = self.queue(ticket.group)
        before = sum(bisect_left(places, ticket.place) for places in queue.classes.values())
        own = (self.tickets[other] for other in self.visits[ticket.visit].tickets if other != ticket.id)
        return before - sum(
            1
            for other in own
            if other.group == ticket.group and other.state is TicketState.WAITING and other.place < ticket.place
        )

    def active_tickets(self, visit: int) -> list[Ticket]:
        return [t for t in map(self.tickets.__getitem__, self.visits[visit].tickets) if t.state in ACTIVE]

    def desk_of(self, user: int) -> DeskSession | None:
        return next((session for session in self.desks.values() if session.user == user), None)

    # --- changing ---

    def take_changed(self) -> list[Record]:
        """The records that changed since this was last asked."""
        changed = list(self._changed.values())
        self._changed.clear()
        return changed

    def _touch(self, record: Record) -> None:
        match record:
            case Ticket() | Visit() | Call() | DeskSession():
                key = (type(record).__name__, record.id, 0)
            case Leg():
                key = ("Leg", record.ticket, record.n)
            case Day():
                key = ("Day", record.day.toordinal(), 0)
        self._changed[key] = record

    def apply(self, row: ev.Row) -> None:
        """Folds one row. The order of rows is the log's; the row's time is the only clock."""
        self.seq = row.seq
        event, at = row.event, row.at
        match event:
            case ev.DayOpened():
                self._open_day(event.day, at)
            case ev.DayClosed():
                self._close_day(at)
            case ev.SettingsChanged():
                self.fingerprint = event.fingerprint
            case ev.DeskOpened():
                session = DeskSession(row.seq, event.desk, event.user, event.primary, event.secondary, at, at)
                # Who was passed over at this desk does not wait anew because the operator changes.
                session.run = self.desk_runs.get(event.desk, 0)
                self.desks[event.desk] = session
                self._touch(session)
            case ev.DeskClosed():
                session = self.desks.pop(event.desk)
                session.closed_at = at
                self.desk_runs[event.desk] = session.run
                self._touch(session)
                self._drop_pins(event.desk)
            case ev.DeskPaused() | ev.DeskResumed():
                session = self.desks[event.desk]
                session.paused = event.reason if isinstance(event, ev.DeskPaused) else None
                session.since = at
                self._touch(session)
            case ev.VisitOpened():
                assert self.day is not None
                visit = Visit(event.visit, self.day.day, at, event.channel, event.language)
                self.visits[visit.id] = visit
                self.last_visit = max(self.last_visit, visit.id)
                self._touch(visit)
            case ev.CallAnnounced():
                # Several walls may speak: a call that one of them has said is said.
                if (call := self.calls.get(event.call)) and call.announced != "done":
                    call.announced = event.fate
                    self._touch(call)
            case ev.SlipReported():
                self.slips[event.ticket] = event.outcome
            case ev.DeviceReported():
                self.machines[event.device] = Machine(event.ok, event.trouble, at)
            case ev.AccountChanged():
                pass
            case ev.TicketIssued():
                self._issue(event, at)
            case _:
                self._move(row, event, self.tickets[event.ticket])

    def _move(self, row: ev.Row, event: ev.Event, ticket: Ticket) -> None:
        at = row.at
        match event:
            case ev.TicketCalled():
                self._call(row, event, ticket)
            case ev.TicketRecalled():
                self._note_call(row, ticket, event.desk)
            case ev.CallWithdrawn():
                self._end_call(ticket, "withdrawn")
                self._leave_desk(ticket, at)
                self._to_waiting(ticket)
            case ev.ServiceStarted():
                self._end_call(ticket, "arrived")
                self.desks[event.desk].since = at
                ticket.state = TicketState.SERVING
                ticket.started_at = ticket.leg.started_at = at
                ticket.leg.answered_call_at = ticket.called_at
            case ev.ServiceFinished():
                session = self.desks[event.desk]
                session.served += 1
                self.served[session.user] = self.served.get(session.user, 0) + 1
                self._leave_desk(ticket, at, event.siblings_from)
                self._end(ticket, TicketState.SERVED, event.outcome, at)
                ticket.desk = event.desk
            case ev.TicketMissed():
                self._end_call(ticket, "no_answer")
                self._leave_desk(ticket, at)
                ticket.state = TicketState.NO_SHOW
                ticket.missed_at = at
                self.queue(ticket.group).missed.append(ticket.id)
            case ev.TicketReinstated():
                self.queue(ticket.group).missed.remove(ticket.id)
                ticket.returns += 1
                ticket.not_before_calls = event.after_calls
                self._to_waiting(ticket)
            case ev.TicketTransferred():
                self._leave_desk(ticket, at, event.siblings_from)
                ticket.leg.ended_at, ticket.leg.outcome = at, "transferred"
                self._touch(ticket.leg)
                ticket.service, ticket.group, ticket.pinned_desk = event.service, event.group, event.pinned
                if event.pinned is not None:
                    self.pins.setdefault(event.pinned, set()).add(ticket.id)
                self._begin_leg(ticket, at)
                self._to_waiting(ticket)
            case ev.TicketCancelled():
                self._forget_place(ticket)
                self._end(ticket, TicketState.CANCELLED, "cancelled", at)
            case ev.TicketExpired():
                self._forget_place(ticket)
                self._end(ticket, TicketState.EXPIRED, "expired", at)
        self._touch(ticket)
        self._touch(ticket.leg)

    # --- the parts of a move ---

    def _open_day(self, day: date, at: datetime) -> None:
        self.day = Day(day, at)
        self._touch(self.day)
        of_the_day = (self.tickets, self.visits, self.calls, self.queues, self.desks, self.last_number, self.slips)
        for things in (*of_the_day, self.desk_runs, self.served, self.pins):
            things.clear()

    def _close_day(self, at: datetime) -> None:
        assert self.day is not None
        self.day.closed_at = at
        self._touch(self.day)

    def _issue(self, event: ev.TicketIssued, at: datetime) -> None:
        assert self.day is not None
        visit = self.visits[event.visit]
        ticket = Ticket(
            id=event.ticket,
            visit=event.visit,
            day=self.day.day,
            service=event.service,
            group=event.group,
            letter=event.letter,
            number=event.number,
            kind=event.kind,
            priority=event.priority,
            issued_at=at,
            queue_key=event.key or at,
            ahead=event.ahead,
            language=visit.language,
        )
        self.tickets[ticket.id] = ticket
        self.last_ticket = max(self.last_ticket, ticket.id)
        if event.kind == "walk_in":  # appointments have a range of their own, given out when booked
            self.last_number[event.letter] = event.number
        visit.tickets.append(ticket.id)
        self._begin_leg(ticket, at)
        self._to_waiting(ticket)
        self._touch(ticket)

    def _begin_leg(self, ticket: Ticket, at: datetime) -> None:
        ticket.legs += 1
        ticket.leg = Leg(ticket.id, ticket.legs, ticket.service, ticket.group, at)
        self._touch(ticket.leg)

    def _to_waiting(self, ticket: Ticket) -> None:
        ticket.state = TicketState.WAITING
        ticket.desk = None
        ticket.calls = 0
        ticket.called_at = ticket.started_at = None
        queue = self.queue(ticket.group)
        queue.classes[ticket.cls].add(ticket.place)
        if ticket.not_before_calls:
            queue.held_back.add(ticket.id)

    def _call(self, row: ev.Row, event: ev.TicketCalled, ticket: Ticket) -> None:
        queue, session = self.queue(ticket.group), self.desks[event.desk]
        self._forget_place(ticket)
        ticket.not_before_calls = 0
        for other in list(queue.held_back):
            held = self.tickets[other]
            held.not_before_calls -= 1
            self._touch(held)
            if not held.not_before_calls:
                queue.held_back.discard(other)
        queue.run_appointments = event.choice.run_appointments
        queue.run_priority = event.choice.run_priority
        session.run = event.choice.run_desk
        session.ticket, session.since = ticket.id, row.at
        self.visits[ticket.visit].in_hand = ticket.id
        ticket.state = TicketState.CALLED
        ticket.desk = event.desk
        ticket.first_called_at = row.at
        ticket.leg.first_called_at = ticket.leg.first_called_at or row.at
        ticket.leg.desk, ticket.leg.user = event.desk, session.user
        self._note_call(row, ticket, event.desk)

    def _note_call(self, row: ev.Row, ticket: Ticket, desk: int) -> None:
        if ticket.calls:
            self._end_call(ticket, "repeated")
        ticket.calls += 1
        ticket.called_at, ticket.last_call = row.at, row.seq
        call = Call(row.seq, ticket.id, ticket.leg.n, ticket.calls, desk, row.user, row.at)
        self.calls[call.id] = call
        self._touch(call)

    def _end_call(self, ticket: Ticket, outcome: str) -> None:
        call = self.calls[ticket.last_call]
        call.outcome = outcome
        self._touch(call)

    def _leave_desk(self, ticket: Ticket, at: datetime, free_from: datetime | None = None) -> None:
        if ticket.desk is not None:
            session = self.desks[ticket.desk]
            session.ticket, session.since = None, at
            self._touch(session)
            ticket.desk = None
        visit = self.visits[ticket.visit]
        visit.in_hand = None
        if free_from is not None:
            visit.free_from = free_from

    def _forget_place(self, ticket: Ticket) -> None:
        queue = self.queue(ticket.group)
        match ticket.state:
            case TicketState.WAITING:
                queue.classes[ticket.cls].remove(ticket.place)
                queue.held_back.discard(ticket.id)
            case TicketState.NO_SHOW:
                queue.missed.remove(ticket.id)
            case _:
                pass

    def _end(self, ticket: Ticket, state: TicketState, outcome: str, at: datetime) -> None:
        ticket.state = state
        ticket.ended_at = ticket.leg.ended_at = at
        ticket.leg.outcome = outcome

    def _drop_pins(self, desk: int) -> None:
        """A pin drops when its desk closes: the ticket may be called at any capable desk again, now or on return."""
        for ticket in map(self.tickets.__getitem__, self.pins.pop(desk, ())):
            if ticket.pinned_desk == desk and (ticket.state in ACTIVE or ticket.state is TicketState.NO_SHOW):
                ticket.pinned_desk = None
                self._touch(ticket)

    def desk_state(self, number: int) -> DeskState:
        session = self.desks.get(number)
        if session is None:
            return DeskState.CLOSED
        if session.ticket is not None:
            serving = self.tickets[session.ticket].state is TicketState.SERVING
            return DeskState.SERVING if serving else DeskState.CALLING
        return DeskState.PAUSED if session.paused else DeskState.READY
