"""The page behind a slip's QR code: one's own number, readable without scripts, and nothing of anybody else."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from queue_server import messages as m


@pytest.fixture
def phone(hands: Any) -> httpx.Client:
    return httpx.Client(base_url="http://cherha", transport=hands.transport, headers={"Accept-Language": "uk"})


@pytest.fixture
def slip(site: Any, kiosk: Any) -> m.IssuedTicket:
    site.centre = site.centre.model_copy(
        update={"server": site.centre.server.model_copy(update={"public_url": "http://cherha"})}
    )
    visit: m.VisitView = kiosk.open_visit(m.NewVisit(tickets=[m.NewTicket(service=2)]), "k")
    return visit.tickets[0]


def test_the_code_on_the_slip_opens_the_own_number(phone: httpx.Client, slip: m.IssuedTicket) -> None:
    assert slip.qr is not None
    answer = phone.get(slip.qr)
    assert answer.status_code == 200
    assert "Ви наступні" in answer.text
    assert "<script" not in answer.text


def test_when_called_the_page_says_where_to(hands: Any, phone: httpx.Client, slip: m.IssuedTicket) -> None:
    hands.operator("kovalenko", 1).call_next(1)
    assert slip.qr is not None
    assert "Запрошуємо. Робоче місце № 1" in phone.get(slip.qr).text.replace("\u00a0", " ")


def shown(phone: httpx.Client, slip: m.IssuedTicket) -> str:
    assert slip.qr is not None
    answer = phone.get(slip.qr)
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


def test_the_page_repeats_the_wait_as_it_was_told_and_says_when_that_was(
    hands: Any, clock: Any, kiosk: Any, phone: httpx.Client, slip: m.IssuedTicket
) -> None:
    assert "Орієнтовне очікування" not in shown(phone, slip)  # nobody received: nothing was promised
    desk = hands.operator("kovalenko", 1)
    for number in range(5):
        kiosk.open_visit(m.NewVisit(tickets=[m.NewTicket(service=2)]), f"served-{number}")
        desk.call_next(1)
        desk.desk_command(1, "start")
        clock.move_by(minutes=6)
        desk.desk_command(1, "finish", m.FinishWith())
    for number in range(3):
        (later,) = kiosk.open_visit(m.NewVisit(tickets=[m.NewTicket(service=2)]), f"later-{number}").tickets
    told = f"{later.ticket.promised_low_min}–{later.ticket.promised_high_min} хв"
    assert f"Орієнтовне очікування на час видачі: {told}" in shown(phone, later)


def test_who_is_on_hold_is_not_told_to_be_next(hands: Any, phone: httpx.Client, slip: m.IssuedTicket) -> None:
    desk = hands.operator("kovalenko", 1)
    desk.call_next(1)
    desk.desk_command(1, "start")
    desk.desk_command(1, "hold", m.HoldFor(reason="documents"))
    page = shown(phone, slip)
    assert "Талон відкладено. Місце в черзі збережено" in page
    assert "Ви наступні" not in page


def test_a_changed_secret_opens_nothing(phone: httpx.Client, slip: m.IssuedTicket) -> None:
    assert slip.qr is not None
    wrong = slip.qr[:-1] + ("a" if slip.qr[-1] != "a" else "b")
    for address in (wrong, "http://cherha/my/1", "http://cherha/my/999-abc", "http://cherha/my/" + "9" * 40):
        assert phone.get(address).status_code == 404


def test_the_secret_is_not_passed_on(phone: httpx.Client, slip: m.IssuedTicket) -> None:
    assert slip.qr is not None
    headers = phone.get(slip.qr).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_a_sensitive_service_is_not_named(site: Any, kiosk: Any, phone: httpx.Client, slip: m.IssuedTicket) -> None:
    visit = kiosk.open_visit(m.NewVisit(tickets=[m.NewTicket(service=27)]), "sensitive")
    text = phone.get(visit.tickets[0].qr).text
    assert "Засоби реабілітації" not in text
    assert "27" in text
