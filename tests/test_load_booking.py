"""Fifty who want one last place, through every channel at once, against one real server process."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from queue_server.client import API, QueueClient, new_key
from queue_server.messages import DeviceKind, NewDevice, PersonName, Role, UserToSave

pytestmark = pytest.mark.load

CLIENTS, SERVICE = 50, 2


@pytest.fixture
def lines(server: Any) -> list[dict[str, str]]:
    """What each of fifty clients shows: nothing (the web), a kiosk's token, reception's token."""
    import json

    from queue_server.machine_room import DOOR

    told = json.loads((server.data / DOOR).read_text())
    with QueueClient(told["url"], told["token"]) as admin:
        kiosk = admin.add_device(NewDevice(kind=DeviceKind.KIOSK, name="kiosk")).token
        name = PersonName(surname="П", given_name="І")
        admin.save_user(UserToSave(login="reception", name=name, roles=[Role.RECEPTION], pin="1234"))
        reception = admin.sign_in("reception", "1234").token
    bearer = [{"Authorization": f"Bearer {token}"} for token in (kiosk, reception)]
    return [({}, *bearer)[n % 3] for n in range(CLIENTS)]


def test_of_fifty_who_want_the_last_place_one_has_it_and_all_others_are_told_what_is_free(
    server: Any, lines: list[dict[str, str]]
) -> None:
    with httpx.Client(base_url=server.url + API, trust_env=False) as looker:
        since = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
        days = looker.get("/slots", params={"service": SERVICE, "since": since, "days": 5}).json()["days"]
        last = next(slot for day in days for slot in day["slots"] if slot["places"] == 1)
    gate = threading.Barrier(CLIENTS)

    def ask(headers: dict[str, str]) -> httpx.Response:
        with httpx.Client(base_url=server.url + API, headers=headers, trust_env=False, timeout=30) as line:
            gate.wait(30)
            wish = {"service": SERVICE, "start": last["start"]}
            return line.post("/appointments", json=wish, headers={"Idempotency-Key": new_key()})

    with ThreadPoolExecutor(CLIENTS) as threads:
        answers = list(threads.map(ask, lines))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (CLIENTS - 1)
    for answer in answers:
        if answer.status_code == 409:
            assert answer.json()["code"] == "slot_taken"
            assert len(answer.json()["alternatives"]) == 3
    server.cherha("verify")  # raises when the file is not what its log says
