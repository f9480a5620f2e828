"""Doors of agreed times: what is free, booking, moving, cancelling, arriving (R07-R10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Response, current_app, request
from flask_openapi3 import APIBlueprint
from icalendar import Alarm, Calendar, Event
from pydantic import Field

from config.settings import in_language
from config.words import words_in
from queue_server import messages as m
from queue_server import views
from queue_server.accounts import Device, User
from queue_server.api.door import (
    NO_STORE,
    Holder,
    Somebody,
    allowed,
    command,
    presented_token,
    problem,
    said,
    site,
    whoever,
)
from queue_server.api.hoarding import Hoarding
from queue_server.booked import Person
from queue_server.hall import Hall
from queue_server.messages import DeviceKind, Role
from queue_server.records import Appointment
from queue_server.rules import appointments, booking
from queue_server.rules import events as ev
from queue_server.rules.hours import local_day
from queue_server.rules.numbering import folded
from queue_server.rules.refusal import Forbidden, Refused, Unknown
from queue_server.rules.rights import require_right
from queue_server.rules.visits import service_of
from queue_server.site import Site, dumped

doors = APIBlueprint("appointments", __name__)
BOOKED: dict[str | int, Any] = {200: m.BookedAppointment, 403: m.Problem, 404: m.Problem, 409: m.Problem}
STAFF_CHANNELS = frozenset(
    {m.BookingChannel.IN_PERSON, m.BookingChannel.PHONE, m.BookingChannel.EMAIL, m.BookingChannel.OTHER}
)
CODE_LENGTH = 6
DAYS_MAX = 60
PUBLIC_PAGES = "booking"  # the blueprint of the web pages


class WhichSlots(m.Message):
    service: int = Field(ge=1, le=9999)
    since: date | None = None
    days: int = Field(default=7, ge=1, le=DAYS_MAX)


class ByCode(m.Message):
    code: str = Field(max_length=80)


class WhichDay(m.Message):
    day: date | None = None


# --- what is free ---


@doors.get("/slots", responses={200: m.SlotsView, 404: m.Problem})
def slots(query: WhichSlots) -> Response:
    """The times that can be booked for a service, day by day."""
    return said(slots_view(site(), query.service, query.since, query.days))


def slots_view(here: Site, service: int, since: date | None, days: int) -> m.SlotsView:
    wanted, today = service_of(service, here.centre), local_day(here.now(), here.centre)
    ahead = max(0, (since - today).days) if since else 0
    found = booking.free_days(here.hall, here.now(), here.centre, wanted, ahead, days)
    return m.SlotsView(
        seq=here.hall.seq,
        now=here.now(),
        service=service,
        group=wanted.group,
        days=[
            m.DaySlots(day=day, slots=[m.SlotView(start=slot.start, places=slot.places) for slot in free])
            for day, free in found
        ],
    )


@doors.post("/slot-holds", responses={200: m.SlotHeld, 404: m.Problem, 409: m.Problem, 429: m.Problem})
def hold(body: m.HoldSlot) -> Response:
    """The place is kept for a few minutes while the form is filled in."""
    try:
        return said(held(body))
    except Refused as refusal:
        return _with_alternatives(refusal, body.service, body.start)


def held(body: m.HoldSlot) -> m.SlotHeld:
    """The same for a page of ours."""
    who, centre = _asking(), site().centre

    def decide(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return booking.hold(hall, now, centre, body.service, body.start, body.form)

    def answer(_hall: Hall, rows: Sequence[ev.Row]) -> dict[str, Any]:
        event = rows[-1].event
        assert isinstance(event, ev.SlotHeld)
        return dumped(m.SlotHeld(form=body.form, start=event.slot, until=event.until))

    return m.SlotHeld.model_validate(command(who, decide, answer))


# --- booking, moving, cancelling ---


@doors.post("/appointments", responses={201: m.BookedAppointment, 409: m.Problem, 422: m.Problem, 429: m.Problem})
def book(body: m.NewAppointment) -> Response:
    """The agreed time, the number that will be called, six figures to check in with."""
    try:
        return said(booked(body), 201)
    except Refused as refusal:
        return _with_alternatives(refusal, body.service, body.start)


def booked(body: m.NewAppointment, key: str | None = None) -> m.BookedAppointment:
    """The same for a page of ours; ``key`` stands for the header."""
    who, here = _asking(), site()
    _require_own(who, service_of(body.service, here.centre).group)
    wanted = booking.Wanted(body.service, body.start, _channel(who, body.channel), body.language, body.form)
    code = here.booked.new_code()
    person = Person(body.name, body.contact.strip(), body.notice_version, here.now())
    also = here.booked.keeping(code, lambda: here.hall.bookings.last, local_day(body.start, here.centre), person)

    def decide(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return booking.book(hall, now, here.centre, wanted)

    saved = command(who, decide, _appointment_of_rows, also=also, key=key)
    return told(here, m.AppointmentView.model_validate(saved))


@doors.get("/appointments/<string:code>", responses=BOOKED)
def one(path: ByCode) -> Response:
    """By the six figures (kiosk and staff), or by the holder's own secret."""
    return said(told(site(), views.appointment_view(_found(path.code))))


@doors.post("/appointments/<string:code>/cancel", responses=BOOKED)
def cancel(path: ByCode) -> Response:
    """The place can be booked by others again."""
    return said(cancelled(path.code))


def cancelled(code: str, key: str | None = None) -> m.BookedAppointment:
    here, appointment = site(), _found(code)
    who = _holder_or_staff(code, appointment)
    by = "centre" if isinstance(who, User) else "visitor"

    def decide(hall: Hall, _now: datetime) -> Sequence[ev.Event]:
        return booking.cancel(hall, appointment.id, by)

    saved = command(who, decide, _same(appointment.id), key=key)
    return told(here, m.AppointmentView.model_validate(saved))


@doors.post("/appointments/<string:code>/move", responses=BOOKED)
def move(path: ByCode, body: m.MoveAppointment) -> Response:
    """To another time, with the same six figures and a new number."""
    try:
        return said(moved(path.code, body))
    except Refused as refusal:
        return _with_alternatives(refusal, _found(path.code).service, body.start)


def moved(code: str, body: m.MoveAppointment, key: str | None = None) -> m.BookedAppointment:
    here, appointment = site(), _found(code)
    who = _holder_or_staff(code, appointment)
    day = local_day(body.start, here.centre)
    also = here.booked.passing_on(appointment.id, lambda: here.hall.bookings.last, day)

    def decide(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return booking.move(hall, now, here.centre, appointment.id, body.start, body.form)

    saved = command(who, decide, _appointment_of_rows, also=also, key=key)
    return told(here, m.AppointmentView.model_validate(saved))


@doors.get("/appointments/<string:code>/calendar", responses={200: None, 404: m.Problem})
def calendar(path: ByCode) -> Response:
    """The agreed time for a telephone's calendar, with a reminder two hours before."""
    return calendar_file(path.code)


def calendar_file(code: str) -> Response:
    here, appointment = site(), _found(code)
    words, centre = words_in(appointment.language), here.centre
    place = f"{in_language(centre.name, appointment.language)}, {in_language(centre.address, appointment.language)}"
    number = f"{appointment.letter}\u00a0{appointment.number}"
    event, alarm, file = Event(), Alarm(), Calendar()
    event.add("uid", f"{appointment.id}@{centre.code}.cherha")
    event.add("summary", words("booking-calendar-summary", number=number))
    event.add("description", words("booking-calendar-description", number=number))
    event.add("location", place)
    event.add("dtstart", appointment.slot.astimezone(UTC))
    event.add("dtend", appointment.end.astimezone(UTC))
    event.add("dtstamp", here.now())
    event.add("sequence", 1 if appointment.instead_of else 0)
    alarm.add("action", "DISPLAY")
    alarm.add("description", number)
    alarm.add("trigger", timedelta(hours=-2))
    event.add_component(alarm)
    file.add("prodid", "-//Cherha//Appointments//UK")
    file.add("version", "2.0")
    file.add_component(event)
    headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{appointment.id}.ics"'}
    return Response(file.to_ical(), headers=headers, content_type="text/calendar; charset=utf-8")


# --- for staff ---


@doors.get("/appointments", responses={200: m.AppointmentsOfDay, 403: m.Problem})
def of_day(query: WhichDay) -> Response:
    """The agreed times of a day, in order; names only of today's, and only for those who receive them (R51)."""
    who, here = allowed("see-desks"), site()
    today = local_day(here.now(), here.centre)
    day = query.day or today
    groups = set(who.groups) if who.roles == {Role.OPERATOR} else {group.code for group in here.centre.groups}
    found = [a for a in here.hall.bookings.of_day(day) if a.group in groups]
    sees_names = day == today and who.roles & {Role.RECEPTION, Role.CENTRE_HEAD}
    names = {a.id: name for a in found if sees_names and (name := here.booked.name_of(a.id))}
    answer = m.AppointmentsOfDay(
        seq=here.hall.seq, day=day, appointments=[views.appointment_view(a) for a in found], names=names
    )
    return said(answer)


@doors.get("/appointments-broken", responses={200: m.AppointmentsOfDay, 403: m.Problem})
def broken() -> Response:
    """Appointments that the hours or desks no longer bear: each is to be moved, cancelled or kept (I04)."""
    allowed("reception-stop-tickets")
    here = site()
    found = booking.broken(here.hall, here.now(), here.centre)
    return said(
        m.AppointmentsOfDay(
            seq=here.hall.seq,
            day=local_day(here.now(), here.centre),
            appointments=[views.appointment_view(a) for a in found],
        )
    )


# --- arriving ---


@doors.post("/check-ins", responses={200: m.CheckedIn, 403: m.Problem, 404: m.Problem, 409: m.Problem})
def check_in(body: m.CheckIn) -> Response:
    """One touch at the kiosk or at reception: the number from the booking is in the queue."""
    who, here = whoever(), site()
    require_right("check-in", who.roles if isinstance(who, User) else ["visitor"] * (who.kind is DeviceKind.KIOSK))
    number = _ticket_with(here, body.code)
    now = here.now()

    def decide(hall: Hall, now: datetime) -> Sequence[ev.Event]:
        return appointments.check_in(hall, now, here.centre, number)

    def answer(hall: Hall, _rows: Sequence[ev.Row]) -> dict[str, Any]:
        ticket = hall.tickets[number]
        assert ticket.slot is not None
        minutes = int((now - ticket.slot).total_seconds() // 60)
        return dumped(
            m.CheckedIn(
                ticket=views.ticket_view(ticket),
                start=ticket.slot,
                minutes_early=max(0, -minutes),
                minutes_late=max(0, minutes),
                late=ticket.kind == "walk_in",
            )
        )

    return said(m.CheckedIn.model_validate(command(who, decide, answer)))


def _ticket_with(here: Site, typed: str) -> int:
    """Today's ticket of an appointment, by six figures, number or the end of the code's address."""
    word = typed.strip().rstrip("/").rsplit("/", 1)[-1]
    if (found := folded(word)) and (ticket := here.hall.numbers.get(found)) is not None:
        return ticket
    appointment = held_with(here, word) or _found(word)
    if appointment.ticket is None:
        day = f"{appointment.slot.astimezone(here.centre.tz):%d.%m, %H:%M}"
        raise Refused("appointment_of_another_day", day=day)
    return appointment.ticket


# --- who asks, and for what ---


def _asking() -> Somebody:
    """A kiosk, staff, or anybody through the web: those only so often from one address.

    The public pages are the public's, even where somebody of the staff is signed in beside them.
    """
    if presented_token() and request.blueprint != PUBLIC_PAGES:
        who = whoever()
        if isinstance(who, Device) and who.kind is not DeviceKind.KIOSK:
            raise Forbidden("role_missing")
        if isinstance(who, User):
            require_right("book", who.roles)
        return who
    hoarding: Hoarding = current_app.extensions["hoarding"]
    hoarding.require(request.remote_addr or "")
    return Holder(0)


def _channel(who: Somebody, said: m.BookingChannel | None) -> str:
    match who:
        case Device():
            return m.BookingChannel.KIOSK
        case User():
            return said if said in STAFF_CHANNELS else m.BookingChannel.IN_PERSON
        case _:
            return m.BookingChannel.WEB


def _found(code: str) -> Appointment:
    """By six figures, for kiosks and staff; by secret, for anybody. Raises Unknown."""
    here = site()
    if len(code) == CODE_LENGTH and code.isdecimal():
        who = whoever()
        if isinstance(who, Device) and who.kind is not DeviceKind.KIOSK:
            raise Forbidden("role_missing")
        number = here.booked.appointment_with(code)
    else:
        number = here.secrets.appointment_with(code, here.hall.bookings)
    if number is None:
        raise Unknown("unknown_appointment")
    return booking.appointment_of(here.hall, number)


def held_with(here: Site, secret: str) -> Appointment | None:
    """Of the holder's own secret; of one that was moved, what it was moved to."""
    number = here.secrets.appointment_with(secret, here.hall.bookings)
    return here.hall.bookings.latest(number) if number is not None else None


def _holder_or_staff(code: str, appointment: Appointment) -> Somebody:
    if len(code) == CODE_LENGTH and code.isdecimal():
        who = whoever()
        if isinstance(who, User):
            require_right("book", who.roles)
        _require_own(who, appointment.group)
        return who
    return Holder(-appointment.id)


def _require_own(who: Somebody, group: str) -> None:
    """An operator agrees on times of the own queues, a provider's head on those of the provider."""
    if not isinstance(who, User) or who.roles & {Role.RECEPTION, Role.CENTRE_HEAD}:
        return
    own = Role.PROVIDER_HEAD in who.roles and site().centre.group(group).provider == who.provider
    if not own and group not in who.groups:
        raise Forbidden("role_missing")


def _appointment_of_rows(hall: Hall, rows: Sequence[ev.Row]) -> dict[str, Any]:
    number = next(row.event.appointment for row in rows if isinstance(row.event, ev.AppointmentBooked))
    return dumped(views.appointment_view(hall.bookings.appointments[number]))


def _same(number: int) -> Callable[[Hall, Sequence[ev.Row]], dict[str, Any]]:
    return lambda hall, _rows: dumped(views.appointment_view(hall.bookings.appointments[number]))


def told(here: Site, appointment: m.AppointmentView) -> m.BookedAppointment:
    """With what only its holder is told. None of it is kept with an idempotency key."""
    secret, address = here.secrets.of_appointment(appointment.id), here.centre.server.public_url.rstrip("/")
    return m.BookedAppointment(
        appointment=appointment,
        code=here.booked.code_of(appointment.id) or "",
        secret=secret,
        qr=f"{address}/booking/{secret}" if address else None,
    )


def _with_alternatives(refusal: Refused, service: int, start: datetime) -> Response:
    """Whoever comes second is told at once which times are free."""
    if refusal.code not in booking.PLACE_GONE:
        raise refusal
    here = site()
    near = booking.alternatives(here.hall, here.now(), here.centre, service, start)
    status = 404 if isinstance(refusal, Unknown) else 409
    return problem(status, refusal.code, values=refusal.values, alternatives=[slot.start for slot in near])
