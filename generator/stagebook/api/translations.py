"""Translations: their states, and catalogues for translators."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from ..checks.loader import Reading
from ..diagnostics import CODES, Diagnostic, RubricError, has_errors, quoted
from ..files.rubrics import load_rubric, read_text, read_with_bases
from ..overlay.editing import NotEditable, scalar
from ..overlay.translation import TextState, dotted, names_too, states
from ..rubric.model import Rubric
from ..rubric.model.forms import LANGUAGE


class TranslationRefused(Exception):
    """The file is not a translation, or cannot be changed; the message says why and what to do."""


class Imported(NamedTuple):
    """The new text of an overlay; `written` texts are from a catalogue, `left` counts others."""

    text: str
    written: int
    left: dict[str, int]
    findings: tuple[Diagnostic, ...]


def translation_states(overlay: str | Path, older: Rubric | None = None) -> list[TextState]:
    """Return the state of each text of a translation: current, unchecked, stale or missing.

    `older` is the base that it was written against, to find stale texts without hashes. Raises
    TranslationRefused, and RubricError where the rubric has errors.
    """
    return states(_translation(Path(overlay)).source, _data(older))


def export_translation(
    rubric: str | Path, language: str | None = None, older: Rubric | None = None
) -> bytes:
    """Return the texts of a rubric as a catalogue of gettext (PO).

    Of a translation, it has what is translated, and `older` shows translators what has changed; of
    any other rubric, it is one for a translation into `language`. Raises TranslationRefused, and
    RubricError where the rubric has errors.
    """
    from ..catalogue.writing import catalogue, has_locale

    reading = load_rubric(Path(rubric))
    own = reading.rubric.language
    layer = reading.source.layer
    if language is None and not (layer and layer.is_translation):
        raise TranslationRefused(f"{rubric} is not a translation: name a language with --language")
    # Programs for translators write `pt_BR`.
    wanted = own if language is None else language.replace("_", "-")
    if not re.fullmatch(LANGUAGE.pattern, wanted):
        raise TranslationRefused(f"{quoted(language)} is not well-formed: {LANGUAGE.rule}")
    is_own = wanted.lower() == own.lower()
    if layer and layer.is_translation and not is_own:
        raise TranslationRefused(f"{rubric} is a translation into {own}, not {wanted}")
    if is_own and not (layer and layer.is_translation):
        raise TranslationRefused(f"{rubric} is in the language {own} already")
    if not has_locale(wanted):
        raise TranslationRefused(f"gettext has no name for the language {wanted}")
    return catalogue(reading.source, wanted, _data(older))


def import_translation(
    catalogue: str | Path, overlay: str | Path, base: str | Path | None = None
) -> Imported:
    """Return the text of an overlay with the translations of a catalogue; nothing is written.

    If there is no overlay yet, it is one of `base`. Raises RubricError for a damaged catalogue and
    for rubrics with errors, and TranslationRefused.
    """
    from ..catalogue.merging import merge
    from ..catalogue.reading import read_catalogue

    name, path = str(catalogue), Path(overlay)
    filled = read_catalogue(read_text(Path(catalogue)), name)
    if has_errors(filled.findings):
        raise RubricError(filled.findings)
    if path.exists():
        layer = _translation(path).source.layer
        assert layer is not None
        text, data, hashes = read_text(path), layer.base.data, layer.hashes
        language = load_rubric(path).rubric.language
        if filled.language.lower() != language.lower():
            raise RubricError([_other_language(name, filled.language, language)])
    elif base is None:
        raise TranslationRefused(f"{overlay} does not exist: name what it translates with --rubric")
    elif not filled.language:
        raise RubricError([_other_language(name, "", "")])
    else:
        text, data = _new_overlay(path, Path(base), filled.language)
        hashes = {}
    try:
        merged = merge(text, filled, name, data, hashes)
    except NotEditable as error:
        raise TranslationRefused(f"{overlay}: {error}: change it by hand") from error
    reading = read_with_bases(merged.text, path, str(path))
    if reading.records is None or has_errors(reading.findings):
        raise RubricError(reading.findings)
    found = dict(names_too(reading.source.data))
    for where, value in merged.values.items():
        if found.get(where, "").strip() != value.strip():
            place = dotted(where)
            raise TranslationRefused(f"{overlay}: {place} cannot be changed by machine")
    findings = (*filled.findings, *merged.findings)
    return Imported(merged.text, len(merged.values), dict(merged.left), findings)


def _translation(path: Path) -> Reading:
    reading = load_rubric(path)
    if reading.records is None or has_errors(reading.findings):
        raise RubricError(reading.findings)
    if reading.source.layer is None or not reading.source.layer.is_translation:
        raise TranslationRefused(f"{path} extends no rubric of another language")
    return reading


def _data(rubric: Rubric | None) -> dict[str, Any] | None:
    return rubric.model_dump(mode="json", by_alias=True) if rubric else None


def _other_language(path: str, found: str, wanted: str) -> Diagnostic:
    message = f"the head names the language {found!r}, not {wanted!r}, which the overlay has"
    if not found:
        message = "the head names no language: it needs a line such as 'Language: de'"
    return Diagnostic(path, 1, 1, CODES["po-syntax"], "po-syntax", message)


def _new_overlay(path: Path, base: Path, language: str) -> tuple[str, Any]:
    from .upgrades import name_for

    reading = load_rubric(base)
    rubric = reading.rubric
    name = scalar(name_for(path, base))
    head = f"extends: {{rubric: {name}, version: {rubric.version}}}\n"
    return f"{head}language: {language}\n", reading.source.data
