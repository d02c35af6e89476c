"""Leave files of a site as they are that a build would write with the same content again.

MkDocs empties the folder of a site before it writes everything anew. On a large site, that takes
longer than to make the few pages that have changed, and whatever copies the site to a host finds a
new time on every file. Instead, files that are about to be written stay until it is known what
they must contain, and all others are removed before the first one is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs import utils
from mkdocs.structure.files import File


class GeneratedFile(File):
    """A file that is in memory, and is written by the function that writes pages."""

    def copy_file(self, dirty: bool = False) -> None:
        """Write the file."""
        utils.write_file(self.content_bytes, self.abs_dest_path)


class StandingFiles:
    """The files of one build that an earlier one has left, and how MkDocs writes meanwhile."""

    def __init__(self) -> None:
        """Start outside a build."""
        self.files: set[str] = set()
        """Paths that nothing has been written to yet."""
        self.is_left = False
        """Whether MkDocs has left the folder as it was."""
        self.replaced: dict[str, Callable[..., Any]] = {}
        """The functions of MkDocs, by name."""

    def begin(self, site: Path) -> None:
        """Let MkDocs leave the folder of the site as it is, and write only what differs."""
        self.end()
        clean, copy = utils.clean_directory, utils.copy_file

        def clean_directory(directory: str) -> None:
            if Path(directory) == site:
                self.is_left = True
            else:
                clean(directory)

        def copy_file(source_path: str, output_path: str) -> None:
            if not self._has(output_path, lambda: Path(source_path).read_bytes()):
                copy(source_path, output_path)

        own = {"clean_directory": clean_directory, "copy_file": copy_file, "write_file": self.write}
        for name, function in own.items():
            self.replaced[name] = getattr(utils, name)
            setattr(utils, name, function)

    def keep_only(self, site: Path, expected: Collection[str]) -> None:
        """Remove all files but those that are expected to be written, and folders without any.

        As MkDocs does, leave files and folders in the root whose names begin with a dot.
        """
        if not self.is_left or not site.is_dir():
            return
        with os.scandir(site) as entries:
            for entry in entries:
                if not entry.name.startswith("."):
                    self._sort_out(entry, expected)

    def _sort_out(self, entry: os.DirEntry[str], expected: Collection[str]) -> bool:
        """Remove a file, or what is in a folder; return whether anything of it stays."""
        if not entry.is_dir(follow_symlinks=False):
            if entry.path in expected and entry.is_file(follow_symlinks=False):
                self.files.add(entry.path)
                return True
            Path(entry.path).unlink(missing_ok=True)
            return False
        with suppress(OSError):  # Another build may write to the same folder.
            with os.scandir(entry.path) as below:
                stays = [self._sort_out(one, expected) for one in below]
            if not any(stays):
                Path(entry.path).rmdir()
                return False
        return True

    def write(self, content: bytes, output_path: str) -> None:
        """Write a file, unless it has this content already."""
        if not self._has(output_path, lambda: content):
            self.replaced.get("write_file", utils.write_file)(content, output_path)

    def _has(self, output_path: str, content: Callable[[], bytes]) -> bool:
        """Return whether an earlier build has left a file with this content; remove another."""
        path = os.path.normpath(output_path)
        if path not in self.files:
            return False
        self.files.remove(path)
        wanted, file = content(), Path(path)
        with suppress(FileNotFoundError):
            if file.stat().st_size == len(wanted) and file.read_bytes() == wanted:
                return True
        # Somebody may hold the same file under another name, which keeps its content.
        file.unlink(missing_ok=True)
        return False

    def finish(self) -> None:
        """Remove what was expected and has not been written."""
        for path in self.files:
            Path(path).unlink(missing_ok=True)
            with suppress(OSError):  # The folder may hold other files.
                Path(path).parent.rmdir()
        self.end()

    def end(self) -> None:
        """Give MkDocs its functions back, and leave the rest of the folder as it is."""
        for name, function in self.replaced.items():
            setattr(utils, name, function)
        self.replaced, self.files, self.is_left = {}, set(), False
