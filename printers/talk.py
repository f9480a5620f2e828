"""Wires that a printer can answer on: when to ask, how long to wait, and what silence means.

Knows no connectors; ``wires`` lends it their four movements (open, write, read, close).
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import ClassVar, Protocol, Self

from printers import escpos
from printers.trouble import PrinterTrouble, Status, TroubleKind


class Wire(Protocol):
    """One printer's wire, used inside ``with``. Everything it cannot do is a ``PrinterTrouble``."""

    address: str
    lock: threading.Lock
    """Held by whoever is at the printer: one printer, one lock, however many wires lead to it from this program."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...

    def send(self, data: bytes) -> None:
        """Hand over all bytes of a job. That they are taken does not mean that they are printed."""

    def status(self) -> Status | None:
        """The printer's word about itself, or None from one that keeps silent or cannot answer on this wire."""

    def settle(self, seconds: float) -> Status | None:
        """After a job: wait until the printer is through with it, at most ``seconds``, and ask once more.

        Returns at once with the trouble, should one come up meanwhile.
        """

    def close(self) -> None:
        """Let go of the printer; the next use opens it again."""


class TalkingWire(ABC):
    """A wire in both directions. ``timeout_s`` bounds every single wait, not the whole job."""

    stays_open: ClassVar[bool] = False
    _SEND_BYTES = 4096
    _QUIET_S = 0.1
    _SHORT_PATIENCE_S = 0.3

    def __init__(self, address: str, timeout_s: float) -> None:
        self.address = address
        self.lock = _lock_of(address)
        self.timeout_s = timeout_s
        self._opened = False
        self._patience_s = timeout_s
        self._through = False

    def __enter__(self) -> Self:
        if not self._opened:
            with self._failures_named():
                self._open()
            self._opened = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        if error is not None or not self.stays_open:
            self.close()

    def close(self) -> None:
        if self._opened:
            self._opened = False
            with suppress(PrinterTrouble), self._failures_named():
                self._close()  # what was printed is printed

    def send(self, data: bytes) -> None:
        with self._failures_named():
            for start in range(0, len(data), self._SEND_BYTES):
                self._write(data[start : start + self._SEND_BYTES])

    def status(self) -> Status | None:
        with self._failures_named():
            return self._status(self._patience_s)

    def settle(self, seconds: float) -> Status | None:
        until = time.monotonic() + seconds
        with self._failures_named():
            self._through = False
            self._write(escpos.ASK_WHEN_THROUGH)
            while (left := until - time.monotonic()) > 0:
                self._listen(min(left, self._SHORT_PATIENCE_S))
                if self._through:
                    break
                # It is busy, or it stopped and never gets to the question, or it does not know the question.
                status = self._status(max(left, self.timeout_s))
                if status is None:
                    return None
                if status.trouble:
                    # Bytes of the picture can look like questions, and their answers like a trouble: let it finish
                    # answering those, then ask again.
                    self._hear_out(self.timeout_s)
                    if (again := self._status(self.timeout_s)) and again.trouble:
                        return again
            return self._status(self.timeout_s)

    def _status(self, patience_s: float) -> Status | None:
        printer = self._ask(escpos.ASK_PRINTER, patience_s)
        # A printer that kept silent once is asked again, but no visitor waits that long for it twice.
        short = min(self._SHORT_PATIENCE_S, self.timeout_s)
        self._patience_s = short if printer is None else self.timeout_s
        if printer is None:
            return None
        paper = self._ask(escpos.ASK_PAPER, self.timeout_s)
        if escpos.is_online(printer):
            return None if paper is None else escpos.status_from(printer, paper)
        cause = self._ask(escpos.ASK_OFFLINE_CAUSE, self.timeout_s)
        error = self._ask(escpos.ASK_ERROR, short)
        return escpos.status_from(printer, paper or 0, cause, error)

    def _ask(self, question: bytes, patience_s: float) -> int | None:
        while self._listen(0):  # what was said before the question is no answer to it
            pass
        self._write(question)
        until = time.monotonic() + patience_s
        while (left := until - time.monotonic()) > 0:
            for byte in self._listen(left):
                if escpos.answers_at_once(byte):
                    return byte
        return None

    def _hear_out(self, patience_s: float) -> None:
        """Until the printer has been quiet for a moment."""
        until = time.monotonic() + patience_s
        while time.monotonic() < until and self._listen(self._QUIET_S):
            pass

    def _listen(self, wait_s: float) -> bytes:
        heard = self._read(wait_s)
        self._through |= any(map(escpos.answers_in_turn, heard))
        return heard

    @contextmanager
    def _failures_named(self) -> Iterator[None]:
        """What libraries raise when hardware is not there, in our one word for it."""
        try:
            yield
        except PrinterTrouble:
            raise
        except (OSError, ImportError, RuntimeError, ValueError, AssertionError) as error:
            # OSError: sockets, files, pyusb, pyserial. ImportError, RuntimeError: a library is not installed.
            # ValueError: no libusb. AssertionError: python-escpos asserts that the device is there.
            raise PrinterTrouble(
                TroubleKind.PRINTER_AWAY, f"{self.address}: {error or type(error).__name__}"
            ) from error

    @abstractmethod
    def _open(self) -> None: ...
    @abstractmethod
    def _close(self) -> None: ...
    @abstractmethod
    def _write(self, data: bytes) -> None:
        """Hand over some bytes or raise after ``timeout_s`` without progress."""

    @abstractmethod
    def _read(self, wait_s: float) -> bytes:
        """Some bytes, or none after ``wait_s``."""


_locks: dict[str, threading.Lock] = {}


def _lock_of(address: str) -> threading.Lock:
    return _locks.setdefault(address, threading.Lock())
