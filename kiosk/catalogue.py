"""What can be chosen: a reading of the centre as the server described it. Pure; keeps nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

from config.settings import WEEKDAYS
from queue_server.messages import CentreView, GroupView, ProviderView, ServiceView, ZoneView

T = TypeVar("T")

NO_SERVICES = "no_services"
SUSPENDED = "suspended"
CAPACITY_STOP = "capacity_stop"
TICKETING_STOPPED = "ticketing_stopped"
SCHEDULE_UNKNOWN = "schedule_unknown"
NOT_BOOKABLE = "not_bookable"


def groups_of(centre: CentreView, provider: str) -> tuple[GroupView, ...]:
    """The provider's queues in which at least one service can be chosen."""
    with_services = {service.group for service in centre.services}
    return tuple(g for g in centre.groups if g.provider == provider and g.code in with_services)


def services_of(centre: CentreView, group: str) -> tuple[ServiceView, ...]:
    return tuple(sorted((s for s in centre.services if s.group == group), key=lambda s: s.number))


def open_providers(centre: CentreView) -> tuple[ProviderView, ...]:
    """Institutions where a ticket can be taken now."""
    return tuple(p for p in centre.providers if p.open and groups_of(centre, p.code))


def closed_providers(centre: CentreView) -> tuple[ProviderView, ...]:
    """The rest: they stand behind «Інші установи», each with its reason (R31)."""
    chosen = {p.code for p in open_providers(centre)}
    return tuple(p for p in centre.providers if p.code not in chosen)


def for_another_day(centre: CentreView) -> CentreView:
    """The same centre as one chooses from it when a time is agreed: whether it is open just now does not matter."""
    services = [service for service in centre.services if service.bookable]
    groups = {service.group for service in services}
    bookable = {group.provider for group in centre.groups if group.code in groups}
    providers = []
    for provider in centre.providers:
        if provider.code not in bookable:
            told: dict[str, object] = {"open": not groups_of(centre, provider.code), "reason": NOT_BOOKABLE}
        else:
            told = {"open": bool(provider.hours), "reason": SCHEDULE_UNKNOWN}
        providers.append(provider.model_copy(update=told))
    return centre.model_copy(update={"services": services, "providers": providers})


def reason_of(provider: ProviderView) -> str:
    """Why nothing can be taken there; an open one without services has only one possible reason."""
    return NO_SERVICES if provider.open else provider.reason or ""


def service_of(centre: CentreView, number: int) -> ServiceView:
    return next(s for s in centre.services if s.number == number)


def group_of(centre: CentreView, code: str) -> GroupView:
    return next(g for g in centre.groups if g.code == code)


def provider_of(centre: CentreView, code: str) -> ProviderView:
    return next(p for p in centre.providers if p.code == code)


def zone_of(centre: CentreView, group: str) -> ZoneView:
    code = group_of(centre, group).zone
    return next(z for z in centre.zones if z.code == code)


def week(provider: ProviderView) -> list[tuple[str, str, str]]:
    """The hours as runs of equal days: ``("mon", "thu", "08:00–17:00")``; empty when no schedule was entered."""
    days = [(day, ", ".join(span.replace("-", "–") for span in provider.hours.get(day, []))) for day in WEEKDAYS]
    runs = [(spans, [day for day, _ in run]) for spans, run in groupby(days, key=lambda pair: pair[1])]
    return [(days_of_run[0], days_of_run[-1], spans) for spans, days_of_run in runs if spans]


def page_count(items: Sequence[T], rows: int) -> int:
    return max(1, -(-len(items) // rows))


def page_of(items: Sequence[T], page: int, rows: int) -> Sequence[T]:
    """Page ``page`` (from 0) of a list with ``rows`` to a page; a page past the end is the last one."""
    first = min(page, page_count(items, rows) - 1) * rows
    return items[first : first + rows]
