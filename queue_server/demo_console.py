"""A picture of the operator's page for the demonstration: signs in like a person, in a browser of its own process."""

from __future__ import annotations

import sys

PIN = "1234"
ALONE = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def picture(browser: str, url: str, login: str, desk: str, file: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=ALONE)
        page = chromium.new_page(viewport={"width": 1366, "height": 768}, locale="uk-UA")
        page.goto(f"{url}/sign-in")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=pin]").fill(PIN)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{url}/desk/**")
        page.goto(f"{url}/desk/{desk}")
        page.wait_for_timeout(600)  # fonts and the first frames
        page.screenshot(path=file)
        chromium.close()


if __name__ == "__main__":
    picture(*sys.argv[1:])
