"""Keep what a build has made on disk, so that the next one need not make it again.

An entry is found by a key that says everything that decides it, so it is never stale. The folder
may be deleted at any time. Entries are written beside their place and moved there, each begins with
a checksum, and what cannot be read counts as missing: several builds may use it at once, and one
that is killed leaves nothing behind that another would believe.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = "STAGEBOOK_CACHE_DIR"
"""The variable that names another folder; none if it is empty."""
MAX_BYTES, MAX_AGE = 400_000_000, 30 * 24 * 60 * 60
"""How much the folder holds at most, and for how many seconds what is not used is kept."""
_DIGEST = 20
_BEGUN, _HOUR = "new-", 60 * 60
_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would change line ends."""
_LIBRARIES = ("jinja2", "markdown", "markdown-it-py", "markupsafe", "mkdocs", "mkdocs-material")
_EXTENSIONS = "pymdown-extensions"


class Entry(NamedTuple):
    """What is kept: small values of any kind, and one long text as bytes."""

    values: Any
    text: bytes = b""


def key_of(*parts: Any) -> str:
    """Return a key that says all parts, which are values of JSON; what is not has its name."""
    text = json.dumps(parts, default=_named, sort_keys=True, ensure_ascii=False)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()


def _named(value: Any) -> Any:
    if isinstance(value, bytes):
        return blake2b(value, digest_size=_DIGEST).hexdigest()
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    with suppress(TypeError, ValueError):
        return dict(value)
    # An address in memory makes a key that is never found again, and so never wrong.
    return repr(value)


def code_key() -> str:
    """Return a key that says which code makes pages: Stagebook's own, and that of others."""
    package = Path(__file__).parent.parent
    files = []
    for folder, names, found in os.walk(package):
        names[:] = [name for name in names if name != "__pycache__"]
        for name in found:
            status = Path(folder, name).stat()
            files.append((folder, name, status.st_size, status.st_mtime_ns))
    versions = [version(name) for name in _LIBRARIES]
    with suppress(ImportError):
        versions.append(version(_EXTENSIONS))
    return key_of(sorted(files), versions, sys.version)


class Cache:
    """A folder of entries; without a folder, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        """Use a folder that exists."""
        self.folder = folder

    def get(self, key: str) -> Entry | None:
        """Return an entry, or nothing if there is none that can be read."""
        if self.folder is None:
            return None
        path = self.folder / key[:2] / key
        try:
            content = path.read_bytes()
            # No more copies than must be: an entry may be as long as a model.
            start = content.index(b"\n") + 1
            if _checksum(memoryview(content)[start:]) != content[: start - 1]:
                return None
            end = content.index(b"\n", start)
            entry = Entry(json.loads(content[start:end]), content[end + 1 :])
        except (OSError, ValueError):
            return None
        with suppress(OSError):
            os.utime(path)  # So that it is not the next to be removed.
        return entry

    def has(self, key: str) -> bool:
        """Return whether there is an entry, which may turn out to be damaged."""
        return self.folder is not None and (self.folder / key[:2] / key).is_file()

    def put(self, key: str, entry: Entry) -> None:
        """Keep an entry, if the disk can."""
        if self.folder is None:
            return
        values = json.dumps(entry.values, ensure_ascii=False).encode()
        parts = values, b"\n", entry.text
        with suppress(OSError):
            place = self.folder / key[:2]
            place.mkdir(mode=stat.S_IRWXU, exist_ok=True)
            # A name of this process that no other has: cheaper than to try until one is free.
            begun = place / f"{_BEGUN}{key}-{os.getpid()}-{time.monotonic_ns()}"
            try:
                handle = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.writelines((_checksum(*parts), b"\n", *parts))
                begun.replace(place / key)
            except BaseException:
                begun.unlink(missing_ok=True)
                raise

    def trim(self, most: int = MAX_BYTES, age: float = MAX_AGE) -> None:
        """Remove what has not been used for long, then what was used longest ago.

        What a build that was killed has begun to write is removed after an hour.
        """
        if self.folder is None:
            return
        entries = sorted(self._statuses(), reverse=True)
        held, now = 0, time.time()
        for used, size, path in entries:
            held += size
            begun = Path(path).name.startswith(_BEGUN) and now - used > _HOUR
            if held > most or now - used > age or begun:
                with suppress(OSError):
                    Path(path).unlink()

    def _statuses(self) -> Iterable[tuple[float, int, str]]:
        assert self.folder is not None
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with suppress(OSError):
                    status = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118
                    yield status.st_mtime, status.st_size, os.path.join(folder, name)  # noqa: PTH118


def _checksum(*parts: bytes | memoryview) -> bytes:
    made = blake2b(digest_size=_DIGEST)
    for part in parts:
        made.update(part)
    return made.hexdigest().encode()


def open_cache() -> Cache:
    """Return the cache of this user; without a folder where only this user can write one."""
    try:
        named = os.environ.get(FOLDER)
        if named == "":
            return Cache(None)
        base = os.environ.get("XDG_CACHE_HOME")
        folder = Path(named or Path(base or Path.home() / ".cache", "stagebook"))
        folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
        return Cache(folder if _is_own(folder) else None)
    except (OSError, RuntimeError):
        return Cache(None)


def _is_own(folder: Path) -> bool:
    """Return whether nobody but this user can write into a folder."""
    if not hasattr(os, "getuid"):
        return True  # On Windows, profiles belong to their users.
    status = folder.stat()
    others = stat.S_IWGRP | stat.S_IWOTH
    return status.st_uid == os.getuid() and not status.st_mode & others
