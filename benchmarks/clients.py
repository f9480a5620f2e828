"""Those who ask: one line that costs little itself, a crowd of them in processes of their own, three hundred followers.

All times are seconds of ``time.perf_counter``, which every process of one machine shares.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from queue_server.client import API, QueueClient
from queue_server.messages import DeviceKind, NewDevice

CLIENT_PROCESSES = 2


class Line:
    """One keep-alive connection; the same for every server that is measured, so that it falls out of the ratio."""

    def __init__(self, url: str, token: str = "") -> None:
        self._http = HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def post(self, path: str, body: dict[str, Any]) -> tuple[float, dict[str, Any]]:
        """(seconds, answer). Raises RuntimeError when the server says no."""
        began = time.perf_counter()
        self._http.request("POST", path, json.dumps(body), {**self._headers, "Idempotency-Key": uuid4().hex})
        response = self._http.getresponse()
        content = response.read()
        took = time.perf_counter() - began
        if response.status >= 300:
            raise RuntimeError(f"{path}: {response.status} {content.decode()}")
        return took, json.loads(content)


class Bare:
    """The bare endpoint."""

    def __init__(self, url: str) -> None:
        self._line = Line(url)

    def insert(self) -> float:
        return self._line.post("/tickets", {"service": 1})[0]


class Kiosk:
    def __init__(self, url: str, token: str) -> None:
        self._line = Line(url, token)

    def issue(self, service: int = 1) -> float:
        return self._line.post(f"{API}/visits", {"tickets": [{"service": service}]})[0]


class Operator:
    def __init__(self, url: str, token: str, desk: int) -> None:
        self._line, self._path = Line(url, token), f"{API}/desks/{desk}"

    def call(self) -> float:
        """Seconds of «Наступний»; the visitor is then served, untimed."""
        took, answer = self._line.post(f"{self._path}/call-next", {})
        if answer["ticket"] is None:
            raise RuntimeError("nobody waits: this measures nothing")
        self._line.post(f"{self._path}/start", {})
        self._line.post(f"{self._path}/finish", {})
        return took


class Staff:
    """Gives out tokens at the door of a server that has just started; ``door`` is (address, administrator’s key)."""

    def __init__(self, door: tuple[str, str]) -> None:
        self.url, token = door
        self._admin = QueueClient(self.url, token)

    def kiosk_token(self, name: str = "kiosk") -> str:
        return self._admin.add_device(NewDevice(kind=DeviceKind.KIOSK, name=name)).token

    def kiosk(self) -> Kiosk:
        return Kiosk(self.url, self.kiosk_token())

    def operator(self, login: str = "kovalenko", desk: int = 1) -> Operator:
        self._admin.set_pin(login, "1234")
        client = QueueClient(self.url)
        token = client.sign_in(login, "1234").token
        client.desk_command(desk, "open")
        return Operator(self.url, token, desk)


# --- many at once ---


def crowd(clients: int, seconds: float, one: Callable[[int], Callable[[], float]]) -> tuple[float, list[float]]:
    """(answers a second, seconds of each answer). ``one(n)`` makes the n-th client; all are let go at once."""
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(clients)

    def client(n: int) -> list[float]:
        ask = one(n)
        gate.wait(60)
        until, took = time.perf_counter() + seconds, []
        while time.perf_counter() < until:
            took.append(ask())
        return took

    def run(mine: range, pipe: Connection) -> None:
        with ThreadPoolExecutor(len(mine)) as threads:
            pipe.send([took for answers in threads.map(client, mine) for took in answers])

    pipes = []
    for first in range(CLIENT_PROCESSES):
        here, there = context.Pipe(duplex=False)
        context.Process(target=run, args=(range(first, clients, CLIENT_PROCESSES), there), daemon=True).start()
        there.close()
        pipes.append(here)
    took = [seconds for pipe in pipes for seconds in pipe.recv()]
    return len(took) / seconds, took


# --- followers ---


def until_all_know(url: str, followers: int, calls: int, call: Callable[[], object]) -> list[float]:
    """For each call: seconds from the press until the last follower has its frame. Raises when a frame is missed."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    context.Process(target=_follow, args=(url, followers, calls, there), daemon=True).start()
    there.close()
    here.recv()
    pressed = []
    for _ in range(calls):
        time.sleep(0.1)
        pressed.append(time.perf_counter())
        call()
    arrivals: list[list[float]] = here.recv()
    return [max(arrived[n] for arrived in arrivals) - moment for n, moment in enumerate(pressed)]


def _follow(url: str, followers: int, calls: int, pipe: Connection) -> None:
    pipe.send(asyncio.run(_all(url, followers, calls, pipe)))


async def _all(url: str, followers: int, calls: int, pipe: Connection) -> list[list[float]]:
    ready = asyncio.Semaphore(0)
    lines = [asyncio.create_task(_one(url, calls, ready)) for _ in range(followers)]
    for _ in lines:
        await ready.acquire()
    pipe.send("ready")
    return await asyncio.gather(*lines)


async def _one(url: str, calls: int, ready: asyncio.Semaphore) -> list[float]:
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(f"GET {API}/events HTTP/1.0\r\nHost: cherha\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    await reader.readuntil(b"\n\n")  # the first heartbeat
    ready.release()
    arrived: list[float] = []
    while len(arrived) < calls:
        if b"event: called\n" in await reader.readuntil(b"\n\n"):
            arrived.append(time.perf_counter())
    writer.close()
    return arrived
