"""How much of each cell is reached, as the text report prints it, and the keys of a result."""

from __future__ import annotations

import re

from folders import GOOD, ROOT
from scored import whole
from stagebook.assessment.reader import Answer, Assessment
from stagebook.files.rubrics import load_rubric
from stagebook.report.data import result_data
from stagebook.report.heat import Heat
from stagebook.report.scores import ScoreWords
from stagebook.scoring.scorer import Scorer

BONUS = {
    "stages": {"s1": 1, "s2": 2, "s3": 3},
    "gates": {"a": {"stage": "s2"}, "k": {"stage": "s3", "bonus": True}},
}
"""The only gate of a cell is a bonus."""

SCORER = Scorer(load_rubric(ROOT / "rubrics" / "ai-product.yml").rubric)


def table(scorer: Scorer, **answers: str) -> list[list[str]]:
    given = {id_.replace("_", "-"): Answer(answer) for id_, answer in answers.items()}
    heat = Heat(scorer, ScoreWords(scorer, scorer.rubric.language))
    return heat.rows(scorer.score(Assessment(answers=given)))


def test_before_the_first_answer_no_cell_has_a_share() -> None:
    heads, *rows = table(SCORER)
    assert heads == ["Dimension", "Opportunistic", "Repeatable", "Scaled", "Transformational"]
    assert [row[1:] for row in rows] == [["–"] * 4] * len(SCORER.rubric.dimensions)


def test_a_cell_says_what_is_reached_and_what_is_still_possible() -> None:
    people = table(SCORER, people_two_owners="yes", people_users_stay="partly")[-1]
    # One and a half of three gates, of which one may still be anything.
    assert people == ["People, ownership & value", "75% (50 to 83)", "–", "–", "–"]


def test_a_bonus_that_is_met_is_all_of_its_cell() -> None:
    rubric = whole(BONUS)
    assert table(Scorer(rubric), a="yes", k="yes")[1] == ["d", "100%", "100%"]
    assert table(Scorer(rubric), a="yes", k="no")[1] == ["d", "100%", "–"]


def test_one_column_would_say_no_more_than_the_scores() -> None:
    assert table(Scorer(load_rubric(GOOD / "capability.yml").rubric)) == []


def test_the_guide_names_every_key_of_a_result() -> None:
    guide = (ROOT / "content" / "guides" / "files.md").read_text(encoding="utf-8")
    section = guide.partition("## The result")[2].partition("\n## ")[0]
    named = {name for line in section.splitlines() for name in re.findall(r"`(\w+)`", line)}
    shapes = Scorer(load_rubric(GOOD / "shapes.yml").rubric)
    for scorer in (SCORER, shapes):
        assert {*result_data(scorer, Assessment())} <= named
