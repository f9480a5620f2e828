"""What stands on every screen: the centre and its clock above, the bar of helpers below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from config import look
from config.words import words_in
from kiosk import session as steps
from kiosk.metrics import Box
from kiosk.page import Page, Style
from kiosk.text import largest, width_of

HELPERS = 5
"""Places in the bar; a helper keeps its place for ever, whichever others there are."""
LANGUAGE = 4


def header(page: Page) -> None:
    px, box, theme = page.px, page.metrics.header, page.theme
    page.rule(0, box.bottom - px.header_rule, box.width, px.header_rule)
    if page.session.centre is None:
        return
    name, second = Style(look.BOLD, px.header_name, 1.2), Style(look.REGULAR, px.header_second, 1.2)
    clock = Style(look.BOLD, px.header_clock, 1.1)
    middle = (box.height - px.header_rule) // 2
    top = middle - (clock.height + second.height) // 2
    inner = box.inset(px.margin)
    now = _local(page, page.now)
    page.clock = page.line(f"{now:%H:%M}", clock, theme.ink, inner.left, top, inner.width, "right")
    page.date = page.line(
        page.words.long_date(now.date()), second, theme.muted, inner.left, top + clock.height, inner.width, "right"
    )
    room = inner.width - max(page.clock.width, page.date.width) - px.gap
    centre = page.name(page.centre.name)
    size = largest(centre, look.BOLD, px.header_name, room)
    top = middle - (name.height + second.height) // 2
    page.line(centre, Style(look.BOLD, size, name.height / size), theme.ink, inner.left, top, room)
    page.line(page.name(page.centre.city), second, theme.muted, inner.left, top + name.height, room)


def keep_time(page: Page, now: float) -> None:
    """The clock goes on without drawing the screen anew."""
    if page.clock is None or page.date is None:
        return
    moment = _local(page, now)
    for line, text in ((page.clock, f"{moment:%H:%M}"), (page.date, page.words.long_date(moment.date()))):
        if line.text != text:
            right = line.right
            line.say(text)
            line.right = right


def _local(page: Page, now: float) -> datetime:
    moment = steps.server_time(page.session, now)
    assert moment is not None, "a known centre has a known time"
    return moment.astimezone(ZoneInfo(page.centre.timezone))


def helpers(page: Page) -> None:
    """Ink ground with helpers at their lasting places; the room of those that are not there says where help is."""
    px, box, theme = page.px, page.metrics.helpers, page.theme
    page.field(box, look.LIGHT.ink if theme is look.LIGHT else theme.paper)
    inner = box.inset(px.helpers_pad, px.helpers_pad)
    places = inner.row(HELPERS, px.helpers_gap)
    places[LANGUAGE] = _wide_enough(page, places[LANGUAGE])
    if page.session.centre is None or len(page.centre.languages) < 2:
        places = [*places, Box(inner.right, inner.top, 0, inner.height)]
    else:
        _helper(page, places[LANGUAGE], "globe", *_language(page))
    style = Style(look.SEMIBOLD, px.helper_word, 1.3)
    room = places[LANGUAGE].left - px.helpers_gap - px.margin - px.gap
    question, answer = page.words("kiosk-help-question"), page.words("kiosk-help-answer")
    rows = [*page.fit(question, style, room), *page.fit(answer, style, room)]
    side = px.helper_icon
    top = box.top + (box.height - len(rows) * style.height) // 2
    page.pictogram("person", px.margin, box.top + box.height // 2, side, _on_bar(page))
    for row in rows:
        page.line(row, style, _on_bar(page), px.margin + side + px.gap, top, room - side - px.gap)
        top += style.height


def _wide_enough(page: Page, place: Box) -> Box:
    """A place keeps its right edge and grows to the left where a language's own name is long."""
    px = page.px
    names = [words_in(code)("language-name") for code in (page.centre.languages if page.session.centre else [])]
    widest = max((width_of(name, look.SEMIBOLD, px.helper_word) for name in names), default=0)
    width = max(place.width, widest + 2 * px.helpers_pad + 2 * px.helpers_gap)
    return Box(place.right - width, place.top, width, place.height)


def _on_bar(page: Page) -> str:
    return look.LIGHT.card if page.theme is look.LIGHT else page.theme.ink


def _language(page: Page) -> tuple[str, Callable[[], None]]:
    """With two languages the word is the other one's own name, for those who cannot read this one."""
    languages = page.centre.languages
    if len(languages) == 2:
        other = next(code for code in languages if code != page.session.language)
        return words_in(other)("language-name"), page.does(steps.switch_language, other)
    return page.words("kiosk-language"), page.does(steps.show_languages)


def _helper(page: Page, box: Box, icon: str, word: str, action: Callable[[], None]) -> None:
    px, colour = page.px, _on_bar(page)
    ground = look.LIGHT.ink if page.theme is look.LIGHT else page.theme.paper
    press = page.press(
        box, action, colour=ground, edge=page.theme.line, border=max(2, px.border - 1), pressed=(colour, ground)
    )
    size = largest(word, look.SEMIBOLD, px.helper_word, box.width - 2 * px.helpers_gap)
    style, gap = Style(look.SEMIBOLD, size, 1.15), px.helpers_gap
    height = px.helper_icon + gap + style.height
    top = box.top + (box.height - height) // 2
    left = box.left + (box.width - px.helper_icon) // 2
    page.pictogram(icon, left, top + px.helper_icon // 2, px.helper_icon, colour, press)
    page.line(word, style, colour, box.left, top + px.helper_icon + gap, box.width, "centre", press)
