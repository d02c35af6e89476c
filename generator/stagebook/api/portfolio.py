"""The figures of a portfolio for a block in an author's page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..rubric.model import Rubric


class PortfolioReader:
    """Reads the tables that blocks name, by their path from a folder; each only once."""

    def __init__(self, root: Path) -> None:
        """Keep the folder."""
        self.root = root
        self.read: dict[tuple[str, str, str, int], dict[str, Any] | str] = {}

    def __call__(self, rubric: Rubric, tables: str, hide_below: int) -> dict[str, Any] | str:
        """Return what a template needs to show the figures, or why they cannot be read."""
        # Translations of a rubric have its id.
        key = (rubric.id, rubric.language, tables, hide_below)
        if key not in self.read:
            self.read[key] = self._read(rubric, tables, hide_below)
        return self.read[key]

    def _read(self, rubric: Rubric, tables: str, hide_below: int) -> dict[str, Any] | str:
        try:
            # These need an extra that a site without such a block does not.
            from ..portfolio.figures import Teller
            from ..portfolio.hiding import hide_small
            from ..portfolio.query import QueryError, open_tables
            from ..portfolio.report import report_context
            from ..portfolio.store import read_manifest
        except ImportError as error:
            return f"{error.name} is not installed: pip install 'stagebook[portfolio]'"
        folder = self.root / tables
        try:
            named = read_manifest(folder)["rubric"]["id"]
        except (OSError, ValueError):
            return f"{tables} is not the folder of a portfolio"
        if named != rubric.id:
            return f"{tables} is a portfolio of the rubric {named!r}"
        try:
            with open_tables(folder) as opened:
                figures = hide_small(Teller(rubric, opened).figures(), hide_below)
        except QueryError as error:
            return str(error).partition("\n")[0].replace(str(folder), tables)
        return report_context(rubric, figures, hide_below)
