"""Followers: without a seam, without a repetition, and never sooner than the disk."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import gevent
import pytest

from queue_server import messages as m
from queue_server import stream as streams
from queue_server.client import OutOfReach
from queue_server.ledger import StorageTrouble
from queue_server.site import Site
from queue_server.stream import Stream

NOW = datetime(2026, 3, 16, 8, tzinfo=UTC)
Piece = tuple[str, int | None, dict[str, Any]]


def pieces(chunk: bytes) -> list[Piece]:
    """(event, id, data) of every frame in a chunk of a stream."""
    found: list[Piece] = []
    for text in chunk.decode().split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in text.split("\n"))
        found.append((fields["event"], int(fields["id"]) if "id" in fields else None, json.loads(fields["data"])))
    return found


def told(stream: Stream, *seqs: int, public: bool = True) -> None:
    for seq in seqs:
        staff = m.StaffFrame(seq=seq, at=NOW, kind=m.FrameKind.ISSUED)
        frame = m.Frame(seq=seq, at=NOW, kind=m.FrameKind.ISSUED) if public else None
        stream.take(staff, frame)
    stream.publish(seqs[-1])


@pytest.fixture
def stream() -> Stream:
    return Stream(lambda: NOW)


def follow(stream: Stream, after: int, *, staff: bool = False, n: int = 1) -> list[Piece]:
    """The first ``n`` chunks after the greeting."""
    frames = stream.follow(after, staff=staff)
    assert [event for event, _, _ in pieces(next(frames))] == ["heartbeat"]
    return [piece for _ in range(n) for piece in pieces(next(frames))]


# --- resuming ---


def test_whoever_was_away_gets_exactly_what_was_missed(stream: Stream) -> None:
    told(stream, *range(1, 21))
    for after in (0, 7, 19):
        assert [id_ for _, id_, _ in follow(stream, after)] == list(range(after + 1, 21))


def test_every_number_comes_once_and_in_order_while_frames_are_written(stream: Stream) -> None:
    told(stream, 1, 2, 3)
    frames = stream.follow(1, staff=False)
    seen: list[int] = []

    def read() -> None:
        for chunk in frames:
            seen.extend(id_ for _, id_, _ in pieces(chunk) if id_ is not None)

    reader = gevent.spawn(read)
    for seq in range(4, 60, 2):
        gevent.sleep(0)
        told(stream, seq, seq + 1)
        if seq % 6 == 0:
            gevent.sleep(0)
    gevent.sleep(0.01)
    reader.kill()
    assert seen == list(range(2, 60))


def test_a_long_absence_is_told_in_portions(stream: Stream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SENT_AT_ONCE", 10)
    told(stream, *range(1, 31))
    chunks = [[id_ for _, id_, _ in follow(stream, 0, n=n)] for n in (1, 2, 3)]
    assert chunks == [list(range(1, 11)), list(range(1, 21)), list(range(1, 31))]


def test_numbers_of_a_public_stream_may_have_gaps_and_nothing_is_lost_by_them(stream: Stream) -> None:
    told(stream, 1)
    told(stream, 2, 3, public=False)
    told(stream, 4)
    assert [id_ for _, id_, _ in follow(stream, 0)] == [1, 4]
    assert [id_ for _, id_, _ in follow(stream, 2)] == [4]
    assert [id_ for _, id_, _ in follow(stream, 0, staff=True)] == [1, 2, 3, 4]


def test_whoever_was_away_too_long_is_told_to_begin_anew(stream: Stream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "RING", 10)
    told(stream, *range(1, 22))
    forgotten = 21 - 10 - 1
    assert [event for event, _, _ in follow(stream, forgotten - 1)] == ["reset"]
    assert [id_ for _, id_, _ in follow(stream, forgotten)] == list(range(forgotten + 1, 22))


def test_a_number_from_the_future_is_told_to_begin_anew(stream: Stream) -> None:
    """The folder was put back from yesterday’s copy: what the follower knows has never happened."""
    told(stream, 1, 2)
    assert [event for event, _, _ in follow(stream, 3)] == ["reset"]
    assert follow(stream, 10**17)[0][0] == "reset"


def test_after_a_reset_the_stream_goes_on_from_now(stream: Stream) -> None:
    told(stream, 1, 2)
    frames = stream.follow(99, staff=False)
    next(frames), next(frames)
    told(stream, 3)
    assert pieces(next(frames))[0][1] == 3


def test_a_quiet_stream_beats(stream: Stream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_S", 0.01)
    told(stream, 5)
    beat = follow(stream, 5)[0]
    assert (beat[0], beat[1], beat[2]["seq"]) == ("heartbeat", None, 5)


def test_followers_are_counted_in_and_out(stream: Stream) -> None:
    frames = stream.follow(0, staff=False)
    next(frames)
    assert stream.followers == 1
    frames.close()  # type: ignore[attr-defined]
    assert stream.followers == 0


# --- together with the disk ---


def visit(service: int = 2) -> m.NewVisit:
    return m.NewVisit(tickets=[m.NewTicket(service=service)])


def test_no_frame_is_sent_before_its_row_is_on_disk(site: Site, kiosk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk: list[bool] = []
    publish = site.stream.publish

    def watched(seq: int) -> None:
        other = sqlite3.connect(site.ledger.path)
        on_disk.append(other.execute("SELECT max(seq) FROM log").fetchone()[0] >= seq)
        other.close()
        publish(seq)

    monkeypatch.setattr(site.stream, "publish", watched)
    kiosk.open_visit(visit(), key="1")
    assert on_disk == [True]


def test_what_could_not_be_saved_is_told_to_nobody(site: Site, kiosk: Any) -> None:
    kiosk.open_visit(visit(), key="1")
    before = site.stream.seq
    site.ledger.db.conn.execute("PRAGMA query_only = ON")
    with pytest.raises(OutOfReach):
        kiosk.open_visit(visit(), key="2")
    with pytest.raises(StorageTrouble):
        site.ledger.do(_taking(site))
    site.ledger.db.conn.execute("PRAGMA query_only = OFF")
    kiosk.open_visit(visit(), key="2")
    assert [frame["number"] for _, _, frame in follow(site.stream, before, staff=True)] == ["А\u00a02"]


def _taking(site: Site) -> Any:
    from queue_server.ledger import Work
    from queue_server.rules import visits

    return Work(
        "device:1",
        lambda hall, now: visits.open_visit(hall, now, site.centre, [visits.Wish(2)], visits.Asking("kiosk", "uk")),
        lambda _hall, _rows: None,
    )


def test_a_restart_of_the_server_is_no_seam(site: Site, kiosk: Any, bakhmut: Any, clock: Any, tmp_path: Path) -> None:
    for n in range(3):
        kiosk.open_visit(visit(), key=str(n))
    before = [p for p in follow(site.stream, 0, staff=True) if p[0] == "issued"]
    known = before[0][1]
    assert known is not None
    site.close()
    again = Site(bakhmut, tmp_path / "data", clock)
    after = [p for p in follow(again.stream, known, staff=True) if p[0] == "issued"]
    again.close()
    assert after == before[1:]


def test_the_frames_of_before_a_restart_are_the_same_after_it(
    site: Site, hands: Any, bakhmut: Any, clock: Any, tmp_path: Path
) -> None:
    """To the last field: who sat down at a desk is told to staff who were away, too."""
    first = site.stream.seq
    hands.operator("kovalenko", desk=1)
    before = follow(site.stream, first, staff=True)
    site.close()
    again = Site(bakhmut, tmp_path / "data", clock)
    after = follow(again.stream, first, staff=True)
    again.close()
    assert before[-1][2]["desk_summary"]["operator_login"] == "kovalenko"
    assert after == before


def test_yesterdays_number_is_told_to_begin_anew_after_a_restart(
    site: Site, kiosk: Any, bakhmut: Any, clock: Any, tmp_path: Path
) -> None:
    kiosk.open_visit(visit(), key="1")
    yesterday = site.stream.seq
    clock.move_by(days=1)
    kiosk.open_visit(visit(), key="2")
    site.close()
    again = Site(bakhmut, tmp_path / "data", clock)
    assert follow(again.stream, yesterday - 1)[0][0] == "reset"
    again.close()


# --- over the door ---


def test_the_staffs_stream_is_for_those_who_are_signed_in(hands: Any, kiosk: Any) -> None:
    assert hands.raw().get("/staff/events").status_code == 401
    token = hands.site.accounts.add_device(m.DeviceKind.BOARD, "wall")
    assert hands.raw(token).get("/staff/events").status_code == 403


def test_a_staff_stream_ends_with_its_session(hands: Any, kiosk: Any, clock: Any) -> None:
    """Whoever signed out, or whose twelve hours are over, is told nothing more, though the line is still open."""
    accounts = hands.site.accounts
    token, _ = accounts.open_session(accounts.user_named("kovalenko"), timedelta(hours=12))
    with hands.raw(token).stream("GET", "/staff/events") as response:
        chunks = response.iter_raw()
        assert b"heartbeat" in next(chunks)
        kiosk.open_visit(visit(), key="1")
        assert "А\u00a01".encode() in next(chunks)
        accounts.sign_out(token)
        kiosk.open_visit(visit(), key="2")
        assert list(chunks) == []


@pytest.mark.parametrize("place", ["header", "query"])
def test_a_follower_may_name_its_place_in_a_header_or_in_the_address(hands: Any, kiosk: Any, place: str) -> None:
    for n in range(2):
        kiosk.open_visit(visit(), key=str(n))
    last = hands.site.stream.last_public
    how = {"headers": {"Last-Event-ID": str(last - 1)}} if place == "header" else {"params": {"after": str(last - 1)}}
    with hands.raw().stream("GET", "/events", **how) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        chunks = response.iter_raw()
        next(chunks)
        assert [id_ for _, id_, _ in pieces(next(chunks))] == [last]


@pytest.mark.parametrize("place", ["-1", "x", "9" * 40, "1.5", "²"])
def test_a_place_that_is_no_number_is_now(hands: Any, kiosk: Any, place: str) -> None:
    kiosk.open_visit(visit(), key="1")
    with hands.raw().stream("GET", "/events", params={"after": place}) as response:
        chunks = response.iter_raw()
        next(chunks)
        kiosk.open_visit(visit(), key="2")
        assert [data["waiting"] for _, _, data in pieces(next(chunks))] == [{"А": 2}]
