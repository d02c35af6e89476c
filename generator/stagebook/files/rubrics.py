"""Find and read rubrics."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from ..checks.loader import Reading, read_rubric
from ..diagnostics import CODES, Diagnostic, RubricError
from ..rubric.text import decode
from .refusals import kind_of, reason

MAX_BYTES = 16_000_000
"""The largest size of a rubric in bytes: three times a rubric of 100,000 lines."""


def find_rubrics(root: Path, patterns: Iterable[str]) -> list[Path]:
    """Return the files that match the patterns, each once, in the order of the patterns.

    Patterns are relative to `root`, the folder of `mkdocs.yml`, not to the working directory; `*`
    does not match names that begin with a dot. A name without wildcards is returned even if the
    file does not exist, so that reading it gives a finding.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        names = [pattern]
        if glob.has_magic(pattern) and not os.path.lexists(root / pattern):
            # `Path.glob` would match names with a dot and reject absolute patterns.
            names = sorted(glob.glob(pattern, root_dir=root, recursive=True))  # noqa: PTH207
        found |= dict.fromkeys(_absolute(root / name) for name in names)
    return list(found)


def _absolute(path: Path) -> Path:
    """Return an absolute path without `..`, as MkDocs does for `docs_dir`."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def shown_path(path: Path) -> str:
    """Return a path for messages: relative to the working directory if it is inside."""
    path, here = _absolute(path), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def load_rubric(path: Path, shown: str | None = None) -> Reading:
    """Read a rubric from a file; an unreadable file is a finding too.

    Findings show the path `shown`, or else the path as given.
    """
    name = shown or str(path)
    try:
        text = read_text(path, name)
    except RubricError as error:
        return Reading(read_rubric("", name).source, None, error.findings)
    return read_rubric(text, name)


def read_text(path: Path, shown: str | None = None, limit: int = MAX_BYTES) -> str:
    """Return the text of a file; raises RubricError if it cannot be read."""
    return decode(read_bytes(path, shown, limit), shown or str(path))


def read_bytes(path: Path, shown: str | None = None, limit: int = MAX_BYTES) -> bytes:
    """Return the content of a regular file; raises RubricError if it cannot be read."""
    name = shown or str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _refusal(
                name, "unreadable", f"the path is {kind_of(status.st_mode)}, not a regular file"
            )
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except (OSError, ValueError) as error:  # The name may contain NUL.
        raise _refusal(name, "unreadable", reason(path, error)) from error
    if len(content) > limit:
        raise _refusal(name, "too-large", f"the file is larger than {limit // 1_000_000} MB")
    return content


def _refusal(path: str, code: str, message: str) -> RubricError:
    return RubricError([Diagnostic(path, 1, 1, CODES[code], code, message)])


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder and its subfolders by path, without hidden ones."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            found["/".join(parts)] = path.read_bytes()
    return found
