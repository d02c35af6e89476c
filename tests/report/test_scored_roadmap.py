"""The roadmap of an assessment in `stagebook score`: in words of both languages, and as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from folders import ROOT
from scored import read
from stagebook.cli import main
from stagebook.files.rubrics import load_rubric
from stagebook.report.data import result_data
from stagebook.report.text import explain
from stagebook.scoring.scorer import Scorer

RUBRICS = ROOT / "rubrics"
RUBRIC = RUBRICS / "ai-product.yml"
PHASES: list[dict[str, Any]] = [
    {
        "title": "First \x1b[31mquarter",
        "owner": "R. Khan",
        "date": "2027-03-31",
        "target_stage": "repeatable",
        "remediations": [{"id": "data-access-stopwatch", "owner": "A. Jones"}, "data-passport"],
    },
    {},
    {"date": "autumn", "remediations": ["deletion-drill"]},
]


def said(phases: list[dict[str, Any]]) -> dict[str, Any]:
    header = {"id": "ai-product", "version": load_rubric(RUBRIC).rubric.version}
    return {"format": "stagebook-assessment/1", "rubric": header, "roadmap": phases}


def report(rubric: Path, phases: list[dict[str, Any]] = PHASES) -> str:
    scorer = Scorer(load_rubric(rubric).rubric)
    return explain(scorer, read(scorer.rubric, said(phases)))


def test_the_report_lists_phases_with_owner_day_and_target() -> None:
    titles = {id_: one.title for id_, one in load_rubric(RUBRIC).rubric.remediations.items()}
    lines = report(RUBRIC).partition("\nRoadmap\n")[2].splitlines()
    assert lines[:5] == [
        "  First \\x1b[31mquarter · Until 2027-03-31 · Owner: R. Khan · Target: Repeatable",
        f"    {titles['data-access-stopwatch']} (A. Jones)",
        f"    {titles['data-passport']}",
        "  Phase 3 · Until autumn",
        f"    {titles['deletion-drill']}",
    ]


def test_it_speaks_the_language_of_the_rubric() -> None:
    text = report(RUBRICS / "ai-product.de.yml")
    assert " · Bis 2027-03-31 · Verantwortlich: R. Khan · Ziel: Wiederholbar\n" in text


def test_without_a_roadmap_nothing_is_said() -> None:
    assert "Roadmap" not in report(RUBRIC, [])
    assert "Roadmap" not in report(RUBRIC, [{}, {}])
    scorer = Scorer(load_rubric(RUBRIC).rubric)
    assert "roadmap" not in result_data(scorer, read(scorer.rubric, said([])))


def test_the_result_as_data_has_the_phases_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(said(PHASES)), encoding="utf-8")
    ran = CliRunner().invoke(main, ["score", str(RUBRIC), str(file), "--format", "json"])
    found = json.loads(ran.stdout)["roadmap"]
    plays = [{"id": "data-access-stopwatch", "owner": "A. Jones"}, {"id": "data-passport"}]
    assert found == [
        {**PHASES[0], "remediations": plays},
        {},
        {"date": "autumn", "remediations": [{"id": "deletion-drill"}]},
    ]
