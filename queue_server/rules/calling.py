"""Who is next: the one place that decides it (R12, R13, R15).

Order inside a class is the order of places. Between classes: returns, due appointments, legal priority, ordinary,
with two guards that keep an ordinary visitor who has waited longer than ``wait_cap_min`` from being overtaken
without end: at most ``appointment_run + priority_run`` calls of other classes between two ordinary ones of a group,
and as many calls past the oldest such visitor at any one desk. The cost does not grow with the queue's length.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from config.settings import Centre, Rules
from queue_server.hall import Hall
from queue_server.records import DeskSession, Ticket
from queue_server.rules.events import Choice, Class, Standing

PIN_OUTLASTS_PAUSE = timedelta(minutes=10)
CLASSES: tuple[Class, ...] = ("R", "A", "P", "W")


@dataclass(frozen=True, slots=True)
class Candidate:
    """The ticket one group offers, in its tier (smaller is called first)."""

    tier: int
    name: str
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
    look = _look(hall, desk, now, centre)
    found = _returned(look) or _guarded(look) or _by_class(look) or _nobody_else(look)
    if found is None:
        return None
    ticket, tier = found
    return ticket, _record(look, ticket, tier)


def only_blocked_by_siblings(hall: Hall, desk: DeskSession) -> bool:
    """True when somebody waits in the desk's groups but is just now called or served elsewhere."""
    return any(
        hall.visits[ticket.visit].in_hand is not None
        for group in desk.groups
        for cls in CLASSES
        for ticket in hall.places(group, cls)
    )


def _look(hall: Hall, desk: DeskSession, now: datetime, centre: Centre) -> Look:
    heads = {group: _heads(hall, desk, group, now, centre.rules) for group in desk.groups}
    targets = {group: centre.group(group).target_wait_min for group in desk.groups}
    return Look(hall, desk, now, centre.rules, targets, heads)


def _callable(hall: Hall, ticket: Ticket, desk: DeskSession, now: datetime) -> bool:
    visit = hall.visits[ticket.visit]
    return (
        visit.in_hand is None
        and ticket.not_before_calls == 0
        and now >= visit.free_from
        and not _kept_for_another(hall, ticket, desk, now)
    )


def _kept_for_another(hall: Hall, ticket: Ticket, desk: DeskSession, now: datetime) -> bool:
    """Passed on to a desk that is still there: not closed, and not away for longer than a short pause."""
    if ticket.pinned_desk in (None, desk.desk):
        return False
    session = hall.desks.get(ticket.pinned_desk)
    return session is not None and not (session.paused and now - session.since > PIN_OUTLASTS_PAUSE)


def _heads(hall: Hall, desk: DeskSession, group: str, now: datetime, rules: Rules) -> dict[Class, Ticket]:
    """The first callable ticket of each class of the group. Only blocked tickets are stepped over."""
    heads: dict[Class, Ticket] = {}
    for cls in CLASSES:
        ready = (t for t in hall.places(group, cls) if _callable(hall, t, desk, now))
        # The law knows two kinds of priority: whoever is served out of turn precedes whoever is first in turn.
        first = min(ready, key=lambda t: t.priority != "out_of_turn", default=None) if cls == "P" else next(ready, None)
        if first is None:
            continue
        if cls == "A" and first.queue_key > now + timedelta(minutes=rules.appointment_early_min):
            continue  # checked in before its time: not due yet
        heads[cls] = first
    return heads


def _returned(look: Look) -> tuple[Ticket, str] | None:
    returned = [by_class["R"] for by_class in look.heads.values() if "R" in by_class]
    return (min(returned, key=lambda t: t.place), "return") if returned else None


def _guarded(look: Look) -> tuple[Ticket, str] | None:
    """The desk has passed over its longest-waiting ordinary visitor as often as it may."""
    oldest = look.oldest_over_cap()
    return (oldest, "guard") if oldest is not None and look.desk.run >= look.most_passed_over else None


def _by_class(look: Look) -> tuple[Ticket, str] | None:
    candidates = [found for group in look.heads if (found := _candidate(look, group)) is not None]
    # Secondary skills take part only among ordinary tickets, when the primary groups offer nobody or the wait
    # there has reached its target.
    primary = [c for c in candidates if not c.secondary]
    if primary:
        candidates = primary + [c for c in candidates if c.secondary and c.tier == 4 and c.ratio >= 1]
    best = min(candidates, key=Candidate.rank, default=None)
    return (best.ticket, best.name) if best else None


def _candidate(look: Look, group: str) -> Candidate | None:
    rules, queue, heads = look.rules, look.hall.queue(group), look.heads[group]
    ordinary, due, priority = heads.get("W"), heads.get("A"), heads.get("P")
    over = ordinary is not None and ordinary.queue_key < look.over_cap
    limited = priority is not None and (priority.priority == "first_in_turn" or over)

    forced = (
        over and queue.run_appointments >= rules.appointment_run
        if due
        else limited and queue.run_priority >= rules.priority_run
    )
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


def _nobody_else(look: Look) -> tuple[Ticket, str] | None:
    """When nothing else is callable here, those who returned or are still walking are, and an early appointment."""
    hall, soon = look.hall, look.now + timedelta(minutes=look.rules.appointment_idle_early_min)
    waiting = [
        ticket
        for group in look.desk.groups
        for cls in CLASSES
        for ticket in hall.places(group, cls)
        if hall.visits[ticket.visit].in_hand is None
        and not _kept_for_another(hall, ticket, look.desk, look.now)
        and (cls != "A" or ticket.queue_key <= soon)
    ]
    first = min(waiting, key=lambda t: t.place, default=None)
    return (first, "nobody_else") if first else None


def _record(look: Look, ticket: Ticket, tier: str) -> Choice:
    """Why this ticket, who else stood there, and the fairness runs after the call."""
    queue = look.hall.queue(ticket.group)
    run_appointments, run_priority = queue.run_appointments, queue.run_priority
    ordinary_waits = "W" in look.heads[ticket.group]
    match ticket.cls:
        case "W":
            run_appointments = run_priority = 0
        case "A" if ordinary_waits:
            run_appointments += 1
        case "P" if ordinary_waits:
            run_priority += 1
    if tier == "return":
        run_desk = look.desk.run
    elif ticket is look.oldest_over_cap() or not look.somebody_over_cap():
        run_desk = 0
    else:
        run_desk = look.desk.run + 1
    return Choice(
        tier=tier,  # type: ignore[arg-type]  # the names above are the literals of Choice.tier
        standings=tuple(
            Standing(group, cls, head.id, len(look.hall.queue(group).classes[cls]))
            for group, by_class in look.heads.items()
            for cls, head in by_class.items()
        ),
        run_appointments=run_appointments,
        run_priority=run_priority,
        run_desk=run_desk,
    )
