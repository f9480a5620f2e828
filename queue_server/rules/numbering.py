"""Numbers of tickets: «А 17», one letter a queue, one sequence a day (R02, I02).

Walk-ins take 1…499 and go on from 1001; 501…999 belong to appointments, so that both kinds can be told apart by staff.
"""

from __future__ import annotations

# Latin letters and look-alikes that people type for the Cyrillic ones of a ticket (edge case 40).
_LOOK_ALIKES = str.maketrans("ABCEHIKMOPTXY", "АВСЕНІКМОРТХУ")

APPOINTMENTS_END = 1000


def next_walk_in(last: int, walk_in_numbers: int) -> int:
    """The number after ``last`` (0 at the day's start), stepping over the appointments' range."""
    return APPOINTMENTS_END + 1 if last == walk_in_numbers else last + 1


def folded(typed: str) -> tuple[str, int] | None:
    """What somebody typed as (letter, number): case, spaces, leading zeros and Latin look-alikes do not matter."""
    plain = "".join(typed.split()).upper().translate(_LOOK_ALIKES)
    letter, digits = plain[:1], plain[1:].lstrip("-")
    if not letter.isalpha() or not digits.isdecimal() or len(digits) > 6:
        return None
    return letter, int(digits)
