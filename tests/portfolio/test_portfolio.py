"""`stagebook portfolio`: its tables, what it keeps, and what it never tells unasked."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from folders import ROOT
from portfolios import GATES, RUBRIC, SAMPLE, SETTINGS, lines, make, run, said, table, tables
from stagebook.assessment.reader import read_assessment
from stagebook.cli.portfolio import progress_bar
from stagebook.files.inputs import find_inputs
from stagebook.portfolio import earlier, making, pool, store
from stagebook.portfolio import run as running
from stagebook.portfolio.batches import score_batches, split_batch
from stagebook.portfolio.columns import table_schema
from stagebook.portfolio.rows import Settings
from stagebook.portfolio.run import Job, make_portfolio
from stagebook.portfolio.schema import TABLES
from stagebook.report.data import result_data
from stagebook.scoring.gates import is_shut
from stagebook.scoring.scorer import Scorer

pytestmark = pytest.mark.slow


def test_rows_hold_the_numbers_of_the_result(tmp_path: Path) -> None:
    entries = [said(number) for number in range(7)]
    # What cannot be read has no rows, and moves none to another assessment.
    (tmp_path / "a.jsonl").write_text("{\n" + lines(entries[:3]) + "{}\n" + lines(entries[3:]))
    assert make(tmp_path / "out", tmp_path / "a.jsonl").scored == 7
    scorer = Scorer(RUBRIC)
    rows = {row["assessment"]: row for row in table(tmp_path / "out", "assessments")}
    assert len(rows) == 7
    by_day = {row["day"].isoformat(): id_ for id_, row in rows.items()}
    results, scored = [], {}
    for text in lines(entries).splitlines():
        assessment, _ = read_assessment(text, RUBRIC)
        assert assessment is not None
        results.append(result_data(scorer, assessment))
        scored[by_day[assessment.date]] = scorer.score(assessment)
    dimensions = table(tmp_path / "out", "dimensions")
    cells = table(tmp_path / "out", "cells")
    answers = table(tmp_path / "out", "answers")
    plays = table(tmp_path / "out", "plays")
    for result in results:
        id_ = by_day[result["date"]]
        row = rows[id_]
        for key in ("low", "high", "so_far"):
            assert row[key] == result["overall"][key]
            assert row[f"stage_{key}"] == result["overall"]["stage"][key]
        assert {key: row[key] for key in result["coverage"]} == result["coverage"]
        assert (row["believed"], row["belief_gap"]) == (
            result["believed"]["stage"],
            result["believed"]["levels_above"],
        )
        low = {one["dimension"]: one["low"] for one in dimensions if one["assessment"] == id_}
        assert low == {key: one["low"] for key, one in result["dimensions"].items()}
        own = {one["gate"]: one for one in answers if one["assessment"] == id_}
        assert {
            key: (one["answer"], one["score"], one["applies"], one["met"])
            for key, one in own.items()
        } == {
            gate.id: (*state[:3], state.is_open or (False if is_shut(state) else None))
            for gate in scorer.gates
            for state in [scored[id_].states[gate.id]]
        }
        own = {(one["dimension"], one["stage"]): one for one in cells if one["assessment"] == id_}
        assert {key: (one["low"], one["high"], one["so_far"]) for key, one in own.items()} == {
            (dimension, stage): score
            for dimension, row in scored[id_].cells.items()
            for stage, score in row.items()
        }
        for (dimension, stage), one in own.items():
            states = [scored[id_].states[gate.id] for gate in scorer.cells[dimension][stage]]
            assert one["gates"] == sum(state.applies for state in states)
            assert one["open"] == sum(state.applies and state.is_open for state in states)
            assert one["shut"] == sum(map(is_shut, states))
        planned = [one for one in plays if one["assessment"] == id_]
        planned.sort(key=lambda one: int(one["position"]))
        assert [(one["play"], one["opens"]) for one in planned] == [
            (one["remediation"], len(one["opens"])) for one in result["plan"]
        ]


def test_every_column_is_described_and_written(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(said(1)))
    make(tmp_path / "out", tmp_path / "a.json")
    guide = (ROOT / "content" / "guides" / "portfolio.md").read_text("utf-8")
    for name, columns in TABLES.items():
        [path] = (tmp_path / "out" / name).glob("*.parquet")
        assert pq.read_schema(path).names == [column.name for column in columns]
        assert pq.read_schema(path).equals(table_schema(name))
        for column in columns:
            assert f"| `{column.name}` | {column.about} |" in guide, (name, column.name)


def test_processes_make_the_same_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MAX_ROWS", 3)
    monkeypatch.setattr(pool, "FEW", 4)
    path = tmp_path / "a.jsonl"
    path.write_text(lines([said(number) for number in range(30)]) + "{\n")
    for name, jobs in (("one", 1), ("two", 2), ("again", 2)):
        summary = make(tmp_path / name, path, jobs=jobs)
        assert (summary.scored, summary.broken, len(summary.errors)) == (30, 1, 1)
    assert tables(tmp_path / "one") == tables(tmp_path / "two")
    # Which process scores what does not depend on which one is faster.
    parts = [sorted((tmp_path / name).rglob("*.parquet")) for name in ("two", "again")]
    assert len(parts[0]) == 2 * (len(TABLES) - 1) + 1
    assert [one.read_bytes() for one in parts[0]] == [one.read_bytes() for one in parts[1]]


def test_engines_get_the_rows_of_one_machine(tmp_path: Path) -> None:
    entries = [said(number, tags=["a", "b"][: number % 3]) for number in range(20)]
    texts = [*lines(entries).splitlines(keepends=True), "[]\n"]
    texts[3:3] = texts[12:12] = ["{\n", "{}\n"]
    sources = [f"{tmp_path / 'a.jsonl'}:{number}" for number, _ in enumerate(texts, 1)]
    (tmp_path / "a.jsonl").write_text("".join(texts))
    make(tmp_path / "out", tmp_path / "a.jsonl")
    batch = pa.RecordBatch.from_pydict({"source": sources, "text": texts})
    halves = [batch.slice(0, 9), batch.slice(9)]
    made = [split_batch(one) for one in score_batches(RUBRIC, SETTINGS)(halves)]
    for name in made[0]:
        found = pa.concat_tables([one[name] for one in made])
        assert found.schema.equals(table_schema(name))
        assert sorted(found.to_pylist(), key=repr) == table(tmp_path / "out", name)


def test_what_is_unchanged_is_not_scored_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (store, earlier):
        monkeypatch.setattr(module, "PART", 4)
    monkeypatch.setattr(running, "MAX_ROWS", 2)
    monkeypatch.setattr(making, "GROUP", 2)
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    entries = [said(number) for number in range(11)]
    path.write_text(lines(entries))
    assert make(out, path).scored == 11
    assert len(list((out / "answers").iterdir())) > 2
    summary = make(out, path)
    assert (summary.scored, summary.kept) == (0, 11)
    # One changed, one gone, one new, one twice; and all lines moved.
    changed = [said(40), entries[3], *entries[1:6], said(6, subject="B"), *entries[7:]]
    path.write_text(lines(changed))
    summary = make(out, path)
    assert (summary.scored, summary.kept) == (3, 9)
    make(tmp_path / "fresh", path)
    assert tables(out) == tables(tmp_path / "fresh")
    for name in TABLES:
        for part in (out / name).iterdir():
            assert pq.read_schema(part).equals(table_schema(name))
    # Other answers of the command: all are scored again.
    assert make(out, path, settings=Settings(names=True)).kept == 0
    path.write_text(lines(entries))
    make(out, path, settings=Settings(names=True))
    make(tmp_path / "fresh", path, settings=Settings(names=True))
    assert tables(out) == tables(tmp_path / "fresh")


def test_a_run_that_ends_meanwhile_takes_nothing_away(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text(lines([said(number) for number in range(6)]))
    make(out, path)
    path.write_text(lines([said(number) for number in range(7)]))
    others: list[Any] = []

    def progress(_done: int, _count: int) -> None:
        if not others:
            others.append(make(out, path))

    inputs = find_inputs([str(path)])
    summary = make_portfolio(Job(RUBRIC, SETTINGS, 1), inputs, out, progress=progress)
    assert (summary.scored, summary.kept, others[0].kept) == (1, 6, 6)
    make(tmp_path / "fresh", path)
    assert tables(out) == tables(tmp_path / "fresh")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.jsonl", "fresh", "out"]


@pytest.mark.parametrize("damage", ["gone", "cut", "other", "manifest"])
def test_of_damaged_tables_nothing_is_kept(tmp_path: Path, damage: str) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text(lines([said(number) for number in range(3)]))
    make(out, path)
    before = tables(out)
    if damage == "gone":
        shutil.rmtree(out / "findings")
    elif damage == "cut":
        (out / "answers" / "part-00000.parquet").write_bytes(b"PAR1")
    elif damage == "other":
        for name in ("assessments", "plays"):
            shutil.copy(out / "tags" / "part-00000.parquet", out / name)
    else:
        (out / "portfolio.json").write_text("[]")
    summary = make(out, path)
    assert (summary.scored, summary.kept) == (3, 0)
    assert tables(out) == before


def test_an_id_stays_if_a_file_name_is_no_text(tmp_path: Path) -> None:
    try:
        (tmp_path / "\udcff.json").write_text(json.dumps(said(1)))
    except OSError:
        pytest.skip("file names are text here")
    make(tmp_path / "out", tmp_path / "\udcff.json")
    before = tables(tmp_path / "out")
    assert make(tmp_path / "out", tmp_path / "\udcff.json").kept == 1
    assert tables(tmp_path / "out") == before


def test_the_same_text_of_the_same_name_counts_twice(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(said(1, tags=["a"])))
    [one] = find_inputs([str(tmp_path / "a.json")])
    for count in (1, 2):
        job = Job(RUBRIC, SETTINGS, 1)
        assert make_portfolio(job, [one] * count, tmp_path / f"{count}").scored == count
    found = tables(tmp_path / "1")
    twice = {name: sorted([*rows, *rows], key=repr) for name, rows in found.items()}
    assert tables(tmp_path / "2") == {**twice, "titles": found["titles"]}


def test_of_what_is_gone_no_text_stays_in_any_file(tmp_path: Path) -> None:
    def noted(number: int) -> dict[str, Any]:
        answers = {GATES[0]: {"answer": "yes", "note": f"Note {number}"}}
        return said(number, respondent=f"Person {number}", team=f"Team {number}", answers=answers)

    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text(lines([noted(number) for number in range(4)]))
    make(out, path, settings=Settings(names=True, notes=True))
    path.write_text(lines([noted(number) for number in range(3)]))
    assert make(out, path, settings=Settings(names=True, notes=True)).kept == 3
    ids = {row["assessment"] for row in table(out, "assessments")}
    for name, columns in TABLES.items():
        texts = [column.name for column in columns if column.kind == "text"]
        for part in (out / name).iterdir():
            rows = pq.ParquetFile(part, read_dictionary=texts).read()
            for text in texts:
                found = {one for chunk in rows[text].chunks for one in chunk.dictionary.to_pylist()}
                assert found.isdisjoint({"Note 3", "Person 3", "Team 3", "Team 3 3"})
                assert text != "assessment" or found <= ids


def test_broken_files_are_listed_and_stop_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bad.json").write_text("{")
    (folder / "cut.json.gz").write_bytes(gzip.compress(json.dumps(said(1)).encode())[:-20])
    (folder / "empty.jsonl").write_text("")
    (folder / "good.json").write_text(json.dumps(said(1)))
    (folder / "odd.json").write_text(json.dumps(said(2, answers={"x": "yes"})))
    (folder / "other.json").write_text(json.dumps(said(3, rubric={"id": "other"})))
    (folder / "team.json").write_text(json.dumps({"format": "stagebook-team/2", "assessments": []}))
    result = run("portfolio", SAMPLE, folder, "-o", tmp_path / "out", "-j", 1)
    assert result.exit_code == 1
    found = {(Path(row["source"]).name, row["code"]) for row in table(tmp_path / "out", "findings")}
    assert found == {
        ("bad.json", "not-json"),
        ("cut.json.gz", "unreadable"),
        ("empty.jsonl", "empty"),
        ("odd.json", "unknown-gate"),
        ("other.json", "other-rubric"),
        ("team.json", "future-format"),
    }
    assert len(table(tmp_path / "out", "assessments")) == 2
    for name, code in found:
        assert any(name in line and code in line for line in result.stderr.splitlines())
    assert "2 assessments; 5 could not be read" in result.stderr


def test_what_was_broken_is_told_of_once_and_no_more_when_it_is_mended(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    older = {"id": RUBRIC.id, "version": "0.9.0"}
    (folder / "good.jsonl").write_text(lines([said(1), said(2, rubric=older)]))
    (folder / "then.jsonl").write_text("{\n")
    make(out, folder)
    codes = ["not-json", "other-version"]
    for _ in range(2):
        assert sorted(row["code"] for row in table(out, "findings")) == codes
        assert make(out, folder).kept == 2
    (folder / "then.jsonl").write_text(lines([said(3)]))
    summary = make(out, folder)
    assert (summary.scored, summary.kept, summary.errors) == (1, 2, [])
    assert [row["code"] for row in table(out, "findings")] == codes[1:]


def test_of_what_is_unchanged_warnings_are_counted_again(tmp_path: Path) -> None:
    older = {"id": RUBRIC.id, "version": "0.9.0"}
    texts = lines([said(number, rubric=older) for number in range(3)])
    (tmp_path / "a.jsonl").write_text(f"{texts}{{\n")
    first, again = (make(tmp_path / "out", tmp_path / "a.jsonl") for _ in range(2))
    assert again.kept == 3
    assert (
        first.counts
        == again.counts
        == {
            ("warning", "other-version"): 3,
            ("error", "not-json"): 1,
        }
    )


def test_of_an_assessment_that_is_dated_after_today_a_warning_tells(tmp_path: Path) -> None:
    days = ("2026-11-30", "2026-12-01", "2026-12-02T08:00", "2031-12", "never", "")
    entries = [said(number, date=day) for number, day in enumerate(days)]
    (tmp_path / "a.jsonl").write_text(lines(entries))

    def made(today: date) -> tuple[int, int, list[str]]:
        settings = Settings(notes=True, today=today)
        summary = make(tmp_path / "out", tmp_path / "a.jsonl", settings=settings)
        rows = [row for row in table(tmp_path / "out", "findings") if row["code"] == "future-date"]
        assert summary.counts["warning", "future-date"] == len(rows)
        return summary.scored, summary.kept, sorted(row["message"] for row in rows)

    later = ["2026-12-02T08:00 is after today", "2031-12 is after today"]
    assert made(date(2026, 12, 1)) == (6, 0, later)
    # On another day, what was dated after the first one is looked at again.
    assert made(date(2026, 12, 2)) == (2, 4, later[1:])
    assert len(table(tmp_path / "out", "assessments")) == 6


def test_files_are_read_from_folders_patterns_archives_and_addresses(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(said(1)))
    (folder / "b.JSONL.GZ").write_bytes(gzip.compress(lines([said(2), said(3)]).encode()))
    packed = pa.CompressedOutputStream(pa.OSFile(str(folder / "c.json.zst"), "wb"), "zstd")
    with packed:
        packed.write(json.dumps(said(4)).encode())
    team = {"format": "stagebook-team/1", "assessments": [said(5), said(6)]}
    (folder / "d.json").write_text(json.dumps(team))
    (folder / ".hidden.json").write_text("{")
    (folder / "notes.txt").write_text("{")
    system = fsspec.filesystem("memory")
    system.pipe("/portfolio-test/e.jsonl", lines([said(7), said(8)]).encode())
    system.pipe("/portfolio-test/f.json", json.dumps(said(9)).encode())
    out = tmp_path / "out"
    assert make(out, folder).scored == 6
    assert make(out, f"{folder}/*.json", folder / "a.json").scored == 0
    assert len(table(out, "assessments")) == 3
    assert make(out, "memory://portfolio-test/").scored == 3
    summary = make(out, "memory://portfolio-test/*.jsonl", folder / "a.json")
    assert (summary.scored, summary.kept, summary.errors) == (1, 2, [])
    # Of what fits a pattern, files are read.
    (folder / "inner").mkdir()
    (folder / "notes.txt").unlink()
    for pattern in ("*", "**"):
        summary = make(out, f"{folder}/{pattern}")
        assert (len(table(out, "assessments")), summary.broken) == (6, 0)
    system.pipe("/portfolio-test/inner.json/g.json", b"{")
    assert make(out, "memory://portfolio-test/*.json").broken == 0
    assert make(out, "memory://portfolio-test/none.json").broken == 1
    assert make(out, f"{tmp_path}/none*.json").broken == 1


def test_a_file_counts_once_by_whatever_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(said(1)))
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "b.json").symlink_to(folder / "a.json")
    monkeypatch.chdir(tmp_path)
    paths = ["in/a.json", folder, "link", "in/../link/a.json", "b.json", "*.json", "-", "-"]
    paths.append((folder / "a.json").as_uri())
    assert [one.name for one in find_inputs(map(str, paths))] == [str(Path("in/a.json")), "-"]


def test_names_and_notes_stay_out_unless_asked_for(tmp_path: Path) -> None:
    secrets = {"respondent": "Zelda Quux", "x-mail": "zelda@quux"}
    noted = {
        GATES[0]: {
            "answer": "yes",
            "note": "Zelda's note",
            "reason": "Zelda's reason",
            "evidence": [
                {"title": "Zelda's minutes", "url": "https://zelda", "date": "2026-01-01"}
            ],
        },
        GATES[1]: {"answer": "Zelda's answer"},
        "Zelda": "yes",
    }
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.json").write_text(json.dumps(said(1, **secrets, answers=noted)))
    out = tmp_path / "out"

    def told(*options: str) -> set[str]:
        run("portfolio", SAMPLE, folder, "-o", out, "-j", 1, *options)
        rows = tables(out)
        assert sum(row["evidence"] for row in rows["answers"]) == 1
        words = "Zelda Quux", "one.json", "Zelda's note", "Zelda's reason", "minutes", "quux"
        texts = {name: repr(rows[name]) for name in TABLES}
        # Findings name the file: what is broken could not be found otherwise.
        texts["findings"] = texts["findings"].replace(str(folder / "one.json"), "")
        texts["files"] = "".join(
            path.read_text("utf-8") for path in out.glob("*.*") if path.suffix in (".json", ".html")
        )
        said = "".join(texts.values())
        found = {word for word in words if word in said}
        return found | ({"findings"} if "Zelda" in texts["findings"] else set())

    assert told() == set()
    assert {"Zelda Quux", "one.json"} <= told("--names")
    assert told("--notes") == {"Zelda's note", "Zelda's reason", "findings"}


def test_tags_come_from_the_assessment_and_from_a_list(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(said(1, tags=["own", "", 3])))
    (tmp_path / "tags.csv").write_text("team,tag\nTeam 1,payments\nTeam 1,own\nTeam 2,other\n")
    out = tmp_path / "out"
    run("portfolio", SAMPLE, tmp_path / "a.json", "-o", out, "--tags", tmp_path / "tags.csv")
    assert [row["tag"] for row in table(out, "tags")] == ["own", "payments"]
    (tmp_path / "tags.csv").write_text("a,b\n")
    result = run("portfolio", SAMPLE, tmp_path / "a.json", "--tags", tmp_path / "tags.csv")
    assert result.exit_code == 2
    assert "columns team and tag" in result.stderr
    for content, message in [
        ("team,tag\nÉquipe,own\n".encode("latin-1"), "save the file as UTF-8"),
        (b"team,tag\nTeam 1," + b"x" * 200_000, "field larger than field limit"),
    ]:
        (tmp_path / "tags.csv").write_bytes(content)
        result = run("portfolio", SAMPLE, tmp_path / "a.json", "--tags", tmp_path / "tags.csv")
        assert result.exit_code == 2
        assert message in result.stderr


def test_rows_of_tags_that_tag_nothing_are_told_of(tmp_path: Path) -> None:
    entries = [said(1, tags=[" core", "core "]), {**said(2), "team": ""}]
    (tmp_path / "a.jsonl").write_text(lines(entries))
    path, out = tmp_path / "tags.csv", tmp_path / "out"
    path.write_text(
        "tag,team\ncore,Team 1\n core , Team  1\nlost,\n,Team 1\n, \n"
        "x,Team 11\ny,Team 11\nz,Nobody\n"
    )
    result = run("portfolio", SAMPLE, tmp_path / "a.jsonl", "-o", out, "-j", 1, "--tags", path)
    assert result.exit_code == 0
    assert [row["tag"] for row in table(out, "tags")] == ["core"]
    assert result.stderr.splitlines()[:-1] == [
        f"{path}:4: warning[no-team]: the tag 'lost' has no team",
        f"{path}:5: warning[no-tag]: the team 'Team 1' has no tag",
        f"{path}:7: warning[unknown-team]: no assessment is of the team 'Team 11'"
        " (did you mean 'Team 1'?)",
        f"{path}:9: warning[unknown-team]: no assessment is of the team 'Nobody'",
    ]
    path.write_text("team,tag\n" + "".join(f"{number},x\n" for number in range(1_030)))
    result = run("portfolio", SAMPLE, tmp_path / "a.jsonl", "-o", out, "-j", 1, "--tags", path)
    told = result.stderr.splitlines()
    assert (len(told), told[-2]) == (22, f"{path}: and 1,010 more")


def test_a_team_is_one_however_its_blanks_and_accents_are_stored(tmp_path: Path) -> None:
    spellings = ("Équipe 1", " E\u0301quipe  1\t", "\u00c9quipe\u00a01")
    answers, out = tmp_path / "answers.jsonl", tmp_path / "out"
    entries = [
        said(number, team=team, subject=f"Shop{' ' * number}")
        for number, team in enumerate(spellings)
    ]
    answers.write_text(lines(entries), encoding="utf-8")
    (tmp_path / "tags.csv").write_text("team,tag\nÉquipe  1,payments\n", encoding="utf-8")
    run("portfolio", SAMPLE, answers, "-o", out, "--tags", tmp_path / "tags.csv")
    assert {row["unit"] for row in table(out, "assessments")} == {"Équipe 1 · Shop"}
    assert [row["tag"] for row in table(out, "tags")] == ["payments"] * 3


def test_without_the_extra_the_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in sys.modules if one.startswith("stagebook.portfolio")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    (tmp_path / "a.json").write_text("{}")
    for arguments in (["portfolio", SAMPLE, tmp_path / "a.json"], ["query", tmp_path, "SELECT 1"]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "pip install 'stagebook[portfolio]'" in result.stderr


def test_other_folders_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(said(1)))
    result = run("portfolio", SAMPLE, tmp_path / "a.json", "-o", tmp_path)
    assert result.exit_code == 2
    assert "was not written by Stagebook" in result.stderr
    assert run("portfolio", SAMPLE, tmp_path / "none.json").exit_code == 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_where_there_is_no_assessment_a_portfolio_stays_as_it_is(tmp_path: Path) -> None:
    answers, out, nothing = (tmp_path / name for name in ("answers.jsonl", "out", "nothing"))
    answers.write_text(lines([said(number) for number in range(3)]), encoding="utf-8")
    nothing.mkdir()
    (nothing / "notes.txt").write_text("none", encoding="utf-8")
    assert run("portfolio", SAMPLE, answers, "-o", out).exit_code == 0
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    pattern, missing = f"{tmp_path}/./*.jsn", tmp_path / "none.json"
    for wrong, words in (
        (nothing, f"no assessment in {nothing}"),
        (pattern, f"{pattern} matches no file"),
        (missing, f"{missing} does not exist"),
    ):
        result = run("portfolio", SAMPLE, wrong, "-o", out)
        assert result.exit_code == 2
        assert words in result.stderr
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_progress_shows_part_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        monkeypatch.setattr(sys, "stderr", stream)
        with progress_bar(1_000) as progress:
            for done in range(0, 1_001, 100):
                progress(done, done)
                time.sleep(0.02)
    monkeypatch.undo()
    assert re.search(r"\d+% \|.*\| [\d,]+ assessments, [\d,]+/s, \d\d:\d\d", terminal.getvalue())
    assert file.getvalue() == ""


def test_an_address_says_which_package_it_needs(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    result = run("portfolio", SAMPLE, "nothing-like-this://x/a.json", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "nothing-like-this" in result.stderr
