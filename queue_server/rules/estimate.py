"""The promised wait: what a visitor is told before taking a ticket, and when it is better to say nothing (I11).

Two estimators are averaged: queue length by the speed of the desks, and the pace at which ordinary visitors were
lately called. A range is told, never a minute; the upper end is what reports hold against the facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor

from config.settings import Centre
from queue_server.hall import Hall
from queue_server.messages import DeskState
from queue_server.rules.capacity import open_desks, services_of, share
from queue_server.rules.events import Promise
from queue_server.rules.hours import local_day, reception

GAPS_NEEDED = 3
ENOUGH_TODAY, ENOUGH_BEFORE = 5, 30
SHOWN_STEP_MIN, SHOWN_WIDTH_MIN = 5, 10


@dataclass(frozen=True, slots=True)
class Estimate:
    """``by_queue`` and ``by_pace`` are the two estimators in seconds; ``promise`` is None when nothing can be said."""

    ahead: int
    promise: Promise | None
    by_queue: float | None = None
    by_pace: float | None = None


def estimate(hall: Hall, now: datetime, centre: Centre, group: str, own: int = 0) -> Estimate:
    """For a new ordinary ticket of the group; ``own`` tickets of the same visit wait there and are not «ahead»."""
    ahead = hall.waiting(group) - own
    desks = list(open_desks(hall, group))
    if not desks or hall.suspended or not _known_well(hall, centre, group):
        return Estimate(ahead, None)
    if not hall.waiting(group) and any(hall.desk_state(d.desk) is DeskState.READY for d in desks):
        return Estimate(0, Promise(0, 0), 0.0, 0.0)
    speed = sum(share(hall, desk.groups, group) for desk in desks)
    mean = hall.paces.group_mean_s(services_of(group, centre))
    by_queue = _with_booked((ahead + 1) * mean / speed, mean / speed, hall, now, centre, group)
    gaps = hall.queue(group).gaps
    ordinary = len(hall.queue(group).lines["W"]) - own
    by_pace = (ordinary + 1) * sum(gaps) / len(gaps) if len(gaps) >= GAPS_NEEDED else None
    point = by_queue if by_pace is None else (by_queue + by_pace) / 2
    promise = Promise(round(centre.rules.estimate_lower * point), round(centre.rules.estimate_upper * point))
    if _beyond_closing(now + timedelta(seconds=promise.high_s), now, centre, group):
        return Estimate(ahead, None, by_queue, by_pace)
    return Estimate(ahead, promise, by_queue, by_pace)


def shown_minutes(promise: Promise) -> tuple[int, int]:
    """The range as people read it: whole fives, at least ten minutes wide. (0, 0) means «now»."""
    if promise.high_s == 0:
        return 0, 0
    low = floor(promise.low_s / 60 / SHOWN_STEP_MIN) * SHOWN_STEP_MIN
    high = ceil(promise.high_s / 60 / SHOWN_STEP_MIN) * SHOWN_STEP_MIN
    return low, max(high, low + SHOWN_WIDTH_MIN)


def _known_well(hall: Hall, centre: Centre, group: str) -> bool:
    today, before = hall.paces.served(services_of(group, centre))
    return today >= ENOUGH_TODAY or before >= ENOUGH_BEFORE


def _with_booked(wait_s: float, each_s: float, hall: Hall, now: datetime, centre: Centre, group: str) -> float:
    """The wait with the appointments that are not here yet and come before its end: each of them moves the end
    towards the next. Those who never come are left out on average."""
    each_s *= 1 - centre.rules.appointment_no_show_rate
    for slot, number in hall.expected:
        if slot > now + timedelta(seconds=wait_s):
            break
        if hall.tickets[number].group == group:
            wait_s += each_s
    return wait_s


def _beyond_closing(moment: datetime, now: datetime, centre: Centre, group: str) -> bool:
    today = reception(centre.provider(centre.group(group).provider), local_day(now, centre), centre)
    return today is None or moment > today.closes
