"""The command `stagebook upgrade`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..diagnostics import RubricError, has_errors
from .edge import Refused, emit, leave, print_findings


@click.command()
@click.argument("overlay", type=click.Path(path_type=Path))
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="The next base: a file or the name of a shipped rubric; by default what it extends now.",
)
@click.option(
    "--from",
    "since",
    type=click.Path(path_type=Path),
    help="The base that the overlay was written against, if what it extends has changed since.",
)
@click.option("--dry-run", is_flag=True, help="Show what would happen, and write nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text is Markdown for people, json for tools.",
)
def upgrade(overlay: Path, to: Path | None, since: Path | None, dry_run: bool, form: str) -> None:
    """Take the next version of what an overlay extends.

    Shows which changes of the base touch values that the overlay overrides, with both values, and
    writes the new version into the overlay; nothing else in the file changes. If the overlay has
    errors on the new base, it is not written.

    Example: stagebook upgrade rubrics/acme.yml --to ai-product --from ai-product-1.0.0.yml
    """
    from ..api.upgrades import UpgradeRefused
    from ..api.upgrades import upgrade as compare
    from ..difference.upgrade_report import upgrade_data, upgrade_text
    from ..files.rubrics import rewrite

    try:
        found, text, reading = compare(overlay, to, since)
    except UpgradeRefused as error:
        raise Refused(str(error)) from error
    except RubricError as error:
        print_findings(error.findings)
        leave(True)
    errors = has_errors(reading.findings)
    is_new = text != found.overlay.text
    is_written = is_new and not (dry_run or errors)
    if form == "json":
        data = {**upgrade_data(found), "written": is_written}
        emit(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    else:
        emit(upgrade_text(found))
    print_findings(reading.findings, err=form == "json")
    if is_written:
        rewrite(overlay, text)
    if errors:
        ending = "has errors on the new base and was not written"
    else:
        names = "now names" if is_written else "would name" if is_new else "already names"
        ending = f"{names} version {found.new.version}"
    click.echo(f"{overlay} {ending}", err=True)
    leave(errors)
