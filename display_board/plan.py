"""Where everything stands on a wall of any size: boxes and type sizes from the real screen and the farthest seat.

A number and its desk are at least ``viewing_distance / 120`` high, so a wall that is seen from farther shows fewer
rows, then gives up the arrow, then the side panel: never the height of a figure. Pure arithmetic, no window.
Boxes are counted in pixels from the top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass

from config.look import CAPITAL_HEIGHT_EM
from config.settings import Board as BoardSettings

FIGURE_SHARE = 120  # a figure is the viewing distance / 120 high (22 minutes of arc and a little more)
SIDE_SHARE = 300  # the panel of queues is read from nearer
WORD_MM = 12.0  # capital height of the words above the columns
ROW_PER_FIGURE = 1.285  # height of a row per height of its figures

# Widths in em of the figures: badge, three figures of a number (each up to 0.665), the least arrow, a desk of two.
BADGE_EM = 0.731
_GAP_EM = 0.25
_NUMBER_EM = 2.0
_ARROW_EM = 0.5
_DESK_EM = 1.33
_WITH_ARROW_EM = BADGE_EM + _GAP_EM + _NUMBER_EM + _ARROW_EM + 0.3 + _DESK_EM
_WITHOUT_ARROW_EM = BADGE_EM + _GAP_EM + _NUMBER_EM + 0.25 + _DESK_EM


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h


@dataclass(frozen=True, slots=True)
class Columns:
    """The inside of a call row, in pixels from its left edge."""

    badge: Box
    number: Box
    arrow: Box | None
    desk: Box


@dataclass(frozen=True, slots=True)
class Plan:
    """The wall in boxes. ``*_px`` are font sizes; ``figure_height`` is how tall a figure really is."""

    portrait: bool
    scale: float
    margin: float
    header: Box
    calls_words: Box
    calls: Box
    rows: tuple[Box, ...]
    columns: Columns
    figures_px: float
    queue_words: tuple[Box, ...]
    queue_panel: Box
    queue_cells: tuple[Box, ...]
    count_px: float
    foot: Box
    foot_lines: int
    counts_beside: bool  # a count stands right after its letter, in place of at the right edge
    title_px: float
    word_px: float
    least_height: float

    @property
    def figure_height(self) -> float:
        return self.figures_px * CAPITAL_HEIGHT_EM

    @property
    def too_small(self) -> dict[str, int]:
        """What an installer must be told when even the barest variant is too small for the farthest seat."""
        if self.figure_height >= self.least_height:
            return {}
        return {"figure_px": int(self.figure_height), "needed_px": int(self.least_height + 1)}


def least_figure_height(width: int, height: int, settings: BoardSettings) -> float:
    """Pixels that a figure must be high on a screen of this resolution and the set diagonal."""
    return settings.viewing_distance_m * 1000 / FIGURE_SHARE * px_per_mm(width, height, settings)


def px_per_mm(width: int, height: int, settings: BoardSettings) -> float:
    return float((width**2 + height**2) ** 0.5 / (settings.screen.diagonal_in * 25.4))


def plan_wall(width: int, height: int, settings: BoardSettings, queues: int) -> Plan:
    """The first of the variants that keeps the height of figures; the barest one if none can."""
    portrait = height > width
    variants = (
        [(False, True), (False, False)] if portrait else [(True, True), (True, False), (False, True), (False, False)]
    )
    least = least_figure_height(width, height, settings)
    made = [_plan(width, height, settings, queues, side, arrow) for side, arrow in variants]
    return next((plan for plan in made if plan.figure_height >= least), made[-1])


def _plan(width: int, height: int, settings: BoardSettings, queues: int, side: bool, arrow: bool) -> Plan:
    portrait = height > width
    scale = min(width / 1080, height / 1920) if portrait else min(width / 1920, height / 1080)
    ppm = px_per_mm(width, height, settings)
    least = least_figure_height(width, height, settings)
    margin = round(48 * scale)
    word = min(max(34 * scale, WORD_MM * ppm / CAPITAL_HEIGHT_EM), 46 * scale)
    foot_lines = 2 if portrait or word > 36 * scale else 1
    header = Box(0, 0, width, round((120 if portrait else 88) * scale))
    foot_h = round(word * (1.3 * foot_lines + 0.9))
    foot = Box(0, height - foot_h, width, foot_h)
    words_h = round(word * 1.55)
    top = header.bottom

    inner_all = width - 2 * margin
    side_w = round(420 * scale) if side and queues else 0
    strip_rows, strip_columns = (0, 0) if side or not queues else _strip(queues, portrait)
    strip_h = round(strip_rows * 112 * scale) + (words_h if portrait else 0)

    calls_words = Box(0, top, width - side_w, words_h)
    calls = Box(0, calls_words.bottom, width - side_w, foot.y - strip_h - calls_words.bottom)
    count = max(1, min(6 if portrait else 5, int(calls.h / (least * ROW_PER_FIGURE))))
    row_h = calls.h / count
    inner = calls.w - 2 * margin
    figures = min(row_h / ROW_PER_FIGURE / CAPITAL_HEIGHT_EM, inner / (_WITH_ARROW_EM if arrow else _WITHOUT_ARROW_EM))
    rows = tuple(Box(0, calls.y + i * row_h, calls.w, row_h) for i in range(count))

    if strip_rows and portrait:
        panel = Box(0, calls.bottom, width, strip_h)
        gap = round((96 if strip_columns == 2 else 56) * scale)
        cell_w = (inner_all - gap * (strip_columns - 1)) / strip_columns
        heads = tuple(Box(margin + i * (cell_w + gap), panel.y, cell_w, words_h) for i in range(strip_columns))
        cell_h = (strip_h - words_h) / strip_rows
        cells = tuple(
            Box(heads[i // strip_rows].x, heads[0].bottom + (i % strip_rows) * cell_h, cell_w, cell_h)
            for i in range(queues)
        )
    elif strip_rows:
        panel = Box(0, calls.bottom, width, strip_h)
        heads = (Box(margin, panel.y, word * 4.6, strip_h),)
        cell_w = (inner_all - heads[0].w) / queues
        cells = tuple(Box(heads[0].right + i * cell_w, panel.y, cell_w, strip_h) for i in range(queues))
    else:
        panel = Box(width - side_w, top, side_w, foot.y - top)
        pad = round(40 * scale)
        heads = (Box(panel.x + pad, top, side_w - 2 * pad, words_h),) if side_w else ()
        cell_h = min(132 * scale, (panel.h - words_h) / queues) if queues else 0
        cells = tuple(
            Box(panel.x + pad, top + words_h + i * cell_h, side_w - 2 * pad, cell_h)
            for i in range(queues if side_w else 0)
        )
    wanted = settings.viewing_distance_m * 1000 / SIDE_SHARE * ppm / CAPITAL_HEIGHT_EM
    return Plan(
        portrait=portrait,
        scale=scale,
        margin=margin,
        header=header,
        calls_words=calls_words,
        calls=calls,
        rows=rows,
        columns=_columns(margin, inner, row_h, figures, arrow),
        figures_px=figures,
        queue_words=heads,
        queue_panel=panel,
        queue_cells=cells,
        count_px=min(cells[0].h * 0.74, cells[0].w / 3.3, max(64 * scale, wanted)) if cells else 0,
        foot=foot,
        foot_lines=foot_lines,
        counts_beside=bool(strip_rows) and not portrait,
        title_px=40 * scale,
        word_px=word,
        least_height=least,
    )


def _strip(queues: int, portrait: bool) -> tuple[int, int]:
    """Rows and columns of the queues below the calls."""
    columns = queues if not portrait or queues <= 2 else 2 if queues <= 8 else 3
    return -(-queues // columns), columns


def _columns(margin: float, inner: float, row_h: float, figures: float, arrow: bool) -> Columns:
    slack = max(0.0, inner - (_WITH_ARROW_EM if arrow else _WITHOUT_ARROW_EM) * figures)
    badge = Box(margin, (row_h - BADGE_EM * figures) / 2, BADGE_EM * figures, BADGE_EM * figures)
    number_x = badge.right + _GAP_EM * figures + min(0.18 * figures, slack * 0.2)
    desk_w = _DESK_EM * figures + min(0.67 * figures, slack * 0.4)
    desk = Box(margin + inner - desk_w, 0, desk_w, row_h)
    end = desk.x - 0.15 * figures
    sign = None
    if arrow:
        size = _ARROW_EM * figures + min(0.19 * figures, slack * 0.2)
        sign = Box(end - size, (row_h - size) / 2, size, size)
        end = sign.x - 0.15 * figures
    return Columns(badge, Box(number_x, 0, end - number_x, row_h), sign, desk)
