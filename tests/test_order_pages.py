"""«Чому цей номер?» and «Порядок викликів»: what staff may read aloud, what a visitor may know, what nobody is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, get_args

import httpx
import pytest

from config.words import words_in
from queue_server import messages as m
from queue_server import why
from queue_server.accounts import NewUser
from queue_server.client import QueueClient, Refused, Unknown
from queue_server.hall import Hall
from queue_server.ledger import Work
from queue_server.rules import appointments, desks, serving, visits
from queue_server.rules import events as ev
from queue_server.rules.appointments import Booking
from queue_server.rules.visits import Asking, Wish

Decide = Callable[[Hall, datetime], Sequence[ev.Event]]
OTHER = (
    "Причина — інша передбачена правилами підстава. "
    "Її не уточнюють, щоб не розголошувати особистих обставин відвідувача."
)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


class Hall1:
    """Desk 1 (queues А and Д), played by the rules on the real ledger; time stands still but when it is moved."""

    def __init__(self, site: Any, clock: Any) -> None:
        self.site, self.clock, self.centre = site, clock, site.centre
        self.do(
            lambda hall, _now: desks.open_desk(hall, self.centre, 1, desks.Skills(1, "upszn", ("dity", "dopomoha"), ()))
        )

    def do(self, decide: Decide, actor: str = "user:1") -> None:
        self.site.ledger.do(Work(actor, decide, lambda _hall, _rows: None))

    def take(self, *services: int, claim: tuple[int, ev.Mode] | None = None) -> int:
        """The last ticket of a new visit."""
        wishes = [Wish(service, claim) for service in services]
        asking = Asking("kiosk", "uk")
        self.do(lambda hall, now: visits.open_visit(hall, now, self.centre, wishes, asking), "device:1")
        return int(self.site.hall.last_ticket)

    def wait(self, **span: float) -> None:
        self.clock.move_by(**span)

    def call(self) -> int:
        self.do(lambda hall, now: serving.call_next(hall, now, self.centre, 1, 1))
        ticket = self.site.hall.desks[1].ticket
        assert ticket is not None
        return int(ticket)

    def start(self) -> None:
        self.do(lambda hall, _now: serving.start(hall, self.centre, 1, 1))

    def finish(self) -> None:
        self.do(lambda hall, now: serving.finish(hall, now, self.centre, 1, 1, "accepted"))

    def serve(self) -> int:
        ticket = self.call()
        self.start()
        self.finish()
        return ticket

    def hold_and_return(self) -> int:
        """Whoever is served makes copies, comes back and is called again."""
        ticket = self.call()
        self.start()
        self.do(lambda hall, now: serving.hold(hall, now, self.centre, 1, 1, "documents"))
        self.do(lambda hall, _now: visits.come_back(hall, ticket))
        assert self.call() == ticket
        return ticket

    def book(self, number: int, slot: datetime) -> int:
        self.do(lambda hall, _now: appointments.expect(hall, self.centre, [Booking(2, number, slot)]), "system")
        return int(self.site.hall.last_ticket)

    def check_in(self, ticket: int) -> None:
        self.do(lambda hall, now: appointments.check_in(hall, now, self.centre, ticket))

    def call_number(self, ticket: int, reason: str) -> None:
        self.do(lambda hall, now: serving.call_out_of_order(hall, now, self.centre, 1, 1, ticket, reason))


@pytest.fixture
def played(site: Any, clock: Any) -> Hall1:
    return Hall1(site, clock)


@pytest.fixture
def key(site: Any) -> Callable[..., str]:
    """A key of somebody with these roles, without the second that a PIN takes."""

    def somebody(login: str, *roles: m.Role, provider: str | None = None, primary: tuple[str, ...] = ()) -> str:
        name = m.PersonName(surname="Мельник-Воскресенська", given_name="Олександра", patronymic="Володимирівна")
        user = site.accounts.save_user(NewUser(login, name, frozenset(roles), provider, primary))
        return str(site.accounts.open_key(user))

    return somebody


@pytest.fixture
def staff(key: Callable[..., str], hands: Any) -> Callable[..., QueueClient]:
    def somebody(login: str, *roles: m.Role, **more: Any) -> QueueClient:
        client: QueueClient = hands.client(key(login, *roles, **more))
        return client

    return somebody


@pytest.fixture
def reception(staff: Callable[..., QueueClient]) -> QueueClient:
    return staff("rec", m.Role.RECEPTION)


@pytest.fixture
def web(hands: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url="http://cherha", transport=hands.transport, headers={"Accept-Language": "uk"}) as client:
        yield client


@pytest.fixture
def operator(web: httpx.Client, key: Callable[..., str]) -> httpx.Client:
    """The browser of an operator of queue А."""
    token = key("petrenko", m.Role.OPERATOR, provider="upszn", primary=("dity",))
    web.headers["Authorization"] = f"Bearer {token}"
    return web


# --- sentences: one family a kind of call ---


def test_an_ordinary_call_is_explained_by_the_longest_wait(played: Hall1, reception: QueueClient) -> None:
    played.take(2)
    played.wait(minutes=42)
    told = reception.explain(played.call())
    assert plain(told.sentence) == (
        "Номер А 1 викликано о 10:42 до робочого місця № 1 за чергою: "
        "у черзі «Допомоги сім’ям з дітьми» він чекав найдовше — з 10:00."
    )
    (call,) = told.calls
    assert (call.tier, call.desk, call.staff_sentence) == ("ordinary", 1, call.sentence)
    assert [(s.group, s.cls, s.head, s.size) for s in call.standings] == [("dity", "W", "А\u00a01", 1)]


def test_at_eleven_the_preposition_is_another(played: Hall1, reception: QueueClient) -> None:
    played.take(2)
    played.wait(minutes=65)
    assert "викликано об 11:05 до" in plain(reception.explain(played.call()).sentence)


def test_whoever_was_passed_over_is_named_with_a_reason_that_is_no_secret(
    played: Hall1, reception: QueueClient
) -> None:
    first = played.take(2, 6)
    played.take(6)
    assert played.call() == first - 1
    played.start()
    played.wait(minutes=5)
    played.finish()
    played.wait(seconds=10)
    told = reception.explain(played.call())
    assert plain(told.sentence) == (
        "Номер Д 2 викликано о 10:05 до робочого місця № 1 за чергою: "
        "серед тих, кого можна було викликати з черги «Соціальні та матеріальні допомоги», "
        "він чекав найдовше — з 10:00. "
        "Попереду в черзі був номер Д 1: цей відвідувач саме йшов від іншого робочого місця, і черги він не втратив."
    )
    assert [(p.number, p.why) for p in told.calls[0].passed] == [("Д\u00a01", "walking")]


@pytest.mark.parametrize(
    ("bar", "sentence"),
    [
        ("sibling", "цих відвідувачів саме приймали за іншими послугами, і черги вони не втратили."),
        ("walking", "ці відвідувачі саме йшли від інших робочих місць, і черги вони не втратили."),
        (
            "returned_late",
            "ці відвідувачі пропустили свої виклики й повернулися, тому за правилами спершу викликають інших.",
        ),
        ("pinned", "цих відвідувачів мають прийняти за іншими робочими місцями."),
    ],
)
def test_several_who_were_passed_over_for_one_reason_are_told_together(
    bakhmut: Any, moment: Any, bar: ev.Bar, sentence: str
) -> None:
    named = {n: why.Named(f"А\u00a0{n}", moment(10)) for n in (12, 13, 17)}
    choice = ev.Choice("ordinary", passed=(ev.Passed(12, bar), ev.Passed(13, bar)))
    call = why.Called(9, 17, moment(10, 42), 3, "dity", 1, choice, named)
    told = plain(why.read_aloud(words_in("uk"), bakhmut, call))
    assert told.endswith(f" Попереду в черзі були номери А 12, А 13: {sentence}")


def test_two_queues_of_a_desk_are_compared_openly(played: Hall1, reception: QueueClient) -> None:
    played.take(2)
    played.wait(minutes=3)
    played.take(6)
    told = reception.explain(played.call())
    assert plain(told.sentence).endswith(
        "До цього місця викликають також із черги «Соціальні та матеріальні допомоги», "
        "де першим був номер Д 1, але він став у чергу пізніше."
    )


def test_queues_with_different_wishes_are_compared_by_them(bakhmut: Any, moment: Any) -> None:
    groups = [g.model_copy(update={"target_wait_min": 30}) if g.code == "subsydii" else g for g in bakhmut.groups]
    centre = bakhmut.model_copy(update={"groups": groups})
    named = {1: why.Named("А\u00a01", moment(10)), 2: why.Named("Л\u00a05", moment(9, 50))}
    standings = (ev.Standing("dity", "W", 1, 4), ev.Standing("subsydii", "W", 2, 2))
    call = why.Called(9, 1, moment(10, 37), 3, "dity", 1, ev.Choice("ordinary", standings), named)
    assert plain(why.read_aloud(words_in("uk"), centre, call)).endswith(
        "До цього місця викликають також із черги «Житлові субсидії», де першим був номер Л 5. "
        "Він чекав 47 хв (бажано до 30 хв), а номер А 1 — 37 хв (бажано до 15 хв), тобто порівняно довше."
    )


def test_a_queue_of_secondary_skill_is_told_as_such(bakhmut: Any, moment: Any) -> None:
    """Its head waited longer and was not called all the same; a privileged one there is not named."""
    for cls, since in (("W", moment(9, 50)), ("P", moment(10, 8))):
        named = {1: why.Named("А\u00a01", moment(10)), 2: why.Named("К\u00a02", since)}
        standings = (ev.Standing("dity", "W", 1, 4), ev.Standing("vpo", cls, 2, 2))  # type: ignore[arg-type]
        call = why.Called(9, 1, moment(10, 10), 1, "dity", 1, ev.Choice("ordinary", standings), named)
        told = plain(why.read_aloud(words_in("uk"), bakhmut, call))
        assert (
            "До цього місця викликають також із черги «Допомога внутрішньо переміщеним особам», але лише тоді" in told
        )
        assert "К 2" not in told


def test_an_appointment_is_called_by_its_time(played: Hall1, reception: QueueClient, moment: Any) -> None:
    ticket = played.book(501, moment(10, 15))
    played.wait(minutes=10)
    played.check_in(ticket)
    played.take(2)
    told = reception.explain(played.call())
    assert plain(told.sentence) == (
        "Номер А 501 викликано о 10:10 до робочого місця № 1 за записом: узгоджений час — 10:15. "
        "Запис на узгоджений час має перевагу перед загальною чергою."
    )


def test_a_call_by_record_is_the_same_to_everybody_and_told_to_staff(
    played: Hall1, reception: QueueClient, moment: Any
) -> None:
    ticket = played.book(501, moment(10))
    played.do(lambda hall, now: appointments.call_by_record(hall, now, played.centre, 1, 1, ticket))
    (call,) = reception.explain(ticket).calls
    assert "за записом: узгоджений час — 10:00." in plain(call.sentence)
    assert plain(call.staff_sentence) == (
        "Номер А 501 викликано о 10:00 до робочого місця № 1 за записом, зі списку записаних: узгоджений час — 10:00."
    )


def test_when_nobody_else_could_come_it_is_said(played: Hall1, reception: QueueClient) -> None:
    played.take(2, 6)
    played.serve()
    told = reception.explain(played.call())
    assert plain(told.sentence) == (
        "Номер Д 1 викликано о 10:00 до робочого місця № 1 за чергою: "
        "іншого номера, який можна було б викликати до цього місця, тоді не було."
    )


@pytest.mark.parametrize(
    ("tier", "sentence"),
    [
        (
            "forced",
            "за чергою: у черзі «Допомоги сім’ям з дітьми» він чекав найдовше — з 10:05. "
            "Перед ним уже викликали стільки інших, скільки правила дозволяють підряд.",
        ),
        (
            "guard",
            "за чергою: він чекав понад годину — з 10:05, найдовше з усіх, кого можна було викликати до цього місця. "
            "Тут правила дозволяють випередити такого відвідувача не більше ніж 5 разів підряд.",
        ),
    ],
)
def test_both_guards_of_whoever_waits_longest_are_told(bakhmut: Any, moment: Any, tier: ev.Tier, sentence: str) -> None:
    named = {1: why.Named("А\u00a017", moment(10, 5))}
    call = why.Called(9, 1, moment(11, 42), 3, "dity", 1, ev.Choice(tier), named)
    told = plain(why.read_aloud(words_in("uk"), bakhmut, call))
    assert told == f"Номер А 17 викликано об 11:42 до робочого місця № 3 {sentence}"


def test_nobody_hears_why_a_number_came_on_another_ground(played: Hall1, reception: QueueClient) -> None:
    """A return, a priority and a call out of order sound the same to everybody; staff read which it was."""
    for _ in range(3):
        played.take(2)
    privileged = played.take(2, claim=(1, "out_of_turn"))
    assert played.serve() == privileged
    returned = played.hold_and_return()
    played.start()
    played.finish()
    manual = played.take(2)
    played.call_number(manual, "help_disabled")
    told = {t: reception.explain(t).calls[-1] for t in (privileged, returned, manual)}
    for call in told.values():
        assert plain(call.sentence).endswith(f"до робочого місця № 1. {OTHER}")
    assert plain(told[privileged].staff_sentence).endswith(
        "на позачергове чи першочергове обслуговування: право заявлено, його підтверджують за робочим місцем."
    )
    assert plain(told[returned].staff_sentence).endswith(
        "одразу: прийом цього відвідувача вже починали й перервали, і він повернувся його завершити."
    )
    assert plain(told[manual].staff_sentence).endswith(
        "поза порядком. Причина в журналі: допомога особі з інвалідністю."
    )
    assert len(reception.explain(returned).calls) == 2


@pytest.mark.parametrize("tier", get_args(ev.Tier))
@pytest.mark.parametrize("language", ["uk", "en"])
def test_no_sentence_for_reading_aloud_knows_a_privilege(
    bakhmut: Any, moment: Any, tier: ev.Tier, language: str
) -> None:
    """Whatever the record holds, neither the words nor the number of whoever stands in the priority line are told."""
    named = {n: why.Named(f"А\u00a0{n}", moment(10)) for n in (17, 18, 19)} | {20: why.Named("Д\u00a020", moment(9))}
    standings = (
        ev.Standing("dity", "W", 17, 3), ev.Standing("dity", "P", 18, 1), ev.Standing("dity", "R", 19, 1),
        ev.Standing("dopomoha", "P", 20, 1),
    )  # fmt: skip
    passed = (ev.Passed(18, "pinned"),) if tier in ("return", "priority", "nobody_else", "manual") else ()
    choice = ev.Choice(tier, standings, passed)
    call = why.Called(9, 17, moment(10, 42), 3, "dity", 1, choice, named, reason="help_disabled")
    told = why.read_aloud(words_in(language), bakhmut, call)
    assert not re.search(r"[{}$]|why-|order-", told)
    assert not re.search("позачергов|першочергов|інвалід|пільг|повернувся|turn or|priorit|disab|came back", told)
    assert not re.search("18|19|20", told.replace("10:", ""))


# --- a ticket that waits ---


def test_a_ticket_not_called_yet_hears_how_many_stand_before_and_the_bound(
    played: Hall1, reception: QueueClient
) -> None:
    for _ in range(3):
        ticket = played.take(2)
    told = reception.explain(ticket)
    assert told.calls == []
    assert plain(told.sentence) == (
        "Номер А 3 ще не викликано. У черзі «Допомоги сім’ям з дітьми» перед ним 2 людини. "
        "Раніше можуть викликати тих, хто прийшов за записом, повернувся завершити справу або має іншу передбачену "
        "правилами підставу. Того, хто чекає понад годину, за записом чи за пільгою можуть випередити не більше ніж "
        "5 разів підряд."
    )


def test_what_keeps_a_ticket_from_being_called_is_said(played: Hall1, reception: QueueClient) -> None:
    other = played.take(2, 6)
    played.call()
    assert "Зараз цього відвідувача приймають за робочим місцем № 1" in plain(reception.explain(other).sentence)
    booked = played.book(502, played.site.now() + timedelta(hours=2))
    assert "запис на 12:00, прибуття ще не підтверджено" in plain(reception.explain(booked).sentence)
    away = played.take(2)
    played.do(lambda hall, now: visits.snooze(hall, now, played.centre, away, 20))
    assert "відійшов до 10:20" in plain(reception.explain(away).sentence)
    gone = played.take(2)
    played.do(lambda hall, _now: visits.cancel(hall, gone, "visitor"))
    assert plain(reception.explain(gone).sentence) == "Талон А 3 скасовано, тому його не викликають."


def test_an_earlier_day_is_explained_from_the_log(played: Hall1, reception: QueueClient) -> None:
    played.take(2)
    ticket = played.serve()
    waited = played.take(2)
    played.wait(days=1)
    played.site.ledger.tick()
    told = reception.explain(ticket)
    assert plain(told.sentence).startswith(
        "16 березня 2026. Номер А 1 викликано о 10:00 до робочого місця № 1 за чергою"
    )
    assert "більше не викликатимуть" in reception.explain(waited).sentence


def test_a_number_that_came_too_late_for_its_slot_keeps_its_old_reason(
    played: Hall1, reception: QueueClient, moment: Any
) -> None:
    """The place changed when its holder came late; the call before that was made by the agreed time."""
    ticket = played.book(501, moment(10))
    played.do(lambda hall, now: appointments.call_by_record(hall, now, played.centre, 1, 1, ticket))
    played.wait(minutes=11)
    played.do(lambda hall, now: serving.recall(hall, now, played.centre, 1, 1))
    played.do(lambda hall, now: serving.no_show(hall, now, played.centre, 1, 1))
    played.check_in(ticket)
    played.wait(minutes=5)
    played.call()
    first, second = reception.explain(ticket).calls
    assert "узгоджений час — 10:00" in first.sentence
    assert (first.readings, first.outcome) == (2, "no_answer")
    assert "він чекав найдовше — з 10:11" in second.sentence


# --- who may ask ---


def test_only_those_whose_queue_it_is_may_ask_why(played: Hall1, hands: Any, staff: Callable[..., QueueClient]) -> None:
    played.take(2)
    ticket = played.call()
    own = staff("own", m.Role.OPERATOR, provider="upszn", primary=("dity",))
    assert own.explain(ticket).calls[0].operator is None
    for roles, provider, primary in (
        ((m.Role.OPERATOR,), "pfu", ("pensiyi",)),
        ((m.Role.OPERATOR,), "upszn", ("subsydii",)),
        ((m.Role.PROVIDER_HEAD,), "pfu", ()),
        ((m.Role.COORDINATOR,), None, ()),
        ((m.Role.ADMIN, m.Role.EDITOR), None, ()),
    ):
        with pytest.raises(Refused) as refused:
            staff("other", *roles, provider=provider, primary=primary).explain(ticket)
        assert refused.value.problem.status == 403
    for role, provider in ((m.Role.PROVIDER_HEAD, "upszn"), (m.Role.CENTRE_HEAD, None)):
        (call,) = staff("head", role, provider=provider).explain(ticket).calls
        assert call.operator is not None
        assert call.operator.surname == "Коваленко"
    assert staff("rec", m.Role.RECEPTION).explain(ticket).calls[0].operator is None


def test_no_machine_and_no_stranger_asks_why(played: Hall1, hands: Any, kiosk: QueueClient) -> None:
    played.take(2)
    ticket = played.call()
    with pytest.raises(Refused) as refused:
        kiosk.explain(ticket)
    assert refused.value.problem.status == 403
    assert hands.raw().get(f"/tickets/{ticket}/explain").status_code == 401


def test_an_unknown_ticket_is_unknown(reception: QueueClient) -> None:
    for number in (99, 0, 2**63, 10**40):
        with pytest.raises(Unknown):
            reception.explain(number)


def test_what_was_written_of_a_call_is_told_to_staff_until_it_is_erased(
    played: Hall1, reception: QueueClient, site: Any
) -> None:
    ticket = played.take(2)
    played.do(lambda hall, now: serving.call_out_of_order(hall, now, played.centre, 1, 1, ticket, "other", 7))
    assert reception.explain(ticket).calls[0].note is None
    site.ledger.db.table("visitor_note").insert(
        {"id": 7, "service_date": "2026-03-16", "kind": "call_reason", "about": ticket, "text": "поламався ліфт"}
    )
    (call,) = reception.explain(ticket).calls
    assert (call.note, call.reason) == ("поламався ліфт", "other")
    assert "ліфт" not in call.sentence + call.staff_sentence


# --- the holder ---


def test_the_holder_of_a_ticket_hears_counts_and_nothing_of_others(played: Hall1, hands: Any, site: Any) -> None:
    played.take(2, 6)
    assert played.call() == 1
    played.take(6)
    own = played.take(6)
    visit = site.hall.tickets[own].visit
    played.take(6, claim=(1, "out_of_turn"))
    played.take(6)
    asking, other = Asking("kiosk", "uk"), Wish(7, (2, "out_of_turn"))  # of the same visit: nobody else is told of it
    played.do(lambda hall, now: visits.add_ticket(hall, now, played.centre, visit, other, asking))
    told = hands.client().explain_mine(site.secrets.of(own))
    assert (told.number, told.ahead, told.others, told.after_min, told.at_most) == ("Д\u00a03", 2, 1, 60, 5)
    assert plain(told.sentence).startswith("Перед Вами в черзі 2 людини. ")
    text = hands.raw().get(f"/my/{site.secrets.of(own)}/explain").text
    assert not re.search(r"Д.[12456]\b|А.1\b|sibling|walking|out_of_turn|\"id\"", text)
    with pytest.raises(Unknown):
        hands.client().explain_mine(f"{own}-wrong")


def test_the_holder_of_a_called_ticket_hears_the_own_call_only(played: Hall1, hands: Any, site: Any) -> None:
    played.take(2, 6)
    played.take(6)
    played.serve()
    called = played.call()
    told = hands.client().explain_mine(site.secrets.of(called)).sentence
    assert plain(told).startswith("Вас викликано. Підійдіть до робочого місця. Номер Д 2 викликано о 10:00")
    assert "Д 1" not in plain(told)


# --- the order of calls, for everybody ---


@pytest.fixture
def busy(played: Hall1, moment: Any) -> Hall1:
    """Nine calls with every public reason, oldest first: за чергою ×4, the rest by appointment and on other grounds."""
    booked = played.book(501, moment(10, 1))
    for _ in range(3):
        played.take(2)
    played.take(6)
    privileged = played.take(2, claim=(1, "out_of_turn"))
    assert played.serve() == privileged
    played.check_in(booked)
    assert played.serve() == booked
    played.hold_and_return()
    played.start()
    played.finish()
    played.call_number(played.take(2), "system_error")
    played.do(lambda hall, _now: serving.withdraw(hall, played.centre, 1, 1))
    played.serve()
    played.wait(minutes=1)
    played.serve()
    played.serve()
    played.call()
    played.wait(seconds=30)
    played.do(lambda hall, now: serving.recall(hall, now, played.centre, 1, 1))
    return played


def test_the_public_order_tells_number_desk_time_and_one_of_three_reasons(busy: Hall1, hands: Any) -> None:
    told = hands.client().calls()
    assert [call.n for call in told.calls] == list(range(9, 0, -1))
    assert told.total == 9
    by_number = [(plain(call.number), call.reason) for call in reversed(told.calls)]
    assert by_number == [
        ("А 4", "other"), ("А 501", "appointment"), ("А 1", "queue"), ("А 1", "other"), ("А 5", "other"),
        ("А 2", "queue"), ("А 3", "queue"), ("Д 1", "queue"), ("А 5", "queue"),
    ]  # fmt: skip
    assert {call.words for call in told.calls} == {"за чергою", "за записом", "інша передбачена правилами підстава"}
    assert {call.desk for call in told.calls} == {1}


def test_the_public_order_holds_no_id_no_service_no_secret_and_no_person(
    busy: Hall1, hands: Any, web: httpx.Client
) -> None:
    answer = json.loads(hands.raw().get("/calls").text)
    assert set(answer) == {"day", "now", "total", "calls", "more"}
    assert {frozenset(call) for call in answer["calls"]} == {
        frozenset({"n", "at", "number", "desk", "reason", "words"})
    }
    for text in (json.dumps(answer), web.get("/calls").text):
        assert not re.search("priority|return|manual|system_error|пільгов|позачергов|помилка|Коваленко|kovalenko", text)


def test_the_public_order_is_paged_and_found_by_number_or_letter(busy: Hall1, hands: Any) -> None:
    client = hands.client()
    page = client.calls(limit=4)
    assert ([call.n for call in page.calls], page.more, page.total) == ([9, 8, 7, 6], True, 9)
    page = client.calls(limit=4, before=6)
    assert ([call.n for call in page.calls], page.more) == ([5, 4, 3, 2], True)
    assert not client.calls(before=2).more
    for typed in ("a 1", "А1", "а-01"):
        assert [call.n for call in client.calls(typed).calls] == [4, 3]
    assert {plain(call.number) for call in client.calls("д").calls} == {"Д 1"}
    assert client.calls("Л").calls == []
    for wrong in ("17", "!!", "А1x"):
        with pytest.raises(Refused) as refused:
            client.calls(wrong)
        assert refused.value.problem.code == "not_a_number"
    for query in ("limit=501", "limit=0", "before=0", "number=" + "А" * 21):
        assert hands.raw().get(f"/calls?{query}").status_code == 422


def test_before_the_first_call_the_order_is_empty(web: httpx.Client, hands: Any) -> None:
    assert hands.client().calls().calls == []
    page = web.get("/calls")
    assert page.status_code == 200
    assert "Сьогодні ще нікого не викликали" in page.text


def test_the_public_page_reads_without_scripts_and_refreshes_only_when_asked(busy: Hall1, web: httpx.Client) -> None:
    page = web.get("/calls")
    text = plain(page.text)
    assert "<script" not in text
    assert "http-equiv" not in text
    assert text.count("інша передбачена правилами підстава") == 3
    assert "не більше ніж 5 разів підряд" in text
    assert "script" not in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    assert '<meta http-equiv="refresh" content="60">' in web.get("/calls?refresh=1").text
    found = plain(web.get("/calls", params={"number": "a1"}).text)
    assert "А 1: 2 виклики" in found
    assert found.count('<td class="time">') == 2
    wrong = plain(web.get("/calls", params={"number": '<b>"'}).text)
    assert "— не номер" in wrong
    assert "<b>&#34;" not in wrong


def test_the_order_is_told_in_english_too(busy: Hall1, web: httpx.Client) -> None:
    text = web.get("/calls", headers={"Accept-Language": "en"}).text
    assert "another ground in the rules" in text
    assert not re.search("[а-яіїєґ]{3}", re.sub("<header>.*?</header>", "", text, flags=re.S))


# --- the page for staff ---


def test_the_staff_page_needs_a_sign_in_and_comes_back_to_the_number(
    web: httpx.Client, site: Any, played: Hall1
) -> None:
    answer = web.get("/why", params={"number": "А 1"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=/why?number%3D")


def test_the_staff_page_says_the_sentence_and_the_record(busy: Hall1, operator: httpx.Client) -> None:
    text = plain(operator.get("/why", params={"number": "a4"}).text)
    assert f"Номер А 4 викликано о 10:00 до робочого місця № 1. {OTHER}" in text
    assert "Лише для працівників, уголос не читати" in text
    assert "право заявлено, його підтверджують за робочим місцем" in text
    assert "за пільгою" in text
    assert 'href="/why?number=%D0%90%C2%A01"' in text  # a neighbour in the queue
    assert "<script" not in text
    assert "Мельник-Воскресенська Олександра" in text  # who is signed in
    assert "Працівник:" not in text  # told to heads only


def test_the_staff_page_says_what_is_wrong_with_a_number(
    busy: Hall1, operator: httpx.Client, key: Callable[..., str]
) -> None:
    assert "Талона А 99 сьогодні не видавали." in plain(operator.get("/why", params={"number": "А 99"}).text)
    assert operator.get("/why", params={"number": "<i>"}).status_code == 404
    assert operator.get("/why").status_code == 200
    pension = key("pension", m.Role.OPERATOR, provider="pfu", primary=("pensiyi",))
    refused = operator.get("/why", params={"number": "А 1"}, headers={"Authorization": f"Bearer {pension}"})
    assert refused.status_code == 403
    assert "належить до черги, за якою ви не ведете прийом" in plain(refused.text)
    assert "викликано" not in refused.text


def test_the_visitors_page_leads_to_the_order_of_calls(played: Hall1, web: httpx.Client, site: Any) -> None:
    ticket = played.take(2)
    assert 'href="/calls"' in web.get(f"/my/{site.secrets.of(ticket)}").text


# --- in a browser ---


@pytest.mark.browser
def test_both_pages_hold_at_every_size_and_in_both_lights(server: Any, tmp_path: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from PIL import Image
    from playwright.sync_api import sync_playwright

    server.cherha("user", "pin", "kovalenko", "--pin", "1234")
    with QueueClient(server.url, server.cherha("device", "add", "k1", "--kind", "kiosk")) as kiosk:
        for number in range(4):
            kiosk.open_visit(m.NewVisit(tickets=[m.NewTicket(service=2), m.NewTicket(service=6)]), f"key-{number}")
    with QueueClient(server.url) as operator:
        operator.sign_in("kovalenko", "1234")
        operator.desk_command(1, "open")
        for _ in range(3):
            operator.call_next(1)
            operator.desk_command(1, "start")
            operator.desk_command(1, "finish", m.FinishWith())
    alone = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=alone)
        for light in ("light", "dark"):
            for width, height in ((360, 740), (1366, 768)):
                page = chromium.new_page(
                    viewport={"width": width, "height": height}, color_scheme=light, locale="uk-UA"
                )
                for path in ("/calls", "/why?number=%D0%90%201"):
                    page.goto(server.url + path)
                    if page.url.startswith(f"{server.url}/sign-in"):
                        page.fill("#login", "kovalenko")
                        page.fill("#pin", "1234")
                        page.keyboard.press("Enter")
                        page.get_by_role("heading", name="Чому цей номер?").wait_for()
                    assert page.evaluate("document.documentElement.scrollWidth") == width, (path, width)
                    results = Axe().run(page)
                    found = list(results.response["violations"])
                    assert found == [], (path, light, width, [v["id"] for v in found])
                    shot = tmp_path / "page.png"
                    page.screenshot(path=shot)
                    with Image.open(shot) as picture:
                        assert len(picture.convert("RGB").getcolors(maxcolors=1 << 24) or []) > 50
                page.close()
        chromium.close()
