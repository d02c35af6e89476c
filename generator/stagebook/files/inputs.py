"""Find and read many files of assessments: in folders, by patterns, compressed, or elsewhere."""

from __future__ import annotations

import bz2
import glob
import gzip
import lzma
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from .assessments import (
    STDIN,
    AssessmentText,
    has_lines,
    read_assessments,
    refused_text,
    split_texts,
)
from .refusals import reason

ENDINGS = (".json", ".jsonl")


class Input(NamedTuple):
    """A file to read; `size` is that of the stored file in bytes, 0 if it is not known."""

    name: str
    size: int
    open: Callable[[], IO[bytes]] | None


class Read(NamedTuple):
    """An assessment, and how many bytes of all inputs have been read."""

    said: AssessmentText
    done: int


def find_inputs(patterns: Iterable[str]) -> Iterator[Input]:
    """Yield the files that paths, folders, patterns and addresses name, each folder in order.

    A file that is named twice, also by different paths, is read once. An address, such as
    `s3://bucket/*.jsonl.zst`, is read with `fsspec`. A folder's files end with `.json` or `.jsonl`,
    and may be compressed. What is missing is found when it is read.
    """
    seen: set[str] = set()
    for one in _find(patterns):
        path = one.name.removeprefix("file://")
        name = path if one.open is None or "://" in path else os.path.realpath(path)
        if name not in seen:
            seen.add(name)
            yield one


def _find(patterns: Iterable[str]) -> Iterator[Input]:
    for pattern in patterns:
        if "://" in pattern:
            yield from _remote_inputs(pattern)
        elif pattern == str(STDIN):
            yield Input(pattern, 0, None)
        elif Path(pattern).is_dir():
            yield from (
                _local_input(Path(pattern, name))
                for name in sorted(os.listdir(pattern))  # noqa: PTH208
                if is_assessments(name)
            )
        elif glob.has_magic(pattern) and not Path(pattern).exists():
            found = [
                name
                for name in sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
                if not Path(name).is_dir()
            ]
            yield from (_local_input(Path(name)) for name in found or [pattern])
        else:
            yield _local_input(Path(pattern))


def is_assessments(name: str) -> bool:
    """Return whether a folder's file is read: by its ending, and not if it begins with a dot."""
    return _plain_name(name).endswith(ENDINGS) and not name.startswith(".")


def _plain_name(name: str) -> str:
    """Return a name in lower case, without the ending of a compressed file."""
    stem, ending = os.path.splitext(name.lower())  # noqa: PTH122 (a name of an address, too)
    return stem if ending in COMPRESSED else name.lower()


def _local_input(path: Path) -> Input:
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return Input(str(path), size, lambda: path.open("rb"))


def _remote_inputs(address: str) -> Iterator[Input]:
    import fsspec

    system, path = fsspec.core.url_to_fs(address)
    if glob.has_magic(path):
        found = system.glob(path, detail=True)
        names = sorted(name for name, about in found.items() if about["type"] != "directory")
    elif system.isdir(path):
        names = sorted(one for one in system.ls(path, detail=False) if is_assessments(_last(one)))
    else:
        names = [path]
    for name in names:
        shown = system.unstrip_protocol(name)
        size = (system.size(name) or 0) if system.exists(name) else 0
        yield Input(shown, size, lambda name=name: system.open(name, "rb"))  # type: ignore[misc]


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _zstd(file: IO[bytes]) -> IO[bytes]:
    import pyarrow as pa

    stream = pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd")
    return cast("IO[bytes]", BufferedReader(stream))


COMPRESSED: dict[str, Callable[[Any], Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
    ".zst": _zstd,
}
"""How to read compressed files, by their ending."""


def read_inputs(inputs: Iterable[Input]) -> Iterator[Read]:
    """Yield the assessments of files, one at a time; a file that cannot be read is a finding."""
    before = 0
    for one in inputs:
        if one.open is None:
            yield from (Read(said, before) for said in read_assessments(STDIN))
            continue
        try:
            with one.open() as raw:
                for said in _texts(one.name, raw):
                    yield Read(said, before + _place(raw))
        except (OSError, ValueError, EOFError, lzma.LZMAError, zlib.error) as error:
            said = refused_text(one.name, "unreadable", _why(one.name, error))
            yield Read(said, before + one.size)
        before += one.size


def _texts(name: str, raw: IO[bytes]) -> Iterator[AssessmentText]:
    opener = COMPRESSED.get(os.path.splitext(name.lower())[1])  # noqa: PTH122
    stream = opener(raw) if opener else raw
    with TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="\n") as file:
        yield from split_texts(file, name, 0, has_lines(_plain_name(name)))


def _place(raw: IO[bytes]) -> int:
    return 0 if raw.closed else raw.tell()


def _why(name: str, error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return reason(Path(name), error)
    return str(error) or type(error).__name__
