"""The other end of the wire: reads the bytes of a print job and gives back the pictures it puts on paper.

Understands what this room sends and steps over what it does not; used by every stand-in for a printer.
Holds at most one metre of paper, whatever a sender declares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from PIL import Image

WIDEST_BYTES = 128  # 1024 px; no roll of 80 mm is wider
LONGEST_ROWS = 8192  # 1 m of paper
_LINE_ROWS = 30


@dataclass(frozen=True, slots=True)
class WhenThrough:
    """The sender asks for an answer in its turn (GS r)."""


@dataclass(slots=True)
class RealTimeEar:
    """Hears DLE EOT 1 to 4 anywhere in the stream, as printers do: even where the bytes happen to be a picture's."""

    _tail: bytes = b""

    def hear(self, data: bytes) -> list[int]:
        """Numbers of the questions in ``data``, also of one that began in the piece before."""
        heard = self._tail + data
        self._tail = heard[-2:]
        return [found[2] for found in re.findall(rb"\x10\x04[\x01-\x04]", heard)]


# Commands we step over: how many bytes follow the two of their name.
_ESC_LENGTHS = {b"@": 0, b"2": 0, b"3": 1, b"!": 1, b"a": 1, b"t": 1, b"E": 1, b"G": 1, b"-": 1, b"M": 1, b"R": 1}
_ESC_LENGTHS |= {b"{": 1, b" ": 1, b"V": 1, b"c": 2, b"$": 2, b"\\": 2, b"p": 3}
_GS_LENGTHS = {b"!": 1, b"B": 1, b"a": 1, b"b": 1, b"H": 1, b"f": 1, b"h": 1, b"w": 1, b"I": 1, b"L": 2, b"W": 2}


@dataclass(slots=True)
class PaperReader:
    """One sender's stream. ``feed`` it as the bytes arrive; a stream that ends before its cut leaves nothing.

    While ``dry`` (no paper, cover open) nothing is printed, and a slip that met it is lost to its end.
    """

    dry: bool = False
    _bytes: bytearray = field(default_factory=bytearray)
    _bands: list[tuple[int, bytearray]] = field(default_factory=list)  # bytes a row, rows; none a row is blank paper
    _blank: int = 0
    _height: int = 0
    _raster_left: int = 0
    _skip: int = 0
    _spoiled: bool = False

    def feed(self, data: bytes) -> list[Image.Image | WhenThrough]:
        """Slips that were cut and answers that are due, in order; pictures are of mode "1", black on white."""
        self._bytes += data
        self._spoiled |= self.dry and bool(self._height)
        found: list[Image.Image | WhenThrough] = []
        while self._bytes:
            if self._raster_left:
                used = min(self._raster_left, len(self._bytes))
                self._raster_left -= used
                self._bands[-1][1].extend(self._bytes[:used])
            elif self._skip:
                used = min(self._skip, len(self._bytes))
                self._skip -= used
            else:
                used = self._command(found)
                if not used:
                    break
            del self._bytes[:used]
        return found

    def _command(self, found: list[Image.Image | WhenThrough]) -> int:
        """Carry out the command at the front; how many bytes it took, 0 where more must come first."""
        at = self._bytes
        match at[0]:
            case 0x0A:
                self._feed_paper(_LINE_ROWS)
                return 1
            case 0x10:
                return 0 if len(at) < 3 else 3 if at[1] == 0x04 else 1
            case 0x1B | 0x1D if len(at) < 2:
                return 0
            case 0x1B:
                return self._escape(bytes(at[1:2]))
            case 0x1D:
                return self._group(bytes(at[1:2]), found)
            case _:
                return 1

    def _escape(self, name: bytes) -> int:
        at = self._bytes
        if name == b"@":
            self._tear_off()
        if name in (b"d", b"J"):
            if len(at) < 3:
                return 0
            self._feed_paper(at[2] * (_LINE_ROWS if name == b"d" else 1))
            return 3
        needed = 2 + _ESC_LENGTHS.get(name, 0)
        return needed if len(at) >= needed else 0

    def _group(self, name: bytes, found: list[Image.Image | WhenThrough]) -> int:
        at = self._bytes
        match name:
            case b"v":
                return self._raster() if len(at) >= 8 else 0
            case b"V":
                if len(at) < 3:
                    return 0
                needed = 4 if at[2] in (65, 66, 97, 98, 103, 104) else 3
                if len(at) >= needed and (slip := self._tear_off()):
                    found.append(slip)
            case b"r":
                needed = 3
                if len(at) >= needed:
                    found.append(WhenThrough())
            case b"(":
                needed = 5
                if len(at) >= needed:
                    self._skip = at[3] + 256 * at[4]
            case _:
                needed = 2 + _GS_LENGTHS.get(name, 0)
        return needed if len(at) >= needed else 0

    def _raster(self) -> int:
        at = self._bytes
        across, rows = at[4] + 256 * at[5], at[6] + 256 * at[7]
        if at[2] != 0x30 or not across or not rows:
            return 8
        kept = min(rows, LONGEST_ROWS - self._height - self._blank)
        self._spoiled |= self.dry
        if across > WIDEST_BYTES or kept <= 0 or self._spoiled:
            self._skip = across * rows
            return 8
        if self._blank:
            self._bands.append((0, bytearray(self._blank)))
        self._height += self._blank + kept
        self._blank = 0
        self._bands.append((across, bytearray()))
        self._raster_left, self._skip = across * kept, across * (rows - kept)
        return 8

    def _feed_paper(self, rows: int) -> None:
        self._blank = min(self._blank + rows, LONGEST_ROWS)

    def _tear_off(self) -> Image.Image | None:
        """The slip so far, without the paper that only brings its end to the knife; the next one starts clean."""
        bands, height, spoiled = self._bands, self._height, self._spoiled
        self._bands, self._height, self._blank, self._spoiled = [], 0, 0, False
        if spoiled or not height:
            return None
        slip = Image.new("1", (8 * max(across for across, _ in bands), height), 1)
        top = 0
        for across, rows in bands:
            if across:
                lines = len(rows) // across
                slip.paste(Image.frombytes("1", (8 * across, lines), bytes(rows), "raw", "1;I"), (0, top))
                top += lines
            else:
                top += len(rows)
        return slip
