"""What a printer says about itself, and the one error that leaves this room when paper cannot be had."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TroubleKind(StrEnum):
    """Why there is no slip; stable codes that travel to the staff."""

    PRINTER_AWAY = "printer_away"  # not there, not reachable, or takes no data
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    PRINTER_ERROR = "printer_error"  # it is there and says that it cannot print


class PrinterTrouble(Exception):
    """The slip did not come out, or nobody can say that it did whole. The ticket stays valid.

    ``detail`` is for the log and the technician, in English; visitors are told by ``kind``.
    """

    def __init__(self, kind: TroubleKind, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else str(kind))
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Status:
    """A printer's own word about itself; a silent printer has none (``None`` in its place)."""

    online: bool = True
    paper: bool = True
    paper_low: bool = False  # a warning: slips still come out
    cover_open: bool = False
    error: bool = False

    @property
    def trouble(self) -> TroubleKind | None:
        """The one thing to see to first. An open cover hides the paper sensor, so it is named before the paper."""
        if self.cover_open:
            return TroubleKind.COVER_OPEN
        if not self.paper:
            return TroubleKind.PAPER_OUT
        if self.error or not self.online:
            return TroubleKind.PRINTER_ERROR
        return None
