"""Whose an appointment is: the six figures, and a name and contact if they were given. Erased a day after the slot.

The log and the hall know appointments by row number only; this table is the way from a person to that number (R51).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from queue_server.ledger import Ledger
from queue_server.messages import PersonShort
from queue_server.records import stamp

ERASED_AFTER = timedelta(days=2)  # the day of the slot, and the day after it


@dataclass(frozen=True, slots=True)
class Person:
    """What was told when the time was agreed; every part is optional."""

    name: PersonShort | None = None
    contact: str = ""
    notice_version: str = ""
    noticed_at: datetime | None = None


class Booked:
    """The erasable table ``booked_by`` of one centre."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def new_code(self) -> str:
        """Six figures that no other appointment has."""
        while True:
            code = f"{secrets.randbelow(1_000_000):06d}"
            if self.appointment_with(code) is None:
                return code

    def keeping(self, code: str, number: Callable[[], int], day: date, person: Person) -> Callable[[Database], object]:
        """What writes the row in the decision's own transaction; ``number`` is asked when that is folded."""

        def write(db: Database) -> None:
            row = {
                "appointment": number(),
                "code": code,
                "surname": person.name.surname if person.name else None,
                "given_name": person.name.given_name if person.name else None,
                "contact": person.contact or None,
                "notice_version": person.notice_version or None,
                "noticed_at": stamp(person.noticed_at),
                "erase_on": (day + ERASED_AFTER).isoformat(),
            }
            db.table("booked_by").insert(row)

        return write

    def passing_on(self, old: int, number: Callable[[], int], day: date) -> Callable[[Database], object]:
        """A moved appointment keeps its six figures and whose it is."""

        def write(db: Database) -> None:
            db.conn.execute(
                "UPDATE booked_by SET appointment = ?, erase_on = ? WHERE appointment = ?",
                (number(), (day + ERASED_AFTER).isoformat(), old),
            )

        return write

    def appointment_with(self, code: str) -> int | None:
        found = self._ledger.db.conn.execute("SELECT appointment FROM booked_by WHERE code = ?", (code,)).fetchone()
        return int(found[0]) if found else None

    def code_of(self, appointment: int) -> str | None:
        found = self._ledger.db.conn.execute(
            "SELECT code FROM booked_by WHERE appointment = ?", (appointment,)
        ).fetchone()
        return str(found[0]) if found else None

    def name_of(self, appointment: int) -> PersonShort | None:
        found = self._ledger.db.conn.execute(
            "SELECT surname, given_name FROM booked_by WHERE appointment = ?", (appointment,)
        ).fetchone()
        return PersonShort(surname=found[0], given_name=found[1]) if found and found[0] else None
