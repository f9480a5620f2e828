"""A reader of QR codes that types like a keyboard: its signs, put together until the key that ends them.

Pure: which window the signs come from and what the text means is not its business.
"""

from __future__ import annotations

ENDS = frozenset({9, 13, 271})
"""Kivy's codes of Tab, Enter and the Enter of the figures: readers end with one of them."""
PAUSE_S = 2.0
"""Signs that are older than this do not belong to what is being read now."""
LONGEST = 200


class Scanner:
    """What has been typed since the last end; ``now`` are seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._text = ""
        self._at = 0.0

    def typed(self, text: str, now: float) -> None:
        self._text = (self._sofar(now) + text)[-LONGEST:]
        self._at = now

    def ended(self, now: float) -> str:
        """The whole text, once; empty when nothing was typed just before."""
        text, self._text = self._sofar(now), ""
        return text.strip()

    def _sofar(self, now: float) -> str:
        return self._text if now - self._at <= PAUSE_S else ""
