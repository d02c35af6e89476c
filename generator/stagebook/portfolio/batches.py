"""Scoring as a function over record batches: Arrow in, Arrow out.

One machine, Spark and Dask run this same function. In: `source` and `text`, an assessment a row.
Out: a row for each of these, with `assessments` as a struct and the other tables as lists.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute

from ..rubric.model import Rubric
from .rows import Columns, RowMaker, Rows, Settings
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
            yield to_batch(self.maker.make(sources, [*texts]))


def _text(value: str | bytes | None) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8-sig", "surrogateescape")
    return (value or "").removeprefix("\ufeff")


def to_batch(rows: Rows) -> pa.RecordBatch:
    """Return rows as one record batch; an assessment that could not be read is a null."""
    schema = out_schema()
    missing = [id_ is None for id_ in rows.assessments["assessment"]]
    arrays = [_struct(rows.assessments, schema.field(0).type, pa.array(missing, pa.bool_()))]
    for name, columns in rows.nested.items():
        items = _struct(columns, schema.field(name).type.value_type)
        offsets = pa.Array.from_buffers(
            pa.int32(), len(rows.starts[name]), [None, pa.py_buffer(array("i", rows.starts[name]))]
        )
        arrays.append(pa.ListArray.from_arrays(offsets, items, type=schema.field(name).type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _struct(columns: Columns, kind: Any, mask: pa.Array | None = None) -> pa.StructArray:
    fields = [kind.field(place) for place in range(kind.num_fields)]
    arrays = [_array(columns[field.name], field.type) for field in fields]
    return pa.StructArray.from_arrays(arrays, fields=fields, mask=mask)


def _array(values: list[Any], kind: Any) -> pa.Array:
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
