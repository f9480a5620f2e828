"""Numbers that were given out without the server, entered afterwards with the time on the paper (R11, I07).

The paper reserve has a letter of its own; a printed number of a queue's letter is entered again after a backup was
restored, and the counter goes on above it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from config.settings import PAPER_RESERVE_LETTER, WEEKDAYS, Centre
from queue_server.hall import Hall
from queue_server.records import ProviderState
from queue_server.rules import events as ev
from queue_server.rules.hours import local_day, reception
from queue_server.rules.numbering import APPOINTMENTS_END, folded
from queue_server.rules.refusal import Refused
from queue_server.rules.visits import provider_of, require_open_day, service_of


def enter(
    hall: Hall, now: datetime, centre: Centre, typed: str, service: int, at: datetime, language: str
) -> list[ev.Event]:
    """T1 with the handwritten time as the place: whoever stood first is called first."""
    letter, number = _read(typed)
    group = centre.group(service_of(service, centre).group)
    require_open_day(hall)
    if letter not in (PAPER_RESERVE_LETTER, group.letter):
        raise Refused("number_of_another_queue", number=typed)
    if letter == group.letter and centre.rules.walk_in_numbers < number <= APPOINTMENTS_END:
        raise Refused("number_of_an_appointment", number=f"{letter}\u00a0{number}")
    if (letter, number) in hall.numbers:
        raise Refused("number_known", number=f"{letter}\u00a0{number}")
    _require_of_today(now, centre, group.code, at)
    if hall.provider_state(group.provider) is ProviderState.CLOSED:  # nobody would ever call such a ticket
        raise Refused("provider_closed_for_today", service=service)
    visit = hall.last_visit + 1
    return [
        ev.VisitOpened(visit, "reception", language),
        ev.TicketIssued(
            ticket=hall.last_ticket + 1,
            visit=visit,
            service=service,
            group=group.code,
            letter=letter,
            number=number,
            ahead=hall.waiting(group.code),
            key=at,
            entered_late=True,
        ),
    ]


def keep(hall: Hall, now: datetime, centre: Centre, typed: str, service: int, at: datetime) -> list[ev.Event]:
    """Received by hand meanwhile: for the books only, of today or of the working day before."""
    letter, number = _read(typed)
    if letter != PAPER_RESERVE_LETTER:
        raise Refused("number_of_another_queue", number=typed)
    group, day = service_of(service, centre).group, at.astimezone(centre.tz).date()
    if at > now or not _within_one_working_day(day, now, centre, group):
        raise Refused("late_entry_too_late", number=f"{letter}\u00a0{number}")
    if (day, number) in hall.paper or ((letter, number) in hall.numbers and day == local_day(now, centre)):
        raise Refused("number_known", number=f"{letter}\u00a0{number}")
    return [ev.PaperTicketKept(day, service, group, number, at)]


def _read(typed: str) -> tuple[str, int]:
    found = folded(typed)
    if found is None or found[1] < 1:
        raise Refused("not_a_number", number=typed)
    return found


def _require_of_today(now: datetime, centre: Centre, group: str, at: datetime) -> None:
    today = reception(provider_of(group, centre), local_day(now, centre), centre)
    earliest = today.opens - timedelta(hours=2) if today else now
    if not earliest <= at <= now:
        raise Refused("late_entry_of_another_day", time=f"{at.astimezone(centre.tz):%H:%M}")


def _within_one_working_day(day: date, now: datetime, centre: Centre, group: str) -> bool:
    """Today, or the last day before today on which the provider received."""
    today, provider = local_day(now, centre), provider_of(group, centre)
    before = (today - timedelta(days=back) for back in range(1, len(WEEKDAYS) + 1))
    last = next((past for past in before if reception(provider, past, centre)), today)
    return day in (today, last)
