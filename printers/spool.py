"""One printer and its one lock: a slip comes out confirmed, or its outcome is unknown, or there is trouble.

A sent job is not a printed job: the printer is asked before and after. Knows nothing of tickets; they never wait
for paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum

import structlog
from PIL import Image

from printers import escpos
from printers.render import PAPER_PX, render
from printers.slip import Slip
from printers.talk import Wire
from printers.trouble import PrinterTrouble, Status, TroubleKind

log = structlog.get_logger()

_ROWS_A_SECOND = 8 * 80  # 80 mm/s, a slow printer
_CUT_S = 1.0


class Outcome(StrEnum):
    CONFIRMED = "confirmed"  # online and with paper, before the slip and after its cut
    UNKNOWN = "unknown"  # sent to a printer that keeps silent: never "fine"


@dataclass(frozen=True, slots=True)
class PrintResult:
    """What became of a slip. ``paper_low`` warns that the roll ends soon."""

    outcome: Outcome
    paper_low: bool = False

    @property
    def confirmed(self) -> bool:
        return self.outcome is Outcome.CONFIRMED


class Spool:
    """Prints slips for one paper width (80 or 58 mm) on one wire; may be used from several threads."""

    def __init__(self, wire: Wire, paper_mm: int) -> None:
        if paper_mm not in PAPER_PX:
            raise ValueError(f"paper of {paper_mm} mm; slips are made for {' and '.join(map(str, PAPER_PX))}")
        self.wire = wire
        self.paper_mm = paper_mm

    def print(self, slip: Slip) -> PrintResult:
        """Print one slip and wait for its end, some seconds at most. ``PrinterTrouble`` says why it is not there."""
        return self.print_picture(render(slip, self.paper_mm))

    def print_picture(self, picture: Image.Image) -> PrintResult:
        """The same for any picture of one bit a pixel as wide as the paper, such as a test page."""
        data = escpos.job(picture)
        with self.wire.lock, self._border():
            with self.wire:
                before = self._asked_before()
                self._send(data)
                if before is None:
                    return PrintResult(Outcome.UNKNOWN)
                after = self.wire.settle(picture.height / _ROWS_A_SECOND + _CUT_S)
            if after is None:
                return PrintResult(Outcome.UNKNOWN)
            self._refuse(after, "after the slip")
            return PrintResult(Outcome.CONFIRMED, paper_low=after.paper_low)

    def status(self) -> Status | None:
        """What the printer says now, trouble included; None from a silent one, ``PrinterTrouble`` where it is away.

        Waits its turn behind a slip that is being printed: not for a thread that draws a screen.
        """
        with self.wire.lock, self._border(), self.wire:
            return self.wire.status()

    def close(self) -> None:
        """Let go of the printer, for another program or another setting; the next slip opens it again."""
        with self.wire.lock:
            self.wire.close()

    def _asked_before(self) -> Status | None:
        status = self.wire.status()
        if status:
            self._refuse(status, "before the slip")
        return status

    def _refuse(self, status: Status, moment: str) -> None:
        if status.trouble:
            raise PrinterTrouble(status.trouble, f"{self.wire.address}, {moment}")

    def _send(self, data: bytes) -> None:
        """A printer that stops taking bytes mostly has a reason, which it tells on a fresh connection."""
        try:
            self.wire.send(data)
        except PrinterTrouble as trouble:
            self.wire.close()
            reason = None
            with suppress(PrinterTrouble), self.wire:
                status = self.wire.status()
                reason = status.trouble if status else None
            if reason:
                raise PrinterTrouble(reason, f"{self.wire.address}, while taking the slip") from trouble
            raise

    @contextmanager
    def _border(self) -> Iterator[None]:
        try:
            yield
        except PrinterTrouble as trouble:
            log.warning("printer_trouble", detail=str(trouble))
            raise
        except Exception as error:  # the border: drivers raise what they like, a kiosk goes on
            log.exception("printer_failed", wire=self.wire.address)
            raise PrinterTrouble(TroubleKind.PRINTER_ERROR, f"{self.wire.address}: {error}") from error
