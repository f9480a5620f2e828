"""Appointments at the kiosk without a window, a server or a printer: somebody with a code, somebody who books."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.words import words_in
from kiosk import arrival, booking, phrases
from kiosk import asks as a
from kiosk import session as steps
from kiosk.catalogue import closed_providers, for_another_day, open_providers, reason_of
from kiosk.scanner import Scanner
from kiosk.state import Message, Paper, Place, Session, Step, Timing
from queue_server import messages as m

NOON = datetime(2026, 3, 16, 8, 5, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")
HOURS = {"mon": ["08:00-17:00"]}
SLOT = NOON + timedelta(days=1)
NB = "\u00a0"


def both(uk: str) -> dict[str, str]:
    return {"uk": uk, "en": uk}


def provider(code: str, **told: object) -> m.ProviderView:
    return m.ProviderView(
        code=code, name=both(code), short_name=both(code), **{"open": True, "hours": HOURS, **told}
    )  # fmt: skip


def group(code: str, of: str, letter: str) -> m.GroupView:
    return m.GroupView(code=code, provider=of, letter=letter, name=both(code), zone="hall", waiting=0)


def service(number: int, of: str, *, bookable: bool = True) -> m.ServiceView:
    return m.ServiceView(
        number=number, group=of, name=both(f"service {number}"), short_name=both(f"s{number}"), sensitive=False,
        bookable=bookable,
    )  # fmt: skip


def centre(**told: object) -> m.CentreView:
    parts: dict[str, object] = {
        "seq": 1, "now": NOON, "code": "toy", "name": both("Центр"), "city": both("Місто"), "timezone": "Europe/Kyiv",
        "languages": ["uk", "en"], "hotline": None, "return_window_min": 60, "booking": True,
        "zones": [m.ZoneView(code="hall", name=both("Зала"), floor=1)],
        "providers": [provider("big"), provider("small"), provider("bare", hours={})],
        "groups": [group("family", "big", "А"), group("aid", "big", "Д"), group("only", "small", "К"),
                   group("none", "bare", "Л")],
        "services": [service(1, "family"), service(2, "family"), service(3, "family", bookable=False),
                     service(4, "aid"), service(5, "only", bookable=False), service(6, "none")],
    }  # fmt: skip
    return m.CentreView.model_validate({**parts, **told})


def at_start(view: m.CentreView | None = None) -> Session:
    session = steps.take_asks(steps.start("uk", Timing(), 0))[0]
    return steps.heard(session, a.CentreLoaded(view or centre()), 0)


def typed(session: Session, signs: str) -> Session:
    for sign in signs:
        session = arrival.type_sign(session, sign, 1)
    return session


def sent(session: Session) -> a.Ask:
    return session.asks[-1]


def slots(*starts: datetime, number: int = 1) -> m.SlotsView:
    days = sorted({start.astimezone(KYIV).date() for start in starts})
    told = [
        m.DaySlots(day=day, slots=[m.SlotView(start=s, places=1) for s in starts if s.astimezone(KYIV).date() == day])
        for day in days
    ]
    return m.SlotsView(seq=1, now=NOON, service=number, group="family", days=told)


def checked_in(**told: object) -> m.CheckedIn:
    ticket = m.TicketView(
        id=1, visit=1, number=f"А{NB}501", letter="А", seq=501, service=1, group="family", kind="appointment",
        state=m.TicketState.WAITING, issued_at=NOON, queue_key=NOON, ahead_at_issue=0, slot=NOON,
    )  # fmt: skip
    return m.CheckedIn.model_validate({"ticket": ticket, "start": NOON + timedelta(minutes=25), **told})


def agreed() -> m.BookedAppointment:
    view = m.AppointmentView(
        id=7, number=f"А{NB}501", letter="А", seq=501, service=1, group="family", start=SLOT,
        end=SLOT + timedelta(minutes=15), state=m.AppointmentState.BOOKED, channel=m.BookingChannel.KIOSK,
        language="uk",
    )  # fmt: skip
    return m.BookedAppointment(appointment=view, code="482913", secret="s" * 22)


def problem(code: str, *alternatives: datetime) -> m.Problem:
    return m.Problem(title="No", status=409, code=code, detail="Ні, бо ні.", alternatives=list(alternatives))


def at_days(*starts: datetime) -> Session:
    """The free times of service 1 are told."""
    session = steps.begin_booking(at_start(), "form-word", 1)
    session = steps.choose(steps.choose(session, "family", 1), 1, 1) if session.step is Step.GROUPS else session
    asked = sent(session)
    assert isinstance(asked, a.FindTimes)
    told = slots(*(starts or (SLOT, SLOT + timedelta(minutes=15), SLOT + timedelta(days=1))))
    return steps.heard(steps.take_asks(session)[0], a.TimesFound(asked, told), 2)


def at_agree() -> Session:
    session = booking.choose_day(at_days(), SLOT.astimezone(KYIV).date(), 2)
    session = booking.choose_time(session, SLOT, 2)
    asked = sent(session)
    assert isinstance(asked, a.HoldTime)
    return steps.heard(steps.take_asks(session)[0], a.TimeHeld(asked, NOON + timedelta(minutes=5)), 3)


def at_booked() -> Session:
    session = booking.book(at_agree(), "key", 4)
    asked = sent(session)
    assert isinstance(asked, a.Book)
    return steps.heard(steps.take_asks(session)[0], a.Booked(asked, agreed()), 5)


# --- somebody has an agreed time ----------------------------------------------------------------------------


def test_a_centre_that_agrees_no_times_offers_neither_button_and_takes_no_scan() -> None:
    session = at_start(centre(booking=False))
    assert not arrival.possible(session)
    assert not booking.possible(session)
    assert arrival.begin(session, 1) == session
    assert steps.begin_booking(session, "form-word", 1) == session
    assert arrival.scanned(session, "482913", "key", 1) == session


@pytest.mark.parametrize(
    ("signs", "shown", "ready"),
    [
        ("", "", False),
        ("482", "482", False),
        ("4829", f"482{NB}9", False),
        ("482913", f"482{NB}913", True),
        ("48291377", f"482{NB}913", True),
        ("А", f"А{NB}", False),
        ("А501", f"А{NB}501", True),
        ("501А", f"А{NB}501", True),
        ("АД501", f"Д{NB}501", True),
        ("А50123", f"А{NB}5012", True),
        ("482913А", f"А{NB}", False),
    ],
)
def test_six_figures_or_a_letter_and_its_figures_can_be_typed(signs: str, shown: str, ready: bool) -> None:
    session = typed(arrival.begin(at_start(), 1), signs)
    assert phrases.as_typed(arrival.typed(session)) == shown
    assert arrival.ready(session) is ready


def test_the_last_sign_can_be_taken_back_and_half_a_code_is_not_sent() -> None:
    session = arrival.erase(typed(arrival.begin(at_start(), 1), "482913"), 2)
    assert arrival.typed(session) == "48291"
    assert arrival.check_in(session, "key", 3).asks == ()
    for _ in range(9):
        session = arrival.erase(session, 3)
    assert arrival.typed(session) == ""


def test_the_pad_has_the_letters_of_the_centres_own_queues() -> None:
    assert arrival.letters(at_start()) == ("А", "Д", "К", "Л")


@pytest.mark.parametrize(("signs", "code"), [("482913", "482913"), ("А501", "А 501")])
def test_a_typed_code_or_number_is_sent_in_one_touch_and_nothing_is_printed(signs: str, code: str) -> None:
    session = arrival.check_in(typed(arrival.begin(at_start(), 1), signs), "key", 2)
    assert (session.step, sent(session)) == (Step.ISSUING, a.CheckIn("key", code, "uk"))
    session = steps.heard(steps.take_asks(session)[0], a.Arrived(a.CheckIn("key", code, "uk"), checked_in()), 3)
    assert session.step is Step.ARRIVED
    assert session.asks == ()
    assert steps.numbers_in_hand(session) == (("А", 501),)
    assert arrival.typed(session) == ""


@pytest.mark.parametrize(
    ("told", "sentences"),
    [
        ({"minutes_early": 45}, ("Прибуття підтверджено", "Ваш час 10:30. Зачекайте, вас покличуть.", "")),
        ({"minutes_early": 20}, ("Прибуття підтверджено", "Ваш номер А 501, чекайте виклику.", "")),
        ({"minutes_late": 4}, ("Прибуття підтверджено", "Ваш номер А 501, чекайте виклику.", "")),
        (
            {"minutes_late": 17, "late": True},
            (
                "Ви в загальній черзі",
                "Ви запізнилися на 17 хв, ставимо в загальну чергу.",
                "Ваш номер той самий: А 501. Чекайте виклику.",
            ),
        ),
    ],
)
def test_who_comes_early_in_time_or_late_is_told_what_follows(told: dict[str, object], sentences: object) -> None:
    said = phrases.arrived(words_in("uk"), checked_in(**told), KYIV)
    assert tuple(sentence.replace(NB, " ") for sentence in said) == sentences


def test_a_code_that_is_unknown_or_already_used_is_told_in_the_servers_words_and_can_be_typed_again() -> None:
    session = arrival.check_in(typed(arrival.begin(at_start(), 1), "482913"), "key", 2)
    refused = steps.heard(session, a.Declined(a.CheckIn("key", "482913", "uk"), problem("unknown_appointment")), 3)
    assert refused.place.message is Message.NOT_CHECKED_IN
    assert refused.refusal is not None
    assert refused.refusal.detail == "Ні, бо ні."
    again = steps.back(refused, 4)
    assert (again.step, arrival.typed(again)) == (Step.CODE, "482913")
    assert steps.home(refused, 4).step is Step.START


def test_a_lost_check_in_is_sent_again_with_the_same_key_and_an_answer_for_somebody_who_left_is_not_shown() -> None:
    session, asked = steps.take_asks(arrival.check_in(typed(arrival.begin(at_start(), 1), "482913"), "key", 2))
    session = steps.heard(session, a.ServerAway(asked[-1]), 3)  # type: ignore[arg-type]
    assert session.lost
    again, asked_again = steps.take_asks(steps.tick(session, 6.5))
    assert asked_again == asked
    gone = steps.take_asks(steps.home(again, 7))[0]
    assert steps.heard(gone, a.Arrived(a.CheckIn("key", "482913", "uk"), checked_in()), 8) == gone


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://q.example.ua/booking/AbC-_9xYz", "AbC-_9xYz"),
        ("https://q.example.ua/booking/AbC-_9xYz/?from=slip", "AbC-_9xYz"),
        ("482913", "482913"),
        (" А 501 ", "А 501"),
    ],
)
@pytest.mark.parametrize("where", ["start", "pad", "arrived", "refused"])
def test_a_scanned_code_checks_in_from_every_screen_of_the_arrival(text: str, code: str, where: str) -> None:
    pad = typed(arrival.begin(at_start(), 1), "48")
    request = a.CheckIn("old", "1", "uk")
    asking = replace(pad, request=request)
    session = {
        "start": at_start(),
        "pad": pad,
        "arrived": steps.heard(asking, a.Arrived(request, checked_in()), 1),
        "refused": steps.heard(asking, a.Declined(request, problem("unknown_appointment")), 1),
    }[where]
    scanned = arrival.scanned(session, text, "key", 2)
    assert sent(scanned) == a.CheckIn("key", code, "uk")
    assert arrival.typed(scanned) == ""  # a secret is never shown


def test_a_scan_in_the_midst_of_something_else_changes_nothing() -> None:
    for session in (steps.begin(at_start(), 1), at_days(), at_booked(), at_agree()):
        assert arrival.scanned(session, "482913", "key", 2) == session
    assert arrival.scanned(at_start(), "  ", "key", 2) == at_start()


def test_a_reader_that_types_is_heard_to_its_enter_and_stray_signs_are_forgotten() -> None:
    scanner = Scanner()
    scanner.typed("x", 0)
    for i, sign in enumerate("482913"):
        scanner.typed(sign, 10 + i * 0.01)
    assert scanner.ended(10.1) == "482913"
    assert scanner.ended(10.2) == ""
    scanner.typed("482913", 20)
    assert scanner.ended(30) == ""


# --- somebody agrees a time ---------------------------------------------------------------------------------


def test_for_another_day_one_chooses_from_what_can_be_booked_whether_open_now_or_not() -> None:
    shut = centre(providers=[provider("big", open=False, reason="closed_for_today"), *centre().providers[1:]])
    offered = for_another_day(shut)
    assert [p.code for p in open_providers(offered)] == ["big"]
    assert [(p.code, reason_of(p)) for p in closed_providers(offered)] == [
        ("small", "not_bookable"),
        ("bare", "schedule_unknown"),
    ]
    assert [s.number for s in offered.services] == [1, 2, 4, 6]
    assert phrases.reason(words_in("uk"), closed_providers(offered)[0], KYIV).startswith("Попереднього запису немає")


def test_booking_goes_from_the_service_to_its_days_and_times() -> None:
    session = steps.begin_booking(at_start(), "form-word", 1)
    assert (session.step, [p.step for p in session.trail]) == (Step.GROUPS, [Step.START, Step.GROUPS])
    session = steps.choose(steps.choose(session, "family", 1), 1, 1)
    assert sent(session) == a.FindTimes(1, "form-word", "uk")
    session = at_days()
    assert session.step is Step.DAYS
    assert len(booking.free_days(session)) == 2
    session = booking.choose_day(session, SLOT.astimezone(KYIV).date(), 2)
    assert booking.free_times(session) == (SLOT, SLOT + timedelta(minutes=15))


def test_a_place_is_kept_while_the_visitor_decides_and_no_name_is_asked() -> None:
    session = at_agree()
    assert (session.step, session.place.start, session.place.service) == (Step.AGREE, SLOT, 1)
    assert session.booking is not None
    assert session.booking.until == NOON + timedelta(minutes=5)
    asked = sent(booking.book(session, "key", 4))
    assert asked == a.Book("key", 1, SLOT, "form-word", "uk")
    assert not any("name" in field or "contact" in field for field in type(asked).__dataclass_fields__)


def test_what_is_agreed_is_printed_only_after_the_server_has_saved_it() -> None:
    pressed = booking.book(at_agree(), "key", 4)
    assert [type(ask) for ask in pressed.asks] == [a.Book]
    saved = at_booked()
    assert saved.step is Step.BOOKED
    assert [type(ask) for ask in saved.asks] == [a.PrintBooking]
    assert steps.numbers_in_hand(saved) == (("А", 501),)


def test_a_lost_booking_is_sent_again_with_the_same_key() -> None:
    session, asked = steps.take_asks(booking.book(at_agree(), "key", 4))
    session = steps.heard(session, a.ServerAway(asked[-1]), 5)  # type: ignore[arg-type]
    assert steps.take_asks(steps.tick(session, 9))[1] == asked
    assert booking.book(session, "other", 9) == session


@pytest.mark.parametrize("when", ["held", "booked"])
def test_a_time_that_has_just_gone_is_not_shown_again_and_the_nearest_are_offered(when: str) -> None:
    near = SLOT + timedelta(minutes=15), SLOT + timedelta(days=1)
    if when == "held":
        session = booking.choose_time(booking.choose_day(at_days(), SLOT.astimezone(KYIV).date(), 2), SLOT, 2)
    else:
        session = booking.book(at_agree(), "key", 2)
    asked = sent(session)
    assert isinstance(asked, a.HoldTime | a.Book)
    gone = steps.heard(session, a.Declined(asked, problem("slot_taken", *near)), 3)
    assert gone.step is Step.NEAREST
    assert gone.booking is not None
    assert gone.booking.nearest == near
    back = steps.back(gone, 3)
    assert back.step is Step.DAYS
    assert SLOT not in booking.free_times(booking.choose_day(back, SLOT.astimezone(KYIV).date(), 3))
    assert sent(booking.choose_time(gone, near[0], 3)) == a.HoldTime(1, near[0], "form-word", "uk")
    untold = steps.heard(session, a.Declined(asked, problem("slot_taken")), 3)
    assert untold.booking is not None
    assert untold.booking.nearest == near  # from what was told before


def test_the_last_free_time_that_has_gone_leaves_a_sentence_and_not_an_empty_list() -> None:
    session = booking.choose_time(booking.choose_day(at_days(SLOT), SLOT.astimezone(KYIV).date(), 2), SLOT, 2)
    asked = sent(session)
    assert isinstance(asked, a.HoldTime)
    gone = steps.heard(session, a.Declined(asked, problem("slot_taken")), 3)
    assert gone.place.message is Message.TIME_GONE


def test_a_service_without_free_times_says_so_and_leads_back_to_the_services() -> None:
    session = steps.choose(steps.choose(steps.begin_booking(at_start(), "form-word", 1), "family", 1), 1, 1)
    asked = sent(session)
    assert isinstance(asked, a.FindTimes)
    told = steps.heard(session, a.TimesFound(asked, slots()), 2)
    assert told.place.message is Message.NO_TIMES
    assert steps.back(told, 3).step is Step.SERVICES
    refused = steps.heard(session, a.Declined(asked, problem("not_bookable")), 2)
    assert refused.place.message is Message.NOT_BOOKED
    assert steps.choose_other(refused, 3).step is Step.SERVICES


def test_back_leads_from_the_agreement_to_the_start_and_forgets_that_one_wanted_to_book() -> None:
    session, seen = at_agree(), []
    while session.step is not Step.START:
        seen.append(session.step)
        session = steps.back(session, 4)
    assert seen == [Step.AGREE, Step.TIMES, Step.DAYS, Step.SERVICES, Step.GROUPS]
    assert session.booking is None
    today = steps.choose(steps.choose(steps.choose(steps.begin(session, 5), "big", 5), "family", 5), 1, 5)
    assert today.step is Step.CONFIRM
    assert len(steps.offer(today).services) == 6


def test_paper_trouble_keeps_the_number_and_the_code_on_the_screen_and_prints_again_when_asked() -> None:
    saved = steps.take_asks(at_booked())[0]
    session = steps.heard(saved, a.BookingPrinted(7, m.PrintOutcome.TROUBLE, "paper_out"), 6)
    assert session.booking is not None
    told = phrases.booking_trouble(words_in("uk"), session.booking)
    assert told is not None
    assert told[0] == "Папір закінчився."
    assert "А 501" in told[1].replace(NB, " ")
    assert "482 913" in told[1].replace(NB, " ")
    again = booking.reprint(session, 7)
    assert [type(ask) for ask in again.asks] == [a.PrintBooking]
    done = steps.heard(again, a.BookingPrinted(7, m.PrintOutcome.CONFIRMED), 8)
    assert done.booking is not None
    assert done.booking.paper is Paper.CONFIRMED
    assert steps.heard(done, a.BookingPrinted(99, m.PrintOutcome.TROUBLE), 8) == done
    assert booking.reprint(done, 9) == done


# --- time ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["pad", "agree", "booked", "arrived"])
def test_a_visitor_who_left_leaves_nothing_behind(where: str) -> None:
    pad = typed(arrival.begin(at_start(), 1), "482913")
    request = a.CheckIn("key", "482913", "uk")
    arrived = steps.heard(replace(pad, request=request), a.Arrived(request, checked_in()), 1)
    session = {"pad": pad, "agree": at_agree(), "booked": at_booked(), "arrived": arrived}[where]
    asked = steps.tick(replace(session, reload_at=1e9), session.touched_at + 46)
    assert asked.question_at is not None
    gone = steps.tick(asked, session.touched_at + 46 + 20)
    assert gone.trail == (Place(Step.START),)
    assert (gone.arrival, gone.booking, gone.request, gone.refusal) == (None, None, None, None)
    assert "482913" not in repr(gone)
