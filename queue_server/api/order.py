"""Doors of the order of calls: why this number, for staff and for its holder; and what anybody may see of today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint
from pydantic import Field

from config.settings import Centre
from config.words import Words, words_in
from operator_console.order import OrderPages
from operator_console.pages import ConsolePages, ConsoleRefused
from queue_server import messages as m
from queue_server import order, why
from queue_server.accounts import User
from queue_server.api.door import allowed, asked_language, presented_token, said, site
from queue_server.audit import NoSettings, settings_kept
from queue_server.messages import Role, TicketState
from queue_server.order import InOrder, KeptTicket
from queue_server.rules.numbering import folded
from queue_server.rules.refusal import Forbidden, Refused, Unknown
from queue_server.rules.rights import require_right
from queue_server.rules.visits import number_of
from queue_server.site import Site, dumped
from queue_server.why import Called

doors = APIBlueprint("calls", __name__)

CALLS_MOST = 500
ON_A_PAGE = 100
NEIGHBOURS = 4
_HEADS = frozenset({Role.PROVIDER_HEAD, Role.CENTRE_HEAD})
_NOT_YET = (TicketState.WAITING, TicketState.EXPECTED, TicketState.ON_HOLD)


class ByTicket(m.Message):
    ticket: int


class BySecret(m.Message):
    secret: str


class WhichCalls(m.Message):
    """``number``: «А 17», or a letter alone for its whole queue. ``before``: only calls with a smaller ``n``."""

    number: str = Field("", max_length=20)
    before: int | None = Field(None, ge=1)
    limit: int = Field(CALLS_MOST, ge=1, le=CALLS_MOST)


@doors.get("/tickets/<int:ticket>/explain", responses={200: m.Explanation, 403: m.Problem, 404: m.Problem})
def explain(path: ByTicket) -> Response:
    """Why this number was called, each time, or why not yet: in sentences that can be read aloud, for staff."""
    return said(_explained(site(), allowed("explain"), path.ticket, words_in(asked_language())))


@doors.get("/my/<string:secret>/explain", responses={200: m.MyExplanation, 404: m.Problem})
def explain_mine(path: BySecret) -> Response:
    """What the holder of a ticket may know of the order: counts, and nothing of any other number."""
    here, words = site(), words_in(asked_language())
    found = here.secrets.ticket_with(path.secret, here.hall.tickets)
    if found is None:
        raise Unknown("unknown_secret")
    ticket = here.hall.tickets[found]
    waits = ticket.state is TicketState.WAITING
    counts = why.before(here.hall, ticket) if waits else why.Before(0, 0)
    calls = order.calls_of(here.ledger.db, ticket.id) if ticket.state not in _NOT_YET else []
    sentence = why.not_called(words, here.hall, here.centre, ticket, to_holder=True)
    if calls:
        sentence = f"{sentence} {why.in_short(words, _centre_then(here, calls[-1].seq), calls[-1])}"
    return said(
        m.MyExplanation(
            number=number_of(ticket),
            state=ticket.state,
            ahead=counts.ahead,
            others=counts.others,
            after_min=here.centre.rules.wait_cap_min,
            at_most=why.most_in_a_row(here.centre),
            sentence=sentence,
        )
    )


@doors.get("/calls", responses={200: m.CallOrder, 409: m.Problem, 422: m.Problem})
def calls(query: WhichCalls) -> Response:
    """«Порядок викликів»: today's calls for everybody, with one reason of three, newest first."""
    wanted = wanted_number(query.number)
    return said(_call_order(site(), wanted, query.before, query.limit, words_in(asked_language())))


# --- what is told ---


def wanted_number(typed: str) -> tuple[str, int] | None:
    """(letter, number) of what somebody typed; number 0 is the letter alone, None is everything. Raises Refused."""
    plain = "".join(typed.split())
    if not plain:
        return None
    found = folded(plain if len(plain) > 1 else f"{plain}0")
    if found is None:
        raise Refused("not_a_number", number=typed.strip())
    return found


def _call_order(
    here: Site, wanted: tuple[str, int] | None, before: int | None, limit: int, words: Words
) -> m.CallOrder:
    of_interest = [call for call in order.calls_today(here.hall) if _is_wanted(call, wanted)]
    shown = [call for call in reversed(of_interest) if before is None or call.n < before]
    return m.CallOrder(
        day=here.hall.day.day if here.hall.day else None,
        now=here.now(),
        total=len(of_interest),
        calls=[_in_order(call, words) for call in shown[:limit]],
        more=len(shown) > limit,
    )


def _is_wanted(call: InOrder, wanted: tuple[str, int] | None) -> bool:
    return wanted is None or (call.letter == wanted[0] and wanted[1] in (0, call.number))


def _in_order(call: InOrder, words: Words) -> m.CallInOrder:
    return m.CallInOrder(
        n=call.n,
        at=call.at,
        number=f"{call.letter}\u00a0{call.number}",
        desk=call.desk,
        reason=call.reason,
        words=words(f"order-public-{call.reason}"),
    )


def _explained(here: Site, who: User, ticket: int, words: Words) -> m.Explanation:
    kept = order.kept_ticket(here.ledger.db, ticket)
    if kept is None:
        raise Unknown("unknown_ticket", ticket=ticket)
    _require_scope(who, kept, here.centre)
    told = [_call_explained(here, who, call, words) for call in order.calls_of(here.ledger.db, ticket)]
    return m.Explanation(
        number=kept.number,
        day=kept.day,
        group=kept.group,
        state=kept.state,
        sentence=_sentence(here, kept, told, words),
        calls=told,
    )


def _require_scope(who: User, ticket: KeptTicket, centre: Centre) -> None:
    """Reception and the centre's head see all; a provider's head the own provider; an operator the own groups."""
    if who.roles & {Role.RECEPTION, Role.CENTRE_HEAD}:
        return
    own = set(who.groups) if Role.OPERATOR in who.roles else set()
    if Role.PROVIDER_HEAD in who.roles:
        own |= {group.code for group in centre.groups if group.provider == who.provider}
    if own.isdisjoint(ticket.groups):
        raise Forbidden("foreign_ticket", number=ticket.number)


def _sentence(here: Site, kept: KeptTicket, told: Sequence[m.CallExplained], words: Words) -> str:
    """The last call; of a ticket that waits, why it still does."""
    ticket = here.hall.tickets.get(kept.id)
    if ticket is None:  # of an earlier day
        sentence = told[-1].sentence if told else words(f"why-wait-{kept.state}", number=kept.number)
        return words("why-on-day", date=words.date_with_year(kept.day), sentence=sentence)
    if told and ticket.state not in _NOT_YET:
        return told[-1].sentence
    return why.not_called(words, here.hall, here.centre, ticket)


def _call_explained(here: Site, who: User, call: Called, words: Words) -> m.CallExplained:
    centre, choice = _centre_then(here, call.seq), call.choice
    operator = here.accounts.user(call.user) if call.user and who.roles & _HEADS else None
    return m.CallExplained(
        at=call.at,
        desk=call.desk,
        group=call.group,
        tier=choice.tier,
        reason=call.reason,
        note=order.note_of(here.ledger.db, call.note),
        operator=operator.name if operator else None,
        readings=call.readings,
        outcome=call.outcome,
        sentence=why.read_aloud(words, centre, call),
        staff_sentence=why.for_staff(words, centre, call),
        standings=[
            m.StandingView(group=s.group, cls=s.cls, head=call.named[s.head].number, size=s.size)
            for s in choice.standings
        ],
        passed=[m.PassedView(number=call.named[p.ticket].number, why=p.why) for p in choice.passed],
        run_appointments=choice.run_appointments,
        run_priority=choice.run_priority,
        run_desk=choice.run_desk,
    )


def _centre_then(here: Site, seq: int) -> Centre:
    """The settings the call was made under; today's where nobody kept them."""
    sign = order.fingerprint_at(here.ledger.db, seq)
    if sign == here.hall.fingerprint:
        return here.centre
    try:
        return settings_kept(here.ledger.db)(sign)
    except NoSettings:
        return here.centre


# --- what the pages are made of ---


def pages(here: Site, console: ConsolePages) -> OrderPages:
    """What the pages ``/calls`` and ``/why`` ask for; called inside a request."""

    def listed(typed: str, before: int | None, language: str) -> dict[str, Any]:
        words = words_in(language)
        try:
            wanted, mistaken = wanted_number(typed), False
        except Refused:
            wanted, mistaken = None, True
        found = dumped(_call_order(here, wanted, before, ON_A_PAGE, words))
        named = "" if wanted is None else wanted[0] if not wanted[1] else f"{wanted[0]}\u00a0{wanted[1]}"
        return {**found, "wanted": named, "mistaken": mistaken}

    def explained(typed: str, language: str) -> dict[str, Any] | None:
        words, who = words_in(language), here.accounts.whose(presented_token())
        wanted = folded(typed)
        try:
            if not isinstance(who, User):
                raise Forbidden("role_missing")
            require_right("explain", who.roles)
            ticket = here.hall.numbers.get(wanted) if wanted else None
            told = dumped(_explained(here, who, ticket, words)) if ticket else None
        except Forbidden as refused:
            raise ConsoleRefused(words(f"problem-{refused.code}", **refused.values), status=403) from refused
        return {**told, "around": _around(here, ticket, words)} if told and ticket else None

    return OrderPages(
        calls=listed,
        explained=explained,
        signed_in=console.signed_in,
        catalogue=console.catalogue,
        rules=console.rules,
        csrf_token=console.csrf_token,
    )


def _around(here: Site, ticket: int, words: Words) -> list[dict[str, Any]]:
    """The calls of the queue just before and after the ticket's last one."""
    every = order.calls_today(here.hall)
    last = next((call for call in reversed(every) if call.ticket == ticket), None)
    if last is None:
        return []
    beside = order.around(every, last.n, each_side=NEIGHBOURS)
    return [{**dumped(_in_order(call, words)), "here": call.n == last.n} for call in beside]
