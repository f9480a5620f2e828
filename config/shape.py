"""What is wrong with the shape of a centre file: unknown keys, missing keys, wrong types, values out of range.

Puts the validation errors of the settings into our own sentences. Looks at no other row than the one in hand.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.keys import NOTHING, Finding, Location
from config.settings import (
    CODE_PATTERN,
    LETTER_PATTERN,
    PUBLIC_URL_PATTERN,
    QUEUE_LETTERS,
    SHORT_NAME_MAX,
    WEEKDAYS,
    WIRE_PATTERN,
    Centre,
)

_PLAIN_SENTENCES = {
    "string_type": "settings-text",
    "int_type": "settings-whole-number",
    "int_parsing_size": "settings-whole-number",
    "float_type": "settings-number",
    "bool_type": "settings-yes-no",
    "date_type": "settings-date",
    "date_from_datetime_inexact": "settings-date",
    "time_type": "settings-time",
    "local_time": "settings-time",
    "list_type": "settings-list",
    "dict_type": "settings-table",
    "model_type": "settings-table",
    "model_attributes_type": "settings-table",
    "too_short": "settings-list-empty",
    "string_too_short": "settings-text-empty",
    "interval": "settings-interval",
    "interval_order": "settings-interval-order",
    "text_ukrainian": "settings-text-ukrainian",
    "timezone": "settings-timezone",
    "special_hours": "settings-special-hours",
    "priority_unfounded": "settings-priority-unfounded",
}
_PATTERN_SENTENCES = {
    CODE_PATTERN: "settings-code",
    LETTER_PATTERN: "settings-letter",
    WIRE_PATTERN: "settings-wire",
    PUBLIC_URL_PATTERN: "settings-public-url",
}

_LISTED_KEYS = 16
"""More keys in one sentence than this are not read; the example has them all, with their reasons."""


def shape_findings(error: ValidationError) -> Iterator[Finding]:
    """One finding for each validation error, in the order of the settings."""
    for detail in error.errors(include_url=False):
        location, value = tuple(detail["loc"]), detail["input"]
        if location[-1:] == ("[key]",):  # a key of a table is wrong, not its value
            location = location[:-1]
        sentence, facts = _sentence(detail, location)
        yield Finding(location, NOTHING if detail["type"] == "missing" else value, sentence, facts)


def _sentence(detail: ErrorDetails, location: Location) -> tuple[str, dict[str, str | int]]:
    facts: Mapping[str, Any] = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return "settings-missing", {}
        case "extra_forbidden":
            return _unknown_key(location)
        case "string_pattern_mismatch":
            return _PATTERN_SENTENCES[facts["pattern"]], {"letters": " ".join(QUEUE_LETTERS)}
        case "greater_than_equal":
            return "settings-at-least", {"limit": f"{facts['ge']:g}"}
        case "less_than_equal":
            return "settings-at-most", {"limit": f"{facts['le']:g}"}
        case "greater_than":
            return "settings-more-than", {"limit": f"{facts['gt']:g}"}
        case "less_than":
            return "settings-less-than", {"limit": f"{facts['lt']:g}"}
        case "string_too_long":
            return "settings-text-long", {"limit": facts["max_length"]}
        case "short_name":
            return "settings-text-long", {"limit": SHORT_NAME_MAX}
        case "literal_error" if "hours" in location:
            return "settings-one-of", {"choices": ", ".join(WEEKDAYS)}
        case "literal_error":
            return "settings-one-of", {"choices": str(facts["expected"]).replace("'", '"').replace(" or ", ", ")}
        case "list_type" if len(location) == 1:
            return "settings-rows", {"section": str(location[0])}
        case kind if kind in _PLAIN_SENTENCES:
            return _PLAIN_SENTENCES[kind], {}
        case _:
            return "settings-other", {"message": detail["msg"]}


def _unknown_key(location: Location) -> tuple[str, dict[str, str | int]]:
    known = [str(name) for name in _model_at(location[:-1]).model_fields]
    near = difflib.get_close_matches(str(location[-1]), known, n=1)
    if near:
        return "settings-unknown-key-near", {"near": near[0]}
    if len(known) > _LISTED_KEYS:
        known = [*known[:_LISTED_KEYS], "… (config/centres/example.toml)"]
    return "settings-unknown-key", {"known": ", ".join(known)}


def _model_at(location: Location) -> type[BaseModel]:
    model: type[BaseModel] = Centre
    for step in location:
        if isinstance(step, str) and step in model.model_fields:  # else a weekday or a language
            model = _model_in(model.model_fields[step].annotation) or model
    return model


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
