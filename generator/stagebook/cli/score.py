"""The command `stagebook score`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from ..diagnostics import printable
from ..rubric.model.scoring import PlanOrder
from .edge import RUBRIC, emit, leave, usable

if TYPE_CHECKING:
    from ..api.assessments import AssessmentReading
    from ..assessment.reader import Assessment
    from ..scoring.scorer import Scorer


@click.command()
@RUBRIC
@click.argument("assessment", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="text for people, json for the whole result, jsonl for one short result per line.",
)
@click.option(
    "--plan",
    type=click.Choice(get_args(PlanOrder)),
    help="What the plan is ordered by; by default, what the rubric says. risk begins with what is "
    "riskiest to lack.",
)
def score(rubric: Path, assessment: Path, form: str, plan: PlanOrder | None) -> None:
    """Score assessments from a file, a folder of files, or - for standard input.

    A .jsonl file has one assessment per line, as does standard input with --format jsonl.

    Example: stagebook score rubrics/ai-product.yml checkout.json
    """
    from .. import Scorer, read_assessments
    from ..files.assessments import STDIN, has_lines

    records = usable(rubric)
    if plan:
        scoring = records.scoring.model_copy(update={"plan": plan})
        records = records.model_copy(update={"scoring": scoring})
    if assessment != STDIN and not assessment.exists():
        raise click.UsageError(f"{assessment} does not exist")
    readings: Iterable[AssessmentReading] = read_assessments(
        records, assessment, lines=form == "jsonl"
    )
    if form == "json":
        several = assessment.is_dir() or has_lines(assessment.name)
        readings = () if several else [*readings]
        if len(readings) != 1:
            raise click.UsageError(
                "--format json takes one assessment; use --format jsonl for several"
            )
    scorer, wrong = Scorer(records), False
    for reading in _progress(readings, form == "jsonl"):
        for finding in reading.findings:
            wrong = wrong or finding.level == "error"
            click.echo(f"{printable(reading.name)}: {finding}", err=True)
        if reading.assessment is not None:
            emit(_scored(scorer, reading.assessment, form))
    leave(wrong)


def _scored(scorer: Scorer, answers: Assessment, form: str) -> str:
    from .. import explain, score
    from ..report.data import brief_data

    if form == "text":
        return explain(scorer, answers)
    if form == "json":
        return json.dumps(score(scorer, answers), indent=1, ensure_ascii=False) + "\n"
    return json.dumps(brief_data(scorer, answers), ensure_ascii=False) + "\n"


def _progress(readings: Iterable[AssessmentReading], shown: bool) -> Iterator[AssessmentReading]:
    """Yield the assessments; show progress on a terminal if the results are printed elsewhere."""
    if not shown or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from readings
        return
    with click.progressbar(length=1, label="Scoring", file=sys.stderr) as bar:
        for reading in readings:
            if reading.size and reading.done != bar.pos:
                bar.length = reading.size
                bar.update(reading.done - bar.pos)
            yield reading
        bar.update((bar.length or 0) - bar.pos)
