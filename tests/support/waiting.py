"""Waiting for what a page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from playwright.sync_api import Locator, Page
from playwright.sync_api import expect as expect_now

if TYPE_CHECKING:
    from playwright.sync_api._generated import LocatorAssertions

expect_now.set_options(timeout=30_000)  # As for all else that a visitor waits for.

NEED_NONE = {"to_be_attached", "to_be_hidden", "to_have_count"}
"""What also holds, or is also asked, of something that is not there."""


class Expectation:
    """What is expected of an element that may still have to come."""

    def __init__(self, locator: Locator) -> None:
        self.locator = locator

    def __getattr__(self, name: str) -> Any:
        if name.startswith("to_") and name not in NEED_NONE:
            self.locator.first.wait_for(state="attached")
        return getattr(expect_now(self.locator), name)


def expect(locator: Locator) -> LocatorAssertions:
    """Expect something of an element, as Playwright does, once it is there.

    Playwright looks again and again, and describes the whole page whenever it finds no such
    element: on a page with a hundred questions, a look takes a second, and five on a busy machine.
    """
    return cast("LocatorAssertions", Expectation(locator))


def drawn(section: Locator) -> str:
    """Return the text of a section of the quiz, once it shows the answers as they are.

    What draws most sections comes with another script, after the page is there.
    """
    expect(section).not_to_have_attribute("aria-busy", "true")
    return section.inner_text()


def until(page: Page, holds: str) -> None:
    """Wait until an asynchronous function of the page returns true.

    For Playwright's `wait_for_function`, the promise that such a function returns is true already.
    """
    page.evaluate(
        f"""async () => {{
          const holds = {holds};
          for (const end = Date.now() + 30_000; !(await holds()); ) {{
            if (Date.now() > end) throw new Error("This never held: " + holds);
            await new Promise((done) => setTimeout(done, 20));
          }}
        }}"""
    )
