"""The commands `stagebook portfolio` and `stagebook query`."""

from __future__ import annotations

import gc
import glob
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..diagnostics import printable
from .edge import RUBRIC, Refused, counted, emit, leave, usable

if TYPE_CHECKING:
    from ..files.inputs import Input
    from ..portfolio.run import Summary
    from ..portfolio.tag_list import TagList


@contextmanager
def _extra() -> Iterator[None]:
    """Say plainly which extra is missing."""
    try:
        yield
    except ImportError as error:
        if error.name is None:  # fsspec says itself what an address needs.
            raise Refused(printable(str(error))) from error
        name = error.name.partition(".")[0]
        raise Refused(
            f"this command needs {name}, which is not installed: pip install 'stagebook[portfolio]'"
        ) from error


@click.command()
@RUBRIC
@click.argument("files", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("portfolio"),
    show_default=True,
    help="The folder to write, or to bring up to date.",
)
@click.option("--names", is_flag=True, help="Put names of people and files into the tables.")
@click.option("--notes", is_flag=True, help="Put reasons, notes and messages into the tables.")
@click.option(
    "--tags",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV file with the columns team and tag.",
)
@click.option(
    "--hide-below",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Leave counts below N, and everything about single teams, out of the report.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help="Processes (default: one per processor)."
)
def portfolio(
    rubric: Path,
    files: Sequence[str],
    output: Path,
    names: bool,
    notes: bool,
    tags: Path | None,
    hide_below: int,
    jobs: int | None,
) -> None:
    """Score many assessments into tables and a report.

    Each of FILES is an assessment, a .jsonl file, a team file, a folder of these, a pattern, an
    address such as s3://bucket/folder, or - for standard input. Files may end with .gz, .bz2, .xz
    or .zst. What has not changed since the last run is not scored again.

    Example: stagebook portfolio rubrics/ai-product.yml answers/ -o portfolio
    """
    records = usable(rubric)
    with _extra():
        from ..files.outputs import check_folder
        from ..portfolio.pool import processors
        from ..portfolio.query import list_teams
        from ..portfolio.report import write_report
        from ..portfolio.rows import Settings
        from ..portfolio.run import Job, make_portfolio

        check_folder(output)
        tag_list = _read_tags(tags) if tags else None
        settings = Settings(names, notes, tag_list.by_team() if tag_list else {})
        job = Job(records, settings, jobs or processors())
        inputs = _inputs(files)

        def finish(folder: Path) -> None:
            write_report(folder, records, hide_below)

        gc.freeze()  # What has been imported is no rubbish: looking at it again takes time.
        with progress_bar(sum(one.size for one in inputs)) as progress:
            summary = make_portfolio(job, inputs, output, finish=finish, progress=progress)
        for line in tag_list.warnings(list_teams(output)) if tag_list else ():
            click.echo(line, err=True)
    _tell(summary, output)
    leave(any(level == "error" for level, _ in summary.counts))


def _inputs(files: Sequence[str]) -> list[Input]:
    """Return the files to read; raises UsageError for what names none.

    So a portfolio that is there is not replaced by an empty one.
    """
    from ..files.inputs import find_inputs

    try:
        found = [*find_inputs(files)]
    except ValueError as error:  # Of an address that fsspec does not know.
        raise click.UsageError(printable(str(error))) from error
    # A file that is missing, and a pattern that matches none, come under their own names.
    names = {one.name for one in found}
    for name in files:
        path = Path(name)
        if name != "-" and "://" not in name and str(path) in names and not path.exists():
            problem = "matches no file" if glob.has_magic(name) else "does not exist"
            raise click.UsageError(printable(f"{name} {problem}"))
    if not found:
        raise click.UsageError(printable(f"no assessment in {', '.join(files)}"))
    return found


def _read_tags(path: Path) -> TagList:
    from ..portfolio.tag_list import TagList

    try:
        return TagList(path)
    except (OSError, ValueError) as error:
        raise click.UsageError(printable(f"{path}: {error}")) from error


@contextmanager
def progress_bar(size: int) -> Iterator[Callable[[int, int], None]]:
    """Show the part that is done, the rate and the time left; nothing without a terminal."""
    from tqdm import tqdm

    form = "{percentage:3.0f}% |{bar}| {postfix[0]:,} assessments, {postfix[1]:,.0f}/s, {remaining}"
    start = time.monotonic()
    shown: list[Any] = [0, 0.0]
    # Without a terminal, `disable=None` shows nothing.
    with tqdm(
        total=size, bar_format=form, postfix=shown, file=sys.stderr, disable=None, leave=False
    ) as bar:

        def progress(done: int, count: int) -> None:
            shown[:] = count, count / max(time.monotonic() - start, 0.001)
            bar.update(min(done, size) - bar.n)

        yield progress


def _tell(summary: Summary, output: Path) -> None:
    for line in summary.errors:
        click.echo(line, err=True)
    for (level, code), count in sorted(summary.counts.items()):
        click.echo(f"{count:,} × {level}[{code}]", err=True)
    kept = f", {summary.kept:,} of them unchanged" if summary.kept else ""
    broken = f"; {summary.broken:,} could not be read" if summary.broken else ""
    total = summary.scored + summary.kept
    click.echo(f"{output}: {counted(total, 'assessment')}{kept}{broken}", err=True)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("sql", required=False)
@click.option("--name", help="Run a query of the package instead; --list names them.")
@click.option("--list", "listed", is_flag=True, help="List the queries of the package.")
@click.option("--show", is_flag=True, help="Print the text of the query instead of running it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="text for a terminal, csv for a spreadsheet, json for one row per line.",
)
def query(
    folder: Path, sql: str | None, name: str | None, listed: bool, show: bool, form: str
) -> None:
    """Ask the tables of a portfolio in SQL.

    Example: stagebook query portfolio "SELECT stage_low, count(*) FROM assessments GROUP BY ALL"
    """
    with _extra():
        from ..portfolio.query import QueryError, as_text, list_queries, named_query, open_tables

        if listed:
            for key, about in list_queries().items():
                emit(f"{key:12} {about}\n")
            return
        if (sql is None) == (name is None):
            raise click.UsageError("give either SQL or --name")
        try:
            text = named_query(name) if name is not None else str(sql)
            if show:
                emit(text)
                return
            with open_tables(folder) as tables:
                emit(as_text(tables.ask(text), form))
        except QueryError as error:
            lines = map(printable, str(error).splitlines())
            raise click.UsageError("\n".join(lines)) from error
