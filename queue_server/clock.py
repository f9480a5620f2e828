"""The time, as a port: the real one, and one that stands still until it is moved (demo and tests)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """UTC, with an offset."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class StoppedClock:
    """Stands still at ``moment``; only its owner moves it, and never back."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment

    def move_to(self, moment: datetime) -> None:
        self._moment = max(self._moment, moment.astimezone(UTC))

    def move_by(self, **span: float) -> None:
        self.move_to(self._moment + timedelta(**span))
