"""Sample walls, to judge a screen from the farthest seat of the hall before there is a server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from display_board.board import Board
from queue_server.messages import BoardCall, BoardView

NOW = datetime(2026, 3, 12, 12, 5, 30, tzinfo=UTC)  # 14:05 in Kyiv
LETTERS = "АДКЛРФШЯГУМ"

CALLS = (("А", 17, 3), ("Р", 8, 5), ("Л", 512, 2), ("Д", 26, 1), ("А", 16, 4), ("Ф", 2, 12))
LONG_CALLS = (("А", 1017, 112), ("Ш", 1888, 128), ("М", 888, 110), ("Ф", 500, 20), ("Я", 4444, 444), ("Ш", 1009, 7))
WAITING = {"А": 7, "Д": 4, "К": 2, "Л": 5, "Р": 3, "Ф": 1, "Ш": 0}
MANY_WAITING = dict(zip(LETTERS, (17, 4, 128, 5, 3, 21, 0, 9, 14, 2, 40), strict=True))


def sample_board(
    calls: tuple[tuple[str, int, int], ...] = CALLS,
    waiting: dict[str, int] | None = None,
    *,
    age_s: float = 30,
    directions: tuple[str, ...] = ("",),
    now: datetime = NOW,
) -> Board:
    """A wall at ``now`` whose latest call is ``age_s`` seconds old."""
    rows = []
    for i, (letter, seq, desk) in enumerate(calls):
        at = now - timedelta(seconds=age_s + 20 * i)
        rows.append(
            BoardCall(
                call=100 - i,
                number=f"{letter}\u00a0{seq}",
                letter=letter,
                seq=seq,
                desk=desk,
                zone="hall",
                direction=directions[i % len(directions)],
                at=at,
                reading=1,
                language="uk",
                state="called",
            )
        )
    view = BoardView(
        seq=100,
        now=now,
        centre={"uk": "Центр «Прозорий офіс»", "en": "Prozoryi Ofis Centre"},
        city={"uk": "Бахмут", "en": "Bakhmut"},
        timezone="Europe/Kyiv",
        calls=rows,
        waiting=WAITING if waiting is None else waiting,
    )
    return Board.from_view(view)


def sample_boards() -> dict[str, Board]:
    """By the name of their picture."""
    return {
        "calls": sample_board(CALLS[:5]),
        "blink": sample_board(CALLS[:5], age_s=0.7),
        "no-calls": sample_board(()),
        "one-call": sample_board(CALLS[:1]),
        "no-connection": sample_board(CALLS[:4]).out_of_reach(NOW - timedelta(minutes=3)),
        "long-numbers": sample_board(LONG_CALLS, MANY_WAITING),
        "more-calls": sample_board((*CALLS, ("К", 3, 7), ("Д", 27, 6))),
        "directions": sample_board(CALLS, directions=("left", "straight", "right")),
    }
