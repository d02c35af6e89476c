"""Render the templates, with their functions for words, links and numbers."""

from __future__ import annotations

from functools import lru_cache, partial
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from markupsafe import Markup

from ..i18n import Terms, direction_of, has_words, language_of, number, page_word
from ..rubric import prose
from ..rubric.model import Effort, Rubric
from ..rubric.support import support_of
from . import crosswalk, matrix, plays
from .addresses import Site, address, to_path
from .choices import (
    answers_of,
    are_long,
    asked_of,
    can_only_be_ruled_out,
    is_brief,
    labelled,
    measured,
    otherwise,
)
from .markdown_page import settle_ids, to_markdown
from .quiz_data import SECONDS_A_QUESTION
from .relations import Relations
from .scores import decimal

_HELPERS = {
    "by_word": crosswalk.by_word,
    "can_only_be_ruled_out": can_only_be_ruled_out,
    "is_mapped": crosswalk.is_mapped,
    "map_cell": matrix.map_cell,
    "map_lead": matrix.map_lead,
    "mapped": crosswalk.mapped,
    "maps_of": crosswalk.maps_of,
    "play_columns": plays.play_columns,
    "measured": measured,
    "otherwise": otherwise,
    "rated": plays.rated,
    "show_word": crosswalk.show_word,
    "support_of": support_of,
    "template_path": plays.template_path,
}
"""What templates ask of the modules beside this one, by name."""


class _Memory(BytecodeCache):
    """Compiled templates of this process, which its environments share."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code


_compiled: list[BytecodeCache] = [_Memory()]
"""Where compiled templates are kept."""


@lru_cache(64)
def _environment(language: str, terms: Terms, marked: bool) -> Environment:
    """Return the templates with the words of a rubric as globals, so that macros have them too.

    Words are `marked` with their language if the text around them is in another language.
    """
    environment = Environment(
        loader=PackageLoader("stagebook.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled[0],
    )
    environment.filters |= {
        "prose": prose.html,
        "inline": prose.inline,
        "phrase": prose.phrase,
        "plain": prose.plain,
        "link": prose.link,
        "fill": prose.fill,
    }
    # Functions, not filters: Jinja evaluates filters of constants when it compiles a template,
    # and compiled templates are shared by all languages.
    environment.globals |= {
        "t": partial(_word, language, terms, marked),
        "ta": partial(_word, language, terms, False),
        "frame": partial(_frame, language if marked else ""),
        "condition": partial(condition, language),
        "said": partial(_said, language, marked),
        "effort": lambda value: _said(language, marked, effort(language, value)),
        "minutes": minutes,
        "score_of": partial(score_of, language),
        "says_the_same": says_the_same,
        **_HELPERS,
        "around": around,
        "direction": direction,
        "answers_of": answers_of,
        "labelled": labelled,
        "are_long": are_long,
        "is_brief": is_brief,
        "asked_of": asked_of,
    }
    return environment


def remember_compiled(cache: BytecodeCache) -> None:
    """Store compiled templates in a cache, so that the next process need not compile them."""
    _compiled[:] = [cache]
    _environment.cache_clear()


def render_page(
    template: str,
    rubric: Rubric,
    page: str,
    site: Site,
    *,
    taken: frozenset[str] = frozenset(),
    **context: Any,
) -> str:
    """Return a page as Markdown; `page` is its path from the content root.

    `taken` are ids that are already used on the page.
    """

    def to(path: str, anchor: str = "") -> str:
        return address(site, page, f"{site.folder(rubric.id)}/{path}", anchor)

    relations = context.pop("relations", None) or Relations(rubric)
    script = site.script(rubric.id)
    made = _render(template, rubric, relations=relations, to=to, script=script, **context)
    made = prose.resolve_links(made, partial(_to_path, site, page, rubric.id))
    return to_markdown(settle_ids(made, taken), language_attributes(rubric, site))


def _to_path(site: Site, page: str, rubric: str, href: str) -> str:
    """Return the address of an author's path; one to the rubric leads to the same translation."""
    if href == rubric or href.startswith(f"{rubric}/"):
        href = site.folder(rubric) + href.removeprefix(rubric)
    return to_path(site, page, href)


def render_file(template: str, rubric: Rubric, **context: Any) -> str:
    """Return a self-contained HTML file, whose links lead to anchors in it or to other hosts."""
    return settle_ids(prose.name_links(_render(template, rubric, **context)))


def _render(template: str, rubric: Rubric, **context: Any) -> str:
    return _template(template, rubric).render(rubric=rubric, **context)


def _template(name: str, rubric: Rubric) -> Template:
    language, terms = language_of(rubric.language), rubric.terms.words
    return _environment(language, terms, not has_words(rubric.language)).get_template(name)


def language_attributes(rubric: Rubric, site: Site) -> str:
    """Return the attributes of blocks whose language differs from that of the site."""
    own, around = rubric.language, site.language
    if own.split("-")[0].lower() == around.split("-")[0].lower():
        return ""
    return f' lang="{own}" dir="{direction_of(own)}"'


def direction(language: str) -> Markup:
    """Return the `dir` attribute of a language; nothing if it is written from left to right."""
    return Markup(' dir="rtl"') if direction_of(language) == "rtl" else Markup()


def _word(language: str, terms: Terms, marked: bool, key: str, /, **values: str | float) -> str:
    return _said(language, marked, page_word(language, key, terms, **values))


def _said(language: str, marked: bool, words: str) -> str:
    """Return words marked with their language, if the text around them is in another."""
    if not marked or not words:
        return words
    return Markup('<span lang="{}" dir="ltr">{}</span>').format(language, words)


def _frame(language: str) -> Markup:
    """Return the attributes of elements that the script fills with words of another language."""
    return Markup(' lang="{}" dir="ltr"').format(language) if language else Markup()


def around(href: str) -> dict[str, Markup]:
    """Return the markup for the placeholders before and after the words of a link."""
    return {"link": Markup('<a href="{}">').format(href), "end": Markup("</a>")}


def minutes(questions: int) -> int:
    """Return the minutes for some questions, before the quiz knows the reader's pace."""
    return max(1, int(questions * SECONDS_A_QUESTION / 60 + 0.5))


def effort(language: str, value: Effort) -> str:
    """Return the effort of a play: `M, 3 to 6 weeks`, or what it says of these."""
    parts = [value.size or "", weeks(language, value)]
    return ", ".join(part for part in parts if part)


def weeks(language: str, value: Effort) -> str:
    """Return the weeks of an effort: `3 to 6 weeks`; nothing if it says none."""
    if value.weeks is None:
        return ""
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


def score_of(language: str, value: float) -> str:
    """Return a number as its author wrote it, with the decimal mark of the language."""
    return number(language, decimal(value, 6))


def says_the_same(one: str, other: str) -> bool:
    """Return whether two texts have the same words, whatever their ends and capitals."""
    first, second = (prose.plain(text).strip(" .?!:").casefold() for text in (one, other))
    return first == second
