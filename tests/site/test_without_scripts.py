"""Pages where no script runs: nothing to press that does nothing, and a way on where no page is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Visitor
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
PAGES = [
    "index.html",
    "404.html",
    "ai-product/index.html",
    "ai-product/assess.html",
    "ai-product/assessment.html",
    "ai-product/quick-check.html",
    "ai-product/gates.html",
    "ai-product/symptoms.html",
    "ai-product/stages/repeatable.html",
    "ai-product/dimensions/memory.html",
]
ACTS = (
    "button, select, [data-act], input[type=file], input[type=search], a[role=button], .sb-example"
)
WORKS = ".md-select > button, [data-about]"
"""The theme's menu of languages opens by its styles, and a worksheet is filled in."""


def dead(page: Page) -> list[str]:
    """Return what one could press, or come to by keyboard, for nothing."""
    controls = page.locator(f":is({ACTS}):not({WORKS})")
    return [one.inner_text() for one in controls.all() if one.is_visible()]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_can_be_pressed_that_does_nothing(visit: Visit, served: str, path: str) -> None:
    page = visit(served, java_script_enabled=False, width=390).open(path, wait=False)
    assert page.locator("h1").first.is_visible()
    assert dead(page) == []


def test_where_no_page_is_words_and_links_lead_on(visit: Visit, built: Path, served: str) -> None:
    page = visit(served, java_script_enabled=False).open("404.html", wait=False)
    content = page.locator(".md-content")
    assert "The answers that you gave in this browser are still there." in content.inner_text()
    places = content.locator("li a").evaluate_all("all => all.map((one) => one.pathname)")
    assert len(places) > 5
    for place in places:
        found = built / place.strip("/")
        assert (found / "index.html" if found.is_dir() else found).is_file(), place
