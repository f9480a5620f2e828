"""The wall as a fold of frames."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display_board.board import Board, Highlight
from display_board.scene import scene_of, until_next_change
from queue_server.messages import BoardCall, BoardView, Frame, FrameKind

T0 = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


def view(*calls: BoardCall, seq: int = 10, waiting: dict[str, int] | None = None) -> BoardView:
    return BoardView(
        seq=seq,
        now=T0,
        centre={"uk": "Центр «Прозорий офіс»"},
        city={"uk": "Бахмут"},
        timezone="Europe/Kyiv",
        calls=list(calls),
        waiting=waiting if waiting is not None else {"А": 3, "Д": 1},
    )


def frame(kind: str, seq: int, number: str = "А 17", desk: int | None = 3, s: float = 0, **more: Any) -> Frame:
    letter, figures = number.split()
    return Frame(
        seq=seq, at=at(s), kind=FrameKind(kind), number=f"{letter}\u00a0{figures}", letter=letter,
        ticket_seq=int(figures), desk=desk, zone=more.pop("zone", "hall"), **more,
    )  # fmt: skip


@pytest.fixture
def board() -> Board:
    return Board.from_view(view())


def shown(board: Board, s: float = 0, rows: int = 5) -> list[tuple[str, int]]:
    return [(row.number.replace("\u00a0", " "), row.desk) for row in board.visible_rows(at(s), rows)]


def test_the_newest_call_stands_on_top(board: Board) -> None:
    board = board.after(frame("called", 11)).after(frame("called", 12, "Д 4", 1))
    assert shown(board) == [("Д 4", 1), ("А 17", 3)]


def test_a_recall_moves_the_row_to_the_top(board: Board) -> None:
    for one in (frame("called", 11), frame("called", 12, "Д 4", 1), frame("recalled", 13, s=20)):
        board = board.after(one)
    assert shown(board, 20) == [("А 17", 3), ("Д 4", 1)]


def test_a_row_leaves_twenty_seconds_after_service_began(board: Board) -> None:
    board = board.after(frame("called", 11)).after(frame("started", 12, s=30))
    assert shown(board, 49.9) == [("А 17", 3)]
    assert shown(board, 50) == []


def test_a_service_that_ended_at_once_still_leaves_its_row_for_twenty_seconds(board: Board) -> None:
    board = board.after(frame("called", 11)).after(frame("started", 12, s=30)).after(frame("finished", 13, s=33))
    assert shown(board, 40) == [("А 17", 3)]
    assert shown(board, 51) == []


@pytest.mark.parametrize("kind", ["missed", "withdrawn", "transferred", "held", "released", "cancelled", "expired"])
def test_a_call_that_is_over_without_service_leaves_at_once(board: Board, kind: str) -> None:
    assert shown(board.after(frame("called", 11)).after(frame(kind, 12))) == []


@pytest.mark.parametrize("kind", ["held", "released", "withdrawn", "transferred"])
def test_a_visitor_who_leaves_the_desk_in_the_middle_of_service_leaves_the_wall(board: Board, kind: str) -> None:
    board = board.after(frame("called", 11)).after(frame("started", 12, s=5)).after(frame(kind, 13, s=9))
    assert shown(board, 10) == []


def test_an_undone_no_show_brings_the_row_back_to_its_place_and_does_not_stand_out(board: Board) -> None:
    board = board.after(frame("called", 11)).after(frame("called", 12, "Д 4", 1, s=5)).after(frame("missed", 13, s=70))
    board = board.after(frame("undone", 14, s=75, state="called", call=11, called_at=at(0)))
    assert shown(board, 75) == [("Д 4", 1), ("А 17", 3)]
    assert board.highlight(board.visible_rows(at(75), 5)[1], at(75)) is Highlight.NONE


def test_a_start_that_was_a_slip_of_the_finger_leaves_the_visitor_called(board: Board) -> None:
    board = board.after(frame("called", 11)).after(frame("started", 12, s=5))
    board = board.after(frame("undone", 13, s=9, state="called", call=11, called_at=at(0)))
    assert shown(board, 60) == [("А 17", 3)]


def test_an_undone_end_of_service_changes_nothing_on_the_wall(board: Board) -> None:
    for one in (frame("called", 11), frame("started", 12, s=5), frame("finished", 13, s=8)):
        board = board.after(one)
    undone = board.after(frame("undone", 14, s=12, state="serving", call=11, called_at=at(0)))
    assert shown(undone, 20) == [("А 17", 3)]
    assert shown(undone, 25) == []


def test_who_waits_again_after_a_hold_or_a_snooze_is_only_counted(board: Board) -> None:
    board = board.after(frame("called", 11))
    for seq, kind in enumerate(("snoozed", "resumed", "returned", "expected", "checked_in", "undone"), 12):
        board = board.after(Frame(seq=seq, at=at(1), kind=FrameKind(kind), waiting={"А": seq}))
        assert (shown(board, 1), board.waiting["А"]) == ([("А 17", 3)], seq)


def test_a_new_call_of_a_desk_takes_the_row_of_the_one_served_there(board: Board) -> None:
    board = board.after(frame("called", 11)).after(frame("started", 12, s=5)).after(frame("called", 13, "А 18", 3, s=9))
    assert shown(board, 9) == [("А 18", 3)]


def test_a_frame_folded_twice_changes_nothing(board: Board) -> None:
    once = board.after(frame("called", 11, waiting={"А": 2}))
    assert once.after(frame("called", 11, waiting={"А": 7})) is once


def test_counts_follow_the_frames_and_keep_the_order_of_the_groups(board: Board) -> None:
    board = board.after(frame("issued", 11, "Д 5", None, waiting={"Д": 2}))
    assert list(board.waiting.items()) == [("А", 3), ("Д", 2)]


def test_a_wall_of_one_zone_shows_no_call_and_no_count_of_another() -> None:
    board = Board.from_view(view(), zones=frozenset({"hall"}), letters=frozenset("А"))
    board = board.after(frame("called", 11, zone="floor2", waiting={"Д": 9})).after(frame("called", 12, "А 18", 1))
    assert shown(board) == [("А 18", 1)]
    assert board.waiting == {"А": 3}


def test_a_call_that_moved_to_another_zone_leaves_this_wall() -> None:
    board = Board.from_view(view(), zones=frozenset({"hall"})).after(frame("called", 11))
    assert shown(board.after(frame("called", 12, zone="floor2"))) == []


def test_whoever_is_still_to_come_has_the_place_of_one_who_is_served(board: Board) -> None:
    board = board.after(frame("called", 11, "А 1", 1)).after(frame("called", 12, "А 2", 2))
    board = board.after(frame("called", 13, "А 3", 3)).after(frame("started", 14, "А 3", 3, s=1))
    assert shown(board, 2, rows=2) == [("А 2", 2), ("А 1", 1)]


def test_calls_without_a_row_are_named_in_the_foot_line(board: Board) -> None:
    for i in range(1, 5):
        board = board.after(frame("called", 10 + i, f"А {i}", i))
    scene = scene_of(board, at(5), 3)
    assert "А\u00a01 до місця\u00a01" in scene.foot
    assert [row.figures for row in scene.rows] == ["4", "3", "2"]


def test_a_lost_line_is_marked_with_the_time_of_the_last_word_and_keeps_the_calls(board: Board) -> None:
    lost = board.after(frame("called", 11)).out_of_reach(at(120)).out_of_reach(at(300))
    scene = scene_of(lost, at(400), 5)
    assert scene.foot == "Немає зв’язку з 10:02. Показано останні виклики"
    assert scene.alert
    assert len(scene.rows) == 1
    assert not scene_of(lost.in_reach(), at(400), 5).alert


def test_a_wall_that_lost_its_server_never_shows_yesterday_as_if_it_were_now(board: Board) -> None:
    lost = board.after(frame("called", 11)).out_of_reach(at(120))
    scene = scene_of(lost, at(24 * 3600), 5)
    assert scene.rows == ()
    assert scene.foot.startswith("Немає зв’язку з 10:02, четвер, 12 березня")
    assert scene.counts == ()
    assert scene.message == "Стежте за оголошеннями працівників"  # it cannot know that nobody is called


def test_a_wall_without_calls_asks_to_wait(board: Board) -> None:
    assert scene_of(board, at(0), 5).message == "Очікуйте на виклик"


def test_a_wall_that_never_reached_its_server_says_so() -> None:
    scene = scene_of(None, at(0), 5, lost=True)
    assert (scene.foot, scene.alert, scene.message) == ("Немає зв’язку із сервером", True, "З’єднуємося із сервером")


def test_the_rules_at_the_foot_change_every_twenty_seconds(board: Board) -> None:
    feet = [scene_of(board, at(s), 5).foot for s in range(0, 80)]
    changes = [i for i in range(1, 80) if feet[i] != feet[i - 1]]
    assert changes == [20, 40, 60]


def test_the_latest_call_changes_at_one_hertz_for_ten_seconds_and_then_stays(board: Board) -> None:
    board = board.after(frame("called", 11)).after(frame("called", 12, "Д 4", 1))
    top, below = board.visible_rows(at(0), 5)
    looks = [board.highlight(top, at(i / 10)) for i in range(0, 200)]
    changes = [i / 10 for i in range(1, 200) if looks[i] != looks[i - 1]]
    assert changes == [i / 2 for i in range(1, 21)]
    assert min(b - a for a, b in pairwise(changes)) >= 0.25  # two changes a cycle: at most 2 Hz
    assert set(looks[100:]) == {Highlight.FIELD}
    assert board.highlight(below, at(1)) is Highlight.NONE


def test_a_call_stops_standing_out_when_a_newer_one_comes_even_if_that_one_is_gone(board: Board) -> None:
    board = board.after(frame("called", 11)).after(frame("called", 12, "Д 4", 1)).after(frame("missed", 13, "Д 4", 1))
    (row,) = board.visible_rows(at(1), 5)
    assert board.highlight(row, at(1)) is Highlight.NONE


@given(st.floats(0, 30))
def test_between_two_looks_at_the_clock_nothing_changes(seconds: float) -> None:
    board = Board.from_view(view()).after(frame("called", 11))
    now = at(seconds)
    pause = until_next_change(board, now)
    assert timedelta(0) < pause <= timedelta(seconds=1)
    almost = now + pause - timedelta(microseconds=1)
    assert scene_of(board, now, 5).rows == scene_of(board, almost, 5).rows


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "called",
                "recalled",
                "started",
                "finished",
                "missed",
                "withdrawn",
                "issued",
                "held",
                "released",
                "reopened",
            ]
        ),
        st.integers(1, 6),
        st.integers(1, 4),
    ),
    max_size=40,
)


@settings(max_examples=50)
@given(STEPS, st.integers(0, 40))
def test_every_fold_of_the_same_frames_gives_the_same_wall(steps: list[tuple[str, int, int]], again_from: int) -> None:
    frames = [frame(kind, 11 + i, f"А {n}", desk, s=i) for i, (kind, n, desk) in enumerate(steps)]
    straight = Board.from_view(view())
    for one in frames:
        straight = straight.after(one)
    broken = Board.from_view(view())
    for one in [*frames[: again_from + 3], *frames[again_from:]]:  # a reconnect repeats some frames
        broken = broken.after(one)
    assert straight == broken
    numbers = [row.number for row in straight.rows]
    assert len(numbers) == len(set(numbers))
    assert [row.call for row in straight.rows] == sorted((row.call for row in straight.rows), reverse=True)
