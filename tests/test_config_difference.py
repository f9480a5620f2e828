"""The difference of two centres is a list a person can read, and is empty only where nothing differs."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config.difference import Change, difference, fingerprint
from config.loader import load_centre
from config.settings import Centre

BAKHMUT = Path(__file__).parent.parent / "config" / "centres" / "bakhmut.toml"


@pytest.fixture(scope="module")
def before() -> Centre:
    return load_centre(BAKHMUT)


@pytest.fixture
def raw() -> dict[str, Any]:
    return tomllib.loads(BAKHMUT.read_text(encoding="utf-8"))


def changes(before: Centre, raw: dict[str, Any]) -> list[Change]:
    after = Centre.model_validate(raw)
    found = difference(before, after)
    assert bool(found) == (fingerprint(before) != fingerprint(after))
    return found


def test_the_same_file_read_twice_differs_in_nothing(before: Centre, raw: dict[str, Any]) -> None:
    assert changes(before, raw) == []


def test_a_default_written_out_is_no_difference(before: Centre, raw: dict[str, Any]) -> None:
    raw["rules"] = {"max_calls": 3, "hard_day_stop": "23:30"}
    assert changes(before, raw) == []


def test_a_changed_word_is_named_by_its_row_and_language(before: Centre, raw: dict[str, Any]) -> None:
    raw["services"][21]["short_name"]["uk"] = "Субсидія"
    raw["services"][21]["active"] = False
    assert changes(before, raw) == [
        Change("services[22].short_name.uk", "Субсидія: призначення", "Субсидія"),
        Change("services[22].active", True, False),
    ]


def test_a_changed_rule_and_an_entered_schedule_are_named(before: Centre, raw: dict[str, Any]) -> None:
    raw["rules"] = {"max_calls": 5}
    raw["providers"][2]["hours"] = {"mon": ["09:00-13:00"]}
    del raw["providers"][0]["hours"]["fri"]
    raw["providers"][0]["hours"]["mon"] = ["08:00-12:00", "13:00-17:00"]
    assert [str(change) for change in changes(before, raw)] == [
        'providers[upszn].hours.mon: ["08:00-17:00"] → ["08:00-12:00", "13:00-17:00"]',
        'providers[upszn].hours.fri: ["08:00-16:00"] → —',
        'providers[umpsd].hours: — → {"mon": ["09:00-13:00"]}',
        "rules.max_calls: 3 → 5",
    ]


def special_day(provider: str | None, **values: Any) -> dict[str, Any]:
    row = {"day": date(2026, 12, 31), "kind": "closed", "reason": "Свято", "confirmed_by": "Керівник", **values}
    return row if provider is None else {**row, "provider": provider}


def test_a_special_day_is_named_by_its_date_and_its_provider(before: Centre, raw: dict[str, Any]) -> None:
    raw["special_days"] = [special_day(None), special_day("pfu")]
    first = Centre.model_validate(raw)
    raw["special_days"] = [special_day(None), special_day("pfu", kind="short", hours=["08:00-12:00"])]
    assert [str(change) for change in changes(first, raw)] == [
        'special_days[2026-12-31/pfu].kind: "closed" → "short"',
        'special_days[2026-12-31/pfu].hours: [] → ["08:00-12:00"]',
    ]
    del raw["special_days"][0]
    assert [(change.key, change.new) for change in changes(first, raw)][-1] == ("special_days[2026-12-31]", None)


def test_a_priority_class_is_named_by_its_code_and_desk_hours_by_their_desk(
    before: Centre, raw: dict[str, Any]
) -> None:
    raw["priority_classes"][1]["mode"] = "out_of_turn"
    raw["desks"][0]["hours"] = {"mon": ["08:00-12:00"]}
    raw["hours"] = {"mon": ["08:00-16:00"]}
    assert [str(change) for change in changes(before, raw)] == [
        'hours: — → {"mon": ["08:00-16:00"]}',
        'priority_classes[zahysnyky].mode: "first_in_turn" → "out_of_turn"',
        'desks[1].hours: — → {"mon": ["08:00-12:00"]}',
    ]


def test_a_row_that_comes_or_goes_is_one_change(before: Centre, raw: dict[str, Any]) -> None:
    gone = raw["operators"].pop(3)
    raw["services"].insert(
        0, {"number": 40, "group": "vpo", "name": {"uk": "Нова"}, "short_name": {"uk": "Нова", "en": "New"}}
    )
    came, went = changes(before, raw)
    assert (came.key, came.old, came.new["short_name"]) == ("services[40]", None, {"uk": "Нова", "en": "New"})
    assert (went.key, went.old["surname"], went.new) == (f"operators[{gone['login']}]", gone["surname"], None)


def test_rows_that_changed_places_are_told_as_a_new_order(before: Centre, raw: dict[str, Any]) -> None:
    raw["groups"].reverse()
    old = [group.code for group in before.groups]
    assert changes(before, raw) == [Change("groups.order", old, old[::-1])]


def test_the_first_centre_differs_from_nothing_by_all_its_rows(before: Centre) -> None:
    found = difference(None, before)
    assert Change("code", None, "bakhmut") in found
    assert sum(change.key.startswith("services[") for change in found) == 39
    assert all(change.old is None for change in found)


def test_a_fingerprint_does_not_depend_on_how_the_file_is_laid_out(before: Centre, raw: dict[str, Any]) -> None:
    shuffled = dict(reversed(raw.items()))
    assert fingerprint(Centre.model_validate(shuffled)) == fingerprint(before)
    assert len(fingerprint(before)) == 64


def test_a_centre_survives_being_written_as_json_and_read_again(before: Centre) -> None:
    assert Centre.model_validate_json(before.model_dump_json()) == before


def test_special_days_and_hours_survive_it_too(raw: dict[str, Any]) -> None:
    raw["hours"] = {"mon": ["08:00-12:00", "13:00-16:00"]}
    raw["desks"][0]["hours"] = {"mon": ["08:00-12:00"]}
    raw["special_days"] = [special_day("pfu", kind="short", hours=["08:00-12:00"]), special_day(None)]
    centre = Centre.model_validate(raw)
    read = Centre.model_validate_json(centre.model_dump_json())
    assert read == centre
    assert (read.special_days[0].day, str(read.special_days[0].hours[0])) == (date(2026, 12, 31), "08:00-12:00")
    assert fingerprint(read) == fingerprint(centre)
