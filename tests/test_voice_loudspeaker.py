"""The loudspeaker of the machine, with what it really plays captured in a file."""

from __future__ import annotations

import array
import os
import subprocess
import sys
from pathlib import Path

import pytest

from display_board.sound import chime, sound_of

pytestmark = pytest.mark.window

PLAY = """
import sys, threading, time
from pathlib import Path
from display_board.app import KivySpeaker, prepare_kivy
from display_board.speaker import SpeakerTrouble
prepare_kivy((320, 320), off_screen=True)
from kivy.base import EventLoop
EventLoop.ensure_window()
said = []
def play():
    started = time.monotonic()
    try:
        KivySpeaker().play([Path(sys.argv[1]), Path(sys.argv[1])])
        said.append(f"played {time.monotonic() - started:.1f}")
    except SpeakerTrouble as trouble:
        said.append(f"trouble {time.monotonic() - started:.1f}")
thread = threading.Thread(target=play)
thread.start()
while thread.is_alive():
    EventLoop.idle()
print(said[0])
"""


def play(sound: Path, **environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PLAY, str(sound)],
        capture_output=True, text=True, timeout=60, env={**os.environ, "SDL_VIDEODRIVER": "offscreen", **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_two_sounds_are_played_one_after_the_other_and_heard(tmp_path: Path) -> None:
    raw = tmp_path / "played.raw"
    bell = chime(tmp_path)
    what, seconds = play(bell, SDL_AUDIODRIVER="disk", SDL_DISKAUDIOFILE=str(raw))
    assert what == "played"
    assert float(seconds) >= 2 * sound_of(bell).seconds - 0.3
    samples = array.array("h", raw.read_bytes()[: raw.stat().st_size // 2 * 2])
    assert max(abs(sample) for sample in samples) > 3000


def test_a_machine_without_a_sound_card_is_a_trouble_at_once_and_not_an_endless_wait(tmp_path: Path) -> None:
    what, seconds = play(chime(tmp_path), SDL_AUDIODRIVER="no-such-driver")
    assert what == "trouble"
    assert float(seconds) < 2
