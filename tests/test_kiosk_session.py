"""The visitor's steps at the kiosk, without a window, a server or a printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.words import words_in
from kiosk import asks as a
from kiosk import phrases
from kiosk import session as steps
from kiosk.catalogue import closed_providers, open_providers, page_count, page_of, reason_of, services_of, week
from kiosk.state import Message, Paper, Place, Session, Step, Timing
from queue_server import messages as m

NOON = datetime(2026, 3, 12, 12, 5, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")


def both(uk: str, en: str = "") -> dict[str, str]:
    return {"uk": uk, "en": en or uk}


def provider(code: str, **told: object) -> m.ProviderView:
    return m.ProviderView(code=code, name=both(code), short_name=both(code), **{"open": True, **told})


def group(code: str, of: str, letter: str) -> m.GroupView:
    return m.GroupView(code=code, provider=of, letter=letter, name=both(code), zone="hall", waiting=0)


def service(number: int, of: str) -> m.ServiceView:
    return m.ServiceView(
        number=number, group=of, name=both(f"service {number}"), short_name=both(f"s{number}"), sensitive=False
    )


def centre(**told: object) -> m.CentreView:
    """Two open institutions (one with two groups, one with a single service), one without a schedule."""
    parts: dict[str, object] = {
        "seq": 1,
        "now": NOON,
        "code": "toy",
        "name": both("Центр"),
        "city": both("Місто"),
        "timezone": "Europe/Kyiv",
        "languages": ["uk", "en"],
        "hotline": None,
        "return_window_min": 60,
        "zones": [m.ZoneView(code="hall", name=both("Зала"), floor=1)],
        "providers": [provider("big"), provider("small"), provider("other", open=False, reason="schedule_unknown")],
        "groups": [group("family", "big", "А"), group("aid", "big", "Д"), group("only", "small", "К")],
        "services": [
            *(service(n, "family") for n in range(1, 10)),
            service(10, "aid"),
            service(11, "aid"),
            service(12, "only"),
        ],
    }
    return m.CentreView.model_validate({**parts, **told})


ONE_OPEN = centre(providers=[provider("big"), provider("small", open=False, reason="no_services")])
SINGLE = centre(providers=[provider("small")])


def at_start(view: m.CentreView | None = None, now: float = 0.0) -> Session:
    session, asked = steps.take_asks(steps.start("uk", Timing(), now))
    assert asked == (a.LoadCentre(),)
    return steps.heard(session, a.CentreLoaded(view or centre()), now)


def at_confirm(number: int = 1, view: m.CentreView | None = None) -> Session:
    session = steps.begin(at_start(view), 1)
    for step, pick in ((Step.PROVIDERS, "big"), (Step.GROUPS, "family"), (Step.SERVICES, number)):
        if session.step is step:
            session = steps.choose(session, pick, 1)
    assert session.step is Step.CONFIRM
    return steps.take_asks(session)[0]


def ticket(id_: int, number: int, *, letter: str = "А", seq: int = 17) -> m.IssuedTicket:
    return m.IssuedTicket(
        ticket=m.TicketView(
            id=id_, visit=5, number=f"{letter}\u00a0{seq}", letter=letter, seq=seq, service=number, group="family",
            state=m.TicketState.WAITING, issued_at=NOON, queue_key=NOON, ahead_at_issue=7,
        )
    )  # fmt: skip


def with_number(now: float = 10.0) -> Session:
    """One ticket taken and its slip asked for."""
    pressed = steps.take(at_confirm(), "key", now)
    answered = steps.heard(pressed, a.Issued("key", 5, (ticket(1, 1),)), now)
    return steps.take_asks(answered)[0]


def printed(session: Session, now: float = 11.0) -> Session:
    return steps.heard(session, a.Printed(1, m.PrintOutcome.CONFIRMED), now)


# --- choosing -----------------------------------------------------------------------------------------------


def test_a_visitor_chooses_institution_then_group_then_service_then_sees_the_choice() -> None:
    session = steps.begin(at_start(), 1)
    assert session.step is Step.PROVIDERS
    session = steps.choose(session, "big", 1)
    assert session.step is Step.GROUPS
    session = steps.choose(session, "family", 1)
    assert session.step is Step.SERVICES
    session = steps.choose(session, 2, 1)
    assert (session.step, session.place.service) == (Step.CONFIRM, 2)
    assert steps.take_asks(session)[1] == (a.Estimate(2),)


def test_a_level_with_one_possible_choice_is_skipped() -> None:
    assert steps.begin(at_start(ONE_OPEN), 1).step is Step.GROUPS
    assert steps.begin(at_start(SINGLE), 1).step is Step.CONFIRM
    aid = steps.choose(steps.choose(steps.begin(at_start(), 1), "small", 1), 0, 1)
    assert (aid.step, aid.place.service) == (Step.CONFIRM, 12)


def test_a_group_without_services_is_not_offered() -> None:
    bare = centre(services=[service(10, "aid"), service(11, "aid"), service(12, "only")])
    chosen = steps.choose(steps.begin(at_start(bare), 1), "big", 1)
    assert (chosen.step, chosen.place.group) == (Step.SERVICES, "aid")


def test_institutions_that_cannot_be_chosen_stand_behind_one_row_on_the_first_list_only() -> None:
    first = steps.begin(at_start(ONE_OPEN), 1)
    assert steps.first_choice(first)
    assert steps.others(first)
    assert steps.show_others(first, 1).step is Step.OTHERS
    second = steps.choose(first, "family", 1)
    assert not steps.first_choice(second)
    assert not steps.others(at_start(SINGLE))


def test_an_open_institution_without_services_is_closed_with_its_reason() -> None:
    empty = centre(groups=[group("family", "big", "А")])
    assert [p.code for p in open_providers(empty)] == ["big"]
    assert [(p.code, reason_of(p)) for p in closed_providers(empty)] == [
        ("small", "no_services"),
        ("other", "schedule_unknown"),
    ]


def test_with_nothing_open_the_start_screen_cannot_be_left() -> None:
    shut = centre(providers=[provider("big", open=False, reason="closed_for_today")])
    session = at_start(shut)
    assert steps.nothing_open(session)
    assert steps.begin(session, 1) == session


@pytest.mark.parametrize("view", [centre(), ONE_OPEN, SINGLE])
def test_back_leads_through_every_screen_to_the_start(view: m.CentreView) -> None:
    session = at_confirm(view=view) if view is not SINGLE else steps.begin(at_start(view), 1)
    seen = [session.step]
    while session.step is not Step.START:
        session = steps.back(session, 1)
        seen.append(session.step)
    whole = [Step.CONFIRM, Step.SERVICES, Step.GROUPS, Step.PROVIDERS, Step.START]
    assert seen == {3: whole, 2: [*whole[:3], Step.START], 1: [Step.CONFIRM, Step.START]}[len(view.providers)]
    assert steps.basket(session) == ()


@pytest.mark.parametrize(
    "aside", [steps.show_full_name, steps.show_languages, steps.show_others], ids=lambda step: step.__name__
)
def test_back_returns_from_a_page_beside_the_way(aside: Callable[[Session, float], Session]) -> None:
    session = at_confirm()
    assert steps.back(aside(session, 1), 1).trail == session.trail


def test_lists_have_pages_and_back_on_the_first_page_leaves_the_list() -> None:
    services = services_of(centre(), "family")
    assert page_count(services, 8) == 2
    assert [s.number for s in page_of(services, 1, 8)] == [9]
    assert [s.number for s in page_of(services, 7, 8)] == [9]
    session = steps.back(at_confirm(), 1)
    session = steps.turn(session, 1, 2, 1)
    assert session.place.page == 1
    assert steps.turn(session, 1, 2, 1).place.page == 1
    session = steps.turn(session, -1, 2, 1)
    assert (session.step, session.place.page) == (Step.SERVICES, 0)
    assert steps.turn(session, -1, 2, 1).step is Step.GROUPS


def test_the_offer_does_not_change_under_the_finger() -> None:
    session = at_confirm()
    assert steps.heard(session, a.CentreLoaded(SINGLE), 2).centre is session.centre


def told(
    number: int, ahead: int = 7, wait: tuple[int, int] | None = (15, 25), reason: str | None = None
) -> a.Estimated:
    low, high = wait or (None, None)
    return a.Estimated(m.EstimateView(service=number, ahead=ahead, low_min=low, high_min=high, reason=reason))


def test_the_wait_is_asked_anew_whenever_the_choice_is_seen_again() -> None:
    session = steps.heard(at_confirm(1), told(1), 2)
    assert steps.estimate_of(session, 1) == told(1).told
    assert steps.estimate_of(steps.heard(session, told(2), 2), 2) is None  # of what nobody looks at any more
    again, asked = steps.take_asks(steps.back(steps.show_full_name(session, 3), 3))
    assert (steps.estimate_of(again, 1), asked) == (told(1).told, (a.Estimate(1),))
    assert steps.estimate_of(steps.heard(again, told(1, 9), 3), 1) == told(1, 9).told
    other = steps.choose(steps.back(session, 3), 2, 3)
    assert steps.estimate_of(other, 1) is None
    assert steps.estimate_of(other, 2) is None


def test_a_service_without_a_ticket_left_says_so_before_anything_is_pressed() -> None:
    session = steps.heard(at_confirm(1), told(1, reason="capacity_stop"), 2)
    assert steps.stopped(session, 1) == "capacity_stop"
    assert steps.obtainable(session) == ()
    pressed = steps.take(session, "key", 3)
    assert (pressed.step, pressed.request) == (Step.CONFIRM, None)
    assert steps.back(session, 3).step is Step.SERVICES
    assert steps.obtainable(steps.heard(session, told(1), 4)) == (1,)  # somebody gave up a place
    assert phrases.stop(words_in("uk"), "capacity_stop") == (
        "На сьогодні талонів на цю послугу більше немає",
        "Зверніться до рецепції.",
    )


def test_a_suspended_reception_is_said_on_the_first_screen_and_not_as_a_closed_day() -> None:
    halted = centre(providers=[provider(code, open=False, reason="suspended") for code in ("big", "small")])
    closed = centre(providers=[provider(code, open=False, reason="closed_today") for code in ("big", "small")])
    assert steps.suspended(at_start(halted))
    assert not steps.suspended(at_start(closed))
    assert not steps.suspended(at_start())
    assert phrases.stop(words_in("uk"), "suspended")[0] == "Прийом призупинено"


# --- several services ---------------------------------------------------------------------------------------


def another(session: Session, number: int) -> Session:
    session = steps.choose(steps.choose(steps.add_another(session, 2), "big", 2), "family", 2)
    return steps.choose(session, number, 2)


def test_each_of_several_services_has_its_own_wait_on_the_screen() -> None:
    session = steps.heard(another(steps.heard(at_confirm(1), told(1), 2), 3), told(3, 2, (0, 10)), 3)
    known = [steps.estimate_of(session, number) for number in steps.at_hand(session)]
    assert [phrases.in_short(words_in("uk"), one).replace("\u00a0", " ") for one in known if one] == [
        "15–25 хв",
        "до 10 хв",
    ]


def test_a_service_that_is_stopped_does_not_cost_the_visitor_the_others() -> None:
    session = steps.heard(another(steps.heard(at_confirm(1), told(1), 2), 3), told(3, reason="capacity_stop"), 3)
    assert steps.obtainable(session) == (1,)
    pressed = steps.take(session, "key", 4)
    assert pressed.request is not None
    assert pressed.request.services == (1,)
    aside = steps.heard(another(steps.heard(at_confirm(1), told(1, reason="capacity_stop"), 2), 3), told(3), 3)
    assert steps.obtainable(aside) == (3,)
    known = steps.estimate_of(aside, 1)
    assert known is not None
    assert phrases.in_short(words_in("uk"), known) == "талонів немає"


def test_several_services_become_one_visit_with_one_ticket_each() -> None:
    session = another(another(at_confirm(1), 2), 3)
    assert steps.basket(session) == (1, 2)
    request = steps.take_asks(steps.take(session, "key", 3))[1][-1]
    assert request == a.Issue("key", (1, 2, 3), "uk", None)


def test_the_same_service_twice_gives_a_message_and_no_second_ticket() -> None:
    session = another(at_confirm(1), 1)
    assert (session.step, session.place.message) == (Step.MESSAGE, Message.ALREADY_CHOSEN)
    back = steps.back(session, 3)
    assert (back.step, steps.basket(back)) == (Step.SERVICES, (1,))


def test_a_service_that_already_has_its_ticket_is_not_issued_again_in_the_same_visit() -> None:
    session = steps.begin(printed(with_number()), 12)
    session = steps.choose(steps.choose(steps.choose(session, "big", 12), "family", 12), 1, 12)
    assert session.place.message is Message.ALREADY_CHOSEN


def test_a_service_put_aside_comes_back_when_the_visitor_goes_back() -> None:
    session = steps.add_another(at_confirm(1), 2)
    assert steps.basket(session) == (1,)
    session = steps.back(session, 2)
    assert (session.step, session.place.service, steps.basket(session)) == (Step.CONFIRM, 1, ())


def test_a_visit_has_at_most_five_tickets() -> None:
    session = at_confirm(1)
    for number in (2, 3, 4, 5):
        assert steps.can_add(session)
        session = another(session, number)
    assert not steps.can_add(session)
    told = steps.add_another(session, 3)
    assert told.place.message is Message.TOO_MANY
    assert steps.take_asks(steps.take(steps.back(told, 3), "key", 3))[1][-1] == a.Issue(
        "key", (1, 2, 3, 4, 5), "uk", None
    )


def test_nothing_can_be_added_where_everything_is_chosen() -> None:
    session = steps.begin(at_start(SINGLE), 1)
    assert not steps.can_add(session)


def test_another_service_after_the_number_goes_to_the_same_visit() -> None:
    session = steps.begin(printed(with_number()), 12)
    assert session.step is Step.PROVIDERS
    session = steps.choose(session, "small", 12)
    session, asked = steps.take_asks(steps.take(session, "second", 13))
    assert asked[-1] == a.Issue("second", (12,), "uk", visit=5)
    session = steps.heard(session, a.Issued("second", 5, (ticket(2, 12, letter="К", seq=3),)), 14)
    assert [t.issued.ticket.letter for t in session.taken] == ["А", "К"]
    assert session.taken[0].paper is Paper.CONFIRMED


def test_back_from_choosing_another_service_returns_to_the_number() -> None:
    session = printed(with_number())
    assert steps.back(steps.begin(session, 12), 12).step is Step.NUMBER


# --- taking the ticket --------------------------------------------------------------------------------------


def test_nothing_is_printed_before_the_server_has_saved_the_ticket() -> None:
    pressed, asked = steps.take_asks(steps.take(at_confirm(), "key", 10))
    assert [type(ask) for ask in asked] == [a.Issue]
    answered, asked = steps.take_asks(steps.heard(pressed, a.Issued("key", 5, (ticket(1, 1),)), 10.2))
    assert [type(ask) for ask in asked] == [a.Print]
    assert (answered.step, answered.visit, answered.taken[0].paper) == (Step.NUMBER, 5, Paper.PRINTING)


def test_a_second_touch_while_the_request_travels_does_nothing() -> None:
    pressed = steps.take(at_confirm(), "key", 10)
    assert steps.take(pressed, "other", 10.1) == pressed
    assert steps.back(pressed, 10.1).step is Step.ISSUING


def test_a_wait_over_half_a_second_is_put_in_words() -> None:
    pressed = steps.take(at_confirm(), "key", 10)
    assert not steps.waiting_long(pressed, 10.4)
    assert steps.waiting_long(pressed, 10.6)


def test_a_lost_server_is_tried_again_with_the_same_key_until_it_answers() -> None:
    session, asked = steps.take_asks(steps.take(at_confirm(), "key", 10))
    first = asked[-1]
    for moment in (20.0, 30.0, 40.0):
        session = steps.heard(session, a.ServerAway(first), moment)
        assert session.lost
        session, asked = steps.take_asks(steps.tick(session, moment + 1))
        assert asked == ()
        session, asked = steps.take_asks(steps.tick(session, moment + 3))
        assert asked == (first,)
        assert steps.take_asks(steps.tick(session, moment + 4))[1] == ()  # one attempt at a time
    answered = steps.heard(session, a.Issued("key", 5, (ticket(1, 1),)), 44)
    assert (answered.step, len(answered.taken), answered.lost) == (Step.NUMBER, 1, False)


def test_the_answer_to_a_visitor_who_left_changes_nothing_for_the_next_one() -> None:
    pressed = steps.take(at_confirm(), "key", 10)
    gone = steps.reset(steps.heard(pressed, a.ServerAway(pressed.request), 12), 80)  # type: ignore[arg-type]
    gone = steps.take_asks(gone)[0]
    assert steps.heard(gone, a.Issued("key", 5, (ticket(1, 1),)), 81) == gone
    assert steps.heard(gone, a.Printed(1, m.PrintOutcome.TROUBLE, "paper_out"), 81) == gone


def test_a_refusal_is_told_in_the_servers_words_and_leaves_a_way_back() -> None:
    problem = m.Problem(title="Refused", status=409, code="closed", detail="Прийом завершено")
    pressed = steps.take(another(at_confirm(1), 2), "key", 10)
    refused = steps.heard(pressed, a.Issued("key", None, (), problem), 11)
    assert refused.place.message is Message.REFUSED
    assert refused.refusal is not None
    assert refused.refusal.detail == "Прийом завершено"
    assert steps.back(refused, 12).step is Step.CONFIRM
    assert (steps.choose_other(refused, 12).step, steps.basket(steps.choose_other(refused, 12))) == (
        Step.SERVICES,
        (1,),
    )
    assert steps.home(refused, 12).step is Step.START


def test_a_refused_second_service_does_not_take_away_the_number_in_hand() -> None:
    problem = m.Problem(title="Refused", status=409, code="closed", detail="Прийом завершено")
    session = steps.choose(steps.begin(printed(with_number()), 12), "small", 12)
    refused = steps.heard(steps.take(session, "second", 13), a.Issued("second", 5, (), problem), 14)
    home = steps.home(refused, 15)
    assert (home.step, len(home.taken)) == (Step.NUMBER, 1)


# --- paper --------------------------------------------------------------------------------------------------


def test_paper_out_keeps_the_number_on_the_screen_and_says_that_it_is_valid() -> None:
    session = steps.heard(with_number(), a.Printed(1, m.PrintOutcome.TROUBLE, "paper_out"), 13)
    assert session.step is Step.NUMBER
    assert phrases.paper_trouble(words_in("uk"), session.taken) == (
        "Папір закінчився.",
        "Ваш номер А\u00a017 дійсний. Запам’ятайте або сфотографуйте його.",
    )
    for second in range(20):
        assert steps.tick(session, 13 + second).question_at is None
    assert steps.tick(session, 13 + 46).taken == session.taken


def test_only_slips_that_did_not_come_out_are_printed_again() -> None:
    pressed = steps.take(another(at_confirm(1), 2), "key", 10)
    session = steps.heard(pressed, a.Issued("key", 5, (ticket(1, 1), ticket(2, 2, seq=18))), 11)
    session = steps.heard(printed(session), a.Printed(2, m.PrintOutcome.TROUBLE, "paper_out"), 12)
    session, asked = steps.take_asks(steps.reprint(steps.take_asks(session)[0], 13))
    assert [ask.issued.ticket.id for ask in asked if isinstance(ask, a.Print)] == [2]
    assert [t.paper for t in session.taken] == [Paper.CONFIRMED, Paper.PRINTING]
    session = steps.heard(session, a.Printed(2, m.PrintOutcome.CONFIRMED), 14)
    assert phrases.paper_trouble(words_in("uk"), session.taken) is None


def test_a_silent_printer_is_unknown_and_never_confirmed() -> None:
    session = steps.heard(with_number(), a.Printed(1, m.PrintOutcome.UNKNOWN), 13)
    assert session.taken[0].paper is Paper.UNKNOWN


# --- time ---------------------------------------------------------------------------------------------------


def test_a_still_visitor_is_asked_after_45_seconds_and_the_screen_resets_20_seconds_later() -> None:
    session = at_confirm()
    assert steps.tick(session, 45.9).question_at is None
    asked = steps.tick(session, 46)
    assert asked.question_at == 46
    assert steps.seconds_left(asked, 50) == 16
    assert steps.tick(asked, 65.9) == asked
    gone = steps.tick(asked, 66)
    assert (gone.step, gone.trail, gone.asks) == (Step.START, (Place(Step.START),), (a.LoadCentre(),))


def test_yes_keeps_everything_as_often_as_wanted() -> None:
    session, moment = at_confirm(), 1.0
    for _ in range(12):
        asked = steps.tick(session, moment + 45)
        moment += 60
        session = steps.stay(asked, moment)
        assert (session.step, session.question_at, session.place.service) == (Step.CONFIRM, None, 1)


def test_the_number_screen_returns_to_the_start_by_itself_but_asks_first() -> None:
    session = printed(with_number(), 11)
    assert steps.tick(session, 35).question_at is None
    asked = steps.tick(session, 36)
    assert asked.question_at == 36
    assert steps.tick(asked, 57).step is Step.START
    assert steps.tick(asked, 57).taken == ()


def test_nothing_of_a_visitor_survives_the_reset() -> None:
    session = replace(printed(with_number()), language="en")
    fresh = steps.reset(session, 99)
    assert fresh == replace(
        at_start(now=99), asks=(a.LoadCentre(),), centre=session.centre, centre_at=0.0, reload_at=fresh.reload_at
    )
    assert fresh.language == "uk"


def test_an_answer_during_the_question_puts_the_number_on_the_screen() -> None:
    pressed = steps.take(at_confirm(), "key", 10)
    asked = steps.tick(pressed, 55)
    assert asked.question_at == 55
    answered = steps.heard(asked, a.Issued("key", 5, (ticket(1, 1),)), 56)
    assert (answered.step, answered.question_at) == (Step.NUMBER, None)


# --- the server's side --------------------------------------------------------------------------------------


def test_a_server_that_is_away_is_asked_again_and_the_start_screen_comes_back_by_itself() -> None:
    session = steps.heard(at_start(), a.ServerAway(a.LoadCentre()), 20)
    assert not session.reachable
    assert steps.tick(session, 22).asks == ()
    session, asked = steps.take_asks(steps.tick(session, 23))
    assert asked == (a.LoadCentre(),)
    assert steps.tick(session, 90).asks == ()  # one attempt at a time
    assert steps.heard(session, a.CentreLoaded(centre()), 24).reachable


def test_a_kiosk_the_server_does_not_know_says_why_to_staff() -> None:
    problem = m.Problem(title="Unauthorized", status=401, code="not_signed_in", detail="…")
    session = steps.heard(at_start(), a.Declined(a.LoadCentre(), problem), 20)
    assert (session.reachable, session.trouble) == (False, "not_signed_in")


def test_the_offer_on_the_start_screen_is_refreshed() -> None:
    assert steps.tick(at_start(), 14.9).asks == ()
    assert steps.tick(at_start(), 15).asks == (a.LoadCentre(),)
    assert steps.tick(at_confirm(), 15.5).asks == ()


def test_the_clock_is_the_servers_and_goes_on_with_ours() -> None:
    assert steps.server_time(at_start(now=100), 160) == NOON + timedelta(seconds=60)
    assert steps.server_time(steps.start("uk", Timing(), 0), 5) is None


# --- languages and words ------------------------------------------------------------------------------------


def test_the_language_follows_everywhere_and_goes_back_for_the_next_visitor() -> None:
    session = steps.switch_language(at_confirm(), "en", 2)
    assert (session.step, session.language) == (Step.CONFIRM, "en")
    request = steps.take_asks(steps.take(session, "key", 3))[1][-1]
    assert isinstance(request, a.Issue)
    assert request.language == "en"
    assert steps.reset(session, 4).language == "uk"
    assert steps.tick(steps.switch_language(at_start(), "en", 2), 47).language == "uk"


def test_a_chosen_language_closes_the_list_of_languages() -> None:
    session = steps.show_languages(at_confirm(), 2)
    assert steps.show_languages(session, 2) == session
    assert steps.switch_language(session, "en", 2).step is Step.CONFIRM


@pytest.mark.parametrize(
    ("ahead", "uk", "en"),
    [
        (0, "нікого", "nobody"),
        (1, "1 людина", "1 person"),
        (3, "3 людини", "3 people"),
        (7, "7 людей", "7 people"),
        (11, "11 людей", "11 people"),
        (21, "21 людина", "21 people"),
    ],
)
def test_people_ahead_are_counted_in_right_words(ahead: int, uk: str, en: str) -> None:
    assert phrases.people(words_in("uk"), ahead).replace("\u00a0", " ") == uk
    assert phrases.people(words_in("en"), ahead).replace("\u00a0", " ") == en


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"reason": "schedule_unknown"}, "Графік прийому не внесено. Уточнюйте на рецепції"),
        ({"reason": "no_services"}, "Перелік послуг ще не внесено"),
        ({"reason": "closed_today"}, "Сьогодні прийому немає"),
        ({"reason": "closed_for_today"}, "Прийом сьогодні завершено"),
        ({"reason": "not_open_yet", "opens_at": datetime(2026, 3, 12, 6, tzinfo=UTC)}, "Відкриємось о 08:00"),
        ({"reason": "not_open_yet", "opens_at": datetime(2026, 3, 12, 9, tzinfo=UTC)}, "Відкриємось об 11:00"),
        ({"reason": "suspended"}, "Прийом призупинено"),
        ({"reason": "ticketing_stopped"}, "Видачу талонів припинено. Уточнюйте на рецепції"),
        ({"reason": "something_new"}, "Зараз талони не видаються. Уточнюйте на рецепції"),
        ({"open": True}, "Перелік послуг ще не внесено"),
    ],
)
def test_every_reason_is_a_sentence(told: dict[str, object], sentence: str) -> None:
    assert phrases.reason(words_in("uk"), provider("p", **{"open": False, **told}), KYIV) == sentence


def test_hours_are_told_by_runs_of_equal_days() -> None:
    days = {day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu")} | {"fri": ["08:00-12:00", "13:00-16:00"]}
    one = provider("p", hours=days)
    assert week(one) == [("mon", "thu", "08:00–17:00"), ("fri", "fri", "08:00–12:00, 13:00–16:00")]
    assert phrases.hours(words_in("uk"), one)[0] == "понеділок–четвер\u00a008:00–17:00"
    assert week(provider("q")) == []


def test_every_sentence_of_the_kiosk_exists_in_every_language() -> None:
    from config.words import LOCALE

    keys = {
        file.stem: {line.split(" = ")[0] for line in file.read_text("utf-8").splitlines() if line.startswith("kiosk-")}
        for file in LOCALE.glob("*.ftl")
    }
    assert keys["uk"] == keys["en"]
    assert len(keys["uk"]) > 80


@pytest.mark.parametrize(
    ("wait", "row", "short"),
    [
        ((15, 25), "15–25 хв", "15–25 хв"),
        ((0, 10), "до 10 хв", "до 10 хв"),
        ((40, 95), "40 хв – 2 год", "40 хв – 2 год"),
        ((0, 0), "", "зараз вільно"),
        (None, "", "7 людей"),
    ],
)
def test_the_wait_is_told_before_the_ticket_is_taken(wait: tuple[int, int] | None, row: str, short: str) -> None:
    words, before = words_in("uk"), told(1, 7, wait).told
    assert phrases.wait(words, before).replace("\u00a0", " ") == row
    assert phrases.in_short(words, before).replace("\u00a0", " ") == short
    assert phrases.goes_at_once(before) == (wait == (0, 0))


@pytest.mark.parametrize(
    ("wait", "sentence", "row"),
    [
        ((15, 25), "Орієнтовне очікування на час видачі: 15–25 хв", "Перед вами: 7 людей · 15–25 хв"),
        ((0, 0), "Зараз вільно — вас покличуть одразу", "Перед вами: 7 людей · зараз вільно"),
        ((None, None), "", "Перед вами: 7 людей"),
    ],
)
def test_a_number_says_the_wait_as_it_was_when_it_was_given_out(
    wait: tuple[int | None, int | None], sentence: str, row: str
) -> None:
    taken = ticket(1, 1).ticket.model_copy(update={"promised_low_min": wait[0], "promised_high_min": wait[1]})
    words = words_in("uk")
    assert phrases.wait_at_issue(words, taken).replace("\u00a0", " ") == sentence
    long, short = (text.replace("\u00a0", " ") for text in phrases.place_in_short(words, taken))
    assert (long, short) == (row, "Перед вами: 7 людей")
