"""When a provider receives visitors, from its settings (R30-R32). Local wall time in, UTC moments out.

Who is at which desk today is not known here: only what the week, the centre and the confirmed special days allow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from config.settings import WEEKDAYS, Centre, Desk, Hours, Interval, Provider, SpecialDay

Spans = tuple[tuple[datetime, datetime], ...]
"""Moments of UTC from an opening to a closing, in order and apart; what lies between two of them is a break."""

_Wall = list[tuple[time, time]]
"""The same on the clock of the centre, before the day says how far that clock is from UTC."""

_DAYS_KEPT = 512  # two weeks of bookings for five providers, and the plan of their desks today

PartT = TypeVar("PartT", Centre, Provider, Desk)


@dataclass(frozen=True, slots=True)
class Reception:
    """One provider's reception on one day, breaks left out; there is at least one span."""

    spans: Spans

    @property
    def opens(self) -> datetime:
        """The first opening, in UTC."""
        return self.spans[0][0]

    @property
    def closes(self) -> datetime:
        """The last closing, in UTC."""
        return self.spans[-1][1]


class _Same(Generic[PartT]):
    """A part of the settings as a key: the very object, which never changes; to hash its contents would cost more."""

    __slots__ = ("part",)

    def __init__(self, part: PartT) -> None:
        self.part: PartT = part

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.part is other.part

    def __hash__(self) -> int:
        return id(self.part)


def local_day(now: datetime, centre: Centre) -> date:
    """The centre's own date at this moment."""
    return now.astimezone(centre.tz).date()


def reception(provider: Provider, day: date, centre: Centre) -> Reception | None:
    """The provider's reception on ``day``, or None when it receives nobody or its schedule is not known.

    It receives while both it and the centre do (R32, Б-Пол 27), unless a special day says otherwise. A special day of
    the provider goes before one of the whole centre; a public holiday that nobody confirmed changes nothing.
    """
    return _reception(_Same(provider), day, _Same(centre))


def desk_reception(desk: Desk, provider: Provider, day: date, centre: Centre) -> Reception | None:
    """What is planned for the desk on ``day``: its provider's reception, within the desk's own hours if it has any.

    A desk's week does not speak of a weekday on which its provider never receives: on a special Saturday the desk is
    planned as long as the provider.
    """
    return _desk_reception(_Same(desk), _Same(provider), day, _Same(centre))


def break_until(provider: Provider, now: datetime, centre: Centre) -> datetime | None:
    """When the provider's break ends, in UTC; None when there is no break now."""
    today = reception(provider, local_day(now, centre), centre)
    breaks = pairwise(today.spans) if today else ()
    return next((opens for (_, closes), (opens, _) in breaks if closes <= now < opens), None)


def open_seconds(of: Reception | Spans, since: datetime, until: datetime) -> float:
    """Seconds of reception from ``since`` to ``until``, without the breaks; 0 where ``until`` comes first."""
    spans = of.spans if isinstance(of, Reception) else of
    return sum(max(0.0, (min(closes, until) - max(opens, since)).total_seconds()) for opens, closes in spans)


def why_no_tickets(provider: Provider, now: datetime, centre: Centre) -> str | None:
    """None while tickets are issued; otherwise the stable reason why not (R31, I03).

    Tickets are issued from ``issue_lead_min`` before opening until ``last_ticket_min`` before closing.
    """
    rules = centre.rules
    lead, last = timedelta(minutes=rules.issue_lead_min), timedelta(minutes=rules.last_ticket_min)
    return why_closed(provider, now, centre, lead=lead, last=last)


def why_closed(
    provider: Provider, now: datetime, centre: Centre, *, lead: timedelta = timedelta(), last: timedelta = timedelta()
) -> str | None:
    """None while the provider receives, from ``lead`` before its opening until ``last`` before its closing.

    A break is no closing: whoever comes during it takes a ticket and is called after it.
    """
    if not provider.schedule_known:
        return "schedule_unknown"
    if not any(s.active and centre.group(s.group).provider == provider.code for s in centre.services):
        return "no_services"
    today = reception(provider, local_day(now, centre), centre)
    if today is None:
        return "closed_today"
    if now < today.opens - lead:
        return "not_open_yet"
    if now > today.closes - last:
        return "closed_for_today"
    return None


# Asked for every ticket and every call, while the answer changes only with the day and the settings.
@lru_cache(maxsize=_DAYS_KEPT)
def _reception(provider: _Same[Provider], day: date, centre: _Same[Centre]) -> Reception | None:
    return _on_the_clock(_wall(provider.part, day, centre.part), day, centre.part.tz)


@lru_cache(maxsize=_DAYS_KEPT)
def _desk_reception(desk: _Same[Desk], provider: _Same[Provider], day: date, centre: _Same[Centre]) -> Reception | None:
    wall = _wall(provider.part, day, centre.part)
    if desk.part.hours is not None and _of_week(provider.part.hours, day):
        wall = _both(wall, _of_week(desk.part.hours, day))
    return _on_the_clock(wall, day, centre.part.tz)


def _wall(provider: Provider, day: date, centre: Centre) -> _Wall:
    if not provider.schedule_known:
        return []
    special = _special(provider, day, centre)
    usual = _of_week(provider.hours, day)
    within = usual if centre.hours is None else _both(usual, _of_week(centre.hours, day))
    if special is None:
        return within
    hours = _walls(special.hours)
    match special.kind, special.provider:
        case "closed", _:
            return []
        case "special", _:  # confirmed for this very date, so it may open the building on a Saturday
            return hours
        case _, None:
            return _both(hours, within)
        case _:
            return hours if centre.hours is None else _both(hours, _of_week(centre.hours, day))


def _special(provider: Provider, day: date, centre: Centre) -> SpecialDay | None:
    today = {special.provider: special for special in centre.special_days if special.day == day}
    return today.get(provider.code) or today.get(None)


def _of_week(hours: Hours | None, day: date) -> _Wall:
    return _walls((hours or {}).get(WEEKDAYS[day.weekday()], []))


def _walls(intervals: Iterable[Interval]) -> _Wall:
    return sorted((interval.opens, interval.closes) for interval in intervals)


def _both(some: _Wall, others: _Wall) -> _Wall:
    pairs = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return sorted((opens, closes) for opens, closes in pairs if opens < closes)


def _on_the_clock(wall: _Wall, day: date, tz: ZoneInfo) -> Reception | None:
    spans: list[tuple[datetime, datetime]] = []
    for opens, closes in ((_moment(day, opens, tz), _moment(day, closes, tz)) for opens, closes in wall):
        if spans and opens <= spans[-1][1]:  # «08:00-12:00», «12:00-17:00»: no break between them
            spans[-1] = (spans[-1][0], max(closes, spans[-1][1]))
        elif opens < closes:
            spans.append((opens, closes))
    return Reception(tuple(spans)) if spans else None


def _moment(day: date, wall: time, tz: ZoneInfo) -> datetime:
    """The moment the clock on the wall shows this time; the first one of two, and of a skipped time its skipping."""
    local = datetime.combine(day, wall, tz)
    while (moment := local.astimezone(UTC)).astimezone(tz) != local:
        local += timedelta(minutes=1)
    return moment
