"""What the voice of the hall says, in words: letter names and numerals, never a raw letter or a figure.

A speech engine swallows single Ukrainian consonants and reads «А017» as «а нуль сімнадцять», so it is given none.
Another language is one more Fluent file (its ``voice-…`` keys), no code. Knows no sound and no window.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from num2words import num2words

from config.words import languages, words_in

HIGHEST_NUMBER = 9999
HOME_LANGUAGE = "uk"

# Fluent keys are ASCII, so each queue letter (and «Ц» of the paper reserve) has one.
LETTER_KEYS = {
    "А": "a", "Д": "d", "К": "k", "Л": "l", "Р": "r", "Ф": "f",
    "Ш": "sh", "Я": "ya", "Г": "h", "У": "u", "М": "m", "Ц": "ts",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence or two for the engine's voice of one language."""

    language: str
    text: str


@lru_cache(maxsize=4096)
def numeral(number: int, language: str = HOME_LANGUAGE) -> str:
    """A number from 0 to 9999 as a cardinal: «п’ятсот дванадцять». ValueError outside; unknown language: Ukrainian."""
    if not 0 <= number <= HIGHEST_NUMBER:
        raise ValueError(f"a number from 0 to {HIGHEST_NUMBER}, not {number}")
    try:
        words = str(num2words(number, lang=language))
    except NotImplementedError:
        words = str(num2words(number, lang=HOME_LANGUAGE))
    return words.replace("'", "’").replace(",", "")


def letter_name(letter: str, language: str = HOME_LANGUAGE) -> str:
    """How the letter of a queue is called: «ел». KeyError for a letter that no queue may have."""
    return words_in(language)(f"voice-letter-{LETTER_KEYS[letter]}")


def can_speak(language: str) -> bool:
    """Whether there are both translated phrases and numerals in this language."""
    if language not in languages():
        return False
    try:
        num2words(1, lang=language)
    except NotImplementedError:
        return False
    return True


def call_phrase(letter: str, seq: int, desk: int, reading: int = 1, language: str = HOME_LANGUAGE) -> Phrase:
    """«Увага! Номер а сімнадцять. Робоче місце номер три.», shorter at the second ``reading``."""
    key = "voice-call-first" if reading == 1 else "voice-call-second"
    text = words_in(language)(
        key,
        letter=letter_name(letter, language),
        number=numeral(seq, language),
        desk=numeral(desk, language),
    )
    return Phrase(language, text)


def call_phrases(letter: str, seq: int, desk: int, reading: int, asked: str) -> tuple[Phrase, ...]:
    """The call in Ukrainian, and after it in the language the visit asked for, if it can be spoken."""
    home = call_phrase(letter, seq, desk, reading)
    if asked == HOME_LANGUAGE or not can_speak(asked):
        return (home,)
    return home, call_phrase(letter, seq, desk, reading, asked)
