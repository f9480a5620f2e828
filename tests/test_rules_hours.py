"""When reception is open: the week, the centre, and the days the head has confirmed to be different (R30-R32)."""

from __future__ import annotations

import time as stopwatch
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from config.settings import Centre, Desk, Provider, SpecialDay
from queue_server.rules import hours
from queue_server.rules.hours import Reception

MONDAY, FRIDAY, SATURDAY = date(2026, 3, 16), date(2026, 3, 20), date(2026, 3, 21)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # Sundays; at night the clocks go on, and back
LUNCH = ["08:00-12:00", "13:00-17:00"]


def with_hours(bakhmut: Centre, provider: str = "upszn", **week: list[str]) -> Centre:
    """The centre with another week of one provider."""
    providers = [
        Provider.model_validate({**p.model_dump(), "hours": week}) if p.code == provider else p
        for p in bakhmut.providers
    ]
    return bakhmut.model_copy(update={"providers": providers})


def building(centre: Centre, **week: list[str]) -> Centre:
    """The centre with hours of its building."""
    checked = Centre.model_validate({**centre.model_dump(), "hours": week})
    return centre.model_copy(update={"hours": checked.hours})


def special(centre: Centre, day: date, kind: str, *spans: str, provider: str | None = None) -> Centre:
    row = {"day": day, "kind": kind, "reason": "Рішення", "confirmed_by": "Керівник", "hours": list(spans)}
    found = SpecialDay.model_validate({**row, "provider": provider})
    return centre.model_copy(update={"special_days": [*centre.special_days, found]})


def shown(found: Reception | None, centre: Centre) -> list[str]:
    """The spans as a visitor would read them on the door."""
    spans: Iterable[tuple[datetime, datetime]] = found.spans if found else ()
    return [f"{a.astimezone(centre.tz):%H:%M}-{b.astimezone(centre.tz):%H:%M}" for a, b in spans]


def received(centre: Centre, day: date, provider: str = "upszn") -> list[str]:
    return shown(hours.reception(centre.provider(provider), day, centre), centre)


def planned(centre: Centre, day: date, provider: str = "upszn", **week: list[str]) -> list[str]:
    """The plan of a desk with these hours of its own."""
    desk = Desk.model_validate({"number": 1, "zone": "hall", "groups": ["dity"], **({"hours": week} if week else {})})
    return shown(hours.desk_reception(desk, centre.provider(provider), day, centre), centre)


# --- the week ---


def test_reception_follows_the_week_of_the_regulations(bakhmut: Centre) -> None:
    assert received(bakhmut, MONDAY) == ["08:00-17:00"]
    assert received(bakhmut, FRIDAY) == ["08:00-16:00"]
    assert received(bakhmut, SATURDAY) == []


def test_a_provider_without_a_schedule_receives_nobody_even_on_a_special_day(bakhmut: Centre) -> None:
    centre = special(bakhmut, MONDAY, "special", "08:00-12:00")
    assert received(centre, MONDAY, "umpsd") == []
    assert received(special(centre, MONDAY, "special", "08:00-12:00", provider="umpsd"), MONDAY, "umpsd") == []


def test_spans_come_in_order_and_those_that_touch_are_one(bakhmut: Centre) -> None:
    centre = with_hours(bakhmut, mon=["14:00-17:00", "12:00-13:00", "08:00-12:00"])
    assert received(centre, MONDAY) == ["08:00-13:00", "14:00-17:00"]
    found = hours.reception(centre.provider("upszn"), MONDAY, centre)
    assert found is not None
    assert (found.opens, found.closes) == (datetime(2026, 3, 16, 6, tzinfo=UTC), datetime(2026, 3, 16, 15, tzinfo=UTC))


def test_centre_hours_shortened_shorten_all(bakhmut: Centre) -> None:
    centre = building(with_hours(bakhmut, mon=LUNCH), mon=["09:00-15:00"])
    assert received(centre, MONDAY) == ["09:00-12:00", "13:00-15:00"]
    assert received(centre, MONDAY, "pfu") == ["09:00-15:00"]
    assert received(centre, FRIDAY) == []


def test_centre_hours_open_no_provider_that_does_not_receive(bakhmut: Centre) -> None:
    assert received(building(bakhmut, sat=["08:00-17:00"]), SATURDAY) == []
    assert received(building(bakhmut, mon=["06:00-23:00"]), MONDAY) == ["08:00-17:00"]


# --- days that differ ---


@pytest.mark.parametrize("holiday", [date(2026, 1, 1), date(2026, 8, 24), date(2026, 12, 25)])
def test_a_holiday_in_martial_law_is_a_working_day_unless_the_head_confirmed_otherwise(
    bakhmut: Centre, holiday: date
) -> None:
    assert received(bakhmut, holiday) in (["08:00-17:00"], ["08:00-16:00"])
    assert received(special(bakhmut, holiday, "closed"), holiday) == []


def test_a_closed_day_of_one_provider_closes_only_that_one_and_only_that_day(bakhmut: Centre) -> None:
    centre = special(bakhmut, MONDAY, "closed", provider="upszn")
    assert received(centre, MONDAY) == []
    assert received(centre, MONDAY, "pfu") == ["08:00-17:00"]
    assert received(centre, MONDAY + timedelta(days=7)) == ["08:00-17:00"]


def test_a_short_day_of_the_centre_shortens_each_provider_and_keeps_its_break(bakhmut: Centre) -> None:
    centre = special(with_hours(bakhmut, mon=LUNCH), MONDAY, "short", "07:00-15:00")
    assert received(centre, MONDAY) == ["08:00-12:00", "13:00-15:00"]
    assert received(centre, MONDAY, "pfu") == ["08:00-15:00"]


def test_a_short_day_of_the_centre_opens_nobody_on_a_day_off(bakhmut: Centre) -> None:
    assert received(special(bakhmut, SATURDAY, "short", "08:00-12:00"), SATURDAY) == []


def test_a_short_day_of_a_provider_has_the_hours_it_says_within_those_of_the_centre(bakhmut: Centre) -> None:
    centre = special(with_hours(bakhmut, mon=LUNCH), MONDAY, "short", "08:00-15:00", provider="upszn")
    assert received(centre, MONDAY) == ["08:00-15:00"]
    assert received(building(centre, mon=["09:00-14:00"]), MONDAY) == ["09:00-14:00"]


def test_a_special_saturday_opens_whoever_has_a_schedule_whatever_the_week_says(bakhmut: Centre) -> None:
    centre = special(building(bakhmut, mon=["08:00-17:00"]), SATURDAY, "special", "09:00-13:00")
    assert received(centre, SATURDAY) == received(centre, SATURDAY, "pfu") == ["09:00-13:00"]
    one = special(building(bakhmut, mon=["08:00-17:00"]), SATURDAY, "special", "09:00-13:00", provider="upszn")
    assert (received(one, SATURDAY), received(one, SATURDAY, "pfu")) == (["09:00-13:00"], [])


@pytest.mark.parametrize("provider_first", [True, False])
def test_the_day_of_a_provider_goes_before_the_day_of_the_centre(bakhmut: Centre, provider_first: bool) -> None:
    rows: list[tuple[Any, ...]] = [("closed", None), ("special", "upszn", "10:00-12:00")]
    centre = bakhmut
    for kind, provider, *spans in reversed(rows) if provider_first else rows:
        centre = special(centre, MONDAY, kind, *spans, provider=provider)
    assert received(centre, MONDAY) == ["10:00-12:00"]
    assert received(centre, MONDAY, "pfu") == []


def test_new_settings_are_in_force_at_once(bakhmut: Centre) -> None:
    assert received(bakhmut, MONDAY) == ["08:00-17:00"]
    assert received(special(bakhmut, MONDAY, "short", "08:00-12:00"), MONDAY) == ["08:00-12:00"]
    assert received(with_hours(bakhmut, mon=["10:00-11:00"]), MONDAY) == ["10:00-11:00"]
    assert received(bakhmut, MONDAY) == ["08:00-17:00"]


# --- tickets ---


def test_tickets_end_early_on_a_short_day_and_are_given_on_a_special_saturday(bakhmut: Centre, moment: Any) -> None:
    centre = special(bakhmut, MONDAY, "short", "08:00-12:00")
    centre = special(centre, SATURDAY, "special", "09:00-13:00")
    provider = centre.provider("upszn")

    def reason(hour: int, minute: int, day: date) -> str | None:
        return hours.why_no_tickets(provider, moment(hour, minute, day=day), centre)

    assert [reason(11, 50, MONDAY), reason(11, 51, MONDAY)] == [None, "closed_for_today"]
    assert [reason(8, 44, SATURDAY), reason(8, 45, SATURDAY)] == ["not_open_yet", None]
    assert reason(10, 0, SATURDAY + timedelta(days=1)) == "closed_today"


def test_a_break_is_no_closing_tickets_are_given_through_it(bakhmut: Centre, moment: Any) -> None:
    centre = with_hours(bakhmut, mon=LUNCH)
    assert hours.why_no_tickets(centre.provider("upszn"), moment(12, 30), centre) is None


# --- breaks and time of reception ---


def test_a_break_lasts_from_the_closing_of_one_span_until_the_opening_of_the_next(bakhmut: Centre, moment: Any) -> None:
    centre = with_hours(bakhmut, mon=LUNCH)

    def until(hour: int, minute: int = 0) -> datetime | None:
        return hours.break_until(centre.provider("upszn"), moment(hour, minute), centre)

    assert until(12) == until(12, 59) == moment(13)
    assert [until(7), until(8), until(11, 59), until(13), until(17), until(20)] == [None] * 6


def test_a_day_without_reception_has_no_break(bakhmut: Centre, moment: Any) -> None:
    assert hours.break_until(bakhmut.provider("upszn"), moment(12, day=SATURDAY), bakhmut) is None


def test_time_of_reception_leaves_out_breaks_and_what_is_outside(bakhmut: Centre, moment: Any) -> None:
    centre = with_hours(bakhmut, mon=LUNCH)
    found = hours.reception(centre.provider("upszn"), MONDAY, centre)
    assert found is not None
    assert hours.open_seconds(found, moment(0), moment(23)) == 8 * 3600
    assert hours.open_seconds(found, moment(11, 30), moment(13, 15)) == 45 * 60
    assert hours.open_seconds(found.spans, moment(12), moment(13)) == 0
    assert hours.open_seconds(found, moment(14), moment(9)) == 0
    assert hours.open_seconds((), moment(8), moment(17)) == 0


# --- desks ---


def test_a_desk_without_hours_of_its_own_is_planned_as_its_provider_receives(bakhmut: Centre) -> None:
    assert planned(with_hours(bakhmut, mon=LUNCH), MONDAY) == LUNCH
    assert planned(bakhmut, SATURDAY) == []


def test_a_desk_is_planned_within_its_own_hours_and_those_of_its_provider(bakhmut: Centre) -> None:
    centre = with_hours(bakhmut, mon=LUNCH, fri=["08:00-16:00"])
    assert planned(centre, MONDAY, mon=["07:00-10:00", "11:00-14:00"]) == ["08:00-10:00", "11:00-12:00", "13:00-14:00"]
    assert planned(centre, FRIDAY, mon=["08:00-17:00"]) == []
    assert planned(special(centre, MONDAY, "short", "08:00-12:00"), MONDAY, mon=["10:00-17:00"]) == ["10:00-12:00"]


def test_on_a_special_saturday_desks_are_planned_whose_week_knows_no_saturday(bakhmut: Centre) -> None:
    centre = special(bakhmut, SATURDAY, "special", "09:00-13:00")
    assert planned(centre, SATURDAY, mon=["08:00-17:00"]) == ["09:00-13:00"]


# --- the clocks go on and back ---


@pytest.mark.parametrize(("day", "opens_utc"), [(SPRING, 5), (AUTUMN, 6)])
def test_on_days_when_the_clocks_change_reception_keeps_the_time_of_the_wall(
    bakhmut: Centre, day: date, opens_utc: int
) -> None:
    centre = with_hours(bakhmut, sun=["08:00-17:00"])
    found = hours.reception(centre.provider("upszn"), day, centre)
    assert found is not None
    assert found.opens == datetime(day.year, day.month, day.day, opens_utc, tzinfo=UTC)
    assert hours.open_seconds(found, found.opens, found.closes) == 9 * 3600
    before = hours.reception(centre.provider("upszn"), day - timedelta(days=7), centre)
    assert before is not None
    assert (found.opens - before.opens) == timedelta(days=7, hours=-1 if day == SPRING else 1)


def test_a_night_is_an_hour_shorter_in_spring_and_an_hour_longer_in_autumn(bakhmut: Centre) -> None:
    centre = with_hours(bakhmut, sun=["00:00-08:00"])
    lengths = []
    for day in (SPRING, AUTUMN):
        found = hours.reception(centre.provider("upszn"), day, centre)
        assert found is not None
        lengths.append(hours.open_seconds(found, found.opens, found.closes) / 3600)
    assert lengths == [7, 9]


def test_a_time_the_clock_skips_is_the_moment_of_the_skipping(bakhmut: Centre) -> None:
    assert received(with_hours(bakhmut, sun=["03:10-03:50"]), SPRING) == []
    assert received(with_hours(bakhmut, sun=["03:30-04:15"]), SPRING) == ["04:00-04:15"]
    assert received(with_hours(bakhmut, sun=["02:00-03:45", "04:10-05:00"]), SPRING) == ["02:00-04:00", "04:10-05:00"]


def test_a_time_the_clock_shows_twice_is_its_first(bakhmut: Centre) -> None:
    centre = with_hours(bakhmut, sun=["02:00-03:15", "03:30-05:00"])
    found = hours.reception(centre.provider("upszn"), AUTUMN, centre)
    assert found is not None
    spans = [(f"{a:%d %H:%M}", f"{b:%d %H:%M}") for a, b in found.spans]
    assert spans == [("24 23:00", "25 00:15"), ("25 00:30", "25 03:00")]


@pytest.mark.parametrize(("day", "shift"), [(SPRING, 2), (AUTUMN, 3)])
def test_the_day_of_the_centre_begins_at_its_own_midnight(bakhmut: Centre, day: date, shift: int) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=shift)
    assert hours.local_day(midnight, bakhmut) == day
    assert hours.local_day(midnight - timedelta(seconds=1), bakhmut) == day - timedelta(days=1)


# --- cost ---


def test_asking_again_costs_microseconds_however_many_special_days_there_are(bakhmut: Centre) -> None:
    centre = with_hours(bakhmut, mon=LUNCH)
    for days in range(1, 400):
        centre = special(centre, MONDAY + timedelta(days=days), "short", "08:00-12:00")
    provider = centre.provider("upszn")
    assert received(centre, MONDAY) == LUNCH
    best = float("inf")
    for _ in range(5):
        begun = stopwatch.perf_counter()
        for _ in range(1000):
            hours.reception(provider, MONDAY, centre)
        best = min(best, stopwatch.perf_counter() - begun)
    assert best / 1000 < 5e-6
