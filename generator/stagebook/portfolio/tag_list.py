"""A list of tags: a CSV file with the columns `team` and `tag`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import did_you_mean, printable
from .texts import one_spelling

COLUMNS = ("team", "tag")
MAX_LINES = 20
"""The most rows to tell of; the others are counted."""


class TagRow(NamedTuple):
    """A row of the list, and the line where it ends."""

    line: int
    team: str
    tag: str


class TagList:
    """The rows of a file; raises OSError and ValueError, whose text says what is wrong."""

    def __init__(self, path: Path) -> None:
        """Read the file."""
        self.path = path
        with path.open(encoding="utf-8-sig", newline="") as file:
            self.rows = [*self._read(file)]

    def _read(self, file: Iterable[str]) -> Iterator[TagRow]:
        try:
            rows = csv.DictReader(file)
            if not {*COLUMNS} <= {*(rows.fieldnames or ())}:
                raise ValueError("the first line must name the columns team and tag")
            for row in rows:
                made = TagRow(rows.line_num, *(one_spelling(row[key] or "") for key in COLUMNS))
                if made.team or made.tag:  # Spreadsheets may end with rows of nothing.
                    yield made
        except UnicodeDecodeError as error:
            raise ValueError("not valid UTF-8: save the file as UTF-8") from error
        except csv.Error as error:
            raise ValueError(str(error)) from error

    def by_team(self) -> dict[str, tuple[str, ...]]:
        """Return the tags of each team."""
        tags: dict[str, set[str]] = {}
        for row in self.rows:
            if row.team and row.tag:
                tags.setdefault(row.team, set()).add(row.tag)
        return {team: tuple(sorted(found)) for team, found in tags.items()}

    def warnings(self, teams: Set[str]) -> Iterator[str]:
        """Yield a line for each row that tags none of the assessments, which are of some teams."""
        useless = [*self._useless(teams)]
        for row in useless[:MAX_LINES]:
            yield printable(f"{self.path}:{row.line}: warning{_why(row, teams)}")
        if len(useless) > MAX_LINES:
            yield printable(f"{self.path}: and {len(useless) - MAX_LINES:,} more")

    def _useless(self, teams: Set[str]) -> Iterator[TagRow]:
        """Yield the rows that tag nothing; of those of a team, the first."""
        told: set[str] = set()
        for row in self.rows:
            if not (row.team and row.tag):
                yield row
            elif row.team not in teams and row.team not in told:
                told.add(row.team)
                yield row


def _why(row: TagRow, teams: Set[str]) -> str:
    if not row.team:
        return f"[no-team]: the tag {row.tag!r} has no team"
    if not row.tag:
        return f"[no-tag]: the team {row.team!r} has no tag"
    close = did_you_mean(row.team, teams)
    hint = f" (did you mean {close!r}?)" if close else ""
    return f"[unknown-team]: no assessment is of the team {row.team!r}{hint}"
