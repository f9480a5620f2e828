"""«У мене попередній запис»: a code or a number is typed or scanned, and the visitor is checked in (R09, R10).

Pure steps of a session; what the server makes of a code is its own business.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk import asks as a
from kiosk.state import Arrival, Message, Place, Session, Step
from kiosk.trail import answered, push, send, tell, touched

FIGURES = 6
FIGURES_OF_A_NUMBER = 4
_SCANS = (Step.START, Step.CODE, Step.ARRIVED, Step.MESSAGE)


def possible(session: Session) -> bool:
    """Times are agreed in this centre, so there is somebody to check in."""
    return session.centre is not None and session.centre.booking


def letters(session: Session) -> tuple[str, ...]:
    """With which a number can begin, in the order of the queues."""
    return tuple(dict.fromkeys(group.letter for group in session.centre.groups)) if session.centre else ()


def typed(session: Session) -> str:
    return session.arrival.typed if session.arrival else ""


def ready(session: Session) -> bool:
    """Six figures, or a letter and its figures."""
    sofar = typed(session)
    return len(sofar) > 1 if sofar[:1].isalpha() else len(sofar) == FIGURES


def begin(session: Session, now: float) -> Session:
    """«У мене попередній запис»."""
    if session.step is not Step.START or not possible(session):
        return session
    return push(replace(touched(session, now), arrival=Arrival()), Place(Step.CODE))


def type_sign(session: Session, sign: str, now: float) -> Session:
    """A figure goes to the end; a letter to the front, whenever it is touched. A figure too many changes nothing."""
    session, sofar = touched(session, now), typed(session)
    if session.step is not Step.CODE:
        return session
    figures = sofar[1:] if sofar[:1].isalpha() else sofar
    if sign.isalpha():
        sofar = sign + (figures if len(figures) <= FIGURES_OF_A_NUMBER else "")
    elif len(figures) < (FIGURES_OF_A_NUMBER if sofar[:1].isalpha() else FIGURES):
        sofar += sign
    return replace(session, arrival=Arrival(sofar))


def erase(session: Session, now: float) -> Session:
    """The last sign that was typed."""
    session = touched(session, now)
    return replace(session, arrival=Arrival(typed(session)[:-1])) if session.step is Step.CODE else session


def check_in(session: Session, key: str, now: float) -> Session:
    """«Підтвердити прибуття». ``key`` makes it happen once, however often it must be sent."""
    if session.step is not Step.CODE or not ready(session):
        return touched(session, now)
    sofar = typed(session)
    code = f"{sofar[0]} {sofar[1:]}" if sofar[0].isalpha() else sofar
    return send(session, a.CheckIn(key, code, session.language), now)


def scanned(session: Session, text: str, key: str, now: float) -> Session:
    """A reader of QR codes has typed this: an address, whose last part counts, or a bare code.

    It works wherever nobody is in the midst of anything else, and is never shown.
    """
    code = text.partition("?")[0].partition("#")[0].strip().rstrip("/").rpartition("/")[2]
    other = session.step is Step.MESSAGE and session.place.message is not Message.NOT_CHECKED_IN
    if not code or other or session.step not in _SCANS or not possible(session):
        return session
    session = replace(session, arrival=Arrival(), trail=(Place(Step.START), Place(Step.CODE)))
    return send(session, a.CheckIn(key, code, session.language), now)


def heard(session: Session, answer: a.Arrived | a.Declined, now: float) -> Session:
    """What the server said; the caller has made sure that it is the answer that is waited for."""
    session = answered(session, now)
    if isinstance(answer, a.Declined):
        return tell(replace(session, refusal=answer.problem), Message.NOT_CHECKED_IN)
    arrival = Arrival(told=answer.told)
    return replace(session, arrival=arrival, trail=(Place(Step.START), Place(Step.ARRIVED)))
