"""Tickets of those who come at an agreed time (R09, R10): expected, checked in, called by record, missed.

Who booked what is not known here: a booking comes in as the number that was given and the time that was agreed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from config.settings import Centre
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.records import ProviderState
from queue_server.rules import calling
from queue_server.rules import events as ev
from queue_server.rules.hours import why_closed
from queue_server.rules.moves import require
from queue_server.rules.refusal import Refused
from queue_server.rules.serving import ready_desk, require_free, require_service_wanted_once, too_late
from queue_server.rules.visits import number_of, provider_of, require_open_day, service_of, ticket_of


@dataclass(frozen=True, slots=True)
class Booking:
    """One agreed time of today: the service, the number that was given, the beginning of the slot in UTC."""

    service: int
    number: int
    slot: datetime
    language: str = "uk"


def expect(hall: Hall, centre: Centre, bookings: Sequence[Booking]) -> list[ev.Event]:
    """T2: at day opening, at the server's first start that day, or at once for a booking made for today."""
    events: list[ev.Event] = []
    for offset, booking in enumerate(bookings, start=1):
        group = centre.group(service_of(booking.service, centre).group)
        visit, ticket = hall.last_visit + offset, hall.last_ticket + offset
        events.append(ev.VisitOpened(visit, "booking", booking.language))
        events.append(
            ev.TicketExpected(ticket, visit, booking.service, group.code, group.letter, booking.number, booking.slot)
        )
    return events


def check_in(hall: Hall, now: datetime, centre: Centre, ticket_id: int) -> list[ev.Event]:
    """T3, T10b: here. Within the grace the agreed time is the place; later an ordinary place, with the same number.

    However early: nobody is sent away to come again, and nobody is called before the time by it.
    """
    ticket = ticket_of(hall, ticket_id)
    require("check-in", ticket.state, number_of(ticket))
    require_open_day(hall)
    if ticket.slot is None or ticket.kind != "appointment":
        raise Refused("no_appointment", number=number_of(ticket))
    provider = provider_of(ticket.group, centre)
    closed = hall.provider_state(provider.code) is ProviderState.CLOSED
    if closed or why_closed(provider, now, centre) == "closed_for_today":
        raise Refused("provider_closed_for_today", service=ticket.service)
    missed = ticket.state is TicketState.NO_SHOW
    if missed:
        require_service_wanted_once(hall, ticket)
    return [ev.TicketCheckedIn(ticket_id, missed or too_late(hall, now, centre, ticket.slot))]


def call_by_record(
    hall: Hall, now: datetime, centre: Centre, desk: int, user: int | None, ticket_id: int
) -> list[ev.Event]:
    """T5, «Викликати за записом»: also whoever did not check in, from a little before the slot until its grace ends.

    The bound for those who have waited longest stands above it: nobody is called by record past them.
    """
    session, ticket = ready_desk(hall, now, centre, desk, user), ticket_of(hall, ticket_id)
    rules = centre.rules
    require("call-by-record", ticket.state, number_of(ticket))
    if ticket.slot is None or ticket.kind != "appointment":
        raise Refused("no_appointment", number=number_of(ticket))
    if ticket.group not in session.groups:
        raise Refused("desk_without_skill", desk=desk)
    require_free(hall, ticket)
    if ticket.pinned_desk not in calling.pins_for(hall, session, now, rules):
        raise Refused("kept_for_desk", number=number_of(ticket), desk=ticket.pinned_desk or 0)
    early, here = timedelta(minutes=rules.appointment_early_min), ticket.state is TicketState.WAITING
    if now < ticket.slot - early or (not here and too_late(hall, now, centre, ticket.slot)):
        raise Refused(
            "not_the_agreed_time", number=number_of(ticket), time=f"{ticket.slot.astimezone(centre.tz):%H:%M}"
        )
    if first := calling.must_precede(hall, session, now, centre, ticket.group):
        raise Refused("ordinary_first", number=number_of(first))
    look = calling.look_from(hall, session, now, centre)
    return [ev.TicketCalled(ticket.id, desk, calling.record(look, ticket, "by_record"))]


def overdue(hall: Hall, now: datetime, centre: Centre) -> list[ev.Event]:
    """T19: nobody came in time. The number stays good for whoever comes late."""
    latest = now - timedelta(minutes=centre.rules.appointment_grace_min)
    before = takewhile(lambda place: place[0] < latest, hall.expected)
    return [ev.TicketMissed(ticket, None) for slot, ticket in before if too_late(hall, now, centre, slot)]
