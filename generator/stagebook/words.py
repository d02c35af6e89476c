"""The words of the quiz and of the pages, in the languages that there are."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("en", "de")
FALLBACK = "en"


def quiz_words(language: str) -> dict[str, Any]:
    """Return the words of the quiz by key: text, or one text for one and for other."""
    words: dict[str, Any] = _tables(language_of(language))["quiz"]
    return words


def page_word(language: str, key: str) -> str:
    """Return a word of the pages; what the quiz says too stands among its words."""
    tables = _tables(language_of(language))
    return str(tables["pages"].get(key) or tables["quiz"][key])


def fill_word(language: str, key: str, **values: object) -> str:
    """Return words of the quiz with values filled in; `n` chooses between one and other."""
    found = quiz_words(language)[key]
    text = found if isinstance(found, str) else found["one" if values.get("n") == 1 else "other"]
    return re.sub(r"\{(\w+)\}", lambda match: str(values[match.group(1)]), text)


def language_of(tag: str) -> str:
    """Return the language whose words a rubric gets; its tag may be longer, such as `de-CH`."""
    code = tag.partition("-")[0].lower()
    return code if code in LANGUAGES else FALLBACK


@cache
def _tables(language: str) -> dict[str, Any]:
    text = (resources.files("stagebook") / "strings" / f"{language}.json").read_text("utf-8")
    tables: dict[str, Any] = json.loads(text)
    return tables
