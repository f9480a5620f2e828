"""What the public pages of booking are made of: the same decisions as the doors, with every no as the page's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from operator_console.booking import BookingPages
from operator_console.booking_sheets import BookingRefused
from queue_server import messages as m
from queue_server import views
from queue_server.api import appointments as doors
from queue_server.api.door import TooOften
from queue_server.ledger import StorageTrouble
from queue_server.messages import TicketState
from queue_server.rules import booking
from queue_server.rules.refusal import Refused, Unknown
from queue_server.site import Site, dumped


def pages(here: Site) -> BookingPages:
    """What ``/book`` and ``/booking/SECRET`` ask for; called inside a request."""

    def slots(service: int, days: int) -> dict[str, Any]:
        with _told(here):
            return dumped(doors.slots_view(here, service, None, days))

    def hold(service: int, start: datetime, form: str) -> dict[str, Any]:
        with _told(here, service, start):
            return dumped(doors.held(m.HoldSlot(service=service, start=start, form=form)))

    def book(asked: dict[str, Any], key: str) -> dict[str, Any]:
        with _told(here, asked["service"], datetime.fromisoformat(asked["start"])):
            return dumped(doors.booked(m.NewAppointment.model_validate(asked), key))

    def appointment(secret: str) -> dict[str, Any] | None:
        """Whoever has the address of a booking that was moved is shown the one it became."""
        found = doors.held_with(here, secret)
        if found is None:
            return None
        ticket = here.hall.tickets.get(found.ticket or 0)
        called = ticket.desk if ticket is not None and ticket.state is TicketState.CALLED else None
        told = doors.told(here, views.appointment_view(found))
        return {**dumped(told), "called_to": called}

    def move(secret: str, start: datetime, form: str) -> dict[str, Any]:
        found = appointment(secret)
        with _told(here, found["appointment"]["service"] if found else 0, start):
            return dumped(doors.moved(secret, m.MoveAppointment(start=start, form=form), f"{form}-move"))

    def cancel(secret: str) -> dict[str, Any]:
        with _told(here):
            return dumped(doors.cancelled(secret))

    return BookingPages(
        centre=lambda: here.centre,
        now=here.now,
        slots=slots,
        hold=hold,
        book=book,
        appointment=appointment,
        move=move,
        cancel=cancel,
    )


@contextmanager
def _told(here: Site, service: int = 0, start: datetime | None = None) -> Iterator[None]:
    """Every no in the page's own words; a place that is gone with the nearest free times."""
    try:
        yield
    except Refused as no:
        near = []
        if start is not None and no.code in booking.PLACE_GONE:
            near = booking.alternatives(here.hall, here.now(), here.centre, service, start)
        status = 404 if isinstance(no, Unknown) else 409
        raise BookingRefused(no.code, status, values=no.values, alternatives=[slot.start for slot in near]) from no
    except TooOften as no:
        raise BookingRefused("too_many_bookings", 429, values={"minutes": -(-no.seconds // 60)}) from no
    except StorageTrouble as no:
        raise BookingRefused("storage_trouble", 503) from no
    except ValidationError as no:
        fields = [str(mistake["loc"][-1]) for mistake in no.errors(include_input=False) if mistake["loc"]]
        raise BookingRefused("broken_message", 422, fields=fields) from no
