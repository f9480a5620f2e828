"""The pages of the order of calls: «Порядок викликів» for everybody, «Чому цей номер?» for staff. No script is needed.

Refuses to know the queue and its rules: what is shown is handed in, already in words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.look import PICTOGRAMS
from config.settings import Rules, in_language
from config.words import Words, clock_time, languages, words_in
from operator_console.pages import ConsoleRefused, SignedIn
from operator_console.texts import LANGUAGE_COOKIE, asked_language
from operator_console.visitor import POLICY

REFRESH_S = 60
TYPED_MAX = 20
YEAR_S = 365 * 24 * 3600
ROLE_ORDER = ("operator", "reception", "centre_head", "provider_head", "coordinator", "editor", "admin")


@dataclass(frozen=True, slots=True)
class OrderPages:
    """The callables the pages live on; each is called inside a request. Dictionaries are JSON-ready dumps.

    ``calls(typed, before, language)``: today's calls, newest first, of the number or letter that was typed; with
    ``wanted`` (how the number is written) and ``mistaken`` (it is none).
    ``explained(typed, language)``: why a number of today was called, with ``around``, the calls beside it; None when
    there is no such number. Raises ConsoleRefused with the sentence to show.
    """

    calls: Callable[[str, int | None, str], dict[str, Any]]
    explained: Callable[[str, str], dict[str, Any] | None]
    signed_in: Callable[[], SignedIn | None]
    catalogue: Callable[[], dict[str, Any]]
    rules: Callable[[], Rules]
    csrf_token: Callable[[], str]


def create_order_pages(pages: OrderPages) -> Blueprint:
    """The blueprint ``order``: ``/calls`` for everybody and ``/why`` for those who are signed in."""
    order = Blueprint("order", __name__, template_folder="templates")

    @order.get("/calls")
    def calls() -> ResponseReturnValue:
        language, words = _public_language()
        typed = request.args.get("number", "").strip()[:TYPED_MAX]
        before = request.args.get("before", type=int)
        told = pages.calls(typed, before, language)
        catalogue, rules = pages.catalogue(), pages.rules()
        tz, keeps = ZoneInfo(catalogue["timezone"]), request.args.get("refresh") == "1"
        return _answer(
            "order/calls.html",
            words,
            catalogue,
            calls=[{**call, "time": _time(call["at"], tz), **_split(call["number"])} for call in told["calls"]],
            day=words.long_date(date.fromisoformat(told["day"])) if told["day"] else "",
            now=_time(told["now"], tz),
            told=told,
            typed=typed,
            before=before,
            keeps=keeps,
            refresh_s=REFRESH_S if keeps and before is None else 0,
            cap=rules.wait_cap_min,
            most=rules.appointment_run + rules.priority_run,
            hotline=catalogue["hotline"],
        )

    @order.get("/why")
    def why() -> ResponseReturnValue:
        person = pages.signed_in()
        if person is None:
            return redirect(url_for("console.sign_in", next=request.full_path.rstrip("?")))
        language = asked_language(request)
        words, catalogue = words_in(language), pages.catalogue()
        typed, status, refusal, told = request.args.get("number", "").strip()[:TYPED_MAX], 200, "", None
        if typed:
            try:
                told = pages.explained(typed, language)
            except ConsoleRefused as refused:
                refusal, status = refused.detail, refused.status
            else:
                if told is None:
                    refusal, status = words("order-why-unknown", number=typed), 404
        response = _answer(
            "order/why.html",
            words,
            catalogue,
            languages=[(code, words_in(code)("language-name")) for code in languages()],
            pictograms=PICTOGRAMS,
            csrf=pages.csrf_token(),
            role_order=ROLE_ORDER,
            person=person,
            typed=typed,
            refusal=refusal,
            told=_readable(told, catalogue, words) if told else None,
        )
        if request.args.get("lang") == language:
            response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR_S, samesite="Lax", httponly=True)
        response.status_code = status
        return response

    return order


def _public_language() -> tuple[str, Words]:
    language = request.accept_languages.best_match(languages()) or "uk"
    return language, words_in(language)


def _answer(template: str, words: Words, catalogue: dict[str, Any], **values: Any) -> Response:
    page = render_template(
        template,
        t=words,
        language=words.language,
        centre=in_language(catalogue["name"], words.language),
        city=in_language(catalogue["city"], words.language),
        **values,
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def _readable(told: dict[str, Any], catalogue: dict[str, Any], words: Words) -> dict[str, Any]:
    """The explanation with times of the centre and names of queues instead of codes."""
    tz = ZoneInfo(catalogue["timezone"])
    queues = {g["code"]: (g["letter"], in_language(g["name"], words.language)) for g in catalogue["groups"]}

    def queue(code: str) -> tuple[str, str]:
        return queues.get(code, ("", code))

    calls = [
        {
            **call,
            "time": _time(call["at"], tz),
            "operator": " ".join(filter(None, (call["operator"] or {}).values())),
            "standings": [{**s, "queue": queue(s["group"])} for s in call["standings"]],
        }
        for call in told["calls"]
    ]
    around = [{**call, "time": _time(call["at"], tz), **_split(call["number"])} for call in told["around"]]
    return {**told, **_split(told["number"]), "calls": calls, "around": around, "queue": queue(told["group"])}


def _split(number: str) -> dict[str, str]:
    return {"letter": number[0], "figures": number[1:].strip()}


def _time(moment: str, tz: ZoneInfo) -> str:
    return clock_time(datetime.fromisoformat(moment), tz)
