"""The quiz, driven in a real browser as a person does, on a server and from files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import (
    FIRST,
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
    scroll_to,
    serve,
)
from building import mkdocs, site_of
from folders import ROOT
from playwright.sync_api import Locator, Page
from stagebook.assessment.reader import read_assessment
from stagebook.files.rubrics import load_rubric
from stagebook.report.data import result_data
from stagebook.rubric.model import Rubric
from stagebook.scoring.rounding import display_score
from stagebook.scoring.scorer import Scorer
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
LATER = "gov-one-list"
SAMPLE = ROOT / "tests" / "rubrics" / "good" / "sample.yml"


def given(name: str) -> dict[str, Any]:
    text = (ROOT / "tests" / "assessments" / f"{name}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def result_of(rubric: Rubric, said: dict[str, Any]) -> dict[str, Any]:
    assessment, findings = read_assessment(json.dumps(said), rubric)
    assert assessment is not None
    assert findings == []
    return result_data(Scorer(rubric), assessment)


def test_a_person_gets_the_result_that_the_command_gives(
    visit: Visit, served: str, rubric: Rubric
) -> None:
    said = given("ai-product")
    page = visit(served).open(FULL)
    quiz = Quiz(page)
    assert page.locator(".sb-quiz input:checked").count() == 0, "chosen before one chooses"
    assert "0 of 110 answered" in quiz.head.inner_text()
    quiz.answer_all({gate: one["answer"] for gate, one in said["answers"].items()})
    for gate, answer in said["answers"].items():
        if "reason" in answer:
            quiz.question(gate).locator("[data-field=reason]").fill(answer["reason"])
        if "note" in answer:
            quiz.note(gate, answer["note"])
    for measure, number in said["measures"].items():
        quiz.measure(measure, str(number))
    quiz.believe("scaled")
    for symptom in said["symptoms"]:
        page.locator(f"[data-symptom][value='{symptom}']").check()
    shown = quiz.settled()
    expected = result_of(rubric, said)
    overall = expected["overall"]
    assert rubric.stages[overall["stage"]["low"]].title in shown.splitlines()
    low, high, so_far = (
        display_score(overall[key], rubric.scoring) for key in ("low", "high", "so_far")
    )
    words = f"Score {low} of 5" if low == high else f"Score so far: {so_far} of 5; between {low}"
    assert words in shown
    assert "You believed that you were at Scaled: 2 stages above what the answers show." in shown
    rows = page.locator(".sb-dimensions tbody tr").all_inner_texts()
    for (_, dimension), row in zip(rubric.dimensions.items(), rows, strict=True):
        assert dimension.title in row
    for id_, one in expected["dimensions"].items():
        row = next(row for row in rows if rubric.dimensions[id_].title in row)
        assert display_score(one["so_far"], rubric.scoring) in row
        assert rubric.stages[one["stage"]["so_far"]].title in row
    plan = page.locator("h3:text('What to do next') ~ ol > li").all_inner_texts()
    titles = [rubric.remediations[step["remediation"]].title for step in expected["plan"]]
    assert [line.split(", ")[0] for line in plan] == titles
    file = quiz.download()
    assert result_of(rubric, file)["overall"] == overall
    assert {gate: one["answer"] for gate, one in file["answers"].items()} == {
        gate: one["answer"] for gate, one in said["answers"].items()
    }


def test_answers_outlive_a_reload_and_are_shared_between_pages(visit: Visit, address: str) -> None:
    visitor = visit(address)
    page = visitor.open(QUICK)
    quiz = Quiz(page)
    quiz.answer(LATER, "partly")
    quiz.answer("eval-regression-blocks", "yes")
    quiz.note(LATER, "Two rows lack an owner.")
    reload(page)
    assert quiz.answered(LATER) == "partly"
    assert quiz.question(LATER).locator("[data-field=note]").input_value() == (
        "Two rows lack an owner."
    )
    assert "2 of 12 answered" in quiz.head.inner_text()
    stage = Quiz(visitor.open(STAGE))
    assert stage.answered("eval-regression-blocks") == "yes"
    assert "1 of 38 answered" in stage.head.inner_text()


def test_a_note_typed_just_before_leaving_is_kept(visit: Visit, small_address: str) -> None:
    page = visit(small_address).open(SMALL)
    quiz = Quiz(page)
    question = quiz.question(ONE)
    question.locator("summary").click()
    question.locator("[data-field=note]").press_sequentially("half a sent")
    reload(page)
    assert quiz.question(ONE).locator("[data-field=note]").input_value() == "half a sent"


def test_not_applicable_asks_for_a_reason_and_lists_it(visit: Visit, small_stick: str) -> None:
    quiz = Quiz(visit(small_stick).open(SMALL))
    quiz.answer(ONE, "not-applicable")
    reason = quiz.question(ONE).locator("[data-field=reason]")
    assert reason.evaluate("field => field === document.activeElement")
    reason.fill("No data of our own.")
    reason.blur()
    quiz.settled()
    quiz.results.get_by_text("Left out because they do not apply").click()
    assert re.search(
        r"Left out because they do not apply\s+.*: No data of our own\.", quiz.settled()
    )
    quiz.answer(ONE, "no")
    assert reason.is_hidden()
    quiz.answer(ONE, "not-applicable")
    assert reason.input_value() == "No data of our own."


def test_unknown_is_counted_as_shut_and_a_cleared_answer_as_none(
    visit: Visit, small_stick: str
) -> None:
    quiz = Quiz(visit(small_stick).open(SMALL))
    quiz.answer("plan-kept", "unknown")
    assert "A plan is kept: I do not know (blocking)" in quiz.settled()
    quiz.question("plan-kept").get_by_role("button", name="Clear the answer").click()
    assert quiz.answered("plan-kept") is None
    assert "Answer the first question" in quiz.settled()
    assert quiz.stored()["answers"] == {}


def test_a_measure_is_asked_once_and_answers_its_gates(visit: Visit, stick: str) -> None:
    page = visit(stick).open(FULL)
    quiz = Quiz(page)
    assert page.locator("[data-measure='data-access-days']").count() == 1
    quiz.measure("data-access-days", "12")
    for gate in ("data-access-on-time", "data-self-service"):
        answered = "Days to access approved data is 12 working days, so the answer is:"
        expect(quiz.question(gate)).to_contain_text(answered)
    assert "2 of 110 answered" in quiz.head.inner_text()
    gate = "data-access-on-time"
    assert "the answer is: Partly." in quiz.shows(gate)
    quiz.answer(gate, "yes")
    assert "The answer you chose above counts instead." in quiz.shows(gate)


@pytest.mark.long
def test_the_plan_can_aim_at_a_later_stage(visit: Visit, stick: str) -> None:
    page = visit(stick).open(FULL)
    quiz = Quiz(page)
    quiz.answer("eval-regression-blocks", "no")
    assert "No play can be suggested yet" in quiz.settled()
    aim = page.get_by_label("Plan for")
    aim.focus()
    aim.select_option("repeatable")
    assert "The gate in CI" in quiz.settled()
    assert aim.evaluate("field => field === document.activeElement")


@pytest.mark.long
def test_a_stage_page_says_what_opens_its_gates(visit: Visit, stick: str) -> None:
    page = visit(stick).open(STAGE)
    quiz = Quiz(page)
    gates = page.locator("fieldset[data-gate]").evaluate_all("all => all.map(f => f.dataset.gate)")
    quiz.answer(gates[0], "yes")
    quiz.answer(gates[1], "no")
    assert f"1 of {len(gates)} gates on this page are met." in quiz.settled()
    plays = quiz.results.locator("a[href*='remediations/']")
    plays.first.click()
    assert "done when" in page.locator("article").inner_text().lower()


@pytest.mark.long
def test_two_kept_assessments_are_compared(visit: Visit, small_stick: str) -> None:
    page = visit(small_stick).open(SMALL)
    quiz = Quiz(page)
    panel = page.locator("#quiz-compare")
    quiz.answer(ONE, "no")
    scroll_to(panel)
    panel.get_by_text("You need two saved assessments").wait_for()
    page.get_by_role("button", name="New assessment").click()
    quiz.answer(ONE, "yes")
    scroll_to(panel)
    panel.get_by_role("button", name="Swap").wait_for()
    moved = panel.locator("li").filter(has_text="A drill is done")
    before = moved.inner_text()
    assert re.search(r": (now met: No → Yes|no longer met: Yes → No)$", before)
    panel.get_by_role("button", name="Swap").click()
    assert moved.inner_text() != before


def test_the_ladder_fills_as_one_answers(visit: Visit, small_stick: str) -> None:
    page = visit(small_stick).open(SMALL)
    quiz = Quiz(page)
    quiz.answer("plan-kept", "yes")
    quiz.settled()
    reached = page.locator(".sb-ladder .sb-reached").all_inner_texts()
    assert len(reached) == 2


def test_two_tabs_never_lose_each_others_answers(visit: Visit, small_address: str) -> None:
    visitor = visit(small_address)
    one, two = Quiz(visitor.open(SMALL)), Quiz(visitor.open(SMALL))
    one.answer(ONE, "yes")
    two.answer(TWO, "no")
    one.answer("plan-kept", "partly")
    for quiz in (one, two):
        quiz.page.wait_for_function(
            "() => document.querySelector('.sb-progress').textContent.startsWith('3 of 4')"
        )
        assert quiz.answered(ONE) == "yes"
        assert quiz.answered(TWO) == "no"
    assert len(one.stored()["answers"]) == 3


@pytest.mark.long
def test_quick_check_warns_that_it_proves_nothing(visit: Visit, stick: str) -> None:
    page = visit(stick).open(QUICK)
    quiz = Quiz(page)
    gates = page.locator("fieldset[data-gate]").evaluate_all("all => all.map(f => f.dataset.gate)")
    assert len(gates) == 12
    for gate in gates:
        quiz.answer(gate, "yes")
    shown = quiz.settled()
    assert "12 of 12 answered" in quiz.head.inner_text()
    assert "A few questions cannot prove what has been reached" in shown
    assert "Nothing here rules out Transformational" in shown
    quiz.answer("align-refresh-outpaces-decay", "no")
    shown = quiz.settled()
    assert "Not above Repeatable" in shown
    assert "This gate is not met: “Refreshes faster than decay”." in shown


BLOCK_STORAGE = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
});
"""


def test_without_storage_the_quiz_works_and_says_so(visit: Visit, stick: str) -> None:
    visitor = visit(stick)
    # The theme itself keeps its palette there; it must not be what fails.
    visitor.context.add_init_script(BLOCK_STORAGE)
    visitor.expect_errors = True
    quiz = Quiz(visitor.open(FULL))
    assert "does not let this page store anything" in quiz.head.inner_text()
    quiz.answer(FIRST, "no")
    assert "A list of every input: No" in quiz.settled()
    assert quiz.download()["answers"][FIRST]["answer"] == "no"
    assert not [error for error in visitor.errors if "stagebook" in error.lower()]


@pytest.mark.long
def test_full_storage_is_said_at_once(visit: Visit, small_stick: str) -> None:
    visitor = visit(small_stick)
    visitor.context.add_init_script(
        "Storage.prototype.setItem = () => "
        "{ throw new DOMException('The quota has been exceeded.', 'QuotaExceededError'); };"
    )
    visitor.expect_errors = True
    quiz = Quiz(visitor.open(SMALL))
    quiz.answer(ONE, "yes")
    assert "storage is full" in quiz.head.inner_text()
    assert quiz.download()["answers"][ONE]["answer"] == "yes"


@pytest.mark.long
def test_missing_data_is_said(visit: Visit, stick: str) -> None:
    visitor = visit(stick, expect_errors=True)
    visitor.context.route("**/assets/stagebook/ai-product.js", lambda route: route.abort())
    page = visitor.open(FULL, wait=False)
    page.get_by_text("The rubric’s data could not be loaded").wait_for()


def test_instant_navigation_starts_and_ends_quizzes(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with serve(tmp_path / "site") as published:
        # The theme navigates without loading only where the site knows its own address.
        folder = site_of(
            tmp_path,
            {"sample": SAMPLE.read_text(encoding="utf-8")},
            site_url=published,
            theme={"name": "material", "font": False, "features": ["navigation.instant"]},
            use_directory_urls=False,
        )
        (folder / "docs" / "index.md").write_text("# Home\n\n[Take it](sample/assessment.md)\n")
        built = mkdocs("build", cwd=folder)
        assert built.returncode == 0, built.stderr
        browse_instantly(visit(published))


def browse_instantly(visitor: Visitor) -> None:
    page = visitor.open("index.html")
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Take it").click()
    page.locator(".sb-live").wait_for()
    page.get_by_role("button", name="All on one page").click()
    Quiz(page).answer(ONE, "yes")
    page.go_back()
    page.get_by_role("link", name="Take it").wait_for()
    page.go_forward()
    page.locator(".sb-live").wait_for()
    assert page.evaluate("window.sameDocument"), "the theme loaded the page anew"
    quiz = Quiz(page)
    assert quiz.answered(ONE) == "yes"
    quiz.answer(TWO, "no")
    assert "2 of 4 answered" in quiz.head.inner_text()


@pytest.mark.long
def test_by_keyboard_alone(visit: Visit, stick: str) -> None:
    page = visit(stick).open(QUICK)
    quiz = Quiz(page)
    gate = page.locator("fieldset[data-gate]").first.get_attribute("data-gate") or ""
    page.locator("[data-about=role]").focus()
    for _ in range(20):  # Past the measures, to the first question.
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("type") == "radio":
            break
    assert quiz.answered(gate) is None
    page.keyboard.press("Space")
    first = quiz.answered(gate)
    page.keyboard.press("ArrowRight")
    assert first
    assert quiz.answered(gate) not in (None, first)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    quiz.question(gate).locator("[data-field=note]").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("By keyboard.")
    page.keyboard.press("Tab")
    page.wait_for_function("() => JSON.stringify(localStorage).includes('By keyboard.')")
    assert quiz.stored()["answers"][gate]["note"] == "By keyboard."


def test_a_rubric_of_another_shape_is_scored_too(visit: Visit, stick: str) -> None:
    other = load_rubric(ROOT / "rubrics" / "ml-test-score.yml").rubric
    said = given("ml-test-score")
    page = visit(stick).open("ml-test-score/assessment.html")
    quiz = Quiz(page)
    quiz.answer_all({gate: one["answer"] for gate, one in said["answers"].items()})
    expected = result_of(other, said)
    shown = quiz.settled()
    assert other.stages[expected["overall"]["stage"]["low"]].title in shown.splitlines()
    assert "The weakest dimension decides the stage, not an average." in shown
    number = display_score(expected["overall"]["low"], other.scoring)
    assert f"Score {number}" in shown
    assert "How each number is calculated" in shown


@pytest.mark.long
def test_storage_keys_of_rubrics_are_apart(visit: Visit, served: str) -> None:
    visitor = visit(served)
    Quiz(visitor.open(QUICK)).answer(SNAPSHOT, "yes")
    other = visitor.open("ml-test-score/assessment.html")
    assert "0 of 28 answered" in Quiz(other).head.inner_text()


def test_worksheet_without_javascript(visit: Visit, stick: str, tmp_path: Path) -> None:
    page = visit(stick, java_script_enabled=False).open(FULL, wait=False)
    assert "Without JavaScript, this page is a worksheet" in page.locator("article").inner_text()
    question = page.locator(f"fieldset[data-gate='{FIRST}']")
    page.emulate_media(media="print")
    for words in ("A list of every input", "Yes", "Partly", "No", "I do not know", "Note"):
        assert words in question.inner_text()
    question.get_by_role("radio", name="Partly").check()
    pdf = tmp_path / "worksheet.pdf"
    page.pdf(path=pdf)
    assert pdf.stat().st_size > 10_000


def test_the_finder_shows_what_is_asked_for(visit: Visit, stick: str, rubric: Rubric) -> None:
    page = visit(stick).open("ai-product/symptoms.html")
    finder = page.locator(".sb-finder")
    finder.get_by_label("Dimension").select_option("memory")
    shown = page.locator(".sb-symptom:visible")
    expected = [one for one in rubric.symptoms.values() if one.dimension in ("memory", None)]
    assert shown.count() == len(expected)
    assert finder.get_by_role("status").inner_text() == f"{len(expected)} of 45 symptoms shown."
    finder.get_by_label("Kind").select_option("stuck")
    assert shown.count() == sum(one.kind == "stuck" for one in expected)
    finder.get_by_label("Stage").select_option("transformational")
    finder.get_by_label("Dimension").select_option("")
    for symptom in shown.all():
        assert "transformational" in (symptom.get_attribute("data-stages") or "")
    finder.get_by_label("Stage").select_option("")
    finder.get_by_label("Kind").select_option("")
    assert shown.count() == 45


def press(page: Page, target: Locator, meanwhile: Callable[[], object]) -> None:
    """Press on something, as slowly as people do."""
    scroll_to(target)
    box = target.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    meanwhile()
    page.wait_for_timeout(150)
    page.mouse.up()


def test_a_press_meets_its_target_where_the_result_is_drawn_anew(visit: Visit, stick: str) -> None:
    page = visit(stick).open(STAGE)
    quiz = Quiz(page)
    gates = page.locator("fieldset[data-gate]").evaluate_all("all => all.map(f => f.dataset.gate)")
    quiz.answer(gates[0], "yes")
    quiz.settled()
    other = quiz.question(gates[1]).locator("input[value=no]")
    change = (
        "one => { one.checked = true; one.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    link = quiz.results.get_by_role("link", name="Take the full assessment")
    press(page, link, lambda: other.evaluate(change))
    page.wait_for_url("**/assessment.html*")


@pytest.mark.long
def test_a_press_meets_its_target_below_a_number_that_is_not_understood(
    visit: Visit, stick: str
) -> None:
    page = visit(stick).open(FULL, one=True)
    go_on = page.get_by_role("button", name="Continue")
    while not page.locator(".sb-current [data-measure]").count():
        go_on.click()
    here = page.locator(".sb-current").get_attribute("id")
    page.locator(".sb-current [data-measure]").press_sequentially("2e")
    page.wait_for_timeout(600)  # A second click at once would count as one with the first.
    press(page, go_on, lambda: None)
    assert page.locator(".sb-current").get_attribute("id") != here
    expect(page.get_by_text("“2e” cannot be read").first).to_be_attached()


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 390])
def test_questions_that_are_not_yet_drawn_take_about_their_place(
    visit: Visit, stick: str, width: int
) -> None:
    """Else a page that is scrolled to its end jumps by the difference, under the pointer."""
    page = visit(stick, width=width).open(FULL)
    guessed, real = page.evaluate(
        """() => ["auto", "visible"].map((visibility) => {
             const all = [...document.querySelectorAll(".sb-question")].slice(-60);
             for (const one of all) one.style.contentVisibility = visibility;
             return all.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
           })"""
    )
    assert 0.85 < guessed / real < 1.15
