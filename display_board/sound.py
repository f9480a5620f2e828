"""WAV files as facts: how long, how loud; and our own chime. Knows no engine and no loudspeaker."""

from __future__ import annotations

import array
import math
import sys
import wave
from dataclasses import dataclass
from itertools import groupby
from operator import mul
from pathlib import Path
from tempfile import NamedTemporaryFile

SILENCE_RMS = 0.005  # speech of espeak-ng measures 0.08; below this nobody hears anything
PAUSE_LEVEL = 200  # of 32767: between clauses espeak-ng is all but still
RATE_HZ = 22050
_FULL_SCALE = 32767

# Two soft falling tones: a major third, E5 then C5 (Hz, start s, length s). Under 1.2 s together.
CHIME_TONES = ((659.26, 0.0, 0.55), (523.25, 0.38, 0.75))
CHIME_LEVEL = 0.28


@dataclass(frozen=True, slots=True)
class Sound:
    """``seconds`` long; ``rms`` from 0 (silence) to 1 (full scale)."""

    seconds: float
    rms: float

    @property
    def silent(self) -> bool:
        return self.seconds <= 0 or self.rms < SILENCE_RMS


NOTHING = Sound(0.0, 0.0)


def sound_of(path: Path) -> Sound:
    """What is really in a 16-bit mono WAV; a file that is missing or broken is ``NOTHING``."""
    samples, rate = _samples(path)
    if not samples or not rate:
        return NOTHING
    return Sound(len(samples) / rate, math.sqrt(sum(map(mul, samples, samples)) / len(samples)) / _FULL_SCALE)


def pauses_in(path: Path, least_s: float) -> int:
    """How often the voice rests for ``least_s`` or longer, the rest at the end included: one for every . ! ? or ,"""
    samples, rate = _samples(path)
    step = max(1, rate // 100)
    still = (max(map(abs, samples[i : i + step])) < PAUSE_LEVEL for i in range(0, len(samples), step))
    return sum(quiet and len(list(run)) * step >= least_s * rate for quiet, run in groupby(still))


def _samples(path: Path) -> tuple[array.array[int], int]:
    nothing: array.array[int] = array.array("h")
    try:
        with wave.open(str(path), "rb") as file:
            if file.getsampwidth() != 2:
                return nothing, 0
            rate = file.getframerate()
            samples = array.array("h", file.readframes(file.getnframes()))
    except (OSError, EOFError, wave.Error):
        return nothing, 0
    if sys.byteorder == "big":
        samples.byteswap()
    return samples, rate


def write_wav(path: Path, samples: array.array[int], rate: int = RATE_HZ) -> None:
    """Write 16-bit mono samples in one step: a reader sees the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part, wave.open(part, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    Path(part.name).replace(path)


def chime(folder: Path) -> Path:
    """The file of the chime, made once."""
    path = folder / "chime.wav"
    if sound_of(path).silent:
        write_wav(path, _chime_samples())
    return path


def _chime_samples() -> array.array[int]:
    length = max(start + long for _, start, long in CHIME_TONES)
    mixed = [0.0] * int(length * RATE_HZ)
    for pitch, start, long in CHIME_TONES:
        first = int(start * RATE_HZ)
        for i in range(int(long * RATE_HZ)):
            t = i / RATE_HZ
            # A soft beginning of 8 ms, then dying away; the faded tail ends at zero so that nothing clicks.
            shape = min(1.0, t / 0.008) * math.exp(-5.0 * t) * min(1.0, (long - t) / 0.08)
            turn = 2 * math.pi * pitch * t
            mixed[first + i] += shape * (math.sin(turn) + 0.2 * math.sin(2 * turn))
    peak = max(abs(value) for value in mixed)
    return array.array("h", (round(_FULL_SCALE * CHIME_LEVEL * 2 * value / peak) for value in mixed))
