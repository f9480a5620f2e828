"""What a demonstration shows: windows where there is a screen, pictures of every face in any case.

Starts the same programs that a hall would, each in its own process, and never waits for a person.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from config.words import Words

WITHOUT_SCREEN = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"}
PICTURE_LIMIT_S = 90


class Faces:
    """Windows and pictures of one demonstration."""

    def __init__(self, folder: Path, url: str, tokens: Mapping[str, str], console: Console) -> None:
        self._folder = folder
        self._url = url
        self._tokens = tokens
        self._console = console
        self._windows: list[subprocess.Popen[bytes]] = []

    def open_windows(self, words: Words, logins: list[str], pin: str) -> None:
        """Kiosk and wall, if there is a screen; the console's address for a browser in any case."""
        self._console.print(words("demo-pages", url=self._url, logins=", ".join(logins), pin=pin), markup=False)
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            self._console.print(words("demo-no-screen"), markup=False)
            return
        for face, size, diagonal, at in (("kiosk", "540x960", "13.5", "40,60"), ("board", "1280x720", "28", "620,60")):
            options = ["--windowed", "--size", size, "--diagonal", diagonal, "--at", at]
            if face == "board":
                options += ["--distance", "4"]  # seen from a chair before the screen
            self._windows.append(self._start(face, *options))

    def take_pictures(self, words: Words, login: str, desk: int) -> None:
        """Kiosk, wall and an operator's page as they are now; the day waits, so that they show one moment."""
        drawing = [
            self._start(face, "--pictures", str(self._folder / face), off_screen=True) for face in ("kiosk", "board")
        ]
        try:
            self._picture_console(words, login, desk)
            for program in drawing:
                if program.wait(timeout=PICTURE_LIMIT_S):
                    raise RuntimeError(f"a program that draws pictures ended with {program.returncode}")
        finally:
            for program in drawing:
                program.kill()  # one that is left would wait for its server for ever; one that has ended does not mind

    def close(self) -> None:
        for window in self._windows:
            window.terminate()
        for window in self._windows:
            window.wait(timeout=10)

    def _start(self, face: str, *options: str, off_screen: bool = False) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "CHERHA_TOKEN": self._tokens[face], **(WITHOUT_SCREEN if off_screen else {})}
        if off_screen:
            environment.pop("DISPLAY", None)
        command = [sys.executable, "-m", "queue_server.cli", face, "--server", self._url, *options]
        # The day's one JSON line belongs to the demonstration: what the programs print goes to stderr.
        return subprocess.Popen(command, env=environment, stdout=sys.stderr.fileno())  # noqa: S603 (our own program)

    def _picture_console(self, words: Words, login: str, desk: int) -> None:
        """The operator's page in a real browser, where there is one."""
        browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if browser is None:
            self._console.print(words("demo-no-browser"), markup=False)
            return
        command = [
            sys.executable, "-m", "queue_server.demo_console", browser, self._url,
            login, str(desk), str(self._folder / "console.png"),
        ]  # fmt: skip
        subprocess.run(command, check=True, timeout=PICTURE_LIMIT_S, stdout=sys.stderr.fileno())  # noqa: S603
