"""What changed between two versions of a centre, and a short name for one version. Judges nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from config.keys import ROW_NAMES, row_name
from config.settings import Centre

Value = Any
"""A JSON value: what a setting looks like in the log."""


@dataclass(frozen=True, slots=True)
class Change:
    """One setting before and after, as JSON values; None where there was, or is, nothing.

    A row that came or went is one change with the whole row; a new order of rows is ``services.order``.
    """

    key: str
    old: Value
    new: Value

    def __str__(self) -> str:
        return f"{self.key}: {_shown(self.old)} → {_shown(self.new)}"


def difference(old: Centre | None, new: Centre) -> list[Change]:
    """Every change from ``old`` to ``new``, in the order of the settings; empty exactly when nothing differs."""
    before = old.model_dump(mode="json") if old else {}
    return list(_of_tables("", before, new.model_dump(mode="json")))


def fingerprint(centre: Centre) -> str:
    """SHA-256 in hex of the centre's canonical JSON: equal settings have equal fingerprints, however written."""
    canonical = json.dumps(centre.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _of_tables(at: str, old: dict[str, Value], new: dict[str, Value]) -> Iterator[Change]:
    for name in [*new, *(gone for gone in old if gone not in new)]:
        key = f"{at}.{name}" if at else name
        if not at and name in ROW_NAMES:
            yield from _of_rows(name, old.get(name, []), new.get(name, []))
        else:
            yield from _of_values(key, old.get(name), new.get(name))


def _of_values(key: str, old: Value, new: Value) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _of_tables(key, old, new)
    elif old != new:
        yield Change(key, old, new)


def _of_rows(section: str, old: list[dict[str, Value]], new: list[dict[str, Value]]) -> Iterator[Change]:
    before = {row_name(section, row): row for row in old}
    after = {row_name(section, row): row for row in new}
    for name in [*after, *(gone for gone in before if gone not in after)]:
        yield from _of_values(f"{section}[{name}]", before.get(name), after.get(name))
    stayed_before = [name for name in before if name in after]
    stayed_after = [name for name in after if name in before]
    if stayed_before != stayed_after:
        yield Change(f"{section}.order", stayed_before, stayed_after)


def _shown(value: Value) -> str:
    return "—" if value is None else json.dumps(value, ensure_ascii=False)
