"""Fill the templates of a new site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, StrictUndefined

from ..rubric.scalars import NumberRefused, core_value, yaml_1_1_reading


def template_names() -> list[str]:
    """Return the paths of all templates; `dot-` stands for a dot at the beginning of a name."""
    return sorted(_walk(_folder(), ""))


def fill(name: str, **values: Any) -> str:
    """Return a template with its values."""
    text = _folder().joinpath(*name.split("/")).read_text(encoding="utf-8")
    return _ENVIRONMENT.from_string(text).render(values)


def markdown(text: str) -> str:
    """Return one line of HTML as Markdown, in which no character is markup."""
    return re.sub(r"([\\`*_{}\[\]#|!])", r"\\\1", text)


def word(text: str) -> str:
    """Return an id as YAML, in quotation marks if it would be read as a number, say."""
    try:
        is_plain = core_value(text) == text and not yaml_1_1_reading(text, text)
    except NumberRefused:
        is_plain = False
    return text if is_plain else json.dumps(text)


def _folder() -> Traversable:
    return resources.files("stagebook") / "scaffold" / "site"


def _walk(folder: Traversable, path: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}"


# The files contain braces, percent signs and number signs; these delimiters occur in none of them.
_ENVIRONMENT = Environment(  # noqa: S701 (the filters escape, each for its kind of file)
    variable_start_string="<<",
    variable_end_string=">>",
    block_start_string="<%",
    block_end_string="%>",
    comment_start_string="<##",
    comment_end_string="##>",
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
)
_ENVIRONMENT.filters |= {
    "yaml": lambda text: json.dumps(text, ensure_ascii=False),
    "word": word,
    "markup": lambda text: escape(text, quote=False),
    "markdown": markdown,
    "comment": lambda text: " ".join(text.split()),
}
