"""Move rows that are still right from the parts of an earlier run to those of this one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .schema import TABLES
from .store import BY_PART, WRITTEN

STAGES = ("stage", "stage_low", "stage_high", "stage_so_far")
SHARED = ("assessment", "gate", "answer", "dimension", "play", *STAGES)
"""Columns of ids: few texts in many rows, and none that a person typed."""
FEW_ROWS = 20
"""Rows from which on copying them in runs is faster than one by one."""


class Kept(NamedTuple):
    """Where an unchanged assessment comes from now: its id and its file."""

    id: str
    source: str


def read_part(folder: Path, table: str, part: str) -> pa.Table:
    """Return a table of a part, with ids as dictionaries.

    A dictionary is looked up, moved and written once for each text, not once for each row. But all
    of it is written: what a person typed would stay in it after the last row that had it.
    """
    names = [column.name for column in TABLES[table]]
    texts = [name for name in names if name in SHARED]
    return pq.ParquetFile(folder / table / part, read_dictionary=texts).read()


def read_columns(folder: Path, part: str, names: list[str]) -> pa.Table:
    """Return some columns of the table `assessments` of a part."""
    return pq.ParquetFile(folder / "assessments" / part).read(columns=names)


def move_parts(
    old: Path, new: Path, parts: Mapping[str, Sequence[str]], kept: Mapping[str, Kept], name: str
) -> None:
    """Write what is kept of some parts, given with their ids, as one part with a new name."""
    ids = [one for own in parts.values() for one in own]
    as_was = len(parts) == 1 and all(one in kept and kept[one].id == one for one in ids)
    moved = _Moved({one: kept[one] for one in ids if one in kept})
    for table in BY_PART:
        if as_was and table != "findings":  # Some of these are of texts that could not be read.
            [part] = parts
            link(old / table / part, new / table / name)
            continue
        tables = [moved.rows(read_part(old, table, part)) for part in parts]
        made = pa.concat_tables(tables).unify_dictionaries()
        pq.write_table(made, new / table / name, **WRITTEN)


class _Moved:
    """The assessments that are kept, with their ids and sources of then and now."""

    def __init__(self, kept: Mapping[str, Kept]) -> None:
        self.before = pa.array([*kept], pa.string())
        self.after = pa.array([one.id for one in kept.values()], pa.string())
        self.sources = pa.array([one.source for one in kept.values()], pa.string())

    def rows(self, table: pa.Table) -> pa.Table:
        """Return the rows that are kept, as they are now."""
        places = self.places(table["assessment"])
        rows = _chosen(table.unify_dictionaries(), places.is_valid())
        places = places.drop_null()
        ids = pa.DictionaryArray.from_arrays(places, self.after)
        rows = _with(rows, "assessment", ids)
        if "unit" in rows.column_names:
            named = pc.equal(rows["unit"], self.before.take(places))
            rows = _with(rows, "unit", pc.if_else(named, self.after.take(places), rows["unit"]))
        if "source" in rows.column_names:
            shown = pc.if_else(rows["source"].is_valid(), self.sources.take(places), None)
            rows = _with(rows, "source", shown.cast(pa.string()))
        return rows

    def places(self, ids: pa.ChunkedArray) -> pa.Array:
        """Return the place of each row's assessment among those that are kept."""
        found = [
            pc.index_in(chunk.dictionary, value_set=self.before).take(chunk.indices)
            for chunk in ids.chunks
        ]
        return pa.chunked_array(found, pa.int32()).combine_chunks()


def _chosen(table: pa.Table, wanted: pa.Array) -> pa.Table:
    """Return the rows that are wanted; those of an assessment stand together."""
    if len(wanted) < 2:
        return table.filter(wanted)
    changes = pc.indices_nonzero(pc.xor(wanted[1:], wanted[:-1])).to_pylist()
    if len(changes) * FEW_ROWS > len(wanted):
        return table.filter(wanted)
    starts = [0, *(place + 1 for place in changes)]
    ends = [*starts[1:], len(wanted)]
    runs = [*zip(starts, ends, strict=True)][0 if wanted[0].as_py() else 1 :: 2]
    return pa.concat_tables([table.schema.empty_table(), *(table[a:b] for a, b in runs)])


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def link(old: Path, new: Path) -> None:
    """Make a file appear under another name, too."""
    try:
        os.link(old, new)
    except OSError:  # Some file systems have no links.
        shutil.copyfile(old, new)
