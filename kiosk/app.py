"""The kiosk as a program: a window, a terminal behind it, and threads between them so that the glass never waits."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog

from config.settings import Kiosk, Printer
from kiosk import asks as a
from kiosk import session as steps
from kiosk.scanner import ENDS, Scanner
from kiosk.state import Timing
from kiosk.terminal import Terminal
from kiosk.window import open_window, prepare
from printers.spool import Spool
from printers.wires import open_wire
from queue_server.client import QueueClient
from queue_server.messages import PrintOutcome

log = structlog.get_logger(__name__)

TICK_S = 0.25


def timing_of(settings: Kiosk) -> Timing:
    return Timing(idle_s=settings.idle_s, warning_s=settings.warning_s)


def run(
    client_url: str,
    token: str,
    settings: Kiosk,
    printer: Printer,
    *,
    fullscreen: bool = True,
    at: tuple[int, int] | None = None,
) -> None:
    """Runs until the window is closed or the process is told to end (SIGTERM). Raises ``BadWire`` for a bad address.

    Neither the server nor the printer has to be there: the kiosk says so on its screen and waits for them.
    """
    spool = Spool(open_wire(printer.wire, printer.timeout_s), printer.paper_mm)
    prepare(settings.screen, fullscreen=fullscreen, at=at)
    with QueueClient(client_url, token) as client:
        _show(Terminal(client, spool), settings, fullscreen=fullscreen)


def _show(terminal: Terminal, settings: Kiosk, *, fullscreen: bool) -> None:
    # Kivy reads its settings when it is first imported, so only after ``prepare``.
    from kivy.app import App
    from kivy.clock import Clock
    from kivy.core.window import Window

    from kiosk.stage import Stage

    if not fullscreen:
        open_window(settings.screen)

    class KioskApp(App):  # type: ignore[misc]
        title = "Cherha"

        def build(self) -> Stage:
            self.hands = Hands(terminal, self.tell)
            first = steps.start("uk", timing_of(settings), time.monotonic())
            self.stage = Stage(first, settings.screen, self.hands.carry)
            self.fill(Window, Window.size)
            Window.bind(size=self.fill)
            Clock.schedule_interval(self.stage.tick, TICK_S)
            self.scanner = Scanner()
            Window.bind(on_textinput=self.typed, on_key_down=self.key)
            return self.stage

        def tell(self, answer: a.Answer) -> None:
            """From any thread."""
            Clock.schedule_once(lambda _: self.stage.hear(answer))

        def typed(self, _: object, text: str) -> None:
            self.scanner.typed(text, time.monotonic())

        def key(self, _: object, key: int, *__: object) -> None:
            if key in ENDS and (text := self.scanner.ended(time.monotonic())):
                self.stage.scanned(text)

        def fill(self, _: object, size: tuple[float, float]) -> None:
            if tuple(map(int, size)) != tuple(self.stage.size):
                self.stage.fill(int(size[0]), int(size[1]))

        def on_stop(self) -> None:
            self.hands.rest()

    KioskApp().run()


class Hands:
    """Threads that carry out asks: one for the visitor, one for everything nobody waits for. Answers go to ``tell``."""

    def __init__(self, terminal: Terminal, tell: Any) -> None:
        self._terminal = terminal
        self._tell = tell
        self._visitor = ThreadPoolExecutor(1, "kiosk-visitor")
        self._beside = ThreadPoolExecutor(1, "kiosk-beside")
        self._resting = threading.Event()

    def carry(self, ask: a.Ask) -> None:
        """Does not block. What the visitor waits for never stands behind a report or a refresh of the offer."""
        threads = self._beside if isinstance(ask, a.LoadCentre) else self._visitor
        if not self._resting.is_set():
            threads.submit(self._do, ask)

    def _do(self, ask: a.Ask) -> None:
        try:
            answer = self._terminal.carry_out(ask)
        except Exception:  # the border of a thread: a bug must be seen in the log, and the kiosk must go on
            log.exception("ask_failed", ask=type(ask).__name__)
            answer = failed(ask)
        self._tell(answer)
        if self._resting.is_set():
            return
        if isinstance(ask, a.LoadCentre):
            self._report()
        elif isinstance(ask, a.Print | a.PrintBooking):
            self._beside.submit(self._report)

    def _report(self) -> None:
        try:
            self._terminal.check()
            self._terminal.report()
        except Exception:  # as above: what could not be told now is told with the next report
            log.exception("report_failed")

    def rest(self) -> None:
        """No new work; what is on its way is not waited for."""
        self._resting.set()
        self._visitor.shutdown(wait=False, cancel_futures=True)
        self._beside.shutdown(wait=False, cancel_futures=True)


def failed(ask: a.Ask) -> a.Answer:
    """What the session is told when the machine itself broke while doing something."""
    if isinstance(ask, a.Print):
        return a.Printed(ask.issued.ticket.id, PrintOutcome.TROUBLE, "printer_error")
    if isinstance(ask, a.PrintBooking):
        return a.BookingPrinted(ask.booked.appointment.id, PrintOutcome.TROUBLE, "printer_error")
    return a.ServerAway(ask)
