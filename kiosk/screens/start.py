"""Where a visitor begins: the one big button; or, plainly, that nothing is open or that the kiosk does not work."""

from __future__ import annotations

from collections.abc import Callable

from config import look
from config.settings import WEEKDAYS
from kiosk import arrival, booking
from kiosk import session as steps
from kiosk.catalogue import open_providers
from kiosk.metrics import Box, Shape
from kiosk.page import Page, Style
from kiosk.screens import rows
from kiosk.screens.walk import walk
from queue_server.client import new_key


def start(page: Page) -> None:
    if steps.nothing_open(page.session):
        _nothing_open(page)
    else:
        _open(page)


def _open(page: Page) -> None:
    px, words, theme, box = page.px, page.words, page.theme, page.metrics.content
    join = words("kiosk-join"), words("kiosk-join-second"), page.does(steps.begin), "ticket"
    portrait = page.metrics.shape is Shape.PORTRAIT
    if portrait:
        top = page.text(words("kiosk-start-title"), page.heading, theme.ink, box.left, box.top, box.width)
        top = page.text(words("kiosk-start-lead"), page.lead, theme.muted, box.left, top + 14, box.width)
        big = Box(box.left, top + 40, box.width, px.big_height)
        page.big_button(big, *join)
        below = _appointments(page, Box(box.left, big.bottom + px.gap, box.width, px.button_height))
        column, top = box, below + 2 * px.gap
    elif page.metrics.shape is Shape.WIDE:
        left, column = box.columns(round(box.width * 0.34), 2 * px.gap)
        top = page.text(words("kiosk-start-title"), page.heading, theme.ink, left.left, left.top, left.width)
        left = left.below(top + px.gap)
        page.big_button(left.above(_over_appointments(page, left)), *join)
        top = column.top
    else:
        top = page.text(words("kiosk-start-title"), page.heading, theme.ink, box.left, box.top - 4, box.width)
        left, column = box.below(top + px.gap).columns(round(box.width * 0.335), 2 * px.gap)
        page.big_button(left.above(_over_appointments(page, left)), *join)
        top = column.top
    top = walk(page, Box(column.left, top, column.width, column.bottom - top), _way(page))
    _open_today(page, column, top + (2 * px.gap if portrait else px.gap))


def _over_appointments(page: Page, column: Box) -> int:
    """Draws the buttons at the foot of a column, one under another; returns where the room above them ends."""
    px, offered = page.px, _offered(page)
    height = max(page.metrics.target, px.button_height)
    top = column.bottom - len(offered) * (height + px.gap) + px.gap
    for i, (words, action, icon) in enumerate(offered):
        box = Box(column.left, top + i * (height + px.gap), column.width, height)
        page.button(box, page.words(words), action, icon=icon)
    return top - px.gap if offered else column.bottom


def _appointments(page: Page, row: Box) -> int:
    """The buttons side by side; returns their bottom, or the top of the row when there are none."""
    offered = _offered(page)
    if not offered:
        return row.top
    for box, (words, action, icon) in zip(row.row(len(offered), page.px.gap), offered, strict=True):
        page.button(box, page.words(words), action, icon=icon, size=round(page.px.button * 0.74))
    return row.bottom


def _offered(page: Page) -> list[tuple[str, Callable[[], None], str]]:
    """What there is beside today's queue, where the centre agrees times."""
    offered: list[tuple[str, Callable[[], None], str]] = []
    if arrival.possible(page.session):
        offered.append(("kiosk-have-booking", page.does(arrival.begin), "check"))
    if booking.possible(page.session):
        offered.append(("kiosk-book", lambda: page.act(steps.begin_booking, new_key()), "calendar"))
    return offered


def _way(page: Page) -> list[tuple[str, str, str]]:
    names = (("ticket", "choose"), ("speaker", "wait"), ("arrow", "go"))
    return [(icon, page.words(f"kiosk-way-{name}"), page.words(f"kiosk-way-{name}-second")) for icon, name in names]


def _open_today(page: Page, column: Box, top: int) -> None:
    """Who receives today and when: as many as there is room for."""
    px, words = page.px, page.words
    title = Style(look.BOLD, px.fact, 1.3)
    answer = Style(look.BOLD, px.fact, 1.2)
    today = steps.server_time(page.session, page.now)
    assert today is not None, "the centre was read"
    day = WEEKDAYS[today.astimezone(page.tz).weekday()]
    known = [(p, p.hours.get(day, [])) for p in open_providers(page.centre)]
    facts = [(page.name(p.short_name), [span.replace("-", "–") for span in spans]) for p, spans in known if spans]
    height = round(px.fact_height * 0.8)
    if not facts:
        return
    first = page.fact_height(column.width, *facts[0], answer, height)
    if top + title.height + px.gap // 2 + px.hair + first > column.bottom:
        return
    top = page.text(words("kiosk-open-today"), title, page.theme.ink, column.left, top, column.width)
    top = page.rule(column.left, top + px.gap // 2, column.width, px.hair, page.theme.line)
    for name, spans in facts:
        needed = page.fact_height(column.width, name, spans, answer, height)
        if top + needed + px.hair > column.bottom:
            return
        top = page.fact(column.left, top, column.width, name, spans, answer=answer, height=height)


def _nothing_open(page: Page) -> None:
    px, words, theme, box = page.px, page.words, page.theme, page.metrics.content
    if steps.suspended(page.session):
        top = page.text(words("kiosk-reason-suspended"), page.heading, theme.ink, box.left, box.top, box.width)
        page.note(box.below(top + 2 * px.gap), "", words("kiosk-suspended-lead"))
        return
    top = page.text(words("kiosk-closed-title"), page.heading, theme.ink, box.left, box.top, box.width)
    top = page.text(words("kiosk-closed-lead"), page.lead, theme.muted, box.left, top + px.gap // 2, box.width)
    row = box.below(box.bottom - max(page.metrics.target, px.button_height))
    if _offered(page):
        _appointments(page, row)
        box = box.above(row.top - px.gap)
    rows.institutions(page, box.below(top + round(px.gap * 1.5)), page.centre.providers, 0, more=True)


def connecting(page: Page) -> None:
    box, words = page.metrics.content, page.words
    top = page.text(words("kiosk-connecting-title"), page.heading, page.theme.ink, box.left, box.top, box.width)
    page.text(words("kiosk-connecting-lead"), page.lead, page.theme.muted, box.left, top + page.px.gap, box.width)


def out_of_service(page: Page) -> None:
    """The server is away. Reception gives everything a kiosk gives (R25)."""
    px, words, box = page.px, page.words, page.metrics.content
    top = page.text(words("kiosk-out-title"), page.heading, page.theme.ink, box.left, box.top, box.width)
    first, then = words("kiosk-out-first"), words("kiosk-out-then")
    bottom = page.note(box.below(top + 2 * px.gap), first, then, alert=True)
    page.text(words("kiosk-out-lead"), page.lead, page.theme.muted, box.left, bottom + 2 * px.gap, box.width)
    if page.session.trouble:
        code = words("kiosk-out-code", code=page.session.trouble)
        page.line(code, page.second, page.theme.muted, box.left, box.bottom - page.second.height, box.width)
