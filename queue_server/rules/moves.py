"""The table of moves: which ticket may go from where to where, by which verb. Whatever is not here is forbidden."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.messages import TicketState as S
from queue_server.rules.refusal import Refused


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table; ``id`` is the number under which the requirements name it."""

    id: str
    verb: str
    source: frozenset[S]
    target: S


def _move(id_: str, verb: str, source: set[S], target: S) -> Move:
    return Move(id_, verb, frozenset(source), target)


MOVES: tuple[Move, ...] = (
    _move("T1", "issue", set(), S.WAITING),
    _move("T4", "call", {S.WAITING}, S.CALLED),
    _move("T6", "recall", {S.CALLED}, S.CALLED),
    _move("T7", "start", {S.CALLED}, S.SERVING),
    _move("T8", "no-show", {S.CALLED}, S.NO_SHOW),
    _move("T9", "withdraw", {S.CALLED}, S.WAITING),
    _move("T10", "reinstate", {S.NO_SHOW}, S.WAITING),
    _move("T11", "finish", {S.SERVING}, S.SERVED),
    _move("T12", "transfer", {S.SERVING}, S.WAITING),
    _move("T17", "cancel", {S.WAITING, S.EXPECTED, S.ON_HOLD, S.NO_SHOW}, S.CANCELLED),
    _move("T18", "expire", {S.WAITING, S.EXPECTED, S.ON_HOLD}, S.EXPIRED),
)
BY_VERB = {move.verb: move for move in MOVES}

ACTIVE = frozenset({S.EXPECTED, S.WAITING, S.CALLED, S.SERVING, S.ON_HOLD})
IN_HAND = frozenset({S.CALLED, S.SERVING})


def require(verb: str, state: S, number: str) -> None:
    """Raises ``Refused("wrong_state")`` when the table has no such move from ``state``."""
    if state not in BY_VERB[verb].source:
        raise Refused("wrong_state", number=number, state=state.value, verb=verb)
