"""Parts of a portfolio written one by one, by the workers of an engine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..assessment.reader import AssessmentFinding
from ..files.inputs import find_inputs, read_inputs
from ..rubric.model import Rubric
from .batches import IN, score_batches, split_batch
from .columns import table_schema
from .rows import Settings
from .schema import SCHEMA, TABLES
from .store import BY_PART, MANIFEST, WRITTEN, part_name, write_titles
from .texts import clean
from .titles import title_rows

ROWS = 1_000
"""Assessments that are scored at a time: what is remembered of them is limited in between."""


def begin_folder(folder: Path) -> None:
    """Create a new folder with one for each table; raises OSError if there is one."""
    for name in TABLES:
        (folder / name).mkdir(parents=True)


def write_part(
    rubric: Rubric, settings: Settings, files: Iterable[str], folder: str, number: int
) -> int:
    """Score some files into a part of the tables; return the number of assessments.

    Any process that sees the files and the folder can do this, each with a number of its own.
    """
    refused: list[dict[str, Any]] = []
    sources: list[str] = []
    texts: list[bytes] = []
    for said, _ in read_inputs(find_inputs(files)):
        if said.finding is not None:
            refused.append(refused_row(said.name, said.finding, settings.notes))
            continue
        sources.append(clean(said.name))
        texts.append(said.text.encode("utf-8", "surrogateescape"))
    arrays = [pa.array(sources, pa.string()), pa.array(texts, pa.binary())]
    batch = pa.RecordBatch.from_arrays(arrays, schema=IN)
    batches = (batch.slice(start, ROWS) for start in range(0, batch.num_rows, ROWS))
    made = [split_batch(one) for one in score_batches(rubric, settings)(batches)]
    for name in BY_PART:
        more = refused if name == "findings" else []
        tables = [
            *(tables[name] for tables in made),
            pa.Table.from_pylist(more, table_schema(name)),
        ]
        path = Path(folder, name, part_name(number))
        pq.write_table(pa.concat_tables(tables), path, **WRITTEN)
    return sum(tables["assessments"].num_rows for tables in made)


def refused_row(source: str, finding: AssessmentFinding, notes: bool) -> dict[str, Any]:
    """Return the row of the table `findings` for a file that cannot be read."""
    more = {"path": finding.where, "message": clean(finding.message)} if notes else {}
    return {"source": clean(source), "level": finding.level, "code": finding.code, **more}


def finish_folder(folder: Path, rubric: Rubric, settings: Settings) -> None:
    """Write what the tables need beside their parts, when all of these are there."""
    (folder / "titles").mkdir(exist_ok=True)
    write_titles(folder, title_rows(rubric))
    manifest = {
        "schema": SCHEMA,
        "rubric": {"id": rubric.id, "version": rubric.version},
        "names": settings.names,
        "notes": settings.notes,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
