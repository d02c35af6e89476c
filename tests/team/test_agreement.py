"""How far raters agree, against a published example and by its properties."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st
from stagebook.assessment.reader import Assessment
from stagebook.cli import main
from stagebook.files.rubrics import load_rubric
from stagebook.scoring.scorer import Scorer
from stagebook.team.agreement import alpha, measure_agreement
from stagebook.team.view import view_team

# Krippendorff's example C: four observers, twelve units; the documentation of R's package irr has
# it too, and gives 0.849 for the interval scale.
A = (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None)
B = (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3)
C = (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None)
D = (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None)
UNITS = [[float(one) for one in unit if one is not None] for unit in zip(A, B, C, D, strict=True)]
POSITIONS = [0.0, 0.1, 1 / 3, 0.5, 2 / 3, 0.7, 1.0]
"""On scales of all sizes; many of them are no binary fractions."""
VALUES = st.lists(st.lists(st.sampled_from(POSITIONS), max_size=4), max_size=8)


def test_the_published_example() -> None:
    assert alpha(UNITS) == pytest.approx(0.849, abs=0.0005)


@given(VALUES)
def test_it_is_one_for_perfect_agreement_alone(units: list[list[float]]) -> None:
    found = alpha(units)
    paired = [unit for unit in units if len(unit) > 1]
    if len({value for unit in paired for value in unit}) < 2:
        assert found is None
    else:
        assert found is not None
        assert (found == 1) is all(len(set(unit)) == 1 for unit in paired)
        assert found <= 1
        moved = [[2 * value - 7 for value in unit] for unit in units]
        assert alpha(moved) == pytest.approx(found)


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("people", [2, 3, 5, 7])
def test_without_any_difference_there_is_nothing_to_measure(position: float, people: int) -> None:
    assert alpha([[position] * people] * 3) is None


def test_two_numbers_are_one_answer_only_if_they_score_the_same() -> None:
    rubric = load_rubric(ROOT / "tests" / "rubrics" / "good" / "capability.yml").rubric
    scorer = Scorer(rubric)
    apart, alike = (
        measure_agreement(
            scorer,
            view_team(scorer, [Assessment(measures={"release-days": days}) for days in team]),
        )[-1]
        for team in ((1, 20), (1, 1))
    )
    assert (apart.gates, apart.same) == (1, 0)
    assert apart.alpha is not None
    assert (alike.gates, alike.same, alike.alpha) == (1, 1, None)


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_the_command_tells_it_by_dimension(form: str) -> None:
    folder = ROOT / "tests" / "assessments" / "expert"
    rubric = str(ROOT / "rubrics" / "ai-product.yml")
    run = ["team", rubric, str(folder / "e1.json"), str(folder / "e3.json")]
    told = CliRunner().invoke(main, [*run, "--agreement", "--format", form])
    assert told.exit_code == 0, told.output
    if form == "json":
        data = json.loads(told.stdout)
        assert data["respondents"] == 2
        assert data["overall"]["gates"] == 110
        assert {one["dimension"] for one in data["dimensions"]} >= {"evaluation", "delivery"}
    else:
        assert len(told.stdout.strip().splitlines()) >= 9
    page = CliRunner().invoke(main, [*run, "--agreement", "--format", "html"])
    assert page.exit_code == 2
