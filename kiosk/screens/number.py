"""The number, as large as the screen allows, and what to do with it; when the paper failed, that it is still valid."""

from __future__ import annotations

from collections.abc import Sequence

from config import look
from kiosk import phrases
from kiosk import session as steps
from kiosk.catalogue import service_of, zone_of
from kiosk.metrics import Box, Shape
from kiosk.page import Page, Style
from kiosk.screens.walk import walk, walk_height
from kiosk.state import Paper, Taken
from kiosk.widgets import Plate


def number(page: Page) -> None:
    px, box = page.px, page.metrics.content
    if page.metrics.shape is Shape.PORTRAIT:
        bottom = box.below(box.bottom - round(px.button_height * 1.28))
        trouble = _trouble_height(page, box)
        way = walk_height(page, box.width, _way(page), seconds=len(page.session.taken) < 3)
        last = bottom.top - px.gap - way - px.gap
        last -= trouble + px.gap if trouble else 0
        top = _plates(page, Box(box.left, box.top - 8, box.width, last - box.top + 8)) + px.gap
        if trouble:
            top = _trouble(page, box.below(top)) + px.gap
        walk(page, Box(box.left, top, box.width, bottom.top - px.gap - top), _way(page))
        _buttons(page, bottom)
        return
    wide = 0.58 if len(page.session.taken) > 1 else 0.49
    left, right = box.columns(round(box.width * wide), px.margin)
    _plates(page, left)
    bottom = right.below(right.bottom - round(px.button_height * 1.1))
    top = right.top
    if _trouble_height(page, right):
        top = _trouble(page, right.below(top)) + px.gap
    room = Box(right.left, top, right.width, bottom.top - px.gap - top)
    if walk_height(page, room.width, _way(page), seconds=False) <= room.height:
        walk(page, room, _way(page))
    _buttons(page, bottom)


def _way(page: Page) -> list[tuple[str, str, str]]:
    words, taken = page.words, page.session.taken
    zones = {zone.code: zone for zone in (zone_of(page.centre, t.issued.ticket.group) for t in taken)}
    zone = next(iter(zones.values()))
    floors = {zone.floor for zone in zones.values()}
    wait = words("kiosk-wait-floor", floor=str(zone.floor)) if len(floors) == 1 else words("kiosk-wait")
    where = ", ".join(page.name(zone.name) for zone in zones.values())
    if len(taken) == 1:
        where = f"{where}. {phrases.ahead_of_you(words, taken[0].issued.ticket.ahead_at_issue)}"
    ways = [("person", wait, where), ("speaker", words("kiosk-watch"), words("kiosk-watch-second"))]
    paper = _paper(page, taken)
    if paper is None:
        return ways[:1] if page.metrics.shape is Shape.SMALL or page.metrics.shape is Shape.PORTRAIT else ways
    return [("down", *paper), *ways]


def _paper(page: Page, taken: tuple[Taken, ...]) -> tuple[str, str] | None:
    """The row about the slip; None when it is in trouble and an alert says so."""
    words, papers = page.words, {one.paper for one in taken}
    if Paper.TROUBLE in papers:
        return None
    if Paper.PRINTING in papers:
        return words("kiosk-printing"), words("kiosk-printing-second")
    take = words("kiosk-take-slip") if len(taken) == 1 else words("kiosk-take-slips", count=len(taken))
    return take, words("kiosk-take-slip-second" if Paper.UNKNOWN not in papers else "kiosk-take-slip-unknown")


def _plates(page: Page, box: Box) -> int:
    """All numbers of the visit. One: the whole width and its service below; several: one row each."""
    px, theme, taken = page.px, page.theme, page.session.taken
    title = page.words("kiosk-your-number" if len(taken) == 1 else "kiosk-your-numbers")
    align = "centre" if page.metrics.shape is Shape.PORTRAIT and len(taken) == 1 else "left"
    top = page.text(title, page.heading, theme.ink, box.left, box.top, box.width, align=align) + px.gap
    if page.session.refusal is not None:
        top = page.note(box.below(top), "", page.session.refusal.detail) + px.gap
    if len(taken) > 1:
        return _several(page, box.below(top), taken)
    ticket = taken[0].issued.ticket
    style = Style(look.SEMIBOLD, px.step, 1.2)
    name = page.name(service_of(page.centre, ticket.service).short_name)
    rows = page.fit(name, style, box.width)
    wait = phrases.wait_at_issue(page.words, ticket)
    under = len(rows) * style.height + len(page.fit(wait, page.second, box.width) if wait else ()) * page.second.height
    room = box.bottom - top - round(px.gap * 0.8) - under
    cell = Box(box.left, top, box.width, min(px.plate_height, room))
    if align == "centre":
        width = Plate.width_for(str(ticket.seq), cell)
        cell = Box(box.left + (box.width - width) // 2, top, width, cell.height)
    spare = box.bottom - top - Plate.height_for(str(ticket.seq), cell) - round(px.gap * 0.8) - under
    air = max(0, min(px.gap, spare // 3)) if align == "centre" else 0  # above and below the plate, and under the name
    plate = page.plate(ticket.letter, ticket.seq, Box(cell.left, top + air, cell.width, cell.height))
    below = top + air + plate.height + round(px.gap * 0.8) + air // 2
    below = page.text(name, style, theme.ink, box.left, below, box.width, align=align)
    if wait:
        below = page.text(wait, page.second, theme.muted, box.left, below, box.width, align=align)
    return below + air


def _several(page: Page, box: Box, taken: tuple[Taken, ...]) -> int:
    px, theme, words = page.px, page.theme, page.words
    gap = max(8, px.gap // 2)
    height = min(round(px.plate_height * 0.5), (box.height - gap * (len(taken) - 1)) // len(taken))
    width = round(box.width * (0.42 if page.metrics.shape is Shape.PORTRAIT else 0.34))
    figures = max((str(one.issued.ticket.seq) for one in taken), key=len)
    height = min(height, Plate.height_for(figures, Box(0, 0, width, height)))
    # Two lines of a name fit beside its plate.
    size = min(px.row if page.metrics.shape is not Shape.SMALL else px.row_number, int(height / 2.3))
    bold, second = Style(look.SEMIBOLD, size, 1.15), Style(look.REGULAR, px.row_number, 1.25)
    for i, one in enumerate(taken):
        ticket, top = one.issued.ticket, box.top + i * (height + gap)
        plate = page.plate(ticket.letter, ticket.seq, Box(box.left, top, width, height), whole=True)
        left = box.left + plate.width + px.gap
        rows = page.fit(page.name(service_of(page.centre, ticket.service).short_name), bold, box.right - left)
        spare = (height - len(rows) * bold.height) // second.height
        told = _first_that_fits(page, phrases.place_in_short(words, ticket), second, box.right - left, spare)
        at = top + (height - len(rows) * bold.height - len(told) * second.height) // 2
        for row in rows:
            page.line(row, bold, theme.ink, left, at, box.right - left)
            at += bold.height
        for row in told:
            page.line(row, second, theme.muted, left, at, box.right - left)
            at += second.height
    return box.top + len(taken) * (height + gap) - gap


def _first_that_fits(page: Page, texts: Sequence[str], style: Style, width: int, most: int) -> list[str]:
    """The lines of the first text that needs no more than ``most`` of them; none when no text does."""
    return next((lines for text in texts if len(lines := page.fit(text, style, width)) <= most), [])


def _trouble_height(page: Page, box: Box) -> int:
    told = phrases.paper_trouble(page.words, page.session.taken)
    if told is None:
        return 0
    note = page.note(box, *told, alert=True, measure=True) - box.top
    return note + page.px.gap + _reprint_height(page)


def _reprint_height(page: Page) -> int:
    share = 1.0 if page.metrics.shape is Shape.SMALL else 0.8  # two lines of words in a narrow column
    return max(page.metrics.target, round(page.px.button_height * share))


def _trouble(page: Page, box: Box) -> int:
    told = phrases.paper_trouble(page.words, page.session.taken)
    assert told is not None, "only asked for when there is a trouble"
    bottom = page.note(box, *told, alert=True)
    again = Box(box.left, bottom + page.px.gap, box.width, _reprint_height(page))
    page.button(again, page.words("kiosk-reprint"), page.does(steps.reprint), icon="ticket")
    return again.bottom


def _buttons(page: Page, box: Box) -> None:
    left, right = box.row(2, page.px.gap)
    more = steps.can_add(page.session)
    page.button(left, page.words("kiosk-more"), page.does(steps.begin), icon="plus", off=not more, centred=True)
    page.button(right, page.words("kiosk-done"), page.does(steps.reset), icon="check", accent=True, centred=True)
