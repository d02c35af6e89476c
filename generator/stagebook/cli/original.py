"""What `stagebook new` and `stagebook add-to-site` begin with: a title and a rubric."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnostics import RubricError, did_you_mean, printable
from .edge import leave, print_findings

if TYPE_CHECKING:
    from ..scaffold.rubrics import NewRubric

DEFAULT = "ai-product"
"""The rubric to begin with if none is named."""

TITLE = click.option("--title", metavar="TEXT", help="Name of the model and of its site.")
FROM = click.option(
    "--from",
    "original",
    metavar="NAME|FILE|blank",
    help="What to begin with: a rubric that ships, by name; your own file, of which an overlay is "
    "written as a whole rubric; or a small example.",
)
OVERLAY = click.option(
    "--overlay", is_flag=True, help="Write only what differs from the rubric of --from."
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only show what would be written.")


def is_asked() -> bool:
    """Return whether there is a person at a terminal who can answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def ask(text: str, default: str, choice: click.Choice[str] | None = None) -> str:
    """Return an answer from a terminal; without one, the default."""
    return str(click.prompt(text, default, type=choice)) if is_asked() else default


def original_of(original: str | None) -> str:
    """Return what to begin with: as named, as answered on a terminal, or the default."""
    return ask("Begin with", DEFAULT, original_names()) if original is None else original


def title_of(folder: Path, title: str | None) -> str:
    """Return the title, by default made of the name of the folder."""
    words = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    default = words[:1].upper() + words[1:] or "My model"
    if title is None:
        title = ask("Title", default)
    title = title.strip()
    if not title or len(title) > 300 or not title.isprintable():
        raise click.BadParameter("it must be one line of 1 to 300 characters", param_hint="--title")
    return title


def original_names() -> click.Choice[str]:
    """Return what a rubric can begin with, besides files."""
    from ..files import shipped

    return click.Choice([*shipped.names(), "blank"])


def rubric_of(original: str, title: str, folder: Path, is_overlay: bool) -> NewRubric:
    """Return the rubric to write; if the original has errors, print them and end the command."""
    from ..api.rubrics import check
    from ..files import shipped
    from ..scaffold import rubrics

    id_ = rubrics.id_for(title, folder.resolve().name)
    if original == "blank":
        if is_overlay:
            raise click.UsageError("--overlay needs a rubric to differ from, not 'blank'")
        return rubrics.blank(title, id_)
    path = shipped.path(original)
    if path is None and not Path(original).exists():
        close = did_you_mean(original, [*shipped.names(), "blank"])
        hint = f" (did you mean {close!r}?)" if close else ""
        known = ", ".join([*shipped.names(), "blank"])
        message = f"no file or shipped rubric is called {original!r}{hint}; there are {known}"
        raise click.BadParameter(printable(message), param_hint="--from")
    reading = check(path or original)
    try:
        _ = reading.rubric  # Raises the error.
        if path is None and reading.source.layer:
            base = reading.source.layer.name
            note = f"{original} extends {base}: it is written as a whole rubric, not as an overlay"
            click.echo(printable(note), err=True)
        if is_overlay:
            return rubrics.overlay(reading, original if path else None, title, id_)
        return rubrics.own_copy(reading, title, id_) if path else rubrics.unchanged(reading)
    except RubricError as error:
        print_findings(error.findings)
        leave(True)
