"""Steps of a way, one under another: a pictogram, what to do, and a quieter second line where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config import look
from kiosk.metrics import Box
from kiosk.page import Page, Style

Way = Sequence[tuple[str, str, str]]
"""``(pictogram, what to do, second line)``."""


@dataclass(frozen=True, slots=True)
class _Row:
    icon: str
    do: list[str]
    then: list[str]
    height: int


def walk(page: Page, box: Box, way: Way) -> int:
    """Draws an ink rule and the rows, without second lines where they do not fit; returns the bottom."""
    px, theme = page.px, page.theme
    bold, second = _styles(page)
    rows = _rows(page, box.width, way, seconds=walk_height(page, box.width, way, seconds=True) <= box.height)
    left, room = _words_at(page, box.left, box.width)
    top = page.rule(box.left, box.top, box.width)
    for row in rows:
        at = top + (row.height - len(row.do) * bold.height - len(row.then) * second.height) // 2
        page.pictogram(row.icon, box.left + _indent(page), top + row.height // 2, px.step_icon, theme.ink)
        for line in row.do:
            page.line(line, bold, theme.ink, left, at, room)
            at += bold.height
        for line in row.then:
            page.line(line, second, theme.muted, left, at, room)
            at += second.height
        top = page.rule(box.left, top + row.height, box.width, px.hair, theme.line)
    return top


def walk_height(page: Page, width: int, way: Way, *, seconds: bool) -> int:
    rows = _rows(page, width, way, seconds=seconds)
    return page.px.rule + sum(row.height + page.px.hair for row in rows)


def _rows(page: Page, width: int, way: Way, *, seconds: bool) -> list[_Row]:
    px, (bold, second), rows = page.px, _styles(page), []
    room = _words_at(page, 0, width)[1]
    for icon, do, then in way:
        words = page.fit(do, bold, room)
        below = page.fit(then, second, room) if seconds and then else []
        text = len(words) * bold.height + len(below) * second.height
        least = px.step_height if below else round(px.step_height * 0.64)
        rows.append(_Row(icon, words, below, max(least, text + px.gap, px.step_icon + px.gap)))
    return rows


def _styles(page: Page) -> tuple[Style, Style]:
    return Style(look.BOLD, page.px.step, 1.15), Style(look.REGULAR, page.px.second, 1.3)


def _indent(page: Page) -> int:
    return round(page.px.step_icon * 0.17)


def _words_at(page: Page, left: int, width: int) -> tuple[int, int]:
    begin = _indent(page) + round(page.px.step_icon * 1.5)
    return left + begin, width - begin
