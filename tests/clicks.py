"""Everything that anybody may press in a hall, at random: visitors, operators, reception, heads and the clock.

The hall may refuse; whatever it does is looked over by the laws. Used by the tests of laws only.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from config.settings import Centre
from config.settings import Desk as Place
from queue_server.hall import Hall
from queue_server.messages import TicketState as S
from queue_server.records import ProviderState, Ticket
from queue_server.rules import appointments, claims, day, desks, late, serving, visits
from queue_server.rules import events as ev
from queue_server.rules.refusal import Refused
from tests.laws import WORKS, Laws

Decide = Callable[[Hall, datetime], Sequence[ev.Event]]
GROUPS = {"dity": 2, "dopomoha": 6, "vpo": 15, "subsydii": 22}  # one service of each
SERVICES = (2, 3, 6, 15, 22, 23)
HEAD, RECEPTION = "user:8", "user:9"
OFTEN = {
    "visit": 14, "add": 2, "expect": 4, "late_entry": 1, "check_in": 4, "open": 6, "close": 2, "pause": 1, "go_on": 3,
    "next": 22, "by_record": 3, "manual": 2, "recall": 2, "start": 16, "finish": 10, "no_show": 1, "miss": 4,
    "withdraw": 2, "hold": 4, "come_back": 3, "transfer": 3, "snooze": 3, "resume": 2, "cancel": 2, "reinstate": 4,
    "claim": 2, "verify": 1, "reject": 2, "reopen": 2, "oops": 4, "undo": 2, "release": 2, "restore": 4, "wait": 12,
}  # fmt: skip
SELDOM = {"suspend": 1, "stop": 1, "resume_tickets": 2, "begin": 1, "end": 0.2, "wait_long": 0.6}
PRESSES = (*OFTEN, *SELDOM)


def weekday_centre(bakhmut: Centre, **rules: Any) -> Centre:
    """Bakhmut with other rules; tickets without limit unless asked."""
    changed = bakhmut.rules.model_copy(update={"capacity_factor": 0, **rules})
    return bakhmut.model_copy(update={"rules": changed})


def random_centre(bakhmut: Centre, dice: random.Random, **rules: Any) -> Centre:
    """Two to four groups with targets of their own, one to four desks with some of them; every group has a desk."""
    centre = weekday_centre(bakhmut, **rules)
    groups = dice.sample(list(GROUPS), dice.randint(2, 4))
    places = [dice.sample(groups, dice.randint(1, len(groups))) for _ in range(dice.randint(1, 4))]
    for group in groups:
        if not any(group in place for place in places):
            dice.choice(places).append(group)
    targets = {group: dice.choice([5, 15, 15, 40]) for group in groups}
    return centre.model_copy(
        update={
            "groups": [
                g.model_copy(update={"target_wait_min": targets.get(g.code, g.target_wait_min)}) for g in centre.groups
            ],
            "desks": [Place(number=n, zone="hall", groups=place) for n, place in enumerate(places, start=1)],
        }
    )


def services_of(centre: Centre) -> list[int]:
    """The services that some desk of the centre serves."""
    served = {group for place in centre.desks for group in place.groups}
    return [number for number in SERVICES if centre.services_by_number[number].group in served]


@dataclass
class Door:
    """A hall in memory: time's own events first, then the decision, each row looked over by the laws."""

    centre: Centre
    now: datetime
    hall: Hall = field(default_factory=Hall)
    rows: list[ev.Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.laws = Laws(self.centre)
        self.tick()

    def do(self, actor: str, decide: Decide) -> list[ev.Row]:
        self.tick()
        try:
            events = decide(self.hall, self.now)
        except Refused as refused:
            self._fold(refused.events, actor)
            raise
        return self._fold(events, actor)

    def tick(self) -> None:
        self._fold(day.due(self.hall, self.now, self.centre), "system")

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)
        self.tick()

    def _fold(self, events: Sequence[ev.Event], actor: str) -> list[ev.Row]:
        rows = []
        for event in events:
            told = ev.from_json(type(event).__name__, ev.to_json(event))  # as the log would keep it
            today = told.day if isinstance(told, ev.DayOpened) else self.hall.day.day if self.hall.day else None
            assert today is not None
            row = ev.Row(self.hall.seq + 1, self.now, today, actor, told)
            self.laws.before(self.hall, row)
            self.hall.apply(row)
            self.laws.after(self.hall, row)
            rows.append(row)
        self.rows += rows
        return rows


@dataclass
class Clicks:
    """``press(verb, a, b, c)``: the numbers pick who, what and how; whoever is not there is not pressed."""

    door: Any
    services: list[int]

    @property
    def hall(self) -> Hall:
        hall: Hall = self.door.hall
        return hall

    @property
    def centre(self) -> Centre:
        centre: Centre = self.door.centre
        return centre

    def press(self, verb: str, a: int = 0, b: int = 0, c: int = 0) -> bool:
        """Whether it was done."""
        try:
            return getattr(self, f"_{verb}")(a, b, c) is not False
        except Refused:
            return False

    def _ticket(self, pick: int, *states: S) -> Ticket:
        """One in these states if there is one; sometimes, and else, just any."""
        every = list(self.hall.tickets.values())
        some = [t for t in every if t.state in states and t.group in {g for d in self.centre.desks for g in d.groups}]
        if not every:
            raise Refused("nobody_there")
        return some[pick % len(some)] if some and pick % 11 else every[pick % len(every)]

    def _desk(self, pick: int, *, busy: S | None = None, free: bool = False) -> int:
        sessions = list(self.hall.desks.values())
        if busy is not None:
            sessions = [s for s in sessions if s.ticket and self.hall.tickets[s.ticket].state is busy] or sessions
        if free:
            sessions = [s for s in sessions if s.ticket is None and not s.paused] or sessions
        if not sessions:
            raise Refused("nobody_there")
        return sessions[pick % len(sessions)].desk

    def _by(self, desk: int) -> str:
        return f"user:{self.hall.desks[desk].user}"

    def _at(self, desk: int, decide: Callable[[Hall, datetime, int], Sequence[ev.Event]]) -> list[ev.Row]:
        user = self.hall.desks[desk].user if desk in self.hall.desks else 0
        rows: list[ev.Row] = self.door.do(f"user:{user}", lambda hall, now: decide(hall, now, user))
        return rows

    # --- visitors and reception ---

    def _visit(self, a: int, b: int, c: int) -> None:
        first = a % len(self.services)
        services = [
            self.services[(first + step) % len(self.services)] for step in range(1 + (b % 4 == 0) + (b % 8 == 0))
        ]
        mode: Any = ("out_of_turn", "first_in_turn")[c // 6 % 2]
        wishes = [visits.Wish(s, (c + 1, mode) if c % 6 == 0 else None) for s in services]
        asking = visits.Asking("kiosk", "uk", 1 + (c % 5 == 0), "" if c % 7 else "urgent")
        self.door.do(RECEPTION, lambda hall, now: visits.open_visit(hall, now, self.centre, wishes, asking))

    def _add(self, a: int, b: int, c: int) -> None:
        visit, wish = 1 + a % max(1, self.hall.last_visit), visits.Wish(self.services[b % len(self.services)])
        asking = visits.Asking("reception", "uk")
        self.door.do(RECEPTION, lambda hall, now: visits.add_ticket(hall, now, self.centre, visit, wish, asking))

    def _expect(self, a: int, b: int, c: int) -> None:
        number = 501 + sum(t.slot is not None for t in self.hall.tickets.values())
        slot = self.door.now.replace(second=0, microsecond=0) + timedelta(minutes=c % 50 - 12)
        booking = appointments.Booking(self.services[a % len(self.services)], number, slot)
        if self.hall.provider_state("upszn") is ProviderState.CLOSED or not self.hall.is_open:
            return  # there are no slots after closing
        self.door.do("system", lambda hall, _now: appointments.expect(hall, self.centre, [booking]))

    def _late_entry(self, a: int, b: int, c: int) -> None:
        """A number of the paper reserve, entered with the time that was written on it."""

        number = 1 + sum(t.letter == "Ц" for t in self.hall.tickets.values())
        service, at = self.services[a % len(self.services)], self.door.now - timedelta(minutes=b % 100)
        self.door.do(RECEPTION, lambda hall, now: late.enter(hall, now, self.centre, f"Ц {number}", service, at, "uk"))

    def _check_in(self, a: int, b: int, c: int) -> None:
        booked = [t for t in self.hall.tickets.values() if t.slot and t.state in (S.EXPECTED, S.NO_SHOW)]
        ticket = booked[a % len(booked)] if booked else self._ticket(a, S.EXPECTED)
        self.door.do(RECEPTION, lambda hall, now: appointments.check_in(hall, now, self.centre, ticket.id))

    def _cancel(self, a: int, b: int, c: int) -> None:
        ticket = self._ticket(a, *((S.WAITING, S.ON_HOLD, S.NO_SHOW, S.EXPECTED)[b % 4],))
        self.door.do(RECEPTION, lambda hall, _now: visits.cancel(hall, ticket.id, "visitor_left"))

    def _reinstate(self, a: int, b: int, c: int) -> None:
        ticket = self._ticket(a, S.NO_SHOW)
        self.door.do(RECEPTION, lambda hall, now: visits.reinstate(hall, now, self.centre, ticket.id))

    def _snooze(self, a: int, b: int, c: int) -> None:
        ticket = self._ticket(a, S.WAITING)
        self.door.do(RECEPTION, lambda hall, now: visits.snooze(hall, now, self.centre, ticket.id, 1 + b % 32))

    def _resume(self, a: int, b: int, c: int) -> None:
        ticket = self._ticket(a, S.ON_HOLD)
        self.door.do(RECEPTION, lambda hall, _now: visits.resume(hall, ticket.id))

    def _come_back(self, a: int, b: int, c: int) -> None:
        ticket = self._ticket(a, S.ON_HOLD)
        self.door.do(RECEPTION, lambda hall, _now: visits.come_back(hall, ticket.id))

    def _claim(self, a: int, b: int, c: int) -> None:
        ticket, mode = self._ticket(a, (S.WAITING, S.ON_HOLD)[b % 2]), ("out_of_turn", "first_in_turn")[c % 2]
        self.door.do(RECEPTION, lambda hall, _now: claims.claim(hall, ticket.id, mode, a))  # type: ignore[arg-type]

    def _claimed(self, pick: int) -> Ticket:
        claimed = [t for t in self.hall.tickets.values() if t.claim == "claimed"]
        return claimed[pick % len(claimed)] if claimed else self._ticket(pick, S.WAITING)

    def _verify(self, a: int, b: int, c: int) -> None:
        ticket = self._claimed(a)
        self.door.do(RECEPTION, lambda hall, _now: claims.verify(hall, ticket.id))

    def _reject(self, a: int, b: int, c: int) -> None:
        ticket = self._claimed(a)
        self.door.do(RECEPTION, lambda hall, now: claims.reject(hall, now, self.centre, ticket.id))

    # --- desks ---

    def _open(self, a: int, b: int, c: int) -> None:
        shut = [place for place in self.centre.desks if place.number not in self.hall.desks] or self.centre.desks
        place = shut[a % len(shut)]
        groups = list(place.groups)
        secondary = tuple(groups[1:]) if b % 3 == 0 else ()
        primary = tuple(group for group in groups if group not in secondary)
        skills = desks.Skills(place.number, "upszn", primary, secondary)
        self.door.do(
            f"user:{place.number}", lambda hall, _now: desks.open_desk(hall, self.centre, place.number, skills)
        )

    def _close(self, a: int, b: int, c: int) -> None:
        desk = self._desk(a, free=True)
        self._at(desk, lambda hall, _now, user: desks.close_desk(hall, self.centre, desk, user))

    def _pause(self, a: int, b: int, c: int) -> None:
        desk = self._desk(a, free=True)
        self._at(desk, lambda hall, _now, user: desks.pause_desk(hall, self.centre, desk, user, "lunch"))

    def _go_on(self, a: int, b: int, c: int) -> None:
        for desk in list(self.hall.desks):
            self._at(desk, lambda hall, _now, user, desk=desk: desks.resume_desk(hall, self.centre, desk, user))  # type: ignore[misc]

    def _next(self, a: int, b: int, c: int) -> bool:
        desk = self._desk(a, free=True)
        rows = self._at(desk, lambda hall, now, user: serving.call_next(hall, now, self.centre, desk, user))
        if not rows and hasattr(self.door, "laws"):
            self.door.laws.silence(desk, self.door.now)
        return bool(rows)

    def _by_record(self, a: int, b: int, c: int) -> None:
        desk, now = self._desk(a, free=True), self.door.now
        booked = [t for t in self.hall.tickets.values() if t.slot and t.state in (S.EXPECTED, S.WAITING)]
        due = [t for t in booked if t.slot and abs(now - t.slot) < timedelta(minutes=12)] or booked
        ticket = due[b % len(due)] if due else self._ticket(b, S.EXPECTED)
        self._at(desk, lambda hall, t, u: appointments.call_by_record(hall, t, self.centre, desk, u, ticket.id))
        if c % 5 == 0:
            self.door.do(HEAD, lambda hall, _now: serving.release(hall, self.centre, desk, "", silent=True))

    def _manual(self, a: int, b: int, c: int) -> None:
        desk, ticket = self._desk(a, free=True), self._ticket(b, S.WAITING)
        self._at(desk, lambda h, now, u: serving.call_out_of_order(h, now, self.centre, desk, u, ticket.id, "other"))

    def _recall(self, a: int, b: int, c: int) -> None:
        desk = self._desk(a, busy=S.CALLED)
        self._at(desk, lambda hall, now, user: serving.recall(hall, now, self.centre, desk, user))

    def _start(self, a: int, b: int, c: int) -> None:
        desk = self._desk(a, busy=S.CALLED)
        self._at(desk, lambda hall, _now, user: serving.start(hall, self.centre, desk, user))

    def _finish(self, a: int, b: int, c: int) -> None:
        desk = self._desk(a, busy=S.SERVING)
        self._at(desk, lambda hall, now, user: serving.finish(hall, now, self.centre, desk, user, "accepted"))

    def _no_show(self, a: int, b: int, c: int) -> None:
        desk = self._desk(a, busy=S.CALLED)
        self._at(desk, lambda hall, now, user: serving.no_show(hall, now, self.centre, desk, user))

    def _miss(self, a: int, b: int, c: int) -> None:
        """The visitor does not come, and the operator waits as long as is asked for; reception soon has him back."""
        desk = self._desk(a, busy=S.CALLED)
        number = self.hall.desks[desk].ticket
        self.door.wait(seconds=20)
        self._at(desk, lambda hall, now, user: serving.recall(hall, now, self.centre, desk, user))
        self.door.wait(seconds=45 + 60 * (b % 3))
        self._at(desk, lambda hall, now, user: serving.no_show(hall, now, self.centre, desk, user))
        if c % 2 and number:
            self.door.do(RECEPTION, lambda hall, now: visits.reinstate(hall, now, self.centre, number))

    def _withdraw(self, a: int, b: int, c: int) -> None:
        desk = self._desk(a, busy=S.CALLED)
        self._at(desk, lambda hall, _now, user: serving.withdraw(hall, self.centre, desk, user))

    def _hold(self, a: int, b: int, c: int) -> None:
        desk = self._desk(a, busy=S.SERVING)
        self._at(desk, lambda hall, now, user: serving.hold(hall, now, self.centre, desk, user, "copies"))

    def _transfer(self, a: int, b: int, c: int) -> None:
        desk = self._desk(a, busy=S.SERVING)
        service = self.services[b % len(self.services)] if c % 3 else None
        to_desk = self.centre.desks[b % len(self.centre.desks)].number if c % 3 != 1 else None
        self._at(desk, lambda hall, now, u: serving.transfer(hall, now, self.centre, desk, u, service, to_desk))

    def _reopen(self, a: int, b: int, c: int) -> None:
        desk, ticket = self._desk(a, free=True), self._ticket(-1 - b % 2, S.SERVED)
        user = None if c % 2 else self.hall.desks[desk].user
        actor = HEAD if user is None else f"user:{user}"
        self.door.do(actor, lambda hall, now: serving.reopen(hall, now, self.centre, desk, user, ticket.id))

    def _release(self, a: int, b: int, c: int) -> None:
        desk = self._desk(a, busy=(S.SERVING, S.CALLED)[b % 2])
        self.door.do(HEAD, lambda hall, _now: serving.release(hall, self.centre, desk, "operator is ill", silent=False))

    def _undo(self, a: int, b: int, c: int) -> None:
        """Of any ticket that something undoable has just happened to."""
        recent = [t for t in self.hall.tickets.values() if t.last and type(t.last.event) in serving.UNDOABLE]
        recent.sort(key=lambda ticket: -ticket.last.seq)  # type: ignore[union-attr]
        if not recent:
            raise Refused("nothing_to_undo")
        ticket = recent[0 if b % 4 else a % len(recent)]
        actor = ticket.last.actor if c % 5 and ticket.last else HEAD
        self.door.do(actor, lambda hall, now: serving.undo(hall, now, self.centre, ticket.id, actor))

    def _oops(self, a: int, b: int, c: int) -> None:
        """Something that can be undone, and undone at once or a few seconds later."""
        if self.press(("start", "finish", "miss", "cancel", "no_show")[b % 5], a, c, 0):
            if c % 2:
                self.door.wait(seconds=c % 12)
            self._undo(0, 1, 1)

    # --- heads and the clock ---

    def _suspend(self, a: int, b: int, c: int) -> None:
        kind = ("air_alarm", "power")[a % 2]
        self.door.do(RECEPTION, lambda hall, _now: day.suspend(hall, kind))

    def _restore(self, a: int, b: int, c: int) -> None:
        self.door.do(HEAD, lambda hall, now: day.restore(hall, now, self.centre))

    def _stop(self, a: int, b: int, c: int) -> None:
        self.door.do(HEAD, lambda hall, _now: day.stop_tickets(hall, "upszn"))

    def _resume_tickets(self, a: int, b: int, c: int) -> None:
        self.door.do(HEAD, lambda hall, _now: day.resume_tickets(hall, "upszn"))

    def _begin(self, a: int, b: int, c: int) -> None:
        self.door.do(HEAD, lambda hall, _now: day.open_reception(hall, "upszn"))

    def _end(self, a: int, b: int, c: int) -> None:
        self.door.do(HEAD, lambda hall, _now: day.end_reception(hall, self.centre, "upszn"))

    def _wait(self, a: int, b: int, c: int) -> None:
        self.door.wait(seconds=(1, 5, 16, 30, 61, 61, 125, 300, 660, 1900)[a % 10])

    def _wait_long(self, a: int, b: int, c: int) -> None:
        self.door.wait(minutes=(62, 62, 95, 180, 600, 1440)[a % 6])


def live(
    door: Any,
    clicks: Clicks,
    dice: random.Random,
    presses: int,
    often: dict[str, float],
    *,
    whole_every: int = 2,
    until: str | None = None,
) -> None:
    """So many presses by chance, until a law is broken (``until``: this one); whatever breaks is a law of its own."""
    verbs, weights = list(often), list(often.values())
    for press in range(presses):
        verb, numbers = dice.choices(verbs, weights)[0], [dice.randrange(10**6) for _ in range(3)]
        try:
            clicks.press(verb, *numbers)
            door.tick()
        except (LookupError, ValueError, AssertionError, AttributeError, TypeError) as error:
            door.laws.law(WORKS, False, f"{verb} {numbers}: {error!r}")
        else:
            door.laws.law(WORKS, True)
            if press % whole_every == 0:
                door.laws.whole(door.hall, door.now)
        if any(until in (None, law) for law, _ in door.laws.broken):
            return
