"""Properties of scoring that hold for every rubric and every assessment."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from node import ScoringServer
from scored import REPORTED, exact, read
from stagebook.report.data import result_data
from stagebook.rubric.model import Rubric, Scoring
from stagebook.scoring.intervals import REDUCERS, mean
from stagebook.scoring.ladder import BELOW_NEXT
from stagebook.scoring.rounding import display_score, round_half_up
from stagebook.scoring.scorer import Result, Scorer
from stagebook.scoring.trace import find_calculations
from stagebook.site.quiz_data import quiz_data
from strategies import answers_of, assessments, rubrics

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


@given(st.data())
def test_both_implementations_agree_to_the_last_bit(
    server: ScoringServer, data: st.DataObject
) -> None:
    rubric = data.draw(rubrics())
    said = [data.draw(assessments(rubric)) for _ in range(3)]
    scorer = Scorer(rubric)
    theirs = server.ask(ask="score", data=quiz_data(rubric), assessments=said)
    for one, other in zip(said, theirs, strict=True):
        ours = result_data(scorer, read(rubric, one))
        for key in ("format", "rubric", "subject", "respondent", "date"):
            del ours[key]
        for key in REPORTED:
            ours.pop(key, None)
        assert exact(ours) == exact(other)


@given(st.data())
def test_every_number_is_the_sum_that_is_shown(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    scorer = Scorer(rubric)
    result = scorer.score(read(rubric, data.draw(assessments(rubric))))
    shown = {(step.of, step.id): step for step in find_calculations(scorer, result)}
    scored = {
        ("dimension", id_) for id_, one in result.dimensions.items() if one.so_far is not None
    }
    scored |= {("group", id_) for id_, one in result.groups.items() if one.so_far is not None}
    assert scored <= set(shown)
    assert (("overall", "") in shown) is (result.overall.so_far is not None)
    for step in shown.values():
        pairs = [(part.value, part.weight) for part in step.parts]
        if step.by == "ladder":
            assert step.base is not None
            added = min(mean(pairs), BELOW_NEXT) if pairs and step.next else 0.0
            product = (step.base + added) * step.times
        else:
            product = REDUCERS[step.by](pairs) * step.times
        assert step.value == (product if step.cap is None else min(product, step.cap))
        for part in step.parts:
            if part.of != "gate":
                kind, name = part.of, part.id
                if kind == "cell":
                    kind = "topic-cell" if step.of == "topic" else "cell"
                    name = f"{step.id}/{part.id}"
                assert shown[(kind, name)].value == part.value


@given(NUMBERS, st.integers(0, 6))
def test_both_round_alike(server: ScoringServer, value: float, decimals: int) -> None:
    assert round_half_up(value, decimals) == server.ask(ask="round", value=value, decimals=decimals)


@given(
    st.floats(0, 500, allow_subnormal=False),
    st.integers(0, 4),
    st.sampled_from(["ladder", "mean"]),
    st.sampled_from([1, 100, 0.1]),
)
def test_both_display_alike_and_never_ahead(
    server: ScoringServer, value: float, decimals: int, by: str, times: float
) -> None:
    scoring = Scoring.model_validate({"dimension": by, "decimals": decimals, "times": times})
    rubric = {"decimals": decimals, "dimension": by, "times": times}
    shown = display_score(value, scoring)
    assert shown == server.ask(ask="display", scoring=rubric, value=value)
    if by == "ladder" or times == 100:
        step = times if by == "ladder" else 100
        assert math.floor(float(shown) / step + 1e-7) <= math.floor(value / step + 1e-7)


def numbers_of(result: Result) -> list[tuple[float | None, float | None, float | None]]:
    scores = [score for row in result.cells.values() for score in row.values()]
    numbers = [(one.low, one.high, one.so_far) for one in (*scores, *result.groups.values())]
    numbers += [(one.low, one.high, one.so_far) for one in result.dimensions.values()]
    return [*numbers, (result.overall.low, result.overall.high, result.overall.so_far)]


def close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def inside(low: float | None, value: float | None, high: float | None) -> bool:
    if low is None or value is None or high is None:
        return True
    return (low <= value or close(low, value)) and (value <= high or close(value, high))


@given(st.data())
def test_answering_narrows_and_so_far_lies_between(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    said = data.draw(assessments(rubric, measures=False))
    open_gates = [id_ for id_ in rubric.gates if id_ not in said["answers"]]
    assume(open_gates)
    scorer = Scorer(rubric)
    before = scorer.score(read(rubric, said))
    for id_ in open_gates:
        answer = data.draw(st.sampled_from(answers_of(rubric, id_)))
        said["answers"][id_] = {"answer": answer}
        after = scorer.score(read(rubric, said))
        for old, new in zip(numbers_of(before), numbers_of(after), strict=True):
            assert inside(old[0], new[0], new[1])
            assert inside(new[0], new[1], old[1])
        before = after
    for low, high, so_far in numbers_of(before):
        assert low == high == so_far


def level(scorer: Scorer, stage: str | None) -> int:
    return -1 if stage is None else scorer.ladder.levels[stage]


@given(st.data())
def test_improving_an_answer_never_lowers_a_score(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    said = data.draw(assessments(rubric))
    id_ = data.draw(st.sampled_from(list(rubric.gates)))
    # What counts only when it is met may lower a mean once it is.
    assume(not rubric.gates[id_].bonus)
    choices = answers_of(rubric, id_)[1:-1]
    assume(len(choices) > 1)
    worse = data.draw(st.integers(0, len(choices) - 2))
    better = data.draw(st.integers(worse + 1, len(choices) - 1))
    scorer = Scorer(rubric)
    said["answers"][id_] = {"answer": choices[worse]}
    before = scorer.score(read(rubric, said))
    said["answers"][id_] = {"answer": choices[better]}
    after = scorer.score(read(rubric, said))
    for old, new in zip(numbers_of(before), numbers_of(after), strict=True):
        for was, now in zip(old, new, strict=True):
            assert was is None or now is None or was <= now or close(was, now)
    if not rubric.scoring.bands:
        for was_at, is_at in zip(before.overall.stage, after.overall.stage, strict=True):
            assert level(scorer, was_at) <= level(scorer, is_at)


@given(st.data())
def test_not_applicable_changes_no_other_gate(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    said = data.draw(assessments(rubric))
    id_ = data.draw(st.sampled_from(list(rubric.gates)))
    scorer = Scorer(rubric)
    before = scorer.score(read(rubric, said)).states
    said["answers"][id_] = {"answer": "not-applicable", "reason": "It does not."}
    after = scorer.score(read(rubric, said)).states
    assert {**before, id_: None} == {**after, id_: None}


@given(st.data())
def test_order_of_answers_does_not_matter(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    said = data.draw(assessments(rubric))
    shuffled = dict(data.draw(st.permutations(list(said["answers"].items()))))
    scorer = Scorer(rubric)
    one = result_data(scorer, read(rubric, said))
    assert one == result_data(scorer, read(rubric, {**said, "answers": shuffled}))


@given(st.data())
def test_interval_is_exact(data: st.DataObject) -> None:
    """Compare with every way in which the missing answers may come in."""
    rubric = data.draw(rubrics(ladder=False))
    said = data.draw(assessments(rubric, measures=False))
    missing = [id_ for id_ in rubric.gates if id_ not in said["answers"]]
    assume(0 < len(missing) <= 3)
    scorer = Scorer(rubric)
    interval = scorer.score(read(rubric, said))
    ways: list[dict[str, str]] = [{}]
    for id_ in missing:
        ways = [{**way, id_: answer} for way in ways for answer in extremes(rubric, id_)]
    reached = []
    for way in ways:
        answers = {**said["answers"], **{id_: {"answer": one} for id_, one in way.items()}}
        result = scorer.score(read(rubric, {**said, "answers": answers}))
        reached.append([score[0] for score in numbers_of(result)])
    for index, (low, high, _) in enumerate(numbers_of(interval)):
        values = [row[index] for row in reached]
        found = [value for value in values if value is not None]
        by_points = any(is_by_points(rubric, id_) for id_ in missing)
        if low is None or high is None:
            assert found == []
        elif found and not by_points:
            # One gate in several cells: what it may become is taken apart in each.
            several = any(len(rubric.gates[id_].at) > 1 for id_ in missing)
            assert close(min(found), low) or (several and low < min(found))
            assert close(max(found), high) or (several and high > max(found))


def is_by_points(rubric: Rubric, id_: str) -> bool:
    measure = rubric.gates[id_].measure
    return measure is not None and measure.points is not None


def extremes(rubric: Rubric, id_: str) -> list[str]:
    choices = answers_of(rubric, id_)
    if rubric.gates[id_].bonus:
        return choices  # The least that meets it may be any of them.
    return list(dict.fromkeys(["unknown", choices[1], choices[-2], "not-applicable"]))
