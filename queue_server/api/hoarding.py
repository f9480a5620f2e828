"""How often one address may ask for times over the web, so that nobody takes them all. Forgets with the process."""

from __future__ import annotations

import time

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from queue_server.api.door import TooOften


class Hoarding:
    """A family books a few times an hour and changes its mind; a program that takes every place does not."""

    def __init__(self, an_hour: int) -> None:
        self._item = RateLimitItemPerHour(an_hour)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def require(self, address: str) -> None:
        """Counts one more; raises TooOften."""
        if not self._limiter.hit(self._item, address):
            until = self._limiter.get_window_stats(self._item, address).reset_time
            raise TooOften(max(1, int(until - time.time())))
