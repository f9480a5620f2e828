"""Pages that only tell something: waiting for an answer, what cannot be done and why, «Ви ще тут?»."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from config import look
from kiosk import asks as a
from kiosk import session as steps
from kiosk.metrics import Box, Shape
from kiosk.page import Page, Style
from kiosk.state import MAX_TICKETS, Message, Session, Step
from kiosk.widgets import Field

_DOING: dict[type | None, str] = {
    a.Issue: "kiosk-printing",
    a.CheckIn: "kiosk-checking",
    a.FindTimes: "kiosk-finding",
    a.HoldTime: "kiosk-holding",
    a.Book: "kiosk-booking",
}
_REFUSALS = (Message.REFUSED, Message.NOT_CHECKED_IN, Message.NOT_BOOKED)
_QUESTION = "kiosk-question-lead"
_QUESTIONS = {Step.BOOKED: "kiosk-question-booked", Step.ARRIVED: "kiosk-question-arrived"}
_OTHER: dict[Message | None, tuple[str, Callable[..., Session]]] = {
    Message.NOT_CHECKED_IN: ("kiosk-type-again", steps.back)
}


def waiting(page: Page) -> None:
    """A word for a wait that is felt; when the line is broken, that it is tried again and what is kept."""
    px, words, box = page.px, page.words, page.metrics.content
    if not page.session.lost:
        doing = words(_DOING[type(page.session.request)])
        top = page.text(doing, page.heading, page.theme.ink, box.left, box.top, box.width)
        page.text(words("kiosk-please-wait"), page.lead, page.theme.muted, box.left, top + px.gap, box.width)
        return
    bottom = page.note(box, words("kiosk-lost-first"), words("kiosk-lost-then"), alert=True)
    page.text(words("kiosk-lost-lead"), page.lead, page.theme.muted, box.left, bottom + 2 * px.gap, box.width)
    stop = box.below(box.bottom - px.button_height)
    page.button(stop, words("kiosk-give-up"), page.does(steps.home), icon="back")


def message(page: Page) -> None:
    px, words, box, session = page.px, page.words, page.metrics.content, page.session
    kind = session.place.message
    title = words(f"kiosk-message-{kind}", most=MAX_TICKETS)
    top = page.text(title, page.heading, page.theme.ink, box.left, box.top, box.width)
    refused = kind in _REFUSALS and session.refusal is not None
    told = (
        session.refusal.detail if refused and session.refusal else words(f"kiosk-message-{kind}-text", most=MAX_TICKETS)
    )
    page.note(box.below(top + 2 * px.gap), "", told)
    back = box.below(box.bottom - round(px.button_height * 1.28))
    if refused:
        other = Box(box.left, back.top - px.gap - px.button_height, box.width, px.button_height)
        label, step = _OTHER.get(kind, ("kiosk-choose-other", steps.choose_other))
        page.button(other, words(label), page.does(step), icon="back")
        page.button(back, words("kiosk-understood"), page.does(steps.home), icon="check", accent=True)
        return
    choosing = session.trail[-2].step in (Step.PROVIDERS, Step.GROUPS, Step.SERVICES)
    label = words("kiosk-choose-other" if choosing else "kiosk-back")
    page.button(back, label, page.does(steps.back), icon="back", accent=True)


def question(page: Page) -> None:
    """«Ви ще тут?» over the whole screen, with the numbers of the visit where there are any."""
    px, words, theme = page.px, page.words, page.theme
    portrait = page.metrics.shape is Shape.PORTRAIT
    box = Box(0, 0, page.metrics.width, page.metrics.height).inset(px.margin, round(px.margin * (3 if portrait else 1)))
    yes_height = round(px.big_height * (1.2 if portrait else 0.85))
    yes = box.below(box.bottom - yes_height)
    large = Style(look.EXTRABOLD, round(px.heading * 1.4), 1.12)
    top = page.text(words("kiosk-question"), large, theme.ink, box.left, box.top, box.width)
    taken = len(page.session.taken)
    lead = words("kiosk-question-number", count=taken) if taken else words(_QUESTIONS.get(_said(page), _QUESTION))
    top = page.text(lead, page.lead, theme.muted, box.left, top + px.gap, box.width) + round(px.gap * 1.5)
    room = Box(box.left, top, box.width, yes.top - 2 * px.gap - top)
    if numbers := steps.numbers_in_hand(page.session):
        room = _numbers(page, room, numbers)
    _count_down(page, room)
    press = page.press(yes, page.does(steps.stay), accent=True)
    style = Style(look.BOLD, round(px.big * 1.3), 1.15)
    page.line(
        words("kiosk-yes"),
        style,
        theme.on_accent,
        yes.left,
        yes.top + (yes.height - style.height) // 2,
        yes.width,
        "centre",
        press,
    )


def _said(page: Page) -> Step:
    """The screen under a list of languages that is laid over it."""
    return next(place.step for place in reversed(page.session.trail) if place.step is not Step.LANGUAGES)


def _numbers(page: Page, room: Box, numbers: Sequence[tuple[str, int]]) -> Box:
    """The numbers again, so that nobody loses sight of one; beside the countdown on a lying screen."""
    px = page.px
    if page.metrics.shape is Shape.PORTRAIT:
        part, rest = (
            room.above(room.top + round(room.height * 0.4)),
            room.below(room.top + round(room.height * 0.4) + px.gap),
        )
    else:
        part, rest = room.columns(round(room.width * 0.6), px.margin)
    across = 1 if len(numbers) == 1 else 2
    down = -(-len(numbers) // across)
    height = min(px.plate_height, (part.height - px.gap * (down - 1)) // down)
    for i, (letter, seq) in enumerate(numbers):
        column = part.row(across, px.gap)[i % across]
        cell = Box(column.left, part.top + (i // across) * (height + px.gap), column.width, height)
        page.plate(letter, seq, cell)
    return rest


def _count_down(page: Page, room: Box) -> None:
    """A figure and a line that grows shorter; both follow the clock without a new drawing."""
    px, theme, session = page.px, page.theme, page.session
    unit = Style(look.SEMIBOLD, px.lead, 1.3)  # a bare figure could be taken for the number of the queue
    size = round(min(room.height * 0.5, px.plate_height * 0.5))
    style = Style(look.EXTRABOLD, size, 1.0)
    top = room.top + (room.height - style.height - unit.height - px.gap - px.rule) // 2
    figure = page.line(" ", style, theme.ink, room.left - round(size * 0.04), top, room.width)
    seconds = page.line(" ", unit, theme.ink, room.left, top + style.height, room.width)
    where = Box(room.left, top + style.height + unit.height + px.gap, room.width, px.rule)
    page.add_widget(Field(where, page.metrics.height, theme.line))
    line = Field(where, page.metrics.height, theme.ink)
    page.add_widget(line)

    def show(now: float) -> None:
        left = steps.seconds_left(session, now)
        if figure.text != str(ceil(left)):
            figure.say(str(ceil(left)))
            seconds.say(page.words("kiosk-seconds", count=ceil(left)))
        line.resize(round(where.width * left / session.timing.warning_s))

    page.count_down = show
    show(page.now)
