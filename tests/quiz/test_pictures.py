"""Pictures of a result in a browser: as files, for axe, and the result on two pages of paper."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

import pytest
from axe import COLOURS, TAGS, axe, paint
from browser import Visitor, open_result
from playwright.sync_api import Page
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
Make = Callable[..., Page]
BOX = ".sb-pictures"


@pytest.fixture
def make(visit: Visit, small_stick: str) -> Make:
    return functools.partial(open_result, visit, small_stick)


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


def test_a_result_is_printed_on_two_pages(make: Make) -> None:
    page = make()
    page.evaluate("() => { globalThis.print = () => {}; }")
    page.get_by_role("button", name="Print the result").click()
    page.wait_for_function("() => document.documentElement.matches('.sb-print-result')")
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2
