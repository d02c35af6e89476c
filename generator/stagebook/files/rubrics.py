"""Find and read rubrics."""

from __future__ import annotations

import glob
import os
import stat
from codecs import BOM_UTF8
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..checks.loader import Reading, read_rubric
from ..diagnostics import CODES, Diagnostic, RubricError, did_you_mean, quoted
from ..overlay.header import Header
from ..overlay.resolving import Base, BaseUnread
from ..rubric.text import decode
from . import shipped
from .outputs import write_file
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
        found |= dict.fromkeys(_rubric_at(root, name) for name in names)
    return list(found)


def _rubric_at(root: Path, name: str) -> Path:
    """Return the file of that name, or else the shipped rubric."""
    path, found = _absolute(root / name), shipped.path(name)
    return path if found is None or path.exists() else found


def _absolute(path: Path) -> Path:
    """Return an absolute path without `..`, as MkDocs does for `docs_dir`."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def shown_path(path: Path) -> str:
    """Return a path for messages: relative to the working directory if it is inside."""
    path, here = _absolute(path), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def load_rubric(path: Path, shown: str | None = None) -> Reading:
    """Read a rubric from a file, and the files that it extends; an unreadable file is a finding.

    A path that does not exist may be the name of a shipped rubric. Findings show the path `shown`,
    or else the path as given.
    """
    name = shown or str(path)
    if (found := shipped.path_unless_file(path)) is not None:
        path, name = found, shown or shipped.shown(found)
    try:
        text = read_text(path, name)
    except RubricError as error:
        return Reading(read_rubric("", name).source, None, error.findings)
    return read_with_bases(text, path, name)


def read_with_bases(
    text: str, path: Path, shown: str, stand_in: tuple[Path, str] | None = None
) -> Reading:
    """Read the text of a rubric as that of a file, and the files that it extends.

    `stand_in` is read in place of the base, whatever the text names.
    """
    bases = _Bases(path, shown, stand_in)
    reading = read_rubric(text, shown, bases.find, os.path.realpath(path))
    return reading._replace(files=bases.files)


class _Bases:
    """The files of a rubric and of what it extends, by how findings name them."""

    def __init__(self, path: Path, shown: str, stand_in: tuple[Path, str] | None = None) -> None:
        self.files = {shown: _absolute(path)}
        self._shown = {os.path.realpath(path): shown}
        self._stand_in = stand_in

    def find(self, header: Header, identity: str) -> Base:
        """Return the base that an overlay names; raises BaseUnread."""
        own = self._shown[identity]
        path, shown = self._locate(header, self.files[own].parent, Path(own).parent)
        self._stand_in = None
        identity = os.path.realpath(path)
        self.files[shown] = _absolute(path)
        self._shown[identity] = shown
        try:
            return Base(identity, shown, read_text(path, shown))
        except RubricError as error:
            message = f"{header.rubric}: {error.findings[0].message}"
            raise BaseUnread(message) from error

    def _locate(self, header: Header, folder: Path, shown: Path) -> tuple[Path, str]:
        if self._stand_in is not None:
            return self._stand_in
        name = header.rubric
        if header.is_file:
            return folder / name, os.path.normpath(shown / name)
        path = shipped.path(name)
        if path is None:
            hint = did_you_mean(name, [*shipped.names(), *_files_in(folder)])
            message = (
                f"no rubric named {quoted(name)} ships with Stagebook; a file is named with its "
                "ending, such as 'base.yml'"
            )
            raise BaseUnread(message, hint)
        return path, shipped.shown(path)


def _files_in(folder: Path) -> list[str]:
    with suppress(OSError):
        return sorted(path.name for path in folder.glob("*.yml"))
    return []


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


def rewrite(path: Path, text: str) -> None:
    """Write the changed text of a file; a byte order mark stays. Raises OutputRefused."""
    with path.open("rb") as file:
        mark = BOM_UTF8 if file.read(len(BOM_UTF8)) == BOM_UTF8 else b""
    write_file(path, mark + text.encode())


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
