"""The tables as Parquet files: a folder for each table, with one file for each part.

A part has some thousands of assessments with all their rows. The files of a part have one name.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .columns import table_schema
from .rows import Columns
from .schema import TABLES

MANIFEST = "portfolio.json"
PART = 10_000
"""Assessments of a part."""
WRITTEN: dict[str, Any] = {
    "compression": "zstd",
    "write_statistics": False,
    "store_schema": False,
}
"""How Parquet is written.

Statistics would help to find ranges of values, which nobody asks for; and if files said what Arrow
had, readers would get dictionaries instead of text.
"""
BY_PART = tuple(name for name in TABLES if name != "titles")


class PartWriter:
    """Writes tables, part after part; `numbers` are those of its parts."""

    def __init__(self, folder: Path, numbers: Iterator[int]) -> None:
        """Start without a part."""
        self.folder, self.numbers, self.count = folder, numbers, 0
        self.files: dict[str, pq.ParquetWriter] = {}

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Write rows of some assessments, into the part that is open or a new one."""
        if not self.files:
            name = part_name(next(self.numbers))
            for table, rows in tables.items():
                path = self.folder / table / name
                self.files[table] = pq.ParquetWriter(path, rows.schema, **WRITTEN)
        for table, rows in tables.items():
            self.files[table].write_table(rows)
        self.count += tables["assessments"].num_rows
        if self.count >= PART:
            self.close()

    def close(self) -> None:
        """End the part that is open."""
        for file in self.files.values():
            file.close()
        self.files, self.count = {}, 0


def part_name(number: int) -> str:
    """Return the name of the files of a part."""
    return f"part-{number:05}.parquet"


def next_number(folder: Path) -> int:
    """Return the number after those of all parts."""
    return max((int(name[5:10]) for name in part_names(folder)), default=-1) + 1


class Kept(NamedTuple):
    """Where an unchanged assessment comes from now: its id and its file."""

    id: str
    source: str


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what a portfolio says of itself; raises OSError or ValueError if it is none."""
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    return manifest


def write_titles(folder: Path, columns: Columns) -> None:
    """Write the table `titles`."""
    schema = table_schema("titles")
    pq.write_table(pa.table(columns, schema=schema), folder / "titles" / "part-00000.parquet")


def part_names(folder: Path) -> list[str]:
    """Return the names of the parts of a portfolio."""
    return sorted(path.name for path in (folder / "assessments").glob("*.parquet"))


def read_part(folder: Path, table: str, part: str) -> pa.Table:
    """Return a table of a part, with text as dictionaries."""
    path = folder / table / part
    # A dictionary is looked up, moved and written once for each text, not once for each row.
    texts = [column.name for column in TABLES[table] if column.kind == "text"]
    return pq.ParquetFile(path, read_dictionary=texts).read()


def move_parts(
    old: Path, new: Path, parts: Sequence[str], kept: Mapping[str, Kept], name: str
) -> None:
    """Write what is kept of some parts as one part with a new name."""
    found = [read_part(old, "assessments", part) for part in parts]
    ids = [one for table in found for one in table["assessment"].to_pylist()]
    if len(parts) == 1 and all(one in kept and kept[one].id == one for one in ids):
        for table in BY_PART:
            _link(old / table / parts[0], new / table / name)
        return
    moved = {one: kept[one] for one in ids if one in kept}
    before = pa.array([*moved], pa.string())
    after = pa.array([one.id for one in moved.values()], pa.string())
    sources = pa.array([one.source for one in moved.values()], pa.string())
    for table in BY_PART:
        rows = [read_part(old, table, part) for part in parts]
        made = pa.concat_tables([_moved(one, before, after, sources) for one in rows])
        pq.write_table(made.unify_dictionaries(), new / table / name, **WRITTEN)


def _moved(table: pa.Table, before: pa.Array, after: pa.Array, sources: pa.Array) -> pa.Table:
    """Return the rows of assessments that are kept, with their ids and sources of now."""
    chunks = [
        pc.index_in(chunk.dictionary, value_set=before).take(chunk.indices)
        for chunk in table["assessment"].chunks
    ]
    places = pa.chunked_array(chunks, pa.int32())
    rows = table.filter(places.is_valid())
    places = places.drop_null().combine_chunks()
    ids = pa.DictionaryArray.from_arrays(places, after)
    if "unit" in rows.column_names:
        rows, ids = rows.cast(table_schema("assessments")), ids.cast(pa.string())
        named = pc.equal(rows["unit"], before.take(places))
        place = rows.column_names.index("unit")
        rows = rows.set_column(place, "unit", pc.if_else(named, ids, rows["unit"]))
    if "source" in rows.column_names:
        place = rows.column_names.index("source")
        shown = pc.if_else(rows["source"].is_valid(), sources.take(places), None)
        rows = rows.set_column(place, "source", shown.cast(pa.string()))
    return rows.set_column(rows.column_names.index("assessment"), "assessment", ids)


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # Some file systems have no links.
        shutil.copyfile(old, new)
