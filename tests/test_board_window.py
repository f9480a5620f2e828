"""The real wall, drawn by Kivy off-screen in a process of its own (a process has one window)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from PIL import Image

from config.settings import Board, Screen
from display_board.plan import least_figure_height
from display_board.sound import sound_of
from queue_server.messages import BoardView, CentreView, Frame, FrameKind, Heartbeat

pytestmark = pytest.mark.window

# Draws the sample walls and tells where every piece of text really lies (from the top left corner).
DRAW = """
import json, sys
from pathlib import Path
from config.settings import Board, Screen
from display_board.app import prepare_kivy
width, height, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
prepare_kivy((width, height), off_screen=True)
from kivy.base import EventLoop
from kivy.core.window import Window
from display_board.drawing import Words, load_rules
from display_board.face import WallFace
from display_board.samples import NOW, sample_boards
from display_board.scene import Scene, scene_of
from dataclasses import replace
load_rules()
EventLoop.ensure_window()
screen = Screen(width_px=width, height_px=height, diagonal_in=43)
face = WallFace(Board(screen=screen), size=(width, height), size_hint=(None, None))
Window.add_widget(face)

def box(w):
    return [w.x, height - w.top, w.right, height - w.y]

told = {}
for name, board in sample_boards().items():
    plan = face.plan_for(len(board.waiting))
    scene = scene_of(board, NOW, len(plan.rows))
    face.show(scene)
    EventLoop.idle()
    path = folder / f"{name}.png"
    face.export_to_png(str(path))
    told[name] = {
        "picture": str(path),
        "rows": [
            {"box": box(row), "badge": box(row.badge), "number": box(row.number), "desk": box(row.desk),
             "sign": box(row.sign), "text": row.number.text, "px": row.number.font_size}
            for row in face.call_rows[: len(scene.rows)]
        ],
        "words": [
            {"text": w.text, "box": box(w)}
            for w in face.walk() if isinstance(w, Words) and w.text and w.parent.opacity
        ],
        "margin": plan.margin, "foot": [plan.foot.y, plan.foot.bottom], "calls_right": plan.calls.right,
        "foot_words": {"text": face.foot.text, "box": box(face.foot)}, "title": box(face.title), "date": box(face.date),
    }
clocks = []
for text in ("11:11", "20:58"):
    face.show(replace(scene, clock=text))
    clocks.append(sorted(round(w.center_x, 1) for w in face.clock.children))
long = replace(scene, title="Центр надання адміністративних послуг «Прозорий офіс» Бахмутської міської ради, Бахмут")
face.show(long)
told["long title"] = {"title": box(face.title), "date": box(face.date), "header": [0, plan.header.bottom]}
told["clocks"] = clocks
(folder / "told.json").write_text(json.dumps(told))
"""

ENVIRONMENT = {**os.environ, "SDL_VIDEODRIVER": "offscreen"}


@pytest.fixture(scope="module", params=[(1920, 1080), (1080, 1920)], ids=["landscape", "portrait"])
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    width, height = request.param
    folder = tmp_path_factory.mktemp("wall")
    done = subprocess.run(
        [sys.executable, "-c", DRAW, str(width), str(height), str(folder)],
        capture_output=True, text=True, timeout=90, env=ENVIRONMENT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {**json.loads((folder / "told.json").read_text()), "size": (width, height)}


SCENES = ["calls", "blink", "no-calls", "one-call", "no-connection", "long-numbers", "more-calls", "directions"]


def test_no_text_is_clipped_by_the_screen_or_its_column(drawn: dict[str, Any]) -> None:
    width, height = drawn["size"]
    for name in SCENES:
        scene = drawn[name]
        for words in scene["words"]:
            left, top, right, bottom = words["box"]
            assert left >= scene["margin"] * 0.8, (name, words)
            assert right <= width - scene["margin"] * 0.8, (name, words)
            assert bottom > 0, (name, words)
            assert top < height, (name, words)
        for row in scene["rows"]:
            assert row["badge"][2] <= row["number"][0], (name, row)
            assert row["number"][2] <= row["sign"][0] + 1, (name, row)
            assert row["sign"][2] <= row["desk"][0] + 1, (name, row)
            assert row["desk"][2] <= scene["calls_right"] - scene["margin"] + 1, (name, row)
        foot = scene["foot_words"]["box"]
        assert foot[1] >= scene["foot"][0] - 1, name
        assert foot[3] <= scene["foot"][1] + 1, name
        assert scene["title"][2] < scene["date"][0], name


def test_the_figures_on_the_glass_are_as_high_as_the_farthest_seat_needs(drawn: dict[str, Any]) -> None:
    width, height = drawn["size"]
    needed = least_figure_height(width, height, Board(screen=Screen(width_px=width, height_px=height, diagonal_in=43)))
    picture = Image.open(drawn["calls"]["picture"]).convert("L")
    for row in drawn["calls"]["rows"][1:]:  # white on dark
        left, _, right, _ = (round(value) for value in row["number"])
        _, top, _, bottom = (round(value) for value in row["box"])
        ink = picture.crop((left, top + 4, right, bottom - 4)).point(lambda value: 255 if value > 128 else 0).getbbox()
        assert ink is not None
        assert ink[3] - ink[1] >= needed - 1.5, row["text"]  # a pixel of smooth edge above and below


def test_the_newest_row_is_an_accent_field_and_in_its_other_phase_an_outline(drawn: dict[str, Any]) -> None:
    for name, expected in (("calls", (255, 213, 46)), ("blink", (11, 20, 32))):
        picture = Image.open(drawn[name]["picture"]).convert("RGB")
        left, top, _, bottom = drawn[name]["rows"][0]["box"]
        inside = (round(left + 20), round((top + bottom) / 2))
        assert picture.getpixel(inside) == expected
        assert picture.getpixel((round(left + 3), round(bottom - 4))) == (255, 213, 46)


def test_a_wall_without_connection_says_since_when_in_alert_words(drawn: dict[str, Any]) -> None:
    scene = drawn["no-connection"]
    assert scene["foot_words"]["text"] == "Немає зв’язку з 14:02. Показано останні виклики"
    picture = Image.open(scene["picture"]).convert("RGB").crop([round(value) for value in scene["foot_words"]["box"]])
    colours = picture.getcolors(1 << 20) or []
    assert (255, 154, 139) in [colour for _, colour in colours]


def test_a_running_clock_does_not_jump(drawn: dict[str, Any]) -> None:
    one, other = drawn["clocks"]
    assert one == other


def test_a_long_name_of_a_centre_is_broken_never_cut(drawn: dict[str, Any]) -> None:
    title = drawn["long title"]["title"]
    assert title[2] <= drawn["long title"]["date"][0]
    assert title[1] >= -1
    assert title[3] <= drawn["long title"]["header"][1] + 1


class Story:
    """A server of one scene: a quiet hall, then whatever the test sends."""

    def __init__(self) -> None:
        self.frames: Queue[Frame] = Queue()
        self.reports: list[dict[str, Any]] = []
        now = datetime.now(UTC)
        view = BoardView(
            seq=10, now=now, centre={"uk": "Центр"}, city={"uk": "Бахмут"}, timezone="Europe/Kyiv", calls=[],
            waiting={"А": 1},
        )  # fmt: skip
        centre = CentreView(
            seq=10, now=now, code="c", name={"uk": "Центр"}, city={"uk": "Бахмут"}, timezone="Europe/Kyiv",
            languages=["uk"], hotline=None, return_window_min=60, zones=[], providers=[], groups=[], services=[],
        )  # fmt: skip
        story = self

        class Door(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def _answer(self, body: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body.encode())

            def do_GET(self) -> None:
                if self.path.endswith("/board"):
                    self._answer(view.model_dump_json())
                elif self.path.endswith("/centre"):
                    self._answer(centre.model_dump_json())
                else:
                    self.send_response(200)
                    self.send_header("Content-Type", "text/event-stream")
                    self.end_headers()
                    beat = Heartbeat(now=datetime.now(UTC), seq=10)
                    self.wfile.write(f"event: heartbeat\ndata: {beat.model_dump_json()}\n\n".encode())
                    self.wfile.flush()
                    frame = story.frames.get()
                    self.wfile.write(f"event: {frame.kind}\ndata: {frame.model_dump_json()}\n\n".encode())
                    self.wfile.flush()
                    time.sleep(30)

            def do_POST(self) -> None:
                story.reports.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self._answer('{"seq": 20}')

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def story() -> Iterator[Story]:
    made = Story()
    yield made
    made.server.shutdown()


def test_a_call_over_the_wire_is_heard_within_two_seconds_and_reported(story: Story, tmp_path: Path) -> None:
    sounds = tmp_path / "sounds"
    wall = subprocess.Popen(
        [sys.executable, "-m", "display_board.app", "--server", story.url, "--windowed", "--sounds-to", str(sounds)],
        env={**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path)}, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        until(sounds.is_dir, 20)
        time.sleep(2)  # the window and the worker of the voice are up
        called = time.monotonic()
        story.frames.put(
            Frame(
                seq=11, at=datetime.now(UTC), kind=FrameKind.CALLED, number="А\u00a017", letter="А", ticket_seq=17,
                desk=3, zone="hall", reading=1, waiting={"А": 0},
            )
        )  # fmt: skip
        until(lambda: bool(list(sounds.glob("*.wav"))), 10)
        assert time.monotonic() - called < 2
        assert not sound_of(next(sounds.glob("*.wav"))).silent
        until(lambda: bool(story.reports), 5)
        assert story.reports[0] == {"call": 11, "fate": "done", "attempts": 1, "why": ""}
        wall.send_signal(signal.SIGTERM)
        assert wall.wait(10) == 0
    finally:
        wall.kill()


def until(true: Any, limit_s: float) -> None:
    end = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
