"""Words into sound: one worker process with the engine, watched, checked and cached. Knows no queue, window or speaker.

The engine (pyttsx3) loses phrases, hangs and can take its process with it, so nothing it says is believed until
the file has been listened to; a worker that keeps silent is killed and replaced.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Any, Protocol, Self

import structlog

from display_board.sound import NOTHING, Sound, pauses_in, sound_of

ATTEMPTS = 3
CACHE_FILES = 1000
SAME_LENGTH = 0.05  # the same words twice differ by less; a phrase that was cut off differs by more
CLAUSE_ENDS = re.compile(r"[.!?,](?=\s|$)")
CLAUSE_REST_S = 0.15  # at 140 words a minute; measured 0.21 after a comma, 0.42 and more after a full stop
WORKER = (sys.executable, "-m", "display_board.voice_worker")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A WAV that was listened to: it lasts ``seconds`` and is not silent. ``attempts`` is 0 from the cache."""

    path: Path
    seconds: float
    attempts: int


class VoiceTrouble(Exception):
    """No sound could be made. ``kind``: ``silent``, ``hung``, ``crashed``, ``cut_off``, ``refused``,
    ``no_voice`` or ``missing``."""

    def __init__(self, kind: str, attempts: int, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind
        self.attempts = attempts


class Speech(Protocol):
    """The port: whoever can turn words into a WAV."""

    def render(self, text: str, language: str = "uk") -> Rendered:
        """Raises VoiceTrouble."""
        ...


class Voice:
    """The one voice of a machine. Safe to use from several threads: they take turns."""

    def __init__(
        self,
        cache: Path,
        *,
        rate_wpm: int = 140,
        volume: float = 1.0,
        engine: str = "",
        limit_s: float = 3.0,
        start_limit_s: float = 10.0,
        cache_files: int = CACHE_FILES,
        worker: Sequence[str] = WORKER,
    ) -> None:
        self._cache = cache
        self._rate = rate_wpm
        self._volume = volume
        self._engine = engine
        self._limit_s = limit_s
        self._start_limit_s = start_limit_s
        self._cache_files = cache_files
        self._command = [*worker, engine] if engine else list(worker)
        self._process: _Worker | None = None
        self._turn = threading.Lock()
        self._made = 0
        cache.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The worker's process, while there is one."""
        return self._process.pid if self._process else None

    def warm(self) -> None:
        """Start the worker now, so that the first call of the day is not the one that waits for it."""
        with self._turn:
            try:
                self._worker()
            except _Down as down:
                log.warning("voice_worker_did_not_start", kind=down.kind)

    def render(self, text: str, language: str = "uk") -> Rendered:
        """The words as a WAV in the cache folder, tried up to three times. Raises VoiceTrouble."""
        path = self._path(text, language)
        with self._turn:
            sound = sound_of(path)
            if _plausible(sound, text, self._rate):
                os.utime(path)  # recently used: not the one to be thrown away
                return Rendered(path, sound.seconds, 0)
            kind = "silent"
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    sound = self._attempt(text, language, path)
                except _Down as down:
                    kind = down.kind
                    log.warning("voice_attempt_failed", kind=kind, attempt=attempt, detail=str(down))
                    if kind == "no_voice":  # trying again would not find one
                        raise VoiceTrouble(kind, attempt, str(down)) from down
                    continue
                if _plausible(sound, text, self._rate):
                    self._tidy()
                    return Rendered(path, sound.seconds, attempt)
                kind = "silent"
            raise VoiceTrouble(kind, ATTEMPTS)

    def close(self) -> None:
        with self._turn:
            self._drop()

    def _attempt(self, text: str, language: str, path: Path) -> Sound:
        """Render twice and listen to both. Under load espeak ends a phrase early, mostly after a clause: then the two
        differ, or the rest after each clause, which a whole phrase has, is missing."""
        worker = self._worker()
        parts = [path.with_suffix(".one"), path.with_suffix(".two")]
        request = {
            "text": text,
            "language": language,
            "rate": self._rate,
            "volume": self._volume,
            "paths": [str(part) for part in parts],
            "limit_s": self._limit_s * 0.4,  # so that a slow engine is told before the worker is thought dead
        }
        try:
            reply = worker.ask(request, self._limit_s)
            if not reply.get("ok"):
                raise _Refused(str(reply.get("kind", "refused")), str(reply.get("error", "")))
            part, sound = self._whole(parts, len(CLAUSE_ENDS.findall(text)))
            if _plausible(sound, text, self._rate):
                part.replace(path)
            return sound
        except _Down as down:
            if not isinstance(down, _Refused):
                self._drop()
            raise
        finally:
            for part in parts:
                part.unlink(missing_ok=True)

    def _whole(self, parts: list[Path], clauses: int) -> tuple[Path, Sound]:
        """The file in which nothing is missing, and its sound. Raises _Refused.

        Two that are equally long bear each other out. One that stayed empty says nothing against the other, which then
        has to show the rest after its every clause.
        """
        heard = [(part, sound) for part in parts if (sound := sound_of(part)).seconds > 0]
        if not heard:
            return parts[0], NOTHING
        part, sound = heard[0]
        lengths = [each.seconds for _, each in heard]
        told = " and ".join(f"{seconds:.2f} s" for seconds in lengths)
        if max(lengths) - min(lengths) > SAME_LENGTH * max(lengths) or (len(heard) < len(parts) and not clauses):
            raise _Refused("cut_off", told)
        if not sound.silent and pauses_in(part, CLAUSE_REST_S * 140 / self._rate) < clauses:
            raise _Refused("cut_off", f"{told}, {clauses} clauses")
        return part, sound

    def _worker(self) -> _Worker:
        if self._process is None:
            self._process = _Worker(self._command)
            try:
                self._process.read(self._start_limit_s)
            except _Down:
                self._drop()
                raise
        return self._process

    def _drop(self) -> None:
        if self._process:
            self._process.kill()
            self._process = None

    def _path(self, text: str, language: str) -> Path:
        key = json.dumps([self._engine, language, self._rate, self._volume, text], ensure_ascii=False)
        return self._cache / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.wav"

    def _tidy(self) -> None:
        """Now and then throw away what was not said for longest: a year of numbers would fill a disk."""
        self._made += 1
        if self._made % 50:
            return
        files = sorted(self._cache.glob("*.wav"), key=lambda file: file.stat().st_mtime)
        for file in files[: max(0, len(files) - self._cache_files)]:
            file.unlink(missing_ok=True)


class SilentVoice:
    """The stand-in: remembers what it was asked to say, makes no sound and says it took ``seconds``."""

    def __init__(self, *, seconds: float = 4.0, trouble: str = "") -> None:
        self.spoken: list[tuple[str, str]] = []
        self.seconds = seconds
        self.trouble = trouble

    def render(self, text: str, language: str = "uk") -> Rendered:
        if self.trouble:
            raise VoiceTrouble(self.trouble, ATTEMPTS)
        self.spoken.append((language, text))
        return Rendered(Path(f"{len(self.spoken)}.wav"), self.seconds, 1)


class _Down(Exception):
    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(detail)
        self.kind = kind


class _Refused(_Down):
    """This attempt was for nothing, but the worker is well."""


class _Worker:
    """One life of the worker process: lines of JSON over its pipes."""

    def __init__(self, command: Sequence[str]) -> None:
        room = str(Path(__file__).parent.parent)  # so that ``-m display_board…`` works from any folder
        path = os.pathsep.join(filter(None, (room, os.environ.get("PYTHONPATH", ""))))
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env={**os.environ, "PYTHONPATH": path},
            )
        except OSError as error:
            raise _Down("missing", str(error)) from error
        self.pid = self._process.pid
        self._asked = 0
        self._lines: Queue[bytes | None] = Queue()
        # A thread of its own reads the pipe: that waits with a time limit on every system, and under gevent too.
        threading.Thread(target=self._read_on, name="voice-worker-answers", daemon=True).start()

    def ask(self, request: dict[str, Any], limit_s: float) -> dict[str, Any]:
        """The answer to this request. Raises _Down when the worker is gone or has kept silent for ``limit_s``."""
        self._asked += 1
        try:
            assert self._process.stdin
            self._process.stdin.write(json.dumps({"id": self._asked, **request}).encode() + b"\n")
        except OSError as error:
            raise _Down("crashed", str(error)) from error
        until = time.monotonic() + limit_s
        while (reply := self.read(until - time.monotonic())).get("id") != self._asked:
            pass  # a late answer to an earlier request
        return reply

    def read(self, limit_s: float) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=max(0.0, limit_s))
        except Empty:
            raise _Down("hung", f"no answer within {limit_s:.1f} s") from None
        if line is None:
            raise _Down("crashed", f"exit {self._process.wait()}")
        try:
            reply = json.loads(line)
        except ValueError as error:
            raise _Down("crashed", "an answer that is not ours") from error
        return reply if isinstance(reply, dict) else {}

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()  # the reading thread closes the other end

    def _read_on(self) -> None:
        pipe = self._process.stdout
        assert pipe
        with pipe:
            for line in iter(pipe.readline, b""):
                self._lines.put(line)
        self._lines.put(None)


def _plausible(sound: Sound, text: str, rate_wpm: int) -> bool:
    """Not silent, and not cut off: a word takes at least a third of its share of the rate."""
    return not sound.silent and sound.seconds >= len(text.split()) * 60 / rate_wpm / 3
