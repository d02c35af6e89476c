"""Languages: from which side they are read, whose words fall back to English, and long words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from arabic import ARABIC
from browser import Quiz, Visitor
from building import mkdocs, site_of
from click.testing import CliRunner
from stagebook.checks.loader import read_rubric
from stagebook.cli import main
from stagebook.i18n import direction_of
from stagebook.site import Site, render_tree

Visit = Callable[..., Visitor]

BEYOND = """() => {
  const root = document.querySelector(".md-content") ?? document.querySelector("main");
  const aside = "table:not([class]), pre, svg, .sb-hidden, [hidden]";
  return [...root.querySelectorAll("*")]
    .filter((one) => !one.closest(aside) && one.getClientRects().length)
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => `${one.tagName}.${one.className}`);
}"""
"""Finds what lies beyond the right edge of the screen; plain tables scroll."""

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
GERMAN = f"""\
format: stagebook/1
id: lang
title: {LONG}
version: 1.0.0
language: de
scales:
  s:
    "no": {{label: {LONG}, score: 0}}
    "yes": {{label: "Ja {LONG}", score: 1}}
stages:
  a: {{level: 1, title: {LONG}}}
  b: {{level: 2, title: {LONG}}}
dimensions:
  d: {{title: {LONG}, question: "{LONG}?"}}
measures:
  m: {{title: {LONG}, unit: {LONG}}}
gates:
  g:
    dimension: d
    stage: b
    title: {LONG}
    test: "{LONG}."
    evidence: ["{LONG}"]
    blocking: true
    measure: {{of: m, "yes": "<= 1"}}
remediations:
  r:
    title: {LONG}
    opens: [g]
    owner: {LONG}
    effort: {{size: S, weeks: [1, 2]}}
    steps: ["{LONG}"]
    done_when: Fertig.
"""


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        *(("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("ur-PK", "rtl"), ("ckb", "rtl")),
        *(("en", "ltr"), ("de-CH", "ltr"), ("ar-Latn", "ltr"), ("az-Arab", "rtl"), ("AR", "rtl")),
        *(("pa-PK", "rtl"), ("pa", "ltr"), ("az-IR", "rtl"), ("zh-Hant-TW", "ltr"), ("yi", "rtl")),
        *(("ff-Adlm", "rtl"), ("ks-Deva", "ltr"), ("x-private", "ltr")),
    ],
)
def test_direction_of_a_language(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction


def test_pages_say_their_language_where_it_is_not_that_of_the_site() -> None:
    rubric = read_rubric(ARABIC, "x.yml").rubric
    foreign = render_tree(rubric, "", Site(language="en"))["desk-ar/dimensions/answers.md"]
    blocks = [line for line in foreign.content.decode().split("\n") if line[:1] in ("<", "#")]
    assert len(blocks) > 4
    for block in blocks:
        assert re.search(r'lang="(ar" dir="rtl|en" dir="ltr)"', block), block
    own = render_tree(rubric, "", Site(language="ar"))["desk-ar/dimensions/answers.md"]
    assert 'lang="ar"' not in own.content.decode()


def test_words_that_fall_back_are_marked() -> None:
    rubric = read_rubric(ARABIC, "x.yml").rubric
    page = render_tree(rubric, "")["desk-ar/remediations/review.md"].content.decode()
    assert '<dt><span lang="en" dir="ltr">Owner</span></dt>' in page
    assert re.search(r'^## Steps \{ #steps .*lang="en" dir="ltr"', page, re.MULTILINE)
    english = render_tree(rubric.model_copy(update={"language": "en"}), "")
    assert "<span lang=" not in english["desk-ar/remediations/review.md"].content.decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of both rubrics, with the single files and a team page beside it."""
    folder = site_of(
        tmp_path_factory.mktemp("languages"),
        {"arabic": ARABIC, "german": GERMAN},
        use_directory_urls=False,
    )
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
    answers = '{"format":"stagebook-assessment/1","rubric":{"id":"desk-ar","version":"1.0.0"}}'
    (folder / "a.json").write_text(answers)
    command = ["team", str(folder / "rubrics/arabic.yml"), str(folder / "a.json")]
    out = folder / "site" / "team.html"
    made = CliRunner().invoke(main, [*command, "--format", "html", "-o", str(out)])
    assert made.exit_code == 0, made.output
    return folder / "site"


@pytest.mark.browser
@pytest.mark.parametrize("name", ["desk-ar/assess.html", "team.html"])
def test_files_of_a_language_read_from_the_right(folder: Path, visit: Visit, name: str) -> None:
    page = visit(f"{folder.as_uri()}/", width=390).open(name)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    left, width = page.evaluate(
        """() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector("h1"));
          const { right } = range.getBoundingClientRect();
          return [innerWidth - right, innerWidth];
        }"""
    )
    assert left < width / 8
    words = page.locator(
        "h2, summary, th", has_text=re.compile("Plays|Respondents|All gates")
    ).first
    assert words.locator("[lang]").first.get_attribute("lang") == "en"


@pytest.mark.browser
def test_the_quiz_marks_what_is_in_another_language(folder: Path, visit: Visit) -> None:
    page = visit(f"{folder.as_uri()}/").open("desk-ar/assessment.html")
    quiz = Quiz(page)
    question = quiz.question("answers-reviewed")
    assert question.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.locator(".sb-head").evaluate("one => getComputedStyle(one).direction") == "ltr"
    quiz.answer("answers-reviewed", "no")
    quiz.settled()
    link = quiz.results.locator("a", has_text="تتم مراجعة").first
    assert link.get_attribute("lang") == "ar"
    assert link.get_attribute("dir") == "rtl"


@pytest.mark.browser
def test_long_words_break_and_radios_never_shrink(folder: Path, visit: Visit) -> None:
    visitor = visit(f"{folder.as_uri()}/lang/", width=320)
    for name in ("assess", "assessment", "dimensions/d", "remediations/r", "index"):
        page = visitor.open(f"{name}.html")
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 900})
            if "assess" in name:
                Quiz(page).answer("g", "no")
                Quiz(page).settled()
            assert page.evaluate(BEYOND) == [], (name, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                name,
                width,
            )
        if name == "assessment":
            page.set_viewport_size({"width": 320, "height": 900})
            sizes = page.locator(".sb-choices input").evaluate_all(
                "all => all.map((one) => one.offsetWidth)"
            )
            assert len(set(sizes)) == 1
            assert sizes[0] >= 13
        page.close()
