"""Doors of the numbered desks: take one, call, begin, end, pass on. The verb in the address is the command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint

from queue_server import messages as m
from queue_server import views
from queue_server.accounts import User, require_role
from queue_server.api.door import command, said, site, staff
from queue_server.hall import Hall
from queue_server.messages import Role
from queue_server.rules import calling, desks, serving
from queue_server.rules import events as ev
from queue_server.site import dumped

doors = APIBlueprint("desks", __name__)
ANSWERS: dict[str | int, Any] = {200: m.DeskView, 403: m.Problem, 404: m.Problem, 409: m.Problem}
Decide = Callable[[Hall, datetime], Sequence[ev.Event]]


class ByNumber(m.Message):
    number: int


class Desks(m.Message):
    desks: list[m.DeskSummary]


def _operator() -> User:
    return require_role(staff(), (Role.OPERATOR,))


@doors.get("/desks", responses={200: Desks})
def all_desks() -> Response:
    """Every desk, its state and who sits there."""
    staff()
    here = site()
    seats = {desk.number: here.operator_at(desk.number) for desk in here.centre.desks}
    summaries = [
        views.desk_summary(here.hall, here.centre, number, seat[0] if seat else None) for number, seat in seats.items()
    ]
    return said(Desks(desks=summaries))


@doors.get("/desks/<int:number>", responses=ANSWERS)
def one_desk(path: ByNumber) -> Response:
    """The desk, what is in hand there, and the queue of its groups."""
    number = path.number
    staff()
    desks.desk_of(number, site().centre)
    return said(views.with_queue(site().hall, site().desk_view(number)))


@doors.post("/desks/<int:number>/open", responses=ANSWERS)
def open_desk(path: ByNumber) -> Response:
    """The signed-in operator takes this desk."""
    number = path.number
    who, here = _operator(), site()
    return _run(who, number, lambda hall, _now: desks.open_desk(hall, here.centre, number, who.skills))


@doors.post("/desks/<int:number>/close", responses=ANSWERS)
def close_desk(path: ByNumber) -> Response:
    """The operator leaves the desk; refused while somebody is called or served."""
    number = path.number
    who, here = _operator(), site()
    return _run(who, number, lambda hall, _now: desks.close_desk(hall, here.centre, number, who.id))


@doors.post("/desks/<int:number>/pause", responses=ANSWERS)
def pause(path: ByNumber, body: m.PauseFor) -> Response:
    """No calls until resumed."""
    number = path.number
    who, here = _operator(), site()
    return _run(who, number, lambda hall, _now: desks.pause_desk(hall, here.centre, number, who.id, body.reason))


@doors.post("/desks/<int:number>/resume", responses=ANSWERS)
def resume(path: ByNumber) -> Response:
    """After a pause."""
    number = path.number
    who, here = _operator(), site()
    return _run(who, number, lambda hall, _now: desks.resume_desk(hall, here.centre, number, who.id))


@doors.post("/desks/<int:number>/call-next", responses={200: m.CallAnswer, 403: m.Problem, 409: m.Problem})
def call_next(path: ByNumber) -> Response:
    """«Наступний»: one press, one ticket."""
    number = path.number
    who, here = _operator(), site()

    def decide(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return serving.call_next(hall, now, here.centre, number, who.id)

    def answer(hall: Hall, rows: Sequence[ev.Row]) -> dict[str, Any]:
        for row in rows:
            if isinstance(row.event, ev.TicketCalled):
                return dumped(m.CallAnswer(ticket=views.ticket_view(hall.tickets[row.event.ticket])))
        blocked = calling.only_blocked_by_siblings(hall, hall.desks[number])
        return dumped(m.CallAnswer(ticket=None, reason="siblings_served" if blocked else "queue_empty"))

    return said(m.CallAnswer.model_validate(command(who, decide, answer)))


@doors.post("/desks/<int:number>/recall", responses=ANSWERS)
def recall(path: ByNumber) -> Response:
    """«Повторити»."""
    number = path.number
    who, here = _operator(), site()
    return _run(who, number, lambda hall, now: serving.recall(hall, now, here.centre, number, who.id))


@doors.post("/desks/<int:number>/start", responses=ANSWERS)
def start(path: ByNumber) -> Response:
    """«Підійшов»."""
    number = path.number
    who, here = _operator(), site()
    return _run(who, number, lambda hall, _now: serving.start(hall, here.centre, number, who.id))


@doors.post("/desks/<int:number>/finish", responses=ANSWERS)
def finish(path: ByNumber, body: m.FinishWith) -> Response:
    """«Завершити»."""
    number = path.number
    who, here = _operator(), site()
    return _run(who, number, lambda hall, now: serving.finish(hall, now, here.centre, number, who.id, body.outcome))


@doors.post("/desks/<int:number>/no-show", responses=ANSWERS)
def no_show(path: ByNumber) -> Response:
    """«Не з’явився»."""
    number = path.number
    who, here = _operator(), site()
    return _run(who, number, lambda hall, now: serving.no_show(hall, now, here.centre, number, who.id))


@doors.post("/desks/<int:number>/withdraw", responses=ANSWERS)
def withdraw(path: ByNumber) -> Response:
    """«Скасувати виклик»: it was a mistake."""
    number = path.number
    who, here = _operator(), site()
    return _run(who, number, lambda hall, _now: serving.withdraw(hall, here.centre, number, who.id))


@doors.post("/desks/<int:number>/transfer", responses=ANSWERS)
def transfer(path: ByNumber, body: m.TransferTo) -> Response:
    """«Передати»: the same number and place, elsewhere."""
    number = path.number
    who, here = _operator(), site()

    def decide(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return serving.transfer(hall, now, here.centre, number, who.id, body.service, body.desk)

    return _run(who, number, decide)


def _run(who: User, number: int, decide: Decide) -> Response:
    """The desk afterwards. What is remembered with the key is the desk and what is in hand there: no name of the
    operator, who asks and is known, and no queue, which is always today's."""
    here = site()

    def answer(hall: Hall, _rows: Sequence[ev.Row]) -> dict[str, Any]:
        return dumped(views.desk_view(hall, here.centre, number, here.now(), None))

    saved = m.DeskView.model_validate(command(who, decide, answer))
    if saved.state is not m.DeskState.CLOSED:
        saved = saved.model_copy(update={"operator": who.name, "operator_login": who.login})
    return said(views.with_queue(here.hall, saved))
