"""The disk: rubrics are read from it, whole trees are put on it."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from .diagnostics import CODES, Diagnostic, RubricError
from .reading import Reading, read_rubric

MAX_BYTES = 16_000_000
"""Size of a rubric: three times one of 100,000 lines."""

MARK = ".stagebook"
"""The file that marks a folder as written by Stagebook, so that it may be replaced."""


class OutputRefused(Exception):
    """The output would replace something that Stagebook has not written."""


def find_rubrics(root: Path, patterns: Iterable[str]) -> list[Path]:
    """Return the files that the patterns name, each once, in the order of the patterns.

    A name without wildcards is returned whether it exists or not: that it does not is a finding.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        wild = any(character in pattern for character in "*?[")
        matches = sorted(root.glob(pattern)) if wild else [root / pattern]
        found |= dict.fromkeys(matches)
    return list(found)


def load_rubric(path: Path) -> Reading:
    """Read a rubric from a file; what is wrong with the file is a finding like any other."""
    try:
        text = read_text(path)
    except RubricError as error:
        return Reading(read_rubric("", str(path)).source, None, error.findings)
    return read_rubric(text, str(path))


def read_text(path: Path, limit: int = MAX_BYTES) -> str:
    """Return the text of a file; raises RubricError where it has none that can be read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a directory" if stat.S_ISDIR(status.st_mode) else "no regular file"
            raise _refusal(path, "unreadable", f"this is {kind}")
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        dangling = path.is_symlink() and not path.exists()
        reason = "a link that leads nowhere" if dangling else error.strerror or "unreadable"
        raise _refusal(path, "unreadable", reason) from error
    if len(content) > limit:
        message = f"the file is larger than {limit // 1_000_000} MB"
        raise _refusal(path, "too-large", message)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        message = f"byte 0x{content[error.start]:02X} is no UTF-8: save the file as UTF-8"
        raise _refusal(path, "not-utf-8", message, line + 1, column + 1) from error


def _refusal(path: Path, code: str, message: str, line: int = 1, column: int = 1) -> RubricError:
    finding = Diagnostic(str(path), line, column, CODES[code], code, message)
    return RubricError([finding])


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by their path in it, hidden ones left out."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            found["/".join(parts)] = path.read_bytes()
    return found


def write_file(path: Path, content: bytes) -> None:
    """Write one file: whole, or not at all."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_tree(files: Mapping[str, bytes], out: Path) -> None:
    """Write a tree of files: into a temporary place first, which then takes the folder's place.

    Raises OutputRefused where the folder holds anything that was not written by this function.
    """
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise OutputRefused(f"{out} is no folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise OutputRefused(f"{out} is not empty and was not written by Stagebook")
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    try:
        for name, content in {**files, MARK: b""}.items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        temporary.chmod(0o777 & ~_umask())
        if out.is_dir():
            previous = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
            out.replace(previous / "old")
            temporary.replace(out)
            shutil.rmtree(previous)
        else:
            temporary.replace(out)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
