"""What is published beside the pages of one build, and what their heads say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .head import with_open_graph
from .headers import FILE, headers
from .llms import INDEX, Entry, index, markdown_path, read_page
from .policy import PLACE, Policy, with_place, with_policy


class PublishOptions(NamedTuple):
    """What a site wants; each can be switched off."""

    llms: bool = True
    """`llms.txt`, and each page as Markdown beside it."""
    headers: bool = True
    """`_headers` for hosts that read it."""
    policy: bool = False
    """A Content-Security-Policy on every page."""
    open_graph: bool = True
    """OpenGraph elements on generated pages."""
    social_image: bool = False
    """A picture of each rubric that programs show beside links to its pages."""
    service_worker: bool = False
    """A worker that keeps the site in browsers; without, one that takes an earlier one back."""


class SiteFacts(NamedTuple):
    """What the site says of itself; the address is empty if it is not known."""

    name: str
    description: str = ""
    address: str = ""


class PageFacts(NamedTuple):
    """A generated page: its address from the root; title and description are escaped."""

    address: str
    title: str
    description: str = ""
    image: str = ""
    """The path of its picture."""


class Publication:
    """Collects what the pages of one build contain."""

    def __init__(self, options: PublishOptions, site: SiteFacts) -> None:
        """Start without pages."""
        self.options, self.site = options, site
        self.pages: dict[str, tuple[str, bytes]] = {}
        self.finished: set[str] = set()
        self.read: dict[str, tuple[str, Entry]] = {}
        self.policy = Policy()

    def add_page(self, section: str, source: bytes, address: str) -> None:
        """Add a generated page, as Stagebook writes it, to a section of the index."""
        self.pages[address] = (section, source)

    def readable(self, address: str) -> tuple[str, Entry]:
        """Return a generated page as Markdown for people, and its entry; each is read once."""
        if address not in self.read:
            self.read[address] = read_page(self.pages[address][1].decode(), address)
        return self.read[address]

    def finish_page(self, html: str, page: PageFacts | None = None) -> str:
        """Return a page as it is written, with a place for the policy if there is to be one."""
        if page is not None:
            self.finished.add(page.address)
        if page is not None and self.options.open_graph:
            base = self.site.address
            html = with_open_graph(
                html,
                title=page.title,
                description=page.description,
                site=self.site.name,
                address=f"{base}{page.address}" if base else "",
                image=f"{base}{page.image}" if base and page.image else "",
            )
        if self.options.policy:
            html = with_place(html)
            self.policy.add(html)
        return html

    def with_policy(self, pages: Sequence[str]) -> list[str]:
        """Return all HTML of the site with the policy where there is a place for it.

        HTML that was copied as it is, such as the single file, has none; `_headers` allows it too.
        """
        for html in pages:
            if PLACE not in html:
                self.policy.add(html)
        policy = str(self.policy)
        return [with_policy(html, policy) for html in pages]

    def files(self, present: Iterable[str]) -> dict[str, str]:
        """Return all files to write beside the pages; `present` are the paths that the site has.

        A file that the site has already is left as it is.
        """
        present = set(present)
        made: dict[str, str] = {}
        if self.options.llms:
            sections: dict[str, list[Entry]] = {}
            for address, (section, _) in self.pages.items():
                if address not in self.finished:
                    continue  # The site leaves it out.
                made[markdown_path(address)], entry = self.readable(address)
                sections.setdefault(section, []).append(entry)
            made[INDEX] = index(self.site.name, self.site.description, sections, self.site.address)
        if self.options.headers:
            policy = str(self.policy) if self.options.policy else ""
            made[FILE] = headers(policy, present)
        return {path: text for path, text in made.items() if path not in present}
