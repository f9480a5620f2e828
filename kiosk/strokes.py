"""Pictograms as lines: the SVG paths of the look turned into points. Draws nothing, knows no window."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from svg.path import Close, Line, Move, parse_path

from config.look import PICTOGRAMS

GRID = 48.0
STROKE = 4.0
_POINTS_OF_A_CURVE = 24


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line on the 48-unit grid, y downwards; ``closed`` joins its end with its beginning."""

    points: tuple[tuple[float, float], ...]
    closed: bool


@cache
def strokes_of(pictogram: str) -> tuple[Stroke, ...]:
    """The lines of a pictogram of ``config.look.PICTOGRAMS`` (``KeyError`` for any other name)."""
    strokes: list[Stroke] = []
    points: list[complex] = []
    for segment in parse_path(PICTOGRAMS[pictogram]):
        if isinstance(segment, Move):
            strokes += _finished(points)
            points = [segment.end]
        elif isinstance(segment, Close):
            strokes += _finished([*points, segment.end])
            points = [segment.end]
        else:
            count = 1 if isinstance(segment, Line) else _POINTS_OF_A_CURVE
            points += [segment.point(step / count) for step in range(1, count + 1)]
    strokes += _finished(points)
    return tuple(strokes)


def _finished(points: list[complex]) -> list[Stroke]:
    distinct = [p for i, p in enumerate(points) if i == 0 or abs(p - points[i - 1]) > 1e-6]
    if len(distinct) < 2:
        return []
    closed = abs(distinct[0] - distinct[-1]) < 1e-6
    kept = distinct[:-1] if closed else _square_ends(distinct)
    return [Stroke(tuple((p.real, p.imag) for p in kept), closed)]


def _square_ends(points: list[complex]) -> list[complex]:
    """An open line half a stroke longer at both ends, which is what a square cap is."""
    first, second, before, last = points[0], points[1], points[-2], points[-1]
    half = STROKE / 2
    head = first + half * (first - second) / abs(first - second)
    tail = last + half * (last - before) / abs(last - before)
    return [head, *points[1:-1], tail]
