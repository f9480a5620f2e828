"""The real server of Bakhmut on a Monday that begins at ten o’clock: ``python -m benchmarks.centre_server FOLDER``."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import config
from config.loader import load_centre
from config.settings import Centre

BAKHMUT = Path(config.__file__).parent / "centres" / "bakhmut.toml"
MONDAY_TEN = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)  # ten o’clock in Kyiv


def without_limit() -> Centre:
    """Bakhmut, where tickets are given out however many wait."""
    centre = load_centre(BAKHMUT)
    return centre.model_copy(update={"rules": centre.rules.model_copy(update={"capacity_factor": 0})})


class MondayClock:
    """Runs like a real one, but began at ten on a working Monday."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return MONDAY_TEN + timedelta(seconds=time.monotonic() - self._began)


def main(folder: Path) -> None:
    from gevent import monkey

    monkey.patch_all()
    from queue_server.app import Serving
    from queue_server.machine_room import first_admin, open_door
    from queue_server.site import Site

    site = Site(without_limit(), folder, MondayClock())
    first_admin(site)
    serving = Serving(site, "127.0.0.1", 0)
    with open_door(site, folder, serving.url):
        print(serving.url, flush=True)
        serving.until_stopped()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
