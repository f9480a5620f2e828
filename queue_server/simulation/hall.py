"""The reference hall that figures are told for: its hours, desks, services, and how its visitors behave.

Only what is assumed stands here; nothing of who is called when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import floor

from config.settings import Centre, Desk, Group, Hours, Interval, Provider, Rules, Service, Zone

DAY = date(2026, 3, 16)  # every simulated day is this Monday: nothing of the calendar shall differ
OPENS, CLOSES = time(8), time(17)
OPEN_MIN = 540
SLOT_MIN = 15
SLOTS = tuple(range(8 * 60, 17 * 60, SLOT_MIN))  # minutes from midnight
HOUR_WEIGHTS = (62, 70, 62, 50, 35, 35, 40, 35, 25)  # arrivals by hour, from 8
VARIATION = 0.7  # standard deviation of a service's length, by its mean

SECOND_SERVICE = 0.15  # of visitors, in the other group
PRIORITY = 0.15  # of visits, out of turn
BOOKED = 0.25  # of the work
BOOKED_STAY_AWAY = 0.12
EARLY_MIN = (8.0, 7.0)  # minutes before the agreed time: mean and standard deviation
LEAVE = 0.05  # walk-in visitors who are gone when they are called
WALK_S = (10.0, 40.0)  # from hearing the number to sitting down


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two services: its number in the list, its queue, its true mean length in minutes."""

    service: int
    group: str
    letter: str
    mean_min: float


KINDS = (Kind(1, "aid", "А", 12.0), Kind(2, "documents", "Д", 10.0))
DESKS = {1: ("aid",), 2: ("aid",), 3: ("documents",), 4: ("documents",), 5: ("aid", "documents")}


def desks_of(group: str) -> float:
    """How many desks a queue has; one that serves two queues is half a desk to each."""
    return sum(1 / len(groups) for groups in DESKS.values() if group in groups)


def slots_of(group: str) -> int:
    """How many can be booked for one time: half of the desks."""
    return max(1, floor(desks_of(group) / 2))


def reference_hall(rules: Rules | None = None) -> Centre:
    """The centre with these rules, or with those that hold where a centre file says nothing."""
    opening: Hours = {"mon": [Interval(opens=OPENS, closes=CLOSES)]}
    return Centre(
        code="reference",
        name={"uk": "Еталонна зала", "en": "Reference hall"},
        city={"uk": "Місто"},
        address={"uk": "Адреса"},
        zones=[Zone(code="hall", name={"uk": "Зала"})],
        providers=[Provider(code="provider", name={"uk": "Установа"}, short_name={"uk": "Установа"}, hours=opening)],
        groups=[
            Group(code=k.group, provider="provider", letter=k.letter, name={"uk": f"Черга {k.letter}"}, zone="hall")
            for k in KINDS
        ],
        services=[
            Service(
                number=k.service,
                group=k.group,
                name={"uk": f"Послуга {k.letter}"},
                short_name={"uk": f"Послуга {k.letter}"},
                duration_min=round(k.mean_min),
            )
            for k in KINDS
        ],
        desks=[Desk(number=number, zone="hall", groups=list(groups)) for number, groups in DESKS.items()],
        rules=rules or Rules(),
    )


def midnight(centre: Centre) -> datetime:
    """The beginning of the simulated day, in UTC."""
    return datetime.combine(DAY, time(0), centre.tz).astimezone(UTC)
