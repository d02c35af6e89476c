"""The templates, and the words that they share: links, labels and amounts."""

from __future__ import annotations

import posixpath
import re
from functools import cache, lru_cache
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined

from .. import prose
from ..model import Effort, Rubric
from ..words import page_word, quiz_words
from .relations import Relations


@cache
def _environment() -> Environment:
    # The output is Markdown: escaping is the filters' work, see `prose`.
    environment = Environment(  # noqa: S701
        loader=PackageLoader("stagebook", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "text": prose.text,
        "prose": prose.prose,
        "cell": prose.cell,
        "html": prose.html,
        "inline": prose.inline,
        "attribute": prose.attribute,
        "condition": condition,
        "effort": effort,
        "plural": plural,
    }
    environment.globals |= {"t": page_word, "weeks": weeks}
    return environment


def remember_compiled(cache: BytecodeCache) -> None:
    """Keep compiled templates in a cache, so that the next process need not compile them."""
    _environment().bytecode_cache = cache


relative = lru_cache(4096)(posixpath.relpath)


def render(template: str, rubric: Rubric, page: str, **context: Any) -> str:
    """Return the Markdown of a page.

    `page` is its path from the site's content root; links are made relative to it, because only
    then any engine can check and rewrite them.
    """
    folder = posixpath.dirname(page)

    def to(path: str, anchor: str = "") -> str:
        target = relative(f"{rubric.id}/{path}", folder or ".")
        return f"{target}#{anchor}" if anchor else target

    relations = context.pop("relations", None) or Relations(rubric)
    values = {"rubric": rubric, "relations": relations, "to": to, "page": page, **context}
    text = _environment().get_template(template).render(values).strip()
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def render_html(template: str, rubric: Rubric, **context: Any) -> str:
    """Return an HTML file; its links lead to places in it."""
    return _environment().get_template(template).render(rubric=rubric, **context)


def effort(value: Effort) -> str:
    """Return the effort of a play: `M, 3 to 6 weeks`."""
    least, most = (f"{weeks:g}" for weeks in value.weeks)
    span = plural(value.weeks[1], "week") if least == most else f"{least} to {most} weeks"
    return f"{value.size}, {span}"


def weeks(language: str, value: Effort) -> str:
    """Return the weeks of an effort in the words of the quiz."""
    least, most = (f"{number:g}" for number in value.weeks)
    if least == most:
        form = "one" if value.weeks[0] == 1 else "other"
        return str(quiz_words(language)["weeks-same"][form]).replace("{n}", least)
    return str(quiz_words(language)["weeks"]).replace("{from}", least).replace("{to}", most)


def condition(value: str) -> str:
    """Return a condition in words: `<= 10` as `at most 10`."""
    sign = value.rstrip("-.0123456789 ")
    words = {"<=": "at most", ">=": "at least", "<": "under", ">": "over", "==": "exactly"}
    return f"{words[sign]} {value.removeprefix(sign).strip()}"


def plural(count: float, word: str, words: str = "") -> str:
    """Return a count with its noun."""
    return f"{count:g} {word if count == 1 else words or word + 's'}"
