"""What all records share: strictness, immutability and the kinds of text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True)
class Form:
    """A form of text, to stand last in `Annotated`: text without it is an error of type `name`.

    `pattern` is read by Rust and by editors, which agree on plain classes and anchors; `rule` is
    what a finding with the code `code` says; `suggest` returns what was probably meant, or nothing.
    """

    name: str
    pattern: str
    rule: str
    code: str = "bad-form"
    suggest: Callable[[str], str] = lambda text: ""

    def __get_pydantic_core_schema__(self, kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check the form after all else, so that only its own errors are renamed."""
        form = core_schema.str_schema(pattern=self.pattern)
        named = core_schema.custom_error_schema(
            form, custom_error_type=self.name, custom_error_message=self.rule
        )
        return core_schema.chain_schema([handler(kind), named])

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of the text, with the pattern."""
        assert schema["type"] == "chain"
        return {**handler(schema["steps"][0]), "pattern": self.pattern}


def slug(text: str) -> str:
    """Return an id made of a text, or nothing where it has no letter or digit of ASCII."""
    short = text[:1_000].lower()
    words = "".join(c if c.isascii() and c.isalnum() else "-" for c in short).split("-")
    return "-".join(word for word in words if word)[:64].rstrip("-")


ID = Form(
    "id",
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    "an id is lower case words joined by hyphens, at most 64 characters",
    code="bad-id",
    suggest=slug,
)
LINE = Form("line", r"^[^\n]*\n?$", "this must be one line")

Id = Annotated[str, Field(max_length=64), ID]
"""A kebab-case id: immutable once published, because links and stored answers hang on it."""

Text = Annotated[str, Field(min_length=1, max_length=300), LINE]
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
