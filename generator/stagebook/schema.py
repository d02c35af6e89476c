"""The JSON Schema of rubrics, for editors."""

from __future__ import annotations

import json
from typing import Any

from .model import Rubric


def schema() -> dict[str, Any]:
    """Return the JSON Schema of `stagebook/1`, in draft 7, which YAML language servers read."""
    document: dict[str, Any] = _draft_7(Rubric.model_json_schema(by_alias=True))
    return {"$schema": "http://json-schema.org/draft-07/schema#", **document}


def schema_text() -> str:
    """Return the schema as it is committed."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _draft_7(node: Any) -> Any:
    """Rewrite a node of draft 2020-12: definitions, and references beside other words."""
    if isinstance(node, list):
        return [_draft_7(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {"definitions" if key == "$defs" else key: _draft_7(item) for key, item in node.items()}
    if isinstance(reference := node.get("$ref"), str):
        node["$ref"] = reference.replace("#/$defs/", "#/definitions/")
        if len(node) > 1:  # Draft 7 ignores what stands beside a reference.
            node["allOf"] = [{"$ref": node.pop("$ref")}]
    if "patternProperties" in node:  # Keys that are no ids are wrong, not free.
        node.setdefault("additionalProperties", False)
    return node
