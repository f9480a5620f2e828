"""The figures of simulated days as tables for the terminal, in the reader's language: one for each load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.table import Table

from config.words import Words

WAITS = ("wait_mean_min", "wait_median_min", "wait_p90_min")
CLASSES = {"ordinary": "W", "booked": "A", "priority": "P"}


def tables(found: Sequence[dict[str, Any]], words: Words) -> Iterator[Table]:
    """The policies of one load side by side, in the order in which they were played."""
    for load, of_load in groupby(found, lambda one: float(one["load"])):
        policies = list(of_load)
        told = {"days": policies[0]["days"], "seed": policies[0]["seed"], "load": f"{load:.0%}"}
        drawn = Table(title=words("simulate-title", **told), title_justify="left")
        drawn.add_column()
        for one in policies:
            drawn.add_column(words(f"simulate-{one['policy']}"), justify="right")
        columns = [_cells(one) for one in policies]
        for name in columns[0]:
            drawn.add_row(words(f"simulate-{name}"), *(column[name] for column in columns))
        yield drawn


def _cells(one: dict[str, Any]) -> dict[str, str]:
    waits = {name: _several(*(one["classes"][cls][each] for each in WAITS)) for name, cls in CLASSES.items()}
    covered = one["promise_covered"]
    return {
        **waits,
        "overtaking": " · ".join(str(one["overtaking"][bound]) for bound in ("a", "b", "c")),
        "overtaken": _several(one["overtaken_p90"]),
        "two-desks": str(one["two_desks"]),
        "promise": "—" if covered is None else f"{covered:.0%}",
        "width": _several(one["promise_width_median_min"]),
        "end": _several(one["end_after_close_median_min"], one["end_after_close_p90_min"]),
        "refused": f"{one['refused'] / ((one['tickets'] + one['refused']) or 1):.0%}",
    }


def _several(*values: float | None) -> str:
    return " · ".join("—" if value is None else str(round(value)) for value in values)
