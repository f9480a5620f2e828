"""Kivy made fit for a kiosk, before its window exists. Import this before anything else of Kivy."""

from __future__ import annotations

import os
from typing import Any

from config.settings import Screen

_QUIET = {
    "KIVY_NO_ARGS": "1",  # the command line is ours
    "KIVY_NO_CONFIG": "1",  # no file in a home directory changes how a kiosk behaves
    "KIVY_NO_FILELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",  # to logging like everything else; errors stay on stderr
}


def prepare(screen: Screen, *, fullscreen: bool, at: tuple[int, int] | None = None) -> None:
    """Settings that only count before the window is made; harmless in a process that has one already.

    ``at``: where a window that is not full-screen begins, in pixels from the left and the top.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    from kivy.config import Config

    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "log_level", "warning")
    Config.set("input", "mouse", "mouse,disable_multitouch")
    Config.set("graphics", "multisamples", "0")  # every line is drawn smooth; old graphics cards need no more
    Config.set("graphics", "width", str(screen.width_px))
    Config.set("graphics", "height", str(screen.height_px))
    Config.set("graphics", "resizable", "0" if fullscreen else "1")
    Config.set("graphics", "fullscreen", "auto" if fullscreen else "0")
    Config.set("graphics", "show_cursor", "0" if fullscreen else "1")
    if at is not None:
        Config.set("graphics", "position", "custom")
        Config.set("graphics", "left", str(at[0]))
        Config.set("graphics", "top", str(at[1]))


def open_window(screen: Screen) -> Any:
    """The one window of this process at the size of ``screen``, off-screen where there is no display."""
    from kivy.base import EventLoop

    EventLoop.ensure_window()
    window = EventLoop.window
    if window is None:
        raise RuntimeError("no window: neither a display nor an off-screen driver (libegl1, libgles2) is there")
    window.size = (screen.width_px, screen.height_px)
    return window
