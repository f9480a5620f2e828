"""When one may be booked: the grid of agreed times of a queue on a day, from hours and the plan of desks (R07, I04).

At most ``booking_share`` of a queue's planned time is promised: whoever comes without an appointment pays for each
promised time. Which places of the grid are taken is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from config.settings import Centre, Group
from queue_server.rules.hours import Reception, desk_reception, local_day, reception


@dataclass(frozen=True, slots=True)
class Slot:
    """One agreed time of a queue, in UTC, and how many may be booked for it."""

    group: str
    start: datetime
    end: datetime
    places: int


def grid(centre: Centre, group: Group, day: date) -> list[Slot]:
    """Every slot of the queue on this day that has a place, in order.

    A slot lies in one span of reception, so none reaches into a break or over closing. Where the share gives less than
    one place a slot, every second, third … slot has one.
    """
    provider = centre.provider(group.provider)
    today = reception(provider, day, centre)
    if today is None:
        return []
    planned = [
        (found, len(desk.groups))
        for desk in centre.desks
        if group.code in desk.groups and (found := desk_reception(desk, provider, day, centre)) is not None
    ]
    share = Fraction(str(centre.rules.booking_share))
    slots, owed = [], Fraction()
    for start, end in _steps(today, timedelta(minutes=group.slot_min)):
        desks = sum((Fraction(1, groups) for at, groups in planned if _covers(at, start, end)), Fraction())
        owed += share * desks
        places = min(group.slot_places, int(owed))
        owed -= int(owed)
        if places:
            slots.append(Slot(group.code, start, end, places))
    return slots


def offered(centre: Centre, group: Group, day: date, now: datetime) -> list[Slot]:
    """Those of the grid that may be booked now: not sooner than the lead time, not beyond the horizon."""
    rules, today = centre.rules, local_day(now, centre)
    if not today <= day <= today + timedelta(days=rules.booking_horizon_days):
        return []
    earliest = now + timedelta(minutes=rules.booking_lead_min)
    return [slot for slot in grid(centre, group, day) if slot.start >= earliest]


def slot_at(centre: Centre, group: Group, start: datetime) -> Slot | None:
    """The slot of the grid that begins at this moment."""
    return next((slot for slot in grid(centre, group, local_day(start, centre)) if slot.start == start), None)


def _steps(today: Reception, length: timedelta) -> Iterator[tuple[datetime, datetime]]:
    for opens, closes in today.spans:
        start = opens
        while start + length <= closes:
            yield start, start + length
            start += length


def _covers(at: Reception, start: datetime, end: datetime) -> bool:
    return any(opens <= start and end <= closes for opens, closes in at.spans)
