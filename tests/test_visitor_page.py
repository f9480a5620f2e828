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
