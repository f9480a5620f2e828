"""What the voice says, in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.settings import PAPER_RESERVE_LETTER, QUEUE_LETTERS
from config.words import LOCALE, languages
from display_board.words import LETTER_KEYS, call_phrase, call_phrases, can_speak, letter_name, numeral

LETTERS = QUEUE_LETTERS + PAPER_RESERVE_LETTER


def test_the_first_and_the_second_reading_are_those_of_the_customer() -> None:
    assert call_phrase("А", 17, 3).text == "Увага! Номер а сімнадцять. Робоче місце номер три."
    assert call_phrase("А", 17, 3, 2).text == "Номер а сімнадцять, робоче місце номер три."


def test_an_english_visit_hears_the_letter_as_it_is_called_in_the_hall() -> None:
    assert call_phrase("Д", 26, 12, 1, "en").text == "Attention! Number deh twenty-six. Desk number twelve."


def test_every_queue_letter_has_the_name_it_is_spoken_with() -> None:
    names = [letter_name(letter) for letter in LETTERS]
    assert names == ["а", "де", "ка", "ел", "ер", "еф", "ша", "я", "ге", "у", "ем", "це"]
    assert set(LETTERS) == set(LETTER_KEYS)


@pytest.mark.parametrize("language", languages())
def test_every_language_has_its_own_names_of_letters_and_phrases(language: str) -> None:
    keys = set(
        re.findall(r"^(voice-[a-z-]+) =", (LOCALE / f"{language}.ftl").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert keys >= {"voice-call-first", "voice-call-second", *(f"voice-letter-{key}" for key in LETTER_KEYS.values())}
    assert can_speak(language)


@settings(max_examples=60)
@given(st.sampled_from(LETTERS), st.integers(0, 9999), st.integers(1, 999), st.sampled_from([1, 2]))
def test_no_figure_and_no_raw_letter_ever_reaches_the_engine(letter: str, seq: int, desk: int, reading: int) -> None:
    ukrainian, english = call_phrases(letter, seq, desk, reading, "en")
    assert not re.search(r"\d", ukrainian.text + english.text)
    assert re.fullmatch(r"[А-ЩЬЮЯЄІЇҐа-щьюяєіїґ’ .,!]+", ukrainian.text)
    assert re.fullmatch(r"[A-Za-z’\- .,!]+", english.text)
    # Capitals only begin a sentence: a lone capital would be spelt.
    assert not re.search(r"(?<![.!] )(?<!^)[А-ЯЄІЇҐA-Z]", ukrainian.text)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "нуль"),
        (5, "п’ять"),
        (9, "дев’ять"),
        (17, "сімнадцять"),
        (40, "сорок"),
        (90, "дев’яносто"),
        (101, "сто один"),
        (512, "п’ятсот дванадцять"),
        (1017, "одна тисяча сімнадцять"),
        (2222, "дві тисячі двісті двадцять два"),
        (5000, "п’ять тисяч"),
        (9999, "дев’ять тисяч дев’ятсот дев’яносто дев’ять"),
    ],
)
def test_ukrainian_numerals_are_written_as_a_speaker_says_them(number: int, words: str) -> None:
    assert numeral(number) == words


def test_a_number_outside_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 9999"):
        numeral(10000)


def test_a_visit_that_asked_for_no_other_language_hears_only_ukrainian() -> None:
    assert [phrase.language for phrase in call_phrases("А", 1, 1, 1, "uk")] == ["uk"]
    assert [phrase.language for phrase in call_phrases("А", 1, 1, 1, "en")] == ["uk", "en"]
    assert [phrase.language for phrase in call_phrases("А", 1, 1, 1, "xx")] == ["uk"]
