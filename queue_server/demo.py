"""A whole day of a whole centre on one machine: real server, real kiosk logic, real paper over TCP, real voice.

Visitors and operators are imagined, everything else is the product. The day is played on a clock that stands still
until the demo moves it, so it is the same at night and on Sundays; nothing outside the process can set that clock.
"""

from __future__ import annotations

import heapq
import json
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from math import ceil
from pathlib import Path

import gevent
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from config.settings import Centre, Desk, Operator
from config.words import Words, clock_time
from display_board.announcements import Announcements, Pace, Wait
from display_board.announcer import Announcer
from display_board.board import Board
from display_board.outbox import Outbox
from display_board.sound import chime
from display_board.speaker import SilentSpeaker
from display_board.voice import Voice
from kiosk.terminal import Terminal
from printers.spool import Spool
from printers.virtual import VirtualPrinter
from printers.wires import open_wire
from queue_server import messages as m
from queue_server.app import Serving
from queue_server.client import QueueClient, Refused
from queue_server.clock import StoppedClock
from queue_server.demo_faces import Faces
from queue_server.machine_room import first_admin
from queue_server.site import Site
from queue_server.verify import Verdict, verify

MONDAY = date(2026, 3, 16)
STARTS, ARRIVALS_END, LATEST = time(7, 45), time(16, 20), time(23, 0)
PIN = "1234"
MARK = ".cherha-demo"  # only a folder that a demonstration made is cleared by the next one
PICTURES_BY = time(11, 0)
CALLS_IN_PICTURE = 4  # a wall with several calls shows more than a quiet one


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asked for. ``speed`` None: as fast as the machine can."""

    visitors: int
    seed: int
    speed: float | None
    headless: bool
    to: Path
    as_json: bool


@dataclass(slots=True)
class Figures:
    """The day in figures; waits in seconds, by nearest rank, from queueing to the answered call."""

    visitors: int = 0
    asked: int = 0
    tickets: int = 0
    refused: int = 0
    served: int = 0
    no_show: int = 0
    expired: int = 0
    cancelled: int = 0
    calls: int = 0
    printed: int = 0
    announced: int = 0
    skipped_by_rule: int = 0
    wait_median_s: int = 0
    wait_p90_s: int = 0
    laws_checked: int = 0
    laws_broken: int = 0


@dataclass(slots=True)
class Colleague:
    """An imagined operator at a desk."""

    desk: Desk
    operator: Operator
    client: QueueClient
    lunch_at: datetime
    idle: bool = False
    asked_to_call: bool = False
    lunched: bool = False
    gone: bool = False


class Demo:
    """Plays one day and ends by itself."""

    def __init__(self, centre: Centre, wishes: Wishes, words: Words) -> None:
        self._centre = centre
        self._wishes = wishes
        self._words = words
        self._random = random.Random(wishes.seed)  # noqa: S311 (a play must be the same each time)
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._figures = Figures(visitors=wishes.visitors)
        self._clock = StoppedClock(self._local(STARTS))
        self._console = Console(stderr=True, highlight=False)
        self._comes_not: set[int] = set()
        self._voice_due: datetime | None = None
        self._divergences: list[str] = []
        self._pictured = False

    # --- the frame of the day ---

    def run(self) -> int:
        """0, or 1 when a law was broken."""
        folder = self._wishes.to
        for part in ("data", "slips", "pictures"):
            shutil.rmtree(folder / part, ignore_errors=True)
            (folder / part).mkdir(parents=True)
        (folder / MARK).touch()
        signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))  # and close the windows
        with ExitStack() as stack:
            self._open(stack, folder)
            self._play()
            self._check_followers()
            self._count_answers()
        verdict = verify(folder / "data")
        self._finish(verdict)
        self._tell(verdict)
        return 1 if self._figures.laws_broken else 0

    def _open(self, stack: ExitStack, folder: Path) -> None:
        site = Site(self._centre, folder / "data", self._clock, why="demo")
        serving = Serving(site, "127.0.0.1", 0, ticking=False)
        stack.callback(serving.stop)
        first_admin(site)
        # The visitor's own page is found by the address on the paper.
        server = self._centre.server.model_copy(update={"public_url": serving.url})
        self._centre = self._centre.model_copy(update={"server": server})
        site.apply(self._centre, "system", "demo")
        self._site, self._url = site, serving.url

        printer = stack.enter_context(VirtualPrinter("127.0.0.1", 0, folder / "slips"))
        kiosk_token = site.accounts.add_device(m.DeviceKind.KIOSK, "demo-kiosk")
        board_token = site.accounts.add_device(m.DeviceKind.BOARD, "demo-board")
        wire = open_wire(printer.address, self._centre.printer.timeout_s)
        spool = Spool(wire, self._centre.printer.paper_mm)
        self._terminal = Terminal(stack.enter_context(QueueClient(self._url, kiosk_token)), spool)
        self._open_board(stack, board_token, folder)
        self._colleagues = list(self._hire(stack))
        # The windows are machines of their own: what they report must not stand for what the day's own voice did.
        tokens = {kind.value: site.accounts.add_device(kind, f"demo-window-{kind}") for kind in m.DeviceKind}
        self._faces = Faces(folder / "pictures", self._url, tokens, self._console)
        if not self._wishes.headless:
            stack.callback(self._faces.close)
            self._faces.open_windows(self._words, [c.operator.login for c in self._colleagues], PIN)

    def _open_board(self, stack: ExitStack, token: str, folder: Path) -> None:
        voice = stack.enter_context(Voice(folder / "voice", rate_wpm=self._centre.voice.rate_wpm))
        voice.warm()
        client = stack.enter_context(QueueClient(self._url, token))
        settings = self._centre.voice
        pace = Pace(
            timedelta(seconds=settings.second_reading_after_s),
            timedelta(seconds=self._centre.rules.announcement_stale_s),
            settings.single_reading_backlog,
        )
        self._announcer = Announcer(
            Announcements(pace),
            voice,
            SilentSpeaker(),
            Outbox(client),
            chime=chime(folder / "voice"),
            clock=self._clock.now,
        )
        view = client.board()
        self._announcer.hear_snapshot(view, view.now)
        self._board = Board.from_view(view, row_stays_s=self._centre.board.row_stays_s)
        self._heard = view.seq
        self._board_client = client
        follower = stack.enter_context(QueueClient(self._url, token))
        stack.callback(gevent.spawn(self._follow, follower, view.seq).kill)

    def _follow(self, client: QueueClient, after: int) -> None:
        for frame in client.follow(after, read_timeout_s=600):
            if isinstance(frame, m.Frame):
                self._announcer.hear(frame)
                self._board = self._board.after(frame)
                self._heard = frame.seq

    def _hire(self, stack: ExitStack) -> Iterator[Colleague]:
        """The operators of the centre file, each at a desk of the groups he or she knows best."""
        free = list(self._centre.desks)
        for number, operator in enumerate(self._centre.operators):
            known = {*operator.primary, *operator.secondary}
            capable = [desk for desk in free if known & set(desk.groups)]
            if not capable:
                continue
            desk = max(capable, key=lambda d: (len(set(d.groups) & set(operator.primary)), -d.number))
            free.remove(desk)
            self._site.accounts.set_pin(operator.login, PIN)
            client = stack.enter_context(QueueClient(self._url))
            lunch = self._local(time(12, 0)) + timedelta(minutes=30 * (number % 4))
            yield Colleague(desk, operator, client, lunch)

    # --- the day ---

    def _play(self) -> None:
        for moment in self._arrivals():
            self._at(moment, self._arrive)
        for number in range(self._late):
            self._at(self._local(time(16, 52 + number * 7)), self._arrive)
        for number, colleague in enumerate(self._colleagues):
            opens = self._local(time(8, 0)) + timedelta(seconds=7 * number)
            self._at(opens - timedelta(minutes=5), lambda who=colleague: self._take_seat(who))  # type: ignore[misc]
            self._at(opens, lambda who=colleague: self._call(who))  # type: ignore[misc]
        self._at(self._local(PICTURES_BY), self._take_pictures)
        with self._progress() as advance:
            while self._agenda and self._agenda[0][0] < self._local(LATEST):
                moment, _, act = heapq.heappop(self._agenda)
                self._pass_time(moment)
                act()
                self._settle()
                if sum(row.serving_since is None for row in self._board.rows) >= CALLS_IN_PICTURE:
                    self._take_pictures()
                advance(moment)
        self._pass_time(self._local(self._centre.rules.hard_day_stop))
        self._settle()

    def _arrivals(self) -> list[datetime]:
        """Busiest before lunch, as real offices are; the first stand at the door when the terminal opens."""
        first, last = self._local(STARTS), self._local(ARRIVALS_END)
        span = (last - first).total_seconds()
        shares = (self._random.betavariate(1.4, 1.9) for _ in range(self._wishes.visitors - self._late))
        return sorted(first + timedelta(seconds=share * span) for share in shares)

    @property
    def _late(self) -> int:
        """How many of the visitors come after the last ticket: in every larger centre somebody does."""
        return 2 if self._wishes.visitors >= 20 else 0

    def _take_pictures(self) -> None:
        """Once a day."""
        if not self._pictured:
            self._pictured = True
            self._faces.take_pictures(self._words, self._colleagues[0].operator.login, self._colleagues[0].desk.number)

    def _pass_time(self, moment: datetime) -> None:
        span = (moment - self._clock.now()).total_seconds()
        if self._wishes.speed and span > 0:
            gevent.sleep(span / self._wishes.speed)
        self._clock.move_to(moment)
        self._site.ledger.tick()

    def _settle(self) -> None:
        """Waits until the wall has heard everything, and lets the voice say what is due."""
        while self._heard < self._site.stream.last_public:
            gevent.sleep(0.001)
        now = self._clock.now()
        while not isinstance(action := self._announcer.step(now), Wait):
            pass
        if action.until and action.until > now and action.until != self._voice_due:
            self._voice_due = action.until
            self._at(action.until, lambda: None)

    def _at(self, moment: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self._agenda, (moment, next(self._order), act))

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        self._at(self._clock.now() + timedelta(seconds=seconds), act)

    def _local(self, at: time) -> datetime:
        return datetime.combine(MONDAY, at, self._centre.tz).astimezone(UTC)

    # --- visitors ---

    def _arrive(self) -> None:
        wanted = self._wanted()
        self._figures.asked += len(wanted)
        language = "en" if self._random.random() < 0.05 else "uk"
        try:
            taken = self._terminal.take_ticket(wanted, language)
        except (Refused, ValueError):
            self._figures.refused += len(wanted)
            return
        self._figures.tickets += len(taken)
        for ticket in taken:
            chance = self._random.random()
            if chance < 0.04:
                self._comes_not.add(ticket.view.ticket.id)
            elif chance < 0.05:
                self._after(self._random.uniform(60, 900), lambda id_=ticket.view.ticket.id: self._leave(id_))  # type: ignore[misc]
        self._wake()

    def _wanted(self) -> list[int]:
        offered = [s for s in self._centre.services if s.active]
        number = self._random.choices((1, 2, 3), (84, 13, 3))[0]
        return [service.number for service in self._random.sample(offered, min(number, len(offered)))]

    def _leave(self, ticket: int) -> None:
        """Thinks better of it and says so at a desk."""
        state = self._site.hall.tickets[ticket].state
        group = self._site.hall.tickets[ticket].group
        helper = next((c for c in self._colleagues if group in (*c.operator.primary, *c.operator.secondary)), None)
        if helper and state is m.TicketState.WAITING:
            helper.client.cancel(ticket, "visitor_left")

    # --- operators ---

    def _take_seat(self, who: Colleague) -> None:
        who.client.sign_in(who.operator.login, PIN)
        who.client.desk_command(who.desk.number, "open")

    def _wake(self) -> None:
        """Those who have nothing to do look at the queue again."""
        for who in self._colleagues:
            if who.idle and not who.asked_to_call:
                who.asked_to_call = True
                self._after(self._random.uniform(2, 6), lambda who=who: self._call(who))  # type: ignore[misc]

    def _call(self, who: Colleague) -> None:
        who.idle = who.asked_to_call = False
        now = self._clock.now()
        if not who.lunched and now >= who.lunch_at:
            who.lunched = True
            who.client.desk_command(who.desk.number, "pause", m.PauseFor(reason="lunch"))
            self._after(30 * 60, lambda: self._come_back(who))
            return
        answer = who.client.call_next(who.desk.number)
        if answer.ticket is not None:
            self._await_visitor(who, answer.ticket)
        elif now > self._local(time(17, 0)) and answer.reason == "queue_empty":
            who.client.desk_command(who.desk.number, "close")
            who.gone = True
        else:
            who.idle = True
            if answer.reason == "siblings_served" or now > self._local(time(16, 50)):
                self._after(61, self._wake)

    def _come_back(self, who: Colleague) -> None:
        who.client.desk_command(who.desk.number, "resume")
        self._call(who)

    def _await_visitor(self, who: Colleague, ticket: m.TicketView) -> None:
        rules = self._centre.rules
        if ticket.id in self._comes_not:
            if ticket.returns or self._random.random() < 0.5:
                self._comes_not.discard(ticket.id)  # comes the next time
            self._after(rules.recall_min_s + 10, lambda: self._recall(who))
            self._after(rules.no_show_min_s + 5, lambda: self._give_up(who, ticket.id))
        elif self._random.random() < 0.1:  # did not hear the first time
            self._after(rules.recall_min_s + 5, lambda: self._recall(who))
            self._after(rules.recall_min_s + 25, lambda: self._start(who, ticket))
        elif self._random.random() < 0.01:  # pressed by mistake
            self._after(4, lambda: self._withdraw(who))
        else:
            self._after(self._random.uniform(12, 50), lambda: self._start(who, ticket))

    def _recall(self, who: Colleague) -> None:
        who.client.desk_command(who.desk.number, "recall")

    def _withdraw(self, who: Colleague) -> None:
        who.client.desk_command(who.desk.number, "withdraw")
        self._after(5, lambda: self._call(who))

    def _give_up(self, who: Colleague, ticket: int) -> None:
        who.client.desk_command(who.desk.number, "no-show")
        if ticket not in self._comes_not:
            self._after(self._random.uniform(120, 1200), lambda: self._reinstate(who, ticket))
        self._after(3, lambda: self._call(who))

    def _reinstate(self, who: Colleague, ticket: int) -> None:
        if self._site.hall.tickets[ticket].state is m.TicketState.NO_SHOW and not who.gone:
            who.client.reinstate(ticket)
            self._wake()

    def _start(self, who: Colleague, ticket: m.TicketView) -> None:
        who.client.desk_command(who.desk.number, "start")
        minutes = self._centre.services_by_number[ticket.service].duration_min
        # Most matters are short; a few take very long. The mean is two thirds of the service’s own figure.
        seconds = minutes * 60 * min(self._random.lognormvariate(-0.55, 0.55), 3.5)
        self._after(max(40.0, seconds), lambda: self._end(who, ticket))

    def _end(self, who: Colleague, ticket: m.TicketView) -> None:
        elsewhere = self._another_service(ticket)
        if elsewhere is not None and self._random.random() < 0.03:
            try:
                who.client.desk_command(who.desk.number, "transfer", m.TransferTo(service=elsewhere))
            except Refused:  # has a ticket for that service already
                who.client.desk_command(who.desk.number, "finish", m.FinishWith(outcome="consultation"))
        else:
            who.client.desk_command(who.desk.number, "finish", m.FinishWith())
        self._after(61, self._wake)
        self._after(self._random.uniform(3, 20), lambda: self._call(who))

    def _another_service(self, ticket: m.TicketView) -> int | None:
        others = [s.number for s in self._centre.services if s.active and s.group != ticket.group]
        return self._random.choice(others) if others else None

    # --- the evening ---

    def _check_followers(self) -> None:
        """What the wall made of its frames is what the server would tell a wall that asks now."""
        fresh = Board.from_view(self._board_client.board(), row_stays_s=self._centre.board.row_stays_s)
        if dict(fresh.waiting) != dict(self._board.waiting):
            self._divergences.append("the wall’s counts are not the server’s")

    def _count_answers(self) -> None:
        hall, f = self._site.hall, self._figures
        states = [ticket.state for ticket in hall.tickets.values()]
        f.served = states.count(m.TicketState.SERVED)
        f.no_show = states.count(m.TicketState.NO_SHOW)
        f.expired = states.count(m.TicketState.EXPIRED)
        f.cancelled = states.count(m.TicketState.CANCELLED)
        f.calls = len(hall.calls)
        fates = [call.announced for call in hall.calls.values()]
        f.announced, f.skipped_by_rule = fates.count("done"), fates.count("skipped")
        f.printed = sum(1 for _ in (self._wishes.to / "slips").glob("slip-*.png"))
        if f.printed != sum(outcome == "confirmed" for outcome in hall.slips.values()):
            self._divergences.append("slips on paper are not the slips that were confirmed")
        waits = sorted(
            (t.leg.answered_call_at - t.leg.queued_at).total_seconds()
            for t in hall.tickets.values()
            if t.leg.answered_call_at
        )
        if waits:
            f.wait_median_s = round(waits[ceil(0.5 * len(waits)) - 1])
            f.wait_p90_s = round(waits[ceil(0.9 * len(waits)) - 1])

    def _finish(self, verdict: Verdict) -> None:
        f = self._figures
        ends = f.served + f.no_show + f.expired + f.cancelled
        verdict.law("asked is issued or refused", f.asked == f.tickets + f.refused, f"{f.asked}")
        verdict.law("every ticket has its paper", f.printed == f.tickets, f"{f.printed} of {f.tickets}")
        verdict.law("every ticket comes to an end", ends == f.tickets, f"{ends} of {f.tickets}")
        spoken = f.announced + f.skipped_by_rule
        verdict.law("every call is said or skipped by rule", f.calls == spoken, f"{spoken} of {f.calls}")
        verdict.law("the wall sees what the server knows", not self._divergences, "; ".join(self._divergences))
        f.laws_checked, f.laws_broken = len(verdict.laws), len({mistake.split(":")[0] for mistake in verdict.mistakes})

    def _tell(self, verdict: Verdict) -> None:
        if self._wishes.as_json:
            print(json.dumps(asdict(self._figures), ensure_ascii=False))  # noqa: T201 (this is the answer)
            return
        out = Console(highlight=False)
        for name, value in asdict(self._figures).items():
            out.print(f"{value:>8}  {self._words('demo-' + name.replace('_', '-'))}", markup=False)
        for mistake in verdict.mistakes:
            out.print(mistake, markup=False)
        out.print(self._words("demo-where", folder=str(self._wishes.to)), markup=False)

    @contextmanager
    def _progress(self) -> Iterator[Callable[[datetime], None]]:
        first, last = self._local(STARTS), self._local(time(17, 30))
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[at]}"))
        with Progress(*columns, console=self._console, transient=True, disable=self._wishes.as_json) as bar:
            task = bar.add_task(self._words("demo-day"), total=(last - first).total_seconds(), at="")

            def advance(moment: datetime) -> None:
                done = min((moment - first).total_seconds(), (last - first).total_seconds())
                bar.update(task, completed=done, at=clock_time(moment, self._centre.tz))

            yield advance
