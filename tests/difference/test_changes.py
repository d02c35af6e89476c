"""What changed between two rubrics: named, weighed, and true to what scoring does."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from folders import GOOD
from hypothesis import given, settings
from hypothesis import strategies as st
from stagebook.assessment.reader import read_assessment
from stagebook.cli import main
from stagebook.difference.changes import SCORED, find_changes
from stagebook.difference.summary import Standing, Summary, summarise
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.kinds import fields, is_text, kind_of
from stagebook.rubric.model import Rubric
from stagebook.scoring.scorer import Overall, Scorer, Stages
from strategies import assessments, rubrics

SAMPLE = GOOD / "sample.yml"
DATA: dict[str, Any] = load_rubric(SAMPLE).source.data


def changed(change: dict[str, Any], version: str = "1.2.0") -> Summary:
    """Compare the sample with itself after changes by dotted path; None takes a key out."""
    data = copy.deepcopy(DATA)
    data["version"] = version
    for path, value in change.items():
        *way, last = path.split(".")
        place = data
        for step in way:
            place = place[step]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return summarise(Rubric.model_validate(DATA), Rubric.model_validate(data))


GATE = {"dimension": "craft", "stage": "first", "title": "New", "test": "It is new."}
CASES = [
    ({"gates.plan-kept.test": "The plan has a date."}, "reworded", "patch"),
    ({"gates.plan-kept.evidence": ["the plan"]}, "reworded", "patch"),
    ({"scales.practice.no.label": "Not yet"}, "reworded", "patch"),
    ({"scoring.unit": "%"}, "reworded", "patch"),
    ({"gates.plan-kept.code": "CR-9"}, "reworded", "patch"),
    ({"gates.work-checked.requires": []}, "changed", "minor"),
    ({"gates.work-checked.rev": 3}, "changed", "minor"),
    ({"gates.plan-kept.maps": {"iso": ["4.3"]}}, "changed", "minor"),
    ({"remediations.write-plan.owner": "Someone"}, "reworded", "patch"),
    ({"sources.another": {"title": "Another"}}, "new", "minor"),
    ({"sources.survey": None}, "removed", "minor"),
    ({"gates.fresh": GATE}, "new", "major"),
    ({"gates.load-known": None}, "removed", "major"),
    ({"gates.drill-done.stage": "second"}, "moved", "major"),
    ({"gates.drill-done.weight": 2}, "rescored", "major"),
    ({"gates.drill-done.blocking": True}, "rescored", "major"),
    ({"gates.drill-done.scale": "grade"}, "rescored", "major"),
    ({"gates.plan-kept.measure": {"of": "plan-days", "yes": "<= 5"}}, "rescored", "major"),
    ({"scales.grade.high.score": 5}, "rescored", "major"),
    ({"scales.grade.top": {"label": "Top", "score": 9}}, "new", "major"),
    ({"dimensions.care.core": True}, "rescored", "major"),
    ({"stages.second.share": 0.5}, "rescored", "major"),
    ({"scoring.share": 0.4}, "rescored", "major"),
]


@pytest.mark.parametrize(("change", "kind", "step"), CASES, ids=lambda one: str(one)[:40])
def test_a_change_has_a_kind_and_needs_a_step(change: dict[str, Any], kind: str, step: str) -> None:
    summary = changed(change)
    assert kind in [one.kind for one in summary.changes]
    assert summary.needed == step
    assert summary.can_score is (step == "major")


def test_a_default_that_is_written_out_is_no_change() -> None:
    assert changed({"gates.drill-done.blocking": False, "language": "en"}).changes == ()


def test_an_alias_makes_a_rename_of_what_is_gone_and_new() -> None:
    gates = {
        ("drill-held" if id_ == "drill-done" else id_): one for id_, one in DATA["gates"].items()
    }
    gates["drill-held"] = {**gates["drill-held"], "aliases": ["drill-done"]}
    text = json.dumps({**DATA, "gates": gates}).replace('"drill-done"', '"drill-held"')
    text = text.replace('"aliases": ["drill-held"]', '"aliases": ["drill-done"]')
    [change] = find_changes(Rubric.model_validate(DATA), Rubric.model_validate(json.loads(text)))
    assert change[:4] == ("renamed", ("gates", "drill-held"), "drill-done", "drill-held")
    assert not change.can_score


def test_the_words_of_items_to_tick_do_not_score_but_their_number_does() -> None:
    rubrics = []
    for criteria in ({"a": "One.", "b": "Two."}, {"a": "One.", "b": "2."}, {"a": "One."}):
        data = copy.deepcopy(DATA)
        data["gates"]["drill-done"] |= {"criteria": criteria, "ticks": {"yes": 1}}
        rubrics.append(Rubric.model_validate(data))
    assert summarise(rubrics[0], rubrics[1]).needed == "patch"
    assert summarise(rubrics[0], rubrics[2]).needed == "major"


def test_what_is_by_a_renamed_id_did_not_change() -> None:
    data = load_rubric(GOOD / "shapes.yml").source.data
    old = Rubric.model_validate(data)
    text = json.dumps(data)
    for collection, id_ in (("profile", "machines"), ("stages", "best"), ("gates", "tools-tested")):
        renamed = json.loads(text.replace(f'"{id_}"', '"now"'))
        entry = renamed[collection]["now"]
        entry["aliases"] = [id_, *entry.get("aliases", ())]
        changes = find_changes(old, Rubric.model_validate(renamed))
        assert [(one.kind, one.path) for one in changes] == [("renamed", (collection, "now"))]
        assert not changes[0].can_score
    measured = json.dumps(DATA).replace('"plan-days"', '"days"')
    renamed = json.loads(measured)
    renamed["measures"]["days"]["aliases"] = ["plan-days"]
    changes = find_changes(Rubric.model_validate(DATA), Rubric.model_validate(renamed))
    assert [(one.kind, one.path) for one in changes] == [("renamed", ("measures", "days"))]


def test_order_is_told_by_the_fewest_entries_that_moved() -> None:
    gates = dict(reversed(DATA["gates"].items()))
    gates = {"load-known": DATA["gates"]["load-known"], **DATA["gates"]}
    summary = changed({"gates": gates})
    assert [(one.kind, one.path) for one in summary.changes] == [("moved", ("gates", "load-known"))]
    assert summary.needed == "patch"


@pytest.mark.parametrize(
    ("change", "version", "made", "too_small"),
    [
        ({"gates.drill-done.weight": 2}, "2.0.0", "major", False),
        ({"gates.drill-done.weight": 2}, "1.3.0", "minor", True),
        ({"gates.drill-done.weight": 2}, "1.2.0", "none", True),
        ({"title": "X"}, "1.2.1", "patch", False),
        ({"sources.another": {"title": "Another"}}, "1.2.1", "patch", True),
        ({}, "1.2.0", "none", False),
        ({"title": "X"}, "1.1.0", None, True),
        ({"title": "X", "id": "other"}, "1.2.0", None, False),
    ],
)
def test_the_version_makes_a_step(
    change: dict[str, Any], version: str, made: str | None, too_small: bool
) -> None:
    summary = changed(change, version)
    assert (summary.made, summary.step_is_too_small) == (made, too_small)


@settings(max_examples=20)
@given(rubrics())
def test_a_rubric_does_not_differ_from_itself(rubric: Rubric) -> None:
    assert find_changes(rubric, Rubric.model_validate(rubric.model_dump(by_alias=True))) == []


@settings(max_examples=20)
@given(st.data())
def test_scores_move_only_if_they_are_said_to(data: st.DataObject) -> None:
    old = data.draw(rubrics())
    whole = old.model_dump(mode="json", by_alias=True)
    collection = data.draw(st.sampled_from(["gates", "gates", "dimensions", "stages"]))
    record = kind_of(fields(Rubric)[collection], "")
    entries = st.sampled_from(list(whole[collection]))
    one, other = data.draw(entries), data.draw(entries)
    answers, _ = read_assessment(json.dumps(data.draw(assessments(old))), old)
    assert answers is not None
    before = Scorer(old).score(answers)
    for key in fields(record):
        changed = copy.deepcopy(whole)
        value = whole[collection][one][key]
        is_flag = isinstance(value, bool)
        changed[collection][one][key] = not value if is_flag else whole[collection][other][key]
        new = Rubric.model_validate(changed)
        if not summarise(old, new).can_score:
            after = Scorer(new).score(answers)
            assert after.overall == before.overall, key
            assert after.dimensions == before.dimensions, key
            assert after.cells == before.cells, key


def test_an_earlier_id_that_means_another_entry_or_none_can_score() -> None:
    data = copy.deepcopy(DATA)
    data["gates"]["plan-kept"]["aliases"] = ["plan-held", "plan-there"]
    old = Rubric.model_validate(data)
    assert summarise(Rubric.model_validate(DATA), old).changes == ()
    for aliases, other, can_score in (
        (["plan-there"], [], True),
        # An answer under it was one to `plan-kept`, and is now one to `drill-done`.
        (["plan-there"], ["plan-held"], True),
        (["plan-there", "plan-held"], [], False),
    ):
        data = copy.deepcopy(DATA)
        data["gates"]["plan-kept"]["aliases"] = aliases
        data["gates"]["drill-done"]["aliases"] = other
        assert summarise(old, Rubric.model_validate(data)).can_score is can_score


def test_the_order_of_conditions_can_score() -> None:
    measure = {"of": "plan-days", "yes": "<= 10", "partly": "<= 30"}
    numbers = {"format": "stagebook-assessment/1", "rubric": {"id": "sample"}}
    numbers["measures"] = {"plan-days": 5}
    states, models = [], []
    for keys in (["of", "yes", "partly"], ["of", "partly", "yes"], ["yes", "of", "partly"]):
        data = copy.deepcopy(DATA)
        data["gates"]["plan-kept"]["measure"] = {key: measure[key] for key in keys}
        models.append(Rubric.model_validate(data))
        answers, _ = read_assessment(json.dumps(numbers), models[-1])
        assert answers is not None
        states.append(Scorer(models[-1]).score(answers).states["plan-kept"].answer)
    assert states == ["yes", "partly", "yes"]
    [change] = summarise(models[0], models[1]).changes
    assert (change.kind, change.path) == ("rescored", ("gates", "plan-kept", "measure"))
    assert change.can_score
    assert summarise(models[0], models[2]).changes == ()


def test_an_answer_that_left_gates_out_can_score_when_it_is_gone() -> None:
    old = load_rubric(GOOD / "shapes.yml").rubric
    whole = old.model_dump(mode="json", by_alias=True)
    whole["profile"]["machines"]["choices"] = {"many": {"label": "Some"}, "few": {"label": "Few"}}
    for name in ("gates", "topics", "dimensions"):
        for entry in whole[name].values():
            if entry.get("applies"):
                entry["applies"] = {"machines": ["many"]}
    asked = Rubric.model_validate(whole)
    del whole["profile"]["machines"]["choices"]["few"]
    whole["profile"]["machines"]["choices"]["more"] = {"label": "More"}
    changes = find_changes(asked, Rubric.model_validate(whole))
    told = {(one.kind, one.path[-1]): one.can_score for one in changes}
    assert told == {("new", "more"): False, ("removed", "few"): True}
    for name in ("gates", "topics", "dimensions"):
        for entry in whole[name].values():
            entry["applies"] = {}
    unasked = Rubric.model_validate(whole)
    del whole["profile"]["machines"]["choices"]["many"]
    whole["profile"]["machines"]["choices"]["all"] = {"label": "All"}
    assert not summarise(unasked, Rubric.model_validate(whole)).can_score


def test_every_key_that_scoring_reads_is_one_of_a_record() -> None:
    rubric = fields(Rubric)
    for collection, keys in SCORED.items():
        record = kind_of(rubric[collection], "")
        assert keys <= set(fields(record)), collection
        assert not any(is_text(fields(record)[key]) for key in keys)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "newer.yml"
    path.write_text(
        f"extends: {SAMPLE}\nversion: 1.3.0\n"
        "gates:\n  drill-done: {blocking: true, test: The last drill was this year.}\n"
        "stages: {first: {title: Fresh}}\n"
        "remediations: {write-plan: {opens: [plan-kept, drill-done]}}\n"
    )
    return path


def test_the_command_tells_people_and_tools(newer: Path) -> None:
    result = run("diff", SAMPLE, newer)
    assert result.exit_code == 0
    assert result.output == (
        "# Sample model: 1.2.0 → 1.3.0\n\n"
        "Scores of stored answers can change. The changes need a major step; "
        "the versions make a minor one.\n\n"
        "## Rescored (1)\n\n- `blocking` of gate `drill-done`: false → true\n\n"
        "## Reworded (2)\n\n"
        "- `title` of stage `first`\n    - before: First\n    - after: Fresh\n"
        "- `test` of gate `drill-done`\n    - before: The last drill is on record.\n"
        "    - after: The last drill was this year.\n\n"
        "## Changed (1)\n\n"
        "- `opens` of remediation `write-plan`\n    - before: plan-kept\n"
        "    - after: plan-kept / drill-done\n"
    )
    assert run("diff", SAMPLE, newer, "--strict").exit_code == 1
    data = json.loads(run("diff", SAMPLE, newer, "--format", "json").stdout)
    assert (data["format"], data["step_needed"], data["step_made"]) == (
        *("stagebook-diff/1", "major", "minor"),
    )
    assert len(data["changes"]) == 4
    assert run("diff", SAMPLE, SAMPLE).output.endswith("\n\nNothing changed.\n")


def test_another_id_is_said_to_leave_stored_answers_behind(tmp_path: Path) -> None:
    other, overlay = tmp_path / "other.yml", tmp_path / "overlay.yml"
    text = SAMPLE.read_text(encoding="utf-8")
    other.write_text(text.replace("id: sample", "id: other", 1), encoding="utf-8")
    overlay.write_text(f"extends: {SAMPLE}\nid: ours\n", encoding="utf-8")
    said = "Answers stored for `sample` cannot be opened with `other`."
    assert said in run("diff", SAMPLE, other).output
    assert "cannot be opened" not in run("diff", SAMPLE, overlay).output


def test_strict_needs_two_versions_of_one_rubric_in_their_order(tmp_path: Path) -> None:
    other, newer = tmp_path / "other.yml", tmp_path / "newer.yml"
    other.write_text(f"extends: {SAMPLE}\nid: ours\ntitle: Ours\n")
    newer.write_text(f"extends: {SAMPLE}\nversion: 9.0.0\ntitle: Newer\n")
    refused = run("diff", SAMPLE, other, "--strict")
    assert refused.exit_code == 2
    assert (
        "--strict needs two versions of one rubric: 'sample' and 'ours' are two" in refused.output
    )
    assert run("diff", SAMPLE, newer, "--strict").exit_code == 0
    assert run("diff", newer, SAMPLE).exit_code == 0
    assert run("diff", newer, SAMPLE, "--strict").exit_code == 1, "the version goes back"


def test_before_the_first_version_a_minor_step_is_enough_and_that_is_said(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yml", tmp_path / "new.yml"
    old.write_text(f"extends: {SAMPLE}\nversion: 0.2.0\n")
    new.write_text(
        f"extends: {SAMPLE}\nversion: 0.3.0\ngates: {{drill-done: {{blocking: true}}}}\n"
    )
    result = run("diff", old, new, "--strict")
    assert result.exit_code == 0
    assert (
        "can change. Before version 1.0.0, the changes need a minor step; the versions make a minor"
    ) in result.output


def test_where_an_assessment_stands_is_told_as_far_as_it_is_known(tmp_path: Path) -> None:
    bands = "scoring: {bands: {of: {wip: {at: 0, label: WIP}, good: {at: %s, label: Good}}}}"
    shape = "dimension: mean, overall: {by: mean}"
    gates = "gates: {a: {dimension: d, title: A, test: A}, b: {dimension: d, title: B, test: B}}"
    head = "format: stagebook/1\nid: m\ntitle: M\ndimensions: {d: {title: D}}\n"
    said = {"format": "stagebook-assessment/1", "rubric": {"id": "m"}}
    (tmp_path / "all.json").write_text(json.dumps({**said, "answers": {"a": "yes", "b": "no"}}))
    (tmp_path / "part.json").write_text(json.dumps({**said, "answers": {"a": "yes"}}))

    def told(old: str, new: str) -> list[str]:
        for name, version, text in (("old", "1.0.0", old), ("new", "2.0.0", new)):
            (tmp_path / f"{name}.yml").write_text(f"{head}version: {version}\n{gates}\n{text}\n")
        result = run(
            *("diff", tmp_path / "old.yml", tmp_path / "new.yml", "--assessments", tmp_path)
        )
        assert result.exit_code == 0, result.output
        lines = result.stdout.partition("## Assessments\n\n")[2].splitlines()[2:]
        return [line.replace(f"{tmp_path}/", "") for line in lines]

    lower, higher = (bands.replace("{bands", f"{{{shape}, bands") % at for at in (0.5, 0.6))
    assert told(lower, higher) == [
        "- all.json: Good → WIP",
        "- part.json: Good → WIP to Good, so far Good",
    ]
    plain = f"scoring: {{{shape}}}"
    assert told(plain, plain.replace("}}", "}, times: 10}")) == [
        "- all.json: 0.50 → 5.00",
        "- part.json: 0.50 to 1.00, so far 1.00 → 5.00 to 10.00, so far 10.00",
    ]


def test_sums_in_another_order_are_the_same_score() -> None:
    nowhere = Stages(None, None, None)

    def scored(number: float | None) -> Overall:
        return Overall(number, number, number, nowhere, nowhere)

    one, other = 0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1
    assert one != other
    assert not Standing("a", "", scored(one), scored(other)).moves
    assert not Standing("a", "", scored(None), scored(None)).moves
    assert Standing("a", "", scored(one), scored(0.601)).moves
    assert Standing("a", "", scored(None), scored(0)).moves


def test_assessments_are_scored_under_both(newer: Path, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    for name, drill in (("a", "yes"), ("b", "no")):
        answers = {id_: {"answer": "yes"} for id_ in ("plan-kept", "work-checked")}
        answers |= {"drill-done": {"answer": drill}, "load-known": {"answer": "high"}}
        data = {
            "format": "stagebook-assessment/1",
            "subject": f"Team {name}",
            "rubric": {"id": "sample", "version": "1.2.0"},
            "answers": answers,
        }
        (folder / f"{name}.json").write_text(json.dumps(data))
    (folder / "c.json").write_text("{")
    both = "scoring: {share: 0}\ndimensions: {care: {core: true}}\n"
    newer.write_text(f"{newer.read_text()}id: sample-two\n{both}")
    older = tmp_path / "older.yml"
    older.write_text(f"extends: {SAMPLE}\n{both}")
    result = run("diff", older, newer, "--assessments", folder)
    assert result.exit_code == 1, "one file cannot be read"
    end = result.stdout.partition("## Assessments\n\n")[2].replace(f"{folder}/", "")
    assert end == (
        "Scored under both: 2. With another stage, band or score: 1.\n\n"
        "- b.json (Team b): Second → Ground\n"
    )
    assert "c.json" in result.stderr
    (folder / "c.json").unlink()
    assert run("diff", older, newer, "--assessments", folder).exit_code == 0
    data = json.loads(run("diff", older, newer, "--assessments", folder, "--format", "json").stdout)
    assert [(one["subject"], one["moves"]) for one in data["assessments"]] == [
        ("Team a", False),
        ("Team b", True),
    ]
    assert data["assessments"][1]["after"]["stage"]["low"] == "ground"
