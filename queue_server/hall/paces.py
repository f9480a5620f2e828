"""How long services take: what four weeks taught and what today shows, shrunk towards each other (R14).

Knows seconds and services, and nothing of desks, queues or promises.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from config.settings import Service
from queue_server.rules.events import Pace

TRUST = 10  # so many services of today weigh as much as all that was known before


@dataclass(slots=True)
class Paces:
    """``before`` is by service number; today is counted as services end."""

    before: Mapping[int, Pace] = field(default_factory=dict)
    _today: dict[int, tuple[int, float]] = field(default_factory=dict)

    def note(self, service: int, seconds: float) -> None:
        served, total = self._today.get(service, (0, 0.0))
        self._today[service] = (served + 1, total + seconds)

    def take_back(self, service: int, seconds: float) -> None:
        served, total = self._today[service]
        self._today[service] = (served - 1, total - seconds)

    def mean_s(self, service: Service) -> float:
        """The expected length of one service: (n·today + 10·before) / (n + 10); at first what the centre file says."""
        served, total = self._today.get(service.number, (0, 0.0))
        known = self.before.get(service.number)
        return (total + TRUST * (known.mean_s if known else service.duration_min * 60)) / (served + TRUST)

    def group_mean_s(self, services: Iterable[Service]) -> float:
        """The same of a group of services, each weighed by how often it is asked for."""
        weighed = [(self.mean_s(service), self._weight(service.number)) for service in services]
        return sum(mean * weight for mean, weight in weighed) / sum(weight for _, weight in weighed)

    def served(self, services: Iterable[Service]) -> tuple[int, int]:
        """How many were served today, and in the days before."""
        numbers = [service.number for service in services]
        today = sum(self._today.get(number, (0, 0.0))[0] for number in numbers)
        return today, sum(self.before[number].served for number in numbers if number in self.before)

    def _weight(self, service: int) -> float:
        known = self.before.get(service)
        return 1 + (known.served if known else 0) + self._today.get(service, (0, 0.0))[0]
