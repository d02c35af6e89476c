"""The command `stagebook assess`."""

from __future__ import annotations

from pathlib import Path

import click

from .edge import RUBRIC, say_written, usable


@click.command()
@RUBRIC
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("assess.html"),
    show_default=True,
    help="The file to write.",
)
def assess(rubric: Path, output: Path) -> None:
    """Write the assessment as one self-contained file, for a USB stick or an email.

    The file contains the quiz, the plays and the sources, and makes no network connection.

    Example: stagebook assess rubrics/ai-product.yml -o assess.html
    """
    from ..files.outputs import check_output, write_file
    from ..site import single_file

    records = usable(rubric)
    check_output(output)
    content = single_file(records).encode()
    write_file(output, content)
    say_written(output, content)
