"""Read the rubrics of a site, or say what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from ..api.rubrics import check
from ..checks.loader import Reading
from ..diagnostics import RubricError, has_errors
from ..files.rubrics import find_rubrics, shown_path
from ..site.editions import Edition, find_editions
from .findings import BrokenRubric

log = get_plugin_logger("stagebook")


def root_of(config: MkDocsConfig) -> Path:
    """Return the folder of `mkdocs.yml`; if it came from standard input, the working directory."""
    return Path(config.config_file_path or "mkdocs.yml").parent


def read_rubrics(config: MkDocsConfig, names: Sequence[str]) -> list[Reading]:
    """Return the rubrics of files or patterns, and watch them and what they extend for changes."""
    try:
        paths = find_rubrics(root_of(config), names)
    except (OSError, ValueError) as error:
        raise BrokenRubric(f"stagebook: rubrics: {error}") from error
    readings = [check(path, shown_path(path)) for path in paths]
    bases = [path for reading in readings for path in reading.files.values()]
    # Watch the folders too, so that a rubric added while the server runs appears.
    for path in dict.fromkeys([*paths, *bases, *(path.parent for path in paths)]):
        if str(path) not in config.watch:
            config.watch.append(str(path))
    if not readings:
        listed = ", ".join(map(repr, names))
        message = f"no rubric matches {listed}" if listed else "the list of rubrics is empty"
        raise BrokenRubric(f"stagebook: {message}")
    return readings


def find_good_editions(readings: Iterable[Reading], language: str) -> dict[str, Edition]:
    """Return the editions of rubrics by their homes; raises BrokenRubric if one has errors.

    Warnings are logged. `language` is that of the site.
    """
    readings = list(readings)
    findings = [finding for reading in readings for finding in reading.findings]
    for finding in findings:
        if finding.level == "warning":
            log.warning("%s", finding)
    if has_errors(findings):
        raise BrokenRubric.of(finding for finding in findings if finding.level == "error")
    try:
        return {edition.home: edition for edition in find_editions(readings, language)}
    except RubricError as error:
        raise BrokenRubric.of(error.findings) from error
