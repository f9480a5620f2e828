"""A bad centre file is answered with every mistake in plain words, never with a traceback."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from math import nan
from pathlib import Path
from typing import Any

import pytest

from config.loader import LARGEST_FILE, BadSettings, centre_from, load_centre
from config.words import languages

GOOD = """\
code = "test"
name = { uk = "Центр", en = "Centre" }
city = { uk = "Місто" }
address = { uk = "вул. Тиха, 1" }

[[zones]]
code = "hall"
name = { uk = "Зала" }

[[providers]]
code = "upszn"
name = { uk = "Управління" }
short_name = { uk = "УПСЗН" }
[providers.hours]
mon = ["08:00-17:00"]

[[providers]]
code = "pfu"
name = { uk = "Пенсійний фонд" }
short_name = { uk = "ПФУ" }

[[groups]]
code = "dity"
provider = "upszn"
letter = "А"
name = { uk = "Діти" }
zone = "hall"

[[groups]]
code = "pensii"
provider = "pfu"
letter = "Д"
name = { uk = "Пенсії" }
zone = "hall"

[[services]]
number = 1
group = "dity"
name = { uk = "Народження дитини" }
short_name = { uk = "Народження" }

[[services]]
number = 2
group = "pensii"
name = { uk = "Призначення пенсії" }
short_name = { uk = "Пенсія" }

[[desks]]
number = 1
zone = "hall"
groups = ["dity"]

[[desks]]
number = 2
zone = "hall"
groups = ["pensii"]

[[operators]]
login = "olena"
surname = "Тиха"
given_name = "Олена"
provider = "upszn"
primary = ["dity"]

[[operators]]
login = "ivan"
surname = "Гучний"
given_name = "Іван"
provider = "pfu"
primary = ["pensii"]

[rules]
max_calls = 3
"""

SPECIAL_DAY = '[[special_days]]\nday = 2026-12-31\nreason = "Переддень свята"\nconfirmed_by = "Керівник"\n'
PRIORITY_CLASS = '[[priority_classes]]\ncode = "vpershe"\nname = { uk = "Вперше" }\nmode = "first_in_turn"\n'


def mistakes(file: Path, language: str = "uk") -> list[str]:
    """The lines a person reads, with the folder taken off."""
    with pytest.raises(BadSettings) as caught:
        load_centre(file, language)
    assert str(caught.value).splitlines() == [str(mistake) for mistake in caught.value.mistakes]
    return [str(mistake).replace(f"{file.parent}{os.sep}", "") for mistake in caught.value.mistakes]


def mistakes_in(tmp_path: Path, content: str | bytes, language: str = "uk") -> list[str]:
    file = tmp_path / "c.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return mistakes(file, language)


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, f"{old!r} stands {GOOD.count(old)} times in the good file"
    return GOOD.replace(old, new)


def test_the_good_file_of_this_page_is_good(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert load_centre(file).code == "test"


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_bytes(GOOD.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_centre(str(file)).name["uk"] == "Центр"


WRONG_SHAPE = {
    "a misspelt key": (
        'short_name = { uk = "Пенсія" }',
        'shortname = { uk = "Пенсія" }',
        [
            "services[2].short_name: немає: потрібен обов’язковий ключ",
            "services[2].shortname: {…}: такого ключа немає; можливо, short_name",
        ],
    ),
    "a key from nowhere": (
        "max_calls = 3",
        "max_calls = 3\n[server]\nzzz = 2020-10-21",
        ["server.zzz: 2020-10-21: такого ключа немає; можна: public_url"],
    ),
    "a number in quotes": (
        "number = 2\ngroup",
        'number = "2"\ngroup',
        ['services[#2].number: "2": потрібне ціле число без лапок'],
    ),
    "a number that is too large": (
        "max_calls = 3",
        "max_calls = 12",
        ["rules.max_calls: 12: потрібне число, не більше за 9"],
    ),
    "a number beyond all figures": (
        "max_calls = 3",
        f"max_calls = 0x{'f' * 6000}",
        [f"rules.max_calls: 0x{'f' * 57}…: потрібне число, не більше за 9"],
    ),
    "a number that is too small": (
        "max_calls = 3",
        "recall_min_s = 1",
        ["rules.recall_min_s: 1: потрібне число, не менше за 5"],
    ),
    "a yes that is a number": (
        "max_calls = 3",
        "max_calls = true",
        ["rules.max_calls: true: потрібне ціле число без лапок"],
    ),
    "a word for yes": (
        "max_calls = 3",
        '[voice]\nenabled = "так"',
        ['voice.enabled: "так": потрібно true або false без лапок'],
    ),
    "not a number at all": (
        "max_calls = 3",
        "[voice]\nvolume = nan",
        ["voice.volume: nan: потрібне число, не більше за 1"],
    ),
    "a letter mistaken for a figure": (
        'letter = "А"',
        'letter = "О"',
        [
            'groups[dity].letter: "О": потрібна одна з літер А Д К Л Р Ф Ш Я Г У М: '
            "решту плутають із цифрами або на слух"
        ],
    ),
    "a Latin letter that looks Ukrainian": (
        'letter = "А"',
        'letter = "A"',
        [
            'groups[dity].letter: "A": потрібна одна з літер А Д К Л Р Ф Ш Я Г У М: '
            "решту плутають із цифрами або на слух"
        ],
    ),
    "a code with capitals": (
        'login = "ivan"',
        'login = "Іван Г."',
        [
            'operators[#2].login: "Іван Г.": потрібен код: мала латинська літера, далі малі латинські літери, цифри, '
            "«-» або «_», до 32 знаків"
        ],
    ),
    "a short name too long for a button": (
        'short_name = { uk = "Пенсія" }',
        f'short_name = {{ uk = "{"Я" * 37}" }}',
        ["services[2].short_name: {…}: потрібен текст, не довший за 36 знаків"],
    ),
    "a name without Ukrainian": (
        'city = { uk = "Місто" }',
        'city = { en = "City" }',
        ['city: {…}: потрібен текст, щонайменше українською: { uk = "…", en = "…" }'],
    ),
    "a name that is no table": (
        'city = { uk = "Місто" }',
        'city = "Місто"',
        ['city: "Місто": потрібна таблиця: { … }'],
    ),
    "an hour that does not exist": (
        'mon = ["08:00-17:00"]',
        'mon = ["08:00-25:00"]',
        ['providers[upszn].hours.mon[#1]: "08:00-25:00": потрібен проміжок дня, наприклад "08:00-17:00"'],
    ),
    "a span that ends before it begins": (
        'mon = ["08:00-17:00"]',
        'mon = ["17:00-08:00"]',
        ['providers[upszn].hours.mon[#1]: "17:00-08:00": потрібен час початку, раніший за час кінця'],
    ),
    "a span without a list": (
        'mon = ["08:00-17:00"]',
        'mon = "08:00-17:00"',
        ['providers[upszn].hours.mon: "08:00-17:00": потрібен список у квадратних дужках: ["…", "…"]'],
    ),
    "a day that does not exist": (
        'mon = ["08:00-17:00"]',
        'monday = ["08:00-17:00"]',
        ['providers[upszn].hours.monday: "monday": потрібне одне з: mon, tue, wed, thu, fri, sat, sun'],
    ),
    "a time zone from nowhere": (
        'code = "test"',
        'code = "test"\ntimezone = "Європа/Київ"',
        ['timezone: "Європа/Київ": потрібен часовий пояс із бази IANA, наприклад "Europe/Kyiv"'],
    ),
    "a time zone that is a path": (
        'code = "test"',
        'code = "test"\ntimezone = "../../etc/passwd"',
        ['timezone: "../../etc/passwd": потрібен часовий пояс із бази IANA, наприклад "Europe/Kyiv"'],
    ),
    "half a time zone": (
        'code = "test"',
        'code = "test"\ntimezone = "Europe"',
        ['timezone: "Europe": потрібен часовий пояс із бази IANA, наприклад "Europe/Kyiv"'],
    ),
    "a date in quotes": (
        'code = "test"',
        'code = "test"\napproved_on = "торік"',
        ['approved_on: "торік": потрібна дата без лапок, наприклад 2020-10-21'],
    ),
    "a time that is no time": (
        "max_calls = 3",
        'hard_day_stop = "опівночі"',
        ['rules.hard_day_stop: "опівночі": потрібен час, наприклад "23:30"'],
    ),
    "a printer without a wire": (
        "max_calls = 3",
        '[printer]\nwire = "usb:"\npaper_mm = 76',
        [
            'printer.wire: "usb:": потрібна адреса принтера: network:HOST:PORT, usb:VENDOR:PRODUCT, serial:/dev/…, '
            "cups:QUEUE, file:PATH або memory:",
            "printer.paper_mm: 76: потрібне одне з: 80, 58",
        ],
    ),
    "an address without https": (
        "max_calls = 3",
        '[server]\npublic_url = "cherha.example"',
        [
            'server.public_url: "cherha.example": потрібна адреса, що починається з https:// або http://, '
            "чи порожній текст"
        ],
    ),
    "a special day without its hours": (
        "max_calls = 3",
        f'max_calls = 3\n{SPECIAL_DAY}kind = "short"',
        ["special_days[2026-12-31]: {…}: для дня short або special потрібні години hours, а для closed їх не пишуть"],
    ),
    "a closed day with hours": (
        "max_calls = 3",
        f'max_calls = 3\n{SPECIAL_DAY}kind = "closed"\nprovider = "upszn"\nhours = ["08:00-12:00"]',
        [
            "special_days[2026-12-31/upszn]: {…}: для дня short або special потрібні години hours, "
            "а для closed їх не пишуть"
        ],
    ),
    "a special day nobody confirmed": (
        "max_calls = 3",
        'max_calls = 3\n[[special_days]]\nday = 2026-12-31\nkind = "closed"\nreason = "Свято"',
        ["special_days[2026-12-31].confirmed_by: немає: потрібен обов’язковий ключ"],
    ),
    "a special day in quotes": (
        "max_calls = 3",
        "max_calls = 3\n" + SPECIAL_DAY.replace("2026-12-31", '"31 грудня"') + 'kind = "closed"',
        ['special_days[#1].day: "31 грудня": потрібна дата без лапок, наприклад 2020-10-21'],
    ),
    "a special day with a time": (
        "max_calls = 3",
        "max_calls = 3\n" + SPECIAL_DAY.replace("2026-12-31", "2026-12-31T08:00:00") + 'kind = "closed"',
        ["special_days[#1].day: 2026-12-31T08:00:00: потрібна дата без лапок, наприклад 2020-10-21"],
    ),
    "a priority class without its law": (
        "max_calls = 3",
        f"max_calls = 3\n{PRIORITY_CLASS}active = true",
        [
            "priority_classes[vpershe]: {…}: щоб увімкнути (active = true), потрібні legal_basis, proof "
            "(щонайменше uk) та approved_by"
        ],
    ),
    "a priority class whose law, proof and approver are blanks": (
        "max_calls = 3",
        f'max_calls = 3\n{PRIORITY_CLASS}active = true\nlegal_basis = " "\nproof = {{ uk = " " }}\napproved_by = " "',
        [
            "priority_classes[vpershe]: {…}: щоб увімкнути (active = true), потрібні legal_basis, proof "
            "(щонайменше uk) та approved_by"
        ],
    ),
    "a share that must be less than all": (
        "max_calls = 3",
        "appointment_no_show_rate = 1.0",
        ["rules.appointment_no_show_rate: 1.0: потрібне число, менше за 1"],
    ),
    "an estimate that could only be too low": (
        "max_calls = 3",
        "estimate_lower = 1.2\nestimate_upper = 0.9",
        [
            "rules.estimate_lower: 1.2: потрібне число, не більше за 1",
            "rules.estimate_upper: 0.9: потрібне число, не менше за 1",
        ],
    ),
    "a key from nowhere where there are many": (
        "max_calls = 3",
        "zzz = 3",
        [
            "rules.zzz: 3: такого ключа немає; можна: issue_lead_min, last_ticket_min, recall_min_s, no_show_min_s, "
            "no_show_calls, max_calls, return_window_min, max_returns, return_after_calls, sibling_gap_s, "
            "max_active_tickets, holds_per_desk, hold_max_min, snooze_max_min, snoozes, undo_s, "
            "… (config/centres/example.toml)"
        ],
    ),
    "an unknown direction": (
        'groups = ["dity"]',
        'groups = ["dity"]\ndirection = "ліворуч"',
        ['desks[1].direction: "ліворуч": потрібне одне з: "left", "right", "straight", ""'],
    ),
    "a desk that receives nobody": (
        'groups = ["dity"]',
        "groups = []",
        ["desks[1].groups: []: потрібен щонайменше один запис"],
    ),
    "an operator without a surname": (
        'surname = "Тиха"',
        'surname = ""',
        ['operators[olena].surname: "": потрібен непорожній текст'],
    ),
    "a text over several lines": (
        'surname = "Тиха"',
        f'surname = "Тиха\\n{"а" * 80}"',
        [f'operators[olena].surname: "Тиха\\n{"а" * 52}…: потрібен текст, не довший за 60 знаків'],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), WRONG_SHAPE.values(), ids=WRONG_SHAPE)
def test_a_wrong_shape_is_told_by_its_key_value_and_what_was_expected(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    assert mistakes_in(tmp_path, changed(old, new)) == [f"c.toml: {line}" for line in expected]


def test_rows_written_as_something_else_are_told(tmp_path: Path) -> None:
    rows = GOOD[GOOD.index("[[operators]]") : GOOD.index("[rules]")]
    assert mistakes_in(tmp_path, 'operators = "Олена"\n' + changed(rows, "")) == [
        'c.toml: operators: "Олена": потрібні окремі записи [[operators]]'
    ]
    assert mistakes_in(tmp_path, "operators = [1, {}]\n" + changed(rows, "")) == [
        "c.toml: operators[#1]: 1: потрібна таблиця: { … }",
        *(
            f"c.toml: operators[#2].{key}: немає: потрібен обов’язковий ключ"
            for key in ("login", "surname", "given_name", "provider", "primary")
        ),
    ]


WRONG_REFERENCES = {
    "one letter for two queues": (
        'letter = "Д"',
        'letter = "А"',
        ['groups[pensii].letter: "А": потрібне інше значення: це вже має groups[dity]'],
    ),
    "one number for two services": (
        "number = 2\ngroup",
        "number = 1\ngroup",
        ["services[#2].number: 1: потрібне інше значення: це вже має services[1]"],
    ),
    "one number for two desks": (
        "number = 2\nzone",
        "number = 1\nzone",
        ["desks[#2].number: 1: потрібне інше значення: це вже має desks[1]"],
    ),
    "one login for two operators": (
        'login = "ivan"',
        'login = "olena"',
        ['operators[#2].login: "olena": потрібне інше значення: це вже має operators[olena]'],
    ),
    "one code for two zones": (
        "[rules]",
        '[[zones]]\ncode = "hall"\nname = { uk = "Інша" }\n[rules]',
        ['zones[#2].code: "hall": потрібне інше значення: це вже має zones[hall]'],
    ),
    "two buttons that read the same": (
        'group = "pensii"\nname = { uk = "Призначення пенсії" }\nshort_name = { uk = "Пенсія" }',
        'group = "dity"\nname = { uk = "Інше" }\nshort_name = { uk = "Народження" }',
        ['services[2].short_name.uk: "Народження": потрібне інше значення: це вже має services[1]'],
    ),
    "a service of an unknown group": (
        'group = "pensii"',
        'group = "pensiyi"',
        ['services[2].group: "pensiyi": такої групи немає; є: dity, pensii'],
    ),
    "a group of an unknown provider": (
        'provider = "pfu"\nletter',
        'provider = "fond"\nletter',
        [
            'groups[pensii].provider: "fond": такої установи немає; є: upszn, pfu',
            'operators[ivan].primary[#1]: "pensii": потрібна група установи працівника (pfu), а ця належить fond',
        ],
    ),
    "a desk in an unknown zone": (
        'number = 2\nzone = "hall"',
        'number = 2\nzone = "foyer"',
        ['desks[2].zone: "foyer": такої зони немає; є: hall'],
    ),
    "a wall in an unknown zone": (
        "max_calls = 3",
        '[board]\nzones = ["hall", "foyer", "hall"]',
        [
            'board.zones[#2]: "foyer": такої зони немає; є: hall',
            'board.zones[#3]: "hall": те саме записано двічі: залиште один запис',
        ],
    ),
    "a desk shared by two providers": (
        'groups = ["pensii"]',
        'groups = ["pensii", "dity"]',
        [
            'desks[2].groups[#2]: "dity": на одному робочому місці потрібні групи однієї установи (pfu), '
            "а ця належить upszn"
        ],
    ),
    "an operator who would call another provider's visitors": (
        'primary = ["pensii"]',
        'primary = ["pensii"]\nsecondary = ["dity", "pensii"]',
        [
            'operators[ivan].secondary[#2]: "pensii": те саме записано двічі: залиште один запис',
            'operators[ivan].secondary[#1]: "dity": потрібна група установи працівника (pfu), а ця належить upszn',
        ],
    ),
    "spans of a day that overlap": (
        'mon = ["08:00-17:00"]',
        'mon = ["08:00-12:00", "11:30-17:00"]',
        [
            'providers[upszn].hours.mon[#2]: "11:30-17:00": потрібні проміжки, що не накладаються: '
            "інший проміжок цього дня — 08:00-12:00"
        ],
    ),
    "a provider open after the day was stopped": (
        "max_calls = 3",
        'hard_day_stop = "16:00"',
        [
            'providers[upszn].hours.mon[#1]: "08:00-17:00": потрібен час, не пізніший за rules.hard_day_stop (16:00)',
        ],
    ),
    "spans of the centre that overlap": (
        "[[zones]]",
        '[hours]\nmon = ["08:00-12:00", "11:00-17:00"]\n[[zones]]',
        ['hours.mon[#2]: "11:00-17:00": потрібні проміжки, що не накладаються: інший проміжок цього дня — 08:00-12:00'],
    ),
    "a desk whose spans overlap and pass the stop of the day": (
        'groups = ["pensii"]',
        'groups = ["pensii"]\n[desks.hours]\ntue = ["08:00-12:00", "11:00-23:45"]',
        [
            'desks[2].hours.tue[#2]: "11:00-23:45": потрібні проміжки, що не накладаються: '
            "інший проміжок цього дня — 08:00-12:00",
            'desks[2].hours.tue[#2]: "11:00-23:45": потрібен час, не пізніший за rules.hard_day_stop (23:30)',
        ],
    ),
    "a special day whose spans overlap and pass the stop of the day": (
        "[rules]",
        f'{SPECIAL_DAY}kind = "special"\nhours = ["08:00-12:00", "11:00-23:45"]\n[rules]',
        [
            'special_days[2026-12-31].hours[#2]: "11:00-23:45": потрібні проміжки, що не накладаються: '
            "інший проміжок цього дня — 08:00-12:00",
            'special_days[2026-12-31].hours[#2]: "11:00-23:45": потрібен час, не пізніший за '
            "rules.hard_day_stop (23:30)",
        ],
    ),
    "a special day of an unknown provider": (
        "[rules]",
        f'{SPECIAL_DAY}kind = "closed"\nprovider = "fond"\n[rules]',
        ['special_days[#1].provider: "fond": такої установи немає; є: upszn, pfu'],
    ),
    "two special days of the centre on one date": (
        "[rules]",
        f'{SPECIAL_DAY}kind = "closed"\n{SPECIAL_DAY}kind = "short"\nhours = ["08:00-12:00"]\n[rules]',
        ["special_days[#2].day: 2026-12-31: потрібне інше значення: це вже має special_days[2026-12-31]"],
    ),
    "two special days of a provider on one date": (
        "[rules]",
        f'{SPECIAL_DAY}kind = "closed"\nprovider = "pfu"\n' * 2 + "[rules]",
        ["special_days[#2].day: 2026-12-31: потрібне інше значення: це вже має special_days[2026-12-31/pfu]"],
    ),
    "one code for two priority classes": (
        "[rules]",
        f"{PRIORITY_CLASS * 2}[rules]",
        ['priority_classes[#2].code: "vpershe": потрібне інше значення: це вже має priority_classes[vpershe]'],
    ),
    "tickets given again before there is more room than when they stopped": (
        "max_calls = 3",
        "capacity_factor = 0.7",
        ["rules.capacity_reopen: 0.75: потрібне число, не більше за rules.capacity_factor (0.7)"],
    ),
    "more calls before a no-show than calls there may be": (
        "max_calls = 3",
        "max_calls = 1",
        ["rules.no_show_calls: 2: потрібне число, не більше за rules.max_calls (1)"],
    ),
    "a language without words": (
        'code = "test"',
        'code = "test"\nlanguages = ["en", "xx", "en"]',
        [
            'languages[#2]: "xx": файлу перекладу для цієї мови немає; є: LANGUAGES',
            'languages[#3]: "en": те саме записано двічі: залиште один запис',
            'languages: […]: серед мов потрібна українська: "uk"',
        ],
    ),
    "a language code with a slip of the finger": (
        'en = "Centre"',
        'em = "Centre"',
        ['name.em: "em": мови з таким кодом немає; є: LANGUAGES'],
    ),
    "a queue without a desk": (
        'groups = ["pensii"]',
        'groups = ["dity"]',
        [
            'groups[pensii]: "pensii": потрібне щонайменше одне робоче місце, де приймають цю групу: '
            "інакше талонів ніхто не викличе",
            'operators[ivan]: "ivan": потрібна щонайменше одна група, яку приймають на якомусь робочому місці',
        ],
    ),
    "a queue without an operator": (
        'login = "ivan"\nsurname = "Гучний"\ngiven_name = "Іван"\nprovider = "pfu"\nprimary = ["pensii"]',
        'login = "ivan"\nsurname = "Гучний"\ngiven_name = "Іван"\nprovider = "upszn"\nprimary = ["dity"]',
        [
            'desks[2].groups[#1]: "pensii": потрібен щонайменше один працівник, який приймає цю групу '
            "(primary або secondary)"
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), WRONG_REFERENCES.values(), ids=WRONG_REFERENCES)
def test_a_reference_that_does_not_hold_is_told(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    lines = mistakes_in(tmp_path, changed(old, new))
    assert lines == [f"c.toml: {line.replace('LANGUAGES', ', '.join(languages()))}" for line in expected]


def test_one_date_may_be_special_for_the_centre_and_otherwise_for_a_provider(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    days = f'{SPECIAL_DAY}kind = "closed"\n{SPECIAL_DAY}kind = "short"\nprovider = "pfu"\nhours = ["08:00-12:00"]\n'
    file.write_text(changed("[rules]", f"{days}[rules]"), encoding="utf-8")
    assert [(str(day.day), day.provider) for day in load_centre(file).special_days] == [
        ("2026-12-31", None),
        ("2026-12-31", "pfu"),
    ]


def test_a_priority_class_with_its_law_proof_and_approver_may_be_active(tmp_path: Path) -> None:
    founded = 'active = true\nlegal_basis = "Закон, ст. 1"\nproof = { uk = "Посвідчення" }\napproved_by = "Керівник"\n'
    file = tmp_path / "c.toml"
    file.write_text(changed("[rules]", f"{PRIORITY_CLASS}{founded}[rules]"), encoding="utf-8")
    assert [row.active for row in load_centre(file).priority_classes] == [True]


def test_operators_may_all_be_entered_by_command_instead(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(changed(GOOD[GOOD.index("[[operators]]") : GOOD.index("[rules]")], ""), encoding="utf-8")
    assert load_centre(file).operators == []


def test_all_mistakes_come_at_once_also_those_between_rows(tmp_path: Path) -> None:
    text = changed('letter = "А"', 'letter = "О"').replace('group = "pensii"', 'group = "pensia"')
    text = text.replace("max_calls = 3", 'max_calls = "три"').replace("number = 2\nzone", "number = 1\nzone")
    assert mistakes_in(tmp_path, text, "en") == [
        'c.toml: groups[dity].letter: "О": expected one of the letters А Д К Л Р Ф Ш Я Г У М: '
        "the others are mistaken for figures or for each other by ear",
        'c.toml: rules.max_calls: "три": expected a whole number without quotes',
        "c.toml: desks[#2].number: 1: expected another value: desks[1] has this one already",
        'c.toml: services[2].group: "pensia": there is no such group; there are: dity, pensii',
    ]


def test_a_reference_to_a_row_with_a_mistake_of_its_own_still_holds(tmp_path: Path) -> None:
    (line,) = mistakes_in(tmp_path, changed('letter = "А"', 'letter = "О"'))
    assert line.startswith("c.toml: groups[dity].letter")


NO_TOML = {
    "a text without its end": (
        'code = "test\n',
        'c.toml: рядок 1: code = "test: потрібен запис за правилами TOML: ключ = значення, текст у прямих лапках "…"',
    ),
    "curly quotes": (
        '\n\nname = «Центр»\ncode = "x"\n',
        'c.toml: рядок 3: name = «Центр»: потрібен запис за правилами TOML: ключ = значення, текст у прямих лапках "…"',
    ),
    "a key twice": (
        'code = "a"\ncode = "b"\n',
        'c.toml: рядок 2: code = "b": цей ключ або таблицю вже записано вище: залиште один запис',
    ),
    "a table twice": (
        "[rules]\n[voice]\n[rules]\n",
        "c.toml: рядок 3: [rules]: цей ключ або таблицю вже записано вище: залиште один запис",
    ),
    "a bracket that never closes": (
        "languages = [\n",
        'c.toml: кінець файлу: потрібен запис за правилами TOML: ключ = значення, текст у прямих лапках "…"',
    ),
    "a date that does not exist": (
        "approved_on = 2020-13-45\n",
        "c.toml: рядок 1: approved_on = 2020-13-45: потрібен запис за правилами TOML: ключ = значення, "
        'текст у прямих лапках "…"',
    ),
    "a number of ten thousand figures": (
        f"code = {'9' * 10_000}\n",
        'c.toml: потрібен запис за правилами TOML: ключ = значення, текст у прямих лапках "…"',
    ),
    "brackets without end": (
        f"code = {'[' * 100_000}\n",
        "c.toml: потрібен звичайний файл TOML без безлічі вкладених дужок",
    ),
    "not UTF-8": (
        'code = "test"\nname = "Центр"\n'.encode("cp1251"),
        "c.toml: рядок 2: потрібен текст у кодуванні UTF-8",
    ),
    "ten million bytes": (
        b"# " + b"x" * 10_000_000,
        "c.toml: потрібен файл до 1024 КБ: більший не може бути файлом центру",
    ),
}


@pytest.mark.parametrize(("content", "line"), NO_TOML.values(), ids=NO_TOML)
def test_what_is_no_toml_is_told_by_its_line(tmp_path: Path, content: str | bytes, line: str) -> None:
    assert mistakes_in(tmp_path, content) == [line]


def test_an_empty_file_is_told_what_a_centre_needs(tmp_path: Path) -> None:
    assert mistakes_in(tmp_path, "", "en") == [
        f"c.toml: {key}: nothing: expected this key, which is required"
        for key in ("code", "name", "city", "address", "zones", "providers")
    ]


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_bytes(GOOD.encode().ljust(LARGEST_FILE, b"\n"))
    assert load_centre(file).code == "test"


def test_a_path_with_nothing_a_folder_or_a_device_is_told(tmp_path: Path) -> None:
    assert mistakes(tmp_path / "none.toml") == ["none.toml: потрібен файл центру, а за цим шляхом нічого немає"]
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    assert mistakes(folder) == ["folder.toml: потрібен звичайний файл, а не тека чи пристрій"]
    (folder / "a").write_text("")
    assert mistakes(folder / "a" / "b.toml") == ["b.toml: потрібен файл центру, а за цим шляхом нічого немає"]
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert mistakes(pipe, "en") == ["pipe.toml: expected an ordinary file, not a folder or a device"]


def test_a_name_too_long_for_a_path_is_told(tmp_path: Path) -> None:
    name = "а" * 5000
    assert mistakes(tmp_path / name) == [f"{name}: потрібен файл, який дозволено читати"]


def test_a_row_is_named_by_its_place_also_after_a_row_without_a_name(tmp_path: Path) -> None:
    text = changed('code = "dity"\n', "") + GOOD[GOOD.index("[[groups]]") : GOOD.index("[[services]]")]
    assert 'c.toml: groups[#4].code: "pensii": потрібне інше значення: це вже має groups[pensii]' in mistakes_in(
        tmp_path, text
    )


def test_odd_keys_stay_on_one_line(tmp_path: Path) -> None:
    (line,) = mistakes_in(tmp_path, '"новий\\nрядок" = 1\n' + GOOD, "en")
    assert line.startswith('c.toml: "новий\\nрядок": 1: there is no such key; possible: code, name')


def places(data: object, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for step, inside in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*at, step)
        yield from places(inside, (*at, step))


FULL = (
    changed("[[zones]]", '[hours]\nmon = ["08:00-17:00"]\n[[zones]]')
    + f'{SPECIAL_DAY}kind = "short"\nprovider = "upszn"\nhours = ["08:00-12:00"]\n'
    + PRIORITY_CLASS
    + 'legal_basis = "Закон"\nproof = { uk = "Посвідчення" }\n'
)

WRONG_VALUES: dict[str, object] = {
    "a huge number": 16**6000,
    "no number": nan,
    "a text": "два\nрядки",
    "a long text": "ї" * 5000,
    "a moment": datetime(2020, 10, 21, tzinfo=UTC),
    "a list of all sorts": [1, "a", {}, []],
    "an empty table": {},
    "a table of tables": {"uk": {"uk": [1]}, "": 1},
}


@pytest.mark.parametrize("value", WRONG_VALUES.values(), ids=WRONG_VALUES)
@pytest.mark.parametrize("language", ["uk", "en"])
def test_whatever_stands_wherever_it_is_never_a_traceback(value: object, language: str) -> None:
    refused = 0
    for place in list(places(tomllib.loads(FULL))):
        raw = tomllib.loads(FULL)
        inside: Any = raw
        for step in place[:-1]:
            inside = inside[step]
        inside[place[-1]] = value
        try:
            centre_from(raw, "c.toml", language)
        except BadSettings as bad:
            refused += 1
            for mistake in bad.mistakes:
                assert "\n" not in str(mistake)
                assert len(str(mistake)) < 500
                assert not re.search(r"settings-|\{\$|потрібне інше значення: [A-Z]", str(mistake)), str(mistake)
    assert refused > 60
