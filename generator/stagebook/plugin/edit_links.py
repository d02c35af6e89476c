"""Edit links: from a page to the place in the rubric that it comes from."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from ..files.shipped import is_installed
from ..site import Page
from ..site.editions import Edition

Origin = tuple[Path, int]
"""The file and the line that a page comes from."""


def find_origins(
    tree: Mapping[str, Page], edition_of: Callable[[str], Edition | None]
) -> dict[str, Origin]:
    """Return where each page comes from, by the path of the page."""
    found = {}
    for path, page in tree.items():
        if edition := edition_of(path):
            reading = edition.reading
            file, line, _ = reading.source.origin(page.origin, key=True)
            # A rubric that came with the package is not in the site's repository.
            if is_installed(reading.files[file]):
                file, line = reading.source.path, 1
            if not is_installed(reading.files[file]):
                found[path] = (reading.files[file], line)
    return found


def edit_uri(origin: Origin | None, docs_dir: str) -> str | None:
    """Return the path of a page's rubric relative to `docs_dir`, for MkDocs' edit links."""
    if origin is None:
        return None
    with suppress(ValueError):  # On Windows, the rubric may be on another drive.
        return Path(os.path.relpath(origin[0], docs_dir)).as_posix()
    return None


def edit_address(address: str, line: int | str) -> str:
    """Return an edit link without `content/../`, and with the line in the rubric."""
    parts = urlsplit(address)
    path, query = map(_without_dots, (parts.path, parts.query))
    return parts._replace(path=path, query=query, fragment=parts.fragment or f"L{line}").geturl()


def _without_dots(address: str) -> str:
    """Return a part of an address without `x/../`."""
    shorter = _PARENT.sub("", address)
    while shorter != address:
        address, shorter = shorter, _PARENT.sub("", shorter)
    return address


_PARENT = re.compile(r"(?<![^/=])(?!\.\./)[^/=?&]+/\.\./")
