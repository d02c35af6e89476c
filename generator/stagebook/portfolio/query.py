"""Ask the tables in SQL: DuckDB over the Parquet files, and the queries that the report uses."""

from __future__ import annotations

import glob
import itertools
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from ..diagnostics import did_you_mean
from ..report.csv_cells import csv_text
from .schema import TABLES, Kind
from .store import MANIFEST, read_manifest

_TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "int": "INTEGER",
    "float": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
}
READING = ("SELECT", "MULTI", "EXPLAIN", "PRAGMA", "CALL", "SET")
"""Statements that write nothing; of several at a time consists `PIVOT`, and settings are locked."""


class QueryError(Exception):
    """A query or a portfolio that cannot be read; the text says why."""


class Answer(NamedTuple):
    """What a query found."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def records(self) -> list[dict[str, Any]]:
        """Return the rows by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Tables:
    """The tables of a portfolio, and the views that the queries of the package share."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Keep the connection."""
        self.connection = connection

    def ask(self, sql: str) -> Answer:
        """Return what a query finds; raises QueryError, also for one that could write a file."""
        try:
            statements = self.connection.extract_statements(sql)
            if not statements:
                raise QueryError("the query is empty")
            for one in statements:
                kind = one.type.name
                # `EXPLAIN ANALYZE` runs what it explains.
                if kind not in READING or (kind == "EXPLAIN" and "copy" in one.query.lower()):
                    raise QueryError(f"queries read only: {kind} is not allowed")
            cursor = self.connection.execute(sql)
            columns = [one[0] for one in cursor.description or ()]
            return Answer(columns, cursor.fetchall() if columns else [])
        except duckdb.Error as error:
            raise QueryError(str(error)) from error


@contextmanager
def open_tables(folder: Path, *, for_report: bool = False) -> Iterator[Tables]:
    """Open a portfolio; raises QueryError. The connection reads no other file and no address.

    For a report, what nearly all queries begin with is found once, without what none of them asks.
    """
    try:
        read_manifest(folder)
    except (OSError, ValueError) as error:
        raise QueryError(f"{folder} is not a portfolio: it has no sound {MANIFEST}") from error
    with duckdb.connect() as connection:
        try:
            _prepare(connection, folder, for_report=for_report)
        except duckdb.Error as error:
            raise QueryError(f"{folder} is damaged: {error}") from error
        yield Tables(connection)


def list_teams(folder: Path) -> set[str]:
    """Return the teams of a portfolio's assessments; raises QueryError."""
    with open_tables(folder) as tables:
        found = tables.ask("SELECT DISTINCT team FROM assessments WHERE team <> '' ORDER BY team")
        return {team for (team,) in found.rows}


def _prepare(connection: duckdb.DuckDBPyConnection, folder: Path, *, for_report: bool) -> None:
    """Create the views, and lock all files but those of the tables."""
    every: list[str] = []
    for name in TABLES:
        files = sorted(str(path) for path in (folder / name).glob("*.parquet"))
        # A folder's name may have characters of patterns.
        patterns = [*map(glob.escape, files)]
        select = f"SELECT * FROM read_parquet({_listed(patterns)})"  # noqa: S608
        connection.execute(f"CREATE VIEW {name} AS {select if files else _no_rows(folder, name)}")
        every += {*files, *patterns}
    for view in VIEWS:
        kind, select = "VIEW", _read(view)
        if for_report and view == PLACED:
            kind, select = "TABLE", f"SELECT * EXCLUDE ({', '.join(UNASKED)}) FROM ({select})"  # noqa: S608
        connection.execute(f"CREATE {kind} {view} AS {select}")
    connection.execute(f"SET allowed_paths = {_listed(every)}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _no_rows(folder: Path, table: str) -> str:
    """Return a query for a table that was left out; raises QueryError unless that may be so."""
    if table != MAY_MISS:
        raise QueryError(f"{folder} is damaged: the table {table} has no files")
    columns = (f"CAST(NULL AS {_TYPES[one.kind]}) AS {one.name}" for one in TABLES[table])
    return f"SELECT {', '.join(columns)} WHERE false"


def _listed(texts: Iterable[str]) -> str:
    """Return texts as a list of SQL."""
    quoted = ("'" + text.replace("'", "''") + "'" for text in texts)
    return f"[{', '.join(quoted)}]"


MAY_MISS = "findings"
"""The table that is left out where it would name files."""
ROWS = "_rows"
"""The query of the report's own data, which no one else needs."""
PLACED = "placed"
UNASKED = ("content", "source", "version", "team", "subject", "respondent", "role", "band_low")
"""Columns of `placed` that no query of a report reads: texts take room."""
VIEWS = (PLACED, "standing")
"""Queries that the others build on; an engine creates views of these names from them."""


def list_queries() -> dict[str, str]:
    """Return the queries of the package, each with its first line as its description."""
    folder = resources.files("stagebook.portfolio") / "queries"
    names = sorted(one.name.removesuffix(".sql") for one in folder.iterdir())
    return {
        name: _read(name).partition("\n")[0].removeprefix("-- ")
        for name in names
        if name not in VIEWS and not name.startswith("_")
    }


def named_query(name: str) -> str:
    """Return the text of a query of the package; raises QueryError."""
    known = list_queries()
    if name not in known and name not in (*VIEWS, ROWS):
        close = did_you_mean(name, known)
        hint = f"; did you mean {close!r}?" if close else f": use one of {', '.join(known)}"
        raise QueryError(f"no query has the name {name!r}{hint}")
    return _read(name)


def view_texts() -> Mapping[str, str]:
    """Return the views that the queries build on, in order."""
    return {name: _read(name) for name in VIEWS}


def _read(name: str) -> str:
    return (resources.files("stagebook.portfolio") / "queries" / f"{name}.sql").read_text("utf-8")


def as_text(answer: Answer, form: str) -> str:
    """Return what was found as `text`, `csv` or `json`."""
    if form == "csv":
        return csv_text([answer.columns, *map(_plain, answer.rows)])
    if form == "json":
        names = _apart(answer.columns)
        made = (dict(zip(names, map(_finite, row), strict=True)) for row in answer.rows)
        return "".join(f"{json.dumps(row, ensure_ascii=False, default=str)}\n" for row in made)
    cells = [["" if one is None else _visible(str(one)) for one in row] for row in answer.rows]
    widths = [max(map(len, column)) for column in zip(answer.columns, *cells, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in [answer.columns, *cells]]
    return "".join(f"{line}\n" for line in lines)


def _apart(names: Sequence[str]) -> list[str]:
    """Return the names of columns, of which two tables may have the same, each once."""
    apart: list[str] = []
    for name in names:
        count = next(n for n in itertools.count(1) if _nth(name, n) not in apart)
        apart.append(_nth(name, count))
    return apart


def _nth(name: str, number: int) -> str:
    return name if number == 1 else f"{name}_{number}"


def _finite(value: Any) -> Any:
    """Return a value for JSON, in which there are no other numbers than finite ones."""
    value = _number(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _visible(text: str) -> str:
    """Return text with what would control a terminal escaped; plans of queries have lines."""
    return "\n".join(
        "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
        for line in text.split("\n")
    )


def _plain(row: tuple[Any, ...]) -> list[str | float | None]:
    return [
        one
        if isinstance(one, str | int | float | None)
        else one.isoformat()
        if isinstance(one, date)
        else str(one)
        for one in map(_number, row)
    ]
