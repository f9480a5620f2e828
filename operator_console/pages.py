"""What the console's pages ask of whoever serves them. Knows the shapes of the data and nothing of where they live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from config.settings import Rules


class ConsoleRefused(Exception):
    """A page or a sign-in was refused; ``detail`` is the sentence for the person, in the asked language."""

    def __init__(self, detail: str, status: int = 401) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person whose browser asks. Surname, given name and patronymic stay visible at the desk (Б-Рег 13)."""

    login: str
    surname: str
    given_name: str
    patronymic: str = ""
    roles: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class ConsolePages:
    """The callables the pages live on; each is called inside a request. Dictionaries are JSON-ready dumps.

    ``desks`` gives desk summaries, each with ``operator``: the parts of the name of who sits there, or None.
    ``desk`` gives one desk with its queue, or None when there is no such desk.
    ``catalogue`` gives the centre as a kiosk sees it: name, timezone, providers, groups, services.
    ``sign_in`` and ``desk`` raise ConsoleRefused with the sentence to show.
    """

    signed_in: Callable[[], SignedIn | None]
    sign_in: Callable[[str, str], None]
    sign_out: Callable[[], None]
    desks: Callable[[], list[dict[str, Any]]]
    desk: Callable[[int], dict[str, Any] | None]
    catalogue: Callable[[], dict[str, Any]]
    csrf_token: Callable[[], str]
    rules: Callable[[], Rules] = Rules
    api: str = "/api/v1"
