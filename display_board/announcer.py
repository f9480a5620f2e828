"""The voice at work: takes the next action of the queue, has it rendered and played, and reports what became of it.

``step`` does one thing and comes back, so that a stopped clock can drive it; ``AnnouncerThread`` does it in real time.
Knows no window.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from display_board.announcements import Action, Announcements, Call, Say, Skip, Wait
from display_board.outbox import Outbox
from display_board.speaker import Loudspeaker, SpeakerTrouble
from display_board.voice import Speech, VoiceTrouble
from queue_server.messages import AnnouncementFate, AnnouncementReport, BoardView, DeviceStatus, Frame

VOICE_SILENT = "voice_silent"
SPEAKER_AWAY = "speaker_away"

log = structlog.get_logger()


class Announcer:
    """One queue, one voice, one loudspeaker. ``hear`` and ``step`` may be called from different threads."""

    def __init__(
        self,
        queue: Announcements,
        voice: Speech,
        speaker: Loudspeaker,
        outbox: Outbox,
        *,
        chime: Path | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """``clock`` says when a reading has ended; without it that is ``now`` plus what the loudspeaker took."""
        self._queue = queue
        self._voice = voice
        self._speaker = speaker
        self._outbox = outbox
        self._chime = [chime] if chime else []
        self._clock = clock
        self._lock = threading.Lock()
        self._trouble = ""
        self.news = threading.Event()

    def hear_snapshot(self, view: BoardView, now: datetime, *, restarted: bool = False) -> None:
        """``restarted``: the server's log began anew, the numbers heard so far say nothing."""
        with self._lock:
            queue = self._queue.restarted() if restarted else self._queue
            self._queue = queue.hear_snapshot(view, now)
        self.news.set()

    def hear(self, frame: Frame) -> None:
        with self._lock:
            self._queue = self._queue.hear(frame)
        self.news.set()

    def step(self, now: datetime) -> Action:
        """Do the one thing that is due at ``now`` (to its end) and say what it was. Wait: nothing is due."""
        with self._lock:
            self._queue, action = self._queue.next(now)
        match action:
            case Say():
                self._say(action, now)
            case Skip(call, why):
                self._report(call, AnnouncementFate.SKIPPED, 0, why)
            case Wait():
                pass
        return action

    def give_up(self) -> None:
        """Leave the announcement in hand after a fault of the program, so that the next one is said."""
        with self._lock:
            self._queue = self._queue.failed()

    def run_until_quiet(self, now: datetime) -> list[Action]:
        """Every action due at ``now``, for a demonstration on a stopped clock."""
        done: list[Action] = []
        while not isinstance(action := self.step(now), Wait):
            done.append(action)
        return done

    def _say(self, say: Say, now: datetime) -> None:
        try:
            sounds, attempts = self._render(say)
        except VoiceTrouble as trouble:
            log.error("voice_silent", kind=trouble.kind, call=say.call.call)
            self._play_chime()
            self._end(say, now, AnnouncementFate.FAILED, trouble.attempts, trouble.kind, VOICE_SILENT)
            return
        try:
            lasted = self._speaker.play([*self._chime, *sounds] if say.reading == 1 else sounds)
        except SpeakerTrouble as trouble:
            if self._trouble != SPEAKER_AWAY:  # said once, not at every call of the day
                log.error("speaker_away", detail=str(trouble), call=say.call.call)
            self._end(say, now, AnnouncementFate.FAILED, attempts, SPEAKER_AWAY, SPEAKER_AWAY)
            return
        ended = self._clock() if self._clock else now + timedelta(seconds=lasted)
        self._end(say, ended, AnnouncementFate.DONE, attempts)

    def _render(self, say: Say) -> tuple[list[Path], int]:
        """All phrases as sound. Ukrainian must succeed (or VoiceTrouble); a second language that fails is left out."""
        home, *others = say.phrases
        rendered = self._voice.render(home.text, home.language)
        if rendered.seconds <= 0:
            raise VoiceTrouble("silent", rendered.attempts)
        sounds = [rendered.path]
        for phrase in others:
            try:
                sounds.append(self._voice.render(phrase.text, phrase.language).path)
            except VoiceTrouble as trouble:
                log.warning("second_language_silent", language=phrase.language, kind=trouble.kind)
        return sounds, rendered.attempts

    def _play_chime(self) -> None:
        with suppress(SpeakerTrouble):  # the voice's own trouble is reported; a call is never held up by it
            if self._chime:
                self._speaker.play(self._chime)

    def _end(
        self, say: Say, now: datetime, fate: AnnouncementFate, attempts: int, why: str = "", trouble: str = ""
    ) -> None:
        with self._lock:
            self._queue = self._queue.said(now) if fate is AnnouncementFate.DONE else self._queue.failed()
        if say.reading == 1:
            self._report(say.call, fate, attempts, why)
        if trouble != self._trouble:
            self._trouble = trouble
            self._outbox.put(DeviceStatus(ok=not trouble, trouble=trouble))

    def _report(self, call: Call, fate: AnnouncementFate, attempts: int, why: str) -> None:
        self._outbox.put(AnnouncementReport(call=call.call, fate=fate, attempts=attempts, why=why))


class AnnouncerThread:
    """The announcer in real time, beside a window."""

    def __init__(self, announcer: Announcer, clock: Callable[[], datetime]) -> None:
        self._announcer = announcer
        self._clock = clock
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="wall-voice", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._announcer.news.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._announcer.news.clear()
            try:
                action = self._announcer.step(self._clock())
            except Exception:  # the border: the wall goes on without this one announcement
                log.exception("announcement_failed")
                self._announcer.give_up()
                continue
            if isinstance(action, Wait):
                pause = (action.until - self._clock()).total_seconds() if action.until else None
                if pause is None or pause > 0:
                    self._announcer.news.wait(pause)
