"""The grid of agreed times: inside the hours, never over half of the desks, right on days when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.settings import Centre, Interval, SpecialDay
from queue_server.rules.slots import grid, offered, slot_at

KYIV = ZoneInfo("Europe/Kyiv")
MONDAY = date(2026, 3, 16)


def with_desks(centre: Centre, *groups: list[str], **more: Any) -> Centre:
    """Bakhmut with these desks only."""
    desks = [centre.desks[0].model_copy(update={"number": n, "groups": g}) for n, g in enumerate(groups, start=1)]
    return centre.model_copy(update={"desks": desks, **more})


def times(centre: Centre, day: date = MONDAY) -> list[tuple[str, int]]:
    slots = grid(centre, centre.group("dity"), day)
    return [(f"{slot.start.astimezone(KYIV):%H:%M}", slot.places) for slot in slots]


def test_one_desk_is_booked_every_second_time(bakhmut: Centre) -> None:
    found = times(with_desks(bakhmut, ["dity"]))
    assert found[:3] == [("08:15", 1), ("08:45", 1), ("09:15", 1)]
    assert len(found) == 18


def test_two_desks_are_booked_once_a_time_and_five_twice_and_now_and_then_thrice(bakhmut: Centre) -> None:
    assert {places for _, places in times(with_desks(bakhmut, ["dity"], ["dity"]))} == {1}
    five = [places for _, places in times(with_desks(bakhmut, *[["dity"]] * 5))]
    assert set(five) == {2, 3}
    assert sum(five) == 36 * 5 // 2


def test_a_desk_of_two_queues_gives_each_a_half(bakhmut: Centre) -> None:
    assert len(times(with_desks(bakhmut, ["dity", "dopomoha"]))) == 9


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5])
def test_the_promised_part_is_never_more_than_the_share(bakhmut: Centre, share: float) -> None:
    rules = bakhmut.rules.model_copy(update={"booking_share": share})
    for desks in range(1, 6):
        centre = with_desks(bakhmut, *[["dity"]] * desks, rules=rules)
        promised = sum(slot.places for slot in grid(centre, centre.group("dity"), MONDAY)) * 15
        assert promised <= share * desks * 9 * 60


def test_no_time_reaches_into_a_break_or_over_closing(bakhmut: Centre) -> None:
    spans = [Interval.model_validate("08:00-12:10"), Interval.model_validate("13:00-16:50")]
    special = SpecialDay(day=MONDAY, kind="special", reason="Обід", confirmed_by="Голова", hours=spans)
    centre = with_desks(bakhmut, ["dity"], ["dity"], special_days=[special])
    slots = grid(centre, centre.group("dity"), MONDAY)
    for slot in slots:
        start, end = slot.start.astimezone(KYIV).time(), slot.end.astimezone(KYIV).time()
        assert any(span.opens <= start and end <= span.closes for span in spans)
    assert max(slot.end.astimezone(KYIV).time() for slot in slots) == time(16, 45)


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_on_days_when_the_clocks_change_times_are_those_on_the_wall(bakhmut: Centre, sunday: date) -> None:
    hours = [Interval.model_validate("01:00-09:00")]
    special = SpecialDay(day=sunday, kind="special", reason="Ніч", confirmed_by="Голова", hours=hours)
    centre = with_desks(bakhmut, ["dity"], ["dity"], special_days=[special])
    slots = grid(centre, centre.group("dity"), sunday)
    assert len({slot.start for slot in slots}) == len(slots)
    length = slots[-1].end - slots[0].start
    assert length == timedelta(hours=7 if sunday.month == 3 else 9)
    assert all(slot_at(centre, centre.group("dity"), slot.start) == slot for slot in slots)


def test_only_times_between_lead_and_horizon_are_offered(bakhmut: Centre) -> None:
    now = datetime(2026, 3, 16, 10, 0, tzinfo=KYIV).astimezone(UTC)
    group = bakhmut.group("dity")
    assert min(slot.start for slot in offered(bakhmut, group, MONDAY, now)) >= now + timedelta(minutes=60)
    assert offered(bakhmut, group, MONDAY + timedelta(days=14), now)
    assert not offered(bakhmut, group, MONDAY + timedelta(days=15), now)
    assert not offered(bakhmut, group, MONDAY - timedelta(days=3), now)


def test_a_queue_may_be_left_without_booking(bakhmut: Centre) -> None:
    group = bakhmut.group("dity").model_copy(update={"slot_places": 0})
    assert grid(bakhmut, group, MONDAY) == []
