"""Following the server: the snapshot, every frame after it, and the truth about the line. Knows no window and no rules.

``news`` is a plain iterator, so a thread, a test or a demonstration can consume it; ``Wall`` is what has been learnt.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog

from config.settings import Board as BoardSettings
from display_board.board import Board
from queue_server.client import OutOfReach, Refused
from queue_server.messages import BoardView, CentreView, Frame, FrameKind, Heartbeat

RETRY_S = 1.5
SILENCE_S = 20.0  # the server says something every 15 s; a cable that was pulled says nothing

log = structlog.get_logger()


class Follows(Protocol):
    """What a follower needs of ``QueueClient``."""

    def board(self) -> BoardView: ...

    def centre(self) -> CentreView: ...

    def follow(self, after: int, *, read_timeout_s: float) -> Iterator[Frame | Heartbeat | None]: ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole wall anew. ``restarted``: the server's log is another one, older numbers mean nothing."""

    view: BoardView
    centre: CentreView
    restarted: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """The server is out of reach; what was learnt stays."""


@dataclass(frozen=True, slots=True)
class Back:
    """The server answers again at its time ``now``; what was missed follows."""

    now: datetime


News = Snapshot | Frame | Heartbeat | Lost | Back


def news(server: Follows, stop: threading.Event, retry_s: float = RETRY_S) -> Iterator[News]:
    """Everything a wall has to know, until ``stop``. After a break it goes on from its last frame."""
    seq: int | None = None
    lost = False
    while not stop.is_set():
        try:
            view = server.board()
            if seq is None or view.seq < seq:
                yield Snapshot(view, server.centre(), restarted=seq is not None)
                seq = view.seq
            elif lost:
                yield Back(view.now)
            lost = False
            for item in server.follow(seq, read_timeout_s=SILENCE_S):
                if stop.is_set():
                    return
                if item is None:
                    break
                if isinstance(item, Frame):
                    seq = max(seq, item.seq)
                yield item
                if isinstance(item, Frame) and item.kind in (FrameKind.SETTINGS, FrameKind.DAY):
                    break
            view = server.board()
            yield Snapshot(view, server.centre(), restarted=view.seq < seq)
            seq = view.seq
        except (OutOfReach, Refused) as error:  # refused: unknown to the server; an administrator may yet pair it
            if not lost:
                log.warning("server_out_of_reach", detail=str(error))
                lost = True
                yield Lost()
            stop.wait(retry_s)


class ServerTime:
    """The server's clock as it was last heard, carried on by a clock of this machine that nobody sets."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._heard = datetime.now(UTC)
        self._heard_at = monotonic()

    def hear(self, now: datetime) -> None:
        self._heard, self._heard_at = now, self._monotonic()

    def now(self) -> datetime:
        return self._heard + timedelta(seconds=self._monotonic() - self._heard_at)


class Wall:
    """What this wall has learnt so far; ``take`` may run in another thread than the readers."""

    def __init__(self, settings: BoardSettings | None = None, time: ServerTime | None = None) -> None:
        self._settings = settings or BoardSettings()
        self._lock = threading.Lock()
        self.time = time or ServerTime()
        self.board: Board | None = None
        self.centre: CentreView | None = None
        self.lost_since: datetime | None = None
        self._last_word: datetime | None = None

    def take(self, item: News) -> None:
        with self._lock:
            self._take(item)
            if not isinstance(item, Lost):
                self._last_word = self.time.now()

    def _take(self, item: News) -> None:
        match item:
            case Snapshot():
                self.time.hear(item.view.now)
                self.centre = item.centre
                self.board = self._board(item)
                self.lost_since = None
            case Frame():
                if item.at > self.time.now():  # a frame from our future: the server's clock was set, or a demo moved it
                    self.time.hear(item.at)
                self.board = self.board and self.board.after(item).in_reach()
                self.lost_since = None
            case Heartbeat(now=now) | Back(now=now):
                self.time.hear(now)
                self.board = self.board and self.board.in_reach()
                self.lost_since = None
            case Lost():
                # A line that was cut is noticed late: the truth is as old as the last word heard.
                self.lost_since = self.lost_since or self._last_word or self.time.now()
                self.board = self.board and self.board.out_of_reach(self.lost_since)

    def _board(self, item: Snapshot) -> Board:
        zones = frozenset(self._settings.zones)
        letters = (
            frozenset(group.letter for group in item.centre.groups if group.zone in zones) if zones else frozenset()
        )
        return Board.from_view(item.view, row_stays_s=self._settings.row_stays_s, zones=zones, letters=letters)


class FollowerThread:
    """Hands every piece of news to the takers, in order, beside a window."""

    def __init__(self, server: Follows, takers: list[Callable[[News], None]], retry_s: float = RETRY_S) -> None:
        self._server = server
        self._takers = takers
        self._retry_s = retry_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="wall-follower", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end. It may still wait for the server's next word, so nobody waits for it."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                for item in news(self._server, self._stop, self._retry_s):
                    for take in self._takers:
                        take(item)
            except Exception:  # the border: a fault in one frame must not leave a dead wall that looks alive
                log.exception("follower_failed")
                for take in self._takers:
                    take(Lost())
                self._stop.wait(self._retry_s)
