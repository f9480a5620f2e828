"""Doors for visitors and those who help them: take a ticket, add one, give one up, come back (R02, R05)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint
from sqlite_utils import Database

from config.settings import Centre
from queue_server import messages as m
from queue_server import views
from queue_server.accounts import Device, User
from queue_server.api.door import Holder, accepted, allowed, command, said, site, whoever
from queue_server.hall import Hall
from queue_server.messages import DeviceKind, Role
from queue_server.notes import together
from queue_server.rules import claims, late, serving, visits
from queue_server.rules import events as ev
from queue_server.rules.refusal import Forbidden, Unknown
from queue_server.rules.rights import require_right
from queue_server.rules.visits import Channel
from queue_server.site import dumped

doors = APIBlueprint("visits", __name__)
TICKET: dict[str | int, Any] = {200: m.TicketView, 403: m.Problem, 404: m.Problem, 409: m.Problem}
MINE: dict[str | int, Any] = {200: m.MyTicket, 404: m.Problem, 409: m.Problem}
Decide = Callable[[Hall, datetime], Sequence[ev.Event]]
Also = Callable[[Database], object]


class ByVisit(m.Message):
    visit: int


class ByTicket(m.Message):
    ticket: int


class BySecret(m.Message):
    secret: str


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


def _wish(ticket: m.NewTicket) -> visits.Wish:
    """The ticket asked for; a claimed class gets its row in the erasable table."""
    if ticket.priority is None:
        return visits.Wish(ticket.service)
    found = claims.priority_class(ticket.priority, site().centre)
    return visits.Wish(ticket.service, (site().notes.reserve(), found.mode))


def _asking(
    who: User | Device, channel: Channel, language: str, needs: Sequence[str], tickets: Sequence[m.NewTicket]
) -> visits.Asking:
    reasons = [ticket.override for ticket in tickets if ticket.override]
    if reasons:
        if not isinstance(who, User):
            raise Forbidden("role_missing")
        require_right("exceed-capacity", who.roles)
    patience = visits.PATIENCE if set(needs) & visits.PATIENCE_NEEDED else 1
    return visits.Asking(channel, language, patience, reasons[0] if reasons else "")


def _notes(needs: Sequence[str], tickets: Sequence[m.NewTicket], wishes: Sequence[visits.Wish]) -> Also | None:
    """What is written beside the queue with a new visit or ticket: row numbers are known, whom it is about only when
    the decision is folded."""
    here = site()
    writes: list[Also] = []

    def last_ticket(back: int) -> int:
        return here.hall.last_ticket - back

    if needs:
        writes.append(
            here.notes.keeping(
                here.notes.reserve(), "needs", lambda: here.hall.last_visit, json.dumps(sorted(set(needs)))
            )
        )
    for back, (ticket, wish) in enumerate(zip(reversed(tickets), reversed(wishes), strict=True)):
        if ticket.priority and wish.claim:
            writes.append(here.notes.keeping(wish.claim[0], "priority", partial(last_ticket, back), ticket.priority))
    return together(writes)


@doors.post("/visits", responses={201: m.VisitView, 409: m.Problem, 422: m.Problem})
def open_visit(body: m.NewVisit) -> Response:
    """A new visit with its tickets; each has its own number (Б-Рег 16)."""
    who, centre = whoever(), site().centre
    channel = _channel(who)
    _require_own_groups(who, [ticket.service for ticket in body.tickets], channel)
    wishes = [_wish(ticket) for ticket in body.tickets]
    asking = _asking(who, channel, body.language, body.needs, body.tickets)

    def decide(hall: Hall, now: datetime) -> list[ev.Event]:
        return visits.open_visit(hall, now, centre, wishes, asking)

    saved = command(who, decide, _visit, also=_notes(body.needs, body.tickets, wishes))
    tickets = [_with_secret(m.TicketView.model_validate(ticket)) for ticket in saved["tickets"]]
    return said(m.VisitView(id=saved["id"], language=saved["language"], tickets=tickets), 201)


@doors.post("/visits/<int:visit>/tickets", responses={201: m.IssuedTicket, 409: m.Problem})
def add_ticket(path: ByVisit, body: m.NewTicket) -> Response:
    """Another service in the same visit."""
    who, centre = whoever(), site().centre
    channel = _channel(who)
    _require_own_groups(who, [body.service], channel)
    wish, asking = _wish(body), _asking(who, channel, "uk", [], [body])

    def decide(hall: Hall, now: datetime) -> list[ev.Event]:
        return visits.add_ticket(hall, now, centre, path.visit, wish, asking)

    saved = command(who, decide, _ticket_of_row, also=_notes([], [body], [wish]))
    return said(_with_secret(m.TicketView.model_validate(saved)), 201)


@doors.post("/late-entries", responses={201: m.TicketView, 204: None, 409: m.Problem})
def enter_late(body: m.LateTicket) -> Response:
    """A number of the paper reserve, or one that a restored file does not know."""
    who, centre = allowed("enter-late"), site().centre
    if body.served:
        command(who, lambda hall, now: late.keep(hall, now, centre, body.number, body.service, body.at), accepted)
        return Response(status=204)

    def decide(hall: Hall, now: datetime) -> list[ev.Event]:
        return late.enter(hall, now, centre, body.number, body.service, body.at, body.language)

    return said(m.TicketView.model_validate(command(who, decide, _ticket_of_row)), 201)


# --- one ticket, by staff ---


@doors.post("/tickets/<int:ticket>/cancel", responses=TICKET)
def cancel(path: ByTicket, body: m.Reason) -> Response:
    """T17."""
    return _done("cancel", path.ticket, lambda hall, _now: visits.cancel(hall, path.ticket, body.reason))


@doors.post("/tickets/<int:ticket>/undo", responses=TICKET)
def undo(path: ByTicket) -> Response:
    """T23: a ticket that was given up by mistake, a moment ago, by the same person."""
    here, who = site(), allowed("undo")
    return _done("undo", path.ticket, lambda hall, now: serving.undo(hall, now, here.centre, path.ticket, who.actor))


@doors.post("/tickets/<int:ticket>/reinstate", responses=TICKET)
def reinstate(path: ByTicket) -> Response:
    """T10: the visitor who missed the call is back."""
    centre = site().centre
    return _done("reinstate", path.ticket, lambda hall, now: visits.reinstate(hall, now, centre, path.ticket))


@doors.post("/tickets/<int:ticket>/return", responses=TICKET)
def come_back(path: ByTicket) -> Response:
    """T14: the visitor whose ticket is on hold is back."""
    return _done("return", path.ticket, lambda hall, _now: visits.come_back(hall, path.ticket))


@doors.post("/tickets/<int:ticket>/snooze", responses=TICKET)
def snooze(path: ByTicket, body: m.SnoozeFor) -> Response:
    """T15: the visitor steps out."""
    centre = site().centre
    return _done("snooze", path.ticket, lambda hall, now: visits.snooze(hall, now, centre, path.ticket, body.minutes))


@doors.post("/tickets/<int:ticket>/resume", responses=TICKET)
def resume(path: ByTicket) -> Response:
    """T16: back before the time is over."""
    return _done("resume", path.ticket, lambda hall, _now: visits.resume(hall, path.ticket))


@doors.post("/tickets/<int:ticket>/claim-priority", responses=TICKET)
def claim(path: ByTicket, body: m.ClaimFor) -> Response:
    """Priority is claimed at reception."""
    here = site()
    found, row = claims.priority_class(body.priority, here.centre), here.notes.reserve()
    also = here.notes.keeping(row, "priority", lambda: path.ticket, found.code)
    return _done("claim", path.ticket, lambda hall, _now: claims.claim(hall, path.ticket, found.mode, row), also=also)


@doors.post("/tickets/<int:ticket>/verify-priority", responses=TICKET)
def verify(path: ByTicket) -> Response:
    """«Підтверджено»: the document was seen."""
    return _done("verify-claim", path.ticket, lambda hall, _now: claims.verify(hall, path.ticket))


@doors.post("/tickets/<int:ticket>/reject-priority", responses=TICKET)
def reject(path: ByTicket) -> Response:
    """«Не підтверджено»: the ordinary place, by the original time."""
    centre = site().centre
    return _done("reject-claim", path.ticket, lambda hall, now: claims.reject(hall, now, centre, path.ticket))


def _done(verb: str, ticket: int, decide: Decide, *, also: Also | None = None) -> Response:
    """A move of one ticket by somebody of staff, within the own groups or provider."""
    who, centre = allowed(verb), site().centre

    def scoped(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        _require_scope(hall, centre, who, ticket)
        return decide(hall, now)

    def answer(hall: Hall, _rows: Sequence[ev.Row]) -> dict[str, Any]:
        return dumped(views.ticket_view(hall.tickets[ticket]))

    return said(m.TicketView.model_validate(command(who, scoped, answer, also=also)))


def _require_scope(hall: Hall, centre: Centre, who: User, ticket: int) -> None:
    """Reception and the centre's head see all; a provider's head the own provider; an operator the own groups."""
    if who.roles & {Role.RECEPTION, Role.CENTRE_HEAD}:
        return
    groups = who.groups
    if Role.PROVIDER_HEAD in who.roles:
        groups = tuple(g.code for g in centre.groups if g.provider == who.provider)
    serving.require_scope(visits.ticket_of(hall, ticket), groups)


# --- one ticket, by its holder ---


@doors.post("/my/<string:secret>/cancel", responses=MINE)
def cancel_mine(path: BySecret) -> Response:
    """The visitor gives the number up."""
    return _mine(path.secret, lambda hall, _now, ticket: visits.cancel(hall, ticket, "visitor"))


@doors.post("/my/<string:secret>/undo", responses=MINE)
def undo_mine(path: BySecret) -> Response:
    """The visitor gave it up by mistake."""
    centre = site().centre

    def decide(hall: Hall, now: datetime, ticket: int) -> list[ev.Event]:
        return serving.undo(hall, now, centre, ticket, f"visitor:{hall.tickets[ticket].visit}")

    return _mine(path.secret, decide)


@doors.post("/my/<string:secret>/snooze", responses=MINE)
def snooze_mine(path: BySecret, body: m.SnoozeFor) -> Response:
    """«Відійти»: once, the place is kept."""
    centre = site().centre
    return _mine(path.secret, lambda hall, now, ticket: visits.snooze(hall, now, centre, ticket, body.minutes))


@doors.post("/my/<string:secret>/resume", responses=MINE)
def resume_mine(path: BySecret) -> Response:
    """«Повернутися в чергу»."""
    return _mine(path.secret, lambda hall, _now, ticket: visits.resume(hall, ticket))


def _mine(secret: str, decide: Callable[[Hall, datetime, int], Sequence[ev.Event]]) -> Response:
    here = site()
    ticket = here.secrets.ticket_with(secret, here.hall.tickets)
    if ticket is None:
        raise Unknown("unknown_secret")
    holder = Holder(here.hall.tickets[ticket].visit)

    def answer(hall: Hall, _rows: Sequence[ev.Row]) -> dict[str, Any]:
        return dumped(views.my_ticket(hall, hall.tickets[ticket]))

    return said(m.MyTicket.model_validate(command(holder, lambda hall, now: decide(hall, now, ticket), answer)))


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
