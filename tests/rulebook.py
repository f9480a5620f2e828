"""The law of the queue written a second time, as plainly as possible, for the tests of laws.

It looks at every ticket, keeps its own account of the day from the rows of the log, and shares with the product
nothing but the names of events: no rule, no fold, no record.
"""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from queue_server.rules import events as ev

IN_HAND = ("called", "serving")
NEVER = datetime.max


@dataclass
class Slip:
    """A ticket, as the one who reads the rules with a pencil in hand would note it down."""

    id: int
    visit: int
    service: int
    group: str
    key: datetime
    kind: str
    mode: str | None
    number: tuple[str, int]
    state: str = "waiting"
    returned: bool = False
    pin: int | None = None
    skip: int = 0  # other calls of the group that must come first
    desk: int | None = None
    implicit: bool = False  # called by record, not checked in
    held: bool = False
    calls: int = 0
    first_call: datetime | None = None
    returns: int = 0
    snoozes: int = 0
    slot: datetime | None = None

    @property
    def cls(self) -> str:
        if self.returned:
            return "R"
        if self.kind == "appointment":
            return "A"
        return "P" if self.mode else "W"

    @property
    def place(self) -> tuple[datetime, int]:
        return (self.key, self.id)


@dataclass
class Seat:
    """A desk that is open."""

    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    paused_since: datetime | None = None
    ticket: int | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        return self.primary + self.secondary


@dataclass
class Rulebook:
    """``choice`` says whom «Наступний» must call; ``note`` takes down one row of the log."""

    centre: Any
    slips: dict[int, Slip] = field(default_factory=dict)
    seats: dict[int, Seat] = field(default_factory=dict)
    walks_until: dict[int, tuple[int, datetime]] = field(default_factory=dict)  # by visit: which, until when
    suspended: bool = False
    calls_from: datetime | None = None
    patient_until: datetime | None = None
    run_a: Counter[str] = field(default_factory=Counter)
    run_p: Counter[str] = field(default_factory=Counter)
    run_d: Counter[int] = field(default_factory=Counter)  # by desk, whoever sits there
    closed: set[str] = field(default_factory=set)
    open: bool = False
    _before: dict[int, tuple[Slip, tuple[int, datetime] | None]] = field(default_factory=dict)

    # --- what a row changes ---

    def note(self, row: ev.Row) -> None:
        event, at = row.event, row.at
        match event:
            case ev.DayOpened():
                self.__init__(self.centre, open=True)  # type: ignore[misc]  # a new page
            case ev.DayClosed():
                self.open = False
            case ev.ReceptionClosed():
                self.closed.add(event.provider)
            case ev.ReceptionSuspended():
                self.suspended = True
            case ev.ReceptionRestored():
                self.suspended = False
                self.calls_from, self.patient_until = event.calls_from, event.patient_until
            case ev.DeskOpened():
                self.seats[event.desk] = Seat(event.primary, event.secondary)
            case ev.DeskPaused():
                self.seats[event.desk].paused_since = at
            case ev.DeskResumed():
                self.seats[event.desk].paused_since = None
            case ev.DeskClosed():
                del self.seats[event.desk]
                for slip in self.slips.values():
                    slip.pin = None if slip.pin == event.desk else slip.pin
            case ev.TicketIssued():
                key, number = event.key or at, (event.letter, event.number)
                self.slips[event.ticket] = Slip(
                    event.ticket, event.visit, event.service, event.group, key, event.kind, event.priority, number
                )
            case ev.TicketExpected():
                number = (event.letter, event.number)
                self.slips[event.ticket] = Slip(
                    event.ticket, event.visit, event.service, event.group, event.slot, "appointment", None, number,
                    state="expected", slot=event.slot,
                )  # fmt: skip
            case _ if hasattr(event, "ticket") and not isinstance(event, ev.SlipReported):
                slip = self.slips[event.ticket]
                if isinstance(event, ev.ServiceStarted | ev.TicketMissed | ev.ServiceFinished | ev.TicketCancelled):
                    self._before[slip.id] = copy.copy(slip), self.walks_until.get(slip.visit)
                self._note_move(slip, event, at)

    def _note_move(self, slip: Slip, event: ev.Event, at: datetime) -> None:
        match event:
            case ev.TicketCheckedIn():
                slip.state = "waiting"
                if event.late:
                    slip.kind, slip.key = "walk_in", at
            case ev.TicketCalled():
                for other in self.slips.values():
                    if other.group == slip.group and other.state == "waiting" and other is not slip and other.skip:
                        other.skip -= 1
                slip.implicit, slip.skip = slip.state == "expected", 0
                slip.calls, slip.first_call = 1, at
                self._sit(slip, event.desk, "called")
            case ev.TicketRecalled():
                slip.calls += 1
            case ev.CallWithdrawn():
                self._get_up(slip, "expected" if slip.implicit else "waiting")
            case ev.ServiceStarted():
                slip.state = "serving"
            case ev.ServiceFinished():
                self._walk(slip, at)
                self._get_up(slip, "served")
            case ev.TicketMissed():
                self._get_up(slip, "no_show")
                slip.returned = False
            case ev.TicketReinstated():
                slip.state, slip.skip = "waiting", self.centre.rules.return_after_calls
                slip.returns += 1
            case ev.TicketTransferred():
                self._walk(slip, at)
                self._get_up(slip, "waiting")
                slip.service, slip.group, slip.pin, slip.returned = event.service, event.group, event.pinned, False
            case ev.TicketHeld():
                self._walk(slip, at)
                self._get_up(slip, "on_hold")
                slip.pin, slip.held, slip.returned = event.desk, True, False
            case ev.TicketReturned():
                slip.state, slip.returned, slip.held = "waiting", event.how == "came", False
                slip.pin = slip.pin if slip.returned else None
            case ev.TicketSnoozed():
                slip.state = "on_hold"
                slip.snoozes += 1
            case ev.TicketResumed():
                slip.state = "waiting"
            case ev.TicketReleased() if slip.state == "called":
                self._get_up(slip, "expected" if slip.implicit else "waiting")
            case ev.TicketReleased():
                self._get_up(slip, "waiting")
                slip.pin, slip.returned = None, True
            case ev.ClaimMade():
                slip.mode = event.priority
            case ev.ClaimRejected():
                slip.mode = None
                if slip.state in IN_HAND:
                    if slip.state == "serving":
                        self._walk(slip, at)
                    self._get_up(slip, "waiting")
                    slip.returned = False
            case ev.ServiceReopened():
                self._walk_as_before(slip)
                self._sit(slip, event.desk, "serving")
            case ev.MoveUndone():
                pin = slip.pin  # its desk may have closed since
                self._walk_as_before(slip)
                before = self.slips[slip.id] = self._before[slip.id][0]
                before.pin = pin
                if before.state in IN_HAND:
                    assert before.desk is not None
                    self._sit(before, before.desk, before.state)
            case ev.TicketCancelled():
                slip.state = "cancelled"
            case ev.TicketExpired():
                slip.state = "expired"

    def _sit(self, slip: Slip, desk: int, state: str) -> None:
        slip.state, slip.desk = state, desk
        self.seats[desk].ticket = slip.id

    def _get_up(self, slip: Slip, state: str) -> None:
        if slip.desk is not None:
            self.seats[slip.desk].ticket = None
        slip.state, slip.desk = state, None

    def _walk(self, slip: Slip, at: datetime) -> None:
        self.walks_until[slip.visit] = slip.id, at + timedelta(seconds=self.centre.rules.sibling_gap_s)

    def walks(self, slip: Slip, now: datetime) -> bool:
        """On the way from a desk where another ticket of the visit was."""
        left_by, until = self.walks_until.get(slip.visit, (slip.id, now))
        return left_by != slip.id and now < until

    def _walk_as_before(self, slip: Slip) -> None:
        walks_until = self._before[slip.id][1]
        self.walks_until.pop(slip.visit, None)
        if walks_until is not None:
            self.walks_until[slip.visit] = walks_until

    # --- who may be called, and who must ---

    def at_a_desk(self, visit: int) -> bool:
        return any(seat.ticket and self.slips[seat.ticket].visit == visit for seat in self.seats.values())

    def bar(self, slip: Slip, desk: int, now: datetime) -> str | None:
        """Why a waiting ticket cannot be called at this desk just now; None when it can."""
        if self.at_a_desk(slip.visit):
            return "sibling"
        if slip.skip:
            return "returned_late"
        if not self._free_of_pin(slip, desk, now):
            return "pinned"
        if self.walks(slip, now):
            return "walking"
        return None

    def _free_of_pin(self, slip: Slip, desk: int, now: datetime) -> bool:
        """A pin drops when its desk is closed or has paused for more than ten minutes."""
        if slip.pin is None or slip.pin == desk or slip.pin not in self.seats:
            return True
        paused = self.seats[slip.pin].paused_since
        return paused is not None and now - paused > timedelta(minutes=self.centre.rules.pin_pause_min)

    def waiting(self, desk: int) -> list[Slip]:
        groups = self.seats[desk].groups
        return sorted(
            (s for s in self.slips.values() if s.state == "waiting" and s.group in groups), key=lambda s: s.place
        )

    def over_cap(self, slip: Slip, now: datetime) -> bool:
        return slip.cls == "W" and now - slip.key > timedelta(minutes=self.centre.rules.wait_cap_min)

    def callable(self, desk: int, now: datetime) -> list[Slip]:
        """Whom «Наступний» may call at the desk, without those who may only when there is nobody else."""
        due = now + timedelta(minutes=self.centre.rules.appointment_early_min)
        ready = [slip for slip in self.waiting(desk) if self.bar(slip, desk, now) is None]
        return [slip for slip in ready if slip.cls != "A" or slip.key <= due]

    def candidates(self, desk: int, now: datetime) -> list[Slip]:
        """The same; and when there is nobody else, those who returned or are on their way, and an early appointment."""
        if ready := self.callable(desk, now):
            return ready
        here = [s for s in self.waiting(desk) if not self.at_a_desk(s.visit) and self._free_of_pin(s, desk, now)]
        due = now + timedelta(minutes=self.centre.rules.appointment_early_min)
        idle = now + timedelta(minutes=self.centre.rules.appointment_idle_early_min)
        return [s for s in here if s.cls != "A" or s.key <= due] or [s for s in here if s.key <= idle][:1]

    def choice(self, desk: int, now: datetime) -> Slip | None:
        """Who must be called."""
        return self._by_rule(desk, now, self.candidates(desk, now))

    def _by_rule(self, desk: int, now: datetime, ready: list[Slip]) -> Slip | None:
        rules, seat = self.centre.rules, self.seats[desk]
        if returned := [slip for slip in ready if slip.cls == "R"]:
            return returned[0]
        over = [slip for slip in ready if self.over_cap(slip, now)]
        if over and self.run_d[desk] >= rules.appointment_run + rules.priority_run:
            return over[0]
        options = []
        for group in seat.groups:
            if option := self._option(group, [slip for slip in ready if slip.group == group], now):
                tier, slip = option
                ratio = (now - slip.key).total_seconds() / (self.centre.group(group).target_wait_min * 60)
                options.append((tier, -ratio, slip.id, group in seat.secondary, slip))
        if any(not secondary for _, _, _, secondary, _ in options):
            options = [o for o in options if not o[3] or (o[0] == 4 and -o[1] >= 1)]
        return min(options, key=lambda o: o[:3])[4] if options else None

    def _option(self, group: str, ready: list[Slip], now: datetime) -> tuple[int, Slip] | None:
        rules = self.centre.rules
        a, p, w = ([slip for slip in ready if slip.cls == cls] for cls in "APW")
        p.sort(key=lambda slip: (slip.mode != "out_of_turn", slip.place))
        over = bool(w) and self.over_cap(w[0], now)
        k = rules.priority_run if p and (p[0].mode == "first_in_turn" or over) else 10**9
        if w and over and a and self.run_a[group] >= rules.appointment_run:
            return 1, w[0]
        if w and not a and p and self.run_p[group] >= k:
            return 1, w[0]
        if a:
            return 2, a[0]
        if p:
            return 3, p[0]
        return (4, w[0]) if w else None

    # --- the fairness runs ---

    def count(self, slip: Slip, desk: int, now: datetime, tier: str) -> tuple[int, int, int]:
        """The runs after this call (to be asked before the call is noted): R and manual calls do not change them."""
        group = slip.group
        if tier != "manual" and slip.cls != "R":
            ready = self.callable(desk, now) if tier == "by_record" else self.candidates(desk, now)
            ordinary = [s for s in ready if s.cls == "W"]
            if slip.cls == "W":
                self.run_a[group] = self.run_p[group] = 0
            elif any(s.group == group for s in ordinary):
                (self.run_a if slip.cls == "A" else self.run_p)[group] += 1
            oldest = next((s for s in ordinary if self.over_cap(s, now)), None)
            anybody = any(self.over_cap(s, now) for s in self.waiting(desk))  # callable or not
            self.run_d[desk] = 0 if slip is oldest or not anybody else self.run_d[desk] + 1
        return self.run_a[group], self.run_p[group], self.run_d[desk]
