"""Whatever the browser refuses to store and whatever loads the page anew, nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from browser import (
    ARGUMENTS,
    NOTHING,
    ONE,
    QUICK,
    SESSION_ONLY,
    SMALL,
    SNAPSHOT,
    STAGE,
    TWO,
    UNFOLD,
    Quiz,
    Visitor,
    chromium_path,
    name,
    press_seen,
    reload,
    reload_calmly,
    serve,
    work_over_reloads,
)
from building import mkdocs, site_of
from folders import ROOT
from playwright.sync_api import Browser, Dialog, Page, Route
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
SAMPLE = ROOT / "tests" / "rubrics" / "good" / "sample.yml"

FULL_UP = """const put = Storage.prototype.setItem;
Storage.prototype.setItem = function (...entry) {
  if (this === localStorage) throw new DOMException("Exceeded.", "QuotaExceededError");
  put.apply(this, entry);
};"""
LASTS = {
    SESSION_ONLY: "until you close this tab",
    NOTHING: "while this tab stays on this page",
}
LASTS[FULL_UP] = LASTS[SESSION_ONLY]


class Refused(NamedTuple):
    """A visitor whose browser stores nothing for good, and what it refuses."""

    visitor: Visitor
    refusal: str
    path: str
    gate: str


@pytest.fixture(
    params=[
        pytest.param(("served", NOTHING), marks=pytest.mark.long),
        pytest.param(("stick", SESSION_ONLY), marks=pytest.mark.long),
        ("small_stick", FULL_UP),
    ],
    ids=["http-nothing", "file-session-only", "single-file-full"],
)
def refused(request: pytest.FixtureRequest, visit: Visit) -> Refused:
    """Make a visitor whose browser stores nothing for good; the theme itself minds that."""
    place, refusal = request.param
    visitor = visit(request.getfixturevalue(place), expect_errors=True)
    visitor.context.add_init_script(refusal)
    path, gate = (SMALL, ONE) if place == "small_stick" else (QUICK, SNAPSHOT)
    return Refused(visitor, refusal, path, gate)


def test_everything_typed_outlives_a_reload(refused: Refused) -> None:
    quiz = Quiz(refused.visitor.open(refused.path))
    name(quiz, "Alpha")
    expect(quiz.head).to_contain_text(LASTS[refused.refusal])
    work_over_reloads(quiz, refused.gate)
    expect(quiz.head).to_contain_text(LASTS[refused.refusal])
    assert not [error for error in refused.visitor.errors if "stagebook" in error.lower()]


TRAVEL = """(steps) => new Promise((arrived) => {
  // What listens to the same event has heard it then.
  addEventListener("popstate", () => setTimeout(arrived), { once: true });
  history.go(steps);
})"""


def test_back_and_forward_in_the_page_lose_nothing(refused: Refused) -> None:
    page = refused.visitor.open(refused.path, one=True)
    quiz = Quiz(page)
    while not page.locator(".sb-current fieldset[data-gate]").count():
        page.get_by_role("button", name="Continue").click()
    page.wait_for_timeout(600)  # A second click at once would count as one with the first.
    page.get_by_role("button", name="Continue").click()
    gate = page.locator(".sb-current fieldset").get_attribute("data-gate") or ""
    quiz.answer(gate, "yes")
    for steps in (-1, -1, 1):
        page.evaluate(TRAVEL, steps)
        reload_calmly(page)
        expect(quiz.head).to_contain_text(re.compile("1 of (12|4) answered"))


LATE = """if (performance.getEntriesByType("navigation")[0].type === "reload")
  sessionStorage.clear();"""
"""Chromium sometimes gives a file what its tab keeps only seconds after it was loaded anew."""


@pytest.mark.parametrize("refusal", [FULL_UP, SESSION_ONLY], ids=["full", "session-only"])
def test_what_the_tab_of_a_file_gives_back_late_is_in_the_history(
    visit: Visit, small_stick: str, refusal: str
) -> None:
    visitor = visit(small_stick, expect_errors=True)
    visitor.context.add_init_script(refusal)
    visitor.context.add_init_script(LATE)
    quiz = Quiz(visitor.open(SMALL))
    quiz.answer(ONE, "yes")
    expect(quiz.head).to_contain_text(LASTS[refusal])
    reload_calmly(quiz.page)
    assert quiz.answered(ONE) == "yes"
    expect(quiz.head).to_contain_text(LASTS[NOTHING])
    quiz.answer(ONE, "no")
    reload_calmly(quiz.page)
    assert quiz.answered(ONE) == "no"


@pytest.fixture
def instant(tmp_path: Path) -> Iterator[str]:
    """Serve a site whose theme writes into the history: it navigates without loading pages."""
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    folder = site_of(tmp_path, {"sample": SAMPLE.read_text(encoding="utf-8")}, theme=theme)
    built = mkdocs("build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    with serve(folder / "site") as address:
        yield address


@pytest.mark.long
def test_a_slow_script_finds_what_the_history_kept(visit: Visit, instant: str) -> None:
    """The theme writes into the history a tenth of a second after the page is loaded again."""
    visitor = visit(instant, expect_errors=True)
    visitor.context.add_init_script(NOTHING)
    quiz = Quiz(visitor.open("sample/assessment/"))
    quiz.answer("plan-kept", "yes")
    quiz.page.wait_for_timeout(1000)
    held: list[Route] = []
    quiz.page.route("**/stagebook.js", lambda route: held.append(route))
    quiz.page.reload(wait_until="commit")
    quiz.page.wait_for_function("() => history.state && !history.state.stagebook")
    held[0].continue_()
    quiz.page.unroute("**/stagebook.js")
    quiz.page.locator(".sb-live").wait_for()
    assert quiz.answered("plan-kept") == "yes"
    reload(quiz.page)
    assert quiz.answered("plan-kept") == "yes"


@pytest.mark.long
def test_the_way_back_to_a_page_shows_what_is_stored_now(visit: Visit, small_address: str) -> None:
    """Browsers put what stood in the fields of a page into them again, after the script has run."""
    visitor = visit(small_address)
    quiz = Quiz(visitor.open(SMALL))
    quiz.answer(ONE, "yes")
    quiz.note(ONE, "By the first tab.")
    quiz.page.locator("[data-symptom]").first.check()
    quiz.page.wait_for_timeout(1500)  # So long Chromium takes to note what stands in the fields.
    quiz.page.goto("about:blank")
    other = Quiz(visitor.open(SMALL))
    other.answer(ONE, "no")
    other.note(ONE, "By the second tab.")
    other.page.locator("[data-symptom]").first.uncheck()
    quiz.page.go_back()
    quiz.page.locator(".sb-live").wait_for()
    quiz.page.wait_for_timeout(500)
    assert quiz.answered(ONE) == "no"
    note = quiz.question(ONE).locator("[data-field=note]")
    assert note.input_value() == "By the second tab."
    assert not quiz.page.locator("[data-symptom]").first.is_checked()


def note(page: Page, asked: list[str], answer: Callable[[Dialog], None]) -> None:
    """Answer what the browser asks, and note the kinds of its questions."""

    def hear(dialog: Dialog) -> None:
        asked.append(dialog.type)
        answer(dialog)

    page.on("dialog", hear)


@pytest.mark.long
def test_another_page_of_the_site_shows_what_the_tab_keeps(visit: Visit, address: str) -> None:
    visitor = visit(address, expect_errors=True)
    visitor.context.add_init_script(SESSION_ONLY)
    asked: list[str] = []
    page = visitor.open(STAGE)
    note(page, asked, lambda dialog: dialog.accept())
    gate = page.locator("fieldset[data-gate]").first.get_attribute("data-gate") or ""
    Quiz(page).answer(gate, "yes")
    press_seen(page.get_by_role("link", name="Full assessment").first)
    page.wait_for_url("**/assessment.html*")
    page.locator(".sb-live").wait_for()
    assert Quiz(page).answered(gate) == "yes"
    assert asked == []


@pytest.mark.parametrize("script", ["", NOTHING], ids=["stored", "refused"])
def test_one_is_asked_before_one_leaves_what_would_be_lost(
    visit: Visit, small_address: str, script: str
) -> None:
    visitor = visit(small_address, expect_errors=True)
    visitor.context.add_init_script(script)
    page = visitor.open(SMALL)
    asked: list[str] = []
    note(page, asked, lambda dialog: dialog.dismiss())
    Quiz(page).answer(ONE, "yes")
    with page.expect_event("dialog" if script else "close"):
        page.close(run_before_unload=True)
    assert asked == (["beforeunload"] if script else [])


@pytest.mark.long
def test_with_all_site_data_blocked_nothing_is_lost(
    chromium: Browser, served: str, tmp_path: Path
) -> None:
    """Tell Chromium to store nothing of any site, as people do: nothing stands in for it here."""
    (tmp_path / "Default").mkdir()
    told = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(told), encoding="utf-8")
    context = chromium.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=chromium_path(whole=True), args=ARGUMENTS
    )
    context.set_default_timeout(10_000)
    context.add_init_script(UNFOLD)
    try:
        page = context.new_page()
        page.goto(served + QUICK)
        page.locator(".sb-live").wait_for()
        page.get_by_role("button", name="All on one page").click()
        with pytest.raises(Exception, match="SecurityError"):
            page.evaluate("() => localStorage.length")
        work_over_reloads(Quiz(page), SNAPSHOT)
    finally:
        context.close()


@pytest.mark.long
def test_what_was_refused_is_stored_once_it_is_not(visit: Visit, small_address: str) -> None:
    visitor = visit(small_address, expect_errors=True)
    visitor.context.add_init_script(f"if (!/allowed/.test(document.URL)) {{ {NOTHING} }}")
    quiz = Quiz(visitor.open(SMALL))
    quiz.answer(ONE, "yes")
    # The reader allows it, as the address stands for here, and loads the page again.
    quiz.page.evaluate("() => history.replaceState(history.state, '', '?allowed')")
    reload_calmly(quiz.page)
    assert quiz.answered(ONE) == "yes"
    assert set(quiz.stored()["answers"]) == {ONE}
    quiz.answer(TWO, "no")
    expect(quiz.head).to_contain_text("Saved in this browser only.")
