"""Who may do what: PINs, sessions, devices, roles; and that a browser cannot be made to act for somebody."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import gevent
import httpx
import pytest
from argon2 import PasswordHasher

from queue_server import accounts
from queue_server import messages as m
from queue_server.accounts import LockedOut, NewUser, SignInFailed
from queue_server.messages import DeviceKind, PersonName, Role
from queue_server.rules.refusal import Refused, Unknown
from queue_server.site import Site, StillInUse

NAME = PersonName(surname="Прізвище", given_name="Ім’я")
WRONG = "0000"
RIGHT = "482913"
PRODUCT_HASHER = accounts._hasher


@pytest.fixture(autouse=True)
def quick_argon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real argon2 with the least effort: what a PIN costs is not what these tests are about."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", hasher)
    monkeypatch.setattr(accounts, "_NOBODY", hasher.hash("nobody has this pin"))


@pytest.fixture
def doors(hands: Any) -> httpx.Client:
    hands.site.accounts.set_pin("kovalenko", RIGHT)
    client: httpx.Client = hands.raw()
    return client


def sign_in(doors: httpx.Client, pin: str, login: str = "kovalenko") -> httpx.Response:
    return doors.post("/sign-in", json={"login": login, "pin": pin})


def codes(doors: httpx.Client, *pins: str) -> list[str]:
    return [sign_in(doors, pin).json().get("code", "signed in") for pin in pins]


def test_a_guess_at_a_pin_costs_the_memory_that_experts_ask_for() -> None:
    """OWASP: argon2id with at least 19 MiB and two passes."""
    assert PRODUCT_HASHER.memory_cost >= 19 * 1024
    assert PRODUCT_HASHER.time_cost >= 2


# --- guessing ---


def test_five_wrong_pins_lock_the_login_even_for_the_right_one(doors: httpx.Client) -> None:
    assert codes(doors, *[WRONG] * 5, RIGHT) == ["sign_in_failed"] * 5 + ["locked_out"]
    locked = sign_in(doors, RIGHT)
    assert locked.status_code == 429
    assert int(locked.headers["Retry-After"]) == 15 * 60 + 1
    assert "15" in locked.json()["detail"] or "16" in locked.json()["detail"]


def test_a_locked_login_opens_after_a_quarter_of_an_hour(doors: httpx.Client, clock: Any) -> None:
    codes(doors, *[WRONG] * 5)
    clock.move_by(minutes=14, seconds=59)
    assert codes(doors, RIGHT) == ["locked_out"]
    clock.move_by(seconds=2)
    assert codes(doors, RIGHT) == ["signed in"]


def test_a_new_pin_opens_a_locked_login(doors: httpx.Client, site: Site) -> None:
    codes(doors, *[WRONG] * 5)
    site.accounts.set_pin("kovalenko", "7777")
    assert codes(doors, RIGHT, "7777") == ["sign_in_failed", "signed in"]


def test_the_right_pin_forgives_the_wrong_ones(doors: httpx.Client) -> None:
    assert codes(doors, *[WRONG] * 4, RIGHT, *[WRONG] * 4, RIGHT)[-1] == "signed in"


def test_a_lock_outlives_the_server(doors: httpx.Client, site: Site) -> None:
    codes(doors, *[WRONG] * 5)
    again = accounts.Accounts(site.ledger)
    with pytest.raises(LockedOut):
        again.sign_in("kovalenko", RIGHT)


def test_guesses_in_parallel_are_no_more_than_five_guesses(site: Site, doors: httpx.Client) -> None:
    """However many connections ask at once, the right one among them comes too late."""

    def guess(pin: str) -> str:
        try:
            site.accounts.sign_in("kovalenko", pin)
        except (SignInFailed, LockedOut) as no:
            return type(no).__name__
        return "signed in"

    greenlets = [gevent.spawn(guess, pin) for pin in [*[WRONG] * 30, RIGHT, *[WRONG] * 9]]
    gevent.joinall(greenlets)
    outcomes = [greenlet.value for greenlet in greenlets]
    assert outcomes.count("SignInFailed") == 5
    assert outcomes.count("LockedOut") == 35


def test_an_unknown_login_is_answered_like_a_wrong_pin(doors: httpx.Client) -> None:
    known, unknown = sign_in(doors, WRONG), sign_in(doors, WRONG, login="nobody")
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert known.status_code == 401


def test_a_user_without_a_pin_cannot_sign_in(doors: httpx.Client) -> None:
    assert sign_in(doors, "1234", login="tkachenko").json()["code"] == "sign_in_failed"


@pytest.mark.parametrize("pin", ["", "123", "x" * 65])
def test_a_pin_has_four_to_sixty_four_signs(site: Site, pin: str) -> None:
    with pytest.raises(Refused, match="pin_length"):
        site.accounts.set_pin("kovalenko", pin)


def test_a_pin_of_somebody_unknown_is_not_set(site: Site) -> None:
    with pytest.raises(Unknown):
        site.accounts.set_pin("nobody", "1234")


# --- what is kept ---


def test_neither_pins_nor_tokens_are_in_the_file(site: Site, doors: httpx.Client, tmp_path: Path) -> None:
    token = sign_in(doors, RIGHT).json()["token"]
    device = site.accounts.add_device(DeviceKind.KIOSK, "kiosk-1")
    everything = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert b"kovalenko" in everything
    for secret in (RIGHT, token, device):
        assert secret.encode() not in everything


def test_the_centres_key_is_its_owners_only(site: Site, tmp_path: Path) -> None:
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o077 == 0


def test_a_key_that_a_power_cut_left_empty_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch()
    accounts.TicketSecrets(tmp_path, "x").of(1)
    assert len((tmp_path / "secret.key").read_bytes()) == 32


# --- sessions ---


def bearer(hands: Any, response: httpx.Response) -> httpx.Client:
    client: httpx.Client = hands.raw(response.json()["token"])
    return client


def test_a_session_lasts_a_working_day_of_twelve_hours(hands: Any, doors: httpx.Client, clock: Any) -> None:
    operator = bearer(hands, sign_in(doors, RIGHT))
    clock.move_by(hours=11, minutes=59)
    assert operator.get("/desks").status_code == 200
    clock.move_by(minutes=1)
    assert operator.get("/desks").status_code == 401


def test_a_session_that_was_signed_out_is_over_and_others_are_not(hands: Any, doors: httpx.Client) -> None:
    first, second = bearer(hands, sign_in(doors, RIGHT)), bearer(hands, sign_in(doors, RIGHT))
    assert first.post("/sign-out").status_code == 200
    assert [first.get("/desks").status_code, second.get("/desks").status_code] == [401, 200]


def test_signing_out_twice_or_by_nobody_disturbs_no_one(hands: Any, site: Site) -> None:
    """It once failed the whole batch, and with it whoever took a ticket at that moment."""
    site.accounts.sign_out("a token that never was")
    assert hands.raw().post("http://cherha/sign-out").status_code == 303


def test_a_new_pin_ends_the_sessions_that_the_old_one_opened(hands: Any, doors: httpx.Client, site: Site) -> None:
    """Whoever asks for a new PIN may have seen the old one in other hands."""
    own = bearer(hands, sign_in(doors, RIGHT))
    site.accounts.set_pin("tkachenko", "1234")
    other = bearer(hands, sign_in(doors, "1234", login="tkachenko"))
    site.accounts.set_pin("kovalenko", "7777")
    assert [own.get("/desks").status_code, other.get("/desks").status_code] == [401, 200]
    again = bearer(hands, sign_in(doors, "7777"))
    user = site.accounts.user_named("kovalenko")
    site.accounts.save_user(NewUser(user.login, user.name, user.roles, user.provider, user.primary, pin="8888"))
    assert again.get("/desks").status_code == 401


def test_the_key_of_the_machine_room_outlives_a_new_pin_and_is_in_no_file(
    hands: Any, site: Site, tmp_path: Path
) -> None:
    site.accounts.save_user(NewUser("root", NAME, frozenset({Role.ADMIN}), pin="1234"))
    key = site.accounts.open_key(site.accounts.user_named("root"))
    site.accounts.set_pin("root", "5678")
    assert hands.raw(key).get("/desks").status_code == 200
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert accounts.token_hash(key).encode() not in kept
    site.accounts.close_key(key)
    assert hands.raw(key).get("/desks").status_code == 401


def test_a_session_outlives_a_restart(hands: Any, doors: httpx.Client, site: Site) -> None:
    token = sign_in(doors, RIGHT).json()["token"]
    user = accounts.Accounts(site.ledger).whose(token)
    assert isinstance(user, accounts.User)
    assert user.login == "kovalenko"


# --- users and devices ---


def test_two_administrators_at_once_never_get_one_number(site: Site) -> None:
    """Two new users, two new devices, added in the same moment, are four rows with four secrets."""
    tokens = [gevent.spawn(site.accounts.add_device, DeviceKind.KIOSK, f"kiosk-{n}") for n in range(8)]
    users = [
        gevent.spawn(site.accounts.save_user, NewUser(f"user{n}", NAME, frozenset({Role.RECEPTION}), pin="1234"))
        for n in range(4)
    ]
    gevent.joinall([*tokens, *users], raise_error=True)
    assert len({site.accounts.whose(greenlet.value) for greenlet in tokens}) == 8
    assert None not in {site.accounts.whose(greenlet.value) for greenlet in tokens}
    assert len({greenlet.value.id for greenlet in users}) == 4


def test_one_user_saved_twice_at_once_is_one_user(site: Site) -> None:
    new = NewUser("reception", NAME, frozenset({Role.RECEPTION}), pin="1234")
    gevent.joinall([gevent.spawn(site.accounts.save_user, new) for _ in range(3)], raise_error=True)
    assert [user.login for user in site.accounts.users()].count("reception") == 1


def test_a_device_that_is_added_again_has_a_new_token_and_the_old_one_is_dead(hands: Any, site: Site) -> None:
    old, new = (site.accounts.add_device(DeviceKind.KIOSK, "kiosk-1") for _ in range(2))
    assert hands.raw(old).get("/devices/me").status_code == 401
    assert hands.raw(new).get("/devices/me").status_code == 200


def test_the_operators_of_the_centre_file_are_users_and_keep_their_pin(site: Site, doors: httpx.Client) -> None:
    first, *rest = site.centre.operators
    renamed = first.model_copy(update={"surname": "Новопрізвищенко"})
    site.apply(site.centre.model_copy(update={"operators": [renamed, *rest]}), "system", "")
    answer = sign_in(doors, RIGHT)
    assert answer.json()["name"]["surname"] == "Новопрізвищенко"


def without(site: Site, login: str) -> Any:
    staying = [operator for operator in site.centre.operators if operator.login != login]
    return site.centre.model_copy(update={"operators": staying})


def test_an_operator_who_left_the_centre_file_is_signed_out_and_cannot_come_back(
    hands: Any, doors: httpx.Client, site: Site
) -> None:
    operator, before = bearer(hands, sign_in(doors, RIGHT)), site.centre
    site.apply(without(site, "kovalenko"), "system", "")
    assert operator.get("/desks").status_code == 401
    assert codes(doors, RIGHT) == ["sign_in_failed"]
    assert site.ledger.db.execute("SELECT data FROM log WHERE data LIKE '%deactivated%'").fetchone() is not None
    site.apply(before, "system", "")
    assert codes(doors, RIGHT) == ["signed in"]


def test_an_operator_who_left_the_centre_file_keeps_the_work_that_is_not_a_desks(
    hands: Any, doors: httpx.Client, site: Site
) -> None:
    user = site.accounts.user_named("kovalenko")
    site.accounts.save_user(NewUser(user.login, user.name, user.roles | {Role.RECEPTION}, user.provider))
    site.apply(without(site, "kovalenko"), "system", "")
    assert site.accounts.user_named("kovalenko").roles == {Role.RECEPTION}
    assert codes(doors, RIGHT) == ["signed in"]


def test_who_was_added_by_hand_does_not_leave_with_the_centre_file(hands: Any, site: Site) -> None:
    site.accounts.save_user(NewUser("byhand", NAME, frozenset({Role.OPERATOR}), "upszn", ("dity",), pin="1234"))
    site.apply(without(site, "kovalenko"), "system", "")
    assert codes(hands.raw(), "1234") == ["sign_in_failed"]
    assert sign_in(hands.raw(), "1234", login="byhand").status_code == 200


def test_an_operator_at_a_desk_cannot_be_taken_out_of_the_centre_file(
    hands: Any, doors: httpx.Client, site: Site
) -> None:
    assert bearer(hands, sign_in(doors, RIGHT)).post("/desks/1/open").status_code == 200
    with pytest.raises(StillInUse) as still:
        site.apply(without(site, "kovalenko"), "system", "")
    assert still.value.things == ["operators[kovalenko]"]
    assert codes(doors, RIGHT) == ["signed in"]


def test_the_log_says_that_a_login_was_locked_and_by_whom_it_is_meant_only_by_number(
    doors: httpx.Client, site: Site
) -> None:
    def locks() -> list[str]:
        return [row[0] for row in site.ledger.db.execute("SELECT data FROM log WHERE data LIKE '%locked%'").fetchall()]

    codes(doors, *[WRONG] * 4)
    assert locks() == []
    codes(doors, WRONG, WRONG)
    assert locks() == [f'{{"kind":"user","id":{site.accounts.user_named("kovalenko").id},"what":"locked"}}']


def test_the_log_says_who_was_changed_only_by_number(site: Site, doors: httpx.Client) -> None:
    sign_in(doors, RIGHT)
    data = [row[0] for row in site.ledger.db.execute("SELECT data FROM log WHERE type = 'AccountChanged'").fetchall()]
    assert data
    for text in data:
        assert re.fullmatch(r'\{"kind":"(user|device)","id":\d+,"what":"\w+"\}', text)


# --- roles ---


def as_role(hands: Any, login: str, *roles: Role) -> httpx.Client:
    site = hands.site
    user = site.accounts.save_user(NewUser(login, NAME, frozenset(roles), "upszn", ("dity",)))
    client: httpx.Client = hands.raw(site.accounts.open_session(user, accounts.SESSION_LASTS)[0])
    return client


NEW_USER = {"login": "x", "name": {"surname": "X", "given_name": "Y"}, "roles": ["admin"]}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_adds_users_and_devices(hands: Any, role: Role) -> None:
    somebody = as_role(hands, "somebody", role)
    assert somebody.post("/users", json=NEW_USER).status_code == 403
    assert somebody.post("/users/somebody/pin", json={"pin": "1234"}).status_code == 403
    assert somebody.post("/devices", json={"kind": "kiosk", "name": "k"}).status_code == 403
    assert [user.login for user in hands.site.accounts.users()].count("x") == 0


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OPERATOR, Role.CENTRE_HEAD)])
def test_only_an_operator_or_a_head_with_the_skill_calls(hands: Any, role: Role) -> None:
    somebody = as_role(hands, "somebody", role)
    if role is not Role.PROVIDER_HEAD:  # who may see to it that a desk is open, and calls nobody
        assert somebody.post("/desks/1/open").status_code == 403
    assert somebody.post("/desks/1/call-next").status_code == 403


def test_an_administrator_adds_a_user_who_can_sign_in_and_a_device_that_can_ask(hands: Any) -> None:
    admin = as_role(hands, "root", Role.ADMIN)
    saved = admin.post("/users", json={**NEW_USER, "roles": ["reception"], "pin": "1357"})
    assert saved.json()["roles"] == ["reception"]
    assert "1357" not in saved.text
    assert sign_in(hands.raw(), "1357", login="x").status_code == 200
    device = admin.post("/devices", json={"kind": "board", "name": "hall"})
    assert device.headers["Cache-Control"] == "no-store"
    assert hands.raw(device.json()["token"]).get("/devices/me").status_code == 200
    assert admin.post("/visits", json={"tickets": [{"service": 2}]}).status_code == 403


def test_reception_takes_and_cancels_tickets_of_every_queue(hands: Any) -> None:
    reception = as_role(hands, "reception", Role.RECEPTION)
    assert reception.post("/visits", json={"tickets": [{"service": 2}, {"service": 22}]}).status_code == 201
    assert reception.post("/tickets/2/cancel", json={"reason": "visitor_left"}).status_code == 200


# --- a browser ---


@pytest.fixture
def browser(doors: httpx.Client, hands: Any) -> httpx.Client:
    """A browser in which an operator has signed in by the console’s own form."""
    browser = httpx.Client(base_url="http://cherha", transport=hands.transport)
    signed = browser.post(
        "/sign-in", data={"login": "kovalenko", "pin": RIGHT, "csrf_token": csrf(browser, "/sign-in")}
    )
    assert signed.status_code == 303
    return browser


def csrf(browser: httpx.Client, page: str) -> str:
    found = re.search(r'csrf[-_]token" (?:content|value)="([^"]+)"', browser.get(page).text)
    assert found is not None
    return found[1]


def test_a_browser_signs_in_by_the_form_and_works_with_its_cookie(browser: httpx.Client) -> None:
    assert browser.get("/api/v1/desks").status_code == 200
    token = csrf(browser, "/desks")
    opened = browser.post("/api/v1/desks/1/open", headers={"X-CSRFToken": token})
    assert opened.json()["operator_login"] == "kovalenko"


@pytest.mark.parametrize("headers", [{}, {"X-CSRFToken": "wrong"}, {"Authorization": "Basic eDp5"}])
def test_a_foreign_page_cannot_make_the_browser_act(browser: httpx.Client, site: Site, headers: dict[str, str]) -> None:
    forged = browser.post("/api/v1/desks/1/open", headers=headers)
    assert (forged.status_code, forged.json()["code"]) == (400, "page_outdated")
    assert not site.hall.desks


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(hands: Any, doors: httpx.Client) -> None:
    browser = httpx.Client(base_url="http://cherha", transport=hands.transport)
    token = csrf(browser, "/sign-in")
    signed = browser.post("/sign-in", data={"login": "kovalenko", "pin": RIGHT, "csrf_token": token})
    cookie = signed.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_signing_out_of_the_console_ends_the_session_everywhere(browser: httpx.Client, hands: Any) -> None:
    token = csrf(browser, "/desks")
    kept = dict(browser.cookies)
    assert browser.post("/sign-out", data={"csrf_token": token}).status_code == 303
    thief = httpx.Client(base_url="http://cherha", transport=hands.transport, cookies=kept)
    assert thief.get("/api/v1/desks").status_code == 401


def test_a_wrong_pin_in_the_form_is_said_on_the_page(hands: Any, doors: httpx.Client) -> None:
    browser = httpx.Client(base_url="http://cherha", transport=hands.transport)
    answers = [
        browser.post("/sign-in", data={"login": "kovalenko", "pin": WRONG, "csrf_token": csrf(browser, "/sign-in")})
        for _ in range(6)
    ]
    assert answers[0].status_code in (401, 403, 422)
    assert "PIN" in answers[0].text
    assert answers[-1].status_code == 429


def test_a_name_of_a_person_is_told_to_staff_only(hands: Any) -> None:
    session = m.Session.model_fields
    assert "pin" not in session
    assert hands.raw().get("/desks").status_code == 401
