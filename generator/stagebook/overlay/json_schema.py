"""The JSON Schema of overlays, for editors: that of rubrics, in which nothing is required."""

from __future__ import annotations

import json
import re
from typing import Any

from ..rubric.json_schema import schema
from .header import EXTENDS
from .merge import ORDER

_NAME = "A file, relative to this one, or the name of a rubric that ships with Stagebook."
_EXTENDS: dict[str, Any] = {
    "description": "The rubric that this one changes.",
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "properties": {
                "rubric": {"type": "string", "minLength": 1, "description": _NAME},
                "version": {
                    "type": "string",
                    "description": "The version that this overlay was written against.",
                },
            },
            "required": ["rubric"],
            "additionalProperties": False,
        },
    ],
}
_WHOLE = frozenset(("required", "minProperties", "default"))
"""Keywords that ask for what an overlay may leave to its base."""
_PREFIX = "#/definitions/"
_REFERENCE = re.compile(r'"#/definitions/(\w+)"')


def overlay_schema() -> dict[str, Any]:
    """Return the JSON Schema of overlays in draft 7."""
    whole = schema()
    relaxer = _Relaxer(whole["definitions"])
    root = relaxer.relax({key: one for key, one in whole.items() if key != "definitions"})
    root["properties"] = {EXTENDS: _EXTENDS, **root["properties"]}
    root |= {
        "title": "Overlay",
        "description": "A rubric that says only how it differs from another; null removes.",
        "required": [EXTENDS],
    }
    return {**root, "definitions": relaxer.definitions()}


def overlay_schema_text() -> str:
    """Return the schema as text, as in `rubrics/overlay.schema.json`."""
    return json.dumps(overlay_schema(), indent=2, ensure_ascii=False) + "\n"


class _Relaxer:
    """Turns the schema of a record into that of a patch of it; lists stay whole."""

    def __init__(self, whole: dict[str, Any]) -> None:
        self.whole = whole
        self.patches: dict[str, Any] = {}

    def definitions(self) -> dict[str, Any]:
        """Return the patches, and the records that lists need whole."""
        found, waiting = dict(self.patches), list(self.patches.values())
        while waiting:
            for name in _REFERENCE.findall(json.dumps(waiting.pop())):
                if name not in found:
                    found[name] = self.whole[name]
                    waiting.append(found[name])
        return dict(sorted(found.items()))

    def relax(self, node: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of a patch of a value."""
        node = {key: one for key, one in node.items() if key not in _WHOLE}
        if isinstance(reference := node.get("$ref"), str):
            node["$ref"] = self._patch(reference)
        for key in ("anyOf", "allOf"):
            if key in node:
                node[key] = [self.relax(one) for one in node[key]]
        for key in ("properties", "patternProperties"):
            if key in node:
                node[key] = {name: self._value(one) for name, one in node[key].items()}
        if isinstance(others := node.get("additionalProperties"), dict):
            node["additionalProperties"] = self._value(others)
        is_collection = "patternProperties" in node and "properties" not in node
        for entry in node["patternProperties"].values() if is_collection else ():
            self._add_order(entry["anyOf"][0])
        return node

    def _patch(self, reference: str) -> str:
        name = f"{reference.removeprefix(_PREFIX)}Patch"
        if name not in self.patches:
            self.patches[name] = {}  # A record may contain itself.
            self.patches[name] = self.relax(self.whole[reference.removeprefix(_PREFIX)])
        return f"{_PREFIX}{name}"

    def _value(self, node: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of a value that null may remove."""
        relaxed = self.relax(node)
        if not relaxed or {"type": "null"} in relaxed.get("anyOf", ()):
            return relaxed
        named = [key for key in ("title", "description") if key in relaxed]
        described: dict[str, Any] = {key: relaxed.pop(key) for key in named}
        return {**described, "anyOf": [relaxed, {"type": "null"}]}

    def _add_order(self, entry: dict[str, Any]) -> None:
        """Let an entry say where it stands."""
        name = entry.get("$ref", "").removeprefix(_PREFIX)
        place = self.patches[name] if name else entry
        if place.get("type") == "object":
            beside = {
                side: {"type": "string", "description": f"The entry {side} which this one stands."}
                for side in ORDER
            }
            place["properties"] = {**beside, **place.get("properties", {})}
        if not name and "patternProperties" in place:  # A scale: these are not choices.
            patterns = place["patternProperties"].items()
            place["patternProperties"] = {
                pattern.replace("^", f"^(?!({'|'.join(ORDER)})$)", 1): one
                for pattern, one in patterns
            }
