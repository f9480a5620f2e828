"""The wall's fold and the voice's queue held against the hall itself, over days of arbitrary moves."""

from __future__ import annotations

from typing import Any

import pytest

from display_board.announcements import Announcements, Say
from display_board.board import Board
from queue_server import messages as m
from queue_server import views
from queue_server.messages import TicketState as S
from tests.arbitrary_day import ArbitraryDay

SEEDS = range(16)


def day_of(toy: Any, seed: int) -> ArbitraryDay:
    arbitrary = ArbitraryDay(toy, seed)
    arbitrary.live(400)
    return arbitrary


@pytest.mark.parametrize("seed", SEEDS)
def test_after_every_row_the_folded_wall_is_what_a_fresh_snapshot_shows(toy: Any, seed: int) -> None:
    """Rows of a service that has ended stay until their time is over, and nobody who sits at a desk again is shown
    anew: only there a wall that is switched on just now differs."""
    board: Board | None = None
    seen_again: set[str] = set()
    for moment in day_of(toy, seed).told():
        now, centre = moment.now, toy.centre
        fresh = Board.from_view(views.board_view(moment.hall, centre, now), row_stays_s=centre.board.row_stays_s)
        frame = views.public_frame(moment.frame) if moment.frame else None
        if board is None:
            board = fresh
            continue
        if frame is not None:
            board = board.after(frame)
        assert board.waiting == fresh.waiting, frame
        if moment.frame and moment.frame.kind in (m.FrameKind.REOPENED, m.FrameKind.UNDONE):
            seen_again.add(moment.frame.number or "")
        ended = {views.number_of(t) for t in moment.hall.tickets.values() if t.state is S.SERVED}
        shown, meant = board.visible_rows(now, 99), fresh.visible_rows(now, 99)
        assert [row for row in shown if not row.serving_since] == [row for row in meant if not row.serving_since], frame
        assert [row for row in shown if row.serving_since and row.number not in ended | seen_again] == [
            row for row in meant if row.serving_since and row.number not in seen_again
        ], frame
    assert board is not None


@pytest.mark.parametrize("seed", SEEDS)
def test_only_who_is_called_is_announced_and_no_call_twice(toy: Any, seed: int) -> None:
    queue: Announcements | None = None
    said: dict[int, list[int]] = {}
    calls: set[int] = set()
    for moment in day_of(toy, seed).told():
        frame = views.public_frame(moment.frame) if moment.frame else None
        if queue is None:
            queue = Announcements().hear_snapshot(views.board_view(moment.hall, toy.centre, moment.now), moment.now)
            continue
        if frame is None:
            continue
        queue = queue.hear(frame)
        if frame.kind in (m.FrameKind.CALLED, m.FrameKind.RECALLED):
            calls.add(frame.seq)
        called = [t for t in moment.hall.tickets.values() if t.state is S.CALLED]
        assert queue.live == {views.number_of(t): t.last_call for t in called}, frame
        queue, action = queue.next(moment.now)
        if isinstance(action, Say):
            assert action.call.call in {t.last_call for t in called}
            said.setdefault(action.call.call, []).append(action.reading)
            queue = queue.said(moment.now)
    assert set(said) <= calls  # an undone move, a return, a hold are no calls
    assert all(readings in ([1], [1, 2]) for readings in said.values())


def test_these_days_hold_every_move_that_can_change_a_wall(toy: Any) -> None:
    """A verb that never succeeds would be a law that is never tried."""
    done: set[str] = set()
    undone: set[S | None] = set()
    for seed in SEEDS:
        another = type(toy)(toy.centre, toy.now)
        another.tick()
        arbitrary = day_of(another, seed)
        done |= arbitrary.done
        frames = [m_.frame for m_ in arbitrary.told() if m_.frame and m_.frame.kind is m.FrameKind.UNDONE]
        undone |= {frame.state for frame in frames}
    assert done == set(arbitrary.verbs)
    assert {S.CALLED, S.SERVING} <= undone


def test_nobody_can_tell_from_public_frames_that_priority_was_claimed(toy: Any) -> None:
    for moment in day_of(toy, 3).told():
        frame = views.public_frame(moment.frame) if moment.frame else None
        assert frame is None or frame.kind not in (m.FrameKind.CLAIMED, m.FrameKind.REJECTED)
