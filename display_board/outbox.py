"""What a wall has to tell the server, kept until the server has it. Never makes an announcement wait."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Protocol

import structlog

from queue_server.client import OutOfReach, Refused
from queue_server.messages import Accepted, AnnouncementReport, DeviceStatus

KEEP = 500  # an hour of a busy hall; older news of the voice is of no use to anybody
RETRY_S = 2.0

log = structlog.get_logger()


class Hears(Protocol):
    """What an outbox needs of ``QueueClient``."""

    def report_announcement(self, report: AnnouncementReport) -> Accepted: ...

    def report_status(self, status: DeviceStatus) -> Accepted: ...


class Outbox:
    """Reports in their order. ``send_all`` in the caller's own time, or ``start`` a thread that does it."""

    def __init__(self, server: Hears) -> None:
        self._server = server
        self._waiting: deque[AnnouncementReport | DeviceStatus] = deque(maxlen=KEEP)
        self._news = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def put(self, report: AnnouncementReport | DeviceStatus) -> None:
        self._waiting.append(report)
        self._news.set()
        if self._thread is None:
            self.send_all()

    def send_all(self) -> bool:
        """True when nothing is left; False when the server is out of reach and the rest is kept."""
        while self._waiting:
            report = self._waiting[0]
            try:
                self._verb(report)()
            except OutOfReach:
                return False
            except Refused as refused:  # said already, or by rule: sending it again would not help
                log.warning("report_refused", code=refused.problem.code)
            if self._waiting and self._waiting[0] is report:  # a full outbox may have dropped it meanwhile
                self._waiting.popleft()
        return True

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="wall-reports", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._news.set()
        if self._thread:
            self._thread.join(5)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._news.wait()
            self._news.clear()
            while not self.send_all() and not self._stopped.wait(RETRY_S):
                pass

    def _verb(self, report: AnnouncementReport | DeviceStatus) -> Callable[[], Accepted]:
        if isinstance(report, AnnouncementReport):
            return lambda: self._server.report_announcement(report)
        return lambda: self._server.report_status(report)
