"""Doors for signing in and for the administrator's users and devices."""

from __future__ import annotations

from flask import Response, session
from flask_openapi3 import APIBlueprint

from queue_server import messages as m
from queue_server.accounts import NewUser, require_role
from queue_server.api.door import COOKIE, presented_token, said, site, staff
from queue_server.messages import Role

doors = APIBlueprint("people", __name__)


class Devices(m.Message):
    devices: list[m.DeviceView]


class ByLogin(m.Message):
    login: str


@doors.post("/sign-in", responses={200: m.Session, 401: m.Problem, 429: m.Problem})
def sign_in(body: m.SignIn) -> Response:
    """A session for a program; five wrong PINs lock the login for a quarter of an hour."""
    token, user, expires_at = site().accounts.sign_in(body.login, body.pin)
    answer = m.Session(
        token=token,
        login=user.login,
        name=user.name,
        roles=sorted(user.roles),
        groups=list(user.groups),
        expires_at=expires_at,
    )
    return said(answer)


@doors.post("/sign-out", responses={200: m.Accepted})
def sign_out() -> Response:
    """Ends the session of the token that asks."""
    staff()
    site().accounts.sign_out(presented_token())
    session.pop(COOKIE, None)
    return said(m.Accepted(seq=site().hall.seq))


@doors.post("/users", responses={200: m.UserView, 403: m.Problem})
def save_user(body: m.UserToSave) -> Response:
    """Adds a user, or changes the one with this login. Without a PIN nobody can sign in with it."""
    who = require_role(staff(), (Role.ADMIN,))
    return said(site().accounts.save_user(NewUser.of(body), who.actor).view)


@doors.post("/users/<string:login>/pin", responses={200: m.UserView, 404: m.Problem})
def set_pin(path: ByLogin, body: m.NewPin) -> Response:
    """A new PIN for this login: it is unlocked, and must sign in anew."""
    who = require_role(staff(), (Role.ADMIN,))
    site().accounts.set_pin(path.login, body.pin, who.actor)
    return said(site().accounts.user_named(path.login).view)


@doors.post("/devices", responses={200: m.DeviceToken, 403: m.Problem})
def add_device(body: m.NewDevice) -> Response:
    """The token of a new kiosk or wall, shown this once; a known name gets a new one."""
    who = require_role(staff(), (Role.ADMIN,))
    token = site().accounts.add_device(body.kind, body.name, who.actor)
    answer = m.DeviceToken(kind=body.kind, name=body.name, token=token)
    return said(answer)


@doors.get("/devices", responses={200: Devices})
def devices() -> Response:
    """Every machine and its trouble, for staff."""
    staff()
    views = []
    for device in site().accounts.devices():
        last = site().hall.machines.get(device.id)
        views.append(
            m.DeviceView(
                id=device.id,
                kind=device.kind,
                name=device.name,
                ok=last.ok if last else True,
                trouble=last.trouble if last else "",
                since=last.since if last else None,
            )
        )
    return said(Devices(devices=views))
