"""Who is next: the one place that decides it (R12, R13, R15).

Order inside a class is the order of places. Between classes: returns, due appointments, legal priority, ordinary,
with two guards that keep an ordinary visitor who has waited longer than ``wait_cap_min`` from being overtaken
without end: at most ``appointment_run + priority_run`` calls of other classes between two ordinary ones of a group,
and as many calls past the oldest such visitor at any one desk. Only heads are looked at: the cost does not grow
with the queue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from config.settings import Centre, Rules
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.records import DeskSession, Line, Ticket
from queue_server.rules.events import Bar, Choice, Class, Passed, Standing, Tier

PASSED_NAMED = 5  # a record names the first of those who could not be called, not all
CLASSES: dict[Class, tuple[Line, ...]] = {
    "R": ("R",),
    "A": ("A",),
    "P": ("out_of_turn", "first_in_turn"),  # the law knows two kinds, and puts one before the other
    "W": ("W",),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """The ticket one group offers, in its tier (smaller is called first)."""

    tier: int
    name: Tier
    ticket: Ticket
    ratio: float
    secondary: bool

    def rank(self) -> tuple[int, float, int]:
        return (self.tier, -self.ratio, self.ticket.id)


@dataclass(frozen=True, slots=True)
class Look:
    """What one desk sees at one moment; ``heads`` are the first callable tickets of each class of its groups."""

    hall: Hall
    desk: DeskSession
    now: datetime
    rules: Rules
    targets: dict[str, int]  # minutes a visitor of the group should wait at most
    heads: dict[str, dict[Class, Ticket]]

    @property
    def over_cap(self) -> datetime:
        """Whoever has a place before this moment has waited longer than ``wait_cap_min``."""
        return self.now - timedelta(minutes=self.rules.wait_cap_min)

    @property
    def most_passed_over(self) -> int:
        return self.rules.appointment_run + self.rules.priority_run

    def oldest_over_cap(self) -> Ticket | None:
        """The ordinary ticket that must not be passed over for ever, if this desk may call it."""
        ordinary = [by_class["W"] for by_class in self.heads.values() if "W" in by_class]
        return min((t for t in ordinary if t.queue_key < self.over_cap), key=lambda t: t.place, default=None)

    def somebody_over_cap(self) -> bool:
        """Callable or not: a sibling's call does not end the count of who was passed over."""
        first = (next(self.hall.places(group, "W"), None) for group in self.desk.groups)
        return any(ticket is not None and ticket.queue_key < self.over_cap for ticket in first)


def next_for(hall: Hall, desk: DeskSession, now: datetime, centre: Centre) -> tuple[Ticket, Choice] | None:
    """The ticket that «Наступний» calls at this desk, with its decision record; None when nobody can be called."""
    look = look_from(hall, desk, now, centre)
    if found := _by_rule(look):
        ticket, tier = found
        return ticket, record(look, ticket, tier)
    look = replace(look, heads=_nobody_else(look))
    if found := _by_rule(look):
        return found[0], record(look, found[0], "nobody_else")
    return None


def must_precede(hall: Hall, desk: DeskSession, now: datetime, centre: Centre, group: str) -> Ticket | None:
    """The ordinary ticket that the bounds put before any appointment of the group that this desk may call now."""
    look = look_from(hall, desk, now, centre)
    guarded, candidate = _guarded(look), _candidate(look, group, due_is_here=True)
    if guarded:
        return guarded[0]
    return candidate.ticket if candidate and candidate.name == "forced" else None


def _by_rule(look: Look) -> tuple[Ticket, Tier] | None:
    return _returned(look) or _guarded(look) or _by_class(look)


def look_from(hall: Hall, desk: DeskSession, now: datetime, centre: Centre) -> Look:
    """The hall as the desk sees it."""
    pins = pins_for(hall, desk, now, centre.rules)
    arrived = [ticket for ticket in hall.arrived(now) if ticket.pinned_desk in pins and _may_come(hall, ticket)]
    heads = {group: _heads(hall, group, pins, arrived, now, centre.rules) for group in desk.groups}
    targets = {group: centre.group(group).target_wait_min for group in desk.groups}
    return Look(hall, desk, now, centre.rules, targets, heads)


def waiting_elsewhere(hall: Hall, desk: DeskSession) -> list[Ticket]:
    """The visitors' tickets in hand for which others of theirs wait in the desk's groups."""
    in_hand = (session.ticket for session in hall.desks.values() if session.ticket is not None)
    return [
        hall.tickets[number]
        for number in in_hand
        if any(t.state is TicketState.WAITING and t.group in desk.groups for t in hall.siblings(hall.tickets[number]))
    ]


def pins_for(hall: Hall, desk: DeskSession, now: datetime, rules: Rules) -> tuple[int | None, ...]:
    """Whom the desk may call: those kept for nobody, for this desk, or for one that is away longer than a short pause.

    A pin drops with such a pause.
    """
    away = timedelta(minutes=rules.pin_pause_min)
    dropped = (
        other.desk
        for other in hall.desks.values()
        if other.paused and other.desk != desk.desk and now - other.since > away
    )
    return (None, desk.desk, *dropped)


def _may_come(hall: Hall, ticket: Ticket) -> bool:
    """Neither at a desk nor just come back from having missed a call."""
    return (
        ticket.state is TicketState.WAITING
        and hall.visits[ticket.visit].in_hand is None
        and not ticket.not_before_calls
    )


def _heads(
    hall: Hall, group: str, pins: tuple[int | None, ...], arrived: list[Ticket], now: datetime, rules: Rules
) -> dict[Class, Ticket]:
    """The first callable ticket of each class of the group."""
    heads: dict[Class, Ticket] = {}
    due = now + timedelta(minutes=rules.appointment_early_min)
    for cls, lines in CLASSES.items():
        for line in lines:
            standing = (hall.first(group, line, pin) for pin in pins)
            walked = (ticket for ticket in arrived if ticket.group == group and ticket.line == line)
            found = [ticket for ticket in (*standing, *walked) if ticket is not None]
            first = min(found, key=lambda ticket: ticket.place, default=None)
            if first is not None and not (cls == "A" and first.queue_key > due):  # checked in before its time
                heads[cls] = first
                break
    return heads


def _returned(look: Look) -> tuple[Ticket, Tier] | None:
    returned = [by_class["R"] for by_class in look.heads.values() if "R" in by_class]
    return (min(returned, key=lambda t: t.place), "return") if returned else None


def _guarded(look: Look) -> tuple[Ticket, Tier] | None:
    """The desk has passed over its longest-waiting ordinary visitor as often as it may."""
    oldest = look.oldest_over_cap()
    return (oldest, "guard") if oldest is not None and look.desk.run >= look.most_passed_over else None


def _by_class(look: Look) -> tuple[Ticket, Tier] | None:
    candidates = [found for group in look.heads if (found := _candidate(look, group)) is not None]
    # Secondary skills take part only among ordinary tickets, when the primary groups offer nobody or the wait
    # there has reached its target.
    primary = [c for c in candidates if not c.secondary]
    if primary:
        candidates = primary + [c for c in candidates if c.secondary and c.tier == 4 and c.ratio >= 1]
    best = min(candidates, key=Candidate.rank, default=None)
    return (best.ticket, best.name) if best else None


def _candidate(look: Look, group: str, *, due_is_here: bool = False) -> Candidate | None:
    rules, queue, heads = look.rules, look.hall.queue(group), look.heads[group]
    ordinary, due, priority = heads.get("W"), heads.get("A"), heads.get("P")
    over = ordinary is not None and ordinary.queue_key < look.over_cap
    limited = priority is not None and (priority.priority == "first_in_turn" or over)

    forced = (
        over and queue.run_appointments >= rules.appointment_run
        if due or due_is_here
        else limited and queue.run_priority >= rules.priority_run
    )
    tier: int
    name: Tier
    if ordinary and forced:
        tier, name, ticket = 1, "forced", ordinary
    elif due:
        tier, name, ticket = 2, "appointment", due
    elif priority:
        tier, name, ticket = 3, "priority", priority
    elif ordinary:
        tier, name, ticket = 4, "ordinary", ordinary
    else:
        return None
    ratio = (look.now - ticket.queue_key).total_seconds() / (look.targets[group] * 60)
    return Candidate(tier, name, ticket, ratio, secondary=group in look.desk.secondary)


def _nobody_else(look: Look) -> dict[str, dict[Class, Ticket]]:
    """When nothing else is callable here, those who returned or are still walking are candidates like any others; and
    when there are none of them, the first early appointment."""
    hall, desk, rules = look.hall, look.desk, look.rules
    pins, due = pins_for(hall, desk, look.now, rules), look.now + timedelta(minutes=rules.appointment_early_min)
    kept_back = [hall.tickets[number] for group in desk.groups for number in hall.queue(group).held_back]
    walking = [hall.tickets[number] for _, number in hall.walking]
    early = [ticket for group in desk.groups for pin in pins if (ticket := hall.first(group, "A", pin))]
    here = [
        ticket
        for ticket in sorted((*kept_back, *walking, *early), key=lambda ticket: ticket.place)
        if ticket.group in desk.groups
        and ticket.state is TicketState.WAITING
        and ticket.pinned_desk in pins
        and hall.visits[ticket.visit].in_hand is None
    ]
    idle = look.now + timedelta(minutes=rules.appointment_idle_early_min)
    candidates = [ticket for ticket in here if ticket.line != "A" or ticket.queue_key <= due] or [
        ticket for ticket in here if ticket.queue_key <= idle
    ][:1]
    heads: dict[str, dict[Class, Ticket]] = {group: {} for group in desk.groups}
    for cls, lines in CLASSES.items():
        for line in lines:
            for ticket in candidates:
                if ticket.line == line:
                    heads[ticket.group].setdefault(cls, ticket)
    return heads


def record(look: Look, ticket: Ticket, tier: Tier) -> Choice:
    """Why this ticket, who else stood there, and the fairness runs after the call."""
    queue = look.hall.queue(ticket.group)
    run_appointments, run_priority, run_desk = queue.run_appointments, queue.run_priority, look.desk.run
    if tier != "manual" and ticket.cls != "R":
        ordinary_waits = "W" in look.heads[ticket.group]
        match ticket.cls:
            case "W":
                run_appointments = run_priority = 0
            case "A" if ordinary_waits:
                run_appointments += 1
            case "P" if ordinary_waits:
                run_priority += 1
        passed_over = ticket is not look.oldest_over_cap() and look.somebody_over_cap()
        run_desk = run_desk + 1 if passed_over else 0
    return Choice(
        tier=tier,
        standings=tuple(
            Standing(group, cls, head.id, sum(len(look.hall.queue(group).lines[line]) for line in CLASSES[cls]))
            for group, by_class in look.heads.items()
            for cls, head in by_class.items()
        ),
        passed=tuple(islice(_passed(look, ticket), PASSED_NAMED)) if tier != "manual" else (),
        run_appointments=run_appointments,
        run_priority=run_priority,
        run_desk=run_desk,
    )


def _passed(look: Look, called: Ticket) -> Iterator[Passed]:
    """Those before the called ticket in its own line, who could not be called just now."""
    if called.state is not TicketState.WAITING:
        return
    for ticket in islice(look.hall.places(called.group, called.line), PASSED_NAMED):
        if ticket.place >= called.place:
            return
        yield Passed(ticket.id, _bar(look, ticket))


def _bar(look: Look, ticket: Ticket) -> Bar:
    pins = pins_for(look.hall, look.desk, look.now, look.rules)
    if look.hall.visits[ticket.visit].in_hand is not None:
        return "sibling"
    if ticket.not_before_calls:
        return "returned_late"
    if ticket.pinned_desk not in pins:
        return "pinned"
    return "walking"
