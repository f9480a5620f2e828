"""The three bounds of fairness, each on days made to break it by floods of appointments and priority (Б-Рег 2, 17)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests import laws
from tests.days import flooded
from tests.laws import Laws

SEEDS = range(8)
MOST = 5  # m + k, as delivered


@pytest.fixture(scope="module")
def floods(bakhmut: Any, moment: Any) -> list[Laws]:
    return [flooded(bakhmut, moment, seed).laws for seed in SEEDS]


def holds(floods: list[Laws], bound: str) -> None:
    """Never broken, and come as near to as can be: a day that is too easy proves nothing."""
    broken = [(seed, what) for seed, found in zip(SEEDS, floods, strict=True) for _, what in found.broken]
    assert not broken, broken[0]
    longest: Counter[str] = Counter()
    for found in floods:
        longest |= found.longest
    assert longest[bound] == MOST


def test_at_most_five_of_other_classes_are_called_between_two_ordinary_calls_of_a_group(floods: list[Laws]) -> None:
    """(a), while an ordinary visitor who has waited over an hour could be called."""
    holds(floods, laws.BOUND_A)


def test_no_desk_makes_more_than_five_calls_in_a_row_that_are_not_ordinary(floods: list[Laws]) -> None:
    """(b): a desk of several groups cannot jump from the appointments of one to those of another."""
    holds(floods, laws.BOUND_B)


def test_no_desk_makes_more_than_five_calls_past_the_oldest_whom_it_may_call(floods: list[Laws]) -> None:
    """(c): a desk of two groups cannot starve one of them."""
    holds(floods, laws.BOUND_C)


def test_other_numbers_give_other_bounds(bakhmut: Any, moment: Any) -> None:
    """The bound is the sum of the two runs of the centre's file, whatever they are."""
    found = flooded(bakhmut, moment, 3, appointment_run=1, priority_run=1).laws
    assert not found.broken, found.broken[0]
    assert max(found.longest.values()) == 2
