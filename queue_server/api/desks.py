"""Doors of the numbered desks: take one, call, begin, end, pass on, put off. The verb in the address is the command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint
from sqlite_utils import Database

from queue_server import messages as m
from queue_server import views
from queue_server.accounts import User
from queue_server.api.door import allowed, command, said, site, staff
from queue_server.hall import Hall
from queue_server.messages import Role
from queue_server.rules import appointments, calling, desks, serving
from queue_server.rules import events as ev
from queue_server.rules.refusal import Forbidden
from queue_server.site import Site, dumped

doors = APIBlueprint("desks", __name__)
ANSWERS: dict[str | int, Any] = {200: m.DeskView, 403: m.Problem, 404: m.Problem, 409: m.Problem}
CALLED: dict[str | int, Any] = {200: m.CallAnswer, 403: m.Problem, 409: m.Problem}
Decide = Callable[[Hall, datetime], Sequence[ev.Event]]


class ByNumber(m.Message):
    number: int


class Desks(m.Message):
    desks: list[m.DeskSummary]


def _hand(who: User, number: int) -> int | None:
    """Whose hand acts at this desk: the operator's own, or a head's at any desk of the provider (None).

    Raises Forbidden for another provider's desk.
    """
    here = site()
    session = here.hall.desks.get(number)
    if session is not None and session.user == who.id:
        return who.id
    if Role.CENTRE_HEAD in who.roles:
        return None
    if Role.PROVIDER_HEAD in who.roles:
        groups = session.groups if session else desks.desk_of(number, here.centre).groups
        if any(here.centre.group(group).provider != who.provider for group in groups):
            raise Forbidden("foreign_desk", desk=number)
        return None
    return who.id


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
def open_desk(path: ByNumber, body: m.OpenDesk) -> Response:
    """The signed-in operator takes this desk; with ``move``, instead of the one where he or she sits."""
    who, here = allowed("desk-open"), site()

    def decide(hall: Hall, _now: datetime) -> Sequence[ev.Event]:
        return desks.open_desk(hall, here.centre, path.number, who.skills, move=body.move)

    return _run(who, path.number, decide)


@doors.post("/desks/<int:number>/close", responses=ANSWERS)
def close_desk(path: ByNumber) -> Response:
    """The operator leaves the desk; refused while somebody is called or served."""
    who, here = allowed("desk-close"), site()
    hand = _hand(who, path.number)
    return _run(who, path.number, lambda hall, _now: desks.close_desk(hall, here.centre, path.number, hand))


@doors.post("/desks/<int:number>/pause", responses=ANSWERS)
def pause(path: ByNumber, body: m.PauseFor) -> Response:
    """No calls until resumed."""
    who, here = allowed("desk-pause"), site()
    hand = _hand(who, path.number)
    return _run(
        who, path.number, lambda hall, _now: desks.pause_desk(hall, here.centre, path.number, hand, body.reason)
    )


@doors.post("/desks/<int:number>/resume", responses=ANSWERS)
def resume(path: ByNumber) -> Response:
    """After a pause."""
    who, here = allowed("desk-resume"), site()
    hand = _hand(who, path.number)
    return _run(who, path.number, lambda hall, _now: desks.resume_desk(hall, here.centre, path.number, hand))


@doors.post("/desks/<int:number>/call-next", responses=CALLED)
def call_next(path: ByNumber) -> Response:
    """«Наступний»: one press, one ticket. A head calls only at the desk where he or she sits."""
    who, here = allowed("call-next"), site()

    def decide(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return serving.call_next(hall, now, here.centre, path.number, who.id)

    return _called(who, path.number, decide)


@doors.post("/desks/<int:number>/finish-and-call-next", responses=CALLED)
def finish_and_call_next(path: ByNumber, body: m.FinishWith) -> Response:
    """«Завершити і викликати наступного»: one press, two moves, one transaction."""
    allowed("finish")
    who, here = allowed("call-next"), site()

    def finish(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return serving.finish(hall, now, here.centre, path.number, who.id, body.outcome)

    def call(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return serving.call_next(hall, now, here.centre, path.number, who.id)

    return _called(who, path.number, finish, then=call)


@doors.post("/desks/<int:number>/call", responses=CALLED)
def call(path: ByNumber, body: m.CallNumber) -> Response:
    """«Викликати номер…»: out of order, for a reason that the log and the reports keep."""
    who, here = allowed("call"), site()
    hand = _hand(who, path.number)
    note = here.notes.reserve() if body.text else None
    also = here.notes.keeping(note, "call_reason", lambda: body.ticket, body.text) if note else None

    def decide(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return serving.call_out_of_order(hall, now, here.centre, path.number, hand, body.ticket, body.reason, note)

    return _called(who, path.number, decide, also=also)


@doors.post("/desks/<int:number>/call-by-record", responses=CALLED)
def call_by_record(path: ByNumber, body: m.WhichTicket) -> Response:
    """«Викликати за записом»: also whoever did not check in, around the agreed time."""
    who, here = allowed("call-by-record"), site()
    hand = _hand(who, path.number)

    def decide(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return appointments.call_by_record(hall, now, here.centre, path.number, hand, body.ticket)

    return _called(who, path.number, decide)


@doors.post("/desks/<int:number>/recall", responses=ANSWERS)
def recall(path: ByNumber) -> Response:
    """«Повторити»."""
    who, here = allowed("recall"), site()
    hand = _hand(who, path.number)
    return _run(who, path.number, lambda hall, now: serving.recall(hall, now, here.centre, path.number, hand))


@doors.post("/desks/<int:number>/start", responses=ANSWERS)
def start(path: ByNumber) -> Response:
    """«Підійшов»."""
    who, here = allowed("start"), site()
    hand = _hand(who, path.number)
    return _run(who, path.number, lambda hall, _now: serving.start(hall, here.centre, path.number, hand))


@doors.post("/desks/<int:number>/finish", responses=ANSWERS)
def finish(path: ByNumber, body: m.FinishWith) -> Response:
    """«Завершити»."""
    who, here = allowed("finish"), site()
    hand = _hand(who, path.number)
    return _run(
        who, path.number, lambda hall, now: serving.finish(hall, now, here.centre, path.number, hand, body.outcome)
    )


@doors.post("/desks/<int:number>/no-show", responses=ANSWERS)
def no_show(path: ByNumber) -> Response:
    """«Не з’явився»."""
    who, here = allowed("no-show"), site()
    hand = _hand(who, path.number)
    return _run(who, path.number, lambda hall, now: serving.no_show(hall, now, here.centre, path.number, hand))


@doors.post("/desks/<int:number>/withdraw", responses=ANSWERS)
def withdraw(path: ByNumber) -> Response:
    """«Скасувати виклик»: it was a mistake."""
    who, here = allowed("withdraw"), site()
    hand = _hand(who, path.number)
    return _run(who, path.number, lambda hall, _now: serving.withdraw(hall, here.centre, path.number, hand))


@doors.post("/desks/<int:number>/hold", responses=ANSWERS)
def hold(path: ByNumber, body: m.HoldFor) -> Response:
    """«Очікує документи»: the desk is free, the visitor comes back to it."""
    who, here = allowed("hold"), site()
    hand = _hand(who, path.number)
    return _run(
        who, path.number, lambda hall, now: serving.hold(hall, now, here.centre, path.number, hand, body.reason)
    )


@doors.post("/desks/<int:number>/transfer", responses=ANSWERS)
def transfer(path: ByNumber, body: m.TransferTo) -> Response:
    """«Передати»: the same number and place, elsewhere."""
    who, here = allowed("transfer"), site()
    hand = _hand(who, path.number)

    def decide(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        to = body.service, body.desk, body.reason or ""
        return serving.transfer(hall, now, here.centre, path.number, hand, *to)

    return _run(who, path.number, decide)


@doors.post("/desks/<int:number>/reopen", responses=ANSWERS)
def reopen(path: ByNumber, body: m.WhichTicket) -> Response:
    """«Повернути»: finished too early."""
    who, here = allowed("reopen"), site()
    hand = _hand(who, path.number)
    return _run(
        who, path.number, lambda hall, now: serving.reopen(hall, now, here.centre, path.number, hand, body.ticket)
    )


@doors.post("/desks/<int:number>/release", responses=ANSWERS)
def release(path: ByNumber, body: m.ReleaseFor) -> Response:
    """«Зняти з робочого місця»: the operator is gone or the computer is dead."""
    who, here = allowed("release"), site()
    silent = here.silent(path.number)

    def decide(hall: Hall, _now: datetime) -> Sequence[ev.Event]:
        return serving.release(hall, here.centre, path.number, body.reason or "", silent=silent)

    return _run(who, path.number, decide)


@doors.post("/desks/<int:number>/undo", responses=ANSWERS)
def undo(path: ByNumber) -> Response:
    """The desk's last move is taken back, by whoever made it, within seconds."""
    who, here = allowed("undo"), site()
    return _run(
        who, path.number, lambda hall, now: serving.undo_at_desk(hall, now, here.centre, path.number, who.actor)
    )


def _called(
    who: User,
    number: int,
    decide: Decide,
    *,
    then: Decide | None = None,
    also: Callable[[Database], object] | None = None,
) -> Response:
    def answer(hall: Hall, rows: Sequence[ev.Row]) -> dict[str, Any]:
        for row in rows:
            if isinstance(row.event, ev.TicketCalled):
                return dumped(m.CallAnswer(ticket=views.ticket_view(hall.tickets[row.event.ticket])))
        elsewhere = [views.ticket_view(t) for t in calling.waiting_elsewhere(hall, hall.desks[number])]
        reason = "siblings_served" if elsewhere else "queue_empty"
        return dumped(m.CallAnswer(ticket=None, reason=reason, elsewhere=elsewhere))

    return said(m.CallAnswer.model_validate(command(who, decide, answer, also=also, then=then)))


def _run(who: User, number: int, decide: Decide) -> Response:
    """The desk afterwards. What is remembered with the key is the desk and what is in hand there: no name of the
    operator, who asks and is known, and no queue, which is always today's."""
    here = site()

    def answer(hall: Hall, _rows: Sequence[ev.Row]) -> dict[str, Any]:
        return dumped(views.desk_view(hall, here.centre, number, here.now(), None))

    saved = m.DeskView.model_validate(command(who, decide, answer))
    if saved.state is not m.DeskState.CLOSED:
        saved = here.with_notes(_named(here, saved))
    return said(views.with_queue(here.hall, saved))


def _named(here: Site, desk: m.DeskView) -> m.DeskView:
    seat = here.operator_at(desk.number)
    found = {"operator": seat[1], "operator_login": seat[0]} if seat else {}
    return desk.model_copy(update=found)
