"""The JSON Schema of rubrics, for editors."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from itertools import pairwise
from typing import Any

from .model import Record, Rubric


def schema() -> dict[str, Any]:
    """Return the JSON Schema of `stagebook/1` in draft 7, which YAML language servers support."""
    document = Rubric.model_json_schema(by_alias=True)
    # pydantic can read the docstrings of fields too, but it would do so at every start.
    for record in records(Record):
        described = document if record is Rubric else document["$defs"].get(record.__name__)
        for key, text in field_docstrings(record).items() if described else ():
            described["properties"][key]["description"] = text
    document = _draft_7(document)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **document}


def schema_text() -> str:
    """Return the schema as text, as in `rubrics/schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def records(base: type[Record]) -> list[type[Record]]:
    """Return the subclasses of a record, and their subclasses."""
    return [one for record in base.__subclasses__() for one in (record, *records(record))]


def field_docstrings(record: type[Record]) -> dict[str, str]:
    """Return the docstrings of the fields of a record, by their keys in YAML."""
    base = record.__base__
    found = field_docstrings(base) if base and issubclass(base, Record) else {}
    tree = ast.parse(textwrap.dedent(inspect.getsource(record)))
    [definition] = tree.body
    assert isinstance(definition, ast.ClassDef)
    for field, below in pairwise(definition.body):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            name = field.target.id
            found[record.model_fields[name].alias or name] = inspect.cleandoc(
                str(below.value.value)
            )
    return found


def _draft_7(node: Any) -> Any:
    """Rewrite a node of draft 2020-12: definitions, and references beside other keywords."""
    if isinstance(node, list):
        return [_draft_7(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {"definitions" if key == "$defs" else key: _draft_7(item) for key, item in node.items()}
    if isinstance(reference := node.get("$ref"), str):
        node["$ref"] = reference.replace("#/$defs/", "#/definitions/")
        if len(node) > 1:  # Draft 7 ignores keywords beside a reference.
            node["allOf"] = [{"$ref": node.pop("$ref")}]
    if "additionalProperties" in node and "properties" in node:  # The author's own keys.
        node["patternProperties"] = {"^x-": {}}
    elif "patternProperties" in node:  # Keys that are not ids are errors.
        node.setdefault("additionalProperties", False)
    return node
