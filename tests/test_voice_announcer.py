"""The voice at work: from a frame to sound and to the report of what became of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from display_board.announcements import Announcements, Say, Wait
from display_board.announcer import Announcer, AnnouncerThread
from display_board.outbox import Outbox
from display_board.sound import chime, sound_of
from display_board.speaker import FileSpeaker, SilentSpeaker, SpeakerTrouble
from display_board.voice import Rendered, SilentVoice, Voice, VoiceTrouble
from queue_server.client import OutOfReach
from queue_server.messages import (
    Accepted,
    AnnouncementFate,
    AnnouncementReport,
    BoardView,
    DeviceStatus,
    Frame,
    FrameKind,
)

T0 = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
VIEW = BoardView(seq=10, now=T0, centre={"uk": "Ц"}, city={"uk": "Б"}, timezone="Europe/Kyiv", calls=[], waiting={})


def called(seq: int, n: int = 17, language: str = "uk", at: datetime = T0) -> Frame:
    return Frame(
        seq=seq, at=at, kind=FrameKind.CALLED, number=f"А\u00a0{n}", letter="А", ticket_seq=n, desk=3, zone="hall",
        language=language,
    )  # fmt: skip


class Ear:
    """A server that remembers what it was told, and may be out of reach for a while."""

    def __init__(self, away: int = 0) -> None:
        self.away = away
        self.announcements: list[AnnouncementReport] = []
        self.statuses: list[DeviceStatus] = []

    def _hear(self) -> Accepted:
        if self.away:
            self.away -= 1
            raise OutOfReach("away")
        return Accepted(seq=1)

    def report_announcement(self, report: AnnouncementReport) -> Accepted:
        answer = self._hear()
        self.announcements.append(report)
        return answer

    def report_status(self, status: DeviceStatus) -> Accepted:
        answer = self._hear()
        self.statuses.append(status)
        return answer

    @property
    def fates(self) -> list[tuple[int, str, str]]:
        return [(report.call, str(report.fate), report.why) for report in self.announcements]


def announcer_with(voice: object, speaker: object, ear: Ear, chime_file: Path | None = None) -> Announcer:
    announcer = Announcer(Announcements(), voice, speaker, Outbox(ear), chime=chime_file)  # type: ignore[arg-type]
    announcer.hear_snapshot(VIEW, T0)
    return announcer


def test_a_call_becomes_a_chime_and_a_phrase_in_one_file(tmp_path: Path) -> None:
    ear, speaker = Ear(), FileSpeaker(tmp_path / "out")
    with Voice(tmp_path / "cache") as voice:
        announcer = announcer_with(voice, speaker, ear, chime(tmp_path))
        announcer.hear(called(11))
        announcer.run_until_quiet(T0)
        announcer.run_until_quiet(T0 + timedelta(seconds=2))
    first, second = (sound_of(path) for path in speaker.files)
    assert 4.5 < first.seconds < 7
    assert 3 < second.seconds < first.seconds - 1
    assert not first.silent
    assert ear.fates == [(11, "done", "")]


def test_a_visit_in_english_is_called_in_ukrainian_and_then_in_english(tmp_path: Path) -> None:
    voice = SilentVoice()
    announcer = announcer_with(voice, SilentSpeaker(), Ear())
    announcer.hear(called(11, language="en"))
    announcer.run_until_quiet(T0)
    assert voice.spoken == [
        ("uk", "Увага! Номер а сімнадцять. Робоче місце номер три."),
        ("en", "Attention! Number ah seventeen. Desk number three."),
    ]


def test_on_a_stopped_clock_the_second_reading_waits_for_its_time() -> None:
    announcer = announcer_with(SilentVoice(), SilentSpeaker(), Ear())
    announcer.hear(called(11))
    assert len(announcer.run_until_quiet(T0)) == 1
    assert announcer.step(T0 + timedelta(seconds=1.9)) == Wait(T0 + timedelta(seconds=2))
    second = announcer.step(T0 + timedelta(seconds=2))
    assert isinstance(second, Say)
    assert second.reading == 2


def test_a_voice_that_fails_leaves_the_chime_and_raises_an_alarm_once(tmp_path: Path) -> None:
    ear, speaker, bell = Ear(), SilentSpeaker(), tmp_path / "bell.wav"
    announcer = announcer_with(SilentVoice(trouble="hung"), speaker, ear, bell)
    announcer.hear(called(11))
    announcer.hear(called(12, 18))
    announcer.run_until_quiet(T0)
    assert speaker.played == [(bell,), (bell,)]
    assert ear.fates == [(11, "failed", "hung"), (12, "failed", "hung")]
    assert ear.statuses == [DeviceStatus(ok=False, trouble="voice_silent")]


def test_a_voice_that_is_back_is_told_too() -> None:
    ear, voice = Ear(), SilentVoice(trouble="silent")
    announcer = announcer_with(voice, SilentSpeaker(), ear)
    announcer.hear(called(11))
    announcer.run_until_quiet(T0)
    voice.trouble = ""
    announcer.hear(called(12, 18))
    announcer.run_until_quiet(T0)
    assert [status.ok for status in ear.statuses] == [False, True]


def test_silence_is_never_reported_as_done() -> None:
    ear = Ear()
    announcer = announcer_with(SilentVoice(seconds=0), SilentSpeaker(), ear)
    announcer.hear(called(11))
    announcer.run_until_quiet(T0)
    assert ear.fates == [(11, "failed", "silent")]


def test_a_loudspeaker_that_is_away_is_an_alarm_and_calls_are_not_held_up() -> None:
    class Unplugged:
        def play(self, sounds: Sequence[Path]) -> float:
            raise SpeakerTrouble("no audio device")

    ear = Ear()
    announcer = announcer_with(SilentVoice(), Unplugged(), ear)
    announcer.hear(called(11))
    announcer.hear(called(12, 18))
    announcer.run_until_quiet(T0)
    assert [fate for _, fate, _ in ear.fates] == ["failed", "failed"]
    assert ear.statuses == [DeviceStatus(ok=False, trouble="speaker_away")]


def test_a_second_language_that_cannot_be_spoken_does_not_silence_the_first() -> None:
    class OnlyUkrainian(SilentVoice):
        def render(self, text: str, language: str = "uk") -> Rendered:
            if language != "uk":
                raise VoiceTrouble("no_voice", 1)
            return super().render(text, language)

    ear = Ear()
    announcer = announcer_with(OnlyUkrainian(), SilentSpeaker(), ear)
    announcer.hear(called(11, language="en"))
    announcer.run_until_quiet(T0)
    assert ear.fates == [(11, "done", "")]
    assert ear.statuses == []


def test_a_skipped_call_is_reported_with_its_reason() -> None:
    ear = Ear()
    announcer = announcer_with(SilentVoice(), SilentSpeaker(), ear)
    announcer.hear(called(11))
    announcer.run_until_quiet(T0 + timedelta(seconds=61))
    assert ear.announcements == [AnnouncementReport(call=11, fate=AnnouncementFate.SKIPPED, attempts=0, why="stale")]


def test_a_report_waits_for_a_server_that_is_out_of_reach() -> None:
    ear = Ear(away=1)
    outbox = Outbox(ear)
    outbox.put(DeviceStatus(ok=True))
    assert ear.statuses == []
    assert outbox.send_all()
    assert len(ear.statuses) == 1


def test_in_real_time_the_voice_starts_at_once_and_readings_do_not_overlap() -> None:
    class Slow:
        def __init__(self) -> None:
            self.spans: list[tuple[float, float]] = []

        def play(self, sounds: Sequence[Path]) -> float:
            started = time.monotonic()
            time.sleep(0.15)
            self.spans.append((started, time.monotonic()))
            return 0.15

    speaker, ear = Slow(), Ear()
    announcer = Announcer(Announcements(), SilentVoice(), speaker, Outbox(ear), clock=lambda: datetime.now(UTC))
    announcer.hear_snapshot(VIEW, T0)
    thread = AnnouncerThread(announcer, lambda: datetime.now(UTC))
    thread.start()
    pressed = time.monotonic()
    for i in range(5):  # five at once: more than three wait, so each is read once until the last ones
        announcer.hear(called(11 + i, i, at=datetime.now(UTC)))
    until(lambda: len(ear.announcements) >= 1)
    assert speaker.spans[0][0] - pressed < 2
    until(lambda: len(speaker.spans) >= 2)
    thread.stop()
    assert all(a[1] <= b[0] for a, b in zip(speaker.spans, speaker.spans[1:], strict=False))


def until(true: object, limit_s: float = 5) -> None:
    assert callable(true)
    end = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < end
        threading.Event().wait(0.01)
