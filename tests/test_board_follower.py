"""Following the server through breaks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from display_board.follower import Back, Lost, News, ServerTime, Snapshot, Wall, news
from queue_server.client import OutOfReach
from queue_server.messages import BoardView, CentreView, Frame, FrameKind, Heartbeat

T0 = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
Script = list[Frame | Heartbeat | type[OutOfReach] | None]


def frame(seq: int, kind: FrameKind = FrameKind.CALLED) -> Frame:
    return Frame(
        seq=seq, at=T0, kind=kind, number=f"А\u00a0{seq}", letter="А", ticket_seq=seq, desk=1, zone="hall"
    )  # fmt: skip


class PlayedServer:
    """A server that plays one script per connection; the last one ends the whole story by ``stop``."""

    def __init__(self, stop: threading.Event, *scripts: Script, seqs: list[int] | None = None, down: int = 0) -> None:
        self.stop = stop
        self.scripts = list(scripts)
        self.seqs = seqs or [10]
        self.down = down
        self.followed_after: list[int] = []

    def board(self) -> BoardView:
        if self.down:
            self.down -= 1
            raise OutOfReach("down")
        seq = self.seqs.pop(0) if len(self.seqs) > 1 else self.seqs[0]
        return BoardView(
            seq=seq, now=T0, centre={"uk": "Центр"}, city={"uk": "Бахмут"}, timezone="Europe/Kyiv", calls=[], waiting={}
        )

    def centre(self) -> CentreView:
        return CentreView(
            seq=10, now=T0, code="c", name={"uk": "Центр"}, city={"uk": "Бахмут"}, timezone="Europe/Kyiv",
            languages=["uk"], hotline=None, return_window_min=60, zones=[], providers=[], groups=[], services=[],
        )  # fmt: skip

    def follow(self, after: int, *, read_timeout_s: float) -> Iterator[Frame | Heartbeat | None]:
        self.followed_after.append(after)
        for step in self.scripts.pop(0):
            if step is OutOfReach:
                raise OutOfReach("broken")
            assert not isinstance(step, type)
            if not self.scripts and step is None:
                self.stop.set()
            yield step
        self.stop.set()


def story(*scripts: Script, seqs: list[int] | None = None, down: int = 0) -> tuple[list[News], PlayedServer]:
    stop = threading.Event()
    server = PlayedServer(stop, *scripts, seqs=seqs, down=down)
    return list(news(server, stop, retry_s=0.001)), server


def kinds(told: list[News]) -> list[str]:
    return [f"{item.seq}" if isinstance(item, Frame) else type(item).__name__ for item in told]


def test_a_broken_line_is_told_once_and_what_was_missed_follows() -> None:
    told, server = story([frame(11), frame(12), OutOfReach], [frame(13), None], seqs=[10, 12, 13, 13])
    assert kinds(told)[:6] == ["Snapshot", "11", "12", "Lost", "Back", "13"]
    assert server.followed_after == [10, 12]


def test_a_server_that_is_away_at_the_start_is_waited_for() -> None:
    told, _ = story([frame(11), None], down=3)
    assert kinds(told)[:3] == ["Lost", "Snapshot", "11"]


def test_a_follower_that_is_told_reset_reads_the_wall_anew() -> None:
    told, server = story([frame(11), None], [frame(51), None], seqs=[10, 50, 50, 51])
    assert kinds(told)[:4] == ["Snapshot", "11", "Snapshot", "51"]
    assert server.followed_after[:2] == [10, 50]


def test_changed_settings_make_it_read_the_wall_anew() -> None:
    told, _ = story([frame(11, FrameKind.SETTINGS)], [frame(12), None], seqs=[10, 11, 11, 12])
    assert kinds(told)[:3] == ["Snapshot", "11", "Snapshot"]


def test_a_server_whose_log_began_anew_is_noticed() -> None:
    told, _ = story([frame(11), OutOfReach], [frame(3), None], seqs=[10, 2, 2])
    again = [item for item in told if isinstance(item, Snapshot)]
    assert [item.restarted for item in again][:2] == [False, True]


def test_the_wall_shows_the_servers_time_whatever_this_machines_clock_says() -> None:
    seconds = [100.0]
    clock = ServerTime(lambda: seconds[0])
    clock.hear(T0)
    seconds[0] += 90
    assert clock.now() == T0 + timedelta(seconds=90)


def test_a_line_that_was_cut_is_marked_with_the_last_word_heard_not_with_the_moment_it_was_noticed() -> None:
    seconds = [0.0]
    wall = Wall(time=ServerTime(lambda: seconds[0]))
    told, _ = story([None])
    wall.take(told[0])
    seconds[0] = 15
    wall.take(Heartbeat(now=T0 + timedelta(seconds=15), seq=10))
    seconds[0] = 55
    wall.take(Lost())
    assert wall.lost_since == T0 + timedelta(seconds=15)
    assert wall.board is not None
    assert wall.board.out_of_reach_since == wall.lost_since
    wall.take(Back(T0 + timedelta(seconds=60)))
    assert wall.board.out_of_reach_since is None
    assert wall.lost_since is None
