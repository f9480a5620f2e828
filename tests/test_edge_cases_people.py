"""The hard cases of a day: priority, wrong doors, needs, wishes, troublesome people, and who sits at which desk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from config.settings import Centre
from queue_server import messages as m
from queue_server import views
from queue_server.accounts import SESSION_LASTS, NewUser
from queue_server.messages import Role, TicketState
from queue_server.records import Ticket
from queue_server.rules import appointments, capacity, claims, serving
from queue_server.rules import events as ev
from queue_server.rules.appointments import Booking
from queue_server.rules.desks import Skills, open_desk
from queue_server.rules.refusal import Refused
from queue_server.rules.visits import Wish, come_back, open_visit
from queue_server.site import Site, StillInUse
from queue_server.verify import verify

Moment = Callable[..., datetime]
Signed = Callable[..., httpx.Client]


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


def wanted(*services: int, **more: Any) -> dict[str, Any]:
    return {"tickets": [{"service": service} for service in services], **more}


def no(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def with_service(centre: Centre, number: int, **changes: Any) -> Centre:
    document = centre.model_dump(mode="json")
    next(service for service in document["services"] if service["number"] == number).update(changes)
    return Centre.model_validate_json(json.dumps(document))


def refusal(job: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        job()
    return refused.value


def public_frames(anybody: httpx.Client, site: Site) -> list[dict[str, Any]]:
    frames: list[dict[str, Any]] = []
    with anybody.stream("GET", "/events", headers={"Last-Event-ID": "0"}) as response:
        for line in response.iter_lines():
            if line.startswith("data: ") and "kind" in line:
                frames.append(json.loads(line.removeprefix("data: ")))
                if frames[-1]["seq"] == site.stream.last_public:
                    break
    return frames


def number(ticket: Ticket | None) -> str:
    return f"{ticket.letter} {ticket.number}" if ticket else ""


# --- 17-19: priority ---


def privileged(toy: Any, mode: ev.Mode, service: int = 6) -> Ticket:
    """Somebody who claims a priority; the row of the erasable table is of no moment here."""
    toy.fold(open_visit(toy.hall, toy.now, toy.centre, [Wish(service, (1, mode))], toy.asking))
    ticket: Ticket = toy.hall.tickets[toy.hall.last_ticket]
    return ticket


def test_17_a_claimed_priority_is_not_proved(toy: Any) -> None:
    """Back to the ordinary place by the original time, and nothing public says why."""
    toy.open(4)
    early = toy.take(6)
    toy.wait(minutes=1)
    claimant = privileged(toy, "first_in_turn")
    toy.wait(minutes=1)
    late = toy.take(6)
    assert toy.call(4) is claimant
    toy.do("start", 4)
    toy.wait(minutes=1)
    toy.fold(claims.reject(toy.hall, toy.now, toy.centre, claimant.id))
    staff = views.staff_frame(toy.hall, toy.centre, toy.rows[-1], {})
    assert staff is not None
    public = views.public_frame(staff)
    assert public is not None
    assert public.kind == "transferred", "as whoever is passed on: a call that is withdrawn is none that was answered"
    assert not re.search("claim|reject|priorit", public.model_dump_json())
    assert (claimant.claim, claimant.cls, claimant.queue_key) == ("rejected", "W", claimant.issued_at)
    assert refusal(lambda: claims.claim(toy.hall, claimant.id, "first_in_turn", 2)).code == "claimed_before"
    assert [toy.serve(4) for _ in range(3)] == [early, claimant, late]


@pytest.mark.parametrize(
    ("agreed", "order"), [(0, "PPW" * 4), (3, "AAAPPW" + "PPW" * 3), (4, "AAAW" + "APPW" + "PPW" * 2)]
)
def test_18_twenty_privileged_visitors_come_in_a_row(toy: Any, agreed: int, order: str) -> None:
    """Once ordinary visitors wait over an hour, one of them comes after every two, or five with appointments."""
    toy.open(4)
    ordinary = [toy.take(6) for _ in range(4)]
    toy.wait(minutes=61)
    for _ in range(20):
        privileged(toy, "out_of_turn")
    for place in range(agreed):
        toy.fold(appointments.expect(toy.hall, toy.centre, [Booking(6, 501 + place, toy.now)]))
        toy.fold(appointments.check_in(toy.hall, toy.now, toy.centre, toy.hall.last_ticket))
    called = []
    while any(ticket.state is TicketState.WAITING for ticket in ordinary):
        called.append(toy.serve(4, minutes=0.1))
    assert "".join(ticket.cls for ticket in called) == order
    assert [ticket for ticket in called if ticket.cls == "W"] == ordinary


def test_19_the_companion_of_a_disabled_person_takes_the_ticket(terminal: httpx.Client, signed: Signed) -> None:
    """One visit with what it needs; the companion has no number of his own, and the desk sees the need."""
    operator = signed("kovalenko", desk=1)
    visit = terminal.post("/visits", json=wanted(2, needs=["wheelchair"])).json()
    assert [issued["ticket"]["number"] for issued in visit["tickets"]] == ["А\u00a01"]
    operator.post("/desks/1/call-next")
    assert operator.get("/desks/1").json()["needs"] == ["wheelchair"]


# --- 20-22: the wrong door ---


def test_20_the_wrong_service_was_chosen(toy: Any) -> None:
    """Passed on with the same number and the same time of arrival: no loss, no gain."""
    toy.open(1)
    toy.open(5)
    before = toy.take(22)
    toy.wait(minutes=1)
    ticket = toy.take(6)
    toy.wait(minutes=1)
    after = toy.take(22)
    arrived = ticket.queue_key
    toy.call(1)
    toy.do("start", 1)
    toy.transfer(1, service=22)
    toy.wait(minutes=2)
    assert (number(ticket), ticket.queue_key) == ("Д 1", arrived)
    assert [toy.serve(5) for _ in range(3)] == [before, ticket, after]


def with_queue(centre: Centre, provider: str, letter: str, hours: list[str] | None, minutes: int = 15) -> Centre:
    """The same centre with one more queue, service 101 and desk 9; its provider receives on Mondays at these hours."""
    document = centre.model_dump(mode="json")
    next(p for p in document["providers"] if p["code"] == provider)["hours"] = {"mon": hours} if hours else None
    document["groups"].append(document["groups"][0] | {"code": "insha", "provider": provider, "letter": letter})
    document["services"].append(document["services"][0] | {"number": 101, "group": "insha", "duration_min": minutes})
    document["desks"].append(document["desks"][0] | {"number": 9, "groups": ["insha"]})
    return Centre.model_validate_json(json.dumps(document))


@pytest.mark.parametrize(
    ("hours", "code"), [(["08:00-12:00"], "provider_closed_for_today"), (None, "provider_schedule_unknown")]
)
def test_21_the_service_is_of_another_provider_that_has_closed(
    toy: Any, moment: Moment, hours: list[str] | None, code: str
) -> None:
    """The visitor is not passed on to where nobody receives any more; the ticket stays in hand."""
    toy.centre = with_queue(toy.centre, "pfu", "Г", hours)
    toy.now = moment(13)
    toy.open(1)
    ticket = toy.take(2)
    toy.call(1)
    toy.do("start", 1)
    assert refusal(lambda: toy.transfer(1, service=101)).code == code
    assert ticket.state is TicketState.SERVING


def test_22_a_service_is_not_for_this_centre_to_give(terminal: httpx.Client, signed: Signed, site: Site) -> None:
    """The desk says so and ends with «Надано консультацію», which is counted."""
    operator = signed("kovalenko", desk=1)
    terminal.post("/visits", json=wanted(2))
    for verb in ("call-next", "start"):
        operator.post(f"/desks/1/{verb}")
    answer = operator.post("/desks/1/finish", json={"outcome": "consultation"})
    assert answer.json()["served_today"] == 1
    assert site.ledger.db.execute("SELECT outcome FROM leg").fetchall() == [("consultation",)]


# --- 42-51: what people need, ask for and do ---


def test_42_a_visitor_wants_to_give_the_number_up(terminal: httpx.Client, signed: Signed, site: Site) -> None:
    """By the code on the slip or at reception; whoever comes has one fewer before him."""
    reception = signed("reception", Role.RECEPTION)
    first, second = (terminal.post("/visits", json=wanted(2)).json()["tickets"][0]["ticket"]["id"] for _ in range(2))
    assert terminal.get("/estimate?service=2").json()["ahead"] == 2
    assert terminal.post(f"/my/{site.secrets.of(first)}/cancel").json()["state"] == "cancelled"
    cancelled = reception.post(f"/tickets/{second}/cancel", json={"reason": "visitor_left"})
    assert cancelled.json()["state"] == "cancelled"
    assert terminal.get("/estimate?service=2").json()["ahead"] == 0


def test_43_a_deaf_visitor(terminal: httpx.Client, signed: Signed, clock: Any) -> None:
    """The desk sees it and waits twice as long before a no-show; the number is on the wall."""
    operator = signed("kovalenko", desk=1)
    terminal.post("/visits", json=wanted(2, needs=["hearing"]))
    operator.post("/desks/1/call-next")
    assert operator.get("/desks/1").json()["needs"] == ["hearing"]
    assert terminal.get("/board").json()["calls"][0]["number"] == "А\u00a01"
    clock.move_by(seconds=20)
    operator.post("/desks/1/recall")
    clock.move_by(seconds=99)
    assert no(operator.post("/desks/1/no-show")) == (409, "no_show_too_soon")
    clock.move_by(seconds=1)
    assert operator.post("/desks/1/no-show").status_code == 200


def test_44_a_blind_visitor(terminal: httpx.Client, signed: Signed) -> None:
    """Staff see that somebody must be led; neither wall nor stream tells it (headphones come with the kiosk)."""
    operator = signed("kovalenko", desk=1)
    terminal.post("/visits", json=wanted(2, needs=["vision", "escort"]))
    operator.post("/desks/1/call-next")
    assert operator.get("/desks/1").json()["needs"] == ["escort", "vision"]
    assert not re.search("escort|vision|needs", terminal.get("/board").text)


def test_46_an_operator_must_not_serve_a_relative(toy: Any) -> None:
    """Passed on to another desk of the same queue with the same place, and called only there."""
    for desk in (1, 2):
        toy.open(desk)
    relative = toy.take(2)
    arrived = relative.queue_key
    toy.call(1)
    toy.do("start", 1)
    toy.wait(minutes=1)
    toy.transfer(1, to_desk=2)
    other = toy.take(2)
    toy.wait(minutes=2)
    assert (relative.group, relative.queue_key) == ("dity", arrived)
    assert (toy.call(1), toy.call(2)) == (other, relative)


def test_47_somebody_drunk_or_aggressive_is_led_out(terminal: httpx.Client, signed: Signed, site: Site) -> None:
    """The head gives the number up with a reason, which the log keeps; no other number of the visitor is touched."""
    operator, head = signed("kovalenko", desk=1), signed("head", Role.CENTRE_HEAD)
    terminal.post("/visits", json=wanted(2, 22))
    for verb in ("call-next", "start"):
        operator.post(f"/desks/1/{verb}")
    assert no(head.post("/tickets/1/cancel", json={"reason": "security"})) == (409, "wrong_state")
    head.post("/desks/1/release", json={"reason": "other"})
    assert head.post("/tickets/1/cancel", json={"reason": "security"}).json()["state"] == "cancelled"
    kind, actor, data = site.ledger.db.execute("SELECT type, actor, data FROM log ORDER BY seq DESC").fetchone()
    assert (kind, actor) == ("TicketCancelled", f"user:{site.accounts.user_named('head').id}")
    assert json.loads(data)["reason"] == "security"
    assert operator.post("/desks/1/call-next").json()["reason"] == "queue_empty"


def test_48_five_relatives_come_with_one_matter_each(toy: Any) -> None:
    """Five visits: each is called by itself, also at the same time; one visit would be called to one desk only."""
    for desk in (1, 2, 3):
        toy.open(desk)
    family = [toy.take(service) for service in (2, 3, 4, 5, 9)]
    assert len({ticket.visit for ticket in family}) == 5
    assert [toy.call(desk) for desk in (1, 2, 3)] == family[:3]


def test_49_a_courier_of_a_firm(terminal: httpx.Client, signed: Signed, site: Site) -> None:
    """No name is asked or taken, and everything works the same."""
    operator = signed("kovalenko", desk=1)
    assert no(terminal.post("/visits", json=wanted(2, surname="ТОВ «Ромашка»"))) == (422, "broken_message")
    assert terminal.post("/visits", json=wanted(2)).status_code == 201
    for verb in ("call-next", "start", "finish"):
        assert operator.post(f"/desks/1/{verb}", json={}).status_code == 200
    assert site.hall.tickets[1].state is TicketState.SERVED


@pytest.mark.parametrize("own_queue", [False, True])
def test_50_somebody_only_picks_up_a_document(toy: Any, own_queue: bool) -> None:
    """A minute counts as a minute and jumps over nobody, unless the centre has a quick queue of its own for it."""
    if own_queue:
        toy.centre = with_queue(toy.centre, "upszn", "Г", ["08:00-17:00"], minutes=1)
        quick = 101
    else:
        toy.centre, quick = with_service(toy.centre, 3, duration_min=1), 3
    toy.open(1)
    long = toy.take(2)
    group = "insha" if own_queue else "dity"
    before = capacity.committed_s(toy.hall, toy.centre, group)
    short = toy.take(quick)
    assert capacity.committed_s(toy.hall, toy.centre, group) - before == 60
    if own_queue:
        toy.open(9)
        assert (toy.call(9), toy.call(1)) == (short, long)
    else:
        assert [toy.serve(1) for _ in range(2)] == [long, short]


def test_51_somebody_only_wants_to_ask(toy: Any) -> None:
    """No number is needed; where reception has a queue, a centre gives it a group and a letter of its own."""
    toy.centre = with_queue(toy.centre, "upszn", "М", ["08:00-17:00"], minutes=3)
    toy.open(9)
    toy.take(2)
    asking = toy.take(101)
    assert number(asking) == "М 1"
    assert toy.call(9) is asking


# --- 56-59: skills and desks ---


def test_56_an_operator_has_two_skills_and_one_queue_is_empty(toy: Any) -> None:
    """Takes from the other; one that is only helped with comes when the own is empty or it has waited too long."""
    toy.open(2, secondary=("vpo",))
    helped = toy.take(15)
    assert toy.serve(2, minutes=1) is helped
    helped_too = toy.take(15)
    toy.wait(minutes=1)
    own = toy.take(2)
    assert toy.serve(2, minutes=1) is own
    late_own = toy.take(2)
    toy.wait(minutes=15)
    assert toy.call(2) is helped_too
    toy.open(1)
    assert toy.call(1) is late_own


def test_57_a_skill_is_taken_away_while_people_wait_and_nobody_else_has_it(
    terminal: httpx.Client, signed: Signed, site: Site
) -> None:
    """The file is refused with the list; without anybody waiting, or with another who has the skill, it is taken."""

    def without(group: str, *staying: str) -> Centre:
        document = site.centre.model_dump(mode="json")
        for operator in document["operators"]:
            if operator["login"] not in staying:
                for level in ("primary", "secondary"):
                    operator[level] = [each for each in operator[level] if each != group] or ["statusy"]
        return Centre.model_validate_json(json.dumps(document))

    terminal.post("/visits", json=wanted(15))
    with pytest.raises(StillInUse) as still:
        site.apply(without("vpo"), "system", "")
    assert still.value.things == ["operators[…].primary[vpo]"]
    assert "vpo" in site.accounts.user_named("melnyk").groups
    site.apply(without("vpo", "melnyk"), "system", "")
    assert "vpo" not in site.accounts.user_named("demianenko").groups
    assert signed("melnyk", desk=5).post("/desks/5/call-next").json()["ticket"]["number"] == "К\u00a01"
    site.apply(without("subsydii"), "system", "")


def test_58_a_service_is_given_up_at_noon(terminal: httpx.Client, signed: Signed, site: Site) -> None:
    """No new tickets; those who wait are served."""
    operator = signed("kovalenko", desk=1)
    terminal.post("/visits", json=wanted(2))
    site.apply(with_service(site.centre, 2, active=False), "system", "")
    assert no(terminal.post("/visits", json=wanted(2))) == (404, "unknown_service")
    assert 2 not in {service["number"] for service in terminal.get("/centre").json()["services"]}
    for verb in ("call-next", "start", "finish"):
        assert operator.post(f"/desks/1/{verb}", json={}).status_code == 200
    assert site.hall.tickets[1].state is TicketState.SERVED


def test_59_one_operator_signs_in_at_two_desks(terminal: httpx.Client, signed: Signed, site: Site) -> None:
    """Asked first; then the first desk is closed, the plate moves, and whoever was called is called to the new one."""

    def plates() -> dict[int, str]:
        summaries = operator.get("/desks").json()["desks"]
        return {desk["number"]: desk["operator_login"] for desk in summaries if desk["operator_login"]}

    operator = signed("kovalenko", desk=1)
    refused = operator.post("/desks/2/open", json={})
    assert no(refused) == (409, "already_at_desk")
    assert re.search("№\\s1", refused.json()["detail"])
    assert plates() == {1: "kovalenko"}
    operator.post("/desks/2/open", json={"move": True})
    assert plates() == {2: "kovalenko"}
    assert operator.post("/desks/2/open", json={"move": True}).json()["number"] == 2

    terminal.post("/visits", json=wanted(2))
    operator.post("/desks/2/call-next")
    operator.post("/desks/3/open", json={"move": True})
    assert plates() == {3: "kovalenko"}
    (call,) = terminal.get("/board").json()["calls"]
    assert (call["number"], call["desk"], call["state"], call["reading"]) == ("А\u00a01", 3, "called", 2)
    told = [frame for frame in public_frames(terminal, site) if frame["desk"]]
    assert [(frame["kind"], frame["desk"]) for frame in told] == [("called", 2), ("recalled", 3)]
    assert told[-1]["seq"] == call["call"]
    assert signed("demianenko", desk=2).get("/desks/2").json()["ticket"] is None
    assert no(signed("demianenko").post("/desks/3/open", json={"move": True})) == (409, "desk_taken")
    assert verify(site.ledger.path.parent).mistakes == []


def test_who_is_taken_along_to_another_desk_is_served_there_and_the_first_desk_is_free(toy: Any) -> None:
    toy.open(1)
    held, ticket = toy.take(2), toy.take(2)
    toy.call(1)
    toy.do("start", 1)
    toy.fold(serving.hold(toy.hall, toy.now, toy.centre, 1, 1, "copies"))
    toy.call(1)
    toy.do("start", 1)
    skills = Skills(1, "upszn", ("dity",), ())
    assert refusal(lambda: open_desk(toy.hall, toy.centre, 8, skills, move=True)).code == "no_skill_at_desk"
    toy.fold(open_desk(toy.hall, toy.centre, 2, skills, move=True), "user:1")
    assert (ticket.state, ticket.desk, ticket.leg.desk, list(toy.hall.desks)) == (TicketState.SERVING, 2, 2, [2])
    assert refusal(lambda: serving.undo_at_desk(toy.hall, toy.now, toy.centre, 2, "user:1")).code == "nothing_to_undo"
    toy.fold(come_back(toy.hall, held.id))
    toy.open(1, user=9)
    assert toy.call(1) is held
    toy.finish(2)
    assert (ticket.state, ticket.legs, toy.hall.desks[2].served) == (TicketState.SERVED, 1, 1)
