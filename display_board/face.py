"""The whole wall as one widget: give it a scene and it shows it. Touches only what has changed; never animates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kivy.uix.floatlayout import FloatLayout

from config.look import BOLD, DARK, REGULAR
from config.settings import Board as BoardSettings
from display_board.drawing import CallRow, ClockFace, Field, Pictogram, QueueCell, Words, fitted, width_em
from display_board.plan import Box, Plan, plan_wall
from display_board.scene import Scene

LINE_EM = 1.22  # height of a line of Inter


class WallFace(FloatLayout):  # type: ignore[misc]
    """Header, calls, queues, foot line; landscape or portrait by its own size."""

    def __init__(self, settings: BoardSettings, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._settings = settings
        self._shown: tuple[Scene, tuple[float, float]] | None = None
        self._planned: tuple[tuple[int, int], int] | None = None
        self.plan: Plan = plan_wall(1920, 1080, settings, 0)
        self.call_rows: list[CallRow] = []
        self.queue_cells: list[QueueCell] = []

    def plan_for(self, queues: int) -> Plan:
        """The plan for the present size and so many queues; widgets are made anew only when it changes."""
        size = (int(self.width), int(self.height))
        if self._planned != (size, queues):
            self._planned = (size, queues)
            self._shown = None
            self.plan = plan_wall(*size, self._settings, queues)
            self._build()
        return self.plan

    def show(self, scene: Scene) -> None:
        plan = self.plan_for(len(scene.counts))
        if self._shown == (scene, tuple(self.size)):
            return
        self._shown = (scene, tuple(self.size))
        self._show_header(scene, plan)
        self._show_calls(scene, plan)
        self._show_queues(scene, plan)
        self._show_foot(scene, plan)

    def _build(self) -> None:
        plan = self.plan
        self.clear_widgets()
        self._add(Field(tone=DARK.paper), Box(0, 0, self.width, self.height))
        if plan.queue_panel.w:
            self._add(Field(tone=DARK.card), plan.queue_panel)
        self.call_rows = [self._add(CallRow(edge=round(10 * plan.scale)), box) for box in plan.rows]
        self.hairs = [self._add(Field(), Box(0, box.y, box.w, 3)) for box in plan.rows]
        self.message = self._add(Words())
        self.queue_cells = [self._add(QueueCell(), box) for box in plan.queue_cells]
        self.title, self.date, self.clock = self._add(Words()), self._add(Words()), self._add(ClockFace())
        self.number_word, self.desk_word = self._add(Words()), self._add(Words())
        self.queue_words = [(self._add(Words()), self._add(Words())) for _ in plan.queue_words]
        self._add(Field(tone=DARK.line), Box(0, plan.header.bottom - 3, self.width, 3))
        if plan.queue_panel.w:
            panel = plan.queue_panel
            edge = Box(0, panel.y, panel.w, 3) if panel.x == 0 else Box(panel.x, panel.y, 3, panel.h)
            self._add(Field(tone=DARK.line), edge)
        self._add(Field(tone=DARK.line), Box(0, plan.foot.y, self.width, 3))
        self.foot, self.warning = self._add(Words()), self._add(Pictogram())

    def _add(self, piece: Any, box: Box | None = None) -> Any:
        self.add_widget(piece)
        if box:
            piece.size_hint = (None, None)
            piece.size = box.w, box.h
            piece.pos = self.x + box.x, self.top - box.bottom
        return piece

    def _middle(self, box: Box) -> float:
        return float(self.top - box.y - box.h / 2)

    def _show_header(self, scene: Scene, plan: Plan) -> None:
        size, right = plan.title_px, self.right - plan.margin
        middle = self._middle(plan.header)
        if plan.portrait:
            step = plan.header.h * 0.21
            self.clock.put(scene.clock, size, DARK.ink, right=right, middle=middle + step)
            self.date.put(scene.date, REGULAR, size * 0.85, DARK.muted, right=right, middle=middle - step)
            room = self.date.x - 2 * plan.margin
        else:
            left = self.clock.put(scene.clock, size, DARK.ink, right=right, middle=middle)
            self.date.put(scene.date, REGULAR, size, DARK.muted, right=left - size * 0.8, middle=middle)
            room = self.date.x - 2 * plan.margin
        self._fill(self.title, scene.title, BOLD, size, DARK.ink, Box(plan.margin, 0, room, plan.header.h))

    def _show_calls(self, scene: Scene, plan: Plan) -> None:
        middle = self._middle(plan.calls_words)
        word = plan.word_px
        self.number_word.put(scene.number_word, REGULAR, word, DARK.muted, left=self.x + plan.margin, middle=middle)
        right = self.x + plan.calls_words.right - plan.margin
        self.desk_word.put(scene.desk_word, REGULAR, word, DARK.muted, right=right, middle=middle)
        for i, widget in enumerate(self.call_rows):
            shown = i < len(scene.rows)
            widget.opacity = 1 if shown else 0
            # A field needs no rule at its edges; a rule under the last row closes the list.
            self.hairs[i].opacity = 1 if i <= len(scene.rows) and not self._beside_field(scene, i) else 0
            if shown:
                widget.put(scene.rows[i], plan.columns, plan.figures_px)
        text = "" if scene.rows else scene.message
        size = fitted(text or " ", BOLD, plan.figures_px * 0.5, plan.calls.w - 2 * plan.margin)
        self.message.put(text, BOLD, size, DARK.ink, left=self.x + plan.margin, middle=self._middle(plan.rows[0]))

    def _beside_field(self, scene: Scene, i: int) -> bool:
        return any(0 <= j < len(scene.rows) and scene.rows[j].highlight != "none" for j in (i - 1, i))

    def _show_queues(self, scene: Scene, plan: Plan) -> None:
        word = plan.word_px
        for (queue, waiting), box in zip(self.queue_words, plan.queue_words, strict=True):
            middle, left, right = self._middle(box), self.x + box.x, self.x + box.right
            size = fitted(scene.waiting_word, REGULAR, word, box.w)
            if box.w < (width_em(scene.queue_word + scene.waiting_word, REGULAR) + 0.5) * word:
                queue.put("", REGULAR, word, DARK.muted, left=left, middle=middle)
                waiting.put(scene.waiting_word, REGULAR, size, DARK.muted, left=left, middle=middle)
            else:
                queue.put(scene.queue_word, REGULAR, word, DARK.muted, left=left, middle=middle)
                waiting.put(scene.waiting_word, REGULAR, size, DARK.muted, right=right, middle=middle)
        # One size for all counts, the largest at which the longest fits.
        size = min((cell.fitted_px(count, plan.count_px) for cell, (_, count) in self._counts(scene)), default=0)
        for cell, (letter, count) in self._counts(scene):
            cell.put(letter, count, size, beside=plan.counts_beside)

    def _counts(self, scene: Scene) -> list[tuple[QueueCell, tuple[str, str]]]:
        return list(zip(self.queue_cells, scene.counts, strict=True))

    def _show_foot(self, scene: Scene, plan: Plan) -> None:
        middle, left, room = self._middle(plan.foot), self.x + plan.margin, self.width - 2 * plan.margin
        self.warning.canvas.clear()
        if scene.alert:
            side = plan.word_px * 1.3
            self.warning.put("alert", left, middle - side * 0.47, side, DARK.alert)
            left, room = left + side * 1.35, room - side * 1.35
        font, colour = (BOLD, DARK.alert) if scene.alert else (REGULAR, DARK.ink)
        box = Box(left - self.x, plan.foot.y, room, plan.foot.h)
        self._fill(self.foot, scene.foot, font, plan.word_px, colour, box, plan.foot_lines)

    def _fill(self, words: Words, text: str, font: Path, size: float, colour: str, box: Box, lines: int = 2) -> None:
        """One line at its size, a little smaller, or broken into lines: never cut."""
        left, middle = self.x + box.x, self._middle(box)
        words.text_size = (None, None)
        one = fitted(text or " ", font, size, box.w)
        if one >= size * 0.85 or lines == 1:
            words.put(text, font, one, colour, left=left, middle=middle)
            return
        # A line rarely fills its width to the end, so a little room is left for whole words.
        size = min(size, box.h * 0.92 / lines / LINE_EM, box.w * lines * 0.92 / width_em(text, font))
        words.text_size = (box.w, None)
        words.put(text, font, size, colour, left=left, middle=middle)
