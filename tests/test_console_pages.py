"""The console's pages without a browser: who sees what, in which language, and what the page lets in."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("flask")
from flask import Flask
from flask.testing import FlaskClient

import operator_console
from config.look import DARK, LIGHT
from operator_console.blueprint import ConsolePages, ConsoleRefused, SignedIn, create_console
from operator_console.texts import BROWSER_TEXTS
from queue_server.messages import FrameKind

ROOM = Path(operator_console.__file__).parent
LOCALE = ROOM.parent / "config" / "locale"
OLENA = SignedIn("kovalenko", "Коваленко", "Олена", "Іванівна", ("centre_head", "operator"))
NASTY = "</script><script>alert(1)</script>"


class ToyPages:
    """Data for the pages; ``person`` is who is signed in."""

    def __init__(self) -> None:
        self.person: SignedIn | None = None
        self.own_desk: int | None = None
        self.signed_out = False

    def sign_in(self, login: str, pin: str) -> None:
        if pin != "2580":
            raise ConsoleRefused("Логін або PIN неправильний. Залишилося спроб: 4")
        self.person = OLENA

    def sign_out(self) -> None:
        self.person, self.signed_out = None, True

    def desks(self) -> list[dict[str, Any]]:
        login = {self.own_desk: "kovalenko", 2: "melnyk"}
        iryna = {"surname": "Мельник", "given_name": "Ірина", "patronymic": ""}
        return [
            {
                "number": n,
                "zone": "Z1",
                "groups": ["DITY"],
                "state": "ready" if n in login else "closed",
                "operator_login": login.get(n),
                "operator": iryna if n == 2 else None,
            }
            for n in (3, 1, 2)
        ]

    def desk(self, number: int) -> dict[str, Any] | None:
        if number != 3:
            return None
        return {"seq": 7, "now": "2026-03-12T12:05:00Z", "number": 3, "state": "closed", "groups": [], "queue": []}

    def catalogue(self) -> dict[str, Any]:
        return {
            "name": {"uk": "Прозорий офіс", "en": "Transparent office"},
            "city": {"uk": "Бахмут"},
            "timezone": "Europe/Kyiv",
            "now": "2026-03-12T12:05:00Z",
            "return_window_min": 60,
            "providers": [{"code": "U", "short_name": {"uk": "УПСЗН"}, "open": True}],
            "groups": [{"code": "DITY", "letter": "А", "provider": "U"}],
            "services": [{"number": 2, "group": "DITY", "short_name": {"uk": NASTY}, "name": {"uk": "Повна назва"}}],
        }


@pytest.fixture
def pages() -> ToyPages:
    return ToyPages()


@pytest.fixture
def browser(pages: ToyPages) -> Iterator[FlaskClient]:
    app = Flask(__name__)
    app.register_blueprint(
        create_console(
            ConsolePages(
                lambda: pages.person, pages.sign_in, pages.sign_out, pages.desks, pages.desk, pages.catalogue,
                lambda: "the-token",
            )
        )
    )  # fmt: skip
    with app.test_client() as client:
        yield client


def test_a_stranger_is_led_to_the_sign_in_and_sees_no_name(browser: FlaskClient) -> None:
    assert browser.get("/").location == "/sign-in"
    for path in ("/desks", "/desk/3"):
        answer = browser.get(path)
        assert (answer.status_code, answer.location) == (302, f"/sign-in?next={path}")
    for path in ("/console/catalogue.json", "/console/desks.json"):
        answer = browser.get(path)
        assert answer.status_code == 401
        assert "Мельник" not in answer.text


def test_a_wrong_pin_keeps_the_login_and_shows_the_servers_sentence(browser: FlaskClient) -> None:
    answer = browser.post("/sign-in", data={"login": "kovalenko", "pin": "1111"})
    assert answer.status_code == 401
    assert "Залишилося спроб: 4" in answer.text
    assert 'value="kovalenko"' in answer.text
    assert "1111" not in answer.text


def test_an_empty_form_is_asked_for_politely(browser: FlaskClient) -> None:
    answer = browser.post("/sign-in", data={"login": " ", "pin": ""})
    assert answer.status_code == 422
    assert "Введіть логін і PIN" in answer.text


def test_signing_in_needs_no_script_and_leads_where_one_wanted(browser: FlaskClient) -> None:
    form = browser.get("/sign-in?next=/desk/3").text
    assert 'name="csrf_token" value="the-token"' in form
    answer = browser.post("/sign-in", data={"login": "kovalenko", "pin": "2580", "next": "/desk/3"})
    assert (answer.status_code, answer.location) == (303, "/desk/3")


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", ""])
def test_signing_in_never_leads_to_another_site(browser: FlaskClient, evil: str) -> None:
    answer = browser.post("/sign-in", data={"login": "kovalenko", "pin": "2580", "next": evil})
    assert answer.location == "/"


def test_an_operator_who_already_sits_somewhere_comes_straight_to_that_desk(
    browser: FlaskClient, pages: ToyPages
) -> None:
    pages.person = OLENA
    assert browser.get("/").location == "/desks"
    pages.own_desk = 3
    assert browser.get("/").location == "/desk/3"


def test_the_list_of_desks_is_in_their_order_and_says_who_sits_there(browser: FlaskClient, pages: ToyPages) -> None:
    pages.person, pages.own_desk = OLENA, 3
    page = browser.get("/desks").text
    assert re.findall(r'data-number="(\d+)"', page) == ["1", "2", "3"]
    assert "Мельник Ірина" in page
    assert page.count("data-free") == 1
    assert "Ваше місце" in page


def test_the_desk_shows_the_full_name_and_the_role_of_its_operator(browser: FlaskClient, pages: ToyPages) -> None:
    pages.person = OLENA
    page = browser.get("/desk/3").text
    assert "Коваленко Олена Іванівна" in page
    assert "Працівник" in page
    assert '<meta name="csrf-token" content="the-token">' in page


def test_a_desk_that_does_not_exist_is_said_so(browser: FlaskClient, pages: ToyPages) -> None:
    pages.person = OLENA
    answer = browser.get("/desk/77")
    assert answer.status_code == 404
    assert "Робочого місця №\u00a077 у центрі немає." in answer.text


def test_signing_out_is_a_post(browser: FlaskClient, pages: ToyPages) -> None:
    assert browser.get("/sign-out").status_code == 405
    assert browser.post("/sign-out").location == "/sign-in"
    assert pages.signed_out


def test_nothing_in_a_page_runs_that_is_not_a_file_of_ours(browser: FlaskClient, pages: ToyPages) -> None:
    pages.person = OLENA
    for path in ("/sign-in", "/desks", "/desk/3", "/desk/77"):
        answer = browser.get(path, follow_redirects=True)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"\son\w+=|\sstyle=|<style|https?://(?!www\.w3\.org)", answer.text)
        for script in re.findall(r"<script([^>]*)>", answer.text):
            assert 'type="application/json"' in script or 'src="/console/static/' in script
        assert answer.headers["Cache-Control"] == "no-store"


def test_styles_and_scripts_travel_compressed_and_pages_do_not(browser: FlaskClient, pages: ToyPages) -> None:
    pages.person = OLENA
    asks = {"Accept-Encoding": "gzip"}
    for path in ("/console/static/desk.js", "/console/static/console.css", "/console/tokens.css"):
        plain, squeezed = browser.get(path), browser.get(path, headers=asks)
        assert "Content-Encoding" not in plain.headers
        assert squeezed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in squeezed.headers["Vary"]
        assert gzip.decompress(squeezed.data) == plain.data
    again = browser.get("/console/static/desk.js", headers=asks).headers["ETag"]
    assert browser.get("/console/static/desk.js", headers={**asks, "If-None-Match": again}).status_code == 304
    assert "Content-Encoding" not in browser.get("/desk/3", headers=asks).headers


def test_the_browser_listens_to_every_kind_of_frame_that_is_told() -> None:
    script = (ROOM / "static" / "link.js").read_text("utf-8")
    kinds = "".join(re.findall(r'"([^"]*)"', script.partition("KINDS =")[2].partition(";")[0]))
    assert set(kinds.split()) == set(FrameKind)


def test_a_name_cannot_break_out_of_the_pages_data(browser: FlaskClient, pages: ToyPages) -> None:
    pages.person = OLENA
    page = browser.get("/desk/3").text
    assert NASTY not in page
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found
    assert json.loads(found[1])["catalogue"]["services"][0]["short_name"] == NASTY


def test_ukrainian_comes_first_whatever_the_computer_says(browser: FlaskClient) -> None:
    assert 'lang="uk"' in browser.get("/sign-in", headers={"Accept-Language": "en-GB"}).text
    english = browser.get("/sign-in?lang=en").text
    assert "Staff sign-in" in english
    assert "Transparent office" in english
    assert "Бахмут" in english  # a name that was not translated is shown as it is
    assert "Staff sign-in" in browser.get("/sign-in").text  # remembered
    assert "Вхід для працівників" in browser.get("/sign-in?lang=uk").text
    assert "Вхід для працівників" in browser.get("/sign-in?lang=xx").text


def test_the_colours_are_those_of_every_other_screen(browser: FlaskClient) -> None:
    light, dark = browser.get("/console/tokens.css").text.split("@media")
    assert f"--accent:{LIGHT.accent};" in light
    assert f"--on-accent:{DARK.on_accent};" in dark


def test_the_fonts_travel_with_their_licence(browser: FlaskClient) -> None:
    for name in ("inter-cyrillic.woff2", "inter-latin.woff2"):
        answer = browser.get(f"/console/fonts/{name}")
        assert answer.status_code == 200
        assert answer.data[:4] == b"wOF2"
    assert "SIL Open Font License" in browser.get("/console/fonts/LICENSE.txt").text
    assert browser.get("/console/fonts/..%2f..%2fsettings.py").status_code == 404


def keys_of(language: str) -> dict[str, str]:
    lines = (LOCALE / f"{language}.ftl").read_text("utf-8").splitlines()
    return dict(re.findall(r"(?m)^(console-[\w-]+) = (.+)$", "\n".join(lines)))


def test_every_text_of_the_console_exists_in_both_languages_with_the_same_holes() -> None:
    ukrainian, english = keys_of("uk"), keys_of("en")
    assert ukrainian.keys() == english.keys()
    for key, text in ukrainian.items():
        assert set(re.findall(r"\$(\w+)", text)) == set(re.findall(r"\$(\w+)", english[key])), key
    for name, holes in BROWSER_TEXTS.items():
        assert set(re.findall(r"\$(\w+)", ukrainian[f"console-{name}"])) == set(holes), name


def test_every_text_the_pages_and_scripts_ask_for_exists_and_none_is_left_over() -> None:
    ukrainian = keys_of("uk")
    asked = set()
    for template in ROOM.glob("templates/console/*.html"):
        asked |= set(re.findall(r't\("(console-[\w-]+)"(?! ~)', template.read_text("utf-8")))
        asked |= set(re.findall(r"t\('(console-[\w-]+)'", template.read_text("utf-8")))
    for module in ROOM.glob("*.py"):
        asked |= set(re.findall(r'"(console-[\w-]*\w)"', module.read_text("utf-8")))
    asked |= {f"console-{name}" for name in BROWSER_TEXTS}
    families = ("console-desk-", "console-role-", "console-outcome-", "console-pause-")
    assert asked - set(ukrainian) == set()
    assert {key for key in ukrainian if key not in asked and not key.startswith(families)} == set()
    scripts = "".join(script.read_text("utf-8") for script in ROOM.glob("static/*.js"))
    in_scripts = set(re.findall(r'\bt\("([\w-]+)"|why\("([\w-]+)"|: "(said-[\w-]+)"', scripts))
    assert {name for names in in_scripts for name in names if name} <= BROWSER_TEXTS.keys()
    built = ("act-", "state-", "pause-")  # put together from a part and a name
    assert [name for name in BROWSER_TEXTS if f'"{name}"' not in scripts and not name.startswith(built)] == []


def test_ukrainian_texts_keep_their_apostrophes_and_spaces() -> None:
    for key, text in keys_of("uk").items():
        assert "'" not in text, key
        assert '"' not in text, key
        assert "№ {" not in text, f"{key}: a space that may break"
        assert "! " not in text + " ", f"{key}: calm has no exclamation mark"
