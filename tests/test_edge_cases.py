"""The 68 hard cases of a day in the hall, by their numbers in the requirements: a press, a call, an agreed time.

Here is the table of those that are shown elsewhere, too; ``test_edge_cases_day.py`` has machines, emergencies, the
calendar and the books, ``test_edge_cases_people.py`` what people need, ask for and do to each other.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import gevent
import httpx
import pytest

from config.settings import Centre
from queue_server import messages as m
from queue_server.accounts import SESSION_LASTS
from queue_server.messages import TicketState
from queue_server.records import Ticket
from queue_server.rules import appointments, serving
from queue_server.rules import events as ev
from queue_server.rules.appointments import Booking
from queue_server.rules.refusal import Refused
from queue_server.site import Site

TESTS = Path(__file__).parent
Moment = Callable[..., datetime]
Signed = Callable[..., httpx.Client]

ELSEWHERE: dict[int, str] = {
    14: "issue: Appointments (two bookings of one slot)",
    16: "issue: Appointments (a pause dialog that knows what is booked)",
    26: "tests/test_kiosk_terminal.py::test_a_printer_in_trouble_never_costs_the_number",
    27: "tests/test_kiosk_terminal.py::test_a_lost_answer_never_makes_a_second_ticket",
    28: "issue: The kiosk that everyone can use (numbers on lease)",
    36: "issue: Appointments (conflict list of a shortened day)",
    45: "issue: The console and reception (reception keeps a ticket for one desk, if the head allows it)",
    52: "tests/test_board_fold.py::test_a_row_leaves_twenty_seconds_after_service_began",
    53: "tests/test_voice_announcements.py::"
    "test_readings_never_overlap_never_repeat_and_are_never_of_someone_who_is_not_called"
    " tests/test_board_fold.py::test_the_newest_call_stands_on_top",
    54: "tests/test_voice_announcer.py::test_a_voice_that_fails_leaves_the_chime_and_raises_an_alarm_once",
    55: "issue: The wall and the voice (floors and zones)",
    60: "issue: The kiosk that everyone can use (personal registration)",
    61: "issue: The kiosk that everyone can use (personal registration)",
    66: "issue: What the head of the centre sees (feedback, its routing and due dates)",
}
"""By number: the issue that will bring it, or the tests of a window or a device that show it."""


def named_in(path: Path) -> set[str]:
    """The names of a file's tests, without importing it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_hard_case_is_a_test_or_says_where_it_will_be_one() -> None:
    here = [name for file in TESTS.glob("test_edge_cases*.py") for name in named_in(file)]
    numbers = [int(found[1]) for name in here if (found := re.match(r"test_(\d\d)_", name))]
    assert sorted([*numbers, *ELSEWHERE]) == list(range(1, 69))
    for where in ELSEWHERE.values():
        named = re.findall(r"tests/(\S+)::(\S+)", where)
        assert named or where.startswith("issue: "), where
        for file, test in named:
            assert test in named_in(TESTS / file), where


@pytest.fixture
def terminal(hands: Any) -> httpx.Client:
    client: httpx.Client = hands.raw(hands.site.accounts.add_device(m.DeviceKind.KIOSK, "terminal"))
    return client


@pytest.fixture
def signed(hands: Any) -> Signed:
    """An operator of the centre file who is signed in, at a desk if one is named."""

    def sign(login: str, desk: int | None = None) -> httpx.Client:
        accounts = hands.site.accounts
        client: httpx.Client = hands.raw(accounts.open_session(accounts.user_named(login), SESSION_LASTS)[0])
        if desk is not None:
            assert client.post(f"/desks/{desk}/open").status_code == 200
        return client

    return sign


@pytest.fixture
def nine(toy: Any, moment: Moment) -> Any:
    """The same hall at nine o'clock."""
    earlier = type(toy)(toy.centre, moment(9))
    earlier.tick()
    return earlier


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


# --- 1-9: a press, a visitor with several tickets, somebody who does not come ---


def test_01_two_operators_press_next_in_the_same_millisecond_and_one_person_waits(
    terminal: httpx.Client, signed: Signed
) -> None:
    """One gets the ticket, the other «Черга порожня»."""
    operators = {1: signed("kovalenko", 1), 2: signed("demianenko", 2)}
    terminal.post("/visits", json=wanted(2))
    presses = [gevent.spawn(who.post, f"/desks/{desk}/call-next") for desk, who in operators.items()]
    answers = [press.get().json() for press in presses]
    assert sorted(answer["ticket"]["number"] if answer["ticket"] else "" for answer in answers) == ["", "А\u00a01"]
    assert [answer["reason"] for answer in answers if not answer["ticket"]] == ["queue_empty"]


def test_02_an_operator_double_clicks_or_the_network_retries(
    terminal: httpx.Client, signed: Signed, site: Site
) -> None:
    """The same ticket is returned, and there is one call event."""
    operator = signed("kovalenko", 1)
    for _ in range(2):
        terminal.post("/visits", json=wanted(2))
    answers = [operator.post("/desks/1/call-next", headers={"Idempotency-Key": "press"}) for _ in range(2)]
    assert [answer.json()["ticket"]["number"] for answer in answers] == ["А\u00a01"] * 2
    assert no(operator.post("/desks/1/call-next")) == (409, "call_in_hand")
    assert site.ledger.db.execute("SELECT count(*) FROM log WHERE type = 'TicketCalled'").fetchone()[0] == 1


def test_03_a_visitor_is_served_with_one_number_while_the_other_becomes_head(toy: Any) -> None:
    """The other number is skipped and keeps its place: next when the first has ended and a minute has passed."""
    toy.open(1)
    toy.open(5)
    _, sibling = toy.visit(2, 22)
    second, third = toy.take(22), toy.take(22)
    toy.call(1)
    toy.do("start", 1)
    assert toy.serve(5) is second
    toy.finish(1)
    toy.wait(seconds=59)
    fourth = toy.take(22)
    assert toy.serve(5, minutes=0.02) is third
    toy.wait(seconds=1)
    assert toy.call(5) is sibling
    assert fourth.state is TicketState.WAITING


def test_04_both_siblings_are_heads_and_two_desks_press_at_once(toy: Any) -> None:
    """The order of transactions decides; the second desk gets the next who may come."""
    toy.open(1)
    toy.open(5)
    first, sibling = toy.visit(2, 22)
    other = toy.take(22)
    assert (toy.call(1), toy.call(5)) == (first, other)
    assert sibling.state is TicketState.WAITING


def test_05_a_sibling_is_blocked_and_nobody_else_waits(terminal: httpx.Client, signed: Signed) -> None:
    """The desk is told: one waits, and is served at desk 2 just now."""
    there, here = signed("demianenko", 2), signed("tkachenko", 4)
    terminal.post("/visits", json=wanted(2, 22))
    there.post("/desks/2/call-next")
    answer = here.post("/desks/4/call-next").json()
    assert (answer["ticket"], answer["reason"]) == (None, "siblings_served")
    assert [(ticket["number"], ticket["desk"]) for ticket in answer["elsewhere"]] == [("А\u00a01", 2)]
    assert here.get("/desks/4").json()["waiting"] == 1


def test_06_a_visitor_takes_the_same_service_twice(terminal: httpx.Client) -> None:
    """In another visit nobody can know it; within one visit it is refused."""
    visit = terminal.post("/visits", json=wanted(2)).json()["id"]
    assert no(terminal.post(f"/visits/{visit}/tickets", json={"service": 2})) == (409, "same_service_twice")
    again = terminal.post("/visits", json=wanted(2))
    assert again.status_code == 201
    assert again.json()["tickets"][0]["ticket"]["number"] == "А\u00a02"


def test_07_a_visitor_does_not_appear(toy: Any) -> None:
    """Called again after 15 s, given up after a minute and two calls; the next is called."""
    toy.open(1)
    first, second = toy.take(2), toy.take(2)
    toy.call(1)
    toy.wait(seconds=14)
    assert refusal(lambda: toy.do("recall", 1)).code == "recall_too_soon"
    assert refusal(lambda: toy.do("no_show", 1)).code == "call_again_first"
    toy.wait(seconds=1)
    toy.do("recall", 1)
    toy.wait(seconds=44)
    assert refusal(lambda: toy.do("no_show", 1)).code == "no_show_too_soon"
    toy.wait(seconds=1)
    toy.do("no_show", 1)
    assert first.state is TicketState.NO_SHOW
    assert toy.call(1) is second


def test_08_who_missed_the_call_returns_after_ten_minutes(toy: Any) -> None:
    """«Повернути»: after two others; after an hour, or for the third time, a new ticket."""
    toy.open(1)
    late, *others = [toy.take(2) for _ in range(4)]
    toy.call(1)
    toy.miss(1)
    toy.wait(minutes=10)
    toy.reinstate(late)
    assert [toy.serve(1) for _ in range(2)] == others[:2]
    assert toy.call(1) is late
    toy.miss(1)
    toy.wait(minutes=61)
    assert refusal(lambda: toy.reinstate(late)).code == "return_too_late"

    often = toy.take(2)
    for _ in range(2):
        while toy.call(1) is not often:
            toy.do("start", 1)
            toy.finish(1)
        toy.miss(1)
        toy.reinstate(often)
    toy.call(1)
    toy.miss(1)
    assert refusal(lambda: toy.reinstate(often)).code == "returned_too_often"
    assert toy.take(2).state is TicketState.WAITING


def test_09_a_number_is_missed_because_the_person_sits_at_another_desk(toy: Any) -> None:
    """Nobody is called to two places, by hand neither; a call by mistake is withdrawn and is no no-show."""
    toy.open(1)
    toy.open(5)
    first, sibling = toy.visit(2, 22)
    toy.call(1)
    by_hand = (toy.hall, toy.now, toy.centre, 5, 5, sibling.id, "other")
    assert refusal(lambda: serving.call_out_of_order(*by_hand)).code == "sibling_in_hand"
    toy.do("withdraw", 1)
    assert (first.state, first.missed_at, first.queue_key) == (TicketState.WAITING, None, first.issued_at)
    assert toy.call(1) is first


# --- 10-16: an agreed time ---


def booked(toy: Any, slot: datetime, at_number: int = 501) -> Ticket:
    toy.fold(appointments.expect(toy.hall, toy.centre, [Booking(2, at_number, slot)]))
    ticket: Ticket = toy.hall.tickets[toy.hall.last_ticket]
    return ticket


def with_rules(centre: Centre, **rules: Any) -> Centre:
    return centre.model_copy(update={"rules": centre.rules.model_copy(update=rules)})


def check_in(toy: Any, ticket: Ticket) -> None:
    toy.fold(appointments.check_in(toy.hall, toy.now, toy.centre, ticket.id))


def test_10_booked_for_ten_and_here_at_twenty_past_nine(nine: Any, moment: Moment) -> None:
    """Checked in, «ваш час 10:00». Called from 9:55, from 9:45 if the desk idles."""
    nine.open(1)
    ticket = booked(nine, moment(10))
    nine.now = moment(9, 20)
    check_in(nine, ticket)
    nine.now = moment(9, 44)
    assert nine.call(1) is None
    nine.now = moment(9, 45)
    other = nine.take(2)
    assert nine.serve(1, minutes=1) is other
    assert nine.call(1) is ticket
    nine.do("withdraw", 1)
    nine.take(2)
    nine.now = moment(9, 55)
    assert nine.call(1) is ticket


def test_11_booked_for_ten_and_here_eight_minutes_late(nine: Any, moment: Moment) -> None:
    """Still an appointment, with ten o'clock as its place."""
    nine.open(1)
    ticket, _earlier = booked(nine, moment(10)), nine.take(2)
    nine.now = moment(10, 8)
    nine.tick()
    check_in(nine, ticket)
    assert (ticket.cls, ticket.queue_key) == ("A", moment(10))
    nine.centre = with_rules(nine.centre, wait_cap_min=120)
    assert nine.call(1) is ticket


def test_12_booked_for_ten_and_here_twenty_five_minutes_late(nine: Any, moment: Moment) -> None:
    """The same number, an ordinary place from 10:25 on; and it is told so."""
    nine.open(1)
    ticket = booked(nine, moment(10))
    nine.now = moment(10, 24)
    nine.tick()
    assert ticket.state is TicketState.NO_SHOW
    before = nine.take(2)
    nine.now = moment(10, 25)
    (event,) = appointments.check_in(nine.hall, nine.now, nine.centre, ticket.id)
    assert event == ev.TicketCheckedIn(ticket.id, late=True)
    nine.fold([event])
    nine.wait(minutes=1)
    after = nine.take(2)
    assert (number(ticket), ticket.cls, ticket.queue_key) == ("А 501", "W", moment(10, 25))
    assert [nine.serve(1) for _ in range(3)] == [before, ticket, after]


def test_13_somebody_booked_stands_there_without_check_in_and_is_called_by_record(nine: Any, moment: Moment) -> None:
    """Served normally (R10)."""
    nine.open(1)
    ticket, _walk_in = booked(nine, moment(10)), nine.take(2)
    nine.now = moment(9, 54)

    def by_record() -> list[ev.Event]:
        return appointments.call_by_record(nine.hall, nine.now, nine.centre, 1, 1, ticket.id)

    assert refusal(by_record).code == "not_the_agreed_time"
    nine.now = moment(10)
    nine.fold(by_record())
    nine.do("start", 1)
    nine.finish(1)
    assert (ticket.state, ticket.kind) == (TicketState.SERVED, "appointment")


def test_15_a_slot_is_due_while_every_desk_serves_a_long_case(nine: Any, moment: Moment) -> None:
    """The appointment is first at the next desk that is free (the alert comes with appointments)."""
    for desk in (1, 2):
        nine.open(desk)
        nine.take(2)
        nine.call(desk)
        nine.do("start", desk)
    nine.now = moment(9, 40)
    ticket, waiting = booked(nine, moment(10)), nine.take(2)
    check_in(nine, ticket)
    nine.now = moment(10, 12)
    nine.tick()
    nine.finish(2)
    assert nine.call(2) is ticket
    nine.finish(1)
    assert nine.call(1) is waiting
