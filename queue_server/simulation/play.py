"""One day of the reference hall on simpy's clock: visitors and operators press, and the product's rules answer.

Nothing is decided here but what people do: when they come, how fast they walk, how long they need.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import simpy

from config.settings import Centre
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.records import ProviderState, Ticket
from queue_server.rules import appointments, claims, day, desks, estimate, serving, visits
from queue_server.rules import events as ev
from queue_server.rules.appointments import Booking
from queue_server.rules.desks import Skills
from queue_server.rules.refusal import Refused
from queue_server.rules.visits import Asking, Wish
from queue_server.simulation import hall as reference
from queue_server.simulation.arrivals import Person
from queue_server.simulation.policies import Policy
from queue_server.simulation.watch import Watch

Steps = Generator[simpy.Event, Any, None]

A_SECOND = 1 / 60
NEW_DAY, STAFF_COME, HARD_STOP = 5.0, 7 * 60 + 55.0, 23 * 60 + 31.0
OPENS, CLOSES = reference.OPENS.hour * 60.0, reference.CLOSES.hour * 60.0
RECALL = 0.5
FIRST_BOOKED_NUMBER = 501
KIOSK = Asking("kiosk", "uk")


@dataclass(frozen=True, slots=True)
class Guess:
    """What each estimator said when a ticket was taken, in seconds; ``last_served``: what the last one waited."""

    by_queue: float
    by_pace: float | None
    last_served: float | None


@dataclass(slots=True)
class _Holder:
    """Somebody with tickets. The bell tells of a call; whoever is called tells the desk when seated."""

    person: Person
    bell: simpy.Store
    minutes: dict[int, float]  # at the desk, by ticket


@dataclass(slots=True)
class PlayedDay:
    """What is left of a day: the hall as it ended, the day's log, what an observer saw, who was refused."""

    hall: Hall
    watch: Watch
    rows: list[ev.Row] = field(default_factory=list)
    guesses: dict[int, Guess] = field(default_factory=dict)
    came: dict[int, datetime] = field(default_factory=dict)
    visitors: int = 0  # who came, whether or not a ticket was given
    refused: int = 0  # tickets, for want of room
    too_late: int = 0  # tickets, after the last one of the day


class Play:
    """Puts people into the hall and lets the clock run."""

    def __init__(self, centre: Centre, policy: Policy, people: Sequence[Person], paces: tuple[ev.Pace, ...]) -> None:
        self.centre, self.policy, self.people, self.paces = centre, policy, people, paces
        self.clock = simpy.Environment()
        self.midnight = reference.midnight(centre)
        self.hall = Hall()
        self.played = PlayedDay(self.hall, Watch(centre))
        self._holders: dict[int, _Holder] = {}  # by ticket
        self._idle: dict[int, simpy.Event] = {}  # desks that wait, longest first
        self._last_wait: dict[str, float] = {}  # of the last ordinary visitor called, by group
        self._claims = 0

    def run(self) -> PlayedDay:
        """The day from midnight until nobody is there any more."""
        self.clock.process(self._calendar())
        for desk in reference.DESKS:
            self.clock.process(self._operator(desk))
        self.clock.run(until=HARD_STOP)
        assert not self.hall.is_open
        return self.played

    @property
    def now(self) -> datetime:
        return self._moment(self.clock.now)

    def _moment(self, minutes: float) -> datetime:
        return self.midnight + timedelta(minutes=minutes)

    def _tell(self, events: Sequence[ev.Event], actor: str = "system") -> None:
        """The log's next rows: seen by the watch, folded by the hall."""
        hall, now = self.hall, self.now
        for event in events:
            row = ev.Row(hall.seq + 1, now, reference.DAY, actor, event)
            self.played.rows.append(row)
            self.played.watch.see(row)
            hall.apply(row)

    # --- the calendar ---

    def _calendar(self) -> Steps:
        """What time alone makes happen, at the moments when it may."""
        rules = self.centre.rules
        yield from self._until(NEW_DAY)
        self._due()
        booked = self._expect()
        missed = [slot + rules.appointment_grace_min for slot in reference.SLOTS]
        moments = [OPENS - rules.issue_lead_min, CLOSES - rules.last_ticket_min + A_SECOND, CLOSES + A_SECOND]
        self.clock.process(self._doors(booked))
        for minute in sorted({*moments, *(minute + A_SECOND for minute in missed)}):
            yield from self._until(minute)
            self._due()
        yield from self._until(HARD_STOP - A_SECOND)
        self._due()

    def _due(self) -> None:
        while events := day.due(self.hall, self.now, self.centre, lambda: self.paces):
            self._tell(events)
        if self.hall.provider_state("provider") is ProviderState.CLOSED:
            self._wake()

    def _until(self, minute: float) -> Steps:
        if minute > self.clock.now:
            yield self.clock.timeout(minute - self.clock.now)

    # --- visitors ---

    def _expect(self) -> dict[int, int]:
        """Everybody with an agreed time is expected, with a number of the range for it; tickets by person."""
        booked = [number for number, person in enumerate(self.people) if person.slot is not None]
        taken: dict[int, int] = {}
        bookings = []
        for number in booked:
            person = self.people[number]
            service = person.services[0][0]
            taken[service] = taken.get(service, FIRST_BOOKED_NUMBER - 1) + 1
            slot = self._moment(person.slot or 0)
            bookings.append(Booking(service, taken[service], slot))
        first = self.hall.last_ticket + 1
        self._tell(appointments.expect(self.hall, self.centre, bookings))
        return {number: first + offset for offset, number in enumerate(booked)}

    def _doors(self, booked: dict[int, int]) -> Steps:
        """Lets everybody in, in the order of arrival."""
        opens = OPENS - self.centre.rules.issue_lead_min
        comers = [(max(p.at, opens), number) for number, p in enumerate(self.people) if p.at is not None]
        for at, number in sorted(comers):
            yield from self._until(at)
            self.clock.process(self._visitor(self.people[number], booked.get(number)))

    def _visitor(self, person: Person, expected: int | None) -> Steps:
        self.played.visitors += 1
        tickets = self._check_in(person, expected) if expected is not None else self._take(person)
        holder = _Holder(person, simpy.Store(self.clock), {})
        lengths = dict(person.services)
        for number in tickets:
            ticket = self.hall.tickets[number]
            holder.minutes[number] = lengths[ticket.service]
            self._holders[number] = holder
            self.played.came[number] = self.now
        for number in tickets:
            self._wake(self.hall.tickets[number].group)
        if person.leaves:
            return
        for walk_s, _ in zip(person.walk_s, tickets, strict=False):
            seated = yield holder.bell.get()
            yield self.clock.timeout(walk_s / 60)
            seated.succeed()

    def _check_in(self, person: Person, ticket: int) -> list[int]:
        """Confirms the agreed time, and takes a ticket for the second service, if there is one."""
        self._tell(appointments.check_in(self.hall, self.now, self.centre, ticket))
        visit, tickets = self.hall.tickets[ticket].visit, [ticket]
        for wish in self._wishes(person)[1:]:
            guess = self._guess(wish)
            try:
                events = visits.add_ticket(self.hall, self.now, self.centre, visit, wish, KIOSK)
            except Refused as refused:
                self._count(refused)
            else:
                self._tell(events)
                tickets.append(self.hall.last_ticket)
                self._keep(guess, self.hall.last_ticket)
        return tickets

    def _take(self, person: Person) -> list[int]:
        """All that is wanted in one go; what there is no room for is left out."""
        wishes = self._wishes(person)
        while wishes:
            guesses = [self._guess(wish) for wish in wishes]
            try:
                events = visits.open_visit(self.hall, self.now, self.centre, wishes, KIOSK)
            except Refused as refused:
                self._count(refused)
                wishes = [wish for wish in wishes if wish.service != refused.values["service"]]
            else:
                self._tell(events)
                tickets = self.hall.visits[self.hall.last_visit].tickets
                for guess, number in zip(guesses, tickets, strict=True):
                    self._keep(guess, number)
                return tickets
        return []

    def _wishes(self, person: Person) -> list[Wish]:
        claim: tuple[int, ev.Mode] | None = None
        if person.priority:
            self._claims += 1
            claim = (self._claims, "out_of_turn")
        return [Wish(service, claim) for service, _ in person.services]

    def _count(self, refused: Refused) -> None:
        self._tell(refused.events)
        if refused.code == "capacity_stop":
            self.played.refused += 1
        else:
            assert refused.code in ("provider_closed_for_today", "provider_ticketing_stopped"), refused.code
            self.played.too_late += 1

    def _guess(self, wish: Wish) -> Guess | None:
        """What the estimators say just now, for an ordinary ticket."""
        if wish.claim:
            return None
        group = self.centre.services_by_number[wish.service].group
        told = estimate.estimate(self.hall, self.now, self.centre, group)
        if told.by_queue is None:
            return None
        return Guess(told.by_queue, told.by_pace, self._last_wait.get(group))

    def _keep(self, guess: Guess | None, ticket: int) -> None:
        if guess:
            self.played.guesses[ticket] = guess

    # --- operators ---

    def _operator(self, desk: int) -> Steps:
        """At the desk until the reception is closed: calls, receives, calls again; waits only when nobody is there."""
        yield from self._until(STAFF_COME)
        self._tell(desks.open_desk(self.hall, self.centre, desk, Skills(desk, "provider", reference.DESKS[desk], ())))
        yield from self._until(OPENS)
        while self.hall.provider_state("provider") is not ProviderState.CLOSED:
            if (ticket := self._call_next(desk)) is None:
                yield from self._look_out(desk)
            else:
                yield from self._receive(desk, ticket)
        self._tell(desks.close_desk(self.hall, self.centre, desk, desk))

    def _call_next(self, desk: int) -> Ticket | None:
        events = self.policy(self.hall, self.now, desk, desk, self.played.came)
        if not events:
            return None
        self._tell(events, f"user:{desk}")
        number = self.hall.desks[desk].ticket
        assert number is not None
        ticket = self.hall.tickets[number]
        if ticket.cls == "W":
            self._last_wait[ticket.group] = (self.now - ticket.leg.queued_at).total_seconds()
        return ticket

    def _receive(self, desk: int, ticket: Ticket) -> Steps:
        hall, centre, actor = self.hall, self.centre, f"user:{desk}"
        holder = self._holders[ticket.id]
        if holder.person.leaves:
            yield self.clock.timeout(RECALL)
            self._tell(serving.recall(hall, self.now, centre, desk, desk), actor)
            yield self.clock.timeout(centre.rules.no_show_min_s / 60 - RECALL + A_SECOND)
            self._tell(serving.no_show(hall, self.now, centre, desk, desk), actor)
        else:
            seated = self.clock.event()
            holder.bell.put(seated)
            yield seated
            self._tell(serving.start(hall, centre, desk, desk), actor)
            if ticket.claim == "claimed":
                self._tell(claims.verify(hall, ticket.id), actor)
            yield self.clock.timeout(holder.minutes[ticket.id])
            self._tell(serving.finish(hall, self.now, centre, desk, desk, "accepted"), actor)
        for sibling in hall.siblings(ticket):
            if sibling.state is TicketState.WAITING:
                self._wake(sibling.group)
        if self.clock.now > CLOSES:
            self._due()

    def _look_out(self, desk: int) -> Steps:
        """Until somebody comes to one of the desk's queues, or an agreed time is near enough for an idle desk."""
        woken = self._idle[desk] = self.clock.event()
        early = self.centre.rules.appointment_idle_early_min
        heads = (self.hall.first(group, "A", None) for group in reference.DESKS[desk])
        slots = [(head.queue_key - self.midnight).total_seconds() / 60 for head in heads if head]
        near = [slot - early - self.clock.now for slot in slots if slot - early > self.clock.now]
        yield (woken | self.clock.timeout(min(near))) if near else woken
        self._idle.pop(desk, None)

    def _wake(self, group: str | None = None) -> None:
        for desk in [desk for desk in self._idle if group is None or group in reference.DESKS[desk]]:
            self._idle.pop(desk).succeed()
