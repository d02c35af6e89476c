"""The form of a question, drawn once for all pages that ask it, and kept for the next build."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import islice
from types import MappingProxyType

from markupsafe import Markup

Draw = Callable[[], str]


class Questions:
    """The forms of the questions of one rubric, in the words of its language.

    `before` are those of an earlier build of a rubric that differs in texts only: in the texts of
    the gates `changed`. `made` is what the next build may use.
    """

    def __init__(
        self,
        before: Mapping[str, str] = MappingProxyType({}),
        changed: Collection[str] = (),
    ) -> None:
        """Start with what is there."""
        self.before, self.changed = before, changed
        self.made: dict[str, str] = {}
        self.drawn = 0

    def form(self, key: str, gate: str, draw: Draw) -> Markup:
        """Return the form of a question; `key` tells several of one gate on a page apart."""
        if key not in self.made:
            self.made[key] = self._known(key, gate) or self._draw(draw)
        return Markup(self.made[key])  # noqa: S704 (a template has drawn it)

    def made_after(self, count: int) -> dict[str, str]:
        """Return the forms that were made after the first so many."""
        return dict(islice(self.made.items(), count, None))

    def _known(self, key: str, gate: str) -> str:
        return "" if gate in self.changed else self.before.get(key, "")

    def _draw(self, draw: Draw) -> str:
        self.drawn += 1
        return str(draw())
