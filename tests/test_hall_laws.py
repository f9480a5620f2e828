"""Laws that hold whatever happens in the hall: each is tried on random days of arbitrary clicks (Б-Рег 2, 17, 18).

Every row is read a second time by a plain rulebook. Two more laws live elsewhere: a slip never prints «?» (the tests of
paper), and two bookings never share a slot (the tests of appointments, with the calendar).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from queue_server.messages import TicketState as S
from queue_server.rules.moves import MOVES
from tests import laws
from tests.clicks import OFTEN, PRESSES, Clicks, Door, services_of, weekday_centre
from tests.days import random_day
from tests.laws import Laws

DAYS, PRESSES_A_DAY = 34, 210
EXAMPLES, STEPS = 12, 40
Seen = set[tuple[str, str, str]]


@dataclass
class Lived:
    """What the laws found in all the random days: how often each was looked at, and how it was broken."""

    looked: Counter[str] = field(default_factory=Counter)
    broken: dict[str, list[str]] = field(default_factory=dict)
    moves: Seen = field(default_factory=set)

    def take(self, day: str, found: Laws) -> None:
        self.looked += found.looked
        self.moves |= found.moves_seen
        for law, what in found.broken:
            self.broken.setdefault(law, []).append(f"{day}: {what[:1500]}")

    def holds(self, law: str, *, at_least: int) -> None:
        """A law that was hardly looked at proves nothing."""
        assert self.looked[law] >= at_least
        assert not self.broken.get(law), self.broken[law][0]


@pytest.fixture(scope="module")
def days(bakhmut: Any, moment: Any) -> Lived:
    lived = Lived()
    for seed in range(DAYS):
        lived.take(f"seed {seed}", random_day(bakhmut, moment, seed, PRESSES_A_DAY).laws)
    return lived


def test_nothing_breaks_whatever_is_pressed(days: Lived) -> None:
    days.holds(laws.WORKS, at_least=3000)


def test_one_ticket_one_state(days: Lived) -> None:
    """In the records, in the queues, at the desks, on hold, among the expected and the missed: one place each."""
    days.holds(laws.ONE_STATE, at_least=15_000)


def test_a_desk_has_at_most_one_visit_in_hand(days: Lived) -> None:
    days.holds(laws.ONE_VISIT, at_least=3000)


def test_no_two_tickets_of_a_visit_are_called_or_serving_at_once(days: Lived) -> None:
    days.holds(laws.ONE_PLACE, at_least=15_000)


def test_no_number_twice_a_day(days: Lived) -> None:
    """Cancelled, entered late, given by appointment or printed: a number is used once."""
    days.holds(laws.ONE_NUMBER, at_least=500)


def test_first_come_first_called_inside_a_class(days: Lived) -> None:
    """Whoever has an earlier place was with a sibling, on the way, just back or kept for another desk; and the record
    of the call names the first of them with the reason."""
    days.holds(laws.FIFO, at_least=500)


def test_every_next_is_whom_the_rulebook_names(days: Lived) -> None:
    """The ticket, and the fairness runs in the decision record; returns and manual calls change no run."""
    days.holds(laws.RULE, at_least=500)


def test_no_desk_hears_nobody_while_somebody_can_be_called(days: Lived) -> None:
    days.holds(laws.NOBODY, at_least=100)


def test_a_place_never_changes_but_by_a_late_check_in(days: Lived) -> None:
    days.holds(laws.KEY, at_least=2000)


def test_the_log_folded_again_is_the_hall(days: Lived) -> None:
    days.holds(laws.SHADOW, at_least=DAYS)


def test_the_index_holds_exactly_those_who_can_be_called(days: Lived) -> None:
    days.holds(laws.INDEX, at_least=4000)


def test_counters_are_what_a_recount_says(days: Lived) -> None:
    """Work and expected work of every service, those held back, holds of a desk, who served how many, last numbers."""
    days.holds(laws.COUNTS, at_least=4000)


def test_every_move_is_in_the_table(days: Lived) -> None:
    """Of tickets, of desks, and of each provider's reception."""
    days.holds(laws.MOVE, at_least=3000)


def test_what_has_ended_is_left_only_by_reopening_and_undo(days: Lived) -> None:
    days.holds(laws.FINAL, at_least=10)


def test_undo_gives_exactly_the_state_before(days: Lived) -> None:
    days.holds(laws.UNDO, at_least=60)


def test_nobody_is_called_while_reception_is_suspended(days: Lived) -> None:
    days.holds(laws.QUIET, at_least=500)


def test_nobody_is_kept_for_a_desk_that_cannot_call(days: Lived) -> None:
    days.holds(laws.PIN, at_least=3000)


def test_where_reception_is_closed_nobody_waits(days: Lived) -> None:
    days.holds(laws.CLOSED, at_least=3000)


def test_no_no_show_without_two_calls_and_a_minute(days: Lived) -> None:
    days.holds(laws.PATIENCE, at_least=30)


def test_holds_returns_snoozes_and_tickets_of_a_visit_keep_to_their_limits(days: Lived) -> None:
    days.holds(laws.LIMITS, at_least=15_000)


def test_every_line_of_the_table_of_moves_happens(days: Lived) -> None:
    """A source or a target that a day never sees would be a promise nobody keeps."""
    for move in MOVES:
        seen = {(source, target) for event, source, target in days.moves if event == move.event}
        sources = {source for source, target in seen if target in move.target} or {""}
        assert {str(source) for source in move.source} <= sources, move.id
        assert {str(target) for target in move.target} <= {target for _, target in seen}, move.id


# --- the same clicks, chosen and shrunk by hypothesis ---


class AnyDay(RuleBasedStateMachine):
    """Anybody may do anything at any moment; the hall may refuse, but its laws hold."""

    bakhmut: Any = None  # set by the test
    moment: Any = None

    @initialize(hour=st.integers(7, 16), limited=st.booleans())
    def morning(self, hour: int, limited: bool) -> None:
        rules = {"capacity_factor": 0.85} if limited else {}
        centre = weekday_centre(self.bakhmut, **rules)
        centre = centre.model_copy(update={"desks": [place for place in centre.desks if place.number in (1, 2, 4)]})
        self.door = Door(centre, type(self).moment(hour))
        self.clicks = Clicks(self.door, services_of(centre))
        for pick in range(2):
            self.clicks.press("open", 0, pick)

    @rule(
        verb=st.sampled_from([*(verb for verb, weight in OFTEN.items() for _ in range(weight)), *PRESSES]),
        a=st.integers(0, 400),
        b=st.integers(0, 400),
        c=st.integers(0, 400),
    )
    def press(self, verb: str, a: int, b: int, c: int) -> None:
        self.clicks.press(verb, a, b, c)
        self.door.tick()
        self.door.laws.whole(self.door.hall, self.door.now)
        assert not self.door.laws.broken, self.door.laws.broken[0]

    def teardown(self) -> None:
        if hasattr(self, "door"):
            self.door.laws.shadow(self.door.hall, self.door.rows)
            assert not self.door.laws.broken, self.door.laws.broken[0]


def test_no_day_whatever_people_do_breaks_a_law_of_the_hall(bakhmut: Any, moment: Any) -> None:
    machine = type("Day", (AnyDay,), {"bakhmut": bakhmut, "moment": staticmethod(moment)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_random_days_know_every_state(days: Lived) -> None:
    """Else the laws above would hold of days on which nothing happens."""
    assert {target for _, _, target in days.moves} == {str(state) for state in S}
