"""The result in words: what `stagebook score` prints for people."""

from __future__ import annotations

from collections.abc import Iterator

from .assessment import NOT_APPLICABLE, UNKNOWN, Assessment
from .diagnosis import Diagnosis, PlanStep, Reason, diagnose
from .model import Rubric
from .prose import plain
from .rounding import display_score
from .scoring import Overall, Result, Score, Scorer, coverage

UNANSWERED_WORDS = {
    None: "not answered yet",
    UNKNOWN: "I do not know",
    NOT_APPLICABLE: "Does not apply",
}


def explain(scorer: Scorer, assessment: Assessment) -> str:
    """Return the result of an assessment as text, every number led back to answers."""
    result = scorer.score(assessment)
    diagnosis = diagnose(scorer, assessment, result)
    lines = [
        *_headline(scorer, assessment, result, diagnosis),
        "",
        *_dimensions(scorer, result),
        *_reasons(scorer, result, diagnosis),
        *_second_look(scorer.rubric, diagnosis),
        *_plan(scorer.rubric, diagnosis),
    ]
    return "\n".join(lines) + "\n"


def answer_words(rubric: Rubric, gate: str, answer: str | None) -> str:
    """Return an answer in the words of the gate's scale."""
    if answer in UNANSWERED_WORDS:
        return UNANSWERED_WORDS[answer]
    scale = rubric.scales[rubric.gates[gate].scale or next(iter(rubric.scales))]
    return scale[answer].label if answer in scale else "measured"


def _headline(
    scorer: Scorer, assessment: Assessment, result: Result, diagnosis: Diagnosis
) -> Iterator[str]:
    rubric, counts = scorer.rubric, coverage(result.states)
    yield f"{rubric.title} {rubric.version}" + (
        f": {assessment.subject}" * bool(assessment.subject)
    )
    yield (
        f"{counts['answered']} of {counts['gates']} gates answered, {counts['unknown']} unknown, "
        f"{counts['not_applicable']} not applicable, {counts['unanswered']} open"
    )
    yield ""
    yield f"Overall: {_place(rubric, result.overall)}"
    if diagnosis.believed and (above := diagnosis.believed[1]) is not None:
        believed = rubric.stages[diagnosis.believed[0]].title
        many = "s" * (abs(above) != 1)
        where = (
            f"{abs(above)} stage{many} {'above' if above > 0 else 'below'} what the answers show"
        )
        yield f"Believed: {believed}, {where if above else 'which is what the answers show'}"


def _place(rubric: Rubric, overall: Overall) -> str:
    stages = rubric.stages
    low, high, so_far = overall.stage
    words = [_numbers(Score(*overall[:3]), rubric, rubric.scoring.times)]
    if low and high:
        place = stages[low].title
        if low != high:
            now = f"; {stages[so_far].title} so far" if so_far else ""
            place = f"between {place} and {stages[high].title}{now}"
        words.insert(0, place)
    bands = rubric.scoring.bands
    if bands and overall.bands.low and overall.bands.low == overall.bands.high:
        label = bands.of[overall.bands.low].label
        words += [label] if label else []
    return ", ".join(words)


def _numbers(score: Score, rubric: Rubric, times: float) -> str:
    if score.low is None or score.high is None:
        return "no score"
    low, high = (display_score(n, rubric.scoring, times) for n in (score.low, score.high))
    if score.low == score.high:
        return low
    now = "" if score.so_far is None else display_score(score.so_far, rubric.scoring, times)
    return f"{low} to {high}" + (f" ({now} so far)" if now else "")


def _dimensions(scorer: Scorer, result: Result) -> Iterator[str]:
    rubric = scorer.rubric
    width = max(len(one.title) for one in rubric.dimensions.values()) + 2
    for id_, one in result.dimensions.items():
        dimension = rubric.dimensions[id_]
        stage = rubric.stages[one.stage.low].title if one.stage.low else ""
        core = " core" if dimension.core else ""
        numbers = _numbers(Score(*one[:3]), rubric, 1.0)
        yield f"{dimension.title:<{width}}{stage:<18}{numbers}{core}".rstrip()


def _reasons(scorer: Scorer, result: Result, diagnosis: Diagnosis) -> Iterator[str]:
    rubric = scorer.rubric
    yield from ("", "What holds it back")
    found = False
    for reason in diagnosis.reasons:
        low = result.dimensions[reason.dimension].stage.low
        if low is None or scorer.after(low)[0] != reason.stage:
            continue
        found = True
        yield from _reason(rubric, reason, rubric.stages[low].title)
    if scorer.scoring.dimension != "ladder":
        for one in result.dimensions.values():
            for gate in one.shut:
                found = True
                answer = answer_words(rubric, gate, result.states[gate].answer)
                yield f"  {_gate(rubric, gate)} is {answer}"
    if not found:
        yield "  Nothing that was answered."


def _reason(rubric: Rubric, reason: Reason, reached: str) -> Iterator[str]:
    dimension, stage = rubric.dimensions[reason.dimension], rubric.stages[reason.stage]
    yield (
        f"  {dimension.title} is {reached}: {reason.open} of {reason.applicable} gates to "
        f"{stage.title} are open, {reason.needed} needed"
    )
    for shut in reason.gates:
        blocking = ", blocking" if shut.blocking else ""
        answer = answer_words(rubric, shut.gate, shut.answer)
        yield f"    {_gate(rubric, shut.gate)} is {answer}{blocking}"


def _gate(rubric: Rubric, id_: str) -> str:
    gate = rubric.gates[id_]
    return f"{gate.code} {gate.title}" if gate.code else gate.title


def _second_look(rubric: Rubric, diagnosis: Diagnosis) -> Iterator[str]:
    if diagnosis.second_look:
        yield from ("", "Look again")
    for gate, id_ in diagnosis.second_look:
        symptom = rubric.symptoms[id_]
        seen = " ".join(
            plain(text)
            for text in (symptom.looks_like, symptom.observation, symptom.disproof)
            if text
        )
        yield f"  {_gate(rubric, gate)}: {seen}"


def _plan(rubric: Rubric, diagnosis: Diagnosis) -> Iterator[str]:
    if not diagnosis.plan and not diagnosis.plan_unopened:
        return
    target = f" for {rubric.stages[diagnosis.target].title}" if diagnosis.target else ""
    yield from ("", f"What to do next{target}: {_weeks(diagnosis.plan_total)} in all")
    for number, step in enumerate(diagnosis.plan, 1):
        yield from _step(rubric, number, step)
    for gate in diagnosis.plan_unopened:
        yield f"  No play opens {_gate(rubric, gate)}"


def _step(rubric: Rubric, number: int, step: PlanStep) -> Iterator[str]:
    play = rubric.remediations[step.remediation]
    yield f"  {number}. {play.title}, {_weeks(step.weeks)}"
    yield f"     opens {', '.join(_gate(rubric, gate) for gate in step.opens)}"


def _weeks(weeks: tuple[float, float]) -> str:
    least, most = weeks
    return (
        f"{least:g} week{'s' * (least != 1)}" if least == most else f"{least:g} to {most:g} weeks"
    )
