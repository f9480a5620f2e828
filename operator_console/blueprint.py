"""The console's pages as a Flask blueprint: who may see which page, and in what language.

Refuses to know the queue: its data comes through ConsolePages, commands go from the browser straight to the API.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache, lru_cache
from gzip import compress
from typing import Any

from flask import Blueprint, Response, g, jsonify, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from config.look import DARK, FONTS, LIGHT, PICTOGRAMS, Theme
from config.settings import in_language
from config.words import Words, languages, words_in
from operator_console.pages import ConsolePages, ConsoleRefused, SignedIn
from operator_console.texts import LANGUAGE_COOKIE, asked_language, browser_texts, catalogue_for_browser

__all__ = ["ConsolePages", "ConsoleRefused", "SignedIn", "create_console"]

# Everything from our own address, nothing inline: a foreign script has no way in.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
YEAR_S = 365 * 24 * 3600
# A person with several roles is shown by the one the hall knows best.
ROLE_ORDER = ("operator", "reception", "centre_head", "provider_head", "coordinator", "editor", "admin")


def create_console(pages: ConsolePages) -> Blueprint:
    """The blueprint ``console``: ``/``, ``/sign-in``, ``/sign-out``, ``/desks``, ``/desk/<n>`` and their assets."""
    console = Blueprint(
        "console", __name__, template_folder="templates", static_folder="static", static_url_path="/console/static"
    )

    @console.before_request
    def _choose_language() -> None:
        g.language = asked_language(request)

    @console.after_request
    def _finish(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if response.mimetype in ("text/html", "application/json"):
            response.headers["Cache-Control"] = "no-store"  # names of people: nothing stays on a shared computer
        if request.args.get("lang") == g.language:
            response.set_cookie(LANGUAGE_COOKIE, g.language, max_age=YEAR_S, samesite="Lax", httponly=True)
        return _lighter(response)

    @console.errorhandler(ConsoleRefused)
    def _refused(refused: ConsoleRefused) -> ResponseReturnValue:
        if refused.status == 401:
            return redirect(url_for("console.sign_in", next=request.path))
        return _page("trouble", sentence=refused.detail), refused.status

    def _page(name: str, **values: Any) -> str:
        words: Words = words_in(g.language)
        catalogue = pages.catalogue()
        return render_template(
            f"console/{name}.html",
            t=words,
            language=g.language,
            languages=[(code, words_in(code)("language-name")) for code in languages()],
            centre=in_language(catalogue["name"], g.language),
            city=in_language(catalogue["city"], g.language),
            pictograms=PICTOGRAMS,
            csrf=pages.csrf_token(),
            role_order=ROLE_ORDER,
            **values,
        )

    def _somebody() -> SignedIn:
        person = pages.signed_in()
        if person is None:
            raise ConsoleRefused(words_in(g.language)("console-sign-in-first"))
        return person

    def _browser_data(person: SignedIn, **values: Any) -> dict[str, Any]:
        """What a page's scripts start from; it travels in the page, so the first picture needs no second question."""
        rules, catalogue = pages.rules(), pages.catalogue()
        return {
            "api": pages.api,
            "language": g.language,
            "timezone": catalogue["timezone"],
            "now": catalogue["now"],
            "me": {"login": person.login},
            "paths": {
                "signIn": url_for("console.sign_in", next=request.path),
                "desks": url_for("console.desks"),
                "desk": url_for("console.desk", number=0),
                "deskList": url_for("console.desk_list"),
                "catalogue": url_for("console.catalogue"),
            },
            "limits": {
                name: getattr(rules, name)
                for name in (
                    *("recall_min_s", "no_show_min_s", "no_show_calls", "max_calls", "return_window_min"),
                    "appointment_early_min",
                )
            },
            "texts": browser_texts(words_in(g.language)),
            **values,
        }

    @console.get("/")
    def start() -> ResponseReturnValue:
        person = pages.signed_in()
        if person is None:
            return redirect(url_for("console.sign_in"))
        own = next((desk for desk in pages.desks() if desk["operator_login"] == person.login), None)
        return redirect(url_for("console.desk", number=own["number"]) if own else url_for("console.desks"))

    @console.get("/sign-in")
    def sign_in() -> ResponseReturnValue:
        if pages.signed_in() is not None:
            return redirect(_onward())
        return _page("sign_in", login="", refusal="", onward=request.args.get("next", ""))

    @console.post("/sign-in")
    def sign_in_with() -> ResponseReturnValue:
        login, pin = request.form.get("login", "").strip(), request.form.get("pin", "")
        onward = request.form.get("next", "")
        if not login or not pin:
            sentence = words_in(g.language)("console-sign-in-empty")
            return _page("sign_in", login=login, refusal=sentence, onward=onward), 422
        try:
            pages.sign_in(login, pin)
        except ConsoleRefused as refused:
            return _page("sign_in", login=login, refusal=refused.detail, onward=onward), refused.status
        return redirect(_onward(), 303)

    @console.post("/sign-out")
    def sign_out() -> ResponseReturnValue:
        pages.sign_out()
        return redirect(url_for("console.sign_in"), 303)

    @console.get("/desks")
    def desks() -> ResponseReturnValue:
        person = _somebody()
        rows = sorted(pages.desks(), key=lambda desk: int(desk["number"]))
        data = _browser_data(person)
        return _page("desks", person=person, desks=rows, letters=_letters(pages.catalogue()), data=data)

    @console.get("/desk/<int:number>")
    def desk(number: int) -> ResponseReturnValue:
        person = _somebody()
        view = pages.desk(number)
        if view is None:
            raise ConsoleRefused(words_in(g.language)("console-no-such-desk", desk=number), 404)
        catalogue = catalogue_for_browser(pages.catalogue(), g.language, official=False)
        data = _browser_data(person, desk=_lean(view), catalogue=catalogue)
        return _page("desk", person=person, number=number, data=data)

    @console.get("/console/catalogue.json")
    def catalogue() -> ResponseReturnValue:
        _somebody_or_401()
        return jsonify(catalogue_for_browser(pages.catalogue(), g.language, official=True))

    @console.get("/console/desks.json")
    def desk_list() -> ResponseReturnValue:
        _somebody_or_401()
        return jsonify(sorted(pages.desks(), key=lambda each: int(each["number"])))

    def _somebody_or_401() -> None:
        if pages.signed_in() is None:
            raise _ScriptUnknown

    @console.errorhandler(_ScriptUnknown)
    def _script_unknown(_: _ScriptUnknown) -> ResponseReturnValue:
        return jsonify(status=401), 401

    @console.get("/console/tokens.css")
    def tokens() -> Response:
        return Response(_tokens(), mimetype="text/css", headers={"Cache-Control": "no-cache"})

    @console.get("/console/fonts/<name>")
    def font(name: str) -> Response:
        return send_from_directory(FONTS / "web", name, max_age=YEAR_S)

    return console


class _ScriptUnknown(Exception):
    """A script of the page asked after the sign-in ran out: it wants 401, not the sign-in page."""


def _lean(desk: dict[str, Any]) -> dict[str, Any]:
    """The desk with its lists of tickets without what a ticket has not: a hundred of them are most of the page."""

    def lean(tickets: Any) -> Any:
        if not isinstance(tickets, list):
            return tickets
        return [{k: v for k, v in t.items() if v is not None} if isinstance(t, dict) else t for t in tickets]

    return {part: lean(value) for part, value in desk.items()}


def _onward() -> str:
    """Where the person wanted to go, if it is a path of ours: «//evil» and «/\\evil» are other sites to a browser."""
    wanted = request.values.get("next", "")
    ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if ours else url_for("console.start")


def _lighter(response: Response) -> Response:
    """Styles and scripts travel compressed; pages do not, for they carry a secret beside what was asked (BREACH)."""
    squeezable = response.mimetype in ("text/css", "text/javascript") and response.status_code == 200
    if squeezable and request.accept_encodings.find("gzip") >= 0:
        response.direct_passthrough = False
        response.set_data(_squeezed(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        if tag := response.get_etag()[0]:
            response.set_etag(tag, weak=True)
    return response


@lru_cache(maxsize=32)
def _squeezed(content: bytes) -> bytes:
    return compress(content, mtime=0)


def _letters(catalogue: dict[str, Any]) -> dict[str, str]:
    return {group["code"]: group["letter"] for group in catalogue["groups"]}


@cache
def _tokens() -> str:
    """The colours of both lights as CSS variables, from the same data the screens use."""

    def block(theme: Theme) -> str:
        return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in asdict(theme).items())

    return (
        f":root{{color-scheme:light dark;{block(LIGHT)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{block(DARK)}}}}}\n"
    )
