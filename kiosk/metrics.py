"""How large things are: millimetres of a real screen turned into pixels, for three shapes of screen. Pure arithmetic.

Sizes are written as they are at the reference density and multiplied by the real one, so that a word on a button has
an x-height of at least 5 mm and a target is at least 20 × 20 mm on whatever stands in the hall (DSTU EN 301 549).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from config.settings import Screen

TARGET_MM = 20.0
TARGET_GAP_MM = 3.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, measured from the top left corner of the screen."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def below(self, y: int) -> Box:
        """What is left under the line ``y``."""
        return Box(self.left, y, self.width, self.bottom - y)

    def above(self, y: int) -> Box:
        return Box(self.left, self.top, self.width, y - self.top)

    def inset(self, across: int, down: int = 0) -> Box:
        return Box(self.left + across, self.top + down, self.width - 2 * across, self.height - 2 * down)

    def columns(self, first: int, gap: int) -> tuple[Box, Box]:
        """A left part ``first`` wide and the rest after ``gap``."""
        rest = self.left + first + gap
        return Box(self.left, self.top, first, self.height), Box(rest, self.top, self.right - rest, self.height)

    def row(self, count: int, gap: int) -> list[Box]:
        """``count`` equal boxes side by side."""
        width = (self.width - gap * (count - 1)) / count
        edges = [
            (round(self.left + i * (width + gap)), round(self.left + i * (width + gap) + width)) for i in range(count)
        ]
        return [Box(left, self.top, right - left, self.height) for left, right in edges]


class Shape(StrEnum):
    PORTRAIT = "portrait"
    WIDE = "wide"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Reference sizes in pixels of one shape of screen."""

    margin: int
    gap: int
    pad_top: int
    pad_bottom: int
    header: int
    header_rule: int
    header_name: int
    header_second: int
    header_clock: int
    helpers: int
    helpers_pad: int
    helpers_gap: int
    helper_word: int
    helper_icon: int
    rule: int
    border: int
    hair: int
    radius: int
    heading: int
    lead: int
    big: int
    big_second: int
    big_height: int
    big_icon: int
    button: int
    button_height: int
    button_icon: int
    second: int
    title: int
    row: int
    row_number: int
    row_number_width: int
    row_height: int
    row_icon: int
    nav_height: int
    nav_width: int
    fact: int
    answer: int
    fact_height: int
    step: int
    step_height: int
    step_icon: int
    badge: int
    plate_height: int
    reading: int


_PORTRAIT = Sizes(
    margin=48, gap=22, pad_top=52, pad_bottom=40, header=136, header_rule=6, header_name=34, header_second=30,
    header_clock=48, helpers=208, helpers_pad=18, helpers_gap=12, helper_word=32, helper_icon=56, rule=6, border=3,
    hair=2, radius=10, heading=68, lead=36, big=72, big_second=38, big_height=280, big_icon=112, button=46,
    button_height=144, button_icon=64, second=34, title=56, row=39, row_number=34, row_number_width=160,
    row_height=118, row_icon=44, nav_height=104, nav_width=300, fact=40, answer=52, fact_height=126, step=44,
    step_height=158, step_icon=72, badge=88, plate_height=454, reading=40,
)  # fmt: skip
_WIDE = Sizes(
    margin=48, gap=22, pad_top=32, pad_bottom=24, header=112, header_rule=6, header_name=34, header_second=30,
    header_clock=48, helpers=152, helpers_pad=14, helpers_gap=12, helper_word=32, helper_icon=44, rule=6, border=3,
    hair=2, radius=10, heading=64, lead=36, big=68, big_second=36, big_height=260, big_icon=112, button=38,
    button_height=112, button_icon=56, second=34, title=52, row=39, row_number=34, row_number_width=150,
    row_height=114, row_icon=44, nav_height=96, nav_width=300, fact=38, answer=46, fact_height=104, step=42,
    step_height=144, step_icon=64, badge=80, plate_height=420, reading=38,
)  # fmt: skip
_SMALL = Sizes(
    margin=28, gap=12, pad_top=16, pad_bottom=14, header=84, header_rule=4, header_name=26, header_second=22,
    header_clock=32, helpers=140, helpers_pad=10, helpers_gap=12, helper_word=31, helper_icon=36, rule=4, border=3,
    hair=2, radius=10, heading=44, lead=28, big=44, big_second=26, big_height=200, big_icon=84, button=32,
    button_height=84, button_icon=40, second=25, title=38, row=32, row_number=27, row_number_width=112,
    row_height=76, row_icon=36, nav_height=74, nav_width=206, fact=28, answer=34, fact_height=72, step=30,
    step_height=100, step_icon=48, badge=56, plate_height=240, reading=28,
)  # fmt: skip

# shape → its sizes, the density and the screen they were drawn for, the least room (px at that density) they need
_DRAWN: dict[Shape, tuple[Sizes, float, tuple[int, int], tuple[int, int]]] = {
    Shape.PORTRAIT: (_PORTRAIT, 3.2, (1080, 1920), (955, 1690)),
    Shape.WIDE: (_WIDE, 3.2, (1920, 1080), (1690, 955)),
    Shape.SMALL: (_SMALL, 3.36, (1024, 768), (1000, 750)),
}


@dataclass(frozen=True, slots=True)
class Metrics:
    """The sizes of one real screen in its own pixels."""

    shape: Shape
    width: int
    height: int
    px_per_mm: float
    scale: float
    px: Sizes

    @property
    def target(self) -> int:
        """The least side of anything to touch: 20 mm."""
        return -int(-TARGET_MM * self.px_per_mm // 1)

    @property
    def header(self) -> Box:
        return Box(0, 0, self.width, self.px.header)

    @property
    def helpers(self) -> Box:
        return Box(0, self.height - self.px.helpers, self.width, self.px.helpers)

    @property
    def content(self) -> Box:
        """The room between header and helpers, inside the margins."""
        top, bottom = self.px.header + self.px.pad_top, self.height - self.px.helpers - self.px.pad_bottom
        return Box(self.px.margin, top, self.width - 2 * self.px.margin, bottom - top)


def metrics_of(screen: Screen) -> Metrics:
    """The sizes for a screen; one that is too small for its density gets as much as fits on it."""
    width, height, density = screen.width_px, screen.height_px, screen.px_per_mm
    shape = Shape.PORTRAIT if height > width else Shape.SMALL if height / density < 280 else Shape.WIDE
    drawn, reference, (drawn_width, drawn_height), (least_width, least_height) = _DRAWN[shape]
    whole = min(width / drawn_width, height / drawn_height)  # a larger screen shows the same picture, larger
    scale = min(max(density / reference, whole), width / least_width, height / least_height)
    if abs(scale / whole - 1) < 0.03:
        scale = whole  # the reference screens themselves keep the grid of whole pixels
    px = Sizes(**{field.name: max(1, round(getattr(drawn, field.name) * scale)) for field in fields(Sizes)})
    return Metrics(shape, width, height, density, scale, px)
