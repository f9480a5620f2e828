"""How a place in a centre file is named for a person: ``services[22].short_name.uk``.

A row is named by its own code, number or login, so that the name stays true when rows move. Knows no rules.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

Location = tuple[int | str, ...]
"""A path into the parsed file: ``("services", 21, "short_name", "uk")``."""

ROW_NAMES = {
    "zones": "code",
    "providers": "code",
    "groups": "code",
    "services": "number",
    "desks": "number",
    "operators": "login",
}
"""The lists of a centre and the field that names one row."""


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
        elif index == 1 and key in ROW_NAMES and location[2:] != (ROW_NAMES[key],):
            key = f"{key}[{_row_name(key, inside, step)}]"
        else:
            key = f"{key}[#{step + 1}]"
    return key


def _row_name(section: str, row: object, position: int) -> str:
    match _inside(row, ROW_NAMES[section]):
        case str(name) if re.fullmatch(r"[\w-]{1,40}", name):
            return name
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
