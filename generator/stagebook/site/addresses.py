"""Addresses of pages: from the path of a source file to the address in a link."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import NamedTuple

ASSETS = "assets/stagebook"
"""The folder of scripts and styles, from the content root."""

_MARKDOWN = re.compile(r"\.(?:md|markdown|mdown|mkdn|mkd)$")


class Site(NamedTuple):
    """The settings of a site that its pages need."""

    directory_urls: bool = True
    """Whether `a/b.md` becomes `a/b/` or `a/b.html`: MkDocs' `use_directory_urls`."""
    language: str = "en"
    """The language of the pages, from the theme."""
    redirects: bool = True
    """Whether addresses with earlier ids have a page that leads to the present one."""
    service_worker: bool = False
    """Whether browsers keep the site, and readers can install its assessments."""
    social_image: bool = False
    """Whether each rubric has a picture for programs that show links."""
    edition: str = ""
    """The folder of the pages of a translation, such as `de`; those of the original have none."""

    def folder(self, rubric: str) -> str:
        """Return the folder of a rubric's pages: `<id>`, or `de/<id>` for a translation."""
        return f"{self.edition}/{rubric}" if self.edition else rubric

    def script(self, rubric: str) -> str:
        """Return the name of the script with a rubric's data; it has no dot in an id."""
        return f"{rubric}.{self.edition}" if self.edition else rubric


def is_page(path: str) -> bool:
    """Return whether a site engine turns a file into a page."""
    return bool(_MARKDOWN.search(path))


@lru_cache(4096)
def url_of(path: str, directory_urls: bool) -> str:
    """Return the address of a file in the content root, relative to the site's root."""
    stem, count = _MARKDOWN.subn("", path)
    if not count:
        return path
    folder, name = posixpath.split(stem)
    if name in ("index", "README"):
        home = f"{folder}/" if folder else ""
        return home if directory_urls else f"{home}index.html"
    return f"{stem}/" if directory_urls else f"{stem}.html"


def file_of(path: str, directory_urls: bool) -> str:
    """Return the file of the built site that a file in the content root becomes."""
    url = url_of(path, directory_urls)
    return f"{url}index.html" if not url or url.endswith("/") else url


@lru_cache(16_384)
def address(site: Site, page: str, target: str, anchor: str = "") -> str:
    """Return the address of a file, or of an anchor in it, relative to a page.

    `page` and `target` are paths from the content root.
    """
    fragment = f"#{anchor}" if anchor else ""
    if page == target and anchor:
        return fragment
    url = url_of(target, site.directory_urls)
    folder = posixpath.dirname(url_of(page, site.directory_urls))
    relative = posixpath.relpath(f"/{url}", f"/{folder}")
    if url.endswith("/") or not url:
        relative += "/"
    # A colon in the first name would look like a scheme.
    if ":" in relative.split("/", 1)[0]:
        relative = f"./{relative}"
    return relative + fragment


def to_path(site: Site, page: str, href: str) -> str:
    """Return the address, relative to a page, of an author's path from the content root."""
    path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", href, re.DOTALL).groups()  # type: ignore[union-attr]
    target = path if path else "index.md"
    if target.endswith("/"):
        target += "index.md"
    return address(site, page, target) + mark + rest
