"""The command `stagebook export`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .edge import (
    RUBRIC,
    Refused,
    counted,
    leave,
    print_findings,
    refuse_unused,
    say_written,
    usable,
)

if TYPE_CHECKING:
    from ..checks.loader import Reading

FORMATS = (".xlsx", ".csv", ".json", ".md")


@click.command()
@RUBRIC
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write; its ending says the format: .xlsx, .csv, .json or .md.",
)
@click.option("--no-assessment", is_flag=True, help="Leave out the sheets to fill in and score.")
@click.option(
    "--for-translation",
    is_flag=True,
    help="Write the texts to translate as a catalogue of gettext; the file ends in .po.",
)
@click.option("--language", help="With --for-translation: the language of a new translation.")
@click.option(
    "--from",
    "since",
    type=click.Path(path_type=Path),
    help="With --for-translation: the base that the translation was written against.",
)
def export(
    rubric: Path,
    output: Path,
    no_assessment: bool,
    for_translation: bool,
    language: str | None,
    since: Path | None,
) -> None:
    """Write a rubric as a workbook, a table, JSON, Markdown or a catalogue for translators.

    A workbook holds the whole rubric and can be imported again. It also has a sheet to fill in,
    with formulas that score it.

    Example: stagebook export rubrics/ai-product.yml -o ai-product.xlsx
    """
    from .. import check
    from ..diagnostics import has_errors
    from ..files.outputs import check_output, write_file
    from ..files.workbooks import MissingExtra

    ending = output.suffix.lower()
    if for_translation != (ending == ".po"):
        raise click.UsageError(f"{output}: --for-translation writes a file that ends in .po")
    if not for_translation:
        refuse_unused("export without --for-translation", {"--language": language, "--from": since})
    if ending != ".xlsx":
        refuse_unused(f"a file that ends in {ending}", {"--no-assessment": no_assessment})
    if for_translation:
        check_output(output)
        content = _catalogue(rubric, language, since)
        write_file(output, content)
        say_written(output, content)
        return
    if ending not in FORMATS:
        raise click.UsageError(f"{output}: the file must end in {', '.join(FORMATS)}")
    reading = check(rubric)
    if reading.records is None or has_errors(reading.findings):
        print_findings(reading.findings)
        leave(True)
    check_output(output)
    try:
        content = _content(reading, ending, no_assessment)
    except MissingExtra as error:
        raise Refused(str(error)) from error
    write_file(output, content)
    say_written(output, content)


def _catalogue(rubric: Path, language: str | None, since: Path | None) -> bytes:
    from ..api.translations import TranslationRefused, export_translation
    from ..diagnostics import RubricError

    try:
        older = usable(since) if since else None
        return export_translation(rubric, language, older)
    except TranslationRefused as error:
        raise Refused(str(error)) from error
    except RubricError as error:
        print_findings(error.findings)
        leave(True)


def _content(reading: Reading, ending: str, no_assessment: bool) -> bytes:
    from ..files.xlsx import xlsx_bytes
    from ..workbook.document import markdown
    from ..workbook.plain_table import ambiguous, gates_csv
    from ..workbook.resultsheet import scoring_sheets
    from ..workbook.tables import rubric_tables

    records, data = reading.rubric, reading.source.data
    if ending == ".json":
        return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()
    if ending == ".md":
        return markdown(records).encode()
    if ending == ".csv":
        if count := ambiguous(records):
            lose = "loses" if count == 1 else "lose"
            message = f"{lose} the apostrophe before a sign when the table is read back"
            click.echo(f"{counted(count, 'text')} {message}", err=True)
        return gates_csv(records).encode()
    return xlsx_bytes(rubric_tables(data), [] if no_assessment else scoring_sheets(records))
