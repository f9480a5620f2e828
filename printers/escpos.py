"""A picture as the bytes of one print job, and the questions a printer answers about itself. Sends nothing.

Slips go as pictures, never as text: no printer's code pages have all Ukrainian letters together with « » and ’.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from PIL import Image

from printers.trouble import Status

_FRAGMENT_BYTES = 4096  # the smallest printers hold no more at once

ASK_PRINTER = b"\x10\x04\x01"  # DLE EOT n is answered at once, also while printing
ASK_OFFLINE_CAUSE = b"\x10\x04\x02"
ASK_ERROR = b"\x10\x04\x03"
ASK_PAPER = b"\x10\x04\x04"
ASK_WHEN_THROUGH = b"\x1dr\x01"  # GS r is answered in its turn: after everything sent before it


def job(picture: Image.Image) -> bytes:
    """The bytes that print ``picture`` (mode "1", a multiple of 8 px across) on its own piece of paper.

    Starts with a reset, so that nothing another program left in the printer shows, and ends with a cut. The cut leaves
    the slip hanging on a thread where the printer can: two slips of one visit come together and none falls down.
    """
    from escpos.printer import Dummy  # takes a third of a second to import: only a machine with a printer pays

    printer = Dummy(profile=_profile(picture.width))
    printer.hw("INIT")
    printer.image(picture, impl="bitImageRaster", fragment_height=_FRAGMENT_BYTES // (picture.width // 8))
    printer.cut(mode="PART")
    return bytes(printer.output)


@cache
def _profile(width: int) -> Any:
    """The library's own kind of profile with a known width; without one it prints a warning for every piece."""
    from escpos.capabilities import Profile

    profile = Profile(features={"paperPartCut": True, "paperFullCut": True})
    profile.profile_data = {**profile.profile_data, "media": {"width": {"pixels": width}}}
    return profile


def answers_at_once(byte: int) -> bool:
    """Whether this is the answer to a DLE EOT (fixed bits 0xx1xx10), not flow control or a message unasked for."""
    return byte & 0b1001_0011 == 0b0001_0010


def answers_in_turn(byte: int) -> bool:
    """Whether this is the answer to a GS r (fixed bits 0xx0xxxx)."""
    return byte & 0b1001_0000 == 0


def is_online(printer: int) -> bool:
    """From the answer to ``ASK_PRINTER``."""
    return not printer & 0x08


def status_from(printer: int, paper: int, cause: int | None = None, error: int | None = None) -> Status:
    """A status from the answers to the four questions; causes may be unknown. Bits as in the ESC/POS reference."""
    stopped = cause or 0
    return Status(
        online=is_online(printer),
        paper=not (paper & 0x60 or stopped & 0x20),
        paper_low=bool(paper & 0x0C),
        cover_open=bool(stopped & 0x04),
        error=bool(stopped & 0x40 or (error or 0) & 0x68),
    )
