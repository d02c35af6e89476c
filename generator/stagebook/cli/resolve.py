"""The command `stagebook resolve`."""

from __future__ import annotations

from pathlib import Path

import click

from .edge import RUBRIC, emit, encode, whole


@click.command()
@RUBRIC
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "json"]),
    default="yaml",
    show_default=True,
    help="yaml with origins as comments, json with origins under x-origins.",
)
@click.option("--plain", is_flag=True, help="Leave out where values come from.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write the rubric to this file."
)
def resolve(rubric: Path, form: str, plain: bool, output: Path | None) -> None:
    """Print the whole rubric that an overlay makes, with the origin of every overridden value.

    Example: stagebook resolve rubrics/acme.yml
    """
    from ..api.overlays import resolved
    from ..files.outputs import check_output, write_file

    reading = whole(rubric)
    if output is not None:
        check_output(output)
    text = resolved(reading, form=form, plain=plain)
    if output is None:
        emit(text)
    else:
        write_file(output, encode(text))
