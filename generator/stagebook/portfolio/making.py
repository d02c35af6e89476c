"""Make parts of a portfolio: what each process of one machine does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from ..rubric.model import Rubric
from .columns import ColumnMaker, table_schema
from .rows import Row, RowMaker, Rows, Settings
from .schema import NESTED
from .store import PartWriter

GROUP = 2_000
"""Assessments that are written at a time: what is in memory."""


class Batch(NamedTuple):
    """Some texts, and where each comes from."""

    sources: list[str]
    texts: list[str]


class Told(NamedTuple):
    """What there is to tell of a batch: its assessments, texts that are none, and its findings."""

    scored: int
    broken: int
    findings: list[Row]


class Making(NamedTuple):
    """What the makers of a portfolio need to know; it can be sent to other processes."""

    rubric: Rubric
    settings: Settings
    folder: Path

    def start(self, place: int = 0, makers: int = 1) -> PartMaker:
        """Return one of several makers, whose parts are numbered in turn."""
        return PartMaker(self, count(place, makers))


class PartMaker:
    """Scores batches and writes their rows, part after part."""

    def __init__(self, making: Making, numbers: Iterator[int]) -> None:
        """Prepare scoring; a part is named when there is something to write."""
        self.notes = making.settings.notes
        self.maker = RowMaker(making.rubric, making.settings._replace(told=True))
        self.columns = ColumnMaker(self.maker)
        self.writer = PartWriter(making.folder, numbers)
        self.rows = self.maker.begin()

    def add(self, batch: Batch) -> Told:
        """Score a batch; its rows are written with those of others."""
        rows = self.rows
        findings, scored = len(rows.nested["findings"]), rows.scored[-1]
        self.maker.add(rows, *batch)
        scored = rows.scored[-1] - scored
        told = Told(scored, len(batch.texts) - scored, rows.nested["findings"][findings:])
        if len(rows.assessments) >= GROUP:
            self.flush()
        return told

    def flush(self) -> None:
        """Write what waits."""
        if self.rows.assessments:
            if not self.notes:
                findings = self.rows.nested["findings"]
                findings[:] = [(*one[:3], None, None) for one in findings]
            self.writer.write(make_tables(self.columns, self.rows))
            self.rows = self.maker.begin()

    def close(self) -> None:
        """Write what waits, and end the part."""
        self.flush()
        self.writer.close()


def make_tables(maker: ColumnMaker, rows: Rows) -> dict[str, pa.Table]:
    """Return the tables that rows belong to, with most text as dictionaries."""
    schema = table_schema("assessments")
    row = pa.Table.from_arrays(maker.assessments(rows), schema=schema)
    ids = row["assessment"].combine_chunks()
    tables = {"assessments": row.filter(ids.is_valid())}
    known = ids.drop_null()
    for name in NESTED:
        places = maker.parents(rows, name)
        if name == "findings":  # Some are of texts that could not be read.
            own = ids.take(places)
        else:
            own = pa.DictionaryArray.from_arrays(maker.scored(rows).take(places), known)
        columns = [own, *maker.nested(rows, name)]
        tables[name] = pa.Table.from_arrays(columns, names=table_schema(name).names)
    return tables
