"""What a first visit loads, in bytes as a host sends them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Visitor
from compressed import compressed
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
KB = 1024
MOST = 180 * KB
"""Of the home page with all that it loads, the sitemap and the search's own script included."""


def test_a_first_visit_of_the_home_page_is_light(built: Path, visit: Visit) -> None:
    with compressed(built) as (address, sent):
        page = visit(address).open("")
        page.wait_for_load_state("networkidle")
        assert "/assets/stagebook/stagebook.js" in sent
        assert sum(sent.values()) <= MOST, sorted(sent.items(), key=lambda one: -one[1])


@pytest.mark.long
def test_the_index_of_the_search_comes_when_it_is_wanted(built: Path, visit: Visit) -> None:
    with compressed(built) as (address, sent):
        page = visit(address).open("")
        page.wait_for_load_state("networkidle")
        assert not [path for path in sent if "search_index" in path]
        page.keyboard.press("/")
        page.keyboard.type("memory")
        page.locator(".md-search-result__item").first.wait_for()
        assert [path for path in sent if "search_index" in path] == ["/search/search_index.json"]
        # A result marks the words on its page, for which the theme needs the index again.
        page.goto(f"{address}ai-product/dimensions/memory.html?h=memory")
        expect(page.locator(".md-content mark").first).to_be_visible()


SHIFTS = """
globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) globalThis.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [412, 1280])
def test_nothing_jumps_when_the_quiz_begins(stick: str, visit: Visit, width: int) -> None:
    """Up to 0.1 is good, says https://web.dev/articles/cls."""
    visitor = visit(stick, width=width)
    visitor.context.add_init_script(SHIFTS)
    page = visitor.open("ai-product/assessment.html", one=True)
    page.wait_for_timeout(1000)
    assert page.evaluate("() => globalThis.shifted") < 0.1
