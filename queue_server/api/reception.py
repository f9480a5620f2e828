"""Doors of the reception as a whole: a provider's day, an alarm, and how things stand (R14, R32)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint

from queue_server import messages as m
from queue_server import views
from queue_server.accounts import User
from queue_server.api.door import accepted, allowed, command, said, site
from queue_server.hall import Hall
from queue_server.messages import Role
from queue_server.rules import day
from queue_server.rules import events as ev
from queue_server.rules.refusal import Forbidden, Unknown

doors = APIBlueprint("reception", __name__)
ANSWERS: dict[str | int, Any] = {200: m.HallState, 403: m.Problem, 409: m.Problem}


class ByProvider(m.Message):
    code: str


@doors.get("/hall", responses={200: m.HallState})
def hall_state() -> Response:
    """Whether reception goes on, and how far each provider's day has come."""
    here = site()
    return said(views.hall_state(here.hall, here.centre, here.now()))


@doors.post("/suspension", responses=ANSWERS)
def suspend(body: m.SuspendFor) -> Response:
    """«Тривога»: no calls, no tickets; places are kept."""
    return _done(allowed("suspend"), lambda hall, _now: day.suspend(hall, body.kind))


@doors.delete("/suspension", responses=ANSWERS)
def restore() -> Response:
    """«Відбій»: the queue goes on from the same place."""
    who, centre = allowed("restore"), site().centre
    return _done(who, lambda hall, now: day.restore(hall, now, centre))


@doors.post("/providers/<string:code>/open", responses=ANSWERS)
def open_reception(path: ByProvider) -> Response:
    """The head begins earlier than the hours say."""
    who = _head("reception-open", path.code)
    return _done(who, lambda hall, _now: day.open_reception(hall, path.code))


@doors.post("/providers/<string:code>/stop-tickets", responses=ANSWERS)
def stop_tickets(path: ByProvider) -> Response:
    """No more tickets; whoever has one is received."""
    who = _head("reception-stop-tickets", path.code)
    return _done(who, lambda hall, _now: day.stop_tickets(hall, path.code))


@doors.post("/providers/<string:code>/resume-tickets", responses=ANSWERS)
def resume_tickets(path: ByProvider) -> Response:
    """Tickets again."""
    who = _head("reception-resume-tickets", path.code)
    return _done(who, lambda hall, _now: day.resume_tickets(hall, path.code))


@doors.post("/providers/<string:code>/close", responses=ANSWERS)
def end_reception(path: ByProvider) -> Response:
    """The head ends the provider's day: those who still wait are told that they are not received today."""
    who, centre = _head("reception-close", path.code), site().centre
    return _done(who, lambda hall, _now: day.end_reception(hall, centre, path.code))


def _head(verb: str, provider: str) -> User:
    """A provider's head decides about the own provider only."""
    who = allowed(verb)
    if all(known.code != provider for known in site().centre.providers):
        raise Unknown("unknown_provider", provider=provider)
    if not who.roles & {Role.CENTRE_HEAD, Role.RECEPTION} and who.provider != provider:
        raise Forbidden("foreign_provider")
    return who


def _done(who: User, decide: Callable[[Hall, datetime], Sequence[ev.Event]]) -> Response:
    command(who, decide, accepted)
    here = site()
    return said(views.hall_state(here.hall, here.centre, here.now()))
