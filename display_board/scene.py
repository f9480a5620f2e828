"""Everything the wall shows at one moment, as words and figures: what widgets only draw. No window, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from config.words import Words, words_in
from display_board.board import BLINK_FOR, BLINK_PHASE, Board, Highlight, Row
from queue_server.messages import CentreView

RULE_STAYS_S = 20


@dataclass(frozen=True, slots=True)
class SceneRow:
    """One call: «А», «17», the way to go, «3»."""

    letter: str
    figures: str
    direction: str
    desk: str
    highlight: Highlight


@dataclass(frozen=True, slots=True)
class Scene:
    """``message`` stands in the first row when there is no call; ``alert`` says that the foot line is a warning."""

    title: str
    date: str
    clock: str
    number_word: str
    desk_word: str
    queue_word: str
    waiting_word: str
    rows: tuple[SceneRow, ...]
    counts: tuple[tuple[str, str], ...]
    message: str
    foot: str
    alert: bool


def scene_of(
    board: Board | None,
    now: datetime,
    max_rows: int,
    *,
    centre: CentreView | None = None,
    lost: bool = False,
    language: str = "uk",
) -> Scene:
    """The scene at ``now`` (the server's time); ``lost`` matters only before there was any board."""
    words = words_in(language)
    if board is None:
        foot = words("board-no-connection-yet") if lost else ""
        return _scene(words, message=words("board-connecting"), foot=foot, alert=lost)
    local = now.astimezone(board.tz)
    rows = board.visible_rows(now, max_rows)
    foot, alert = _foot(board, now, max_rows, bool(rows), words, centre)
    return _scene(
        words,
        title=words("board-title", centre=_in(board.centre, language), city=_in(board.city, language)),
        date=words.long_date(local.date()),
        clock=f"{local:%H:%M}",
        rows=tuple(_row(board, row, now) for row in rows),
        counts=counts_of(board, now),
        message="" if rows else words("board-listen" if board.out_of_reach_since else "board-no-calls"),
        foot=foot,
        alert=alert,
    )


def counts_of(board: Board | None, now: datetime) -> tuple[tuple[str, str], ...]:
    """Letters of the queues with how many wait, in the order of the groups."""
    if board is None or _from_another_day(board, now):
        return ()
    return tuple((letter, str(count)) for letter, count in board.waiting.items())


def until_next_change(board: Board | None, now: datetime) -> timedelta:
    """How long the scene surely stays as it is: to the next phase of a blinking row, else to the next full second."""
    newest = board.rows[0] if board and board.rows else None
    if newest and timedelta(0) <= now - newest.at < BLINK_FOR:
        return BLINK_PHASE - (now - newest.at) % BLINK_PHASE
    return timedelta(seconds=1) - timedelta(microseconds=now.microsecond)


def _foot(
    board: Board, now: datetime, max_rows: int, any_rows: bool, words: Words, centre: CentreView | None
) -> tuple[str, bool]:
    if since := board.out_of_reach_since:
        moment = since.astimezone(board.tz)
        when = f"{moment:%H:%M}"
        if _from_another_day(board, now):
            when = f"{when}, {words.long_date(moment.date())}"
        return words("board-no-connection" if any_rows else "board-no-connection-empty", time=when), True
    if left := board.left_over(now, max_rows):
        calls = ", ".join(words("board-also-called-one", number=row.number, desk=str(row.desk)) for row in left)
        return words("board-also-called", calls=calls), False
    rules = [words("board-rule-order"), words("board-rule-tickets")]
    if centre and centre.return_window_min:
        rules.append(words("board-rule-missed", minutes=centre.return_window_min))
    return rules[int(now.timestamp()) // RULE_STAYS_S % len(rules)], False


def _from_another_day(board: Board, now: datetime) -> bool:
    """The line was lost on a day that is over: what was counted then says nothing about now."""
    since = board.out_of_reach_since
    return bool(since and since.astimezone(board.tz).date() != now.astimezone(board.tz).date())


def _row(board: Board, row: Row, now: datetime) -> SceneRow:
    return SceneRow(row.letter, str(row.seq), row.direction, str(row.desk), board.highlight(row, now))


def _scene(
    words: Words,
    *,
    title: str = "",
    date: str = "",
    clock: str = "",
    rows: tuple[SceneRow, ...] = (),
    counts: tuple[tuple[str, str], ...] = (),
    message: str = "",
    foot: str = "",
    alert: bool = False,
) -> Scene:
    return Scene(
        title, date, clock, words("board-number"), words("board-desk"), words("board-queue"), words("board-waiting"),
        rows, counts, message, foot, alert,
    )  # fmt: skip


def _in(text: dict[str, str], language: str) -> str:
    return text.get(language) or text.get("uk") or next(iter(text.values()), "")
