"""The guide for owners of other models: each example is valid, and scores as it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from folders import ROOT
from guides import fences
from stagebook.assessment.reader import read_assessment
from stagebook.files.rubrics import load_rubric
from stagebook.report.data import result_data
from stagebook.scoring.scorer import Scorer

GUIDE = (ROOT / "content" / "guides" / "bring-your-model.md").read_text(encoding="utf-8")
SECTIONS = {
    part.partition("\n")[0]: part for part in re.split(r"^### ", GUIDE, flags=re.MULTILINE)[1:]
}
EXAMPLES = [fence for fence in fences("bring-your-model") if fence.language == "yaml"]
BASE = EXAMPLES[0]
YES, PARTLY, NO = "yes", "partly", "no"
CLAIMS: dict[str, tuple[dict[str, Any], str]] = {
    "It has levels, but no ladder to climb": (
        {"answers-reviewed": YES, "answers-shared": PARTLY},
        "answers",
    ),
    "It has no levels at all": ({"answers-reviewed": YES, "answers-shared": PARTLY}, "answers"),
    "Its levels stand beside each other": (
        {"tickets-owned": NO, "tickets-counted": YES},
        "tickets",
    ),
    "Not everything concerns everybody": ({"answers-reviewed": YES}, "answers"),
    "It has a list to tick": ({"tickets-owned": ["1", "2"]}, "tickets"),
    "Its scale does not begin at 0": (
        dict.fromkeys(
            ("answers-reviewed", "answers-shared", "tickets-owned", "tickets-counted"), "unknown"
        ),
        "",
    ),
    "It gives percentages": ({"answers-reviewed": YES, "answers-shared": PARTLY}, "answers"),
    "Ranges of the score have names": (
        {
            "answers-reviewed": YES,
            "answers-shared": YES,
            "tickets-owned": YES,
            "tickets-counted": NO,
        },
        "",
    ),
    "A question is a bonus, or limits the result": (
        {
            "answers-reviewed": YES,
            "answers-shared": NO,
            "tickets-owned": NO,
            "tickets-counted": YES,
        },
        "",
    ),
    "A part is asked, but does not count": (
        {"tickets-owned": YES, "tickets-counted": NO},
        "tickets",
    ),
}
"""For each section that says a score: the answers, and the dimension or the overall score."""


def example(heading: str) -> str:
    [body] = re.findall(r"^```yaml[^\n]*\n(.*?)^```$", SECTIONS[heading], re.M | re.S)
    assert isinstance(body, str)
    return body


def written(folder: Path, body: str) -> Path:
    (folder / BASE.title).write_text(BASE.body, encoding="utf-8")
    path = folder / "changed.yml"
    head = "" if body.startswith("extends:") else f"extends: {BASE.title}\n"
    path.write_text(head + body, encoding="utf-8")
    return path


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_example_is_valid(tmp_path: Path, heading: str) -> None:
    reading = load_rubric(written(tmp_path, example(heading)))
    assert [one for one in reading.findings if one.code != "translation-gaps"] == []


@pytest.mark.parametrize("heading", CLAIMS)
def test_every_score_is_what_the_guide_says(tmp_path: Path, heading: str) -> None:
    rubric = load_rubric(written(tmp_path, example(heading))).rubric
    answers, dimension = CLAIMS[heading]
    said = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": rubric.id, "version": rubric.version},
        "profile": dict.fromkeys(rubric.profile, NO),
        "answers": {
            id_: {"ticks": answer} if isinstance(answer, list) else {"answer": answer}
            for id_, answer in answers.items()
        },
    }
    assessment, _ = read_assessment(json.dumps(said), rubric)
    assert assessment is not None
    result = result_data(Scorer(rubric), assessment)
    part = result["dimensions"][dimension] if dimension else result["overall"]
    [claimed] = re.findall(r"^> .*?\*\*([\d.]+)\*\*", SECTIONS[heading], re.MULTILINE)
    assert part["so_far"] == float(claimed)


def test_every_claim_is_tested() -> None:
    assert {heading for heading, text in SECTIONS.items() if "\n> " in text} == set(CLAIMS)
