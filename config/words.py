"""Words for people, in every language we have: one Fluent file a language in ``config/locale``.

Fluent (projectfluent.org) keeps plural forms and word order in the translation, so that a new language is a new
file and no code. Knows nothing of where the words are shown.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from math import ceil, floor
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from fluent.runtime import FluentLocalization, FluentResourceLoader

LOCALE = Path(__file__).parent / "locale"
NO_BREAK_SPACE = "\u00a0"
IN_MINUTES_UP_TO = 90


def languages() -> list[str]:
    """Codes of the languages that have a file; Ukrainian first."""
    return sorted((file.stem for file in LOCALE.glob("*.ftl")), key=lambda code: (code != "uk", code))


class Words:
    """The words of one language. ``words("ahead", count=7)`` → «7 людей». A missing one is taken from Ukrainian."""

    def __init__(self, language: str) -> None:
        self.language = language if language in languages() else "uk"
        loader = FluentResourceLoader(str(LOCALE))
        chain = [self.language, "uk"] if self.language != "uk" else ["uk"]
        self._texts = FluentLocalization(chain, ["{locale}.ftl"], loader, use_isolating=False)
        self._texts.format_value("", {})  # reads every file now: the lazy reading is not safe between threads

    def __call__(self, key: str, **values: str | int | float) -> str:
        return str(self._texts.format_value(key, values))

    def long_date(self, day: date) -> str:
        """«четвер, 12 березня»."""
        return str(format_date(day, self("date-pattern-long"), locale=self.language))

    def date_with_year(self, day: date) -> str:
        """«12 березня 2026»."""
        return str(format_date(day, self("date-pattern-year"), locale=self.language))


@cache
def words_in(language: str) -> Words:
    return Words(language)


def ticket_number(letter: str, seq: int) -> str:
    """«А 17» with a space that does not break."""
    return f"{letter}{NO_BREAK_SPACE}{seq}"


def clock_time(moment: datetime, tz: ZoneInfo) -> str:
    """«14:05» in the centre's own time."""
    return moment.astimezone(tz).strftime("%H:%M")


def wait_range(words: Words, low_min: int, high_min: int) -> str:
    """An estimated wait as it is told everywhere: «15–25 хв», «до 10 хв», «40 хв – 2 год»; «немає» for (0, 0).

    Beyond an hour and a half nobody can know it to the minute: hours and halves of hours, the range made wider by it.
    """
    if high_min == 0:
        return words("wait-none")
    if high_min <= IN_MINUTES_UP_TO:
        if low_min == 0:
            return words("wait-up-to-minutes", high=high_min)
        return words("wait-minutes", low=low_min, high=high_min)
    high = ceil(high_min / 30) / 2
    if low_min == 0:
        return words("wait-up-to-hours", high=high)
    if low_min < 60:
        return words("wait-minutes-hours", low=low_min, high=high)
    return words("wait-hours", low=floor(low_min / 30) / 2, high=high)
