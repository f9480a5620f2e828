"""The lists a visitor chooses from: institutions, groups of services, services; also languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from config import look
from config.words import words_in
from kiosk import session as steps
from kiosk.catalogue import (
    closed_providers,
    group_of,
    groups_of,
    open_providers,
    page_count,
    page_of,
    provider_of,
    services_of,
)
from kiosk.metrics import Box, Shape
from kiosk.page import Page, Style
from kiosk.screens.rows import Row, institutions, listing, rows_of_a_page


def providers(page: Page) -> None:
    rows = [
        Row(page.name(p.short_name), page.does(steps.choose, p.code), second=page.name(p.name))
        for p in open_providers(page.centre)
    ]
    listed(page, page.words("kiosk-choose-provider"), rows)


def groups(page: Page) -> None:
    rows = [
        Row(page.name(g.name), page.does(steps.choose, g.code), letter=g.letter)
        for g in groups_of(page.centre, page.session.place.provider)
    ]
    above = page.name(provider_of(page.centre, page.session.place.provider).short_name)
    listed(page, page.words("kiosk-choose-group"), rows, above=above)


def services(page: Page) -> None:
    group = group_of(page.centre, page.session.place.group)
    mine = steps.chosen(page.session)
    rows = [
        Row(
            page.name(s.short_name),
            page.does(steps.choose, s.number),
            number=page.words("kiosk-number-sign", number=str(s.number)),
            off=s.number in mine,
        )
        for s in services_of(page.centre, group.code)
    ]
    listed(page, page.words("kiosk-choose-service"), rows, above=page.name(group.name), letter=group.letter)


def languages(page: Page) -> None:
    rows = [
        Row(words_in(code)("language-name"), page.does(steps.switch_language, code), off=code == page.session.language)
        for code in page.centre.languages
    ]
    listed(page, page.words("kiosk-choose-language"), rows)


def others(page: Page) -> None:
    px, box = page.px, page.metrics.content
    lead = "kiosk-others-lead" if page.session.booking is None else "kiosk-others-lead-booking"
    top = page.text(page.words("kiosk-others"), page.heading, page.theme.ink, box.left, box.top, box.width)
    top = page.text(page.words(lead), page.lead, page.theme.muted, box.left, top + px.gap // 2, box.width)
    top += px.gap // 2
    nav = box.below(box.bottom - px.nav_height)
    room = Box(box.left, top + px.gap, box.width, nav.top - 2 * px.gap - top)
    pages = institutions(page, room, closed_providers(page.centre), page.session.place.page)
    navigation(page, nav, pages)


def listed(page: Page, heading: str, rows: Sequence[Row], *, above: str = "", letter: str = "") -> None:
    """A heading, what was chosen before it, one page of rows, and the way back."""
    px, theme, box = page.px, page.theme, page.metrics.content
    top = box.top - round(px.pad_top * 0.3)
    if above:
        top = _above(page, box, top, above, letter)
    top = page.text(heading, page.heading, theme.ink, box.left, top, box.width)
    nav = box.below(box.bottom - px.nav_height)
    bottom = nav.top - px.gap
    other = steps.first_choice(page.session) and steps.others(page.session)
    if other and page.metrics.shape is Shape.PORTRAIT:
        bottom -= px.nav_height + px.gap
        _others_button(page, Box(box.left, bottom + px.gap, box.width, px.nav_height))
    room = Box(box.left, top + px.gap, box.width, bottom - top - px.gap)
    a_page = rows_of_a_page(page, room, any(row.second for row in rows))
    index = page.session.place.page
    listing(page, room, page_of(rows, index, a_page), a_page)
    beside = (lambda space: _others_button(page, space)) if other and page.metrics.shape is not Shape.PORTRAIT else None
    navigation(page, nav, page_count(rows, a_page), beside)


def _above(page: Page, box: Box, top: int, above: str, letter: str) -> int:
    """Where in the choice this list stands: the group with its letter, or the institution."""
    px, left = page.px, box.left
    style = Style(look.SEMIBOLD, round(px.row * 0.98), 1.2)
    side = round(px.row * 1.8)
    if letter:
        page.badge(letter, left, top, side)
        left += side + round(side * 0.35)
        page.text(above, style, page.theme.ink, left, top + (side - style.height) // 2, box.right - left, most=1)
        return top + side + round(px.gap * 0.7)
    style = Style(look.REGULAR, px.row_number, 1.2)
    most = 2 if page.metrics.shape is Shape.PORTRAIT else 1
    return page.text(above, style, page.theme.muted, left, top, box.width, most=most) + round(px.gap * 0.4)


def _others_button(page: Page, box: Box) -> None:
    words, action = page.words("kiosk-others"), page.does(steps.show_others)
    page.button(box, words, action, size=round(page.px.button * 0.87), icon="arrow", icon_after=True, centred=True)


def navigation(page: Page, nav: Box, pages: int, beside: Callable[[Box], None] | None = None) -> None:
    """Назад, «Сторінка 1 з 2», Далі; a single page needs only the way back. ``beside`` draws one more button."""
    px, words, size = page.px, page.words, round(page.px.button * 0.87)
    side = min(px.nav_width, round(nav.width * 0.29))
    back = Box(nav.left, nav.top, side, nav.height)
    page.button(back, words("kiosk-back"), page.does(steps.turn, -1, pages), icon="back", centred=True, size=size)
    free = Box(back.right + px.gap, nav.top, nav.right - side - px.gap - back.right - px.gap, nav.height)
    if beside is not None:
        wide = min(round(side * 1.6), free.width - round(px.row_number * 7.2))
        beside(Box(free.left, nav.top, wide, nav.height))
        free = Box(free.left + wide + px.gap, nav.top, free.width - wide - px.gap, nav.height)
    if pages < 2:
        return
    index = min(page.session.place.page, pages - 1)
    style = Style(look.REGULAR, px.row_number, 1.2)
    told = words("kiosk-page", page=str(index + 1), pages=str(pages))
    page.line(
        told, style, page.theme.muted, free.left, nav.top + (nav.height - style.height) // 2, free.width, "centre"
    )
    if index + 1 < pages:
        after = Box(nav.right - side, nav.top, side, nav.height)
        action = page.does(steps.turn, 1, pages)
        page.button(after, words("kiosk-next"), action, icon="arrow", centred=True, icon_after=True, size=size)
