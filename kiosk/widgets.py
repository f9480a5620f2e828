"""The few things a kiosk screen is made of: words, pictograms, fields that can be touched, the letter and the number.

Widgets stand where they are put, in whole pixels, and know nothing of visits. Colours come from one theme.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kivy.core.text import Label as CoreLabel
from kivy.graphics import Color, Rectangle, SmoothLine, SmoothRoundedRectangle
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.widget import Widget
from kivy.utils import get_color_from_hex

from config import look
from kiosk.metrics import Box
from kiosk.strokes import GRID, STROKE, strokes_of
from kiosk.text import largest, width_of

Rgba = list[float]

_WITH_FEET = "ДЦЩ"
_FEET_EM = 0.155


def rgba(colour: str) -> Rgba:
    return list(get_color_from_hex(colour))


class Line(Widget):  # type: ignore[misc]
    """One line of words exactly as large as its ink needs; never wrapped, never clipped."""

    def __init__(self, text: str, face: Path, size: float, colour: str) -> None:
        super().__init__(size_hint=(None, None))
        self.room: tuple[int, int] | None = None  # left edge and width it was given, where it was given any
        self.own_colour = rgba(colour)
        self._pen = CoreLabel(font_name=str(face), font_size=size, color=(1, 1, 1, 1))
        with self.canvas:
            self._colour = Color(*self.own_colour)
            self._ink = Rectangle()
        self.bind(pos=self._move)
        self.text = ""
        self.say(text)

    def say(self, text: str) -> None:
        """Other words in the same place; the lower left corner stays."""
        self.text = self._pen.text = text
        self._pen.refresh()
        self.size = self._ink.size = self._pen.texture.size
        self._ink.texture = self._pen.texture

    def _move(self, *_: object) -> None:
        self._ink.pos = (round(self.x), round(self.y))  # between two pixels letters would blur

    def paint(self, colour: Rgba | None) -> None:
        """Another colour while the field under it is touched; None gives its own back."""
        self._colour.rgba = colour or self.own_colour


class Pictogram(Widget):  # type: ignore[misc]
    """A drawn sign of the look: square ends, mitred corners, one stroke."""

    def __init__(self, name: str, box: Box, screen_height: int, colour: str, stroke: float = STROKE) -> None:
        super().__init__(size_hint=(None, None), size=(box.width, box.height))
        self.pos = (box.left, screen_height - box.bottom)
        self.own_colour = rgba(colour)
        scale = box.width / GRID
        with self.canvas:
            self._colour = Color(*self.own_colour)
            for line in strokes_of(name):
                points = [v for x, y in line.points for v in (self.x + x * scale, self.y + (GRID - y) * scale)]
                SmoothLine(points=points, width=stroke * scale / 2, close=line.closed, overdraw_width=1.0)

    def paint(self, colour: Rgba | None) -> None:
        self._colour.rgba = colour or self.own_colour


Ink = Line | Pictogram


class Field(Widget):  # type: ignore[misc]
    """A plain coloured rectangle, rounded or not, with or without an edge."""

    def __init__(
        self,
        box: Box,
        screen_height: int,
        colour: str,
        *,
        edge: str | None = None,
        border: int = 0,
        radius: float | tuple[float, float, float, float] = 0,
        dashed: bool = False,
    ) -> None:
        super().__init__(
            size_hint=(None, None), size=(box.width, box.height), pos=(box.left, screen_height - box.bottom)
        )
        self._own = (rgba(colour), rgba(edge) if edge else None)
        corners = list(radius) if isinstance(radius, tuple) else [radius] * 4
        with self.canvas.before:
            self._edge = Color(*(self._own[1] or self._own[0]))
            if dashed:
                self._fill = Color(*self._own[0])
                _rounded(self.pos, self.size, corners)
                Color(*(self._own[1] or self._own[0]))
                _dashes(self.pos, self.size, border)
            else:
                self._plain = _rounded(self.pos, self.size, corners)
                self._fill = Color(*self._own[0])
                if edge and border:
                    inner = [max(0.0, corner - border) for corner in corners]
                    _rounded(
                        (self.x + border, self.y + border), (self.width - 2 * border, self.height - 2 * border), inner
                    )

    def resize(self, width: int) -> None:
        """Shorter or longer from the left; for plain rectangles."""
        self.width = width
        self._plain.size = (width, self.height)

    def fill(self, colour: Rgba | None) -> None:
        """Another colour for field and edge; None gives the own ones back."""
        self._fill.rgba = colour or self._own[0]
        self._edge.rgba = colour or self._own[1] or self._own[0]


def _rounded(pos: tuple[float, float], size: tuple[float, float], corners: list[float]) -> Any:
    if any(corners):
        return SmoothRoundedRectangle(pos=pos, size=size, radius=[(c, c) for c in corners], segments=16)
    return Rectangle(pos=pos, size=size)


def _dashes(pos: tuple[float, float], size: tuple[float, float], border: int) -> None:
    """A dashed edge of any width; corners are always closed, so that it reads as a frame."""
    dash = 4.0 * border
    for along in (0, 1):
        count = max(1, round((size[along] / dash - 1) / 2))
        step = (size[along] - dash) / count
        for i in range(count + 1):
            for far in (0.0, size[1 - along] - border):
                start = (pos[along] + i * step, pos[1 - along] + far)
                at = start if along == 0 else (start[1], start[0])
                Rectangle(pos=at, size=(dash, border) if along == 0 else (border, dash))


class Press(ButtonBehavior, Field):  # type: ignore[misc]
    """A field to be touched: ink at once while the finger is down, its action when the finger is lifted inside."""

    def __init__(self, action: Callable[[], None] | None, pressed: tuple[str, str], **field: Any) -> None:
        self.action = action
        self._pressed = (rgba(pressed[0]), rgba(pressed[1]))
        super().__init__(**field)

    def on_state(self, _: Widget, state: str) -> None:
        down = state == "down"
        self.fill(self._pressed[0] if down else None)
        for ink in self.children:
            if isinstance(ink, Line | Pictogram):
                ink.paint(self._pressed[1] if down else None)

    def on_release(self) -> None:
        if self.action is not None:
            self.action()


class Badge(Widget):  # type: ignore[misc]
    """The letter of a queue in its block; ``side`` pixels square. The letter is the identity, never a hue."""

    def __init__(self, letter: str, box: Box, screen_height: int, field: str, ink: str, share: float = 0.74) -> None:
        super().__init__(
            size_hint=(None, None), size=(box.width, box.height), pos=(box.left, screen_height - box.bottom)
        )
        side = box.width
        self.add_widget(Field(box, screen_height, field, radius=side * 0.066))
        size = largest(letter, look.EXTRABOLD, side * share, side * 0.84)
        line = Line(letter, look.EXTRABOLD, size, ink)
        lift = size * _FEET_EM / 2 if letter in _WITH_FEET else 0  # what is seen stands in the middle, feet included
        line.center = (self.center_x, round(self.center_y + lift))
        self.add_widget(line)


class Plate(Widget):  # type: ignore[misc]
    """The number plate: the letter reversed out, then the figures, as large as its box allows and never clipped."""

    PADDING, BLOCK, GAP = 0.12, 0.98, 0.14

    def __init__(self, letter: str, seq: int, box: Box, screen_height: int, theme: look.Theme, *, whole: bool) -> None:
        figures = str(seq)
        size = self.font_for(figures, box)
        width, height = (
            box.width if whole else self.width_for(figures, box),
            round(size * (self.BLOCK + 2 * self.PADDING)),
        )
        super().__init__(size_hint=(None, None), size=(width, height), pos=(box.left, screen_height - box.top - height))
        self.font_size = size
        self.add_widget(Field(Box(box.left, box.top, width, height), screen_height, theme.plate, radius=size * 0.04))
        padding, block = round(size * self.PADDING), round(size * self.BLOCK)
        square = Box(box.left + padding, box.top + (height - block) // 2, block, block)
        self.add_widget(Badge(letter, square, screen_height, theme.on_plate, theme.plate, share=0.92))
        line = Line(figures, look.EXTRABOLD, size, theme.on_plate)
        rest = square.right, box.left + width  # as much air before the figures as after them
        line.center = (round(sum(rest) / 2), self.y + height // 2)
        self.add_widget(line)

    @classmethod
    def font_for(cls, figures: str, box: Box) -> float:
        """The largest size at which the plate is neither wider nor higher than the box."""
        size = box.height / (cls.BLOCK + 2 * cls.PADDING)
        beside = cls.BLOCK + 2 * cls.PADDING + cls.GAP + 0.08
        needed = size * beside + width_of(figures, look.EXTRABOLD, round(size))
        return size if needed <= box.width else size * box.width / needed * 0.995

    @classmethod
    def height_for(cls, figures: str, box: Box) -> int:
        """Of a plate as wide as the box."""
        return round(cls.font_for(figures, box) * (cls.BLOCK + 2 * cls.PADDING))

    @classmethod
    def width_for(cls, figures: str, box: Box) -> int:
        """The whole box where the plate nearly fills it; otherwise as wide as it needs."""
        size = cls.font_for(figures, box)
        needed = size * (cls.BLOCK + 2 * cls.PADDING + cls.GAP + 0.08) + width_of(figures, look.EXTRABOLD, round(size))
        return box.width if needed > box.width * 0.75 else min(box.width, round(needed + size * 0.1))
