"""The tables of moves: which ticket, desk or reception may go from where to where, by which verb, by whom and when.

Whatever is not here is forbidden. The page ``queue_server/rules/README.md`` is printed from these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from queue_server.messages import DeskState as D
from queue_server.messages import TicketState as S
from queue_server.records import ProviderState as P
from queue_server.rules.refusal import Refused


class By(StrEnum):
    """Who may make a move: the visitor, the roles of staff, the system's clock."""

    VISITOR = "visitor"
    RECEPTION = "reception"
    OPERATOR = "operator"
    PROVIDER_HEAD = "provider_head"
    CENTRE_HEAD = "centre_head"
    SYSTEM = "system"


HEADS = frozenset({By.PROVIDER_HEAD, By.CENTRE_HEAD})
AT_DESK = frozenset({By.OPERATOR, By.CENTRE_HEAD})
STAFF = frozenset({By.RECEPTION, By.OPERATOR, *HEADS})
HALL = frozenset({By.VISITOR, By.RECEPTION, By.OPERATOR, By.CENTRE_HEAD})


@dataclass(frozen=True, slots=True)
class Move:
    """One line of a ticket's table; ``id`` is the number under which the requirements name it.

    A move to several targets goes to the one that its guard tells.
    """

    id: str
    verb: str
    source: frozenset[S]
    target: frozenset[S]
    by: frozenset[By]
    event: str
    guard: str


def _move(id_: str, verb: str, source: set[S], target: S | set[S], by: frozenset[By], event: str, guard: str) -> Move:
    targets = frozenset({target} if isinstance(target, S) else target)
    return Move(id_, verb, frozenset(source), targets, by, event, guard)


_SYSTEM = frozenset({By.SYSTEM})
_HEAD = frozenset({By.CENTRE_HEAD})
_DOORS = frozenset({By.VISITOR, By.RECEPTION})

MOVES: tuple[Move, ...] = (
    _move("T1", "issue", set(), S.WAITING, HALL, "TicketIssued",
          "provider receives, service active, room left today, service not taken twice, not too many tickets"),
    _move("T2", "expect", set(), S.EXPECTED, _SYSTEM, "TicketExpected", "an appointment of today is booked"),
    _move("T3", "check-in", {S.EXPECTED}, S.WAITING, HALL,
          "TicketCheckedIn", "the same day; after the grace an ordinary place"),
    _move("T4", "call", {S.WAITING}, S.CALLED, AT_DESK | HEADS, "TicketCalled",
          "desk ready, skill, hours, no suspension; by the rule of calling, or with a reason"),
    _move("T5", "call-by-record", {S.EXPECTED, S.WAITING}, S.CALLED, AT_DESK, "TicketCalled",
          "from appointment_early_min before the slot until the grace ends; nobody overdue must come first"),
    _move("T6", "recall", {S.CALLED}, S.CALLED, AT_DESK, "TicketRecalled", "recall_min_s passed, fewer than max_calls"),
    _move("T7", "start", {S.CALLED}, S.SERVING, AT_DESK, "ServiceStarted", ""),
    _move("T8", "no-show", {S.CALLED}, S.NO_SHOW, AT_DESK, "TicketMissed",
          "no_show_calls calls and no_show_min_s, longer for whoever needs it; not an appointment within its grace"),
    _move("T9", "withdraw", {S.CALLED}, {S.WAITING, S.EXPECTED}, AT_DESK | _SYSTEM, "CallWithdrawn",
          "a mistake, a suspension, or an appointment within its grace"),
    _move("T10", "reinstate", {S.NO_SHOW}, S.WAITING, STAFF, "TicketReinstated",
          "within return_window_min, fewer than max_returns, provider still receives"),
    _move("T10b", "check-in", {S.NO_SHOW}, S.WAITING, HALL,
          "TicketCheckedIn", "an appointment, the same day: an ordinary place from now on"),
    _move("T11", "finish", {S.SERVING}, S.SERVED, AT_DESK | _SYSTEM, "ServiceFinished", "an outcome is chosen"),
    _move("T12", "transfer", {S.SERVING}, S.WAITING, AT_DESK, "TicketTransferred",
          "the other provider receives, the other desk is open and serves the queue"),
    _move("T13", "hold", {S.SERVING}, S.ON_HOLD, AT_DESK, "TicketHeld", "fewer than holds_per_desk on hold here"),
    _move("T14", "return", {S.ON_HOLD}, S.WAITING, frozenset({By.RECEPTION, By.OPERATOR, By.CENTRE_HEAD, By.SYSTEM}),
          "TicketReturned", "the visitor is back, or hold_max_min is over"),
    _move("T15", "snooze", {S.WAITING}, S.ON_HOLD, _DOORS, "TicketSnoozed",
          "not called, fewer than snoozes before, at most snooze_max_min"),
    _move("T16", "resume", {S.ON_HOLD}, S.WAITING, _DOORS | _SYSTEM, "TicketResumed",
          "snoozed; the visitor is back, or the time is over"),
    _move("T17", "cancel", {S.WAITING, S.EXPECTED, S.ON_HOLD, S.NO_SHOW}, S.CANCELLED, STAFF | {By.VISITOR},
          "TicketCancelled", "a reason of the list"),
    _move("T18", "expire", {S.WAITING, S.EXPECTED, S.ON_HOLD}, S.EXPIRED, _SYSTEM | _HEAD, "TicketExpired",
          "the provider's day is closed"),
    _move("T19", "miss-appointment", {S.EXPECTED}, S.NO_SHOW, _SYSTEM, "TicketMissed", "the grace of the slot is over"),
    _move("T20", "reopen", {S.SERVED}, S.SERVING, AT_DESK, "ServiceReopened",
          "desk free; the same operator within reopen_min, the head any time today"),
    _move("T21", "release", {S.CALLED, S.SERVING}, {S.WAITING, S.EXPECTED}, _HEAD, "TicketReleased",
          "the desk is silent for release_after_s, or a reason"),
    _move("T22", "reject-claim", {S.WAITING, S.CALLED, S.SERVING, S.ON_HOLD}, {S.WAITING, S.ON_HOLD}, STAFF,
          "ClaimRejected", "priority is claimed; the ordinary place by the old key"),
    _move("T23", "undo", {S.SERVING, S.NO_SHOW, S.SERVED, S.CANCELLED},
          {S.CALLED, S.SERVING, S.WAITING, S.EXPECTED, S.ON_HOLD, S.NO_SHOW}, STAFF | {By.VISITOR}, "MoveUndone",
          "the same person within undo_s after T7, T8, T11 or T17, and nothing has happened since"),
)  # fmt: skip

SOURCES: dict[str, frozenset[S]] = {}
for _line in MOVES:
    SOURCES[_line.verb] = SOURCES.get(_line.verb, frozenset()) | _line.source


@dataclass(frozen=True, slots=True)
class DeskMove:
    """One line of a desk's table."""

    verb: str
    source: frozenset[D]
    target: D
    by: frozenset[By]
    guard: str


def _desk(verb: str, source: set[D], target: D, by: frozenset[By], guard: str = "") -> DeskMove:
    return DeskMove(verb, frozenset(source), target, by, guard)


DESK_MOVES: tuple[DeskMove, ...] = (
    _desk("open", {D.CLOSED}, D.READY, AT_DESK | HEADS, "one desk an operator, one operator a desk, a skill in common"),
    _desk("call", {D.READY}, D.CALLING, AT_DESK, "reception is open and not suspended"),
    _desk("start", {D.CALLING}, D.SERVING, AT_DESK),
    _desk("no-show", {D.CALLING}, D.READY, AT_DESK),
    _desk("withdraw", {D.CALLING}, D.READY, AT_DESK | _SYSTEM),
    _desk("finish", {D.SERVING}, D.READY, AT_DESK),
    _desk("hold", {D.SERVING}, D.READY, AT_DESK),
    _desk("transfer", {D.SERVING}, D.READY, AT_DESK),
    _desk("reject-claim", {D.CALLING, D.SERVING}, D.READY, AT_DESK),
    _desk("release", {D.CALLING, D.SERVING}, D.READY, _HEAD),
    _desk("reopen", {D.READY}, D.SERVING, AT_DESK),
    _desk("undo", {D.READY, D.SERVING}, D.CALLING, STAFF, "T23 of a no-show or of a start"),
    _desk("undo", {D.READY}, D.SERVING, STAFF, "T23 of a finish"),
    _desk("pause", {D.READY}, D.PAUSED, AT_DESK | HEADS, "nobody called or served"),
    _desk("resume", {D.PAUSED}, D.READY, AT_DESK | HEADS),
    _desk("close", {D.READY, D.PAUSED}, D.CLOSED, AT_DESK | HEADS | _SYSTEM, "nobody called or served"),
)


@dataclass(frozen=True, slots=True)
class ReceptionMove:
    """One line of the table of a provider's day."""

    verb: str
    source: frozenset[P]
    target: P
    by: frozenset[By]
    event: str
    guard: str


def _reception(verb: str, source: set[P], target: P, by: frozenset[By], event: str, guard: str) -> ReceptionMove:
    return ReceptionMove(verb, frozenset(source), target, by, event, guard)


_STOPPERS = HEADS | {By.RECEPTION, By.SYSTEM}
RECEPTION_MOVES: tuple[ReceptionMove, ...] = (
    _reception("open", {P.PLANNED}, P.OPEN, _HEAD | _SYSTEM, "ReceptionOpened", "issue_lead_min before opening"),
    _reception("stop-tickets", {P.OPEN}, P.TICKETING_STOPPED, _STOPPERS, "TicketingStopped",
               "last_ticket_min before closing, or by a person"),
    _reception("resume-tickets", {P.TICKETING_STOPPED}, P.OPEN, HEADS | {By.RECEPTION}, "TicketingResumed",
               "stopped by a person, and within hours"),
    _reception("end", {P.OPEN, P.TICKETING_STOPPED}, P.CLOSING, _SYSTEM, "ReceptionEnding", "the hours are over"),
    _reception("close", {P.OPEN, P.TICKETING_STOPPED, P.CLOSING}, P.CLOSED, _HEAD | _SYSTEM, "ReceptionClosed",
               "nobody waits any more, or the head ends the day, or hard_day_stop"),
)  # fmt: skip

ACTIVE = frozenset({S.EXPECTED, S.WAITING, S.CALLED, S.SERVING, S.ON_HOLD})
IN_HAND = frozenset({S.CALLED, S.SERVING})


def require(verb: str, state: S, number: str) -> None:
    """Raises ``Refused("wrong_state")`` when the table has no such move from ``state``."""
    if state not in SOURCES[verb]:
        raise Refused("wrong_state", number=number, state=state.value, verb=verb)


def require_reception(verb: str, state: P, provider: str) -> None:
    """Raises ``Refused("wrong_reception_state")`` when a provider's day cannot go this way from ``state``."""
    if not any(move.verb == verb and state in move.source for move in RECEPTION_MOVES):
        raise Refused("wrong_reception_state", provider=provider, state=state.value)
