"""The files of the repository's root that come with Stagebook: rubrics and a script of the site."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_ROOT = _PACKAGE.parent.parent


def names() -> list[str]:
    """Return the names of the shipped rubrics, sorted; a name is the id of its rubric."""
    return sorted(_rubrics())


def path(name: str) -> Path | None:
    """Return the file of the shipped rubric of that name, or None if there is none."""
    return _rubrics().get(name)


def polyfill() -> bytes:
    """Return the script with which search works in pages that are opened as files."""
    here = _ROOT / "overrides" / "assets" / "javascripts" / "iframe-worker.js"
    return _installed(_PACKAGE / "scaffold" / here.name, here).read_bytes()


def _rubrics() -> dict[str, Path]:
    folder = _installed(_PACKAGE / "rubrics", _ROOT / "rubrics")
    return {file.stem: file for file in folder.rglob("*.yml")}


def _installed(path: Path, source: Path) -> Path:
    """Return where a file is in an installed wheel, or else in the repository: `pyproject.toml`."""
    return path if path.exists() else source
