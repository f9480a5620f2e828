"""The desk as the browser folds it, held against what the server would send, over days of arbitrary moves."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from queue_server import views
from tests.arbitrary_day import DESKS, ArbitraryDay

pytestmark = pytest.mark.browser

FOLD = Path(__file__).parent.parent / "operator_console" / "static" / "fold.js"
PARTS = ("seq", "state", "ticket", "others_of_visit", "waiting", "queue", "missed", "held", "served_today")
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
    arbitrary = ArbitraryDay(toy, seed)
    arbitrary.live(200)
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
