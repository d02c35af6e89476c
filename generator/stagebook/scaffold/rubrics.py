"""The rubric of a new site: a copy, an overlay, or a small one to write over."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any, NamedTuple

from ..checks.loader import Reading, read_rubric
from ..overlay.json_schema import overlay_schema_text
from ..rubric.model import ID, Rubric
from .templates import fill


class NewRubric(NamedTuple):
    """A rubric to write: its id, its text, and the records from which its site is made.

    `original` is the rubric that it began as, if it has become another model. `base` is the text of
    a rubric that has to be written beside an overlay, if the base is not one that ships.
    """

    id: str
    text: str
    records: Rubric
    original: Rubric | None = None
    is_overlay: bool = False
    base: str | None = None

    def files(self, schema: str) -> dict[str, str]:
        """Return the files in the folder of the rubric, the schemas for editors included."""
        found = {f"rubrics/{self.id}.yml": self.text, "rubrics/schema.json": schema}
        if self.is_overlay:
            found["rubrics/overlay.schema.json"] = overlay_schema_text()
        if self.base is not None:
            found[f"rubrics/base/{self.records.id}.yml"] = self.base
        return found


def blank(title: str, id_: str) -> NewRubric:
    """Return a small rubric with a comment for each part, which has no findings."""
    text = fill("rubrics/blank.yml", title=title, id=id_)
    return NewRubric(id_, text, read_rubric(text, f"{id_}.yml").rubric)


def unchanged(reading: Reading) -> NewRubric:
    """Return a rubric as it is, but with the schema that is written beside it; raises RubricError.

    An address of a schema on the web stays. Of an overlay, it is the whole rubric.
    """
    text = _NAMED_SCHEMA.sub(_MODELINE, reading.text, count=1)
    text = text if "yaml-language-server:" in text else f"{_MODELINE}\n{text}"
    return NewRubric(reading.rubric.id, text, reading.rubric)


def own_copy(reading: Reading, title: str, id_: str) -> NewRubric:
    """Return a copy of a shipped rubric under an id and a title of its own.

    Shipped rubrics have both on one line each.
    """
    original, text = reading.rubric, reading.text
    for key, value in (("id", id_), ("title", title)):
        text = _replaced(text, key, value)
    header = fill("rubrics/copied-head.yml", title=title, id=id_, original=original)
    text = header + re.sub(r"\A(?:#[^\n]*\n)*", "", text)  # Comments there are about the original.
    records = read_rubric(text, reading.source.path).rubric
    return NewRubric(id_, text, records, original)


def overlay(reading: Reading, name: str | None, title: str, id_: str) -> NewRubric:
    """Return an overlay on a shipped rubric, or without `name` on a copy in the folder `base`."""
    original = reading.rubric
    base = name or f"base/{original.id}.yml"
    example = [(gate, f"{one.title} …") for gate, one in islice(original.gates.items(), 1)]
    values: dict[str, Any] = {"title": title, "id": id_, "original": original, "base": base}
    text = fill("rubrics/overlay.yml", example=example, **values)
    base_text = None if name else reading.text
    return NewRubric(id_, text, original, original, is_overlay=True, base=base_text)


def id_for(*texts: str) -> str:
    """Return an id made of the first text that has letters or digits of ASCII."""
    found = next(filter(None, (ID.suggest(text) for text in texts)), "model")
    return "my-model" if found in _RESERVED else found


_RESERVED = {"stagebook", "about", "assets", "javascripts", "brand", "search"}
"""Folders and a page of the site, and the address of the quiz's script."""

_MODELINE = "# yaml-language-server: $schema=schema.json"
_NAMED_SCHEMA = re.compile(r"^# yaml-language-server: \$schema=(?!https?:)[^\s]+", re.MULTILINE)


def _replaced(text: str, key: str, value: str) -> str:
    new = f"{key}: {json.dumps(value, ensure_ascii=False)}"
    return re.sub(rf"^{key}:[^\r\n]*", lambda _: new, text, count=1, flags=re.MULTILINE)
