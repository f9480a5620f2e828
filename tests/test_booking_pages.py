"""Booking on the web: a few plain forms lead to a number, keep what was typed, and book once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config.settings import Centre
from operator_console.blueprint import ConsolePages, create_console
from operator_console.booking import BookingPages, create_booking_pages
from operator_console.booking_sheets import BookingRefused
from queue_server import messages as m

FORM = "form-of-olena"
SECRET = "a1-secretsecret"


class Book:
    """Enough of a booking to drive the pages: whatever is asked is remembered, ``refuses`` is raised once."""

    def __init__(self, centre: Any, now: datetime) -> None:
        self.centre, self.now = centre, now
        self.asked: list[tuple[Any, ...]] = []
        self.refuses: BookingRefused | None = None
        self.state, self.called_to = "booked", None
        self.service = 2
        self.free = [now + timedelta(minutes=15 * n) for n in (5, 6, 20)]

    def ask(self, *what: Any) -> None:
        self.asked.append(what)
        if self.refuses is not None:
            no, self.refuses = self.refuses, None
            raise no

    def slots(self, service: int, days: int) -> dict[str, Any]:
        full = (self.now + timedelta(days=1)).date()
        day = m.DaySlots(day=self.now.date(), slots=[m.SlotView(start=at, places=1) for at in self.free])
        return m.SlotsView(
            seq=1, now=self.now, service=service, group="dity", days=[day, m.DaySlots(day=full, slots=[])]
        ).model_dump(mode="json")

    def hold(self, service: int, start: datetime, form: str) -> dict[str, Any]:
        self.ask("hold", service, start, form)
        until = self.now + timedelta(minutes=5)
        return m.SlotHeld(form=form, start=start, until=until).model_dump(mode="json")

    def book(self, asked: dict[str, Any], key: str) -> dict[str, Any]:
        self.ask("book", asked, key)
        return self.told()

    def move(self, secret: str, start: datetime, form: str) -> dict[str, Any]:
        self.ask("move", secret, start, form)
        return {**self.told(), "secret": "a2-other"}

    def cancel(self, secret: str) -> dict[str, Any]:
        self.ask("cancel", secret)
        self.state = "cancelled_by_visitor"
        return self.told()

    def appointment(self, secret: str) -> dict[str, Any] | None:
        return {**self.told(), "called_to": self.called_to} if secret == SECRET else None

    def told(self) -> dict[str, Any]:
        view = m.AppointmentView(
            id=1, number="А\u00a0501", letter="А", seq=501, service=self.service, group="dity", start=self.free[0],
            end=self.free[0] + timedelta(minutes=15), state=m.AppointmentState(self.state),
            channel=m.BookingChannel.WEB, language="uk",
        )  # fmt: skip
        return m.BookedAppointment(appointment=view, code="012345", secret=SECRET).model_dump(mode="json")


@pytest.fixture
def book(bakhmut: Any, moment: Any) -> Book:
    return Book(bakhmut, moment(10))


@pytest.fixture
def web(book: Book) -> FlaskClient:
    def nothing(*_: Any) -> Any:
        raise AssertionError

    app = Flask("booking")
    app.register_blueprint(create_console(ConsolePages(*[nothing] * 7)))
    app.register_blueprint(
        create_booking_pages(
            BookingPages(
                centre=lambda: book.centre, now=lambda: book.now, slots=book.slots, hold=book.hold, book=book.book,
                appointment=book.appointment, move=book.move, cancel=book.cancel,
            )
        )
    )  # fmt: skip
    return app.test_client()


def text(answer: TestResponse | httpx.Response) -> str:
    page = re.sub(r"<[^>]+>", " ", answer.text)
    return re.sub(r"\s+", " ", page.replace("\u00a0", " "))


def chosen(web: FlaskClient, book: Book) -> str:
    """The address of the form for the first free time."""
    answer = web.post("/book/2", data={"start": f"{book.free[0]:%Y%m%dT%H%MZ}", "form": FORM})
    assert answer.status_code == 303
    return str(answer.location)


def sent(web: FlaskClient, there: str, **typed: str) -> TestResponse:
    return web.post(there.partition("?")[0], data={"form": FORM, "notice": "web-1", **typed})


# --- choosing ---


def test_institutions_that_cannot_be_booked_say_why_and_have_no_links(web: FlaskClient) -> None:
    page = web.get("/book")
    assert "Центр соціальних служб Записатися поки не можна: графік прийому не внесено" in text(page)
    assert "Пенсійний фонд Записатися поки не можна: перелік послуг не внесено" in text(page)
    assert 'href="/book/2"' in page.text
    assert "<script" not in page.text


def test_a_service_that_is_not_booked_ahead_is_named_without_a_link(web: FlaskClient, book: Book) -> None:
    services = [s.model_copy(update={"bookable": s.number != 2}) for s in book.centre.services]
    book.centre = Centre.model_construct(**{**dict(book.centre), "services": services})
    page = web.get("/book")
    assert "Народження дитини Без запису: візьміть талон у центрі" in text(page)
    assert 'href="/book/2"' not in page.text
    assert web.get("/book/2").status_code == 404


def test_days_are_shown_with_their_free_times_and_full_days_as_full(web: FlaskClient) -> None:
    page = text(web.get("/book/2"))
    assert "понеділок, 16 березня сьогодні · 3 вільні місця До полудня 11:15 11:30 Після полудня 15:00" in page
    assert "вівторок, 17 березня завтра · усі місця зайнято" in page


def test_looking_at_times_or_at_an_address_that_was_passed_on_holds_no_place(web: FlaskClient, book: Book) -> None:
    web.get("/book/2")
    assert web.get(f"/book/2/{book.free[0]:%Y%m%dT%H%MZ}").location == "/book/2"
    there = chosen(web, book)
    book.asked.clear()
    assert web.get(there).status_code == 200
    book.now += timedelta(minutes=6)
    assert web.get(there).location == "/book/2"
    assert book.asked == []


def test_choosing_a_time_holds_it_and_says_until_when(web: FlaskClient, book: Book) -> None:
    page = text(web.get(chosen(web, book)))
    assert book.asked == [("hold", 2, book.free[0], FORM)]
    assert "11:15 понеділок, 16 березня" in page
    assert "Час закріплено за Вами до 10:05." in page


def test_choosing_another_time_keeps_the_form_so_that_the_hold_moves(web: FlaskClient, book: Book) -> None:
    page = web.get(chosen(web, book)).text
    back = re.search(r'href="(/book/2\?form=[^"]+)"', page)
    assert back is not None
    assert f'name="form" value="{FORM}"' in web.get(back[1]).text


# --- booking ---


def test_nobody_has_to_give_a_name(web: FlaskClient, book: Book) -> None:
    answer = sent(web, chosen(web, book))
    assert (answer.status_code, answer.location) == (303, f"/booking/{SECRET}")
    _, asked, _ = book.asked[-1]
    assert (asked["name"], asked["contact"], asked["notice_version"]) == (None, "", "")


def test_a_name_goes_with_the_notice_that_stood_above_it(web: FlaskClient, book: Book) -> None:
    there = chosen(web, book)
    page = web.get(there).text
    assert page.index("За добу після призначеного часу їх буде стерто") < page.index('name="surname"')
    sent(web, there, surname=" Дем`янчук ", given_name="Ганна", contact="+380 50 000 00 00")
    asked = m.NewAppointment.model_validate(book.asked[-1][1])
    assert asked.name == m.PersonShort(surname="Дем’янчук", given_name="Ганна")
    assert (asked.contact, asked.notice_version) == ("+380 50 000 00 00", "web-1")


def test_a_form_that_is_sent_twice_has_one_key(web: FlaskClient, book: Book) -> None:
    there = chosen(web, book)
    sent(web, there)
    sent(web, there, surname="Мельник", given_name="Ганна")
    (_, _, first), (_, _, second) = [asked for asked in book.asked if asked[0] == "book"]
    assert first == second
    assert FORM in first


def test_half_a_name_is_asked_for_on_the_same_page_with_everything_still_there(web: FlaskClient, book: Book) -> None:
    answer = sent(web, chosen(web, book), surname="Мельник", contact="o@example.org")
    assert answer.status_code == 422
    assert "Напишіть також ім’я або залиште порожнім прізвище." in text(answer)
    for kept in ('value="Мельник"', 'value="o@example.org"', 'aria-describedby="given_name-mistake"'):
        assert kept in answer.text
    assert [asked[0] for asked in book.asked] == ["hold"]


def test_a_time_that_was_lost_offers_the_nearest_with_what_was_typed(web: FlaskClient, book: Book) -> None:
    there = chosen(web, book)
    book.refuses = BookingRefused("slot_taken", values={"service": 2}, alternatives=[book.free[1].isoformat()])
    answer = sent(web, there, surname="Мельник", given_name="Ганна")
    assert answer.status_code == 409
    assert "Цей час уже зайнято" in text(answer)
    assert "Записатися на 11:30 понеділок, 16 березня" in text(answer)
    assert f'formaction="/book/2/{book.free[1]:%Y%m%dT%H%MZ}"' in answer.text
    assert 'value="Мельник"' in answer.text
    assert answer.text.index("<button disabled hidden>") < answer.text.index("formaction")  # Enter books nothing


def test_a_place_taken_before_the_form_is_answered_with_free_times_at_once(web: FlaskClient, book: Book) -> None:
    book.refuses = BookingRefused("slot_taken", values={"service": 2}, alternatives=[book.free[2]])
    answer = web.post("/book/2", data={"start": f"{book.free[0]:%Y%m%dT%H%MZ}", "form": FORM})
    assert answer.status_code == 409
    assert "Найближчий вільний час 15:00 понеділок, 16 березня Оберіть день і час" in text(answer)


@pytest.mark.parametrize("form", ["", "short", "' OR 1=1 --", "x" * 65])
def test_a_word_that_is_none_is_replaced(web: FlaskClient, book: Book, form: str) -> None:
    web.post("/book/2", data={"start": f"{book.free[0]:%Y%m%dT%H%MZ}", "form": form})
    word = book.asked[-1][3]
    assert word != form
    m.HoldSlot(service=2, start=book.free[0], form=word)


@pytest.mark.parametrize("there", ["/book/999", "/book/2/tomorrow", "/book/2/20261399T9999Z", "/booking/a1-wrong"])
def test_what_is_not_there_is_said_in_words(web: FlaskClient, there: str) -> None:
    answer = web.get(there)
    assert answer.status_code == 404
    assert 'href="/book"' in answer.text


# --- one's own number ---


def test_the_number_the_time_the_place_and_the_way_to_arrive_are_on_one_page(web: FlaskClient) -> None:
    page = web.get(f"/booking/{SECRET}")
    told = text(page)
    for words in (
        "Вас записано", "А 501", "11:15 понеділок, 16 березня", "Донецька область, м. Бахмут, вул. Перемоги, 53",
        "Код прибуття 012 345", "Підготуйте паспорт", "більш ніж на 10 хв",
    ):  # fmt: skip
        assert words in told
    assert f'href="/api/v1/appointments/{SECRET}/calendar"' in page.text
    assert "<svg" in page.text


def test_the_address_is_a_secret_and_is_kept_as_one(web: FlaskClient, book: Book) -> None:
    for page in (
        web.get(f"/booking/{SECRET}"),
        web.get(f"/booking/{SECRET}/move"),
        web.get(f"/booking/{SECRET}/cancel"),
    ):
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert "noindex" in page.text


def test_a_sensitive_service_is_not_named_on_a_page_that_stays_in_a_telephone(web: FlaskClient, book: Book) -> None:
    book.service = 27
    for there in ("", "/move"):
        page = text(web.get(f"/booking/{SECRET}{there}"))
        assert "Засоби реабілітації" not in page
        assert "Послуга № 27" in page


@pytest.mark.parametrize("state", list(m.AppointmentState))
@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_state_has_words_and_only_a_live_one_can_be_changed(
    web: FlaskClient, book: Book, state: m.AppointmentState, language: str
) -> None:
    book.state = state.value
    page = web.get(f"/booking/{SECRET}?lang={language}")
    assert "booking-" not in text(page)
    assert (f"/booking/{SECRET}/move" in page.text) == (state in ("booked", "checked_in", "late"))


def test_who_is_called_is_told_where_to(web: FlaskClient, book: Book) -> None:
    book.state, book.called_to = "checked_in", 3  # type: ignore[assignment]
    assert "Запрошуємо. Робоче місце № 3" in text(web.get(f"/booking/{SECRET}"))


def test_moving_asks_before_it_gives_the_old_place_away(web: FlaskClient, book: Book) -> None:
    start = f"{book.free[2]:%Y%m%dT%H%MZ}"
    answer = web.post(f"/booking/{SECRET}/move", data={"start": start, "form": FORM})
    page = text(web.get(str(answer.location)))
    assert "Перенести на цей час? 15:00 понеділок, 16 березня Було понеділок, 16 березня, 11:15" in page
    assert [asked[0] for asked in book.asked] == ["hold"]
    done = web.post(f"/booking/{SECRET}/move/{start}", data={"form": FORM})
    assert (done.status_code, done.location) == (303, "/booking/a2-other?done=moved")
    assert book.asked[-1] == ("move", SECRET, book.free[2], FORM)


def test_cancelling_asks_first_and_a_second_touch_does_no_harm(web: FlaskClient, book: Book) -> None:
    assert "Скасувати запис?" in text(web.get(f"/booking/{SECRET}/cancel"))
    assert book.asked == []
    for _ in range(2):
        assert web.post(f"/booking/{SECRET}/cancel").location == f"/booking/{SECRET}"
    assert book.asked == [("cancel", SECRET)]
    assert "Запис скасовано" in text(web.get(f"/booking/{SECRET}"))


def test_the_language_is_ukrainian_until_another_is_chosen(web: FlaskClient) -> None:
    web.get("/book", headers={"Accept-Language": "en"})
    assert "Запис на прийом" in text(web.get("/book", headers={"Accept-Language": "en"}))
    assert "Book a visit" in text(web.get("/book?lang=en"))
    assert "Choose a day and a time" in text(web.get("/book/2"))


# --- on the real server ---


@pytest.fixture
def phone(hands: Any, site: Any) -> Iterator[httpx.Client]:
    site.ledger.tick()
    with httpx.Client(base_url="http://cherha", transport=hands.transport, follow_redirects=True) as client:
        yield client


def starts(page: httpx.Response) -> list[str]:
    return re.findall(r'name="start" value="([^"]+)"', page.text)


def number_on(page: httpx.Response) -> str:
    found = re.search(r"<i>(.)</i><u>(\d+)</u>", page.text)
    assert found is not None
    return f"{found[1]}\u00a0{found[2]}"


def booked(phone: httpx.Client, nth: int = 0, **typed: str) -> httpx.Response:
    start = starts(phone.get("/book/22"))[nth]
    form = phone.post("/book/22", data={"start": start, "form": FORM})
    return phone.post(form.url.path, data={"form": FORM, "notice": "web-1", **typed})


def test_the_whole_way_on_the_real_server(phone: httpx.Client, site: Any) -> None:
    """Booked, in the calendar, moved, found at the old address too, cancelled, free again."""
    free = starts(phone.get("/book/22"))
    page = booked(phone, surname="Мельник", given_name="Ганна")
    assert page.status_code == 200
    assert "Вас записано" in text(page)
    assert len(starts(phone.get("/book/22"))) == len(free) - 1
    own = page.url.path
    calendar = re.search(r'href="(/api/v1/appointments/[^"]+/calendar)"', page.text)
    assert calendar is not None
    assert "BEGIN:VEVENT" in phone.get(calendar[1]).text
    other = free[5]
    sure = phone.post(f"{own}/move", data={"start": other, "form": FORM})
    for _ in range(2):  # a second touch moves nothing more
        moved = phone.post(sure.url.path, data={"form": FORM})
        assert "Запис перенесено" in text(moved)
    assert number_on(moved) != number_on(page)
    assert number_on(phone.get(own)) == number_on(moved)
    assert "Запис скасовано" in text(phone.post(f"{own}/cancel"))
    assert starts(phone.get("/book/22")) == free
    assert len(site.hall.bookings.appointments) == 2


def test_a_form_sent_twice_books_once_on_the_real_server(phone: httpx.Client, site: Any) -> None:
    start = starts(phone.get("/book/22"))[0]
    form = phone.post("/book/22", data={"start": start, "form": FORM})
    pages = [phone.post(form.url.path, data={"form": FORM}) for _ in range(3)]
    assert len({page.url for page in pages}) == 1
    assert len(site.hall.bookings.appointments) == 1


def test_the_last_place_goes_to_one_and_the_other_hears_of_free_times(phone: httpx.Client) -> None:
    start = starts(phone.get("/book/22"))[0]
    form = phone.post("/book/22", data={"start": start, "form": FORM})
    late = phone.post("/book/22", data={"start": start, "form": "another-form"})
    assert late.status_code == 409
    assert "Цей час уже зайнято" in text(late)
    assert start not in starts(late)[:3]
    assert phone.post(form.url.path, data={"form": FORM}).status_code == 200


def test_a_name_that_is_none_is_marked_where_it_was_typed(phone: httpx.Client, site: Any) -> None:
    page = booked(phone, surname="Мельник2", given_name="Ганна")
    assert page.status_code == 422
    assert "Прізвище Лише літери, дефіс і апостроф, до 40 знаків." in text(page)
    assert 'value="Мельник2"' in page.text
    assert not site.hall.bookings.appointments


def test_a_signed_in_employee_books_there_as_anybody(phone: httpx.Client, site: Any) -> None:
    site.accounts.set_pin("kovalenko", "1234")
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', phone.get("/sign-in").text)
    assert csrf is not None
    phone.post("/sign-in", data={"login": "kovalenko", "pin": "1234", "csrf_token": csrf[1]})
    assert phone.get("/desks").url.path == "/desks"
    page = booked(phone)
    assert "Вас записано" in text(page)
    (appointment,) = site.hall.bookings.appointments.values()
    assert appointment.channel == "web"


def test_six_figures_open_no_page(phone: httpx.Client) -> None:
    page = booked(phone)
    code = re.search(r"Код прибуття (\d{3}) (\d{3})", text(page))
    assert code is not None
    assert phone.get(f"/booking/{code[1]}{code[2]}").status_code == 404
