"""The command `stagebook add-to-site`."""

from __future__ import annotations

from codecs import BOM_UTF8
from difflib import unified_diff
from pathlib import Path

import click

from ..diagnostics import RubricError
from . import original as originals
from .edge import Refused, as_typed, leave
from .original import DRY_RUN, FROM, OVERLAY, TITLE, original_of, rubric_of, title_of


@click.command("add-to-site")
@click.argument(
    "config", default="mkdocs.yml", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@TITLE
@FROM
@OVERLAY
@DRY_RUN
@click.option("--yes", is_flag=True, help="Make the changes without asking.")
def add_to_site(
    config: Path, title: str | None, original: str | None, overlay: bool, dry_run: bool, yes: bool
) -> None:
    """Bring a rubric into an MkDocs site that exists; CONFIG is its mkdocs.yml.

    First shows the changes to mkdocs.yml, and the files to add. Comments, order and tags of
    mkdocs.yml stay as they are, and no other file is changed.

    Example: stagebook add-to-site mkdocs.yml --from blank --title "Support desk" --dry-run
    """
    from ..files.additions import add_files, check_additions
    from ..rubric.json_schema import schema_text
    from ..scaffold.existing import edit_config
    from ..site.mkdocs_config import ConfigError

    old, mark = _read(config)
    folder = config.resolve().parent
    title = title_of(folder, title)
    rubric = rubric_of(original_of(original), title, folder, overlay)
    files = {name: text.encode() for name, text in rubric.files(schema_text()).items()}
    files = {name: text for name, text in files.items() if not _is_there(folder / name, text)}
    try:
        edited = edit_config(old, f"rubrics/{rubric.id}.yml")
    except ConfigError as error:
        raise Refused(f"{config}:{error.line}:{error.column}: {error}") from error
    _show(config, old, edited.text, files, edited.notes)
    check_additions(files, folder)
    if dry_run:
        return
    if not yes and not originals.is_asked():
        raise click.UsageError("nothing was changed: add --yes to make these changes")
    if not yes and not click.confirm("Make these changes?"):
        leave(True)
    add_files(files, folder, changed={config.resolve().name: mark + edited.text.encode()})
    named = () if config == Path("mkdocs.yml") else ("-f", config)
    click.echo(f"Done. Next: {as_typed('mkdocs', 'serve', *named)}", err=True)


def _read(path: Path) -> tuple[str, bytes]:
    """Return the text of a file, and its byte order mark if it has one."""
    from ..files.rubrics import read_text

    try:
        text = read_text(path)
    except RubricError as error:
        raise Refused("\n".join(map(str, error.findings))) from error
    has_mark = path.read_bytes().startswith(BOM_UTF8)
    return text, BOM_UTF8 if has_mark else b""


def _is_there(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _show(config: Path, old: str, new: str, files: dict[str, bytes], notes: list[str]) -> None:
    """Print the changes to a file as a diff, and the files to add."""
    name = str(config)
    for line in unified_diff(old.splitlines(), new.splitlines(), name, name, lineterm=""):
        click.echo(line)
    click.echo("\nFiles to add:")
    for path in files:
        click.echo(f"  {config.parent / path}")
    for note in notes:
        click.echo(note, err=True)
