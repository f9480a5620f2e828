"""The tables of moves: what they promise of themselves, and that the page, the events and the doors follow them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from queue_server.messages import TicketState as S
from queue_server.rules import events as ev
from queue_server.rules.moves import DESK_MOVES, MOVES, RECEPTION_MOVES, By, require
from queue_server.rules.page import page
from queue_server.rules.refusal import Forbidden, Refused
from queue_server.rules.rights import MAY, require_right

ROOT = Path(__file__).parent.parent
STATES = "expected waiting called serving on_hold served no_show cancelled expired"
# Written out by hand from the customer's rules, so that a slip in the server's own table shows. Columns: visitor (a
# kiosk, or the ticket's holder), reception, operator, head of a provider, head of the centre.
BY_HAND = """
issue                     + + + - +
check-in                  + + + - +
cancel                    + + + + +
claim                     + + - + +
verify-claim              - + + + +
reject-claim              - + + + +
call-next                 - - + - +
call                      - - + + +
call-by-record            - - + - +
recall                    - - + - +
start                     - - + - +
no-show                   - - + - +
withdraw                  - - + - +
finish                    - - + - +
hold                      - - + - +
transfer                  - - + - +
reopen                    - - + - +
release                   - - - - +
return                    - + + - +
reinstate                 - + + + +
snooze                    + + - - -
resume                    + + - - -
undo                      + + + + +
exceed-capacity           - + - - +
enter-late                - + - + +
suspend                   - + - + +
restore                   - - - + +
explain                   + + + + +
reprint                   + + + - -
see-desks                 - + + + +
book                      + + + + +
desk-open                 - - + + +
desk-close                - - + + +
desk-pause                - - + + +
desk-resume               - - + + +
reception-open            - - - - +
reception-stop-tickets    - + - + +
reception-resume-tickets  - + - + +
reception-close           - - - - +
expire                    - - - - +
expect                    - - - - -
miss-appointment          - - - - -
reception-end             - - - - -
"""
PEOPLE = (By.VISITOR, By.RECEPTION, By.OPERATOR, By.PROVIDER_HEAD, By.CENTRE_HEAD)
ROWS = [line.split() for line in BY_HAND.strip().splitlines()]


def test_the_page_of_the_law_is_printed_from_the_tables() -> None:
    assert (ROOT / "queue_server" / "rules" / "README.md").read_text(encoding="utf-8") == page()


def test_every_move_of_the_requirements_is_in_the_table() -> None:
    assert [move.id for move in MOVES] == [f"T{n}" for n in range(1, 11)] + ["T10b"] + [f"T{n}" for n in range(11, 24)]


def test_every_event_that_moves_a_ticket_is_in_the_table_and_no_other() -> None:
    states_stay = {"SlipReported", "ClaimMade", "ClaimVerified", "TicketRefused", "PaperTicketKept", "TicketTakenAlong"}
    about_tickets = {name for name, kind in ev.EVENTS.items() if "ticket" in kind.__dataclass_fields__}
    assert {move.event for move in MOVES} == about_tickets - states_stay


def test_out_of_an_ended_ticket_leads_nothing_but_reopening_and_undoing() -> None:
    for ended in (S.SERVED, S.CANCELLED, S.EXPIRED):
        assert {move.verb for move in MOVES if ended in move.source} <= {"reopen", "undo"}
    assert not [move for move in MOVES if S.EXPIRED in move.source]


def test_every_state_can_be_reached_and_is_one_that_people_have_a_word_for() -> None:
    assert {state for move in MOVES for state in move.target} == set(S) == set(map(S, STATES.split()))


@pytest.mark.parametrize("state", list(S))
def test_what_is_not_in_the_table_is_refused(state: S) -> None:
    for verb in {move.verb for move in MOVES}:
        allowed = any(state in move.source for move in MOVES if move.verb == verb)
        if allowed:
            require(verb, state, "А 1")
        else:
            with pytest.raises(Refused, match="wrong_state"):
                require(verb, state, "А 1")


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_who_may_give_a_command_is_what_was_written_out_by_hand(row: list[str]) -> None:
    verb, *marks = row
    for person, mark in zip(PEOPLE, marks, strict=True):
        if mark == "+":
            require_right(verb, [person])
        else:
            with pytest.raises(Forbidden):
                require_right(verb, [person])


def test_every_command_was_written_out_by_hand() -> None:
    assert {row[0] for row in ROWS} == set(MAY)


@pytest.mark.parametrize("role", ["coordinator", "editor", "admin", "board", ""])
def test_whoever_has_no_part_in_the_hall_may_give_no_command(role: str) -> None:
    for verb in MAY:
        with pytest.raises(Forbidden):
            require_right(verb, [role])


def test_a_desk_and_a_reception_come_back_to_where_they_began() -> None:
    for moves in (DESK_MOVES, RECEPTION_MOVES):
        sources: set[Any] = {state for move in moves for state in move.source}
        targets: set[Any] = {move.target for move in moves}
        assert targets <= sources | {"closed"}
