"""Years of work in a data folder, made by the rules and the ledger themselves: tickets taken, called, served.

``python -m benchmarks.history FOLDER TICKETS`` fills working days before the benchmark’s Monday.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import gevent

from benchmarks.centre_server import MONDAY_TEN, without_limit
from queue_server.clock import StoppedClock
from queue_server.hall import Hall
from queue_server.ledger import Work
from queue_server.rules import desks, serving, visits
from queue_server.site import Site

A_DAY = 1000
ISSUED_AT_ONCE = 200
DESKS = range(1, 9)

Decide = Callable[[Hall, datetime], Sequence[Any]]


def fill(folder: Path, tickets: int) -> None:
    """So many tickets, a thousand on each working day, every one of them served."""
    days = [MONDAY_TEN - timedelta(days=n) for n in range(1, 2 * tickets // A_DAY + 8)]
    working = [day for day in days if day.weekday() < 5][: -(-tickets // A_DAY)]
    clock = StoppedClock(working[-1])
    site = Site(without_limit(), folder, clock)
    left = tickets
    for day in reversed(working):
        clock.move_to(day)
        site.ledger.tick()
        _one_day(site, clock, min(left, A_DAY))
        left -= min(left, A_DAY)
    site.close()


def _one_day(site: Site, clock: StoppedClock, tickets: int) -> None:
    centre, operators = site.centre, site.accounts.users()
    services = [service.number for service in centre.services]

    def at_once(decisions: Sequence[tuple[str, Decide]]) -> None:
        works: list[Work[None]] = [Work(actor, decide, lambda _hall, _rows: None) for actor, decide in decisions]
        jobs = [gevent.spawn(site.ledger.do, work) for work in works]
        gevent.joinall(jobs, raise_error=True)

    def take(service: int) -> tuple[str, Decide]:
        return "device:1", lambda hall, now: visits.open_visit(
            hall, now, centre, [visits.Wish(service)], visits.Asking("kiosk", "uk")
        )

    seats = {}
    for number in DESKS:
        wanted = set(desks.desk_of(number, centre).groups)
        seats[number] = next(user for user in operators if set(user.primary) == wanted)

    def sit(desk: int) -> tuple[str, Decide]:
        who = seats[desk]
        return who.actor, lambda hall, _now: desks.open_desk(hall, centre, desk, who.skills)

    def call(desk: int) -> tuple[str, Decide]:
        who = seats[desk]
        return who.actor, lambda hall, now: serving.call_next(hall, now, centre, desk, who.id)

    def start(desk: int) -> tuple[str, Decide]:
        who = seats[desk]
        return who.actor, lambda hall, _now: serving.start(hall, centre, desk, who.id)

    def finish(desk: int) -> tuple[str, Decide]:
        who = seats[desk]
        return who.actor, lambda hall, now: serving.finish(hall, now, centre, desk, who.id, "accepted")

    at_once([sit(desk) for desk in DESKS])
    for first in range(0, tickets, ISSUED_AT_ONCE):
        numbers = range(first, min(first + ISSUED_AT_ONCE, tickets))
        at_once([take(services[n % len(services)]) for n in numbers])
        while any(site.hall.queues.values()):
            clock.move_by(seconds=2)
            at_once([call(desk) for desk in DESKS])
            busy = [session.desk for session in site.hall.desks.values() if session.ticket is not None]
            at_once([start(desk) for desk in busy])
            at_once([finish(desk) for desk in busy])


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
