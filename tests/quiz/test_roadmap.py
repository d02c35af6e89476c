"""The roadmap in a browser: by mouse, by keyboard, on a small screen, for axe and on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from axe import COLOURS, TAGS, axe, paint
from browser import ONE, SMALL, TWO, Quiz, Visitor, scroll_to
from playwright.sync_api import Page
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
Make = Callable[..., Page]
PANEL = ".sb-roadmap"


@pytest.fixture
def make(visit: Visit, small_stick: str) -> Make:
    def open_(**options: Any) -> Page:
        page = visit(small_stick, **options).open(SMALL)
        Quiz(page).answer_all({ONE: "no", TWO: "no", "plan-kept": "no"})
        scroll_to(page.locator(PANEL))
        expect(page.locator(f"{PANEL} [data-item=write-plan]")).to_be_attached()
        return page

    return open_


def roadmap(page: Page) -> Any:
    """Return the roadmap that is stored."""
    text = page.evaluate(
        "() => Object.values(localStorage).find((one) => one.startsWith('{\"format\"'))"
    )
    return json.loads(text).get("roadmap")


def test_by_mouse_a_play_is_dragged_into_a_phase_and_out(make: Make) -> None:
    page = make()
    play = page.locator(f"{PANEL} [data-item=write-plan]")
    first = page.locator(f"{PANEL} [data-phase='0']")
    play.drag_to(first)
    expect(first.locator("[data-item=write-plan]")).to_be_visible()
    assert roadmap(page) == [{"remediations": [{"id": "write-plan"}]}]
    expect(first.locator(".sb-forecast")).to_contain_text("Gates newly met: 1")
    others = page.locator(f"{PANEL} .sb-pool summary")
    play.drag_to(others, source_position={"x": 5, "y": 5})
    expect(first.locator("[data-item]")).to_have_count(0)
    assert roadmap(page) is None


@pytest.mark.long
def test_by_keyboard_alone(make: Make) -> None:
    page = make()
    page.locator(f"{PANEL} [data-play=write-plan]").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{PANEL} [data-phase='0'] [data-item=write-plan]")).to_be_visible()
    expect(page.locator(":focus")).to_have_attribute("data-play", "write-plan")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.dataset.owner"):
            break
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    assert roadmap(page) == [{"remediations": [{"id": "write-plan", "owner": "Ada"}]}]
    page.reload()
    scroll_to(page.locator(PANEL))
    expect(page.locator(f"{PANEL} [data-owner=write-plan]")).to_have_value("Ada")


@pytest.mark.long
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(make: Make) -> None:
    page = make(width=320)
    page.locator(f"{PANEL} [data-act=spread]").click()
    page.locator(f"{PANEL} details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    expect(page.locator(f"{PANEL} table")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert axe(page, PANEL, TAGS) == []
    paint(page, "dark")
    assert axe(page, PANEL, COLOURS) == []


def test_it_is_taken_elsewhere_as_files_and_on_one_page(make: Make) -> None:
    page = make()
    page.locator(f"{PANEL} [data-act=spread]").click()
    page.locator(f"{PANEL} [data-phase='0'] [data-of=title]").fill("Spring")
    files = {}
    for act in (
        "github-script",
        "github-csv",
        "jira-csv",
        "calendar",
        "roadmap-svg",
        "roadmap-png",
    ):
        with page.expect_download() as caught:
            page.locator(f"{PANEL} [data-act={act}]").click()
        files[act] = caught.value.path().read_bytes()
        assert re.fullmatch(r"sample-.*\.roadmap\.[a-z.]+", caught.value.suggested_filename)
    assert files["roadmap-png"].startswith(b"\x89PNG\r\n")
    picture = files["roadmap-svg"].decode()
    assert re.search(r"<title>Roadmap: .*</title><desc>Spring: .*Forecast", picture)
    assert b"Write the plan" in files["github-script"]
    assert files["calendar"].startswith(b"BEGIN:VCALENDAR\r\n")
    page.evaluate("() => { globalThis.print = () => {}; }")
    page.locator(f"{PANEL} [data-act=print-roadmap]").click()
    page.wait_for_function("() => document.documentElement.matches('.sb-print-roadmap')")
    page.emulate_media(media="print")
    expect(page.locator(f"{PANEL} .sb-scene svg")).to_be_visible()
    expect(page.locator(".sb-results")).to_be_hidden()
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
