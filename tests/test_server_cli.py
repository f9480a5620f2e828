"""The program ``cherha`` at the server’s own keyboard, as real processes."""

from __future__ import annotations

import getpass
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parent.parent
BAKHMUT = ROOT / "config" / "centres" / "bakhmut.toml"


def cherha(*words: str | Path, language: str = "uk") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "queue_server.cli", *map(str, words)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "NO_COLOR": "1", "CHERHA_LANGUAGE": language},
    )


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A server that was started on an empty folder; what it said and where it is."""
    data = tmp_path_factory.mktemp("hall") / "data"
    command = [sys.executable, "-m", "queue_server.cli", "serve", "--centre", BAKHMUT, "--data", data, "--port", "0"]
    process = subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env={**os.environ, "NO_COLOR": "1"}
    )
    assert process.stderr is not None
    said = [process.stderr.readline(), process.stderr.readline()]
    door = data / "server.json"
    while not (door.exists() and door.read_text()):
        assert process.poll() is None
    yield {"process": process, "data": data, "said": "".join(said), "url": json.loads(door.read_text())["url"]}
    if process.poll() is None:
        process.kill()
        process.wait()


def sign_in(url: str, login: str, pin: str) -> int:
    return httpx.post(f"{url}/api/v1/sign-in", json={"login": login, "pin": pin}, trust_env=False).status_code


def test_a_good_centre_file_is_said_to_be_good() -> None:
    done = cherha("check", BAKHMUT)
    assert done.returncode == 0, done.stderr
    assert "39" in done.stderr


def test_every_mistake_of_a_centre_file_is_told_at_once(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    text = BAKHMUT.read_text(encoding="utf-8").replace('timezone = "Europe/Kyiv"', 'timezone = "Europe/Nowhere"')
    bad.write_text(text.replace('letter = "А"', 'letter = "О"'), encoding="utf-8")
    done = cherha("check", bad)
    assert done.returncode == 2
    assert "timezone" in done.stderr
    assert "letter" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_server_and_its_machine_room_need_no_window_and_the_program_no_web_server() -> None:
    """A kiosk machine has no Flask, a server no Kivy."""
    heavy = ("flask", "kivy", "gevent", "sqlite_utils")
    question = f"import sys, queue_server.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_folder_without_a_centre_is_said_to_be_empty(tmp_path: Path) -> None:
    for words in (("verify",), ("user", "pin", "kovalenko", "--pin", "1234")):
        done = cherha(*words, "--data", tmp_path)
        assert done.returncode == 2
        assert str(tmp_path.name) in done.stderr.replace("\n", "")
        assert "Traceback" not in done.stderr


@pytest.mark.load
def test_what_a_person_at_the_keyboard_can_mend_is_said_and_not_traced(tmp_path: Path) -> None:
    file, foreign = tmp_path / "file", tmp_path / "foreign"
    file.write_text("not a folder")
    foreign.mkdir()
    (foreign / "centre.sqlite").write_bytes(b"not a database " * 500)
    wrong = {
        ("serve", "--centre", BAKHMUT, "--data", file): str(file),
        ("serve", "--centre", BAKHMUT, "--data", foreign): str(foreign),
        ("user", "pin", "kovalenko", "--pin", "1", "--data", tmp_path): "64",
        ("user", "pin", "kovalenko", "--pin", "1234", "--data", foreign): str(foreign),
        ("kiosk", "--server", "192.168.0.10:8080"): "http://",
        ("kiosk", "--server", "http://127.0.0.1:1", "--paper", "70"): "58",
    }
    for words, hint in wrong.items():
        done = cherha(*words)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
        assert hint in done.stderr.replace("\n", "")


@pytest.mark.load
def test_a_server_in_use_is_kept_by_keyboard_and_ends_cleanly(hall: dict[str, Any]) -> None:
    """One story, because a process costs a second: first start, people and devices with the server running and
    stopped, the second start on a used folder and a used port, and the end."""
    data, url, process = hall["data"], hall["url"], hall["process"]

    # the administrator's password is told, once, and works
    assert url in hall["said"]
    told = hall["said"].split("\n")[1].split()
    password = next(word.rstrip(".,") for word in told if re.match(r"[\w-]{12}", word, re.ASCII))
    assert sign_in(url, "admin", password) == 200

    # while it runs
    assert cherha("user", "pin", "kovalenko", "--pin", "2468", "--data", data).returncode == 0
    assert sign_in(url, "kovalenko", "2468") == 200
    token = cherha("device", "add", "kiosk-1", "--kind", "kiosk", "--data", data).stdout.strip()
    mine = httpx.get(f"{url}/api/v1/devices/me", headers={"Authorization": f"Bearer {token}"}, trust_env=False)
    assert mine.status_code == 200
    unknown = cherha("user", "pin", "nobody", "--pin", "2468", "--data", data)
    assert unknown.returncode == 2
    assert "nobody" in unknown.stderr
    assert cherha("verify", "--data", data).returncode == 0

    # a second one
    used = cherha("serve", "--centre", BAKHMUT, "--data", data, "--port", "0")
    assert (used.returncode, "Traceback" in used.stderr) == (2, False)
    other = data.parent / "other"
    port = url.rsplit(":", 1)[1]
    taken = cherha("serve", "--centre", BAKHMUT, "--data", other, "--port", port)
    assert (taken.returncode, "Traceback" in taken.stderr) == (2, False)
    assert port in taken.stderr

    # the end
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert not (data / "server.json").exists()
    assert process.stderr.read() == ""

    # who put the centre file in force
    with closing(sqlite3.connect(data / "centre.sqlite")) as file:
        (told,) = file.execute("SELECT data FROM log WHERE type = 'SettingsChanged'").fetchone()
    assert json.loads(told)["who"] == getpass.getuser()

    # while it is stopped
    assert cherha("user", "pin", "kovalenko", "--pin", "1357", "--data", data).returncode == 0
    assert len(cherha("device", "add", "wall", "--kind", "board", "--data", data).stdout.strip()) >= 32
    verified = cherha("verify", "--data", data)
    assert verified.returncode == 0, verified.stderr

    # the start that failed for its port took no password to the grave
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    again = subprocess.Popen(
        [sys.executable, "-m", "queue_server.cli", "serve", "--centre", BAKHMUT, "--data", other, "--port", port],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_COLOR": "1", "CHERHA_LANGUAGE": "en"},
    )
    assert again.stderr is not None
    again.stderr.readline()
    assert "admin" in again.stderr.readline()
    again.kill()
    again.wait()
