"""What a slip says and how it looks, on both papers."""

from __future__ import annotations

import re
import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from config import look
from config.words import NO_BREAK_SPACE
from printers import plate
from printers.lettering import Style, wrap
from printers.render import SHEETS, render
from printers.slip import Slip, compose, compose_booking

NB = NO_BREAK_SPACE
PAPERS = (80, 58)
LONGEST_PROVIDER = (
    "Бахмутське міське відділення управління виконавчої дирекції Фонду соціального страхування України "
    "в Донецькій області"
)


def slip_of(**changes: Any) -> Slip:
    said: dict[str, Any] = {
        "language": "uk",
        "centre_name": "Центр «Прозорий офіс»",
        "city": "Бахмут",
        "letter": "А",
        "seq": 17,
        "service_number": 2,
        "service_short_name": "Народження дитини",
        "sensitive": False,
        "group_name": "Допомоги сім’ям з дітьми",
        "provider_name": "Управління праці та соціального захисту населення",
        "issued_at": datetime(2026, 3, 12, 14, 5, tzinfo=ZoneInfo("Europe/Kyiv")),
        "ahead": 7,
        "wait": (15, 25),
        "zone_name": "Зал очікування",
        "floor": 1,
        "return_window_min": 60,
        "hotline": "0 800 000 000",
        "qr": "https://q.example.ua/t/4fJ9aZk2Qw",
    }
    return compose(**(said | changes))


def booking_slip_of(**changes: Any) -> Slip:
    said: dict[str, Any] = {
        "language": "uk",
        "centre_name": "Центр «Прозорий офіс»",
        "city": "Бахмут",
        "letter": "А",
        "seq": 501,
        "service_number": 2,
        "service_short_name": "Народження дитини",
        "sensitive": False,
        "group_name": "Допомоги сім’ям з дітьми",
        "provider_name": "Управління праці та соціального захисту населення",
        "start": datetime(2026, 3, 17, 10, 30, tzinfo=ZoneInfo("Europe/Kyiv")),
        "code": "482913",
        "zone_name": "Зал очікування",
        "floor": 1,
        "hotline": "0 800 000 000",
        "qr": "https://q.example.ua/booking/4fJ9aZk2Qw4fJ9aZk2Qw",
    }
    return compose_booking(**(said | changes))


HARD = [
    booking_slip_of(),
    booking_slip_of(letter="Ш", seq=888, qr=None, hotline=None),
    booking_slip_of(
        language="en", provider_name=LONGEST_PROVIDER, start=datetime(2026, 9, 23, 16, 45, tzinfo=ZoneInfo("UTC"))
    ),
    slip_of(seq=1, ahead=0, wait=(0, 0)),
    slip_of(letter="Ш", seq=888, ahead=21, wait=(40, 95)),
    slip_of(letter="Ф", seq=1888),
    slip_of(letter="Д", seq=8888, ahead=121, provider_name=LONGEST_PROVIDER),
    slip_of(service_short_name="Посвідчення постраждалих (Чорнобиль)", zone_name="Зал очікування " * 4),
    slip_of(service_short_name="Ш" * 36, city="Щ" * 90, hotline="+38 (06274) 2-15-39, +38 (06274) 2-15-40"),
    slip_of(language="en", service_short_name="Rehabilitation equipment: a referral", centre_name="W" * 60),
    slip_of(letter="Ш", seq=4444, sensitive=True, service_number=1888, qr="https://q.example.ua/" + "x" * 60),
    slip_of(qr="https://q.example.ua/" + "x" * 300, hotline=None),
    slip_of(qr=None, hotline=None, ahead=None, wait=None),
]


def ink_box(picture: Image.Image) -> tuple[int, int, int, int]:
    box = picture.point(lambda shade: 0 if shade else 255, "L").getbbox()
    assert box
    return box


def test_a_slip_says_everything_in_the_order_it_is_read() -> None:
    assert slip_of().texts() == (
        "Центр «Прозорий офіс»",
        "Бахмут",
        "Ваш номер",
        "А",
        "17",
        "Народження дитини",
        f"Послуга №{NB}2",
        "Управління праці та соціального захисту населення",
        f"12{NB}березня 2026".replace(NB, " "),
        "14:05",
        "Перед вами на час видачі",
        f"7{NB}людей",
        "Орієнтовне очікування на час видачі",
        f"15–25{NB}хв",
        f"Зал очікування, поверх{NB}1",
        "На кожну послугу окремий талон.",
        "Номери можуть викликатися не за порядком: попередній запис та позачергове обслуговування.",
        f"Пропустили виклик? Зверніться до рецепції протягом 60{NB}хвилин.",
        "Стан вашої черги",
        "Наведіть камеру телефона",
        "Гаряча лінія",
        f"0{NB}800{NB}000{NB}000",
    )
    assert slip_of().number == f"А{NB}17"


def test_a_sensitive_service_is_named_by_its_number_and_group_only() -> None:
    slip = slip_of(
        sensitive=True, service_number=27, service_short_name="Засоби реабілітації", group_name="Реабілітація"
    )
    assert (slip.title, slip.subtitle) == (f"Послуга №{NB}27", "Реабілітація")
    assert not any("Засоби" in words for words in slip.texts())


def test_the_slip_of_an_agreed_time_says_number_day_time_code_and_how_to_come() -> None:
    assert booking_slip_of().texts() == (
        "Центр «Прозорий офіс»",
        "Бахмут",
        "Попередній запис. Ваш номер",
        "А",
        "501",
        f"вівторок, 17{NB}березня, 10:30",
        "Народження дитини",
        f"Послуга №{NB}2",
        "Управління праці та соціального захисту населення",
        "Код для термінала",
        f"482{NB}913",
        f"Зал очікування, поверх{NB}1",
        f"Прийдіть за 10–30{NB}хвилин до цього часу. "
        "На терміналі торкніться «У мене попередній запис» і введіть код або номер.",
        "Якщо запізнитеся, вас приймуть у загальній черзі з тим самим номером.",
        "Візьміть документи, потрібні для послуги.",
        "Ваш запис",
        "Перенести або скасувати: наведіть камеру телефона",
        "Гаряча лінія",
        f"0{NB}800{NB}000{NB}000",
    )


def test_the_slip_of_an_agreed_time_without_a_code_to_scan_says_where_it_can_be_changed() -> None:
    assert booking_slip_of(qr=None).rules[-1] == "Перенести або скасувати запис можна на рецепції."
    assert booking_slip_of().rules[-1] != booking_slip_of(qr=None).rules[-1]


def test_the_slip_of_an_agreed_time_does_not_name_a_sensitive_service() -> None:
    slip = booking_slip_of(sensitive=True, service_number=27, service_short_name="Засоби реабілітації")
    assert (slip.title, slip.subtitle) == (f"Послуга №{NB}27", "Допомоги сім’ям з дітьми")
    assert not any("Засоби" in words for words in slip.texts())


def test_an_agreed_time_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        booking_slip_of(start=datetime(2026, 3, 17, 10, 30))


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "нікого"), (1, f"1{NB}людина"), (2, f"2{NB}людини"), (11, f"11{NB}людей"), (21, f"21{NB}людина")],
)
def test_people_ahead_are_counted_in_right_ukrainian(count: int, words: str) -> None:
    assert slip_of(ahead=count).facts[1].answer == words


def test_a_kiosk_that_does_not_know_how_many_are_ahead_says_nothing_about_it() -> None:
    assert [fact.answer for fact in slip_of(ahead=None, wait=None).facts] == ["14:05"]


@pytest.mark.parametrize(
    ("wait", "uk", "en"),
    [
        ((0, 0), "немає", "none"),
        ((0, 10), "до 10 хв", "up to 10 min"),
        ((15, 25), "15–25 хв", "15–25 min"),
        ((35, 90), "35–90 хв", "35–90 min"),
        ((40, 95), "40 хв – 2 год", "40 min – 2 h"),
        ((60, 150), "1–2,5 год", "1–2.5 h"),
        ((85, 215), "1–4 год", "1–4 h"),
        ((0, 120), "до 2 год", "up to 2 h"),
    ],
)
def test_a_wait_is_told_in_minutes_up_to_an_hour_and_a_half_and_then_in_half_hours(
    wait: tuple[int, int], uk: str, en: str
) -> None:
    for language, words in (("uk", uk), ("en", en)):
        answer = slip_of(language=language, wait=wait).facts[2].answer
        assert answer.replace(NB, " ") == words
        assert not re.search(r"\d (хв|год|min|h)\b", answer)  # a figure is never parted from its unit


@given(st.integers(0, 60), st.integers(2, 200))
def test_a_wait_is_never_told_narrower_than_it_was_promised(low: int, more: int) -> None:
    low_min, high_min = low * 5, low * 5 + more * 5
    told = slip_of(wait=(low_min, high_min)).facts[2].answer.replace(NB, " ").replace(",", ".")
    ends = re.fullmatch(r"(?:до |([\d.]+)(?: (хв))?\s?–\s?)([\d.]+) (хв|год)", told)
    assert ends, told
    unit = {"хв": 1, "год": 60}
    assert float(ends[3]) * unit[ends[4]] >= high_min
    assert float(ends[1] or 0) * unit[ends[2] or ends[4]] <= low_min


def test_the_wait_is_set_smaller_than_how_many_are_ahead_for_it_is_no_promise() -> None:
    assert [fact.quiet for fact in slip_of().facts] == [False, False, True]
    with_wait, without = render(slip_of(), 80), render(slip_of(wait=None), 80)
    assert 0 < with_wait.height - without.height < 100


@pytest.mark.parametrize(
    ("minutes", "end"),
    [(60, f"протягом 60{NB}хвилин."), (1, f"протягом 1{NB}хвилини."), (21, f"протягом 21{NB}хвилини."),
     (2, f"протягом 2{NB}хвилин."), (0, "до рецепції.")],
)  # fmt: skip
def test_the_time_to_return_is_said_in_right_ukrainian(minutes: int, end: str) -> None:
    assert slip_of(return_window_min=minutes).rules[-1].endswith(end)


def test_a_hotline_and_a_code_that_are_not_configured_leave_no_words_behind() -> None:
    words = " ".join(slip_of(hotline=None, qr=None).texts())
    assert "лінія" not in words
    assert "камеру" not in words


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        slip_of(issued_at=datetime(2026, 3, 12, 14, 5))


def test_broken_typing_in_a_centre_file_does_not_reach_the_paper() -> None:
    slip = slip_of(service_short_name=" Народження\n  дитини\u200b ", provider_name="Дитячии\u0306 центр")
    assert slip.title == "Народження дитини"
    assert slip.provider == "Дитячий центр"


@pytest.mark.parametrize("language", ["uk", "en"])
def test_a_slip_never_prints_a_box_or_a_question_mark_for_a_letter(language: str) -> None:
    said = {sign for slip in (*HARD, slip_of(language=language)) for text in slip.texts() for sign in text}
    said |= set("АДКЛРФШЯГУМЦҐґЄєІіЇї’«»№–—·₴ʼ`0123456789:()+-") - {NB}
    for path in (look.MEDIUM, look.BOLD, look.EXTRABOLD, look.DISPLAY_EXTRABOLD):
        font = ImageFont.truetype(str(path), 40)
        missing = bytes(font.getmask("\U0010fffd"))
        assert not [sign for sign in said - {" ", NB} if bytes(font.getmask(sign)) == missing]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("slip", HARD, ids=range(len(HARD)))
def test_no_word_or_figure_runs_over_the_edge_of_the_paper(slip: Slip, paper: int) -> None:
    picture = render(slip, paper)
    sheet = SHEETS[paper]
    left, top, right, bottom = ink_box(picture)
    assert picture.mode == "1"
    assert picture.width == {80: 576, 58: 384}[paper]
    assert left == sheet.margin
    assert right == picture.width - sheet.margin
    assert top > 0
    assert bottom < picture.height


@pytest.mark.parametrize("paper", PAPERS)
def test_every_word_of_a_slip_is_set_whole(paper: int) -> None:
    sheet = SHEETS[paper]
    for text in {text for slip in HARD for text in slip.texts()}:
        lines = wrap(text, sheet.title, sheet.room)
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(sheet.title.width(line) <= sheet.room for line in lines)


def test_a_line_does_not_end_with_a_short_word_that_belongs_to_the_next() -> None:
    sheet = SHEETS[80]
    text = "Номери можуть викликатися не за порядком: попередній запис та позачергове обслуговування."
    for width in range(300, 560, 20):
        lines = wrap(text, sheet.text, width)
        assert not [line for line in lines if line.split()[-1] in {"не", "за", "та"}], width


def test_lines_are_about_equally_long_and_no_more_than_needed() -> None:
    style = Style(look.MEDIUM, 27, 35)
    lines = wrap("На кожну послугу окремий талон.", style, 372)
    assert lines == ("На кожну послугу", "окремий талон.")
    assert wrap("Бахмутсько-Лиманське", style, 180) == ("Бахмутсько-", "Лиманське")


@pytest.mark.parametrize("number", [1, 17, 44, 88, 444, 888, 999, 1001, 1017, 1888, 4448, 8888, 9999])
@pytest.mark.parametrize("paper", PAPERS)
def test_figures_keep_their_least_height_whatever_the_number(number: int, paper: int) -> None:
    least = 112 if paper == 58 or number > 999 else 144
    rule = SHEETS[paper].plate
    for letter in "ШФДМАГ":
        picture = plate.number_plate(letter, str(number), rule)
        assert picture.width <= rule.room
        corner = (0, rule.letter_above + rule.gap) if rule.letter_above else (picture.width * 2 // 3, 0)
        box = picture.crop((*corner, *picture.size)).point(lambda grey: 255 if grey >= 112 else 0).getbbox()
        assert box
        assert box[3] - box[1] >= least


def test_the_letter_gives_way_before_the_figures_do() -> None:
    picture = plate.number_plate("Ш", "10888", SHEETS[80].plate)
    assert picture.height >= 112
    block = picture.crop((0, 0, 8, picture.height)).getbbox()
    assert block
    assert block[3] - block[1] < 100
    assert picture.width <= SHEETS[80].plate.room


def test_a_number_beyond_every_queue_is_still_printed_whole() -> None:
    for paper in PAPERS:
        assert plate.number_plate("Ш", "8888888", SHEETS[paper].plate).width <= SHEETS[paper].plate.room


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "address", ["https://q.example.ua/t/4fJ9aZk2Qw", "https://q.example.ua/" + "x" * 60, "https://q.ua/" + "x" * 300]
)
def test_the_code_on_the_paper_is_the_code_that_was_meant_and_a_camera_finds_its_border(
    address: str, paper: int
) -> None:
    picture = render(slip_of(qr=address), paper).convert("L")
    matrix = segno.make_qr(address, error="m").matrix
    side = len(matrix)
    code = Image.frombytes("L", (side, side), bytes(0 if dark else 255 for row in matrix for dark in row))
    for scale in range(3, 9):
        border, size = 4 * scale, side * scale
        meant = Image.new("L", (size + 2 * border, size + 2 * border), 255)
        meant.paste(code.resize((size, size), Image.Resampling.NEAREST), (border, border))
        left = picture.width - meant.width
        tops = range(picture.height - meant.height, picture.height // 2, -1) if left >= 0 else ()
        if any(
            picture.crop((left, top, picture.width, top + meant.height)).tobytes() == meant.tobytes() for top in tops
        ):
            return
    pytest.fail("no code with whole-pixel modules and four modules of white around it")


def test_a_slip_is_drawn_in_less_than_60_ms() -> None:
    render(slip_of(), 80)  # opens the fonts
    took = []
    for seq in range(20, 25):
        slip = slip_of(seq=seq, qr=f"https://q.example.ua/t/{seq}", ahead=seq)
        start = time.process_time()
        render(slip, 80)
        took.append(time.process_time() - start)
    assert min(took) < 0.06
