"""The administrator at the server's own keyboard: whoever may read the data folder may add users and devices.

While the server runs, its folder holds an address and a key (readable by its owner only) and commands go through
its doors; otherwise the folder is opened directly. Either way there is one writer.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from config.settings import Centre
from queue_server import messages as m
from queue_server.accounts import NewUser
from queue_server.client import QueueClient
from queue_server.clock import SystemClock
from queue_server.ledger import FILE, connect
from queue_server.messages import Role
from queue_server.site import Site

ADMIN = "admin"
DOOR = "server.json"


class NoCentre(Exception):
    """The folder has no centre yet: the server must have been started with a centre file once."""


def first_admin(site: Site) -> str | None:
    """At the very first start: the administrator's password, told this once. Later None."""
    if any(Role.ADMIN in user.roles for user in site.accounts.users()):
        return None
    password = secrets.token_urlsafe(9)
    name = m.PersonName(surname="Адміністратор", given_name="", patronymic="")
    site.accounts.save_user(NewUser(ADMIN, name, frozenset({Role.ADMIN}), pin=password))
    return password


@contextmanager
def open_door(site: Site, folder: Path, url: str) -> Iterator[None]:
    """Leaves the server's address and an administrator's key in the folder while it runs; the key dies with it."""
    admin = next(user for user in site.accounts.users() if Role.ADMIN in user.roles)
    token = site.accounts.open_key(admin)
    door, unfinished = folder / DOOR, folder / f"{DOOR}.new"
    unfinished.unlink(missing_ok=True)  # left by a server that was killed: its mode may be anything
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps({"url": url, "token": token}), encoding="utf-8")
    unfinished.replace(door)  # whoever looks sees a whole address or none
    try:
        yield
    finally:
        door.unlink(missing_ok=True)
        site.accounts.close_key(token)


def save_user(folder: Path, user: m.UserToSave) -> m.UserView:
    """Raises NoCentre, client errors of the running server, or Refused."""
    with _running(folder) as client:
        if client is not None:
            return client.save_user(user)
    with _opened(folder) as site:
        return site.accounts.save_user(NewUser.of(user)).view


def set_pin(folder: Path, login: str, pin: str) -> None:
    with _running(folder) as client:
        if client is not None:
            client.set_pin(login, pin)
            return
    with _opened(folder) as site:
        site.accounts.set_pin(login, pin)


def add_device(folder: Path, device: m.NewDevice) -> str:
    """The device's token."""
    with _running(folder) as client:
        if client is not None:
            return client.add_device(device).token
    with _opened(folder) as site:
        return site.accounts.add_device(device.kind, device.name)


@contextmanager
def _running(folder: Path) -> Iterator[QueueClient | None]:
    """A way to the server that has this folder, if one is running."""
    door = folder / DOOR
    if not door.exists() or not _in_use(folder):
        yield None
        return
    told = json.loads(door.read_text())
    with QueueClient(told["url"], told["token"]) as client:
        yield client


def _in_use(folder: Path) -> bool:
    try:
        with FileLock(folder / "server.lock").acquire(timeout=0):
            return False
    except Timeout:
        return True


@contextmanager
def _opened(folder: Path) -> Iterator[Site]:
    site = Site(settings_in_force(folder), folder, SystemClock())
    try:
        yield site
    finally:
        site.close()


def settings_in_force(folder: Path) -> Centre:
    """The centre that the folder was last served with. Raises NoCentre."""
    if not (folder / FILE).exists():
        raise NoCentre(str(folder))
    db = connect(folder / FILE, read_only=True)
    found = db.conn.execute(
        "SELECT document FROM settings WHERE fingerprint = (SELECT json_extract(data, '$.fingerprint') FROM log "
        "WHERE type = 'SettingsChanged' ORDER BY seq DESC LIMIT 1)"
    ).fetchone()
    db.conn.close()
    if found is None:
        raise NoCentre(str(folder))
    return Centre.model_validate_json(found[0])
