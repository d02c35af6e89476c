"""Give a site that another engine has built what the plugin gives to one that MkDocs builds."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence

from ...checks.loader import Reading
from ..addresses import Site, url_of
from ..editions import Edition, edition_of, find_editions
from ..tree import SCRIPT as QUIZ_SCRIPT
from ..tree import Page
from .app import SCRIPT, WORKER, app_files, site_worker, worker
from .card import card_path
from .headers import FILE
from .llms import INDEX
from .publication import PageFacts, Publication

_QUIZ = re.compile(rf'<script\s[^>]*?src=("?[^">\s]*?){re.escape(QUIZ_SCRIPT)}("?)[^>]*></script>')


def complete(
    site_files: Mapping[str, bytes],
    tree: Mapping[str, Page],
    content: Collection[str],
    readings: Sequence[Reading],
    publication: Publication,
    site: Site,
) -> dict[str, bytes]:
    """Return the files of a built site that change, and those that it lacks.

    `tree` has the generated pages, `content` the paths of the author's own files, which stay.
    """
    editions = find_editions(readings, site.language)
    facts = _add_pages(tree, content, editions, publication, site)
    pages = {
        path: data.decode("utf-8") for path, data in site_files.items() if path.endswith(".html")
    }
    has_worker = publication.options.service_worker and WORKER not in content
    if has_worker:
        pages = {path: _with_script(html) for path, html in pages.items()}
    for path, html in pages.items():
        pages[path] = publication.finish_page(html, facts.get(path))
    if publication.options.policy:
        finished = publication.with_policy(list(pages.values()))
        pages = dict(zip(pages, finished, strict=True))
    own = {path for path in site_files if not _is_made(path)} | set(content)
    texts = pages | publication.files(own)
    made = {path: text.encode() for path, text in texts.items()}
    if has_worker:
        made |= {path: one for path, one in app_files(editions, site) if path not in own}
    whole = {**site_files, **made}
    if WORKER not in content:
        sizes = {path: len(data) for path, data in whole.items()}
        found = site_worker(sizes, whole.__getitem__) if has_worker else worker(None)
        made[WORKER] = found.encode()
    return {path: data for path, data in made.items() if site_files.get(path) != data}


def _add_pages(
    tree: Mapping[str, Page],
    content: Collection[str],
    editions: Sequence[Edition],
    publication: Publication,
    site: Site,
) -> dict[str, PageFacts]:
    """Tell the publication of the generated pages; return what is known of each, by its file."""
    homes = {edition.home: edition for edition in editions}
    found = {}
    for path, page in tree.items():
        if path.endswith(".md") and path not in content:
            text, address = page.content, url_of(path, site.directory_urls)
            edition = edition_of(path, homes)
            assert edition, path
            publication.add_page(edition.rubric.title, text, address)
            file = address if address.endswith(".html") else f"{address}index.html"
            head = _head(text.decode())
            image = card_path(edition) if card_path(edition) in tree else ""
            title, said = (head.get(key, "") for key in ("title", "description"))
            found[file] = PageFacts(address, title, said, image)
    return found


def _head(page: str) -> dict[str, str]:
    """Return the front matter that `markdown_page` has written."""
    head = page[: page.find("\n---\n", 4)]
    lines = re.findall(r'^(title|description): (".*")$', head, re.MULTILINE)
    return {name: json.loads(value) for name, value in lines}


def _is_made(path: str) -> bool:
    """Whether a file may come from an earlier completion of the same site."""
    return path in (INDEX, FILE, WORKER) or path.endswith(".html.md")


def _with_script(html: str) -> str:
    """Return a page with the script of the app after that of the quiz, which every page has."""
    if SCRIPT in html:
        return html
    return _QUIZ.sub(rf"\g<0><script src=\g<1>{SCRIPT}\g<2>></script>", html, count=1)
