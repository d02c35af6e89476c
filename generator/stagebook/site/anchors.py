"""The anchors of pages where ids of different records could be the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..rubric.model import Rubric


@dataclass(frozen=True)
class Anchors:
    """The anchors of a rubric's pages; they never change, because links of others name them."""

    rubric: Rubric

    def stage(self, dimension: str, stage: str) -> str:
        """Return the anchor of a stage on a dimension's page; ids of gates take precedence."""
        gate = self.rubric.written_gates.get(stage)
        return f"{stage}--stage" if gate and gate.dimension == dimension else stage

    def topic(self, dimension: str, topic: str) -> str:
        """Return the anchor of a topic there; ids of gates and of stages take precedence."""
        gate = self.rubric.written_gates.get(topic)
        taken = topic in self.rubric.stages or (gate and gate.dimension == dimension)
        return f"{topic}--topic" if taken else topic

    def measure(self, measure: str) -> str:
        """Return the anchor of a measure on the page of protocols, whose ids take precedence."""
        return f"{measure}--measure" if measure in self.rubric.protocols else measure

    @cached_property
    def _versions(self) -> dict[str, str]:
        anchors: dict[str, str] = {}
        for version in self.rubric.changes:
            anchor = f"v{re.sub('[^0-9A-Za-z]+', '-', version)}"
            same = sum(
                re.fullmatch(rf"{anchor}(--\d+)?", one) is not None for one in anchors.values()
            )
            anchors[version] = f"{anchor}--{same + 1}" if same else anchor
        return anchors

    def version(self, version: str) -> str:
        """Return the anchor of a version on the page of changes."""
        return self._versions[version]
