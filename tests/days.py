"""Random days of three kinds for the tests of laws: anything at all, a flood, an evening after which nobody comes."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from config.settings import Centre
from tests.clicks import OFTEN, SELDOM, Clicks, Door, live, random_centre, services_of

Moment = Callable[..., datetime]

FLOOD: dict[str, float] = {
    "visit": 1, "special": 14, "expect": 9, "check_in": 12, "next": 30, "by_record": 8, "start": 30, "finish": 30,
    "wait_little": 6, "hold": 1, "come_back": 2, "transfer": 1, "miss": 0.6, "reinstate": 1, "manual": 0.6,
    "withdraw": 1, "snooze": 0.5, "pause": 0.5, "go_on": 2, "close": 0.5, "open": 3, "release": 0.5, "cancel": 0.5,
}  # fmt: skip
MORNING: dict[str, float] = {
    "visit": 22, "add": 4, "expect": 4, "check_in": 5, "open": 3, "close": 0.4, "pause": 0.6, "go_on": 2, "next": 12,
    "start": 10, "finish": 5, "miss": 4, "reinstate": 4, "hold": 6, "come_back": 5, "transfer": 6, "snooze": 2,
    "resume": 1, "claim": 2, "reject": 1, "release": 1, "undo": 1, "wait": 5,
}  # fmt: skip


class Flood(Clicks):
    """Few ordinary visitors, who wait too long already, and many who come before them."""

    def _special(self, a: int, b: int, c: int) -> None:
        self._visit(a, 1 if b % 6 else 4, 6 * c)  # every one with a claim

    def _wait_little(self, a: int, b: int, c: int) -> None:
        self.door.wait(seconds=1 + a % 40)


def random_day(bakhmut: Centre, moment: Moment, seed: int, presses: int, *, until: str | None = None) -> Door:
    """In a random centre anybody presses anything; every third day with the limit on tickets as delivered."""
    dice = random.Random(seed)
    rules = {} if seed % 3 else {"capacity_factor": bakhmut.rules.capacity_factor}
    centre = random_centre(bakhmut, dice, **rules)
    door = Door(centre, moment(8 + seed % 8))
    clicks = Clicks(door, services_of(centre))
    for pick in range(len(centre.desks)):
        clicks.press("open", 0, pick)
    live(door, clicks, dice, presses, {**OFTEN, **SELDOM}, until=until)
    door.laws.shadow(door.hall, door.rows)
    for hours in (3, 9, 12):  # an evening, a hard stop, the next morning: whatever was left over
        if not door.laws.broken:
            door.wait(hours=hours)
            door.laws.whole(door.hall, door.now)
    door.laws.shadow(door.hall, door.rows)
    return door


def flooded(bakhmut: Centre, moment: Moment, seed: int, *, until: str | None = None, **rules: int) -> Door:
    """Several groups a desk, helping desks, siblings; over an hour after most ordinary visitors came."""
    dice = random.Random(seed)
    centre = random_centre(bakhmut, dice, max_active_tickets=20, **rules)
    door = Door(centre, moment(9))
    clicks = Flood(door, services_of(centre))
    for pick in range(len(centre.desks)):
        clicks.press("open", 0, pick * (seed % 2) + 1 - seed % 2)
    for pick in range(24):
        clicks.press("visit", pick, 4 if pick % 5 == 0 else 1, 1)
        clicks.press("wait_little", pick)
    door.wait(minutes=62)
    live(door, clicks, dice, 330, FLOOD, whole_every=40, until=until)
    return door


def evening(bakhmut: Centre, moment: Moment, seed: int) -> tuple[Door, Clicks, random.Random]:
    """After some hours of everything: pins, holds, siblings, returns; nobody new comes from now on."""
    dice = random.Random(seed)
    centre = random_centre(bakhmut, dice)
    door = Door(centre, moment(9))
    clicks = Clicks(door, services_of(centre))
    for pick in range(len(centre.desks)):
        clicks.press("open", 0, pick + seed % 3)
    live(door, clicks, dice, 150, MORNING, whole_every=10)
    return door, clicks, dice
