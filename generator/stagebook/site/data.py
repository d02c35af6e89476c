"""A rubric's data for the quiz, as a script, because pages opened as files cannot fetch data."""

from __future__ import annotations

import json

from ..rubric.model import Rubric
from .quiz_data import quiz_data


def data_script(rubric: Rubric, name: str = "") -> str:
    """Return the classic script that passes the rubric to the quiz, under its id or that name."""
    data = json.dumps(quiz_data(rubric), ensure_ascii=False, separators=(",", ":"))
    for character in ("<", "\u2028", "\u2029"):
        data = data.replace(character, f"\\u{ord(character):04x}")
    return f"(globalThis.stagebookRubrics??={{}})[{json.dumps(name or rubric.id)}]={data};\n"
