"""The words of the quiz and of the pages in each language.

The words that a model may choose itself stand in the tables as `<gate>`, `<gates>`, `<Gate>` and
`<Gates>`; under `terms`, each table has those of the models that choose none.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib import resources
from typing import Any, TypeAlias

LANGUAGES = ("en", "de")
FALLBACK = "en"

Terms: TypeAlias = tuple[tuple[str, str, str], ...]
"""What a model calls things: for each of its own terms the key, the word for one, and for many."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TERM = re.compile(r"<(\w+)>")


def quiz_words(language: str, terms: Terms = ()) -> dict[str, Any]:
    """Return the words of the quiz by key: text, or texts for `one` and `other`."""
    words: dict[str, Any] = _tables(language_of(language), terms)["quiz"]
    return words


def portfolio_words(language: str, terms: Terms = ()) -> dict[str, Any]:
    """Return the words of the report on a portfolio by key."""
    words: dict[str, Any] = _tables(language_of(language), terms)["portfolio"]
    return words


@lru_cache(4096)  # Labels occur many times on a page.
def page_word(language: str, key: str, terms: Terms = (), /, **values: str | float) -> str:
    """Return words for a page, from the tables of the pages, of the quiz or of the portfolio.

    The values fill the placeholders with the same names; `n` also chooses between `one` and
    `other`. A placeholder without a value stays, so that the caller can fill it with markup.
    """
    words = _page_words(language_of(language), terms)[key]
    if isinstance(words, dict):
        words = words["one" if values["n"] == 1 else "other"]
    if values:
        texts = {
            name: value
            if isinstance(value, str)
            else number(language, str(value).removesuffix(".0"))
            for name, value in values.items()
        }
        words = _PLACEHOLDER.sub(lambda match: texts.get(match.group(1), match.group()), words)
    return str(words)


def number(language: str, digits: str) -> str:
    """Return a number with the decimal mark of the language: `0.5` as `0,5` in German."""
    mark: str = _page_words(language_of(language), ())["decimal-mark"]
    return digits.replace(".", mark)


@cache
def language_of(tag: str) -> str:
    """Return the language of the words for a language tag, which may be longer, such as `de-CH`."""
    code = tag.partition("-")[0].lower()
    return code if code in LANGUAGES else FALLBACK


def has_words(tag: str) -> bool:
    """Return whether there are words in a language; otherwise rubrics get those of `FALLBACK`."""
    return tag.partition("-")[0].lower() in LANGUAGES


_RIGHT_TO_LEFT = {
    *("adlm", "arab", "aran", "armi", "avst", "chrs", "cprt", "egyd", "egyh", "elym", "gara"),
    *("hatr", "hebr", "hung", "khar", "lydi", "mand", "mani", "mend", "merc", "mero", "narb"),
    *("nbat", "nkoo", "orkh", "ougr", "palm", "phli", "phlp", "phnx", "prti", "rohg", "samr"),
    *("sarb", "sidt", "sogd", "sogo", "syrc", "syre", "syrj", "syrn", "thaa", "todr", "yezi"),
}
"""Scripts of ISO 15924 that are written from right to left."""
_RIGHT_TO_LEFT_LANGUAGES = {
    *("ar", "arc", "arz", "az-ir", "azb", "bal", "bgn", "bqi", "ckb", "dv", "fa", "glk", "ha-cm"),
    *("haz", "he", "iw", "ji", "khw", "ks", "lki", "lrc", "mzn", "nqo", "pa-pk", "pnb", "prs"),
    *("ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "uz-af", "yi"),
}
"""Languages written from right to left unless the tag names a script, from Unicode's CLDR."""


@cache
def direction_of(tag: str) -> str:
    """Return `rtl` for a language that is written from right to left, otherwise `ltr`."""
    language, *rest = tag.lower().split("-")
    if script := next((part for part in rest if len(part) == 4 and part.isalpha()), None):
        return "rtl" if script in _RIGHT_TO_LEFT else "ltr"
    region = next((part for part in rest if len(part) == 2), "")
    return "rtl" if {language, f"{language}-{region}"} & _RIGHT_TO_LEFT_LANGUAGES else "ltr"


@lru_cache(64)
def _page_words(language: str, terms: Terms) -> dict[str, Any]:
    tables = _tables(language, terms)
    return {**tables["quiz"], **tables["pages"], **tables["portfolio"]}


@lru_cache(64)  # Terms change while an author tries some.
def _tables(language: str, terms: Terms) -> dict[str, Any]:
    text = (resources.files("stagebook") / "strings" / f"{language}.json").read_text("utf-8")
    tables: dict[str, Any] = json.loads(text)
    usual = ((key, noun["one"], noun["many"]) for key, noun in tables["terms"].items())
    nouns: dict[str, str] = {}
    for key, one, many in (*usual, *terms):
        for name, noun in ((key, one), (f"{key}s", many)):
            nouns |= {name: noun, name.capitalize(): noun[:1].upper() + noun[1:]}
    filled: dict[str, Any] = _with_terms(tables, nouns)
    return filled


def _with_terms(words: Any, nouns: dict[str, str]) -> Any:
    if isinstance(words, dict):
        return {key: _with_terms(one, nouns) for key, one in words.items()}
    return _TERM.sub(lambda match: nouns[match.group(1)], words)
