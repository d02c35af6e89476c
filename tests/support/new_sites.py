"""Running `stagebook new` and `stagebook add-to-site` as users do."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from stagebook.cli import main


def run(*arguments: str | Path, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=answers)


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder by path, hidden ones included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
