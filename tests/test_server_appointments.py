"""Agreed times over HTTP: one pool for every channel, the number given is the number called, one touch to arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import icalendar
import pytest

from queue_server import messages as m
from queue_server.accounts import SESSION_LASTS, NewUser
from queue_server.rules.slots import grid
from queue_server.site import Site
from queue_server.verify import verify

KYIV = ZoneInfo("Europe/Kyiv")
TUESDAY = date(2026, 3, 17)
Staff = Callable[..., httpx.Client]


@pytest.fixture
def web(hands: Any) -> httpx.Client:
    client: httpx.Client = hands.raw()
    return client


@pytest.fixture
def terminal(hands: Any) -> httpx.Client:
    client: httpx.Client = hands.raw(hands.site.accounts.add_device(m.DeviceKind.KIOSK, "terminal"))
    return client


@pytest.fixture
def staff(hands: Any) -> Staff:
    def sign_in(login: str, *roles: m.Role, desk: int = 0) -> httpx.Client:
        name = m.PersonName(surname="П", given_name="І")
        user = hands.site.accounts.save_user(
            NewUser(login, name, frozenset(roles), "upszn", ("dity", "dopomoha", "vpo"))
        )
        client: httpx.Client = hands.raw(hands.site.accounts.open_session(user, SESSION_LASTS)[0])
        if desk:
            assert client.post(f"/desks/{desk}/open").status_code == 200
        return client

    return sign_in


def first_free(web: httpx.Client, service: int = 2, *, days: int = 14, since: str = "") -> datetime:
    query = {"service": service, "days": days, **({"since": since} if since else {})}
    found = web.get("/slots", params=query).json()["days"]
    return datetime.fromisoformat(next(slot["start"] for day in found for slot in day["slots"]))


def book(who: httpx.Client, start: datetime, service: int = 2, **more: Any) -> httpx.Response:
    return who.post("/appointments", json={"service": service, "start": start.isoformat(), **more})


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


# --- what is free, and who gets it ---


def test_times_are_within_hours_breaks_left_out_and_half_of_the_desks_at_most(bakhmut: Any) -> None:
    for group in bakhmut.groups:
        promised = sum(slot.places for slot in grid(bakhmut, group, TUESDAY)) * group.slot_min
        desks = sum(1 / len(desk.groups) for desk in bakhmut.desks if group.code in desk.groups)
        assert promised <= 9 * 60 * desks / 2
    assert not grid(bakhmut, bakhmut.group("dity"), date(2026, 3, 21)), "a Saturday"
    friday = grid(bakhmut, bakhmut.group("dity"), date(2026, 3, 20))
    assert max(slot.end for slot in friday).astimezone(KYIV).hour == 16


def test_the_second_who_wants_a_place_is_told_at_once_which_times_are_free(web: httpx.Client) -> None:
    start = first_free(web, since="2026-03-17")
    assert book(web, start).status_code == 201
    second = book(web, start)
    assert code_of(second) == (409, "slot_taken")
    near = [datetime.fromisoformat(found) for found in second.json()["alternatives"]]
    assert len(near) == 3
    assert all(book(web, other).status_code == 201 for other in near)


def test_a_place_is_kept_while_the_form_is_open_and_free_again_afterwards(
    web: httpx.Client, terminal: httpx.Client, clock: Any
) -> None:
    start = first_free(web, since="2026-03-17")
    wish = {"service": 2, "start": start.isoformat(), "form": "abcdefgh"}
    assert web.post("/slot-holds", json=wish).status_code == 200
    assert code_of(book(terminal, start)) == (409, "slot_taken")
    assert book(web, start, form="abcdefgh").status_code == 201
    other = first_free(web, since="2026-03-17")
    web.post("/slot-holds", json={**wish, "start": other.isoformat(), "form": "ijklmnop"})
    assert first_free(web, since="2026-03-17") != other
    clock.move_by(minutes=6)
    assert book(terminal, other).status_code == 201


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("2026-03-17T08:07:00+02:00", "no_such_slot"),
        ("2026-03-21T10:00:00+02:00", "no_such_slot"),
        ("2026-03-16T10:15:00+02:00", "booking_too_late"),
        ("2026-04-14T10:15:00+03:00", "booking_too_far"),
    ],
)
def test_only_times_of_the_grid_within_lead_and_horizon_are_agreed(web: httpx.Client, start: str, code: str) -> None:
    assert code_of(book(web, datetime.fromisoformat(start)))[1] == code


def test_one_address_cannot_take_every_time(web: httpx.Client, site: Site) -> None:
    answers = [
        book(web, first_free(web), service=2).status_code for _ in range(site.centre.rules.web_bookings_per_hour + 1)
    ]
    assert set(answers[:-1]) == {201}
    assert answers[-1] == 429


# --- the number, the code, the day ---


def test_the_number_given_at_booking_is_the_number_called(
    web: httpx.Client, terminal: httpx.Client, staff: Staff, clock: Any, moment: Any, site: Site
) -> None:
    start = first_free(web, since="2026-03-17")
    booked = book(web, start, name={"surname": "Ґудзь", "given_name": "Їжак"}, notice_version="1").json()
    number = booked["appointment"]["number"]
    assert number == "А\u00a0501"
    clock.move_to(start - timedelta(minutes=12))
    site.ledger.tick()
    operator = staff("operator", m.Role.OPERATOR, desk=1)
    for _ in range(3):
        terminal.post("/visits", json={"tickets": [{"service": 2}]})
    arrived = terminal.post("/check-ins", json={"code": booked["code"]}).json()
    assert (arrived["ticket"]["number"], arrived["minutes_early"], arrived["late"]) == (number, 12, False)
    assert operator.post("/desks/1/call-next").json()["ticket"]["number"] == "А\u00a01", "not before its time"
    clock.move_to(start - timedelta(minutes=5))
    operator.post("/desks/1/start")
    operator.post("/desks/1/finish", json={"outcome": "accepted"})
    assert operator.post("/desks/1/call-next").json()["ticket"]["number"] == number
    assert "Ґудзь" not in terminal.get("/board").text
    log = " ".join(row[0] for row in site.ledger.db.conn.execute("SELECT data FROM log"))
    assert "Ґудзь" not in log
    assert booked["code"] not in log


def test_twenty_who_walked_in_wait_and_the_booked_visitor_is_the_next_from_five_to_ten(
    hands: Any, terminal: httpx.Client, staff: Staff, clock: Any, moment: Any, site: Site
) -> None:
    """Б-Рег 17 (R09): agreed for ten, checked in; whichever capable desk is free first from 9:55 on."""
    tuesday = moment(10, day=TUESDAY)
    start = min(slot.start for slot in grid(site.centre, site.centre.group("dity"), TUESDAY) if slot.start >= tuesday)
    booked = book(terminal, start).json()
    clock.move_to(start - timedelta(minutes=40))
    site.ledger.tick()
    first, second = staff("first", m.Role.OPERATOR, desk=1), staff("second", m.Role.OPERATOR, desk=2)
    for n in range(20):
        assert terminal.post("/visits", json={"tickets": [{"service": 2}]}).status_code in (201, 409), n
    waiting = site.hall.waiting("dity")
    for operator, desk in ((first, 1), (second, 2)):
        operator.post(f"/desks/{desk}/call-next")
        operator.post(f"/desks/{desk}/start")
    terminal.post("/check-ins", json={"code": booked["code"]})
    clock.move_to(start - timedelta(minutes=6))
    first.post("/desks/1/finish", json={"outcome": "accepted"})
    assert first.post("/desks/1/call-next").json()["ticket"]["kind"] == "walk_in"
    clock.move_to(start - timedelta(minutes=5))
    second.post("/desks/2/finish", json={"outcome": "accepted"})
    assert second.post("/desks/2/call-next").json()["ticket"]["number"] == booked["appointment"]["number"]
    assert waiting >= 8


@pytest.mark.parametrize("way", ["code", "number", "address"])
def test_arriving_is_one_touch_by_code_number_or_qr(
    web: httpx.Client, terminal: httpx.Client, clock: Any, site: Site, way: str
) -> None:
    start = first_free(web, since="2026-03-17")
    booked = book(web, start).json()
    clock.move_to(start)
    site.ledger.tick()
    typed = {"code": booked["code"], "number": "a501", "address": f"https://x.example/booking/{booked['secret']}"}[way]
    assert terminal.post("/check-ins", json={"code": typed}).json()["ticket"]["state"] == "waiting"
    assert code_of(web.post("/check-ins", json={"code": typed})) == (401, "not_signed_in")


def test_who_comes_after_the_grace_has_the_same_number_and_an_ordinary_place(
    web: httpx.Client, terminal: httpx.Client, clock: Any, site: Site
) -> None:
    start = first_free(web, since="2026-03-17")
    booked = book(web, start).json()
    clock.move_to(start + timedelta(minutes=17))
    site.ledger.tick()
    arrived = terminal.post("/check-ins", json={"code": booked["code"]}).json()
    assert (arrived["late"], arrived["minutes_late"], arrived["ticket"]["kind"]) == (True, 17, "walk_in")
    assert site.hall.bookings.appointments[booked["appointment"]["id"]].state is m.AppointmentState.LATE


def test_a_time_agreed_for_today_is_expected_at_once(web: httpx.Client, site: Site) -> None:
    booked = book(web, first_free(web, days=1)).json()
    assert site.hall.tickets[booked["appointment"]["ticket"]].state is m.TicketState.EXPECTED


# --- changing one's mind ---


def test_a_moved_appointment_keeps_its_code_and_frees_its_old_place(web: httpx.Client) -> None:
    start = first_free(web, since="2026-03-17")
    booked = book(web, start).json()
    later = first_free(web, since="2026-03-18")
    moved = web.post(f"/appointments/{booked['secret']}/move", json={"start": later.isoformat()}).json()
    assert (moved["code"], moved["appointment"]["state"]) == (booked["code"], "booked")
    assert first_free(web, since="2026-03-17") == start
    assert code_of(web.get(f"/appointments/{booked['code']}")) == (401, "not_signed_in"), "six figures can be guessed"
    again = web.post(f"/appointments/{booked['secret']}/move", json={"start": start.isoformat()})
    assert code_of(again) == (409, "appointment_over")


def test_a_cancelled_place_is_free_again_and_its_number_is_not_given_twice(
    web: httpx.Client, terminal: httpx.Client
) -> None:
    start = first_free(web, since="2026-03-17")
    booked = book(web, start).json()
    cancelled = terminal.post(f"/appointments/{booked['code']}/cancel").json()
    assert cancelled["appointment"]["state"] == "cancelled_by_visitor"
    assert book(web, start).json()["appointment"]["number"] == "А\u00a0502"


def test_the_calendar_file_says_when_and_where(web: httpx.Client) -> None:
    start = first_free(web, since="2026-03-17")
    booked = book(web, start).json()
    answer = web.get(f"/appointments/{booked['secret']}/calendar")
    event = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event.decoded("dtstart") == start
    assert "501" in str(event["summary"])
    assert answer.headers["content-type"].startswith("text/calendar")


# --- staff ---


def test_reception_sees_the_names_of_today_and_an_operator_does_not(
    web: httpx.Client, staff: Staff, clock: Any, site: Site
) -> None:
    start = first_free(web, since="2026-03-17")
    book(web, start, name={"surname": "Ґудзь", "given_name": "Їжак"}, notice_version="1")
    reception = staff("reception", m.Role.RECEPTION)
    assert reception.get("/appointments", params={"day": "2026-03-17"}).json()["names"] == {}
    clock.move_to(start - timedelta(hours=1))
    site.ledger.tick()
    reception, operator = staff("reception", m.Role.RECEPTION), staff("operator", m.Role.OPERATOR)
    assert list(reception.get("/appointments").json()["names"].values()) == [{"surname": "Ґудзь", "given_name": "Їжак"}]
    told = operator.get("/appointments").json()
    assert (len(told["appointments"]), told["names"]) == (1, {})
    assert code_of(web.get("/appointments"))[0] == 401


def test_a_name_needs_the_notice_that_was_shown(web: httpx.Client) -> None:
    start = first_free(web)
    assert book(web, start, name={"surname": "Ґудзь", "given_name": "Їжак"}).status_code == 422
    assert book(web, start, name={"surname": "<b>", "given_name": "1"}, notice_version="1").status_code == 422


def test_whose_an_appointment_was_is_erased_the_day_after_it(web: httpx.Client, clock: Any, site: Site) -> None:
    start = first_free(web, since="2026-03-17")
    book(web, start, contact="0501234567", notice_version="1")
    count = "SELECT count(*) FROM booked_by"
    clock.move_to(start + timedelta(days=1))
    site.ledger.tick()
    assert site.ledger.db.conn.execute(count).fetchone()[0] == 1
    clock.move_by(days=1)
    site.ledger.tick()
    assert site.ledger.db.conn.execute(count).fetchone()[0] == 0


def test_shortened_hours_list_the_appointments_that_they_break(web: httpx.Client, staff: Staff, site: Site) -> None:
    start = first_free(web, since="2026-03-17")
    booked = book(web, start).json()
    head = staff("head", m.Role.CENTRE_HEAD)
    assert head.get("/appointments-broken").json()["appointments"] == []
    closed = m.settings.SpecialDay(day=TUESDAY, kind="closed", reason="Ремонт", confirmed_by="Голова")
    site.apply(site.centre.model_copy(update={"special_days": [closed]}), "system", "test")
    assert [a["id"] for a in head.get("/appointments-broken").json()["appointments"]] == [booked["appointment"]["id"]]


# --- the file ---


def test_a_restarted_server_knows_every_appointment_and_gives_no_place_twice(
    hands: Any, web: httpx.Client, site: Site, bakhmut: Any, clock: Any
) -> None:
    first = first_free(web, since="2026-03-17")
    book(web, first)
    kept = book(web, first_free(web, since="2026-03-18")).json()
    web.post(f"/appointments/{kept['secret']}/cancel")
    folder = site.ledger.path.parent
    site.close()
    assert verify(folder).mistakes == []
    again = Site(bakhmut, folder, clock)
    other = type(hands)(again).raw()
    assert code_of(book(other, first)) == (409, "slot_taken")
    assert book(other, first_free(other, since="2026-03-18")).json()["appointment"]["number"] == "А\u00a0502"
    clock.move_to(first)
    again.ledger.tick()
    assert [t.number for t in again.hall.tickets.values()] == [501]
    again.close()
    assert verify(folder).mistakes == []


def test_the_operator_sees_who_is_agreed_and_calls_by_record_at_the_time(
    web: httpx.Client, staff: Staff, clock: Any, site: Site
) -> None:
    """Also whoever came and did not check in (R10)."""
    start = first_free(web, since="2026-03-17")
    booked = book(web, start).json()
    clock.move_to(start - timedelta(minutes=6))
    site.ledger.tick()
    operator = staff("operator", m.Role.OPERATOR, desk=1)
    agreed = operator.get("/desks/1").json()["appointments"]
    assert [(t["number"], t["state"]) for t in agreed] == [(booked["appointment"]["number"], "expected")]
    assert code_of(operator.post("/desks/1/call-by-record", json={"ticket": agreed[0]["id"]})) == (
        409,
        "not_the_agreed_time",
    )
    clock.move_to(start)
    called = operator.post("/desks/1/call-by-record", json={"ticket": agreed[0]["id"]}).json()
    assert called["ticket"]["state"] == "called"
    assert operator.get("/desks/1").json()["appointments"] == []


def test_how_the_agreed_times_are_kept_is_counted_as_the_day_goes(
    web: httpx.Client, terminal: httpx.Client, staff: Staff, clock: Any, site: Site
) -> None:
    start = first_free(web, since="2026-03-17")
    codes = [book(web, start).json()["code"]]
    codes.append(book(web, first_free(web, since="2026-03-17")).json()["code"])
    clock.move_to(start - timedelta(minutes=2))
    site.ledger.tick()
    for code in codes:
        terminal.post("/check-ins", json={"code": code})
    operator = staff("operator", m.Role.OPERATOR, desk=1)
    operator.post("/desks/1/call-next")
    assert web.get("/hall").json()["punctuality"] == {"called": 1, "in_time": 1, "overdue": 0}
    clock.move_by(minutes=45)
    assert web.get("/hall").json()["punctuality"] == {"called": 1, "in_time": 1, "overdue": 1}


def test_an_old_code_still_stands_for_the_time_it_was_moved_to(
    web: httpx.Client, terminal: httpx.Client, clock: Any, site: Site
) -> None:
    booked = book(web, first_free(web, since="2026-03-17")).json()
    later = first_free(web, since="2026-03-18")
    web.post(f"/appointments/{booked['secret']}/move", json={"start": later.isoformat()})
    clock.move_to(later)
    site.ledger.tick()
    arrived = terminal.post("/check-ins", json={"code": f"https://x.example/booking/{booked['secret']}"})
    assert arrived.json()["ticket"]["state"] == "waiting"


def test_an_operator_agrees_on_times_of_the_own_queues_only(web: httpx.Client, staff: Staff) -> None:
    operator, reception = staff("operator", m.Role.OPERATOR), staff("reception", m.Role.RECEPTION)
    start = first_free(web, 27, since="2026-03-17")
    assert code_of(book(operator, start, 27)) == (403, "role_missing")
    booked = book(reception, start, 27, channel="phone").json()
    assert booked["appointment"]["channel"] == "phone"
    assert code_of(operator.post(f"/appointments/{booked['code']}/cancel")) == (403, "role_missing")
    assert (
        reception.post(f"/appointments/{booked['code']}/cancel").json()["appointment"]["state"] == "cancelled_by_centre"
    )


def test_after_a_restart_no_appointment_takes_the_row_of_one_whose_day_is_over(
    hands: Any, web: httpx.Client, site: Site, bakhmut: Any, clock: Any
) -> None:
    book(web, first_free(web, since="2026-03-19"))
    over = book(web, first_free(web, since="2026-03-17")).json()["appointment"]["id"]
    clock.move_by(days=2)
    site.ledger.tick()
    folder = site.ledger.path.parent
    site.close()
    again = Site(bakhmut, folder, clock)
    other = type(hands)(again).raw()
    assert book(other, first_free(other, since="2026-03-20")).json()["appointment"]["id"] == over + 1
    again.close()
    assert verify(folder).mistakes == []


def test_a_ticket_that_is_cancelled_frees_the_place_of_its_appointment_for_good(
    web: httpx.Client, staff: Staff, site: Site
) -> None:
    start = first_free(web, days=1)
    booked = book(web, start).json()["appointment"]
    reception = staff("reception", m.Role.RECEPTION)
    assert reception.post(f"/tickets/{booked['ticket']}/cancel", json={"reason": "duplicate"}).status_code == 200
    assert site.hall.bookings.appointments[booked["id"]].state is m.AppointmentState.CANCELLED_BY_CENTRE
    assert book(web, start).status_code == 201
    assert code_of(reception.post(f"/tickets/{booked['ticket']}/undo")) == (409, "something_followed")
