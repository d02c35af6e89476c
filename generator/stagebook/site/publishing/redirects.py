"""Small pages at the addresses that records had under earlier ids."""

from __future__ import annotations

from collections.abc import Iterator

from ...diagnostics import Path
from ...rubric.model import Rubric
from ..addresses import Site, address, url_of
from ..rendering import render_file
from ..single import fingerprint

SCRIPT = (
    'location.replace(document.querySelector("link[rel=canonical]").href'
    "+location.search+location.hash)"
)
"""Goes to the new address as the refresh does, and takes along what follows `?` and `#`."""
_PAGES = ("stages", "groups", "dimensions", "remediations")
"""The collections whose records have a page each."""


def redirects(rubric: Rubric, site: Site) -> Iterator[tuple[str, bytes, Path]]:
    """Yield path, content and origin of a page for each earlier id of a record that has a page."""
    folder = site.folder(rubric.id)
    for collection in _PAGES:
        entries = getattr(rubric, collection)
        for id_, entry in entries.items():
            for number, alias in enumerate(entry.aliases):
                page = f"{folder}/{collection}/{alias}.md"
                if alias not in entries and page != f"{folder}/remediations/index.md":
                    target = address(site, page, f"{folder}/{collection}/{id_}.md")
                    path = url_of(page, site.directory_urls)
                    path += "index.html" if path.endswith("/") else ""
                    content = _page(rubric, entry.title, target).encode()
                    yield path, content, (collection, id_, "aliases", number)


def _page(rubric: Rubric, title: str, target: str) -> str:
    context = {"title": title, "target": target, "script": SCRIPT}
    policy = f"default-src 'none'; script-src {fingerprint(SCRIPT)}"
    return render_file("redirect.html.jinja", rubric, policy=policy, **context)
