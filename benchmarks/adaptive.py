"""How many questions the adaptive assessment asks until the stage is settled.

Two kinds of random assessment: every answer by chance, and teams that stand near one level, whose
dimensions differ from it and in which a gate is the likelier met the lower it stands.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from processes import ROOT
from stagebook.assessment.reader import Answer, Assessment
from stagebook.checks.loader import read_rubric
from stagebook.rubric.model import Rubric
from stagebook.scoring.adaptive import Adaptive
from stagebook.scoring.scorer import Scorer
from table import Row, finish, options

RUBRIC = ROOT / "rubrics" / "ai-product.yml"
SPREAD, STEEPNESS = 0.7, 4.0
"""How far dimensions lie from a team's level, in stages; how sharply gates turn from met to not."""

Answers = dict[str, str]


def main() -> None:
    """Measure and print."""
    parser = options(__doc__ or "")
    parser.add_argument("--count", type=int, default=4_000, help="assessments (default: 4,000)")
    arguments = parser.parse_args()
    rubric = read_rubric(RUBRIC.read_text(encoding="utf-8"), RUBRIC.name).rubric
    rows: list[Row] = []
    wrong = 0
    kinds: dict[str, Callable[[Rubric, random.Random], Answers]] = {
        "every answer by chance": by_chance,
        "teams near a level": near_a_level,
    }
    for name, draw in kinds.items():
        asked, missed = measure(rubric, draw, arguments.count)
        wrong += missed
        rows.append(Row(f"questions, {name}: median", asked[len(asked) // 2], "", most=30))
        rows.append(Row("  90th percentile", asked[int(0.9 * len(asked))], "", most=50))
        rows.append(Row("  most", asked[-1]))
    rows.append(Row("all questions", len(rubric.gates)))
    rows.append(Row(f"wrong stages of {2 * arguments.count:,}", wrong, most=0))
    finish(rows, asserted=arguments.asserted)


def measure(
    rubric: Rubric, draw: Callable[[Rubric, random.Random], Answers], count: int
) -> tuple[list[int], int]:
    """Return how many questions each assessment took, ascending, and how many got another stage."""
    scorer, chance = Scorer(rubric), random.Random(1)  # noqa: S311
    empty = scorer.score(Assessment())
    adaptive = Adaptive(scorer, empty)
    asked: list[int] = []
    wrong = 0
    for _ in range(count):
        full = draw(rubric, chance)
        said: dict[str, Answer] = {}
        result = empty
        while gates := adaptive.next_gates(result):
            said[gates[0]] = Answer(full[gates[0]])
            result = scorer.score(Assessment(answers=dict(said)))
        whole = scorer.score(Assessment(answers={id_: Answer(one) for id_, one in full.items()}))
        wrong += result.overall.stage.low != whole.overall.stage.low
        asked.append(len(said))
    return sorted(asked), wrong


def by_chance(rubric: Rubric, chance: random.Random) -> Answers:
    """Return an assessment in which every answer of a scale is equally likely."""
    return {id_: chance.choice(list(rubric.scale_of(gate))) for id_, gate in rubric.gates.items()}


def near_a_level(rubric: Rubric, chance: random.Random) -> Answers:
    """Return the assessment of a team whose dimensions stand near one level."""
    level = chance.uniform(0, len(rubric.stages) - 1)
    levels = {id_: level + chance.gauss(0, SPREAD) for id_ in rubric.dimensions}
    floor = min(stage.level for stage in rubric.stages.values())
    answers: Answers = {}
    for id_, gate in rubric.gates.items():
        height = rubric.stages[gate.stage].level - floor if gate.stage else 0
        met = 1 / (1 + math.exp(STEEPNESS * (height - levels[gate.dimension])))
        scale = rubric.scale_of(gate)
        best = max(scale, key=lambda answer: scale[answer].score)
        others = [answer for answer in scale if answer != best]
        answers[id_] = best if chance.random() < met else chance.choice(others)
    return answers


if __name__ == "__main__":
    main()
