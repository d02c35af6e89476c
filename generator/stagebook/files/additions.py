"""Add files to a folder that may hold others, all or none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from .outputs import errors_name, replace_file
from .refusals import OutputRefused
from .temporary import temporary_folder


def in_the_way(files: Iterable[str], out: Path) -> list[str]:
    """Return which files of a tree cannot be added to a folder without replacing something.

    These are paths that exist, also as broken symlinks, and files where a folder has to be.
    """
    found: dict[str, None] = {}
    for name in files:
        paths = [out / name, *(out / name).parents]
        inside = paths[: paths.index(out)]
        exists = next((path for path in inside if os.path.lexists(path)), None)
        if exists and (exists is inside[0] or not exists.is_dir()):
            found[exists.relative_to(out).as_posix()] = None
    return sorted(found)


def check_additions(files: Iterable[str], out: Path) -> Path:
    """Return the folder with symlinks resolved; raises OutputRefused as `add_files` does."""
    folder = Path(os.path.realpath(out))
    if os.path.lexists(folder) and not folder.is_dir():
        raise OutputRefused(f"{out} is not a directory")
    if standing := in_the_way(files, folder):
        names = ", ".join(standing)
        raise OutputRefused(f"{out} already contains what would be written: {names}")
    return folder


def add_files(
    files: Mapping[str, bytes], out: Path, *, changed: Mapping[str, bytes] | None = None
) -> None:
    """Add files to a folder, all or none; then replace those of `changed`, which exist already.

    A folder that does not exist appears with all its files at once.

    Raises OutputRefused, also if a file to add exists already: nothing else is overwritten.
    """
    with errors_name(out):
        folder = check_additions(files, out)
        if folder.exists():
            _add_or_undo(files, changed or {}, folder)
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        with temporary_folder(folder) as workspace:
            (workspace / "new").mkdir()
            _add_or_undo(files, {}, workspace / "new")
            (workspace / "new").rename(folder)


def _add_or_undo(files: Mapping[str, bytes], changed: Mapping[str, bytes], folder: Path) -> None:
    made: list[Path] = []
    try:
        for name, content in files.items():
            _make_folders((folder / name).parent, made)
            with (folder / name).open("xb") as file:
                made.append(folder / name)
                file.write(content)
        for name, content in changed.items():
            replace_file(folder / name, content)
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):  # Somebody else may use a new folder by now.
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir()
        made.append(path)
