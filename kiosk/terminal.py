"""The machine side of the kiosk: asks the server, prints what is already saved, reports how the paper went.

Carries out what a session asks for and decides nothing. Calls block: run them beside the window, in a thread.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass

import structlog

from kiosk import asks as a
from kiosk import session as steps
from kiosk.catalogue import group_of, service_of
from kiosk.paper import booking_slip_of, slip_of
from kiosk.state import Session, Step, Timing
from printers.slip import Slip
from printers.spool import Spool
from printers.trouble import PrinterTrouble
from queue_server.client import OutOfReach, QueueClient, Refused, new_key
from queue_server.messages import (
    DeviceStatus,
    HoldSlot,
    IssuedTicket,
    NewAppointment,
    NewTicket,
    NewVisit,
    PrintOutcome,
    PrintReport,
    Problem,
)

log = structlog.get_logger(__name__)

DAYS_AHEAD = 31
"""More than any centre lets itself be booked; the server shows what its own horizon allows."""


@dataclass(frozen=True, slots=True)
class TakenTicket:
    """A ticket with its secret, as the server gave it, and what became of its paper."""

    view: IssuedTicket
    outcome: PrintOutcome
    trouble: str = ""


class Terminal:
    """One kiosk's server and printer. ``carry_out`` may run in one thread while ``report`` runs in another."""

    def __init__(self, client: QueueClient, spool: Spool) -> None:
        self._client = client
        self._spool = spool
        self._outbox: deque[PrintReport | DeviceStatus] = deque()
        self._sending = threading.Lock()
        self._status: DeviceStatus | None = None

    # --- what a session asks for ---------------------------------------------------------------------------------

    def carry_out(self, ask: a.Ask) -> a.Answer:
        """Does one thing and says what came of it. Every trouble of server or printer is an answer, never an error."""
        match ask:
            case a.Print():
                return self._print(ask)
            case a.PrintBooking():
                return self._print_booking(ask)
            case a.Issue():
                return self._issue(ask)
        try:
            match ask:
                case a.LoadCentre():
                    return a.CentreLoaded(self._client.centre())
                case a.Estimate(service):
                    return a.Estimated(self._client.estimate(service))
            return self._appointment(ask)
        except Refused as refused:
            return a.Declined(ask, refused.problem)
        except OutOfReach:
            return a.ServerAway(ask)

    def _appointment(self, ask: a.CheckIn | a.FindTimes | a.HoldTime | a.Book) -> a.Answer:
        """Raises ``Refused`` and ``OutOfReach``."""
        self._client.language = ask.language  # a refusal is read by this visitor
        match ask:
            case a.CheckIn(key, code):
                return a.Arrived(ask, self._client.check_in(code, key))
            case a.FindTimes(service):
                return a.TimesFound(ask, self._client.slots(service, days=DAYS_AHEAD))
            case a.HoldTime(service, start, form):
                held = self._client.hold_slot(HoldSlot(service=service, start=start, form=form))
                return a.TimeHeld(ask, held.until)
            case a.Book(key, service, start, form, language):
                wanted = NewAppointment(service=service, start=start, language=language, form=form)
                return a.Booked(ask, self._client.book(wanted, key))

    def _issue(self, ask: a.Issue) -> a.Answer:
        self._client.language = ask.language  # a refusal is read by this visitor
        try:
            if ask.visit is None:
                tickets = [NewTicket(service=number) for number in ask.services]
                opened = self._client.open_visit(NewVisit(tickets=tickets, language=ask.language), ask.key)
                return a.Issued(ask.key, opened.id, tuple(opened.tickets))
            return self._add(ask, ask.visit)
        except Refused as refused:
            return a.Issued(ask.key, ask.visit, (), refused.problem)
        except OutOfReach:
            log.warning("registration_unanswered", key=ask.key)
            return a.ServerAway(ask)

    def _add(self, ask: a.Issue, visit: int) -> a.Issued:
        """One command a service, each with its own lasting key; a refusal in the middle keeps what was saved."""
        issued: list[IssuedTicket] = []
        refusal: Problem | None = None
        for number in ask.services:
            try:
                issued.append(self._client.add_ticket(visit, NewTicket(service=number), f"{ask.key}-{number}"))
            except Refused as refused:
                refusal = refused.problem
        return a.Issued(ask.key, visit, tuple(issued), refusal)

    def _print(self, ask: a.Print) -> a.Printed:
        outcome, trouble, status = self._put_on_paper(slip_of(ask))
        self._outbox.append(PrintReport(ticket=ask.issued.ticket.id, outcome=outcome, trouble=trouble))
        self._say(status)
        return a.Printed(ask.issued.ticket.id, outcome, trouble)

    def _print_booking(self, ask: a.PrintBooking) -> a.BookingPrinted:
        """The log keeps the paper of tickets; of an agreed time only the printer's own state is told."""
        outcome, trouble, status = self._put_on_paper(booking_slip_of(ask))
        self._say(status)
        return a.BookingPrinted(ask.booked.appointment.id, outcome, trouble)

    def _put_on_paper(self, slip: Slip) -> tuple[PrintOutcome, str, DeviceStatus]:
        try:
            result = self._spool.print(slip)
        except PrinterTrouble as error:
            return PrintOutcome.TROUBLE, error.kind.value, DeviceStatus(ok=False, trouble=error.kind.value)
        status = DeviceStatus(ok=True, trouble="paper_low" if result.paper_low else "")
        return PrintOutcome(result.outcome.value), "", status

    # --- reports to the server -------------------------------------------------------------------------------------

    def _say(self, status: DeviceStatus) -> None:
        """Only a change is worth a message."""
        if status != self._status:
            self._status = status
            self._outbox.append(status)

    def check(self) -> None:
        """Asks the printer before a visitor has to find out; a silent one is taken for well until a slip fails."""
        try:
            status = self._spool.status()
        except PrinterTrouble as error:
            self._say(DeviceStatus(ok=False, trouble=error.kind.value))
            return
        trouble = status.trouble if status else None
        warning = "paper_low" if status and status.paper_low else ""
        self._say(DeviceStatus(ok=trouble is None, trouble=trouble.value if trouble else warning))

    def report(self) -> int:
        """Sends what waits to be told, oldest first; returns how much had to stay because the server is away."""
        with self._sending:
            while self._outbox:
                told = self._outbox[0]
                try:
                    match told:
                        case PrintReport():
                            self._client.report_print(told)
                        case DeviceStatus():
                            self._client.report_status(told)
                except Refused as refused:
                    log.warning("report_refused", code=refused.problem.code)
                except OutOfReach:
                    return len(self._outbox)
                self._outbox.popleft()
        return 0

    # --- without a window ------------------------------------------------------------------------------------------

    def take_ticket(self, services: list[int], language: str = "uk") -> list[TakenTicket]:
        """A visitor without a screen walks through the same steps: chooses, confirms, takes, waits for the paper.

        Raises ``Refused`` when the server says no, ``OutOfReach`` when it is away, ``ValueError`` when a service is
        not offered now.
        """
        session = self._settle(steps.start(language, Timing(), time.monotonic()))
        if not session.reachable:
            raise OutOfReach("the centre could not be read")
        for number in services:
            session = self._walk_to(session, number)
        key = new_key()
        session = self._settle(steps.take(session, key, time.monotonic()))
        if session.lost:
            raise OutOfReach("the registration was not answered")
        if session.refusal is not None:
            raise Refused(session.refusal)
        self.report()
        return [TakenTicket(t.issued, PrintOutcome(t.paper.value), t.trouble) for t in session.taken]

    def _walk_to(self, session: Session, number: int) -> Session:
        now = time.monotonic()
        session = steps.begin(session, now) if session.step is Step.START else steps.add_another(session, now)
        centre = session.centre
        if centre is None or all(s.number != number for s in centre.services):
            raise ValueError(f"service {number} is not offered")
        group = group_of(centre, service_of(centre, number).group)
        for step, pick in (
            (Step.PROVIDERS, group.provider),
            (Step.GROUPS, group.code),
            (Step.SERVICES, number),
        ):
            if session.step is step:
                session = steps.choose(session, pick, now)
        if session.step is not Step.CONFIRM or session.place.service != number:
            raise ValueError(f"service {number} cannot be chosen now")
        return self._settle(session)

    def _settle(self, session: Session) -> Session:
        """Does everything the session asks for, until it asks for nothing."""
        while session.asks:
            session, asks = steps.take_asks(session)
            for ask in asks:
                session = steps.heard(session, self.carry_out(ask), time.monotonic())
        return session
