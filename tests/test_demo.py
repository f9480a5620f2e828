"""The whole centre at once: the demonstration plays a day on the real parts and every law holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent


def play(folder: Path, *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "queue_server.cli", "demo", "--headless", "--speed", "max", "--json"]
    environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    done = subprocess.run(
        [*command, "--to", str(folder), *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1  # one object on one line and nothing else
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    folder = tmp_path_factory.mktemp("demo")
    return play(folder, "--visitors", "40", "--seed", "7"), folder


pytestmark = pytest.mark.window


def test_the_sums_of_the_day_hold(day: tuple[dict[str, Any], Path]) -> None:
    told, _ = day
    assert told["visitors"] == 40
    assert told["asked"] == told["tickets"] + told["refused"]
    assert told["calls"] == told["announced"] + told["skipped_by_rule"]
    assert told["tickets"] == told["served"] + told["no_show"] + told["expired"] + told["cancelled"]
    assert told["refused"] >= 2  # those who came after the last ticket
    assert (told["laws_checked"] >= 12, told["laws_broken"]) == (True, 0)


def test_every_ticket_is_a_readable_picture(day: tuple[dict[str, Any], Path]) -> None:
    told, folder = day
    slips = sorted((folder / "slips").glob("slip-*.png"))
    assert len(slips) == told["tickets"] == told["printed"]
    for slip in slips:
        with Image.open(slip) as picture:
            assert picture.width == 576
            assert picture.height > 900
            black = picture.convert("L").histogram()[0]
            assert 0.03 < black / (picture.width * picture.height) < 0.6


def test_every_face_has_its_picture(day: tuple[dict[str, Any], Path]) -> None:
    _, folder = day
    pictures = folder / "pictures"
    assert len(list((pictures / "kiosk").glob("*-uk.png"))) >= 10
    assert list((pictures / "board").glob("*.png"))
    assert (pictures / "console.png").exists()


def test_the_log_it_leaves_is_whole(day: tuple[dict[str, Any], Path]) -> None:
    _, folder = day
    command = [sys.executable, "-m", "queue_server.cli", "verify", "--data", str(folder / "data")]
    assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0


def test_the_same_seed_plays_the_same_day(day: tuple[dict[str, Any], Path], tmp_path: Path) -> None:
    told, _ = day
    assert play(tmp_path, "--visitors", "40", "--seed", "7") == told


def test_a_folder_of_something_else_is_never_cleared(tmp_path: Path) -> None:
    kept = tmp_path / "data" / "centre.sqlite"
    kept.parent.mkdir()
    kept.write_text("a real centre's log")
    command = [sys.executable, "-m", "queue_server.cli", "demo", "--headless", "--to", str(tmp_path)]
    assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 2
    assert kept.read_text() == "a real centre's log"
