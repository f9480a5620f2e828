"""One running centre: what every door needs, put together once. Knows who remembers and who tells, not how to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from config.difference import Change, difference, fingerprint
from config.settings import Centre
from queue_server import history, views
from queue_server import messages as m
from queue_server.accounts import Accounts, TicketSecrets
from queue_server.booked import Booked
from queue_server.clock import Clock
from queue_server.hall import Hall
from queue_server.ledger import Ledger, Work
from queue_server.messages import Role
from queue_server.notes import Notes
from queue_server.rules import day
from queue_server.rules import events as ev
from queue_server.rules.hours import local_day
from queue_server.stream import Stream


class StillInUse(Exception):
    """The new centre file takes away a group where people wait or its last operator, or a desk or an operator that is
    at work today."""

    def __init__(self, things: list[str]) -> None:
        super().__init__(", ".join(things))
        self.things = things


class Site:
    """The centre's settings in force, its ledger, its followers and its accounts."""

    def __init__(self, centre: Centre, folder: Path, clock: Clock, *, why: str = "", who: str = "") -> None:
        """Opens the folder and applies the settings. Raises FolderInUse when another server has it."""
        self.centre = centre
        self.clock = clock
        self.stream = Stream(clock.now)
        self.ledger = Ledger(folder, clock, day_of=self._day_of, standing=self._standing, told=self._told)
        self.ledger.committed = lambda: self.stream.publish(self.hall.seq)
        self.ledger.rolled_back = self.stream.drop
        self.secrets = TicketSecrets(folder, centre.code)
        self.accounts = Accounts(self.ledger)
        self.notes = Notes(self.ledger)
        self.booked = Booked(self.ledger)
        self._heard: dict[int, datetime] = {}  # when each user was last heard of
        self.ledger.begin()
        self.stream.start_after(self.ledger.first_row_of_day - 1)
        self.ledger.tick()  # yesterday is closed before the new settings are held against it
        try:
            self.apply(centre, "system", why, who)
        except StillInUse:
            self.close()
            raise

    def close(self) -> None:
        self.ledger.close()

    @property
    def hall(self) -> Hall:
        """Today; the ledger may put another one in its place, so it is asked for anew each time."""
        return self.ledger.hall

    def now(self) -> datetime:
        return self.clock.now()

    def apply(self, centre: Centre, actor: str, why: str, who: str = "") -> None:
        """Puts a centre file in force and notes what differs from the last one, who applied it and why (R39).

        Raises StillInUse.
        """
        before = self._settings_in_force()
        left = self._who_left(before, centre) if before else {}
        if gone := _in_use_and_gone(self.hall, centre, left) + self._left_alone(centre, left):
            raise StillInUse(gone)
        self.centre = centre
        self.accounts.sync_operators(centre, left)  # a start that is cut off here does it again
        if (sign := fingerprint(centre)) != self.hall.fingerprint:
            changes = tuple(map(_without_names, difference(before, centre))) if before else ()
            document = {"fingerprint": sign, "document": centre.model_dump_json()}
            event = ev.SettingsChanged(sign, changes, why, who)
            self.ledger.do(
                Work(
                    actor,
                    lambda _hall, _now: [event],
                    lambda _hall, _rows: None,
                    also=lambda db: db.table("settings").insert(document, pk="fingerprint", replace=True),
                )
            )

    def _settings_in_force(self) -> Centre | None:
        known = self.ledger.db.table("settings")
        rows = list(known.rows_where("fingerprint = ?", [self.hall.fingerprint]))
        return Centre.model_validate_json(rows[0]["document"]) if rows else None

    def _who_left(self, before: Centre, centre: Centre) -> dict[int, str]:
        """The operators that only the file before has, by row number."""
        gone = {operator.login for operator in before.operators} - {operator.login for operator in centre.operators}
        return {id_: login for id_, login in self.accounts.logins.items() if login in gone}

    def _left_alone(self, centre: Centre, left: Mapping[int, str]) -> list[str]:
        """The groups where people wait now and that no operator would serve any more, though somebody does."""
        operators = [user for user in self.accounts.users() if user.active and Role.OPERATOR in user.roles]
        named = {operator.login: {*operator.primary, *operator.secondary} for operator in centre.operators}
        staying = (user.groups for user in operators if user.login not in named and user.id not in left)
        served = {group for groups in (*named.values(), *staying) for group in groups}
        waiting = {code for code, queue in self.hall.queues.items() if len(queue)} if self.hall.is_open else set()
        lost = waiting & {group for user in operators for group in user.groups} - served
        return [f"operators[…].primary[{group}]" for group in sorted(lost)]

    # --- what operators are called ---

    def operator_at(self, desk: int) -> tuple[str, m.PersonName] | None:
        session = self.hall.desks.get(desk)
        user = self.accounts.user(session.user) if session else None
        return (user.login, user.name) if user else None

    def desk_view(self, desk: int) -> m.DeskView:
        return self.with_notes(views.desk_view(self.hall, self.centre, desk, self.now(), self.operator_at(desk)))

    def with_notes(self, desk: m.DeskView) -> m.DeskView:
        """The same with what is noted of the visitor in hand: needs, and the class that is claimed."""
        if desk.ticket is None:
            return desk
        code = self.notes.priority(desk.ticket.id) if desk.ticket.claim != "none" else None
        claimed = next((c for c in self.centre.priority_classes if c.code == code), None)
        needs = self.notes.needs(desk.ticket.visit)
        return desk.model_copy(update={"needs": needs, "priority": claimed.name if claimed else None})

    def hear(self, user: int) -> None:
        """A console of this user is alive."""
        self._heard[user] = self.now()

    def silent(self, desk: int) -> bool:
        """Whether nothing was heard from the desk's console for ``release_after_s`` (T21)."""
        session = self.hall.desks.get(desk)
        if session is None:
            return False
        last = max(self._heard.get(session.user, session.since), session.since)
        return self.now() - last > timedelta(seconds=self.centre.rules.release_after_s)

    # --- what the ledger asks ---

    def _day_of(self, moment: datetime) -> date:
        return local_day(moment, self.centre)

    def _standing(self, hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return day.due(hall, now, self.centre, lambda: history.paces(self.ledger.db, self._day_of(now)))

    def _told(self, hall: Hall, row: ev.Row) -> None:
        frame = views.staff_frame(hall, self.centre, row, self.accounts.logins)
        if frame is not None:
            self.stream.take(frame, views.public_frame(frame))


def _in_use_and_gone(hall: Hall, centre: Centre, left: Mapping[int, str]) -> list[str]:
    """What people wait for or work with today, and the new file no longer has; ``left``: operators by row number."""
    if not hall.is_open:
        return []
    groups, desks = {g.code for g in centre.groups}, {d.number: set(d.groups) for d in centre.desks}
    waiting = [f"groups[{code}]" for code, queue in hall.queues.items() if len(queue) and code not in groups]
    seated = [f"desks[{n}]" for n, session in hall.desks.items() if not set(session.groups) <= desks.get(n, set())]
    working = [f"operators[{left[session.user]}]" for session in hall.desks.values() if session.user in left]
    return waiting + seated + working


def _without_names(change: Change) -> tuple[str, str, str]:
    """The log keeps no names, not even of staff: of an operator it says only that the entry changed."""
    if change.key.startswith("operators"):
        return change.key, "", ""
    return change.key, change.old, change.new


def dumped(message: m.Message) -> dict[str, Any]:
    """A message as JSON can carry it."""
    return message.model_dump(mode="json")
