"""Followers and what they are told: a ring of encoded frames in memory, one wake-up for all, resume by number.

Knows nothing of the hall: it is given frames when they are committed and sends the same bytes to everybody.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime
from time import monotonic

from gevent.event import Event as Bell

from queue_server import messages as m

RING = 8192  # frames kept at hand: more than a busy day; who was away longer reads the snapshot
HEARTBEAT_S = 15.0
SENT_AT_ONCE = 256


def _encoded(event: str, seq: int | None, data: str) -> bytes:
    number = f"id: {seq}\n" if seq is not None else ""
    return f"{number}event: {event}\ndata: {data}\n\n".encode()


class Ring:
    """The last frames for one audience."""

    def __init__(self) -> None:
        self.seqs: list[int] = []
        self.frames: list[bytes] = []
        self.forgotten = 0  # the newest frame that is no longer at hand

    def add(self, seq: int, frame: bytes) -> None:
        self.seqs.append(seq)
        self.frames.append(frame)
        if len(self.seqs) > 2 * RING:  # drop half at a time, so that it costs nothing per frame
            self.forgotten = self.seqs[RING - 1]
            del self.seqs[:RING]
            del self.frames[:RING]

    def after(self, seq: int) -> tuple[list[bytes], int]:
        start = bisect_right(self.seqs, seq)
        end = min(start + SENT_AT_ONCE, len(self.seqs))
        return self.frames[start:end], self.seqs[end - 1] if end > start else seq


class Stream:
    """Takes frames while a batch is written, lets them go when it is committed."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._rings = {False: Ring(), True: Ring()}
        self._pending: list[tuple[m.StaffFrame, m.Frame | None]] = []
        self._bell = Bell()
        self.seq = 0
        self.followers = 0
        self.last_public = 0  # the newest frame that everybody was told

    def start_after(self, seq: int) -> None:
        """Frames up to ``seq`` are not at hand: the day before this one."""
        for ring in self._rings.values():
            ring.forgotten = max(ring.forgotten, seq)
        self.seq = max(self.seq, seq)

    def take(self, staff: m.StaffFrame, public: m.Frame | None) -> None:
        if staff.seq > self.seq:  # a hall that is folded anew tells what was told before
            self._pending.append((staff, public))

    def drop(self) -> None:
        """The batch was not committed: nobody hears of it."""
        self._pending.clear()

    def publish(self, seq: int) -> None:
        """The batch is committed up to row ``seq``."""
        for staff, public in self._pending:
            self._rings[True].add(staff.seq, _encoded(staff.kind, staff.seq, staff.model_dump_json()))
            if public is not None:
                self.last_public = public.seq
                self._rings[False].add(public.seq, _encoded(public.kind, public.seq, public.model_dump_json()))
        self.seq = max(self.seq, seq)
        if self._pending:
            self._pending.clear()
            bell, self._bell = self._bell, Bell()
            bell.set()

    def follow(self, after: int, *, staff: bool) -> Iterator[bytes]:
        """Frames after row ``after`` as they come, a heartbeat when it is quiet, ``reset`` when some are missing."""
        ring = self._rings[staff]
        self.followers += 1
        try:
            yield self._heartbeat()
            quiet_until = monotonic() + HEARTBEAT_S
            while True:
                if after < ring.forgotten or after > self.seq:
                    after = self.seq  # before it is told: what comes while it travels is not in the snapshot
                    yield _encoded("reset", None, "{}")
                bell = self._bell
                frames, after = ring.after(after)
                if frames:
                    yield b"".join(frames)
                elif bell.wait(max(0.0, quiet_until - monotonic())):
                    continue  # perhaps only for another audience: the silence goes on
                else:
                    yield self._heartbeat()
                quiet_until = monotonic() + HEARTBEAT_S
        finally:
            self.followers -= 1

    def _heartbeat(self) -> bytes:
        return _encoded("heartbeat", None, m.Heartbeat(now=self._now(), seq=self.seq).model_dump_json())
