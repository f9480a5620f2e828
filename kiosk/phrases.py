"""What a kiosk says, as sentences: reasons, hours, how many are ahead, troubles of paper. Pure; places nothing."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from config.words import NO_BREAK_SPACE, Words, clock_time
from kiosk.catalogue import reason_of, week
from kiosk.state import Paper, Taken
from queue_server.messages import ProviderView

_REASONS = ("schedule_unknown", "no_services", "closed_today", "not_open_yet", "closed_for_today")
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


def paper_trouble(words: Words, taken: Sequence[Taken]) -> tuple[str, str] | None:
    """What happened to the paper, and what is kept and to be done; None while no slip is in trouble."""
    bad = [one for one in taken if one.paper is Paper.TROUBLE]
    if not bad:
        return None
    code = bad[-1].trouble if bad[-1].trouble in _TROUBLES else "printer_error"
    number = bad[0].issued.ticket.number
    valid = words("kiosk-number-valid", number=number) if len(bad) == 1 else words("kiosk-numbers-valid")
    return words(f"kiosk-trouble-{code}"), valid
