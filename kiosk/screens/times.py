"""«Записатися на інший день»: days with free times, the times of one day, and what is agreed before it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from config import look
from config.words import clock_time
from kiosk import booking, phrases
from kiosk import session as steps
from kiosk.catalogue import page_count, page_of, service_of
from kiosk.metrics import Box, Shape
from kiosk.page import Page, Style
from kiosk.screens.choice import listed, navigation
from kiosk.screens.confirm import NAME_LINES, service_block, service_height
from kiosk.screens.rows import Row
from queue_server.client import new_key

COLUMNS = {Shape.PORTRAIT: 4, Shape.WIDE: 6, Shape.SMALL: 5}
"""Times side by side."""


def days(page: Page) -> None:
    today = steps.server_time(page.session, page.now)
    assert today is not None, "the centre was read"
    rows = []
    for free in booking.free_days(page.session):
        near = phrases.near_day(page.words, free.day, today.astimezone(page.tz).date())
        told = phrases.day(page.words, free.day)
        rows.append(Row(f"{near} · {told}" if near else told, page.does(booking.choose_day, free.day)))
    listed(page, page.words("kiosk-choose-day"), rows, above=_service(page))


def times(page: Page) -> None:
    px, box, day = page.px, page.metrics.content, page.session.place.day
    assert day is not None, "times are of a day that was chosen"
    above = Style(look.REGULAR, px.row_number, 1.2)
    top = box.top - round(px.pad_top * 0.3)
    most = 2 if page.metrics.shape is Shape.PORTRAIT else 1
    top = page.text(_service(page), above, page.theme.muted, box.left, top, box.width, most=most)
    top = page.text(page.words("kiosk-choose-time"), page.heading, page.theme.ink, box.left, top, box.width)
    top = page.text(phrases.day(page.words, day), page.title, page.theme.ink, box.left, top, box.width) + px.gap
    nav = box.below(box.bottom - px.nav_height)
    cells = [
        (clock_time(start, page.tz), page.does(booking.choose_time, start))
        for start in booking.free_times(page.session)
    ]
    pages = _grid(page, Box(box.left, top, box.width, nav.top - px.gap - top), cells)
    navigation(page, nav, pages)


def _grid(page: Page, box: Box, cells: Sequence[tuple[str, Callable[[], None]]]) -> int:
    """Buttons row after row; returns how many pages there are."""
    px, across = page.px, COLUMNS[page.metrics.shape]
    height = max(page.metrics.target, round(px.button_height * 0.8))
    down = max(1, (box.height + px.gap) // (height + px.gap))
    for i, (words, action) in enumerate(page_of(cells, page.session.place.page, across * down)):
        row = Box(box.left, box.top + i // across * (height + px.gap), box.width, height)
        page.button(row.row(across, px.gap)[i % across], words, action, centred=True)
    return page_count(cells, across * down)


def nearest(page: Page) -> None:
    """Somebody was faster: the free times next to the one that was chosen."""
    told = page.session.booking
    assert told is not None, "only in a booking"
    rows = [
        Row(phrases.day_and_time(page.words, start, page.tz), page.does(booking.choose_time, start))
        for start in told.nearest
    ]
    listed(page, page.words("kiosk-nearest"), rows, above=_service(page))


def _service(page: Page) -> str:
    return page.name(service_of(page.centre, page.session.place.service).short_name)


def agree(page: Page) -> None:
    px, box = page.px, page.metrics.content
    if page.metrics.shape is Shape.PORTRAIT:
        heights = round(px.big_height * 0.85), px.button_height
        actions = box.below(box.bottom - sum(heights) - px.gap)
        facts = box.above(actions.top - px.gap)
    else:
        facts, actions = box.columns(round(box.width * 0.61), round(px.margin * 0.9))
        lower = round(px.button_height * (1.16 if page.metrics.shape is Shape.SMALL else 1.0))
        heights = actions.height - lower - px.gap, lower
    _facts(page, facts)
    big = Box(actions.left, actions.top, actions.width, heights[0])
    page.big_button(big, page.words("kiosk-agree"), "", lambda: page.act(booking.book, new_key()), "calendar")
    other = Box(big.left, big.bottom + px.gap, big.width, heights[1])
    page.button(other, page.words("kiosk-other-time"), page.does(steps.back), icon="back")


def _facts(page: Page, box: Box) -> None:
    px, words, place, told = page.px, page.words, page.session.place, page.session.booking
    assert place.start is not None, "a time was chosen"
    assert told is not None, "only in a booking"
    top = page.text(words("kiosk-agree-title"), page.heading, page.theme.ink, box.left, box.top, box.width) + px.gap
    service = service_of(page.centre, place.service)
    rows = [
        (words("kiosk-day"), phrases.day(words, place.start.astimezone(page.tz).date())),
        (words("kiosk-time"), clock_time(place.start, page.tz)),
    ]
    answer = Style(look.EXTRABOLD, px.answer, 1.15)
    least = px.gap + px.rule + sum(page.fact_height(box.width, asked, [told], answer, 0) for asked, told in rows)
    lines = NAME_LINES
    while lines > 1 and top + service_height(page, box.width, service, lines) + least > box.bottom:
        lines -= 1
    top = service_block(page, Box(box.left, top, box.width, 0), service, lines) + px.gap
    top = page.rule(box.left, top, box.width)
    height = min(px.fact_height, max(1, (box.bottom - top) // len(rows)))
    for asked, answered in rows:
        top = page.fact(box.left, top, box.width, asked, [answered], height=height)
    notes = [words("kiosk-agree-nameless")]
    if told.until is not None:
        notes.insert(0, words("kiosk-agree-held", time=clock_time(told.until, page.tz)))
    for note in notes:
        if top + px.gap // 2 + page.lines_of(note, page.second, box.width) * page.second.height > box.bottom:
            return
        top = page.text(note, page.second, page.theme.muted, box.left, top + px.gap // 2, box.width)
