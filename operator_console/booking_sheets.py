"""How the pages of booking are laid out: days, times and sentences in the visitor's language, ready for the templates.

Refuses to know addresses of other pages' data and who may book: it is given what to show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import segno
from flask import Response, make_response, render_template, request, url_for
from markupsafe import Markup

from config.settings import Centre, Service, in_language
from config.words import Words, clock_time, languages, words_in
from operator_console.texts import LANGUAGE_COOKIE, asked_language
from operator_console.visitor import POLICY

START = "%Y%m%dT%H%MZ"
CHANGEABLE = ("booked", "checked_in", "late")
REFRESH_S = {"checked_in": 15, "late": 15}
MIDDAY = 12
YEAR_S = 365 * 24 * 3600


class BookingRefused(Exception):
    """A no. ``code`` and ``values`` make the sentence ``problem-<code>``; ``alternatives`` are free times near by.

    ``fields``: which of ``surname``, ``given_name`` and ``contact`` cannot be kept as they were typed.
    """

    def __init__(
        self,
        code: str,
        status: int = 409,
        *,
        values: Mapping[str, str | int] = MappingProxyType({}),
        alternatives: Sequence[datetime | str] = (),
        fields: Sequence[str] = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.values = values
        self.alternatives = [moment(start) for start in alternatives]
        self.fields = tuple(fields)


@dataclass(frozen=True, slots=True)
class Time:
    """One agreed time on a button. ``clock`` «10:30», ``whole`` «вівторок, 17 березня, 10:30», ``value`` for a form."""

    value: str
    clock: str
    day: str
    whole: str


class Sheets:
    """The pages of one centre in the language of whoever asks. ``referrer``: the policy the page is sent with."""

    def __init__(self, centre: Centre, referrer: str) -> None:
        self.centre = centre
        self.words: Words = words_in(asked_language(request))
        self._referrer = referrer

    @property
    def language(self) -> str:
        return self.words.language

    def services(self) -> Response:
        """What can be booked, by institution and queue; what cannot, with the reason."""
        return self._answer("services", url_for("booking.services"), providers=self._providers())

    def times(
        self,
        service: Service,
        free: dict[str, Any],
        here: str,
        form: str,
        *,
        no: BookingRefused | None,
        moving: dict[str, Any] | None,
    ) -> Response:
        return self._answer(
            "times",
            here,
            no.status if no else 200,
            service=self._named(service, moving),
            days=self._days(free),
            action=here,
            form=form,
            refusal=self._sentence(no),
            near=[self._time(start) for start in no.alternatives] if no else [],
            moving=moving,
            old=self._time(moment(moving["appointment"]["start"])) if moving else None,
        )

    def person(
        self,
        service: Service,
        start: datetime,
        form: str,
        notice: str,
        until: datetime | None,
        *,
        typed: Mapping[str, str] = MappingProxyType({}),
        no: BookingRefused | None = None,
    ) -> Response:
        """Name and contact, both free to leave empty. After a no everything typed is still there."""
        back, stamp = url_for("booking.times", service=service.number, form=form), f"{until:{START}}" if until else ""
        at = f"{start:{START}}"
        here = url_for("booking.person", service=service.number, start=at, form=form, until=stamp)
        mistakes = {name: self._mistake(name, typed) for name in no.fields} if no else {}
        near = [self._time(other) for other in no.alternatives] if no else []
        return self._answer(
            "person",
            back if no else here,
            no.status if no else 200,
            service=self._named(service),
            time=self._time(start),
            until=self._clock(until) if until else "",
            stamp=stamp,
            back=back,
            number=service.number,
            near=near,
            lost=bool(near) or (no is not None and no.code == "slot_taken"),
            form=form,
            notice=notice,
            typed=typed,
            mistakes=mistakes,
            refusal="" if mistakes else self._sentence(no),
        )

    def ticket(
        self, booked: dict[str, Any], api: str, *, moved: bool = False, no: BookingRefused | None = None
    ) -> Response:
        """The number, the time, where to come and with what; what can still be changed."""
        appointment, state = booked["appointment"], booked["appointment"]["state"]
        desk = booked.get("called_to")
        known = self.centre.services_by_number.get(appointment["service"])
        return self._answer(
            "ticket",
            url_for("booking.ticket", secret=booked["secret"]),
            no.status if no else 200,
            appointment=appointment,
            letter=appointment["letter"],
            figures=str(appointment["seq"]),
            service=self._named(known, booked) if known else "",
            time=self._time(moment(appointment["start"])),
            address=in_language(self.centre.address, self.language),
            secret=booked["secret"],
            code=(booked["code"][:3], booked["code"][3:]),
            qr=_qr(booked.get("qr") or booked["code"] or appointment["number"], self.words("booking-qr")),
            state="called" if desk else state,
            desk=desk,
            live=state in CHANGEABLE and not desk,
            moved=moved and state == "booked",
            calendar=f"{api}/appointments/{booked['secret']}/calendar",
            grace=self.centre.rules.appointment_grace_min,
            refresh_s=REFRESH_S.get(state, 15 if desk else 0),
            refusal=self._sentence(no),
        )

    def sure_to_move(self, booked: dict[str, Any], start: datetime, form: str, until: datetime) -> Response:
        at, stamp = f"{start:{START}}", f"{until:{START}}"
        return self._answer(
            "move",
            url_for("booking.sure_to_move", secret=booked["secret"], start=at, form=form, until=stamp),
            booked=booked,
            old=self._time(moment(booked["appointment"]["start"])),
            new=self._time(start),
            form=form,
            until=self._clock(until),
        )

    def sure_to_cancel(self, booked: dict[str, Any]) -> Response:
        time = self._time(moment(booked["appointment"]["start"]))
        here = url_for("booking.sure_to_cancel", secret=booked["secret"])
        return self._answer("cancel", here, booked=booked, time=time)

    def nothing(self, what: str) -> Response:
        """``service`` or ``booking``: there is none at this address."""
        return self._answer("nothing", url_for("booking.services"), 404, what=what)

    # --- words and times ---

    def _answer(self, page: str, here: str, status: int = 200, **values: Any) -> Response:
        sheet = render_template(
            f"booking/{page}.html",
            t=self.words,
            language=self.language,
            languages=[(code, words_in(code)("language-name"), _in(here, code)) for code in languages()],
            centre=in_language(self.centre.name, self.language),
            city=in_language(self.centre.city, self.language),
            hotline=self.centre.hotline,
            **values,
        )
        response = make_response(sheet, status)
        response.headers["Content-Security-Policy"] = f"{POLICY}; form-action 'self'"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = self._referrer
        if request.args.get("lang") == self.language:
            response.set_cookie(LANGUAGE_COOKIE, self.language, max_age=YEAR_S, samesite="Lax", httponly=True)
        return response

    def _providers(self) -> list[dict[str, Any]]:
        """Those where something can be booked first; the others say why not."""
        rules, found = self.centre.rules, []
        for provider in self.centre.providers:
            groups = [g for g in self.centre.groups if g.provider == provider.code]
            listed = [
                {"letter": g.letter, "name": self._text(g.name), "services": self._services(g.code)} for g in groups
            ]
            reason = ""
            if not provider.schedule_known:
                reason = "provider_schedule_unknown"
            elif not any(group["services"] for group in listed):
                reason = "provider_no_services"
            elif not rules.booking_horizon_days or not rules.booking_share:
                reason = "booking_off"
            sentence = self.words(f"booking-{reason}") if reason else ""
            found.append({"name": self._text(provider.short_name), "groups": listed, "reason": sentence})
        return sorted(found, key=lambda provider: bool(provider["reason"]))

    def _services(self, group: str) -> list[dict[str, Any]]:
        return [
            {"number": s.number, "name": self._text(s.short_name), "bookable": s.bookable}
            for s in self.centre.services_by_group[group]
            if s.active
        ]

    def _days(self, free: dict[str, Any]) -> list[dict[str, Any]]:
        """The days with reception, each with its free times before and after midday."""
        days: list[dict[str, Any]] = []
        today = moment(free["now"]).astimezone(self.centre.tz).date() if free["now"] else None
        for told in free["days"]:
            day = date.fromisoformat(str(told["day"]))
            times = [moment(slot["start"]) for slot in told["slots"]]
            halves = [
                [at for at in times if (at.astimezone(self.centre.tz).hour < MIDDAY) is early]
                for early in (True, False)
            ]
            near = {today: "today", today + timedelta(days=1): "tomorrow"}.get(day, "") if today else ""
            days.append(
                {
                    "name": self.words.long_date(day),
                    "near": near,
                    "count": sum(slot["places"] for slot in told["slots"]),
                    "halves": [
                        (half, [self._time(at) for at in found])
                        for half, found in zip(("morning", "afternoon"), halves, strict=True)
                        if found
                    ],
                }
            )
        return days

    def _time(self, at: datetime) -> Time:
        day, clock = self.words.long_date(at.astimezone(self.centre.tz).date()), self._clock(at)
        return Time(f"{at.astimezone(UTC):{START}}", clock, day, f"{day}, {clock}")

    def _clock(self, at: datetime) -> str:
        return clock_time(at, self.centre.tz)

    def _named(self, service: Service, booked: dict[str, Any] | None = None) -> str:
        """What was chosen is named while it is chosen; an address that stays in a telephone keeps a sensitive one."""
        if booked is not None and service.sensitive:
            return self.words("booking-service", number=service.number)
        return self._text(service.short_name)

    def _text(self, texts: dict[str, str]) -> str:
        return in_language(texts, self.language)

    def _sentence(self, no: BookingRefused | None) -> str:
        return self.words(f"problem-{no.code}", **no.values) if no else ""

    def _mistake(self, name: str, typed: Mapping[str, str]) -> str:
        return self.words(f"booking-{'wrong' if typed.get(name) else 'missing'}-{name}")


def moment(told: datetime | str) -> datetime:
    return datetime.fromisoformat(told) if isinstance(told, str) else told


def _in(here: str, language: str) -> str:
    return f"{here}{'&' if '?' in here else '?'}lang={language}"


def _qr(text: str, title: str) -> Markup:
    """Black on white in every light: a camera needs it so. What is in it is ours, never what somebody typed."""
    code = segno.make_qr(text, error="m")
    return Markup(code.svg_inline(omitsize=True, border=4, dark="#000", light="#fff", title=title))  # noqa: S704
