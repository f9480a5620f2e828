"""Looks over a hall's shoulder: every row of its log is held against the laws, before and after it is folded.

Each law has a name; a law that is broken is noted with it, so that a test can say which one caught what.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from queue_server.hall import Hall
from queue_server.messages import DeskState
from queue_server.messages import TicketState as S
from queue_server.records import EPOCH, ProviderState
from queue_server.rules import events as ev
from queue_server.rules.moves import DESK_MOVES, MOVES, RECEPTION_MOVES
from tests.rulebook import IN_HAND, Rulebook, Slip

ENDED = ("served", "cancelled", "expired")
UNDOABLE = (ev.ServiceStarted, ev.TicketMissed, ev.ServiceFinished, ev.TicketCancelled)
BY_HAND = ("manual", "by_record")
LAZY = ("pace", "index")  # whoever is on the way arrives with the next row; how fast it went is no state
MEMOS = ("last", "before_cancel", "before_miss", "before_end")  # what an undo needs

ONE_STATE = "one ticket, one state"
ONE_VISIT = "a desk has at most one visit in hand"
ONE_PLACE = "no two tickets of a visit are called or serving at once"
ONE_NUMBER = "no number twice a day"
FIFO = "first come, first called inside a class; who was passed is in the record"
RULE = "«Наступний» calls whom the rulebook names, with its runs"
NOBODY = "no desk hears that nobody waits while somebody can be called"
BOUND_A = "at most five of other classes between two ordinary calls of a group"
BOUND_B = "no desk makes more than five calls in a row that are not ordinary"
BOUND_C = "no desk calls more than five past the oldest whom it may call"
KEY = "a place never changes, but by a late check-in"
SHADOW = "the log folded again is the hall"
INDEX = "the index holds exactly those who can be called"
COUNTS = "counters are what a recount says"
MOVE = "every move is in the table"
FINAL = "what has ended is left only by T20 and T23"
UNDO = "undo gives the state before"
QUIET = "nobody is called while reception is suspended"
PIN = "nobody is kept for a desk that cannot call"
CLOSED = "where reception is closed nobody waits"
PATIENCE = "no no-show without two calls and a minute"
LIMITS = "holds, returns, snoozes and tickets of a visit keep to their limits"
WORKS = "nothing breaks"
LAWS = (
    *(ONE_STATE, ONE_VISIT, ONE_PLACE, ONE_NUMBER, FIFO, RULE, NOBODY, BOUND_A, BOUND_B, BOUND_C, KEY, SHADOW, INDEX),
    *(COUNTS, MOVE, FINAL, UNDO, QUIET, PIN, CLOSED, PATIENCE, LIMITS, WORKS),
)


def slots(record: Any, *without: str) -> dict[str, Any]:
    """Everything a record holds."""
    return {name: getattr(record, name) for name in record.__slots__ if name not in without}


def image(hall: Hall, *without: str, at: datetime = EPOCH) -> dict[str, Any]:
    """Everything the hall knows, as plain values; ``last`` and ``since`` say when, not what.

    A way from a desk that is over by ``at`` is no way.
    """
    paces: dict[int, tuple[int, float]] = hall.paces._today
    found = {
        "tickets": {
            n: slots(t, *MEMOS, "leg", *(["stands"] if "index" in without else [])) for n, t in hall.tickets.items()
        },
        "legs": {n: slots(t.leg) for n, t in hall.tickets.items()},
        "visits": {
            n: slots(v) | {"tickets": list(v.tickets), "free_from": max(v.free_from, at)}
            for n, v in hall.visits.items()
        },
        "calls": {n: slots(c) for n, c in hall.calls.items()},
        "desks": {n: slots(d, "last", "since") for n, d in hall.desks.items()},
        "queues": {
            group: {
                "lines": {line: list(places) for line, places in q.lines.items()},
                **({} if "index" in without else {"ready": {key: list(p) for key, p in q.ready.items() if p}}),
                "held back": set(q.held_back),
                "missed": sorted(q.missed),
                "work": {n: count for n, count in q.work.items() if count},
                "expected": {n: count for n, count in q.expected.items() if count},
                "runs": (q.run_appointments, q.run_priority),
                **({} if "pace" in without else {"pace": (list(q.gaps), q.busy_since)}),
            }
            for group, q in hall.queues.items()
            if len(q) or q.missed or q.gaps or +q.work or +q.expected or q.run_appointments or q.run_priority
        },
        "providers": {n: slots(p) for n, p in hall.providers.items()},
        "suspensions": [slots(s) for s in hall.suspensions],
        "paces": {n: (count, round(total, 3)) for n, (count, total) in paces.items() if count},
        "pins": {desk: set(tickets) for desk, tickets in hall.pins.items() if tickets},
        "aside": [list(hall.timers), list(hall.expected)],
        "index": list(hall.walking),
        "counters": (hall.last_visit, hall.last_ticket, dict(hall.last_number)),
        "served": {user: count for user, count in hall.served.items() if count},
        "else": (dict(hall.numbers), dict(hall.desk_runs), set(hall.full), hall.day and slots(hall.day)),
    }
    return {key: value for key, value in found.items() if key not in without}


@dataclass
class Laws:
    """The laws' account of one hall."""

    centre: Any
    broken: list[tuple[str, str]] = field(default_factory=list)
    looked: Counter[str] = field(default_factory=Counter)
    moves_seen: set[tuple[str, str, str]] = field(default_factory=set)  # event, from, to
    longest: Counter[str] = field(default_factory=Counter)  # how near each bound was come

    def __post_init__(self) -> None:
        self.book = Rulebook(self.centre)
        self._passed: dict[str, Counter[Any]] = {BOUND_A: Counter(), BOUND_B: Counter(), BOUND_C: Counter()}
        self._images: dict[int, tuple[int, datetime, dict[str, Any], dict[str, Any]]] = {}
        self._states: dict[str, Any] = {}

    def law(self, name: str, holds: bool, what: Any = "") -> None:
        self.looked[name] += 1
        if not holds:
            self.broken.append((name, str(what)))

    # --- row by row ---

    def before(self, hall: Hall, row: ev.Row) -> None:
        event, book = row.event, self.book
        if isinstance(event, ev.DayOpened):
            self.__post_init__()
        if isinstance(event, ev.TicketIssued | ev.TicketExpected):
            taken = {slip.number for slip in book.slips.values()}
            self.law(ONE_NUMBER, (event.letter, event.number) not in taken, row)
        if isinstance(event, UNDOABLE):
            self._images[event.ticket] = (row.seq, row.at, self._around(hall, row), image(hall, *LAZY, at=row.at))
        if isinstance(event, ev.TicketCalled):
            self._called(event, row.at)
        if isinstance(event, ev.TicketMissed) and event.desk is not None:
            slip = book.slips[event.ticket]
            waited = (row.at - slip.first_call).total_seconds() if slip.first_call else 0
            rules = self.centre.rules
            self.law(PATIENCE, slip.calls >= rules.no_show_calls and waited >= rules.no_show_min_s, row)
        self._states = self._states_of(hall, getattr(event, "ticket", None))

    def after(self, hall: Hall, row: ev.Row) -> None:
        event = row.event
        self.book.note(row)
        if (number := getattr(event, "ticket", None)) in self.book.slips:
            slip, ticket = self.book.slips[number], hall.tickets[number]
            self.law(ONE_STATE, slip.state == ticket.state, (row, slip.state))
            self.law(KEY, (slip.key, slip.number) == (ticket.queue_key, (ticket.letter, ticket.number)), row)
            self._check_move(event, self._states.get(f"ticket {number}"), ticket.state)
            if isinstance(event, ev.MoveUndone):
                self._undone(hall, row, event)
        self._check_other_moves(hall)

    def _states_of(self, hall: Hall, ticket: int | None) -> dict[str, Any]:
        desks = {f"desk {desk.number}": hall.desk_state(desk.number) for desk in self.centre.desks}
        providers = {f"provider {p.code}": hall.provider_state(p.code) for p in self.centre.providers}
        found = hall.tickets.get(ticket or 0)
        return ({f"ticket {ticket}": found.state} if found else {}) | desks | providers

    def _check_move(self, event: Any, source: S | None, target: S) -> None:
        name = type(event).__name__
        if source is None or (source, name) == (target, "ClaimMade") or name in ("ClaimVerified", "SlipReported"):
            allowed = source is not None or any(m.event == name and not m.source and target in m.target for m in MOVES)
        else:
            allowed = any(m.event == name and source in m.source and target in m.target for m in MOVES)
        self.law(MOVE, allowed, (name, source, target))
        if source in ENDED and source != target:
            self.law(FINAL, name in ("ServiceReopened", "MoveUndone"), (name, source, target))
        self.moves_seen.add((name, str(source or ""), str(target)))

    def _check_other_moves(self, hall: Hall) -> None:
        for key, state in self._states_of(hall, None).items():
            kind, before = key.split()[0], self._states.get(key)
            if before is None or before == state or kind == "ticket":
                continue
            table = DESK_MOVES if kind == "desk" else RECEPTION_MOVES
            if isinstance(before, ProviderState) and state is ProviderState.PLANNED:
                continue  # another day
            self.law(MOVE, any(before in move.source and state is move.target for move in table), (key, before, state))

    # --- calls ---

    def _called(self, event: ev.TicketCalled, at: datetime) -> None:
        book, choice, desk = self.book, event.choice, event.desk
        slip = book.slips[event.ticket]
        self.law(ONE_VISIT, book.seats[desk].ticket is None, event)
        self.law(ONE_PLACE, not book.at_a_desk(slip.visit), event)
        self.law(QUIET, not book.suspended and (book.calls_from is None or at >= book.calls_from), event)
        if choice.tier not in BY_HAND:
            rightful = book.choice(desk, at)
            self.law(RULE, slip is rightful, (event, rightful))
            line = [s for s in book.waiting(desk) if (s.group, s.cls, s.mode) == (slip.group, slip.cls, slip.mode)]
            earlier = [(s.id, book.bar(s, desk, at)) for s in line if s.place < slip.place]
            if slip.cls != "R":  # it has come back from that desk: a claim of long ago is of no moment
                self.law(FIFO, all(bar for _, bar in earlier), (event, earlier))
                told = [(p.ticket, p.why) for p in choice.passed]
                self.law(FIFO, told == earlier[: len(told)] and len(told) >= min(len(earlier), 5), (event, earlier))
        self._bounds(slip, desk, at, choice.tier)
        runs = book.count(slip, desk, at, choice.tier)
        told_runs = (choice.run_appointments, choice.run_priority, choice.run_desk)
        self.law(RULE, told_runs == runs, (event, runs))

    def _bounds(self, slip: Slip, desk: int, at: datetime, tier: str) -> None:
        """Counted anew from who could have been called; runs and guards of the product play no part."""
        if tier == "manual" or slip.cls == "R":
            return
        over = [s for s in self.book.callable(desk, at) if self.book.over_cap(s, at)]
        somebody = any(self.book.over_cap(s, at) for s in self.book.waiting(desk))
        for name, key, ends, counts in (
            (BOUND_A, slip.group, slip.cls == "W", any(s.group == slip.group for s in over)),
            (BOUND_B, desk, slip.cls == "W" or not somebody, bool(over)),
            (BOUND_C, desk, not somebody or slip is next(iter(over), None), bool(over)),
        ):
            passed = self._passed[name]
            passed[key] = 0 if ends else passed[key] + counts
            most = self.centre.rules.appointment_run + self.centre.rules.priority_run
            self.law(name, passed[key] <= most, (slip, desk, passed[key]))
            self.longest[name] = max(self.longest[name], passed[key])

    def silence(self, desk: int, at: datetime) -> None:
        """A desk was told that nobody can be called."""
        found = self.book.choice(desk, at)
        self.law(NOBODY, found is None, (desk, at, found))

    # --- undo ---

    def _around(self, hall: Hall, row: ev.Row) -> dict[str, Any]:
        event: Any = row.event
        ticket = hall.tickets[event.ticket]
        session = hall.desks.get(getattr(event, "desk", None) or 0)
        call = hall.calls.get(ticket.last_call)
        return {
            "ticket": slots(ticket, *MEMOS, "leg", "stands", "pinned_desk"),
            "leg": slots(ticket.leg),
            "visit": slots(hall.visits[ticket.visit], "tickets", "free_from", "left_by", "may_claim"),
            "desk": session and slots(session, "last", "since"),
            "call": call and slots(call, "announced"),
            "served": {user: count for user, count in hall.served.items() if count} if event.ticket and session else {},
        }

    def _undone(self, hall: Hall, row: ev.Row, event: ev.MoveUndone) -> None:
        seq, at, around, whole = self._images.pop(event.ticket)
        now = self._around(hall, row)
        now["served"] = around["served"] if row.seq > seq + 1 else now["served"]
        self.law(UNDO, now == around, (row, difference(around, now)))
        if row.seq == seq + 1 and at == row.at:
            found = image(hall, *LAZY, at=at)
            self.law(UNDO, found == whole, (row, difference(whole, found)))

    # --- the whole hall, after each press ---

    def whole(self, hall: Hall, now: datetime) -> None:
        self._places(hall)
        self._index(hall, now)
        self._recount(hall)
        self._limits(hall)

    def _places(self, hall: Hall) -> None:
        queued = Counter(n for q in hall.queues.values() for line in q.lines.values() for _, n in line)
        missed = Counter(n for q in hall.queues.values() for n in q.missed)
        at_desks = Counter(s.ticket for s in hall.desks.values() if s.ticket is not None)
        held, expected = Counter(n for _, n in hall.timers), Counter(n for _, n in hall.expected)
        for slip in self.book.slips.values():
            found = [c[slip.id] for c in (queued, at_desks, held, expected, missed)]
            where = [("waiting",), IN_HAND, ("on_hold",), ("expected",), ("no_show",)]
            self.law(ONE_STATE, found == [int(slip.state in states) for states in where], (slip, found))
            if slip.state == "waiting":
                ticket = hall.tickets[slip.id]
                line = "R" if slip.returned else "A" if slip.kind == "appointment" else slip.mode or "W"
                self.law(ONE_STATE, ticket.place in hall.queues[slip.group].lines[line], slip)  # type: ignore[index]
                pin = slip.pin
                able = pin is None or (pin in hall.desks and slip.group in hall.desks[pin].groups)
                self.law(PIN, able and ticket.pinned_desk == pin, slip)
            if slip.state == "called":
                self.law(QUIET, not self.book.suspended, slip)
        shared = Counter(slip.desk for slip in self.book.slips.values() if slip.state in IN_HAND)
        for desk, seat in self.book.seats.items():
            self.law(ONE_VISIT, shared[desk] <= 1, (desk, shared))
            self.law(ONE_VISIT, hall.desks[desk].ticket == seat.ticket, desk)
        in_hand = Counter(slip.visit for slip in self.book.slips.values() if slip.state in IN_HAND)
        for visit in hall.visits.values():
            self.law(ONE_PLACE, in_hand[visit.id] == (visit.in_hand is not None) <= 1, visit)

    def _index(self, hall: Hall, now: datetime) -> None:
        found = {
            (n, group, line, pin)
            for group, q in hall.queues.items()
            for (line, pin), places in q.ready.items()
            for _, n in places
        }
        arrived = {t.id for t in hall.arrived(now)}
        walking = {n for until, n in hall.walking if until > now}
        wanted, on_their_way = set(), set()
        for slip in self.book.slips.values():
            if slip.state != "waiting" or self.book.at_a_desk(slip.visit) or slip.skip:
                continue
            if self.book.walks(slip, now):
                on_their_way.add(slip.id)
            else:
                line = "R" if slip.returned else "A" if slip.kind == "appointment" else slip.mode or "W"
                wanted.add((slip.id, slip.group, line, slip.pin))
        late = {entry for entry in wanted if entry[0] in arrived}
        self.law(INDEX, found == wanted - late, (found ^ wanted, arrived))
        self.law(INDEX, walking == on_their_way, (walking, on_their_way))

    def _recount(self, hall: Hall) -> None:
        slips = self.book.slips.values()
        for group, queue in hall.queues.items():
            mine = [slip for slip in slips if slip.group == group]
            work = Counter(slip.service for slip in mine if slip.state in ("waiting", "on_hold"))
            expected = Counter(slip.service for slip in mine if slip.state == "expected")
            held_back = {slip.id for slip in mine if slip.state == "waiting" and slip.skip}
            counted = (+queue.work, +queue.expected, queue.held_back)
            self.law(COUNTS, counted == (work, expected, held_back) and min(queue.work.values(), default=0) >= 0, group)
            skips = {n: hall.tickets[n].not_before_calls for n in held_back}
            self.law(COUNTS, skips == {n: self.book.slips[n].skip for n in held_back}, group)
        for desk in self.book.seats:
            held = sum(slip.held and slip.state == "on_hold" and slip.pin == desk for slip in slips)
            self.law(COUNTS, len(hall.held_at(desk)) == held, (desk, held))
            self.law(LIMITS, held <= self.centre.rules.holds_per_desk, (desk, held))
        served = Counter(t.leg.user for t in hall.tickets.values() if t.state is S.SERVED)
        self.law(COUNTS, {u: n for u, n in hall.served.items() if n} == served, (hall.served, served))
        last: dict[str, int] = {}
        for letter, number in (slip.number for slip in slips if slip.slot is None and slip.number[0] != "Ц"):
            last[letter] = max(number, last.get(letter, 0))
        self.law(COUNTS, last == hall.last_number, (last, hall.last_number))

    def _limits(self, hall: Hall) -> None:
        rules, book = self.centre.rules, self.book
        by_visit: dict[int, list[Slip]] = {}
        for slip in book.slips.values():
            self.law(LIMITS, slip.returns <= rules.max_returns and slip.snoozes <= rules.snoozes, slip)
            self.law(LIMITS, slip.calls <= rules.max_calls, slip)
            if slip.state not in (*ENDED, "no_show"):
                by_visit.setdefault(slip.visit, []).append(slip)
        for active in by_visit.values():
            self.law(LIMITS, len({slip.service for slip in active}) == len(active), active)
        closed = {g.code for g in self.centre.groups if g.provider in book.closed}
        left = [s for s in chain(*by_visit.values()) if s.state in ("waiting", "on_hold")]
        self.law(CLOSED, not any(s.group in closed for s in left) and (book.open or not by_visit), left)
        self.law(CLOSED, book.open or all(hall.desk_state(d.number) is DeskState.CLOSED for d in self.centre.desks))

    def shadow(self, hall: Hall, rows: list[ev.Row]) -> None:
        """The same log folded a second time."""
        again = Hall()
        for row in rows:
            again.apply(row)
        self.law(SHADOW, image(again) == image(hall) and again.seq == hall.seq, difference(image(hall), image(again)))


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What differs, two levels deep: enough to read a failure."""
    told: dict[str, Any] = {}
    for key in before:
        one, other = before[key], after[key]
        if one == other:
            continue
        if isinstance(one, dict) and isinstance(other, dict):
            told[key] = {k: (one.get(k), other.get(k)) for k in one.keys() | other.keys() if one.get(k) != other.get(k)}
        else:
            told[key] = (one, other)
    return told
