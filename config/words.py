"""Words for people, in every language we have: one Fluent file a language in ``config/locale``.

Fluent (projectfluent.org) keeps plural forms and word order in the translation, so that a new language is a new
file and no code. Knows nothing of where the words are shown.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from fluent.runtime import FluentLocalization, FluentResourceLoader

LOCALE = Path(__file__).parent / "locale"
NO_BREAK_SPACE = "\u00a0"


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
