"""Which words the browser needs and in which language a page speaks. Knows nothing of the pages themselves."""

from __future__ import annotations

from typing import Any

from flask import Request

from config.settings import in_language
from config.words import Words, languages

LANGUAGE_COOKIE = "console_language"

# Name of a text (``console-<name>`` in the locale) → what the browser puts into it.
BROWSER_TEXTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((f"state-{s}" for s in ("closed", "ready", "calling", "serving", "paused")), ()),
    **dict.fromkeys((f"pause-{r}" for r in ("lunch", "technical", "training", "other")), ()),
    **dict.fromkeys((f"act-{a}" for a in ("open", "next", "start", "recall", "finish", "outcome", "transfer")), ()),
    **dict.fromkeys((f"act-{a}" for a in ("no-show", "withdraw", "pause", "resume", "close", "reinstate")), ()),
    **dict.fromkeys((f"act-{a}" for a in ("by-record", "come-back")), ()),
    **dict.fromkeys((f"agreed-{s}" for s in ("expected", "here", "late")), ()),
    "agreed-all": ("count",),
    "agreed-soon": ("number", "time"),
    "agreed-one": ("number", "time"),
    "agreed-in-pause": ("list",),
    "held-until": ("time",),
    "desk-title": ("desk",),
    "service-number": ("number",),
    "idle-queue": ("count",),
    "idle-longest": ("minutes",),
    "idle-nobody": (),
    "idle-closed": (),
    "minutes": ("minutes",),
    "just-now": (),
    "under-a-minute": (),
    "calls-so-far": ("count", "limit"),
    "note-return": (),
    "note-language": ("language",),
    "queue-empty": (),
    "missed-empty": (),
    "rows-more": ("count",),
    "siblings": ("numbers",),
    "link-up": (),
    "link-down": ("time",),
    "link-wait": (),
    "sending": (),
    "lost": (),
    "lost-question": (),
    "strange": (),
    "why-not-mine": ("name",),
    "why-not-open": (),
    "why-paused": (),
    "why-no-ticket": (),
    "why-no-ticket-called": (),
    "why-finish-first": ("number",),
    "why-answer-first": ("number",),
    "why-start-first": (),
    "why-already-here": (),
    "why-recall-wait": ("time",),
    "why-recall-max": ("count",),
    "why-no-show-calls": ("need", "count"),
    "why-no-show-wait": ("time",),
    "why-pick": (),
    "why-agreed-early": ("number", "time"),
    "said-called": ("number",),
    "said-recalled": ("number",),
    "said-started": ("number",),
    "said-finished": ("number",),
    "said-missed": ("number",),
    "said-withdrawn": ("number",),
    "said-transferred": ("number",),
    "said-reinstated": ("number",),
    "said-returned": ("number",),
    "said-paused": (),
    "said-resumed": (),
    "said-opened": (),
    "said-nobody": (),
    "said-siblings": (),
    "transfer-no-desk": (),
    "transfer-no-service": (),
}


def asked_language(request: Request) -> str:
    """``?lang=`` first, then the cookie, then Ukrainian: a computer's own English says nothing of its operator."""
    known = languages()
    for code in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if code in known:
            return str(code)
    return "uk"


def browser_texts(words: Words) -> dict[str, str]:
    """The texts with ``{name}`` where the browser puts a value."""
    return {
        name: words(f"console-{name}", **{hole: f"{{{hole}}}" for hole in holes})
        for name, holes in BROWSER_TEXTS.items()
    }


def catalogue_for_browser(catalogue: dict[str, Any], language: str, *, official: bool) -> dict[str, Any]:
    """Providers, groups and services in one language; ``official`` names are long and only asked for when needed."""
    return {
        "return_window_min": catalogue["return_window_min"],
        "providers": [
            {"code": p["code"], "name": in_language(p["short_name"], language), "open": p["open"]}
            for p in catalogue["providers"]
        ],
        "groups": [{"code": g["code"], "letter": g["letter"], "provider": g["provider"]} for g in catalogue["groups"]],
        "services": [
            {
                "number": s["number"],
                "group": s["group"],
                "short_name": in_language(s["short_name"], language),
                **({"name": in_language(s["name"], language)} if official else {}),
            }
            for s in catalogue["services"]
        ],
    }
