"""The hard cases of a day: machines and power that fail, alarms, hours and calendars, numbers, and the books."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from config.settings import Centre, SpecialDay
from display_board.announcements import Announcements, Say
from queue_server import messages as m
from queue_server.accounts import SESSION_LASTS, NewUser
from queue_server.clock import StoppedClock
from queue_server.messages import Role, TicketState
from queue_server.records import ProviderState, Ticket
from queue_server.rules import capacity, day, desks, late
from queue_server.rules import events as ev
from queue_server.rules.estimate import estimate, shown_minutes
from queue_server.rules.hours import reception
from queue_server.rules.numbering import folded
from queue_server.rules.refusal import Refused
from queue_server.site import Site

Moment = Callable[..., datetime]
Signed = Callable[..., httpx.Client]
FRIDAY = date(2026, 3, 20)


@pytest.fixture
def terminal(hands: Any) -> httpx.Client:
    client: httpx.Client = hands.raw(hands.site.accounts.add_device(m.DeviceKind.KIOSK, "terminal"))
    return client


@pytest.fixture
def signed(hands: Any) -> Signed:
    """Somebody who is signed in: an operator of the centre file, or whoever has these roles."""

    def sign(login: str, *roles: Role, desk: int | None = None) -> httpx.Client:
        accounts = hands.site.accounts
        if roles:
            accounts.save_user(NewUser(login, m.PersonName(surname="П", given_name="І"), frozenset(roles)))
        client: httpx.Client = hands.raw(accounts.open_session(accounts.user_named(login), SESSION_LASTS)[0])
        if desk is not None:
            assert client.post(f"/desks/{desk}/open").status_code == 200
        return client

    return sign


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Opens the site of a centre in a folder of this name, as often as wanted."""
    sites: list[Site] = []

    def open_site(centre: Centre, moment: datetime, folder: str = "hall") -> Site:
        for site in sites:
            site.close()
        sites[:] = [Site(centre, tmp_path / folder, StoppedClock(moment))]
        return sites[0]

    yield open_site
    for site in sites:
        site.close()


def wanted(*services: int, **more: Any) -> dict[str, Any]:
    return {"tickets": [{"service": service} for service in services], **more}


def no(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def refusal(job: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        job()
    return refused.value


def number(ticket: Ticket | None) -> str:
    return f"{ticket.letter} {ticket.number}" if ticket else ""


# --- 23-29: somebody or something is gone ---


def test_23_an_operator_goes_home_without_closing_the_desk(toy: Any, moment: Moment) -> None:
    """Not closed while somebody is there; otherwise by itself half an hour after the provider's end."""
    toy.open(1)
    toy.take(2)
    toy.now = moment(16, 55)
    toy.call(1)
    toy.do("start", 1)
    assert refusal(lambda: desks.close_desk(toy.hall, toy.centre, 1, 1)).code == "finish_first"
    toy.now = moment(17, 5)
    toy.tick()
    assert 1 in toy.hall.desks
    toy.finish(1)
    toy.tick()
    assert toy.hall.provider_state("upszn") is ProviderState.CLOSED
    toy.wait(minutes=29)
    toy.tick()
    assert 1 in toy.hall.desks
    toy.wait(minutes=1)
    assert toy.tick() == [ev.DeskClosed(1)]
    assert timedelta(minutes=30) == toy.now - toy.hall.providers["upszn"].closed_at


def test_24_the_consoles_computer_dies_while_somebody_is_served(
    terminal: httpx.Client, signed: Signed, clock: Any
) -> None:
    """The operator goes on at another computer or another desk with the ticket in hand; or the head sets it free."""
    operator, head = signed("kovalenko", desk=1), signed("head", Role.CENTRE_HEAD)
    terminal.post("/visits", json=wanted(2))
    for verb in ("call-next", "start"):
        operator.post(f"/desks/1/{verb}")
    clock.move_by(seconds=119)
    assert no(head.post("/desks/1/release", json={})) == (409, "release_needs_reason")
    another_computer = signed("kovalenko")
    assert another_computer.get("/desks/1").json()["ticket"]["state"] == "serving"
    moved = another_computer.post("/desks/2/open", json={"move": True}).json()
    assert (moved["state"], moved["ticket"]["number"], moved["ticket"]["desk"]) == ("serving", "А\u00a01", 2)
    assert head.get("/desks/1").json()["state"] == "closed"
    clock.move_by(seconds=121)
    freed = head.post("/desks/2/release", json={}).json()
    assert (freed["state"], freed["queue"][0]["returned"]) == ("ready", True)


def test_25_the_server_restarts_during_a_call(bakhmut: Centre, opened: Callable[..., Site], moment: Moment) -> None:
    """All is as it was and the wall reads it again; a call older than a minute is not said again."""
    site = opened(bakhmut, moment(10))
    kiosk, operator = client(site, "kiosk"), client(site, "kovalenko")
    kiosk.post("/visits", json=wanted(2))
    operator.post("/desks/1/open")
    operator.post("/desks/1/call-next")
    wall = kiosk.get("/board").json()
    assert [(call["number"], call["desk"]) for call in wall["calls"]] == [("А\u00a01", 1)]

    for later, said in ((timedelta(seconds=59), True), (timedelta(seconds=61), False)):
        site = opened(bakhmut, moment(10) + later)
        again = client(site, "wall").get("/board").json()
        assert (again["calls"], again["waiting"]) == (wall["calls"], wall["waiting"])
        _, action = Announcements().hear_snapshot(m.BoardView.model_validate(again), site.now()).next(site.now())
        assert isinstance(action, Say) is said
    assert client(site, "kovalenko").post("/desks/1/start").json()["state"] == "serving"


def client(site: Site, who: str) -> httpx.Client:
    """A bare connection of a terminal, a wall, or an operator of the centre file."""
    from queue_server.app import create_app

    if who in ("kiosk", "wall"):
        token = site.accounts.add_device(m.DeviceKind.KIOSK if who == "kiosk" else m.DeviceKind.BOARD, who)
    else:
        token, _ = site.accounts.open_session(site.accounts.user_named(who), SESSION_LASTS)
    transport = httpx.WSGITransport(app=create_app(site), raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url="http://cherha/api/v1", transport=transport, headers=headers)


def test_29_the_power_is_off_for_ninety_minutes(terminal: httpx.Client, signed: Signed, clock: Any) -> None:
    """Numbers of the paper reserve are entered afterwards with the time written on them, by reception only."""
    reception, operator = signed("reception", Role.RECEPTION), signed("kovalenko", desk=1)
    terminal.post("/visits", json=wanted(2))
    before = clock.now()
    clock.move_by(minutes=90)
    terminal.post("/visits", json=wanted(2))
    for paper, minutes in ((2, 40), (1, 20)):
        at = (before + timedelta(minutes=minutes)).isoformat()
        entry = {"number": f"Ц {paper}", "service": 2, "at": at}
        assert no(operator.post("/late-entries", json=entry)) == (403, "role_missing")
        assert reception.post("/late-entries", json=entry).status_code == 201
    called = []
    for _ in range(4):
        called.append(operator.post("/desks/1/call-next").json()["ticket"]["number"].replace("\u00a0", " "))
        operator.post("/desks/1/start")
        operator.post("/desks/1/finish", json={})
    assert called == ["А 1", "Ц 1", "Ц 2", "А 2"]


# --- 30-34: alarms and closing ---


def test_30_an_air_raid_alarm(toy: Any) -> None:
    """No calls, no tickets; afterwards ten minutes to come back, and the same order."""
    toy.open(1)
    queue = [toy.take(2) for _ in range(3)]
    toy.call(1)
    toy.fold(day.suspend(toy.hall, "air_alarm"))
    assert queue[0].state is TicketState.WAITING
    assert refusal(lambda: toy.call(1)).code == "suspended"
    assert refusal(lambda: toy.take(2)).code == "provider_suspended"
    toy.wait(minutes=40)
    toy.fold(day.restore(toy.hall, toy.now, toy.centre))
    toy.wait(minutes=9)
    assert refusal(lambda: toy.call(1)).code == "return_period"
    late_comer = toy.take(2)
    toy.wait(minutes=1)
    assert [toy.serve(1) for _ in range(4)] == [*queue, late_comer]


def test_31_an_alarm_lasts_until_the_end_of_the_day(toy: Any, moment: Moment) -> None:
    """Those who wait are listed as ended by the alarm: nobody gave up, nobody failed to come."""
    toy.open(1)
    queue = [toy.take(2) for _ in range(3)]
    toy.now = moment(15)
    toy.call(1)
    toy.fold(day.suspend(toy.hall, "air_alarm"))
    for when in (moment(17, 1), moment(23, 30)):
        toy.now = when
        last = toy.tick()
    expired = [event for event in last if isinstance(event, ev.TicketExpired)]
    assert {(event.ticket, event.reason) for event in expired} == {(ticket.id, "alarm") for ticket in queue}
    assert {ticket.state for ticket in queue} == {TicketState.EXPIRED}
    assert not [row for row in toy.rows if isinstance(row.event, ev.TicketMissed | ev.TicketCancelled)]


def test_32_the_provider_closes_at_four_on_friday_and_a_ticket_is_asked_for_at_twenty_to(
    bakhmut: Centre, opened: Callable[..., Site], moment: Moment
) -> None:
    """Six wait: what can still be served decides. The refusal says where to turn (slots come with appointments)."""
    site = opened(bakhmut, moment(14, day=FRIDAY))
    kiosk = client(site, "kiosk")
    for _ in range(6):
        assert kiosk.post("/visits", json=wanted(22)).status_code == 201
    assert isinstance(site.clock, StoppedClock)
    site.clock.move_to(moment(15, 40, day=FRIDAY))
    refused = kiosk.post("/visits", json=wanted(22))
    assert no(refused) == (409, "capacity_stop")
    assert "Зверніться до рецепції" in refused.json()["detail"]
    assert kiosk.get("/estimate?service=22").json()["reason"] == "capacity_stop"
    assert kiosk.post("/visits", json=wanted(29)).status_code == 201  # nobody waits there
    site.clock.move_to(moment(15, 51, day=FRIDAY))
    assert no(kiosk.post("/visits", json=wanted(29)))[0] == 409


def test_33_a_visitor_still_waits_with_a_ticket_at_five_past_five(toy: Any, moment: Moment) -> None:
    """The promise is kept: served, and the reception does not close before; unless the head ends the day."""
    toy.open(1)
    toy.now = moment(16, 50)
    first, second = toy.take(2), toy.take(2)
    toy.now = moment(17, 5)
    toy.tick()
    assert toy.hall.provider_state("upszn") is ProviderState.CLOSING
    assert refusal(lambda: toy.take(2)).code == "provider_closed_for_today"
    assert toy.serve(1) is first
    toy.wait(hours=1)
    toy.tick()
    assert (toy.hall.provider_state("upszn"), 1 in toy.hall.desks) == (ProviderState.CLOSING, True)
    toy.fold(day.end_reception(toy.hall, toy.centre, "upszn"))
    assert second.state is TicketState.EXPIRED


def test_34_a_provider_has_no_known_schedule(terminal: httpx.Client, signed: Signed, site: Site) -> None:
    """Not offered; the server refuses everybody; reception sees the reason."""
    document = site.centre.model_dump(mode="json")
    document["providers"][0]["hours"] = None
    site.centre = Centre.model_validate_json(json.dumps(document))
    reception = signed("reception", Role.RECEPTION)
    for who in (terminal, reception):
        assert no(who.post("/visits", json=wanted(2))) == (409, "provider_schedule_unknown")
    provider = reception.get("/centre").json()["providers"][0]
    assert (provider["open"], provider["reason"]) == (False, "schedule_unknown")


# --- 35-40: calendar, clock, numbers ---


def test_35_a_holiday_in_martial_law(bakhmut: Centre) -> None:
    """A working day, unless the head confirmed otherwise."""
    holiday, provider = date(2026, 8, 24), bakhmut.provider("upszn")
    assert reception(provider, holiday, bakhmut) is not None
    closed = SpecialDay(day=holiday, kind="closed", reason="День Незалежності", confirmed_by="Керівник")
    assert reception(provider, holiday, bakhmut.model_copy(update={"special_days": [closed]})) is None


def test_37_the_night_when_the_clocks_change(bakhmut: Centre, opened: Callable[..., Site]) -> None:
    """Moments are kept in UTC; on both sides of the night reception begins at eight by the clock on the wall."""
    provider = bakhmut.provider("upszn")
    for friday, winter, summer in ((date(2026, 3, 27), 6, 5), (date(2026, 10, 23), 5, 6)):
        for weekday, hour in ((friday, winter), (friday + timedelta(days=3), summer)):
            today = reception(provider, weekday, bakhmut)
            assert today is not None
            assert today.opens == datetime(weekday.year, weekday.month, weekday.day, hour, tzinfo=UTC)
    night = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)  # a minute before three becomes four
    for moment in (night, night + timedelta(minutes=2)):
        site = opened(bakhmut, moment)
        assert site.hall.day is not None
        assert site.hall.day.day == date(2026, 3, 29)


def test_38_the_systems_clock_jumps_back(bakhmut: Centre, opened: Callable[..., Site], moment: Moment) -> None:
    """The order is that of the log, and nothing lasts less than no time."""
    site = opened(bakhmut, moment(10))
    client(site, "kiosk").post("/visits", json=wanted(2))
    site = opened(bakhmut, moment(9, 50))
    kiosk, operator = client(site, "kiosk"), client(site, "kovalenko")
    kiosk.post("/visits", json=wanted(2))
    first, second = site.hall.tickets.values()
    assert first.place < second.place
    operator.post("/desks/1/open")
    assert operator.post("/desks/1/call-next").json()["ticket"]["number"] == "А\u00a01"
    for verb in ("start", "finish"):
        operator.post(f"/desks/1/{verb}", json={})
    for ticket in (first, second):
        times = [ticket.issued_at, ticket.first_called_at, ticket.started_at, ticket.ended_at]
        known = [time for time in times if time is not None]
        assert known == sorted(known)


def test_39_the_five_hundredth_walk_in_of_a_letter(toy: Any) -> None:
    """Goes on as 1001: 501 to 999 belong to appointments."""
    numbers = [toy.take(2).number for _ in range(501)]
    assert numbers == [*range(1, 500), 1001, 1002]


def test_40_a_number_is_typed_with_a_latin_letter(toy: Any) -> None:
    """Folded to the Cyrillic one, in whatever case and with whatever spaces and zeros."""
    assert {folded(typed) for typed in ("A 17", "a17", "А017", " а  17 ", "A-17")} == {("А", 17)}
    toy.fold(late.enter(toy.hall, toy.now, toy.centre, "A 17", 2, toy.now, "uk"))
    assert number(toy.hall.tickets[toy.hall.last_ticket]) == "А 17"


def test_41_a_visitor_takes_a_ticket_and_leaves(toy: Any) -> None:
    """A no-show: the time is free for others, and nobody is punished."""
    toy.open(1)
    before = capacity.committed_s(toy.hall, toy.centre, "dity")
    ticket = toy.take(2)
    assert capacity.committed_s(toy.hall, toy.centre, "dity") > before
    toy.call(1)
    toy.miss(1)
    assert ticket.state is TicketState.NO_SHOW
    assert capacity.committed_s(toy.hall, toy.centre, "dity") == before
    assert toy.add(ticket.visit, 2).state is TicketState.WAITING


# --- 62-68: the books ---


def test_62_the_head_asks_why_one_number_came_before_an_earlier_one(toy: Any) -> None:
    """The record of the call tells the tier, who was passed and why, who stood there, and the runs."""
    toy.open(1)
    toy.open(4)
    for _ in range(2):
        toy.take(6)
        toy.serve(4)
    _, third = toy.visit(2, 6)
    fourth = toy.take(6)
    assert (number(third), number(fourth)) == ("Д 3", "Д 4")
    toy.call(1)
    assert toy.call(4) is fourth
    choice = toy.rows[-1].event.choice
    assert choice.tier == "ordinary"
    assert choice.passed == (ev.Passed(third.id, "sibling"),)
    assert choice.standings == (ev.Standing("dopomoha", "W", fourth.id, 2),)
    assert (choice.run_appointments, choice.run_priority, choice.run_desk) == (0, 0, 0)


def test_63_fifteen_to_twenty_five_minutes_were_told_and_it_took_fifty(toy: Any) -> None:
    """What was told stays with the ticket and can be held against the facts; what is told now follows the hall."""
    toy.open(1)
    for _ in range(6):
        toy.take(2)
        toy.serve(1, minutes=16)
    toy.take(2)
    toy.call(1)
    toy.do("start", 1)
    ticket = toy.take(2)
    assert ticket.promise is not None
    told = shown_minutes(ticket.promise)
    toy.wait(minutes=50)
    toy.take(2)
    toy.finish(1)
    assert toy.call(1) is ticket
    low, high = ticket.row()["promised_low_s"], ticket.row()["promised_high_s"]
    assert shown_minutes(ev.Promise(low, high)) == told
    assert (ticket.first_called_at - ticket.issued_at).total_seconds() == 50 * 60 > high
    live = estimate(toy.hall, toy.now, toy.centre, "dity").promise
    assert live is not None
    assert live.high_s > high


def test_64_nobody_closes_the_day(toy: Any, moment: Moment) -> None:
    """It closes by itself at 23:30."""
    toy.open(1)
    ticket = toy.take(2)
    toy.now = moment(23, 29)
    toy.tick()
    assert toy.hall.is_open
    toy.now = moment(23, 30)
    toy.tick()
    assert (toy.hall.is_open, toy.hall.desks, ticket.state) == (False, {}, TicketState.EXPIRED)


def test_65_a_visitor_goes_to_the_wrong_building_of_two(
    bakhmut: Centre, opened: Callable[..., Site], moment: Moment
) -> None:
    """The ticket means nothing there; reception gives a new one."""
    site = opened(bakhmut, moment(10), "bakhmut")
    kiosk = client(site, "kiosk")
    kiosk.post("/visits", json=wanted(2))
    secret = site.secrets.of(1)
    assert kiosk.get(f"/my/{secret}").status_code == 200
    other = opened(bakhmut.model_copy(update={"code": "zhytomyr"}), moment(10), "zhytomyr")
    there = client(other, "kiosk")
    there.post("/visits", json=wanted(2))
    assert no(there.get(f"/my/{secret}")) == (404, "unknown_secret")


def test_67_the_coordinator_opens_the_raw_list_of_tickets(signed: Signed, site: Site) -> None:
    """It has no column for names; and where somebody is at a desk is not the coordinator's to see."""
    for table in ("ticket", "visit", "leg", "call", "log"):
        columns = {column.name for column in site.ledger.db.table(table).columns}
        assert not columns & {"name", "surname", "given_name", "patronymic", "contact", "phone", "email"}, table
    assert no(signed("coordinator", Role.COORDINATOR).post("/tickets/1/reinstate")) == (403, "role_missing")


def test_68_a_backup_of_yesterday_is_restored(toy: Any) -> None:
    """Numbers that were printed today are entered again from the paper, and the counter goes on above the highest."""
    for typed, minutes in (("А 17", 20), ("А 15", 25)):
        at = toy.now - timedelta(minutes=minutes)
        toy.fold(late.enter(toy.hall, toy.now, toy.centre, typed, 2, at, "uk"))
    new = toy.take(2)
    assert number(new) == "А 18"
    again = refusal(lambda: late.enter(toy.hall, toy.now, toy.centre, "А 18", 2, toy.now, "uk"))
    assert again.code == "number_known"
    entered = [ticket for ticket in toy.hall.tickets.values() if ticket.entered_late]
    assert sorted(map(number, entered)) == ["А 15", "А 17"]
    toy.open(1)
    assert [number(toy.serve(1)) for _ in range(3)] == ["А 15", "А 17", "А 18"]
