"""Write files and trees of files, each completely or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from .refusals import OutputRefused, kind_of, reason
from .temporary import temporary_folder

MARK = ".stagebook"
"""The file that marks a folder as written by Stagebook, so that Stagebook may replace it."""
MAX_TRIES = 100
"""How often to try to move a tree to its place while other runs write to the same place."""


def write_file(path: Path, content: bytes) -> None:
    """Write one file completely or not at all.

    Symlinks are followed. Pipes and devices are written into, as is the file that standard output
    is redirected to. Raises OutputRefused.
    """
    with errors_name(path):
        status = _status(path)
        if status is None or not _write_into(path, status, content):
            replace_file(Path(os.path.realpath(path)), content)


def check_output(path: Path) -> None:
    """Raise OutputRefused if `write_file` could not write the file, before the work is done."""
    with errors_name(path):
        _status(path)


@contextmanager
def errors_name(path: Path) -> Iterator[None]:
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


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file by another with the same permissions, in one step; raises OSError."""
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
    with temporary_folder(path) as folder:
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

    The folder that is there stays readable until then. What `fill` puts beside its new folder is
    deleted afterwards.
    """
    folder = _check_folder(out)
    with errors_name(out):
        folder.parent.mkdir(parents=True, exist_ok=True)
        _replace_folder(folder, fill)


def check_folder(out: Path) -> None:
    """Raise OutputRefused if `write_folder` may not replace the folder, before the work is done."""
    _check_folder(out)


def _check_folder(out: Path) -> Path:
    with errors_name(out):
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
    with temporary_folder(out) as workspace:
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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
