"""Doors that everybody may look through: the centre, the wall, how many wait; and the streams of frames."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, request
from flask_openapi3 import APIBlueprint
from pydantic import Field

from queue_server import messages as m
from queue_server import views
from queue_server.accounts import User
from queue_server.api.door import NO_STORE, presented_token, said, site, staff
from queue_server.rules.refusal import Unknown
from queue_server.rules.visits import service_of

doors = APIBlueprint("hall", __name__)


class ByService(m.Message):
    service: int = Field(ge=1, le=9999)


class BySecret(m.Message):
    secret: str


@doors.get("/centre", responses={200: m.CentreView})
def centre() -> Response:
    """Providers, groups, services and whether tickets can be taken now."""
    here = site()
    return said(views.centre_view(here.hall, here.centre, here.now()))


@doors.get("/board", responses={200: m.BoardView})
def board() -> Response:
    """The wall at this moment; follow ``/events`` after its ``seq``."""
    here = site()
    return said(views.board_view(here.hall, here.centre, here.now()))


@doors.get("/estimate", responses={200: m.EstimateView, 404: m.Problem})
def estimate(query: ByService) -> Response:
    """How many wait before a new ticket of this service, and how long it may take; or why there is none to be had."""
    here = site()
    return said(views.estimate_view(here.hall, here.centre, service_of(query.service, here.centre), here.now()))


@doors.get("/my/<string:secret>", responses={200: m.MyTicket, 404: m.Problem})
def my_ticket(path: BySecret) -> Response:
    """The holder's own view of a ticket."""
    here = site()
    ticket = here.secrets.ticket_with(path.secret, here.hall.tickets)
    if ticket is None:
        raise Unknown("unknown_secret")
    return said(views.my_ticket(here.hall, here.hall.tickets[ticket]))


@doors.get("/events", responses={200: None})
def events() -> Response:
    """Server-sent events for everybody; ``Last-Event-ID`` resumes after a row of the log."""
    return _stream(staff_only=False)


@doors.get("/staff/events", responses={200: None, 401: m.Problem})
def staff_events() -> Response:
    """The same with tickets and desks, for those who are signed in."""
    staff()
    return _stream(staff_only=True)


@doors.get("/healthz", responses={200: m.Accepted})
def healthz() -> Response:
    """The process answers."""
    return said(m.Accepted(seq=site().hall.seq))


@doors.get("/readyz", responses={200: m.Accepted, 503: m.Problem})
def readyz() -> Response:
    """The writer writes."""
    site().ledger.tick()
    return said(m.Accepted(seq=site().hall.seq))


def _stream(*, staff_only: bool) -> Response:
    stream = site().stream
    after = request.headers.get("Last-Event-ID", request.args.get("after", ""))
    start = int(after) if after.isdecimal() and len(after) < 19 else stream.seq

    here, token = site(), presented_token()

    def told() -> Iterator[bytes]:
        for frames in stream.follow(start, staff=staff_only):
            if staff_only:
                who = here.accounts.whose(token)
                if not isinstance(who, User):
                    return  # signed out, or the session ended: nothing more is told
                here.hear(who.id)  # with each heartbeat too: a console that follows is alive
            yield frames

    headers = {**NO_STORE, "X-Accel-Buffering": "no"}
    return Response(told(), content_type="text/event-stream; charset=utf-8", headers=headers)
