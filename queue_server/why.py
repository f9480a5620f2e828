"""Why this number: a call's decision record as sentences that can be read to whoever complains (R15).

What is read aloud never tells that a number is privileged, held or called out of order; that is for staff only.
Knows no files and no doors: whoever looks a call up hands it over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from config.settings import Centre, in_language
from config.words import Words, clock_time
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.records import Ticket
from queue_server.rules.events import Bar, Choice, Passed, Tier
from queue_server.rules.visits import number_of

PublicReason = Literal["queue", "appointment", "other"]
"""«за чергою», «за записом», «інша передбачена правилами підстава»: all that anybody may know of a call."""
MANUAL_REASONS = frozenset({"help_disabled", "system_error", "repeat_visit", "head_decision", "other"})


@dataclass(frozen=True, slots=True)
class Named:
    """A ticket that a decision record names, as it stood then: its number, its place, whether the place was agreed."""

    number: str
    since: datetime
    booked: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """One call with all that its sentences need. ``named``: the tickets of ``choice``, and the called one, by id."""

    seq: int
    ticket: int
    at: datetime
    desk: int
    group: str
    user: int | None
    choice: Choice
    named: Mapping[int, Named]
    reason: str = ""
    note: int | None = None
    readings: int = 1
    outcome: str | None = None

    @property
    def own(self) -> Named:
        return self.named[self.ticket]


def key_at(queue_key: datetime, slot: datetime | None, at: datetime) -> datetime:
    """The place that a ticket had at a moment: an agreed time, until it was missed and the holder came later."""
    return slot if slot is not None and at < queue_key else queue_key


def public_reason(tier: Tier, booked: bool) -> PublicReason:
    """``booked``: the number stood at its agreed time."""
    match tier:
        case "appointment" | "by_record":
            return "appointment"
        case "ordinary" | "forced" | "guard":
            return "queue"
        case "nobody_else":  # nobody was passed over, so there is nothing else to tell
            return "appointment" if booked else "queue"
        case _:
            return "other"


def reason_named(words: Words, reason: str) -> str:
    """The reason of a call out of order, in words where the code is known."""
    return words(f"order-manual-{reason}") if reason in MANUAL_REASONS else reason


# --- a call ---


def read_aloud(words: Words, centre: Centre, call: Called) -> str:
    """The sentences for everybody: one reason of the three, and who was passed over for what it is not secret."""
    told = [_said(words, centre, call, _public_family(call))]
    if call.choice.tier in ("ordinary", "forced", "guard", "appointment"):
        told += _passed(words, call)
    if call.choice.tier == "ordinary":
        told += _other_queues(words, centre, call)
    return " ".join(told)


def in_short(words: Words, centre: Centre, call: Called) -> str:
    """For the holder alone: the own call and nothing of any other number."""
    return _said(words, centre, call, _public_family(call))


def for_staff(words: Words, centre: Centre, call: Called) -> str:
    """The same with the precise reason. Not to be read aloud."""
    told = [_said(words, centre, call, _staff_family(call)), *_passed(words, call)]
    if call.choice.tier == "ordinary":
        told += _other_queues(words, centre, call)
    return " ".join(told)


def _public_family(call: Called) -> str:
    reason = public_reason(call.choice.tier, call.own.booked)
    match call.choice.tier:
        case "nobody_else":
            return "nobody_else_booked" if reason == "appointment" else "nobody_else"
        case "by_record":
            return "appointment"
        case tier:
            return "other" if reason == "other" else tier


def _staff_family(call: Called) -> str:
    match call.choice.tier:
        case "return" | "priority" | "by_record" | "manual" as tier:
            return f"staff-{tier}"
        case _:
            return _public_family(call)


def _said(words: Words, centre: Centre, call: Called, family: str) -> str:
    return words(
        f"why-{family}",
        number=call.own.number,
        desk=call.desk,
        queue=_queue(words, centre, call.group),
        since=clock_time(call.own.since, centre.tz),
        passed=len(call.choice.passed),
        reason=reason_named(words, call.reason) if call.reason else "none",
        cap=centre.rules.wait_cap_min,
        most=most_in_a_row(centre),
        **_clock(call.at, centre),
    )


def _passed(words: Words, call: Called) -> Iterator[str]:
    """One sentence for each reason why somebody with an earlier place could not be called."""
    by_why: dict[Bar, list[Passed]] = {}
    for passed in call.choice.passed:
        by_why.setdefault(passed.why, []).append(passed)
    for why, those in by_why.items():
        numbers = ", ".join(call.named[passed.ticket].number for passed in those)
        yield words(f"why-passed-{why}", numbers=numbers, count=len(those))


def _other_queues(words: Words, centre: Centre, call: Called) -> Iterator[str]:
    """Why this queue of the desk and not another: only of ordinary heads, for only they may be named."""
    own, target = call.own, _target(centre, call.group)
    ratio = (call.at - own.since) / timedelta(minutes=target)
    heads: dict[str, dict[str, int]] = {}
    for standing in call.choice.standings:
        if standing.group != call.group:
            heads.setdefault(standing.group, {})[standing.cls] = standing.head
    for group, by_class in heads.items():
        queue, its_target = _queue(words, centre, group), _target(centre, group)
        other = call.named[by_class["W"]] if by_class.keys() == {"W"} else None
        its_ratio = (call.at - other.since) / timedelta(minutes=its_target) if other else 0.0
        # A queue of the desk's main skills would have won with a due appointment, or with a longer wait.
        if other is None or its_ratio > ratio:
            yield words("why-queue-secondary", queue=queue)
        elif its_ratio == ratio:
            yield words("why-queue-same", queue=queue, number=other.number)
        elif its_target == target:
            yield words("why-queue-later", queue=queue, number=other.number)
        else:
            yield words(
                "why-queue-shorter",
                queue=queue,
                number=other.number,
                minutes=_minutes(other.since, call.at),
                target=its_target,
                own=own.number,
                own_minutes=_minutes(own.since, call.at),
                own_target=target,
            )


# --- a ticket that waits ---


@dataclass(frozen=True, slots=True)
class Before:
    """How many may be called before a waiting ticket: ``ahead`` by place, ``others`` of other classes with a later
    place; who they are is nobody's business."""

    ahead: int
    others: int


def before(hall: Hall, ticket: Ticket) -> Before:
    """Counts of the ticket's own queue, its visit's other tickets left out."""
    ahead = hall.ahead_of(ticket)
    if ticket.cls != "W":  # what others may come first for, it has itself
        return Before(ahead, 0)
    lines = hall.queue(ticket.group).lines
    later = sum(len(places) - places.bisect_right(ticket.place) for line, places in lines.items() if line != "W")
    own = sum(
        1
        for other in hall.siblings(ticket)
        if other.group == ticket.group
        and other.state is TicketState.WAITING
        and other.line != "W"
        and other.place > ticket.place
    )
    return Before(ahead, later - own)


def most_in_a_row(centre: Centre) -> int:
    """How often others of other classes may be called before an ordinary visitor who has waited too long."""
    return centre.rules.appointment_run + centre.rules.priority_run


def not_called(words: Words, hall: Hall, centre: Centre, ticket: Ticket, *, to_holder: bool = False) -> str:
    """Why a ticket of today has not been called yet, or no longer waits; ``to_holder``: in the second person."""
    voice = "my" if to_holder else "wait"
    values: dict[str, str | int] = {
        "number": number_of(ticket),
        "queue": _queue(words, centre, ticket.group),
        "ahead": hall.ahead_of(ticket) if ticket.state is TicketState.WAITING else 0,
        "cap": centre.rules.wait_cap_min,
        "most": most_in_a_row(centre),
        "desk": ticket.pinned_desk or 0,
        "others": ticket.not_before_calls,
        "time": clock_time(ticket.hold_until or ticket.slot or ticket.queue_key, centre.tz),
    }
    if ticket.state is not TicketState.WAITING:
        return words(f"why-{voice}-{_rest(ticket)}", **values)
    if hall.suspended:
        return " ".join((words(f"why-{voice}-waiting", **values), words("why-suspended")))
    told = [f"why-{voice}-waiting", *(f"why-{voice}-{bar}" for bar in _bars(hall, ticket, values))]
    if ticket.cls == "W":
        told.append("why-bound")
    return " ".join(words(key, **values) for key in told)


def _rest(ticket: Ticket) -> str:
    match ticket.state:
        case TicketState.ON_HOLD:
            return "snoozed" if ticket.pinned_desk is None else "held"
        case TicketState.NO_SHOW if ticket.first_called_at is None:
            return "slot-missed"
        case state:
            return state.value


def _bars(hall: Hall, ticket: Ticket, values: dict[str, str | int]) -> Iterator[str]:
    """What keeps a waiting ticket from being called just now; ``values`` is told the desk it is about."""
    if (in_hand := hall.visits[ticket.visit].in_hand) is not None:
        values["desk"] = hall.tickets[in_hand].desk or 0
        yield "sibling"
    elif ticket.not_before_calls:
        yield "returned"
    elif ticket.pinned_desk is not None:
        yield "pinned"


def _clock(at: datetime, centre: Centre) -> dict[str, str | int]:
    """The time and its hour: «о 10:42», but «об 11:05»."""
    local = at.astimezone(centre.tz)
    return {"time": f"{local:%H:%M}", "hour": local.hour}


def _queue(words: Words, centre: Centre, group: str) -> str:
    return next((in_language(g.name, words.language) for g in centre.groups if g.code == group), group)


def _target(centre: Centre, group: str) -> int:
    return next((g.target_wait_min for g in centre.groups if g.code == group), 15)


def _minutes(since: datetime, until: datetime) -> int:
    return max(int((until - since).total_seconds() // 60), 0)
