"""Who is next: the one place that decides it (R12, R13, R15).

Order inside a class is the order of places. Between classes: returns, due appointments, legal priority, ordinary,
with two guards that keep an ordinary visitor who has waited longer than ``wait_cap_min`` from being overtaken
without end: at most ``appointment_run + priority_run`` calls of other classes between two ordinary ones of a group,
and as many calls past the oldest such visitor at any one desk. The cost does not grow with the queue's length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.settings import Centre
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


def next_for(hall: Hall, desk: DeskSession, now: datetime, centre: Centre) -> tuple[Ticket, Choice] | None:
    """The ticket that «Наступний» calls at this desk, with its decision record; None when nobody can be called."""
    heads = {group: _heads(hall, desk, group, now, centre) for group in desk.groups}
    standings = tuple(
        Standing(group, cls, ticket.id, len(hall.queue(group).classes[cls]))
        for group, by_class in heads.items()
        for cls, ticket in by_class.items()
    )
    found = (
        _returned(heads)
        or _guarded(desk, heads, now, centre)
        or _by_class(hall, desk, heads, now, centre)
        or _nobody_else(hall, desk, now, centre)
    )
    if found is None:
        return None
    ticket, tier = found
    return ticket, _record(hall, desk, heads, ticket, tier, standings, now, centre)


def only_blocked_by_siblings(hall: Hall, desk: DeskSession) -> bool:
    """True when somebody waits in the desk's groups but is just now called or served elsewhere."""
    return any(
        hall.visits[ticket.visit].in_hand is not None
        for group in desk.groups
        for cls in CLASSES
        for ticket in hall.places(group, cls)
    )


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


def _heads(hall: Hall, desk: DeskSession, group: str, now: datetime, centre: Centre) -> dict[Class, Ticket]:
    """The first callable ticket of each class of the group. Only blocked tickets are stepped over."""
    heads: dict[Class, Ticket] = {}
    for cls in CLASSES:
        ready = (t for t in hall.places(group, cls) if _callable(hall, t, desk, now))
        # The law knows two kinds of priority: whoever is served out of turn precedes whoever is first in turn.
        first = min(ready, key=lambda t: t.priority != "out_of_turn", default=None) if cls == "P" else next(ready, None)
        if first is None:
            continue
        if cls == "A" and first.queue_key > now + timedelta(minutes=centre.rules.appointment_early_min):
            continue  # checked in before its time: not due yet
        heads[cls] = first
    return heads


def _returned(heads: dict[str, dict[Class, Ticket]]) -> tuple[Ticket, str] | None:
    returned = [by_class["R"] for by_class in heads.values() if "R" in by_class]
    return (min(returned, key=lambda t: t.place), "return") if returned else None


def _over_cap(hall: Hall, desk: DeskSession, now: datetime, centre: Centre) -> Iterator[Ticket]:
    """Heads of the ordinary class, callable or not, that have waited longer than the cap."""
    since = now - timedelta(minutes=centre.rules.wait_cap_min)
    for group in desk.groups:
        first = next(hall.places(group, "W"), None)
        if first is not None and first.queue_key < since:
            yield first


def _oldest_over_cap(heads: dict[str, dict[Class, Ticket]], now: datetime, centre: Centre) -> Ticket | None:
    since = now - timedelta(minutes=centre.rules.wait_cap_min)
    over = [by_class["W"] for by_class in heads.values() if "W" in by_class and by_class["W"].queue_key < since]
    return min(over, key=lambda t: t.place, default=None)


def _guarded(
    desk: DeskSession, heads: dict[str, dict[Class, Ticket]], now: datetime, centre: Centre
) -> tuple[Ticket, str] | None:
    rules = centre.rules
    oldest = _oldest_over_cap(heads, now, centre)
    if oldest is not None and desk.run >= rules.appointment_run + rules.priority_run:
        return oldest, "guard"
    return None


def _by_class(
    hall: Hall, desk: DeskSession, heads: dict[str, dict[Class, Ticket]], now: datetime, centre: Centre
) -> tuple[Ticket, str] | None:
    candidates = [
        candidate
        for group, by_class in heads.items()
        if (candidate := _candidate(hall, desk, group, by_class, now, centre)) is not None
    ]
    # Secondary skills take part only among ordinary tickets, when the primary groups offer nobody or the wait
    # there has reached its target.
    primary = [c for c in candidates if not c.secondary]
    if primary:
        candidates = primary + [c for c in candidates if c.secondary and c.tier == 4 and c.ratio >= 1]
    best = min(candidates, key=Candidate.rank, default=None)
    return (best.ticket, best.name) if best else None


def _candidate(
    hall: Hall, desk: DeskSession, group: str, heads: dict[Class, Ticket], now: datetime, centre: Centre
) -> Candidate | None:
    rules, queue = centre.rules, hall.queue(group)
    ordinary, due, priority = heads.get("W"), heads.get("A"), heads.get("P")
    over = ordinary is not None and now - ordinary.queue_key > timedelta(minutes=rules.wait_cap_min)
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
    target_s = centre.group(group).target_wait_min * 60
    ratio = (now - ticket.queue_key).total_seconds() / target_s
    return Candidate(tier, name, ticket, ratio, secondary=group in desk.secondary)


def _nobody_else(hall: Hall, desk: DeskSession, now: datetime, centre: Centre) -> tuple[Ticket, str] | None:
    """When nothing else is callable here, those who returned or are still walking are, and an early appointment."""
    soon = now + timedelta(minutes=centre.rules.appointment_idle_early_min)
    waiting = [
        ticket
        for group in desk.groups
        for cls in CLASSES
        for ticket in hall.places(group, cls)
        if hall.visits[ticket.visit].in_hand is None
        and not _kept_for_another(hall, ticket, desk, now)
        and (cls != "A" or ticket.queue_key <= soon)
    ]
    first = min(waiting, key=lambda t: t.place, default=None)
    return (first, "nobody_else") if first else None


def _record(
    hall: Hall,
    desk: DeskSession,
    heads: dict[str, dict[Class, Ticket]],
    ticket: Ticket,
    tier: str,
    standings: tuple[Standing, ...],
    now: datetime,
    centre: Centre,
) -> Choice:
    queue = hall.queue(ticket.group)
    run_appointments, run_priority = queue.run_appointments, queue.run_priority
    ordinary_waits = "W" in heads[ticket.group]
    match ticket.cls:
        case "W":
            run_appointments = run_priority = 0
        case "A" if ordinary_waits:
            run_appointments += 1
        case "P" if ordinary_waits:
            run_priority += 1
    if tier == "return":
        run_desk = desk.run
    elif ticket is _oldest_over_cap(heads, now, centre) or not any(_over_cap(hall, desk, now, centre)):
        run_desk = 0
    else:
        run_desk = desk.run + 1
    return Choice(
        tier=tier,  # type: ignore[arg-type]  # the names above are the literals of Choice.tier
        standings=standings,
        run_appointments=run_appointments,
        run_priority=run_priority,
        run_desk=run_desk,
    )
