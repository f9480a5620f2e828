"""Words on the screen, measured: lines that fit their width, and the largest size at which a word fits.

Knows fonts and widths; what the words say is not its business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kivy.core.text import Label as CoreLabel

from config.words import NO_BREAK_SPACE

ELLIPSIS = "…"
ALMOST_EMPTY = 0.4
"""Of the width: a last line that is no longer looks lost."""
_SHORT_WORD = re.compile(r"(?<!\w)([^\W\d_]{1,2}) ")  # «в», «на», «до» do not hang at the end of a line


@lru_cache(maxsize=256)
def _pen(face: Path, size: float) -> CoreLabel:
    return CoreLabel(font_name=str(face), font_size=size)


@lru_cache(maxsize=4096)
def width_of(text: str, face: Path, size: float) -> int:
    """Of one line, in pixels."""
    return int(_pen(face, size).get_extents(text)[0])


@dataclass(frozen=True, slots=True)
class Lines:
    """A text in lines. ``cut`` says that the last one ends with «…» because there was more."""

    lines: tuple[str, ...]
    cut: bool = False


def wrap(text: str, face: Path, size: float, width: int) -> list[str]:
    """The text in lines no wider than ``width``, between words; a single word that is wider stands alone.

    A short word goes with the word after it where that costs no line, and no last line stands almost empty.
    """
    plain = _wrap(text, face, size, width)
    held = _wrap(_SHORT_WORD.sub(f"\\1{NO_BREAK_SPACE}", text), face, size, width)
    fits = all(width_of(line, face, size) <= width for line in held)
    lines = held if fits and len(held) == len(plain) else plain
    return _evened(lines, face, size, width)


def _evened(lines: list[str], face: Path, size: float, width: int) -> list[str]:
    """A few lines of nearly one length where the last one would hold a single lost word."""
    if not 2 <= len(lines) <= 3 or width_of(lines[-1], face, size) > width * ALMOST_EMPTY:
        return lines
    text, low, high = " ".join(lines), width // len(lines), width
    while low < high:  # the narrowest measure that needs no further line
        middle = (low + high) // 2
        if len(_wrap(text, face, size, middle)) <= len(lines):
            high = middle
        else:
            low = middle + 1
    return _wrap(text, face, size, high)


def _wrap(text: str, face: Path, size: float, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, face, size) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def fit_lines(text: str, face: Path, size: float, width: int, most: int) -> Lines:
    """At most ``most`` lines; the rest is cut at a whole word with «…»."""
    lines = wrap(text, face, size, width)
    if len(lines) <= most:
        return Lines(tuple(lines))
    kept, last = lines[: most - 1], lines[most - 1].rstrip(",;:.– ")
    while " " in last and width_of(last + ELLIPSIS, face, size) > width:
        last = last.rpartition(" ")[0].rstrip(",;:.– ")
    return Lines((*kept, last + ELLIPSIS), cut=True)


def largest(text: str, face: Path, most: float, width: float) -> int:
    """The largest whole font size up to ``most`` at which one line is no wider than ``width``."""
    size = int(most)
    while size > 1 and (needed := width_of(text, face, size)) > width:
        size = min(size - 1, int(size * width / needed))
    return size
