"""The gallery: models of other shapes that ship, are shown, and score as worked out by hand."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from folders import ROOT
from node import ScoringServer
from scored import assert_holds, read
from stagebook.cli import main
from stagebook.files.rubrics import load_rubric
from stagebook.report.data import result_data
from stagebook.report.text import explain
from stagebook.rubric.model import Rubric
from stagebook.scoring.scorer import Scorer
from stagebook.site import render_tree
from stagebook.site.quiz_data import quiz_data

pytestmark = pytest.mark.slow

GALLERY = ROOT / "rubrics" / "gallery"
RUBRICS = {path.stem: load_rubric(path).rubric for path in sorted(GALLERY.glob("*.yml"))}


class Case(NamedTuple):
    """An assessment, told shortly, and the result that was calculated by hand."""

    rubric: str
    rest: str
    """The answer of all gates that `answers` does not name."""
    answers: dict[str, Any]
    more: dict[str, Any]
    expect: dict[str, Any]


def tagged(rubric: str, tag: str, answer: str) -> dict[str, Any]:
    return {id_: answer for id_, gate in RUBRICS[rubric].gates.items() if tag in gate.tags}


def within(rubric: str, dimension: str, answer: str) -> dict[str, Any]:
    gates = RUBRICS[rubric].gates.items()
    return {id_: answer for id_, gate in gates if gate.dimension == dimension}


def score(value: float) -> dict[str, Any]:
    return {"so_far": pytest.approx(value, rel=1e-12)}


DEVOPS, PLATFORM, OPEN = "devops-practices", "platform-engineering", "open-source-security"
AGENT, DELIVERY = "agent-security", "delivery-capabilities"
CASES = [
    # Eight musts of weight 1 are met, thirteen that are nice to have weigh 0.5, and one bonus of
    # 0.5 is met: (8 + 0.5) ÷ (8 + 6.5 + 0.5) = 56.67 %. Basics: (1 + 1 + 0.5) ÷ 3.
    Case(
        DEVOPS,
        "no",
        {**tagged(DEVOPS, "must", "yes"), "previews": "yes"},
        {},
        {
            "overall": {**score(8.5 / 15 * 100), "band": "bronze"},
            "dimensions": {"basics": score(2.5 / 3 * 100), "analysis": score(0)},
        },
    ),
    # All musts and all that is nice to have; the four bonuses leave the score with their weight.
    Case(
        DEVOPS,
        "yes",
        tagged(DEVOPS, "bonus", "no"),
        {},
        {"overall": {**score(100), "band": "gold"}},
    ),
    # Investment: (1 + 2 + 3 + 4) ÷ 4 = 2.5, adoption 2, so the organisation (2.5 + 2) ÷ 2 = 2.25.
    # Interfaces are unknown, which counts as the lowest, 1; operations 4: (1 + 4) ÷ 2 = 2.5.
    Case(
        PLATFORM,
        "scalable",
        {
            **within(PLATFORM, "adoption", "operational"),
            **within(PLATFORM, "interfaces", "unknown"),
            **within(PLATFORM, "operations", "optimising"),
            **{"staffing": "provisional", "mandate": "operational", "retiring": "optimising"},
        },
        {},
        {
            "topics": {"people": score(1.5), "money": score(3.5)},
            "dimensions": {"investment": score(2.5), "interfaces": score(1)},
            "groups": {
                "organisation": score(2.25),
                "platform": score(2.5),
                "learning": score(3),
            },
            "overall": {"so_far": None},
        },
    ),
    # One requirement of level 1 alone is missing, and one of level 3 alone. Level 2 is complete
    # by itself; of the 38 requirements of level 3, 37 are met: 2 + 37 ÷ 38.
    Case(
        OPEN,
        "yes",
        {"no-secrets": "no", "threat-model": "no"},
        {},
        {
            "overall": {**score(2 + 37 / 38), "stage": {"low": "two"}},
            "dimensions": {"build": score(3), "legal": score(3)},
        },
    ),
    # Held actions are partly there: (0.5 ÷ 1) of the way to level 1. No protocol: no score for it.
    # All agents stop together applies to several agents only, so limits reach level 3.
    Case(
        AGENT,
        "yes",
        {"held-actions": "partly"},
        {"profile": {"mcp": "no", "several": "no", "behalf": "yes", "remembers": "yes"}},
        {
            "overall": {**score(0.5), "stage": {"low": "unverified"}},
            "dimensions": {
                "approval": score(0.5),
                "limits": score(3),
                "protocol": {"so_far": None},
            },
        },
    ),
    # Version control: 4 of 5 ticks are usually (3), and always (4): 3.5 × 25 = 87.5. Trunk: usually
    # 3, five branches sometimes 2, never 0: 5 ÷ 3 × 25. Ten minutes are always, as all of testing.
    # Flow without a database: (87.5 + 125 ÷ 3 + 4 × 50) ÷ 6. Feedback: (100 + 4 × 50) ÷ 5 = 60.
    Case(
        DELIVERY,
        "sometimes",
        {
            "everything-versioned": ["1", "2", "3", "4"],
            "rebuilt-from-commits": "always",
            "daily-merges": "usually",
            "few-branches": None,
            "no-freeze": "never",
            **within(DELIVERY, "test-automation", "always"),
            "fast-tests": None,
        },
        {"profile": {"database": "no"}, "measures": {"active-branches": 5, "test-minutes": 10}},
        {
            "dimensions": {
                "version-control": score(87.5),
                "trunk-based-development": score(125 / 3),
                "test-automation": score(100),
            },
            "groups": {
                "flow": score((87.5 + 125 / 3 + 200) / 6),
                "feedback": score(60),
                "learning": score(50),
            },
            "overall": {"so_far": None},
        },
    ),
]


def said(case: Case) -> dict[str, Any]:
    rubric = RUBRICS[case.rubric]
    answers = {**dict.fromkeys(rubric.gates, case.rest), **case.answers}
    return {
        "format": "stagebook-assessment/1",
        "rubric": {"id": rubric.id, "version": rubric.version},
        "answers": {
            id_: {"ticks": answer} if isinstance(answer, list) else {"answer": answer}
            for id_, answer in answers.items()
            if answer is not None
        },
        **case.more,
    }


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rubric)
def test_scores_are_those_worked_out_by_hand(server: ScoringServer, case: Case) -> None:
    rubric = RUBRICS[case.rubric]
    ours = result_data(Scorer(rubric), read(rubric, said(case)))
    [theirs] = server.ask(ask="score", data=quiz_data(rubric), assessments=[said(case)])
    assert_holds(ours, case.expect, "Python: $", approximately=False)
    assert_holds(theirs, case.expect, "JavaScript: $", approximately=False)
    assert rubric.title in explain(Scorer(rubric), read(rubric, said(case)))


def test_every_model_is_scored() -> None:
    assert {case.rubric for case in CASES} == set(RUBRICS)


def test_every_model_is_clean_and_small() -> None:
    checked = CliRunner().invoke(main, ["check", "--strict", *map(str, GALLERY.glob("*.yml"))])
    assert checked.exit_code == 0, checked.output
    for rubric in RUBRICS.values():
        assert 20 <= len(rubric.gates) <= 40, rubric.id
        assert all(gate.why and gate.evidence and gate.basis for gate in rubric.gates.values())
        assert all(source.url and source.licence for source in rubric.sources.values())


def seen(page: str) -> str:
    """Return what a reader of a page reads."""
    page = re.sub(r"(?s)<(script|style)\b.*?</\1>|\{ [^}]*#[^}]*\}|<[^>]*>", "\n", page)
    return html.unescape(page)


def texts(data: Any) -> Iterator[str]:
    """Yield all that the author of a rubric wrote."""
    if isinstance(data, str):
        yield data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from texts(one)


USUAL = {"remediation": "play", "subject": "product"}
"""The usual words of those terms whose key is another word."""


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=lambda rubric: rubric.id)
def test_pages_name_things_as_the_model_does(rubric: Rubric) -> None:
    own = "\n".join(texts(rubric.model_dump(exclude={"terms", "scoring"})))
    words = [USUAL.get(key, key) for key, _, _ in rubric.terms.words]
    usual = [word for word in words if not re.search(rf"(?i)\b{word}s?\b", own)]
    assert len(usual) > 3
    pattern = re.compile(rf"(?i)\b(?:{'|'.join(usual)})s?\b")
    for path, page in render_tree(rubric, "").items():
        if path.endswith((".md", ".html")):
            assert pattern.findall(seen(page.content.decode())) == [], path


@pytest.mark.slow
def test_the_site_shows_all_models(built: Path) -> None:
    """It is built strictly, with all of them."""
    for name, rubric in RUBRICS.items():
        pages = built / name
        for dimension in rubric.dimensions:
            assert (pages / "dimensions" / f"{dimension}.html").is_file()
        overview = (pages / "index.html").read_text(encoding="utf-8")
        assert all(html.escape(one.title) in overview for one in rubric.dimensions.values())
        assert (pages / "stages").exists() is bool(rubric.stages)
        assert (built / "gallery" / f"{name}.webp").stat().st_size < 40_000


def test_the_gallery_names_source_and_licence() -> None:
    page = (ROOT / "content" / "gallery.md").read_text(encoding="utf-8")
    parts = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    assert len(parts) == len(RUBRICS)
    for rubric in RUBRICS.values():
        [part] = [part for part in parts if part.startswith(f"{rubric.title}\n")]
        assert re.search(rf"^stagebook new my-\w+ --from {rubric.id}$", part, re.MULTILINE)
        assert f"({rubric.id}/index.md)" in part
        assert re.search(rf"!\[[^]]{{40,}}\]\(gallery/{rubric.id}\.webp\)", part)
        words = part.replace("-", " ")
        for licence in (rubric.licence, *(source.licence for source in rubric.sources.values())):
            assert str(licence).replace("-", " ") in words
        assert all(str(source.url) in part for source in rubric.sources.values())


@pytest.mark.parametrize("name", RUBRICS)
def test_a_site_can_begin_with_each(tmp_path: Path, name: str) -> None:
    made = CliRunner().invoke(
        main, ["new", str(tmp_path / "x"), "--title", "Our Model", "--from", name, "--ci", "none"]
    )
    assert made.exit_code == 0, made.output
    copied = load_rubric(tmp_path / "x" / "rubrics" / "our-model.yml")
    assert copied.findings == ()
    assert list(copied.rubric.gates) == list(RUBRICS[name].gates)
