"""The command `stagebook schema`."""

from __future__ import annotations

from pathlib import Path

import click

from .edge import leave, refuse_unused


@click.command()
@click.option(
    "--check",
    "compare",
    type=click.Path(path_type=Path),
    help="Compare the schema with a file; exit with 1 if they differ.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write the schema to this file."
)
@click.option("--overlay", is_flag=True, help="Take the schema of overlays.")
def schema(compare: Path | None, output: Path | None, overlay: bool) -> None:
    """Print the JSON Schema of rubrics, or of overlays, for editors.

    Example: stagebook schema -o rubrics/schema.json
    """
    from ..files.outputs import write_file
    from ..overlay.json_schema import overlay_schema_text
    from ..rubric.json_schema import schema_text

    if compare is not None:
        refuse_unused("--check", {"--output": output})
    text = overlay_schema_text() if overlay else schema_text()
    if compare is not None:
        if not compare.is_file():
            raise click.UsageError(f"{compare} is not a file")
        same = compare.read_bytes() == text.encode()
        if not same:
            click.echo(
                f"{compare} is not the schema of this version: write it again with -o", err=True
            )
        leave(not same)
    elif output is not None:
        write_file(output, text.encode())
    else:
        click.echo(text, nl=False)
