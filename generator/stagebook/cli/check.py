"""The command `stagebook check`."""

from __future__ import annotations

import gc
import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..diagnostics import CODES, Diagnostic, did_you_mean, has_errors, without_codes
from .edge import choose_findings, counted, leave, print_findings

if TYPE_CHECKING:
    from ..checks.loader import Reading


def known_codes(
    context: click.Context, parameter: click.Parameter, codes: Sequence[str]
) -> Sequence[str]:
    """Return codes of warnings; raises BadParameter for any other."""
    for code in codes:
        if CODES.get(code) != "warning":
            warnings = [known for known, level in CODES.items() if level == "warning"]
            close = did_you_mean(code, warnings)
            hint = f" (did you mean {close!r}?)" if close else ""
            raise click.BadParameter(f"no warning has the code {code!r}{hint}")
    return codes


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "text", "github", "json"]),
    default="auto",
    help="Format of the findings; auto means github in GitHub Actions and text elsewhere.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--ignore",
    "ignored",
    multiple=True,
    metavar="CODE",
    callback=known_codes,
    help="Leave out warnings of this code; may be repeated.",
)
def check(files: Sequence[Path], form: str, strict: bool, ignored: Sequence[str]) -> None:
    """Check rubrics and print all findings, each with file, line and column.

    Example: stagebook check rubrics/*.yml --strict
    """
    gc.disable()  # The run is short and needs its objects until the end.
    readings = [_read(path, ignored) for path in files]
    findings = [finding for reading in readings for finding in reading.findings]
    if form == "auto":
        form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    if form == "json":
        click.echo(json.dumps(_report(files, readings), indent=1, ensure_ascii=False))
    else:
        print_findings(findings, form)
        if form == "text":
            click.echo(_summary(files, findings), err=bool(findings))
    leave(has_errors(findings, strict=strict))


def _read(path: Path, ignored: Sequence[str]) -> Reading:
    from .. import check as read

    reading = read(path)
    return reading._replace(findings=tuple(without_codes(reading.findings, ignored)))


def _summary(files: Sequence[Path], findings: Sequence[Diagnostic]) -> str:
    levels = Counter(finding.level for finding in findings)
    counts = [counted(number, level) for level, number in levels.items()]
    return f"{counted(len(files), 'file')} checked: {', '.join(counts) or 'no findings'}"


def _report(files: Sequence[Path], readings: Sequence[Reading]) -> dict[str, Any]:
    return {
        "format": "stagebook-findings/1",
        "files": [_file_report(path, one) for path, one in zip(files, readings, strict=True)],
    }


def _file_report(path: Path, reading: Reading) -> dict[str, Any]:
    findings, left_out = choose_findings(reading.findings)
    return {
        "path": str(path),
        "counts": reading.counts(),
        "findings": [finding.as_dict() for finding in findings],
        "left_out": left_out,
    }
