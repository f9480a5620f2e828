"""One group's queue: who waits, in which line and place, and who of them can be called this moment.

Two images of the same people. ``lines`` holds everybody who waits, for counting and showing. ``ready`` leaves out
those who cannot be called just now, so that whoever calls looks at heads only. Knows no rule and no clock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime

from sortedcontainers import SortedList

from queue_server.records import LINES, Line, Ticket

GAPS_KEPT = 10


@dataclass(slots=True)
class Queue:
    """The waiting tickets of a group, its fairness runs, and how fast it moves."""

    lines: dict[Line, SortedList] = field(default_factory=lambda: {line: SortedList() for line in LINES})
    ready: dict[tuple[Line, int | None], SortedList] = field(default_factory=dict)  # by line and the desk of a pin
    held_back: set[int] = field(default_factory=set)  # tickets with not_before_calls > 0
    missed: list[int] = field(default_factory=list)
    work: Counter[int] = field(default_factory=Counter)  # how many tickets of a service are still to be served
    expected: Counter[int] = field(default_factory=Counter)  # the same of appointments that are not here yet
    gaps: deque[float] = field(default_factory=lambda: deque(maxlen=GAPS_KEPT))  # seconds between ordinary calls
    busy_since: datetime | None = None  # the last ordinary call after which somebody still waited
    run_appointments: int = 0
    run_priority: int = 0

    def __len__(self) -> int:
        return sum(map(len, self.lines.values()))

    def before(self, ticket: Ticket) -> int:
        """How many wait with an earlier place, whatever their line."""
        return sum(bisect_left(line, ticket.place) for line in self.lines.values())

    def enter(self, ticket: Ticket) -> None:
        self.lines[ticket.line].add(ticket.place)
        if ticket.not_before_calls:
            self.held_back.add(ticket.id)

    def leave(self, ticket: Ticket) -> None:
        self.bar(ticket)
        self.lines[ticket.line].remove(ticket.place)
        self.held_back.discard(ticket.id)
        if not self.lines["W"]:
            self.busy_since = None

    def offer(self, ticket: Ticket) -> None:
        """From now on the ticket can be called, by the desk of its pin or by any."""
        if ticket.stands is None:
            ticket.stands = (ticket.line, ticket.pinned_desk)
            self.ready.setdefault(ticket.stands, SortedList()).add(ticket.place)

    def bar(self, ticket: Ticket) -> None:
        """Keeps its place, and cannot be called for now."""
        if ticket.stands is not None:
            self.ready[ticket.stands].remove(ticket.place)
            if not self.ready[ticket.stands] and ticket.stands[1] is not None:
                del self.ready[ticket.stands]
            ticket.stands = None

    def note_ordinary_call(self, at: datetime, busy_since: datetime | None) -> None:
        """An ordinary ticket was just called: the time since the last one counts if the queue was never empty."""
        if busy_since is not None:
            self.gaps.append((at - busy_since).total_seconds())
        self.busy_since = at if self.lines["W"] else None
