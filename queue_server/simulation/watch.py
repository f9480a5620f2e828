"""Looks at a day from outside and measures how far anybody was passed over. Trusts no counter of the rules.

It keeps its own account of who waits, from the log's rows alone, and speaks only of moments at which an ordinary
visitor who has waited longer than the cap could have been called instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from config.settings import Centre
from queue_server.rules import events as ev


@dataclass(slots=True)
class Overtaking:
    """The longest runs that were seen while somebody over the cap could have been called.

    ``group``: calls of other classes between two ordinary calls of a queue. ``desk``: calls in a row at one desk that
    were not ordinary. ``oldest``: calls at one desk past the oldest one it could have called.
    """

    group: int = 0
    desk: int = 0
    oldest: int = 0

    def take(self, other: Overtaking) -> None:
        self.group = max(self.group, other.group)
        self.desk = max(self.desk, other.desk)
        self.oldest = max(self.oldest, other.oldest)

    @property
    def most(self) -> int:
        return max(self.group, self.desk, self.oldest)


@dataclass(slots=True)
class _Standing:
    """One ticket as the watch knows it."""

    ticket: int
    visit: int
    group: str
    key: datetime
    cls: ev.Class


@dataclass(slots=True)
class Watch:
    """Sees every row of the log before it is folded."""

    centre: Centre
    found: Overtaking = field(default_factory=Overtaking)
    two_desks: int = 0
    _known: dict[int, _Standing] = field(default_factory=dict)
    _ordinary: dict[int, _Standing] = field(default_factory=dict)  # those who wait
    _in_hand: dict[int, set[int]] = field(default_factory=dict)  # by visit: its tickets at desks
    _free_from: dict[int, datetime] = field(default_factory=dict)
    _groups: dict[int, tuple[str, ...]] = field(default_factory=dict)  # of open desks
    _group_runs: dict[str, int] = field(default_factory=dict)
    _desk_runs: dict[int, int] = field(default_factory=dict)
    _oldest_runs: dict[int, int] = field(default_factory=dict)

    def see(self, row: ev.Row) -> None:
        event = row.event
        match event:
            case ev.DeskOpened():
                self._groups[event.desk] = event.primary + event.secondary
            case ev.TicketIssued():
                self._wait(event.ticket, event.visit, event.group, row.at, "P" if event.priority else "W")
            case ev.TicketExpected():
                self._known[event.ticket] = _Standing(event.ticket, event.visit, event.group, event.slot, "A")
            case ev.TicketCheckedIn() if event.late:
                known = self._known[event.ticket]
                self._wait(known.ticket, known.visit, known.group, row.at, "W")
            case ev.TicketCalled():
                self._call(event, row.at)
            case ev.ServiceFinished():
                self._leave(event.ticket, event.siblings_from)
            case ev.TicketMissed() if event.desk is not None:
                self._leave(event.ticket, row.at)
            case ev.CallWithdrawn():
                standing = self._leave(event.ticket, row.at)
                if standing.cls == "W":
                    self._ordinary[standing.ticket] = standing
            case _:
                pass

    def _wait(self, ticket: int, visit: int, group: str, key: datetime, cls: ev.Class) -> None:
        standing = self._known[ticket] = _Standing(ticket, visit, group, key, cls)
        if cls == "W":
            self._ordinary[ticket] = standing

    def _leave(self, ticket: int, free_from: datetime) -> _Standing:
        standing = self._known[ticket]
        self._in_hand[standing.visit].discard(ticket)
        self._free_from[standing.visit] = free_from
        return standing

    def _call(self, call: ev.TicketCalled, at: datetime) -> None:
        called = self._known[call.ticket]
        over = self._over_cap(call.desk, at)
        callable_ = [standing for standing in over if self._could_come(standing, at)]
        ordinary = called.cls == "W"
        if ordinary:
            self._group_runs[called.group] = 0
        elif any(standing.group == called.group for standing in callable_):
            self._group_runs[called.group] = self._group_runs.get(called.group, 0) + 1
            self.found.group = max(self.found.group, self._group_runs[called.group])
        if ordinary or not over:
            self._desk_runs[call.desk] = 0
        elif callable_:
            self._desk_runs[call.desk] = self._desk_runs.get(call.desk, 0) + 1
            self.found.desk = max(self.found.desk, self._desk_runs[call.desk])
        if not over or (callable_ and callable_[0] is called):
            self._oldest_runs[call.desk] = 0
        elif callable_:
            self._oldest_runs[call.desk] = self._oldest_runs.get(call.desk, 0) + 1
            self.found.oldest = max(self.found.oldest, self._oldest_runs[call.desk])
        in_hand = self._in_hand.setdefault(called.visit, set())
        self.two_desks += bool(in_hand)
        in_hand.add(call.ticket)
        self._ordinary.pop(call.ticket, None)

    def _over_cap(self, desk: int, at: datetime) -> list[_Standing]:
        """The ordinary tickets of the desk's queues that have waited longer than the cap, oldest first."""
        since = at - timedelta(minutes=self.centre.rules.wait_cap_min)
        groups = self._groups[desk]
        over = [standing for standing in self._ordinary.values() if standing.key < since and standing.group in groups]
        return sorted(over, key=lambda standing: (standing.key, standing.ticket))

    def _could_come(self, standing: _Standing, at: datetime) -> bool:
        """Neither at a desk nor on the way from one."""
        free_from = self._free_from.get(standing.visit)
        return not self._in_hand.get(standing.visit) and (free_from is None or free_from <= at)
