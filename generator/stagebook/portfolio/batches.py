"""Scoring as a function over record batches: Arrow in, Arrow out.

One machine, Spark and Dask run this same function. In: `source` and `text`, an assessment a row.
Out: a row for each of these, with `assessments` as a struct and the other tables as lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute

from ..rubric.model import Rubric
from .columns import ColumnMaker, fields_of, table_schema
from .rows import RowMaker, Rows, Settings
from .schema import NESTED, TABLES

IN = pa.schema([("source", pa.string()), ("text", pa.binary())])
"""What goes in; text may also be a string."""


@cache
def out_schema() -> pa.Schema:
    """Return what comes out."""
    row = pa.field("assessments", pa.struct(fields_of(TABLES["assessments"])))
    lists = [
        pa.field(name, pa.list_(pa.struct(fields_of(columns[1:]))))
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
        columns = ColumnMaker(self.maker)
        for batch in batches:
            sources = batch.column("source").to_pylist()
            texts = [*map(_text, batch.column("text").to_pylist())]
            yield to_batch(columns, self.maker.make(sources, texts))


def _text(value: str | bytes | None) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8-sig", "surrogateescape")
    return (value or "").removeprefix("\ufeff")


def to_batch(maker: ColumnMaker, rows: Rows) -> pa.RecordBatch:
    """Return rows as one record batch; an assessment that could not be read is a null."""
    schema = out_schema()
    missing = pa.array([row is None for row in rows.assessments], pa.bool_())
    arrays = [_struct(schema.field(0).type, maker.assessments(rows), missing)]
    for name in schema.names[1:]:
        kind = schema.field(name).type
        items = _struct(kind.value_type, [*map(_plain, maker.nested(rows, name))])
        arrays.append(pa.ListArray.from_arrays(maker.offsets(rows, name), items, type=kind))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _plain(column: pa.Array) -> pa.Array:
    """Return text as text: engines need not know dictionaries."""
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _struct(kind: Any, arrays: list[pa.Array], mask: pa.Array | None = None) -> pa.StructArray:
    return pa.StructArray.from_arrays(arrays, fields=[*kind], mask=mask)


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
