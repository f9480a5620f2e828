"""How a place in a centre file is named for a person: ``services[22].short_name.uk``.

A row is named by its own code, number or login, so that the name stays true when rows move. Knows no rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Location = tuple[int | str, ...]
"""A path into the parsed file: ``("services", 21, "short_name", "uk")``."""

ROW_NAMES = {
    "special_days": ("day", "provider"),
    "priority_classes": ("code",),
    "zones": ("code",),
    "providers": ("code",),
    "groups": ("code",),
    "services": ("number",),
    "desks": ("number",),
    "operators": ("login",),
}
"""The lists of a centre and the fields that together name one row; all but the first may be missing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake not yet put into words: where, what stands there, and which sentence says what was expected.

    ``value`` is ``NOTHING`` where a key is missing; ``sentence`` is a key of ``config/locale`` and ``facts`` its
    variables.
    """

    location: Location
    value: object
    sentence: str
    facts: dict[str, str | int] = field(default_factory=dict)


NOTHING = object()


def row_name(section: str, row: Mapping[str, object]) -> object:
    """What a row goes by: ``22``, ``"upszn"``, a date, ``"2026-12-31/upszn"``; None or nonsense where it is broken."""
    first, *others = (row.get(field) for field in ROW_NAMES[section])
    more = [value for value in others if value is not None]
    if not more:
        return first
    whole = all(isinstance(value, str | date) for value in (first, *more))
    return "/".join(map(str, (first, *more))) if whole else None


def place_key(location: Location, data: object) -> str:
    """``("services", 21, "short_name", "uk")`` → ``services[22].short_name.uk``.

    A row goes by its place in the file, ``groups[#3]``, where its own name is missing, broken or itself the mistake.
    """
    key, inside = "", data
    for index, step in enumerate(location):
        inside = _inside(inside, step)
        if isinstance(step, str):
            word = step if re.fullmatch(r"[\w-]+", step) else json.dumps(step, ensure_ascii=False)
            key = f"{key}.{word}" if key else word
        elif index == 1 and key in ROW_NAMES and not _is_name(key, location[2:]):
            key = f"{key}[{_row_name(key, inside, step)}]"
        else:
            key = f"{key}[#{step + 1}]"
    return key


def _is_name(section: str, inside_row: Location) -> bool:
    return len(inside_row) == 1 and inside_row[0] in ROW_NAMES[section]


def _row_name(section: str, row: object, position: int) -> str:
    match row_name(section, row) if isinstance(row, dict) else None:
        case str(name) if re.fullmatch(r"[\w-]{1,40}(/[\w-]{1,40})?", name):
            return name
        case date() as day:
            return str(day)
        case bool():
            return f"#{position + 1}"
        case int(number) if 0 < number < 1_000_000:
            return str(number)
        case _:
            return f"#{position + 1}"


def _inside(data: object, step: int | str) -> object:
    match data, step:
        case dict(), str():
            return data.get(step)
        case list(), int() if 0 <= step < len(data):
            return data[step]
        case _:
            return None
