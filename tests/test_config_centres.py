"""The centre files that come with Cherha say what the customer's documents say, and show every setting there is."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from pydantic import BaseModel

from config.loader import load_centre
from config.settings import Centre

CENTRES = Path(__file__).parent.parent / "config" / "centres"
BAKHMUT = CENTRES / "bakhmut.toml"
EXAMPLE = CENTRES / "example.toml"

# Computed from the customer's list itself: "number<TAB>name", one service a line.
NAMES_SHA256 = "781d1c03c2e87f051e3ba646468ad6f51502441e3e39c0bd18d79322861e408c"


@pytest.fixture(scope="module")
def bakhmut() -> Centre:
    return load_centre(BAKHMUT)


@pytest.mark.parametrize("file", sorted(CENTRES.glob("*.toml")), ids=lambda file: file.stem)
def test_every_centre_file_we_ship_loads(file: Path) -> None:
    assert load_centre(file).code == file.stem


def test_the_39_services_stand_word_for_word_as_the_council_approved_them(bakhmut: Centre) -> None:
    lines = "\n".join(f"{service.number}\t{service.name['uk']}" for service in bakhmut.services)
    assert hashlib.sha256(lines.encode()).hexdigest() == NAMES_SHA256
    assert [service.number for service in bakhmut.services] == list(range(1, 40))


def test_the_oddities_of_the_list_are_kept_and_told_to_the_customer(bakhmut: Centre) -> None:
    names = {service.number: service.name["uk"] for service in bakhmut.services}
    assert "осіб, шо не мають право" in names[20]
    assert "пічного побутового газу" in names[22]
    assert "пічного побутового палива" in names[23]
    assert "севастопольської" in names[39]
    comments = [line for line in BAKHMUT.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    for number in (7, 10, 20, 22, 31, 39):
        assert any(f"№ {number} " in line for line in comments), number


def test_every_service_has_a_short_name_in_every_language_of_the_centre(bakhmut: Centre) -> None:
    assert all(set(service.short_name) == set(bakhmut.languages) for service in bakhmut.services)


def test_seven_groups_have_the_proposed_letters_and_services(bakhmut: Centre) -> None:
    letters = {group.code: group.letter for group in bakhmut.groups}
    counts = Counter(letters[service.group] for service in bakhmut.services)
    assert counts == {"А": 13, "Д": 9, "К": 1, "Л": 2, "Р": 8, "Ф": 4, "Ш": 2}
    assert {group.provider for group in bakhmut.groups} == {"upszn"}


def test_the_two_visitors_confuse_are_in_one_group(bakhmut: Centre) -> None:
    groups = {service.number: service.group for service in bakhmut.services}
    assert groups[7] == groups[18]


def test_two_of_five_providers_have_hours_and_the_others_give_no_tickets(bakhmut: Centre) -> None:
    assert [(p.code, p.schedule_known) for p in bakhmut.providers] == [
        ("upszn", True),
        ("pfu", True),
        ("umpsd", False),
        ("mcssdm", False),
        ("fssu", False),
    ]
    for code in ("upszn", "pfu"):
        hours = bakhmut.provider(code).hours
        assert hours is not None
        days = {day: [str(interval) for interval in intervals] for day, intervals in hours.items()}
        assert days == {
            "mon": ["08:00-17:00"],
            "tue": ["08:00-17:00"],
            "wed": ["08:00-17:00"],
            "thu": ["08:00-17:00"],
            "fri": ["08:00-16:00"],
        }
        assert bakhmut.provider(code).hours_source == "Регламент, п. 4"


def test_no_phone_is_invented(bakhmut: Centre) -> None:
    assert bakhmut.phones == []
    assert bakhmut.hotline is None
    assert all(provider.phone is None for provider in bakhmut.providers)


def test_priority_classes_are_examples_that_do_nothing_until_the_customer_gives_their_law(bakhmut: Centre) -> None:
    assert [row.code for row in bakhmut.priority_classes] == ["invalidnist-1", "zahysnyky", "nemovlia"]
    for row in bakhmut.priority_classes:
        assert (row.active, row.legal_basis, row.proof, row.approved_by) == (False, "", {}, "")
    assert "ПРИКЛАДИ ДЛЯ ОБГОВОРЕННЯ, ВИМКНЕНІ" in BAKHMUT.read_text(encoding="utf-8")


def test_no_holiday_is_assumed_to_be_closed(bakhmut: Centre) -> None:
    assert bakhmut.special_days == []


def test_every_queue_is_received_at_two_desks_and_by_two_operators_at_least(bakhmut: Centre) -> None:
    desks = Counter(code for desk in bakhmut.desks for code in desk.groups)
    operators = Counter(code for operator in bakhmut.operators for code in (*operator.primary, *operator.secondary))
    for group in bakhmut.groups:
        assert desks[group.code] >= 2, group.code
        assert operators[group.code] >= 2, group.code
    assert len(bakhmut.desks) >= 8
    assert len(bakhmut.operators) >= 8


def test_desks_and_operators_are_marked_as_an_example_to_be_replaced() -> None:
    text = BAKHMUT.read_text(encoding="utf-8")
    assert "Робочі місця: ПРИКЛАД, ЗАМІНІТЬ" in text
    assert "Працівники: ПРИКЛАД, ЗАМІНІТЬ" in text


def with_every_key(tmp_path: Path) -> Path:
    """The example with its commented keys uncommented."""
    shown = re.sub(r"^# ((?:[a-z_]+ = )|\[)", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file = tmp_path / "example.toml"
    file.write_text(shown, encoding="utf-8")
    return file


def unmentioned(part: BaseModel, at: str = "") -> list[str]:
    missing = [f"{at}.{name}" for name in type(part).model_fields if name not in part.model_fields_set]
    for name in part.model_fields_set:
        value = getattr(part, name)
        for inside in value if isinstance(value, list) else [value]:
            if isinstance(inside, BaseModel) and not at.endswith("hours"):
                missing += unmentioned(inside, f"{at}.{name}")
    return missing


def test_the_example_shows_every_key_of_every_setting(tmp_path: Path) -> None:
    assert unmentioned(load_centre(with_every_key(tmp_path))) == []


def test_a_key_that_stands_in_the_example_has_its_default_there() -> None:
    raw = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    centre = load_centre(EXAMPLE)
    checked = 0

    def check(part: BaseModel, table: dict[str, object], at: str) -> None:
        nonlocal checked
        for name, field in type(part).model_fields.items():
            value, inside = getattr(part, name), table.get(name)
            if isinstance(value, BaseModel) and isinstance(inside, dict):
                check(value, inside, f"{at}.{name}")
            elif isinstance(value, list) and value and isinstance(value[0], BaseModel) and isinstance(inside, list):
                check(value[0], inside[0], f"{at}.{name}")
            elif name in table and not field.is_required():
                assert value == field.get_default(), f"{at}.{name}"
                checked += 1

    check(centre, raw, "")
    assert checked > 40


def test_every_line_of_the_example_says_why() -> None:
    silent = [
        line
        for line in EXAMPLE.read_text(encoding="utf-8").splitlines()
        if re.match(r"[a-z_]+ = ", line) and " # " not in line
    ]
    # Second and third lines of one thought: the parts of a name, of a screen.
    assert [line.split(" = ")[0] for line in silent] == [
        "given_name", "patronymic", "diagonal_in", "width_px", "height_px", "diagonal_in",
    ]  # fmt: skip
