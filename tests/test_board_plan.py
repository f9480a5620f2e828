"""Sizes of the wall by the distance of the farthest seat."""

from __future__ import annotations

from itertools import combinations

import pytest

from config.settings import Board, Screen
from display_board.plan import Box, least_figure_height, plan_wall, px_per_mm

SCREENS = [(1920, 1080, 43), (1920, 1080, 55), (3840, 2160, 65), (1366, 768, 32), (1080, 1920, 43), (1080, 1920, 55)]


def settings(width: int, height: int, inches: float, metres: float) -> Board:
    return Board(screen=Screen(width_px=width, height_px=height, diagonal_in=inches), viewing_distance_m=metres)


@pytest.mark.parametrize(("width", "height", "inches"), SCREENS)
@pytest.mark.parametrize("metres", [3, 8, 15])
@pytest.mark.parametrize("queues", [0, 11])
def test_figures_are_as_high_as_the_farthest_seat_needs_or_the_installer_is_told(
    width: int, height: int, inches: float, metres: float, queues: int
) -> None:
    wall = settings(width, height, inches, metres)
    plan = plan_wall(width, height, wall, queues)
    needed = metres * 1000 / 120 * px_per_mm(width, height, wall)
    assert plan.figure_height >= needed or plan.too_small
    if width > height and inches >= 43:
        assert not plan.too_small


def test_the_reference_wall_has_five_rows_of_134_pixels_at_eight_metres() -> None:
    wall = settings(1920, 1080, 43, 8)
    plan = plan_wall(1920, 1080, wall, 7)
    assert len(plan.rows) == 5
    assert least_figure_height(1920, 1080, wall) == pytest.approx(134.5, abs=0.5)
    assert 134.4 <= plan.figure_height < 140


def test_a_farther_seat_means_fewer_rows_and_never_smaller_figures() -> None:
    plans = [plan_wall(1920, 1080, settings(1920, 1080, 43, metres), 7) for metres in (5, 8, 10, 12, 15)]
    rows = [len(plan.rows) for plan in plans]
    assert rows == sorted(rows, reverse=True)
    assert rows[0] == 5
    assert rows[-1] < 4
    heights = [plan.figure_height for plan in plans]
    assert heights == sorted(heights)


@pytest.mark.parametrize(("width", "height", "inches"), SCREENS)
@pytest.mark.parametrize("queues", [0, 1, 7, 8, 11])
@pytest.mark.parametrize("metres", [8, 15])
def test_nothing_lies_on_anything_else_or_outside_the_screen(
    width: int, height: int, inches: float, queues: int, metres: float
) -> None:
    plan = plan_wall(width, height, settings(width, height, inches, metres), queues)
    boxes = [plan.header, plan.calls_words, *plan.rows, *plan.queue_words, *plan.queue_cells, plan.foot]
    assert len(plan.queue_cells) == queues
    for box in boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= width + 0.5
        assert box.bottom <= height + 0.5
    for one, other in combinations(boxes, 2):
        assert not overlap(one, other), (one, other)


def overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > 0.5 and down > 0.5
