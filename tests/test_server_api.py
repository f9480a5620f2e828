"""The doors under /api/v1: every no has its status, code and sentence, and the public sees no more than it may."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from config.settings import Centre
from queue_server import messages as m
from queue_server import views
from queue_server.messages import DeviceKind, PersonName, Role
from queue_server.site import Site

ROOT = Path(__file__).parent.parent
CYRILLIC = re.compile("[а-яіїєґ]", re.IGNORECASE)
Signed = Callable[..., httpx.Client]


@pytest.fixture
def signed(hands: Any) -> Signed:
    """Somebody of the centre file who is signed in (without the slow PIN), at a desk if one is named."""

    def sign(login: str = "kovalenko", desk: int | None = None) -> httpx.Client:
        accounts = hands.site.accounts
        token, _ = accounts.open_session(accounts.user_named(login), timedelta(hours=12))
        client: httpx.Client = hands.raw(token)
        if desk is not None:
            assert client.post(f"/desks/{desk}/open").status_code == 200
        return client

    return sign


@pytest.fixture
def admin(hands: Any, signed: Signed) -> httpx.Client:
    hands.site.accounts.save_user(person("root", Role.ADMIN))
    return signed("root")


def person(login: str, *roles: Role, **more: Any) -> Any:
    from queue_server.accounts import NewUser

    return NewUser(login, PersonName(surname="Прізвище", given_name="Імʼя"), frozenset(roles), **more)


@pytest.fixture
def terminal(hands: Any) -> httpx.Client:
    """A kiosk’s bare connection."""
    client: httpx.Client = hands.raw(hands.site.accounts.add_device(DeviceKind.KIOSK, "kiosk-1"))
    return client


def wanted(*services: int, **more: Any) -> dict[str, Any]:
    return {"tickets": [{"service": service} for service in services], **more}


def no(response: httpx.Response) -> tuple[int, str]:
    """The status and code of a refusal, which is a whole problem document with a sentence."""
    assert response.headers["content-type"] == "application/problem+json"
    problem = m.Problem.model_validate_json(response.content)
    assert problem.status == response.status_code
    assert CYRILLIC.search(problem.detail), problem.detail
    assert not re.search(r"[{}$]|problem-|ticket-state", problem.detail), problem.detail
    return response.status_code, problem.code


# --- refusals ---


def test_an_unknown_service_is_not_found(terminal: httpx.Client) -> None:
    assert no(terminal.post("/visits", json=wanted(99))) == (404, "unknown_service")
    assert no(terminal.get("/estimate?service=99")) == (404, "unknown_service")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/tickets/77/cancel", "unknown_ticket"),
        ("/tickets/99999999999999999999999/cancel", "unknown_ticket"),
        ("/desks/77/open", "unknown_desk"),
        ("/desks/77/call-next", "unknown_desk"),
    ],
)
def test_what_is_not_there_is_not_found(signed: Signed, path: str, code: str) -> None:
    body = {"reason": "visitor_left"} if path.endswith("cancel") else {}
    assert no(signed().post(path, json=body)) == (404, code)


def test_more_for_a_visit_that_is_not_there_is_not_found(terminal: httpx.Client) -> None:
    assert no(terminal.post("/visits/77/tickets", json={"service": 2})) == (404, "unknown_visit")


def test_a_terminal_outside_the_hours_is_told_why(terminal: httpx.Client, clock: Any) -> None:
    clock.move_by(hours=8)
    assert no(terminal.post("/visits", json=wanted(2))) == (409, "provider_closed_for_today")


def test_an_institution_without_a_schedule_gives_no_ticket(terminal: httpx.Client, site: Site, bakhmut: Centre) -> None:
    """Б-Рег 4: three of them receive by schedules that nobody has told yet."""
    document = bakhmut.model_dump(mode="json")
    document["providers"][0]["hours"] = None
    site.centre = Centre.model_validate_json(json.dumps(document))
    assert no(terminal.post("/visits", json=wanted(2))) == (409, "provider_schedule_unknown")
    providers = terminal.get("/centre").json()["providers"]
    assert {p["code"]: p["reason"] for p in providers}["upszn"] == "schedule_unknown"


def test_the_same_service_twice_is_refused(terminal: httpx.Client) -> None:
    assert no(terminal.post("/visits", json=wanted(2, 2))) == (409, "same_service_twice")


def test_a_language_the_centre_does_not_speak_is_refused(terminal: httpx.Client) -> None:
    assert no(terminal.post("/visits", json=wanted(2, language="pl"))) == (409, "unknown_language")


def test_another_operators_desk_is_forbidden(signed: Signed) -> None:
    signed("kovalenko", 1)
    assert no(signed("demianenko").post("/desks/1/call-next")) == (403, "foreign_desk")
    assert no(signed("demianenko").post("/desks/1/open")) == (409, "desk_taken")


def test_a_desk_without_own_queues_is_forbidden(signed: Signed) -> None:
    assert no(signed("kovalenko").post("/desks/8/open")) == (403, "no_skill_at_desk")


def test_what_the_state_of_a_ticket_forbids_is_a_conflict_and_named(terminal: httpx.Client, signed: Signed) -> None:
    operator = signed("kovalenko", 1)
    terminal.post("/visits", json=wanted(2))
    assert no(operator.post("/desks/1/finish", json={})) == (409, "nobody_at_desk")
    operator.post("/desks/1/call-next")
    finished = operator.post("/desks/1/finish", json={})
    assert no(finished) == (409, "wrong_state")
    assert "А\u00a01" in finished.json()["detail"]
    assert no(operator.post("/desks/1/call-next")) == (409, "call_in_hand")
    assert no(operator.post("/tickets/1/reinstate")) == (409, "wrong_state")


def test_a_ticket_of_another_queue_is_forbidden(terminal: httpx.Client, signed: Signed) -> None:
    terminal.post("/visits", json=wanted(29))
    assert no(signed("kovalenko").post("/tickets/1/cancel", json={"reason": "x"})) == (403, "foreign_ticket")


@pytest.mark.parametrize("token", ["", "nonsense", "a" * 5000])
def test_without_a_good_token_nothing_is_done(hands: Any, token: str) -> None:
    response = hands.raw(token).post("/visits", json=wanted(2))
    assert no(response) == (401, "not_signed_in")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_machine_is_not_a_person(terminal: httpx.Client) -> None:
    for path in ("/desks/1/open", "/tickets/1/reinstate", "/sign-out"):
        assert no(terminal.post(path)) == (403, "role_missing")
    for path in ("/desks", "/desks/1", "/devices", "/staff/events"):
        assert no(terminal.get(path)) == (403, "role_missing")


def test_a_person_is_not_a_machine(signed: Signed) -> None:
    operator = signed()
    assert no(operator.post("/visits", json=wanted(2))) == (403, "role_missing")
    assert no(operator.get("/devices/me")) == (403, "role_missing")
    assert no(operator.post("/devices/me/status", json={"ok": True})) == (403, "role_missing")
    assert no(operator.post("/announcements", json={"call": 1, "fate": "done"})) == (403, "role_missing")


def test_a_wall_takes_no_tickets(hands: Any) -> None:
    wall = hands.raw(hands.site.accounts.add_device(DeviceKind.BOARD, "board-1"))
    assert no(wall.post("/visits", json=wanted(2))) == (403, "role_missing")


def test_an_operator_at_a_desk_takes_tickets_for_its_queues_only(signed: Signed) -> None:
    operator = signed("kovalenko", 1)
    assert operator.post("/visits", json=wanted(2)).status_code == 201
    assert no(operator.post("/visits", json=wanted(22))) == (403, "role_missing")
    assert no(operator.post("/visits/1/tickets", json={"service": 22})) == (403, "role_missing")


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        ({"content": b'{"tickets":['}, (400, "broken_json")),
        ({"content": b"\xff\xfe\x00"}, (400, "broken_json")),
        ({"content": b"null", "headers": {"Content-Type": "application/json"}}, (400, "broken_json")),
        ({"content": b"x" * 10_000_000}, (413, "too_large")),
        ({"json": []}, (422, "broken_message")),
        ({"json": {}}, (422, "broken_message")),
        ({"json": wanted()}, (422, "broken_message")),
        ({"json": wanted(1, 2, 3, 4, 5, 6)}, (422, "broken_message")),
        ({"json": wanted(2, surname="Шевченко")}, (422, "broken_message")),
        ({"json": {"tickets": [{"service": "Ромашка"}]}}, (422, "broken_message")),
        ({"json": {"tickets": [{"service": 10**40}]}}, (422, "broken_message")),
        ({"json": {"tickets": [{"service": 2, "name": "x"}]}}, (422, "broken_message")),
        ({"json": wanted(2, language="uk'; DROP")}, (422, "broken_message")),
        ({"data": {"tickets": "2"}}, (422, "broken_message")),
        ({}, (422, "broken_message")),
    ],
)
def test_a_message_of_another_shape_is_refused_whole(
    terminal: httpx.Client, site: Site, request_: dict[str, Any], answer: tuple[int, str]
) -> None:
    assert no(terminal.post("/visits", **request_)) == answer
    assert not site.hall.tickets


def test_what_was_sent_is_not_told_back(terminal: httpx.Client) -> None:
    """It may be somebody's name, and it would be in somebody's log."""
    response = terminal.post("/visits", json=wanted(2, language="Шевченко"))
    assert response.json()["mistakes"]
    assert "Шевченко" not in response.text


def test_a_name_in_place_of_a_number_is_no_page(terminal: httpx.Client) -> None:
    assert no(terminal.get("/desks/first")) == (404, "no_such_page")
    assert no(terminal.post("/visits/-1/tickets", json={"service": 2})) == (404, "no_such_page")
    assert no(terminal.get("/estimate?service=first")) == (422, "broken_message")
    assert no(terminal.get("/estimate")) == (422, "broken_message")


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/visits"), ("PUT", "/desks/1/open"), ("POST", "/centre")])
def test_a_wrong_method_is_said_to_be_wrong(terminal: httpx.Client, method: str, path: str) -> None:
    assert no(terminal.request(method, path)) == (405, "wrong_method")


def test_a_key_that_is_too_long_is_refused_and_nothing_happens(terminal: httpx.Client, site: Site) -> None:
    for key in ("k" * 129, "\x1b[2J"):
        response = terminal.post("/visits", json=wanted(2), headers={"Idempotency-Key": key})
        assert no(response) == (400, "bad_key")
    assert not site.hall.tickets
    assert terminal.post("/visits", json=wanted(2), headers={"Idempotency-Key": "k" * 128}).status_code == 201


def test_the_same_key_is_the_same_ticket_and_another_wish_is_refused(terminal: httpx.Client) -> None:
    key = {"Idempotency-Key": "k1"}
    first, again = (terminal.post("/visits", json=wanted(2), headers=key) for _ in range(2))
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert no(terminal.post("/visits", json=wanted(3), headers=key)) == (422, "key_reused")


def test_a_disk_that_does_not_write_is_said_and_tried_again(terminal: httpx.Client, site: Site) -> None:
    site.ledger.db.conn.execute("PRAGMA query_only = ON")
    assert no(terminal.post("/visits", json=wanted(2))) == (503, "storage_trouble")
    site.ledger.db.conn.execute("PRAGMA query_only = OFF")
    assert terminal.post("/visits", json=wanted(2)).json()["tickets"][0]["ticket"]["seq"] == 1


def test_a_refusal_is_in_the_language_that_was_asked_for(terminal: httpx.Client) -> None:
    said = {
        language: terminal.post("/visits", json=wanted(99), headers={"Accept-Language": language}).json()["detail"]
        for language in ("uk", "en", "en-GB,en;q=0.9", "de", "*;q=broken")
    }
    assert not CYRILLIC.search(said["en"])
    assert said["en"] == said["en-GB,en;q=0.9"]
    assert said["uk"] == said["de"]
    assert "99" in said["uk"]
    assert "99" in said["en"]


# --- words for every no ---


def codes_in_the_server() -> set[str]:
    """Every code that the server's source can refuse with, read from the source itself."""
    codes: set[str] = set()
    reasons = {"schedule_unknown", "no_services", "closed_today", "not_open_yet", "closed_for_today"}
    reasons |= {"suspended", "ticketing_stopped"}
    for file in (ROOT / "queue_server").rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = {"Refused": 0, "Unknown": 0, "Forbidden": 0, "_require_elapsed": 0, "problem": 1}.get(node.func.id)
            if place is None or len(node.args) <= place:
                continue
            code = node.args[place]
            sources = [code, *(named[n.id] for n in ast.walk(code) if isinstance(n, ast.Name) and n.id in named)]
            words = {c.value for s in sources for c in ast.walk(s) if isinstance(c, ast.Constant)}
            codes |= {word for word in words if isinstance(word, str)}
    assert "provider_" in codes
    return (codes - {"provider_"} - reasons) | {"suspended"} | {f"provider_{reason}" for reason in reasons}


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_no_has_a_sentence_in_each_language(language: str) -> None:
    text = (ROOT / "config" / "locale" / f"{language}.ftl").read_text(encoding="utf-8")
    known = set(re.findall(r"^problem-(\S+) =", text, re.MULTILINE))
    codes = codes_in_the_server()
    assert len(codes) > 40
    assert codes - known == set()
    assert known - codes == set(), "sentences that nobody says"


# --- nothing is a bug ---

BODIES: dict[str, dict[str, Any]] = {
    "/visits": wanted(2, language="uk"),
    "/visits/{visit}/tickets": {"service": 2},
    "/tickets/{ticket}/cancel": {"reason": "visitor_left"},
    "/desks/{number}/pause": {"reason": "lunch"},
    "/desks/{number}/finish": {"outcome": "accepted"},
    "/desks/{number}/transfer": {"service": 22, "desk": 4},
    "/desks/{number}/finish-and-call-next": {"outcome": "accepted"},
    "/desks/{number}/call": {"ticket": 1, "reason": "head_decision", "text": ""},
    "/desks/{number}/hold": {"reason": "copies"},
    "/desks/{number}/release": {"reason": "operator_left"},
    "/desks/{number}/reopen": {"ticket": 1},
    "/tickets/{ticket}/snooze": {"minutes": 10},
    "/tickets/{ticket}/claim-priority": {"priority": "somebody"},
    "/my/{secret}/snooze": {"minutes": 10},
    "/late-entries": {"number": "Ц 7", "service": 2, "at": "2026-03-16T08:00:00Z", "served": False, "language": "uk"},
    "/suspension": {"kind": "power"},
    "/slot-holds": {"service": 2, "start": "2026-03-17T08:15:00Z", "form": "abcdefgh"},
    "/appointments": {"service": 2, "start": "2026-03-17T08:15:00Z", "language": "uk", "form": "", "contact": ""},
    "/appointments/{code}/move": {"start": "2026-03-17T08:15:00Z", "form": ""},
    "/check-ins": {"code": "123456"},
    "/desks/{number}/call-by-record": {"ticket": 1},
    "/print-reports": {"ticket": 1, "outcome": "confirmed", "trouble": ""},
    "/announcements": {"call": 1, "fate": "done", "attempts": 1, "why": ""},
    "/devices/me/status": {"ok": True, "trouble": ""},
    "/sign-in": {"login": "nobody", "pin": "12"},
    "/users": {"login": "root", "name": {"surname": "П", "given_name": "І"}, "roles": ["admin"]},
    "/users/{login}/pin": {"pin": "12"},
    "/devices": {"kind": "kiosk", "name": "kiosk-1"},
}
WEIRD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**30,
    1.5,
    "",
    "x" * 9000,
    "\x00",
    "\ud800",
    "’",
    [],
    [None],
    {},
    {"a": 1},
)
PLACES = ("1", "0", "99999999999999999999", "%00", "%C3%A9", "..%2f..", "a" * 2000)


def every_door(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, verbs in document["paths"].items():
        for verb in verbs:
            if not path.endswith("/events"):  # an answer without end: see the tests of the stream
                yield verb.upper(), path.removeprefix("/api/v1")


def garbage(path: str) -> Iterator[Any]:
    valid = BODIES.get(path, {})
    yield from ([], "text", 5, {}, {"unknown": 1}, valid)
    for name in valid:
        for weird in WEIRD:
            yield {**valid, name: weird}


def test_no_message_whatever_it_holds_is_answered_with_a_bug(
    hands: Any, terminal: httpx.Client, signed: Signed, admin: httpx.Client
) -> None:
    wall = hands.raw(hands.site.accounts.add_device(DeviceKind.BOARD, "board-1"))
    operator = signed("kovalenko", 1)
    terminal.post("/visits", json=wanted(2, 22))
    operator.post("/desks/1/call-next")
    asked = 0
    for verb, path in every_door(terminal.get("/openapi.json").json()):
        who = {"/users": admin, "/devices": admin, "/users/{login}/pin": admin, "/announcements": wall}.get(path)
        who = who or (operator if re.match("/(desks|tickets)", path) else terminal)
        for body in garbage(path) if verb == "POST" else (None,):
            content = None if body is None else json.dumps(body).encode()
            address = re.sub("{.*?}", "1", path)
            response = who.request(verb, address, content=content, headers={"Content-Type": "application/json"})
            assert response.status_code < 500, (verb, path, body, response.text)
            asked += 1
        if "{" in path:
            for place in PLACES:
                content = json.dumps(BODIES.get(path, {})).encode()
                response = who.request(verb, re.sub("{.*?}", place, path), content=content)
                assert response.status_code < 500, (verb, path, place, response.text)
                asked += 1
    assert asked > 400


# --- the document of the doors ---


def test_the_document_names_every_door(hands: Any) -> None:
    document = hands.raw().get("/openapi.json").json()
    rules = hands.transport.app.url_map.iter_rules()
    doors = {
        (re.sub("<(?:.*?:)?(.*?)>", r"{\1}", rule.rule), verb.lower())
        for rule in rules
        for verb in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1") and rule.endpoint != "openapi"
    }
    told = {(path, verb) for path, verbs in document["paths"].items() for verb in verbs}
    assert told == doors
    assert len(doors) > 30


def test_the_document_is_whole(hands: Any) -> None:
    document = hands.raw().get("/openapi.json").json()
    assert document["openapi"].startswith("3.")
    assert document["info"]["title"] == "Cherha"
    names: list[str] = []
    for path, verbs in document["paths"].items():
        for operation in verbs.values():
            names.append(operation["operationId"])
            assert operation["responses"], path
            assert operation["summary"], path
            declared = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
            assert declared == set(re.findall("{(.*?)}", path)), path
    assert len(set(names)) == len(names)
    for reference in re.findall(r'"\$ref": "(.*?)"', json.dumps(document)):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place, reference


# --- what the public sees ---

NEVER = {"operator", "operator_login", "login", "surname", "given_name", "patronymic", "visit", "qr", "token", "user"}
NEVER |= {"id", "ticket", "desk_summary", "queue", "priority", "channel"}
OF_A_CALL_NEVER = NEVER | {"service", "group", "services", "groups", "kind_of_ticket"}


def keys(value: Any) -> set[str]:
    match value:
        case dict():
            return set(value) | {key for inner in value.values() for key in keys(inner)}
        case list():
            return {key for inner in value for key in keys(inner)}
    return set()


def public_frames(hands: Any) -> list[dict[str, Any]]:
    """Every public frame of the day, over HTTP."""
    stream, frames = hands.site.stream, []
    with hands.raw().stream("GET", "/events", headers={"Last-Event-ID": "0"}) as response:
        for line in response.iter_lines():
            if line.startswith("data: ") and "kind" in line:
                frames.append(json.loads(line[6:]))
                if frames[-1]["seq"] == stream.last_public:
                    break
    return frames


@pytest.fixture
def busy(terminal: httpx.Client, signed: Signed, clock: Any) -> httpx.Client:
    """A little of everything that happens in a hall."""
    operator, other = signed("kovalenko", 1), signed("tkachenko", 4)
    for services in ([2, 22], [3], [22], [6]):
        assert terminal.post("/visits", json=wanted(*services)).status_code == 201
    for verb in ("call-next", "start", "transfer", "call-next"):
        assert operator.post(f"/desks/1/{verb}", json={"service": 23} if verb == "transfer" else {}).is_success
    clock.move_by(seconds=20)
    for verb in ("recall", "withdraw", "call-next", "start", "finish", "call-next"):
        assert operator.post(f"/desks/1/{verb}", json={}).is_success
    for verb in ("call-next", "start"):
        assert other.post(f"/desks/4/{verb}", json={}).is_success
    assert operator.post("/tickets/3/cancel", json={"reason": "visitor_left"}).status_code in (200, 409)
    return terminal


def test_the_wall_and_the_stream_tell_numbers_and_desks_and_nothing_of_people_or_matters(
    hands: Any, busy: httpx.Client
) -> None:
    board, frames = busy.get("/board").json(), public_frames(hands)
    assert board["calls"]
    assert {"called", "recalled", "started", "finished", "withdrawn", "transferred"} <= {f["kind"] for f in frames}
    assert keys(board) & OF_A_CALL_NEVER == set()
    assert keys(frames) & OF_A_CALL_NEVER == set()


def test_a_number_is_public_only_from_its_call_on(hands: Any, busy: httpx.Client) -> None:
    """Whoever waits or gives up is only counted."""
    for frame in public_frames(hands):
        if frame["kind"] in ("issued", "cancelled", "expired", "reinstated"):
            assert (frame["number"], frame["desk"], frame["state"]) == (None, None, None)


def test_nothing_public_names_an_operator_or_tells_a_secret(hands: Any, busy: httpx.Client) -> None:
    anybody = hands.raw()
    texts = [anybody.get(path).text for path in ("/centre", "/board", "/estimate?service=2", "/healthz", "/readyz")]
    everything = "\n".join([*texts, json.dumps(public_frames(hands), ensure_ascii=False)])
    for operator in hands.site.centre.operators:
        assert operator.surname not in everything
        assert operator.login not in everything
    for ticket in hands.site.hall.tickets:
        assert hands.site.secrets.of(ticket) not in everything
    for path in ("/centre", "/estimate?service=2"):
        assert keys(anybody.get(path).json()) & NEVER == set()


# --- the visitor's own ticket ---


def with_address(site: Site) -> None:
    server = site.centre.server.model_copy(update={"public_url": "https://cherha.example/"})
    site.centre = site.centre.model_copy(update={"server": server})


def test_a_slip_has_a_code_only_when_phones_can_reach_the_server(terminal: httpx.Client, site: Site) -> None:
    assert terminal.post("/visits", json=wanted(2)).json()["tickets"][0]["qr"] is None
    with_address(site)
    code = terminal.post("/visits", json=wanted(2)).json()["tickets"][0]["qr"]
    assert re.fullmatch(r"https://cherha\.example/my/2-[a-z2-7]{24}", code)


def test_a_ticket_is_seen_with_its_own_secret_only(terminal: httpx.Client, hands: Any) -> None:
    with_address(hands.site)
    codes = [terminal.post("/visits", json=wanted(2)).json()["tickets"][0]["qr"] for _ in range(2)]
    first, second = (code.rsplit("/", 1)[1] for code in codes)
    anybody = hands.raw()
    seen = anybody.get(f"/my/{second}").json()
    assert (seen["number"], seen["state"], seen["ahead"]) == ("А\u00a02", "waiting", 1)
    assert keys(seen) & NEVER == set()
    wrong = [
        "2", "2-", "-", "x", first.replace("1-", "2-"), second + "a", second[:-1], second.upper(), "02" + second[1:],
        "9" * 30 + second[1:],
    ]  # fmt: skip
    for secret in wrong:
        assert no(anybody.get(f"/my/{secret}")) == (404, "unknown_secret")
    assert hands.site.secrets.ticket_with("٢" + second[1:], hands.site.hall.tickets) is None


def test_a_secret_is_good_for_the_day_of_its_ticket(terminal: httpx.Client, hands: Any, clock: Any) -> None:
    with_address(hands.site)
    secret = terminal.post("/visits", json=wanted(2)).json()["tickets"][0]["qr"].rsplit("/", 1)[1]
    clock.move_by(days=1)
    hands.site.ledger.tick()
    assert no(hands.raw().get(f"/my/{secret}")) == (404, "unknown_secret")


# --- a working day over the doors ---


def test_a_visitor_is_called_served_and_gone(terminal: httpx.Client, signed: Signed) -> None:
    operator = signed("kovalenko", 1)
    terminal.post("/visits", json=wanted(2))
    assert terminal.get("/estimate?service=3").json()["ahead"] == 1
    assert operator.post("/desks/1/call-next").json()["ticket"]["number"] == "А\u00a01"
    assert terminal.get("/board").json()["calls"][0]["state"] == "called"
    assert operator.post("/desks/1/start").json()["state"] == "serving"
    desk = operator.post("/desks/1/finish", json={"outcome": "consultation"}).json()
    assert (desk["state"], desk["served_today"], desk["ticket"]) == ("ready", 1, None)
    assert operator.post("/desks/1/call-next").json() == {"ticket": None, "reason": "queue_empty", "elsewhere": []}


def test_an_operator_is_told_when_the_only_visitor_is_at_another_desk(terminal: httpx.Client, signed: Signed) -> None:
    first, second = signed("kovalenko", 1), signed("tkachenko", 4)
    terminal.post("/visits", json=wanted(2, 22))
    first.post("/desks/1/call-next")
    told = second.post("/desks/4/call-next").json()
    assert (told["ticket"], told["reason"]) == (None, "siblings_served")
    assert [(ticket["number"], ticket["desk"]) for ticket in told["elsewhere"]] == [("А\u00a01", 1)]


def test_an_operator_is_given_the_ticket_again_when_the_answer_got_lost(terminal: httpx.Client, signed: Signed) -> None:
    operator = signed("kovalenko", 1)
    for _ in range(2):
        terminal.post("/visits", json=wanted(2))
    first, again = (operator.post("/desks/1/call-next", headers={"Idempotency-Key": "press"}).json() for _ in range(2))
    assert first == again
    assert first["ticket"]["seq"] == 1


def test_a_waiting_visitor_of_a_service_that_is_given_up_is_served_and_passed_on(
    terminal: httpx.Client, signed: Signed, site: Site, clock: Any
) -> None:
    """A service that is switched off at noon has no new tickets; who waits is served."""
    first, second = signed("kovalenko", 1), signed("demianenko", 2)
    for _ in range(2):
        terminal.post("/visits", json=wanted(2))
    document = site.centre.model_dump(mode="json")
    next(s for s in document["services"] if s["number"] == 2)["active"] = False
    site.centre = Centre.model_validate_json(json.dumps(document))
    assert no(terminal.post("/visits", json=wanted(2))) == (404, "unknown_service")
    first.post("/desks/1/call-next")
    first.post("/desks/1/start")
    assert first.post("/desks/1/transfer", json={"desk": 2}).status_code == 200
    assert second.post("/desks/2/call-next").json()["ticket"]["seq"] == 1
    second.post("/desks/2/start")
    assert second.post("/desks/2/transfer", json={"service": 6}).status_code == 200


def test_nobody_is_kept_for_a_desk_whose_operator_went_home(terminal: httpx.Client, signed: Signed, clock: Any) -> None:
    """Passed on to a desk, missed the call there, came back after it had closed: any capable desk calls."""
    first, second = signed("kovalenko", 1), signed("demianenko", 2)
    terminal.post("/visits", json=wanted(2))
    for verb, body in (("call-next", {}), ("start", {}), ("transfer", {"desk": 2})):
        assert first.post(f"/desks/1/{verb}", json=body).is_success
    clock.move_by(seconds=61)
    assert second.post("/desks/2/call-next").json()["ticket"]["seq"] == 1
    clock.move_by(seconds=30)
    second.post("/desks/2/recall")
    clock.move_by(seconds=40)
    for verb in ("no-show", "close"):
        assert second.post(f"/desks/2/{verb}").is_success
    assert first.post("/tickets/1/reinstate").status_code == 200
    assert first.post("/desks/1/call-next").json()["ticket"]["seq"] == 1


def test_a_machines_trouble_is_written_down_once_and_shown_to_staff(
    terminal: httpx.Client, signed: Signed, site: Site
) -> None:
    for _ in range(3):
        terminal.post("/devices/me/status", json={"ok": False, "trouble": "paper_out"})
    before = site.hall.seq
    terminal.post("/devices/me/status", json={"ok": False, "trouble": "paper_out"})
    assert site.hall.seq == before
    told = signed().get("/devices").json()["devices"][0]
    assert (told["name"], told["ok"], told["trouble"]) == ("kiosk-1", False, "paper_out")


def test_a_machines_first_word_may_be_a_warning(terminal: httpx.Client, signed: Signed) -> None:
    terminal.post("/devices/me/status", json={"ok": True, "trouble": "paper_low"})
    told = signed().get("/devices").json()["devices"][0]
    assert (told["ok"], told["trouble"]) == (True, "paper_low")
    assert told["since"] is not None


def test_only_who_has_a_printer_tells_of_paper(terminal: httpx.Client, hands: Any) -> None:
    assert terminal.post("/visits", json=wanted(2)).status_code == 201
    report = {"ticket": 1, "outcome": "confirmed"}
    wall = hands.raw(hands.site.accounts.add_device(DeviceKind.BOARD, "wall"))
    assert no(wall.post("/print-reports", json=report)) == (403, "role_missing")
    assert terminal.post("/print-reports", json=report).status_code == 200


def test_the_answers_that_are_remembered_name_nobody(terminal: httpx.Client, signed: Signed, site: Site) -> None:
    operator = signed()
    answers = [
        operator.post(f"/desks/1/{verb}", json={}, headers={"Idempotency-Key": verb}) for verb in ("open", "pause") * 2
    ]
    assert {answer.json()["operator"]["surname"] for answer in answers} == {"Коваленко"}
    assert {answer.json()["operator_login"] for answer in answers} == {"kovalenko"}
    kept = [row[0] for row in site.ledger.db.execute("SELECT answer FROM answer").fetchall()]
    assert len(kept) == 2
    assert not re.search("Коваленко|kovalenko", "".join(kept))
    closed = operator.post("/desks/1/close", headers={"Idempotency-Key": "close"}).json()
    assert (closed["state"], closed["operator"]) == ("closed", None)


def test_what_a_wall_says_of_a_call_is_a_code_and_no_free_text(hands: Any) -> None:
    wall = hands.raw(hands.site.accounts.add_device(DeviceKind.BOARD, "wall"))
    report = {"call": 1, "fate": "failed", "why": "Прізвище, ім’я"}
    assert no(wall.post("/announcements", json=report)) == (422, "broken_message")


def test_an_operator_is_shown_the_whole_days_work_after_a_break_at_home(
    terminal: httpx.Client, signed: Signed, clock: Any
) -> None:
    operator = signed(desk=1)
    for _ in range(2):
        assert terminal.post("/visits", json=wanted(2)).status_code == 201
        for verb in ("call-next", "start", "finish", "close", "open"):
            answer = operator.post(f"/desks/1/{verb}", json={})
            assert answer.status_code == 200
    assert answer.json()["served_today"] == 2


def test_the_list_of_who_missed_a_call_does_not_grow_with_the_day(toy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last of them, in the order of their places: an answer costs the same in the evening."""
    monkeypatch.setattr(views, "QUEUE_SHOWN", 2)
    toy.open(1)
    for _ in range(4):
        toy.take(2)
        toy.call(1)
        toy.miss(1)
    view = views.with_queue(toy.hall, views.desk_view(toy.hall, toy.centre, 1, toy.now, None))
    assert [ticket.seq for ticket in view.missed] == [3, 4]
