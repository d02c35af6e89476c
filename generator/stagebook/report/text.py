"""The result in words: what `stagebook score` prints for people."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN, Assessment
from ..diagnostics import printable
from ..rubric.model import Rubric
from ..rubric.prose import plain
from ..scoring.diagnosis import Diagnosis, Reason, diagnose
from ..scoring.planning import PlanStep
from ..scoring.rounding import display_score, round_half_up
from ..scoring.scorer import Overall, Result, Score, Scorer, coverage
from ..scoring.trace import Part, Step, find_steps

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
        *_arithmetic(scorer, result),
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
    subject = f": {printable(assessment.subject)}" if assessment.subject else ""
    yield f"{rubric.title} {rubric.version}{subject}"
    yield (
        f"{counts['answered']} of {counts['gates']} gates answered, {counts['unknown']} unknown, "
        f"{counts['not_applicable']} not applicable, {counts['unanswered']} unanswered"
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
    if bands:
        ends = (overall.bands.low, overall.bands.high)
        labels = dict.fromkeys(bands.of[id_].label for id_ in ends if id_)
        words.append(" to ".join(label for label in labels if label))
    return ", ".join(filter(None, words))


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
    if scorer.scoring.dimension != "ladder":
        yield from _lowering(rubric, result, diagnosis)
        return
    told: list[tuple[str, Reason]] = []
    for reason in diagnosis.reasons:
        low = result.dimensions[reason.dimension].stage.low
        # The next step of each dimension, where an answer says something about it.
        answered = any(gate.answer is not None for gate in reason.gates)
        if low is not None and scorer.ladder.after(low)[0] == reason.stage and answered:
            told.append((rubric.stages[low].title, reason))
    for holds, title in ((True, HOLDING), (False, OTHERS)):
        own = [pair for pair in told if (pair[1].dimension in diagnosis.holding) is holds]
        lines = [line for reached, reason in own for line in _reason(rubric, reason, reached)]
        if lines or holds:
            yield from ("", title, *(lines or ["  Nothing that was answered."]))


HOLDING = "What holds it back"
OTHERS = "Next in dimensions that do not hold it back"


def _lowering(rubric: Rubric, result: Result, diagnosis: Diagnosis) -> Iterator[str]:
    if diagnosis.lowering:
        yield from ("", "What keeps the score from its top")
    for gate in diagnosis.lowering:
        answer = answer_words(rubric, gate, result.states[gate].answer)
        yield f"  {_gate(rubric, gate)} is {answer}"


def _reason(rubric: Rubric, reason: Reason, reached: str) -> Iterator[str]:
    dimension, stage = rubric.dimensions[reason.dimension], rubric.stages[reason.stage]
    needed = f", {reason.needed} needed" if reason.open < reason.needed else ""
    yield (
        f"  {dimension.title} is {reached}: {reason.open} of {reason.applicable} gates to "
        f"{stage.title} are met{needed}"
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
        yield from ("", "Look again: a ticked symptom contradicts these answers")
    for id_ in dict.fromkeys(symptom for _, symptom in diagnosis.second_look):
        symptom = rubric.symptoms[id_]
        texts = (symptom.looks_like, symptom.observation, symptom.disproof)
        yield "  " + " ".join(plain(text) for text in texts if text)
        yield from (
            f"    {_gate(rubric, gate)} is answered as met"
            for gate, named in diagnosis.second_look
            if named == id_
        )

    if diagnosis.second_look_requires:
        yield from ("", "Look again: answered as met, yet each needs another gate first")
    for gate, required in diagnosis.second_look_requires:
        yield f"  {_gate(rubric, gate)} needs {_gate(rubric, required)}, which is not met"


def _plan(rubric: Rubric, diagnosis: Diagnosis) -> Iterator[str]:
    if not diagnosis.plan and not diagnosis.plan_unopened:
        return
    target = f" for {rubric.stages[diagnosis.target].title}" if diagnosis.target else ""
    unknown = diagnosis.plan_unestimated
    total = f": {_weeks(diagnosis.plan_total)} in all" if unknown < len(diagnosis.plan) else ""
    left = f", {unknown} without effort" if total and unknown else ""
    yield from ("", f"What to do next{target}{total}{left}")
    for number, step in enumerate(diagnosis.plan, 1):
        yield from _step(rubric, number, step)
    for gate in diagnosis.plan_unopened:
        yield f"  No play opens {_gate(rubric, gate)}"


def _step(rubric: Rubric, number: int, step: PlanStep) -> Iterator[str]:
    play = rubric.remediations[step.remediation]
    effort = f", {_weeks(step.weeks)}" if step.weeks else ""
    yield f"  {number}. {play.title}{effort}"
    yield f"     opens {', '.join(_gate(rubric, gate) for gate in step.opens)}"


def _arithmetic(scorer: Scorer, result: Result) -> Iterator[str]:
    yield from ("", "How each number is made" + _so_far(result))
    for step in find_steps(scorer, result):
        yield f"  {_step_name(scorer.rubric, step)} = {_sum(scorer.rubric, step)}"


def _so_far(result: Result) -> str:
    if result.overall.low == result.overall.high:
        return ""
    return ", on the answers so far; a range counts missing answers at their worst and best"


def _step_name(rubric: Rubric, step: Step) -> str:
    shown = _number(step.value)
    if step.of == "overall":
        shown = display_score(step.value, rubric.scoring, step.times)
    if step.of == "cell":
        dimension, stage = step.id.split("/")
        name = f"{rubric.dimensions[dimension].title}, {_name(rubric, 'cell', stage)}"
    else:
        name = _name(rubric, step.of, step.id)
    return f"{name} {shown}"


def _name(rubric: Rubric, of: str, id_: str) -> str:
    if of == "gate":
        return rubric.gates[id_].code or rubric.gates[id_].title
    if of == "dimension":
        return rubric.dimensions[id_].title
    if of == "group":
        return rubric.groups.get(id_, id_)
    if of == "cell":
        return rubric.stages[id_].title if id_ in rubric.stages else "no stage"
    return "Overall"


REDUCED = {
    "mean": "mean of ",
    "sum": "sum of ",
    "min": "lowest of ",
    "max": "highest of ",
    "ladder": "mean of ",
}


def _sum(rubric: Rubric, step: Step) -> str:
    parts = REDUCED[step.by] + ", ".join(_part(rubric, part, step.by) for part in step.parts)
    if step.by != "ladder":
        return parts + (f", times {step.times:g}" if step.times != 1 else "")
    if step.next is None or step.base is None:
        return f"{step.base:g}, where the answers end"
    added = step.value - step.base
    return f"{step.base:g} + {_number(added)} towards {rubric.stages[step.next].title}, the {parts}"


def _part(rubric: Rubric, part: Part, by: str) -> str:
    weight = f" (weight {part.weight:g})" if part.weight != 1 and by in ("mean", "sum") else ""
    return f"{_name(rubric, part.of, part.id)} {_number(part.value)}{weight}"


def _number(value: float) -> str:
    """Return a number inside a sum: exact enough to do the sum again."""
    shown = round_half_up(value, 4)
    return shown.rstrip("0").rstrip(".")


def _weeks(weeks: tuple[float, float]) -> str:
    least, most = weeks
    return (
        f"{least:g} week{'s' * (least != 1)}" if least == most else f"{least:g} to {most:g} weeks"
    )
