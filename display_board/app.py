"""The wall as a program: one full-screen window, a thread that follows the server, a thread that speaks.

The environment is set before Kivy is imported: nothing is printed, written or read beside what we say.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from config.settings import Board as BoardSettings
from config.settings import Voice as VoiceSettings
from display_board.announcements import Announcements, Pace
from display_board.announcer import Announcer, AnnouncerThread
from display_board.board import Board
from display_board.follower import FollowerThread, News, Snapshot, Wall
from display_board.outbox import Outbox
from display_board.scene import counts_of, scene_of, until_next_change
from display_board.sound import chime, sound_of
from display_board.speaker import FileSpeaker, Loudspeaker, SpeakerTrouble
from display_board.voice import Voice
from queue_server.client import QueueClient
from queue_server.messages import Frame

PLAY_GRACE_S = 2.0
NO_DEVICE = "no audio device"
LISTEN_AGAIN_S = 60.0  # a device that is not there is not asked for at every call

log = structlog.get_logger()


def prepare_kivy(
    size: tuple[int, int] | None,
    *,
    off_screen: bool = False,
    fullscreen: bool = False,
    at: tuple[int, int] | None = None,
) -> None:
    """Set Kivy up for this process. Must run before anything imports a Kivy window.

    ``at``: where a window that is not full-screen begins, in pixels from the left and the top.
    """
    for name in ("KIVY_NO_ARGS", "KIVY_NO_CONSOLELOG", "KIVY_NO_FILELOG", "KIVY_NO_CONFIG"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("KIVY_AUDIO", "sdl2")
    # Otherwise Kivy takes standard error for its own log, which is off, and a fault ends the program without a word.
    os.environ.setdefault("KIVY_LOG_MODE", "PYTHON")
    if off_screen:
        os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kivy.config import Config

    if size:
        Config.set("graphics", "width", str(size[0]))
        Config.set("graphics", "height", str(size[1]))
    Config.set("graphics", "fullscreen", "auto" if fullscreen else "0")
    Config.set("graphics", "show_cursor", "0" if fullscreen else "1")
    if at is not None:
        Config.set("graphics", "position", "custom")
        Config.set("graphics", "left", str(at[0]))
        Config.set("graphics", "top", str(at[1]))
    Config.set("graphics", "resizable", "0" if off_screen else "1")
    Config.set("graphics", "maxfps", "20")  # nothing moves: a wall must not warm the room
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("input", "mouse", "mouse,disable_multitouch")


class KivySpeaker:
    """The loudspeaker of the machine. ``play`` is called from the voice's thread; the sound starts in the window's."""

    def __init__(self) -> None:
        self._deaf_until = 0.0

    def play(self, sounds: Sequence[Path]) -> float:
        if time.monotonic() < self._deaf_until:
            raise SpeakerTrouble(NO_DEVICE)
        return sum(self._one(path) for path in sounds)

    def _one(self, path: Path) -> float:
        from kivy.clock import Clock

        seconds = sound_of(path).seconds
        ended, trouble = threading.Event(), ""
        held: list[Any] = []  # the sound must outlive this call's first line, or it stops

        def start(_dt: float) -> None:
            nonlocal trouble
            from kivy.core.audio import SoundLoader

            sound = SoundLoader.load(str(path))
            if sound is None or sound.length <= 0:  # no audio device: it would never say that it has stopped
                trouble = NO_DEVICE
                ended.set()
                return
            held.append(sound)
            sound.bind(on_stop=lambda *_: ended.set())
            sound.play()

        Clock.schedule_once(start)
        in_time = ended.wait(seconds + PLAY_GRACE_S)
        Clock.schedule_once(lambda _dt: [sound.unload() for sound in held])
        if trouble == NO_DEVICE:
            self._deaf_until = time.monotonic() + LISTEN_AGAIN_S
        if trouble or not in_time:
            raise SpeakerTrouble(trouble or "the sound did not end")
        return seconds


def run(
    server_url: str,
    token: str = "",
    *,
    board: BoardSettings | None = None,
    voice: VoiceSettings | None = None,
    stale_after_s: int = 60,
    fullscreen: bool = True,
    size: tuple[int, int] | None = None,
    at: tuple[int, int] | None = None,
    cache: Path | None = None,
    sounds_to: Path | None = None,
) -> None:
    """Show the wall until the window is closed. ``sounds_to``: a folder for announcements in place of a loudspeaker."""
    board, voice = board or BoardSettings(), voice or VoiceSettings()
    prepare_kivy(size or (board.screen.width_px, board.screen.height_px), fullscreen=fullscreen, at=at)
    server = QueueClient(server_url, token, attempts=1)
    wall = Wall(board)
    takers: list[Callable[[News], None]] = [wall.take]
    speech = Voice(cache or cache_folder(), rate_wpm=voice.rate_wpm, volume=voice.volume)
    outbox = Outbox(QueueClient(server_url, token, attempts=1))
    speaker: Loudspeaker = FileSpeaker(sounds_to) if sounds_to else KivySpeaker()
    pace = Pace(
        timedelta(seconds=voice.second_reading_after_s), timedelta(seconds=stale_after_s), voice.single_reading_backlog
    )
    announcer = Announcer(
        Announcements(pace, frozenset(board.zones)),
        speech,
        speaker,
        outbox,
        chime=chime(cache or cache_folder()),
        clock=wall.time.now,
    )
    voice_thread = AnnouncerThread(announcer, wall.time.now)
    if voice.enabled:
        takers.append(lambda item: tell_announcer(announcer, item))
        outbox.start()
        voice_thread.start()
        threading.Thread(target=speech.warm, name="voice-warm", daemon=True).start()
    follower = FollowerThread(server, takers)
    app = _wall_app(board, wall, on_start=follower.start)
    try:
        app.run()
    finally:
        follower.stop()
        if voice.enabled:
            voice_thread.stop()
            outbox.stop()
        speech.close()


def tell_announcer(announcer: Announcer, item: News) -> None:
    """Hand the follower's news to the voice."""
    if isinstance(item, Snapshot):
        announcer.hear_snapshot(item.view, item.view.now, restarted=item.restarted)
    elif isinstance(item, Frame):
        announcer.hear(item)


def cache_folder() -> Path:
    """Where rendered phrases are kept on this machine."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "cherha" / "voice"


def _wall_app(settings: BoardSettings, wall: Wall, on_start: Any) -> Any:
    from kivy.app import App
    from kivy.clock import Clock

    from display_board.drawing import load_rules
    from display_board.face import WallFace

    class WallApp(App):  # type: ignore[misc]
        title = "Cherha"
        warned = False

        def build(self) -> Any:
            load_rules()
            self.face = WallFace(settings)
            self.face.bind(size=lambda *_: self.refresh())
            return self.face

        def on_start(self) -> None:
            on_start()
            self.refresh()

        def refresh(self, *_: Any) -> None:
            now = wall.time.now()
            board = wall.board
            plan = self.face.plan_for(len(counts_of(board, now)))
            if plan.too_small and board and not self.warned:
                self.warned = True
                log.warning("screen_too_small_for_distance", **plan.too_small)
            lost = wall.lost_since is not None
            self.face.show(scene_of(board, now, len(plan.rows), centre=wall.centre, lost=lost))
            Clock.unschedule(self.refresh)
            # A call is seen at the latest a quarter of a second after it was heard of.
            pause = min(until_next_change(board, now), timedelta(seconds=0.25))
            Clock.schedule_once(self.refresh, pause.total_seconds())

    return WallApp()


def save_pictures(boards: Mapping[str, Board], now: datetime, folder: Path, settings: BoardSettings) -> list[Path]:
    """One PNG for each board, in the window that ``prepare_kivy`` sized. For a process of its own: one window each."""
    from kivy.base import EventLoop
    from kivy.core.window import Window

    from display_board.drawing import load_rules
    from display_board.face import WallFace

    load_rules()
    EventLoop.ensure_window()
    folder.mkdir(parents=True, exist_ok=True)
    face = WallFace(settings, size=Window.size, size_hint=(None, None))
    Window.add_widget(face)
    files = []
    for name, board in boards.items():
        plan = face.plan_for(len(counts_of(board, now)))
        face.show(scene_of(board, now, len(plan.rows)))
        EventLoop.idle()
        path = folder / f"board-{name}-{int(face.width)}x{int(face.height)}.png"
        face.export_to_png(str(path))
        files.append(path)
    return files


def pictures(
    folder: Path,
    size: tuple[int, int] = (1920, 1080),
    *,
    server_url: str = "",
    token: str = "",
    board: BoardSettings | None = None,
) -> list[Path]:
    """Pictures of the server's wall as it is now, or of the sample walls without a server. For a process of its own."""
    settings = board or BoardSettings()
    prepare_kivy(size, off_screen=True)
    if not server_url:
        from display_board.samples import NOW, sample_boards

        return save_pictures(sample_boards(), NOW, folder, settings)
    with QueueClient(server_url, token) as server:
        wall = Wall(settings)
        view = server.board()
        wall.take(Snapshot(view, server.centre()))
    assert wall.board
    return save_pictures({"now": wall.board}, view.now, folder, settings)


def parse_size(text: str) -> tuple[int, int]:
    """«1920x1080» → (1920, 1080). ValueError for anything else."""
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)
    if not found:
        raise ValueError(f"a size like 1920x1080, not {text!r}")
    return int(found[1]), int(found[2])


def main(arguments: Sequence[str] | None = None) -> None:
    """``python -m display_board.app``: the same as ``cherha board``, for a machine that has nothing else."""
    parser = argparse.ArgumentParser(prog="display_board", description=__doc__)
    parser.add_argument("--server", default="", help="address of the server, like http://192.168.1.10:8080")
    parser.add_argument("--token", default=os.environ.get("CHERHA_TOKEN", ""), help="the device's own key")
    parser.add_argument("--size", type=parse_size, help="like 1080x1920; without it the size of the settings")
    parser.add_argument("--windowed", action="store_true", help="a window in place of the full screen")
    parser.add_argument("--distance", type=float, default=8.0, help="metres to the farthest seat")
    parser.add_argument("--diagonal", type=float, default=43.0, help="inches of the screen")
    parser.add_argument("--zone", action="append", default=[], help="only the calls of this zone; may be repeated")
    parser.add_argument("--sounds-to", type=Path, help="a folder for announcements in place of a loudspeaker")
    parser.add_argument("--pictures", type=Path, help="write PNG files here and end")
    options = parser.parse_args(arguments)
    size = options.size or (1920, 1080)
    settings = BoardSettings.model_validate(
        {
            "screen": {"width_px": size[0], "height_px": size[1], "diagonal_in": options.diagonal},
            "viewing_distance_m": options.distance,
            "zones": options.zone,
        }
    )
    if options.pictures:
        for file in pictures(options.pictures, size, server_url=options.server, token=options.token, board=settings):
            sys.stdout.write(f"{file}\n")
        return
    if not options.server:
        parser.error("--server is needed, or --pictures for sample walls")
    run(options.server, options.token, board=settings, fullscreen=not options.windowed, sounds_to=options.sounds_to)


if __name__ == "__main__":
    main()
