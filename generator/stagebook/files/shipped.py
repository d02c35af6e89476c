"""The rubrics that ship with Stagebook, by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
FOLDERS = (PACKAGE / "rubrics", PACKAGE.parents[1] / "rubrics")
"""Where they are: in an installed package, and in the repository, which has the only copy."""
SHOWN = "stagebook/rubrics"
"""How findings name the folder: the same on every machine."""


@cache
def shipped_rubrics() -> dict[str, Path]:
    """Return the files of the shipped rubrics by name, such as `ai-product`."""
    folder = next((one for one in FOLDERS if one.is_dir()), None)
    return {path.stem: path for path in sorted(folder.rglob("*.yml"))} if folder else {}


def shipped_path(name: str | Path) -> Path | None:
    """Return the file of a shipped rubric, unless a file of that name exists; or None."""
    path = shipped_rubrics().get(str(name))
    return None if path is None or Path(name).exists() else path


def shown_shipped(path: Path) -> str:
    """Return how findings name the file of a shipped rubric."""
    folder = next(one for one in FOLDERS if path.is_relative_to(one))
    return f"{SHOWN}/{path.relative_to(folder).as_posix()}"


def is_shipped(path: Path) -> bool:
    """Return whether a file came with an installed package, and not from a repository."""
    return path.is_relative_to(FOLDERS[0])
