"""The command `stagebook score`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnostics import printable
from .edge import RUBRIC, emit, leave, usable

if TYPE_CHECKING:
    from ..assessment.reader import Assessment
    from ..files.assessments import AssessmentText
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
    help="text is for people, json the whole result, jsonl one short result a line.",
)
def score(rubric: Path, assessment: Path, form: str) -> None:
    """Score assessments: a file, a folder of files, or - for standard input.

    A file named .jsonl holds one assessment a line; so does standard input with --format jsonl.

    Example: stagebook score rubrics/ai-product.yml checkout.json
    """
    from ..assessment.reader import Known
    from ..files.assessments import STDIN, read_assessments
    from ..scoring.scorer import Scorer

    records = usable(rubric)
    if assessment != STDIN and not assessment.exists():
        raise click.UsageError(f"{assessment} does not exist")
    texts: Iterable[AssessmentText] = read_assessments(assessment, lines=form == "jsonl")
    if form == "json":
        several = assessment.is_dir() or assessment.suffix == ".jsonl"
        texts = () if several else [*texts]
        if len(texts) != 1:
            raise click.UsageError("json is for one assessment; use --format jsonl for several")
    scorer, known = Scorer(records), Known(records)
    wrong = False
    for said in _progress(texts, form == "jsonl"):
        answers, findings = said.read(known)
        for finding in findings:
            wrong = wrong or finding.level == "error"
            click.echo(f"{printable(said.name)}: {finding}", err=True)
        if answers is not None:
            emit(_scored(scorer, answers, form))
    leave(wrong)


def _scored(scorer: Scorer, answers: Assessment, form: str) -> str:
    from ..report.data import brief_data, result_data
    from ..report.text import explain

    if form == "text":
        return explain(scorer, answers)
    if form == "json":
        return json.dumps(result_data(scorer, answers), indent=1, ensure_ascii=False) + "\n"
    return json.dumps(brief_data(scorer, answers), ensure_ascii=False) + "\n"


def _progress(texts: Iterable[AssessmentText], shown: bool) -> Iterator[AssessmentText]:
    """Pass assessments on, with a bar on a terminal that does not show the results."""
    if not shown or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from texts
        return
    with click.progressbar(length=1, label="Scoring", file=sys.stderr) as bar:
        for said in texts:
            if said.size and said.done != bar.pos:
                bar.length = said.size
                bar.update(said.done - bar.pos)
            yield said
        bar.update((bar.length or 0) - bar.pos)
