"""Which call is said when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display_board.announcements import Announcements, Say, Skip, Wait
from queue_server.messages import BoardCall, BoardView, Frame, FrameKind

T0 = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


def frame(kind: str, seq: int, n: int = 17, desk: int = 3, s: float = 0, **more: Any) -> Frame:
    return Frame(
        seq=seq, at=at(s), kind=FrameKind(kind), number=f"А\u00a0{n}", letter="А", ticket_seq=n, desk=desk,
        zone=more.pop("zone", "hall"), **more,
    )  # fmt: skip


def view(*calls: tuple[int, int, float], seq: int = 10) -> BoardView:
    """Calls as (call, number, second)."""
    rows = [
        BoardCall(
            call=call, number=f"А\u00a0{n}", letter="А", seq=n, desk=1, zone="hall", at=at(s), reading=1,
            language="uk", state="called",
        )
        for call, n, s in calls
    ]  # fmt: skip
    return BoardView(
        seq=seq, now=T0, centre={"uk": "Ц"}, city={"uk": "Б"}, timezone="Europe/Kyiv", calls=rows, waiting={}
    )


class Hall:
    """Plays a queue against a stopped clock; every reading takes four seconds."""

    def __init__(self, queue: Announcements | None = None) -> None:
        self.queue = (queue or Announcements()).hear_snapshot(view(), T0)
        self.told: list[tuple[str, int, float]] = []

    def hear(self, *frames: Frame) -> None:
        for one in frames:
            self.queue = self.queue.hear(one)

    def run(self, start: float, until: float, length: float = 4.0) -> list[tuple[str, int, float]]:
        now = start
        while now <= until:
            self.queue, action = self.queue.next(at(now))
            match action:
                case Say(call, reading):
                    self.told.append((f"say {reading}", call.call, now))
                    now += length
                    self.queue = self.queue.said(at(now))
                case Skip(call, why):
                    self.told.append((why, call.call, now))
                case Wait(due):
                    if due is None:
                        break
                    now = (due - T0).total_seconds()
        return self.told


def test_a_call_is_read_twice_with_two_seconds_between() -> None:
    hall = Hall()
    hall.hear(frame("called", 11))
    assert hall.run(0, 60) == [("say 1", 11, 0), ("say 2", 11, 6.0)]


def test_the_first_reading_starts_at_once() -> None:
    hall = Hall()
    hall.hear(frame("called", 11, s=0))
    assert hall.run(0.3, 60)[0] == ("say 1", 11, 0.3)


def test_a_visitor_who_came_at_the_first_reading_is_not_called_again() -> None:
    hall = Hall()
    hall.hear(frame("called", 11))
    hall.run(0, 3)
    hall.hear(frame("started", 12, s=5))
    assert hall.run(6, 60) == [("say 1", 11, 0)]


def test_a_recall_takes_the_place_of_the_second_reading() -> None:
    hall = Hall()
    hall.hear(frame("called", 11))
    hall.run(0, 3)
    hall.hear(frame("recalled", 12, s=5, reading=2))
    assert hall.run(5, 60) == [("say 1", 11, 0), ("say 1", 12, 5), ("say 2", 12, 11.0)]


def test_a_call_that_was_recalled_before_it_was_said_is_said_once_and_reported_as_superseded() -> None:
    hall = Hall()
    hall.hear(frame("called", 11), frame("recalled", 12))
    assert hall.run(0, 3) == [("superseded", 11, 0), ("say 1", 12, 0)]


@pytest.mark.parametrize("kind", ["held", "released", "withdrawn", "transferred", "finished"])
def test_a_visitor_who_is_not_called_any_more_is_not_read_again(kind: str) -> None:
    hall = Hall()
    hall.hear(frame("called", 11))
    hall.run(0, 3)
    hall.hear(frame(kind, 12, s=5))
    assert hall.run(5, 60) == [("say 1", 11, 0)]


def test_a_call_that_stands_again_after_an_undo_is_not_announced_anew() -> None:
    hall = Hall()
    hall.hear(frame("called", 11))
    hall.run(0, 30)
    hall.hear(frame("missed", 12, s=70), frame("undone", 13, s=75, state="called", call=11))
    assert hall.run(75, 120) == [("say 1", 11, 0), ("say 2", 11, 6.0)]


def test_a_call_that_was_not_read_yet_is_read_when_its_start_is_undone() -> None:
    hall = Hall()
    hall.hear(frame("called", 11), frame("started", 12, s=1), frame("undone", 13, s=3, state="called", call=11))
    assert hall.run(4, 60)[0] == ("say 1", 11, 4)


def test_an_undone_end_of_service_calls_nobody() -> None:
    hall = Hall()
    hall.hear(frame("called", 11), frame("started", 12), frame("finished", 13), frame("undone", 14, state="serving"))
    assert hall.run(0, 60) == [("no_longer_called", 11, 0)]


def test_a_call_that_is_over_before_its_first_reading_is_skipped_and_says_why() -> None:
    hall = Hall()
    hall.hear(frame("called", 11), frame("missed", 12))
    assert hall.run(0, 60) == [("no_longer_called", 11, 0)]


def test_a_call_older_than_a_minute_is_not_said() -> None:
    hall = Hall()
    hall.hear(frame("called", 11, s=0))
    assert hall.run(60.1, 90) == [("stale", 11, 60.1)]


def test_with_more_than_three_calls_waiting_each_is_read_once() -> None:
    hall = Hall()
    hall.hear(*(frame("called", 11 + i, n=i, desk=i + 1) for i in range(6)))
    told = hall.run(0, 300)
    firsts = [call for what, call, _ in told if what == "say 1"]
    seconds = [call for what, call, _ in told if what == "say 2"]
    assert firsts == [11, 12, 13, 14, 15, 16]
    assert seconds == [13, 14, 15, 16]  # 5 and 4 waited behind the first two


def test_one_call_event_is_never_announced_twice_however_often_it_is_heard() -> None:
    hall = Hall()
    for _ in range(3):
        hall.hear(frame("called", 11))
        hall.queue = hall.queue.hear_snapshot(view((11, 17, 0), seq=11), at(1))
        hall.run(1, 60)
    assert [what for what, _, _ in hall.told] == ["say 1", "say 2"]


def test_a_wall_that_has_just_started_says_what_is_fresh_and_is_silent_about_the_rest() -> None:
    queue = Announcements().hear_snapshot(view((9, 1, -61), (10, 2, -20)), T0)
    queue, action = queue.next(T0)
    assert isinstance(action, Say)
    assert action.call.call == 10
    assert queue.pending == ()


def test_after_a_break_only_calls_that_are_still_fresh_are_said() -> None:
    hall = Hall()
    hall.hear(frame("called", 11, n=1, s=0), frame("called", 12, n=2, s=70))
    assert hall.run(100, 103) == [("stale", 11, 100), ("say 1", 12, 100)]


def test_a_snapshot_after_a_break_brings_the_calls_that_were_missed() -> None:
    hall = Hall()
    hall.queue = hall.queue.hear_snapshot(view((15, 5, 20), seq=30), at(30))
    assert hall.run(30, 33) == [("say 1", 15, 30)]
    assert hall.queue.hear(frame("called", 15, n=5)).pending == ()


def test_a_log_that_began_anew_is_heard_from_its_first_row() -> None:
    hall = Hall()
    hall.queue = hall.queue.restarted().hear_snapshot(view((3, 1, 0), seq=3), at(1))
    assert hall.run(1, 4) == [("say 1", 3, 1)]


def test_a_loudspeaker_of_one_zone_is_silent_about_another() -> None:
    hall = Hall(Announcements(zones=frozenset({"hall"})))
    hall.hear(frame("called", 11, zone="floor2"), frame("called", 12, n=18))
    assert [call for _, call, _ in hall.run(0, 4)] == [12]


def test_a_reading_that_could_not_be_rendered_does_not_hold_up_the_next_call() -> None:
    queue = Announcements().hear_snapshot(view(), T0).hear(frame("called", 11)).hear(frame("called", 12, n=18))
    queue, first = queue.next(T0)
    assert isinstance(first, Say)
    queue, second = queue.failed().next(T0)
    assert isinstance(second, Say)
    assert (first.call.call, second.call.call, second.reading) == (11, 12, 1)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["called", "recalled", "started", "missed", "withdrawn", "hear again"]),
        st.integers(1, 5),
        st.floats(0, 25),
    ),
    max_size=30,
)


@settings(max_examples=50)
@given(STEPS)
def test_readings_never_overlap_never_repeat_and_are_never_of_someone_who_is_not_called(
    steps: list[tuple[str, int, float]],
) -> None:
    queue = Announcements().hear_snapshot(view(), T0)
    live: dict[int, int] = {}
    now, seq, busy_until = 0.0, 10, 0.0
    readings: dict[int, list[int]] = {}
    settled: set[int] = set()
    frames: list[Frame] = []
    for kind, n, pause in steps:
        if kind == "hear again":
            for old in frames:
                queue = queue.hear(old)
        else:
            seq += 1
            frames.append(frame(kind, seq, n=n, s=now))
            queue = queue.hear(frames[-1])
            if kind in ("called", "recalled"):
                live[n] = seq
            else:
                live.pop(n, None)
        end = now + pause
        while now < end:
            if queue.speaking and now >= busy_until:
                queue = queue.said(at(now))
            queue, action = queue.next(at(now))
            match action:
                case Say(call, reading):
                    assert now >= busy_until
                    assert live.get(call.seq) == call.call
                    readings.setdefault(call.call, []).append(reading)
                    settled.add(call.call)
                    busy_until = now + 4
                case Skip(call, _):
                    assert call.call not in settled
                    settled.add(call.call)
                case Wait():
                    now += 0.5
    assert all(said in ([1], [1, 2]) for said in readings.values())
