"""Who comes on one day: drawn from the seed and the day alone, before anything is played.

So a day is the same whoever plays it, and every policy meets the same people with the same needs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import log, sqrt
from random import Random

from queue_server.rules.events import Pace
from queue_server.simulation import hall
from queue_server.simulation.hall import KINDS, Kind

DAYS_BEFORE = 28
_SHAPE = sqrt(log(1 + hall.VARIATION**2))
_CHECK_IN_FROM = 30.0  # nobody checks in earlier; who is there before that sits down and waits


@dataclass(frozen=True, slots=True)
class Person:
    """One visitor. Times are minutes from midnight, ``services`` are (number, minutes at the desk).

    ``slot`` is the agreed time of the first service; ``at`` is the arrival, None for whoever never comes.
    ``leaves``: takes a ticket and is gone when it is called.
    """

    at: float | None
    services: tuple[tuple[int, float], ...]
    slot: int | None = None
    priority: bool = False
    leaves: bool = False
    walk_s: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What a load means for one kind of service, on average: agreed times a day and walk-in visitors a day."""

    booked: float
    walk_ins: float


def expected(load: float) -> tuple[Expected, ...]:
    """For each kind. The work that comes to the desks is ``load`` × desks × opening time, the same for each queue
    by the desks it has; a quarter of it is booked, as far as there are slots."""
    tickets = [load * hall.desks_of(kind.group) * hall.OPEN_MIN / kind.mean_min for kind in KINDS]
    slots = [len(hall.SLOTS) * hall.slots_of(kind.group) for kind in KINDS]
    booked = [min(hall.BOOKED * n, most) for n, most in zip(tickets, slots, strict=True)]
    come = [n * (1 - hall.BOOKED_STAY_AWAY) for n in booked]
    second = hall.SECOND_SERVICE
    # Tickets that walk-in visitors must bring: those with the kind as first service, and as second.
    first, other = ((n - c) / (1 - hall.LEAVE) for n, c in zip(tickets, _with_second(come), strict=True))
    both = 1 - second**2
    walk_ins = ((first - second * other) / both, (other - second * first) / both)
    return tuple(Expected(b, max(w, 0.0)) for b, w in zip(booked, walk_ins, strict=True))


def _with_second(visitors: list[float]) -> tuple[float, float]:
    one, other = visitors
    return one + hall.SECOND_SERVICE * other, other + hall.SECOND_SERVICE * one


def people(seed: int, day: int, load: float) -> list[Person]:
    """Everybody of one day, those with an agreed time first."""
    random = Random(f"{seed}/{day}")  # noqa: S311 - no secret hangs on it
    found: list[Person] = []
    for number, (kind, means) in enumerate(zip(KINDS, expected(load), strict=True)):
        other = KINDS[1 - number]
        found += _booked(random, kind, other, means.booked)
        found += [_visitor(random, at, kind, other) for at in _arrivals(random, means.walk_ins)]
    return found


def _booked(random: Random, kind: Kind, other: Kind, booked: float) -> Iterator[Person]:
    share = booked / (len(hall.SLOTS) * hall.slots_of(kind.group))
    for slot in hall.SLOTS:
        for _ in range(hall.slots_of(kind.group)):
            taken, comes = random.random() < share, random.random() >= hall.BOOKED_STAY_AWAY
            at = slot - min(random.gauss(*hall.EARLY_MIN), _CHECK_IN_FROM)
            person = _visitor(random, at, kind, other)
            if taken:
                yield Person(at if comes else None, person.services, slot, person.priority, False, person.walk_s)


def _visitor(random: Random, at: float, kind: Kind, other: Kind) -> Person:
    """Every person takes the same number of draws, so that one choice does not change everybody after."""
    minutes = [_length(random, kind), _length(random, other)]
    second, priority, leaves = (random.random() for _ in range(3))
    services = [(kind.service, minutes[0]), (other.service, minutes[1])]
    return Person(
        at=at,
        services=tuple(services if second < hall.SECOND_SERVICE else services[:1]),
        priority=priority < hall.PRIORITY,
        leaves=leaves < hall.LEAVE,
        walk_s=(random.uniform(*hall.WALK_S), random.uniform(*hall.WALK_S)),
    )


def _length(random: Random, kind: Kind) -> float:
    return random.lognormvariate(log(kind.mean_min) - _SHAPE**2 / 2, _SHAPE)


def _arrivals(random: Random, mean: float) -> Iterator[float]:
    """A Poisson stream of ``mean`` arrivals a day whose pace follows the hours."""
    whole = sum(hall.HOUR_WEIGHTS)
    until = [0.0, *accumulate(weight / whole * mean for weight in hall.HOUR_WEIGHTS)]
    passed = random.expovariate(1)
    while passed < mean:
        hour = bisect_right(until, passed) - 1
        yield (8 + hour + (passed - until[hour]) / (until[hour + 1] - until[hour])) * 60
        passed += random.expovariate(1)


def paces(seed: int, day: int, load: float) -> tuple[Pace, ...]:
    """What the four weeks before taught of each service's length: the people of those days, whoever called them."""
    spent = [_spent(seed, before, load) for before in range(day - DAYS_BEFORE, day)]
    found = []
    for number, kind in enumerate(KINDS):
        served = sum(one[number][0] for one in spent)
        found.append(Pace(kind.service, served, sum(one[number][1] for one in spent) * 60 / served))
    return tuple(found)


@lru_cache(maxsize=4 * DAYS_BEFORE)
def _spent(seed: int, day: int, load: float) -> tuple[tuple[int, float], ...]:
    """How many services of each kind a day brought, and their minutes."""
    everybody = [person for person in people(seed, day, load) if person.at is not None and not person.leaves]
    minutes = [
        [spent for person in everybody for service, spent in person.services if service == kind.service]
        for kind in KINDS
    ]
    return tuple((len(each), sum(each)) for each in minutes)
