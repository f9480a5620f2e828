"""Who may do what: users with PIN, devices with tokens, sessions. Names and secrets live in erasable tables, never in
the log; the log is told only that row n was changed. Knows nothing of queues."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from base64 import b32encode
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import gevent
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent.lock import BoundedSemaphore
from sqlite_utils import Database

from config.settings import Centre
from queue_server.hall import Hall
from queue_server.ledger import Ledger, Work
from queue_server.messages import DeviceKind, PersonName, Role, UserToSave, UserView
from queue_server.records import stamp
from queue_server.rules import events as ev
from queue_server.rules.desks import Skills
from queue_server.rules.refusal import Forbidden, Refused, Unknown

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=12)
SECRET_BITS = 120  # of a ticket's secret

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this pin")  # checked for unknown logins, so that they take as long


class SignInFailed(Exception):
    """Login and PIN do not belong together; which of them is wrong is not told."""


class LockedOut(Exception):
    """Too many wrong PINs. ``seconds`` until the next try."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class User:
    id: int
    login: str
    name: PersonName
    provider: str | None
    roles: frozenset[Role]
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    active: bool

    @property
    def actor(self) -> str:
        return f"user:{self.id}"

    @property
    def groups(self) -> tuple[str, ...]:
        return self.primary + tuple(g for g in self.secondary if g not in self.primary)

    @property
    def skills(self) -> Skills:
        return Skills(self.id, self.provider or "", self.primary, self.secondary)

    @property
    def view(self) -> UserView:
        return UserView(login=self.login, name=self.name, roles=sorted(self.roles), provider=self.provider)


@dataclass(frozen=True, slots=True)
class Device:
    id: int
    kind: DeviceKind
    name: str

    @property
    def actor(self) -> str:
        return f"device:{self.id}"


@dataclass(frozen=True, slots=True)
class NewUser:
    """What an administrator says of a user; ``pin`` None leaves the one there is."""

    login: str
    name: PersonName
    roles: frozenset[Role]
    provider: str | None = None
    primary: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()
    pin: str | None = None

    @classmethod
    def of(cls, told: UserToSave) -> NewUser:
        primary, secondary = tuple(told.primary), tuple(told.secondary)
        return cls(told.login, told.name, frozenset(told.roles), told.provider, primary, secondary, told.pin)


class TicketSecrets:
    """The secret on a ticket's QR code, derived from the centre's key: nothing to store, nothing to leak (R54)."""

    def __init__(self, folder: Path, centre: str) -> None:
        self._key = _kept_key(folder / "secret.key")
        self._centre = centre

    def of(self, ticket: int) -> str:
        """``<ticket>-<24 letters>``: found without searching, and 120 bits that only this centre can make."""
        return self._of("", ticket)

    def ticket_with(self, secret: str, tickets: Container[int]) -> int | None:
        """The ticket of today that this secret belongs to."""
        number, _, _ = secret.partition("-")
        if not number.isdecimal() or len(number) > 18 or int(number) not in tickets:
            return None
        return int(number) if hmac.compare_digest(self.of(int(number)).encode(), secret.encode()) else None

    def of_appointment(self, appointment: int) -> str:
        """The end of the holder's address: the same kind of secret, of another family."""
        return self._of("a", appointment)

    def appointment_with(self, secret: str, appointments: Container[int]) -> int | None:
        """The appointment that this secret belongs to."""
        number, _, _ = secret.removeprefix("a").partition("-")
        if not secret.startswith("a") or not number.isdecimal() or len(number) > 18 or int(number) not in appointments:
            return None
        return int(number) if hmac.compare_digest(self._of("a", int(number)).encode(), secret.encode()) else None

    def _of(self, family: str, number: int) -> str:
        digest = hmac.new(self._key, f"{self._centre}:{family}{number}".encode(), hashlib.sha256).digest()
        return f"{family}{number}-{b32encode(digest[: SECRET_BITS // 8]).decode().lower()}"

    def cookie_key(self) -> bytes:
        """Signs the browser's cookies."""
        return hmac.new(self._key, b"cookies", hashlib.sha256).digest()


def _kept_key(path: Path) -> bytes:
    if not path.exists() or not path.stat().st_size:  # an empty one is left by a power cut
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))
    return path.read_bytes()


def new_token() -> str:
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Accounts:
    """Users, devices and sessions, at hand in memory and kept by the ledger's own transaction."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._users: dict[int, User] = {}
        self._devices: dict[str, Device] = {}
        self._sessions: dict[str, tuple[int, datetime]] = {}
        self._keys: dict[str, int] = {}  # of this process only
        self.logins: dict[int, str] = {}
        self._guessing = BoundedSemaphore(1)
        self._read()

    # --- asking ---

    def users(self) -> list[User]:
        return sorted(self._users.values(), key=lambda user: user.login)

    def user(self, id_: int) -> User | None:
        return self._users.get(id_)

    def user_named(self, login: str) -> User:
        for user in self._users.values():
            if user.login == login:
                return user
        raise Unknown("unknown_user", login=login)

    def devices(self) -> list[Device]:
        return sorted(self._devices.values(), key=lambda device: device.id)

    def whose(self, token: str) -> User | Device | None:
        """Who carries this token: a device, or a signed-in user whose session has not ended."""
        digest = token_hash(token)
        if device := self._devices.get(digest):
            return device
        user_id = self._keys.get(digest)
        if user_id is None:
            user_id, expires_at = self._sessions.get(digest, (0, self._ledger.clock.now()))
            if expires_at <= self._ledger.clock.now():
                return None
        user = self._users.get(user_id)
        return user if user and user.active else None

    # --- changing ---

    def save_user(self, new: NewUser, actor: str = "system") -> User:
        """Adds the user, or changes the one with this login; a new PIN ends the sessions that the old one opened."""
        pin_hash = _hashed(new.pin) if new.pin is not None else None
        row = {
            "login": new.login,
            "surname": new.name.surname,
            "given_name": new.name.given_name,
            "patronymic": new.name.patronymic,
            "provider": new.provider,
            "roles": json.dumps(sorted(new.roles)),
            "primary_groups": json.dumps(new.primary, ensure_ascii=False),
            "secondary_groups": json.dumps(new.secondary, ensure_ascii=False),
            "active": 1,
        }
        if pin_hash:
            row["pin_hash"] = pin_hash

        def write(db: Database, id_: int, known: bool) -> None:
            if known:
                db.table("user").update(id_, row)
                if pin_hash:
                    _end_sessions(db, id_)
            else:
                db.table("user").insert({"pin_hash": None, "failed": 0, "locked_until": None, **row, "id": id_})

        self._change_row(actor, "user", "login", new.login, write)
        return self.user_named(new.login)

    def sync_operators(self, centre: Centre, left: Iterable[int] = ()) -> None:
        """The operators of the centre file are users; their PINs are set apart (``cherha user pin``).

        ``left`` are the users who stood in the file before and no longer do: they receive nobody from now on.
        """
        for operator in centre.operators:
            name = PersonName(surname=operator.surname, given_name=operator.given_name, patronymic=operator.patronymic)
            wanted = NewUser(
                operator.login,
                name,
                frozenset({Role.OPERATOR}),
                operator.provider,
                tuple(operator.primary),
                tuple(operator.secondary),
            )
            known = next((u for u in self._users.values() if u.login == operator.login), None)
            if known is None or _differs(known, wanted):
                still = known.roles if known and known.active else frozenset[Role]()
                self.save_user(replace(wanted, roles=still | wanted.roles))
        for user in map(self._users.__getitem__, left):
            if user.active and Role.OPERATOR in user.roles:
                self._let_go(user)

    def _let_go(self, user: User) -> None:
        """No operator any more; somebody who has other roles keeps those, anybody else is signed out for good."""
        roles = user.roles - {Role.OPERATOR}
        row = {"roles": json.dumps(sorted(roles))} if roles else {"active": 0}

        def write(db: Database) -> None:
            db.table("user").update(user.id, row)
            if not roles:
                _end_sessions(db, user.id)

        self._change("system", ev.AccountChanged("user", user.id, "changed" if roles else "deactivated"), write)

    def set_pin(self, login: str, pin: str, actor: str = "system") -> None:
        """Unlocks the login too, and ends the sessions that the old PIN opened. Raises Unknown, or Refused."""
        user, hashed = self.user_named(login), _hashed(pin)

        def write(db: Database) -> None:
            db.table("user").update(user.id, {"pin_hash": hashed, "failed": 0, "locked_until": None})
            _end_sessions(db, user.id)

        self._change(actor, ev.AccountChanged("user", user.id, "pin_set"), write)

    def add_device(self, kind: DeviceKind, name: str, actor: str = "system") -> str:
        """The device's token: shown once, kept only as a hash. A known name gets a new token, the old one dies."""
        token = new_token()
        row = {"kind": kind.value, "name": name, "token_hash": token_hash(token), "active": 1}

        def write(db: Database, id_: int, _known: bool) -> None:
            db.table("device").insert({**row, "id": id_}, pk="id", replace=True)

        self._change_row(actor, "device", "name", name, write)
        return token

    # --- signing in ---

    def sign_in(self, login: str, pin: str) -> tuple[str, User, datetime]:
        """(token, user, end of session). Raises SignInFailed, or LockedOut after five wrong PINs.

        One at a time: whoever guesses in parallel gets no more than five guesses either, and each takes much memory.
        """
        with self._guessing:
            return self._sign_in(login, pin)

    def _sign_in(self, login: str, pin: str) -> tuple[str, User, datetime]:
        now = self._ledger.clock.now()
        row = self._row_of(login)
        if row and row["locked_until"] and (until := datetime.fromisoformat(row["locked_until"])) > now:
            raise LockedOut(int((until - now).total_seconds()) + 1)
        if not _matches(row["pin_hash"] if row else None, pin) or row is None:
            if row:
                self._count_failure(row["id"])
            raise SignInFailed
        token, expires_at = self.open_session(self._users[row["id"]], SESSION_LASTS)
        return token, self._users[row["id"]], expires_at

    def open_session(self, user: User, lasts: timedelta) -> tuple[str, datetime]:
        """A session for somebody who has proved who he or she is; sessions that ended are swept out."""
        now = self._ledger.clock.now()
        token, expires_at = new_token(), now + lasts
        session = {"token_hash": token_hash(token), "user": user.id, "expires_at": stamp(expires_at)}

        def write(db: Database) -> None:
            db.table("session").insert(session)
            db.table("user").update(user.id, {"failed": 0, "locked_until": None})
            db.conn.execute("DELETE FROM session WHERE expires_at < ?", (stamp(now),))

        self._change(user.actor, None, write)
        return token, expires_at

    def sign_out(self, token: str) -> None:
        ended = (token_hash(token),)
        self._change("system", None, lambda db: db.conn.execute("DELETE FROM session WHERE token_hash = ?", ended))

    def open_key(self, user: User) -> str:
        """A key to act as this user until ``close_key`` or the end of this process; it is kept nowhere."""
        token = new_token()
        self._keys[token_hash(token)] = user.id
        return token

    def close_key(self, token: str) -> None:
        self._keys.pop(token_hash(token), None)

    def _count_failure(self, id_: int) -> None:
        """The failure that is one too many locks the login, and the log says so (R51).

        Reads and writes in the writer's own turn, so that parallel guesses all count.
        """
        failed = 0

        def decide(_hall: Hall, _now: datetime) -> list[ev.Event]:
            nonlocal failed
            failed = self._ledger.db.table("user").get(id_)["failed"] + 1
            return [ev.AccountChanged("user", id_, "locked")] if failed >= FAILURES_ALLOWED else []

        def write(db: Database) -> None:
            until = stamp(self._ledger.clock.now() + LOCKED_FOR)
            locked = failed >= FAILURES_ALLOWED
            db.table("user").update(id_, {"failed": 0, "locked_until": until} if locked else {"failed": failed})

        self._ledger.do(Work("system", decide, lambda _hall, _rows: None, also=write))

    def _row_of(self, login: str) -> dict[str, Any] | None:
        return next(iter(self._ledger.db.table("user").rows_where("login = ? AND active = 1", [login])), None)

    def _change_row(
        self, actor: str, kind: Literal["user", "device"], column: str, name: str, write: Callable[..., object]
    ) -> None:
        """Adds the row of this name or changes it; which of both, and its number, is found in the writer's own turn,
        so that two administrators at once never get one number."""
        found: list[tuple[int, bool]] = []

        def decide(_hall: Hall, _now: datetime) -> list[ev.Event]:
            rows = self._ledger.db.table(kind)
            known = next(iter(rows.rows_where(f"{column} = ?", [name], select="id")), None)
            id_ = known["id"] if known else max((row["id"] for row in rows.rows_where(select="id")), default=0) + 1
            found[:] = [(id_, known is not None)]
            return [ev.AccountChanged(kind, id_, "changed" if known else "added")]

        def also(db: Database) -> None:
            write(db, *found[0])

        self._ledger.do(Work(actor, decide, lambda _hall, _rows: None, also=also))
        self._read()

    def _change(self, actor: str, event: ev.Event | None, write: Callable[[Database], object]) -> None:
        events: Sequence[ev.Event] = [event] if event else []
        self._ledger.do(Work(actor, lambda _hall, _now: events, lambda _hall, _rows: None, also=write))
        self._read()

    def _read(self) -> None:
        db = self._ledger.db
        self._users = {row["id"]: _user(row) for row in db.table("user").rows}
        self._devices = {
            row["token_hash"]: Device(row["id"], DeviceKind(row["kind"]), row["name"])
            for row in db.table("device").rows_where("active = 1")
        }
        self._sessions = {
            row["token_hash"]: (row["user"], datetime.fromisoformat(row["expires_at"]))
            for row in db.table("session").rows
        }
        self.logins.clear()
        self.logins.update((user.id, user.login) for user in self._users.values())


def require_role(who: User | Device, roles: Iterable[Role]) -> User:
    """The user, if one of his or her roles is among these. Raises Forbidden."""
    if not isinstance(who, User) or not who.roles & frozenset(roles):
        raise Forbidden("role_missing")
    return who


def require_device(who: User | Device, kind: DeviceKind) -> Device:
    if not isinstance(who, Device) or who.kind is not kind:
        raise Forbidden("role_missing")
    return who


def _user(row: dict[str, Any]) -> User:
    return User(
        id=row["id"],
        login=row["login"],
        name=PersonName(surname=row["surname"], given_name=row["given_name"], patronymic=row["patronymic"]),
        provider=row["provider"],
        roles=frozenset(Role(role) for role in json.loads(row["roles"])),
        primary=tuple(json.loads(row["primary_groups"])),
        secondary=tuple(json.loads(row["secondary_groups"])),
        active=bool(row["active"]),
    )


def _differs(known: User, wanted: NewUser) -> bool:
    return (
        known.name != wanted.name
        or known.provider != wanted.provider
        or known.primary != wanted.primary
        or known.secondary != wanted.secondary
        or not wanted.roles <= known.roles
        or not known.active
    )


def _end_sessions(db: Database, user: int) -> None:
    db.conn.execute("DELETE FROM session WHERE user = ?", (user,))


def _hashed(pin: str) -> str:
    if not 4 <= len(pin) <= 64:
        raise Refused("pin_length")
    return str(_in_threadpool(_hasher.hash, pin))


def _matches(pin_hash: str | None, pin: str) -> bool:
    return bool(_in_threadpool(_verified, pin_hash or _NOBODY, pin)) and pin_hash is not None


def _verified(pin_hash: str, pin: str) -> bool:
    try:
        return _hasher.verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):  # caught here: the thread pool would print it
        return False


def _in_threadpool(job: Callable[..., Any], *values: Any) -> Any:
    """argon2 is slow on purpose: it must not hold up the hall."""
    return gevent.get_hub().threadpool.apply(job, values)
