"""Where sound goes: the port, and the loudspeakers that need no window. Knows no words and no queue.

The one that is really heard, Kivy's, is in ``display_board.app``.
"""

from __future__ import annotations

import array
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from display_board.sound import RATE_HZ, sound_of, write_wav


class SpeakerTrouble(Exception):
    """The loudspeaker could not play: no device, or it took the sound and never finished."""


class Loudspeaker(Protocol):
    """The port. ``play`` comes back when the last sound has ended and says how many seconds it took."""

    def play(self, sounds: Sequence[Path]) -> float:
        """Raises SpeakerTrouble."""
        ...


class SilentSpeaker:
    """The stand-in: takes no time and remembers what it was given."""

    def __init__(self) -> None:
        self.played: list[tuple[Path, ...]] = []

    def play(self, sounds: Sequence[Path]) -> float:
        self.played.append(tuple(sounds))
        return 0.0


class FileSpeaker:
    """A hall without a loudspeaker: each announcement becomes one numbered WAV in ``folder``. Takes no time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.files: list[Path] = []
        self._before = len(list(folder.glob("announcement-*.wav")))  # an earlier run's files are kept

    def play(self, sounds: Sequence[Path]) -> float:
        joined = array.array("h")
        for path in sounds:
            if sound_of(path).silent:
                raise SpeakerTrouble(f"no sound in {path}")
            with wave.open(str(path), "rb") as file:
                joined.frombytes(file.readframes(file.getnframes()))
                rate = file.getframerate()
            if rate != RATE_HZ:
                raise SpeakerTrouble(f"{path} has {rate} samples a second, not {RATE_HZ}")
        path = self._folder / f"announcement-{self._before + len(self.files) + 1:05}.wav"
        write_wav(path, joined)
        self.files.append(path)
        return 0.0
