"""When a provider receives visitors, from its settings (R30-R32). Local wall time in, UTC moments out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from config.settings import WEEKDAYS, Centre, Provider


@dataclass(frozen=True, slots=True)
class Reception:
    """One provider's reception on one day: first opening to last closing, in UTC."""

    opens: datetime
    closes: datetime


def local_day(now: datetime, centre: Centre) -> date:
    """The centre's own date at this moment."""
    return now.astimezone(centre.tz).date()


def reception(provider: Provider, day: date, centre: Centre) -> Reception | None:
    """The provider's reception on ``day``, or None when it receives nobody or its schedule is not known."""
    spans = (provider.hours or {}).get(WEEKDAYS[day.weekday()], [])
    if not spans:
        return None
    opens = min(span.opens for span in spans)
    closes = max(span.closes for span in spans)
    return Reception(
        datetime.combine(day, opens, centre.tz).astimezone(UTC),
        datetime.combine(day, closes, centre.tz).astimezone(UTC),
    )


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
    """None while the provider receives, from ``lead`` before its opening until ``last`` before its closing."""
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
