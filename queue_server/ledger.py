"""The log and its one writer: whoever wants something to happen hands it a decision and waits for what became of it.

Decisions that wait together share one transaction; nobody is answered before the commit, and if it fails the
hall is folded anew from the file. Knows nothing of HTTP, and of the rules only that they turn a hall into events.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import gevent
import structlog
from filelock import FileLock, Timeout
from gevent.event import AsyncResult
from gevent.queue import Queue as Mailbox
from sqlite_utils import Database

from queue_server.clock import Clock
from queue_server.hall import Hall
from queue_server.records import (
    Appointment,
    Call,
    Day,
    DeskSession,
    Leg,
    Machine,
    PaperTicket,
    ProviderDay,
    Record,
    Suspension,
    Ticket,
    Visit,
    stamp,
)
from queue_server.rules import events as ev
from queue_server.rules.refusal import Forbidden, Refused, Unknown
from queue_server.schema import migrate

log = structlog.get_logger()
T = TypeVar("T")

FILE = "centre.sqlite"
ANSWERS_KEPT = timedelta(days=7)
NOTES_KEPT = timedelta(days=1)
BATCH_MAX = 256
CLOCK_SLIP = timedelta(days=1)
TABLES: dict[type[Record], str] = {  # what is referred to comes before what refers to it
    Visit: "visit",
    Ticket: "ticket",
    Leg: "leg",
    Call: "call",
    DeskSession: "desk_session",
    Day: "service_day",
    ProviderDay: "provider_day",
    Suspension: "suspension",
    PaperTicket: "paper_ticket",
    Appointment: "appointment",
}
_ORDER = {kind: place for place, kind in enumerate(TABLES)}
# Of the others: id.
_KEYS: dict[str, tuple[str, ...]] = {
    "leg": ("ticket", "n"),
    "service_day": ("day",),
    "provider_day": ("day", "provider"),
}
_REFUSALS: dict[str, type[Refused]] = {kind.__name__: kind for kind in (Refused, Unknown, Forbidden)}


class FolderInUse(Exception):
    """Another server has this folder: one writer per file."""


class StorageTrouble(Exception):
    """The file could not be written; nothing of this decision is remembered. Try again."""


class KeyReused(Exception):
    """The same idempotency key came with another body."""


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key: per actor and command, the same key is answered as the first time."""

    command: str
    key: str
    body_hash: str


@dataclass(slots=True)
class Work(Generic[T]):
    """A decision on its way: who asks, how it is decided, and how the answer is read from the hall afterwards.

    ``answer`` gets the hall and the decision's own rows and returns something JSON can carry. ``also`` writes
    rows that are no part of the fold (accounts, notes), in the same transaction. ``then`` is decided on the hall
    after the first events, in the same transaction; when it is refused, the first events stay.
    """

    actor: str
    decide: Callable[[Hall, datetime], Sequence[ev.Event]]
    answer: Callable[[Hall, Sequence[ev.Row]], T]
    key: Key | None = None
    also: Callable[[Database], object] | None = None
    then: Callable[[Hall, datetime], Sequence[ev.Event]] | None = None
    result: AsyncResult[Any] = field(default_factory=AsyncResult)


class Ledger:
    """Owns the file in ``folder``. Raises FolderInUse when another process does."""

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        *,
        day_of: Callable[[datetime], date],
        standing: Callable[[Hall, datetime], Sequence[ev.Event]],
        told: Callable[[Hall, ev.Row], None] = lambda _hall, _row: None,
    ) -> None:
        """``standing`` is decided before every batch (what time alone makes happen); ``told`` hears each folded row
        and must only take notes: the rows count when ``committed`` is called. Nothing is folded before ``begin``."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # it holds PIN hashes
        self._lock = _lock(folder)
        self.path = folder / FILE
        self.db = connect(self.path)
        migrate(self.db)
        self.clock = clock
        self.hall = Hall()
        self.committed: Callable[[], None] = lambda: None
        self.rolled_back: Callable[[], None] = lambda: None
        self._day_of, self._standing, self._told = day_of, standing, told
        self._last_hash, self._last_at = "", datetime.min.replace(tzinfo=UTC)
        self.first_row_of_day = 1
        self._mailbox: Mailbox[Work[Any]] = Mailbox()
        self._astray = self._slipped = False
        self._writer: gevent.Greenlet[..., None] | None = None

    def begin(self) -> None:
        """Folds what the file remembers and lets the writer work: once, when whoever is told of rows can listen."""
        self._refold()
        self._writer = gevent.spawn(self._run)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.kill()
        self.db.conn.close()
        self._lock.release()

    def do(self, work: Work[T]) -> T:
        """Waits until the decision is committed. Raises Refused, KeyReused or StorageTrouble."""
        self._mailbox.put(work)
        return cast(T, work.result.get())

    def tick(self) -> None:
        """Lets time alone do what is due."""
        self.do(Work("system", lambda _hall, _now: (), lambda _hall, _rows: None))

    # --- the writer ---

    def _run(self) -> None:
        while True:
            batch = [self._mailbox.get()]
            while len(batch) < BATCH_MAX and not self._mailbox.empty():
                batch.append(self._mailbox.get_nowait())
            self._write(batch)

    def _write(self, batch: list[Work[Any]]) -> None:
        """One transaction for all. Nothing here yields, so nobody reads the hall before it is committed."""
        outcomes: list[tuple[Work[Any], Any, Exception | None]] = []
        try:
            if self._astray:
                self._refold()
            self.db.conn.execute("BEGIN IMMEDIATE")
            now = self._now()
            self._append("system", self._standing(self.hall, now), now)
            for work in batch:
                outcomes.append((work, *self._decide(work, now)))
            self._save_changed()
            self.db.conn.execute("COMMIT")
        except Exception as error:  # a border: whatever went wrong, nobody of this batch may be told it was saved
            log.error("batch_failed", error=type(error).__name__, size=len(batch), exc_info=True)
            with suppress(sqlite3.Error):
                self.db.conn.execute("ROLLBACK")
            self.rolled_back()
            self._find_back()
            for work in batch:
                work.result.set_exception(StorageTrouble(str(error)))
            return
        self.committed()
        for work, answer, refusal in outcomes:
            if refusal is not None:
                work.result.set_exception(refusal)
            else:
                work.result.set(answer)

    def _find_back(self) -> None:
        """The hall as the file has it. A file that cannot even be read is tried again before the next batch: the
        writer must outlive it, or everybody who asks from then on would wait for ever."""
        self._astray = True
        with suppress(sqlite3.Error):
            self._refold()

    def _decide(self, work: Work[Any], now: datetime) -> tuple[Any, Exception | None]:
        """The answer, or the refusal."""
        if work.key and (known := self._known_answer(work)):
            return known
        try:
            events = work.decide(self.hall, now)
        except Refused as refusal:
            self._append(work.actor, refusal.events, now)
            self._remember(work, None, refusal)
            return None, refusal
        except Exception as bug:  # noqa: BLE001 (deciding changes nothing, so a bug there is its own caller’s alone)
            return None, bug
        rows = self._append(work.actor, events, now)
        if work.then:
            with suppress(Refused):
                rows += self._append(work.actor, work.then(self.hall, now), now)
        if work.also:
            work.also(self.db)
        answer = work.answer(self.hall, rows)
        self._remember(work, answer, None)
        return answer, None

    def _append(self, actor: str, events: Sequence[ev.Event], now: datetime) -> list[ev.Row]:
        rows = []
        for event in events:
            if isinstance(event, ev.DayOpened):
                day = event.day
                self._forget(day)
            else:
                day = self.hall.day.day if self.hall.day else self._day_of(now)
            row = ev.Row(self.hall.seq + 1, now, day, actor, event)
            self._insert(row)
            self.hall.apply(row)
            self._told(self.hall, row)
            rows.append(row)
        return rows

    def _insert(self, row: ev.Row) -> None:
        record = {
            "seq": row.seq,
            "at": stamp(row.at),
            "service_date": row.day.isoformat(),
            "type": type(row.event).__name__,
            "actor": row.actor,
            "data": ev.to_json(row.event),
        }
        digest = chained(self._last_hash, record)
        record |= {"prev_hash": self._last_hash, "hash": digest}
        self.db.conn.execute(_saving("log", tuple(record)), record)
        self._last_hash, self._last_at = digest, row.at

    def _save_changed(self) -> None:
        # While a row waits for the one it refers to, SQLite searches whole tables at every other insert.
        for record in sorted(self.hall.take_changed(), key=lambda record: _ORDER[type(record)]):
            row = record.row()
            self.db.conn.execute(_saving(TABLES[type(record)], tuple(row)), row)

    def _now(self) -> datetime:
        """The clock's time, to the millisecond; a clock that is set back waits for the last row's time to come again.

        Whoever comes now would else stand before those who wait. A step of more than a day corrects a clock that was
        plainly wrong: standing still until then would close the centre, so the right time is taken.
        """
        now = self.clock.now()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        back = self._last_at - now
        slipped = back > timedelta()
        if slipped and not self._slipped:
            log.warning("clock_set_back", seconds=back.total_seconds())
        self._slipped = slipped
        return self._last_at if slipped and back <= CLOCK_SLIP else now

    # --- answers that are remembered ---

    def _known_answer(self, work: Work[Any]) -> tuple[Any, Exception | None] | None:
        assert work.key is not None
        found = self.db.conn.execute(
            "SELECT body_hash, refused, answer FROM answer WHERE actor = ? AND command = ? AND key = ?",
            (work.actor, work.key.command, work.key.key),
        ).fetchone()
        if found is None:
            return None
        body_hash, refused, answer = found
        if body_hash != work.key.body_hash:
            return None, KeyReused()
        if refused:
            kind, code = refused.split(":")
            return None, _REFUSALS[kind](code, **json.loads(answer))
        return json.loads(answer), None

    def _remember(self, work: Work[Any], answer: Any, refusal: Refused | None) -> None:
        if work.key is None:
            return
        record = {
            "actor": work.actor,
            "command": work.key.command,
            "key": work.key.key,
            "body_hash": work.key.body_hash,
            "service_date": (self.hall.day.day if self.hall.day else self._day_of(self._last_at)).isoformat(),
            "refused": f"{type(refusal).__name__}:{refusal.code}" if refusal else None,
            "answer": json.dumps(refusal.values if refusal else answer, ensure_ascii=False),
        }
        self.db.conn.execute(_saving("answer", tuple(record)), record)

    def _forget(self, today: date) -> None:
        """What need not or may not be remembered any longer, as a new day begins."""
        oldest = (today - ANSWERS_KEPT).isoformat()
        self.db.conn.execute("DELETE FROM answer WHERE service_date < ?", (oldest,))
        # What was said of visitors is erased a day after theirs (R51).
        self.db.conn.execute("DELETE FROM visitor_note WHERE service_date < ?", ((today - NOTES_KEPT).isoformat(),))
        self.db.conn.execute("DELETE FROM booked_by WHERE erase_on <= ?", (today.isoformat(),))

    # --- the fold ---

    def _refold(self) -> None:
        """The hall as the file has it: the last day's rows, on top of the counters of all that came before."""
        self.hall = Hall()
        last = self.db.conn.execute("SELECT service_date, hash, at FROM log ORDER BY seq DESC LIMIT 1").fetchone()
        if last is None:
            self._last_hash, self._astray = "", False
            return
        day, self._last_hash, at = last
        self._last_at = datetime.fromisoformat(at)
        self.hall.fingerprint = _last_fingerprint(self.db)
        # A day's rows begin with DayOpened, and ids go on from the highest of the days before.
        self.hall.last_visit = _highest(self.db, "visit")
        self.hall.last_ticket = _highest(self.db, "ticket")
        self.hall.machines.update(_machines(self.db, day))
        self.hall.paper.update(_paper(self.db))
        # Of any day: an id that is given twice would overwrite the appointment that has it.
        self.hall.bookings.last = _highest(self.db, "appointment")
        for appointment in _booked(self.db, day):
            self.hall.bookings.take(appointment)
        self.first_row_of_day = 0
        for row in rows(self.db, "service_date = ?", (day,)):
            self.first_row_of_day = self.first_row_of_day or row.seq
            self.hall.apply(row)
            self._told(self.hall, row)
        self.hall.take_changed()
        self._astray = False
        self.committed()


def connect(path: Path, *, read_only: bool = False) -> Database:
    """The file, opened so that an acknowledged row survives a power cut (WAL, synchronous=FULL)."""
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"  # folders may be called «50% #1»
    # gevent may run the writer and a reader in the same thread only; the check would forbid the hub's own thread pool.
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
    return Database(connection)


@cache
def _saving(table: str, columns: tuple[str, ...]) -> str:
    """One prepared statement a table: sqlite-utils looks the table up anew at every insert, four times the cost.

    A record is changed in its place. REPLACE would delete it first: every row of other tables would be searched for
    references to it, and a number given twice would silently delete the ticket that has it.
    """
    names, values = ", ".join(columns), ", ".join(f":{column}" for column in columns)
    insert = f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608 (our own words)
    if table in ("log", "answer"):
        return insert
    key = _KEYS.get(table, ("id",))
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
    return f"{insert} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"


def chained(previous: str, record: dict[str, Any]) -> str:
    """The hash of a row of the log: of what it says and of the hash before it."""
    told = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{told}".encode()).hexdigest()


def rows(db: Database, where: str = "1", values: Sequence[Any] = ()) -> Iterator[ev.Row]:
    """Rows of the log in order, as events."""
    for seq, at, day, kind, actor, data in db.conn.execute(
        f"SELECT seq, at, service_date, type, actor, data FROM log WHERE {where} ORDER BY seq",  # noqa: S608 (our own words)
        values,
    ):
        yield ev.Row(seq, datetime.fromisoformat(at), date.fromisoformat(day), actor, ev.from_json(kind, data))


def _highest(db: Database, table: str) -> int:
    return int(db.conn.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])  # noqa: S608 (our own words)


def _last_fingerprint(db: Database) -> str:
    found = next(rows(db, "seq = (SELECT max(seq) FROM log WHERE type = 'SettingsChanged')"), None)
    return found.event.fingerprint if found and isinstance(found.event, ev.SettingsChanged) else ""


def _machines(db: Database, today: str) -> Iterator[tuple[int, Machine]]:
    """How each machine was before ``today``: it says so only when that changes, and midnight refills no paper."""
    last_word_of_each = (
        "seq IN (SELECT max(seq) FROM log WHERE type = 'DeviceReported' AND service_date < ?"
        " GROUP BY json_extract(data, '$.device'))"
    )
    for row in rows(db, last_word_of_each, (today,)):
        if isinstance(row.event, ev.DeviceReported):
            yield row.event.device, Machine(row.event.ok, row.event.trouble, row.at)


def _booked(db: Database, today: str) -> Iterator[Appointment]:
    """What is agreed for today and the days to come. Rows of today's log set their own again."""
    for row in db.table("appointment").rows_where("service_date >= ?", [today]):
        yield Appointment.of_row(dict(row))


def _paper(db: Database) -> Iterator[tuple[date, int]]:
    for day, number in db.conn.execute("SELECT service_date, number FROM paper_ticket"):
        yield date.fromisoformat(day), number


def _lock(folder: Path) -> FileLock:
    lock = FileLock(folder / "server.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise FolderInUse(str(folder)) from error
    return lock
