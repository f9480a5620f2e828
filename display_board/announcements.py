"""Which call is said when, through one loudspeaker: an immutable queue that answers «what now?» with one action.

Knows no sound and no clock: ``now`` is a parameter, and whoever speaks says when it has finished.
A loudspeaker serves some zones (none named: all); a hall with several has one queue for each.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from display_board.words import Phrase, call_phrases
from queue_server.messages import BoardCall, BoardView, Frame, FrameKind, TicketState

STALE = "stale"
NO_LONGER_CALLED = "no_longer_called"
SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Call:
    """One call event that may be announced; ``call`` is its row in the log, so no event is announced twice."""

    call: int
    number: str
    letter: str
    seq: int
    desk: int
    at: datetime
    language: str

    @classmethod
    def from_board(cls, call: BoardCall) -> Self:
        return cls(call.call, call.number, call.letter, call.seq, call.desk, call.at, call.language)


@dataclass(frozen=True, slots=True)
class Say:
    """Say this call now: the first ``reading`` after a chime, the second without one."""

    call: Call
    reading: int

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return call_phrases(self.call.letter, self.call.seq, self.call.desk, self.reading, self.call.language)


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to say before ``until``, or before something new is heard (None)."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """This call is not announced, by rule; ``why`` is a stable word for the report."""

    call: Call
    why: str


Action = Say | Wait | Skip


@dataclass(frozen=True, slots=True)
class Pace:
    """The rules of time: ``second_after`` between the readings, ``stale_after`` drops a call that was never read.

    More than ``single_reading_backlog`` calls waiting: each is read once.
    """

    second_after: timedelta = timedelta(seconds=2)
    stale_after: timedelta = timedelta(seconds=60)
    single_reading_backlog: int = 3


@dataclass(frozen=True, slots=True)
class Announcements:
    """What one loudspeaker still has to say. Every method gives a new queue; the old one stays as it was."""

    pace: Pace = Pace()
    zones: frozenset[str] = frozenset()
    heard: int = 0  # the newest row of the log that was taken into account
    pending: tuple[Call, ...] = ()
    live: dict[str, int] = field(default_factory=dict)  # number → its call event, while it is called
    speaking: Say | None = None
    second: Call | None = None
    second_due: datetime | None = None

    def hear_snapshot(self, view: BoardView, now: datetime) -> Announcements:
        """Take the wall's snapshot: calls not heard of yet are queued, none is queued twice.

        At the very start calls that are already stale pass in silence: somebody else may have announced them.
        """
        called = sorted((c for c in view.calls if c.state == "called" and self._ours(c.zone)), key=lambda c: c.call)
        new = [Call.from_board(c) for c in called if c.call > self.heard]
        if not self.heard:
            new = [call for call in new if not self._stale(call, now)]
        return replace(
            self,
            heard=max(self.heard, view.seq),
            pending=self.pending + tuple(new),
            live={c.number: c.call for c in called},
        )

    def restarted(self) -> Announcements:
        """The server began another log: its row numbers mean something else from here on."""
        return Announcements(pace=self.pace, zones=self.zones, speaking=self.speaking)

    def hear(self, frame: Frame) -> Announcements:
        """Take one frame; one that was already heard changes nothing."""
        if frame.seq <= self.heard:
            return self
        queue = replace(self, heard=frame.seq)
        if frame.number is None or (not self._ours(frame.zone or "") and frame.number not in self.live):
            return queue
        match frame.kind:
            case FrameKind.CALLED | FrameKind.RECALLED:
                return queue._called(frame)
            case FrameKind.ISSUED | FrameKind.REINSTATED | FrameKind.DESK | FrameKind.DAY | FrameKind.SETTINGS:
                return queue
            case FrameKind.UNDONE if frame.state is TicketState.CALLED:
                return queue._called_again(frame)
            case _:
                return replace(queue, live=_without(self.live, frame.number))

    def next(self, now: datetime) -> tuple[Announcements, Action]:
        """What to do now. After Say the queue waits for ``said`` or ``failed``: readings never overlap."""
        if self.speaking:
            return self, Wait()
        if self.second and self.second_due:
            if self.live.get(self.second.number) != self.second.call or self._crowded():
                return replace(self, second=None, second_due=None).next(now)
            if now < self.second_due:
                return self, Wait(self.second_due)
            say = Say(self.second, 2)
            return replace(self, second=None, second_due=None, speaking=say), say
        if not self.pending:
            return self, Wait()
        call, *rest = self.pending
        if why := self._why_skip(call, now):
            return replace(self, pending=tuple(rest)), Skip(call, why)
        say = Say(call, 1)
        return replace(self, pending=tuple(rest), speaking=say), say

    def said(self, now: datetime) -> Announcements:
        """The reading has been heard to its end at ``now``."""
        if self.speaking and self.speaking.reading == 1:
            return replace(self, speaking=None, second=self.speaking.call, second_due=now + self.pace.second_after)
        return replace(self, speaking=None)

    def failed(self) -> Announcements:
        """The reading could not be rendered: go on with the next call, there is nothing to repeat."""
        return replace(self, speaking=None)

    def _called(self, frame: Frame) -> Announcements:
        assert frame.number is not None
        if frame.letter is None or frame.ticket_seq is None or frame.desk is None or not self._ours(frame.zone or ""):
            return replace(self, live=_without(self.live, frame.number))
        call = Call(frame.seq, frame.number, frame.letter, frame.ticket_seq, frame.desk, frame.at, frame.language)
        return replace(self, pending=(*self.pending, call), live=self.live | {call.number: call.call})

    def _called_again(self, frame: Frame) -> Announcements:
        """An undone move left the visitor called. It is no new call: only what was still to be said of it is said."""
        assert frame.number is not None
        if not self._ours(frame.zone or ""):
            return self
        return replace(self, live=self.live | {frame.number: frame.call or frame.seq})

    def _why_skip(self, call: Call, now: datetime) -> str:
        live = self.live.get(call.number)
        if live is None:
            return NO_LONGER_CALLED
        if live != call.call:
            return SUPERSEDED
        return STALE if self._stale(call, now) else ""

    def _stale(self, call: Call, now: datetime) -> bool:
        return now - call.at > self.pace.stale_after

    def _crowded(self) -> bool:
        return len(self.pending) > self.pace.single_reading_backlog

    def _ours(self, zone: str) -> bool:
        return not self.zones or zone in self.zones


def _without(live: dict[str, int], number: str) -> dict[str, int]:
    return {other: call for other, call in live.items() if other != number}
