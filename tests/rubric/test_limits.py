"""Inputs that are huge or wrong all over: bounded time, bounded output, a finding at its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import ROOT
from marks import others_long
from stagebook.assessment.reader import read_assessment
from stagebook.assessment.team_file import team_text
from stagebook.checks.loader import read_rubric
from stagebook.cli import main
from stagebook.cli.edge import MAX_FINDINGS
from stagebook.diagnostics import MAX_COMPARISONS, Suggestions, did_you_mean, quoted, shortened
from stagebook.files.rubrics import load_rubric

pytestmark = pytest.mark.slow

SAMPLE = (ROOT / "tests" / "rubrics" / "good" / "sample.yml").read_text(encoding="utf-8")
HEAD = """\
format: stagebook/1
id: x
title: X
version: 1.0.0
stages: {a: {level: 0, title: A}, b: {level: 1, title: B}}
dimensions: {d: {title: D}}
"""
NUMBERS = {
    "decimal": "9" * 4_400,
    "negative": "-" + "9" * 4_400,
    "hexadecimal": "0x" + "f" * 4_400,
    "octal": "0o" + "7" * 4_400,
    "zeros": "0" * 4_400,
    "fraction": "0." + "1" * 4_400,
    "exponent": "1e999",
    "long exponent": "1e" + "9" * 4_400,
}


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Sample model", "title: {}"),  # Text.
        ("version: 1.2.0", "version: {}"),
        ("level: 1", "level: {}"),  # A whole number.
        ("stages:\n", "stages:\n  more: {}\n"),  # A mapping.
        ("gates:\n", "quick_check: {}\ngates:\n"),  # A list.
        ("format: stagebook/1", "format: {}"),  # One of several words.
        ("blocking: true", "blocking: {}"),  # A truth value.
    ],
)
def test_a_number_too_large_is_one_finding_at_its_place(old: str, new: str, number: str) -> None:
    assert old in SAMPLE
    text = SAMPLE.replace(old, new.replace("{}", number), 1)
    findings = [f for f in read_rubric(text, "x.yml").findings if f.level == "error"]
    at = text.index(number)
    place = (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    assert (findings[0].code, findings[0].line, findings[0].column) == ("out-of-range", *place)
    assert [f.code for f in findings if (f.line, f.column) == place] == ["out-of-range"]


@pytest.mark.parametrize("number", ["9" * 4_400, "0x" + "f" * 4_400])
def test_a_huge_number_ends_no_command_with_a_traceback(tmp_path: Path, number: str) -> None:
    path = tmp_path / "x.yml"
    for line in (f"title: {number}", f"? {number}\n: x", f"{number}: x", f"- {number}", number):
        path.write_text(f"{line}\n")
        result = CliRunner().invoke(main, ["check", str(path)])
        assert (result.exit_code, type(result.exception)) == (1, SystemExit)
        assert all(len(one) < 1_000 for one in result.output.splitlines())
    path.write_text(HEAD.replace("language", "") + f"language: {number}\ngates: {{}}\n")
    assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 1


def test_a_number_of_a_hundred_characters_is_one() -> None:
    assert read_rubric("a: " + "9" * 100, "x").source.data == {"a": int("9" * 100)}
    assert read_rubric("a: 0x" + "f" * 98, "x").source.data == {"a": int("f" * 98, 16)}
    assert read_rubric("a: '" + "9" * 5_000 + "'", "x").source.data == {"a": "9" * 5_000}


def test_a_huge_number_in_an_assessment_is_no_finite_one() -> None:
    rubric = read_rubric(SAMPLE, "x.yml").rubric
    measure = next(iter(rubric.measures))
    for number in ("9" * 5_000, "-" + "9" * 5_000, "1e999", "9" * 400):
        text = (
            '{"format": "stagebook-assessment/1", "rubric": {"id": "sample", "version": "1.2.0"}, '
            f'"measures": {{"{measure}": {number}}}, "more": {number}}}'
        )
        assessment, findings = read_assessment(text, rubric)
        assert assessment is not None
        assert [(f.where, f.code) for f in findings] == [(f"$.measures.{measure}", "not-finite")]
        assert json.loads(team_text("sample", "1.0.0", [text]))["assessments"]


def many(number: int, line: Callable[[int], str], head: str = HEAD) -> str:
    return head + "".join(line(i) for i in range(number))


def gate(i: int, more: str = "") -> str:
    return f"  g{i}: {{dimension: d, stage: b, title: G, test: It is.{more}}}\n"


N = 8_000
WRONG_ALL_OVER = {
    "dangling": many(N, lambda i: gate(i, f", requires: [absent-{i}]"), HEAD + "gates:\n"),
    "unknown keys": many(N, lambda i: gate(i, f", titel{i}: x"), HEAD + "gates:\n"),
    "bad ids": many(N, lambda i: gate(i).replace("g", "G_", 1), HEAD + "gates:\n"),
    "named twice": HEAD + "gates:\n" + gate(1) + f"quick_check: [{'g1, ' * N * 2}]\n",
    "one circle": many(N, lambda i: gate(i, f", requires: [g{(i + 1) % N}]"), HEAD + "gates:\n"),
    "circles": HEAD
    + "gates:\n"
    + "".join(gate(i, f", requires: [g{i + 1}]") for i in range(N))
    + gate(N, f", requires: [{', '.join(f'g{i}' for i in range(N))}]"),
    "dimensions": many(N, lambda i: f"  d{i}: {{title: D}}\n").replace("{d: {title: D}}", "")
    + "gates:\n"
    + "".join(gate(i).replace("dimension: d", f"dimension: d{i}") for i in range(0, N, 2)),
    "aliases": many(N, lambda i: f"  a{i}: *x\n", f"x: &x {'y' * 500}\ngates:\n"),
    "long text by alias": f"x: &x {'y' * 2_000_000}\ny: [{'*x, ' * 100_000}]\n",
    "duplicate keys": "a: 1\n" * 100_000,
    "long key": f"{'k' * 1_000}: x\n" * 2_000,
}


@pytest.mark.parametrize("text", others_long(WRONG_ALL_OVER, ["dangling", "circles", "aliases"]))
def test_a_rubric_wrong_all_over_takes_bounded_time_and_text(text: str) -> None:
    reading = read_rubric(text, "x.yml")  # What grew with the square of it took many minutes.
    assert reading.findings
    assert all(len(str(finding)) < 1_500 for finding in reading.findings)
    assert all(len(str(finding.as_dict())) < 3_000 for finding in reading.findings[:100])


def test_requirements_in_layers_are_followed_once() -> None:
    layers = 60
    text = HEAD + "gates:\n"
    for layer in range(layers):
        below = [f"g{layer + 1}-{side}" for side in "ab"] if layer + 1 < layers else []
        for side in "ab":
            text += gate(0, f", requires: [{', '.join(below)}]").replace("g0", f"g{layer}-{side}")
    assert read_rubric(text, "x.yml").findings == ()


def test_each_circle_is_told_and_long_ones_are_shortened() -> None:
    text = many(100, lambda i: gate(i, f", requires: [g{(i + 1) % 100}]"), HEAD + "gates:\n")
    [finding] = read_rubric(text, "x.yml").findings
    assert "cycle: g0 → … → g81 → " in finding.message
    assert finding.message.endswith(" → g99 → g0")
    assert finding.line == 107


@pytest.fixture
def crowded(tmp_path: Path) -> Path:
    path = tmp_path / "crowded.yml"
    path.write_text(
        HEAD
        + "gates:\n"
        + "".join(gate(i, ", blocking: true") for i in range(900))
        + "".join(gate(i, ", stages: x") for i in range(900, 2_300))
        + "remediations: {p: {title: P, opens: [g0], owner: x}}\n"
    )
    return path


def test_findings_are_capped_with_a_word_about_the_rest(crowded: Path) -> None:
    all_of_them = load_rubric(crowded).findings
    assert len(all_of_them) > MAX_FINDINGS
    result = CliRunner().invoke(main, ["check", str(crowded), "--format", "text"])
    lines = result.stdout.splitlines()
    assert len(lines) == MAX_FINDINGS + 1
    assert lines[-1] == f"{crowded}: … and {len(all_of_them) - MAX_FINDINGS:,} more"
    assert re.search(r"1 file checked: .*1,400 errors", result.stderr)
    told = json.loads(CliRunner().invoke(main, ["check", str(crowded), "--format", "json"]).stdout)
    [file] = told["files"]
    assert len(file["findings"]) == MAX_FINDINGS
    assert file["left_out"] == len(all_of_them) - MAX_FINDINGS
    # Errors are not crowded out by warnings.
    assert {finding["level"] for finding in file["findings"]} == {"error"}
    places = [(finding["line"], finding["column"]) for finding in file["findings"]]
    assert places == sorted(places)
    hub = CliRunner().invoke(main, ["check", str(crowded), "--format", "github"]).stdout
    assert len(hub.splitlines()) == MAX_FINDINGS + 1


def test_few_findings_leave_nothing_out() -> None:
    path = ROOT / "tests" / "rubrics" / "bad" / "level-skip.yml"
    told = json.loads(CliRunner().invoke(main, ["check", str(path), "--format", "json"]).stdout)
    assert told["files"][0]["left_out"] == 0


def test_suggestions_are_bounded_and_still_there_for_the_first() -> None:
    assert did_you_mean("frist", ["first", "second"]) == "first"
    longest = f"a{'-is' * 26}x"
    assert len(longest) == 80  # Ids may be as long.
    assert did_you_mean(longest[:-1] + "y", [longest]) == longest
    assert did_you_mean("x" * 100_000, ["x" * 100_001]) == ""
    suggestions = Suggestions()
    choices = [f"gate-{i}" for i in range(1_000)]
    found = [suggestions.closest("gate-1x", choices) for _ in range(400)]
    assert found[0]
    assert sum(map(bool, found)) == MAX_COMPARISONS // len(choices)


def test_long_values_are_shortened_in_messages() -> None:
    assert shortened("x" * 200) == "x" * 200
    assert len(shortened("x" * 201)) == 200
    assert len(quoted("\x00" * 1_000_000)) < 1_000
    assert len(quoted([["x" * 1_000] * 1_000] * 1_000)) < 1_000
    assert quoted("it") == "'it'"
