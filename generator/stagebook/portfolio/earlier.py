"""What an earlier run left: rows that need not be made again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from .moves import Kept, link, move_parts, read_columns
from .rows import FUTURE
from .schema import TABLES
from .store import BY_PART, MANIFEST, PART, next_number, part_name, part_names, read_manifest
from .texts import clean, content_of, id_of


class Earlier:
    """The portfolio of an earlier run; `kept` are its assessments that are still there."""

    def __init__(self, out: Path, key: str, folder: Path) -> None:
        """Find the assessments that need not be scored again: all but those with errors.

        Those that were dated after the day of that run are scored again, too. `folder` is a new one
        for links to the files, which another run may replace meanwhile.
        """
        self.folder, self.kept = folder, dict[str, Kept]()
        self.parts: list[str] = []
        self.by_content: dict[str, list[str]] = {}
        self.findings: dict[str, list[tuple[str, str]]] = {}
        with suppress(OSError, ValueError):  # Of damaged tables, nothing is kept.
            if self._link_files(out, key):
                self._index()

    def _link_files(self, out: Path, key: str) -> bool:
        """Link the files; return whether all are of one run, which has this key."""
        before = (out / MANIFEST).stat()
        self.folder.mkdir()
        link(out / MANIFEST, self.folder / MANIFEST)
        if read_manifest(self.folder).get("key") != key:
            return False
        for table in BY_PART:
            (self.folder / table).mkdir()
            for path in (out / table).glob("*.parquet"):
                link(path, self.folder / table / path.name)
        return os.path.samestat(before, (out / MANIFEST).stat())

    def _index(self) -> None:
        self.parts = part_names(self.folder)
        by_content: dict[str, list[str]] = {}
        findings: dict[str, list[tuple[str, str]]] = {}
        for part in self.parts:
            for table in BY_PART:
                names = pq.read_schema(self.folder / table / part).names
                if names != [column.name for column in TABLES[table]]:
                    raise ValueError(f"{table} has other columns")
            rows = read_columns(self.folder, part, ["assessment", "content", "errors"])
            rows = rows.filter(pc.equal(rows["errors"], 0))
            for id_, level, code in self._findings(part):
                findings.setdefault(id_, []).append((level, code))
            contents, ids = rows["content"].to_pylist(), rows["assessment"].to_pylist()
            for content, id_ in zip(reversed(contents), reversed(ids), strict=True):
                if not any(code == FUTURE for _, code in findings.get(id_, ())):
                    by_content.setdefault(content, []).append(id_)
        self.by_content, self.findings = by_content, findings

    def _findings(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield the findings of a part that are about an assessment: its id, level and code."""
        names = ["assessment", "level", "code"]
        rows = pq.ParquetFile(self.folder / "findings" / part).read(columns=names)
        rows = rows.filter(pc.is_valid(rows["assessment"]))
        yield from zip(*(rows[name].to_pylist() for name in names), strict=True)

    def keep(self, source: str, text: str) -> list[tuple[str, str]] | None:
        """Keep the rows of an assessment with this text, if it is there.

        Return the level and the code of each of its findings, or None if it is not there.
        """
        if not self.by_content:
            return None
        content = content_of(text)
        found = self.by_content.get(content)
        if not found:
            return None
        id_ = found.pop()
        self.kept[id_] = Kept(id_of(clean(source), content), clean(source))
        return self.findings.get(id_, [])

    def move(self, folder: Path) -> None:
        """Write the rows of what is kept, after the parts that are new; small ones become one."""
        groups: list[dict[str, list[str]]] = []
        size = PART
        for part in self.parts if self.kept else ():
            ids = read_columns(self.folder, part, ["assessment"])["assessment"].to_pylist()
            count = sum(id_ in self.kept for id_ in ids)
            if count and size + count > PART:
                groups, size = [*groups, {}], 0
            if count:
                groups[-1][part] = ids
                size += count
        first = next_number(folder)
        names = [part_name(number) for number in range(first, first + len(groups))]
        with ThreadPoolExecutor(2) as pool:  # Arrow works outside of Python's lock.
            moves = [
                pool.submit(move_parts, self.folder, folder, group, self.kept, name)
                for group, name in zip(groups, names, strict=True)
            ]
        for move in moves:
            move.result()
