"""Did every call follow the rules? Replays the log and, before each call, asks the rules who should have come (R12).

Compares what the log says with what the rules say and judges nobody; whether the log itself was rewritten is the
hash chain's question (``queue_server.verify``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from config.settings import Centre
from queue_server.hall import Hall
from queue_server.ledger import FILE, connect
from queue_server.rules import appointments, calling, serving
from queue_server.rules import events as ev
from queue_server.rules.refusal import Refused
from queue_server.rules.visits import number_of

GIVE_UP_AFTER = 20  # rows of one day that cannot be folded; every one costs a new fold of the day

Kind = Literal["manual", "out_of_order", "forbidden", "record_differs", "no_settings"]
"""A call out of order as such; another number than the rule's; one the rules refuse at that moment; the right number
with a decision record that is not the rules'; one that cannot be judged because nobody knows the settings."""


class NoSettings(Exception):
    """The settings with this fingerprint are not kept, or are not what their fingerprint says."""


@dataclass(frozen=True, slots=True)
class Departure:
    """One call that is not what «Наступний» or «За записом» would have done. ``seq`` is its row in the log.

    ``expected`` is the number the rule would have called there and then, with its tier; None when nobody.
    ``refused`` is the stable code of the rule that forbids a ``forbidden`` call.
    """

    seq: int
    day: date
    at: datetime
    kind: Kind
    number: str
    desk: int
    actor: str
    tier: ev.Tier
    reason: str = ""
    expected: str | None = None
    expected_tier: ev.Tier | None = None
    refused: str = ""
    login: str = ""
    timezone: str = "UTC"  # the centre's own

    @property
    def explained(self) -> bool:
        """Out of order openly, by the desk's own command for it, and with a reason in the log."""
        return self.kind == "manual" and bool(self.reason)


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that cannot be read or folded. ``gave_up``: from here on the rest of its day was not judged."""

    seq: int
    day: date | None
    why: str
    gave_up: bool = False


@dataclass(slots=True)
class Audit:
    """What was looked at and what departs from the rules."""

    days: int = 0
    calls: int = 0
    departures: list[Departure] = field(default_factory=list)
    unfoldable: list[Broken] = field(default_factory=list)

    @property
    def explained(self) -> int:
        return sum(departure.explained for departure in self.departures)

    @property
    def unexplained(self) -> int:
        return len(self.departures) - self.explained

    @property
    def passed(self) -> bool:
        """Every call was judged, and every departure has its reason in the log."""
        return not self.unexplained and not self.unfoldable


@dataclass(slots=True)
class _Replay:
    """The hall of one day, which a row that makes no sense leaves as it was."""

    centre_of: Callable[[str], Centre]
    fingerprint: str
    hall: Hall = field(default_factory=Hall)
    day: list[ev.Row] = field(default_factory=list)
    broken: int = 0

    def begin(self) -> None:
        self.fingerprint, self.hall = self.hall.fingerprint or self.fingerprint, Hall()
        self.hall.fingerprint = self.fingerprint
        self.day.clear()
        self.broken = 0

    def fold(self, row: ev.Row) -> str:
        """What is wrong with the row, if anything; the hall is then as before it."""
        try:
            self.hall.apply(row)
        except Exception as error:  # noqa: BLE001 (a border: whoever rewrote the log may have written anything)
            self._without_it()
            return _named(error)
        self.day.append(row)
        self.hall.take_changed()
        return ""

    def _without_it(self) -> None:
        """A row is folded in many steps, and nobody knows how many of them were done."""
        self.broken += 1
        self.hall = Hall()
        self.hall.fingerprint = self.fingerprint
        for row in self.day:
            self.hall.apply(row)

    def judge(self, row: ev.Row, event: ev.TicketCalled) -> Departure | None:
        return judge(self.hall, row, event, self.centre_of)


def audit(rows: Iterable[ev.Row | Broken], centre_of: Callable[[str], Centre], fingerprint: str = "") -> Audit:
    """Judges every call in ``rows`` (whole days, in the log's order). ``centre_of`` gives the settings of a
    fingerprint or raises NoSettings; ``fingerprint`` names those in force before the first row."""
    found, replay = Audit(), _Replay(centre_of, fingerprint)
    replay.begin()
    gave_up = False
    for row in rows:
        if isinstance(row, Broken):
            found.unfoldable.append(row)
            continue
        if isinstance(row.event, ev.DayOpened):
            found.days += 1
            replay.begin()
            gave_up = False
        if gave_up:
            if isinstance(row.event, ev.SettingsChanged):  # the next day begins with them
                replay.hall.fingerprint = row.event.fingerprint
            continue
        departure, wrong = None, ""
        if isinstance(row.event, ev.TicketCalled):
            found.calls += 1
            try:
                departure = replay.judge(row, row.event)
            except Exception as error:  # noqa: BLE001 (a border: a forged hall may break any rule)
                wrong = _named(error)
        if wrong := replay.fold(row) or wrong:
            gave_up = replay.broken >= GIVE_UP_AFTER
            found.unfoldable.append(Broken(row.seq, row.day, wrong, gave_up))
        elif departure:
            found.departures.append(departure)
    return found


def judge(hall: Hall, row: ev.Row, event: ev.TicketCalled, centre_of: Callable[[str], Centre]) -> Departure | None:
    """The call of ``row``, held against the rules in the hall as it stood just before; None when they agree."""
    ticket = hall.tickets[event.ticket]
    told = Departure(
        row.seq, row.day, row.at, "manual", number_of(ticket), event.desk, row.actor, event.choice.tier, event.reason
    )
    try:
        centre = centre_of(hall.fingerprint)
    except NoSettings:
        return replace(told, kind="no_settings")
    told = replace(told, timezone=centre.timezone)
    session = hall.desks.get(event.desk)
    found = calling.next_for(hall, session, row.at, centre) if session else None
    if found:
        told = replace(told, expected=number_of(found[0]), expected_tier=found[1].tier)
    try:
        ours = _by_the_rules(hall, row, event, centre)
    except Refused as refused:
        return replace(told, kind="forbidden", refused=refused.code)
    if event.choice.tier not in ("manual", "by_record") and (found is None or found[0] is not ticket):
        return replace(told, kind="out_of_order")
    if ours != [event]:
        return replace(told, kind="record_differs")
    return told if event.choice.tier == "manual" else None


def _by_the_rules(hall: Hall, row: ev.Row, event: ev.TicketCalled, centre: Centre) -> list[ev.Event]:
    """What the command behind the call would have decided. Raises Refused."""
    session = hall.desks.get(event.desk)
    hand = row.user if session and session.user == row.user else None  # another's hand at the desk is a head's
    match event.choice.tier:
        case "manual":
            return serving.call_out_of_order(
                hall, row.at, centre, event.desk, hand, event.ticket, event.reason, event.note
            )
        case "by_record":
            return appointments.call_by_record(hall, row.at, centre, event.desk, hand, event.ticket)
        case _:
            return serving.call_next(hall, row.at, centre, event.desk, row.user)


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


# --- of a file ---


def audit_file(folder: Path, day: date | None = None) -> Audit:
    """The log in ``folder``, all of it or one service day; reads only, beside a running server if need be.

    Raises FileNotFoundError when there is no file.
    """
    path = folder / FILE
    if not path.exists():
        raise FileNotFoundError(path)
    db = connect(path, read_only=True)
    db.conn.execute("BEGIN")  # one moment of the file, though a server may be writing
    try:
        found = audit(_rows(db, day), settings_kept(db), _in_force_before(db, day))
        logins = dict(db.conn.execute("SELECT 'user:' || id, login FROM user"))
    finally:
        db.conn.close()
    found.departures = [replace(one, login=logins.get(one.actor, "")) for one in found.departures]
    return found


def settings_kept(db: Database) -> Callable[[str], Centre]:
    """The settings of a fingerprint, as the file keeps them. The function raises NoSettings."""

    @cache
    def centre_of(fingerprint: str) -> Centre:
        kept = db.conn.execute("SELECT document FROM settings WHERE fingerprint = ?", (fingerprint,)).fetchone()
        if kept is None or _fingerprint(kept[0]) != fingerprint:
            raise NoSettings(fingerprint)
        return Centre.model_validate_json(kept[0])

    return centre_of


def _fingerprint(document: str) -> str:
    """Of the document as it was written: a newer version's own settings are no reason to doubt an old day."""
    canonical = json.dumps(json.loads(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _in_force_before(db: Database, day: date | None) -> str:
    found = db.conn.execute(
        "SELECT json_extract(data, '$.fingerprint') FROM log WHERE type = 'SettingsChanged' AND json_valid(data)"
        " AND seq < (SELECT min(seq) FROM log WHERE service_date = ?) ORDER BY seq DESC LIMIT 1",
        (day.isoformat() if day else "",),
    ).fetchone()
    return str(found[0]) if found else ""


def _rows(db: Database, day: date | None) -> Iterator[ev.Row | Broken]:
    where, values = ("WHERE service_date = ?", (day.isoformat(),)) if day else ("", ())
    for seq, at, of_day, kind, actor, data in db.conn.execute(
        f"SELECT seq, at, service_date, type, actor, data FROM log {where} ORDER BY seq",  # noqa: S608 (our own words)
        values,
    ):
        try:
            moment = datetime.fromisoformat(at)
            if moment.tzinfo is None:
                raise ValueError(at)
            row = ev.Row(seq, moment, date.fromisoformat(of_day), actor, ev.from_json(kind, data))
        except (ValueError, KeyError) as error:  # pydantic's own mistake is a ValueError; a kind nobody knows
            yield Broken(seq, None, type(error).__name__)
        else:
            yield row
