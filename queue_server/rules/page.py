"""The tables of moves and of rights as a page; ``python -m queue_server.rules.page`` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from queue_server.rules.moves import DESK_MOVES, MOVES, RECEPTION_MOVES, By
from queue_server.rules.rights import MAY

TITLE = """# The law of the queue

Whatever is not in these tables is forbidden. The page is printed from `moves.py` and `rights.py`, and a test holds it
to them:

    python -m queue_server.rules.page > queue_server/rules/README.md

Who is next is decided in `calling.py` and nowhere else; what a word such as `no_show_min_s` is set to stands in the
centre file.
"""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [
        TITLE,
        "## Tickets\n",
        _table(
            ("", "verb", "from", "to", "by", "if", "event"),
            (
                (m.id, m.verb, _states(m.source), _states(m.target), _states(m.by), m.guard, f"`{m.event}`")
                for m in MOVES
            ),
        ),
        "## Desks\n",
        _table(
            ("verb", "from", "to", "by", "if"),
            ((d.verb, _states(d.source), d.target, _states(d.by), d.guard) for d in DESK_MOVES),
        ),
        "## A provider’s day\n\nA suspension lies over it: no calls and no tickets; places are kept.\n",
        _table(
            ("verb", "from", "to", "by", "if", "event"),
            ((r.verb, _states(r.source), r.target, _states(r.by), r.guard, f"`{r.event}`") for r in RECEPTION_MOVES),
        ),
        "## Who may give which command\n\nNobody may change an arrival time or a number.\n",
        _table(("command", *PEOPLE), ((verb, *_marks(MAY[verb])) for verb in sorted(MAY))),
    ]
    return "\n".join(parts)


PEOPLE = tuple(by for by in By if by is not By.SYSTEM)


def _marks(by: frozenset[By]) -> list[str]:
    return ["yes" if person in by else "–" for person in PEOPLE]


def _states(states: Iterable[str]) -> str:
    return ", ".join(sorted(map(str, states))) or "∅"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 (this is what the program is for)
