"""Read the files of a published model that somebody downloaded."""

from __future__ import annotations

from pathlib import Path

from ..diagnostics import CODES, Diagnostic, RubricError
from .rubrics import read_text

MAX_FILES = 2_000
"""The most files of a model: SAMM has about 300."""
ENDINGS = (".yml", ".yaml")


def read_model(path: Path) -> dict[str, str]:
    """Return the texts of a file, or of the YAML files below a folder by their path in it.

    Raises RubricError if one cannot be read or there are none.
    """
    if path.is_file():
        return {path.name: read_text(path)}
    found = sorted(
        one
        for one in path.rglob("*")
        if one.suffix in ENDINGS and one.is_file() and not one.is_symlink()
    )
    if not found or len(found) > MAX_FILES:
        count = f"more than {MAX_FILES:,}" if found else "no"
        message = f"the folder has {count} .yml or .yaml files"
        code = "too-large" if found else "unreadable"
        raise RubricError([Diagnostic(str(path), 1, 1, CODES[code], code, message)])
    return {one.relative_to(path).as_posix(): read_text(one) for one in found}
