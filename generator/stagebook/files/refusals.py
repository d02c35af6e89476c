"""Messages for files that cannot be read or written."""

from __future__ import annotations

import stat
from pathlib import Path


class OutputRefused(Exception):
    """The output cannot be written, or would replace files that Stagebook has not written."""


def kind_of(mode: int) -> str:
    """Return the kind of a file that is not a regular file."""
    kinds = {
        stat.S_IFDIR: "a directory",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFSOCK: "a socket",
    }
    return kinds.get(stat.S_IFMT(mode), "a special file")


def reason(path: Path, error: OSError | ValueError) -> str:
    """Return why a file cannot be read or written."""
    if isinstance(error, OSError):
        broken = isinstance(error, FileNotFoundError) and path.is_symlink()
        return "broken symlink" if broken else error.strerror or str(error)
    return "not a valid file name"
