"""What an overlay makes of its base."""

from __future__ import annotations

import json

from ..checks.loader import Reading
from ..overlay.emitting import resolved_json, resolved_yaml


def resolved(reading: Reading, *, form: str = "yaml", plain: bool = False) -> str:
    """Return the effective rubric as `yaml` or `json`; raises RubricError if it has errors.

    Comments, or `x-origins` in JSON, say where overridden values come from, unless `plain`.
    """
    assert reading.rubric
    if plain:
        if form == "yaml":
            return reading.text
        return json.dumps(reading.source.data, indent=1, ensure_ascii=False) + "\n"
    return resolved_yaml(reading.source) if form == "yaml" else resolved_json(reading.source)
