"""Every language says the same things with the same facts, and Ukrainian counts the way Ukrainians do."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from config.words import LOCALE, clock_time, languages, ticket_number, words_in


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 (the name Fluent calls)
        self.names.add(node.id.name)


# Given beside a fact so that a language can choose its form («о 10:00», «об 11:00»); others need not use it.
GRAMMAR_ONLY = {"hour"}


def entries(language: str) -> list[ast.EntryType]:
    text = (LOCALE / f"{language}.ftl").read_text(encoding="utf-8")
    return FluentParser(with_spans=False).parse(text).body


def variables_by_key(language: str) -> dict[str, set[str]]:
    found = {}
    for entry in entries(language):
        if isinstance(entry, ast.Message):
            visitor = _Variables()
            visitor.visit(entry)
            found[entry.id.name] = visitor.names
    return found


def test_ukrainian_comes_first() -> None:
    assert languages()[0] == "uk"
    assert "en" in languages()


@pytest.mark.parametrize("language", languages())
def test_a_language_file_has_no_line_that_cannot_be_read(language: str) -> None:
    broken = [entry.content for entry in entries(language) if isinstance(entry, ast.Junk)]
    assert broken == []


@pytest.mark.parametrize("language", languages())
def test_no_key_stands_twice_in_a_language(language: str) -> None:
    keys = Counter(entry.id.name for entry in entries(language) if isinstance(entry, ast.Message))
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("language", [language for language in languages() if language != "uk"])
def test_every_language_has_the_keys_of_ukrainian_and_says_the_same_facts(language: str) -> None:
    def facts(of: str) -> dict[str, set[str]]:
        return {key: names - GRAMMAR_ONLY for key, names in variables_by_key(of).items()}

    assert facts(language) == facts("uk")


def test_every_settings_sentence_the_code_asks_for_exists() -> None:
    config = LOCALE.parent
    asked = {
        key
        for file in config.glob("*.py")
        for key in re.findall(r'"(settings-[a-z-]+)"', file.read_text(encoding="utf-8"))
    } | {f"settings-no-such-{section}" for section in ("zone", "provider", "group")}
    known = {key for key in variables_by_key("uk") if key.startswith("settings-")}
    assert asked == known


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 людей"), (1, "1 людина"), (2, "2 людини"), (5, "5 людей"), (11, "11 людей"), (21, "21 людина")],
)
def test_people_are_counted_as_ukrainians_count(count: int, words: str) -> None:
    assert words_in("uk")("people", count=count) == words


def test_a_language_without_a_file_speaks_ukrainian() -> None:
    assert words_in("xx")("language-name") == "Українська"


def test_dates_are_written_out_in_the_genitive() -> None:
    day = date(2026, 3, 12)
    assert words_in("uk").long_date(day) == "четвер, 12 березня"
    assert words_in("uk").date_with_year(day) == "12 березня 2026"
    assert words_in("en").long_date(day) == "Thursday, 12 March"


def test_a_ticket_number_never_breaks_at_the_end_of_a_line() -> None:
    assert ticket_number("А", 17) == "А\u00a017"


def test_the_time_is_the_centre_s_own() -> None:
    assert clock_time(datetime(2026, 7, 1, 11, 5, tzinfo=UTC), ZoneInfo("Europe/Kyiv")) == "14:05"
