"""A day on which everybody does at random what the rules allow, told row by row as those who follow hear it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from queue_server import messages as m
from queue_server import views
from queue_server.hall import Hall
from queue_server.messages import TicketState as S
from queue_server.records import Ticket
from queue_server.rules import claims, day, serving, visits
from queue_server.rules.refusal import Forbidden, Refused

DESKS = (1, 2, 3, 4)
DONE_AT = {
    **dict.fromkeys(("call", "manual", "reopen"), m.DeskState.READY),
    **dict.fromkeys(("start", "recall", "no_show", "withdraw"), m.DeskState.CALLING),
    **dict.fromkeys(("finish", "hold", "transfer", "pass_on"), m.DeskState.SERVING),
}
SERVICES = (2, 3, 22, 23, 27, 30)


@dataclass(frozen=True, slots=True)
class Moment:
    """The hall right after one row, and the frame that told of it."""

    hall: Hall
    now: datetime
    frame: m.StaffFrame | None


class ArbitraryDay:
    """Whoever is refused does nothing."""

    def __init__(self, toy: Any, seed: int) -> None:
        self.toy, self.luck = toy, random.Random(seed)
        self.done: set[str] = set()
        self.verbs = {
            **dict.fromkeys(("take", "call", "start"), 4),
            **dict.fromkeys(("finish", "no_show", "undo"), 2),
            **dict.fromkeys(("recall", "withdraw", "hold", "come_back", "snooze", "resume", "release", "reopen"), 1),
            **dict.fromkeys(("manual", "transfer", "pass_on", "reinstate", "claim", "reject", "cancel"), 1),
            "alarm": 0.2,
        }
        for desk in DESKS:
            toy.open(desk)

    def live(self, moves: int) -> None:
        names, weights = list(self.verbs), list(self.verbs.values())
        for _ in range(moves):
            self.toy.wait(seconds=self.luck.choice((0, 1, 3, 8, 21, 40)))
            self.toy.tick()
            (verb,) = self.luck.choices(names, weights)
            if self.toy.hall.suspended and self.luck.random() < 0.3:
                verb = "alarm"
            try:
                getattr(self, verb)(self._desk_for(verb))
            except (Refused, Forbidden):
                continue
            self.done.add(verb)

    def told(self) -> Iterator[Moment]:
        """Every row of the day again, in a hall that is folded anew."""
        hall = Hall()
        for row in self.toy.rows:
            hall.apply(row)
            yield Moment(hall, row.at, views.staff_frame(hall, self.toy.centre, row, {d: f"desk{d}" for d in DESKS}))

    # --- verbs ----------------------------------------------------------------------------------------------------

    def take(self, _desk: int) -> None:
        self.toy.visit(*self.luck.sample(SERVICES, self.luck.choice((1, 1, 2))))

    def call(self, desk: int) -> None:
        self.toy.call(desk)

    def start(self, desk: int) -> None:
        self.toy.do("start", desk)

    def recall(self, desk: int) -> None:
        self.toy.do("recall", desk)

    def withdraw(self, desk: int) -> None:
        self.toy.do("withdraw", desk)

    def finish(self, desk: int) -> None:
        self.toy.finish(desk)

    def no_show(self, desk: int) -> None:
        """The operator repeats the call as often as it must be, and waits."""
        session = self.toy.hall.desks[desk]
        if session.ticket is None or self.toy.hall.tickets[session.ticket].state is not S.CALLED:
            raise Refused("nobody")
        if self.toy.hall.tickets[session.ticket].calls < self.toy.centre.rules.no_show_calls:
            self.toy.wait(seconds=30)
            self.toy.do("recall", desk)
        self.toy.wait(seconds=60)
        self.toy.do("no_show", desk)

    def undo(self, _desk: int) -> None:
        last = max((t.last for t in self._tickets() if t.last), key=lambda row: row.seq, default=None)
        if last is None:
            raise Refused("nobody")
        self._fold(serving.undo(*self._here, last.event.ticket, last.actor), last.actor)  # type: ignore[union-attr]

    def hold(self, desk: int) -> None:
        self._fold(serving.hold(*self._here, desk, desk, "documents"), f"user:{desk}")

    def come_back(self, _desk: int) -> None:
        self._fold(visits.come_back(self.toy.hall, self._some(S.ON_HOLD)))

    def snooze(self, _desk: int) -> None:
        self._fold(visits.snooze(*self._here, self._some(S.WAITING), 5))

    def resume(self, _desk: int) -> None:
        self._fold(visits.resume(self.toy.hall, self._some(S.ON_HOLD)))

    def release(self, desk: int) -> None:
        self._fold(serving.release(self.toy.hall, self.toy.centre, desk, "operator_left", silent=False))

    def reopen(self, desk: int) -> None:
        own = [t for t in self._tickets() if t.state is S.SERVED and t.leg.user == desk]
        if not own:
            raise Refused("nobody")
        last = max(own, key=lambda t: str(t.ended_at))
        self._fold(serving.reopen(*self._here, desk, desk, last.id), f"user:{desk}")

    def manual(self, desk: int) -> None:
        chosen = self._some(S.WAITING)
        self._fold(serving.call_out_of_order(*self._here, desk, desk, chosen, "head_decision"), f"user:{desk}")

    def transfer(self, desk: int) -> None:
        self.toy.transfer(desk, service=self.luck.choice(SERVICES))

    def pass_on(self, desk: int) -> None:
        self.toy.transfer(desk, to_desk=self.luck.choice(DESKS))

    def reinstate(self, _desk: int) -> None:
        self.toy.reinstate(self.toy.hall.tickets[self._some(S.NO_SHOW)])

    def claim(self, _desk: int) -> None:
        number = self._some(S.WAITING)
        self._fold(claims.claim(self.toy.hall, number, "out_of_turn", number))

    def reject(self, _desk: int) -> None:
        claimed = [t.id for t in self._tickets() if t.claim == "claimed"]
        if not claimed:
            raise Refused("nobody")
        self._fold(claims.reject(*self._here, self.luck.choice(claimed)))

    def cancel(self, _desk: int) -> None:
        self._fold(visits.cancel(self.toy.hall, self._some(S.WAITING, S.ON_HOLD, S.NO_SHOW), "visitor_left"))

    def alarm(self, _desk: int) -> None:
        """Begins, or is over and the time to come back has passed; meanwhile whoever sits at a desk goes on."""
        if not self.toy.hall.suspended:
            self._fold(day.suspend(self.toy.hall, "air_alarm"))
            return
        self._fold(day.restore(*self._here))
        self.toy.wait(minutes=11)

    # --- small things ---------------------------------------------------------------------------------------------

    @property
    def _here(self) -> tuple[Hall, datetime, Any]:
        return self.toy.hall, self.toy.now, self.toy.centre

    def _fold(self, events: Any, actor: str = "user:99") -> None:
        self.toy.fold(events, actor)

    def _tickets(self) -> list[Ticket]:
        return list(self.toy.hall.tickets.values())

    def _desk_for(self, verb: str) -> int:
        """One where it may be possible, if there is one."""
        states = {desk: self.toy.hall.desk_state(desk) for desk in DESKS}
        return self.luck.choice([d for d in DESKS if states[d] is DONE_AT.get(verb, states[d])] or DESKS)

    def _some(self, *states: S) -> int:
        among = [t.id for t in self._tickets() if t.state in states]
        if not among:
            raise Refused("nobody")
        return self.luck.choice(among)
