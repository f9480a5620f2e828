"""Rules changed on purpose, one at a time, and the law that catches each: a law that catches nothing is no law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from queue_server.hall import Hall
from queue_server.hall.now import HallNow
from queue_server.hall.places import Places
from queue_server.hall.queues import Queue
from queue_server.messages import TicketState as S
from queue_server.rules import calling, day, serving, visits
from queue_server.rules import events as ev
from tests import laws
from tests.days import flooded, random_day

TRIES = 40  # days of a kind; most faults show on the first
Patch = pytest.MonkeyPatch
FAULTS: dict[str, tuple[str, str, Callable[[Patch], None]]] = {}


def fault(law: str, days: str = "any") -> Callable[[Callable[[Patch], None]], Callable[[Patch], None]]:
    """Plants a fault that ``law`` must catch on ``days``: any random ones, or floods."""

    def note(plant: Callable[[Patch], None]) -> Callable[[Patch], None]:
        FAULTS[plant.__name__] = (law, days, plant)
        return plant

    return note


def before_each(patch: Patch, kind: type[ev.Event], change: Callable[[Any, ev.Row, Any], None]) -> None:
    """Does something more to the hall before it folds events of a kind."""
    fold = Hall._move

    def folded(self: Any, row: ev.Row, event: Any, ticket: Any) -> None:
        if isinstance(event, kind):
            change(self, row, ticket)
        fold(self, row, event, ticket)

    patch.setattr(Hall, "_move", folded)


def give_number_back(hall: Any, row: ev.Row, ticket: Any) -> None:
    hall.last_number[ticket.letter] = hall.last_number.get(ticket.letter, 1) - 1


@fault(laws.BOUND_C, "flood")
def the_guard_of_a_desk_is_off(patch: Patch) -> None:
    patch.setattr(calling, "_guarded", lambda _look: None)


@fault(laws.BOUND_A, "flood")
def no_ordinary_ticket_is_forced(patch: Patch) -> None:
    decide = calling._candidate

    def unforced(look: Any, group: str, **named: Any) -> Any:
        found = decide(look, group, **named)
        due, claimed = look.heads[group].get("A"), look.heads[group].get("P")
        if found and found.name == "forced" and (due or claimed):
            return replace(found, tier=2 if due else 3, name="appointment", ticket=due or claimed)
        return found

    patch.setattr(calling, "_candidate", unforced)


@fault(laws.BOUND_B, "flood")
def a_desk_forgets_whom_it_passed(patch: Patch) -> None:
    decide = calling.record
    patch.setattr(calling, "record", lambda *found: replace(decide(*found), run_desk=0))


@fault(laws.BOUND_A, "flood")
def a_call_by_record_heeds_no_bound(patch: Patch) -> None:
    patch.setattr(calling, "must_precede", lambda *_asked: None)


@fault(laws.RULE)
def the_runs_of_a_group_are_not_reset(patch: Patch) -> None:
    decide = calling.record

    def record(look: Any, ticket: Any, tier: Any) -> Any:
        queue = look.hall.queue(ticket.group)
        kept = {"run_appointments": queue.run_appointments, "run_priority": queue.run_priority}
        return replace(decide(look, ticket, tier), **(kept if ticket.cls == "W" else {}))

    patch.setattr(calling, "record", record)


@fault(laws.RULE)
def first_in_turn_goes_before_out_of_turn(patch: Patch) -> None:
    patch.setitem(calling.CLASSES, "P", ("first_in_turn", "out_of_turn"))


@fault(laws.RULE)
def an_appointment_is_due_an_hour_early(patch: Patch) -> None:
    look = calling._heads
    hour = timedelta(hours=1)
    patch.setattr(calling, "_heads", lambda h, g, p, a, now, rules: look(h, g, p, a, now + hour, rules))


@fault(laws.RULE)
def who_returns_is_not_next(patch: Patch) -> None:
    patch.setattr(calling, "_returned", lambda _look: None)


@fault(laws.RULE)
def a_pin_keeps_nobody(patch: Patch) -> None:
    patch.setattr(calling, "pins_for", lambda hall, *_asked: (None, *hall.desks))


@fault(laws.RULE)
def a_secondary_skill_is_like_a_primary_one(patch: Patch) -> None:
    decide = calling._candidate

    def primary(look: Any, group: str, **named: Any) -> Any:
        found = decide(look, group, **named)
        return found and replace(found, secondary=False)

    patch.setattr(calling, "_candidate", primary)


@fault(laws.FIFO)
def the_last_of_a_class_is_called_first(patch: Patch) -> None:
    def last(self: Any, group: str, line: Any, pin: int | None) -> Any:
        places = self.queue(group).ready.get((line, pin))
        return self.tickets[places[-1][1]] if places else None

    patch.setattr(HallNow, "first", last)


@fault(laws.FIFO)
def the_record_does_not_say_who_was_passed(patch: Patch) -> None:
    patch.setattr(calling, "_passed", lambda *_asked: iter(()))


@fault(laws.NOBODY)
def who_is_on_the_way_is_never_called_though_nobody_else_waits(patch: Patch) -> None:
    patch.setattr(calling, "_nobody_else", lambda _look: {})


@fault(laws.ONE_PLACE)
def siblings_are_not_blocked(patch: Patch) -> None:
    patch.setattr(Places, "_stand", lambda self, ticket: self.queue(ticket.group).offer(ticket))

    def occupy(self: Any, ticket: Any, session: Any, at: Any) -> None:
        session.ticket, session.since, ticket.desk = ticket.id, at, session.desk
        self.visits[ticket.visit].in_hand = ticket.id

    patch.setattr(Places, "_occupy", occupy)


@fault(laws.ONE_VISIT)
def undo_though_something_followed(patch: Patch) -> None:
    def undo(hall: Any, now: Any, centre: Any, number: int, actor: str) -> list[ev.Event]:
        last = hall.tickets[number].last.event
        verb = serving.UNDOABLE[type(last)]
        desk = getattr(last, "desk", None)
        return [ev.MoveUndone(number, desk, verb)] if desk in hall.desks else []  # type: ignore[arg-type]

    patch.setattr(serving, "undo", undo)


@fault(laws.UNDO)
def an_undone_no_show_is_still_a_missed_one(patch: Patch) -> None:
    fold = Hall._undo

    def undo(self: Any, ticket: Any, event: Any, at: Any) -> None:
        missed = ticket.missed_at
        fold(self, ticket, event, at)
        ticket.missed_at = missed

    patch.setattr(Hall, "_undo", undo)


@fault(laws.ONE_NUMBER)
def a_cancelled_number_is_used_again(patch: Patch) -> None:
    before_each(patch, ev.TicketCancelled, give_number_back)


@fault(laws.ONE_NUMBER)
def a_hold_lets_the_number_go(patch: Patch) -> None:
    before_each(patch, ev.TicketHeld, give_number_back)


@fault(laws.KEY)
def who_comes_back_stands_at_the_end(patch: Patch) -> None:
    before_each(patch, ev.TicketReinstated, lambda _hall, row, ticket: setattr(ticket, "queue_key", row.at))


@fault(laws.KEY)
def a_late_check_in_keeps_the_agreed_time(patch: Patch) -> None:
    fold = Hall._check_in

    def check_in(self: Any, event: Any, ticket: Any, at: Any) -> None:
        if event.late:
            ticket.kind = "walk_in"
        fold(self, replace(event, late=False), ticket, at)

    patch.setattr(Hall, "_check_in", check_in)


@fault(laws.ONE_STATE)
def whoever_is_called_stays_in_the_queue(patch: Patch) -> None:
    patch.setattr(Queue, "leave", lambda self, ticket: self.bar(ticket))


@fault(laws.INDEX)
def nobody_needs_time_to_walk(patch: Patch) -> None:
    patch.setattr(HallNow, "arrived", lambda *_asked: iter(()))
    leave = Places._leave_desk
    patch.setattr(Places, "_leave_desk", lambda self, ticket, at, _free_from=None: leave(self, ticket, at))


@fault(laws.COUNTS)
def the_work_of_the_missed_is_counted_on(patch: Patch) -> None:
    before_each(patch, ev.TicketReinstated, lambda hall, _row, t: hall.queue(t.group).work.update({t.service: 1}))


@fault(laws.MOVE)
def who_is_called_may_be_cancelled(patch: Patch) -> None:
    def cancel(hall: Any, number: int, reason: str) -> list[ev.Event]:
        return [ev.TicketCancelled(number, reason)] if hall.tickets[number].state is not S.CANCELLED else []

    patch.setattr(visits, "cancel", cancel)


@fault(laws.FINAL)
def nobody_asks_the_table_of_moves(patch: Patch) -> None:
    patch.setattr(visits, "require", lambda *_asked: None)


@fault(laws.QUIET)
def calls_go_on_during_an_alarm(patch: Patch) -> None:
    patch.setattr(serving, "require_reception", lambda *_asked: None)


@fault(laws.PIN)
def a_desk_that_closes_keeps_its_visitors(patch: Patch) -> None:
    patch.setattr(Places, "_drop_pins", lambda *_asked: None)


@fault(laws.CLOSED)
def the_end_of_the_day_leaves_people_waiting(patch: Patch) -> None:
    patch.setattr(day, "_expire", lambda *_asked: [])


@fault(laws.PATIENCE)
def one_call_is_enough_for_a_no_show(patch: Patch) -> None:
    def no_show(hall: Any, now: Any, centre: Any, desk: int, user: int | None) -> list[ev.Event]:
        return [ev.TicketMissed(serving.in_hand(hall, centre, desk, user, "no-show").id, desk)]

    patch.setattr(serving, "no_show", no_show)


@fault(laws.LIMITS)
def one_may_step_out_again_and_again(patch: Patch) -> None:
    def snooze(hall: Any, now: Any, centre: Any, number: int, minutes: int) -> list[ev.Event]:
        waits = hall.tickets[number].state is S.WAITING
        return [ev.TicketSnoozed(number, now + timedelta(minutes=1))] if waits else []

    patch.setattr(visits, "snooze", snooze)


@fault(laws.SHADOW)
def a_decision_changes_the_hall_by_itself(patch: Patch) -> None:
    decide = serving.hold

    def hold(hall: Any, *asked: Any) -> list[ev.Event]:
        events = decide(hall, *asked)
        hall.tickets[events[0].ticket].snoozes = 1  # type: ignore[union-attr]
        return events

    patch.setattr(serving, "hold", hold)


@fault(laws.WORKS)
def a_number_leaves_the_books_when_served(patch: Patch) -> None:
    before_each(patch, ev.ServiceFinished, lambda hall, _row, ticket: hall.visits.pop(ticket.visit))


def caught(bakhmut: Any, moment: Any, law: str, days: str) -> tuple[int, str] | None:
    """On which day the law caught it, and how."""
    for seed in range(TRIES):
        if days == "flood":
            found = flooded(bakhmut, moment, seed, until=law).laws
        else:
            found = random_day(bakhmut, moment, seed, 200, until=law).laws
        if told := next((what for name, what in found.broken if name == law), None):
            return seed, told
    return None


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_caught_by_the_law_that_forbids_it(
    monkeypatch: Patch, bakhmut: Any, moment: Any, name: str
) -> None:
    law, days, plant = FAULTS[name]
    plant(monkeypatch)
    assert caught(bakhmut, moment, law, days), f"«{law}» did not notice: {name}"


def test_every_law_catches_some_fault() -> None:
    assert {law for law, _, _ in FAULTS.values()} == set(laws.LAWS)
