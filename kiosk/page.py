"""One screen being drawn: places words, buttons and signs of the look at pixels counted from the top left corner.

Knows sizes, colours and the language; which words and which buttons is said by the modules in ``kiosk.screens``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kivy.graphics import Color, Rectangle
from kivy.uix.widget import Widget

from config import look
from config.look import Theme
from config.settings import in_language
from config.words import Words
from kiosk import session as steps
from kiosk.metrics import Box, Metrics
from kiosk.state import Session
from kiosk.text import fit_lines, largest, width_of, wrap
from kiosk.widgets import Badge, Field, Line, Pictogram, Plate, Press, rgba
from queue_server.messages import CentreView

FULL_BUTTON = 0.76
"""Of its height: lines that take more would touch the edge of a button, so the pictogram goes first."""

Step = Callable[..., Session]
Act = Callable[..., None]
"""``act(function, *args)``: the session becomes ``function(session, *args, now)``."""


@dataclass(frozen=True, slots=True)
class Style:
    """A face, its size in pixels, the height of its line in em."""

    face: Path
    size: int
    line: float = 1.2

    @property
    def height(self) -> int:
        return round(self.size * self.line)


class Page(Widget):  # type: ignore[misc]
    """What is on the screen now. Rebuilt as a whole when the session changes; screens replace each other at once."""

    def __init__(self, session: Session, now: float, metrics: Metrics, theme: Theme, words: Words, act: Act) -> None:
        super().__init__(size_hint=(None, None), size=(metrics.width, metrics.height))
        self.session, self.now, self.metrics, self.theme, self.words = session, now, metrics, theme, words
        self.px = metrics.px
        self.act = act
        self.clock: Line | None = None
        self.date: Line | None = None
        self.count_down: Callable[[float], None] | None = None
        self.presses: list[Press] = []
        with self.canvas.before:
            Color(*rgba(theme.paper))
            Rectangle(pos=(0, 0), size=self.size)

    # --- styles --------------------------------------------------------------------------------------------------

    @property
    def heading(self) -> Style:
        return Style(look.EXTRABOLD, self.px.heading, 1.12)

    @property
    def title(self) -> Style:
        return Style(look.EXTRABOLD, self.px.title, 1.1)

    @property
    def lead(self) -> Style:
        return Style(look.REGULAR, self.px.lead, 1.35)

    @property
    def second(self) -> Style:
        return Style(look.REGULAR, self.px.second, 1.3)

    # --- names ---------------------------------------------------------------------------------------------------

    @property
    def centre(self) -> CentreView:
        """What is chosen from; this screen is only shown once it is known."""
        return steps.offer(self.session)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.centre.timezone)

    def name(self, texts: dict[str, str]) -> str:
        return in_language(texts, self.session.language)

    def does(self, step: Step, *args: Any) -> Callable[[], None]:
        return lambda: self.act(step, *args)

    # --- drawing -------------------------------------------------------------------------------------------------

    def line(
        self, text: str, style: Style, colour: str, left: int, top: int, width: int = 0,
        align: str = "left", into: Widget | None = None,
    ) -> Line:  # fmt: skip
        """One line of words in a line box that begins at ``top``; aligned within ``width``."""
        line = Line(text, style.face, style.size, colour)
        free = width - line.width
        x = left + (free if align == "right" else round(free / 2) if align == "centre" else 0)
        middle = top + style.height / 2
        line.pos = (x, round(self.metrics.height - middle - line.height / 2))
        line.room = (left, width)  # what a test holds the words against
        (into or self).add_widget(line)
        return line

    def text(
        self, text: str, style: Style, colour: str, left: int, top: int, width: int,
        *, most: int = 99, align: str = "left", into: Widget | None = None,
    ) -> int:  # fmt: skip
        """A paragraph of at most ``most`` lines, cut with «…»; returns where the next thing may begin."""
        for row in fit_lines(text, style.face, style.size, width, most).lines:
            self.line(row, style, colour, left, top, width, align, into)
            top += style.height
        return top

    def cut(self, text: str, style: Style, width: int, most: int) -> tuple[str, ...]:
        return fit_lines(text, style.face, style.size, width, most).lines

    def fit(self, text: str, style: Style, width: int) -> list[str]:
        return wrap(text, style.face, style.size, width)

    def lines_of(self, text: str, style: Style, width: int) -> int:
        return len(wrap(text, style.face, style.size, width))

    def rule(self, left: int, top: int, width: int, thick: int | None = None, colour: str | None = None) -> int:
        height = thick or self.px.rule
        self.add_widget(Field(Box(left, top, width, height), self.metrics.height, colour or self.theme.ink))
        return top + height

    def pictogram(self, name: str, left: int, middle: int, size: int, colour: str, into: Widget | None = None) -> None:
        box = Box(left, middle - size // 2, size, size)
        (into or self).add_widget(Pictogram(name, box, self.metrics.height, colour))

    def badge(self, letter: str, left: int, top: int, side: int, into: Widget | None = None) -> None:
        box = Box(left, top, side, side)
        (into or self).add_widget(Badge(letter, box, self.metrics.height, self.theme.plate, self.theme.on_plate))

    def plate(self, letter: str, seq: int, box: Box, *, whole: bool = False) -> Plate:
        plate = Plate(letter, seq, box, self.metrics.height, self.theme, whole=whole)
        self.add_widget(plate)
        return plate

    def field(self, box: Box, colour: str, **look_of: Any) -> Field:
        field = Field(box, self.metrics.height, colour, **look_of)
        self.add_widget(field)
        return field

    def press(
        self, box: Box, action: Callable[[], None] | None, *, accent: bool = False, off: bool = False, **look_of: Any
    ) -> Press:
        """A bare field to be touched, in the colours of a button; off: dashed (and what it does should say why)."""
        theme = self.theme
        colours = {"colour": theme.paper if off else theme.card, "edge": theme.line}
        if accent:
            colours = {"colour": theme.accent}
        field: dict[str, Any] = {
            "border": self.px.border,
            "radius": self.px.radius,
            "pressed": (theme.ink, theme.paper),
        }
        field |= {"box": box, "screen_height": self.metrics.height, "dashed": off, **colours, **look_of}
        press = Press(action, **field)
        self.presses.append(press)
        self.add_widget(press)
        return press

    # --- composed ------------------------------------------------------------------------------------------------

    def button(
        self, box: Box, words: str, action: Callable[[], None], *, icon: str = "", accent: bool = False,
        off: bool = False, centred: bool = False, icon_after: bool = False, size: int | None = None,
    ) -> Press:  # fmt: skip
        """Pictogram and words, on the left edge or in the middle; words in two lines where one is too long."""
        theme, px = self.theme, self.px
        press = self.press(box, action, accent=accent, off=off)
        colour = theme.on_accent if accent else theme.muted if off else theme.ink
        style = Style(look.BOLD, size or px.button, 1.15)
        side = px.button_icon if icon else 0
        gap = round(side * 0.5) if centred else round(side * 0.6)
        padding = min(round(px.button * 0.78), round(box.width * 0.06))
        room = box.width - 2 * padding - (side + gap if icon else 0)
        if icon and max(width_of(word, style.face, style.size) for word in words.split(" ")) > room:
            icon, side, gap, room = "", 0, 0, box.width - 2 * padding  # words before signs
        lines = wrap(words, style.face, style.size, room)
        alone = wrap(words, style.face, style.size, box.width - 2 * padding)
        if icon and len(alone) < len(lines) and len(lines) * style.height > box.height * FULL_BUTTON:
            icon, side, gap, lines = "", 0, 0, alone
        widest = max(width_of(row, style.face, style.size) for row in lines)
        needed = widest + (side + gap if icon else 0)
        start = box.left + ((box.width - needed) // 2 if centred else padding)
        text_left = start if icon_after or not icon else start + side + gap
        top = box.top + (box.height - len(lines) * style.height) // 2
        for row in lines:
            self.line(row, style, colour, text_left, top, widest, "left", press)
            top += style.height
        if icon:
            at = start + widest + gap if icon_after else start
            self.pictogram(icon, at, box.top + box.height // 2, side, colour, press)
        return press

    def big_button(self, box: Box, words: str, second: str, action: Callable[[], None], icon: str) -> Press:
        """The one accent action of a screen; lying where there is width, standing where there is height."""
        press = self.press(box, action, accent=True)
        if box.width > box.height * 2:
            self._big_lying(press, box, words, second, icon)
        else:
            self._big_standing(press, box, words, second, icon)
        return press

    def _big_lying(self, press: Press, box: Box, words: str, second: str, icon: str) -> None:
        px, colour, middle = self.px, self.theme.on_accent, box.top + box.height // 2
        padding = round(px.big_icon * 0.4)
        side, arrow = min(px.big_icon, round(box.height * 0.45)), round(px.big_icon * 0.75)
        left = box.left + padding + side + padding
        room = box.right - 2 * padding - arrow - left
        size = largest(words, look.BOLD, px.big, room)
        style, small = Style(look.BOLD, size, 1.15), Style(look.REGULAR, px.big_second, 1.35)
        lines = wrap(second, small.face, small.size, room) if second else []
        top = middle - (style.height + len(lines) * small.height) // 2
        self.pictogram(icon, box.left + padding, middle, side, colour, press)
        self.line(words, style, colour, left, top, room, "left", press)
        for i, row in enumerate(lines):
            self.line(row, small, colour, left, top + style.height + i * small.height, room, "left", press)
        self.pictogram("arrow", box.right - padding - arrow, middle, arrow, colour, press)

    def _big_standing(self, press: Press, box: Box, words: str, second: str, icon: str) -> None:
        px, colour = self.px, self.theme.on_accent
        padding = round(px.big_icon * 0.36)
        room = box.width - 2 * padding
        size = px.big
        while any(width_of(word, look.BOLD, size) > room for word in words.split(" ")):
            size -= 1
        style, small = Style(look.BOLD, size, 1.15), Style(look.REGULAR, px.big_second, 1.3)
        rows = wrap(words, style.face, style.size, room)
        seconds = wrap(second, small.face, small.size, room) if second else []
        height = len(rows) * style.height + len(seconds) * small.height
        free = box.height - 2 * padding - height
        icon_side, arrow = px.big_icon, round(px.big_icon * 0.62)
        with_icon, with_arrow = free >= icon_side + padding // 2, free >= icon_side + arrow + padding
        if with_icon:
            self.pictogram(icon, box.left + padding, box.top + padding + icon_side // 2, icon_side, colour, press)
        if with_arrow:
            self.pictogram("arrow", box.left + padding, box.bottom - padding - arrow // 2, arrow, colour, press)
        above = box.top + padding + (icon_side if with_icon else 0)
        below = box.bottom - padding - (arrow if with_arrow else 0)
        top = above + (below - above - height) // 2 if with_arrow or not with_icon else below - height
        for row in rows:
            self.line(row, style, colour, box.left + padding, top, room, "left", press)
            top += style.height
        for row in seconds:
            self.line(row, small, colour, box.left + padding, top, room, "left", press)
            top += small.height

    def note(self, box: Box, first: str, then: str, *, alert: bool = False, measure: bool = False) -> int:
        """A quiet note, or an alert with its triangle: a bold first sentence, then what to do. Returns its bottom."""
        px, theme = self.px, self.theme
        bar, padding = (8, px.gap + 6) if alert else (6, px.gap)
        bar = max(4, round(bar * self.metrics.scale))
        bold, plain = Style(look.BOLD, px.step, 1.2), Style(look.REGULAR, px.fact, 1.3)
        side = round(px.step_icon * 0.95) if alert else 0
        left = box.left + bar + padding + (side + padding if alert else 0)
        room = box.right - padding - left
        height = 2 * padding
        height += self.lines_of(first, bold, room) * bold.height if first else 0
        height += self.lines_of(then, plain, room) * plain.height if then else 0
        if measure:
            return box.top + height
        whole = Box(box.left, box.top, box.width, height)
        self.field(whole, theme.alert_tint if alert else theme.tint)
        self.field(Box(box.left, box.top, bar, height), theme.alert if alert else theme.accent)
        if alert:
            self.pictogram("alert", box.left + bar + padding, box.top + padding + side // 2, side, theme.alert)
        top = box.top + padding
        if first:
            top = self.text(first, bold, theme.ink, left, top, room)
        if then:
            self.text(then, plain, theme.ink, left, top, room)
        return whole.bottom

    def fact(
        self, left: int, top: int, width: int, question: str, answers: Sequence[str], *,
        answer: Style | None = None, height: int = 0,
    ) -> int:  # fmt: skip
        """A muted question at the left, its bold answer at the right edge, a hair below. Returns its bottom."""
        px, theme, told = self.px, self.theme, answer or Style(look.EXTRABOLD, self.px.answer, 1.15)
        asked, rows = self._asked(question, answers, told, width)
        height = self.fact_height(width, question, answers, told, height or px.fact_height)
        at = top + (height - len(rows) * asked.height) // 2
        for row in rows:
            self.line(row, asked, theme.muted, left, at, width)
            at += asked.height
        at = top + (height - len(answers) * told.height) // 2
        for row in answers:
            self.line(row, told, theme.ink, left, at, width, "right")
            at += told.height
        return self.rule(left, top + height, width, px.hair, theme.line)

    def fact_height(self, width: int, question: str, answers: Sequence[str], answer: Style, least: int) -> int:
        asked, rows = self._asked(question, answers, answer, width)
        return max(least, len(answers) * answer.height + self.px.gap, len(rows) * asked.height + self.px.gap)

    def _asked(self, question: str, answers: Sequence[str], answer: Style, width: int) -> tuple[Style, list[str]]:
        """The question in as many lines as the answer leaves room for."""
        asked = Style(look.REGULAR, self.px.fact, 1.2)
        widest = max((width_of(row, answer.face, answer.size) for row in answers), default=0)
        return asked, wrap(question, asked.face, asked.size, width - widest - 2 * self.px.gap)
