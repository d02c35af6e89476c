"""The templates, and the words that they share: links, labels and amounts."""

from __future__ import annotations

import math
import posixpath
import re
from functools import cache, lru_cache, partial
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined, Template

from .. import prose
from ..model import Effort, Rubric
from ..quiz_data import SECONDS_A_QUESTION
from ..words import LANGUAGES, language_of, number, page_word
from .relations import Relations


@cache
def _environment(language: str) -> Environment:
    """Return the templates with the words of a language: so a macro needs not be handed them."""
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
        "fill": prose.fill,
        "prose": prose.prose,
        "cell": prose.cell,
        "html": prose.html,
        "inline": prose.inline,
        "attribute": prose.attribute,
    }

    # Functions, not filters: those are worked out at compile time where their input is constant,
    # and what is compiled is kept for all languages.
    environment.globals |= {
        "t": partial(page_word, language),
        "condition": partial(condition, language),
        "effort": partial(effort, language),
        "minutes": minutes,
    }
    return environment


def remember_compiled(cache: BytecodeCache) -> None:
    """Keep compiled templates in a cache, so that the next process need not compile them."""
    for language in LANGUAGES:
        _environment(language).bytecode_cache = cache


def _template(name: str, rubric: Rubric) -> Template:
    return _environment(language_of(rubric.language)).get_template(name)


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
    text = _template(template, rubric).render(values).strip()
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def render_html(template: str, rubric: Rubric, **context: Any) -> str:
    """Return an HTML file; its links lead to places in it."""
    return _template(template, rubric).render(rubric=rubric, **context)


def minutes(questions: int) -> int:
    """Return the minutes that some questions take, as the quiz says before it knows the reader."""
    return math.ceil(questions * SECONDS_A_QUESTION / 60 - 0.25)


def effort(language: str, value: Effort) -> str:
    """Return the effort of a play: `M, 3 to 6 weeks`."""
    return f"{value.size}, {weeks(language, value)}"


def weeks(language: str, value: Effort) -> str:
    """Return the weeks of an effort: `3 to 6 weeks`."""
    least, most = value.weeks
    if least == most:
        return page_word(language, "weeks-same", n=most)
    return page_word(language, "weeks", **{"from": least, "to": most})


_CONDITIONS = {"<=": "at-most", ">=": "at-least", "<": "under", ">": "over", "==": "exactly"}


def condition(language: str, value: str) -> str:
    """Return a condition in words: `<= 10` as `at most 10`."""
    sign = value.rstrip("-.0123456789 ")
    bound = number(language, value.removeprefix(sign).strip())
    return page_word(language, _CONDITIONS[sign], bound=bound)
