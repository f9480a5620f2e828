"""What random days once found wrong, each as the shortest story that shows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from queue_server.messages import TicketState as S
from queue_server.records import Ticket
from queue_server.rules import appointments, claims, day, desks, late, serving, visits
from queue_server.rules.refusal import Refused


def serving_now(toy: Any, desk: int, service: int = 2) -> Ticket:
    toy.take(service)
    ticket: Ticket = toy.call(desk)
    toy.do("start", desk)
    return ticket


def booked(toy: Any, service: int, minutes: float) -> Ticket:
    number = 501 + sum(t.slot is not None for t in toy.hall.tickets.values())
    booking = appointments.Booking(service, number, toy.now + timedelta(minutes=minutes))
    toy.fold(appointments.expect(toy.hall, toy.centre, [booking]))
    ticket: Ticket = toy.hall.tickets[toy.hall.last_ticket]
    return ticket


def hold(toy: Any, desk: int) -> None:
    toy.fold(serving.hold(toy.hall, toy.now, toy.centre, desk, desk, "copies"), f"user:{desk}")


def undo(toy: Any, ticket: Ticket) -> None:
    assert ticket.last is not None
    toy.fold(serving.undo(toy.hall, toy.now, toy.centre, ticket.id, ticket.last.actor), ticket.last.actor)


def by_record(toy: Any, desk: int, ticket: Ticket) -> None:
    toy.fold(appointments.call_by_record(toy.hall, toy.now, toy.centre, desk, desk, ticket.id), f"user:{desk}")


def test_who_steps_out_does_not_come_back_first(toy: Any) -> None:
    """Passed on to a desk and waiting there, the visitor goes out for a while: still an ordinary place."""
    toy.open(1)
    toy.open(2)
    ticket = serving_now(toy, 1)
    toy.transfer(1, to_desk=2)
    toy.fold(visits.snooze(toy.hall, toy.now, toy.centre, ticket.id, 10))
    assert not toy.hall.held_at(2)
    with pytest.raises(Refused, match="wrong_state"):
        toy.fold(visits.snooze(toy.hall, toy.now, toy.centre, ticket.id, 10))
    toy.fold(visits.come_back(toy.hall, ticket.id))
    assert (ticket.line, ticket.pinned_desk) == ("W", 2)


def test_who_makes_copies_while_the_desk_closes_goes_on_next_at_any_desk(toy: Any) -> None:
    toy.open(1)
    toy.open(2)
    ticket = serving_now(toy, 1)
    ticket.queue_key += timedelta(hours=1)  # it would stand last, were it ordinary
    hold(toy, 1)
    toy.take(2)
    toy.fold(desks.close_desk(toy.hall, toy.centre, 1, 1))
    toy.fold(visits.come_back(toy.hall, ticket.id))
    assert ticket.line == "R"
    assert toy.call(2) is ticket


def test_a_service_is_reopened_only_where_its_queue_is_served(toy: Any) -> None:
    """A hold there would keep the visitor for a desk that cannot call."""
    toy.open(1)
    toy.open(5)
    ticket = serving_now(toy, 1)
    toy.finish(1)
    with pytest.raises(Refused, match="desk_without_skill"):
        serving.reopen(toy.hall, toy.now, toy.centre, 5, None, ticket.id)


def test_a_service_is_not_reopened_at_a_desk_that_pauses(toy: Any) -> None:
    toy.open(1)
    ticket = serving_now(toy, 1)
    toy.finish(1)
    toy.fold(desks.pause_desk(toy.hall, toy.centre, 1, 1, "lunch"))
    with pytest.raises(Refused, match="desk_paused"):
        serving.reopen(toy.hall, toy.now, toy.centre, 1, 1, ticket.id)


def test_a_service_that_the_head_reopens_elsewhere_counts_for_who_ends_it(toy: Any) -> None:
    toy.open(1)
    toy.open(2)
    ticket = serving_now(toy, 1)
    toy.finish(1)
    toy.fold(serving.reopen(toy.hall, toy.now, toy.centre, 2, None, ticket.id))
    toy.finish(2)
    assert (toy.hall.served[1], toy.hall.served[2]) == (0, 1)
    assert (ticket.leg.user, ticket.leg.desk) == (2, 2)


def test_a_pin_drops_with_its_desk_even_while_the_ticket_is_cancelled(toy: Any) -> None:
    """Undone a moment later, it would wait for ever for a desk that is closed."""
    toy.open(1)
    toy.open(2)
    ticket = serving_now(toy, 1)
    toy.transfer(1, to_desk=2)
    toy.fold(visits.cancel(toy.hall, ticket.id, "visitor_left"))
    toy.fold(desks.close_desk(toy.hall, toy.centre, 2, 2))
    undo(toy, ticket)
    assert ticket.pinned_desk is None
    assert toy.call(1) is ticket


def test_an_undone_no_show_of_a_returned_visitor_is_still_a_return(toy: Any) -> None:
    toy.open(1)
    ticket = serving_now(toy, 1)
    hold(toy, 1)
    toy.fold(visits.come_back(toy.hall, ticket.id))
    toy.call(1)
    toy.miss(1)
    undo(toy, ticket)
    toy.do("withdraw", 1)
    assert ticket.line == "R"


def test_nothing_called_is_brought_back_by_undo_during_an_alarm(toy: Any) -> None:
    toy.open(1)
    toy.take(2)
    ticket = toy.call(1)
    toy.miss(1)
    toy.fold(day.suspend(toy.hall, "air_alarm"))
    with pytest.raises(Refused, match="suspended"):
        undo(toy, ticket)


def test_a_cancelled_ticket_does_not_wait_again_after_the_day_is_closed(toy: Any) -> None:
    ticket = toy.take(2)
    toy.fold(visits.cancel(toy.hall, ticket.id, "visitor_left"))
    toy.fold(day.close(toy.hall, toy.centre))
    with pytest.raises(Refused, match="day_closed"):
        undo(toy, ticket)


def test_whoever_is_set_waiting_after_closing_expires(toy: Any, moment: Any) -> None:
    """The last service is undone and passed on, when reception has closed behind it."""
    toy.open(1)
    ticket = serving_now(toy, 1)
    toy.now = moment(17, 1)
    toy.tick()
    toy.finish(1)
    toy.tick()
    undo(toy, ticket)
    toy.transfer(1, service=3)
    assert ticket.state is S.WAITING
    toy.tick()
    assert ticket.state is S.EXPIRED


def test_a_missed_appointment_is_not_checked_in_after_closing(toy: Any, moment: Any) -> None:
    ticket = booked(toy, 2, 15)
    toy.now = moment(17, 30)
    toy.tick()
    assert ticket.state is S.NO_SHOW
    with pytest.raises(Refused, match="provider_closed_for_today"):
        appointments.check_in(toy.hall, toy.now, toy.centre, ticket.id)


def test_a_missed_appointment_is_no_second_ticket_for_the_same_service(toy: Any) -> None:
    ticket = booked(toy, 2, 0)
    toy.wait(minutes=11)
    toy.tick()
    toy.add(ticket.visit, 2)
    with pytest.raises(Refused, match="same_service_twice"):
        appointments.check_in(toy.hall, toy.now, toy.centre, ticket.id)


def test_paper_is_not_entered_into_a_reception_that_is_closed(toy: Any) -> None:
    toy.tick()
    toy.fold(day.end_reception(toy.hall, toy.centre, "upszn"))
    with pytest.raises(Refused, match="provider_closed_for_today"):
        late.enter(toy.hall, toy.now, toy.centre, "Ц 1", 2, toy.now, "uk")


def test_a_call_by_record_heeds_the_bound_though_a_return_stands_first(toy: Any) -> None:
    """While somebody has returned, the rule's next is the return; the bound of the queue holds all the same."""
    toy.open(1)
    held = serving_now(toy, 1)
    hold(toy, 1)
    toy.take(2)
    toy.wait(minutes=61)  # the hold is over by now; another visitor takes its place as the one who returned
    toy.tick()
    assert toy.call(1) is held
    toy.do("start", 1)
    hold(toy, 1)
    toy.fold(visits.come_back(toy.hall, held.id))
    for _ in range(toy.centre.rules.appointment_run):
        by_record(toy, 1, booked(toy, 2, 0))
        toy.do("start", 1)
        toy.finish(1)
    with pytest.raises(Refused, match="ordinary_first"):
        by_record(toy, 1, booked(toy, 2, 0))


def test_a_call_by_record_does_not_take_who_is_kept_for_another_desk(toy: Any) -> None:
    toy.open(1)
    toy.open(2)
    ticket = booked(toy, 2, 0)
    by_record(toy, 1, ticket)
    toy.do("start", 1)
    toy.transfer(1, to_desk=2)
    with pytest.raises(Refused, match="kept_for_desk"):
        by_record(toy, 1, ticket)


def test_an_appointment_that_fell_into_an_alarm_has_its_grace_after_it(toy: Any) -> None:
    """It may be called by record, and an unanswered call is no no-show yet."""
    toy.open(1)
    ticket = booked(toy, 2, 5)
    toy.fold(day.suspend(toy.hall, "power"))
    toy.wait(minutes=60)
    toy.fold(day.restore(toy.hall, toy.now, toy.centre))
    by_record(toy, 1, ticket)
    toy.wait(seconds=70)
    toy.do("recall", 1)
    toy.wait(seconds=70)
    toy.do("no_show", 1)
    assert ticket.state is S.EXPECTED


def test_a_call_that_came_to_nothing_does_not_shorten_the_way_from_the_desk_before(toy: Any) -> None:
    toy.open(1)
    toy.open(4)
    _, second, third = toy.visit(2, 6, 22)
    toy.call(1)
    toy.do("start", 1)
    toy.finish(1)
    assert toy.call(4) is second  # nobody else waits
    toy.do("withdraw", 4)
    other = toy.take(6)
    assert toy.call(4) is other
    assert third.stands is None


def test_those_whom_nobody_else_precedes_are_called_in_the_order_of_their_classes(toy: Any) -> None:
    """On the way from a desk: legal priority goes before an ordinary place that is older."""
    toy.open(1)
    toy.open(5)
    first, ordinary = toy.visit(15, 2)
    privileged = toy.visit(15, 3)
    toy.fold(claims.claim(toy.hall, privileged[1].id, "out_of_turn", 1))
    for ticket in (first, privileged[0]):
        assert toy.call(5) is ticket
        toy.do("start", 5)
        toy.finish(5)
    assert ordinary.place < privileged[1].place
    assert toy.call(1) is privileged[1]


def test_a_call_by_record_without_check_in_is_no_wait_since_midnight(toy: Any) -> None:
    toy.open(1)
    ticket = booked(toy, 2, 90)
    toy.wait(minutes=90)
    by_record(toy, 1, ticket)
    assert ticket.leg.queued_at == toy.now


def test_a_stage_that_ended_with_a_hold_stays_ended_when_the_ticket_is_cancelled(toy: Any) -> None:
    toy.open(1)
    ticket = serving_now(toy, 1)
    hold(toy, 1)
    ended = toy.now
    toy.wait(minutes=5)
    toy.fold(visits.cancel(toy.hall, ticket.id, "visitor_left"))
    assert (ticket.leg.outcome, ticket.leg.ended_at) == ("held", ended)
    assert ticket.ended_at == toy.now
