"""The smallest moves of a session, of which every step is made: touched, asked, one screen further, a request sent.

Knows neither queues nor appointments.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from math import inf

from kiosk import asks as a
from kiosk.state import Message, Place, Session, Step


def touched(session: Session, now: float) -> Session:
    return replace(session, touched_at=now, question_at=None)


def ask(session: Session, *asks: a.Ask) -> Session:
    return replace(session, asks=(*session.asks, *asks))


def push(session: Session, place: Place) -> Session:
    return replace(session, trail=(*session.trail, place))


def tell(session: Session, message: Message) -> Session:
    return push(session, Place(Step.MESSAGE, message=message))


def send(session: Session, request: a.Request, now: float) -> Session:
    """What the visitor waits for from now on; nothing else can be done meanwhile."""
    session = replace(touched(session, now), request=request, request_at=now, lost=False, resend_at=inf, refusal=None)
    return ask(push(session, Place(Step.ISSUING)), request)


def answered(session: Session, now: float) -> Session:
    """Nothing is waited for any more; the screen is the one from which the request was sent."""
    trail = tuple(takewhile(lambda place: place.step is not Step.ISSUING, session.trail))
    return replace(touched(session, now), trail=trail, request=None, lost=False, resend_at=inf, request_at=now)
