"""«У мене попередній запис»: a pad to type a code or a number on, and what the arrival means."""

from __future__ import annotations

from collections.abc import Callable

from config import look
from config.words import clock_time, ticket_number
from kiosk import arrival, phrases
from kiosk import session as steps
from kiosk.catalogue import service_of, zone_of
from kiosk.metrics import Box, Shape
from kiosk.page import Page, Style
from kiosk.screens.walk import walk, walk_height
from kiosk.text import width_of
from kiosk.widgets import Plate
from queue_server.client import new_key
from queue_server.messages import CheckedIn

ROWS = 4
"""Of figures on the pad: three to a row, and the row of the nought."""
EXAMPLE = 501


def code(page: Page) -> None:
    px, box = page.px, page.metrics.content
    confirm_height = round(px.button_height * 1.1)
    if page.metrics.shape is Shape.PORTRAIT:
        buttons = box.below(box.bottom - confirm_height)
        top = _asked(page, box) + px.gap
        _pad_standing(page, Box(box.left, top, box.width, buttons.top - 2 * px.gap - top))
        back, done = buttons.columns(round(box.width * 0.3), px.gap)
        _buttons(page, back, done)
        return
    left, right = box.columns(round(box.width * 0.42), px.margin)
    back = left.below(left.bottom - px.button_height)
    done = Box(left.left, back.top - px.gap - confirm_height, left.width, confirm_height)
    _asked(page, left.above(done.top - px.gap))
    _buttons(page, back, done)
    _pad_lying(page, right)


def _asked(page: Page, box: Box) -> int:
    """What to type, and what is typed so far; in smaller words where the larger ones leave no room for it."""
    px, words, theme = page.px, page.words, page.theme
    title = words("kiosk-code-title")
    lead = words("kiosk-code-lead", example=ticket_number(arrival.letters(page.session)[0], EXAMPLE))
    typed = Style(look.EXTRABOLD, px.title, 1.2)
    field = typed.height + px.gap
    for heading, second in ((page.heading, page.lead), (page.title, page.lead), (page.title, page.second)):
        height = page.lines_of(title, heading, box.width) * heading.height + px.gap // 2
        height += page.lines_of(lead, second, box.width) * second.height + px.gap // 2
        if height + field <= box.height:
            break
    top = page.text(title, heading, theme.ink, box.left, box.top, box.width)
    top = page.text(lead, second, theme.muted, box.left, top + px.gap // 2, box.width) + px.gap // 2
    page.field(Box(box.left, top, box.width, field), theme.card, edge=theme.ink, border=px.border, radius=px.radius)
    if told := phrases.as_typed(arrival.typed(page.session)):
        page.line(told, typed, theme.ink, box.left + px.gap, top + px.gap // 2, box.width - 2 * px.gap)
    return top + field


def _buttons(page: Page, back: Box, done: Box) -> None:
    words, ready = page.words, arrival.ready(page.session)
    page.button(back, words("kiosk-back"), page.does(steps.back), icon="back", centred=True)
    page.button(
        done, words("kiosk-code-confirm"), lambda: page.act(arrival.check_in, new_key()),
        icon="check", accent=ready, off=not ready, centred=True,
    )  # fmt: skip


def _pad_standing(page: Page, box: Box) -> None:
    """Letters in full rows above, figures below."""
    px, letters, across = page.px, arrival.letters(page.session), 6
    rows = -(-len(letters) // across)
    height = min(px.button_height, (box.height - px.gap * (rows + ROWS)) // (rows + ROWS))
    for i, letter in enumerate(letters):
        row = Box(box.left, box.top + i // across * (height + px.gap), box.width, height)
        _key(page, row.row(across, px.gap)[i % across], letter, page.does(arrival.type_sign, letter))
    top = box.top + rows * (height + px.gap) + px.gap
    _figures(page, Box(box.left, top, box.width, height * ROWS + px.gap * (ROWS - 1)))


def _pad_lying(page: Page, box: Box) -> None:
    """Letters in columns at the left, figures at the right."""
    px, letters = page.px, arrival.letters(page.session)
    columns = -(-len(letters) // ROWS)
    height = min(round(px.button_height * 1.3), (box.height - px.gap * (ROWS - 1)) // ROWS)
    box = Box(box.left, box.top, box.width, height * ROWS + px.gap * (ROWS - 1))
    part = round((box.width - 2 * px.gap) * columns / (columns + 3.6))
    left, right = box.columns(part, 2 * px.gap)
    for i, letter in enumerate(letters):
        row = Box(left.left, left.top + i // columns * (height + px.gap), left.width, height)
        _key(page, row.row(columns, px.gap)[i % columns], letter, page.does(arrival.type_sign, letter))
    _figures(page, right)


def _figures(page: Page, box: Box) -> None:
    """1 to 9 as on a telephone, the nought in the middle below, and beside it the key that takes the last sign back."""
    gap = page.px.gap
    height = (box.height - gap * (ROWS - 1)) // ROWS
    rows = [Box(box.left, box.top + i * (height + gap), box.width, height).row(3, gap) for i in range(ROWS)]
    for figure in range(1, 10):
        cell = rows[(figure - 1) // 3][(figure - 1) % 3]
        _key(page, cell, str(figure), page.does(arrival.type_sign, str(figure)))
    _key(page, rows[3][1], "0", page.does(arrival.type_sign, "0"))
    _erase(page, rows[3][2])


def _key(page: Page, box: Box, sign: str, action: Callable[[], None]) -> None:
    press = page.press(box, action)
    style = Style(look.BOLD, min(page.px.title, round(box.height * 0.6)), 1.1)
    top = box.top + (box.height - style.height) // 2
    page.line(sign, style, page.theme.ink, box.left, top, box.width, "centre", press)


def _erase(page: Page, box: Box) -> None:
    """In words; a narrow key has only the sign."""
    words, size = page.words("kiosk-code-erase"), round(page.px.button * 0.8)
    if width_of(words, look.BOLD, size) < box.width * 0.84:
        page.button(box, words, page.does(arrival.erase), centred=True, size=size)
        return
    press, side = page.press(box, page.does(arrival.erase)), page.px.button_icon
    page.pictogram("erase", box.left + (box.width - side) // 2, box.top + box.height // 2, side, page.theme.ink, press)


def arrived(page: Page) -> None:
    told = page.session.arrival.told if page.session.arrival else None
    assert told is not None, "this screen stands behind an answer"
    px, box = page.px, page.metrics.content
    if page.metrics.shape is Shape.PORTRAIT:
        done = box.below(box.bottom - round(px.button_height * 1.28))
        top = _said(page, box, told) + px.gap
        lower = px.rule + px.fact_height + walk_height(page, box.width, _steps(page, told), seconds=False)
        top = _plate(page, Box(box.left, top, box.width, done.top - 2 * px.gap - lower - top), told) + px.gap
        _way(page, Box(box.left, top, box.width, done.top - px.gap - top), told)
    else:
        left, right = box.columns(round(box.width * 0.52), px.margin)
        top = _said(page, left, told) + px.gap
        _plate(page, left.below(top), told)
        done = right.below(right.bottom - round(px.button_height * 1.1))
        _way(page, right.above(done.top - px.gap), told)
    page.button(done, page.words("kiosk-done"), page.does(steps.reset), icon="check", accent=True, centred=True)


def _said(page: Page, box: Box, told: CheckedIn) -> int:
    title, means, then = phrases.arrived(page.words, told, page.tz)
    top = page.text(title, page.heading, page.theme.ink, box.left, box.top, box.width) + page.px.gap
    if told.late:
        return page.note(box.below(top), means, then, alert=True)
    return page.text(means, Style(look.BOLD, page.px.step, 1.25), page.theme.ink, box.left, top, box.width)


def _plate(page: Page, box: Box, told: CheckedIn) -> int:
    """The number that will be called, and the service under it."""
    px, style = page.px, Style(look.SEMIBOLD, page.px.step, 1.2)
    name = page.name(service_of(page.centre, told.ticket.service).short_name)
    under = page.lines_of(name, style, box.width) * style.height + round(px.gap * 0.8)
    cell = Box(box.left, box.top, box.width, min(px.plate_height, box.height - under))
    width = Plate.width_for(str(told.ticket.seq), cell)
    plate = page.plate(told.ticket.letter, told.ticket.seq, Box(cell.left, cell.top, width, cell.height))
    return page.text(name, style, page.theme.ink, box.left, box.top + plate.height + round(px.gap * 0.8), box.width)


def _way(page: Page, box: Box, told: CheckedIn) -> None:
    """The agreed time, and what to do until the call; as many steps as there is room for."""
    top = page.rule(box.left, box.top, box.width)
    top = page.fact(box.left, top, box.width, page.words("kiosk-your-time"), [clock_time(told.start, page.tz)])
    top -= page.px.hair
    ways = _steps(page, told)
    while ways and walk_height(page, box.width, ways, seconds=False) > box.bottom - top:
        ways = ways[:-1]
    if ways:
        walk(page, box.below(top), ways)


def _steps(page: Page, told: CheckedIn) -> list[tuple[str, str, str]]:
    words, zone = page.words, zone_of(page.centre, told.ticket.group)
    return [
        ("person", words("kiosk-wait-floor", floor=str(zone.floor)), page.name(zone.name)),
        ("speaker", words("kiosk-watch"), words("kiosk-watch-second")),
    ]
