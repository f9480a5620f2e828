"""Who is booked for when: appointments of the days to come, and places held while a form is open.

Outlives the day: what is booked for Friday is known on Monday. Knows numbers and moments, no names and no codes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from queue_server.messages import AppointmentState
from queue_server.records import Appointment

GONE = frozenset({AppointmentState.MOVED, AppointmentState.CANCELLED_BY_VISITOR, AppointmentState.CANCELLED_BY_CENTRE})


@dataclass(slots=True)
class Bookings:
    """Appointments by id, and which places of the grid they and the open forms take."""

    appointments: dict[int, Appointment] = field(default_factory=dict)
    last: int = 0  # the highest id ever given
    taken: dict[tuple[str, datetime], set[int]] = field(default_factory=dict)  # active appointments by queue and slot
    held: dict[tuple[str, datetime], dict[str, datetime]] = field(default_factory=dict)  # until when, by form
    numbers: dict[tuple[date, str], int] = field(default_factory=dict)  # the last number given, by day and letter
    became: dict[int, int] = field(default_factory=dict)  # what a moved one was moved to, though its own day is over
    to_expect: dict[date, set[int]] = field(default_factory=dict)  # booked, and not yet a ticket of the day

    def take(self, appointment: Appointment) -> None:
        """Known from now on; an active one takes its place of the grid."""
        self.appointments[appointment.id] = appointment
        self.last = max(self.last, appointment.id)
        if appointment.instead_of is not None:
            self.became[appointment.instead_of] = appointment.id
        key = (appointment.day, appointment.letter)
        self.numbers[key] = max(self.numbers.get(key, 0), appointment.number)
        if appointment.state not in GONE:
            self.taken.setdefault(appointment.place, set()).add(appointment.id)
        if appointment.state is AppointmentState.BOOKED and appointment.ticket is None:
            self.to_expect.setdefault(appointment.day, set()).add(appointment.id)

    def become_ticket(self, appointment: Appointment, ticket: int) -> None:
        """Its day has come (T2)."""
        appointment.ticket = ticket
        self._no_longer_to_expect(appointment)

    def _no_longer_to_expect(self, appointment: Appointment) -> None:
        waiting = self.to_expect.get(appointment.day, set())
        waiting.discard(appointment.id)
        if not waiting:
            self.to_expect.pop(appointment.day, None)

    def free(self, appointment: Appointment, state: AppointmentState) -> None:
        """The place can be booked again; the number is not given again."""
        appointment.state = state
        self._no_longer_to_expect(appointment)
        places = self.taken.get(appointment.place, set())
        places.discard(appointment.id)
        if not places:
            self.taken.pop(appointment.place, None)

    def __contains__(self, number: object) -> bool:
        """Whether it is still known, or what it was moved to is."""
        return number in self.appointments or number in self.became

    def latest(self, number: int) -> Appointment | None:
        """The one that this appointment was moved to, however often; itself when it was not."""
        while number in self.became:
            number = self.became[number]
        return self.appointments.get(number)

    def of_day(self, day: date) -> list[Appointment]:
        """The day's appointments that were not moved or cancelled, in the order of their times."""
        found = (a for a in self.appointments.values() if a.day == day and a.state not in GONE)
        return sorted(found, key=lambda a: (a.slot, a.id))

    def forget_before(self, day: date) -> None:
        """What is over is history: the tables have it."""
        for appointment in [a for a in self.appointments.values() if a.day < day]:
            del self.appointments[appointment.id]
            self.taken.pop(appointment.place, None)
            self._no_longer_to_expect(appointment)
        self.became = {old: new for old, new in self.became.items() if self.latest(new) is not None}
        for key in [key for key in self.numbers if key[0] < day]:
            del self.numbers[key]
        self.held.clear()

    def hold(self, group: str, slot: datetime, form: str, until: datetime) -> None:
        self.let_go(form)
        self.held.setdefault((group, slot), {})[form] = until

    def let_go(self, form: str) -> None:
        for key in [key for key, forms in self.held.items() if form in forms]:
            del self.held[key][form]
            if not self.held[key]:
                del self.held[key]

    def places_taken(self, group: str, slot: datetime, now: datetime, form: str = "") -> int:
        """How many places of the slot are gone, without what ``form`` itself holds."""
        held = self.held.get((group, slot), {})
        return len(self.taken.get((group, slot), ())) + sum(
            until > now for other, until in held.items() if other != form
        )
