"""Doors for machines: what became of the paper and of the voice, and how the machine itself is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Response
from flask_openapi3 import APIBlueprint

from queue_server import messages as m
from queue_server.accounts import Device, User, require_device
from queue_server.api.door import accepted, command, said, site, whoever
from queue_server.hall import Hall
from queue_server.messages import DeviceKind, Role
from queue_server.rules import events as ev
from queue_server.rules.refusal import Forbidden, Unknown
from queue_server.rules.visits import ticket_of

doors = APIBlueprint("reports_back", __name__)


@doors.post("/print-reports", responses={200: m.Accepted, 404: m.Problem})
def print_report(body: m.PrintReport) -> Response:
    """What became of a ticket's slip, from the kiosk or from reception's printer (device 0)."""
    match whoever():
        case Device(kind=DeviceKind.KIOSK) as who:
            device = who.id
        case User() as who if Role.RECEPTION in who.roles:
            device = 0
        case _:
            raise Forbidden("role_missing")

    def decide(hall: Hall, _now: datetime) -> Sequence[ev.Event]:
        ticket_of(hall, body.ticket)
        return [ev.SlipReported(body.ticket, device, body.outcome.value, body.trouble)]

    return said(m.Accepted(**command(who, decide, accepted)))


@doors.post("/announcements", responses={200: m.Accepted, 404: m.Problem})
def announcement(body: m.AnnouncementReport) -> Response:
    """What became of the voice's reading of a call."""
    who = require_device(whoever(), DeviceKind.BOARD)

    def decide(hall: Hall, _now: datetime) -> Sequence[ev.Event]:
        if body.call not in hall.calls:
            raise Unknown("unknown_call", call=body.call)
        return [ev.CallAnnounced(body.call, who.id, body.fate.value, body.attempts, body.why)]

    return said(m.Accepted(**command(who, decide, accepted)))


@doors.post("/devices/me/status", responses={200: m.Accepted})
def status(body: m.DeviceStatus) -> Response:
    """How this machine is; only a change is written down."""
    who = whoever()
    if not isinstance(who, Device):
        raise Forbidden("role_missing")

    def decide(hall: Hall, _now: datetime) -> Sequence[ev.Event]:
        last = hall.machines.get(who.id)
        known = (last.ok, last.trouble) if last else (True, "")
        return [] if known == (body.ok, body.trouble) else [ev.DeviceReported(who.id, body.ok, body.trouble)]

    return said(m.Accepted(**command(who, decide, accepted)))


@doors.get("/devices/me", responses={200: m.MachineSettings, 403: m.Problem})
def machine_settings() -> Response:
    """What the centre file says of this kind of machine."""
    if not isinstance(whoever(), Device):
        raise Forbidden("role_missing")
    centre = site().centre
    answer = m.MachineSettings(
        kiosk=centre.kiosk,
        printer=centre.printer,
        board=centre.board,
        voice=centre.voice,
        announcement_stale_s=centre.rules.announcement_stale_s,
    )
    return said(answer)
