"""The tables as Parquet files: a folder for each table, with one file for each part.

A part has some thousands of assessments with all their rows. The files of a part have one name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
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


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what a portfolio says of itself; raises OSError or ValueError if it is none."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    rubric = manifest.get("rubric") if isinstance(manifest, dict) else None
    if not isinstance(rubric, dict) or "id" not in rubric:
        raise ValueError(f"{MANIFEST} names no rubric")
    return dict(manifest)


def write_titles(folder: Path, columns: Columns) -> None:
    """Write the table `titles`."""
    schema = table_schema("titles")
    pq.write_table(pa.table(columns, schema=schema), folder / "titles" / "part-00000.parquet")


def part_names(folder: Path) -> list[str]:
    """Return the names of the parts of a portfolio."""
    return sorted(path.name for path in (folder / "assessments").glob("*.parquet"))
