"""The base class of all records, and the types of text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self
from unicodedata import combining, normalize

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True)
class Form:
    """A form of text, the last item of `Annotated`; other text is an error of type `name`.

    `pattern` uses only syntax that Rust and editors read in the same way; `rule` is the message of
    a finding with the code `code`; `suggest` returns a well-formed text for another, or nothing.
    """

    name: str
    pattern: str
    rule: str
    code: str = "bad-form"
    suggest: Callable[[str], str] = lambda text: ""

    def __get_pydantic_core_schema__(self, kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check the form last, so that only its errors get its type."""
        form = core_schema.str_schema(pattern=self.pattern)
        named = core_schema.custom_error_schema(
            form, custom_error_type=self.name, custom_error_message=self.rule
        )
        return core_schema.chain_schema([handler(kind), named])

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of the text with the pattern."""
        assert schema["type"] == "chain"
        return {**handler(schema["steps"][0]), "pattern": self.pattern}


_PLAIN = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "\u0131": "i",
    }
)
"""Latin letters that are no letter of ASCII with a mark."""


def slug(text: str) -> str:
    """Return a text as an id, without accents; nothing if it has no Latin letters or digits."""
    # Decomposed, a letter with a mark is the letter, and then the mark.
    decomposed = normalize("NFKD", text[:1_000].lower().translate(_PLAIN))
    short = "".join(c for c in decomposed if not combining(c))
    words = "".join(c if c.isascii() and c.isalnum() else "-" for c in short).split("-")
    return "-".join(word for word in words if word)[:80].rstrip("-")


ID = Form(
    "id",
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    "an id consists of lower-case words joined by hyphens, with at most 80 characters",
    code="bad-id",
    suggest=slug,
)
LINE = Form("line", r"^[^\n]*\n?$", "it must be one line")

Id = Annotated[str, Field(max_length=80), ID]
"""A kebab-case id. It must not change once published: links and stored answers depend on it."""

Text = Annotated[str, Field(min_length=1, max_length=300), LINE]
"""One line of plain text, such as a title or a label, without Markdown."""

Prose = Annotated[str, Field(min_length=1, max_length=20_000)]
"""Markdown written by the author. Raw HTML in it is shown as text."""

Link = Annotated[str, Field(min_length=1, max_length=2_000)]
"""An address: https, http, mailto or relative. A rule checks the scheme."""


class Record(BaseModel):
    """An immutable record that rejects unknown keys and wrong types."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        defer_build=True,  # One validator for the whole rubric instead of one per record.
        allow_inf_nan=False,
    )

    _extensions: dict[str, Any] = PrivateAttr(default_factory=dict)

    @property
    def extensions(self) -> Mapping[str, Any]:
        """Return the author's own keys, which begin with `x-`, as they were written."""
        return self._extensions

    @model_validator(mode="wrap")
    @classmethod
    def _keep_extensions(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        extensions = {}
        if isinstance(data, dict):
            extensions = {key: data[key] for key in data if is_extension(key)}
        if not extensions:
            return handler(data)
        record = handler({key: data[key] for key in data if key not in extensions})
        record._extensions = extensions
        return record

    @model_serializer(mode="wrap")
    def _write_extensions(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = handler(self)
        return {**written, **self._extensions} if self._extensions else written


def is_extension(key: object) -> bool:
    """Return whether a key of a record is one of the author's own."""
    return isinstance(key, str) and key.startswith("x-")
