"""Data that knows which cell each value came from, so that findings can name it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diagnostics import CODES, Diagnostic, Path, Suggestions
from ..rubric.source import Node, Source

ROWS = 2_000_000
"""More rows than a sheet has: a line is the number of the sheet times this, plus the row."""


class Places:
    """The data that is being read, the place of each value, and the findings so far."""

    def __init__(self, path: str, names: Sequence[str]) -> None:
        """Start without data; `names` are the sheets of the file in their order."""
        self.path, self.names = path, names
        self.data: dict[str, Any] = {}
        self.places: dict[Path, tuple[int, int]] = {}
        self.findings: list[Diagnostic] = []

    def put(self, path: Path, value: Any, sheet: int, row: int, column: int) -> None:
        """Set a value and where it came from; sheet, row and column start at 0."""
        target: Any = self.data
        for step, following in zip(path, (*path[1:], None), strict=True):
            if following is None:
                if isinstance(target, list):
                    target.append(value)
                else:
                    target[step] = value
                break
            empty: Any = [] if isinstance(following, int) else {}
            if isinstance(target, list):
                if len(target) <= int(step):
                    target.append(empty)
            elif step not in target:
                target[step] = empty
            target = target[step]
        self.mark(path, sheet, row, column)

    def mark(self, path: Path, sheet: int, row: int, column: int) -> None:
        """Note where the value at a path came from."""
        self.places[path] = (sheet * ROWS + row + 1, column + 1)

    def note(self, code: str, message: str, sheet: int, row: int, column: int = 0) -> None:
        """Add a finding about a cell."""
        line = sheet * ROWS + row + 1
        self.findings.append(Diagnostic(self.path, line, column + 1, CODES[code], code, message))

    def source(self) -> Source:
        """Return the data as a source, whose lines `readable` turns into cells."""
        root = self._node(self.data, (), (1, 1))
        return Source(self.path, "", self.data, root, tuple(self.findings), Suggestions())

    def _node(self, value: Any, path: Path, above: tuple[int, int]) -> Node:
        place = self.places.get(path, above)
        items = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value)
            if isinstance(value, list)
            else ()
        )
        children = {key: self._node(item, (*path, key), place) for key, item in items}
        keys = {key: self.places.get((*path, key), place) for key in children}
        return Node(*place, None, children, keys)

    def readable(self, findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return findings with the sheet and the row in place of the line."""
        found = []
        for one in sorted(set(findings)):
            sheet, row = divmod(one.line - 1, ROWS)
            name = self.names[sheet] if sheet < len(self.names) else ""
            found.append(one._replace(line=row + 1, sheet=name))
        return tuple(found)
