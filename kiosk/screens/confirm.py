"""What was chosen, how long it takes, and the one big button; also the whole official name on its own page."""

from __future__ import annotations

from config import look
from kiosk import phrases
from kiosk import session as steps
from kiosk.catalogue import group_of, page_count, page_of, service_of
from kiosk.metrics import Box, Shape
from kiosk.page import Page, Style
from kiosk.screens.choice import navigation
from queue_server.client import new_key
from queue_server.messages import EstimateView, ServiceView

NAME_LINES = 3


def confirm(page: Page) -> None:
    px, box = page.px, page.metrics.content
    stopped = steps.stopped(page.session, page.session.place.service) is not None
    if page.metrics.shape is Shape.PORTRAIT:
        heights = round(px.big_height * 0.85), px.button_height, px.button_height
        shown = 3 if not stopped else 2 if steps.obtainable(page.session) else 1
        actions = box.below(box.bottom - sum(heights[:shown]) - (shown - 1) * px.gap)
        facts = box.above(actions.top - px.gap)
    else:
        facts, actions = box.columns(round(box.width * 0.61), round(px.margin * 0.9))
        lower = round(px.button_height * (1.16 if page.metrics.shape is Shape.SMALL else 1.0))  # words in two lines
        heights = actions.height - 2 * lower - 2 * px.gap, lower, lower
    _facts(page, facts)
    if stopped:
        _actions_of_stopped(page, actions, heights)
    else:
        _actions(page, actions, heights)


def _facts(page: Page, box: Box) -> None:
    px, theme, words, session = page.px, page.theme, page.words, page.session
    put_aside = steps.basket(session)
    top = page.text(words("kiosk-confirm-title"), page.heading, theme.ink, box.left, box.top, box.width)
    service = service_of(page.centre, session.place.service)
    top += px.gap if page.metrics.shape is Shape.SMALL else round(px.gap * 1.8)
    under = round(px.gap * 1.4) + px.rule
    least = _told_height(page, box.width)
    name_lines = NAME_LINES
    while name_lines > 1 and top + service_height(page, box.width, service, name_lines) + under + least > box.bottom:
        name_lines -= 1  # the whole name stands behind its button; the wait stands nowhere else
    top = service_block(page, Box(box.left, top, box.width, 0), service, name_lines)
    top = page.rule(box.left, top + round(px.gap * 1.4), box.width)
    top = _told(page, box.below(top))
    if put_aside:
        _put_aside(page, box.below(top), put_aside)
    if put_aside or steps.stopped(session, service.number):
        return
    note = words("kiosk-one-service-one-slip")
    if top + px.gap + page.lines_of(note, page.second, box.width) * page.second.height <= box.bottom:
        page.text(note, page.second, theme.muted, box.left, top + px.gap, box.width)


def _told(page: Page, box: Box) -> int:
    """How many are ahead and how long it takes, told before the ticket is taken (I11); or why there is none today."""
    px, words, told = page.px, page.words, _estimate(page)
    if told is not None and told.reason is not None:
        return page.note(box.below(box.top + px.gap), *phrases.stop(words, told.reason))
    if told is not None and phrases.goes_at_once(told):
        top = page.text(words("kiosk-wait-now"), _at_once(page), page.theme.ink, box.left, box.top + px.gap, box.width)
        return page.rule(box.left, top + px.gap, box.width, px.hair, page.theme.line)
    top, rows = box.top, _rows(page, told)
    height = min(px.fact_height, max(1, box.height // len(rows)))
    for question, answer in rows:
        top = page.fact(box.left, top, box.width, question, [answer], height=height)
    return top


def _told_height(page: Page, width: int) -> int:
    """The least room that ``_told`` needs."""
    px, told = page.px, _estimate(page)
    if told is not None and told.reason is not None:
        return px.gap + page.note(Box(0, 0, width, 0), *phrases.stop(page.words, told.reason), measure=True)
    if told is not None and phrases.goes_at_once(told):
        style = _at_once(page)
        return 2 * px.gap + page.lines_of(page.words("kiosk-wait-now"), style, width) * style.height + px.hair
    answer = Style(look.EXTRABOLD, px.answer, 1.15)
    return sum(page.fact_height(width, row[0], [row[1]], answer, 0) + px.hair for row in _rows(page, told))


def _rows(page: Page, told: EstimateView | None) -> list[tuple[str, str]]:
    words = page.words
    if told is None:
        return [(words("kiosk-ahead"), "…")]
    rows = [(words("kiosk-ahead"), phrases.people(words, told.ahead))]
    if wait := phrases.wait(words, told):
        rows.append((words("kiosk-wait-about"), wait))
    return rows


def _estimate(page: Page) -> EstimateView | None:
    return steps.estimate_of(page.session, page.session.place.service)


def _at_once(page: Page) -> Style:
    return Style(look.BOLD, page.px.step, 1.2)


def _put_aside(page: Page, box: Box, services: tuple[int, ...]) -> None:
    """The other services of this round, each with its own wait; as many as fit, then how many more."""
    px, words = page.px, page.words
    answer, small = Style(look.BOLD, px.fact, 1.2), round(px.fact_height * 0.72)

    def height(question: str, told: str) -> int:
        return page.fact_height(box.width, question, [told], answer, small) + px.hair

    also = words("kiosk-also")
    rows = []
    for service in services:
        told = steps.estimate_of(page.session, service)
        name = page.name(service_of(page.centre, service).short_name)
        rows.append((name, phrases.in_short(words, told) if told else "…"))
    heading = page.second.height + px.gap
    room = box.height - heading
    shown = len(rows)
    while shown and sum(height(*row) for row in rows[:shown]) + _more_height(page, len(rows) - shown) > room:
        shown -= 1
    if not shown:
        count = words("kiosk-services", count=len(rows))
        page.fact(box.left, box.top, box.width, also, [count], answer=answer, height=small)
        return
    top = page.text(also, page.second, page.theme.muted, box.left, box.top + px.gap, box.width)
    for name, told_short in rows[:shown]:
        top = page.fact(box.left, top, box.width, name, [told_short], answer=answer, height=small)
    if rest := len(rows) - shown:
        more = words("kiosk-and-more", count=rest)
        page.text(more, page.second, page.theme.muted, box.left, top + px.gap // 2, box.width)


def _more_height(page: Page, rest: int) -> int:
    return page.px.gap // 2 + page.second.height if rest else 0


def service_block(page: Page, box: Box, service: ServiceView, most: int) -> int:
    """Letter, short name, the official name in ``most`` lines; where it is longer its whole stands behind a button."""
    px, theme, words = page.px, page.theme, page.words
    side, left = round(px.badge * 1.35), box.left + _beside_badge(page)
    page.badge(group_of(page.centre, service.group).letter, box.left, box.top, side)
    room = box.right - left
    top = page.text(page.name(service.short_name), page.title, theme.ink, left, box.top - round(px.title * 0.08), room)
    official = _official(page, service)
    top = page.text(official, page.second, theme.muted, left, top + px.gap // 2, room, most=most)
    if page.lines_of(official, page.second, room) > most:
        size, label = round(px.button * 0.83), words("kiosk-full-name")
        width = min(room, round(size * 0.62 * len(label)) + round(px.row_icon * 2.4) + 2 * px.gap)
        where = Box(left, top + round(px.gap * 0.7), width, _name_button_height(page))
        page.button(
            where, label, page.does(steps.show_full_name), size=size, icon="arrow", icon_after=True, centred=True
        )
        top = where.bottom
    return max(top, box.top + side)


def service_height(page: Page, width: int, service: ServiceView, most: int) -> int:
    """Of ``service_block``."""
    px, room = page.px, width - _beside_badge(page)
    lines = page.lines_of(_official(page, service), page.second, room)
    height = page.lines_of(page.name(service.short_name), page.title, room) * page.title.height
    height += px.gap // 2 - round(px.title * 0.08) + min(lines, most) * page.second.height
    if lines > most:
        height += round(px.gap * 0.7) + _name_button_height(page)
    return max(height, round(px.badge * 1.35))


def _official(page: Page, service: ServiceView) -> str:
    return page.words("kiosk-official-name", number=str(service.number), name=page.name(service.name))


def _beside_badge(page: Page) -> int:
    side = round(page.px.badge * 1.35)
    return side + round(side * 0.27)


def _name_button_height(page: Page) -> int:
    return max(page.metrics.target, round(round(page.px.button * 0.83) * 2.1))


def _actions(page: Page, box: Box, heights: tuple[int, int, int]) -> None:
    px, words, session = page.px, page.words, page.session
    first, second, third = heights
    big = Box(box.left, box.top, box.width, first)
    _take(page, big)
    add = Box(box.left, big.bottom + px.gap, box.width, second)
    possible = steps.can_add(session)
    page.button(add, words("kiosk-add"), page.does(steps.add_another), icon="plus", off=not possible)
    back = Box(box.left, add.bottom + px.gap, box.width, third)
    page.button(back, words("kiosk-back"), page.does(steps.back), icon="back")


def _actions_of_stopped(page: Page, box: Box, heights: tuple[int, int, int]) -> None:
    """Nothing to take here: another service, or the ones that were put aside."""
    words, (first, second, _) = page.words, heights
    big = Box(box.left, box.top, box.width, first)
    if not steps.obtainable(page.session):
        page.button(big, words("kiosk-choose-other"), page.does(steps.back), icon="back", accent=True)
        return
    _take(page, big)
    other = Box(box.left, big.bottom + page.px.gap, box.width, second)
    page.button(other, words("kiosk-choose-other"), page.does(steps.back), icon="back")


def _take(page: Page, box: Box) -> None:
    count = len(steps.obtainable(page.session))
    take = page.words("kiosk-take") if count == 1 else page.words("kiosk-take-many", count=count)
    page.big_button(box, take, "", lambda: page.act(steps.take, new_key()), "ticket")


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
