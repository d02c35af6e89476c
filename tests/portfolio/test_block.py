"""A block in an author's page that shows a portfolio."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from portfolios import RUBRIC, lines, make, said
from stagebook.api.portfolio import PortfolioReader
from stagebook.diagnostics import Diagnostic
from stagebook.site import expand_blocks

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a portfolio in the folder of a site."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "a.jsonl").write_text(lines([said(number) for number in range(12)]))
    make(folder / "tables", folder / "a.jsonl")
    return folder


def expand(root: Path, options: str, page: str = "inside/teams.md") -> tuple[str, list[Diagnostic]]:
    text = f"# Teams\n\n```stagebook\nshow: portfolio\n{options}```\n"
    return expand_blocks(text, page, {RUBRIC.id: RUBRIC}, tables=PortfolioReader(root))


def test_a_block_shows_the_figures(root: Path) -> None:
    page, findings = expand(root, "tables: tables\n")
    assert not findings
    assert "12 assessments of 3 teams" in page
    assert 'href="../../assets/stagebook/portfolio.css"' in page
    assert page.count("<svg") > 20
    assert "<script" not in page
    hidden, _ = expand(root, "tables: tables\nhide_below: 3\n")
    assert "<small>hidden</small>" in hidden
    assert 'data-pf="believers"' not in hidden


def test_one_assessment_of_one_team_is_said_so(root: Path) -> None:
    (root / "one.jsonl").write_text(lines([said(1)]))
    make(root / "single", root / "one.jsonl")
    page, findings = expand(root, "tables: single\n")
    assert not findings
    assert "1 assessment of one team. A team" in page


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "error[missing-key]: 'show: portfolio' requires the key 'tables'"),
        ("tables: none\n", "5:9: error[unreadable]: none is not the folder of a portfolio"),
        ("tables: 3\n", "5:9: error[wrong-type]: tables must be a path"),
        ("tables: tables\nhide_below: a\n", "6:13: error[wrong-type]: hide_below must be a whole"),
    ],
)
def test_a_wrong_block_is_a_finding(root: Path, options: str, expected: str) -> None:
    page, [finding] = expand(root, options)
    assert expected in str(finding)
    assert "<table" not in page


def test_damaged_tables_are_a_finding(root: Path) -> None:
    shutil.copytree(root / "tables", root / "cut")
    shutil.rmtree(root / "cut" / "findings")
    _, findings = expand(root, "tables: cut\n")
    assert not findings  # That folder may be left out.
    shutil.rmtree(root / "cut" / "answers")
    _, [finding] = expand(root, "tables: cut\n")
    assert "cut is damaged: the table answers has no files" in str(finding)
    (root / "cut" / "portfolio.json").write_text("[]")
    _, [finding] = expand(root, "tables: cut\n")
    assert "cut is not the folder of a portfolio" in str(finding)


def test_two_blocks_of_a_page_share_no_id(root: Path) -> None:
    block = "```stagebook\nshow: portfolio\ntables: tables\n```\n"
    page, _ = expand_blocks(block * 2, "x.md", {RUBRIC.id: RUBRIC}, tables=PortfolioReader(root))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) > 10
    assert len(ids) == len({*ids})
    assert {*re.findall(r'aria-labelledby="([^"]+)"', page)} <= {*ids}


def test_a_block_speaks_the_language_of_its_page(root: Path) -> None:
    def titled(records: dict[str, Any]) -> dict[str, Any]:
        return {id_: one.model_copy(update={"title": f"DE {id_}"}) for id_, one in records.items()}

    german = RUBRIC.model_copy(
        update={
            "language": "de",
            "gates": titled(RUBRIC.gates),
            "remediations": titled(RUBRIC.remediations),
        }
    )
    reader, text = PortfolioReader(root), "```stagebook\nshow: portfolio\ntables: tables\n```\n"
    pages = [
        expand_blocks(text, "x.md", {RUBRIC.id: rubric}, tables=reader)[0]
        for rubric in (RUBRIC, german)
    ]
    for page, words, others in zip(
        pages, ("Where teams", "Wo die"), ("Wo die", "Where teams"), strict=True
    ):
        assert words in page
        assert others not in page
    for records in (RUBRIC.gates, RUBRIC.remediations):
        assert any(one.title in pages[0] for one in records.values())
        assert not any(one.title in pages[1] for one in records.values())
        assert any(f"DE {id_}" in pages[1] for id_ in records)


def test_tables_of_another_rubric_are_refused(root: Path) -> None:
    other = RUBRIC.model_copy(update={"id": "other"})
    text = "```stagebook\nshow: portfolio\ntables: tables\n```\n"
    _, [finding] = expand_blocks(text, "x.md", {"other": other}, tables=PortfolioReader(root))
    assert f"tables is a portfolio of the rubric {RUBRIC.id!r}" in str(finding)


def test_without_the_extra_the_block_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.startswith("stagebook.portfolio")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    _, [finding] = expand(root, "tables: tables\n")
    assert "pip install 'stagebook[portfolio]'" in str(finding)
