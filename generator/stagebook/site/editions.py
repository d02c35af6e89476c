"""The languages in which a site shows one rubric: where each has its pages, and what leads to it.

The pages of a translation have the paths of the original below a folder of its language. So a page
and `de/` before its path are the same page in two languages, also if both are written by hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..checks.loader import Reading
from ..diagnostics import RubricError
from ..rubric.model import Rubric
from .addresses import Site, is_page

HOME = "index.md"


class Edition(NamedTuple):
    """A rubric of the site; `folder` is that of its language, empty for the original."""

    reading: Reading
    folder: str

    @property
    def rubric(self) -> Rubric:
        """Return the rubric."""
        return self.reading.rubric

    @property
    def home(self) -> str:
        """Return the folder of its pages."""
        return Site(edition=self.folder).folder(self.rubric.id)


class Alternate(NamedTuple):
    """A page in one language."""

    language: str
    path: str


def find_editions(readings: Iterable[Reading], language: str = "en") -> list[Edition]:
    """Return the rubrics of a site whose own language is `language`, in their order.

    Rubrics of one id are editions of one model if all but one are translations. If all are, that in
    the language of the site stands for the original, or else the first. Raises RubricError for two
    rubrics of one id in one language.
    """
    readings = list(readings)
    originals: dict[str, Reading] = {}
    for reading in readings:
        id_ = reading.rubric.id
        if id_ not in originals or _rank(reading, language) < _rank(originals[id_], language):
            originals[id_] = reading
    editions: list[Edition] = []
    seen: dict[tuple[str, str], str] = {}
    for reading in readings:
        rubric = reading.rubric
        is_original = reading is originals[rubric.id]
        edition = Edition(reading, "" if is_original else rubric.language.lower())
        key = (rubric.id, rubric.language.lower() if _is_translation(reading) else "")
        first = originals[rubric.id]
        if not is_original and (not key[1] or rubric.language == first.rubric.language):
            raise _duplicate(reading, first.source.path)
        if key in seen:
            raise _duplicate(reading, seen[key])
        if edition.folder in originals:
            message = f"the pages in this language need the folder of the rubric {edition.folder!r}"
            raise RubricError([reading.source.finding("duplicate-id", ("language",), message)])
        seen[key] = reading.source.path
        editions.append(edition)
    return editions


def edition_of(path: str, homes: Mapping[str, Edition]) -> Edition | None:
    """Return the edition that a generated page or file belongs to, of some by their homes."""
    parts = path.split("/")
    return homes.get(parts[0]) or homes.get("/".join(parts[:2]))


def _rank(reading: Reading, language: str) -> tuple[bool, bool]:
    return _is_translation(reading), reading.rubric.language != language


def _is_translation(reading: Reading) -> bool:
    return any(one.layer is not None and one.layer.is_translation for one in reading.source.chain)


def _duplicate(reading: Reading, first: str) -> RubricError:
    message = f"{first} also has the id {reading.rubric.id!r}"
    return RubricError([reading.source.finding("duplicate-id", ("id",), message)])


def rubrics_for(page: str, editions: Iterable[Edition]) -> dict[str, Edition]:
    """Return what the blocks of a hand-written page show for an id: its language, or the original.

    A page belongs to the language whose folder it is in.
    """
    folder = page.partition("/")[0]
    found: dict[str, Edition] = {}
    for edition in editions:
        if not edition.folder or edition.folder == folder:
            found[edition.rubric.id] = edition
    return found


def languages_of(editions: Iterable[Edition]) -> dict[str, str]:
    """Return the languages of the translations by their folder."""
    return {one.folder: one.rubric.language for one in editions if one.folder}


def folder_of(path: str, folders: Collection[str]) -> str:
    """Return the folder of the language that a page is in, or nothing."""
    first, _, rest = path.partition("/")
    return first if rest and first in folders else ""


def find_alternates(
    paths: Iterable[str], editions: Sequence[Edition], site: Site
) -> dict[str, list[Alternate]]:
    """Return, for each page that there is in several languages, all of them, its own included.

    The home page of the site and the first page of a language that has none are the same page.
    """
    languages = languages_of(editions)
    pages = {path for path in paths if is_page(path)}
    originals = {one.home: one.rubric.language for one in editions if not one.folder}
    found: dict[str, list[Alternate]] = {}
    for path in sorted(pages) if languages else ():
        if folder_of(path, languages):
            continue
        same = {folder: f"{folder}/{path}" for folder in languages}
        if path == HOME:
            same = {folder: home_of(folder, editions, pages) for folder in languages}
        language = originals.get(path.partition("/")[0], site.language)
        group = [Alternate(language, path)]
        group += [Alternate(languages[one], other) for one, other in same.items() if other in pages]
        if len(group) > 1:
            found[path] = group
            # The first page of a language leads to its own original, not to the home page.
            pairs = {path, *(f"{folder}/{path}" for folder in languages)}
            found |= {one.path: group for one in group if one.path in pairs}
    return found


def home_of(folder: str, editions: Iterable[Edition], pages: Collection[str]) -> str:
    """Return the first page of a language."""
    written = f"{folder}/{HOME}"
    if not folder or written in pages:
        return written.lstrip("/")
    return next(f"{one.home}/{HOME}" for one in editions if one.folder == folder)


def language_name(tag: str) -> str:
    """Return what a language calls itself, or its tag."""
    # Babel comes with Material for MkDocs; a site in one language need not load it.
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:]
