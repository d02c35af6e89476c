"""What all records share: strictness, immutability and the kinds of text."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A kebab-case id: immutable once published, because links and stored answers hang on it."""

Text = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\n]*\n?$")]
"""One line of plain text: a title or a label. Markdown is not read in it."""

Prose = Annotated[str, Field(min_length=1, max_length=20_000)]
"""Markdown written by the author. Raw HTML in it is shown as text."""

Link = Annotated[str, Field(min_length=1, max_length=2_000)]
"""An address: https, http, mailto or relative (the scheme is a check of its own)."""


class Record(BaseModel):
    """Be a frozen record that refuses unknown keys and wrong types."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        defer_build=True,  # One validator for the whole rubric, not one for every record.
        allow_inf_nan=False,
    )
