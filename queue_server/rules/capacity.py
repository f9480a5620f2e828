"""Is there still room today: no ticket that nobody could serve before closing (I03).

Compares the work that is promised to a queue with the time its desks have left. Knows nothing of who is next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from config.settings import Centre, Desk, Provider, Service
from queue_server.hall import Hall
from queue_server.records import DeskSession
from queue_server.rules.hours import desk_reception, local_day, open_seconds, reception

SETTLING = timedelta(minutes=10)  # after opening; until then desks that the plan has are counted as if open


def services_of(group: str, centre: Centre) -> list[Service]:
    return centre.services_by_group.get(group, [])


def room_for(hall: Hall, now: datetime, centre: Centre, service: Service) -> bool:
    """Whether one more ticket of this service can be served today.

    Once a group was full it takes tickets again only when noticeably less is left (``capacity_reopen``), so that
    the terminal does not say yes and no by turns.
    """
    rules = centre.rules
    if not rules.capacity_factor:
        return True
    factor = rules.capacity_reopen if service.group in hall.full else rules.capacity_factor
    needed = committed_s(hall, centre, service.group) + hall.paces.mean_s(service)
    return needed <= factor * capacity_s(hall, now, centre, service.group)


def committed_s(hall: Hall, centre: Centre, group: str) -> float:
    """The work of those who wait or are on hold in the group, in seconds."""
    return sum(hall.paces.mean_s(centre.services_by_number[n]) * count for n, count in hall.queue(group).work.items())


def capacity_s(hall: Hall, now: datetime, centre: Centre, group: str) -> float:
    """The seconds that desks have left for the group today, without what they are doing and what is booked."""
    provider = centre.provider(centre.group(group).provider)
    booked = sum(
        hall.paces.mean_s(centre.services_by_number[n]) * count for n, count in hall.queue(group).expected.items()
    )
    capacity = -booked * (1 - centre.rules.appointment_no_show_rate)
    for desk, groups in _desks_for(hall, now, centre, group, provider):
        today = desk_reception(desk, provider, local_day(now, centre), centre)
        if today is None:
            continue
        left = open_seconds(today, now, today.closes) - _residual_s(hall, now, centre, desk.number)
        capacity += max(left, 0) * share(hall, groups, group)
    return capacity


def share(hall: Hall, groups: tuple[str, ...], group: str) -> float:
    """Which part of a desk's time the group gets: the queues where somebody waits divide it evenly."""
    return 1 / sum(1 for other in groups if other == group or hall.waiting(other))


def open_desks(hall: Hall, group: str) -> Iterator[DeskSession]:
    """Desks that serve the group and are not paused."""
    return (session for session in hall.desks.values() if group in session.groups and not session.paused)


def _desks_for(
    hall: Hall, now: datetime, centre: Centre, group: str, provider: Provider
) -> Iterator[tuple[Desk, tuple[str, ...]]]:
    """Desks that serve the group with all their groups: those that are open, and until reception is under way, and
    when none is open, those that the plan has."""
    today = reception(provider, local_day(now, centre), centre)
    planned = today is not None and now < today.opens + SETTLING
    planned = planned or not any(group in session.groups for session in hall.desks.values())
    for desk in centre.desks:
        session = hall.desks.get(desk.number)
        groups = session.groups if session else tuple(desk.groups) if planned else ()
        if group in groups:
            yield desk, groups


def _residual_s(hall: Hall, now: datetime, centre: Centre, desk: int) -> float:
    """How much longer the desk will need for whoever is there."""
    session = hall.desks.get(desk)
    if session is None or session.ticket is None:
        return 0.0
    ticket = hall.tickets[session.ticket]
    spent = (now - ticket.started_at).total_seconds() if ticket.started_at else 0.0
    return max(hall.paces.mean_s(centre.services_by_number[ticket.service]) - spent, 0.0)
