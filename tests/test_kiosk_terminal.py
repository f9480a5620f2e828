"""The kiosk's machine side against the real application and a printer without paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from config.words import ticket_number, wait_range, words_in
from kiosk import arrival, booking, phrases
from kiosk import asks as a
from kiosk import session as steps
from kiosk.app import Hands as Threads
from kiosk.paper import booking_slip_of, slip_of
from kiosk.state import Message, Paper, Session, Step, Timing
from kiosk.terminal import Terminal
from printers.memory import MemoryPrinter
from printers.spool import Spool
from printers.trouble import Status
from queue_server import messages as m
from queue_server.client import OutOfReach, QueueClient, Refused
from queue_server.clock import StoppedClock


@dataclass
class Line(httpx.BaseTransport):
    """The way to the server: notes every request; can be cut before the request or, worse, before the answer."""

    server: httpx.BaseTransport
    sent: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    cut: bool = False
    swallow: int = 0  # answers still to be lost after the server has done its work

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.cut:
            raise httpx.ConnectError("cut", request=request)
        path = request.url.path.removeprefix("/api/v1")
        self.sent.append(path)
        if path.endswith(("/visits", "/tickets", "/appointments", "/check-ins")):
            self.keys.append(request.headers["Idempotency-Key"])
        response = self.server.handle_request(request)
        if self.swallow and request.method == "POST":
            self.swallow -= 1
            response.read()
            raise httpx.ReadTimeout("the answer was lost", request=request)
        return response


class NotingPrinter(MemoryPrinter):
    """Writes into the same notes as the line, so that their order can be seen."""

    def __init__(self, notes: list[str]) -> None:
        super().__init__()
        self._notes = notes

    def send(self, data: bytes) -> None:
        self._notes.append("paper")
        super().send(data)


@dataclass
class Hall:
    terminal: Terminal
    line: Line
    printer: NotingPrinter
    site: Any

    @property
    def numbers(self) -> list[str]:
        return [ticket_number(ticket.letter, ticket.number) for ticket in self.site.ledger.hall.tickets.values()]


@pytest.fixture
def hall(hands: Any) -> Hall:
    line = Line(hands.transport)
    token = hands.site.accounts.add_device(m.DeviceKind.KIOSK, "kiosk-1")
    client = QueueClient("http://cherha", token, transport=line, attempts=1)
    printer = NotingPrinter(line.sent)
    return Hall(Terminal(client, Spool(printer, 80)), line, printer, hands.site)


def walk(hall: Hall, *numbers: int) -> Session:
    """A visitor who has chosen these services and stands before «Отримати талон»."""
    session = steps.heard(steps.start("uk", Timing(), 0), hall.terminal.carry_out(a.LoadCentre()), 0)
    for number in numbers:
        session = hall.terminal._walk_to(session, number)
    return session


def test_a_headless_visitor_gets_a_saved_and_printed_ticket(hall: Hall) -> None:
    (taken,) = hall.terminal.take_ticket([2])
    assert (taken.view.ticket.number, taken.outcome) == ("А\u00a01", m.PrintOutcome.CONFIRMED)
    assert hall.numbers == ["А\u00a01"]
    assert len(hall.printer.slips) == 1


def test_paper_moves_only_after_the_server_has_answered(hall: Hall) -> None:
    hall.terminal.take_ticket([2, 22])
    visit, paper = hall.line.sent.index("/visits"), hall.line.sent.index("paper")
    assert visit < paper
    assert hall.line.sent.count("paper") == 2


def test_each_service_is_a_ticket_of_one_visit_on_a_slip_of_its_own(hall: Hall) -> None:
    taken = hall.terminal.take_ticket([2, 22, 15], "en")
    assert len({one.view.ticket.visit for one in taken}) == 1
    assert [one.view.ticket.letter for one in taken] == ["А", "Л", "К"]
    assert [one.view.ticket.language for one in taken] == ["en"] * 3
    assert len(hall.printer.slips) == 3


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        (Status(paper=False), "paper_out"),
        (Status(cover_open=True), "cover_open"),
        (Status(error=True), "printer_error"),
    ],
)
def test_a_printer_in_trouble_never_costs_the_number(hall: Hall, state: Status, trouble: str) -> None:
    hall.printer.state = state
    (taken,) = hall.terminal.take_ticket([2])
    assert (taken.outcome, taken.trouble) == (m.PrintOutcome.TROUBLE, trouble)
    assert hall.numbers == [taken.view.ticket.number]
    assert "/print-reports" in hall.line.sent
    assert "/devices/me/status" in hall.line.sent


def test_a_printer_that_is_away_never_costs_the_number(hall: Hall) -> None:
    hall.printer.away = True
    (taken,) = hall.terminal.take_ticket([2])
    assert (taken.outcome, taken.trouble) == (m.PrintOutcome.TROUBLE, "printer_away")
    assert len(hall.numbers) == 1


def test_a_silent_printer_is_reported_as_unknown(hall: Hall) -> None:
    hall.printer.state = None
    assert hall.terminal.take_ticket([2])[0].outcome is m.PrintOutcome.UNKNOWN


def test_staff_hear_of_a_printer_without_paper_before_a_visitor_does(hall: Hall) -> None:
    hall.printer.state = Status(paper=False)
    hall.terminal.check()
    hall.terminal.check()
    assert hall.terminal.report() == 0
    assert hall.line.sent.count("/devices/me/status") == 1
    hall.printer.state = Status()
    hall.terminal.check()
    hall.terminal.report()
    assert hall.line.sent.count("/devices/me/status") == 2


def test_reports_wait_for_the_server_and_keep_their_order(hall: Hall) -> None:
    session = walk(hall, 2)
    session = hall.terminal._settle(steps.take(session, "key-1", 1))
    hall.line.cut = True
    assert hall.terminal.report() == 2
    hall.line.cut = False
    before = len(hall.line.sent)
    assert hall.terminal.report() == 0
    assert hall.line.sent[before:] == ["/print-reports", "/devices/me/status"]


@pytest.mark.parametrize("services", [(2,), (2, 22)])
def test_a_lost_answer_never_makes_a_second_ticket(hall: Hall, services: tuple[int, ...]) -> None:
    session = walk(hall, *services)
    hall.line.swallow = 2
    session = hall.terminal._settle(steps.take(session, "the-one-key", 1))
    assert session.lost
    assert len(hall.numbers) == len(services)
    for _ in range(2):
        session = hall.terminal._settle(steps.tick(session, session.resend_at))
    assert session.step is Step.NUMBER
    assert set(hall.line.keys) == {"the-one-key"}
    assert len(hall.line.keys) == 3
    assert [t.issued.ticket.number for t in session.taken] == hall.numbers
    assert len(hall.printer.slips) == len(services)


def test_a_lost_answer_never_makes_a_second_ticket_in_a_visit_that_goes_on(hall: Hall) -> None:
    session = hall.terminal._settle(steps.take(walk(hall, 2), "first", 1))
    session = steps.choose(steps.begin(session, 2), "subsydii", 2)
    session = steps.choose(session, 22, 2)
    hall.line.swallow = 1
    session = hall.terminal._settle(steps.take(session, "second", 3))
    assert session.lost
    session = hall.terminal._settle(steps.tick(session, session.resend_at))
    assert [t.issued.ticket.service for t in session.taken] == [2, 22]
    assert len(hall.numbers) == 2
    assert len({t.issued.ticket.visit for t in session.taken}) == 1


def test_a_server_out_of_reach_is_an_answer_and_not_an_error(hall: Hall) -> None:
    session = walk(hall, 2)
    hall.line.cut = True
    assert hall.terminal.carry_out(a.LoadCentre()) == a.ServerAway(a.LoadCentre())
    assert hall.terminal.carry_out(a.Estimate(2)) == a.ServerAway(a.Estimate(2))
    session = hall.terminal._settle(steps.take(session, "key", 1))
    assert (session.step, session.lost, hall.numbers) == (Step.ISSUING, True, [])
    with pytest.raises(OutOfReach):
        hall.terminal.take_ticket([2])


def test_people_ahead_are_counted_by_the_server(hall: Hall) -> None:
    hall.terminal.take_ticket([2])
    hall.terminal.take_ticket([3])
    assert hall.terminal.carry_out(a.Estimate(2)) == a.Estimated(m.EstimateView(service=2, ahead=2))


def test_the_wait_is_told_before_the_ticket_and_stands_on_the_screen_and_on_the_paper(
    hall: Hall, hands: Any, clock: StoppedClock
) -> None:
    def told() -> m.EstimateView:
        estimate = steps.estimate_of(walk(hall, 2), 2)
        assert estimate is not None
        return estimate

    assert (told().ahead, told().low_min) == (0, None)  # nobody receives: nothing is promised
    desk = hands.operator("kovalenko", 1)
    for _ in range(5):
        hall.terminal.take_ticket([2])
        desk.call_next(1)
        desk.desk_command(1, "start")
        clock.move_by(minutes=6)
        desk.desk_command(1, "finish", m.FinishWith())
    assert (told().low_min, told().high_min) == (0, 0)  # the desk is free
    for _ in range(4):
        hall.terminal.take_ticket([2])
    before = told()
    assert before.ahead == 4
    assert before.low_min is not None
    assert before.high_min is not None
    assert 0 < before.low_min < before.high_min
    session = hall.terminal._settle(steps.take(walk(hall, 2), "key", 1))
    ticket = session.taken[0].issued.ticket
    assert (ticket.promised_low_min, ticket.promised_high_min) == (before.low_min, before.high_min)
    assert session.centre is not None
    slip = slip_of(a.Print(session.taken[0].issued, session.centre, "uk"))
    assert slip.facts[-1].answer == wait_range(words_in("uk"), before.low_min, before.high_min)


def test_a_stopped_service_is_said_by_the_server_before_anything_is_taken(
    hall: Hall, clock: StoppedClock, moment: Callable[..., datetime]
) -> None:
    session = walk(hall, 2)
    assert steps.stopped(session, 2) is None
    clock.move_to(moment(16, 58))
    session = steps.heard(session, hall.terminal.carry_out(a.Estimate(2)), 1)
    assert steps.stopped(session, 2) == "closed_for_today"
    assert steps.take(session, "key", 2).request is None


def test_a_refusal_is_in_the_visitors_language(
    hall: Hall, clock: StoppedClock, moment: Callable[..., datetime]
) -> None:
    chosen = {language: steps.switch_language(walk(hall, 2), language, 0) for language in ("uk", "en")}
    clock.move_to(moment(20))
    sentences = {}
    for language, session in chosen.items():
        session = hall.terminal._settle(steps.take(session, f"late-{language}", 1))
        assert session.step is Step.MESSAGE
        assert session.refusal is not None
        sentences[language] = session.refusal.detail
    assert sentences["uk"] != sentences["en"]
    assert any("а" <= sign <= "я" for sign in sentences["uk"].lower())
    assert not any("а" <= sign <= "я" for sign in sentences["en"].lower())


def test_a_headless_visitor_is_told_what_cannot_be_had(
    hall: Hall, clock: StoppedClock, moment: Callable[..., datetime]
) -> None:
    with pytest.raises(ValueError, match="999"):
        hall.terminal.take_ticket([999])
    clock.move_to(moment(20))
    with pytest.raises((Refused, ValueError)):
        hall.terminal.take_ticket([2])
    assert hall.numbers == []


def test_a_slip_says_what_the_server_saved_in_the_centres_own_time(hall: Hall, moment: Callable[..., datetime]) -> None:
    session = hall.terminal._settle(steps.take(walk(hall, 2), "key", 1))
    assert session.centre is not None
    slip = slip_of(a.Print(session.taken[0].issued, session.centre, "uk"))
    assert (slip.letter, slip.figures) == ("А", "1")
    assert "Народження дитини" in slip.texts()
    assert any("10:00" in text for text in slip.texts())
    assert moment(10).hour != 10  # it is saved in another zone


def test_a_sensitive_service_is_not_named_on_its_slip(hall: Hall) -> None:
    session = hall.terminal._settle(steps.take(walk(hall, 11), "key", 1))
    assert session.centre is not None
    texts = " ".join(slip_of(a.Print(session.taken[0].issued, session.centre, "uk")).texts())
    assert "психічний" not in texts
    assert "№\u00a011" in texts


def test_threads_answer_every_ask_even_when_the_machine_itself_breaks(hall: Hall) -> None:
    import threading

    answers: list[a.Answer] = []
    heard = threading.Event()

    def hear(answer: a.Answer) -> None:
        answers.append(answer)
        heard.set()

    class Broken(Terminal):
        def carry_out(self, ask: a.Ask) -> a.Answer:
            raise RuntimeError("a bug")

    broken = Broken(QueueClient("http://cherha", transport=hall.line, attempts=1), Spool(hall.printer, 80))
    threads = Threads(broken, hear)
    threads.carry(a.Estimate(2))
    assert heard.wait(5)
    threads.rest()
    assert answers == [a.ServerAway(a.Estimate(2))]
    session = hall.terminal._settle(steps.take(walk(hall, 2), "key", 1))
    assert session.taken[0].paper is Paper.CONFIRMED


# --- appointments ---------------------------------------------------------------------------------------------------


def start(hall: Hall, language: str = "uk") -> Session:
    return steps.heard(steps.start(language, Timing(), 0), hall.terminal.carry_out(a.LoadCentre()), 0)


def at_times(hall: Hall, number: int, day: int = 1) -> Session:
    """The times of one of the next days, for a service; ``day`` counts the days that have any, from 0."""
    session = steps.begin_booking(start(hall), "the-visitors-form", 1)
    assert session.centre is not None
    group = next(s.group for s in session.centre.services if s.number == number)
    for step, pick in ((Step.GROUPS, group), (Step.SERVICES, number)):
        if session.step is step:
            session = steps.choose(session, pick, 1)
    session = hall.terminal._settle(session)
    assert session.step is Step.DAYS, session.refusal
    return booking.choose_day(session, booking.free_days(session)[day].day, 2)


def agreed(hall: Hall, number: int = 2, day: int = 1, place: int = 0) -> Session:
    """Booked and printed, as far as the printer is well."""
    times = at_times(hall, number, day)
    session = hall.terminal._settle(booking.choose_time(times, booking.free_times(times)[place], 3))
    assert session.step is Step.AGREE, session.refusal
    return hall.terminal._settle(booking.book(session, f"booking-{number}-{day}-{place}", 4))


def arrive(hall: Hall, code: str, key: str = "arrival-key") -> Session:
    """Somebody types this on the pad."""
    session = arrival.begin(start(hall), 1)
    for sign in code.replace("\u00a0", ""):
        session = arrival.type_sign(session, sign, 1)
    return hall.terminal._settle(arrival.check_in(session, key, 2))


def test_a_visitor_books_a_time_of_another_day_and_gets_number_code_and_slip(hall: Hall) -> None:
    session = agreed(hall)
    told = booking.booked(session)
    assert session.step is Step.BOOKED
    assert told is not None
    assert told.appointment.seq >= 501
    assert told.appointment.channel is m.BookingChannel.KIOSK
    assert len(told.code) == 6
    assert len(hall.printer.slips) == 1
    assert hall.line.sent.index("/slot-holds") < hall.line.sent.index("/appointments") < hall.line.sent.index("paper")
    assert session.centre is not None
    texts = " ".join(booking_slip_of(a.PrintBooking(told, session.centre, "uk")).texts()).replace("\u00a0", " ")
    assert f"{told.code[:3]} {told.code[3:]}" in texts
    assert f"{booking.local(session, told.appointment.start):%H:%M}" in texts
    assert "Народження дитини" in texts


def test_a_lost_answer_never_books_a_second_time(hall: Hall) -> None:
    times = at_times(hall, 2)
    session = hall.terminal._settle(booking.choose_time(times, booking.free_times(times)[0], 3))
    hall.line.swallow = 1
    session = hall.terminal._settle(booking.book(session, "the-one-key", 4))
    assert session.lost
    session = hall.terminal._settle(steps.tick(session, session.resend_at))
    assert session.step is Step.BOOKED
    assert hall.line.keys == ["the-one-key", "the-one-key"]
    assert len(hall.site.ledger.hall.bookings.appointments) == 1


def test_a_place_that_somebody_else_holds_is_told_with_free_times_next_to_it(hall: Hall) -> None:
    times = at_times(hall, 2)
    wanted = booking.free_times(times)[0]
    places = next(slot.places for day in booking.free_days(times) for slot in day.slots if slot.start == wanted)
    with QueueClient("http://cherha", transport=hall.line, attempts=1) as web:
        for other in range(places):
            web.hold_slot(m.HoldSlot(service=2, start=wanted, form=f"another-form-{other}"))
    session = hall.terminal._settle(booking.choose_time(times, wanted, 3))
    assert session.step is Step.NEAREST
    assert session.booking is not None
    assert wanted not in session.booking.nearest
    session = hall.terminal._settle(booking.choose_time(session, session.booking.nearest[0], 4))
    assert session.step is Step.AGREE
    assert hall.terminal._settle(booking.book(session, "key", 5)).step is Step.BOOKED


def test_paper_out_does_not_cost_the_agreed_time_and_staff_hear_of_it(hall: Hall) -> None:
    hall.printer.state = Status(paper=False)
    session = agreed(hall)
    assert session.booking is not None
    assert (session.booking.paper, session.booking.trouble) == (Paper.TROUBLE, "paper_out")
    assert len(hall.site.ledger.hall.bookings.appointments) == 1
    hall.terminal.report()
    assert "/devices/me/status" in hall.line.sent
    assert "/print-reports" not in hall.line.sent
    hall.printer.state = Status()
    session = hall.terminal._settle(booking.reprint(session, 9))
    assert session.booking is not None
    assert session.booking.paper is Paper.CONFIRMED
    assert len(hall.printer.slips) == 1


@pytest.mark.parametrize("by", ["code", "number", "qr", "secret"])
@pytest.mark.parametrize(
    ("minutes", "title"),
    [(-45, "Прибуття підтверджено"), (-5, "Прибуття підтверджено"), (8, "Прибуття підтверджено"),
     (17, "Ви в загальній черзі")],
)  # fmt: skip
def test_one_touch_checks_in_by_code_number_or_scan_and_prints_nothing(
    hall: Hall, clock: StoppedClock, by: str, minutes: int, title: str
) -> None:
    told = booking.booked(agreed(hall, day=0, place=0))
    assert told is not None
    clock.move_to(told.appointment.start + timedelta(minutes=minutes))
    papers = len(hall.printer.slips)
    if by in ("code", "number"):
        session = arrive(hall, told.code if by == "code" else told.appointment.number)
    else:
        text = f"https://q.example.ua/booking/{told.secret}" if by == "qr" else told.secret
        session = hall.terminal._settle(arrival.scanned(start(hall), text, "arrival-key", 1))
    assert session.step is Step.ARRIVED, session.refusal
    assert session.arrival is not None
    assert session.arrival.told is not None
    assert session.arrival.told.ticket.number == told.appointment.number
    said = phrases.arrived(words_in("uk"), session.arrival.told, ZoneInfo("Europe/Kyiv"))
    assert said[0] == title
    assert len(hall.printer.slips) == papers


def test_a_code_nobody_has_and_one_that_is_already_used_are_told_in_the_visitors_language(hall: Hall) -> None:
    told = booking.booked(agreed(hall, day=0))
    assert told is not None
    wrong = "000000" if told.code != "000000" else "111111"
    assert arrive(hall, wrong).refusal is not None
    assert arrive(hall, told.code, "first").step is Step.ARRIVED
    again = arrive(hall, told.code, "second")
    assert again.place.message is Message.NOT_CHECKED_IN
    assert again.refusal is not None
    assert any("а" <= sign <= "я" for sign in again.refusal.detail.lower())
    other_day = booking.booked(agreed(hall, number=22, day=2))
    assert other_day is not None
    assert arrive(hall, other_day.code, "third").place.message is Message.NOT_CHECKED_IN


def test_a_lost_check_in_is_one_arrival(hall: Hall) -> None:
    told = booking.booked(agreed(hall, day=0))
    assert told is not None
    hall.line.swallow = 1
    session = arrive(hall, told.code)
    assert session.lost
    session = hall.terminal._settle(steps.tick(session, session.resend_at))
    assert session.step is Step.ARRIVED
    assert hall.line.keys[-2:] == ["arrival-key", "arrival-key"]
