"""The reader's own answers on the pages of a model: marks of gates, and what they never do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from arabic import ARABIC
from axe import COLOURS, TAGS, axe, paint
from browser import Quiz, Visitor, name, serve
from building import mkdocs, site_of
from marks import others_long
from playwright.sync_api import Page
from scored import read
from stagebook.checks.loader import read_rubric
from stagebook.scoring.scorer import Scorer
from two_languages import GERMAN, SAMPLE
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
KEY = "stagebook-assessment/1.sample"
ANSWERS = {"plan-kept": "yes", "work-checked": "partly", "drill-done": "unknown"}
MAP, GATES = "sample/index.html", "sample/gates.html"
STAGE, DIMENSION = "sample/stages/first.html", "sample/dimensions/craft.html"
PAGES = [MAP, GATES, STAGE, DIMENSION]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site in English, German and Arabic."""
    folder = tmp_path_factory.mktemp("own")
    rubrics = {"sample": SAMPLE, "sample.de": GERMAN, "desk": ARABIC}
    extensions = ["attr_list", "toc", "md_in_html"]
    site = site_of(folder, rubrics, use_directory_urls=False, markdown_extensions=extensions)
    text = "# Two maps\n\n" + "```stagebook\nrubric: {}\nshow: matrix\n```\n\n" * 2
    (site / "docs" / "maps.md").write_text(text.format("sample", "desk-ar"), encoding="utf-8")
    result = mkdocs("build", "--strict", cwd=site)
    assert result.returncode == 0, result.stderr
    return site / "site"


@pytest.fixture(scope="module", params=["http", pytest.param("file", marks=pytest.mark.long)])
def address(request: pytest.FixtureRequest, pages: Path) -> Iterator[str]:
    """Return the address of the site, once on a server and once as files."""
    if request.param == "file":
        yield f"{pages.as_uri()}/"
    else:
        with serve(pages) as served:
            yield served


@pytest.fixture
def site(pages: Path) -> str:
    return f"{pages.as_uri()}/"


def answer(visitor: Visitor, answers: dict[str, str] = ANSWERS, rubric: str = "sample") -> None:
    """Answer some questions in the quiz, and close it."""
    page = visitor.open(f"{rubric}/assessment.html")
    quiz = Quiz(page)
    quiz.answer_all(answers)
    name(quiz, "Till")
    page.close()


def marks(page: Page) -> dict[str, str]:
    """Return what the marks of a page say, by the id of the gate."""
    page.locator(".sb-own:not([hidden])").first.wait_for()
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries(
          [...document.querySelectorAll(".sb-mark > .sb-hidden")].map((one) => {
            const place = one.parentElement.parentElement;
            return [place.dataset.gate ?? place.id, one.textContent];
          }))"""
    )
    return found


@pytest.mark.parametrize("path", others_long(PAGES, [MAP, DIMENSION]))
def test_each_gate_says_what_scoring_says_of_it(visit: Visit, address: str, path: str) -> None:
    visitor = visit(address)
    answer(visitor)
    rubric = read_rubric(SAMPLE, "sample.yml").rubric
    assert rubric
    said = {id_: {"answer": one} for id_, one in ANSWERS.items()}
    format_ = {"format": "stagebook-assessment/1", "rubric": {"id": "sample", "version": "1.2.0"}}
    states = Scorer(rubric).score(read(rubric, {**format_, "answers": said})).states
    words = {None: "not answered yet: ", "unknown": "I do not know: "}
    expected = {
        id_: words.get(state.answer, "met: " if state.is_open else "not met: ")
        for id_, state in states.items()
    }
    page = visitor.open(path)
    found = marks(page)
    assert found
    assert {id_: expected[id_] for id_ in found} == found
    own = page.locator(".sb-own").first
    assert "Till" in own.inner_text()
    own.get_by_role("link", name="Your result").click()
    page.wait_for_url("**/assessment.html#result")
    expect(page.locator(".sb-results.sb-current")).to_contain_text("Your result")


def test_the_map_and_the_list_mark_every_gate(visit: Visit, site: str) -> None:
    visitor = visit(site)
    answer(visitor)
    for path in (MAP, GATES):
        assert len(marks(visitor.open(path))) == 4
    order = list(marks(visitor.open(STAGE)))
    assert order == [
        "work-checked",
        "load-known",
        "plan-kept",
        "drill-done",
    ]
    legend = visitor.open(MAP).locator(".sb-own li")
    expect(legend).to_have_text(
        ["✓met: 1", "✗not met: 1", "?I do not know: 1", "○not answered yet: 1"]
    )


@pytest.mark.long
def test_without_answers_nothing_shows_and_nothing_is_loaded(visit: Visit, address: str) -> None:
    visitor = visit(address, hear_requests=True)
    for path in (MAP, STAGE, DIMENSION):
        page = visitor.open(path)
        page.wait_for_load_state("networkidle")
        expect(page.locator(".sb-own").first).to_be_hidden()
        assert not page.locator(".sb-mark").count()
    # The quiz of the stage loads what it needs for its own.
    visitor.requests.clear()
    visitor.open(DIMENSION).wait_for_load_state("networkidle")
    assert not [one for one in visitor.requests if "extras" in one or "several" in one]


@pytest.mark.long
def test_an_assessment_without_an_answer_says_nothing(visit: Visit, site: str) -> None:
    visitor = visit(site)
    answer(visitor, {})
    page = visitor.open(MAP)
    page.wait_for_function("() => globalThis.stagebookSeveral")
    page.wait_for_timeout(200)
    expect(page.locator(".sb-own")).to_be_hidden()
    assert not page.locator(".sb-mark").count()


@pytest.mark.long
def test_they_can_be_put_away_and_brought_back(visit: Visit, site: str) -> None:
    visitor = visit(site)
    answer(visitor)
    page = visitor.open(MAP)
    assert marks(page)
    page.get_by_role("button", name="Hide the marks").press("Enter")
    assert not page.locator(".sb-mark").count()
    expect(page.get_by_text("Till")).to_be_hidden()
    other = visitor.open(GATES)
    back = other.get_by_role("button", name="Show your answers on these pages")
    back.wait_for()
    assert not other.locator(".sb-mark").count()
    back.press("Enter")
    assert len(marks(other)) == 4
    expect(other.get_by_role("button", name="Hide the marks")).to_be_focused()


@pytest.mark.long
def test_an_answer_on_the_page_or_in_another_tab_changes_them(visit: Visit, site: str) -> None:
    visitor = visit(site)
    answer(visitor)
    map_ = visitor.open(MAP)
    assert marks(map_)["work-checked"] == "not met: "
    stage = visitor.open(STAGE)
    assert marks(stage)["work-checked"] == "not met: "
    Quiz(stage).answer("work-checked", "yes")
    for page in (stage, map_):
        mark = page.locator("[data-gate=work-checked]:not(fieldset) .sb-hidden").first
        expect(mark).to_have_text("met: ")


@pytest.mark.long
def test_the_example_of_a_rubric_is_nobodys_answer(visit: Visit, served: str) -> None:
    visitor = visit(served)
    page = visitor.open("ai-product/assessment.html?sample#result")
    page.goto(f"{served}ai-product/index.html")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".sb-own")).to_be_hidden()
    assert not page.locator(".sb-mark").count()


@pytest.mark.long
def test_another_language_shows_the_same_answers_in_its_words(visit: Visit, site: str) -> None:
    visitor = visit(site)
    answer(visitor)
    page = visitor.open("de/sample/index.html")
    assert marks(page)["work-checked"] == "nicht erfüllt: "
    assert "Ihre Antworten hier: Till" in page.locator(".sb-own").inner_text()


def test_two_models_on_one_page_are_told_apart(visit: Visit, site: str) -> None:
    visitor = visit(site)
    answer(visitor, {"answers-reviewed": "yes"}, "desk-ar")
    page = visitor.open("maps.html")
    assert marks(page) == {"answers-reviewed": "met: "}
    mark = page.locator("td .sb-mark")
    assert mark.get_attribute("lang") == "en", "the words around it are in Arabic"
    answer(visitor)
    assert len(marks(visitor.open("maps.html"))) == 5


@pytest.mark.long
def test_what_cannot_be_read_is_left_for_the_quiz_to_tell(visit: Visit, site: str) -> None:
    visitor = visit(site)
    page = visitor.open(GATES)
    page.evaluate(f"() => localStorage.setItem('{KEY}', 'torn')")
    page.reload()
    page.wait_for_function("() => globalThis.stagebookSeveral")
    page.wait_for_timeout(200)
    assert page.evaluate("() => Object.entries(localStorage)") == [[KEY, "torn"]]
    quiz = Quiz(visitor.open("sample/assessment.html"))
    expect(quiz.head).to_contain_text("could not be read")


@pytest.mark.long
def test_answers_of_an_earlier_release_are_marked_too(visit: Visit, site: str) -> None:
    visitor = visit(site)
    page = visitor.open(GATES)
    old = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "sample", "version": "1.1.0"},
        "answers": {"work-read": {"answer": "yes"}},
    }
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(old)])
    page.reload()
    assert marks(page)["work-checked"] == "met: "


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site whose theme swaps pages without loading them."""
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    folder = tmp_path_factory.mktemp("instant")
    site = site_of(folder, {"sample": SAMPLE}, theme=theme, site_url="http://127.0.0.1/")
    result = mkdocs("build", "--strict", cwd=site)
    assert result.returncode == 0, result.stderr
    with serve(site / "site") as served:
        yield served


@pytest.mark.long
def test_instant_navigation_marks_the_next_page(visit: Visit, instant: str) -> None:
    visitor = visit(instant)
    page = visitor.open("sample/assessment/")
    Quiz(page).answer_all(ANSWERS)
    page.evaluate("() => { globalThis.isSame = true; }")
    for link, count in (("../dimensions/craft/", 2), ("../care/", 2)):
        page.evaluate(
            """(href) => {
              const link = document.createElement("a");
              link.href = new URL(href, location);
              document.body.append(link);
              link.click();
              link.remove();
            }""",
            link,
        )
        page.wait_for_url(f"**{link.strip('.')}")
        expect(page.locator(".sb-gate-title > .sb-mark")).to_have_count(count)


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES)
def test_marks_are_readable_by_all(visit: Visit, site: str, path: str) -> None:
    visitor = visit(site)
    answer(visitor)
    page = visitor.open(path)
    assert marks(page)
    for scheme in ("light", "dark"):
        paint(page, scheme)
        rules = TAGS if scheme == "light" else COLOURS
        found = axe(page, ".md-content", rules)
        assert found == [], [node for one in found for node in one["nodes"]]


@pytest.mark.long
def test_shapes_tell_marks_apart_without_colours(visit: Visit, site: str) -> None:
    visitor = visit(site, width=390)
    answer(visitor)
    page = visitor.open(MAP)
    page.emulate_media(forced_colors="active")
    marks(page)
    signs = page.locator("td .sb-mark > [aria-hidden]").all_inner_texts()
    assert sorted(signs) == sorted(["✓", "✗", "?", "○"])
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_marks_make_no_page_wider_than_a_phone(visit: Visit, stick: str) -> None:
    visitor = visit(stick, width=390, is_mobile=True, has_touch=True)
    answer(visitor, {"data-input-inventory": "yes"}, "ai-product")
    page = visitor.open("ai-product/index.html")
    page.locator(".sb-matrix .sb-mark").first.wait_for()
    assert page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]") == [390, 390]


@pytest.mark.long
def test_they_are_read_from_the_right_where_the_model_is(visit: Visit, site: str) -> None:
    visitor = visit(site)
    answer(visitor, {"answers-reviewed": "yes"}, "desk-ar")
    page = visitor.open("desk-ar/gates.html")
    assert marks(page) == {"answers-reviewed": "met: "}
    mark, link = page.locator(".sb-name .sb-mark"), page.locator(".sb-name a")
    left = "one => one.getBoundingClientRect().left"
    assert mark.evaluate(left) > link.evaluate(left)


@pytest.mark.long
def test_without_javascript_there_is_no_trace_of_them(visit: Visit, site: str) -> None:
    page = visit(site, java_script_enabled=False).open(GATES, wait=False)
    expect(page.locator(".sb-own")).to_be_hidden()
