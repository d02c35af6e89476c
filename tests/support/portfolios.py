"""Small portfolios of the sample rubric."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from click.testing import CliRunner, Result
from folders import ROOT
from stagebook.cli import main
from stagebook.files.inputs import find_inputs
from stagebook.files.rubrics import load_rubric
from stagebook.portfolio.rows import Settings
from stagebook.portfolio.run import Job, Summary, make_portfolio
from stagebook.portfolio.schema import TABLES
from strategies import answers_of

SAMPLE = ROOT / "tests" / "rubrics" / "good" / "sample.yml"
RUBRIC = load_rubric(SAMPLE).rubric
GATES = [*RUBRIC.gates]
TODAY = date(2027, 1, 1)
"""The day of all runs, after the dates of all assessments."""
SETTINGS = Settings(today=TODAY)


def said(number: int, **more: Any) -> dict[str, Any]:
    """Return an assessment of the sample; each number answers otherwise."""
    answers = {}
    for place, gate in enumerate(GATES):
        choices = answers_of(RUBRIC, gate)
        answers[gate] = choices[(number + place) % len(choices)]
    return {
        "format": "stagebook-assessment/1",
        "rubric": {"id": RUBRIC.id, "version": RUBRIC.version},
        "team": f"Team {number % 3}",
        "date": f"2026-{1 + number % 12:02}-10",
        "believed_stage": [*RUBRIC.stages][number % len(RUBRIC.stages)],
        "answers": answers,
        **more,
    }


def lines(entries: Sequence[dict[str, Any]]) -> str:
    return "".join(json.dumps(entry) + "\n" for entry in entries)


def make(out: Path, *files: Path | str, settings: Settings | None = None, jobs: int = 1) -> Summary:
    settings = settings or SETTINGS
    job = Job(RUBRIC, settings._replace(today=settings.today or TODAY), jobs)
    return make_portfolio(job, find_inputs(map(str, files)), out)


def table(out: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table, in an order of their own."""
    parts = [pq.ParquetFile(path).read() for path in sorted((out / name).glob("*.parquet"))]
    rows: list[dict[str, Any]] = pa.concat_tables(parts).to_pylist()
    return sorted(rows, key=repr)


def tables(out: Path) -> dict[str, list[dict[str, Any]]]:
    return {name: table(out, name) for name in TABLES}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])
