"""What calling promises to those who come first by law or by appointment, and those behind them (Б-Рег 17, 18)."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from queue_server.messages import TicketState as S
from queue_server.records import Ticket
from queue_server.rules import desks, visits
from queue_server.rules import events as ev
from queue_server.rules.refusal import Refused


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
