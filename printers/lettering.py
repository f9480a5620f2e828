"""Letters on paper: the faces of Inter at pixel sizes, their measures, and lines that never run over their edge.

Knows fonts and widths, not slips. Everything is measured in the ink's pixels at 8 px/mm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from config import look
from config.words import NO_BREAK_SPACE

SHAPES = features.check("raqm")
"""Raqm can be asked for figures of equal width; without it the default figures are good enough."""

_LAYOUT = ImageFont.Layout.RAQM if SHAPES else ImageFont.Layout.BASIC
INK = 255
_CUT = [INK if grey >= 112 else 0 for grey in range(256)]
# A little under the middle: strokes of small letters come out full, and stay open.


def cut_to_ink(grey: Image.Image) -> Image.Image:
    """A greyscale picture (255 is ink) as a mask of one bit, by one threshold and without dithering."""
    return grey.point(_CUT, "1")


@lru_cache(maxsize=128)
def face(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """A face at a pixel size; kept, since opening one costs more than setting a line."""
    return ImageFont.truetype(str(path), size, layout_engine=_LAYOUT)


@dataclass(frozen=True, slots=True)
class Style:
    """A face, its size and the height of its line, in pixels."""

    path: Path
    size: int
    line: int

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return face(self.path, self.size)

    def width(self, text: str) -> float:
        return self.font.getlength(text, features=_features(text))

    @property
    def baseline(self) -> int:
        """From the top of the line to the baseline, with capitals in the middle of the line."""
        return round((self.line + self.size * look.CAPITAL_HEIGHT_EM) / 2)

    @property
    def above_capitals(self) -> int:
        """From the top of the line to the top of a capital; as much is left under the baseline."""
        return round((self.line - self.size * look.CAPITAL_HEIGHT_EM) / 2)


def _features(text: str) -> list[str] | None:
    """Equal widths for a clock or a telephone; inside words they leave holes («1 21 людина»)."""
    return ["tnum"] if SHAPES and not any(sign.isalpha() for sign in text) else None


@lru_cache(maxsize=256)
def line_ink(text: str, style: Style) -> Image.Image:
    """One line as a mask that begins and ends with its ink, so that small and large lines share one edge.

    The baseline is ``style.baseline`` under the mask's top; the mask reaches below the line for descenders.
    """
    wide = int(style.width(text)) + 2 * style.size
    grey = Image.new("L", (wide, style.line + style.size // 2))
    ImageDraw.Draw(grey).text(
        (style.size, style.baseline), text, fill=INK, font=style.font, anchor="ls", features=_features(text)
    )
    mask = cut_to_ink(grey)
    box = mask.getbbox() or (0, 0, 1, 1)
    return mask.crop((box[0], 0, box[2], mask.height))


@lru_cache(maxsize=256)
def wrap(text: str, style: Style, width: int) -> tuple[str, ...]:
    """The text in as few lines as ``width`` allows, and these about equally long.

    Breaks between words, else at a no-break space or after a hyphen, else between letters: nothing is ever clipped.
    A short word («до», «на», «та») goes with the word after it.
    """
    words = [piece for word in text.split(" ") if word for piece in _pieces(word, style, width)]
    lines = _filled(words, style, width)
    # The least width that needs no more lines makes them about equal.
    widest = max((word_width(word, style) for word in words), default=0.0)
    narrow, wide = max(int(widest), width // max(len(lines), 1)), width
    while narrow < wide:
        middle = (narrow + wide) // 2
        if len(_filled(words, style, middle)) <= len(lines):
            wide = middle
        else:
            narrow = middle + 1
    return _filled(words, style, wide)


def _filled(words: list[str], style: Style, width: float) -> tuple[str, ...]:
    """As many words a line as fit; a line is measured by its words, which are measured once."""
    space = word_width(" ", style)
    lines: list[str] = []
    start = 0
    while start < len(words):
        count, used = 1, word_width(words[start], style)
        for before, word in pairwise(words[start:]):
            used += word_width(word, style) + (0 if before.endswith(_GLUE) else space)
            if used > width:
                break
            count += 1
        if start + count < len(words):
            count = _without_hanging(words[start : start + count])
        lines.append(_joined(words[start : start + count]))
        start += count
    return tuple(lines)


@lru_cache(maxsize=2048)
def word_width(word: str, style: Style) -> float:
    return style.width(word.removesuffix(_GLUE))


# A piece that goes on without a space ends with this sign, which is never printed.
_GLUE = "\u2060"


def _joined(words: list[str]) -> str:
    return " ".join(words).replace(f"{_GLUE} ", "").replace(_GLUE, "")


def _without_hanging(words: list[str]) -> int:
    count = len(words)
    while count > 1 and re.fullmatch(r"[^\W\d_]{1,2}", words[count - 1]):
        count -= 1
    return count


def _pieces(word: str, style: Style, width: float) -> list[str]:
    """The word itself where it fits, else the parts it may be broken into."""
    if style.width(word) <= width:
        return [word]
    if NO_BREAK_SPACE in word:
        return [piece for part in word.split(NO_BREAK_SPACE) for piece in _pieces(part, style, width)]
    parts = re.findall(r"[^-–/]+[-–/]*|[-–/]+", word)
    pieces = [piece for part in parts for piece in _letters(part, style, width)]
    return [*(piece + _GLUE for piece in pieces[:-1]), pieces[-1]]


def _letters(part: str, style: Style, width: float) -> list[str]:
    pieces = [""]
    for sign in part:
        if pieces[-1] and style.width(pieces[-1] + sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


@lru_cache(maxsize=128)
def ink_of(text: str, path: Path, size: int) -> Image.Image:
    """The bare ink of a few large signs in grey, cut to its edges; default figures, close like a word."""
    font = face(path, size)
    box = font.getbbox(text, anchor="ls")
    grey = Image.new("L", (int(box[2] - box[0]) + size, int(box[3] - box[1]) + size))
    ImageDraw.Draw(grey).text((size // 2, size // 2 - box[1]), text, fill=INK, font=font, anchor="ls")
    return grey.crop(cut_to_ink(grey).getbbox())
