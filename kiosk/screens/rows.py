"""Lists by pages: joined rows to touch in one frame, and institutions that cannot be chosen, with their reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config import look
from kiosk import phrases
from kiosk import session as steps
from kiosk.catalogue import reason_of
from kiosk.metrics import Box, Shape
from kiosk.page import Page, Style
from kiosk.text import width_of
from queue_server.messages import ProviderView

ROWS = {Shape.PORTRAIT: 8, Shape.WIDE: 8, Shape.SMALL: 4}
"""Rows of a page; on a wide screen in two columns of four."""


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` («№ 22») or a badge's ``letter`` stands before the words; ``off`` rows still say why when touched."""

    words: str
    action: Callable[[], None]
    number: str = ""
    letter: str = ""
    second: str = ""
    off: bool = False


def columns(page: Page) -> int:
    return 2 if page.metrics.shape is Shape.WIDE else 1


def rows_of_a_page(page: Page, box: Box, seconds: bool) -> int:
    """How many rows fit: the full page where it can be, fewer where a row has a second line."""
    most = ROWS[page.metrics.shape]
    height = row_height(page, seconds)
    return max(columns(page), min(most, columns(page) * (box.height // height)))


def row_height(page: Page, seconds: bool) -> int:
    return max(round(page.px.row_height * (1.5 if seconds else 1)), page.metrics.target)


def listing(page: Page, box: Box, shown: Sequence[Row], rows_a_page: int) -> None:
    """Rows of one page, column after column; a short list keeps the height of its rows and leaves room below."""
    in_column = rows_a_page // columns(page)
    seconds = any(row.second for row in shown)
    height = min(box.height // in_column, round(row_height(page, seconds) * 1.1))
    for i, part in enumerate(box.row(columns(page), page.px.gap)):
        here = shown[i * in_column : (i + 1) * in_column]
        if here:
            _frame(page, Box(part.left, part.top, part.width, height * len(here)), here)


def _number_width(page: Page) -> int:
    """Room for «№ 22» with air before the name, the same on every page of a list and in every language."""
    px, sample = page.px, page.words("kiosk-number-sign", number="88")
    return max(px.row_number_width, round(px.row * 1.5) + width_of(sample, look.REGULAR, px.row_number))


def _frame(page: Page, box: Box, shown: Sequence[Row]) -> None:
    px, theme = page.px, page.theme
    page.field(box, theme.card, edge=theme.line, border=px.border, radius=px.radius)
    height = box.height // len(shown)
    inner = max(0.0, px.radius - px.border)
    for i, row in enumerate(shown):
        first, last = i == 0, i == len(shown) - 1
        top = box.top + i * height + (px.border if first else 0)
        bottom = box.top + (i + 1) * height - (px.border if last else 0)
        corners = (inner if first else 0, inner if first else 0, inner if last else 0, inner if last else 0)
        cell = Box(box.left + px.border, top, box.width - 2 * px.border, bottom - top)
        _row(page, cell, row, corners)
        if not first:
            page.rule(cell.left, top - px.hair // 2, cell.width, px.hair, theme.line)


def _row(page: Page, cell: Box, row: Row, corners: tuple[float, float, float, float]) -> None:
    px, theme = page.px, page.theme
    press = page.press(cell, row.action, edge=None, border=0, radius=corners, colour=theme.card)
    padding = round(px.row * 0.72)
    middle = cell.top + cell.height // 2
    left = cell.left + padding
    colour = theme.muted if row.off else theme.ink
    if row.letter:
        side = min(round(px.row * 1.75), cell.height - 12)
        page.badge(row.letter, left, middle - side // 2, side, press)
        left += side + padding
    elif row.number:
        style = Style(look.REGULAR, px.row_number, 1.2)
        width = _number_width(page)
        page.line(row.number, style, theme.muted, left, middle - style.height // 2, width, "left", press)
        left = cell.left + width
    arrow = px.row_icon
    room = cell.right - padding - arrow - padding // 2 - left
    words, second = Style(look.SEMIBOLD, px.row, 1.15), Style(look.REGULAR, px.row_number, 1.2)
    lines = page.fit(row.words, words, room)
    below = _cut(page, row.second, second, room, cell.height - len(lines) * words.height)
    top = middle - (len(lines) * words.height + len(below) * second.height) // 2
    for line in lines:
        page.line(line, words, colour, left, top, room, "left", press)
        top += words.height
    for line in below:
        page.line(line, second, theme.muted, left, top, room, "left", press)
        top += second.height
    icon = "check" if row.off else "arrow"
    page.pictogram(icon, cell.right - padding - arrow, middle, arrow, theme.muted if row.off else theme.accent, press)


def _cut(page: Page, text: str, style: Style, room: int, height: int) -> list[str]:
    if not text:
        return []
    most = max(1, min(2, (height - style.size // 2) // style.height))
    return list(page.cut(text, style, room, most))


# --- institutions -----------------------------------------------------------------------------------------------------


def institutions(page: Page, box: Box, providers: Sequence[ProviderView], index: int, *, more: bool = False) -> int:
    """Institutions between hairs, each with the reason why no ticket can be taken there; returns the page count.

    They are to be read, not touched, so they have no frame. With ``more`` the last place leads to all of them when
    not all fit.
    """
    px, padding = page.px, round(page.px.row * (1.3 if page.metrics.shape is Shape.PORTRAIT else 0.9))
    bold, second = Style(look.SEMIBOLD, px.row, 1.2), Style(look.REGULAR, px.row_number, 1.25)
    room = box.below(box.top + px.rule)

    def packed(across: int) -> list[list[_Told]]:
        """Pages with so many columns; each institution is as high as its words."""
        columns_of_page = room.row(across, px.margin)
        width = columns_of_page[0].width
        pages: list[list[_Told]] = [[]]
        column, bottom = 0, room.top
        for provider in providers:
            name, rest = _told(page, provider, width, bold, second)
            height = len(name) * bold.height + len(rest) * second.height + padding
            if bottom + height > room.bottom and bottom > room.top:
                column, bottom = (column + 1) % across, room.top
                if column == 0:
                    pages.append([])
            pages[-1].append(_Told(Box(columns_of_page[column].left, bottom, width, height), name, rest))
            bottom += height
        return pages

    shapes = [packed(1)] if page.metrics.shape is Shape.PORTRAIT else [packed(1), packed(2)]
    pages = min(shapes, key=len)
    shown = pages[min(index, len(pages) - 1)]
    overflow = more and len(pages) > 1
    for told in shown[:-1] if overflow else shown:
        cell = told.cell
        if cell.top == room.top:
            page.rule(cell.left, cell.top - px.rule, cell.width)
        top = cell.top + padding // 2
        for line in told.name:
            page.line(line, bold, page.theme.ink, cell.left, top, cell.width)
            top += bold.height
        for line in told.rest:
            page.line(line, second, page.theme.muted, cell.left, top, cell.width)
            top += second.height
        page.rule(cell.left, cell.bottom - px.hair, cell.width, px.hair, page.theme.line)
    if overflow:
        words, last = page.words("kiosk-others"), shown[-1].cell
        lower = last.below(last.top + px.gap)
        page.button(lower, words, page.does(steps.show_others), icon="arrow", icon_after=True)
    return len(pages)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of one institution, and where."""

    cell: Box
    name: list[str]
    rest: list[str]


def _told(page: Page, provider: ProviderView, room: int, bold: Style, second: Style) -> tuple[list[str], list[str]]:
    """The name, and under it the reason and the hours where they are known."""
    lines = page.fit(phrases.reason(page.words, provider, page.tz), second, room)
    hours = phrases.hours(page.words, provider)
    if hours and reason_of(provider) != "no_services":  # hours without anything to take would only mislead
        lines += page.fit(page.words("kiosk-hours", hours=", ".join(hours)), second, room)
    return page.fit(page.name(provider.short_name), bold, room), lines
