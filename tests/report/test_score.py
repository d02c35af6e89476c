"""`stagebook score`: results of three rubrics of different shape, and input of any quality."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import pty
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import Golden
from folders import ROOT
from stagebook.assessment.reader import read_assessment
from stagebook.cli import main
from stagebook.files.assessments import read_assessments
from stagebook.files.rubrics import load_rubric
from stagebook.report.text import explain
from stagebook.scoring.scorer import Scorer

ASSESSMENTS = ROOT / "tests" / "assessments"
RUBRICS = {
    "ai-product": ROOT / "rubrics" / "ai-product.yml",
    "ml-test-score": ROOT / "rubrics" / "ml-test-score.yml",
    "capability": ROOT / "tests" / "rubrics" / "good" / "capability.yml",
}
CAPABILITY = RUBRICS["capability"]


def score(rubric: Path, *arguments: str | Path, said: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["score", str(rubric), *map(str, arguments)], input=said)


def test_a_plan_can_be_ordered_by_risk(tmp_path: Path) -> None:
    """Nothing but the plan changes, and it holds the same plays and gates."""
    path = ASSESSMENTS / "expert" / "e1.json"
    ways = [json.loads(score(RUBRICS["ai-product"], path, "--format", "json").stdout)]
    ways.append(
        json.loads(score(RUBRICS["ai-product"], path, "--format", "json", "--plan", "risk").stdout)
    )
    usual, by_risk = (way.pop("plan") for way in ways)
    assert [one["remediation"] for one in usual] != [one["remediation"] for one in by_risk]
    assert {gate for one in usual for gate in one["opens"]} == {
        gate for one in by_risk for gate in one["opens"]
    }
    levels = [lowest_blocking(one["opens"]) for one in by_risk]
    assert levels[0] == min(levels)
    for way in ways:
        del way["plan_total"], way["fewest"]["plan"]
    assert ways[0] == ways[1]
    text = score(RUBRICS["ai-product"], path, "--plan", "risk").stdout
    assert "Ordered by risk: first the plays for blocking gates" in text


def lowest_blocking(gates: list[str]) -> float:
    rubric = load_rubric(RUBRICS["ai-product"]).rubric
    found = [rubric.gates[gate] for gate in gates if rubric.gates[gate].blocking]
    return min((rubric.stages[one.stage or ""].level for one in found), default=99)


def answered(**answers: Any) -> dict[str, Any]:
    return {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "capability", "version": "2.1.0"},
        "answers": {id_.replace("_", "-"): answer for id_, answer in answers.items()},
    }


@pytest.mark.parametrize("name", RUBRICS)
def test_result_is_as_expected(name: str, golden: Golden) -> None:
    path = ASSESSMENTS / f"{name}.json"
    golden(ASSESSMENTS / f"{name}.txt", score(RUBRICS[name], path).stdout)
    result = json.loads(score(RUBRICS[name], path, "--format", "json").stdout)
    assert result["format"] == "stagebook-result/1"
    golden(ASSESSMENTS / f"{name}.result.json", json.dumps(result, indent=1) + "\n")


def test_findings_name_the_json_path_and_the_rest_is_scored() -> None:
    result = score(CAPABILITY, ASSESSMENTS / "capability.json", "--format", "json")
    assert result.exit_code == 1
    assert "capability.json: $.answers.watch-gone: error[unknown-gate]: " in result.stderr
    assert "(did you mean 'watch-cost'?)" in result.stderr
    assert json.loads(result.stdout)["coverage"]["answered"] == 4


def test_a_clean_assessment_exits_with_0(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(answered(review_all="most")))
    result = score(CAPABILITY, path)
    assert (result.exit_code, result.stderr) == (0, "")


def test_another_version_is_a_warning(tmp_path: Path) -> None:
    said = answered(review_all="most") | {"rubric": {"id": "capability", "version": "1.9.0"}}
    result = score(CAPABILITY, "-", said=json.dumps(said))
    assert result.exit_code == 0
    assert "-: $.rubric.version: warning[other-version]" in result.stderr


def test_jsonl_is_one_short_result_a_line(tmp_path: Path) -> None:
    lines = [answered(review_all="most"), answered(review_all="none", watch_users="half")]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n\n")
    told = score(CAPABILITY, path, "--format", "jsonl").stdout.splitlines()
    piped = score(CAPABILITY, "-", "--format", "jsonl", said=path.read_text())
    assert piped.stdout.splitlines() == told
    numbers = [json.loads(line)["overall"]["so_far"] for line in told]
    one = score(CAPABILITY, "-", "--format", "json", said=json.dumps(lines[1]))
    assert numbers[1] == json.loads(one.stdout)["overall"]["so_far"]
    assert len(numbers) == 2
    assert numbers[0] == 100


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    for name in ("b", "a"):
        said = answered(review_all="most") | {"subject": name}
        (tmp_path / f"{name}.json").write_text(json.dumps(said))
    (tmp_path / "c.jsonl").write_text(json.dumps(answered() | {"subject": "c"}))
    (tmp_path / "notes.txt").write_text("not an assessment")
    told = score(CAPABILITY, tmp_path, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["subject"] for line in told] == ["a", "b", "c"]


def test_names_with_a_dot_are_left_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(answered(review_all="most")))
    for name in ("._a.json", ".DS_Store", ".hidden.jsonl"):
        (tmp_path / name).write_bytes(b"\x00\x05\x16\x07")
    result = score(CAPABILITY, tmp_path, "--format", "jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == 1
    team = CliRunner().invoke(main, ["team", str(CAPABILITY), str(tmp_path)])
    assert (team.exit_code, team.stderr) == (0, "")


def test_endings_in_capitals_count(tmp_path: Path) -> None:
    lines = [json.dumps(answered(review_all=answer)) for answer in ("most", "none")]
    (tmp_path / "A.JSON").write_text(lines[0])
    (tmp_path / "B.JSONL").write_text("\n".join(lines))
    result = score(CAPABILITY, tmp_path, "--format", "jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == 3
    assert score(CAPABILITY, tmp_path / "B.JSONL", "--format", "json").exit_code == 2


@pytest.mark.parametrize("command", ["score", "team"])
def test_a_folder_without_assessments_is_said_to_be_one(tmp_path: Path, command: str) -> None:
    (tmp_path / "notes.txt").write_text("not an assessment")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.jsonl").write_text("\n \n")
    (tmp_path / "empty.json").write_text("\n")
    team = {"format": "stagebook-team/1", "assessments": []}
    (tmp_path / "team.json").write_text(json.dumps(team))
    for path, words in (
        (tmp_path / "team.json", "the file has no assessment"),
        (tmp_path / "empty", "the folder has no .json or .jsonl file"),
        (tmp_path / "empty.jsonl", "the file has no assessment"),
        (tmp_path / "empty.json", "the file has no assessment"),
    ):
        result = CliRunner().invoke(main, [command, str(CAPABILITY), str(path)])
        assert result.exit_code == 1
        assert f"{path}: $: error[empty]: {words}" in result.stderr


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.json", data)
    return file.getvalue()


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zipped])
def test_of_a_compressed_file_that_is_said(
    tmp_path: Path, pack: Callable[[bytes], bytes], name: str
) -> None:
    (tmp_path / name).write_bytes(pack(b"{}\n" * 1_000))
    result = score(CAPABILITY, tmp_path / name)
    kind = "a ZIP archive or a workbook" if pack is zipped else "compressed"
    [line] = result.stderr.splitlines()
    assert line.startswith(f"{tmp_path / name}: $: error[compressed]: the file is {kind}: unpack")


def test_of_too_many_levels_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[" * 100_000)
    result = score(CAPABILITY, tmp_path / "a.json")
    assert "not JSON that can be read: lists and objects are nested too deeply" in result.stderr


@pytest.mark.parametrize("command", ["score", "team"])
def test_what_cannot_be_read_is_a_finding_and_the_rest_is_scored(
    tmp_path: Path, command: str
) -> None:
    (tmp_path / "a.json").write_text(json.dumps(answered(review_all="most")))
    (tmp_path / "b.json").mkdir()
    (tmp_path / "c.json").symlink_to("nowhere")
    os.mkfifo(tmp_path / "d.json")
    (tmp_path / "e.json").symlink_to("e.json")
    result = CliRunner().invoke(main, [command, str(CAPABILITY), str(tmp_path)])
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert result.stdout
    assert [line.removeprefix(f"{tmp_path}/") for line in result.stderr.splitlines()] == [
        "b.json: $: error[unreadable]: the path is a directory, not a file",
        "c.json: $: error[unreadable]: broken symlink",
        "d.json: $: error[unreadable]: the path is a named pipe, not a file",
        "e.json: $: error[unreadable]: Too many levels of symbolic links",
    ]


def test_a_named_pipe_is_read_when_it_is_named(tmp_path: Path) -> None:
    """`<(…)` of a shell is one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    text = json.dumps(answered(review_all="most"))
    writer = threading.Thread(target=lambda: pipe.write_text(text))
    writer.start()
    result = score(CAPABILITY, pipe, "--format", "json")
    writer.join(30)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["coverage"]["answered"] == 1


@pytest.mark.parametrize("name", ["n" * 300])
def test_a_name_that_no_file_can_have_is_a_message(name: str) -> None:
    for command in (["score", str(CAPABILITY), name], ["team", str(CAPABILITY), name]):
        result = CliRunner().invoke(main, command)
        assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert CliRunner().invoke(main, ["check", name]).exit_code == 1


@pytest.mark.slow
def test_standard_input_that_is_not_utf_8_or_closed_is_a_finding() -> None:
    command = [sys.executable, "-m", "stagebook", "score", str(CAPABILITY), "-"]
    for form in ("text", "jsonl"):
        run = subprocess.run([*command, "--format", form], input=b"\xff{}", capture_output=True)
        assert run.returncode == 1
        assert b"-: $: error[not-utf-8]" in run.stderr.replace(b"-:1:", b"-:")
    shell = " ".join(f"'{one}'" for one in command)
    run = subprocess.run(f"{shell} <&-", shell=True, capture_output=True)  # noqa: S602
    assert run.returncode == 1
    assert b"error[unreadable]: standard input is closed" in run.stderr


def test_one_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    good = json.dumps(answered(review_all="most")).encode()
    path = tmp_path / "many.jsonl"
    path.write_bytes(good + b"\n{oops\n\xff" + good + b"\n" + good)
    result = score(CAPABILITY, path, "--format", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "many.jsonl:2: $: error[not-json]" in result.stderr
    assert "many.jsonl:3: $: error[not-utf-8]" in result.stderr


def test_a_huge_file_is_refused_and_never_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as file:
        file.truncate(100_000_000)
        file.seek(0, os.SEEK_END)
        file.write(b"\n" + json.dumps(answered(review_all="most")).encode())
    result = score(CAPABILITY, path, "--format", "jsonl")
    assert "huge.jsonl:1: $: error[too-large]" in result.stderr
    assert len(result.stdout.splitlines()) == 1
    whole = path.rename(tmp_path / "huge.json")
    assert "$: error[too-large]" in score(CAPABILITY, whole).stderr
    assert all(len(one.text) <= 5_000_001 for one in read_assessments(whole))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.json"], "missing.json does not exist"),
        ([".", "--format", "json"], "json takes one assessment"),
        (["x.json", "--format", "yaml"], "'yaml' is not one of"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], words: str) -> None:
    result = score(CAPABILITY, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_broken_rubric_shows_its_findings() -> None:
    bad = ROOT / "tests" / "rubrics" / "bad" / "level-skip.yml"
    result = score(bad, ASSESSMENTS / "capability.json")
    assert result.exit_code == 1
    assert "error[level-skip]" in result.output


def test_gaps_in_the_rubric_do_not_stop_a_score(tmp_path: Path) -> None:
    rubric = tmp_path / "r.yml"
    text = CAPABILITY.read_text().replace("    owner: Support lead\n", "")
    rubric.write_text(text)
    assert score(rubric, "-", said=json.dumps(answered(review_all="most"))).exit_code == 0


@pytest.mark.slow
def test_half_a_surrogate_pair_can_be_printed() -> None:
    said = json.dumps(answered(review_all="most") | {"subject": "\ud83d"})
    for form in ("text", "json", "jsonl"):
        command = [sys.executable, "-m", "stagebook", "score", str(CAPABILITY), "-"]
        run = subprocess.run(
            [*command, "--format", form], input=said.encode(), capture_output=True, check=True
        )
        assert b"ud83d" in run.stdout


def run_on_a_terminal(command: list[str], out: Path) -> str:
    """Run a command whose stderr is a terminal and whose stdout is a file; return the terminal."""
    master, slave = pty.openpty()
    with out.open("wb") as file:
        run = subprocess.Popen(command, stdout=file, stderr=slave)
    os.close(slave)
    shown = b""
    try:
        while part := os.read(master, 4096):
            shown += part
    except OSError:  # Linux says so when the other end is closed.
        pass
    os.close(master)
    assert run.wait() == 0
    return shown.decode()


@pytest.mark.slow
def test_a_terminal_shows_a_bar_and_a_pipe_does_not(tmp_path: Path) -> None:
    path, out = tmp_path / "many.jsonl", tmp_path / "out.jsonl"
    path.write_text(f"{json.dumps(answered(review_all='most'))}\n" * 500)
    command = [sys.executable, "-m", "stagebook", "score", str(CAPABILITY), str(path)]
    command += ["--format", "jsonl"]
    shown = run_on_a_terminal(command, out)
    assert "Scoring" in shown
    assert "100%" in shown
    assert len(out.read_text().splitlines()) == 500
    piped = subprocess.run(command, capture_output=True, check=True)
    assert piped.stderr == b""
    assert piped.stdout == out.read_bytes()


def test_the_report_speaks_the_language_of_the_rubric() -> None:
    rubric = load_rubric(CAPABILITY).rubric.model_copy(update={"language": "de"})
    said = json.loads((ASSESSMENTS / "capability.json").read_text(encoding="utf-8"))
    assessment, _ = read_assessment(json.dumps(said), rubric)
    assert assessment is not None
    report = explain(Scorer(rubric), assessment)
    words = json.loads((ROOT / "generator/stagebook/strings/de.json").read_text("utf-8"))["quiz"]
    for key in ("overall", "plan", "arithmetic"):
        assert words[key] in report
    numbers = re.findall(r"\d+[.,]\d+", report.partition("\n")[2])
    assert numbers
    assert not [number for number in numbers if "." in number]
    english = json.loads((ROOT / "generator/stagebook/strings/en.json").read_text("utf-8"))["quiz"]
    assert english["arithmetic"] not in report
