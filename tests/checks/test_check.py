"""`stagebook check`: every finding at its place, all at once, whatever the file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Golden
from folders import ROOT
from stagebook.checks import Subject, links_lead_somewhere
from stagebook.checks.loader import read_rubric
from stagebook.cli import main
from stagebook.diagnostics import CODES, Diagnostic
from stagebook.files.rubrics import load_rubric

BAD = ROOT / "tests" / "rubrics" / "bad"
FIXTURES = sorted(BAD.glob("*.yml"))
NEEDS_A_FILE = {"unreadable", "too-large", "link-missing", "block-empty"}
NEEDS_A_FILE |= {"workbook-sheet", "workbook-heading", "workbook-link", "po-syntax", "po-entry"}
"""Shown elsewhere: no text of a rubric can cause them."""


def lines_of(path: Path) -> str:
    findings = load_rubric(path).findings
    shown = (str(finding).replace(f"{path}:", "", 1) for finding in findings)
    return "".join(f"{line}\n" for line in shown)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_bad_rubric_gives_the_expected_lines(path: Path, golden: Golden) -> None:
    lines = lines_of(path)
    assert lines
    golden(path.with_suffix(".txt"), lines)


def test_every_code_has_a_fixture() -> None:
    seen = {
        code
        for path in BAD.glob("*.txt")
        for code in re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", path.read_text())
    }
    assert seen >= set(CODES) - NEEDS_A_FILE
    assert seen <= set(CODES)


def test_every_code_is_explained() -> None:
    page = (ROOT / "content" / "guides" / "findings.md").read_text(encoding="utf-8")
    sections = re.findall(r"^### `([a-z0-9-]+)`", page, re.MULTILINE)
    assert sorted(sections) == sorted(CODES)
    levels = dict(re.findall(r"^### `([a-z0-9-]+)`[^\n]*\n+\*(Error|Warning)", page, re.MULTILINE))
    assert {code: level.lower() for code, level in levels.items()} == CODES


@pytest.mark.parametrize("path", sorted((ROOT / "rubrics").glob("*.yml")), ids=lambda p: p.stem)
def test_shipped_rubrics_are_clean(path: Path) -> None:
    assert not load_rubric(path).findings


def test_a_dimension_with_errors_does_not_stop_the_other_rules() -> None:
    text = (ROOT / "rubrics" / "ml-test-score.yml").read_text(encoding="utf-8")
    findings = read_rubric(text.replace("    code: Model\n", "    kode: Model\n"), "x.yml").findings
    assert [finding.code for finding in findings] == ["unknown-key"]


def test_prose_is_checked_below_mappings_and_in_templates() -> None:
    gate = {"dimension": "craft", "stage": "first", "title": "G", "test": "T."}
    criteria = {"criteria": {"dated": "It has a <i>date</i>."}, "ticks": {"yes": 1}}
    template = {"file": "plan.md", "title": "Plan", "text": "# Plan\n\nBy <s>whom</s>.\n"}
    rubric = {
        **{"format": "stagebook/1", "id": "sample", "title": "Sample", "version": "1.0.0"},
        "stages": {id_: {"level": n, "title": id_} for n, id_ in enumerate(("ground", "first"))},
        "dimensions": {"craft": {"title": "C", "cells": {"first": "A <b>cell</b>."}}},
        "gates": {"kept": {**gate, **criteria, "meanings": {"yes": "It <u>is</u>."}}},
        "remediations": {"plan": {"title": "P", "opens": ["kept"], "templates": [template]}},
    }
    findings = read_rubric(json.dumps(rubric), "x.yml").findings
    tags = [one.message.split("'")[1] for one in findings if one.code == "raw-html"]
    assert sorted(tags) == ["<b>", "<i>", "<s>", "<u>"]
    # A template is a document of its own, in which a heading is right.
    assert "markdown-differs" not in {one.code for one in findings}


@pytest.mark.parametrize(("length", "codes"), [(100, ["markdown-differs"]), (21_000, [])])
def test_very_long_prose_is_not_looked_through(length: int, codes: list[str]) -> None:
    prose = ("# A heading\n\n" + "word " * (length // 5)).rstrip()
    text = (BAD / "raw-html.yml").read_text(encoding="utf-8")
    text = text.replace("The <b>last</b> drill is on record.", json.dumps(prose))
    findings = read_rubric(text, "x.yml").findings
    assert [one.code for one in findings if one.code == "markdown-differs"] == codes


def test_paths_lead_to_files_from_prose_and_from_addresses() -> None:
    text = (BAD / "raw-html.yml").read_text(encoding="utf-8")
    text = text.replace("The <b>last</b> drill is on record.", "See [there](gone.md).")
    text += "sources:\n  book: {title: Book, url: lost.md}\n"
    reading = read_rubric(text, "x.yml")
    subject = Subject(reading.rubric, reading.source)
    messages = [one.message for one in links_lead_somewhere(subject, {"index.md"})]
    assert sorted(messages) == [
        "the site has no file 'gone.md'",
        "the site has no file 'lost.md'",
    ]
    assert not list(links_lead_somewhere(subject, {"gone.md", "lost.md"}))


@pytest.mark.parametrize("name", ["unquoted", "unquoted-names", "decimal-comma"])
def test_what_a_finding_suggests_for_a_value_is_right_there(name: str) -> None:
    text = (BAD / f"{name}.yml").read_text(encoding="utf-8")
    tried = 0
    for finding in read_rubric(text, "x.yml").findings:
        lines = text.splitlines()
        line, before = lines[finding.line - 1], finding.column - 1
        value = r'"[^"]*"|\[[^]]*\]|[^,}\]]+' if "{" in line or "[" in line else ".+"
        written = re.match(value, line[before:])
        # What a comma has cut off is no value of its own.
        is_rest = finding.code == "unknown-key" or "not nothing" in finding.message
        if not finding.suggestion or not written or is_rest:
            continue
        # What begins with a sign is text to YAML only in quotation marks.
        hint = finding.suggestion
        hint = f'"{hint}"' if hint[0] in "<>=" else hint
        lines[finding.line - 1] = line[:before] + hint + line[before + written.end() :]
        left = read_rubric("\n".join(lines), "x.yml").findings
        at = (finding.line, finding.column)
        wrong = [one for one in left if one[1:3] == at and one.level == "error"]
        assert not wrong, finding
        tried += 1
    assert tried >= 3


def test_text_format_exits_with_1_and_sorts() -> None:
    result = CliRunner().invoke(main, ["check", str(BAD / "unknown-key.yml")])
    assert result.exit_code == 1
    places = [tuple(map(int, m)) for m in re.findall(r"\.yml:(\d+):(\d+):", result.output)]
    assert places == sorted(places)
    assert "did you mean 'evidence'?" in result.output


def test_warnings_count_only_when_strict() -> None:
    path = str(BAD / "raw-html.yml")
    assert CliRunner().invoke(main, ["check", path]).exit_code == 0
    assert CliRunner().invoke(main, ["check", path, "--strict"]).exit_code == 1


def test_wrong_usage_exits_with_2() -> None:
    assert CliRunner().invoke(main, ["check"]).exit_code == 2
    assert CliRunner().invoke(main, ["check", "--format", "xml", "a"]).exit_code == 2


def test_json_format_is_data() -> None:
    paths = [str(BAD / "level-skip.yml"), str(ROOT / "rubrics" / "ai-product.yml")]
    result = CliRunner().invoke(main, ["check", *paths, "--format", "json"])
    report = json.loads(result.stdout)
    assert report["format"] == "stagebook-findings/1"
    bad, good = report["files"]
    assert bad["findings"][0]["code"] == "level-skip"
    assert set(bad["findings"][0]) == {
        *("path", "line", "column", "level", "code", "message", "suggestion")
    }
    assert good["findings"] == []
    assert good["counts"]["stages"] == 5
    support = good["counts"]["gates_by_idea_and_numbers"]
    assert sum(sum(row.values()) for row in support.values()) == good["counts"]["gates"]
    assert support["sourced"]["judgement"] > support["sourced"]["sourced"]


def test_github_format_is_a_workflow_command() -> None:
    path = str(BAD / "level-skip.yml")
    result = CliRunner().invoke(main, ["check", path], env={"GITHUB_ACTIONS": "true"})
    place = f"file={path},line=8,col=19,title=level-skip"
    assert result.output.startswith(f"::error {place}::level 4 follows level 2")


def test_github_format_escapes_what_a_rubric_says() -> None:
    finding = Diagnostic("a,b:c.yml", 1, 1, "error", "bad-id", "100%\n::error::x")
    assert finding.github() == (
        "::error file=a%2Cb%3Ac.yml,line=1,col=1,title=bad-id::100%25\\n::error::x"
    )


def one_code(path: Path) -> str:
    (finding,) = load_rubric(path).findings
    return finding.code


def test_files_that_are_no_rubrics(tmp_path: Path) -> None:
    link = tmp_path / "link.yml"
    link.symlink_to(tmp_path / "nowhere.yml")
    pipe = tmp_path / "pipe.yml"
    os.mkfifo(pipe)
    large = tmp_path / "large.yml"
    large.write_bytes(b"a: b\n" * 10_000_000)
    assert one_code(tmp_path) == "unreadable"
    assert one_code(link) == "unreadable"
    assert one_code(pipe) == "unreadable"
    assert one_code(tmp_path / "absent.yml") == "unreadable"
    assert one_code(large) == "too-large"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,  # Nesting that a recursive reader could not bear.
        "{a: " * 500_000,
        "- \n" * 1_000_000,  # More values than a rubric holds.
        "a: " + "9" * 1_000_000,  # A number that Python refuses to read.
        "gates: {" + ", ".join(f"g{i}: x" for i in range(100_000)) + "}",  # All entries wrong.
        "a: &a [b]\nc: [" + "*a, " * 400_000 + "]",
        '"' + "\\u0041" * 500_000,
        "? " * 100_000,
        "a: !!binary x\n" * 50_000,
    ],
    ids=range(9),
)
def test_hostile_text_ends_in_findings(text: str) -> None:
    findings = read_rubric(text, "hostile.yml").findings
    assert findings
    assert all(len(str(finding)) < 1_000 for finding in findings)


def test_command_prints_no_traceback(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_bytes(b"\xff\xfe\x00")
    command = [sys.executable, "-m", "stagebook", "check", str(bad), str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "not-utf-8" in result.stdout
    assert "unreadable" in result.stdout
    assert "Traceback" not in result.stderr
