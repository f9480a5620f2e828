"""Agreeing on a time: booking, moving and cancelling an appointment, and holding a place meanwhile (R07-R10, I04).

Two bookings never share a place: whoever comes second is refused and told which times are free. Who books is not
known here; the number that is given is the one that will be called.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from config.settings import Centre, Group, Service
from queue_server.hall import Hall
from queue_server.messages import AppointmentState
from queue_server.records import Appointment
from queue_server.rules import events as ev
from queue_server.rules.hours import local_day
from queue_server.rules.moves import IN_HAND
from queue_server.rules.numbering import APPOINTMENTS_END
from queue_server.rules.refusal import Refused, Unknown
from queue_server.rules.slots import Slot, grid, offered, slot_at
from queue_server.rules.visits import number_of, service_of

PLACE_GONE = frozenset({"slot_taken", "no_such_slot", "booking_too_late"})  # refusals that other times are told with
CHANGEABLE = frozenset({AppointmentState.BOOKED, AppointmentState.CHECKED_IN, AppointmentState.LATE})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A time that somebody wants; ``form`` is the word under which a place may be held for it."""

    service: int
    start: datetime
    channel: str
    language: str
    form: str = ""


def free_days(
    hall: Hall, now: datetime, centre: Centre, service: Service, ahead: int, days: int
) -> list[tuple[date, list[Slot]]]:
    """The times that can be booked on each of ``days`` days, from so many days ahead; days without reception are left
    out, full ones are there without times."""
    group, today = centre.group(service.group), local_day(now, centre)
    if not service.bookable:
        return []
    last = min(ahead + days, centre.rules.booking_horizon_days + 1)
    dates = [today + timedelta(days=n) for n in range(ahead, last)]
    return [
        (day, list(_free(hall, now, group, offered(centre, group, day, now))))
        for day in dates
        if grid(centre, group, day)
    ]


def _free(hall: Hall, now: datetime, group: Group, slots: list[Slot], form: str = "") -> Iterator[Slot]:
    for slot in slots:
        left = slot.places - hall.bookings.places_taken(group.code, slot.start, now, form)
        if left > 0:
            yield Slot(slot.group, slot.start, slot.end, left)


def alternatives(hall: Hall, now: datetime, centre: Centre, service: int, start: datetime, most: int = 3) -> list[Slot]:
    """The nearest free times to one that is taken, in order."""
    wanted = service_of(service, centre)
    group, day = centre.group(wanted.group), local_day(start, centre)
    days = sorted(range(-2, 8), key=abs)
    near = (
        slot
        for ahead in days
        for slot in _free(hall, now, group, offered(centre, group, day + timedelta(days=ahead), now))
    )
    nearest = sorted(islice(near, 40), key=lambda slot: abs(slot.start - start))[:most]
    return sorted(nearest, key=lambda slot: slot.start)


def hold(hall: Hall, now: datetime, centre: Centre, service: int, start: datetime, form: str) -> list[ev.Event]:
    """Keeps the place for ``slot_hold_min`` while a form is open."""
    slot = _bookable(hall, now, centre, service, start, form)
    return [ev.SlotHeld(form, slot.group, slot.start, now + timedelta(minutes=centre.rules.slot_hold_min))]


def book(
    hall: Hall, now: datetime, centre: Centre, wanted: Wanted, instead_of: Appointment | None = None
) -> list[ev.Event]:
    """The agreed time and its number; of today, the ticket is expected at once (T2)."""
    if wanted.language not in centre.languages:
        raise Refused("unknown_language", language=wanted.language)
    slot = _bookable(hall, now, centre, wanted.service, wanted.start, wanted.form)
    group, day = centre.group(slot.group), local_day(slot.start, centre)
    first = centre.rules.walk_in_numbers + 1  # «501» where walk-ins end at 499
    number = max(hall.bookings.numbers.get((day, group.letter), 0), first) + 1
    if number >= APPOINTMENTS_END:
        raise Refused("no_numbers_left", day=f"{day:%d.%m}")
    booked = ev.AppointmentBooked(
        appointment=hall.bookings.last + 1,
        day=day,
        service=wanted.service,
        group=group.code,
        letter=group.letter,
        number=number,
        slot=slot.start,
        end=slot.end,
        channel=wanted.channel,
        language=wanted.language,
        form=wanted.form,
        instead_of=instead_of.id if instead_of else None,
    )
    today = hall.is_open and hall.day is not None and hall.day.day == day
    return [booked, *(_expected(hall, booked, booked.appointment) if today else ())]


def _bookable(hall: Hall, now: datetime, centre: Centre, number: int, start: datetime, form: str) -> Slot:
    """The slot, if it has a place for this form. Raises Unknown or Refused."""
    service = service_of(number, centre)
    group = centre.group(service.group)
    if not service.bookable:
        raise Refused("not_bookable", service=number)
    if not centre.provider(group.provider).schedule_known:
        raise Refused("provider_schedule_unknown", service=number)
    slot = slot_at(centre, group, start)
    if slot is None:
        raise Unknown("no_such_slot", service=number)
    if slot not in offered(centre, group, local_day(start, centre), now):
        late = start < now + timedelta(minutes=centre.rules.booking_lead_min)
        raise Refused("booking_too_late" if late else "booking_too_far", service=number)
    if hall.bookings.places_taken(group.code, slot.start, now, form) >= slot.places:
        raise Refused("slot_taken", service=number)
    return slot


def of_today(hall: Hall, centre: Centre, now: datetime) -> list[ev.Event]:
    """T2 as the day opens: everybody who is booked for it is expected."""
    waiting = map(hall.bookings.appointments.__getitem__, hall.bookings.to_expect.get(local_day(now, centre), ()))
    in_order = enumerate(sorted(waiting, key=lambda a: (a.slot, a.id)), start=1)
    return [event for offset, appointment in in_order for event in _expected(hall, appointment, appointment.id, offset)]


def _expected(
    hall: Hall, booked: Appointment | ev.AppointmentBooked, appointment: int, offset: int = 1
) -> tuple[ev.Event, ev.Event]:
    """T2. What the booking says holds, though its service may have been given up since."""
    visit, ticket = hall.last_visit + offset, hall.last_ticket + offset
    expected = ev.TicketExpected(
        ticket, visit, booked.service, booked.group, booked.letter, booked.number, booked.slot, appointment
    )
    return ev.VisitOpened(visit, "booking", booked.language), expected


def appointment_of(hall: Hall, number: int) -> Appointment:
    found = hall.bookings.appointments.get(number)
    if found is None:
        raise Unknown("unknown_appointment")
    return found


def cancel(hall: Hall, number: int, by: str, reason: str = "") -> list[ev.Event]:
    """By the visitor or by the centre, until somebody is called; the place can be booked again."""
    appointment = _changeable(hall, number)
    cancelled = ev.AppointmentCancelled(number, "centre" if by == "centre" else "visitor", reason)
    gone: list[ev.Event] = [ev.TicketCancelled(appointment.ticket, "appointment")] if appointment.ticket else []
    return [cancelled, *gone]


def move(hall: Hall, now: datetime, centre: Centre, number: int, start: datetime, form: str) -> list[ev.Event]:
    """To another time: a new number there, the old place free at once, in one decision."""
    old = _changeable(hall, number)
    wanted = Wanted(old.service, start, old.channel, old.language, form)
    booked = book(hall, now, centre, wanted, old)
    gone: list[ev.Event] = [ev.TicketCancelled(old.ticket, "moved")] if old.ticket else []
    return [ev.AppointmentMoved(number), *gone, *booked]


def _changeable(hall: Hall, number: int) -> Appointment:
    appointment = appointment_of(hall, number)
    ticket = hall.tickets.get(appointment.ticket or 0)
    if appointment.state not in CHANGEABLE:
        raise Refused("appointment_over")
    if ticket is not None and ticket.state in IN_HAND:
        raise Refused("call_in_hand", number=number_of(ticket))
    return appointment


def broken(hall: Hall, now: datetime, centre: Centre) -> list[Appointment]:
    """Appointments that the hours, the desks or the list of services no longer bear: each is to be moved, cancelled
    or kept by a person (I04)."""
    groups = {group.code: group for group in centre.groups}
    found = []
    for appointment in hall.bookings.appointments.values():
        if appointment.state is not AppointmentState.BOOKED or appointment.slot < now:
            continue
        group = groups.get(appointment.group)
        slot = slot_at(centre, group, appointment.slot) if group else None
        if slot is None or len(hall.bookings.taken.get(appointment.place, ())) > slot.places:
            found.append(appointment)
    return sorted(found, key=lambda a: (a.slot, a.id))
