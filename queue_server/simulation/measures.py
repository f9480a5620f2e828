"""Figures of played days, by the definitions that the reports use (R14): waits, promises, overtaking, the end of a day.

Percentiles are exact: the nearest rank over every ticket of every day, never an average of the days' own.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from statistics import fmean
from typing import Any

from queue_server.messages import TicketState
from queue_server.records import Ticket
from queue_server.rules.estimate import shown_minutes
from queue_server.rules.events import Class
from queue_server.simulation import hall as reference
from queue_server.simulation.play import CLOSES, Guess, PlayedDay
from queue_server.simulation.watch import Overtaking

CLASSES: tuple[Class, ...] = ("W", "A", "P")
ESTIMATORS = ("by_queue", "by_pace", "both", "last_served")


@dataclass(slots=True)
class Tally:
    """What many days add up to; minutes. ``errors``: what an estimator said, less what came."""

    days: int = 0
    visitors: int = 0
    visits: int = 0
    tickets: int = 0
    refused: int = 0
    too_late: int = 0
    unserved: int = 0
    two_desks: int = 0
    overtaking: Overtaking = field(default_factory=Overtaking)
    waits: dict[Class, list[float]] = field(default_factory=lambda: {cls: [] for cls in CLASSES})
    delays: list[float] = field(default_factory=list)  # of agreed times whose visitors were there in time
    overtaken: list[int] = field(default_factory=list)  # for each ordinary ticket
    promised: int = 0
    kept: int = 0
    kept_as_shown: int = 0
    widths: list[int] = field(default_factory=list)
    errors: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in ESTIMATORS})
    ends: list[float] = field(default_factory=list)  # of the last service of each day, after closing

    def add(self, day: PlayedDay) -> None:
        """One more day."""
        tickets = list(day.hall.tickets.values())
        self.days += 1
        self.visitors += day.visitors
        self.visits += len({ticket.visit for ticket in tickets if ticket.id in day.came})
        self.tickets += len(day.came)
        self.refused += day.refused
        self.too_late += day.too_late
        self.unserved += sum(ticket.state is TicketState.EXPIRED for ticket in tickets)
        self.two_desks += day.watch.two_desks
        self.overtaking.take(day.watch.found)
        served = [ticket for ticket in tickets if ticket.state is TicketState.SERVED]
        for ticket in served:
            self.waits[ticket.cls].append(_wait(ticket))
            if ticket.slot is not None and day.came[ticket.id] <= ticket.slot:
                self.delays.append(_wait(ticket))
            if ticket.cls == "W":
                self._hold_against_facts(ticket, day.guesses.get(ticket.id))
        for kind in reference.KINDS:
            self.overtaken += _overtaken([t for t in tickets if t.group == kind.group and t.first_called_at])
        closes = reference.midnight(day.watch.centre) + timedelta(minutes=CLOSES)
        self.ends.append(max((t.ended_at - closes).total_seconds() / 60 for t in served if t.ended_at))

    def _hold_against_facts(self, ticket: Ticket, guess: Guess | None) -> None:
        """The promise and the estimators of one ordinary ticket against its wait."""
        wait = _wait(ticket)
        if promise := ticket.promise:
            low, high = shown_minutes(promise)
            self.promised += 1
            self.kept += wait <= promise.high_s / 60
            self.kept_as_shown += wait <= high
            if high:
                self.widths.append(high - low)
        # Side by side means on the same tickets: those of which every estimator had something to say.
        if promise and guess and guess.by_pace is not None and guess.last_served is not None:
            said = (guess.by_queue, guess.by_pace, (guess.by_queue + guess.by_pace) / 2, guess.last_served)
            for name, seconds in zip(ESTIMATORS, said, strict=True):
                self.errors[name].append(seconds / 60 - wait)

    def merge(self, other: Tally) -> None:
        """The days of another tally, after one's own."""
        for name in ("days", "visitors", "visits", "tickets", "refused", "too_late", "unserved", "two_desks",
                     "promised", "kept", "kept_as_shown"):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.overtaking.take(other.overtaking)
        for cls in CLASSES:
            self.waits[cls] += other.waits[cls]
        for name in ESTIMATORS:
            self.errors[name] += other.errors[name]
        self.delays += other.delays
        self.overtaken += other.overtaken
        self.widths += other.widths
        self.ends += other.ends

    def figures(self) -> dict[str, Any]:
        """Everything that is told of these days, ready for JSON."""
        return {
            "overtaking_max": self.overtaking.most,
            "overtaking": {"a": self.overtaking.group, "b": self.overtaking.desk, "c": self.overtaking.oldest},
            "overtaken_p90": percentile(self.overtaken, 0.9),
            "overtaken_max": max(self.overtaken, default=None),
            "two_desks": self.two_desks,
            "promise_covered": _share(self.kept, self.promised),
            "promise_covered_shown": _share(self.kept_as_shown, self.promised),
            "promise_width_median_min": percentile(self.widths, 0.5),
            "promises": self.promised,
            "estimators": {
                name: {"mae_min": _mean(map(abs, errors)), "bias_min": _mean(errors), "n": len(errors)}
                for name, errors in self.errors.items()
            },
            "end_after_close_median_min": percentile(self.ends, 0.5),
            "end_after_close_p90_min": percentile(self.ends, 0.9),
            "appointment_delay_p90_min": percentile(self.delays, 0.9),
            "visitors": self.visitors,
            "visits": self.visits,
            "tickets": self.tickets,
            "refused": self.refused,
            "too_late": self.too_late,
            "unserved": self.unserved,
            "classes": {
                cls: {
                    "n": len(waits),
                    "wait_mean_min": _mean(waits),
                    "wait_median_min": percentile(waits, 0.5),
                    "wait_p90_min": percentile(waits, 0.9),
                }
                for cls, waits in self.waits.items()
            },
        }


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest rank: the smallest value that at least this share of all does not exceed."""
    return round(sorted(values)[ceil(share * len(values)) - 1], 2) if values else None


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(fmean(found), 2) if found else None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _wait(ticket: Ticket) -> float:
    """From the place in the queue to the first call, in minutes; nobody waits less than not at all."""
    leg = ticket.leg
    assert leg.first_called_at is not None
    return max((leg.first_called_at - leg.queued_at).total_seconds() / 60, 0.0)


def _overtaken(called: list[Ticket]) -> list[int]:
    """For each ordinary ticket of a queue, how many came later and were called before it."""
    found: list[int] = []
    places: list[datetime] = []
    for ticket in sorted(called, key=lambda t: t.leg.first_called_at or t.leg.queued_at):
        if ticket.cls == "W":
            found.append(len(places) - bisect_right(places, ticket.leg.queued_at))
        insort(places, ticket.leg.queued_at)
    return found
