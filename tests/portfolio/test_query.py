"""`stagebook query`: SQL over the tables, and the queries of the package."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from portfolios import GATES, RUBRIC, SAMPLE, lines, make, run, said
from stagebook.cli import main
from stagebook.portfolio.figures import AGES, Teller
from stagebook.portfolio.query import list_queries, open_tables
from stagebook.portfolio.report import rows_data

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a portfolio of three teams with several rounds each."""
    folder = tmp_path_factory.mktemp("portfolio")
    path = folder / "a.jsonl"
    path.write_text(lines([said(number) for number in range(12)]) + "{\n")
    make(folder / "out", path)
    return folder / "out"


def ask(out: Path, sql: str) -> list[dict[str, Any]]:
    with open_tables(out) as tables:
        return tables.ask(sql).records()


def named(out: Path, name: str) -> list[dict[str, Any]]:
    result = run("query", out, "--name", name, "--format", "json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_sql_is_asked_of_the_tables(out: Path) -> None:
    assert ask(out, "SELECT count(*) AS n FROM assessments") == [{"n": 12}]
    result = run("query", out, "SELECT 1 AS one, 'a;=b' AS two, NULL AS three", "--format", "csv")
    assert [*csv.reader([result.stdout.splitlines()[1]])] == [["1", "a;'=b", ""]]
    assert run("query", out, "SELECT 1 AS one").stdout == "one\n1\n"


def test_numbers_and_names_of_columns_are_kept(out: Path) -> None:
    sql = (
        "SELECT -1.5 AS low, 2 AS low, 3 AS low_2, 'NaN'::DOUBLE AS none, chr(27) || '[1m' AS sign"
    )
    assert run("query", out, sql, "--format", "csv").stdout.splitlines()[1].startswith("-1.5,2,3,")
    line = run("query", out, sql, "--format", "json").stdout
    assert json.loads(line) == {
        "low": -1.5,
        "low_2": 2,
        "low_2_2": 3,
        "none": None,
        "sign": "\x1b[1m",
    }
    shown = run("query", out, sql).stdout
    assert "\\x1b[1m" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("name", list_queries())
def test_each_query_of_the_package_answers(out: Path, name: str) -> None:
    assert named(out, name)
    assert run("query", out, "--name", name, "--show").stdout.startswith("-- ")


def test_a_unit_stands_where_its_newest_assessment_is(out: Path) -> None:
    standing = ask(out, "SELECT unit, day FROM standing ORDER BY unit")
    assert [(row["unit"], row["day"].isoformat()) for row in standing] == [
        ("Team 0", "2026-10-10"),
        ("Team 1", "2026-11-10"),
        ("Team 2", "2026-12-10"),
    ]
    assert sum(row["units"] for row in named(out, "stages")) == 3


def test_of_two_on_one_day_the_most_cautious_stands(tmp_path: Path) -> None:
    day = {"team": "T", "date": "2026-05-01"}
    every = {gate: {"answer": answer} for answer in ("yes",) for gate in said(0)["answers"]}
    entries = [said(0, **day, answers=every), said(0, **day, answers={})]
    (tmp_path / "a.jsonl").write_text(lines(entries))
    make(tmp_path / "out", tmp_path / "a.jsonl")
    [row] = ask(tmp_path / "out", "SELECT answered FROM standing")
    assert row["answered"] == 0


def test_movement_counts_from_the_round_before(tmp_path: Path) -> None:
    every = {gate: "yes" for gate in said(0)["answers"]}
    entries = [
        said(0, team=team, date=day, answers=answers)
        for team, day, answers in [
            ("up", "2026-01-01", {}),
            ("up", "2026-07-01", every),
            ("down", "2026-01-01", every),
            ("down", "2026-07-02", {}),
            ("same", "2026-06-30", {}),
            ("same", "2026-07-02", {}),
            ("new", "2026-07-02", every),
        ]
    ]
    (tmp_path / "a.jsonl").write_text(lines(entries))
    make(tmp_path / "out", tmp_path / "a.jsonl")
    rows = {row["round"]: row for row in named(tmp_path / "out", "movement")}
    assert rows["2026-Q3"] == {"round": "2026-Q3", "rose": 1, "stayed": 1, "fell": 1, "new": 1}


def test_evidence_that_is_dated_later_is_of_no_age(tmp_path: Path) -> None:
    days = {
        "quarter": ("2026-05-01", "2026-01-31"),
        "year": ("2026-01-30", "2025-05-01"),
        "older": ("2025-04-30",),
        "later": ("2026-05-02",),
        "undated": ("none",),
    }
    entries = [
        said(
            0,
            team=day,
            date="2026-05-01",
            answers={GATES[0]: {"answer": "yes", "evidence": [{"title": "T", "date": day}]}},
        )
        for own in days.values()
        for day in own
    ]
    (tmp_path / "a.jsonl").write_text(lines(entries))
    make(tmp_path / "out", tmp_path / "a.jsonl")
    found = named(tmp_path / "out", "evidence")
    assert found == [{"age": age, "gates": len(own)} for age, own in days.items()]
    with open_tables(tmp_path / "out") as opened:
        figures = Teller(RUBRIC, opened).figures()
        rows = rows_data(RUBRIC, opened, figures)["rows"]
    [section] = [one for one in figures.sections if one.id == "evidence"]
    counts = tuple(len(days.get(age, ())) for age in AGES)
    assert section.rows[0].values == counts
    assert tuple(map(sum, zip(*(row[12] for row in rows), strict=True))) == counts


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["SELEC 1"], "syntax error"),
        (["--name", "stage"], "did you mean 'stages'?"),
        ([], "either SQL or --name"),
        (["SELECT * FROM read_csv('/etc/hosts')"], "disabled by configuration"),
        (["SET enable_external_access = true"], "locked"),
        (["SELECT * FROM read_text('{out}/portfolio.json')"], "disabled by configuration"),
        (["COPY assessments TO 'x.csv'"], "queries read only: COPY"),
        (["COPY assessments TO '{out}/report.html'"], "queries read only: COPY"),
        (["COPY tags TO '{out}/tags/part-00000.parquet' (USE_TMP_FILE false)"], "read only"),
        (["EXPLAIN ANALYZE COPY tags TO '{out}/tags/part-00000.parquet'"], "read only: EXPLAIN"),
        (["SELECT 1; ATTACH '{out}/x.db'"], "queries read only: ATTACH"),
        (["EXPORT DATABASE '{out}/x'"], "queries read only: EXPORT"),
        ([" -- nothing"], "the query is empty"),
    ],
)
def test_what_cannot_be_asked_is_said(out: Path, arguments: list[str], message: str) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    before = files()
    filled = [one.replace("{out}", str(out)) for one in arguments]
    result: Result = CliRunner().invoke(main, ["query", str(out), *filled])
    assert result.exit_code == 2
    assert message in result.stderr
    assert files() == before


def test_an_error_of_several_lines_has_several_lines(out: Path) -> None:
    result = CliRunner().invoke(main, ["query", str(out), "SELECT * FROM place"])
    assert "does not exist!\nDid you mean" in result.stderr
    assert "\\n" not in result.stderr


def test_a_folder_without_a_portfolio_is_named(tmp_path: Path) -> None:
    problem = f"{tmp_path} is not a portfolio: it has no sound portfolio.json"
    assert problem in run("query", tmp_path, "SELECT 1").stderr
    (tmp_path / "portfolio.json").write_text("[]")
    assert problem in run("query", tmp_path, "SELECT 1").stderr


def test_a_folder_may_have_any_name_and_no_findings(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines([said(1), said(2)]) + "{\n")
    out = tmp_path / "it's [2026] *?"
    result = run("portfolio", SAMPLE, tmp_path / "a.jsonl", "-o", out, "-j", 1)
    assert "2 assessments; 1 could not be read" in result.stderr
    assert named(out, "findings") == [
        {"level": "error", "code": "not-json", "findings": 1, "files": 1}
    ]
    # Whoever passes the tables on may leave these out.
    shutil.rmtree(out / "findings")
    assert named(out, "findings") == []
    assert len(named(out, "stages")) == 3
    shutil.rmtree(out / "tags")
    assert "the table tags has no files" in run("query", out, "--name", "stages").stderr
    (out / "plays" / "part-00000.parquet").write_bytes(b"PAR1")
    result = run("query", out, "--name", "stages")
    assert result.exit_code == 2
    assert "is damaged" in result.stderr
