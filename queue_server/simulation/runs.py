"""Many days, by several processes if there are several: the same figures however the days are divided among them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from queue_server.simulation.arrivals import paces, people
from queue_server.simulation.hall import reference_hall
from queue_server.simulation.measures import Tally
from queue_server.simulation.play import Play
from queue_server.simulation.policies import POLICIES

CHUNK_DAYS = 20


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is simulated: a policy's name, the offered work by what the desks can do, how many days, from which seed."""

    policy: str
    load: float
    days: int
    seed: int


def play_days(scenario: Scenario, first: int, last: int) -> Tally:
    """The days from ``first`` up to, but not including, ``last``; 0 is the first of all."""
    centre = reference_hall()
    policy = POLICIES[scenario.policy](centre)
    tally = Tally()
    for day in range(first, last):
        everybody = people(scenario.seed, day, scenario.load)
        tally.add(Play(centre, policy, everybody, paces(scenario.seed, day, scenario.load)).run())
    return tally


def simulate(scenario: Scenario, pool: Executor | None = None) -> dict[str, Any]:
    """All the figures of a scenario, ready for JSON."""
    starts = range(0, scenario.days, CHUNK_DAYS)
    ends = [min(start + CHUNK_DAYS, scenario.days) for start in starts]
    tally = Tally()
    for part in (pool.map if pool else map)(play_days, [scenario] * len(ends), starts, ends):
        tally.merge(part)
    named = {"policy": scenario.policy, "load": scenario.load, "days": scenario.days, "seed": scenario.seed}
    return {**named, **tally.figures()}


def simulate_all(scenarios: list[Scenario], workers: int) -> Iterator[dict[str, Any]]:
    """The same of several, one after the other, by so many processes."""
    if workers == 1:
        yield from map(simulate, scenarios)
        return
    # Fresh processes: a fork of whoever calls might carry its threads' locks.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for scenario in scenarios:
            yield simulate(scenario, pool)
