"""Doors for visitors and those who help them: take a ticket, add one, give one up, come back (R02, R05)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint

from config.settings import Centre
from queue_server import messages as m
from queue_server import views
from queue_server.accounts import Device, User, require_role
from queue_server.api.door import command, said, site, staff, whoever
from queue_server.hall import Hall
from queue_server.messages import DeviceKind, Role
from queue_server.rules import events as ev
from queue_server.rules import visits
from queue_server.rules.refusal import Forbidden
from queue_server.rules.serving import require_scope
from queue_server.rules.visits import Channel
from queue_server.site import dumped

doors = APIBlueprint("visits", __name__)


class ByVisit(m.Message):
    visit: int


class ByTicket(m.Message):
    ticket: int


HEADS = (Role.PROVIDER_HEAD, Role.CENTRE_HEAD)


def _channel(who: User | Device) -> Channel:
    """Through which door this person or machine may take tickets. Raises Forbidden."""
    match who:
        case Device(kind=DeviceKind.KIOSK):
            return "kiosk"
        case User() if who.roles & {Role.RECEPTION, Role.CENTRE_HEAD}:
            return "reception"
        case User() if Role.OPERATOR in who.roles and site().hall.desk_of(who.id):
            return "desk"
    raise Forbidden("role_missing")


def _require_own_groups(who: User | Device, services: Sequence[int], channel: Channel) -> None:
    """An operator takes tickets only for groups of the own desk."""
    if channel != "desk" or not isinstance(who, User):
        return
    session = site().hall.desk_of(who.id)
    groups = {visits.service_of(number, site().centre).group for number in services}
    if session is None or not groups <= set(session.groups):
        raise Forbidden("role_missing")


@doors.post("/visits", responses={201: m.VisitView, 409: m.Problem, 422: m.Problem})
def open_visit(body: m.NewVisit) -> Response:
    """A new visit with its tickets; each has its own number (Б-Рег 16)."""
    who, centre = whoever(), site().centre
    channel, services = _channel(who), [ticket.service for ticket in body.tickets]
    _require_own_groups(who, services, channel)

    def decide(hall: Hall, now: datetime) -> list[ev.Event]:
        return visits.open_visit(hall, now, centre, services, channel, body.language)

    saved = command(who, decide, _visit)
    tickets = [_with_secret(m.TicketView.model_validate(ticket)) for ticket in saved["tickets"]]
    return said(m.VisitView(id=saved["id"], language=saved["language"], tickets=tickets), 201)


@doors.post("/visits/<int:visit>/tickets", responses={201: m.IssuedTicket, 409: m.Problem})
def add_ticket(path: ByVisit, body: m.NewTicket) -> Response:
    """Another service in the same visit."""
    who, centre = whoever(), site().centre
    channel = _channel(who)
    _require_own_groups(who, [body.service], channel)

    def decide(hall: Hall, now: datetime) -> list[ev.Event]:
        return visits.add_ticket(hall, now, centre, path.visit, body.service)

    saved = command(who, decide, _ticket_of_row)
    return said(_with_secret(m.TicketView.model_validate(saved)), 201)


@doors.post("/tickets/<int:ticket>/cancel", responses={200: m.TicketView, 409: m.Problem})
def cancel(path: ByTicket, body: m.Reason) -> Response:
    """T17."""
    who, centre = require_role(staff(), (Role.RECEPTION, Role.OPERATOR, *HEADS)), site().centre

    def decide(hall: Hall, _now: datetime) -> list[ev.Event]:
        _require_scope(hall, centre, who, path.ticket)
        return visits.cancel(hall, path.ticket, body.reason)

    return _done(who, decide)


@doors.post("/tickets/<int:ticket>/reinstate", responses={200: m.TicketView, 409: m.Problem})
def reinstate(path: ByTicket) -> Response:
    """T10: the visitor who missed the call is back."""
    who, centre = require_role(staff(), (Role.RECEPTION, Role.OPERATOR, *HEADS)), site().centre

    def decide(hall: Hall, now: datetime) -> list[ev.Event]:
        _require_scope(hall, centre, who, path.ticket)
        return visits.reinstate(hall, now, centre, path.ticket)

    return _done(who, decide)


def _require_scope(hall: Hall, centre: Centre, who: User, ticket: int) -> None:
    """Reception and the centre's head see all; a provider's head the own provider; an operator the own groups."""
    if who.roles & {Role.RECEPTION, Role.CENTRE_HEAD}:
        return
    groups = who.groups
    if Role.PROVIDER_HEAD in who.roles:
        groups = tuple(g.code for g in centre.groups if g.provider == who.provider)
    require_scope(visits.ticket_of(hall, ticket), groups)


def _done(who: User, decide: Callable[[Hall, datetime], Sequence[ev.Event]]) -> Response:
    saved = command(who, decide, _ticket_of_row)
    return said(m.TicketView.model_validate(saved))


def _visit(hall: Hall, rows: Sequence[ev.Row]) -> dict[str, Any]:
    visit = hall.visits[next(row.event.visit for row in rows if isinstance(row.event, ev.VisitOpened))]
    tickets = [dumped(views.ticket_view(hall.tickets[number])) for number in visit.tickets]
    return {"id": visit.id, "language": visit.language, "tickets": tickets}


def _ticket_of_row(hall: Hall, rows: Sequence[ev.Row]) -> dict[str, Any]:
    number: int = getattr(rows[-1].event, "ticket")  # noqa: B009 (every event of a ticket has it)
    return dumped(views.ticket_view(hall.tickets[number]))


def _with_secret(ticket: m.TicketView) -> m.IssuedTicket:
    address = site().centre.server.public_url.rstrip("/")
    return m.IssuedTicket(ticket=ticket, qr=f"{address}/my/{site().secrets.of(ticket.id)}" if address else None)
