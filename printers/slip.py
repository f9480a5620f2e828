"""What a slip says, in one language and in the order it is read. Draws nothing and asks nobody.

There is no field for a visitor's name, category or telephone, so none can ever be printed (Б-Пол 23).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from config.words import NO_BREAK_SPACE, Words, ticket_number, wait_range, words_in


@dataclass(frozen=True, slots=True)
class Fact:
    """A question and its short answer on one row: «Перед вами на час видачі» … «7 людей».

    A ``quiet`` answer is set no larger than its question.
    """

    question: str
    answer: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """The words of one slip for one service (Б-Рег 16), ready to be set; nothing here is looked up again.

    ``when``: the agreed day and time, of an appointment only.
    """

    language: str
    centre: str
    city: str
    caption: str
    letter: str
    figures: str
    title: str
    subtitle: str
    provider: str
    facts: tuple[Fact, ...]
    place: str
    rules: tuple[str, ...]
    hotline: Fact | None
    qr: str | None
    qr_title: str
    qr_how: str
    when: str = ""

    @property
    def number(self) -> str:
        """«А 17»."""
        return ticket_number(self.letter, int(self.figures))

    def texts(self) -> tuple[str, ...]:
        """Every word that reaches the paper as letters, in order (the code is a picture)."""
        facts = [words for fact in self.facts for words in (fact.question, fact.answer)]
        code = [self.qr_title, self.qr_how] if self.qr else []
        hotline = [self.hotline.question, self.hotline.answer] if self.hotline else []
        head = [self.centre, self.city, self.caption, self.letter, self.figures]
        head += [self.when] if self.when else []
        return (*head, self.title, self.subtitle, self.provider, *facts, self.place, *self.rules, *code, *hotline)


def compose(
    *,
    language: str,
    centre_name: str,
    city: str,
    letter: str,
    seq: int,
    service_number: int,
    service_short_name: str,
    sensitive: bool,
    group_name: str,
    provider_name: str,
    issued_at: datetime,
    ahead: int | None,
    wait: tuple[int, int] | None = None,
    zone_name: str,
    floor: int,
    return_window_min: int,
    hotline: str | None = None,
    qr: str | None = None,
) -> Slip:
    """The slip of one ticket (Б-Рег 15, 16, 18).

    Names are already in ``language``. ``issued_at`` is aware and already in the centre's own time (``ValueError``
    otherwise). ``ahead`` is None where nobody knows it (a kiosk that goes on without its server): the row is left
    out rather than guessed; so is ``wait``, the range in minutes that was told before the ticket was taken.
    A ``sensitive`` service is named by its number and its group only.
    ``qr`` is the whole text of the code, a random token's address, never the bare number.
    """
    if issued_at.tzinfo is None:
        raise ValueError("the moment of issue without a time zone")
    words = words_in(language)
    by_number = words("slip-service", number=service_number)
    return Slip(
        language=words.language,
        centre=_tidy(centre_name),
        city=_tidy(city),
        caption=words("slip-your-number"),
        letter=_tidy(letter),
        figures=str(seq),
        title=by_number if sensitive else _tidy(service_short_name),
        subtitle=_tidy(group_name) if sensitive else by_number,
        provider=_tidy(provider_name),
        facts=tuple(_facts(words, issued_at, ahead, wait)),
        place=words("slip-place", zone=_tidy(zone_name), floor=floor),
        rules=(
            words("slip-one-service"),
            words("slip-order"),
            words("slip-missed", minutes=return_window_min) if return_window_min else words("slip-missed-no-return"),
        ),
        hotline=Fact(words("slip-hotline"), _numbers_whole(_tidy(hotline))) if hotline else None,
        qr=qr or None,
        qr_title=words("slip-qr-title"),
        qr_how=words("slip-qr-how"),
    )


def compose_booking(
    *,
    language: str,
    centre_name: str,
    city: str,
    letter: str,
    seq: int,
    service_number: int,
    service_short_name: str,
    sensitive: bool,
    group_name: str,
    provider_name: str,
    start: datetime,
    code: str,
    zone_name: str,
    floor: int,
    hotline: str | None = None,
    qr: str | None = None,
) -> Slip:
    """The slip of one agreed time (R07): the number that will be called, when, the code to check in with, and how.

    Names are already in ``language``; ``start`` is aware and already in the centre's own time (``ValueError``
    otherwise); ``code`` is the six figures. A ``sensitive`` service is named by its number and its group only.
    ``qr`` is the whole text of the code, the holder's own address.
    """
    if start.tzinfo is None:
        raise ValueError("an agreed time without a time zone")
    words = words_in(language)
    by_number = words("slip-service", number=service_number)
    change = ("slip-booking-change",) if qr is None else ()
    return Slip(
        language=words.language,
        centre=_tidy(centre_name),
        city=_tidy(city),
        caption=words("slip-booking-number"),
        letter=_tidy(letter),
        figures=str(seq),
        title=by_number if sensitive else _tidy(service_short_name),
        subtitle=_tidy(group_name) if sensitive else by_number,
        provider=_tidy(provider_name),
        facts=(Fact(words("slip-booking-code"), six_figures(code)),),
        place=words("slip-place", zone=_tidy(zone_name), floor=floor),
        rules=tuple(words(key) for key in ("slip-booking-how", "slip-booking-late", "slip-booking-papers", *change)),
        hotline=Fact(words("slip-hotline"), _numbers_whole(_tidy(hotline))) if hotline else None,
        qr=qr or None,
        qr_title=words("slip-booking-qr-title"),
        qr_how=words("slip-booking-qr-how"),
        when=words("slip-booking-when", date=_whole_date(words.long_date(start.date())), time=f"{start:%H:%M}"),
    )


def six_figures(code: str) -> str:
    """«482 913»: in two halves that are not parted at the end of a line."""
    return f"{code[:3]}{NO_BREAK_SPACE}{code[3:]}" if len(code) == 6 else code


def _whole_date(day: str) -> str:
    """«вівторок, 17 березня»: the figures stay with their month."""
    return re.sub(r"(?<=\d) ", NO_BREAK_SPACE, day)


def _facts(words: Words, issued_at: datetime, ahead: int | None, wait: tuple[int, int] | None) -> list[Fact]:
    facts = [Fact(words.date_with_year(issued_at.date()), f"{issued_at:%H:%M}")]
    if ahead is not None:
        people = words("people", count=ahead).replace(" ", NO_BREAK_SPACE) if ahead > 0 else words("slip-nobody-ahead")
        facts.append(Fact(words("slip-ahead"), people))
    if wait is not None:
        facts.append(Fact(words("slip-wait"), wait_range(words, *wait), quiet=True))
    return facts


def _numbers_whole(hotline: str) -> str:
    """A telephone is not broken inside; two telephones may stand on two lines."""
    return re.sub(r"(?<![,;]) ", NO_BREAK_SPACE, hotline)


def _tidy(text: str) -> str:
    """Composed letters («й» as one sign), plain single spaces, no signs that steer instead of being read."""
    composed = unicodedata.normalize("NFC", re.sub(r"[ \t\r\n\v\f]+", " ", text)).strip()
    return "".join(sign for sign in composed if unicodedata.category(sign) not in {"Cc", "Cf"})
