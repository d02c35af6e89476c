"""A rubric's quiz as Python renders it, for tests in JavaScript that start it without a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

from folders import GOOD
from stagebook.files.rubrics import load_rubric
from stagebook.site.data import data_script
from stagebook.site.single import single_file

CODE = re.compile(r"<(script|style)\b[^>]*>.*?</\1>", re.DOTALL)


def quiz_page(path: Path) -> dict[str, str]:
    """Return the HTML of a rubric's single file without scripts, and the script of its data."""
    rubric = load_rubric(path).rubric
    return {"html": CODE.sub("", single_file(rubric)), "data": data_script(rubric)}


def quiz_pages() -> str:
    """Return the pages of the small rubrics as JSON, by the name of their file."""
    return json.dumps({path.stem: quiz_page(path) for path in sorted(GOOD.glob("*.yml"))})
