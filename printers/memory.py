"""The stand-in for a printer: keeps what it would have printed and says what it is told to say."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType
from typing import Self

from PIL import Image

from printers.reader import PaperReader
from printers.trouble import PrinterTrouble, Status, TroubleKind

_KEPT = 100  # a demo runs for days


class MemoryPrinter:
    """A printer without paper. Set ``state`` to what it shall answer (None: it keeps silent) and ``away`` to lose it.

    ``slips`` are the pictures it would have printed, oldest first, ``jobs`` the bytes they came in; the last hundred.
    ``state_after`` is what it answers once a job has been sent: paper that runs out under way.
    """

    def __init__(self, state: Status | None = Status()) -> None:  # noqa: B008 - frozen
        self.address = "memory:"
        self.lock = threading.Lock()
        self.state = state
        self.state_after: Status | None = None
        self.away = False
        self.jobs: deque[bytes] = deque(maxlen=_KEPT)
        self.slips: deque[Image.Image] = deque(maxlen=_KEPT)

    def __enter__(self) -> Self:
        if self.away:
            raise PrinterTrouble(TroubleKind.PRINTER_AWAY, "memory: is away")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...

    def send(self, data: bytes) -> None:
        self.jobs.append(data)
        if self.state_after:
            self.state = self.state_after
        if self.state is None or self.state.trouble is None:
            self.slips.extend(piece for piece in PaperReader().feed(data) if isinstance(piece, Image.Image))

    def status(self) -> Status | None:
        return self.state

    def settle(self, seconds: float) -> Status | None:  # noqa: ARG002 - memory is through at once
        return self.state

    def close(self) -> None: ...
