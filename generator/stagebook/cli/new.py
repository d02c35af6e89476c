"""The command `stagebook new`."""

from __future__ import annotations

from pathlib import Path

import click

from ..scaffold.providers import PROVIDERS
from .edge import as_typed, counted
from .original import DRY_RUN, FROM, OVERLAY, TITLE, ask, original_of, rubric_of, title_of


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@TITLE
@FROM
@OVERLAY
@click.option("--ci", type=click.Choice(list(PROVIDERS)), help="Whose workflow publishes the site.")
@DRY_RUN
def new(
    folder: Path,
    title: str | None,
    original: str | None,
    overlay: bool,
    ci: str | None,
    dry_run: bool,
) -> None:
    """Write a complete site: rubric, pages, colours, requirements and publishing workflow.

    What the options leave open is asked on a terminal, and else has a default. A rubric that ships
    gets an id and a title of its own; your own file stays as it is, but an overlay is written as a
    whole rubric. Nothing is overwritten.

    Example: stagebook new acme-ai --title "Acme AI" --from ai-product --ci github
    """
    from ..files.additions import add_files, check_additions
    from ..files.installed import pinned_requirements, polyfill
    from ..scaffold.site import new_site

    title = title_of(folder, title)
    original = original_of(original)
    if ci is None:
        ci = ask("Publish with", "github", click.Choice(list(PROVIDERS)))
    rubric = rubric_of(original, title, folder, overlay)
    files = new_site(title, rubric, ci, pinned_requirements(), polyfill())
    if dry_run:
        check_additions(files, folder)
    else:
        add_files(files, folder)
    for name in files:
        click.echo(f"{folder / name}")
    go = as_typed("cd", folder)
    done = "would be written." if dry_run else f"written. Next: {go} && mkdocs serve"
    click.echo(f"{counted(len(files), 'file')} {done}", err=True)
