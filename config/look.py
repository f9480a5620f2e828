"""The visual language as data: colours, the faces of Inter, the drawn pictograms. Draws nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
REGULAR = FONTS / "Inter-Regular.otf"
MEDIUM = FONTS / "Inter-Medium.otf"
SEMIBOLD = FONTS / "Inter-SemiBold.otf"
BOLD = FONTS / "Inter-Bold.otf"
EXTRABOLD = FONTS / "Inter-ExtraBold.otf"
DISPLAY_EXTRABOLD = FONTS / "InterDisplay-ExtraBold.otf"

CAPITAL_HEIGHT_EM = 0.727


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours; every pair used for text was measured to be at least 4.5:1 (numbers 7:1)."""

    paper: str
    card: str
    ink: str
    muted: str
    line: str
    hair: str
    accent: str
    on_accent: str
    tint: str
    alert: str
    on_alert: str
    alert_tint: str
    plate: str
    on_plate: str


LIGHT = Theme("#F4F3EE", "#FFFFFF", "#14202E", "#4A5664", "#7A8592", "#D5D6D2", "#0B4F9E", "#FFFFFF", "#E6EEF8",
              "#B42318", "#FFFFFF", "#FBE9E7", "#14202E", "#FFFFFF")  # fmt: skip
DARK = Theme("#0B1420", "#152234", "#FFFFFF", "#BAC6D4", "#5F7389", "#2B3B4F", "#FFD52E", "#0B1420", "#152234",
             "#FF9A8B", "#0B1420", "#152234", "#FFFFFF", "#0B1420")  # fmt: skip

# Pictograms: SVG paths on a 48-unit grid, 4-unit stroke, square ends, mitred corners, no fill.
PICTOGRAMS: dict[str, str] = {
    "arrow": "M8 24h31M26 10l14 14-14 14",
    "back": "M40 24H9M22 10L8 24l14 14",
    "down": "M24 8v31M10 26l14 14 14-14",
    "plus": "M24 8v32M8 24h32",
    "check": "M8 25l11 11 21-24",
    "ticket": "M6 14h36v7a4 4 0 0 0 0 8v7H6v-7a4 4 0 0 0 0-8z M28 15v4m0 5v3m0 5v3",
    "person": "M17 13a7 7 0 1 0 14 0a7 7 0 1 0-14 0M9 42v-5a10 10 0 0 1 10-10h10a10 10 0 0 1 10 10v5",
    "speaker": "M7 18h8l11-9v30L15 30H7zM33 17a10 10 0 0 1 0 14M38 11a18 18 0 0 1 0 26",
    "globe": "M6 24a18 18 0 1 0 36 0a18 18 0 1 0-36 0M6 24h36M24 6c-12 10-12 26 0 36M24 6c12 10 12 26 0 36",
    "alert": "M24 7L43 40H5zM24 19v10M24 34v1",
    "calendar": "M7 11h34v30H7zM7 21h34M16 6v10M32 6v10",
    "erase": "M17 11h25v26H17L6 24zM24 18l11 12M35 18L24 30",
}
