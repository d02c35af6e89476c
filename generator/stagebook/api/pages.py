"""Pages of rubrics."""

from __future__ import annotations

from collections.abc import Iterable

from ..checks.loader import Reading
from ..site import Site
from ..site.assembly import merge_trees


def render(
    readings: Reading | Iterable[Reading], *, use_directory_urls: bool = True, language: str = "en"
) -> dict[str, bytes]:
    """Return the pages and files of checked rubrics by their path in the site.

    Pages are Markdown, as the MkDocs plugin hands them to MkDocs. `language` is that of the site
    around them; translations beside their original have their pages in a folder of their language.
    Raises RubricError where a rubric has errors, or two have the same id and language.
    """
    several = [readings] if isinstance(readings, Reading) else list(readings)
    tree = merge_trees(several, Site(use_directory_urls, language))
    return {path: page.content for path, page in tree.items()}
