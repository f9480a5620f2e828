"""Booking on the web: a visitor chooses a service and a time, gets a number, moves or cancels. No account, no script.

Refuses to know which times are free and who may have them: that is handed in, and every no comes as a code.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from config.settings import Centre, Service
from operator_console.booking_sheets import CHANGEABLE, START, BookingRefused, Sheets, moment

FORM = re.compile(r"[A-Za-z0-9_-]{8,64}")
TYPED = ("surname", "given_name", "contact")
TYPED_MAX = 200
PUBLIC = "same-origin"
UNTOLD = "no-referrer"  # the address is the secret


@dataclass(frozen=True, slots=True)
class BookingPages:
    """The callables the pages live on; each is called inside a request. Dictionaries are JSON-ready dumps.

    ``slots(service, days)`` → SlotsView from today on. ``hold(service, start, form)`` → SlotHeld.
    ``book(asked, key)``: the fields of NewAppointment → BookedAppointment; the same key is answered as the first time.
    ``appointment(secret)`` → BookedAppointment with ``called_to``, the desk or None; None for a wrong secret.
    ``move(secret, start, form)`` and ``cancel(secret)`` → BookedAppointment. All of these raise BookingRefused.
    ``notice`` is the version of the words of ``booking-notice``: it changes when they do (R52).
    """

    centre: Callable[[], Centre]
    now: Callable[[], datetime]
    slots: Callable[[int, int], dict[str, Any]]
    hold: Callable[[int, datetime, str], dict[str, Any]]
    book: Callable[[dict[str, Any], str], dict[str, Any]]
    appointment: Callable[[str], dict[str, Any] | None]
    move: Callable[[str, datetime, str], dict[str, Any]]
    cancel: Callable[[str], dict[str, Any]]
    api: str = "/api/v1"
    notice: str = "web-1"


def create_booking_pages(pages: BookingPages) -> Blueprint:
    """The blueprint ``booking``: ``/book`` for everybody, ``/booking/SECRET`` for whoever holds the number.

    No cookie gives any right here, so there is nothing to forge: a booking is made of what the form holds, and
    changed by whoever has its secret.
    """
    booking = Blueprint("booking", __name__, template_folder="templates")
    _new(booking, pages)
    _own(booking, pages)
    return booking


def _new(booking: Blueprint, pages: BookingPages) -> None:
    """Service, time, person: the way to a number."""

    def asked(service: int, start: str) -> tuple[Sheets, Service | None, datetime | None]:
        sheets = Sheets(pages.centre(), PUBLIC)
        return sheets, _bookable(sheets.centre, service), _moment(start)

    def grid(sheets: Sheets, service: Service, no: BookingRefused | None = None) -> Response:
        return _grid(pages, sheets, service, url_for("booking.times", service=service.number), no)

    @booking.get("/book")
    def services() -> ResponseReturnValue:
        return Sheets(pages.centre(), PUBLIC).services()

    @booking.get("/book/<int:service>")
    def times(service: int) -> ResponseReturnValue:
        sheets, found, _ = asked(service, "")
        return grid(sheets, found) if found else sheets.nothing("service")

    @booking.post("/book/<int:service>")
    def choose(service: int) -> ResponseReturnValue:
        """Keeps the place. A crawler that follows every link must not keep any: so this is no link."""
        sheets, found, start = asked(service, request.form.get("start", ""))
        if found is None or start is None:
            return sheets.nothing("service")
        form = _form()
        try:
            until = moment(pages.hold(service, start, form)["until"])
        except BookingRefused as no:
            return grid(sheets, found, no)
        there = url_for("booking.person", service=service, start=_stamp(start), form=form, until=_stamp(until))
        return redirect(there, 303)

    @booking.get("/book/<int:service>/<start>")
    def person(service: int, start: str) -> ResponseReturnValue:
        sheets, found, at = asked(service, start)
        if found is None or at is None:
            return sheets.nothing("service")
        until = _moment(request.args.get("until", ""))
        if until is None or until <= pages.now():  # an address kept or passed on: the place is nobody's
            return redirect(url_for("booking.times", service=service))
        return sheets.person(found, at, _form(), pages.notice, until)

    @booking.post("/book/<int:service>/<start>")
    def book(service: int, start: str) -> ResponseReturnValue:
        sheets, found, at = asked(service, start)
        if found is None or at is None:
            return sheets.nothing("service")
        form, typed = _form(), {name: _typed(name) for name in TYPED}
        try:
            booked = pages.book(_asked(service, at, sheets.language, form, typed), f"{form}-{_stamp(at)}")
        except BookingRefused as no:
            until = _moment(request.form.get("until", ""))
            return sheets.person(found, at, form, pages.notice, until, typed=typed, no=no)
        return redirect(url_for("booking.ticket", secret=booked["secret"]), 303)


def _own(booking: Blueprint, pages: BookingPages) -> None:
    """One that is there. Every address begins with its secret."""

    def asked(secret: str, start: str = "") -> tuple[Sheets, dict[str, Any] | None, datetime | None]:
        return Sheets(pages.centre(), UNTOLD), pages.appointment(secret), _moment(start)

    def grid(sheets: Sheets, booked: dict[str, Any], no: BookingRefused | None = None) -> Response:
        service = sheets.centre.services_by_number.get(booked["appointment"]["service"])
        if service is None or booked["appointment"]["state"] not in CHANGEABLE:
            return sheets.ticket(booked, pages.api, no=no or BookingRefused("appointment_over"))
        return _grid(pages, sheets, service, url_for("booking.other_times", secret=booked["secret"]), no, booked)

    @booking.get("/booking/<secret>")
    def ticket(secret: str) -> ResponseReturnValue:
        sheets, booked, _ = asked(secret)
        if booked is None:
            return sheets.nothing("booking")
        return sheets.ticket(booked, pages.api, moved=request.args.get("done") == "moved")

    @booking.get("/booking/<secret>/move")
    def other_times(secret: str) -> ResponseReturnValue:
        sheets, booked, _ = asked(secret)
        return grid(sheets, booked) if booked else sheets.nothing("booking")

    @booking.post("/booking/<secret>/move")
    def choose_other(secret: str) -> ResponseReturnValue:
        sheets, booked, start = asked(secret, request.form.get("start", ""))
        if booked is None or start is None:
            return sheets.nothing("booking")
        form = _form()
        try:
            until = moment(pages.hold(booked["appointment"]["service"], start, form)["until"])
        except BookingRefused as no:
            return grid(sheets, booked, no)
        there = url_for("booking.sure_to_move", secret=secret, start=_stamp(start), form=form, until=_stamp(until))
        return redirect(there, 303)

    @booking.get("/booking/<secret>/move/<start>")
    def sure_to_move(secret: str, start: str) -> ResponseReturnValue:
        sheets, booked, at = asked(secret, start)
        if booked is None or at is None:
            return sheets.nothing("booking")
        until = _moment(request.args.get("until", ""))
        if until is None or until <= pages.now():
            return redirect(url_for("booking.other_times", secret=secret))
        return sheets.sure_to_move(booked, at, _form(), until)

    @booking.post("/booking/<secret>/move/<start>")
    def move(secret: str, start: str) -> ResponseReturnValue:
        sheets, booked, at = asked(secret, start)
        if booked is None or at is None:
            return sheets.nothing("booking")
        if moment(booked["appointment"]["start"]) != at:  # a second touch has nothing more to do
            try:
                booked = pages.move(booked["secret"], at, _form())
            except BookingRefused as no:
                return grid(sheets, booked, no)
        return redirect(url_for("booking.ticket", secret=booked["secret"], done="moved"), 303)

    @booking.get("/booking/<secret>/cancel")
    def sure_to_cancel(secret: str) -> ResponseReturnValue:
        sheets, booked, _ = asked(secret)
        return sheets.sure_to_cancel(booked) if booked else sheets.nothing("booking")

    @booking.post("/booking/<secret>/cancel")
    def cancel(secret: str) -> ResponseReturnValue:
        sheets, booked, _ = asked(secret)
        if booked is None:
            return sheets.nothing("booking")
        if not booked["appointment"]["state"].startswith("cancelled"):  # a second touch has nothing more to do
            try:
                pages.cancel(booked["secret"])
            except BookingRefused as no:
                return sheets.ticket(booked, pages.api, no=no)
        return redirect(url_for("booking.ticket", secret=booked["secret"]), 303)


def _grid(
    pages: BookingPages,
    sheets: Sheets,
    service: Service,
    here: str,
    no: BookingRefused | None,
    moving: dict[str, Any] | None = None,
) -> Response:
    """The days with their free times; after a refusal its sentence and the nearest free times stand first."""
    try:
        free = pages.slots(service.number, sheets.centre.rules.booking_horizon_days + 1)
    except BookingRefused as refused:
        free, no = {"now": None, "days": []}, no or refused
    return sheets.times(service, free, here, _form(), no=no, moving=moving)


def _bookable(centre: Centre, number: int) -> Service | None:
    service = centre.services_by_number.get(number)
    if service is None or not (service.active and service.bookable):
        return None
    return service if centre.provider(centre.group(service.group).provider).schedule_known else None


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, START).replace(tzinfo=UTC)
    except ValueError:
        return None


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):{START}}"


def _form() -> str:
    """The asker's word: from the form, from the address after a redirect, or a new one. A hold moves with it."""
    word = request.form.get("form", "") or request.args.get("form", "")
    return word if FORM.fullmatch(word) else secrets.token_urlsafe(12)


def _typed(name: str) -> str:
    """Without spaces at the ends, and with the apostrophe that many keyboards have only as a grave accent."""
    return " ".join(request.form.get(name, "")[:TYPED_MAX].split()).replace("`", "’")


def _asked(service: int, start: datetime, language: str, form: str, typed: dict[str, str]) -> dict[str, Any]:
    """The fields of NewAppointment. Half a name is refused here, in the words of the form."""
    surname, given_name, contact = (typed[name] for name in TYPED)
    if bool(surname) != bool(given_name):
        raise BookingRefused("broken_message", 422, fields=["given_name" if surname else "surname"])
    return {
        "service": service,
        "start": start.isoformat(),
        "language": language,
        "form": form,
        "name": {"surname": surname, "given_name": given_name} if surname else None,
        "contact": contact,
        "notice_version": request.form.get("notice", "")[:20] if surname or contact else "",
    }
