"""From rows to columns of Arrow; a text that many rows share is there once, as a dictionary."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .rows import NO_MORE, Row, RowMaker, Rows
from .schema import TABLES, Column

_TYPES = {
    "text": pa.string(),
    "int": pa.int32(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
}


def fields_of(columns: Iterable[Column]) -> list[pa.Field]:
    """Return columns as fields of a schema."""
    return [pa.field(column.name, _TYPES[column.kind]) for column in columns]


@cache
def table_schema(name: str) -> pa.Schema:
    """Return the columns of a table."""
    return pa.schema(fields_of(TABLES[name]))


class ColumnMaker:
    """Makes columns of the rows that one `RowMaker` has made."""

    def __init__(self, maker: RowMaker) -> None:
        """Prepare what the rows of all assessments share."""
        self.maker, self.names = maker, len(maker.batch.cell_names)
        self.gates = make_array(maker.gates, pa.string())
        self.cell_names = [
            _texts(one).dictionary_encode() for one in _turned(maker.batch.cell_names, 2)
        ]
        self.cells: list[pa.Array] = []
        self.listed: list[Any] | None = None

    def assessments(self, rows: Rows) -> list[pa.Array]:
        """Return the columns of the table `assessments`; a text that was not read is a null."""
        schema = table_schema("assessments")
        empty = (None,) * len(schema)
        return _arrays([row or empty for row in rows.assessments], schema.types)

    def nested(self, rows: Rows, table: str) -> list[pa.Array]:
        """Return the columns of another table, but for the id of the assessment."""
        kinds = table_schema(table).types[1:]
        if table == "answers":
            return self._answers(rows, kinds)
        if table == "cells":
            return self._cells(rows, kinds)
        return _arrays(rows.nested[table], kinds)

    def offsets(self, rows: Rows, table: str) -> pa.Array:
        """Return where the rows of each assessment begin, and where the last ones end."""
        starts = rows.starts.get(table)
        if starts is None:
            each = self.names if table == "cells" else len(self.gates)
            starts = [count * each for count in rows.scored]
        return _numbers(array("i", starts))

    def parents(self, rows: Rows, table: str) -> pa.Array:
        """Return the place of the assessment of each row."""
        offsets = self.offsets(rows, table)
        count = offsets[-1].as_py()
        places = pc.list_parent_indices(pa.ListArray.from_arrays(offsets, pa.nulls(count)))
        return places.cast(pa.int32())

    def scored(self, rows: Rows) -> pa.Array:
        """Return the place of each assessment among those that could be read."""
        return _numbers(array("i", rows.scored))

    def _answers(self, rows: Rows, kinds: Sequence[Any]) -> list[pa.Array]:
        gates = pa.DictionaryArray.from_arrays(
            _repeated(len(self.gates), rows.scored[-1]), self.gates
        )
        at = _numbers(array("i", rows.states))
        answer, *states = _arrays(self.maker.state_rows(), kinds[1:5])
        places = array("i", bytes(4 * len(at)))
        for number, place in enumerate(rows.more_at, 1):
            places[place] = number
        more, more_at = _arrays([NO_MORE, *rows.more], kinds[5:]), _numbers(places)
        return [
            gates,
            _taken_texts(answer, at),
            *(one.take(at) for one in states),
            *(one.take(more_at) for one in more),
        ]

    def _cells(self, rows: Rows, kinds: Sequence[Any]) -> list[pa.Array]:
        """Return the columns of `cells`; those of cells that have been seen are kept."""
        listed = self.maker.batch.cells.listed
        if listed is not self.listed:
            self.listed, self.cells = listed, _arrays([], kinds[2:])
        known = len(self.cells[0])
        if known < len(listed):
            new = _arrays([cell.row for cell in listed[known:]], kinds[2:])
            self.cells = [pa.concat_arrays(pair) for pair in zip(self.cells, new, strict=True)]
        places, at = _repeated(self.names, rows.scored[-1]), _numbers(array("i", rows.cells))
        return [*(one.take(places) for one in self.cell_names), *(c.take(at) for c in self.cells)]


def _numbers(values: array[int]) -> pa.Array:
    """Return integers as an array, without looking at each."""
    return pa.Array.from_buffers(pa.int32(), len(values), [None, pa.py_buffer(values)])


@lru_cache(4)
def _repeated(count: int, times: int) -> pa.Array:
    """Return the numbers up to a count, over and over."""
    return _numbers(array("i", range(count)) * times)


def _taken_texts(texts: pa.Array, at: pa.Array) -> pa.DictionaryArray:
    """Return texts at places as a dictionary; several places may have the same text, or none."""
    encoded = texts.dictionary_encode()
    return pa.DictionaryArray.from_arrays(encoded.indices.take(at), encoded.dictionary)


def _turned(rows: Sequence[Row], count: int) -> list[Sequence[Any]]:
    """Return the columns of rows."""
    return [*zip(*rows, strict=True)] if rows else [()] * count


def _arrays(rows: Sequence[Row], kinds: Sequence[Any]) -> list[pa.Array]:
    return [*map(make_array, _turned(rows, len(kinds)), kinds)]


def _texts(values: Sequence[str]) -> pa.Array:
    return make_array(values, pa.string())


def make_array(values: Sequence[Any], kind: Any) -> pa.Array:
    """Return values as an array of a type."""
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:  # Half a surrogate pair, which JSON may contain.
        kept = (None if one is None else one.encode("utf-8", "backslashreplace") for one in values)
        return pa.array([None if one is None else one.decode() for one in kept], kind)
