"""A slip as a picture of one bit a pixel, 8 px/mm: 576 px across for 80 mm paper, 384 px for 58 mm.

Knows the look of the slip and nothing of printers. Text is set in grey and cut at one threshold, never dithered:
a thermal head has no greys, and scattered dots read as dirt.
"""

from __future__ import annotations

from dataclasses import dataclass

import segno
from PIL import Image

from config import look
from printers.lettering import INK, Style, cut_to_ink, line_ink, wrap
from printers.plate import PlateRule, number_plate
from printers.slip import Fact, Slip

PAPER_PX = {80: 576, 58: 384}
RULE = 3
QUIET = 4  # modules of white around the code that a camera needs


@dataclass(frozen=True, slots=True)
class Sheet:
    """The measures of one paper, in pixels."""

    width: int
    margin: int
    edge: int  # white above the first and under the last line
    around_rule: int
    between: int  # between sentences
    centre: Style
    text: Style
    strong: Style
    caption: Style
    title: Style
    answer: Style
    place: Style
    plate: PlateRule
    code: int  # room for the code beside words, its white border included
    least_module: int  # of a code beside words; smaller ones are hard for an old camera

    @property
    def room(self) -> int:
        return self.width - 2 * self.margin


SHEETS = {
    80: Sheet(
        width=PAPER_PX[80],
        margin=8,
        edge=24,
        around_rule=18,
        between=12,
        centre=Style(look.BOLD, 30, 38),
        text=Style(look.MEDIUM, 27, 35),
        strong=Style(look.BOLD, 27, 35),
        caption=Style(look.MEDIUM, 30, 38),
        title=Style(look.EXTRABOLD, 44, 52),
        answer=Style(look.BOLD, 36, 48),
        place=Style(look.BOLD, 36, 44),
        plate=PlateRule(room=560, largest=209, least_to_three=144, least_above=112, gap=24, letter_above=None),
        code=260,
        least_module=5,
    ),
    58: Sheet(
        width=PAPER_PX[58],
        margin=6,
        edge=20,
        around_rule=16,
        between=10,
        centre=Style(look.BOLD, 27, 35),
        text=Style(look.MEDIUM, 25, 32),
        strong=Style(look.BOLD, 25, 32),
        caption=Style(look.MEDIUM, 28, 36),
        title=Style(look.EXTRABOLD, 37, 44),
        answer=Style(look.BOLD, 30, 40),
        place=Style(look.BOLD, 30, 37),
        plate=PlateRule(room=372, largest=235, least_to_three=112, least_above=112, gap=16, letter_above=124),
        code=226,
        least_module=4,
    ),
}


def render(slip: Slip, paper_mm: int) -> Image.Image:
    """The slip for ``paper_mm`` (80 or 58), mode "1", black on white, as high as its words need."""
    sheet = SHEETS[paper_mm]
    page = _Page(sheet)
    page.space(sheet.edge)
    page.words(slip.centre, sheet.centre)
    page.words(slip.city, sheet.text)
    page.rule()
    page.words(slip.caption, sheet.caption)
    page.space(sheet.between)
    page.ink(cut_to_ink(number_plate(slip.letter, slip.figures, sheet.plate)), sheet.margin)
    page.space(sheet.between // 2)
    page.rule()
    if slip.when:
        page.words(slip.when, sheet.title)
        page.rule()
    page.words(slip.title, sheet.title)
    page.space(4)
    page.words(slip.subtitle, sheet.text)
    page.space(sheet.between // 2)
    page.words(slip.provider, sheet.text)
    page.rule()
    for fact in slip.facts:
        if fact.quiet:
            page.space(sheet.between // 2)  # its words take more than one line: not to be read with the fact above
        page.fact(fact)
    page.rule()
    page.words(slip.place, sheet.place)
    for sentence in slip.rules:
        page.space(sheet.between)
        page.words(sentence, sheet.text)
    if slip.qr:
        page.rule(after=0)
        page.code(slip, _modules(slip.qr))
    elif slip.hotline:
        page.rule()
        page.hotline(slip.hotline)
        page.space(sheet.edge)
    else:
        page.space(sheet.edge)
    return page.painted()


def _modules(text: str) -> Image.Image:
    """The code with one pixel a module, as a mask without its white border."""
    matrix = segno.make_qr(text, error="m").matrix
    side = len(matrix)
    return cut_to_ink(Image.frombytes("L", (side, side), bytes(INK if dark else 0 for row in matrix for dark in row)))


class _Page:
    """Ink is placed first and painted when the height is known; every method leaves ``y`` under what it placed."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.y = 0
        self._placed: list[tuple[Image.Image, int, int]] = []

    def space(self, pixels: int) -> None:
        self.y += pixels

    def ink(self, mask: Image.Image, left: int, height: int | None = None) -> None:
        self._placed.append((mask, left, self.y))
        self.y += mask.height if height is None else height

    def rule(self, after: int | None = None) -> None:
        self.y += self.sheet.around_rule
        self.ink(Image.new("1", (self.sheet.room, RULE), 1), self.sheet.margin)
        self.y += self.sheet.around_rule if after is None else after

    def words(self, text: str, style: Style, width: int | None = None) -> None:
        for line in wrap(text, style, width or self.sheet.room):
            self.ink(line_ink(line, style), self.sheet.margin, style.line)

    def fact(self, fact: Fact) -> None:
        """The question at the left, its answer at the right edge; the last line of the question shares its baseline."""
        sheet, style = self.sheet, self.sheet.strong if fact.quiet else self.sheet.answer
        answer = line_ink(fact.answer, style)
        lines = wrap(fact.question, sheet.text, max(sheet.room - answer.width - 2 * sheet.between, sheet.room // 3))
        if max(line_ink(line, sheet.text).width for line in lines) + answer.width + sheet.between > sheet.room:
            self.words(fact.question, sheet.text)
            self.words(fact.answer, style)
            return
        self.y += style.baseline - sheet.text.baseline
        for line in lines[:-1]:
            self.ink(line_ink(line, sheet.text), sheet.margin, sheet.text.line)
        self.ink(line_ink(lines[-1], sheet.text), sheet.margin, sheet.text.baseline - style.baseline)
        self.ink(answer, sheet.width - sheet.margin - answer.width, style.line)

    def hotline(self, hotline: Fact) -> None:
        """On one row where both fit, else the telephone under its words."""
        sheet = self.sheet
        both = line_ink(hotline.question, sheet.text).width + line_ink(hotline.answer, sheet.answer).width
        if both + 2 * sheet.between <= sheet.room:
            self.fact(hotline)
        else:
            self.words(hotline.question, sheet.text)
            self.words(hotline.answer, sheet.answer)

    def code(self, slip: Slip, modules: Image.Image) -> None:
        """Words at the left, the code with its white border at the right, the hotline where there is room for it.

        A code with too many modules for its place stands alone under the words.
        """
        sheet, hotline = self.sheet, slip.hotline
        bordered = modules.width + 2 * QUIET
        scale = sheet.code // bordered
        if scale < sheet.least_module:
            self.space(sheet.around_rule)
            self.words(slip.qr_title, sheet.strong)
            self.words(slip.qr_how, sheet.text)
            self._code_at_right(modules, min(sheet.least_module + 2, sheet.width // bordered))
        else:
            top, border, column = self.y, QUIET * scale, sheet.width - sheet.margin - bordered * scale
            self._code_at_right(modules, scale)
            bottom, self.y = self.y, top + border - sheet.strong.above_capitals
            self.words(slip.qr_title, sheet.strong, column)
            self.words(slip.qr_how, sheet.text, column)
            beside = bottom - border + sheet.answer.above_capitals - sheet.answer.line - sheet.text.line
            if hotline and line_ink(hotline.answer, sheet.answer).width <= column and self.y + sheet.between <= beside:
                self.y = beside
                self.words(hotline.question, sheet.text, column)
                self.words(hotline.answer, sheet.answer, column)
                hotline = None
            self.y = max(self.y + sheet.between, bottom)
        if hotline:
            self.hotline(hotline)
            self.space(sheet.edge)

    def _code_at_right(self, modules: Image.Image, scale: int) -> None:
        border = QUIET * scale
        size = (modules.width * scale, modules.height * scale)
        self.space(border)
        self.ink(modules.resize(size, Image.Resampling.NEAREST), self.sheet.width - border - size[0])
        self.space(border)

    def painted(self) -> Image.Image:
        picture = Image.new("1", (self.sheet.width, self.y), 1)
        for mask, left, top in self._placed:
            picture.paste(0, (left, top), mask)
        return picture
