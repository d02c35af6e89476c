"""What makes a site an app: a service worker, a script for its pages, and a manifest a rubric.

The worker keeps the site in the browser, so that it works without a network after the first visit:
https://www.w3.org/TR/service-workers/. The manifest lets readers install the assessment:
https://www.w3.org/TR/appmanifest/.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

from ...i18n import direction_of, page_word
from ...rubric.prose import plain
from ..addresses import ASSETS, Site, address
from ..editions import Edition

WORKER = "stagebook-worker.js"
"""The service worker, in the root of the site, because it serves what lies below it."""
SCRIPT = f"{ASSETS}/app.js"
COLOUR = "#17485a"
"""The colour of the icons."""
MAX_BYTES = 30_000_000
"""The most that a worker keeps, before compression: some 5 MB to load, for 400 pages."""
SEARCH_INDEX = "search/search_index.json"
_ICONS = {"app.svg": "any", "app-192.png": "192x192", "app-512.png": "512x512"}
_WORDS = ("ready", "others", "show", "later")
_KEPT = re.compile(
    r".*\.(?:html|js|css|webmanifest|svg|png|jpe?g|gif|webp|avif|ico|woff2?)|"
    + re.escape(SEARCH_INDEX)
)
_LEFT_OUT = re.compile(
    # Single files and downloads are kept by the reader; what begins with a dot, few hosts serve.
    r"404\.html|[^/]+/(?:assess\.html|badges/.*)|search/search_index\.js|(?:.*/)?\..*|"
    rf"{re.escape(WORKER)}|assets/javascripts/lunr/.*"
)
_LANGUAGES = re.compile(r'\A\{"config":\{[^}]*"lang":\[([^\]]*)\]')


def app_files(editions: Sequence[Edition], site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the script, the icons and the manifests."""
    words = {name: page_word(site.language, f"version-{name}") for name in _WORDS}
    facts = {"rubrics": [edition.home for edition in editions], "words": words}
    yield SCRIPT, _script("stagebookApp", facts, "app.js").encode()
    for name in _ICONS:
        yield f"{ASSETS}/{name}", (_assets() / name).read_bytes()
    for edition in editions:
        made = json.dumps(manifest(edition, site), ensure_ascii=False, indent=2)
        yield f"{edition.home}/app.webmanifest", f"{made}\n".encode()


def manifest(edition: Edition, site: Site) -> dict[str, Any]:
    """Return the manifest of a rubric, which opens its assessment; its scope is the whole site."""
    rubric, here = edition.rubric, f"{edition.home}/app.webmanifest"
    icons = [
        {"src": address(site, here, f"{ASSETS}/{name}"), "sizes": size, "purpose": purpose}
        for name, size in _ICONS.items()
        for purpose in ("any", "maskable")
    ]
    return {
        "name": rubric.title,
        **({"description": plain(rubric.summary)} if rubric.summary else {}),
        "lang": rubric.language,
        "dir": direction_of(rubric.language),
        "start_url": address(site, here, f"{edition.home}/assessment.md"),
        "scope": "../" * len(edition.home.split("/")),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": COLOUR,
        "icons": icons,
    }


def kept_files(sizes: Mapping[str, int], search_index: str = "") -> list[str]:
    """Return the paths that a worker keeps, of all files of a site with their sizes.

    If the site is larger than `MAX_BYTES`, what all pages share comes first, then assessments, and
    the pages that lie highest. `search_index` tells whose stemmers the search loads.
    """
    stemmers = _stemmers(search_index)
    wanted = [
        path
        for path in sizes
        if path in stemmers or (_KEPT.fullmatch(path) and not _LEFT_OUT.fullmatch(path))
    ]
    kept, left = [], MAX_BYTES
    for path in sorted(wanted, key=_rank):
        if sizes[path] <= left:
            kept.append(path)
            left -= sizes[path]
    return sorted(kept)


def site_worker(sizes: Mapping[str, int], read: Callable[[str], bytes]) -> str:
    """Return the service worker of a site as it is written, which keeps what `kept_files` names."""
    head = read(SEARCH_INDEX)[:1000].decode("utf-8", "replace") if SEARCH_INDEX in sizes else ""
    return worker((path, read(path)) for path in kept_files(sizes, head))


def _rank(path: str) -> tuple[bool, bool, int, str]:
    is_page = path.endswith(".html")
    is_quiz = re.search(r"/(?:assessment|quick-check)(?:/index)?\.html$", path) is not None
    return is_page, not is_quiz, path.count("/"), path


def _stemmers(search_index: str) -> set[str]:
    """Return the files that Material's search loads for the languages of its index."""
    found = _LANGUAGES.match(search_index)
    languages = [one for one in re.findall(r'"([\w-]+)"', found[1] if found else "") if one != "en"]
    if not languages:
        return set()
    folder = "assets/javascripts/lunr"
    names = ["stemmer.support", "multi", *languages]
    own = {"ja": "tinyseg.js", "th": "wordcut.js"}
    return {f"{folder}/min/lunr.{name}.min.js" for name in names} | {
        f"{folder}/{own[one]}" for one in languages if one in own
    }


def worker(files: Iterable[tuple[str, bytes]] | None) -> str:
    """Return the worker of a site with these files; without, one that takes an earlier one back."""
    hashes = None
    if files is not None:
        hashes = {path: hashlib.sha256(content).hexdigest()[:16] for path, content in files}
    code = (_assets() / "service-worker.js").read_text("utf-8")
    facts = json.dumps(hashes, ensure_ascii=False) + code
    version = hashlib.sha256(facts.encode()).hexdigest()[:16]
    return _script("stagebookVersion", {"version": version, "files": hashes}, "service-worker.js")


def _script(variable: str, facts: dict[str, Any], name: str) -> str:
    """Return a script of the package behind what the build knows."""
    data = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    for character in ("\u2028", "\u2029"):
        data = data.replace(character, f"\\u{ord(character):04x}")
    return f"globalThis.{variable}={data};\n{(_assets() / name).read_text('utf-8')}"


def _assets() -> Any:
    return resources.files("stagebook") / "assets"
