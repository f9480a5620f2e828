"""The laws of the log through a real file: random days played by the one writer, then folded and compared (R39)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from queue_server.clock import StoppedClock
from queue_server.hall import Hall
from queue_server.ledger import FILE, Work, connect
from queue_server.ledger import rows as rows_of
from queue_server.rules import events as ev
from queue_server.site import Site
from queue_server.verify import verify
from tests.clicks import OFTEN, Clicks, services_of, weekday_centre
from tests.laws import Laws, image

PRESSES = 220
VERBS = OFTEN | {"suspend": 0.5, "stop": 0.3, "resume_tickets": 0.5}
MORNINGS = (date(2026, 3, 17), date(2026, 3, 18))


class RealDoor:
    """The same clicks, but each goes through the ledger of a real site."""

    def __init__(self, site: Site, clock: StoppedClock) -> None:
        self.site, self.clock, self.centre = site, clock, site.centre

    @property
    def hall(self) -> Hall:
        return self.site.hall

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def do(self, actor: str, decide: Callable[[Hall, datetime], Sequence[ev.Event]]) -> list[ev.Row]:
        kept: list[ev.Row] = []
        self.site.ledger.do(Work(actor, decide, lambda _hall, rows: kept.extend(rows)))
        return kept

    def tick(self) -> None:
        self.site.ledger.tick()

    def wait(self, **span: float) -> None:
        self.clock.move_by(**span)
        self.tick()


def two_days(bakhmut: Any, moment: Any, folder: Path, seed: int) -> Path:
    """Random clicks through a real file, over a night, with a restart in between."""
    dice, clock = random.Random(seed), StoppedClock(moment(9))
    centre = weekday_centre(bakhmut, **({} if seed % 2 else {"capacity_factor": 0.85}))
    centre = centre.model_copy(update={"desks": [place for place in centre.desks if place.number in (1, 2, 4)]})
    for day in range(len(MORNINGS)):
        site = Site(centre, folder, clock)
        door = RealDoor(site, clock)
        clicks = Clicks(door, services_of(centre))
        for pick in range(3):
            clicks.press("open", 0, pick)
        for _ in range(PRESSES):
            clicks.press(dice.choices(list(VERBS), list(VERBS.values()))[0], *(dice.randrange(10**6) for _ in range(3)))
        again = Hall()
        for row in rows_of(site.ledger.db):
            again.apply(row)
        assert image(again) == image(site.hall)
        site.close()
        clock.move_to(moment(9, day=MORNINGS[day]))
    return folder


@pytest.mark.parametrize("seed", range(3))
def test_the_log_folded_is_the_hall_and_the_tables_after_days_of_anything(
    bakhmut: Any, moment: Any, tmp_path: Path, seed: int
) -> None:
    """Whatever was pressed: the chain holds, the tables are the fold, and each law of the file was looked at."""
    verdict = verify(two_days(bakhmut, moment, tmp_path / "data", seed))
    assert verdict.mistakes == []
    assert verdict.rows > PRESSES
    assert verdict.laws["the tables are the fold of the log"] > 100


def test_a_real_log_keeps_the_laws_row_by_row(bakhmut: Any, moment: Any, tmp_path: Path) -> None:
    """The rulebook reads a log from a file as it reads one from memory."""
    folder = two_days(bakhmut, moment, tmp_path / "data", 1)
    db = connect(folder / FILE, read_only=True)
    hall, found = Hall(), Laws(weekday_centre(bakhmut))
    for row in rows_of(db):
        found.before(hall, row)
        hall.apply(row)
        found.after(hall, row)
    db.conn.close()
    assert not found.broken, found.broken[0]
    assert sum(found.looked.values()) > 1000
