"""Pictures of a result in a browser: as files, for axe, and the result on two pages of paper."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

import pytest
from axe import COLOURS, TAGS, axe, paint
from browser import Quiz, Visitor, open_result
from folders import ROOT
from playwright.sync_api import Page
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
Make = Callable[..., Page]
BOX = ".sb-pictures"


@pytest.fixture
def make(visit: Visit, small_stick: str) -> Make:
    return functools.partial(open_result, visit, small_stick)


@pytest.mark.long
def test_each_picture_is_a_file_under_the_policy_of_the_single_file(make: Make) -> None:
    page = make()
    page.locator(f"{BOX} > summary").focus()
    page.keyboard.press("Enter")
    for which in ("result", "heat", "link"):
        page.locator(f"{BOX} select").select_option(which)
        expect(page.locator(f"{BOX} [data-el=preview] svg title")).not_to_be_empty()
        with page.expect_download() as caught:
            page.locator(f"{BOX} [data-act=picture-png]").click()
        png = caught.value.path().read_bytes()
        assert caught.value.suggested_filename.endswith(f".{which}.png")
        assert png.startswith(b"\x89PNG\r\n")
        picture = page.locator(f"{BOX} [data-el=preview] svg")
        assert int.from_bytes(png[16:20]) == 2 * int(picture.get_attribute("width") or 0)
        with page.expect_download() as caught:
            page.locator(f"{BOX} [data-act=picture-svg]").click()
        text = caught.value.path().read_text("utf-8")
        assert re.match(r'<svg xmlns="[^"]+" .*role="img"', text)
        assert "<title>" in text


def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(make: Make) -> None:
    page = make(width=320)
    page.locator(f"{BOX} > summary").click()
    expect(page.locator(f"{BOX} svg")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert axe(page, BOX, TAGS) == []
    paint(page, "dark")
    assert axe(page, BOX, COLOURS) == []


def pages_printed(page: Page, paper: str) -> int:
    """Press *Print the result*, and count the pages that come out."""
    page.evaluate("() => { globalThis.print = () => {}; }")
    # In any language, and again for the next paper, while the page still looks as on paper.
    page.locator("[data-act=print-result]").evaluate("button => button.click()")
    page.wait_for_function("() => document.documentElement.matches('.sb-print-result')")
    made = page.pdf(format=paper)
    page.wait_for_function("() => !document.documentElement.matches('.sb-print-result')")
    return len(re.findall(rb"/Type\s*/Page\b", made))


@pytest.mark.long
def test_a_result_is_printed_on_two_pages(make: Make) -> None:
    assert pages_printed(make(), "A4") == 2


@pytest.mark.long
@pytest.mark.parametrize("folder", ["ai-product", "de/ai-product"])
def test_results_of_the_default_model_are_printed_on_two_pages(
    visit: Visit, stick: str, folder: str
) -> None:
    answers = (ROOT / "tests" / "assessments" / "ai-product.json").read_text("utf-8")
    visitor = visit(stick)
    for name in ("assessment.html", "assess.html"):
        for is_sample in (True, False):
            page = visitor.open(f"{folder}/{name}{'?sample' * is_sample}#result", one=True)
            if not is_sample:
                Quiz(page).load(answers)
                page.evaluate("() => { location.hash = '#result'; }")
            page.locator(".sb-results:not([aria-busy]) .sb-heat").wait_for()
            for paper in ("A4", "Letter"):
                assert pages_printed(page, paper) == 2, (name, is_sample, paper)
            page.close()
