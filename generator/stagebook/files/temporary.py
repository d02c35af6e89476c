"""Temporary folders beside what is written, also after runs that were killed."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MAX_AGE = 24 * 60 * 60
"""Seconds after which temporary files count as leftovers if the system has no locks."""

_TEMPORARY = re.compile(r"[a-z0-9_]{8}")  # As `tempfile` names them.


@contextmanager
def temporary_folder(out: Path) -> Iterator[Path]:
    """Create a temporary folder beside an output, and delete those that killed runs left behind.

    The folder is locked while the process runs, so that no other run deletes it.
    """
    prefix = f".{out.name[:40]}.stagebook-"
    _remove_leftovers(out, prefix)
    while True:
        folder = Path(tempfile.mkdtemp(dir=out.parent, prefix=prefix))
        lock = _lock(folder)
        # Another run may have deleted it before it was locked.
        if folder.is_dir():
            break
        _unlock(lock)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _unlock(lock)


def _remove_leftovers(out: Path, prefix: str) -> None:
    with suppress(OSError), os.scandir(out.parent) as entries:
        for entry in entries:
            rest = entry.name.removeprefix(prefix)
            if rest == entry.name or not _TEMPORARY.fullmatch(rest):
                continue
            if entry.is_dir(follow_symlinks=False):
                _remove_leftover(Path(entry.path), out)


def _remove_leftover(folder: Path, out: Path) -> None:
    try:
        lock = _lock(folder, wait=False)
    except OSError:
        return  # Its process is running, or it belongs to another user.
    try:
        if lock is not None or time.time() - folder.stat().st_mtime > MAX_AGE:
            last = max(folder.glob("old*"), default=None)
            if last and not out.exists():
                last.replace(out)  # Its run was killed between the two renames.
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        _unlock(lock)


def _lock(folder: Path, *, wait: bool = True) -> int | None:
    """Lock a folder until this process ends; return None if the system cannot lock folders.

    Raises OSError if another process holds the lock and `wait` is false.
    """
    try:
        import fcntl
    except ImportError:  # Windows.
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EINTR):
            raise
        return None  # Some network file systems have no locks.
    return descriptor


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
