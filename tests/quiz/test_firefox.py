"""The quiz in Firefox, on files, where each file keeps what it stores to itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import (
    FULL,
    ONE,
    QUICK,
    SMALL,
    SNAPSHOT,
    STAGE,
    TWO,
    Quiz,
    Visitor,
    reload,
    serve,
    visiting,
    work_over_reloads,
)
from click.testing import CliRunner
from firefox import FirefoxVisitor, go_back, start_firefox
from folders import ROOT
from playwright.sync_api import Browser, Page, Playwright
from playwright.sync_api import Error as PlaywrightError
from stagebook.cli import main
from stagebook.files.rubrics import load_rubric
from waiting import expect

pytestmark = pytest.mark.browser

RUBRIC = ROOT / "rubrics" / "ai-product.yml"
ASSESSMENT = ROOT / "tests" / "assessments" / "ai-product.json"
APART = "Firefox keeps the answers of each file separate"
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """Start Firefox, once for all tests here."""
    with start_firefox(playwright) as browser:
        yield browser


@pytest.fixture
def visit(firefox: Browser) -> Iterator[Visit]:
    """Make visitors in Firefox."""
    with visiting(firefox, FirefoxVisitor) as make:
        yield make


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a folder with the whole assessment alone in it; return its address."""
    folder = tmp_path_factory.mktemp("whole")
    result = CliRunner().invoke(main, ["assess", str(RUBRIC), "-o", str(folder / "assess.html")])
    assert result.exit_code == 0, result.output
    return f"{folder.as_uri()}/"


def load(quiz: Quiz, file: Path) -> None:
    """Choose a file on the disk, and wait until the quiz says what it did with it."""
    quiz.head.locator("input[type=file]").set_input_files(file)
    quiz.head.get_by_text(f"{file.name} is now the current assessment").wait_for()


def shown_stage(quiz: Quiz) -> list[str]:
    """Return the titles of stages that stand alone on a line of the result, overall first."""
    titles = {stage.title for stage in load_rubric(RUBRIC).rubric.stages.values()}
    return [line for line in quiz.settled().splitlines() if line in titles]


def scored(file: Path) -> dict[str, Any]:
    """Return the result that the command gives."""
    command = ["score", str(RUBRIC), str(file), "--format", "json"]
    ran = CliRunner().invoke(main, command)
    assert ran.exit_code == 0, ran.output
    result: dict[str, Any] = json.loads(ran.stdout)
    return result


def focus(page: Page, selector: str, key: str = "Tab") -> None:
    """Press a key until the focus is where it should be."""
    for _ in range(100):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no {selector} within a hundred times {key}")


def test_here_a_file_cannot_see_what_its_neighbour_stores(visit: Visit, tmp_path: Path) -> None:
    """All the other tests mean something only where this holds."""
    for name in ("one.html", "two.html"):
        (tmp_path / name).write_text("<!doctype html><title>A file</title>", encoding="utf-8")
    visitor = visit(f"{tmp_path.as_uri()}/")
    read = "() => localStorage.getItem('kept')"
    one = visitor.open("one.html")
    one.evaluate("() => localStorage.setItem('kept', 'by one')")
    assert visitor.open("two.html").evaluate(read) is None
    one.reload()
    assert one.evaluate(read) == "by one"
    assert visit(visitor.address).open("one.html").evaluate(read) is None


@pytest.mark.long
def test_a_visitor_notices_errors_and_requests(firefox: Browser, tmp_path: Path) -> None:
    with serve(tmp_path) as elsewhere:
        (tmp_path / "page.html").write_text(
            f"""<!doctype html><title>A file with five faults</title>
            <meta http-equiv="Content-Security-Policy" content="img-src {elsewhere}">
            <script>addEventListener("securitypolicyviolation", () => document.title = "Refused")
            </script>
            <script src="missing.js"></script>
            <script>console.error("said")</script>
            <script>throw new Error("thrown")</script>
            <img src="https://refused.example/" alt="">
            <img src="{elsewhere}page.html" alt="">""",
            encoding="utf-8",
        )
        visitor = FirefoxVisitor(firefox, f"{tmp_path.as_uri()}/")
        page = visitor.open("page.html")
        page.wait_for_function("() => document.title === 'Refused'")
        found = "\n".join(visitor.errors)
        for words in ("missing.js", "said", "thrown", "Refused by the policy"):
            assert words in found
        assert f"{elsewhere}page.html" in visitor.requests
        with pytest.raises(AssertionError):
            visitor.leave()


def test_answers_outlive_a_reload_and_a_closed_tab(visit: Visit, small_stick: str) -> None:
    visitor = visit(small_stick)
    quiz = Quiz(visitor.open(SMALL))
    quiz.answer(ONE, "partly")
    quiz.note(ONE, "Two rows lack an owner.")
    reload(quiz.page)
    assert quiz.answered(ONE) == "partly"
    quiz.page.close()
    again = Quiz(visitor.open(SMALL))
    assert again.answered(ONE) == "partly"
    note = again.question(ONE).locator("[data-field=note]")
    assert note.input_value() == "Two rows lack an owner."
    assert "1 of 4 answered" in again.head.inner_text()


@pytest.mark.long
def test_pages_of_the_site_keep_answers_apart_and_say_so(visit: Visit, stick: str) -> None:
    visitor = visit(stick)
    quiz = Quiz(visitor.open(QUICK))
    quiz.answer(SNAPSHOT, "yes")
    quiz.page.close()
    again = Quiz(visitor.open(QUICK))
    assert again.answered(SNAPSHOT) == "yes"
    assert APART in again.head.inner_text()
    stage = Quiz(visitor.open(STAGE))
    assert stage.answered(SNAPSHOT) is None
    assert APART in stage.head.inner_text()


@pytest.mark.long
def test_with_all_site_data_blocked_nothing_is_lost(playwright: Playwright, stick: str) -> None:
    with start_firefox(playwright, network__cookie__cookieBehavior=2) as strict:
        visitor = FirefoxVisitor(strict, stick, expect_errors=True)
        quiz = Quiz(visitor.open(QUICK))
        with pytest.raises(PlaywrightError, match="insecure"):
            quiz.page.evaluate("() => localStorage.length")
        work_over_reloads(quiz, SNAPSHOT)
        visitor.leave()


def test_a_file_gives_the_result_that_the_command_gives_on_a_small_screen(
    visit: Visit, whole: str, tmp_path: Path
) -> None:
    quiz = Quiz(visit(whole, width=320).open("assess.html"))
    load(quiz, ASSESSMENT)
    expected = scored(ASSESSMENT)
    stage = expected["overall"]["stage"]["low"]
    assert shown_stage(quiz)[0] == load_rubric(RUBRIC).rubric.stages[stage].title
    assert quiz.page.evaluate("() => document.documentElement.scrollWidth") <= 320
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(quiz.download()), encoding="utf-8")
    assert scored(kept) == expected


@pytest.mark.long
def test_a_download_is_read_back_by_another_browser(
    visit: Visit, small_stick: str, tmp_path: Path
) -> None:
    quiz = Quiz(visit(small_stick).open(SMALL))
    quiz.answer(ONE, "yes")
    assert quiz.download()["answers"].keys() == {ONE}
    quiz.answer(TWO, "not-applicable")
    quiz.question(TWO).locator("[data-field=reason]").fill("No “data” of our own.\n🙂")
    second = quiz.download()
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(second), encoding="utf-8")
    other = Quiz(visit(small_stick).open(SMALL))
    load(other, kept)
    assert other.answered(ONE) == "yes"
    assert other.answered(TWO) == "not-applicable"
    assert other.download() == second


@pytest.mark.long
def test_by_keyboard_alone(visit: Visit, small_stick: str) -> None:
    page = visit(small_stick).open(SMALL)
    focus(page, "fieldset[data-gate] input")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    gate = page.evaluate("() => document.activeElement.closest('fieldset').dataset.gate")
    quiz = Quiz(page)
    choices = quiz.question(gate).locator(".sb-choices input")
    assert quiz.answered(gate) == choices.nth(1).get_attribute("value")
    focus(page, "summary")
    page.keyboard.press("Enter")
    focus(page, "[data-field=note]")
    page.keyboard.type("By keyboard.")
    with page.expect_download() as started:
        focus(page, "stagebook-quiz button", "Shift+Tab")
        while "Download answers" not in page.locator(":focus").inner_text():
            focus(page, "stagebook-quiz button", "Shift+Tab")
        page.keyboard.press("Enter")
    file = json.loads(Path(started.value.path()).read_text(encoding="utf-8"))
    assert file["answers"][gate] == {"answer": quiz.answered(gate), "note": "By keyboard."}


@pytest.mark.long
def test_back_leads_from_a_play_to_the_result(visit: Visit, stick: str) -> None:
    page = visit(stick).open(FULL)
    quiz = Quiz(page)
    load(quiz, ASSESSMENT)
    before = shown_stage(quiz)
    play = quiz.results.locator("ol > li a").first
    title = play.inner_text()
    here = page.evaluate("() => location.href")
    play.click()
    page.get_by_role("heading", name=title).first.wait_for()
    assert page.evaluate("() => location.href") != here
    go_back(page, here)
    page.locator(".sb-live").wait_for()
    assert shown_stage(quiz) == before


@pytest.mark.long
def test_two_tabs_of_one_file_go_on_together(visit: Visit, small_stick: str) -> None:
    visitor = visit(small_stick)
    one, other = Quiz(visitor.open(SMALL)), Quiz(visitor.open(SMALL))
    one.answer(ONE, "yes")
    other.head.get_by_text("1 of 4 answered").wait_for()
    other.answer(TWO, "no")
    one.head.get_by_text("2 of 4 answered").wait_for()
    assert one.download()["answers"].keys() == {ONE, TWO}


@pytest.mark.long
def test_pages_mark_gates_with_the_answers_of_their_site(
    visit: Visit, served: str, stick: str
) -> None:
    for address, count in ((served, 1), (stick, 0)):
        # It also tells of pages that it began to fetch ahead, and left.
        visitor = visit(address, expect_errors=True)
        quiz = Quiz(visitor.open(QUICK))
        quiz.answer(SNAPSHOT, "yes")
        page = visitor.open("ai-product/dimensions/data.html")
        if count:
            page.locator(".sb-gate-title > .sb-reason-met").wait_for()
        assert page.locator(".sb-gate-title > .sb-reason-met").count() == count


@pytest.mark.long
def test_what_follows_a_result_works(visit: Visit, whole: str) -> None:
    quiz = Quiz(visit(whole).open("assess.html"))
    load(quiz, ASSESSMENT)
    page, result = quiz.page, quiz.results
    quiz.settled()
    what_if = result.locator(".sb-what-if")
    what_if.locator("summary").first.click()
    boxes = what_if.locator("[type=checkbox]")
    boxes.last.wait_for(state="attached")
    for fold in what_if.locator("details > summary").all():
        fold.click()
    boxes.last.click()
    expect(what_if.get_by_role("status").first).to_contain_text("With this change")
    pictures = result.locator(".sb-pictures")
    pictures.locator("summary").first.click()
    with page.expect_download() as started:
        pictures.get_by_role("button", name="Save as PNG").click()
    assert Path(started.value.path()).read_bytes().startswith(b"\x89PNG")
    page.get_by_role("button", name="Spread the plan over three phases").click()
    expect(page.locator(".sb-phase .sb-plays > li").first).to_be_visible()
    page.locator("#quiz-meeting").get_by_role("button", name="Begin").click()
    meeting = page.get_by_role("dialog")
    expect(meeting).to_contain_text("1 of 110")
    page.keyboard.press("1")
    expect(meeting.get_by_role("status").filter(has_text="No 1")).to_be_visible()
    meeting.get_by_role("button", name="Close").click()
    expect(meeting).to_be_hidden()
