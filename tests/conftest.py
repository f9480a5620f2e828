"""What many tests stand on: the centre of Bakhmut on a Monday, a clock that stands still, a server without a socket."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import httpx
import pytest
from flask import Flask

from config.loader import load_centre
from config.settings import Centre
from queue_server import messages as m
from queue_server.api.hoarding import Hoarding
from queue_server.app import create_app
from queue_server.client import QueueClient
from queue_server.clock import StoppedClock
from queue_server.hall import Hall
from queue_server.records import Ticket
from queue_server.rules import day, desks, serving, visits
from queue_server.rules import events as ev
from queue_server.rules.desks import Skills
from queue_server.rules.visits import Asking, Wish
from queue_server.site import Site

ROOT = Path(__file__).parent.parent
BAKHMUT = ROOT / "config" / "centres" / "bakhmut.toml"
KYIV = ZoneInfo("Europe/Kyiv")
MONDAY = date(2026, 3, 16)


def at(hour: int, minute: int = 0, *, day: date = MONDAY) -> datetime:
    """A moment of the working Monday in Kyiv, as UTC."""
    return datetime.combine(day, clock_time(hour, minute), KYIV).astimezone(UTC)


@pytest.fixture(scope="session")
def moment() -> Callable[..., datetime]:
    return at


@pytest.fixture(scope="session")
def bakhmut() -> Centre:
    return load_centre(BAKHMUT)


# --- the rules without a file ---


@dataclass
class Toy:
    """A hall that rules are tried on: commands fold their events at once, through JSON as the log would keep them."""

    centre: Centre
    now: datetime
    hall: Hall = field(default_factory=Hall)
    rows: list[ev.Row] = field(default_factory=list)
    asking: Asking = field(default_factory=lambda: Asking("kiosk", "uk"))

    def fold(self, events: list[ev.Event], actor: str = "system") -> list[ev.Event]:
        for event in events:
            told = ev.from_json(type(event).__name__, ev.to_json(event))
            day_now = told.day if isinstance(told, ev.DayOpened) else self.hall.day.day if self.hall.day else MONDAY
            row = ev.Row(self.hall.seq + 1, self.now, day_now, actor, told)
            self.hall.apply(row)
            self.rows.append(row)
        return events

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def tick(self) -> list[ev.Event]:
        return self.fold(day.due(self.hall, self.now, self.centre))

    def visit(self, *services: int) -> list[Ticket]:
        """A new visit; its tickets in the order of the services."""
        wishes = [Wish(service) for service in services]
        self.fold(visits.open_visit(self.hall, self.now, self.centre, wishes, self.asking))
        return [self.hall.tickets[number] for number in self.hall.visits[self.hall.last_visit].tickets]

    def take(self, service: int) -> Ticket:
        return self.visit(service)[0]

    def add(self, visit: int, service: int) -> Ticket:
        self.fold(visits.add_ticket(self.hall, self.now, self.centre, visit, Wish(service), self.asking))
        return self.hall.tickets[self.hall.last_ticket]

    def open(self, desk: int, *, user: int = 0, secondary: tuple[str, ...] = ()) -> None:
        """Somebody who serves every group of the desk sits down there; the user's number is the desk's."""
        groups = desks.desk_of(desk, self.centre).groups
        primary = tuple(group for group in groups if group not in secondary)
        skills = Skills(user or desk, "upszn", primary, secondary)
        self.fold(desks.open_desk(self.hall, self.centre, desk, skills))

    def call(self, desk: int) -> Ticket | None:
        events = serving.call_next(self.hall, self.now, self.centre, desk, self.hall.desks[desk].user)
        self.fold(events, f"user:{self.hall.desks[desk].user}")
        return self.hall.tickets[events[0].ticket] if events else None  # type: ignore[union-attr]

    def do(self, verb: str, desk: int) -> None:
        """``recall start no_show withdraw`` at the desk, by its operator."""
        job = getattr(serving, verb)
        user = self.hall.desks[desk].user
        timed = verb in ("recall", "no_show")
        self.fold(job(self.hall, *((self.now,) if timed else ()), self.centre, desk, user), f"user:{user}")

    def finish(self, desk: int) -> None:
        user = self.hall.desks[desk].user
        self.fold(serving.finish(self.hall, self.now, self.centre, desk, user, "accepted"), f"user:{user}")

    def serve(self, desk: int, minutes: float = 5) -> Ticket | None:
        """One visitor from call to end."""
        if (ticket := self.call(desk)) is None:
            return None
        self.do("start", desk)
        self.wait(minutes=minutes)
        self.finish(desk)
        return ticket

    def miss(self, desk: int) -> None:
        """The visitor who is called does not come."""
        self.wait(seconds=30)
        self.do("recall", desk)
        self.wait(seconds=40)
        self.do("no_show", desk)

    def reinstate(self, ticket: Ticket) -> None:
        self.fold(visits.reinstate(self.hall, self.now, self.centre, ticket.id))

    def transfer(self, desk: int, *, service: int | None = None, to_desk: int | None = None) -> None:
        user = self.hall.desks[desk].user
        self.fold(serving.transfer(self.hall, self.now, self.centre, desk, user, service, to_desk))


@pytest.fixture
def toy(bakhmut: Centre) -> Toy:
    """Ten o'clock on a working Monday, nobody there yet; tickets are given without limit."""
    toy = Toy(bakhmut.model_copy(update={"rules": bakhmut.rules.model_copy(update={"capacity_factor": 0})}), at(10))
    toy.tick()
    return toy


# --- a server without a socket ---


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(at(10))


@pytest.fixture
def site(bakhmut: Centre, tmp_path: Path, clock: StoppedClock) -> Iterator[Site]:
    site = Site(bakhmut, tmp_path / "data", clock)
    yield site
    site.close()


class Hands:
    """Everybody's way to one site over the real application, without a socket."""

    def __init__(self, site: Site, app: Flask | None = None) -> None:
        self.site = site
        self.transport = httpx.WSGITransport(app=app or create_app(site), raise_app_exceptions=False)
        self._pins: set[str] = set()

    def client(self, token: str = "", language: str = "uk") -> QueueClient:
        return QueueClient("http://cherha", token, transport=self.transport, attempts=1, language=language)

    def raw(self, token: str = "") -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url="http://cherha/api/v1", transport=self.transport, headers=headers)

    def device(self, kind: m.DeviceKind, name: str = "") -> QueueClient:
        return self.client(self.site.accounts.add_device(kind, name or kind.value))

    def operator(self, login: str, desk: int | None = None) -> QueueClient:
        """A signed-in operator of the centre file, at a desk if one is named."""
        if login not in self._pins:
            self.site.accounts.set_pin(login, "1234")
            self._pins.add(login)
        client = self.client()
        client.sign_in(login, "1234")
        if desk is not None:
            client.desk_command(desk, "open")
        return client


class WhicheverSite:
    """Stands where a site stands, and is the one of the test that runs."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def __getattr__(self, name: str) -> Any:
        return getattr(self.site, name)


@pytest.fixture(scope="session")
def application() -> Callable[[Site], Flask]:
    """The real application for a site. Its hundred addresses are compiled once: that takes longer than most tests."""
    made: list[tuple[WhicheverSite, Flask]] = []

    def of(site: Site) -> Flask:
        if not made:
            anyone = WhicheverSite(site)
            made.append((anyone, create_app(cast(Site, anyone))))
        anyone, app = made[0]
        anyone.site = site
        app.config["SECRET_KEY"] = site.secrets.cookie_key()
        app.extensions["hoarding"] = Hoarding(site.centre.rules.web_bookings_per_hour)
        return app

    return of


@pytest.fixture
def hands(site: Site, application: Callable[[Site], Flask]) -> Hands:
    return Hands(site, application(site))


@pytest.fixture
def kiosk(hands: Hands) -> QueueClient:
    return hands.device(m.DeviceKind.KIOSK)


# --- a real server process ---


def always_open() -> str:
    """Bakhmut, receiving all day every day, in a time zone where it is the middle of the day just now."""
    offset = (12 - datetime.now(UTC).hour + 12) % 24 - 12
    zone = f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"
    lines = BAKHMUT.read_text(encoding="utf-8").replace('timezone = "Europe/Kyiv"', f'timezone = "{zone}"').splitlines()
    text = "\n".join(
        line for line in lines if line[:7] not in {f"{d} = [" for d in ("mon", "tue", "wed", "thu", "fri")}
    )
    days = "\n".join(f'{d} = ["00:01-23:00"]' for d in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    text = text.replace("\n[providers.hours]\n", f"\n[providers.hours]\n{days}\n")
    return f"{text}\n\n[rules]\ncapacity_factor = 0  # the tests give out more tickets than a day can serve\n"


class ServerProcess:
    """``cherha serve`` on a folder of its own; ``kill`` is kill -9, ``start`` goes on with the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.centre = folder / "centre.toml"
        self.centre.write_text(always_open(), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        from queue_server.machine_room import DOOR

        door = self.data / DOOR
        door.unlink(missing_ok=True)
        command = [sys.executable, "-m", "queue_server.cli", "serve", "--centre", self.centre, "--data", self.data]
        log = (self.folder / "server.log").open("ab")
        self._process = subprocess.Popen([*command, "--port", str(self.port)], stderr=log, cwd=ROOT)
        deadline = time.monotonic() + 30
        while not door.exists() or not door.read_text():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "server.log").read_text())
            time.sleep(0.05)
        import json

        self.port = int(json.loads(door.read_text())["url"].rsplit(":", 1)[1])

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=20)

    def cherha(self, *words: str, check: bool = True) -> str:
        command = [sys.executable, "-m", "queue_server.cli", *words, "--data", str(self.data)]
        done = subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}
        )
        if check and done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path)
    process.start()
    yield process
    process.stop()
