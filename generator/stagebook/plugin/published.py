"""What is published beside the pages of a site."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import write_file

from ..site.publishing.app import WORKER, site_worker, worker
from ..site.publishing.publication import Publication, PublishOptions, SiteFacts
from .options import PublishConfig


def has_worker(publish: PublishConfig, *, serving: bool) -> bool:
    """Return whether browsers keep the site; nobody who edits wants to see an earlier version."""
    return bool(publish.service_worker) and not serving


def publication_of(config: MkDocsConfig, publish: PublishConfig, *, serving: bool) -> Publication:
    """Return what is published of a site, by the options of the plugin."""
    # A server writes a script into each page that it serves, which no policy knows; and nobody
    # waits for what other programs read.
    policy, llms = (wanted and not serving for wanted in (publish.policy, publish.llms))
    worker = has_worker(publish, serving=serving)
    return Publication(
        PublishOptions(
            llms, publish.headers, policy, publish.open_graph, publish.social_image, worker
        ),
        SiteFacts(config.site_name, config.site_description or "", address_of(config)),
    )


def address_of(config: MkDocsConfig) -> str:
    """Return the address of a site with a slash at its end, or nothing where it is not known.

    MkDocs adds the slash to what is in the configuration, but not to what a plugin or a hook sets.
    """
    found = config.site_url or ""
    return found if not found or found.endswith("/") else f"{found}/"


def write_policy(site: Path, publication: Publication) -> None:
    """Write the policy into all pages, when it is known."""
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    finished = publication.with_policy(list(pages.values()))
    for (path, html), new in zip(pages.items(), finished, strict=True):
        if new != html:
            write_file(new.encode(), str(path))


def write_worker(site: Path, *, is_wanted: bool) -> None:
    """Write the service worker of a site, or one that takes back what an earlier one has kept."""
    made = worker(None)
    if is_wanted:
        files = [path for path in site.rglob("*") if path.is_file()]
        sizes = {path.relative_to(site).as_posix(): path.stat().st_size for path in files}
        made = site_worker(sizes, lambda path: (site / path).read_bytes())
    write_file(made.encode(), str(site / WORKER))
