"""Write files and trees of files, each completely or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from .refusals import OutputRefused, kind_of, reason

MARK = ".stagebook"
"""The file that marks a folder as written by Stagebook, so that Stagebook may replace it."""
MAX_AGE = 24 * 60 * 60
"""Seconds after which temporary files count as leftovers if the system has no locks."""

MAX_TRIES = 100
"""How often to try to move a tree to its place while other runs write to the same place."""

_TEMPORARY = re.compile(r"[a-z0-9_]{8}")  # As `tempfile` names them.


def write_file(path: Path, content: bytes) -> None:
    """Write one file completely or not at all.

    Symlinks are followed. Pipes and devices are written into, as is the file that standard output
    is redirected to. Raises OutputRefused.
    """
    with _telling(path):
        status = _status(path)
        if status is None or not _write_into(path, status, content):
            _replace_file(Path(os.path.realpath(path)), content)


def check_output(path: Path) -> None:
    """Raise OutputRefused if `write_file` could not write the file, before the work is done."""
    with _telling(path):
        _status(path)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Add the path to errors of the system; a closed pipe is not an error here."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise OutputRefused(f"{path}: {reason(path, error)}") from error


def _status(path: Path) -> os.stat_result | None:
    """Return the status of an existing file at the path, or None; raises OutputRefused."""
    try:
        status = path.stat()
    except FileNotFoundError:
        parent = Path(os.path.realpath(path)).parent if path.is_symlink() else path.parent
        if not parent.is_dir():
            raise OutputRefused(f"{parent} is not a directory") from None
        return None
    if any(test(status.st_mode) for test in (stat.S_ISREG, stat.S_ISFIFO, stat.S_ISCHR)):
        if os.access(path, os.W_OK):
            return status
        raise OutputRefused(f"{path}: {os.strerror(errno.EACCES)}")
    raise OutputRefused(f"{path} is {kind_of(status.st_mode)}, not a file")


def _write_into(path: Path, status: os.stat_result, content: bytes) -> bool:
    """Write into a pipe, a device or standard output; return False for a regular file."""
    for descriptor, stream in ((1, sys.stdout), (2, sys.stderr)):
        with suppress(OSError):  # Standard output may be closed.
            if os.path.samestat(status, os.fstat(descriptor)):
                stream.flush()
                _pour(os.dup(descriptor), content)
                return True
    if stat.S_ISREG(status.st_mode):
        return False
    _pour(os.open(path, os.O_WRONLY), content)
    return True


def _pour(descriptor: int, content: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _replace_file(path: Path, content: bytes) -> None:
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
    with _workspace(path) as folder:
        temporary = folder / "new"
        temporary.write_bytes(content)
        temporary.chmod(mode)
        temporary.replace(path)


def write_tree(files: Mapping[str, bytes], out: Path) -> None:
    """Write a tree of files to a temporary folder, which then replaces the output folder.

    Symlinks are followed. Raises OutputRefused, also if the folder contains files that were not
    written by this function.
    """

    def fill(folder: Path) -> None:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    write_folder(fill, out)


def write_folder(fill: Callable[[Path], None], out: Path) -> None:
    """Let `fill` write into a new folder, which then replaces the output folder as `write_tree`.

    The folder that is there stays readable until then.
    """
    folder = _check_folder(out)
    with _telling(out):
        folder.parent.mkdir(parents=True, exist_ok=True)
        _replace_folder(folder, fill)


def check_folder(out: Path) -> None:
    """Raise OutputRefused if `write_folder` may not replace the folder, before the work is done."""
    _check_folder(out)


def _check_folder(out: Path) -> Path:
    with _telling(out):
        folder = Path(os.path.realpath(out))
        for path in (folder, folder.parent):
            is_folder = True
            # Asked once: another run may be between taking the folder away and putting a new one.
            with suppress(FileNotFoundError, NotADirectoryError):
                is_folder = stat.S_ISDIR(path.stat().st_mode)
            if not is_folder:
                raise OutputRefused(f"{out if path is folder else path} is not a directory")
        if not _is_ours(folder):
            raise OutputRefused(f"{out} is not empty and was not written by Stagebook")
        if folder == Path.cwd() or folder in Path.cwd().parents:
            raise OutputRefused(f"{out} contains the working directory, so it cannot be replaced")
        return folder


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
    with _telling(out):
        folder = check_additions(files, out)
        if folder.exists():
            _add_or_undo(files, changed or {}, folder)
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _workspace(folder) as workspace:
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
            _replace_file(folder / name, content)
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


def _is_ours(folder: Path) -> bool:
    """Return whether a folder may be replaced: it is missing, empty or written by Stagebook."""
    while True:
        try:
            before = folder.stat().st_ino
            names = os.listdir(folder)  # noqa: PTH208 (usually a single system call)
            after = folder.stat().st_ino
        except FileNotFoundError:
            return True
        if before == after:  # Otherwise another run has just replaced the folder.
            return not names or MARK in names


def _replace_folder(out: Path, fill: Callable[[Path], None]) -> None:
    with _workspace(out) as workspace:
        new = workspace / "new"
        new.mkdir()
        fill(new)
        (new / MARK).write_bytes(b"")
        for number in range(MAX_TRIES):
            old = workspace / f"old{number:02}"
            with suppress(FileNotFoundError):
                out.replace(old)
            try:
                new.replace(out)
                return
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    if old.exists():
                        old.replace(out)
                    raise
                # Another run was faster: its tree is now the old one.
        raise OutputRefused(f"{out} could not be replaced: other processes keep writing it")


@contextmanager
def _workspace(out: Path) -> Iterator[Path]:
    """Create a temporary folder beside an output, and delete those that killed runs left behind.

    The folder is locked while the process runs, so that no other run deletes it.
    """
    prefix = f".{out.name[:40]}.stagebook-"
    _sweep(out, prefix)
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


def _sweep(out: Path, prefix: str) -> None:
    with suppress(OSError), os.scandir(out.parent) as entries:
        for entry in entries:
            rest = entry.name.removeprefix(prefix)
            if rest == entry.name or not _TEMPORARY.fullmatch(rest):
                continue
            if entry.is_dir(follow_symlinks=False):
                _remove_if_left_over(Path(entry.path), out)


def _remove_if_left_over(folder: Path, out: Path) -> None:
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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
