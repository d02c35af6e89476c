"""Scoring as a function over record batches: Arrow in, Arrow out.

One machine, Spark and Dask run this same function. In: `source` and `text`, an assessment a row.
Out: a row for each of these, with `assessments` as a struct and the other tables as lists.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute

from ..rubric.model import Rubric
from .rows import RowMaker, Rows, Settings
from .schema import NESTED, TABLES, Column

_TYPES = {
    "text": pa.string(),
    "int": pa.int32(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
}
IN = pa.schema([("source", pa.string()), ("text", pa.binary())])
"""What goes in; text may also be a string."""


def _fields(columns: Iterable[Column]) -> list[pa.Field]:
    return [pa.field(column.name, _TYPES[column.kind]) for column in columns]


@cache
def table_schema(name: str) -> pa.Schema:
    """Return the columns of a table."""
    return pa.schema(_fields(TABLES[name]))


@cache
def out_schema() -> pa.Schema:
    """Return what comes out."""
    row = pa.field("assessments", pa.struct(_fields(TABLES["assessments"])))
    lists = [
        pa.field(name, pa.list_(pa.struct(_fields(columns[1:]))))
        for name, columns in NESTED.items()
    ]
    return pa.schema([row, *lists])


def score_batches(
    rubric: Rubric, settings: Settings | None = None
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function that scores batches of assessments; it can be sent to other processes."""
    return _ScoreBatches(rubric, settings or Settings())


class _ScoreBatches:
    def __init__(self, rubric: Rubric, settings: Settings) -> None:
        self.rubric, self.settings = rubric, settings
        self.maker: RowMaker | None = None

    def __getstate__(self) -> tuple[Rubric, Settings]:
        # What is remembered of assessments stays where it is.
        return self.rubric, self.settings

    def __setstate__(self, state: tuple[Rubric, Settings]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        self.maker = self.maker or RowMaker(self.rubric, self.settings)
        for batch in batches:
            sources = batch.column("source").to_pylist()
            texts = map(_text, batch.column("text").to_pylist())
            yield to_batch(self.maker, self.maker.make(sources, [*texts]))


def _text(value: str | bytes | None) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8-sig", "surrogateescape")
    return (value or "").removeprefix("\ufeff")


def to_batch(maker: RowMaker, rows: Rows) -> pa.RecordBatch:
    """Return rows as one record batch; an assessment that could not be read is a null."""
    schema = out_schema()
    missing = pa.array([not row for row in rows.assessments], pa.bool_())
    row_kind = schema.field(0).type
    columns = [[row.get(field.name) for row in rows.assessments] for field in row_kind]
    arrays = [_struct(row_kind, [*map(_array, columns, _kinds(row_kind))], missing)]
    for field in schema.names[1:]:
        kind, starts = schema.field(field).type, rows.starts.get(field)
        if starts is None:
            starts = [count * len(maker.gates) for count in rows.scored]
        items = _struct(kind.value_type, _columns(maker, rows, field, kind.value_type))
        offsets = pa.Array.from_buffers(
            pa.int32(), len(starts), [None, pa.py_buffer(array("i", starts))]
        )
        arrays.append(pa.ListArray.from_arrays(offsets, items, type=kind))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _columns(maker: RowMaker, rows: Rows, table: str, kind: Any) -> list[pa.Array]:
    """Return the columns of a table, of which an assessment has several rows."""
    kinds = _kinds(kind)
    if table == "answers":
        gates = _repeat(_array(maker.gates, kinds[0]), rows.scored[-1])
        states = _taken(maker.state_rows(), rows.states, kinds[1:5])
        return [gates, *states, *_taken(rows.more, rows.more_at, kinds[5:])]
    made = rows.nested[table]
    if table == "cells":
        names = _taken(maker.batch.cell_names, range(len(maker.batch.cell_names)), kinds[:2])
        return [
            *(_repeat(one, rows.scored[-1]) for one in names),
            *map(_array, _turned(made, kinds[2:]), kinds[2:]),
        ]
    return [*map(_array, _turned(made, kinds), kinds)]


def _kinds(kind: Any) -> list[Any]:
    return [field.type for field in kind]


def _turned(rows: Sequence[tuple[Any, ...]], kinds: Sequence[Any]) -> list[Sequence[Any]]:
    """Return the columns of rows."""
    return [*zip(*rows, strict=True)] if rows else [() for _ in kinds]


def _taken(
    rows: Sequence[tuple[Any, ...]], places: Sequence[int], kinds: Sequence[Any]
) -> list[pa.Array]:
    """Return the columns of a few rows that many places share."""
    taken = pa.array(places, pa.int32())
    return [
        _array(column, kind).take(taken)
        for column, kind in zip(_turned(rows, kinds), kinds, strict=True)
    ]


def _repeat(values: pa.Array, count: int) -> pa.Array:
    return pa.concat_arrays([values] * count) if count else values.slice(0, 0)


def _struct(kind: Any, arrays: list[pa.Array], mask: pa.Array | None = None) -> pa.StructArray:
    return pa.StructArray.from_arrays(arrays, fields=[*kind], mask=mask)


def _array(values: Sequence[Any], kind: Any) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:  # Half a surrogate pair, which JSON may contain.
        kept = (None if one is None else one.encode("utf-8", "backslashreplace") for one in values)
        return pa.array([None if one is None else one.decode() for one in kept], kind)


def split_batch(batch: pa.RecordBatch) -> dict[str, pa.Table]:
    """Return the rows of each table in a batch that `score_batches` made."""
    whole = batch.column(0)
    ids = whole.field("assessment")
    tables = {}
    row = pa.Table.from_arrays(whole.flatten(), schema=table_schema("assessments"))
    tables["assessments"] = row.filter(ids.is_valid())
    for name in NESTED:
        lists = batch.column(name)
        parents = pa.compute.list_parent_indices(lists)
        columns = [ids.take(parents), *lists.flatten().flatten()]
        tables[name] = pa.Table.from_arrays(columns, schema=table_schema(name))
    return tables
