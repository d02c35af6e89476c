"""The command `stagebook team`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import click

from .edge import RUBRIC, emit, encode, leave, usable


@click.command()
@RUBRIC
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "html"]),
    default="text",
    show_default=True,
    help="text for people, json for the whole view, csv for one row per gate, html for a page.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write the view to this file."
)
@click.option(
    "--hide-names", is_flag=True, help="Show numbers instead of names, also in the saved file."
)
@click.option(
    "--agreement",
    is_flag=True,
    help="Print only how far they agree: per cent and Krippendorff's alpha, by dimension.",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    help="Also write all assessments to this team file.",
)
def team(
    rubric: Path,
    files: Sequence[Path],
    form: str,
    output: Path | None,
    hide_names: bool,
    agreement: bool,
    save: Path | None,
) -> None:
    """Compare the assessments of several respondents.

    Each of FILES is an assessment, a .jsonl file, a team file, a folder of these, or - for
    standard input.

    Example: stagebook team rubrics/ai-product.yml answers/ --format html -o team.html
    """
    from ..files.assessments import STDIN, read_assessments
    from ..files.outputs import check_output, write_file
    from ..team.report import report_team

    records = usable(rubric)
    for path in files:
        if path != STDIN and not path.exists():
            raise click.UsageError(f"{path} does not exist")
    if agreement and form == "html":
        raise click.UsageError("--agreement has no page: use text, json or csv")
    if output and save and output.absolute() == save.absolute():
        raise click.UsageError("--output and --save name the same file")
    for path in filter(None, (output, save)):
        check_output(path)
    texts = chain.from_iterable(map(read_assessments, files))
    report = report_team(records, texts, form, hide_names=hide_names, agreement=agreement)
    for finding in report.findings:
        click.echo(finding, err=True)
    if save and report.file:
        write_file(save, encode(report.file))
    if output and report.shown:
        write_file(output, encode(report.shown))
    else:
        emit(report.shown)
    leave(report.has_errors)
