"""Hostile texts in every field of a rubric, through everything that Stagebook makes."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser import Quiz, Visitor
from building import mkdocs
from click.testing import CliRunner
from engines import MANY_EXTENSIONS
from hostile_texts import MARKDOWN, PLAIN
from playwright.sync_api import Page
from stagebook.assessment.reader import Answer, Assessment
from stagebook.checks.loader import read_rubric
from stagebook.cli import main
from stagebook.diagnostics import has_errors
from stagebook.rubric.model import Rubric
from stagebook.scoring.scorer import Scorer
from stagebook.site import Site, render_tree
from stagebook.site.tree import SCRIPT, STYLES
from stagebook.team.page import team_page
from stagebook.team.view import view_team

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]

CONFIG: dict[str, Any] = {
    "site_name": "Hostile",
    "theme": {"name": "material", "font": False, "features": ["navigation.footer"]},
    "plugins": ["search", "stagebook"],
    "markdown_extensions": [name for name in MANY_EXTENSIONS if name != "wikilinks"],
    "use_directory_urls": False,
}


PICTURE = b64decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==")


def hostile_rubric(left: list[str]) -> dict[str, Any]:
    """Return a rubric each of whose texts is hostile; every text of the list stands in it."""
    named = iter(range(10**6))

    def text(take: int = 1) -> str:
        return "\n\n".join(left[next(named) % len(left)] for _ in range(take))

    def title(n: int) -> str:
        return PLAIN[n % len(PLAIN)]

    gates = {
        f"g{n}": {
            "dimension": f"d{n % 2}",
            "stage": "b",
            "title": title(n),
            "code": title(n + 1),
            "test": text(),
            "partly": text(),
            "evidence": [text(), text()],
            "basis": {"kind": "judgement", "note": text()},
            "thresholds": [{"kind": "judgement", "text": text()}],
            "maps": {"f": [title(n + 2)]},
        }
        for n in range(len(left) // 2)
    }
    gates["g0"]["measure"] = {"of": "m", "yes": "<= 1"}
    return {
        "format": "stagebook/1",
        "id": "hostile",
        "title": title(0),
        "version": "1.0.0",
        "licence": title(1),
        "summary": text(3),
        "scales": {
            "s": {
                "no": {"label": title(2), "score": 0, "meaning": text()},
                "partly": {"label": title(3), "score": 0.5},
                "yes": {"label": title(4), "score": 1},
            }
        },
        "stages": {
            "a": {
                "level": 1,
                "title": title(0),
                "summary": text(),
                "signs": [text(), text()],
                "mistaken_for": text(),
                "common_error": text(),
                "advice": text(),
                "not_yet": [text()],
            },
            "b": {"level": 2, "title": title(5), "summary": text(), "maps": {"f": [title(6)]}},
        },
        "dimensions": {
            f"d{n}": {
                "title": title(n + 3),
                "question": text(),
                "summary": text(),
                "basis_note": text(),
                "core": n == 0,
                "maps": {"f": [title(n)]},
            }
            for n in range(2)
        },
        "gates": gates,
        "measures": {"m": {"title": title(2), "unit": title(3), "how": text(), "protocol": "p"}},
        "symptoms": {
            "s0": {"observation": text(), "kind": "stuck", "gates": ["g0"], "dimension": "d0"},
            "s1": {
                "observation": text(),
                "looks_like": text(),
                "disproof": text(),
                "kind": "false-maturity",
                "claims": "b",
                "gates": ["g1"],
            },
        },
        "remediations": {
            "r": {
                "title": title(0),
                "summary": text(),
                "opens": list(gates),
                "owner": title(1),
                "effort": {"size": "S", "weeks": [1, 2], "note": text()},
                "steps": [text(), text()],
                "artefacts": [text()],
                "antipatterns": [text()],
                "done_when": text(),
                "tools": [{"name": title(2), "url": "https://a.example/x_y", "note": text()}],
                "basis": {"kind": "sourced", "sources": ["w"], "note": text()},
            }
        },
        "protocols": {
            "p": {
                "title": title(3),
                "summary": text(),
                "duration": title(4),
                "sample": text(),
                "steps": [text()],
                "traps": [text()],
                "gates": ["g0"],
            }
        },
        "sources": {
            "w": {
                "title": title(5),
                "by": title(6),
                "date": title(7),
                "url": "https://a.example/x?a=1&b='c'#d",
                "licence": title(8),
                "note": text(),
            }
        },
        "frameworks": {
            "f": {
                "title": title(0),
                "by": title(2),
                "note": text(),
                "source": "w",
                "levels": [{"stage": "a", "level": title(4)}],
            }
        },
        "quick_check": ["g0", "g1"],
        "glossary": {"t": {"term": title(0), "meaning": text()}},
        "changes": {"1.0.0": {"date": title(1), "notes": [text()]}},
    }


def is_refused(text: str) -> bool:
    """Return whether `check` calls a text an error: no build takes a rubric with it."""
    rubric = {**MINIMAL, "summary": text}
    return has_errors(read_rubric(yaml.safe_dump(rubric), "x.yml").findings)


MINIMAL: dict[str, Any] = {
    "format": "stagebook/1",
    "id": "minimal",
    "title": "Minimal",
    "version": "1.0.0",
    "stages": {"a": {"level": 1, "title": "A"}, "b": {"level": 2, "title": "B"}},
    "dimensions": {"d": {"title": "D"}},
    "gates": {"g": {"dimension": "d", "stage": "b", "title": "G", "test": "It is done."}},
}


@pytest.fixture(scope="module")
def by_plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of the texts that `check` lets through, as anybody would."""
    folder = tmp_path_factory.mktemp("by-plugin")
    for name in ("docs", "rubrics"):
        (folder / name).mkdir()
    texts = [text for text in MARKDOWN if not is_refused(text)]
    assert len(texts) > 55
    text = yaml.safe_dump(hostile_rubric(texts), width=10**6)
    (folder / "rubrics" / "hostile.yml").write_text(text)
    (folder / "docs" / "x.png").write_bytes(PICTURE)
    (folder / "docs" / "index.md").write_text("# Home\n\n```stagebook\nshow: matrix\n```\n")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(CONFIG))
    built = mkdocs("build", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def unchecked() -> Rubric:
    """Return the records of all texts, those that `check` refuses among them."""
    return Rubric.model_validate(hostile_rubric(MARKDOWN))


@pytest.fixture(scope="module")
def all_texts(tmp_path_factory: pytest.TempPathFactory, unchecked: Rubric) -> Path:
    """Build the pages of all texts as plain files, with the single file and the team page."""
    folder = tmp_path_factory.mktemp("all-texts")
    for page in render_tree(unchecked, "", Site(directory_urls=False)).values():
        path = folder / "docs" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.content)
    (folder / "docs" / "x.png").write_bytes(PICTURE)
    config = {**CONFIG, "plugins": ["search"], "extra_javascript": [SCRIPT], "extra_css": [STYLES]}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    built = mkdocs("build", cwd=folder)
    assert built.returncode == 0, built.stderr
    scorer = Scorer(unchecked)
    answers = {"g0": Answer("no", note=MARKDOWN[0]), "g1": Answer("yes")}
    people = [Assessment(respondent=name, role=name, answers=answers) for name in PLAIN]
    people[0] = Assessment(respondent=PLAIN[0], answers={"g0": Answer("yes")})
    team = view_team(scorer, people)
    (folder / "site" / "team.html").write_text(team_page(scorer, team), encoding="utf-8")
    return folder


def pages_of(site: Path) -> list[str]:
    return sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if path.name != "404.html"
    )


LOOK = """() => {
  const found = [];
  const root = document.querySelector(".md-content") ?? document.body;
  for (const one of root.querySelectorAll("*")) {
    const name = one.tagName.toLowerCase();
    const attributes = [...one.attributes].map(({ name }) => name);
    found.push([name, attributes, one.getAttribute("href") ?? one.getAttribute("src")]);
  }
  return {found, hit: window.hit ?? 0, title: document.title};
}"""

MANY_TAGS = """
    a abbr article aside b blockquote body br button caption circle code dd details dialog div dl dt
    em fieldset form g h1 h2 h3 hr i img input kbd label legend li line main nav noscript ol
    optgroup option p path polygon pre rect s section select small span stagebook-extra
    stagebook-quiz strong style script summary svg table tbody td text textarea th
    thead title tr ul
"""
TAGS = set(MANY_TAGS.split())


def assert_nothing_lives(page: Page, name: str) -> None:
    """Assert that no text of the page is an element, an attribute or an address of its own."""
    seen = page.evaluate(LOOK)
    assert seen["hit"] == 0, name
    for tag, attributes, address in seen["found"]:
        assert tag in TAGS, (name, tag)
        assert not [one for one in attributes if one.startswith("on") or one == "srcdoc"], name
        assert not {"autofocus", "contenteditable", "style"} & set(attributes) or tag in SCRIPTED, (
            name,
            tag,
            attributes,
        )
        allowed = r"https?://(a|evil)\.example|https?://www\.|mailto:|#|\?|[^:]*$|\.{1,2}/"
        own = address is None or address.startswith(page.url.rsplit("/hostile/", 1)[0])
        assert own or re.match(allowed, address), (name, address)


SCRIPTED = {"span", "div", "i", "rect", "td", "svg", "p", "textarea"}
"""What the quiz gives a style to, a width say."""


@pytest.mark.parametrize("kind", [pytest.param("by_plugin", marks=pytest.mark.long), "all_texts"])
def test_hostile_texts_make_nothing_of_their_own(
    kind: str, request: pytest.FixtureRequest, visit: Visit
) -> None:
    site = request.getfixturevalue(kind) / "site"
    visitor = visit(f"{site.as_uri()}/")
    names = pages_of(site)
    assert len(names) >= 15
    page = visitor.open(names[0], wait=False)
    for name in names:
        page.goto(visitor.address + name)
        assert_nothing_lives(page, name)


def test_hostile_texts_stay_text_in_a_result(all_texts: Path, visit: Visit) -> None:
    visitor = visit(f"{(all_texts / 'site').as_uri()}/")
    for name in ("hostile/assessment.html", "hostile/assess.html"):
        page = visitor.open(name)
        quiz = Quiz(page)
        quiz.answer("g1", "yes")
        quiz.answer("g2", "no")
        page.locator("input[data-symptom]").last.check()
        quiz.settled()
        assert_nothing_lives(page, name)
        page.close()


@pytest.mark.long
def test_a_title_of_a_page_is_its_heading(by_plugin: Path, visit: Visit) -> None:
    page = visit(f"{(by_plugin / 'site').as_uri()}/").open("hostile/stages/a.html")
    # The title has the level in it, which is not said twice.
    assert page.title() == f"{PLAIN[0]} - Hostile"
    assert page.locator("h1").inner_text().removesuffix("¶").strip() == PLAIN[0]


@pytest.mark.long
def test_the_written_tree_gives_the_same_site(by_plugin: Path) -> None:
    out = by_plugin / "out"
    config = str(by_plugin / "mkdocs.yml")
    wrote = CliRunner().invoke(main, ["write", str(out), "-f", config])
    assert wrote.exit_code == 0, wrote.output
    built = mkdocs("build", cwd=out)
    assert built.returncode == 0, built.stderr
    names = pages_of(by_plugin / "site")
    assert names == pages_of(out / "site")
    for name in names:
        ours, written = (
            (site / "site" / name).read_text(encoding="utf-8") for site in (by_plugin, out)
        )
        # The plugin alone tells programs what a page is about.
        assert re.sub('<meta property="og:[^>]*>', "", ours) == written, name


@pytest.mark.long
def test_engines_leave_the_pages_alone(all_texts: Path) -> None:
    """Each line of a page is nothing, a heading, or a block that stands in the site as it is."""
    for path in sorted((all_texts / "docs").rglob("*.md")):
        text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        name = path.relative_to(all_texts / "docs").with_suffix(".html")
        made = (all_texts / "site" / name).read_text(encoding="utf-8")
        # The theme's search takes its own attribute away.
        text = re.sub(r'\s?data-search-\w+="[^"]+"', "", text)
        for line in text.split("\n"):
            assert not line or re.match(r"#{1,3} |<[a-z]", line), (name, line[:80])
            assert not line.startswith("<") or line in made, (name, line[:80])
