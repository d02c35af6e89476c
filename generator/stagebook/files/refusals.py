"""What the system refuses to read or write, in words."""

from __future__ import annotations

import stat
from pathlib import Path


class OutputRefused(Exception):
    """The output would replace what Stagebook has not written, or cannot be written."""


def kind_of(mode: int) -> str:
    """Return what stands where a regular file is expected."""
    kinds = {
        stat.S_IFDIR: "a directory",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFSOCK: "a socket",
    }
    return kinds.get(stat.S_IFMT(mode), "something else")


def reason(path: Path, error: OSError | ValueError) -> str:
    """Return why a file cannot be read or written."""
    if isinstance(error, OSError):
        broken = isinstance(error, FileNotFoundError) and path.is_symlink()
        return "broken symlink" if broken else error.strerror or str(error)
    return "not a valid name of a file"
