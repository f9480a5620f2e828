"""The wall's pieces in Kivy: words that fit, badges, call rows, queue cells, pictograms. No board, no time."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from kivy.core.text import Label as CoreLabel
from kivy.graphics import Color, Fbo, Line, Rectangle, Scale, Translate
from kivy.lang import Builder
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.label import Label
from kivy.uix.widget import Widget
from kivy.utils import get_color_from_hex

from config.look import BOLD, DARK, DISPLAY_EXTRABOLD, EXTRABOLD, PICTOGRAMS
from display_board.plan import BADGE_EM, Columns
from display_board.scene import SceneRow

_MEASURED_AT = 200
LETTER_EM = 0.735  # of the side of its badge
COUNT_BADGE_EM = 1.16  # of the size of the count beside it
COUNT_GAP_EM = 0.3
CLOCK_FIGURE_EM = 0.68  # a cell for each figure, so that a running clock does not jump
CLOCK_COLON_EM = 0.34
DETAIL = 4  # pictograms are drawn this much larger and scaled down: smooth edges on any graphics card


@lru_cache(maxsize=2048)
def width_em(text: str, font: Path) -> float:
    """How wide a line is, in em of its font size."""
    label = CoreLabel(text=text, font_size=_MEASURED_AT, font_name=str(font))
    label.refresh()
    return float(label.texture.width) / _MEASURED_AT


def fitted(text: str, font: Path, wanted_px: float, width: float) -> float:
    """The wanted font size, or the largest at which the line is not wider than ``width``."""
    return min(wanted_px, width / max(width_em(text, font), 0.01))


class Words(Label):  # type: ignore[misc]
    """Words that take exactly their own room. ``put`` places them by an edge and a middle line."""

    def put(
        self, text: str, font: Path, size: float, colour: str, *, left: float = 0, right: float = 0, middle: float
    ) -> None:
        self.text, self.font_name, self.font_size = text, str(font), size
        self.color = get_color_from_hex(colour)
        self.texture_update()
        self.size = self.texture_size
        self.x = right - self.width if right else left
        self.center_y = middle


class Field(Widget):  # type: ignore[misc]
    """A plain rectangle: a ground or a rule."""

    tone = StringProperty(DARK.hair)


class Badge(FloatLayout):  # type: ignore[misc]
    """The letter of a queue, reversed out of its plate."""

    plate = StringProperty(DARK.plate)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.letter = Words()
        self.add_widget(self.letter)

    def put(self, letter: str, x: float, middle: float, side: float, plate: str, ink: str) -> None:
        self.plate = plate
        self.size = side, side
        self.pos = round(x), round(middle - side / 2)
        self.letter.put(letter, EXTRABOLD, side * LETTER_EM, ink, left=0, middle=self.center_y)
        self.letter.center_x = self.center_x


class Pictogram(Widget):  # type: ignore[misc]
    """One of the drawn signs, in a colour, turned by whole quarters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(size_hint=(None, None), **kwargs)

    def put(self, name: str, x: float, y: float, size: float, colour: str, stroke: float = 4.0) -> None:
        self.canvas.clear()
        self.pos, self.size = (x, y), (size, size)
        with self.canvas:
            Color(*get_color_from_hex(colour))
            Rectangle(texture=_sign(name, max(1, round(size)), stroke), pos=self.pos, size=self.size)


def _turned(x: float, y: float, quarters: int) -> tuple[float, float]:
    for _ in range(quarters):
        x, y = y, 48 - x
    return x, y


_TURNS = {"arrow": ("arrow", 0), "arrow-up": ("arrow", 3), "arrow-left": ("arrow", 2)}


@lru_cache(maxsize=32)
def _sign(name: str, size: int, stroke: float) -> Any:
    """The sign as a white texture of ``size`` pixels, drawn larger and averaged down."""
    path, quarters = _TURNS.get(name, (name, 0))
    large = size * DETAIL
    fbo = Fbo(size=(large, large), with_stencilbuffer=False)
    with fbo:
        Scale(large / 48, large / 48, 1)
        Color(1, 1, 1, 1)
        for line in strokes(PICTOGRAMS[path]):
            points = [value for x, y in line for value in _turned(x, 48 - y, quarters)]
            Line(points=points, width=stroke / 2, cap="square", joint="miter")
    fbo.draw()
    half = large
    texture = fbo.texture
    while half > size:
        half //= 2
        step = Fbo(size=(half, half))
        texture.mag_filter = texture.min_filter = "linear"
        with step:
            Color(1, 1, 1, 1)
            Translate(0, 0, 0)
            Rectangle(texture=texture, size=(half, half))
        step.draw()
        texture = step.texture
    return texture


def strokes(path: str) -> list[list[tuple[float, float]]]:
    """The polylines of an SVG path of straight strokes (M m H h V v L l Z z)."""
    lines: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for command, numbers in re.findall(r"([MmHhVvLlZz])([^A-Za-z]*)", path):
        values = [float(n) for n in re.findall(r"-?\d*\.?\d+", numbers)]
        relative = command.islower()
        match command.lower():
            case "m" | "l":
                for i in range(0, len(values), 2):
                    x, y = (x + values[i], y + values[i + 1]) if relative else (values[i], values[i + 1])
                    if command.lower() == "m" and i == 0:
                        lines.append([])
                    lines[-1].append((x, y))
            case "h" | "v":
                for value in values:
                    if command.lower() == "h":
                        x = x + value if relative else value
                    else:
                        y = y + value if relative else value
                    lines[-1].append((x, y))
            case "z":
                lines[-1].append(lines[-1][0])
    return lines


class ClockFace(FloatLayout):  # type: ignore[misc]
    """«14:05», every figure in its own cell."""

    def put(self, clock: str, size: float, colour: str, *, right: float, middle: float) -> float:
        """Draws it and returns its left edge."""
        while len(self.children) < len(clock):
            self.add_widget(Words())
        x = right
        for words, figure in zip(self.children, reversed(clock), strict=False):
            cell = (CLOCK_COLON_EM if figure == ":" else CLOCK_FIGURE_EM) * size
            x -= cell
            words.put(figure, BOLD, size, colour, left=0, middle=middle + (0.075 * size if figure == ":" else 0))
            words.center_x = x + cell / 2
        return x


_WAYS = {"left": "arrow-left", "straight": "arrow-up"}


class CallRow(FloatLayout):  # type: ignore[misc]
    """One call: badge, number, the way, desk. ``highlight`` is none, field or outline."""

    highlight = StringProperty("none")
    edge = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.badge, self.number, self.sign, self.desk = Badge(), Words(), Pictogram(), Words()
        for piece in (self.badge, self.number, self.sign, self.desk):
            self.add_widget(piece)

    def put(self, row: SceneRow, columns: Columns, figures_px: float) -> None:
        colours = {
            "none": (DARK.ink, DARK.plate, DARK.on_plate),
            "field": (DARK.on_accent, DARK.on_accent, DARK.accent),
        }
        ink, plate, on_plate = colours.get(row.highlight, (DARK.accent, DARK.accent, DARK.on_accent))
        self.highlight = str(row.highlight)
        side = BADGE_EM * figures_px
        self.badge.put(row.letter, self.x + columns.badge.x, self.center_y, side, plate, on_plate)
        left = self.x + columns.number.x
        font, size = _figures(row.figures, figures_px, columns.number.w)
        self.number.put(row.figures, font, size, ink, left=left, middle=self.center_y)
        right = self.x + columns.desk.right
        font, size = _figures(row.desk, figures_px, columns.desk.w)
        self.desk.put(row.desk, font, size, ink, right=right, middle=self.center_y)
        if columns.arrow:
            box = columns.arrow
            # A known way stands at the desk like on a platform («← 3»); else the arrow leads from number to desk.
            # The cell is as wide as noughts would be, so that the arrows of all rows stand in one column.
            cell = width_em("0" * len(row.desk), font) * size
            x = right - cell - 0.2 * figures_px - box.w if row.direction else self.x + box.x
            self.sign.put(_WAYS.get(row.direction, "arrow"), x, self.center_y - box.h / 2, box.w, ink, 5.5)
        else:
            self.sign.canvas.clear()


def _figures(text: str, wanted: float, width: float) -> tuple[Path, float]:
    """Face and size: the narrower face before smaller figures, so that «1017» is read from as far as «17»."""
    if width_em(text, EXTRABOLD) * wanted <= width:
        return EXTRABOLD, wanted
    return DISPLAY_EXTRABOLD, fitted(text, DISPLAY_EXTRABOLD, wanted, width)


class QueueCell(FloatLayout):  # type: ignore[misc]
    """A queue's letter and how many wait in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.badge, self.count, self.rule = Badge(), Words(), Field()
        for piece in (self.badge, self.count, self.rule):
            self.add_widget(piece)

    def fitted_px(self, count: str, wanted: float) -> float:
        """The size at which badge and count fit beside each other."""
        return min(wanted, float(self.width) / (COUNT_BADGE_EM + 2 * COUNT_GAP_EM + width_em(count, BOLD)))

    def put(self, letter: str, count: str, size: float, *, beside: bool) -> None:
        side = round(min(size * COUNT_BADGE_EM, self.height * 0.82))
        self.badge.put(letter, self.x, self.center_y, side, DARK.plate, DARK.on_plate)
        if beside:
            left = self.x + side + COUNT_GAP_EM * size
            self.count.put(count, BOLD, size, DARK.ink, left=left, middle=self.center_y)
            self.rule.size = 0, 0
        else:
            self.count.put(count, BOLD, size, DARK.ink, right=self.right, middle=self.center_y)
            self.rule.pos, self.rule.size = (self.x, self.top - 2), (self.width, 2)


def load_rules() -> None:
    """Load ``board.kv``, once a process: a rule that is loaded twice is drawn twice."""
    path = str(Path(__file__).with_name("board.kv"))
    if path not in Builder.files:
        Builder.load_file(path)
