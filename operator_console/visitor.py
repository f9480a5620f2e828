"""The page that a slip's QR code opens on the visitor's own telephone. Works without scripts; knows one ticket only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from config.settings import in_language
from config.words import clock_time, languages, wait_range, words_in

REFRESH_S = 15
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_visitor_pages(
    my_ticket: Callable[[str], dict[str, Any] | None], catalogue: Callable[[], dict[str, Any]]
) -> Blueprint:
    """``my_ticket(secret)`` gives what its holder may see, with times as datetimes, or None for a wrong secret."""
    pages = Blueprint("visitor", __name__, template_folder="templates")

    @pages.get("/my/<secret>")
    def ticket(secret: str) -> ResponseReturnValue:
        language = request.accept_languages.best_match(languages()) or "uk"
        centre = catalogue()
        view = my_ticket(secret)
        if view is None:
            return _answer("visitor/unknown.html", 404, language, centre)
        service = next((s for s in centre["services"] if s["number"] == view["service"]), None)
        group = next((g for g in centre["groups"] if g["code"] == view["group"]), None)
        zone = next((z for z in centre["zones"] if group and z["code"] == group["zone"]), centre["zones"][0])
        tz = ZoneInfo(centre["timezone"])
        return _answer(
            "visitor/ticket.html",
            200,
            language,
            centre,
            ticket=view,
            letter=view["number"][0],
            figures=view["number"][1:].strip(),
            service=in_language(service["short_name"], language) if service and not service["sensitive"] else "",
            zone=in_language(zone["name"], language),
            floor=zone["floor"],
            issued=clock_time(view["issued_at"], tz),
            refreshed=clock_time(view["now"], tz),
            wait=_wait_at_issue(view, language),
            refresh_s=REFRESH_S if view["state"] in ("waiting", "called", "on_hold", "expected") else 0,
        )

    return pages


def _wait_at_issue(view: dict[str, Any], language: str) -> str:
    """The wait as it was told when the ticket was given out, «15–25 хв»; empty when nothing was promised."""
    low, high = view["promised_low_min"], view["promised_high_min"]
    return "" if low is None or high is None else wait_range(words_in(language), low, high)


def _answer(template: str, status: int, language: str, centre: dict[str, Any], **values: Any) -> Response:
    page = render_template(
        template,
        t=words_in(language),
        language=language,
        centre=in_language(centre["name"], language),
        city=in_language(centre["city"], language),
        hotline=centre["hotline"],
        **values,
    )
    response = make_response(page, status)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    return response
