"""What is said of a visitor beside the queue: needs, a claimed class, a reason in words. Erased a day later (R51).

The log knows only the row numbers of these; nothing here is shown on the wall, printed or reported.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Literal

from sqlite_utils import Database

from queue_server.ledger import Ledger

Kind = Literal["needs", "priority", "call_reason"]


class Notes:
    """The erasable table ``visitor_note`` of one centre."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        found = ledger.db.conn.execute("SELECT coalesce(max(id), 0) FROM visitor_note").fetchone()
        self._last = int(found[0])

    def reserve(self) -> int:
        """A row number for an event that is not decided yet; a refused one leaves a gap."""
        self._last += 1
        return self._last

    def keeping(self, row: int, kind: Kind, about: Callable[[], int], text: str) -> Callable[[Database], object]:
        """What writes the row in the decision's own transaction; ``about`` is asked when the decision is folded."""

        def write(db: Database) -> None:
            assert self._ledger.hall.day is not None
            db.conn.execute(
                "INSERT INTO visitor_note (id, service_date, kind, about, text) VALUES (?, ?, ?, ?, ?)",
                (row, self._ledger.hall.day.day.isoformat(), kind, about(), text),
            )

        return write

    def needs(self, visit: int) -> list[str]:
        """What this visitor needs, as it was said when the ticket was taken."""
        found = self._about("needs", visit)
        return list(json.loads(found)) if found else []

    def priority(self, ticket: int) -> str | None:
        """The code of the class that the ticket claims."""
        return self._about("priority", ticket)

    def _about(self, kind: Kind, number: int) -> str | None:
        found = self._ledger.db.conn.execute(
            "SELECT text FROM visitor_note WHERE kind = ? AND about = ? ORDER BY id DESC LIMIT 1", (kind, number)
        ).fetchone()
        return str(found[0]) if found else None


def together(writes: Sequence[Callable[[Database], object]]) -> Callable[[Database], object] | None:
    """Several rows in one transaction; None for none."""
    if not writes:
        return None
    return lambda db: [write(db) for write in writes]
