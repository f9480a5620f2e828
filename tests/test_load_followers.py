"""Three hundred walls and consoles on one server: each hears every call, in one order, and what it missed."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
import socket
import sqlite3
import traceback
from collections.abc import AsyncIterator
from multiprocessing.connection import Connection
from typing import Any

import pytest

from config.settings import Centre
from queue_server.client import API, QueueClient, new_key
from queue_server.ledger import FILE
from queue_server.messages import DeviceKind, Frame, Heartbeat, NewDevice, NewTicket, NewVisit

pytestmark = pytest.mark.load

FOLLOWERS = 300
LAST_LETTER = "К"  # the only service of this letter is the last one called: its end is the end for every follower
LAST_SERVICE = 15
PATIENCE_S = 60.0
TOLD_TO_EVERYBODY = (
    "DayOpened",
    "SettingsChanged",
    "TicketIssued",
    "TicketCalled",
    "ServiceStarted",
    "ServiceFinished",
)
Told = tuple[int, str, str]  # seq, kind, data


async def frames(port: int, after: int | None) -> AsyncIterator[Told]:
    """The public stream, read byte by byte as it comes; heartbeats are told with seq 0."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        resume = "" if after is None else f"Last-Event-ID: {after}\r\n"
        writer.write(f"GET {API}/events HTTP/1.0\r\nHost: cherha\r\n{resume}\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.splitlines()[0], head
        while True:
            block = (await reader.readuntil(b"\n\n")).decode()
            fields = dict(line.split(": ", 1) for line in block.splitlines() if line)
            yield int(fields.get("id", 0)), fields["event"], fields["data"]
    finally:
        writer.close()


async def follower(port: int, after: int, ready: asyncio.Semaphore, breaks: list[int]) -> list[Told]:
    """All frames up to the last call's end. The line breaks after so many frames each time, and is taken up again."""
    heard: list[Told] = []
    breaks = [*breaks, 1_000_000]
    while True:
        patience = breaks.pop(0)
        async for seq, kind, data in frames(port, heard[-1][0] if heard else after):
            assert kind != "reset"
            if kind == "heartbeat":
                ready.release()
                continue
            heard.append((seq, kind, data))
            patience -= 1
            if kind == "finished" and json.loads(data)["letter"] == LAST_LETTER:
                return heard
            if patience == 0:
                break


async def hall_of_followers(port: int, after: int, pipe: Connection) -> list[list[Told]]:
    ready = asyncio.Semaphore(0)
    chance = random.Random(4)
    lines = [
        asyncio.create_task(
            follower(port, after, ready, [chance.randint(1, 20) for _ in range(3)] if n % 3 == 0 else [])
        )
        for n in range(FOLLOWERS)
    ]
    for _ in lines:
        await ready.acquire()
    pipe.send("ready")
    return await asyncio.wait_for(asyncio.gather(*lines), PATIENCE_S)


def follow_in_a_process(port: int, after: int, pipe: Connection) -> None:
    try:
        pipe.send(asyncio.run(hall_of_followers(port, after, pipe)))
    except BaseException:  # noqa: BLE001 (told to the test, which fails with it)
        pipe.send(traceback.format_exc())


def told(pipe: Connection) -> Any:
    assert pipe.poll(PATIENCE_S), "the followers are silent"
    return pipe.recv()


def one_that_never_reads(port: int) -> socket.socket:
    """A follower whose machine hangs: its line is open and its buffer is full."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    line.connect(("127.0.0.1", port))
    line.sendall(f"GET {API}/events HTTP/1.1\r\nHost: cherha\r\nLast-Event-ID: 0\r\n\r\n".encode())
    return line


@pytest.fixture
def admin(server: Any) -> QueueClient:
    door = json.loads((server.data / "server.json").read_text())
    return QueueClient(door["url"], door["token"])


def test_three_hundred_followers_hear_every_frame_in_one_order_even_when_lines_break(
    server: Any, admin: QueueClient, bakhmut: Centre
) -> None:
    kiosk = QueueClient(server.url, admin.add_device(NewDevice(kind=DeviceKind.KIOSK, name="k1")).token)
    hands = []
    for desk, login in ((1, "kovalenko"), (4, "tkachenko"), (5, "melnyk")):
        admin.set_pin(login, "1234")
        operator = QueueClient(server.url)
        operator.sign_in(login, "1234")
        operator.desk_command(desk, "open")
        hands.append((desk, operator))
    start = kiosk.board().seq
    stuck = [one_that_never_reads(server.port) for _ in range(5)]

    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    crowd = context.Process(target=follow_in_a_process, args=(server.port, start, there))
    crowd.start()
    there.close()
    assert told(here) == "ready"

    for service in [1, 6, 22] * 10:
        kiosk.open_visit(NewVisit(tickets=[NewTicket(service=service)]), new_key())
    called = 0
    for desk, operator in hands * 8:
        if operator.call_next(desk).ticket is not None:
            called += 1
            operator.desk_command(desk, "start")
            operator.desk_command(desk, "finish")
    assert called == 24
    kiosk.open_visit(NewVisit(tickets=[NewTicket(service=LAST_SERVICE)]), new_key())
    desk, operator = hands[-1]
    while (answer := operator.call_next(desk)).ticket is not None:
        operator.desk_command(desk, "start")
        operator.desk_command(desk, "finish")
        if answer.ticket.letter == LAST_LETTER:
            break

    heard = told(here)
    crowd.join()
    assert not isinstance(heard, str), heard
    assert len(heard) == FOLLOWERS

    rows = sqlite3.connect(server.data / FILE).execute("SELECT seq, type FROM log WHERE seq > ? ORDER BY seq", (start,))
    expected = [seq for seq, kind in rows if kind in TOLD_TO_EVERYBODY]
    assert len(expected) > 100
    first = heard[0]
    assert [seq for seq, _, _ in first] == expected
    assert all(other == first for other in heard), "the same words in the same order for everybody"

    # Whoever comes back by the client that walls and consoles use gets what came after its last frame.
    missed = [Frame.model_validate_json(data) for seq, _, data in first if seq > expected[-7]]
    caught_up = []
    for frame in kiosk.follow(expected[-7]):
        if not isinstance(frame, Heartbeat):
            caught_up.append(frame)
        if len(caught_up) == 6:
            break
    assert caught_up == missed
    for line in stuck:
        line.close()
