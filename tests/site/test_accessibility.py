"""Every kind of page: readable by all, in both palettes, at any width, without another host."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe import COLOURS, TAGS, axe, keep_few_questions, keep_few_rows, paint, show_all
from browser import Quiz, Visitor
from building import mkdocs, site_of
from folders import GOOD, ROOT
from marks import others_long

pytestmark = pytest.mark.browser

PAGES = [
    "index.html",
    "gallery.html",
    "method/scoring.html",
    "guides/findings.html",
    "ai-product/index.html",
    "ai-product/stages/repeatable.html",
    "ai-product/dimensions/memory.html",
    "ai-product/gates.html",
    "ai-product/symptoms.html",
    "ai-product/remediations/index.html",
    "ai-product/remediations/deletion-drill.html",
    "ai-product/protocols.html",
    "ai-product/quick-check.html",
    "ai-product/crosswalk.html",
    "ai-product/sources.html",
    "ai-product/glossary.html",
    "ai-product/downloads.html",
    "ai-product/changes.html",
    "de/ai-product/index.html",
    "de/ai-product/dimensions/evaluation.html",
    "ml-test-score/index.html",
    "ml-test-score/assessment.html",
]
ANSWERED = "ai-product/assessment.html"
DARK = [
    "index.html",
    "guides/findings.html",
    "ai-product/index.html",
    "ai-product/gates.html",
    "ai-product/stages/repeatable.html",
    "ai-product/symptoms.html",
    "ai-product/remediations/deletion-drill.html",
    "ai-product/sources.html",
    ANSWERED,
]
"""Pages that show each part with a colour of its own once: only colours differ in the dark."""
MAIN = [
    "index.html",
    "ai-product/stages/repeatable.html",
    "ai-product/symptoms.html",
    "ai-product/remediations/deletion-drill.html",
    "ai-product/quick-check.html",
]
"""A page of each main kind."""
WIDE = ["index.html", "ai-product/index.html", "ai-product/stages/repeatable.html", ANSWERED]
Visit = Callable[..., Visitor]

THEME_VIOLATIONS = {
    "aria-dialog-name": {".md-search"},
    "label-content-name-mismatch": {".md-footer__link"},
    "landmark-unique": {"nav[aria-labelledby="},
    "color-contrast": {".nt", ".nv"},
}
"""What axe finds in Material's own parts, by rule: the search, the footer, the navigation, and the
colours of code in the dark palette."""


def said_of(path: str, violations: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong in our parts, in words."""
    wrong = []
    for violation in violations:
        allowed = THEME_VIOLATIONS.get(violation["id"], set())
        for node in violation["nodes"]:
            target = json.dumps(node["target"])
            if not any(part in target for part in allowed):
                wrong.append(f"{path}: {violation['id']}: {target}: {node['failureSummary']}")
    return wrong


def inspect(visitor: Visitor, path: str) -> list[str]:
    """Return what axe finds on a page; its widths and its headings must be right as well."""
    page = visitor.open(path)
    if path == ANSWERED:
        text = (ROOT / "tests" / "assessments" / "ai-product.json").read_text(encoding="utf-8")
        quiz = Quiz(page)
        quiz.load(text)
        quiz.settled()
    show_all(page)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, path
    page.set_viewport_size({"width": 1280, "height": 900})
    keep_few_questions(page)
    keep_few_rows(page)
    # What stands around the article is the theme's, and the same everywhere.
    part = "html" if path == "index.html" else "article"
    paint(page, "light")  # The theme's tabs fade in where there is room for them again.
    found = axe(page, part, TAGS)
    levels = (
        page.locator("article")
        .locator("h1, h2, h3, h4, h5, h6, [role=heading]")
        .evaluate_all("all => all.map(h => Number(h.ariaLevel ?? h.tagName[1]))")
    )
    assert levels[0] == 1, path
    assert all(b <= a + 1 for a, b in pairwise(levels)), (path, levels)
    if path in DARK:
        paint(page, "dark")
        found += axe(page, part, COLOURS)
    if path in WIDE:
        page.set_viewport_size({"width": 640, "height": 900})
        larger = (
            "() => document.documentElement.style.setProperty('font-size', '200%', 'important')"
        )
        page.evaluate(larger)  # The policy of the page allows no new style elements.
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 640, path
    return said_of(path, found)


@pytest.mark.parametrize(
    "path",
    others_long([*PAGES, ANSWERED], MAIN),
)
def test_a_page_is_sound_at_any_width(visit: Visit, stick: str, path: str) -> None:
    assert inspect(visit(stick), path) == []


def test_axe_finds_nothing_at_any_step_of_the_quiz(
    visit: Visit, stick: str, tmp_path: Path
) -> None:
    page = visit(stick, width=390).open(ANSWERED, one=True)
    quiz = Quiz(page)
    text = (ROOT / "tests" / "assessments" / "ai-product.json").read_text(encoding="utf-8")
    for number, role in enumerate(("leader", "practitioner")):
        file = json.loads(text)
        file |= {"respondent": role, "role": role, "date": f"2026-1{number}-01"}
        file["answers"]["data-input-inventory"] = {"answer": ["no", "yes"][number], "flag": True}
        file["rubric"]["version"] = "0.9.0"
        (tmp_path / f"{role}.json").write_text(json.dumps(file), encoding="utf-8")
        quiz.load(json.dumps(file), f"{role}.json")
    keep_few_questions(page)
    wrong = []
    steps = ["quiz-begin", "m-data-access-days", "q-data-input-inventory", "q-data-access-on-time"]
    steps += ["quiz-symptoms", "quiz-check", "result"]
    for step in [*steps, "quiz-assessments", "quiz-compare", "quiz-team"]:
        page.goto(f"{page.url.split('#')[0]}#{step}")
        if step.startswith("q-"):
            page.locator(f"#{step} .sb-note").evaluate("note => (note.open = true)")
            page.locator(f"#{step}").get_by_role("button", name="Add evidence").click()
        if step == "quiz-team":
            page.locator("#quiz-team input[type=file]").set_input_files(
                [tmp_path / "leader.json", tmp_path / "practitioner.json"]
            )
            page.get_by_text("2 assessments added").wait_for()
        page.locator(f"#{step}:not([aria-busy])").wait_for()
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => (d.open = true))")
        part = ".sb-quiz" if step == "quiz-begin" else f"#{step}"
        wrong += said_of(step, axe(page, part, TAGS))
        paint(page, "dark")
        wrong += said_of(step, axe(page, part, COLOURS))
        paint(page, "light")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390, step
    assert wrong == []


def test_targets_are_large_enough_and_choices_show_in_forced_colours(
    visit: Visit, stick: str
) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 px for what is not a link in a sentence."""
    page = visit(stick, width=390).open(ANSWERED)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
             '.sb-quiz :is(button, select, summary, .sb-choices label, .sb-symptoms label)')]
           .filter((one) => one.checkVisibility())
           .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
           .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
           .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    )
    assert small == []
    page.emulate_media(forced_colors="active")
    quiz = Quiz(page)
    quiz.answer("data-input-inventory", "yes")
    quiz.settled()
    radio = quiz.question("data-input-inventory").locator("input:checked")
    assert radio.is_visible()
    bar = page.locator(".sb-bar").first
    assert bar.evaluate("bar => getComputedStyle(bar).borderTopStyle") == "solid"


def large() -> str:
    """Return a model with 200 gates in 40 dimensions and 5 stages, as YAML."""
    stages = ("Ad hoc", "Opportunistic", "Repeatable", "Managed", "Optimised")
    gates = {
        f"g{n}-{m}": {
            "dimension": f"d{n}",
            "stage": f"s{2 + m % 4}",
            "code": f"D{n}-{m}",
            "title": f"Thing {m} of area {n} is there",
            "test": "The record of it has a date of this month.",
        }
        for n in range(40)
        for m in range(5)
    }
    model = {
        "format": "stagebook/1",
        "id": "large",
        "title": "Large",
        "version": "1.0.0",
        "summary": "A model that is larger than most.",
        "stages": {
            f"s{level}": {"level": level, "title": title, "summary": "One sentence about it."}
            for level, title in enumerate(stages, 1)
        },
        "dimensions": {f"d{n}": {"title": f"Capability area number {n}"} for n in range(40)},
        "gates": gates,
    }
    return yaml.safe_dump(model, sort_keys=False)


@pytest.mark.long
def test_models_of_other_shapes_are_sound_and_short(visit: Visit, tmp_path: Path) -> None:
    shapes = (GOOD / "shapes.yml").read_text(encoding="utf-8")
    folder = site_of(tmp_path, {"large": large(), "shapes": shapes}, use_directory_urls=False)
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
    visitor = visit(f"{(folder / 'site').as_uri()}/")
    page = visitor.open("large/index.html")
    assert page.evaluate("() => document.documentElement.scrollHeight") <= 2500
    page = visitor.open("large/gates.html")
    rows, finder = page.locator("tbody tr:visible"), page.locator(".sb-finder")
    finder.get_by_label("Search").fill("d7-  THING")
    assert rows.count() == 5
    finder.get_by_label("Stage").select_option("s2")
    assert rows.locator("td:first-child").all_inner_texts() == ["D7-0", "D7-4"]
    assert finder.get_by_role("status").inner_text() == "2 of 200 gates shown."
    finder.get_by_label("Search").fill("")
    finder.get_by_label("Dimension").select_option("d3")
    assert rows.count() == 2
    wrong = []
    for path in ("index", "dimensions/craft", "groups/work", "gates", "crosswalk"):
        page = visitor.open(f"shapes/{path}.html")
        show_all(page)
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => (d.open = true))")
        wrong += said_of(path, axe(page, "article", TAGS))
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, path
    assert wrong == []
