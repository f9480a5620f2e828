"""Who may do what: one table for every command, from the tables of moves and the rows that are no moves (Б-Рег 5, R27).

Says which kind of person may give a command at all; whose desk, queue or provider it is, the command's own rule says.
"""

from __future__ import annotations

from collections.abc import Iterable

from queue_server.rules.moves import DESK_MOVES, HEADS, MOVES, RECEPTION_MOVES, STAFF, By
from queue_server.rules.refusal import Forbidden

OTHERS: dict[str, frozenset[By]] = {
    "call-next": frozenset({By.OPERATOR, By.CENTRE_HEAD}),
    "claim": STAFF - {By.OPERATOR} | {By.VISITOR},
    "verify-claim": STAFF,
    "exceed-capacity": frozenset({By.RECEPTION, By.CENTRE_HEAD}),
    "enter-late": HEADS | {By.RECEPTION},
    "suspend": HEADS | {By.RECEPTION},
    "restore": HEADS,
    "explain": STAFF | {By.VISITOR},
    "reprint": frozenset({By.VISITOR, By.RECEPTION, By.OPERATOR}),
    "see-desks": STAFF,
    "book": STAFF | {By.VISITOR},
}
"""Commands that change no ticket's state, or that are given in another way than by a move's own verb."""


DESK_ONLY = frozenset({"open", "close", "pause", "resume"})


def _by_verb() -> dict[str, frozenset[By]]:
    table: dict[str, frozenset[By]] = {}
    # What both tables name is asked of the ticket: a desk goes where its ticket goes.
    for ticket in MOVES:
        table[ticket.verb] = table.get(ticket.verb, frozenset()) | ticket.by
    for desk in DESK_MOVES:
        if desk.verb in DESK_ONLY:
            table[f"desk-{desk.verb}"] = desk.by
    for reception in RECEPTION_MOVES:
        table[f"reception-{reception.verb}"] = reception.by
    return {verb: by - {By.SYSTEM} for verb, by in (table | OTHERS).items()}


MAY: dict[str, frozenset[By]] = _by_verb()


def require_right(verb: str, roles: Iterable[str]) -> None:
    """Raises Forbidden when none of these roles may give the command; ``visitor`` is a kiosk or a ticket's holder."""
    if not {str(by) for by in MAY[verb]} & {str(role) for role in roles}:
        raise Forbidden("role_missing")
