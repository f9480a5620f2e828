"""The centre as typed settings: what a centre file may say, and nothing about how it is used.

Every key, its default and the reason for it stand in ``config/centres/example.toml``.
Durations carry their unit in the name (``_s`` seconds, ``_min`` minutes); lengths are millimetres.
"""

from __future__ import annotations

import re
from datetime import date, time
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

# Letters that cannot be mistaken for a figure, swallowed by the voice or confused by ear.
QUEUE_LETTERS = "АДКЛРФШЯГУМ"
PAPER_RESERVE_LETTER = "Ц"
SHORT_NAME_MAX = 36

CODE_PATTERN = r"^[a-z][a-z0-9_-]{0,31}$"
LETTER_PATTERN = f"^[{QUEUE_LETTERS}]$"
WIRE_PATTERN = r"^(network:\S+|usb:[0-9a-fA-Fx]+:[0-9a-fA-Fx]+|serial:\S+|cups:\S+|file:.+|memory:)$"
PUBLIC_URL_PATTERN = r"^(https?://\S+)?$"

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Part(BaseModel):
    """A part of the settings: unknown keys are mistakes, a "15" in quotes is no number, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _local_time(value: object) -> object:
    try:
        found = time.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, time) or found.tzinfo is not None:
        raise PydanticCustomError("local_time", "a time of the day like 23:30")
    return found


LocalTime = Annotated[time, BeforeValidator(_local_time)]
"""Wall-clock time in the centre; ``"23:30"`` reads better than TOML's own 23:30:00, both are understood."""


class Interval(Part):
    """Local wall-clock time from ``opens`` to ``closes`` on one day; written ``"08:00-17:00"``."""

    opens: time
    closes: time

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if isinstance(value, dict | Interval):
            return value
        found = isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", value)
        if not found:
            raise PydanticCustomError("interval", "a span of the day like 08:00-17:00")
        h1, m1, h2, m2 = map(int, found.groups())
        return {"opens": time(h1, m1), "closes": time(h2, m2)}

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            raise PydanticCustomError("interval_order", "an opening time before the closing time")
        return self

    @model_serializer
    def _as_text(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


def _with_ukrainian(texts: dict[str, str]) -> dict[str, str]:
    if not texts.get("uk", "").strip():
        raise PydanticCustomError("text_ukrainian", 'a text with at least Ukrainian, like { uk = "…", en = "…" }')
    return texts


Text = Annotated[dict[str, str], AfterValidator(_with_ukrainian)]
"""The same words in several languages, by language code; Ukrainian is always there."""


def in_language(text: dict[str, str], language: str) -> str:
    """The words in ``language``, or in Ukrainian where there is no translation."""
    return text.get(language) or text["uk"]


Code = Annotated[str, Field(pattern=CODE_PATTERN)]
Letter = Annotated[str, Field(pattern=LETTER_PATTERN)]

Hours = dict[Weekday, list[Interval]]
"""Reception hours by weekday; a weekday that is missing is a day without reception."""


class Zone(Part):
    """A place of the building that walls and loudspeakers serve (Б-Рег 5)."""

    code: Code
    name: Text
    floor: int = 1


class Provider(Part):
    """An institution that receives visitors in the centre (Б-Пол 2). No ``hours``: schedule not entered, no tickets."""

    code: Code
    name: Text
    short_name: Text
    hours: Hours | None = None
    hours_source: str = ""
    phone: str | None = None

    @property
    def schedule_known(self) -> bool:
        return self.hours is not None


class Group(Part):
    """A service group: one queue with one letter, served by one pool of skills."""

    code: Code
    provider: Code
    letter: Letter
    name: Text
    zone: Code
    target_wait_min: Annotated[int, Field(ge=1, le=240)] = 15
    slot_min: Annotated[int, Field(ge=5, le=120)] = 15
    slot_places: Annotated[int, Field(ge=0, le=20)] = 20  # at most; the plan of desks gives how many


class Service(Part):
    """One row of the approved list of services; ``name`` is verbatim, ``short_name`` fits a button and a slip."""

    number: Annotated[int, Field(ge=1, le=9999)]
    group: Code
    name: Text
    short_name: Text
    sensitive: bool = False
    duration_min: Annotated[int, Field(ge=1, le=240)] = 15
    bookable: bool = True
    active: bool = True

    @field_validator("short_name")
    @classmethod
    def _fits_a_button(cls, texts: dict[str, str]) -> dict[str, str]:
        if any(len(words) > SHORT_NAME_MAX for words in texts.values()):
            raise PydanticCustomError("short_name", f"a short name of at most {SHORT_NAME_MAX} characters")
        return texts


class Desk(Part):
    """A numbered working place (Б-Рег 5.3) and the groups that may be received there."""

    number: Annotated[int, Field(ge=1, le=999)]
    zone: Code
    groups: Annotated[list[Code], Field(min_length=1)]
    direction: Literal["left", "right", "straight", ""] = ""
    hours: Hours | None = None  # planned hours of this place; None: as its institution receives


class SpecialDay(Part):
    """A date that differs from the week: confirmed by the head, never assumed (no holiday closes by itself)."""

    day: date
    kind: Literal["closed", "short", "special"]
    reason: Annotated[str, Field(min_length=1, max_length=120)]
    confirmed_by: Annotated[str, Field(min_length=1, max_length=120)]
    provider: Code | None = None  # None: the whole centre
    hours: list[Interval] = []

    @model_validator(mode="after")
    def _hours_unless_closed(self) -> Self:
        if (self.kind == "closed") == bool(self.hours):
            raise PydanticCustomError("special_hours", "hours for a short or special day, and none for a closed one")
        return self


class PriorityClass(Part):
    """Whom a law lets come before others. Inactive until its legal basis, its proof and its approver are written."""

    code: Code
    name: Text
    mode: Literal["out_of_turn", "first_in_turn"]
    legal_basis: str = ""
    proof: dict[str, str] = {}
    approved_by: str = ""
    active: bool = False

    @model_validator(mode="after")
    def _founded(self) -> Self:
        founded = (self.legal_basis, self.proof.get("uk", ""), self.approved_by)
        if self.active and not all(text.strip() for text in founded):
            raise PydanticCustomError("priority_unfounded", "legal_basis, proof and approved_by before active = true")
        return self


class Operator(Part):
    """An employee who receives visitors; three name parts for the desk sign (Б-Рег 5.3)."""

    login: Code
    surname: Annotated[str, Field(min_length=1, max_length=60)]
    given_name: Annotated[str, Field(min_length=1, max_length=60)]
    patronymic: Annotated[str, Field(max_length=60)] = ""
    provider: Code
    primary: Annotated[list[Code], Field(min_length=1)]
    secondary: list[Code] = []


class Rules(Part):
    """The numbers of the queue's rules; each has its reason in ``config/centres/example.toml``."""

    issue_lead_min: Annotated[int, Field(ge=0, le=120)] = 15
    last_ticket_min: Annotated[int, Field(ge=0, le=120)] = 10
    recall_min_s: Annotated[int, Field(ge=5, le=600)] = 15
    no_show_min_s: Annotated[int, Field(ge=15, le=900)] = 60
    no_show_calls: Annotated[int, Field(ge=1, le=3)] = 2
    max_calls: Annotated[int, Field(ge=1, le=9)] = 3
    return_window_min: Annotated[int, Field(ge=0, le=600)] = 60
    max_returns: Annotated[int, Field(ge=0, le=9)] = 2
    return_after_calls: Annotated[int, Field(ge=0, le=9)] = 2
    sibling_gap_s: Annotated[int, Field(ge=0, le=600)] = 60
    max_active_tickets: Annotated[int, Field(ge=1, le=20)] = 5
    holds_per_desk: Annotated[int, Field(ge=0, le=9)] = 3
    hold_max_min: Annotated[int, Field(ge=1, le=240)] = 30
    snooze_max_min: Annotated[int, Field(ge=1, le=120)] = 30
    snoozes: Annotated[int, Field(ge=0, le=9)] = 1
    undo_s: Annotated[int, Field(ge=1, le=60)] = 10
    reopen_min: Annotated[int, Field(ge=1, le=60)] = 2
    release_after_s: Annotated[int, Field(ge=30, le=3600)] = 120
    pin_pause_min: Annotated[int, Field(ge=0, le=120)] = 10
    manual_call_by_operators: bool = True
    capacity_factor: Annotated[float, Field(ge=0, le=2)] = 0.85  # 0: tickets are given without limit
    capacity_reopen: Annotated[float, Field(ge=0, le=2)] = 0.75
    appointment_no_show_rate: Annotated[float, Field(ge=0, lt=1)] = 0.12
    estimate_lower: Annotated[float, Field(ge=0, le=1)] = 0.6
    estimate_upper: Annotated[float, Field(ge=1, le=5)] = 1.5
    alarm_return_min: Annotated[int, Field(ge=0, le=60)] = 10
    alarm_patience_min: Annotated[int, Field(ge=0, le=60)] = 15
    booking_horizon_days: Annotated[int, Field(ge=0, le=60)] = 14
    booking_lead_min: Annotated[int, Field(ge=0, le=1440)] = 60
    booking_share: Annotated[float, Field(ge=0, le=0.5)] = 0.5
    web_bookings_per_hour: Annotated[int, Field(ge=0, le=1000)] = 20
    slot_hold_min: Annotated[int, Field(ge=1, le=30)] = 5
    appointment_grace_min: Annotated[int, Field(ge=0, le=60)] = 10
    appointment_early_min: Annotated[int, Field(ge=0, le=60)] = 5
    appointment_idle_early_min: Annotated[int, Field(ge=0, le=60)] = 15
    priority_run: Annotated[int, Field(ge=1, le=20)] = 2
    appointment_run: Annotated[int, Field(ge=1, le=20)] = 3
    wait_cap_min: Annotated[int, Field(ge=10, le=600)] = 60
    announcement_stale_s: Annotated[int, Field(ge=5, le=600)] = 60
    walk_in_numbers: Annotated[int, Field(ge=1, le=998)] = 499
    hard_day_stop: LocalTime = time(23, 30)


class Screen(Part):
    """A real screen: its resolution and diagonal, from which millimetres become pixels."""

    width_px: Annotated[int, Field(ge=320, le=7680)]
    height_px: Annotated[int, Field(ge=320, le=7680)]
    diagonal_in: Annotated[float, Field(ge=5, le=200)]

    @property
    def px_per_mm(self) -> float:
        diagonal_px = (self.width_px**2 + self.height_px**2) ** 0.5
        return float(diagonal_px / (self.diagonal_in * 25.4))


class Kiosk(Part):
    """The terminal of the hall."""

    screen: Screen = Screen(width_px=1080, height_px=1920, diagonal_in=27)
    idle_s: Annotated[int, Field(ge=20, le=600)] = 45
    warning_s: Annotated[int, Field(ge=20, le=120)] = 20


class Board(Part):
    """The wall of a waiting zone; digits are at least ``viewing_distance_m`` / 120 high."""

    screen: Screen = Screen(width_px=1920, height_px=1080, diagonal_in=43)
    viewing_distance_m: Annotated[float, Field(ge=1, le=60)] = 8.0
    zones: list[Code] = []  # empty: every zone
    row_stays_s: Annotated[int, Field(ge=0, le=300)] = 20


class Voice(Part):
    """The voice of the hall."""

    enabled: bool = True
    rate_wpm: Annotated[int, Field(ge=80, le=300)] = 140
    second_reading_after_s: Annotated[float, Field(ge=0, le=30)] = 2.0
    single_reading_backlog: Annotated[int, Field(ge=1, le=20)] = 3
    volume: Annotated[float, Field(ge=0, le=1)] = 1.0


class Printer(Part):
    """Where a kiosk's paper comes out. ``wire`` is one of the URLs named in the README, «Printers»."""

    wire: Annotated[str, Field(pattern=WIRE_PATTERN)] = "memory:"
    paper_mm: Literal[80, 58] = 80
    timeout_s: Annotated[float, Field(ge=0.2, le=30)] = 3.0


class Server(Part):
    """The one process with the one file."""

    # What a visitor's phone opens; empty: no QR on the slip.
    public_url: Annotated[str, Field(pattern=PUBLIC_URL_PATTERN)] = ""


class Centre(Part):
    """One centre. Codes are unique, references point somewhere, every mistake is reported at once."""

    code: Code
    name: Text
    city: Text
    address: Text
    timezone: str = "Europe/Kyiv"
    languages: Annotated[list[str], Field(min_length=1)] = ["uk", "en"]
    phones: list[str] = []
    hotline: str | None = None
    approved_by: str = ""
    approved_on: date | None = None
    hours: Hours | None = None  # of the building; None: as each institution receives
    special_days: list[SpecialDay] = []
    priority_classes: list[PriorityClass] = []
    zones: Annotated[list[Zone], Field(min_length=1)]
    providers: Annotated[list[Provider], Field(min_length=1)]
    groups: list[Group] = []
    services: list[Service] = []
    desks: list[Desk] = []
    operators: list[Operator] = []
    rules: Rules = Rules()
    kiosk: Kiosk = Kiosk()
    board: Board = Board()
    voice: Voice = Voice()
    printer: Printer = Printer()
    server: Server = Server()

    @field_validator("timezone")
    @classmethod
    def _real_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: a folder ("Europe"), a name too long
            raise PydanticCustomError("timezone", "a time zone of the IANA database, like Europe/Kyiv") from error
        return name

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def services_by_number(self) -> dict[int, Service]:
        return {service.number: service for service in self.services}

    @cached_property
    def services_by_group(self) -> dict[str, list[Service]]:
        found: dict[str, list[Service]] = {group.code: [] for group in self.groups}
        for service in self.services:
            found.setdefault(service.group, []).append(service)
        return found

    def provider(self, code: str) -> Provider:
        return next(p for p in self.providers if p.code == code)

    def group(self, code: str) -> Group:
        return next(g for g in self.groups if g.code == code)

    def zone(self, code: str) -> Zone:
        return next(z for z in self.zones if z.code == code)
