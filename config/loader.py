"""Reads a centre file and either gives the centre or says every mistake at once, for people, in their language.

A bad file is never a traceback: whatever is wrong with it comes out as ``file: key: value: what was expected``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from pydantic import ValidationError

from config.keys import NOTHING, Finding, place_key
from config.references import reference_findings
from config.settings import Centre
from config.shape import shape_findings
from config.words import Words, words_in

LARGEST_FILE = 1024 * 1024
"""Bytes. A centre with 40 services takes some 30 thousand; more than this is not a centre file."""

_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in words: ``key`` and ``value`` are empty where the file as a whole is wrong."""

    file: str
    key: str
    value: str
    expected: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.value, self.expected) if part)


class BadSettings(Exception):
    """A centre file that cannot be used, with everything that is wrong with it; a program ends with exit code 2."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = list(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def load_centre(path: Path | str, language: str = "uk") -> Centre:
    """The centre described by the TOML file at ``path``.

    Raises ``BadSettings`` with all mistakes, in ``language`` (sentences from ``config/locale``). Only a file that is
    not TOML at all has a single mistake, the first one found: behind it nothing can be told from anything.
    """
    file, words = str(path), words_in(language)
    return centre_from(_parse(_read(Path(path), file, words), file, words), file, language)


def centre_from(raw: dict[str, object], file: str, language: str = "uk") -> Centre:
    """The centre that parsed TOML describes; ``file`` is what mistakes call it. Raises ``BadSettings``."""
    found: list[Finding] = []
    centre = None
    try:
        centre = Centre.model_validate(raw)
    except ValidationError as error:
        found += shape_findings(error)
    found += reference_findings(raw)
    if centre is None or found:
        words = words_in(language)
        raise BadSettings(_in_words(finding, raw, file, words) for finding in found)
    return centre


def _read(path: Path, file: str, words: Words) -> str:
    def bad(sentence: str, key: str = "", **facts: int) -> BadSettings:
        return BadSettings([Mistake(file, key, "", words(sentence, **facts))])

    try:
        if not path.exists():
            raise bad("settings-file-missing")
        if not path.is_file():
            raise bad("settings-file-regular")
        with path.open("rb") as source:
            content = source.read(LARGEST_FILE + 1)
    except OSError as error:
        raise bad("settings-file-unreadable") from error
    if len(content) > LARGEST_FILE:
        raise bad("settings-file-large", limit=LARGEST_FILE // 1024)
    try:
        return content.decode("utf-8-sig")  # editors on Windows put a mark at the beginning
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise bad("settings-file-encoding", key=words("settings-line", line=line)) from error


def _parse(text: str, file: str, words: Words) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise BadSettings([Mistake(file, "", "", words("settings-toml-deep"))]) from error
    except ValueError as error:  # TOMLDecodeError, and int() for a number with thousands of figures
        raise BadSettings([_syntax_mistake(str(error), text, file, words)]) from error


def _syntax_mistake(message: str, text: str, file: str, words: Words) -> Mistake:
    lines = text.splitlines()
    place = re.search(r"at line (\d+), column (\d+)", message)
    if place:
        line = int(place[1])
        key = words("settings-line", line=line)
        value = _short(lines[line - 1].strip()) if line <= len(lines) else ""
    else:
        key, value = words("settings-end-of-file") if "end of document" in message else "", ""
    twice = re.match(r"Cannot (overwrite|declare|mutate)|Duplicate", message)
    return Mistake(file, key, value, words("settings-toml-twice" if twice else "settings-toml"))


def _in_words(finding: Finding, raw: dict[str, object], file: str, words: Words) -> Mistake:
    key = place_key(finding.location, raw)
    return Mistake(file, key, _shown(finding.value, words), words(finding.sentence, **finding.facts))


def _shown(value: object, words: Words) -> str:
    """A value as it would stand in the file, on one line and not too long."""
    match value:
        case _ if value is NOTHING:
            return words("settings-nothing")
        case str():
            return _short(json.dumps(value, ensure_ascii=False))
        case bool():
            return "true" if value else "false"
        case int() if abs(value) > 10**18:  # Python refuses to write very long numbers in decimal
            return _short(hex(value))
        case date() | time():
            return value.isoformat()
        case list():
            return "[…]" if value else "[]"
        case dict():
            return "{…}" if value else "{}"
        case _:
            return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
