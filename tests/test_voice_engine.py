"""The real engine in its worker process, and workers that hang, crash or lie."""

from __future__ import annotations

import array
import os
import signal
import subprocess
import sys
import time
import wave
from itertools import pairwise
from pathlib import Path

import pytest

from config.settings import QUEUE_LETTERS
from display_board.sound import chime, pauses_in, sound_of, write_wav
from display_board.voice import SilentVoice, Voice, VoiceTrouble
from display_board.words import call_phrase

# A worker that obeys the protocol badly. What it does with request n is the n-th word of its argument, the last for
# all later ones; it counts over all its lives in a file, because a bad worker is killed and started again.
BAD_WORKER = """
import json, os, pathlib, struct, sys, time, wave
count, deeds = pathlib.Path(sys.argv[1]), sys.argv[2].split(",")
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    n = int(count.read_text()) if count.exists() else 0
    count.write_text(str(n + 1))
    deed = deeds[min(n, len(deeds) - 1)]
    if deed == "hang": time.sleep(60)
    if deed == "crash": os.abort()
    if deed == "babble": print("Audio saved to somewhere", flush=True); continue
    for turn, path in enumerate(request["paths"]):
        with wave.open(path, "wb") as file:
            file.setnchannels(1); file.setsampwidth(2); file.setframerate(22050)
            level = 0 if deed == "silent" else 9000
            frames = 200 if deed == "short" else 14700 if deed == "cut" and turn else 22050
            file.writeframes(struct.pack("<hh", level, -level) * (frames // 2))
        if deed == "nothing": os.remove(path)
    print(json.dumps({"id": request["id"], "ok": True}), flush=True)
"""


def bad_voice(tmp_path: Path, deeds: str) -> Voice:
    script = tmp_path / "worker.py"
    script.write_text(BAD_WORKER)
    worker = [sys.executable, str(script), str(tmp_path / "count"), deeds]
    return Voice(tmp_path / "cache", limit_s=0.4, worker=worker)


def test_espeak_says_a_call_of_every_letter_and_it_is_heard(tmp_path: Path) -> None:
    with Voice(tmp_path) as voice:
        for letter in QUEUE_LETTERS:
            rendered = voice.render(call_phrase(letter, 17, 3).text)
            sound = sound_of(rendered.path)
            assert 3.5 < sound.seconds < 6
            assert sound.rms > 0.02
            assert rendered.seconds == sound.seconds


def test_a_phrase_that_was_said_before_is_not_rendered_again(tmp_path: Path) -> None:
    text = call_phrase("А", 17, 3).text
    with Voice(tmp_path) as voice:
        first = voice.render(text)
        started = time.monotonic()
        again = voice.render(text)
    assert (first.attempts, again.attempts) == (1, 0)
    assert again.path == first.path
    assert time.monotonic() - started < 0.2


def test_a_spoilt_file_in_the_cache_is_rendered_anew(tmp_path: Path) -> None:
    with Voice(tmp_path) as voice:
        first = voice.render("Перевірка голосу")
        write_wav(first.path, array.array("h", [0] * 40000))
        again = voice.render("Перевірка голосу")
    assert again.attempts == 1
    assert not sound_of(again.path).silent


def test_another_rate_or_language_is_another_sound(tmp_path: Path) -> None:
    with Voice(tmp_path) as voice, Voice(tmp_path, rate_wpm=220) as fast:
        slow = voice.render("Номер а сімнадцять")
        quick = fast.render("Номер а сімнадцять")
        english = voice.render("Number seventeen", "en")
    assert quick.seconds < slow.seconds * 0.85
    assert len({slow.path, quick.path, english.path}) == 3


def test_a_language_the_engine_has_no_voice_for_is_told_and_not_read_in_another(tmp_path: Path) -> None:
    with Voice(tmp_path) as voice, pytest.raises(VoiceTrouble) as trouble:
        voice.render("тест", "crh")
    assert (trouble.value.kind, trouble.value.attempts) == ("no_voice", 1)


def test_a_killed_worker_is_replaced_and_the_phrase_is_said(tmp_path: Path) -> None:
    with Voice(tmp_path) as voice:
        voice.warm()
        before = voice.pid
        assert before
        os.kill(before, signal.SIGKILL)
        assert voice.render("Перевірка голосу").seconds > 0.5
        assert voice.pid != before


@pytest.mark.skipif(sys.platform == "win32", reason="SIGSTOP")
def test_a_stopped_worker_is_noticed_killed_and_replaced(tmp_path: Path) -> None:
    with Voice(tmp_path, limit_s=0.8) as voice:
        voice.warm()
        assert voice.pid
        os.kill(voice.pid, signal.SIGSTOP)
        started = time.monotonic()
        assert voice.render("Перевірка голосу").attempts >= 2
        assert time.monotonic() - started < 3


@pytest.mark.parametrize("deed", ["crash", "silent", "short", "cut", "nothing", "babble"])
def test_a_worker_that_fails_twice_is_asked_a_third_time(tmp_path: Path, deed: str) -> None:
    with bad_voice(tmp_path, f"{deed},{deed},good") as voice:
        assert voice.render("Номер а сімнадцять").attempts == 3


@pytest.mark.parametrize(
    ("deed", "kind"), [("hang", "hung"), ("crash", "crashed"), ("silent", "silent"), ("cut", "cut_off")]
)
def test_a_worker_that_always_fails_is_a_trouble_with_a_name(tmp_path: Path, deed: str, kind: str) -> None:
    with bad_voice(tmp_path, deed) as voice, pytest.raises(VoiceTrouble) as trouble:
        voice.render("Номер а сімнадцять")
    assert (trouble.value.kind, trouble.value.attempts) == (kind, 3)
    assert not list((tmp_path / "cache").glob("*"))


def test_a_machine_without_the_engine_gets_a_trouble_not_a_crash(tmp_path: Path) -> None:
    voice = Voice(tmp_path, worker=[str(tmp_path / "no-such-program")])
    with pytest.raises(VoiceTrouble) as trouble:
        voice.render("тест")
    assert trouble.value.kind == "missing"


def test_the_voice_works_in_a_process_that_gevent_has_patched(tmp_path: Path) -> None:
    program = (
        "from gevent import monkey; monkey.patch_all()\n"
        "import sys; from pathlib import Path\n"
        "from display_board.voice import Voice\n"
        "with Voice(Path(sys.argv[1])) as voice: print(voice.render('Номер а сімнадцять').seconds > 1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=30, cwd=Path.cwd()
    )
    assert done.stdout.split()[-1:] == ["True"], done.stderr  # before it, perhaps, the log of an attempt


def test_the_cache_does_not_grow_for_ever(tmp_path: Path) -> None:
    old = tmp_path / "cache"
    with bad_voice(tmp_path, "good") as voice:
        voice._cache_files = 10
        for n in range(50):
            voice.render(f"слово {n}")
    assert len(list(old.glob("*.wav"))) == 10


def test_the_chime_is_short_soft_and_falls(tmp_path: Path) -> None:
    path = chime(tmp_path)
    sound = sound_of(path)
    assert 0.6 < sound.seconds < 1.2
    assert 0.02 < sound.rms < 0.3
    with wave.open(str(path)) as file:
        samples = array.array("h", file.readframes(file.getnframes()))
    third = len(samples) // 3
    assert crossings(samples[:third]) > crossings(samples[-third:])
    made = path.stat().st_mtime_ns
    assert chime(tmp_path).stat().st_mtime_ns == made


def crossings(samples: array.array[int]) -> int:
    return sum((a < 0) != (b < 0) for a, b in pairwise(samples))


def test_the_stand_in_remembers_what_it_was_asked_to_say() -> None:
    voice = SilentVoice()
    voice.render("Увага!")
    assert voice.spoken == [("uk", "Увага!")]


def test_every_clause_of_a_phrase_is_followed_by_a_rest(tmp_path: Path) -> None:
    with Voice(tmp_path) as voice:
        whole = voice.render("Увага! Номер а сімнадцять. Робоче місце номер три.").path
        comma = voice.render("Номер а сімнадцять, робоче місце номер три.").path
    assert pauses_in(whole, 0.15) == 3
    assert pauses_in(comma, 0.15) == 2


def test_a_phrase_that_ends_after_its_second_clause_is_not_taken_for_whole(tmp_path: Path) -> None:
    with Voice(tmp_path) as voice:
        path = voice.render("Увага! Номер а сімнадцять. Робоче місце номер три.").path
    with wave.open(str(path)) as file:
        samples = array.array("h", file.readframes(int(2.97 * 22050)))
    short = tmp_path / "short.wav"
    write_wav(short, samples)
    assert pauses_in(short, 0.15) == 2
