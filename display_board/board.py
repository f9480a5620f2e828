"""The wall as a fold: the snapshot, then one frame after another. Knows no window, no network and no clock.

``now`` is a parameter everywhere. The same frames give the same wall, whoever folds them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from queue_server.messages import BoardCall, BoardView, Frame, FrameKind, TicketState

BLINK_FOR = timedelta(seconds=10)
BLINK_PHASE = timedelta(milliseconds=500)  # field for half a second, outline for half a second: 1 Hz, never over 2 Hz


class Highlight(StrEnum):
    """How a row stands out."""

    NONE = "none"
    FIELD = "field"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class Row:
    """One call on the wall; ``call`` is the number of the call event."""

    call: int
    number: str
    letter: str
    seq: int
    desk: int
    zone: str
    direction: str
    at: datetime
    serving_since: datetime | None = None

    @classmethod
    def from_call(cls, call: BoardCall) -> Self:
        since = (call.started_at or call.at) if call.state == "serving" else None
        return cls(
            call.call, call.number, call.letter, call.seq, call.desk, call.zone, call.direction, call.at, since
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Board:
    """The wall of some zones (none named: all) at row ``seq`` of the log; ``rows`` are newest first."""

    seq: int
    centre: dict[str, str]
    city: dict[str, str]
    tz: tzinfo
    row_stays: timedelta
    zones: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()  # whose counts are shown; none named: all
    rows: tuple[Row, ...] = ()
    waiting: dict[str, int] = field(default_factory=dict)
    latest_call: int = 0
    out_of_reach_since: datetime | None = None

    @classmethod
    def from_view(
        cls,
        view: BoardView,
        *,
        row_stays_s: int = 20,
        zones: frozenset[str] = frozenset(),
        letters: frozenset[str] = frozenset(),
    ) -> Self:
        rows = [Row.from_call(call) for call in view.calls if not zones or call.zone in zones]
        rows.sort(key=lambda row: row.call, reverse=True)
        return cls(
            seq=view.seq,
            centre=view.centre,
            city=view.city,
            tz=ZoneInfo(view.timezone),
            row_stays=timedelta(seconds=row_stays_s),
            zones=zones,
            letters=letters,
            rows=tuple(rows),
            waiting=_kept(view.waiting, letters),
            latest_call=rows[0].call if rows else 0,
        )

    def after(self, frame: Frame) -> Board:
        """The wall after this frame; a frame that was already folded changes nothing."""
        if frame.seq <= self.seq:
            return self
        board = replace(self, seq=frame.seq, waiting=self.waiting | _kept(frame.waiting, self.letters))
        match frame.kind:
            case FrameKind.CALLED | FrameKind.RECALLED:
                return board._with_call(frame)
            case FrameKind.STARTED:
                return board._with_start(frame)
            case FrameKind.FINISHED:
                return board  # the row stays until service has run for row_stays
            case FrameKind.REOPENED:
                return board  # whoever is served again needs no row: the visitor sits at the desk
            case FrameKind.UNDONE if frame.state is TicketState.CALLED:
                return board._with_call_again(frame)
            case FrameKind.UNDONE if frame.state is TicketState.SERVING:
                return board
            case _ if frame.number is not None:  # missed, withdrawn, transferred, held, released …
                return replace(board, rows=tuple(row for row in board.rows if row.number != frame.number))
            case _:
                return board

    def out_of_reach(self, since: datetime) -> Board:
        """The same wall, marked; the first ``since`` counts."""
        return self if self.out_of_reach_since else replace(self, out_of_reach_since=since)

    def in_reach(self) -> Board:
        return replace(self, out_of_reach_since=None) if self.out_of_reach_since else self

    def visible_rows(self, now: datetime, max_rows: int) -> tuple[Row, ...]:
        """At most ``max_rows``, newest first. Whoever is still to come has the place of one who is already served."""
        rows = self._present(now)
        spare = max(0, len(rows) - max_rows)
        served = [row for row in reversed(rows) if row.serving_since][:spare]
        return tuple(row for row in rows if row not in served)[:max_rows]

    def left_over(self, now: datetime, max_rows: int) -> tuple[Row, ...]:
        """Calls that are still to be answered but have no row, newest first."""
        shown = self.visible_rows(now, max_rows)
        return tuple(row for row in self._present(now) if row not in shown and not row.serving_since)

    def highlight(self, row: Row, now: datetime) -> Highlight:
        """Only the latest call stands out: it changes at 1 Hz for 10 s, then stays until a newer call."""
        if row.call != self.latest_call:
            return Highlight.NONE
        age = now - row.at
        blinking = timedelta(0) <= age < BLINK_FOR
        return Highlight.OUTLINE if blinking and (age // BLINK_PHASE) % 2 else Highlight.FIELD

    def _present(self, now: datetime) -> list[Row]:
        today = now.astimezone(self.tz).date()
        return [
            row
            for row in self.rows
            # A wall that lost its server overnight must not show yesterday as if it were now.
            if row.at.astimezone(self.tz).date() == today
            and not (row.serving_since and now >= row.serving_since + self.row_stays)
        ]

    def _with_call(self, frame: Frame) -> Board:
        others = tuple(row for row in self.rows if row.number != frame.number)
        row = _called(frame)
        if row is None or (self.zones and row.zone not in self.zones):
            return replace(self, rows=others)
        # A desk receives one visit at a time: a new call there ends the row of the one before.
        others = tuple(other for other in others if not (other.desk == row.desk and other.serving_since))
        return replace(self, rows=(row, *others), latest_call=row.call)

    def _with_call_again(self, frame: Frame) -> Board:
        """An undone move left the visitor called: the row of that call comes back in its place, and is no news."""
        others = tuple(row for row in self.rows if row.number != frame.number)
        row = _called(frame)
        if row is None or (self.zones and row.zone not in self.zones):
            return replace(self, rows=others)
        rows = sorted((row, *others), key=lambda one: one.call, reverse=True)
        return replace(self, rows=tuple(rows))

    def _with_start(self, frame: Frame) -> Board:
        return replace(
            self,
            rows=tuple(
                replace(row, serving_since=frame.at, desk=frame.desk or row.desk) if row.number == frame.number else row
                for row in self.rows
            ),
        )


def _called(frame: Frame) -> Row | None:
    """The row of a call frame; None when it names no number or desk (then there is nothing to show)."""
    if frame.number is None or frame.letter is None or frame.ticket_seq is None or frame.desk is None:
        return None
    return Row(
        frame.call or frame.seq, frame.number, frame.letter, frame.ticket_seq, frame.desk, frame.zone or "",
        frame.direction, frame.called_at or frame.at,
    )  # fmt: skip


def _kept(waiting: dict[str, int], letters: frozenset[str]) -> dict[str, int]:
    return {letter: count for letter, count in waiting.items() if not letters or letter in letters}
