"""The whole window: shows the screen of a session, turns touches into steps, hands the session's asks to the machine.

Knows no server and no printer; what it is given to carry out the asks may be a thread, a test or nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kivy.uix.widget import Widget

from config.look import LIGHT, Theme
from config.settings import Screen
from config.words import words_in
from kiosk import arrival
from kiosk import asks as a
from kiosk import session as steps
from kiosk.metrics import Metrics, metrics_of
from kiosk.page import Page
from kiosk.screens import bars, booked, checking_in, choice, confirm, message, number, start, times
from kiosk.state import Session, Step
from queue_server.client import new_key

SETTLE_S = 0.35
"""A new screen takes no touch for this long: the second tap of a trembling finger must not choose on it."""

_SCREENS: dict[Step, Callable[[Page], None]] = {
    Step.START: start.start,
    Step.LANGUAGES: choice.languages,
    Step.PROVIDERS: choice.providers,
    Step.OTHERS: choice.others,
    Step.GROUPS: choice.groups,
    Step.SERVICES: choice.services,
    Step.CONFIRM: confirm.confirm,
    Step.FULL_NAME: confirm.full_name,
    Step.MESSAGE: message.message,
    Step.ISSUING: message.waiting,
    Step.NUMBER: number.number,
    Step.CODE: checking_in.code,
    Step.ARRIVED: checking_in.arrived,
    Step.DAYS: times.days,
    Step.TIMES: times.times,
    Step.NEAREST: times.nearest,
    Step.AGREE: times.agree,
    Step.BOOKED: booked.booked,
}


class Stage(Widget):  # type: ignore[misc]
    """Root of the window. ``carry`` is called once for each ask and must not block; answers come to ``hear``."""

    def __init__(
        self,
        session: Session,
        screen: Screen,
        carry: Callable[[a.Ask], None],
        *,
        theme: Theme = LIGHT,
        clock: Callable[[], float] = time.monotonic,
        settle_s: float = SETTLE_S,
    ) -> None:
        super().__init__(size_hint=(None, None), size=(screen.width_px, screen.height_px))
        self.session = session
        self.screen = screen
        self.theme = theme
        self.page: Page | None = None
        self._carry = carry
        self._clock = clock
        self._settle_s = settle_s
        self._shown: object = None
        self._place: object = None
        self._shown_at = 0.0
        self._metrics: Metrics = metrics_of(screen)
        self.follow()

    # --- what happens ----------------------------------------------------------------------------------------------

    def act(self, step: Callable[..., Session], *args: Any) -> None:
        """What a touched button does: one step of the session."""
        self.session = step(self.session, *args, self._clock())
        self.follow()

    def hear(self, answer: a.Answer) -> None:
        self.session = steps.heard(self.session, answer, self._clock())
        self.follow()

    def scanned(self, text: str) -> None:
        """A reader of QR codes, or somebody at a keyboard, has typed this and Enter."""
        self.act(arrival.scanned, text, new_key())

    def tick(self, *_: object) -> None:
        self.session = steps.tick(self.session, self._clock())
        self.follow()

    def fill(self, width: int, height: int) -> None:
        """Another window: the same glass in other pixels."""
        self.size = (width, height)
        self.screen = self.screen.model_copy(update={"width_px": width, "height_px": height})
        self._metrics = metrics_of(self.screen)
        self._shown = None
        self.follow()

    def on_touch_down(self, touch: Any) -> bool:
        if self._clock() - self._shown_at < self._settle_s:
            return True
        return bool(super().on_touch_down(touch))

    # --- what is seen ----------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Hands over what the session asks for and shows what it has become."""
        self.session, asks = steps.take_asks(self.session)
        for ask in asks:
            self._carry(ask)
        now = self._clock()
        seen = self._seen(now)
        if seen != self._shown:
            place = (self.session.trail, self.session.question_at is None)
            if self.page is None or place != self._place:
                self._shown_at = now
            self._place, self._shown = place, seen
            self._draw(now)
        elif self.page is not None:
            bars.keep_time(self.page, now)
            if self.page.count_down is not None:
                self.page.count_down(now)

    def _seen(self, now: float) -> object:
        """Everything a drawing depends on but the time; the screen is drawn anew when it differs."""
        waits = steps.waiting_long(self.session, now)
        still = replace(self.session, touched_at=0, reload_at=0, resend_at=0, request_at=0, asks=(), centre=None)
        return still, waits, id(self.session.centre)

    def _draw(self, now: float) -> None:
        session = self.session
        page = Page(session, now, self._metrics, self.theme, words_in(session.language), self.act)
        if session.question_at is not None:
            message.question(page)
        else:
            bars.header(page)
            bars.helpers(page)
            self._screen(now)(page)
        self.clear_widgets()
        self.page = page
        self.add_widget(page)

    def _screen(self, now: float) -> Callable[[Page], None]:
        session = self.session
        if session.step is Step.START and not session.reachable:
            return start.out_of_service
        if session.centre is None:
            return start.connecting
        if session.step is Step.ISSUING and not steps.waiting_long(session, now):
            return _still_there
        return _SCREENS[session.step]


def _still_there(page: Page) -> None:
    """The first half second of a wait: what was there stays, but no button does anything any more."""
    page.session = replace(page.session, trail=page.session.trail[:-1])
    _SCREENS[page.session.step](page)
    for press in page.presses:
        press.action = None
