"""A portfolio on Spark: the same function over record batches, the same tables, the same SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rubric.model import Rubric
from .batches import score_batches
from .query import named_query, view_texts
from .rows import Settings
from .schema import ASSESSMENTS, NESTED, Column

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TYPES = {"text": "string", "int": "int", "float": "double", "bool": "boolean", "date": "date"}


def spark_schema() -> str:
    """Return the columns of `score_batches` in Spark's words."""
    lists = (f"{name} array<{_struct(columns[1:])}>" for name, columns in NESTED.items())
    return ", ".join([f"assessments {_struct(ASSESSMENTS)}", *lists])


def _struct(columns: tuple[Column, ...]) -> str:
    fields = ", ".join(f"{column.name}: {_TYPES[column.kind]}" for column in columns)
    return f"struct<{fields}>"


def score_frame(frame: DataFrame, rubric: Rubric, settings: Settings | None = None) -> DataFrame:
    """Score a frame with the columns `source` and `text`; a row of it has all rows of tables."""
    return frame.mapInArrow(score_batches(rubric, settings), spark_schema())


def split_frame(scored: DataFrame) -> dict[str, DataFrame]:
    """Return the tables of a frame that `score_frame` made."""
    tables = {
        "assessments": scored.select("assessments.*").where("assessment IS NOT NULL"),
    }
    for name, columns in NESTED.items():
        rows = scored.selectExpr("assessments.assessment AS assessment", f"explode({name}) AS row")
        tables[name] = rows.select("assessment", *(f"row.{one.name}" for one in columns[1:]))
    return tables


def create_views(session: SparkSession, tables: dict[str, DataFrame]) -> None:
    """Name the tables, and the views that the queries of the package build on."""
    for name, table in tables.items():
        table.createOrReplaceTempView(name)
    for name, text in view_texts().items():
        session.sql(text).createOrReplaceTempView(name)


def ask(session: SparkSession, name: str) -> DataFrame:
    """Run a query of the package."""
    return session.sql(named_query(name))
