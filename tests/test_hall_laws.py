"""Laws that hold whatever happens in the hall, tried by random days; and the bounds of fairness (Б-Рег 2, 17, 18)."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from queue_server.hall import Hall
from queue_server.messages import TicketState as S
from queue_server.records import Ticket
from queue_server.rules import desks, visits
from queue_server.rules import events as ev
from queue_server.rules.moves import BY_VERB
from queue_server.rules.refusal import Refused

VERBS: dict[type[Any], str] = {
    ev.TicketIssued: "issue",
    ev.TicketCalled: "call",
    ev.TicketRecalled: "recall",
    ev.ServiceStarted: "start",
    ev.ServiceFinished: "finish",
    ev.TicketMissed: "no-show",
    ev.CallWithdrawn: "withdraw",
    ev.TicketReinstated: "reinstate",
    ev.TicketTransferred: "transfer",
    ev.TicketCancelled: "cancel",
    ev.TicketExpired: "expire",
}
ENDED = {S.SERVED, S.CANCELLED, S.EXPIRED}
SERVICES = (1, 2, 6, 15, 22)  # queues А А Д К Л
DESKS = (1, 2, 4)  # А Д, А К, Д Л
EXAMPLES = 20


def image(hall: Hall) -> dict[str, Any]:
    """Everything the hall knows, as plain values."""
    return {
        "records": [
            {id_: record.row() for id_, record in records.items()}
            for records in (hall.tickets, hall.visits, hall.calls, hall.desks)
        ],
        "legs": {t.id: t.leg.row() for t in hall.tickets.values()},
        "in hand": {v.id: (v.in_hand, v.free_from, v.tickets) for v in hall.visits.values()},
        "desks": {d.desk: (d.ticket, d.run) for d in hall.desks.values()},
        "closed desks": hall.desk_runs,
        "pins": hall.pins,
        "served": hall.served,
        "machines": hall.machines,
        "queues": {
            group: (
                {c: list(p) for c, p in q.classes.items()},
                q.held_back,
                q.missed,
                q.run_appointments,
                q.run_priority,
            )
            for group, q in hall.queues.items()
            if len(q) or q.missed or q.run_appointments or q.run_priority
        },
        "numbers": hall.last_number,
        "counters": (hall.seq, hall.last_visit, hall.last_ticket, hall.day and hall.day.row()),
    }


class Rulebook:
    """The customer's rule of calling written a second time, as plainly as possible: looks at every ticket, keeps
    its own counts, shares nothing with the product but the records."""

    def __init__(self, centre: Any) -> None:
        self.centre = centre
        self.run_a: Counter[str] = Counter()
        self.run_p: Counter[str] = Counter()
        self.run_d: Counter[int] = Counter()  # by desk, whoever sits there

    def callable(self, hall: Hall, t: Ticket, desk: int, now: datetime) -> bool:
        own = hall.visits[t.visit].tickets
        return (
            t.state is S.WAITING
            and not any(hall.tickets[o].state in (S.CALLED, S.SERVING) for o in own)
            and t.not_before_calls == 0
            and now >= hall.visits[t.visit].free_from
            and self.free_of_pin(hall, t, desk, now)
        )

    def free_of_pin(self, hall: Hall, t: Ticket, desk: int, now: datetime) -> bool:
        """A pin drops when its desk is closed or has paused for more than ten minutes."""
        if t.pinned_desk is None or t.pinned_desk == desk or t.pinned_desk not in hall.desks:
            return True
        keeper = hall.desks[t.pinned_desk]
        return keeper.paused is not None and now - keeper.since > timedelta(minutes=10)

    def choice(self, hall: Hall, desk: int, now: datetime) -> tuple[int | None, dict[str, Any]]:
        """Who must be called at the desk; and what the counts are afterwards."""
        rules, session = self.centre.rules, hall.desks[desk]
        cap = timedelta(minutes=rules.wait_cap_min)
        waiting = [t for t in hall.tickets.values() if t.state is S.WAITING and t.group in session.groups]
        ready = [t for t in waiting if self.callable(hall, t, desk, now)]
        early = timedelta(minutes=rules.appointment_early_min)
        a = [t for t in ready if t.kind == "appointment" and t.queue_key <= now + early]
        p = [t for t in ready if t.kind == "walk_in" and t.priority]
        w = [t for t in ready if t.kind == "walk_in" and not t.priority]
        modes = {"out_of_turn": 0, "first_in_turn": 1}
        a.sort(key=lambda t: (t.queue_key, t.id))
        p.sort(key=lambda t: (modes[str(t.priority)], t.queue_key, t.id))
        w.sort(key=lambda t: (t.queue_key, t.id))
        over = [t for t in w if now - t.queue_key > cap]
        over_blocked = [t for t in waiting if t.kind == "walk_in" and not t.priority and now - t.queue_key > cap]
        chosen: Ticket | None = None
        if over and self.run_d[desk] >= rules.appointment_run + rules.priority_run:
            chosen = over[0]
        else:
            options = []
            for group in session.groups:
                option = self._option(group, a, p, w, now, cap)
                if option:
                    tier, t = option
                    ratio = (now - t.queue_key).total_seconds() / (self.centre.group(group).target_wait_min * 60)
                    options.append((tier, -ratio, t.id, group in session.secondary, t))
            if any(not secondary for _, _, _, secondary, _ in options):
                options = [o for o in options if not o[3] or (o[0] == 4 and -o[1] >= 1)]
            if options:
                chosen = min(options, key=lambda o: o[:3])[4]
        if chosen is None:
            idle = timedelta(minutes=rules.appointment_idle_early_min)
            rest = [
                t
                for t in waiting
                if self.free_of_pin(hall, t, desk, now)
                and not any(hall.tickets[o].state in (S.CALLED, S.SERVING) for o in hall.visits[t.visit].tickets)
                and (t.kind == "walk_in" or t.queue_key <= now + idle)
            ]
            chosen = min(rest, key=lambda t: (t.queue_key, t.id), default=None)
        if chosen is None:
            return None, {}
        after = {"a": self.run_a[chosen.group], "p": self.run_p[chosen.group], "d": self.run_d[desk]}
        if chosen.cls == "W":
            after["a"] = after["p"] = 0
        elif any(t.group == chosen.group for t in w):
            after["a" if chosen.cls == "A" else "p"] += 1
        after["d"] = 0 if not over_blocked or (over and chosen is over[0]) else after["d"] + 1
        return chosen.id, after

    def _option(
        self, group: str, all_a: list[Ticket], all_p: list[Ticket], all_w: list[Ticket], now: datetime, cap: timedelta
    ) -> tuple[int, Ticket] | None:
        a, p, w = ([t for t in ts if t.group == group] for ts in (all_a, all_p, all_w))
        over = bool(w) and now - w[0].queue_key > cap
        k = self.centre.rules.priority_run if p and (p[0].priority == "first_in_turn" or over) else 10**9
        if w and over and a and self.run_a[group] >= self.centre.rules.appointment_run:
            return 1, w[0]
        if w and not a and p and self.run_p[group] >= k:
            return 1, w[0]
        if a:
            return 2, a[0]
        if p:
            return 3, p[0]
        return (4, w[0]) if w else None

    def keep(self, group: str, desk: int, after: dict[str, Any]) -> None:
        self.run_a[group], self.run_p[group], self.run_d[desk] = after["a"], after["p"], after["d"]


class RandomDay(RuleBasedStateMachine):
    """Anybody may do anything at any moment; the hall may refuse, but its laws hold.

    Every row of the log is folded a second time into ``shadow``, one row behind, so that each move is seen both
    from before and from after.
    """

    new_toy: Any = None  # set by the test: makes the hall of the day

    @initialize()
    def morning(self) -> None:
        self.toy = type(self).new_toy()
        self.shadow = Hall()
        self.seen = 0
        self.rulebook = Rulebook(self.toy.centre)
        self.numbers: set[tuple[str, int]] = set()
        self.toy.tick()

    # --- what people do ---

    def attempt(self, job: Any, *values: Any, **named: Any) -> None:
        with suppress(Refused):
            job(*values, **named)

    @rule(services=st.lists(st.sampled_from(SERVICES), min_size=1, max_size=3))
    def come(self, services: list[int]) -> None:
        self.attempt(self.toy.visit, *services)

    @rule(visit=st.integers(1, 12), service=st.sampled_from(SERVICES))
    def want_more(self, visit: int, service: int) -> None:
        self.attempt(self.toy.add, visit, service)

    @rule(
        service=st.sampled_from(SERVICES),
        kind=st.sampled_from(["out_of_turn", "first_in_turn", "appointment"]),
        minutes=st.integers(-20, 30),
    )
    def come_first(self, service: int, kind: str, minutes: int) -> None:
        issue_special(self.toy, service, kind, minutes)

    @rule(desk=st.sampled_from(DESKS), helping=st.booleans())
    def open(self, desk: int, helping: bool) -> None:
        groups = desks.desk_of(desk, self.toy.centre).groups
        self.attempt(self.toy.open, desk, secondary=tuple(groups[1:]) if helping else ())

    @rule(desk=st.sampled_from(DESKS))
    def leave(self, desk: int) -> None:
        toy = self.toy
        self.attempt(lambda: toy.fold(desks.close_desk(toy.hall, toy.centre, desk, desk)))

    @rule(desk=st.sampled_from(DESKS))
    def pause_or_resume(self, desk: int) -> None:
        toy = self.toy
        paused = desk in toy.hall.desks and toy.hall.desks[desk].paused
        if paused:
            self.attempt(lambda: toy.fold(desks.resume_desk(toy.hall, toy.centre, desk, desk)))
        else:
            self.attempt(lambda: toy.fold(desks.pause_desk(toy.hall, toy.centre, desk, desk, "lunch")))

    @precondition(lambda self: self.toy.hall.desks)
    @rule(data=st.data())
    def call(self, data: st.DataObject) -> None:
        desk = data.draw(st.sampled_from(sorted(self.toy.hall.desks)))
        expected, _ = self.rulebook.choice(self.toy.hall, desk, self.toy.now)
        try:
            called = self.toy.call(desk)
        except Refused:
            return
        assert (called.id if called else None) == expected

    @precondition(lambda self: any(d.ticket for d in self.toy.hall.desks.values()))
    @rule(
        data=st.data(),
        verb=st.sampled_from(["recall", "start", "start", "no_show", "withdraw", "finish", "finish", "miss"]),
    )
    def serve(self, data: st.DataObject, verb: str) -> None:
        desk = data.draw(st.sampled_from([d.desk for d in self.toy.hall.desks.values() if d.ticket]))
        job = {"finish": self.toy.finish, "miss": self.toy.miss}.get(verb)
        if job:
            self.attempt(job, desk)
        else:
            self.attempt(self.toy.do, verb, desk)

    @precondition(lambda self: any(d.ticket for d in self.toy.hall.desks.values()))
    @rule(
        data=st.data(),
        service=st.sampled_from([None, *SERVICES]),
        to_desk=st.sampled_from([None, *DESKS]),
    )
    def pass_on(self, data: st.DataObject, service: int | None, to_desk: int | None) -> None:
        desk = data.draw(st.sampled_from([d.desk for d in self.toy.hall.desks.values() if d.ticket]))
        self.attempt(self.toy.do, "start", desk)
        self.attempt(self.toy.transfer, desk, service=service, to_desk=to_desk)

    @precondition(lambda self: self.toy.hall.tickets)
    @rule(data=st.data(), back=st.booleans())
    def give_up_or_come_back(self, data: st.DataObject, back: bool) -> None:
        toy = self.toy
        ticket = data.draw(st.sampled_from(list(toy.hall.tickets.values())))
        if back:
            missed = [t for t in toy.hall.tickets.values() if t.state is S.NO_SHOW]
            self.attempt(toy.reinstate, missed[0] if missed else ticket)
        else:
            self.attempt(lambda: toy.fold(visits.cancel(toy.hall, ticket.id, "visitor_left")))

    @rule(seconds=st.sampled_from([1, 16, 61, 600, 3700]))
    def wait(self, seconds: int) -> None:
        self.toy.wait(seconds=seconds)
        self.toy.tick()

    # --- what always holds ---

    @invariant()
    def every_move_is_in_the_table_and_every_call_by_the_rule(self) -> None:
        if not hasattr(self, "toy"):
            return
        for row in self.toy.rows[self.seen :]:
            event, hall = row.event, self.shadow
            verb = VERBS.get(type(event))
            before = hall.tickets[event.ticket].state if verb and verb != "issue" else None
            if isinstance(event, ev.TicketCalled):
                self._check_call(event, row.at)
            if isinstance(event, ev.TicketIssued):
                assert (event.letter, event.number) not in self.numbers
                self.numbers.add((event.letter, event.number))
            hall.apply(row)
            if verb:
                move = BY_VERB[verb]
                assert before in move.source or (before is None and not move.source), (verb, before)
                assert hall.tickets[event.ticket].state is move.target
        self.seen = len(self.toy.rows)

    def _check_call(self, event: ev.TicketCalled, at: datetime) -> None:
        ticket = self.shadow.tickets[event.ticket]
        chosen, after = self.rulebook.choice(self.shadow, event.desk, at)
        assert chosen == event.ticket
        choice = event.choice
        assert (choice.run_appointments, choice.run_priority, choice.run_desk) == (after["a"], after["p"], after["d"])
        self.rulebook.keep(ticket.group, event.desk, after)

    @invariant()
    def a_ticket_is_in_one_place(self) -> None:
        if not hasattr(self, "toy"):
            return
        hall: Hall = self.toy.hall
        in_queues = Counter(n for q in hall.queues.values() for p in q.classes.values() for _, n in p)
        at_desks = Counter(s.ticket for s in hall.desks.values() if s.ticket is not None)
        missed = Counter(n for q in hall.queues.values() for n in q.missed)
        for ticket in hall.tickets.values():
            places = (in_queues[ticket.id], at_desks[ticket.id], missed[ticket.id])
            expected = {
                S.WAITING: (1, 0, 0),
                S.CALLED: (0, 1, 0),
                S.SERVING: (0, 1, 0),
                S.NO_SHOW: (0, 0, 1),
            }.get(ticket.state, (0, 0, 0))
            assert places == expected, (ticket.state, places)
            if ticket.state is S.WAITING:
                assert ticket.place in hall.queues[ticket.group].classes[ticket.cls]
                assert (ticket.id in hall.queues[ticket.group].held_back) == (ticket.not_before_calls > 0)
            if ticket.state in (S.CALLED, S.SERVING):
                assert ticket.desk is not None
                assert hall.desks[ticket.desk].ticket == ticket.id
                assert hall.visits[ticket.visit].in_hand == ticket.id
            if ticket.state in ENDED:
                assert ticket.ended_at is not None
        assert sum(in_queues.values()) == sum(len(q) for q in hall.queues.values())
        assert all(hall.tickets[n].state is S.WAITING for q in hall.queues.values() for n in q.held_back)

    @invariant()
    def a_visitor_is_in_one_place(self) -> None:
        if not hasattr(self, "toy"):
            return
        hall: Hall = self.toy.hall
        for visit in hall.visits.values():
            in_hand = [t for t in visit.tickets if hall.tickets[t].state in (S.CALLED, S.SERVING)]
            assert in_hand == ([visit.in_hand] if visit.in_hand is not None else [])
            active = [
                hall.tickets[t].service for t in visit.tickets if hall.tickets[t].state not in {*ENDED, S.NO_SHOW}
            ]
            assert len(set(active)) == len(active)

    @invariant()
    def nobody_is_kept_for_a_desk_that_is_closed(self) -> None:
        if not hasattr(self, "toy"):
            return
        hall: Hall = self.toy.hall
        for ticket in hall.tickets.values():
            if ticket.state is S.WAITING and ticket.pinned_desk is not None:
                assert ticket.group in hall.desks[ticket.pinned_desk].groups

    def teardown(self) -> None:
        if hasattr(self, "toy"):
            assert image(self.shadow) == image(self.toy.hall)


@pytest.fixture
def random_day(toy: Any, bakhmut: Any, moment: Any) -> type[RandomDay]:
    kind = type(toy)
    return type("Day", (RandomDay,), {"new_toy": staticmethod(lambda: kind(bakhmut, moment(10)))})


def test_no_day_whatever_people_do_breaks_a_law_of_the_hall(random_day: type[RandomDay]) -> None:
    run_state_machine_as_test(
        random_day,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=50,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# --- what calling promises to those who come first by law or by appointment ---


def issue_special(toy: Any, service: int, kind: str, minutes: float = 0) -> Ticket:
    """A ticket by appointment (``minutes`` from now) or of legal priority, as the log would tell it."""
    hall = toy.hall
    group = toy.centre.group(toy.centre.services_by_number[service].group)
    visit, ticket = hall.last_visit + 1, hall.last_ticket + 1
    appointment = kind == "appointment"
    number = 500 + ticket if appointment else hall.last_number.get(group.letter, 0) + 1
    toy.fold(
        [
            ev.VisitOpened(visit, "reception", "uk"),
            ev.TicketIssued(
                ticket=ticket,
                visit=visit,
                service=service,
                group=group.code,
                letter=group.letter,
                number=number,
                ahead=0,
                kind="appointment" if appointment else "walk_in",
                priority=None if appointment else kind,  # type: ignore[arg-type]
                key=toy.now + timedelta(minutes=minutes) if appointment else None,
            ),
        ]
    )
    return hall.tickets[ticket]


def test_an_appointment_that_is_due_precedes_everybody(toy: Any) -> None:
    toy.open(1)
    toy.take(2)
    issue_special(toy, 2, "out_of_turn")
    due = issue_special(toy, 2, "appointment", minutes=5)
    assert toy.call(1) is due


def test_an_appointment_whose_time_has_not_come_waits_for_it(toy: Any) -> None:
    toy.open(1)
    booked = issue_special(toy, 2, "appointment", minutes=6)
    others = [toy.take(2), toy.take(2)]
    assert toy.serve(1, minutes=1.5) is others[0]
    assert toy.serve(1) is booked


def test_an_idle_desk_takes_an_appointment_a_quarter_of_an_hour_early_and_no_sooner(toy: Any) -> None:
    toy.open(1)
    booked = issue_special(toy, 2, "appointment", minutes=16)
    assert toy.call(1) is None
    toy.wait(minutes=1)
    assert toy.call(1) is booked


def test_out_of_turn_precedes_first_in_turn_whoever_came_earlier(toy: Any) -> None:
    toy.open(1)
    toy.take(2)
    first_in_turn = issue_special(toy, 2, "first_in_turn")
    toy.wait(seconds=1)
    out_of_turn = issue_special(toy, 2, "out_of_turn")
    assert [toy.serve(1), toy.serve(1)] == [out_of_turn, first_in_turn]


def test_two_first_in_turn_are_followed_by_an_ordinary_visitor(toy: Any) -> None:
    toy.open(1)
    ordinary = toy.take(2)
    for _ in range(3):
        issue_special(toy, 2, "first_in_turn")
    called = [toy.serve(1, minutes=1) for _ in range(4)]
    assert called.index(ordinary) == 2


def test_out_of_turn_is_not_limited_while_nobody_waits_too_long(toy: Any) -> None:
    toy.open(1)
    ordinary = toy.take(2)
    for _ in range(6):
        issue_special(toy, 2, "out_of_turn")
    called = [toy.serve(1, minutes=1) for _ in range(7)]
    assert called[-1] is ordinary


def test_priority_numbers_and_ordinary_numbers_are_one_sequence(toy: Any) -> None:
    """Nobody in the hall learns from a number who is privileged; an appointment’s number is from its own range."""
    numbers = [toy.take(2).number, issue_special(toy, 2, "out_of_turn").number, toy.take(2).number]
    issue_special(toy, 2, "appointment")
    assert [*numbers, toy.take(2).number] == [1, 2, 3, 4]


@pytest.mark.parametrize("seed", range(8))
def test_whoever_waits_over_an_hour_is_overtaken_five_times_at_most(toy: Any, seed: int) -> None:
    """However many come by law or by appointment: in a queue between two ordinary calls, and at any one desk past
    the longest-waiting whom it may call (Б-Рег 2(3), 17)."""
    dice = random.Random(seed)
    for desk in (1, 2, 4):
        toy.open(desk)
    for _ in range(12):
        for service in (2, 6, 15, 22):
            toy.take(service)
            toy.wait(seconds=dice.randint(1, 20))
    toy.wait(minutes=61)
    most = toy.centre.rules.appointment_run + toy.centre.rules.priority_run
    overtaken: Counter[str] = Counter()  # by queue, since its last ordinary call
    passed: Counter[int] = Counter()  # by desk, since it called its longest-waiting
    busiest = 0
    for _ in range(220):
        for _ in range(dice.randint(0, 3)):
            kind = dice.choice(["appointment", "appointment", "out_of_turn", "first_in_turn"])
            issue_special(toy, dice.choice([2, 6, 15, 22]), kind, dice.uniform(-5, 5))
        desk = dice.choice([1, 2, 4])
        cap = toy.now - timedelta(minutes=toy.centre.rules.wait_cap_min)
        groups = toy.hall.desks[desk].groups
        over = {g: next((t for t in toy.hall.places(g, "W") if t.queue_key < cap), None) for g in groups}
        oldest = min(filter(None, over.values()), key=lambda t: t.place, default=None)
        called = toy.call(desk)
        if called is None:
            continue
        if called.cls == "W":
            overtaken[called.group] = 0
        elif over[called.group]:
            overtaken[called.group] += 1
        passed[desk] = passed[desk] + 1 if oldest is not None and called is not oldest else 0
        busiest = max(busiest, *overtaken.values(), *passed.values())
        assert max(overtaken.values(), default=0) <= most
        assert passed[desk] <= most
        toy.do("start", desk)
        toy.wait(seconds=dice.randint(5, 30))
        toy.finish(desk)
    assert busiest >= 3, "the day was too easy to prove anything"


def test_who_was_passed_to_a_desk_does_not_wait_out_its_lunch(toy: Any) -> None:
    toy.open(1)
    toy.open(2)
    ticket = toy.take(2)
    toy.call(1)
    toy.do("start", 1)
    toy.transfer(1, to_desk=2)
    toy.fold(desks.pause_desk(toy.hall, toy.centre, 2, 2, "lunch"))
    toy.wait(minutes=10)
    assert toy.call(1) is None
    toy.wait(seconds=1)
    assert toy.call(1) is ticket


def test_who_missed_a_call_at_a_desk_is_not_kept_for_its_next_operator(toy: Any) -> None:
    """The desk is opened again by somebody who does not serve that queue."""
    toy.open(1)
    toy.open(2)
    ticket = toy.take(2)
    toy.call(1)
    toy.do("start", 1)
    toy.transfer(1, to_desk=2)
    toy.wait(seconds=61)
    toy.call(2)
    toy.miss(2)
    toy.fold(desks.close_desk(toy.hall, toy.centre, 2, 2))
    toy.fold(desks.open_desk(toy.hall, toy.centre, 2, desks.Skills(77, "upszn", ("vpo",), ())))
    toy.reinstate(ticket)
    assert toy.call(2) is None
    assert toy.call(1) is ticket


def test_whoever_was_passed_over_does_not_wait_anew_because_the_desk_changes_hands(toy: Any) -> None:
    """Else a desk that is closed and opened after every fourth call could pass over one visitor for ever."""
    toy.open(1)
    toy.take(2)
    toy.wait(minutes=61)
    most = toy.centre.rules.appointment_run + toy.centre.rules.priority_run
    for _ in range(most):
        issue_special(toy, 6, "appointment", 0)
        toy.serve(1, minutes=0.5)
        run = toy.hall.desks[1].run
        toy.fold(desks.close_desk(toy.hall, toy.centre, 1, toy.hall.desks[1].user))
        toy.open(1, user=90 + run)
        assert toy.hall.desks[1].run == run
    assert run > 0


def test_who_was_passed_to_a_desk_is_free_when_it_closes_though_called_elsewhere_meanwhile(toy: Any) -> None:
    toy.open(1)
    toy.open(2)
    ticket = toy.take(2)
    toy.call(1)
    toy.do("start", 1)
    toy.transfer(1, to_desk=2)
    toy.fold(desks.pause_desk(toy.hall, toy.centre, 2, 2, "lunch"))
    toy.wait(minutes=11)
    assert toy.call(1) is ticket
    toy.fold(desks.close_desk(toy.hall, toy.centre, 2, 2))
    assert ticket.pinned_desk is None
    assert not toy.hall.pins


def test_who_comes_back_and_gives_up_is_no_longer_counted_down(toy: Any) -> None:
    toy.open(1)
    late = toy.take(2)
    for _ in range(2):
        toy.take(2)
    toy.call(1)
    toy.miss(1)
    toy.reinstate(late)
    toy.fold(visits.cancel(toy.hall, late.id, "visitor_left"))
    toy.serve(1)
    assert late.not_before_calls == toy.centre.rules.return_after_calls
    assert not toy.hall.queue("dity").held_back


def test_a_helping_desk_does_not_take_the_appointments_of_others_from_its_own_queue(toy: Any) -> None:
    """Secondary skills take part among ordinary visitors only, while the own queue has somebody."""
    toy.open(1, secondary=("dopomoha",))
    issue_special(toy, 6, "appointment", minutes=-20)
    own = toy.take(2)
    toy.wait(minutes=16)
    assert toy.call(1) is own


def test_once_the_day_is_closed_nobody_begins_to_wait(toy: Any, bakhmut: Any, moment: Any) -> None:
    """Though the hours of reception would allow it: nobody would ever call or expire such a ticket."""
    toy.centre = bakhmut.model_copy(
        update={"rules": bakhmut.rules.model_copy(update={"hard_day_stop": moment(12).astimezone(bakhmut.tz).time()})}
    )
    ticket = toy.take(2)
    toy.wait(hours=2)
    toy.tick()
    assert ticket.state is S.EXPIRED
    with pytest.raises(Refused, match="day_closed"):
        toy.take(2)
