"""`assess.html`: the whole assessment in one file that can make no connection."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe import COLOURS, TAGS, axe, keep_few_questions, paint, show_all
from browser import Quiz, Visitor, serve
from click.testing import CliRunner
from folders import ROOT
from stagebook.cli import main
from stagebook.files.rubrics import load_rubric
from stagebook.site import single_file

pytestmark = pytest.mark.browser

RUBRIC = ROOT / "rubrics" / "ai-product.yml"
ASSESSMENT = ROOT / "tests" / "assessments" / "ai-product.json"
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a stick with one file on it."""
    folder = tmp_path_factory.mktemp("stick")
    path = folder / "assess.html"
    result = CliRunner().invoke(main, ["assess", str(RUBRIC), "-o", str(path)])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(params=[pytest.param("http", marks=pytest.mark.long), "file"])
def place(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"{folder.as_uri()}/"
    else:
        with serve(folder) as address:
            yield address


@pytest.mark.long
def test_the_file_is_the_one_that_the_site_offers(folder: Path, built: Path) -> None:
    offered = (built / "ai-product" / "assess.html").read_bytes()
    assert (folder / "assess.html").read_bytes() == offered
    for page in ("assessment", "quick-check", "stages/repeatable"):
        text = (built / "ai-product" / f"{page}.html").read_text(encoding="utf-8")
        assert re.search(r'href="(\.\./)?assess\.html"', text), page


@pytest.mark.long
def test_the_file_loads_nothing(folder: Path) -> None:
    """How small, `test_pages_are_light` knows of the file that the site offers."""
    text = (folder / "assess.html").read_text(encoding="utf-8")
    assert not re.findall(r"<(?:link|img|iframe)\b|\ssrc=|@import|url\(", text)
    assert "default-src 'none'" in text


DEAD_LINKS = """() => [...document.querySelectorAll("a[href^='#']:not(.sb-root)")]
  .map((one) => decodeURIComponent(one.hash.slice(1)))
  .filter((id) => !document.getElementById(id))"""


def test_it_scores_and_keeps_answers_and_shows_the_plan(visit: Visit, place: str) -> None:
    visitor = visit(place)
    page = visitor.open("assess.html")
    quiz = Quiz(page)
    quiz.load(ASSESSMENT.read_text(encoding="utf-8"))
    shown = quiz.settled()
    assert "Opportunistic" in shown.splitlines()
    assert page.evaluate(DEAD_LINKS) == []
    play = quiz.results.locator("ol > li a").first
    title = play.inner_text()
    play.click()
    target = page.locator(":target")
    assert title in target.inner_text()
    assert "Done when:" in target.inner_text()
    page.reload()
    page.locator(".sb-live").wait_for()
    assert "105 of 110 answered" not in quiz.head.inner_text()
    assert "107 of 110 answered" in quiz.head.inner_text()
    said = json.loads(ASSESSMENT.read_text(encoding="utf-8"))
    assert quiz.download()["answers"].keys() == said["answers"].keys()


def test_its_policy_forbids_any_connection(visit: Visit, small_address: str) -> None:
    visitor = visit(small_address, expect_errors=True)
    page = visitor.open("assess.html")
    refused = page.evaluate(
        """() => Promise.all([
             fetch("https://example.org/").then(() => "sent", () => "refused"),
             new Promise((done) => {
               const image = new Image();
               image.onload = () => done("sent");
               image.onerror = () => done("refused");
               image.src = "https://example.org/x.png";
             }),
             new Promise((done) => {
               const script = document.createElement("script");
               script.textContent = "window.ran = true";
               document.body.append(script);
               done(window.ran ? "ran" : "refused");
             }),
           ])"""
    )
    assert refused == ["refused"] * 3


@pytest.mark.long
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_screen(
    visit: Visit, folder: Path
) -> None:
    page = visit(f"{folder.as_uri()}/", width=320).open("assess.html")
    quiz = Quiz(page)
    quiz.load(ASSESSMENT.read_text(encoding="utf-8"))
    quiz.settled()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 390, "height": 900})
    keep_few_questions(page)
    show_all(page)
    found = axe(page, "html", TAGS)
    paint(page, "dark")
    found += axe(page, "html", COLOURS)
    assert [(one["id"], node["html"]) for one in found for node in one["nodes"]] == []


def test_a_german_rubric_makes_a_german_file(visit: Visit, tmp_path: Path) -> None:
    rubric = load_rubric(ROOT / "tests" / "rubrics" / "good" / "sample.yml").rubric
    german = rubric.model_copy(update={"language": "de"})
    (tmp_path / "assess.html").write_text(single_file(german), encoding="utf-8")
    page = visit(f"{tmp_path.as_uri()}/", locale="de-DE").open("assess.html")
    quiz = Quiz(page)
    gate = next(iter(rubric.gates))
    quiz.answer(gate, "not-applicable")
    assert "Ausgelassen, weil nicht anwendbar" in quiz.settled()
    assert "Antworten herunterladen" in quiz.head.inner_text()
    assert "Wo sehen Sie sich?" in page.locator("#quiz-begin").inner_text()
    assert "Maßnahmen" in page.locator("main").inner_text()


@pytest.mark.long
def test_hostile_text_stays_text_in_the_file(visit: Visit, tmp_path: Path) -> None:
    rubric = load_rubric(ROOT / "tests" / "rubrics" / "good" / "hostile.yml").rubric
    (tmp_path / "assess.html").write_text(single_file(rubric), encoding="utf-8")
    page = visit(f"{tmp_path.as_uri()}/").open("assess.html")
    assert page.locator("script").count() == 6
    assert page.locator("img, iframe, model, kept").count() == 0


@pytest.mark.long
def test_wrong_input_writes_nothing(tmp_path: Path) -> None:
    bad = ROOT / "tests" / "rubrics" / "bad" / "level-skip.yml"
    out = tmp_path / "assess.html"
    result = CliRunner().invoke(main, ["assess", str(bad), "-o", str(out)])
    assert result.exit_code == 1
    assert "error[level-skip]" in result.output
    assert not out.exists()
    missing = tmp_path / "no" / "assess.html"
    assert CliRunner().invoke(main, ["assess", str(RUBRIC), "-o", str(missing)]).exit_code == 2
