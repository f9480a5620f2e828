"""Starvation and deadlock, hunted on random halls: once nobody new comes, everybody who can be called is called.

The bound: while he waits, nobody sees more calls of others than there are tickets that wait or are on hold in the hall
when the last visitor has come. Desks that hear «nobody» are held against the rulebook each time.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from queue_server.messages import TicketState as S
from tests.days import evening

ROUNDS_MOST = 400


@pytest.mark.parametrize("seed", range(12))
def test_whoever_can_be_called_is_called_and_the_hall_empties(bakhmut: Any, moment: Any, seed: int) -> None:
    door, clicks, dice = evening(bakhmut, moment, seed)
    for _ in list(door.hall.desks):  # what they have in hand is brought to an end
        clicks.press("go_on")
        clicks.press("start", 0)
        clicks.press("finish", 0)
    everybody = [place.number for place in door.centre.desks]
    here = dice.sample(everybody, dice.randint(1, len(everybody))) if seed % 4 else everybody
    for pick, number in enumerate(everybody):  # some have gone home: what was kept for them is free
        if number not in here and (session := door.hall.desks.get(number)) and session.ticket is None:
            clicks.press("close", list(door.hall.desks).index(number))
        elif number in here and number not in door.hall.desks:
            shut = [place.number for place in door.centre.desks if place.number not in door.hall.desks]
            clicks.press("open", shut.index(number), pick + 1)
    clicks.press("go_on")
    served = {group for session in door.hall.desks.values() for group in session.groups}
    for pick in range(8):
        clicks.press("visit", pick, pick, 1)

    def waiting() -> list[int]:
        return [s.id for s in door.laws.book.slips.values() if s.state == "waiting" and s.group in served]

    passed: Counter[int] = Counter()  # calls of others that each saw while waiting
    alive = len(waiting()) + sum(t.state is S.ON_HOLD for t in door.hall.tickets.values())
    rounds = 0
    assert waiting()
    while left := waiting():
        rounds += 1
        assert rounds < ROUNDS_MOST, ("nobody moves any more", [door.laws.book.slips[n] for n in left])
        desks = list(door.hall.desks)
        dice.shuffle(desks)
        idle = True
        for desk in desks:
            left = waiting()
            if not clicks.press("next", list(door.hall.desks).index(desk)):
                continue
            idle, number = False, door.hall.desks[desk].ticket
            passed.update(other for other in left if other != number)
            clicks.press("start", 0)  # nobody else is called just now
            door.wait(seconds=dice.choice([5, 20, 70]))
            clicks.press("finish", 0)
            assert number is not None
            assert door.hall.tickets[number].state is S.SERVED
        assert not door.laws.broken, door.laws.broken[0]
        if idle:
            door.wait(seconds=61)  # all who wait are on their way
    assert max(passed.values(), default=0) < alive
