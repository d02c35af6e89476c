"""The rubrics that come with Stagebook, found by name."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDERS = (_PACKAGE / "rubrics", _PACKAGE.parent.parent / "rubrics")
"""In an installed wheel, inside the package; in the repository, at its root: see pyproject.toml."""


def names() -> list[str]:
    """Return the names of the shipped rubrics, sorted; a name is the id of its rubric."""
    return sorted(_files())


def path(name: str) -> Path | None:
    """Return the file of the shipped rubric of that name, or None if there is none."""
    return _files().get(name)


def _files() -> dict[str, Path]:
    folder = next((one for one in _FOLDERS if one.is_dir()), _FOLDERS[0])
    return {file.stem: file for file in folder.rglob("*.yml")}
