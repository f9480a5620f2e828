"""The one file: its tables and what forbids rewriting the log. Migrations are numbered and run once, in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sqlite_utils import Database

_FIRST = """
CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    service_date TEXT NOT NULL,
    type TEXT NOT NULL,
    actor TEXT NOT NULL,
    data TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX log_by_day ON log (service_date, seq);
CREATE INDEX log_settings ON log (seq) WHERE type = 'SettingsChanged';
CREATE INDEX log_machines ON log (seq) WHERE type = 'DeviceReported';
CREATE TRIGGER log_keeps_every_row BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_keeps_every_word BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TABLE service_day (
    day TEXT PRIMARY KEY,
    opened_at TEXT NOT NULL,
    closed_at TEXT
) STRICT;
CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    service_date TEXT NOT NULL,
    created_at TEXT NOT NULL,
    channel TEXT NOT NULL,
    language TEXT NOT NULL
) STRICT;
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,
    visit INTEGER NOT NULL REFERENCES visit (id),
    service_date TEXT NOT NULL,
    service INTEGER NOT NULL,
    service_group TEXT NOT NULL,
    letter TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    desk INTEGER,
    issued_at TEXT NOT NULL,
    queue_key TEXT NOT NULL,
    ahead_at_issue INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    first_called_at TEXT,
    started_at TEXT,
    ended_at TEXT,
    returns INTEGER NOT NULL,
    not_before_calls INTEGER NOT NULL,
    pinned_desk INTEGER,
    UNIQUE (service_date, letter, number)
) STRICT;
CREATE TABLE leg (
    ticket INTEGER NOT NULL REFERENCES ticket (id),
    n INTEGER NOT NULL,
    service INTEGER NOT NULL,
    service_group TEXT NOT NULL,
    desk INTEGER,
    user INTEGER,
    queued_at TEXT NOT NULL,
    first_called_at TEXT,
    answered_call_at TEXT,
    started_at TEXT,
    ended_at TEXT,
    outcome TEXT,
    PRIMARY KEY (ticket, n)
) STRICT;
CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL REFERENCES ticket (id),
    leg INTEGER NOT NULL,
    n INTEGER NOT NULL,
    desk INTEGER NOT NULL,
    user INTEGER,
    called_at TEXT NOT NULL,
    outcome TEXT,
    announced TEXT
) STRICT;
CREATE TABLE desk_session (
    id INTEGER PRIMARY KEY,
    desk INTEGER NOT NULL,
    user INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    paused TEXT,
    served INTEGER NOT NULL
) STRICT;

CREATE TABLE answer (
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    service_date TEXT NOT NULL,
    refused TEXT,
    answer TEXT NOT NULL,
    PRIMARY KEY (actor, command, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_day ON answer (service_date);

CREATE TABLE settings (
    fingerprint TEXT PRIMARY KEY,
    document TEXT NOT NULL
) STRICT;

CREATE TABLE user (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    pin_hash TEXT,
    surname TEXT NOT NULL,
    given_name TEXT NOT NULL,
    patronymic TEXT NOT NULL,
    provider TEXT,
    roles TEXT NOT NULL,
    primary_groups TEXT NOT NULL,
    secondary_groups TEXT NOT NULL,
    active INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    locked_until TEXT
) STRICT;
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES user (id),
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE device (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    token_hash TEXT NOT NULL UNIQUE,
    active INTEGER NOT NULL
) STRICT;
"""

_LAW_OF_THE_QUEUE = """
ALTER TABLE ticket ADD COLUMN promised_low_s INTEGER;
ALTER TABLE ticket ADD COLUMN promised_high_s INTEGER;
ALTER TABLE ticket ADD COLUMN entered_late INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN slot TEXT;
ALTER TABLE ticket ADD COLUMN claim TEXT NOT NULL DEFAULT 'none';
ALTER TABLE ticket ADD COLUMN hold_until TEXT;
ALTER TABLE ticket ADD COLUMN snoozes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit ADD COLUMN patience INTEGER NOT NULL DEFAULT 1;
ALTER TABLE call ADD COLUMN tier TEXT NOT NULL DEFAULT 'ordinary';
CREATE INDEX call_by_ticket ON call (ticket);

CREATE TABLE provider_day (
    day TEXT NOT NULL,
    provider TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at TEXT,
    stopped_at TEXT,
    closed_at TEXT,
    PRIMARY KEY (day, provider)
) STRICT, WITHOUT ROWID;
CREATE TABLE suspension (
    id INTEGER PRIMARY KEY,
    service_date TEXT NOT NULL,
    kind TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT
) STRICT;
CREATE INDEX suspension_by_day ON suspension (service_date);
CREATE TABLE paper_ticket (
    id INTEGER PRIMARY KEY,
    service_date TEXT NOT NULL,
    service INTEGER NOT NULL,
    service_group TEXT NOT NULL,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (service_date, number)
) STRICT;

CREATE TABLE visitor_note (
    id INTEGER PRIMARY KEY,
    service_date TEXT NOT NULL,
    kind TEXT NOT NULL,
    about INTEGER,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX visitor_note_by_day ON visitor_note (service_date);
CREATE INDEX visitor_note_about ON visitor_note (kind, about);
"""

_APPOINTMENTS = """
CREATE TABLE appointment (
    id INTEGER PRIMARY KEY,
    service_date TEXT NOT NULL,
    service INTEGER NOT NULL,
    service_group TEXT NOT NULL,
    letter TEXT NOT NULL,
    number INTEGER NOT NULL,
    slot TEXT NOT NULL,
    slot_end TEXT NOT NULL,
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    ticket INTEGER,
    instead_of INTEGER,
    UNIQUE (service_date, letter, number)
) STRICT;
CREATE TABLE booked_by (
    appointment INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    surname TEXT,
    given_name TEXT,
    contact TEXT,
    notice_version TEXT,
    noticed_at TEXT,
    erase_on TEXT NOT NULL
) STRICT;
CREATE INDEX booked_by_erasure ON booked_by (erase_on);
"""


def _first(db: Database) -> None:
    _execute(db, _FIRST)


def _law_of_the_queue(db: Database) -> None:
    _execute(db, _LAW_OF_THE_QUEUE)


def _appointments(db: Database) -> None:
    _execute(db, _APPOINTMENTS)


def _execute(db: Database, statements: str) -> None:
    # One statement at a time: executescript() would commit the transaction that a migration runs in.
    statement = ""
    for line in statements.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""


class NewerFile(Exception):
    """The file was written by a newer version of the program."""


MIGRATIONS: tuple[Callable[[Database], None], ...] = (_first, _law_of_the_queue, _appointments)


def migrate(db: Database) -> None:
    """Brings the file up to this version, each step in its own transaction. Raises NewerFile."""
    version = int(db.conn.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise NewerFile(version)
    for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
        db.conn.execute("BEGIN IMMEDIATE")
        migration(db)
        db.conn.execute(f"PRAGMA user_version = {number}")
        db.conn.execute("COMMIT")
