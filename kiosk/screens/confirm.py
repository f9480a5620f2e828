"""What was chosen, how many people are ahead, and the one big button; also the whole official name on its own page."""

from __future__ import annotations

from config import look
from kiosk import phrases
from kiosk import session as steps
from kiosk.catalogue import group_of, page_count, page_of, service_of
from kiosk.metrics import Box, Shape
from kiosk.page import Page, Style
from kiosk.screens.choice import navigation
from queue_server.client import new_key
from queue_server.messages import ServiceView

NAME_LINES = 3
NAMES_SHOWN = {Shape.PORTRAIT: 2, Shape.WIDE: 2, Shape.SMALL: 0}


def confirm(page: Page) -> None:
    px, box = page.px, page.metrics.content
    put_aside = steps.basket(page.session)
    if page.metrics.shape is Shape.PORTRAIT:
        heights = round(px.big_height * 0.85), px.button_height, px.button_height
        actions = box.below(box.bottom - sum(heights) - 2 * px.gap)
        facts = box.above(actions.top - px.gap)
    else:
        facts, actions = box.columns(round(box.width * 0.61), round(px.margin * 0.9))
        lower = round(px.button_height * (1.16 if page.metrics.shape is Shape.SMALL else 1.0))  # words in two lines
        heights = actions.height - 2 * lower - 2 * px.gap, lower, lower
    _facts(page, facts, put_aside)
    _actions(page, actions, heights, 1 + len(put_aside))


def _facts(page: Page, box: Box, put_aside: tuple[int, ...]) -> None:
    px, theme, words, session = page.px, page.theme, page.words, page.session
    top = page.text(words("kiosk-confirm-title"), page.heading, theme.ink, box.left, box.top, box.width)
    service = service_of(page.centre, session.place.service)
    room = px.gap if page.metrics.shape is Shape.SMALL else round(px.gap * 1.8)
    top = _service(page, Box(box.left, top + room, box.width, 0), service)
    top = page.rule(box.left, top + round(px.gap * 1.4), box.width)
    ahead = phrases.people(words, session.ahead) if session.ahead is not None else "…"
    top = page.fact(box.left, top, box.width, words("kiosk-ahead"), [ahead])
    if put_aside:
        page.fact(
            box.left,
            top,
            box.width,
            words("kiosk-also"),
            _names(page, put_aside),
            answer=Style(look.BOLD, px.fact, 1.2),
        )
        return
    note = words("kiosk-one-service-one-slip")
    if top + px.gap + page.lines_of(note, page.second, box.width) * page.second.height <= box.bottom:
        page.text(note, page.second, theme.muted, box.left, top + px.gap, box.width)


def _names(page: Page, put_aside: tuple[int, ...]) -> list[str]:
    most = NAMES_SHOWN[page.metrics.shape]
    if len(put_aside) > most + 1 or not most:
        shown = put_aside[:most]
        rest = len(put_aside) - len(shown)
        return [*_short(page, shown), page.words("kiosk-and-more" if shown else "kiosk-services", count=rest)]
    return _short(page, put_aside)


def _short(page: Page, numbers: tuple[int, ...]) -> list[str]:
    return [page.name(service_of(page.centre, number).short_name) for number in numbers]


def _service(page: Page, box: Box, service: ServiceView) -> int:
    """Letter, short name, the official name in at most three lines; the whole of it stands behind a button."""
    px, theme, words = page.px, page.theme, page.words
    side = round(px.badge * 1.35)
    page.badge(group_of(page.centre, service.group).letter, box.left, box.top, side)
    left = box.left + side + round(side * 0.27)
    room = box.right - left
    top = page.text(page.name(service.short_name), page.title, theme.ink, left, box.top - round(px.title * 0.08), room)
    official = words("kiosk-official-name", number=str(service.number), name=page.name(service.name))
    lines = page.lines_of(official, page.second, room)
    top = page.text(official, page.second, theme.muted, left, top + px.gap // 2, room, most=NAME_LINES)
    if lines > NAME_LINES:
        size = round(px.button * 0.83)
        label, height = words("kiosk-full-name"), max(page.metrics.target, round(size * 2.1))
        width = min(room, round(size * 0.62 * len(label)) + round(px.row_icon * 2.4) + 2 * px.gap)
        where = Box(left, top + round(px.gap * 0.7), width, height)
        page.button(
            where, label, page.does(steps.show_full_name), size=size, icon="arrow", icon_after=True, centred=True
        )
        top = where.bottom
    return max(top, box.top + side)


def _actions(page: Page, box: Box, heights: tuple[int, int, int], count: int) -> None:
    px, words, session = page.px, page.words, page.session
    first, second, third = heights
    take = words("kiosk-take") if count == 1 else words("kiosk-take-many", count=count)
    big = Box(box.left, box.top, box.width, first)
    page.big_button(big, take, "", lambda: page.act(steps.take, new_key()), "ticket")
    add = Box(box.left, big.bottom + px.gap, box.width, second)
    possible = steps.can_add(session)
    page.button(add, words("kiosk-add"), page.does(steps.add_another), icon="plus", off=not possible)
    back = Box(box.left, add.bottom + px.gap, box.width, third)
    page.button(back, words("kiosk-back"), page.does(steps.back), icon="back")


def full_name(page: Page) -> None:
    """The official name without a cut (R44), by pages where one is not enough."""
    px, theme, words, box = page.px, page.theme, page.words, page.metrics.content
    service = service_of(page.centre, page.session.place.service)
    above = words("kiosk-service", number=str(service.number))
    style = Style(look.SEMIBOLD, px.fact, 1.25)
    top = page.text(above, style, theme.muted, box.left, box.top - round(px.pad_top * 0.3), box.width)
    top = page.text(page.name(service.short_name), page.title, theme.ink, box.left, top, box.width)
    top = page.rule(box.left, top + px.gap, box.width) + px.gap
    nav = box.below(box.bottom - px.nav_height)
    reading = Style(look.REGULAR, px.reading, 1.35)
    lines = page.fit(page.name(service.name), reading, box.width)
    a_page = max(1, (nav.top - px.gap - top) // reading.height)
    for row in page_of(lines, page.session.place.page, a_page):
        page.line(row, reading, theme.ink, box.left, top, box.width)
        top += reading.height
    navigation(page, nav, page_count(lines, a_page))
