"""The desk as the browser folds it, held against what the server would send, over days of arbitrary moves."""

from __future__ import annotations

import base64
import contextlib
import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from queue_server import views
from queue_server.messages import TicketState as S
from queue_server.rules import appointments
from queue_server.rules.refusal import Refused
from tests.arbitrary_day import DESKS, SERVICES, ArbitraryDay

pytestmark = pytest.mark.browser

FOLD = Path(__file__).parent.parent / "operator_console" / "static" / "fold.js"
PARTS = (
    *("seq", "state", "ticket", "others_of_visit", "served_today"),
    *("waiting", "queue", "missed", "held", "appointments"),
)
HELD_AGAINST = """async ([source, parts, start, told]) => {
    const { needsSnapshot, takeFrame } = await import(source);
    const found = [];
    let view = start, read = 0;
    for (const [frame, meant] of told) {
        const before = view;
        view = takeFrame(before, frame);
        const reads = needsSnapshot(before, view, frame);
        read += reads ? 1 : 0;
        const known = reads ? ["seq", "state", "ticket", "served_today"] : parts;
        const wrong = known.filter((part) => JSON.stringify(view[part]) !== JSON.stringify(meant[part]));
        if (wrong.length) found.push([frame.kind, frame.seq, wrong.map((part) => [part, view[part], meant[part]])]);
        view = meant;
    }
    return [found.slice(0, 3), told.length, read];
}"""


class AgreedDay(ArbitraryDay):
    """The same day with visitors at agreed times, who come early, in time, late or never."""

    def __init__(self, toy: Any, seed: int) -> None:
        super().__init__(toy, seed)
        self.verbs |= {"book": 2, "check_in": 2, "by_record": 3}
        self.given = 500

    def book(self, _desk: int) -> None:
        self.given += 1
        slot = self.toy.now + timedelta(minutes=self.luck.choice((-5, 0, 2, 5, 20, 60)))
        agreed = appointments.Booking(self.luck.choice(SERVICES), self.given, slot)
        self._fold(appointments.expect(self.toy.hall, self.toy.centre, [agreed]), "system")

    def check_in(self, _desk: int) -> None:
        agreed = [t.id for t in self._tickets() if t.slot and t.state in (S.EXPECTED, S.NO_SHOW)]
        self._fold(appointments.check_in(*self._here, self.luck.choice(agreed or [0])))

    def by_record(self, _desk: int) -> None:
        """Whichever desk may: a press that is refused tells nobody anything."""
        agreed = [t.id for t in self._tickets() if t.slot and t.state in (S.EXPECTED, S.WAITING)]
        for desk, chosen in itertools.product(DESKS, agreed):
            with contextlib.suppress(Refused):
                called = appointments.call_by_record(*self._here, desk, desk, chosen)
                return self._fold(called, f"user:{desk}")
        raise Refused("nobody")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("seed", range(4))
def test_after_every_frame_the_browser_holds_what_the_server_would_send(page: Page, toy: Any, seed: int) -> None:
    arbitrary = AgreedDay(toy, seed)
    arbitrary.live(240)
    assert {"book", "check_in", "by_record"} <= arbitrary.done
    told: dict[int, list[Any]] = {desk: [] for desk in DESKS[:2]}
    for moment in arbitrary.told():
        if moment.frame is None:
            continue
        frame = moment.frame.model_dump(mode="json")
        for desk in told:
            view = views.desk_view(moment.hall, toy.centre, desk, moment.now, None)
            view = views.with_queue(moment.hall, view).model_copy(update={"operator_login": f"desk{desk}"})
            told[desk].append([frame, view.model_dump(mode="json")])
    source = f"data:text/javascript;base64,{base64.b64encode(FOLD.read_bytes()).decode()}"
    for desk, rows in told.items():
        open_from = next(i for i, (_, view) in enumerate(rows) if view["state"] != "closed")
        start = rows[open_from][1]
        found, frames, read = page.evaluate(HELD_AGAINST, [source, PARTS, start, rows[open_from + 1 :]])
        assert found == [], (desk, found)
        assert read < frames / 2  # most frames say all that changed
