"""What MkDocs says of rubrics and pages that have errors."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from ..diagnostics import Diagnostic
from ..files.rubrics import shown_path
from ..rubric.text import place


class BrokenRubric(PluginError):
    """Rubrics, or blocks in pages, have errors; the message lists them."""

    @classmethod
    def of(cls, findings: Iterable[Diagnostic]) -> BrokenRubric:
        """Return an error that lists findings."""
        listed = "\n".join(map(str, sorted(findings)))
        return cls(f"stagebook: the rubrics or pages have errors\n{listed}")


def placed(findings: Iterable[Diagnostic], file: File, markdown: str) -> list[Diagnostic]:
    """Return findings in a page's text with their lines in its file, front matter included."""
    path, skipped = Path(file.src_uri), 0
    if file.abs_src_path:
        path = Path(file.abs_src_path)
        with suppress(OSError, ValueError):
            whole = file.content_string
            # If another plugin has changed the text, its position in the file is unknown.
            if whole.endswith(markdown):
                skipped = place(whole, len(whole) - len(markdown))[0]
    return [
        finding._replace(path=shown_path(path), line=finding.line + skipped) for finding in findings
    ]


def written_in(files: Files) -> list[str]:
    """Return the paths of a site's files that its build writes."""
    return [file.src_uri for file in files if file.inclusion.value > InclusionLevel.DRAFT.value]


def shown_in(files: Files, path: str) -> str:
    """Return how findings name a file of a site."""
    file = files.get_file_from_path(path)
    return shown_path(Path((file and file.abs_src_path) or path))
