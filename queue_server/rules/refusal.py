"""How a rule says no: a stable code, the values its sentence needs, and nothing about HTTP or languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Refused(Exception):
    """The command is understood and cannot be done now. ``code`` names the sentence ``problem-<code>``.

    ``events``: what the log remembers of the refusal itself, where it is counted.
    """

    def __init__(self, code: str, events: Sequence[Any] = (), **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.events = events
        self.values = values


class Unknown(Refused):
    """There is no such visit, ticket, service or desk."""


class Forbidden(Refused):
    """It exists, but not for this person or device."""
