"""What is wrong between the rows of a centre file: names taken twice, references to nowhere, queues nobody serves.

Rows whose own shape is wrong are left out here (``config.shape`` reports them), but references to them hold.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from config import words
from config.keys import ROW_NAMES, Finding, Location, place_key, row_name
from config.settings import (
    CODE_PATTERN,
    Board,
    Desk,
    Group,
    Hours,
    Interval,
    Operator,
    Part,
    PriorityClass,
    Provider,
    Rules,
    Service,
    SpecialDay,
    Zone,
)

Raw = dict[str, object]
PartT = TypeVar("PartT", bound=Part)
Rows = list[tuple[int, PartT]]
"""The rows of one list that have the right shape, each with its place in the file."""

_HOURS: TypeAdapter[Hours] = TypeAdapter(Hours)


class Parts:
    """The rows of a parsed file that can be looked at, and every name the file declares."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.whole = True  # every row has the right shape
        self.hours = self._hours()
        self.special_days = self._rows("special_days", SpecialDay)
        self.priority_classes = self._rows("priority_classes", PriorityClass)
        self.zones = self._rows("zones", Zone)
        self.providers = self._rows("providers", Provider)
        self.groups = self._rows("groups", Group)
        self.services = self._rows("services", Service)
        self.desks = self._rows("desks", Desk)
        self.operators = self._rows("operators", Operator)
        self.rules = self._table("rules", Rules())
        self.board = self._table("board", Board())
        self.provider_of = {group.code: group.provider for _, group in self.groups}

    def _rows(self, section: str, model: type[PartT]) -> Rows[PartT]:
        rows: Rows[PartT] = []
        for position, row in enumerate(self._raw_rows(section)):
            try:
                rows.append((position, model.model_validate(row)))
            except ValidationError:
                self.whole = False
        return rows

    def _table(self, section: str, default: PartT) -> PartT:
        try:
            return type(default).model_validate(self.raw.get(section, {}))
        except ValidationError:
            return default

    def _hours(self) -> Hours:
        try:
            return _HOURS.validate_python(self.raw.get("hours", {}))
        except ValidationError:
            return {}

    def _raw_rows(self, section: str) -> list[object]:
        rows = self.raw.get(section)
        return rows if isinstance(rows, list) else []

    def declared(self, section: str) -> list[tuple[int, str | int | date, object]]:
        """Every name of the list, also of rows whose shape is wrong: place in the file, name, its first field."""
        field, *_ = ROW_NAMES[section]
        rows = [(i, row) for i, row in enumerate(self._raw_rows(section)) if isinstance(row, dict)]
        named = [(i, row_name(section, row), row.get(field)) for i, row in rows]
        return [(i, name, first) for i, name, first in named if isinstance(name, str | int | date)]


def reference_findings(raw: Raw) -> list[Finding]:
    """Every mistake between rows; whether each queue is served is looked at once nothing else is wrong."""
    parts = Parts(raw)
    found = [
        *_taken_twice(parts),
        *_pointing_nowhere(parts),
        *_repeated(parts),
        *_across_providers(parts),
        *_hours(parts),
        *_rules(parts),
        *_languages(raw),
    ]
    return found if found or not parts.whole else list(_not_served(parts))


def _taken_twice(parts: Parts) -> Iterator[Finding]:
    for section, (field, *_) in ROW_NAMES.items():
        yield from _same(parts, section, field, parts.declared(section))
    letters = [(i, group.letter, group.letter) for i, group in parts.groups]
    yield from _same(parts, "groups", "letter", letters)
    # Two buttons with one text on one screen of the kiosk.
    for language in words.languages():
        buttons = [
            (i, (service.group, service.short_name[language]), service.short_name[language])
            for i, service in parts.services
            if service.active and language in service.short_name
        ]
        yield from _same(parts, "services", f"short_name.{language}", buttons)


def _same(parts: Parts, section: str, field: str, values: Sequence[tuple[int, Hashable, object]]) -> Iterator[Finding]:
    first: dict[Hashable, int] = {}
    for position, identity, shown in values:
        earlier = first.setdefault(identity, position)
        if earlier != position:
            holder = place_key((section, earlier), parts.raw)
            yield Finding((section, position, *field.split(".")), shown, "settings-taken", {"holder": holder})


def _pointing_nowhere(parts: Parts) -> Iterator[Finding]:
    known = {
        section: [name for _, name, _ in parts.declared(section) if isinstance(name, str)]
        for section in ("zones", "providers", "groups")
    }

    def check(location: Location, code: str, section: str) -> Iterator[Finding]:
        if code not in known[section]:
            names = ", ".join(name for name in known[section] if re.match(CODE_PATTERN, name)) or "—"
            yield Finding(location, code, f"settings-no-such-{section.removesuffix('s')}", {"known": names})

    for i, special in parts.special_days:
        if special.provider is not None:
            yield from check(("special_days", i, "provider"), special.provider, "providers")
    for i, group in parts.groups:
        yield from check(("groups", i, "provider"), group.provider, "providers")
        yield from check(("groups", i, "zone"), group.zone, "zones")
    for i, service in parts.services:
        yield from check(("services", i, "group"), service.group, "groups")
    for i, desk in parts.desks:
        yield from check(("desks", i, "zone"), desk.zone, "zones")
        for place, code in enumerate(desk.groups):
            yield from check(("desks", i, "groups", place), code, "groups")
    for i, operator in parts.operators:
        yield from check(("operators", i, "provider"), operator.provider, "providers")
        for location, code in _skills(i, operator):
            yield from check(location, code, "groups")
    for place, code in enumerate(parts.board.zones):
        yield from check(("board", "zones", place), code, "zones")


def _skills(i: int, operator: Operator) -> Iterator[tuple[Location, str]]:
    yield from ((("operators", i, "primary", place), code) for place, code in enumerate(operator.primary))
    yield from ((("operators", i, "secondary", place), code) for place, code in enumerate(operator.secondary))


def _repeated(parts: Parts) -> Iterator[Finding]:
    yield from _twice((("board", "zones", place), code) for place, code in enumerate(parts.board.zones))
    for i, desk in parts.desks:
        yield from _twice((("desks", i, "groups", place), code) for place, code in enumerate(desk.groups))
    for i, operator in parts.operators:
        yield from _twice(_skills(i, operator))


def _twice(codes: Iterable[tuple[Location, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for location, code in codes:
        if code in seen:
            yield Finding(location, code, "settings-repeated")
        seen.add(code)


def _across_providers(parts: Parts) -> Iterator[Finding]:
    """A visitor is received by an employee of the provider of the service (Б-Рег 15)."""
    for i, desk in parts.desks:
        first = next((parts.provider_of[code] for code in desk.groups if code in parts.provider_of), None)
        for place, code in enumerate(desk.groups):
            if parts.provider_of.get(code, first) != first:
                facts: dict[str, str | int] = {"provider": first or "", "other": parts.provider_of[code]}
                yield Finding(("desks", i, "groups", place), code, "settings-desk-provider", facts)
    for i, operator in parts.operators:
        for location, code in _skills(i, operator):
            other = parts.provider_of.get(code, operator.provider)
            if other != operator.provider:
                facts = {"provider": operator.provider, "other": other}
                yield Finding(location, code, "settings-operator-provider", facts)


def _hours(parts: Parts) -> Iterator[Finding]:
    stop = parts.rules.hard_day_stop
    for at, intervals in _days(parts):
        for place, interval in enumerate(intervals):
            over = [it for it in intervals[:place] if it.opens < interval.closes and interval.opens < it.closes]
            if over:
                yield Finding((*at, place), str(interval), "settings-hours-overlap", {"other": str(over[0])})
            if interval.closes > stop:
                yield Finding((*at, place), str(interval), "settings-hours-stop", {"stop": f"{stop:%H:%M}"})


def _days(parts: Parts) -> Iterator[tuple[Location, list[Interval]]]:
    """The spans of every day the file speaks of: of the centre, its providers, its desks, and special days."""
    weeks: list[tuple[Location, Hours | None]] = [
        (("hours",), parts.hours),
        *((("providers", i, "hours"), provider.hours) for i, provider in parts.providers),
        *((("desks", i, "hours"), desk.hours) for i, desk in parts.desks),
    ]
    for at, hours in weeks:
        yield from (((*at, day), intervals) for day, intervals in (hours or {}).items())
    yield from ((("special_days", i, "hours"), special.hours) for i, special in parts.special_days)


def _rules(parts: Parts) -> Iterator[Finding]:
    rules = parts.rules
    if rules.no_show_calls > rules.max_calls:
        limit = rules.max_calls
        yield Finding(("rules", "no_show_calls"), rules.no_show_calls, "settings-no-show-calls", {"limit": limit})
    if 0 < rules.capacity_factor < rules.capacity_reopen:
        facts: dict[str, str | int] = {"limit": f"{rules.capacity_factor:g}"}
        yield Finding(("rules", "capacity_reopen"), rules.capacity_reopen, "settings-capacity-reopen", facts)


def _languages(raw: Raw) -> Iterator[Finding]:
    """Every offered language has its words, Ukrainian is one of them, and texts are in languages that exist."""
    known = words.languages()
    offered = raw.get("languages", [])
    if not isinstance(offered, list) or not all(isinstance(code, str) for code in offered):
        return
    for place, code in enumerate(offered):
        if code not in known:
            yield Finding(("languages", place), code, "settings-language-file", {"known": ", ".join(known)})
        if code in offered[:place]:
            yield Finding(("languages", place), code, "settings-repeated")
    if offered and "uk" not in offered:
        yield Finding(("languages",), offered, "settings-language-ukrainian")
    for location, code in _text_languages((), raw):
        if code not in known and code not in offered:
            yield Finding(location, code, "settings-text-language", {"known": ", ".join(known)})


def _text_languages(at: Location, data: object) -> Iterator[tuple[Location, str]]:
    """The languages of every text in the file: a text is a table that has Ukrainian."""
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, inside in steps:
        if isinstance(inside, dict) and "uk" in inside:
            yield from (((*at, step, code), code) for code in inside)
        else:
            yield from _text_languages((*at, step), inside)


def _not_served(parts: Parts) -> Iterator[Finding]:
    """A ticket that no desk or operator may call would wait for ever (Б-Рег 14)."""
    at_desks = {code for _, desk in parts.desks for code in desk.groups}
    skilled = {code for i, operator in parts.operators for _, code in _skills(i, operator)}
    used = {service.group for _, service in parts.services if service.active}
    for i, group in parts.groups:
        if group.code in used and group.code not in at_desks:
            yield Finding(("groups", i), group.code, "settings-no-desk")
    if not parts.operators:  # they may all be entered by ``cherha user add`` instead
        return
    for i, desk in parts.desks:
        for place, code in enumerate(desk.groups):
            if code not in skilled:
                yield Finding(("desks", i, "groups", place), code, "settings-no-operator")
    for i, operator in parts.operators:
        if at_desks.isdisjoint(code for _, code in _skills(i, operator)):
            yield Finding(("operators", i), operator.login, "settings-operator-idle")
