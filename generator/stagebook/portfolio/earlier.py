"""What an earlier run left: rows that need not be made again."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from .moves import Kept, link, move_parts, read_columns
from .schema import TABLES
from .store import BY_PART, MANIFEST, PART, next_number, part_name, part_names, read_manifest
from .texts import clean, content_of, id_of


class Earlier:
    """The portfolio of an earlier run; `kept` are its assessments that are still there."""

    def __init__(self, out: Path, key: str, folder: Path) -> None:
        """Find the assessments that need not be scored again: all but those with errors.

        `folder` is a new one for links to the files, which another run may replace meanwhile.
        """
        self.folder, self.kept = folder, dict[str, Kept]()
        self.parts: list[str] = []
        self.by_content: dict[str, list[str]] = {}
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
        for part in self.parts:
            for table in BY_PART:
                names = pq.read_schema(self.folder / table / part).names
                if names != [column.name for column in TABLES[table]]:
                    raise ValueError(f"{table} has other columns")
            rows = read_columns(self.folder, part, ["assessment", "content", "errors"])
            rows = rows.filter(pc.equal(rows["errors"], 0))
            contents, ids = rows["content"].to_pylist(), rows["assessment"].to_pylist()
            for content, id_ in zip(reversed(contents), reversed(ids), strict=True):
                by_content.setdefault(content, []).append(id_)
        self.by_content = by_content

    def keep(self, source: str, text: str) -> bool:
        """Return whether an assessment with this text is there, and keep its rows."""
        if not self.by_content:
            return False
        content = content_of(text)
        found = self.by_content.get(content)
        if not found:
            return False
        self.kept[found.pop()] = Kept(id_of(clean(source), content), clean(source))
        return True

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
