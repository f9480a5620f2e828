"""How a rule says no: a stable code, the values its sentence needs, and nothing about HTTP or languages."""

from __future__ import annotations


class Refused(Exception):
    """The command is understood and cannot be done now. ``code`` names the sentence ``problem-<code>``."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Unknown(Refused):
    """There is no such visit, ticket, service or desk."""


class Forbidden(Refused):
    """It exists, but not for this person or device."""
