"""Taking a number and being called: what the law of the queue promises a visitor."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.messages import TicketState
from queue_server.rules import numbering
from queue_server.rules.refusal import Forbidden, Refused, Unknown


def refusal(job: Any, *values: Any, **named: Any) -> str:
    with pytest.raises(Refused) as caught:
        job(*values, **named)
    return caught.value.code


# --- numbers ---


def test_each_queue_counts_from_one_with_its_own_letter(toy: Any) -> None:
    numbers = [(t.letter, t.number) for t in (toy.take(2), toy.take(3), toy.take(22), toy.take(5))]
    assert numbers == [("А", 1), ("А", 2), ("Л", 1), ("А", 3)]


def test_a_visit_for_two_services_gets_two_numbers_and_one_visit(toy: Any) -> None:
    first, second = toy.visit(2, 22)
    assert (first.letter, second.letter) == ("А", "Л")
    assert first.visit == second.visit


def test_two_services_of_one_queue_get_following_numbers(toy: Any) -> None:
    assert [t.number for t in toy.visit(2, 3)] == [1, 2]


def test_after_499_walk_ins_the_numbers_go_on_from_1001() -> None:
    assert numbering.next_walk_in(498, 499) == 499
    assert numbering.next_walk_in(499, 499) == 1001
    assert numbering.next_walk_in(1001, 499) == 1002


@pytest.mark.parametrize("typed", ["А17", "а 17", "A17", "a 017", "А\u00a017", "А-17"])
def test_a_number_may_be_typed_in_many_ways(typed: str) -> None:
    assert numbering.folded(typed) == ("А", 17)


@pytest.mark.parametrize("typed", ["", "17", "А", "Аб", "А17б", "Шевченко", "А9999999"])
def test_what_is_no_number_is_not_taken_for_one(typed: str) -> None:
    assert numbering.folded(typed) is None


# --- taking a ticket ---


def test_the_same_service_twice_in_a_visit_is_refused(toy: Any) -> None:
    ticket = toy.take(2)
    assert refusal(toy.add, ticket.visit, 2) == "same_service_twice"
    assert refusal(toy.visit, 2, 2) == "same_service_twice"


def test_a_served_service_may_be_asked_for_again(toy: Any) -> None:
    toy.open(1)
    ticket = toy.take(2)
    toy.serve(1)
    assert toy.add(ticket.visit, 2).number == 2


def test_a_visitor_holds_at_most_five_tickets(toy: Any) -> None:
    ticket = toy.visit(1, 2, 3, 4, 5)[0]
    assert refusal(toy.add, ticket.visit, 22) == "too_many_tickets"


def test_people_ahead_are_those_of_the_queue_without_the_visitors_own_tickets(toy: Any) -> None:
    toy.take(2)
    toy.take(22)
    own = toy.take(3)
    assert own.ahead == 1
    assert toy.add(own.visit, 4).ahead == 1


@pytest.mark.parametrize(
    ("hour", "minute", "code"),
    [(7, 44, "provider_not_open_yet"), (16, 51, "provider_closed_for_today"), (20, 0, "provider_closed_for_today")],
)
def test_no_ticket_is_issued_outside_the_hours(toy: Any, moment: Any, hour: int, minute: int, code: str) -> None:
    toy.now = moment(hour, minute)
    assert refusal(toy.take, 2) == code


def test_the_terminal_issues_from_a_quarter_before_opening(toy: Any, moment: Any) -> None:
    toy.now = moment(7, 45)
    assert toy.take(2).number == 1


def test_a_day_without_hours_issues_nothing(toy: Any, moment: Any) -> None:
    from datetime import date

    toy.now = moment(10, day=date(2026, 3, 21))  # Saturday
    toy.tick()
    assert refusal(toy.take, 2) == "provider_closed_today"


def test_an_unknown_service_is_unknown(toy: Any) -> None:
    with pytest.raises(Unknown):
        toy.take(99)


# --- desks ---


def test_a_desk_has_one_operator_and_an_operator_one_desk(toy: Any) -> None:
    toy.open(1)
    assert refusal(toy.open, 1, user=99) == "desk_taken"
    assert refusal(toy.open, 2, user=1) == "already_at_desk"


def test_opening_the_own_desk_again_changes_nothing(toy: Any) -> None:
    toy.open(1)
    seq = toy.hall.seq
    toy.open(1)
    assert toy.hall.seq == seq


def test_an_operator_without_a_skill_for_the_desk_is_turned_away(toy: Any) -> None:
    from queue_server.rules import desks

    stranger = desks.Skills(7, "pfu", ("pensii",), ())
    with pytest.raises(Forbidden):
        desks.open_desk(toy.hall, toy.centre, 1, stranger)


def test_a_desk_with_somebody_in_hand_is_not_left_or_paused(toy: Any) -> None:
    from queue_server.rules import desks

    toy.open(1)
    toy.take(2)
    toy.call(1)
    assert refusal(desks.close_desk, toy.hall, toy.centre, 1, 1) == "call_in_hand"
    toy.do("start", 1)
    assert refusal(desks.pause_desk, toy.hall, toy.centre, 1, 1, "lunch") == "finish_first"


def test_another_operators_desk_is_not_touched(toy: Any) -> None:
    from queue_server.rules import serving

    toy.open(1)
    with pytest.raises(Forbidden):
        serving.call_next(toy.hall, toy.now, toy.centre, 1, 99)


def test_a_paused_desk_calls_nobody(toy: Any) -> None:
    from queue_server.rules import desks

    toy.open(1)
    toy.take(2)
    toy.fold(desks.pause_desk(toy.hall, toy.centre, 1, 1, "lunch"))
    assert refusal(toy.call, 1) == "desk_paused"
    toy.fold(desks.resume_desk(toy.hall, toy.centre, 1, 1))
    assert toy.call(1) is not None


def test_nobody_is_called_before_opening(toy: Any, moment: Any) -> None:
    toy.now = moment(7, 50)
    toy.take(2)
    toy.open(1)
    assert refusal(toy.call, 1) == "reception_not_open"


# --- who is next ---


def test_first_come_first_called(toy: Any) -> None:
    toy.open(1)
    taken = []
    for service in (2, 3, 4, 5, 9):
        taken.append(toy.take(service))
        toy.wait(seconds=1)
    assert [toy.serve(1) for _ in taken] == taken


def test_two_desks_never_get_one_ticket(toy: Any) -> None:
    toy.open(1)
    toy.open(2)
    toy.take(2)
    assert toy.call(1) is not None
    assert toy.call(2) is None


def test_an_operator_is_given_only_tickets_of_the_own_groups(toy: Any) -> None:
    toy.open(1)  # А and Д
    toy.take(22)  # Л
    assert toy.call(1) is None


def test_a_desk_calls_the_next_only_when_it_is_free(toy: Any) -> None:
    toy.open(1)
    toy.take(2)
    toy.take(2)
    toy.call(1)
    assert refusal(toy.call, 1) == "call_in_hand"
    toy.do("start", 1)
    assert refusal(toy.call, 1) == "finish_first"


def test_a_small_queue_does_not_starve_behind_a_large_one(toy: Any) -> None:
    toy.open(2)  # А and К
    for _ in range(30):
        toy.take(2)
    toy.wait(minutes=1)
    displaced = toy.take(15)
    toy.wait(minutes=1)
    called = []
    while displaced not in called:
        called.append(toy.serve(2, minutes=0.1))
        toy.take(2)  # and more keep coming
        toy.wait(seconds=5)
    assert len(called) <= 31  # its turn comes by its waiting time, not after everybody who came later


def test_secondary_skills_wait_until_the_primary_queue_is_empty(toy: Any) -> None:
    toy.open(2, secondary=("vpo",))
    helped = toy.take(15)
    toy.wait(seconds=5)
    own = toy.take(2)
    assert toy.serve(2) is own
    assert toy.serve(2) is helped


# --- several tickets of one visitor ---


def test_a_visitor_is_never_called_to_two_places(toy: Any) -> None:
    toy.open(1)
    toy.open(4)
    first, _second = toy.visit(2, 22)
    follower = toy.take(22)
    assert toy.call(1) is first
    assert toy.call(4) is follower


def test_the_other_ticket_keeps_its_place_and_comes_after_the_walk(toy: Any) -> None:
    toy.open(1)
    toy.open(4)
    _first, second = toy.visit(2, 22)
    toy.wait(seconds=1)
    toy.take(22)
    toy.take(22)
    toy.serve(1)
    assert toy.call(4) is not second  # still walking
    toy.do("start", 4)
    toy.wait(seconds=61)
    toy.finish(4)
    assert toy.call(4) is second


def test_somebody_walking_is_called_when_nobody_else_waits(toy: Any) -> None:
    toy.open(1)
    toy.open(4)
    _first, second = toy.visit(2, 22)
    toy.serve(1)
    assert toy.call(4) is second


# --- answering a call ---


def test_a_call_is_repeated_not_sooner_than_15_seconds_and_three_times_at_most(toy: Any) -> None:
    toy.open(1)
    toy.take(2)
    toy.call(1)
    assert refusal(toy.do, "recall", 1) == "recall_too_soon"
    for _ in range(2):
        toy.wait(seconds=15)
        toy.do("recall", 1)
    toy.wait(seconds=15)
    assert refusal(toy.do, "recall", 1) == "called_often_enough"


def test_a_no_show_needs_two_calls_and_a_minute(toy: Any) -> None:
    toy.open(1)
    ticket = toy.take(2)
    toy.call(1)
    toy.wait(seconds=61)
    assert refusal(toy.do, "no_show", 1) == "call_again_first"
    toy.do("recall", 1)
    toy.do("no_show", 1)
    assert ticket.state is TicketState.NO_SHOW


def test_two_quick_calls_are_no_minute(toy: Any) -> None:
    toy.open(1)
    toy.take(2)
    toy.call(1)
    toy.wait(seconds=20)
    toy.do("recall", 1)
    assert refusal(toy.do, "no_show", 1) == "no_show_too_soon"


def test_who_missed_the_call_comes_back_after_two_others(toy: Any) -> None:
    toy.open(1)
    late = toy.take(2)
    others = [toy.take(2) for _ in range(4)]
    toy.call(1)
    toy.miss(1)
    toy.reinstate(late)
    assert [toy.serve(1) for _ in range(4)] == [others[0], others[1], late, others[2]]


def test_who_comes_back_is_called_at_once_when_nobody_else_waits(toy: Any) -> None:
    toy.open(1)
    late = toy.take(2)
    toy.call(1)
    toy.miss(1)
    toy.reinstate(late)
    assert toy.call(1) is late


def test_one_comes_back_within_an_hour_and_twice_at_most(toy: Any) -> None:
    toy.open(1)
    late = toy.take(2)
    for _ in range(2):
        toy.call(1)
        toy.miss(1)
        toy.reinstate(late)
    toy.call(1)
    toy.miss(1)
    assert refusal(toy.reinstate, late) == "returned_too_often"

    other = toy.take(2)
    toy.call(1)
    toy.miss(1)
    toy.wait(minutes=61)
    assert refusal(toy.reinstate, other) == "return_too_late"


def test_a_call_by_mistake_costs_nothing(toy: Any) -> None:
    toy.open(1)
    first = toy.take(2)
    toy.wait(seconds=1)
    toy.take(2)
    toy.call(1)
    toy.do("withdraw", 1)
    assert first.state is TicketState.WAITING
    assert toy.call(1) is first


# --- passing on ---


def test_a_wrong_choice_costs_no_place(toy: Any) -> None:
    toy.open(1)
    toy.open(4)
    early = toy.take(2)
    toy.wait(minutes=1)
    later = toy.take(22)
    toy.call(1)
    toy.do("start", 1)
    toy.transfer(1, service=22)
    toy.wait(seconds=61)
    assert (early.letter, early.number, early.group) == ("А", 1, "subsydii")
    assert toy.serve(4) is early
    assert toy.serve(4) is later


def test_a_ticket_passed_to_a_desk_is_called_only_there(toy: Any) -> None:
    toy.open(1)
    toy.open(2)
    ticket = toy.take(2)
    toy.call(1)
    toy.do("start", 1)
    toy.transfer(1, to_desk=2)
    toy.wait(seconds=61)
    assert toy.call(1) is None
    assert toy.call(2) is ticket


def test_when_that_desk_closes_any_capable_desk_may_call(toy: Any) -> None:
    from queue_server.rules import desks

    toy.open(1)
    toy.open(2)
    ticket = toy.take(2)
    toy.call(1)
    toy.do("start", 1)
    toy.transfer(1, to_desk=2)
    toy.wait(seconds=61)
    toy.fold(desks.close_desk(toy.hall, toy.centre, 2, 2))
    assert toy.call(1) is ticket


def test_a_transfer_goes_only_where_somebody_can_serve(toy: Any) -> None:
    toy.open(1)
    toy.open(4)
    toy.take(2)
    toy.call(1)
    toy.do("start", 1)
    assert refusal(toy.transfer, 1) == "transfer_where"
    assert refusal(toy.transfer, 1, to_desk=1) == "transfer_to_itself"
    assert refusal(toy.transfer, 1, to_desk=8) == "desk_closed"
    assert refusal(toy.transfer, 1, to_desk=4) == "desk_without_skill"


def test_who_holds_a_ticket_may_be_passed_on_after_closing(toy: Any, moment: Any) -> None:
    toy.now = moment(16, 45)
    toy.open(1)
    toy.open(4)
    ticket = toy.take(2)
    toy.now = moment(17, 5)
    toy.call(1)
    toy.do("start", 1)
    toy.transfer(1, service=22)
    toy.wait(seconds=61)
    assert toy.call(4) is ticket


# --- the end of a ticket ---


def test_a_cancelled_number_is_not_used_again(toy: Any) -> None:
    from queue_server.rules import visits

    ticket = toy.take(2)
    toy.fold(visits.cancel(toy.hall, ticket.id, "visitor_left"))
    assert toy.take(2).number == 2
    assert refusal(visits.cancel, toy.hall, ticket.id, "visitor_left") == "wrong_state"


@pytest.mark.parametrize("verb", ["start", "recall", "no_show", "withdraw"])
def test_nothing_is_done_with_nobody_at_the_desk(toy: Any, verb: str) -> None:
    toy.open(1)
    assert refusal(toy.do, verb, 1) == "nobody_at_desk"


def test_a_served_ticket_moves_no_more(toy: Any) -> None:
    from queue_server.rules import visits

    toy.open(1)
    ticket = toy.take(2)
    toy.serve(1)
    assert refusal(visits.cancel, toy.hall, ticket.id, "visitor_left") == "wrong_state"
    assert refusal(toy.reinstate, ticket) == "wrong_state"


# --- the day ---


def test_whoever_waits_at_the_hard_stop_expires_and_the_day_is_closed(toy: Any, moment: Any) -> None:
    toy.open(1)
    waiting, called = toy.take(2), toy.take(22)
    toy.open(4)
    toy.call(4)
    toy.now = moment(23, 30)
    toy.tick()
    assert {waiting.state, called.state} == {TicketState.EXPIRED}
    assert not toy.hall.desks
    assert not toy.hall.is_open
    assert toy.tick() == []


def test_a_day_that_nobody_closed_is_closed_the_next_morning(toy: Any, moment: Any) -> None:
    from datetime import date

    ticket = toy.take(2)
    toy.now = moment(9, day=date(2026, 3, 18))
    toy.tick()
    assert ticket.state is TicketState.EXPIRED
    assert toy.hall.day.day == date(2026, 3, 18)
    assert toy.take(2).number == 1


def test_ids_go_on_over_midnight_while_numbers_begin_anew(toy: Any, moment: Any) -> None:
    from datetime import date

    before = toy.take(2)
    toy.now = moment(9, day=date(2026, 3, 17))
    toy.tick()
    after = toy.take(2)
    assert after.id > before.id
    assert after.visit > before.visit
