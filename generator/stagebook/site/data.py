"""A rubric's data for the quiz, as a script, because pages opened as files cannot fetch data."""

from __future__ import annotations

import json

from ..rubric.model import Rubric
from .quiz_data import quiz_data


def data_script(rubric: Rubric, name: str = "") -> str:
    """Return the classic script that passes the rubric to the quiz, under its id or that name."""
    return script_of(quiz_json(rubric), name or rubric.id)


def quiz_json(rubric: Rubric) -> str:
    """Return the data of the quiz as JSON that may stand in a script."""
    data = json.dumps(quiz_data(rubric), ensure_ascii=False, separators=(",", ":"))
    for character in ("<", "\u2028", "\u2029"):
        data = data.replace(character, f"\\u{ord(character):04x}")
    return data


def script_of(data: str, name: str) -> str:
    """Return the script that passes the data of a rubric to the quiz under a name."""
    return f"(globalThis.stagebookRubrics??={{}})[{json.dumps(name)}]={data};\n"
