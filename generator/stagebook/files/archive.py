"""Pack a folder into an archive whose bytes depend on nothing but its files."""

from __future__ import annotations

import os
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable that sets the date of files and builds (reproducible-builds.org)."""
_FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest date that the format knows."""
LEFT_OUT = {"sitemap.xml", "sitemap.xml.gz", "404.html", "_headers", "stagebook-worker.js"}
"""What only a server needs."""


def pack_folder(folder: Path, name: str) -> bytes:
    """Return a zip archive of a folder, whose files lie below `name` in it."""
    packed = BytesIO()
    date = _date()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).as_posix()
            if path.is_file() and inside not in LEFT_OUT:
                entry = ZipInfo(f"{name}/{inside}", date)
                entry.external_attr = 0o644 << 16
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    return packed.getvalue()


def _date() -> tuple[int, int, int, int, int, int]:
    try:
        moment = time.gmtime(int(os.environ.get(EPOCH, "")))
    except (ValueError, OverflowError):
        return _FIRST
    return max(_FIRST, (moment[0], moment[1], moment[2], moment[3], moment[4], moment[5]))
