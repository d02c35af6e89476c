"""The map of a rubric: its stages, its dimensions, and the gates of one at the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from ..rubric.model import Rubric, Stage


@dataclass(frozen=True)
class Cells:
    """The cells of a rubric; every list is in the order of the rubric."""

    rubric: Rubric
    plain: Rubric | None = None
    """The same rubric, if that one notes what is read of it: lists of ids read no texts."""

    @property
    def _all(self) -> Rubric:
        return self.plain or self.rubric

    @cached_property
    def ladder(self) -> list[str]:
        """Return the ids of the stages from floor to top."""
        return list(self.rubric.ladder)

    @property
    def steps(self) -> list[str]:
        """Return the stages that gates lead to; without a ladder, the stages that gates name."""
        if self.uses_ladder:
            return self.ladder[1:]
        named = {stage for gate in self._all.gates.values() for stage in gate.at}
        return [id_ for id_ in self.ladder if id_ in named]

    @property
    def uses_ladder(self) -> bool:
        """Return whether dimensions are scored as ladders."""
        return self.rubric.scoring.dimension == "ladder"

    def stage(self, id_: str) -> Stage:
        """Return a stage."""
        return self.rubric.stages[id_]

    def says_its_level(self, id_: str) -> bool:
        """Return whether the title of a stage says which one it is, such as `Level 1`."""
        if id_ not in self._saying:
            self._saying[id_] = self.rubric.says_its_level(id_)
        return self._saying[id_]

    @cached_property
    def _saying(self) -> dict[str, bool]:
        return {}

    def level(self, id_: str) -> str:
        """Return the level of a stage, to write before its title: empty if the title says it."""
        return "" if self.says_its_level(id_) else f"{self.stage(id_).level} "

    def next_stage(self, id_: str) -> str | None:
        """Return the stage above, if there is one."""
        place = self.ladder.index(id_) + 1
        return self.ladder[place] if place < len(self.ladder) else None

    def number(self, id_: str) -> int:
        """Return the number of a stage on the colour scale, from 1."""
        return self.ladder.index(id_) + 1

    @cached_property
    def _cells(self) -> dict[tuple[str, str | None], list[str]]:
        cells: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        for id_, gate in self._all.gates.items():
            for stage in gate.at:
                cells[gate.dimension, stage].append(id_)
        return cells

    def cell(self, dimension: str, stage: str | None) -> list[str]:
        """Return the gates of a dimension that count to a stage; some count to others too."""
        return self._cells.get((dimension, stage), [])

    @cached_property
    def counts(self) -> Counter[tuple[str, str | None]]:
        """Return how many gates each stage and each dimension has: `counts["stage", id]`."""
        gates = self._all.gates.values()
        return Counter(
            pair
            for gate in gates
            for pair in (*(("stage", one) for one in gate.at), ("dimension", gate.dimension))
        )

    @cached_property
    def filled_cells(self) -> int:
        """Return how many cells of the map have gates."""
        steps = set(self.steps)
        return len([1 for _, stage in self._cells if stage in steps])

    def first(self, dimension: str, stage: str | None) -> list[str]:
        """Return the gates of a dimension whose first stage this is: each gate has one."""
        gates = self._all.gates
        return [id_ for id_ in self.cell(dimension, stage) if gates[id_].at[0] == stage]

    def gates_of(self, dimension: str) -> list[str]:
        """Return the gates of a dimension in the order of its page."""
        stages = (None, *self.ladder)
        return [id_ for stage in stages for id_ in self.first(dimension, stage)]

    def gates_to(self, stage: str | None) -> list[str]:
        """Return the gates that lead to a stage, over all dimensions in their order."""
        return [id_ for dimension in self.rubric.dimensions for id_ in self.cell(dimension, stage)]

    @cached_property
    def grouped(self) -> list[tuple[str | None, list[str]]]:
        """Return the dimensions of each group, in its order; those without a group come last."""
        members: dict[str | None, list[str]] = {id_: [] for id_ in (*self.rubric.groups, None)}
        for id_, dimension in self.rubric.dimensions.items():
            members[dimension.group if dimension.group in members else None].append(id_)
        return [(group, ids) for group, ids in members.items() if ids]

    def cells_of(self, stage: str) -> list[tuple[str | None, list[str]]]:
        """Return for each group its dimensions with gates at a stage, or with a text for it."""
        dimensions = self.rubric.dimensions
        cells = [
            (group, [id_ for id_ in ids if self.cell(id_, stage) or stage in dimensions[id_].cells])
            for group, ids in self.grouped
        ]
        return [(group, ids) for group, ids in cells if ids]
