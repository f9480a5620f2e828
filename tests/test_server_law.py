"""The law of the queue over HTTP: put off, come back, take back, stop, go on; and what is told to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from queue_server import messages as m
from queue_server.accounts import SESSION_LASTS, NewUser
from queue_server.rules import events as ev
from queue_server.site import Site

Staff = Callable[..., httpx.Client]


@pytest.fixture
def terminal(hands: Any) -> httpx.Client:
    client: httpx.Client = hands.raw(hands.site.accounts.add_device(m.DeviceKind.KIOSK, "terminal"))
    return client


@pytest.fixture
def staff(hands: Any) -> Staff:
    """Somebody of staff with these roles, signed in; ``desk`` is opened."""

    def sign_in(login: str, *roles: m.Role, desk: int = 0, provider: str = "upszn") -> httpx.Client:
        groups = ("dity", "dopomoha", "vpo", "subsydii")
        name = m.PersonName(surname="П", given_name="І")
        user = hands.site.accounts.save_user(NewUser(login, name, frozenset(roles), provider, groups))
        client: httpx.Client = hands.raw(hands.site.accounts.open_session(user, SESSION_LASTS)[0])
        if desk:
            assert client.post(f"/desks/{desk}/open").status_code == 200
        return client

    return sign_in


@pytest.fixture
def operator(staff: Staff) -> httpx.Client:
    return staff("operator", m.Role.OPERATOR, desk=1)


@pytest.fixture
def reception(staff: Staff) -> httpx.Client:
    return staff("reception", m.Role.RECEPTION)


@pytest.fixture
def head(staff: Staff) -> httpx.Client:
    return staff("head", m.Role.CENTRE_HEAD)


def take(who: httpx.Client, *services: int, **more: Any) -> list[dict[str, Any]]:
    answer = who.post("/visits", json={"tickets": [{"service": s} for s in services], **more})
    assert answer.status_code == 201, answer.text
    return [issued["ticket"] for issued in answer.json()["tickets"]]


def call(operator: httpx.Client, desk: int = 1) -> str | None:
    ticket = operator.post(f"/desks/{desk}/call-next").json()["ticket"]
    return str(ticket["number"]).replace("\u00a0", " ") if ticket else None


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


# --- hold, snooze ---


def test_who_makes_copies_comes_back_to_the_same_desk_before_all_others(
    terminal: httpx.Client, operator: httpx.Client, reception: httpx.Client
) -> None:
    held = take(terminal, 2)[0]
    take(terminal, 2)
    take(terminal, 2)
    call(operator)
    operator.post("/desks/1/start")
    desk = operator.post("/desks/1/hold", json={"reason": "copies"}).json()
    assert (desk["state"], [t["id"] for t in desk["held"]]) == ("ready", [held["id"]])
    assert call(operator) == "А 2"
    assert reception.post(f"/tickets/{held['id']}/return").json()["state"] == "waiting"
    operator.post("/desks/1/start")
    operator.post("/desks/1/finish", json={"outcome": "accepted"})
    assert call(operator) == "А 1"


def test_a_desk_has_three_on_hold_at_most(terminal: httpx.Client, operator: httpx.Client) -> None:
    for _ in range(4):
        take(terminal, 2)
        call(operator)
        operator.post("/desks/1/start")
        last = operator.post("/desks/1/hold", json={"reason": "form"})
    assert refused(last) == (409, "holds_full")


def test_who_does_not_come_back_in_time_has_the_old_place_at_any_desk(
    terminal: httpx.Client, operator: httpx.Client, staff: Staff, clock: Any, site: Site
) -> None:
    held = take(terminal, 2)[0]
    call(operator)
    operator.post("/desks/1/start")
    operator.post("/desks/1/hold", json={"reason": "documents"})
    take(terminal, 2)
    clock.move_by(minutes=31)
    site.ledger.tick()
    assert site.hall.tickets[held["id"]].line == "W"
    other = staff("other", m.Role.OPERATOR, desk=2)
    assert call(other, 2) == "А 1"


def test_a_visitor_steps_out_once_by_the_code_on_the_slip_and_keeps_the_place(
    terminal: httpx.Client, operator: httpx.Client, hands: Any, site: Site
) -> None:
    first = take(terminal, 2)[0]
    take(terminal, 2)
    anybody, mine = hands.raw(), f"/my/{site.secrets.of(first['id'])}"
    assert anybody.post(f"{mine}/snooze", json={"minutes": 10}).json()["state"] == "on_hold"
    assert call(operator) == "А 2"
    assert anybody.post(f"{mine}/resume").json()["ahead"] == 0
    operator.post("/desks/1/start")
    operator.post("/desks/1/finish", json={"outcome": "accepted"})
    assert refused(anybody.post(f"{mine}/snooze", json={"minutes": 10})) == (409, "snoozed_often_enough")
    assert call(operator) == "А 1"


def test_whoever_steps_out_for_too_long_is_back_in_the_queue_by_itself(
    terminal: httpx.Client, reception: httpx.Client, clock: Any, site: Site
) -> None:
    ticket = take(terminal, 2)[0]["id"]
    assert refused(reception.post(f"/tickets/{ticket}/snooze", json={"minutes": 31})) == (409, "snooze_too_long")
    reception.post(f"/tickets/{ticket}/snooze", json={"minutes": 30})
    clock.move_by(minutes=30, seconds=1)
    site.ledger.tick()
    assert site.hall.tickets[ticket].state is m.TicketState.WAITING


def test_a_visitor_gives_the_number_up_and_takes_that_back(terminal: httpx.Client, hands: Any, site: Site) -> None:
    ticket = take(terminal, 2)[0]
    anybody, mine = hands.raw(), f"/my/{site.secrets.of(ticket['id'])}"
    assert anybody.post(f"{mine}/cancel").json()["state"] == "cancelled"
    assert anybody.post(f"{mine}/undo").json()["state"] == "waiting"
    assert refused(anybody.post("/my/AAAA/cancel")) == (404, "unknown_secret")


# --- undo, reopen, release ---


@pytest.mark.parametrize(("verb", "before"), [("start", "called"), ("finish", "serving")])
def test_a_wrong_press_is_taken_back_within_ten_seconds(
    terminal: httpx.Client, operator: httpx.Client, clock: Any, verb: str, before: str
) -> None:
    take(terminal, 2)
    call(operator)
    operator.post("/desks/1/start")
    if verb == "finish":
        operator.post("/desks/1/finish", json={"outcome": "accepted"})
    clock.move_by(seconds=10)
    desk = operator.post("/desks/1/undo").json()
    assert (desk["ticket"]["state"], desk["served_today"]) == (before, 0)


def test_a_press_is_taken_back_neither_late_nor_by_another_nor_when_something_followed(
    terminal: httpx.Client, operator: httpx.Client, head: httpx.Client, clock: Any
) -> None:
    take(terminal, 2)
    take(terminal, 2)
    call(operator)
    operator.post("/desks/1/start")
    assert refused(head.post("/desks/1/undo")) == (403, "undo_of_another")
    operator.post("/desks/1/finish", json={"outcome": "accepted"})
    first = operator.get("/desks/1").json()
    assert first["state"] == "ready"
    call(operator)
    assert refused(operator.post("/desks/1/undo")) == (409, "nothing_to_undo")
    operator.post("/desks/1/start")
    clock.move_by(seconds=11)
    assert refused(operator.post("/desks/1/undo")) == (409, "undo_too_late")


def test_a_service_ended_too_early_is_taken_up_again_by_the_operator_soon_and_by_the_head_later(
    terminal: httpx.Client, operator: httpx.Client, head: httpx.Client, clock: Any
) -> None:
    ticket = take(terminal, 2)[0]["id"]
    call(operator)
    operator.post("/desks/1/start")
    operator.post("/desks/1/finish", json={"outcome": "accepted"})
    clock.move_by(minutes=2)
    assert operator.post("/desks/1/reopen", json={"ticket": ticket}).json()["state"] == "serving"
    operator.post("/desks/1/finish", json={"outcome": "accepted"})
    clock.move_by(minutes=30)
    assert refused(operator.post("/desks/1/reopen", json={"ticket": ticket})) == (409, "reopen_too_late")
    assert head.post("/desks/1/reopen", json={"ticket": ticket}).json()["state"] == "serving"


def test_a_ticket_is_taken_from_a_desk_whose_computer_died_and_goes_on_next_anywhere(
    terminal: httpx.Client, operator: httpx.Client, head: httpx.Client, staff: Staff, clock: Any
) -> None:
    take(terminal, 2)
    take(terminal, 2)
    call(operator)
    operator.post("/desks/1/start")
    assert refused(head.post("/desks/1/release", json={})) == (409, "release_needs_reason")
    assert refused(operator.post("/desks/1/release", json={"reason": "other"})) == (403, "role_missing")
    clock.move_by(seconds=121)
    assert head.post("/desks/1/release", json={}).json()["state"] == "ready"
    assert call(staff("other", m.Role.OPERATOR, desk=2), 2) == "А 1"


def test_one_press_ends_a_service_and_calls_the_next(terminal: httpx.Client, operator: httpx.Client) -> None:
    take(terminal, 2)
    take(terminal, 2)
    call(operator)
    operator.post("/desks/1/start")
    told = operator.post(
        "/desks/1/finish-and-call-next", json={"outcome": "accepted"}, headers={"Idempotency-Key": "x"}
    )
    assert told.json()["ticket"]["number"] == "А\u00a02"
    again = operator.post(
        "/desks/1/finish-and-call-next", json={"outcome": "accepted"}, headers={"Idempotency-Key": "x"}
    )
    assert again.json() == told.json()
    operator.post("/desks/1/start")
    assert operator.post("/desks/1/finish-and-call-next", json={"outcome": "accepted"}).json()["ticket"] is None
    assert operator.get("/desks/1").json()["state"] == "ready"


# --- out of order ---


def test_a_call_out_of_order_needs_a_reason_and_leaves_it_in_the_log(
    terminal: httpx.Client, operator: httpx.Client, site: Site
) -> None:
    take(terminal, 2)
    late = take(terminal, 2)[0]["id"]
    assert operator.post("/desks/1/call", json={"ticket": late}).status_code == 422
    assert operator.post("/desks/1/call", json={"ticket": late, "reason": "other"}).status_code == 422
    called = operator.post("/desks/1/call", json={"ticket": late, "reason": "other", "text": "Пані Оксана впала"})
    assert called.json()["ticket"]["id"] == late
    logged = [row[0] for row in site.ledger.db.conn.execute("SELECT data FROM log WHERE type = 'TicketCalled'")]
    assert '"reason":"other"' in logged[0]
    assert "Оксана" not in logged[0]
    assert site.hall.calls[site.hall.seq].tier == "manual"


def test_what_was_written_of_visitors_is_erased_the_day_after(
    terminal: httpx.Client, operator: httpx.Client, clock: Any, site: Site
) -> None:
    take(terminal, 2, needs=["wheelchair"])
    late = take(terminal, 2)[0]["id"]
    operator.post("/desks/1/call", json={"ticket": late, "reason": "other", "text": "Пані Оксана впала"})
    count = "SELECT count(*) FROM visitor_note"
    assert site.ledger.db.conn.execute(count).fetchone()[0] == 2
    clock.move_by(days=2)
    site.ledger.tick()
    assert site.ledger.db.conn.execute(count).fetchone()[0] == 0


# --- needs and priority ---


@pytest.fixture
def with_priority(site: Site) -> Site:
    """The same centre after its head has entered a class with a legal basis."""
    classes = [
        m.settings.PriorityClass(
            code="veterany",
            name={"uk": "Учасники бойових дій"},
            mode="out_of_turn",
            legal_basis="Рішення № 1",
            proof={"uk": "Посвідчення"},
            approved_by="Голова",
            active=True,
        )
    ]
    site.apply(site.centre.model_copy(update={"priority_classes": classes}), "system", "test")
    return site


def test_a_class_without_a_legal_basis_cannot_be_claimed(terminal: httpx.Client) -> None:
    wish = {"tickets": [{"service": 2, "priority": "invalidnist-1"}]}
    assert refused(terminal.post("/visits", json=wish)) == (404, "unknown_priority")


def test_a_claim_is_called_first_and_when_not_proved_has_its_ordinary_place(
    with_priority: Site, terminal: httpx.Client, operator: httpx.Client, hands: Any
) -> None:
    take(terminal, 2)
    claimed = terminal.post("/visits", json={"tickets": [{"service": 2, "priority": "veterany"}]}).json()
    ticket = claimed["tickets"][0]["ticket"]
    take(terminal, 2)
    assert call(operator) == "А 2"
    desk = operator.get("/desks/1").json()
    assert (desk["ticket"]["claim"], desk["priority"]) == ("claimed", {"uk": "Учасники бойових дій"})
    operator.post("/desks/1/start")
    assert operator.post(f"/tickets/{ticket['id']}/reject-priority").json()["claim"] == "rejected"
    served = []
    for _ in range(3):
        served.append(call(operator))
        operator.post("/desks/1/start")
        operator.post("/desks/1/finish", json={"outcome": "accepted"})
    assert served == ["А 1", "А 2", "А 3"]
    again = {"service": 6, "priority": "veterany"}
    assert refused(terminal.post(f"/visits/{claimed['id']}/tickets", json=again)) == (409, "claimed_before")
    log = " ".join(
        row[0] for row in with_priority.ledger.db.conn.execute("SELECT data FROM log WHERE type LIKE 'Ticket%'")
    )
    assert "veterany" not in log
    assert "veterany" not in hands.raw().get("/board").text


def test_nothing_that_everybody_hears_tells_who_claimed(
    with_priority: Site, terminal: httpx.Client, operator: httpx.Client
) -> None:
    terminal.post("/visits", json={"tickets": [{"service": 2, "priority": "veterany"}]})
    call(operator)
    operator.post("/tickets/1/reject-priority")
    public = [frame for frame in map(_public(with_priority), _rows(with_priority)) if frame]
    told = " ".join(frame.model_dump_json() for frame in public)
    assert not {"claim", "reject", "priority", "veterany"} & set(told.replace('"', " ").replace("_", " ").split())


def _rows(site: Site) -> list[ev.Row]:
    from queue_server.ledger import rows

    return list(rows(site.ledger.db))


def _public(site: Site) -> Callable[[ev.Row], m.Frame | None]:
    from queue_server import views
    from queue_server.hall import Hall

    hall = Hall()

    def told(row: ev.Row) -> m.Frame | None:
        hall.apply(row)
        frame = views.staff_frame(hall, site.centre, row, {})
        return views.public_frame(frame) if frame else None

    return told


def test_whoever_moves_slowly_is_waited_for_twice_as_long(
    terminal: httpx.Client, operator: httpx.Client, clock: Any
) -> None:
    take(terminal, 2, needs=["hearing", "escort"])
    call(operator)
    assert operator.get("/desks/1").json()["needs"] == ["escort", "hearing"]
    clock.move_by(seconds=20)
    operator.post("/desks/1/recall")
    clock.move_by(seconds=99)
    assert refused(operator.post("/desks/1/no-show")) == (409, "no_show_too_soon")
    clock.move_by(seconds=1)
    assert operator.post("/desks/1/no-show").json()["ticket"] is None


# --- capacity and the promised wait ---


def test_no_ticket_is_given_that_nobody_could_serve_today_unless_reception_says_why(
    terminal: httpx.Client, operator: httpx.Client, reception: httpx.Client, clock: Any, moment: Any, site: Site
) -> None:
    clock.move_to(moment(16, 20))
    while (answer := terminal.post("/visits", json={"tickets": [{"service": 2}]})).status_code == 201:
        assert site.hall.last_ticket < 20, "the day has no end"
    assert refused(answer) == (409, "capacity_stop")
    assert terminal.get("/estimate?service=2").json()["reason"] == "capacity_stop"
    assert any(isinstance(row.event, ev.TicketRefused) for row in _rows(site))
    override = {"tickets": [{"service": 2, "override": "urgent"}]}
    assert terminal.post("/visits", json=override).status_code == 403
    assert reception.post("/visits", json=override).status_code == 201


def test_the_wait_is_told_before_the_ticket_kept_with_it_and_never_without_grounds(
    terminal: httpx.Client, operator: httpx.Client, clock: Any
) -> None:
    assert terminal.get("/estimate?service=2").json()["high_min"] is None, "nothing was learnt yet"
    for _ in range(6):
        take(terminal, 2)
        call(operator)
        operator.post("/desks/1/start")
        clock.move_by(minutes=10)
        operator.post("/desks/1/finish", json={"outcome": "accepted"})
    assert terminal.get("/estimate?service=2").json() | {"ahead": 0} == {
        "service": 2, "ahead": 0, "low_min": 0, "high_min": 0, "reason": None,
    }  # fmt: skip
    take(terminal, 2)
    call(operator)
    for _ in range(3):
        take(terminal, 2)
    told = terminal.get("/estimate?service=2").json()
    ticket = take(terminal, 2)[0]
    assert told["ahead"] == ticket["ahead_at_issue"] == 3
    assert told["high_min"] - told["low_min"] >= 10
    assert (ticket["promised_low_min"], ticket["promised_high_min"]) == (told["low_min"], told["high_min"])


# --- the reception as a whole ---


def test_an_alarm_stops_calls_and_tickets_and_all_go_on_from_the_same_place(
    terminal: httpx.Client, operator: httpx.Client, reception: httpx.Client, head: httpx.Client, clock: Any, site: Site
) -> None:
    for _ in range(3):
        take(terminal, 2)
    call(operator)
    assert reception.post("/suspension", json={"kind": "air_alarm"}).json()["suspended"] == "air_alarm"
    assert operator.get("/desks/1").json()["ticket"] is None
    assert refused(operator.post("/desks/1/call-next")) == (409, "suspended")
    assert refused(terminal.post("/visits", json={"tickets": [{"service": 2}]})) == (409, "provider_suspended")
    assert refused(reception.delete("/suspension")) == (403, "role_missing")
    clock.move_by(minutes=40)
    state = head.delete("/suspension").json()
    assert state["suspended"] is None
    assert refused(operator.post("/desks/1/call-next")) == (409, "return_period")
    clock.move_by(minutes=10)
    assert call(operator) == "А 1"
    since = site.hall.tickets[1].issued_at
    assert site.hall.suspended_for(since, site.now()) == timedelta(minutes=40)


def test_the_head_of_a_provider_stops_only_the_own_tickets(
    terminal: httpx.Client, operator: httpx.Client, staff: Staff
) -> None:
    own = staff("own-head", m.Role.PROVIDER_HEAD)
    foreign = staff("foreign-head", m.Role.PROVIDER_HEAD, provider="pfu")
    assert refused(foreign.post("/providers/upszn/stop-tickets")) == (403, "foreign_provider")
    take(terminal, 2)
    assert own.post("/providers/upszn/stop-tickets").json()["providers"]["upszn"] == "ticketing_stopped"
    assert refused(terminal.post("/visits", json={"tickets": [{"service": 2}]})) == (409, "provider_ticketing_stopped")
    assert call(operator) == "А 1", "whoever has a ticket is received"
    assert own.post("/providers/upszn/resume-tickets").json()["providers"]["upszn"] == "open"
    assert refused(own.post("/providers/nobody/stop-tickets")) == (404, "unknown_provider")


def test_when_the_head_ends_the_day_those_who_wait_are_told(
    terminal: httpx.Client, operator: httpx.Client, head: httpx.Client, site: Site
) -> None:
    take(terminal, 2)
    take(terminal, 6)
    call(operator)
    assert refused(head.post("/providers/upszn/close")) == (409, "desk_still_busy")
    operator.post("/desks/1/withdraw")
    assert head.post("/providers/upszn/close").json()["providers"]["upszn"] == "closed"
    assert {ticket.state for ticket in site.hall.tickets.values()} == {m.TicketState.EXPIRED}
    assert refused(operator.post("/desks/1/call-next")) == (409, "provider_closed_for_today")


# --- paper ---


def test_a_number_given_on_paper_stands_where_its_written_time_says(
    terminal: httpx.Client, operator: httpx.Client, reception: httpx.Client, clock: Any
) -> None:
    written = clock.now() - timedelta(minutes=30)
    take(terminal, 2)
    entry = {"number": "ц7", "service": 2, "at": written.isoformat()}
    assert reception.post("/late-entries", json=entry).json()["number"] == "Ц\u00a07"
    assert refused(reception.post("/late-entries", json=entry)) == (409, "number_known")
    assert call(operator) == "Ц 7"
    assert refused(terminal.post("/late-entries", json=entry)) == (403, "role_missing")


def test_who_was_received_by_hand_is_kept_for_the_books_once(
    reception: httpx.Client, staff: Staff, clock: Any, site: Site
) -> None:
    entry = {"number": "Ц 8", "service": 2, "at": clock.now().isoformat(), "served": True}
    assert reception.post("/late-entries", json=entry).status_code == 204
    clock.move_by(days=1)
    tomorrow = staff("reception", m.Role.RECEPTION)
    assert refused(tomorrow.post("/late-entries", json=entry)) == (409, "number_known")
    assert tomorrow.post("/late-entries", json={**entry, "number": "Ц 9"}).status_code == 204, "the working day before"
    clock.move_by(days=1)
    later = staff("reception", m.Role.RECEPTION)
    assert refused(later.post("/late-entries", json={**entry, "number": "Ц 10"})) == (409, "late_entry_too_late")
    kept = site.ledger.db.conn.execute("SELECT service_date, number FROM paper_ticket ORDER BY number").fetchall()
    assert kept == [("2026-03-16", 8), ("2026-03-16", 9)]


def test_after_a_backup_was_restored_no_number_is_given_twice(
    terminal: httpx.Client, reception: httpx.Client, clock: Any
) -> None:
    take(terminal, 2)
    entry = {"number": "А 17", "service": 2, "at": clock.now().isoformat()}
    assert reception.post("/late-entries", json=entry).status_code == 201
    assert take(terminal, 2)[0]["number"] == "А\u00a018"
