"""Pictures and comparisons in a page of their own, as people see them."""

from __future__ import annotations

import copy
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe import COLOURS, TAGS, axe
from browser import Visitor
from bundle import QUIZ, npm_script, part_of_page
from folders import ROOT
from playwright.sync_api import Locator, Page
from scored import whole
from stagebook.files.rubrics import load_rubric
from stagebook.i18n import quiz_words
from stagebook.rubric.model import Rubric
from stagebook.site.quiz_data import quiz_data

pytestmark = pytest.mark.browser

SCRIPT = """
import { Comparison } from "./parts/comparison.js";
import { Names } from "./render/names.js";
import { Pages } from "./render/pages.js";
import { findTops } from "./render/scale.js";
import { Conclusions } from "./parts/conclusions.js";
import { Results } from "./parts/results.js";
import { Scorer } from "./scoring/scorer.js";
import { wordsFor } from "./render/words.js";

const { data, saved } = globalThis.given;
const t = wordsFor(data);
const scorer = new Scorer(data);
const names = new Names(data, new Pages("index.html"), t, findTops(scorer));
const results = new Results(scorer, names);
const conclusions = new Conclusions(scorer, names, { draw: () => [] });
const comparison = new Comparison(
  document.querySelector("#comparison"), scorer, names, () => saved,
);
const [{ assessment }] = saved;
const draw = () => {
  const place = document.querySelector("#result");
  const result = scorer.score(assessment);
  const drawn = conclusions.draw(assessment, result, "assessment");
  results.draw(place, assessment, result, "assessment", drawn);
  comparison.draw();
};
Object.assign(globalThis, { draw, saved });
draw();
"""
PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><title>Pictures</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{styles}</style>
<body class="md-typeset"><main><h1>Pictures</h1>
<section class="sb-quiz sb-results"><h2>Result</h2><div id="result"></div></section>
<section class="sb-quiz sb-results"><h2>Comparison</h2><div id="comparison">{form}</div></section>
</main><script>globalThis.given = {given}</script><script src="script.js"></script></body></html>
"""
AI_PRODUCT = load_rubric(ROOT / "rubrics" / "ai-product.yml").rubric
ML_TEST_SCORE = load_rubric(ROOT / "rubrics" / "ml-test-score.yml").rubric
Draw = Callable[..., Page]


def answers_to(rubric: Rubric) -> dict[str, Any]:
    path = ROOT / "tests" / "assessments" / f"{rubric.id}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundle the script and the styles of the page."""
    folder = tmp_path_factory.mktemp("pictures")
    entry = folder / "entry.js"
    entry.write_text(SCRIPT.replace('"./', f'"{QUIZ.as_posix()}/'), encoding="utf-8")
    npm_script("esbuild", str(entry), "--bundle", "--format=iife", f"--outfile={folder}/script.js")
    styles = ("styles/index.css", "styles/single.css")
    npm_script("esbuild", *styles, "--bundle", f"--outdir={folder}")
    return folder


@pytest.fixture
def draw(visit: Callable[..., Visitor], folder: Path) -> Draw:
    """Return a function that opens a page with assessments of a rubric, the first one as result."""

    def make(rubric: Rubric, *said: dict[str, Any], language: str = "en", **options: Any) -> Page:
        data = {**quiz_data(rubric), "language": language, "words": quiz_words(language)}
        saved = [{"id": f"id-{index}", "assessment": one} for index, one in enumerate(said)]
        given = json.dumps({"data": data, "saved": saved}).replace("<", "\\u003c")
        styles = "".join(
            (folder / f"{name}.css").read_text("utf-8") for name in ("single", "index")
        )
        said_in = rubric.model_copy(update={"language": language})
        form = part_of_page("compare.jinja", "compare", said_in)
        html = PAGE.format(language=language, styles=styles, form=form, given=given)
        (folder / "index.html").write_text(html, "utf-8")
        return visit(f"{folder.as_uri()}/", **options).open("index.html")

    return make


def rounds() -> list[dict[str, Any]]:
    """Return three rounds of one product, the oldest first, the newest not finished."""
    now = answers_to(AI_PRODUCT)
    before, after = copy.deepcopy(now), copy.deepcopy(now)
    before["date"] = "2026-05-20"
    before["symptoms"] = [next(iter(AI_PRODUCT.symptoms))]
    before["measures"] = {"data-access-days": 30}
    before["answers"]["data-shared-store"] = {"answer": "no"}
    before["answers"]["mem-decision-written"] = {"answer": "no"}
    after["date"] = "2027-02-01"
    after["rubric"]["version"] = "2.1.0"
    after["measures"] = {"data-access-days": 8}
    del after["answers"]["data-shared-store"]
    after["answers"]["mem-see-correct-delete"] = {"answer": "yes"}
    after["answers"]["people-second-driver"] = {"answer": "yes"}
    return [before, now, after]


def texts(found: Locator) -> list[str]:
    return [" ".join(one.split()) for one in found.all_inner_texts()]


@pytest.mark.long
def test_heat_has_a_number_for_every_cell(draw: Draw) -> None:
    page = draw(AI_PRODUCT, answers_to(AI_PRODUCT))
    heat = page.locator("table.sb-heat")
    assert texts(heat.locator("thead th")) == [
        *("Dimension", "Opportunistic", "Repeatable", "Scaled", "Transformational"),
    ]
    row = heat.get_by_role("row").filter(has_text="Memory")
    assert texts(row.locator("td")) == ["100%", "50%", "13%", "25%"]
    steps = [cell.get_attribute("data-step") for cell in row.locator("td > span").all()]
    assert steps == ["5", "3", "1", "2"]
    assert row.get_by_role("link").get_attribute("href") == "dimensions/memory.html"
    assert heat.locator("tbody tr").count() == len(AI_PRODUCT.dimensions)


@pytest.mark.long
def test_heat_of_a_bonus_that_is_met_is_full(draw: Draw) -> None:
    gates = {"a": {"stage": "s2"}, "k": {"stage": "s3", "bonus": True}}
    rubric = whole({"stages": {"s1": 1, "s2": 2, "s3": 3}, "gates": gates})
    page = draw(rubric, {"answers": {"a": {"answer": "yes"}, "k": {"answer": "yes"}}})
    assert texts(page.locator(".sb-heat tbody td")) == ["100%", "100%"]


@pytest.mark.long
def test_heat_says_what_missing_answers_allow_and_what_is_not_answered(draw: Draw) -> None:
    said = answers_to(AI_PRODUCT)
    gates = {id_ for id_, gate in AI_PRODUCT.gates.items() if gate.dimension == "memory"}
    stages = {id_: AI_PRODUCT.gates[id_].stage for id_ in gates}
    for id_ in gates:
        if stages[id_] == "scaled":
            said["answers"].pop(id_, None)
    del said["answers"]["mem-decision-written"]
    row = draw(AI_PRODUCT, said).locator(".sb-heat tr").filter(has_text="Memory")
    cells = texts(row.locator("td"))
    assert cells[0].startswith("100%")
    assert cells[0].endswith("50 to 100")
    assert cells[2] == "–"


@pytest.mark.long
def test_sums_are_shown_as_a_share_of_what_the_cell_can_give(draw: Draw) -> None:
    gate = {"dimension": "d", "title": "G", "test": "T."}
    rubric = Rubric.model_validate(
        {
            **{"format": "stagebook/1", "id": "sums", "title": "Sums", "version": "1.0.0"},
            "stages": {
                id_: {"level": level, "title": id_} for level, id_ in enumerate(("o", "p", "q"))
            },
            "dimensions": {"d": {"title": "D"}, "e": {"title": "E"}},
            "scales": {"s": {str(n): {"label": str(n), "score": n} for n in range(4)}},
            "gates": {
                **{id_: {**gate, "scale": "s", "stage": "p"} for id_ in ("a", "b")},
                "c": {**gate, "scale": "s", "stage": "q"},
                "x": {**gate, "scale": "s", "stage": "p", "dimension": "e"},
            },
            "scoring": {"dimension": "sum", "cell": "sum"},
        }
    )
    said = {id_: {"answer": answer} for id_, answer in (("a", "3"), ("b", "1"), ("x", "3"))}
    header = {"format": "stagebook-assessment/1", "rubric": {"id": "sums", "version": "1.0.0"}}
    page = draw(rubric, {**header, "answers": said})
    rows = page.locator(".sb-heat tbody tr")
    assert texts(rows.nth(0).locator("td")) == ["67%", "–"]
    assert texts(rows.nth(1).locator("td")) == ["100%", ""]
    assert page.locator("#result svg, #result summary:text('picture')").count() == 0


@pytest.mark.long
def test_no_heat_where_there_is_one_column(draw: Draw) -> None:
    page = draw(ML_TEST_SCORE, answers_to(ML_TEST_SCORE))
    assert page.locator("#result .sb-dimensions").count() == 1
    assert page.locator(".sb-heat").count() == 0


def test_radar_has_its_numbers_beside_it_and_stays_open(draw: Draw) -> None:
    page = draw(AI_PRODUCT, answers_to(AI_PRODUCT))
    picture = page.get_by_role("img", name="The dimensions as a chart")
    assert picture.count() == 0
    page.get_by_text("The dimensions as a chart").click()
    numbers = texts(page.locator("svg + ol > li"))
    assert numbers[1] == "Memory & user context: 2.50 of 5"
    assert picture.locator("text").all_text_contents() == [str(n + 1) for n in range(len(numbers))]
    # From the floor, 1, in the centre to the top, 5, which is 100 away.
    line = picture.locator(".sb-line").get_attribute("d") or ""
    x, y = (float(part) for part in line[1:-1].split("L")[1].split(","))
    assert math.hypot(x, y) == pytest.approx(37.5)
    page.evaluate("draw()")
    assert picture.is_visible()


@pytest.mark.long
def test_the_radar_leaves_out_what_does_not_apply(draw: Draw) -> None:
    said = answers_to(AI_PRODUCT)
    memory = [id_ for id_, gate in AI_PRODUCT.gates.items() if gate.dimension == "memory"]
    said["answers"] |= {id_: {"answer": "not-applicable", "reason": "None."} for id_ in memory}
    page = draw(AI_PRODUCT, said)
    page.get_by_text("The dimensions as a chart").click()
    numbers = texts(page.locator("svg + ol > li"))
    assert len(numbers) == len(AI_PRODUCT.dimensions) - 1
    assert not any(one.startswith("Memory") or one.endswith("–") for one in numbers)
    picture = page.get_by_role("img", name="The dimensions as a chart")
    assert picture.locator("text").all_text_contents() == [str(n + 1) for n in range(len(numbers))]


@pytest.mark.long
def test_bars_show_what_is_reached_and_what_is_still_possible(draw: Draw) -> None:
    said = answers_to(AI_PRODUCT)
    del said["answers"]["mem-decision-written"]
    row = draw(AI_PRODUCT, said).locator("#result .sb-dimensions tr").filter(has_text="Memory")
    assert re.search(r"^Memory .* 2\.50 of 5 \(1\.\d\d to 2\.50\) Opportunistic$", texts(row)[0])
    shares = row.locator(".sb-bar").evaluate(
        "bar => ['low', 'known', 'high'].map(n => +bar.style.getPropertyValue('--' + n))"
    )
    assert shares[0] < shares[1] == shares[2] == pytest.approx(0.375)


@pytest.mark.long
def test_result_says_coverage_and_puts_belief_under_the_headline(draw: Draw) -> None:
    page = draw(AI_PRODUCT, answers_to(AI_PRODUCT))
    lines = texts(page.locator("#result > p:visible"))
    assert lines[0] == "Opportunistic"
    assert lines[1].startswith("You believed that you were at Scaled: 2 stages above")
    assert lines[2].startswith("What decides: Repeatable in Memory & user context needs “See")
    assert lines[3] == "What to do first: Second driver (Engineering manager, 1 to 2 weeks)."
    assert any(line.startswith("107 of 110 gates answered, 1 of them with “I do") for line in lines)
    assert texts(page.locator(".sb-rungs [aria-current]")) == ["Opportunistic You are here"]


def test_two_are_needed_to_compare(draw: Draw) -> None:
    page = draw(AI_PRODUCT, rounds()[0])
    assert "You need two saved assessments" in page.locator("#comparison").inner_text()
    page.evaluate("saved.push({id: 'more', assessment: saved[0].assessment}); draw()")
    assert page.get_by_label("Compare").count() == 1


@pytest.mark.long
def test_comparison_says_what_moved(draw: Draw) -> None:
    changes = {
        "2.1.0": {"notes": ["Memory is stricter."]},
        "2.0.0": {"notes": ["First published."]},
    }
    rubric = AI_PRODUCT.model_copy(update={"version": "2.1.0"})
    rubric = Rubric.model_validate({**rubric.model_dump(by_alias=True), "changes": changes})
    page = draw(rubric, *rounds())
    before, after = page.get_by_label("Compare"), page.get_by_label("with")
    assert texts(before.locator("option"))[0] == "Checkout assistant, 2026-05-20"
    assert (before.input_value(), after.input_value()) == ("id-1", "id-2")
    before.select_option("id-0")
    found = page.locator("#comparison")
    said = found.inner_text()
    assert "current rubric" in said
    table = found.locator(".sb-rounds").first
    assert texts(table.locator("thead th"))[1:3] == [
        "Before Checkout assistant, 2026-05-20",
        "After Checkout assistant, 2027-02-01",
    ]
    memory = table.get_by_role("row").filter(has_text="Memory")
    [was, now, moved] = texts(memory.locator("td"))
    assert was == "1.50 of 5 Experimental"
    assert now == "2.67 of 5 Opportunistic"
    assert moved == "↑ up 1.17"
    gates = texts(found.locator(".sb-subtitle:text('Answers that differ') + div li"))
    assert any(one.endswith(": now met: No → Yes") for one in gates)
    assert any(one.endswith(": no longer answered: No → not answered yet") for one in gates)
    symptom = next(iter(quiz_data(AI_PRODUCT)["symptoms"]))["observation"]
    symptoms = texts(found.locator(".sb-subtitle:text('Symptoms') + div li"))
    assert symptoms[0] == f"gone: {symptom}"
    assert [one.split(": ")[0] for one in symptoms[1:]] == ["new", "new"]
    unit = AI_PRODUCT.measures["data-access-days"].unit
    assert f"30 → 8 {unit}" in found.locator(".sb-subtitle:text('Numbers') + div").inner_text()
    story = found.locator(".sb-subtitle:text('What changed in the rubric') + div").inner_text()
    assert "Answered with version 2.0.0, then with version 2.1.0." in story
    assert "Memory is stricter." in story
    assert "First published." not in story


@pytest.mark.long
def test_swapping_and_drawing_again_keep_the_choice_and_the_focus(draw: Draw) -> None:
    page = draw(AI_PRODUCT, *rounds())
    headline = page.locator("#comparison .sb-headline")
    assert headline.inner_text() == "Overall ↑ up 0.17"
    page.get_by_role("button", name="Swap").click()
    assert headline.inner_text() == "Overall ↓ down 0.17"
    page.get_by_label("with").focus()
    page.evaluate("draw()")
    assert headline.inner_text() == "Overall ↓ down 0.17"
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.get_by_label("Compare").select_option("id-1")
    page.get_by_label("with").select_option("id-1")
    assert headline.inner_text() == "Overall same"
    assert "No answers differ." in page.locator("#comparison").inner_text()


def test_trend_lines_up_the_rounds_of_a_subject(draw: Draw) -> None:
    other = {**rounds()[0], "subject": "Another product", "date": "2026-08-01"}
    page = draw(AI_PRODUCT, *reversed(rounds()), other)
    rows = page.locator("#comparison .sb-rounds").nth(1).locator("tbody tr")
    assert texts(rows) == [
        "Checkout assistant, 2026-05-20 1.50 of 5 Experimental 107 of 110",
        "Checkout assistant, 2026-11-23 2.50 of 5 Opportunistic 107 of 110 ↑ up 1.00",
        "Checkout assistant, 2027-02-01 2.67 of 5 Opportunistic 106 of 110 ↑ up 0.17",
    ]
    chart = page.get_by_role("img", name="Over time")
    assert [x for x, _ in places(chart)] == sorted(x for x, _ in places(chart))
    [(first, low), (second, middle), (third, high)] = places(chart)
    # 187 days, then 70; higher is better.
    assert (second - first) / (third - first) == pytest.approx(187 / 257)
    assert (low - middle) / (middle - high) == pytest.approx(1.00 / 0.17, rel=0.1)
    assert chart.locator("text").all_text_contents()[-2:] == ["2026-05-20", "2027-02-01"]
    assert "Scaled" in chart.locator("text").all_text_contents()
    page.get_by_label("with").select_option("id-3")
    assert rows.count() == 1
    assert len(places(chart)) == 1


def places(chart: Locator) -> list[tuple[float, float]]:
    """Return where the points of a chart are."""
    dots = chart.locator(".sb-dot").get_attribute("d") or ""
    return [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+),([\d.]+)h0", dots)]


@pytest.mark.long
def test_what_has_no_date_stands_in_the_table_alone(draw: Draw) -> None:
    undated = {key: value for key, value in rounds()[0].items() if key != "date"}
    page = draw(AI_PRODUCT, rounds()[1], undated)
    rows = page.locator("#comparison .sb-rounds").nth(1).locator("tbody tr")
    assert texts(rows)[1].startswith("Checkout assistant, no date 1.50")
    assert len(places(page.get_by_role("img", name="Over time"))) == 1


LOOKS: list[dict[str, Any]] = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "light", "forced_colors": "active"},
]


@pytest.mark.long
def test_all_of_it_can_be_read(draw: Draw) -> None:
    page = draw(AI_PRODUCT, *reversed(rounds()), language="de")
    for summary in page.locator("summary").all():
        summary.click()
    wrong = []
    for look in LOOKS:
        page.emulate_media(**look)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.locator("#result svg").is_visible()
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width
            found = axe(page, "html", TAGS if look is LOOKS[0] else COLOURS)
            wrong += [
                (look, width, one["id"], node["html"]) for one in found for node in one["nodes"]
            ]
    assert wrong == []


@pytest.mark.long
def test_a_result_of_many_gates_is_short_until_it_is_unfolded(draw: Draw) -> None:
    answers = ("none", "some", "most", "all")
    gates = {
        f"g{n}": {"dimension": f"d{n // 5}", "title": f"Practice {n} is as agreed", "test": "T."}
        for n in range(200)
    }
    rubric = Rubric.model_validate(
        {
            **{"format": "stagebook/1", "id": "many", "title": "Many", "version": "1.0.0"},
            "scales": {"s": {id_: {"label": id_, "score": n} for n, id_ in enumerate(answers)}},
            "dimensions": {f"d{n}": {"title": f"Area of work {n}"} for n in range(40)},
            "gates": gates,
            "scoring": {"dimension": "mean", "overall": {"by": "mean"}, "decimals": 1},
        }
    )
    said = {id_: {"answer": answers[n % 3]} for n, id_ in enumerate(gates)}
    header = {"format": "stagebook-assessment/1", "rubric": {"id": "many", "version": "1.0.0"}}
    page = draw(rubric, {**header, "answers": said})
    page.set_viewport_size({"width": 1280, "height": 900})
    box = page.locator("#result").bounding_box()
    assert box is not None
    assert box["height"] < 2600, "3,000 with its title and the buttons below"
    shown = page.locator("#result li:visible")
    assert shown.count() <= 5 * (1 + 2) + 5
    for more in page.locator("#result details:not(.sb-about) > summary").all():
        more.evaluate("summary => { summary.parentElement.open = true; }")
    everything = page.locator("#result :is(ul, ol) li:has(> a):visible")
    assert everything.count() == 200 + 200, "what lowers the score, and what to meet"
