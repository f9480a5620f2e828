"""What was agreed: when, the number that will be called, the code; when the paper failed, that it is kept."""

from __future__ import annotations

from config import look
from kiosk import booking, phrases
from kiosk import session as steps
from kiosk.catalogue import service_of
from kiosk.metrics import Box, Shape
from kiosk.page import Page, Style
from kiosk.screens.walk import Way, walk, walk_height
from kiosk.state import Booking, Paper
from kiosk.widgets import Plate
from queue_server.messages import AppointmentView


def booked(page: Page) -> None:
    told = page.session.booking
    assert told is not None, "this screen stands behind an answer"
    assert told.booked is not None, "this screen stands behind an answer"
    px, box, agreed, code = page.px, page.metrics.content, told.booked.appointment, told.booked.code
    if page.metrics.shape is Shape.PORTRAIT:
        done = box.below(box.bottom - round(px.button_height * 1.28))
        lower = px.rule + px.fact_height + px.gap + _below_height(page, told, box.width) + 2 * px.gap
        top = _agreed(page, box.above(done.top - lower), agreed) + px.gap
        _code(page, Box(box.left, top, box.width, done.top - px.gap - top), told, code)
    else:
        left, right = box.columns(round(box.width * 0.5), px.margin)
        _agreed(page, left, agreed)
        done = right.below(right.bottom - round(px.button_height * 1.1))
        _code(page, right.above(done.top - px.gap), told, code)
    page.button(done, page.words("kiosk-done"), page.does(steps.reset), icon="check", accent=True, centred=True)


def _agreed(page: Page, box: Box, agreed: AppointmentView) -> int:
    """When, the number as large as the room allows, and for what."""
    px, theme = page.px, page.theme
    name_style = Style(look.SEMIBOLD, px.step, 1.2)
    top = page.text(page.words("kiosk-booked-title"), page.heading, theme.ink, box.left, box.top, box.width)
    when = phrases.day_and_time(page.words, agreed.start, page.tz)
    top = page.text(when, page.title, theme.ink, box.left, top + px.gap // 2, box.width) + px.gap
    name = page.name(service_of(page.centre, agreed.service).short_name)
    under = page.lines_of(name, name_style, box.width) * name_style.height + round(px.gap * 0.8)
    cell = Box(box.left, top, box.width, min(px.plate_height, box.bottom - top - under))
    width = Plate.width_for(str(agreed.seq), cell)
    plate = page.plate(agreed.letter, agreed.seq, Box(cell.left, top, width, cell.height))
    return page.text(name, name_style, theme.ink, box.left, top + plate.height + round(px.gap * 0.8), box.width)


def _code(page: Page, box: Box, told: Booking, code: str) -> None:
    """The six figures, then what to do now and on the day."""
    px = page.px
    top = page.rule(box.left, box.top, box.width)
    top = page.fact(box.left, top, box.width, page.words("kiosk-booked-code"), [phrases.as_typed(code)])
    if trouble := phrases.booking_trouble(page.words, told):
        bottom = page.note(box.below(top + px.gap), *trouble, alert=True)
        again = Box(box.left, bottom + px.gap, box.width, _reprint_height(page))
        page.button(again, page.words("kiosk-reprint"), page.does(booking.reprint), icon="ticket")
        top = again.bottom + px.gap + px.hair
    way = _way(page, told)
    if walk_height(page, box.width, way, seconds=False) <= box.bottom - top:
        walk(page, box.below(top - px.hair), way)


def _below_height(page: Page, told: Booking, width: int) -> int:
    """The least room under the code."""
    px, height = page.px, walk_height(page, width, _way(page, told), seconds=True)
    if trouble := phrases.booking_trouble(page.words, told):
        height += page.note(Box(0, 0, width, 0), *trouble, alert=True, measure=True)
        height += _reprint_height(page) + 2 * px.gap
    return height


def _reprint_height(page: Page) -> int:
    share = 1.0 if page.metrics.shape is Shape.SMALL else 0.8
    return max(page.metrics.target, round(page.px.button_height * share))


def _way(page: Page, told: Booking) -> Way:
    words = page.words
    come = ("check", words("kiosk-booked-come"), words("kiosk-booked-come-second"))
    match told.paper:
        case Paper.TROUBLE:
            return [come]
        case Paper.PRINTING:
            return [("down", words("kiosk-printing-booking"), words("kiosk-printing-booking-second")), come]
        case Paper.UNKNOWN:
            return [("down", words("kiosk-take-booking"), words("kiosk-take-slip-unknown")), come]
    return [("down", words("kiosk-take-booking"), words("kiosk-take-slip-second")), come]
