"""What a kiosk says, as sentences: reasons, hours, how many are ahead and how long it takes, troubles of paper.

Pure; places nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from config.words import NO_BREAK_SPACE, Words, clock_time, wait_range
from kiosk.catalogue import (
    CAPACITY_STOP,
    NOT_BOOKABLE,
    SCHEDULE_UNKNOWN,
    SUSPENDED,
    TICKETING_STOPPED,
    reason_of,
    week,
)
from kiosk.state import Booking, Paper, Taken
from queue_server.messages import CheckedIn, EstimateView, ProviderView, TicketView

_REASONS = (
    SCHEDULE_UNKNOWN, "no_services", "closed_today", "not_open_yet", "closed_for_today",
    SUSPENDED, TICKETING_STOPPED, NOT_BOOKABLE,
)  # fmt: skip
_STOPS = {CAPACITY_STOP: "capacity", TICKETING_STOPPED: "ticketing", SUSPENDED: "suspended"}
EARLY_MIN = 30
"""Whoever comes sooner is told the time, so as not to wait for a call that cannot come yet."""
_TROUBLES = ("paper_out", "printer_away", "cover_open", "printer_error")


def reason(words: Words, provider: ProviderView, tz: ZoneInfo) -> str:
    """Why no ticket can be taken there now, in a sentence (R31)."""
    code = reason_of(provider)
    if code not in _REASONS:
        return words("kiosk-reason-other")
    if code == "not_open_yet":
        if provider.opens_at is None:
            return words("kiosk-reason-closed_now")
        hour = provider.opens_at.astimezone(tz).hour  # «о 08:00», but «об 11:00»
        return words("kiosk-reason-not_open_yet", hour=hour, time=clock_time(provider.opens_at, tz))
    return words(f"kiosk-reason-{code}")


def hours(words: Words, provider: ProviderView) -> list[str]:
    """«понеділок–четвер 08:00–17:00», «п’ятниця 08:00–16:00»."""
    lines = []
    for first, last, spans in week(provider):
        days = words(f"kiosk-day-{first}") + (f"–{words(f'kiosk-day-{last}')}" if last != first else "")
        lines.append(f"{days}{NO_BREAK_SPACE}{spans}")
    return lines


def people(words: Words, ahead: int) -> str:
    """«7 людей», and «нікого» for zero."""
    if ahead == 0:
        return words("kiosk-nobody")
    return words("people", count=ahead).replace(" ", NO_BREAK_SPACE)


def ahead_of_you(words: Words, ahead: int) -> str:
    return words("kiosk-ahead-line", people=people(words, ahead))


def wait(words: Words, told: EstimateView) -> str:
    """«15–25 хв» for the row «Чекати приблизно»; empty when nothing can be promised or the visitor goes at once."""
    if told.low_min is None or told.high_min is None or goes_at_once(told):
        return ""
    return wait_range(words, told.low_min, told.high_min)


def goes_at_once(told: EstimateView) -> bool:
    """A desk is free and nobody is ahead."""
    return told.high_min == 0


def in_short(words: Words, told: EstimateView) -> str:
    """What is told of a service that was put aside: the wait, or only how many are ahead, or that it is stopped."""
    if told.reason is not None:
        return words("kiosk-stop-short")
    if goes_at_once(told):
        return words("kiosk-wait-now-short")
    return wait(words, told) or people(words, told.ahead)


def stop(words: Words, reason: str) -> tuple[str, str]:
    """Why no ticket of the chosen service can be had, and what to do."""
    first = words(f"kiosk-stop-{_STOPS.get(reason, 'other')}")
    return first, words("kiosk-suspended-lead" if reason == SUSPENDED else "kiosk-stop-then")


def promised(ticket: TicketView) -> tuple[int, int] | None:
    """The wait in minutes as it was told before this ticket was taken; None when nothing was."""
    low, high = ticket.promised_low_min, ticket.promised_high_min
    return None if low is None or high is None else (low, high)


def wait_at_issue(words: Words, ticket: TicketView) -> str:
    """«Орієнтовне очікування на час видачі: 15–25 хв»; empty when nothing was told."""
    match promised(ticket):
        case None:
            return ""
        case (_, 0):
            return words("kiosk-wait-now")
        case low, high:
            return words("kiosk-wait-at-issue", wait=wait_range(words, low, high))


def place_in_short(words: Words, ticket: TicketView) -> tuple[str, str]:
    """«Перед вами: 7 людей · 15–25 хв» for a row of several numbers; and without the wait, where that is too long."""
    ahead = ahead_of_you(words, ticket.ahead_at_issue)
    match promised(ticket):
        case None:
            return ahead, ahead
        case (_, 0):
            return f"{ahead} · {words('kiosk-wait-now-short')}", ahead
        case low, high:
            return f"{ahead} · {wait_range(words, low, high)}", ahead


def paper_trouble(words: Words, taken: Sequence[Taken]) -> tuple[str, str] | None:
    """What happened to the paper, and what is kept and to be done; None while no slip is in trouble."""
    bad = [one for one in taken if one.paper is Paper.TROUBLE]
    if not bad:
        return None
    code = bad[-1].trouble if bad[-1].trouble in _TROUBLES else "printer_error"
    number = bad[0].issued.ticket.number
    valid = words("kiosk-number-valid", number=number) if len(bad) == 1 else words("kiosk-numbers-valid")
    return words(f"kiosk-trouble-{code}"), valid


# --- appointments -------------------------------------------------------------------------------------------


def as_typed(typed: str) -> str:
    """«482 913» and «А 501», also while they are still being typed."""
    if typed[:1].isalpha():
        return f"{typed[0]}{NO_BREAK_SPACE}{typed[1:]}"
    return f"{typed[:3]}{NO_BREAK_SPACE}{typed[3:]}" if len(typed) > 3 else typed


def day(words: Words, when: date) -> str:
    """«вівторок, 17 березня», the figures with their month."""
    return re.sub(r"(?<=\d) ", NO_BREAK_SPACE, words.long_date(when))


def day_and_time(words: Words, moment: datetime, tz: ZoneInfo) -> str:
    """«вівторок, 17 березня, 10:30» in the centre's own time."""
    return words("kiosk-when", date=day(words, moment.astimezone(tz).date()), time=clock_time(moment, tz))


def near_day(words: Words, when: date, today: date) -> str:
    """«Сьогодні», «Завтра», or nothing."""
    if when == today:
        return words("kiosk-today")
    return words("kiosk-tomorrow") if when == today + timedelta(days=1) else ""


def arrived(words: Words, told: CheckedIn, tz: ZoneInfo) -> tuple[str, str, str]:
    """Title, what the arrival means, and what follows from being late (empty otherwise)."""
    number = told.ticket.number
    if told.late:
        late = words("kiosk-arrived-late", minutes=told.minutes_late)
        return words("kiosk-arrived-late-title"), late, words("kiosk-arrived-late-then", number=number)
    if told.minutes_early > EARLY_MIN:
        early = words("kiosk-arrived-early", time=clock_time(told.start, tz))
        return words("kiosk-arrived-title"), early, ""
    return words("kiosk-arrived-title"), words("kiosk-arrived-in-time", number=number), ""


def booking_trouble(words: Words, booking: Booking) -> tuple[str, str] | None:
    """What happened to the paper of an agreed time, and what is kept and to be done."""
    if booking.paper is not Paper.TROUBLE or booking.booked is None:
        return None
    code = booking.trouble if booking.trouble in _TROUBLES else "printer_error"
    told = {"number": booking.booked.appointment.number, "code": as_typed(booking.booked.code)}
    return words(f"kiosk-trouble-{code}"), words("kiosk-booking-valid", **told)
