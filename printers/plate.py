"""The number plate on paper: the letter in its black block and the figures as large as the paper allows.

Knows sizes and ink only. The same plate stands on the kiosk, the wall and the telephone, so that a visitor
recognises the number without reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from config import look
from printers.lettering import INK, ink_of

_MEASURE = 200  # proportions are taken at this size once; ink grows in step with it
_LETTER_CAPITAL = 0.68  # of the block: a capital's height …
_LETTER_INK = 0.74  # … and the most its ink may take of either side (the width of Ш, the feet of Д)


@dataclass(frozen=True, slots=True)
class PlateRule:
    """Sizes of one paper, in pixels: the room across, the largest and the least height of the figures."""

    room: int
    largest: int
    least_to_three: int
    least_above: int
    gap: int
    letter_above: int | None
    """Height of the block where the letter stands above the figures; None where it stands before them."""

    def least(self, figures: str) -> int:
        return self.least_to_three if len(figures) <= 3 else self.least_above


_LEAST_BLOCK = 64


def number_plate(letter: str, figures: str, rule: PlateRule) -> Image.Image:
    """The plate in grey (255 is ink), no wider than the room; the block gives way before the figures do.

    Three figures and more are set in the narrower display face. Where even that is too wide at the least height they
    are drawn closer across, not lower; only numbers beyond 9999, which no queue reaches, may get lower.
    """
    if rule.letter_above is not None:
        return _above(_block(letter, rule.letter_above), _figures(figures, rule, rule.room), rule.gap)
    face_ratio = _ratio(figures)
    height = min(rule.largest, int((rule.room - rule.gap) / (1 + face_ratio)))
    block = height
    if height < (least := rule.least(figures)):
        height, block = least, int(rule.room - rule.gap - face_ratio * least)
    if block < _LEAST_BLOCK:
        return _above(_block(letter, least), _figures(figures, rule, rule.room), rule.gap)
    ink = _set(figures, height)
    return _beside(_block(letter, min(block, rule.room - rule.gap - ink.width)), ink, rule.gap)


def _figures(figures: str, rule: PlateRule, room: int) -> Image.Image:
    height = min(rule.largest, int(room / _ratio(figures)))
    ink = _set(figures, max(height, rule.least(figures)))
    if ink.width > room:
        closer = max(room / ink.width, 0.9)  # a tenth narrower is not seen; more would be another face
        ink = ink.resize((int(ink.width * closer), ink.height), Image.Resampling.LANCZOS)
    if ink.width > room:
        ink = ink.resize((room, int(ink.height * room / ink.width)), Image.Resampling.LANCZOS)
    return ink


def _face(figures: str) -> tuple[Path, float]:
    """The face's file and the height of its figures in em."""
    if len(figures) <= 2:
        return look.EXTRABOLD, 0.728
    return look.DISPLAY_EXTRABOLD, 0.719


def _ratio(figures: str) -> float:
    """Width of the ink by its height."""
    path, em = _face(figures)
    return ink_of(figures, path, _MEASURE).width / (_MEASURE * em)


def _set(figures: str, height: int) -> Image.Image:
    path, em = _face(figures)
    return ink_of(figures, path, -int(-height // em))


def _block(letter: str, side: int) -> Image.Image:
    path = look.EXTRABOLD
    tall = side * _LETTER_CAPITAL / 0.728
    ink = ink_of(letter, path, _MEASURE)
    fits = _MEASURE * side * _LETTER_INK / max(ink.size)
    ink = ink_of(letter, path, int(min(tall, fits)))
    block = Image.new("L", (side, side), INK)
    block.paste(0, ((side - ink.width) // 2, (side - ink.height) // 2), ink)
    return block


def _beside(block: Image.Image, ink: Image.Image, gap: int) -> Image.Image:
    plate = Image.new("L", (block.width + gap + ink.width, max(block.height, ink.height)))
    plate.paste(block, (0, (plate.height - block.height) // 2))
    plate.paste(ink, (block.width + gap, (plate.height - ink.height) // 2))
    return plate


def _above(block: Image.Image, ink: Image.Image, gap: int) -> Image.Image:
    plate = Image.new("L", (max(block.width, ink.width), block.height + gap + ink.height))
    plate.paste(block, (0, 0))
    plate.paste(ink, (0, block.height + gap))
    return plate
