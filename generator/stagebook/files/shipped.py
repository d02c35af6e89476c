"""The rubrics that come with Stagebook, found by name."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDERS = (_PACKAGE / "rubrics", _PACKAGE.parent.parent / "rubrics")
"""In an installed wheel, inside the package; in the repository, at its root: see pyproject.toml."""
SHOWN = "stagebook/rubrics"
"""How findings name the folder: the same on every machine."""
NOT_WRITTEN = "ships with Stagebook and cannot be changed: name a file of your own"


def names() -> list[str]:
    """Return the names of the shipped rubrics, sorted; a name is the id of its rubric."""
    return sorted(_files())


def path(name: str) -> Path | None:
    """Return the file of the shipped rubric of that name, or None if there is none."""
    return _files().get(name)


def path_unless_file(name: Path) -> Path | None:
    """Return the file of the shipped rubric of that name, unless a file has the name; or None."""
    found = None if len(name.parts) > 1 else path(str(name))
    return None if found is None or name.exists() else found


def shown(file: Path) -> str:
    """Return how findings name the file of a shipped rubric."""
    folder = next(one for one in _FOLDERS if file.is_relative_to(one))
    return f"{SHOWN}/{file.relative_to(folder).as_posix()}"


def is_installed(file: Path) -> bool:
    """Return whether a file came with an installed package, and not from a repository."""
    return file.is_relative_to(_FOLDERS[0])


def _files() -> dict[str, Path]:
    folder = next((one for one in _FOLDERS if one.is_dir()), _FOLDERS[0])
    return {file.stem: file for file in folder.rglob("*.yml")}
