"""Booking as a visitor does it: a telephone, a thumb, and a browser that may have no scripts at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from queue_server import messages as m
from queue_server.client import QueueClient

pytestmark = pytest.mark.browser

SMALL, USUAL, DESK = (360, 740), (390, 844), (1280, 800)
NAME = ("Мельник-Воскресенська", "Олександра")
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, server: Any) -> Iterator[Opened]:
    """A browser of this size on the first page; by default without scripts."""
    contexts = []

    def new(size: tuple[int, int], light: Any = "light", *, scripts: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=light, java_script_enabled=scripts,
            base_url=server.url, locale="uk-UA", has_touch=size != DESK,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto("/book")
        return page

    yield new
    for context in contexts:
        context.close()


def to_the_form(page: Page, nth: int = 0) -> None:
    page.locator("summary", has_text="Житлові субсидії").click()
    page.get_by_role("link", name="Субсидія: призначення", exact=True).click()
    page.locator("button[name=start]:visible").nth(nth).click()
    expect(page.get_by_text("Час закріплено за Вами до")).to_be_visible()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def small_targets(page: Page) -> list[str]:
    """What is to be touched and lower or narrower than 44 px. Links inside a sentence are text."""
    return list(
        page.evaluate(
            """[...document.querySelectorAll("a, button, input:not([type=hidden]), summary")]
            .filter(e => e.checkVisibility() && (e.offsetHeight < 44 || e.offsetWidth < 44) && !e.closest("p"))
            .map(e => e.outerHTML)"""
        )
    )


def test_without_scripts_a_visitor_books_moves_and_cancels(opened: Opened, server: Any) -> None:
    page = opened(SMALL)
    to_the_form(page, 1)
    page.get_by_label("Прізвище").fill(NAME[0])
    page.get_by_role("button", name="Записатися").click()
    expect(page.get_by_text("Напишіть також ім’я")).to_be_visible()
    expect(page.get_by_label("Прізвище")).to_have_value(NAME[0])
    page.get_by_label("Ім’я", exact=True).fill(NAME[1])
    page.get_by_role("button", name="Записатися").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Вас записано")
    assert NAME[0] not in page.content()
    own, number = page.url, page.locator(".plate u").inner_text()
    with page.expect_download() as file:
        page.get_by_role("link", name="Додати в календар").click()
    assert "BEGIN:VEVENT" in file.value.path().read_text(encoding="utf-8")

    page.get_by_role("link", name="Перенести").click()
    page.locator("button[name=start]:visible").nth(3).click()
    page.get_by_role("button", name="Перенести").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Запис перенесено")
    assert page.locator(".plate u").inner_text() != number

    page.goto(own)  # the address that was kept leads to the same visit
    page.get_by_role("link", name="Скасувати запис").click()
    page.get_by_role("button", name="Так, скасувати").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Запис скасовано")


def test_the_code_on_the_page_confirms_the_arrival_and_the_page_tells_it(opened: Opened, server: Any) -> None:
    page = opened(USUAL)
    to_the_form(page)
    page.get_by_role("button", name="Записатися").click()
    code = page.locator(".proof p b").inner_text().replace("\n", "").replace(" ", "")
    assert len(code) == 6
    assert code.isdecimal()
    token = server.cherha("device", "add", "kiosk-1", "--kind", "kiosk")
    with QueueClient(server.url, token) as kiosk:
        arrived: m.CheckedIn = kiosk.check_in(code, "arrival")
    assert arrived.ticket.number.split()[-1] == page.locator(".plate u").inner_text()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ваше прибуття підтверджено")


def test_two_telephones_want_one_place_and_the_second_hears_of_others_at_once(opened: Opened) -> None:
    first, second = opened(USUAL), opened(SMALL)
    for page in (first, second):
        page.goto("/book/22")
    first.locator("button[name=start]:visible").first.click()
    second.locator("button[name=start]:visible").first.click()
    expect(first.get_by_text("Час закріплено за Вами до")).to_be_visible()
    expect(second.get_by_role("alert")).to_contain_text("Цей час уже зайнято")
    second.locator(".near button").first.click()
    second.get_by_role("button", name="Записатися").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Вас записано")


@pytest.mark.parametrize(("size", "light"), [(SMALL, "light"), (USUAL, "dark"), (DESK, "light")])
def test_axe_finds_nothing_nothing_sticks_out_and_a_thumb_hits_everything(
    opened: Opened, size: tuple[int, int], light: str
) -> None:
    page = opened(size, light, scripts=True)  # for axe's own script; the pages have none
    axe, found = Axe(), dict[str, Any]()

    def look(name: str) -> None:
        violations = axe.run(page).response["violations"]
        found[name] = [f"{v['id']}: {node['html']}" for v in violations for node in v["nodes"]]
        found[name] += small_targets(page) + ([] if fits(page) else ["wider than the screen"])

    look("services")
    page.locator("summary").first.click()
    look("services of a queue")
    page.goto("/book/22")
    look("times")
    page.locator("button[name=start]:visible").first.click()
    look("person")
    page.fill("#surname", NAME[0])
    page.click("button.do")
    look("person, half a name")
    page.fill("#surname", "")
    page.click("button.do")
    look("number")
    page.get_by_role("link", name="Перенести").click()
    look("other times")
    page.locator("button[name=start]:visible").nth(2).click()
    look("sure to move")
    page.click("button.do")
    page.get_by_role("link", name="Скасувати запис").click()
    look("sure to cancel")
    page.click("button.do")
    look("cancelled")
    page.goto("/booking/nothing")
    look("nothing")
    assert {name: what for name, what in found.items() if what} == {}
