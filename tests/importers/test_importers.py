"""Published models in their own layouts: nothing is left out, and they score as they should.

The fixtures are small models in our own words, with the files and keys of the real ones.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from folders import TESTS
from openpyxl import Workbook, load_workbook
from stagebook.assessment.reader import Answer, Assessment
from stagebook.cli import main
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from stagebook.scoring.scorer import Scorer

FIXTURES = TESTS / "importers"
SOURCES = {"samm": "samm", "dsomm": "dsomm.yaml", "osps": "osps"}
LICENCES = {"samm": "CC-BY-SA-4.0", "dsomm": "GPL-3.0", "osps": "CC-BY-4.0"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def imported(layout: str, folder: Path) -> Path:
    out = folder / f"{layout}.yml"
    result = run("import", "--from", layout, FIXTURES / SOURCES[layout], "-o", out)
    assert result.exit_code == 0, result.output
    assert f"the texts keep their licence: {load_rubric(out).rubric.licence}" in result.output
    return out


class Texts(yaml.SafeLoader):
    """Reads every scalar as its text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


def values(data: Any) -> Iterator[str]:
    """Yield every value as text, without blanks at its ends; null and "" say nothing."""
    if isinstance(data, dict):
        for item in data.values():
            yield from values(item)
    elif isinstance(data, list):
        for item in data:
            yield from values(item)
    elif str(data or "").strip():
        yield str(data).strip()


def documents(path: Path) -> Iterator[Any]:
    files = [path] if path.is_file() else sorted(path.rglob("*.y*ml"))
    for file in files:
        yield from yaml.load_all(file.read_text(encoding="utf-8"), Texts)


@pytest.mark.parametrize("layout", SOURCES)
def test_no_value_of_the_source_is_absent(layout: str, tmp_path: Path) -> None:
    out = imported(layout, tmp_path)
    kept = set(values(list(documents(out))))
    source = list(values(list(documents(FIXTURES / SOURCES[layout]))))
    assert len(source) > 40
    assert [value for value in source if value not in kept] == []
    if layout == "dsomm":  # Its names are keys.
        [_, model] = documents(FIXTURES / SOURCES[layout])
        names = {*model, *(part for parts in model.values() for part in parts)}
        names |= {one for parts in model.values() for part in parts.values() for one in part}
        assert names <= kept


@pytest.mark.parametrize("layout", SOURCES)
def test_the_outcome_is_a_rubric_without_errors(layout: str, tmp_path: Path) -> None:
    out = imported(layout, tmp_path)
    assert run("check", out).exit_code == 0
    assert LICENCES[layout] in str(load_rubric(out).rubric.licence)


def scored(rubric: Rubric, answers: dict[str, str]) -> Any:
    return Scorer(rubric).score(Assessment({id_: Answer(one) for id_, one in answers.items()}))


def test_samm_scores_as_its_toolbox(tmp_path: Path) -> None:
    """The mean of two streams at each level, the sum of levels, the means of practices."""
    rubric = load_rubric(imported("samm", tmp_path)).rubric
    assert [one.score for one in rubric.scales["a"].values()] == [0, 0.25, 0.5, 1]
    assert list(rubric.dimensions) == ["st", "to"]
    assert rubric.gates["st-1-a"].topic == "st-a"
    criteria = ["You can show ST-1-A", "Someone else checks ST-1-A"]
    assert list(rubric.gates["st-1-a"].criteria.values()) == criteria
    assert rubric.gates["st-1-a"].why == "Less is lost of ST-1-A."
    assert rubric.dimensions["st"].cells["level-1"] == "Reach level 1 of ST."
    assert rubric.groups["keeping"].summary == (
        "How what was made is kept.\n\nIt has *two* paragraphs."
    )
    no, some, half, full = rubric.scales["a"]
    result = scored(
        rubric,
        {
            **{"st-1-a": full, "st-1-b": some, "st-2-a": half, "st-2-b": no},
            **{"to-1-a": half, "to-1-b": half, "to-2-a": no, "to-2-b": "not-applicable"},
        },
    )
    assert result.dimensions["st"].low == (1 + 0.25) / 2 + (0.5 + 0) / 2
    assert result.dimensions["to"].low == 0.5  # What does not apply counts as 0.
    assert result.topics["st-a"].low == 1.5
    assert result.groups["keeping"].low == 0.875
    assert result.overall.low == result.overall.high == (0.875 + 0.5) / 2


def toolbox(path: Path) -> Path:
    """Write a small workbook of our own in the layout of SAMM's toolbox."""
    book = Workbook()
    questions, answers = book.create_sheet("imp-questions"), book.create_sheet("imp-answers")
    heads = ["ID", "Business Function", "Security Practice", "Activity", "Maturity", "Question"]
    questions.append([*heads, "Guidance", "Answer Option"])
    for level, stream in ((2, "B"), (1, "A"), (2, "A"), (1, "B")):
        row = [f"O-ST-{stream}-{level}-1", "Operations", "Stores", f"Stream {stream}", level]
        questions.append(
            [*row, f"Do you do {stream}{level}?", f"First {level}\nSecond {stream}", 7]
        )
    questions.append(["G-TO-A-1-1", "Governance", "Tools", "Bench", 1, "Is there one?", "Look", 7])
    answers.append(["ANS_SET_CODE", "A", "B", "C", "D", "A_W", "B_W", "C_W", "D_W"])
    answers.append([1, "No", "Yes", None, None, 0, 1, None, None])
    answers.append([7, "No", "Yes, some", "Yes, half", "Yes, all", 0, 0.25, 0.5, 1])
    book.save(path)
    return path


def test_samm_may_be_the_workbook_of_its_toolbox(tmp_path: Path) -> None:
    path, out = toolbox(tmp_path / "toolbox.xlsx"), tmp_path / "samm.yml"
    result = run("import", "--from", "samm", path, "-o", out)
    assert result.exit_code == 0, result.output
    rubric = load_rubric(out).rubric
    assert [group.title for group in rubric.groups.values()] == ["Governance", "Operations"]
    assert rubric.topics["o-st-a"].title == "Stream A"
    no, some, half, full = rubric.scales["answers-7"]
    answers = {"o-st-a-1-1": full, "o-st-b-1-1": some, "o-st-a-2-1": half, "o-st-b-2-1": no}
    result_ = scored(rubric, {**answers, "g-to-a-1-1": full})
    assert result_.dimensions["stores"].low == 0.875
    assert result_.overall.low == (0.875 + 1) / 2
    kept = "\n".join(values(list(documents(out))))
    for sheet in load_workbook(path).worksheets[1:]:
        for row in sheet.iter_rows(min_row=2, values_only=True):
            lines = [line for cell in row if cell is not None for line in str(cell).split("\n")]
            assert [line for line in lines if line not in kept] == []
    other = tmp_path / "other.xlsx"
    Workbook().save(other)
    result = run("import", "--from", "samm", other, "-o", tmp_path / "x.yml")
    assert "error[unknown-format]: this is not SAMM's toolbox" in result.output


def test_dsomm_scores_the_share_that_is_done(tmp_path: Path) -> None:
    rubric = load_rubric(imported("dsomm", tmp_path)).rubric
    gate = rubric.gates["each-tool-has-its-place"]
    # The third activity is at a higher level: it cannot be required, and is kept in the list.
    assert gate.requires == ["the-bench-is-clean"]
    assert len(gate.extensions["x-depends-on"]) == 2
    assert gate.extensions["x-references"] == {"samm2": ["not yet\nnamed"]}
    assert rubric.version == "3.2.1"
    assert gate.why == "A tool without a place is bought twice."
    assert gate.tags == ["order"]
    answers = dict.fromkeys(rubric.gates, "not-done")
    result = scored(rubric, {**answers, "the-bench-is-clean": "done"})
    assert result.overall.low == 25
    assert result.dimensions["bench"].low == 0.5


def test_osps_is_at_the_level_all_of_whose_requirements_are_met(tmp_path: Path) -> None:
    rubric = load_rubric(imported("osps", tmp_path)).rubric
    assert rubric.gates["shop-do-01-01"].at == ("maturity-1", "maturity-2")
    assert rubric.topics["shop-do-01"].maps == {"book": ["1.2d", "CC-G-1"]}
    assert rubric.topics["shop-do-02"].maps == {"rules-1": ["Rule 9"]}
    assert rubric.frameworks["book"].title == "The Book"
    assert rubric.glossary["key"].extensions["x-synonyms"] == ["Opener"]
    met = dict.fromkeys(rubric.gates, "met")
    assert scored(rubric, met).overall.stage.low == "maturity-2"
    assert scored(rubric, {**met, "shop-do-01-02": "not-met"}).overall.stage.low == "maturity-1"
    assert scored(rubric, {**met, "shop-do-02-01": "not-met"}).overall.stage.low == "level-0"


@pytest.mark.parametrize(
    ("layout", "other"), [(a, SOURCES[b]) for a in SOURCES for b in SOURCES if a != b]
)
def test_another_model_is_refused(layout: str, other: str, tmp_path: Path) -> None:
    out = tmp_path / "x.yml"
    result = run("import", "--from", layout, FIXTURES / other, "-o", out)
    assert result.exit_code == 1
    assert "error[unknown-format]: this is not" in result.output
    assert not out.exists()


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text("a: [1\nb: }")
    result = run("import", "--from", "dsomm", tmp_path / "model.yaml", "-o", tmp_path / "x.yml")
    assert result.exit_code == 1
    assert "model.yaml:2:2: error[yaml-syntax]" in result.output
    (tmp_path / "model.yaml").write_text("[" * 10_000)
    result = run("import", "--from", "dsomm", tmp_path / "model.yaml", "-o", tmp_path / "x.yml")
    assert "error[yaml-depth]: lists and mappings are nested too deeply" in result.output
    (tmp_path / "empty").mkdir()
    result = run("import", "--from", "osps", tmp_path / "empty", "-o", tmp_path / "x.yml")
    assert "the folder has no .yml or .yaml files" in result.output


def test_aliases_cannot_blow_a_file_up(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    (tmp_path / "model.yaml").write_text("\n".join(lines))
    result = run("import", "--from", "dsomm", tmp_path / "model.yaml", "-o", tmp_path / "x.yml")
    assert "error[too-large]: more than 500,000 values" in result.output


def test_numbers_that_are_written_in_another_way_keep_their_text(tmp_path: Path) -> None:
    """A clause 8.10 is not 8.1, and 12:30 is not 750."""
    path = tmp_path / "model.yaml"
    path.write_text(
        "Build:\n  Patch:\n"
        "    1.10: {level: 1, measure: 12:30, references: {iso27001-2022: [8.10, 8.9, 010, 5]}}\n"
    )
    out = tmp_path / "model.yml"
    assert run("import", "--from", "dsomm", path, "-o", out).exit_code == 0
    [gate] = load_rubric(out).rubric.gates.values()
    assert (gate.title, gate.test) == ("1.10", "12:30")
    assert gate.maps == {"iso27001-2022": ["8.10", "8.9", "010", "5"]}


def test_scores_may_be_written_in_any_way(tmp_path: Path) -> None:
    folder = tmp_path / "samm"
    shutil.copytree(FIXTURES / "samm", folder)
    for file in (folder / "answer_sets").iterdir():
        text = file.read_text()
        assert "value: 0.5\n" in text
        file.write_text(text.replace("value: 0.5\n", "value: 0.50\n"))
    out = tmp_path / "samm.yml"
    assert run("import", "--from", "samm", folder, "-o", out).exit_code == 0
    [scale] = load_rubric(out).rubric.scales.values()
    assert [choice.score for choice in scale.values()] == [0, 0.25, 0.5, 1]
