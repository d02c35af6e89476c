"""The command `stagebook diff`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..diagnostics import printable
from .edge import Refused, emit, leave, usable


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text is Markdown for people, json for tools.",
)
@click.option(
    "--assessments",
    type=click.Path(path_type=Path, exists=True),
    help="Also score the assessments of this file or folder under both, and say whose stage moves.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Exit with 1 if the step of the version is too small, or goes back; both have one id.",
)
def diff(old: Path, new: Path, form: str, assessments: Path | None, strict: bool) -> None:
    """List what changed between two rubrics, and whether scores can change.

    OLD and NEW are rubrics, overlays, or names of rubrics that ship with Stagebook.

    Example: stagebook diff before.yml rubrics/acme.yml --assessments answers/
    """
    from ..api.overlays import compare_under_both
    from ..difference.report import diff_data, diff_text

    one, other = usable(old), usable(new)
    if strict and one.id != other.id:
        ids = printable(f"{one.id!r} and {other.id!r}")
        raise Refused(f"--strict needs two versions of one rubric: {ids} are two")
    summary, findings = compare_under_both(one, other, assessments)
    for name, finding in findings:
        click.echo(f"{printable(name)}: {finding}", err=True)
    is_wrong = any(finding.level == "error" for _, finding in findings)
    if form == "json":
        emit(json.dumps(diff_data(summary), indent=1, ensure_ascii=False) + "\n")
    else:
        emit(diff_text(summary))
    leave(is_wrong or (strict and summary.step_is_too_small))
