"""The example of a rubric: it fits the rubric, and an overlay need not look after it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from folders import GOOD, ROOT
from stagebook.checks.loader import read_rubric
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from stagebook.site.quiz_data import quiz_data

SAMPLE = (GOOD / "sample.yml").read_text(encoding="utf-8")
ABOUT = "subject: Kite shop (made up)"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("answers: {plan-kept:", "answers: {plan-kpt:", "no gate has the id 'plan-kpt'"),
        ("load-known: high}", "load-known: hihg}", "'load-known' has no answer 'hihg'"),
        ("measures: {plan-days: 12}", "measures: {days: 12}", "no measure has the id 'days'"),
        ("symptoms: [shiny]", "symptoms: [shyny]", "no symptom has the id 'shyny'"),
        ("believed_stage: second", "believed_stage: third", "no stage has the id 'third'"),
        (
            ABOUT,
            f"{ABOUT}\n  profile: {{acts: 'no'}}",
            "no question of the profile has the id 'acts'",
        ),
    ],
)
def test_what_it_names_must_be_there(old: str, new: str, message: str) -> None:
    assert SAMPLE.count(old) == 1
    findings = read_rubric(SAMPLE.replace(old, new), "sample.yml").findings
    assert [(one.code, one.message) for one in findings] == [("dangling-id", message)]


def test_an_overlay_that_removes_a_gate_need_not_touch_it(tmp_path: Path) -> None:
    (tmp_path / "sample.yml").write_text(SAMPLE, encoding="utf-8")
    overlay = tmp_path / "own.yml"
    overlay.write_text(
        "format: stagebook/1\nextends: {rubric: sample.yml, version: 1.2.0}\nid: own\n"
        "gates: {load-known: null}\n",
        encoding="utf-8",
    )
    reading = load_rubric(overlay)
    assert [one.code for one in reading.findings] == ["unused-id"]  # Its scale has gone as well.
    sample = quiz_data(reading.rubric)["sample"]
    assert [*sample["answers"]] == ["plan-kept", "work-checked"]
    overlay.write_text(
        overlay.read_text(encoding="utf-8").replace("{load-known: null}", "{}") + "sample: null\n",
        encoding="utf-8",
    )
    assert quiz_data(load_rubric(overlay).rubric)["sample"] is None


def test_the_quiz_gets_it_as_an_assessment_that_says_what_it_is() -> None:
    sample = quiz_data(load_rubric(GOOD / "sample.yml").rubric)["sample"]
    assert sample["subject"] == "Example: Kite shop (made up)"
    assert sample["answers"]["load-known"] == {"answer": "high", "rev": 1}


def test_the_example_of_the_default_model_is_the_one_that_the_site_tells_of(rubric: Rubric) -> None:
    path = ROOT / "content" / "examples" / "claims-assistant-lead.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    assert rubric.sample is not None
    sample = rubric.sample.model_dump(exclude_defaults=True)
    assert sample == {key: told[key] for key in ("subject", "believed_stage")} | {
        "profile": told["profile"],
        "measures": told["measures"],
        "answers": {
            id_: said["answer"] for id_, said in told["answers"].items() if "answer" in said
        },
    }
