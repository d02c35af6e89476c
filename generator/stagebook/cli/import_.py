"""The command `stagebook import`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..diagnostics import RubricError, has_errors
from .edge import Refused, counted, leave, print_findings, refuse_unused, usable

if TYPE_CHECKING:
    from ..checks.loader import Reading
    from ..workbook.grid import Grid
    from ..workbook.reading import Imported

LAYOUTS = ("samm", "dsomm", "osps")


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The file to write."
)
@click.option(
    "--from",
    "layout",
    type=click.Choice(LAYOUTS),
    help="Read a published model: samm (folder or .xlsx), dsomm (model.yaml), osps (folder).",
)
@click.option(
    "--map",
    "column_map",
    type=click.Path(path_type=Path, exists=True),
    help="A YAML file that says what the columns of a workbook of another layout mean.",
)
@click.option("--write-ids", is_flag=True, help="Write the ids that were made into the workbook.")
@click.option("--assessment", is_flag=True, help="Read the answers of a filled workbook.")
@click.option(
    "--rubric",
    type=click.Path(path_type=Path),
    help="With --assessment: the rubric, if not the one in the workbook. With a catalogue: what a "
    "new overlay translates.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Replace the file if it exists; a catalogue changes an "
    "overlay that exists in place, also without this.",
)
def import_(
    source: Path,
    output: Path,
    layout: str | None,
    column_map: Path | None,
    write_ids: bool,
    assessment: bool,
    rubric: Path | None,
    force: bool,
) -> None:
    """Read a workbook, a CSV table or a published model, and write it as a rubric.

    A catalogue of gettext (.po) is read into an overlay, which keeps what it has besides.

    Example: stagebook import model.xlsx -o rubrics/model.yml
    """
    from ..files.outputs import check_output, write_file
    from ..files.workbooks import MissingExtra

    table: dict[str, object] = {"--map": column_map, "--write-ids": write_ids}
    if source.suffix.lower() == ".po":
        unused = {"--from": layout, "--assessment": assessment, **table}
        refuse_unused("the import of a catalogue", unused)
        _from_catalogue(source, output, rubric)
        return
    if layout:
        refuse_unused("--from", {"--assessment": assessment, "--rubric": rubric, **table})
    elif assessment:
        refuse_unused("--assessment", table)
    else:
        refuse_unused("import without --assessment", {"--rubric": rubric})
    if output.exists() and not force:
        raise Refused(f"{output} exists: choose another name, or add --force to replace it")
    check_output(output)
    try:
        if layout:
            text = _from_layout(layout, source)
        elif assessment:
            text = _answers(source, rubric)
        else:
            text = _from_workbook(source, column_map, write_ids)
    except MissingExtra as error:
        raise Refused(str(error)) from error
    except RubricError as error:
        print_findings(error.findings)
        leave(True)
    write_file(output, text.encode())
    click.echo(f"{output} written", err=True)


def _from_catalogue(source: Path, output: Path, rubric: Path | None) -> None:
    """Write the translations of a catalogue into an overlay, or a new one."""
    from ..api.translations import TranslationRefused, import_translation
    from ..files.outputs import check_output, write_file
    from ..files.rubrics import rewrite

    is_new = not output.exists()
    if is_new:
        check_output(output)
    try:
        imported = import_translation(source, output, rubric)
    except TranslationRefused as error:
        raise Refused(str(error)) from error
    except RubricError as error:
        print_findings(error.findings)
        leave(True)
    print_findings(imported.findings)
    if is_new:
        write_file(output, imported.text.encode())
    else:
        rewrite(output, imported.text)
    left = imported.left
    said = [
        counted(imported.written, "text"),
        f"{left['empty']} not translated",
        f"{left['fuzzy']} fuzzy",
    ]
    if left["changed"]:
        said.append(f"{left['changed']} of a source that has changed since")
    click.echo(f"{output}: {', '.join(said)}", err=True)


def _yaml(data: dict[str, Any]) -> str:
    from ..rubric.yaml_writer import yaml_text

    return yaml_text(data)


def _checked(reading: Reading) -> str:
    """Print the findings; return the rubric as YAML, or end the command if there are errors."""
    print_findings(reading.findings)
    if reading.records is None or has_errors(reading.findings):
        leave(True)
    return _yaml(reading.source.data)


def _grids(source: Path) -> list[Grid]:
    """Return the sheets of a workbook; end the command if cells of it cannot be read."""
    from ..files.workbooks import read_grids

    grids, findings = read_grids(source)
    print_findings(findings)
    if has_errors(findings):
        leave(True)
    return grids


def _from_workbook(source: Path, column_map: Path | None, write_ids: bool) -> str:
    from ..workbook.column_map import read_map
    from ..workbook.foreign import ColumnMap
    from ..workbook.reading import read_grids as read_sheets

    using = read_map(_text(column_map), str(column_map)) if column_map else ColumnMap()
    grids = _grids(source)
    imported = read_sheets(grids, str(source), source.stem, using)
    text = _checked(imported.reading)
    if imported.made:
        _ids(source, imported, [grid.name for grid in grids], write_ids)
    return text


def _text(path: Path) -> str:
    from ..files.rubrics import read_text

    return read_text(path)


def _ids(source: Path, imported: Imported, names: list[str], write_ids: bool) -> None:
    """Write the ids that were made into the workbook, or say how to."""
    from ..files.outputs import write_file
    from ..files.rubrics import read_bytes
    from ..files.workbooks import write_ids as written

    placed = [
        (names[one.sheet], one.row + 1, one.column + 1, one.id)
        for one in imported.made
        if one.column >= 0
    ]
    count = len(imported.made)
    has_room = source.suffix.lower() == ".xlsx" and len(placed) == count
    if not write_ids:
        made = f"{counted(count, 'id')} {'was' if count == 1 else 'were'} made"
        those = "it" if count == 1 else "them"
        keep = f"to keep {those}, write {those} into a column 'id' of {source.name}"
        if has_room:
            keep = f"--write-ids keeps {those} in the workbook"
        click.echo(f"{made}; {keep}", err=True)
    elif not has_room:
        raise Refused(f"{source}: ids can only be written into a column 'id' of an .xlsx workbook")
    else:
        try:
            content = written(read_bytes(source), placed)
        except ValueError as error:
            raise Refused(f"{source}: {error}") from error
        write_file(source, content)
        click.echo(f"{source}: {count} ids written", err=True)


def _answers(source: Path, rubric: Path | None) -> str:
    from ..workbook.filled import Filled
    from ..workbook.foreign import ColumnMap
    from ..workbook.reading import read_grids as read_sheets

    grids = _grids(source)
    if rubric:
        records = usable(rubric)
    else:
        reading = read_sheets(grids, str(source), source.stem, ColumnMap()).reading
        if reading.records is None or has_errors(reading.findings):
            print_findings(reading.findings)
            leave(True)
        records = reading.rubric
    filled = Filled(grids, records, str(source))
    print_findings(filled.findings)
    if filled.data is None or filled.findings:
        leave(True)
    return json.dumps(filled.data, indent=1, ensure_ascii=False) + "\n"


def _from_layout(layout: str, source: Path) -> str:
    from ..checks.loader import read_rubric
    from ..files.models import read_model
    from ..importers import import_model, rubric_of_workbook

    if layout == "samm" and source.suffix.lower() == ".xlsx":
        data = rubric_of_workbook(_grids(source), str(source))
    else:
        data = import_model(layout, read_model(source), str(source))

    text = _yaml(data)
    reading = read_rubric(text, f"{source} (imported)")
    print_findings(one for one in reading.findings if one.level == "error")
    if has_errors(reading.findings):
        leave(True)
    warned = len(reading.findings)
    if warned:
        those = "it" if warned == 1 else "them"
        click.echo(f"{counted(warned, 'warning')}: stagebook check lists {those}", err=True)
    licence = data.get("licence", "none named: see the source")
    click.echo(f"the texts keep their licence: {licence}", err=True)
    return text
