"""Legal priority: claimed by the visitor, proved at a desk or at reception, or back to the ordinary place (R13)."""

from __future__ import annotations

from datetime import datetime

from config.settings import Centre, PriorityClass
from queue_server.hall import Hall
from queue_server.messages import TicketState
from queue_server.rules import events as ev
from queue_server.rules.moves import require
from queue_server.rules.refusal import Refused, Unknown
from queue_server.rules.serving import walk
from queue_server.rules.visits import number_of, ticket_of

CLAIMABLE = frozenset({TicketState.WAITING, TicketState.ON_HOLD})


def priority_class(code: str, centre: Centre) -> PriorityClass:
    """The class that may be claimed: it has a legal basis and is active. Raises Unknown."""
    for found in centre.priority_classes:
        if found.code == code and found.active:
            return found
    raise Unknown("unknown_priority", priority=code)


def claim(hall: Hall, ticket_id: int, mode: ev.Mode, row: int) -> list[ev.Event]:
    """Claimed at reception after the ticket was taken; ``row`` of the erasable table says which class."""
    ticket = ticket_of(hall, ticket_id)
    if ticket.state not in CLAIMABLE or ticket.kind == "appointment":
        raise Refused("claim_too_late", number=number_of(ticket))
    if ticket.claim != "none" or not hall.visits[ticket.visit].may_claim:
        raise Refused("claimed_before")
    return [ev.ClaimMade(ticket_id, row, mode)]


def verify(hall: Hall, ticket_id: int) -> list[ev.Event]:
    """The document was seen. Asking again changes nothing."""
    ticket = ticket_of(hall, ticket_id)
    if ticket.claim == "verified":
        return []
    _require_claimed(ticket.claim, number_of(ticket))
    return [ev.ClaimVerified(ticket_id)]


def reject(hall: Hall, now: datetime, centre: Centre, ticket_id: int) -> list[ev.Event]:
    """T22 (T9 while only called): not proved. The ordinary place by the old key, no penalty, no new claim today."""
    ticket = ticket_of(hall, ticket_id)
    _require_claimed(ticket.claim, number_of(ticket))
    require("reject-claim", ticket.state, number_of(ticket))
    at_desk = ticket.state in (TicketState.CALLED, TicketState.SERVING)
    siblings_from = walk(now, centre) if ticket.state is TicketState.SERVING else None
    return [ev.ClaimRejected(ticket_id, ticket.desk if at_desk else None, siblings_from)]


def _require_claimed(claim: str, number: str) -> None:
    if claim != "claimed":
        raise Refused("nothing_claimed", number=number)
