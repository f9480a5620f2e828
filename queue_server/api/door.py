"""What all doors share: who asks, how a decision is handed to the writer, how a no is said (RFC 9457)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import TypeVar, cast

from flask import Flask, Response, current_app, make_response, request, session
from pydantic import ValidationError
from sqlite_utils import Database
from structlog import get_logger
from werkzeug.exceptions import HTTPException

from config.words import languages, words_in
from queue_server import messages as m
from queue_server.accounts import Device, LockedOut, SignInFailed, User
from queue_server.hall import Hall
from queue_server.ledger import Key, KeyReused, StorageTrouble, Work
from queue_server.rules import events as ev
from queue_server.rules.refusal import Forbidden, Refused, Unknown
from queue_server.rules.rights import require_right
from queue_server.site import Site

log = get_logger()
T = TypeVar("T")
KEY_MAX = 128
COOKIE = "token"
NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds the secret of a ticket: the visitor."""

    visit: int

    @property
    def actor(self) -> str:
        return f"visitor:{self.visit}"


Somebody = User | Device | Holder


class TooOften(Exception):
    """The same address asks for more than a person needs. ``seconds`` until the next try."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class NotSignedIn(Exception):
    """No token, or one that is no longer good."""


class BadKey(Exception):
    """An idempotency key that cannot be kept."""


def site() -> Site:
    found: Site = current_app.extensions["site"]
    return found


def asked_language() -> str:
    return request.accept_languages.best_match(languages()) or "uk"


def programs_token() -> str | None:
    """From the header of a program, which no foreign page can make a browser send."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def presented_token() -> str:
    """From the header of a program, or from the signed cookie of a browser."""
    token = programs_token()
    return token if token is not None else str(session.get(COOKIE, ""))


def whoever() -> User | Device:
    """Who asks. Raises NotSignedIn."""
    who = site().accounts.whose(presented_token())
    if who is None:
        raise NotSignedIn
    return who


def staff() -> User:
    """The signed-in person who asks. Raises NotSignedIn, or Forbidden for a device."""
    who = whoever()
    if not isinstance(who, User):
        raise Forbidden("role_missing")
    site().hear(who.id)
    return who


def allowed(verb: str) -> User:
    """The signed-in person, if one of his or her roles may give this command. Raises Forbidden."""
    who = staff()
    require_right(verb, who.roles)
    return who


def command(
    who: Somebody,
    decide: Callable[[Hall, datetime], Sequence[ev.Event]],
    answer: Callable[[Hall, Sequence[ev.Row]], T],
    *,
    also: Callable[[Database], object] | None = None,
    then: Callable[[Hall, datetime], Sequence[ev.Event]] | None = None,
    key: str | None = None,
) -> T:
    """Hands the decision to the one writer and waits. The same Idempotency-Key is answered as the first time; a page
    of ours names its ``key`` itself."""
    key = request.headers.get("Idempotency-Key", "") if key is None else key
    if len(key) > KEY_MAX or not key.isprintable():
        raise BadKey
    remembered = Key(request.path, key, hashlib.sha256(request.get_data()).hexdigest()) if key else None
    return site().ledger.do(Work(who.actor, decide, answer, remembered, also, then))


def accepted(hall: Hall, _rows: Sequence[ev.Row]) -> dict[str, int]:
    return {"seq": hall.seq}


def said(message: m.Message, status: int = 200) -> Response:
    """The message as JSON. Nobody on the way may keep it: most name a person, a place in a queue or a secret."""
    return Response(message.model_dump_json(), status, NO_STORE, content_type="application/json")


# --- how a no is said ---


def problem(
    status: int,
    code: str,
    *,
    mistakes: Sequence[str] = (),
    values: Mapping[str, str | int] = MappingProxyType({}),
    alternatives: Sequence[datetime] = (),
) -> Response:
    """A problem answer; the sentence is in the asked language."""
    words = words_in(asked_language())
    if "state" in values:
        kind = "reception" if code == "wrong_reception_state" else "ticket"
        values = {**values, "state": words(f"{kind}-state-{values['state']}")}
    body = m.Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=words(f"problem-{code}", **values),
        mistakes=list(mistakes),
        alternatives=list(alternatives),
    )
    response = make_response(body.model_dump_json(), status)
    response.content_type = "application/problem+json"
    return response


def broken_message(error: ValidationError) -> Response:
    """A message that is not of its type: 400 when it is not JSON at all, 422 otherwise."""
    if request.data and request.get_json(silent=True) is None:
        return problem(400, "broken_json")
    # Only the places and kinds of the mistakes are told back: what was sent may be somebody's name.
    mistakes = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False)][:20]
    return problem(422, "broken_message", mistakes=mistakes)


def say_no(app: Flask) -> None:
    """Registers one sentence and one status for each way of saying no."""

    @app.errorhandler(Refused)
    def _refused(error: Refused) -> Response:
        status = {Unknown: 404, Forbidden: 403}.get(type(error), 409)
        return problem(status, error.code, values=error.values)

    @app.errorhandler(NotSignedIn)
    def _not_signed_in(_: NotSignedIn) -> Response:
        response = problem(401, "not_signed_in")
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @app.errorhandler(SignInFailed)
    def _sign_in_failed(_: SignInFailed) -> Response:
        return problem(401, "sign_in_failed")

    @app.errorhandler(LockedOut)
    def _locked_out(error: LockedOut) -> Response:
        response = problem(429, "locked_out", values={"minutes": -(-error.seconds // 60)})
        response.headers["Retry-After"] = str(error.seconds)
        return response

    @app.errorhandler(TooOften)
    def _too_often(error: TooOften) -> Response:
        response = problem(429, "too_many_bookings", values={"minutes": -(-error.seconds // 60)})
        response.headers["Retry-After"] = str(error.seconds)
        return response

    @app.errorhandler(KeyReused)
    def _key_reused(_: KeyReused) -> Response:
        return problem(422, "key_reused")

    @app.errorhandler(BadKey)
    def _bad_key(_: BadKey) -> Response:
        return problem(400, "bad_key", values={"most": KEY_MAX})

    @app.errorhandler(StorageTrouble)
    def _storage(_: StorageTrouble) -> Response:
        return problem(503, "storage_trouble")

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        if error.response is not None:  # an answer that is already made (a redirect, a problem)
            return cast(Response, error.response)
        status = error.code or 500
        known = {400: "bad_request", 404: "no_such_page", 405: "wrong_method", 413: "too_large", 415: "not_json"}
        return problem(status, known.get(status, "bad_request" if status < 500 else "bug"))

    @app.errorhandler(Exception)
    def _bug(error: Exception) -> Response:
        log.error("bug", error=type(error).__name__, endpoint=request.endpoint, exc_info=True)
        return problem(500, "bug")
