"""Spark and Dask, each as a cluster on this machine: every cell is that of one machine.

`make engines` runs these, and `make test` does not: they need Java, and a minute.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from folders import ROOT
from portfolios import GATES, RUBRIC, SAMPLE, lines, make, said, tables
from stagebook.files.inputs import find_inputs, read_inputs
from stagebook.portfolio.query import list_queries, named_query, open_tables
from stagebook.portfolio.schema import TABLES

pytest.importorskip("pyspark")
from pyspark.sql import SparkSession
from stagebook.portfolio.spark import ask, create_views, score_frame, split_frame

GUIDE = (ROOT / "content" / "guides" / "portfolio.md").read_text("utf-8")


def script(name: str, folder: Path) -> Path:
    """Write a script of the guide to a file."""
    section = GUIDE.partition(f"{{ #{name} }}")[2]
    match = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert match
    path = folder / f"portfolio_{name}.py"
    path.write_text(match[1])
    return path


def start(*command: object) -> str:
    made = subprocess.run(
        [sys.executable, *map(str, command)],
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr[-5_000:]
    return made.stdout


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Write some files, with what is broken and doubled among them."""
    folder = tmp_path_factory.mktemp("files")
    # Whatever the day is, the dates are before it.
    every = [
        said(number, tags=["a", "b"][: number % 3], date=f"2025-{1 + number % 12:02}-10")
        for number in range(90)
    ]
    for part in range(3):
        entries = lines(every[part * 30 : part * 30 + 30])
        (folder / f"{part}.jsonl").write_text(entries + "{\n" + json.dumps(every[0]) + "\n")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def one(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the portfolio of one machine."""
    out = tmp_path_factory.mktemp("one") / "out"
    make(out, *files)
    return out


@pytest.fixture(scope="module")
def spark() -> Any:
    """Start a Spark cluster of two workers on this machine."""
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join(sys.path))
        .getOrCreate()
    )
    yield session
    session.stop()


def exact(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """Return each cell as text: equal texts are equal doubles."""
    return {name: sorted(map(repr, rows)) for name, rows in found.items()}


def test_spark_makes_every_cell_of_one_machine(
    spark: Any, files: list[Path], one: Path, tmp_path: Path
) -> None:
    said = [read.said for read in read_inputs(find_inputs(map(str, files)))]
    frame = spark.createDataFrame(
        [(text.name, text.text) for text in said], "source string, text string"
    )
    made = split_frame(score_frame(frame.repartition(5), RUBRIC))
    for name, table in made.items():
        table.write.parquet(str(tmp_path / name))
    found = {
        name: pa.concat_tables(
            [pq.ParquetFile(path).read() for path in (tmp_path / name).glob("*.parquet")]
        ).to_pylist()
        for name in made
    }
    expected = tables(one)
    del expected["titles"]
    assert exact(found) == exact(expected)
    assert len(found["answers"]) == 93 * len(GATES)


def test_the_same_sql_finds_the_same_on_spark(spark: Any, one: Path) -> None:
    create_views(spark, {name: spark.read.parquet(str(one / name)) for name in TABLES})
    with open_tables(one) as local:
        for name in list_queries():
            found = ask(spark, name)
            rows = [tuple(row) for row in found.collect()]
            answer = local.ask(named_query(name))
            assert found.columns == answer.columns, name
            assert repr(rows) == repr(answer.rows), name
            assert rows, name


def test_the_job_of_the_guide_runs_on_spark(files: list[Path], one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    start(script("spark", tmp_path), SAMPLE, files[0].parent, out)
    count = "SELECT stage_low, so_far, count(*) AS n FROM assessments GROUP BY ALL ORDER BY ALL"
    with open_tables(out) as made, open_tables(one) as local:
        assert made.ask(count) == local.ask(count)


def test_the_job_of_the_guide_makes_every_cell_on_dask(
    files: list[Path], one: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert start(script("dask", tmp_path), SAMPLE, out, *files) == "93 assessments\n"
    assert exact(tables(out)) == exact(tables(one))
