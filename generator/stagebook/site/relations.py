"""Relations between records for pages: what opens, causes, requires and cites what."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from ..i18n import page_word
from ..rubric.model import Basis, Gate, Rubric, Scale, Stage
from ..scoring.planning import order_plays

KEY_GATES = 5
"""The number of gates that a stage page shows first; a longer list would set no priorities."""


@dataclass(frozen=True)
class Relations:
    """The relations of a rubric; every list is in the order of the rubric."""

    rubric: Rubric

    @cached_property
    def ladder(self) -> list[str]:
        """Return the ids of the stages from floor to top."""
        return list(self.rubric.ladder)

    @property
    def steps(self) -> list[str]:
        """Return the stages that gates lead to; without a ladder, the stages that gates name."""
        if self.uses_ladder:
            return self.ladder[1:]
        named = {gate.stage for gate in self.rubric.gates.values()}
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
        stage = self.stage(id_)
        term = page_word(self.rubric.language, "stage", self.rubric.terms.words)
        said = rf"{re.escape(term)}\b|.*\b{stage.level}\b"
        return bool(re.match(said, stage.title, re.IGNORECASE))

    def level(self, id_: str) -> str:
        """Return the level of a stage, to write before its title: empty if the title says it."""
        return "" if self.says_its_level(id_) else f"{self.stage(id_).level} "

    def gate(self, id_: str) -> Gate:
        """Return a gate."""
        return self.rubric.gates[id_]

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
        for id_, gate in self.rubric.gates.items():
            cells[gate.dimension, gate.stage].append(id_)
        return cells

    def cell(self, dimension: str, stage: str | None) -> list[str]:
        """Return the gates of a dimension at a stage."""
        return self._cells.get((dimension, stage), [])

    def gates_to(self, stage: str | None) -> list[str]:
        """Return the gates that lead to a stage, over all dimensions in their order."""
        return [id_ for dimension in self.rubric.dimensions for id_ in self.cell(dimension, stage)]

    def blocking(self, gates: list[str]) -> list[str]:
        """Return the blocking gates among some gates."""
        return [id_ for id_ in gates if self.rubric.gates[id_].blocking]

    @property
    def core_decides(self) -> bool:
        """Return whether only core dimensions decide the overall score."""
        return self.rubric.scoring.rule.only == "core"

    def key_gates(self, stage: str) -> list[str]:
        """Return the few gates to a stage that matter most.

        Blocking gates of dimensions that count come first, then the gates of the quick check, then
        the gates that cause the most symptoms.
        """

        def rank(id_: str) -> tuple[bool, bool, int]:
            gate = self.rubric.gates[id_]
            decides = gate.blocking and gate.dimension in self.rubric.counted_dimensions
            return (not decides, id_ not in self.rubric.quick_check, -len(self.symptoms_of(id_)))

        return sorted(self.gates_to(stage), key=rank)[:KEY_GATES]

    @cached_property
    def _openers(self) -> dict[str, list[str]]:
        openers: dict[str, list[str]] = defaultdict(list)
        for id_, play in self.rubric.remediations.items():
            for gate in play.opens:
                openers[gate].append(id_)
        return openers

    def openers(self, gate: str) -> list[str]:
        """Return the plays that open a gate."""
        return self._openers.get(gate, [])

    @cached_property
    def _rooted(self) -> dict[str, list[str]]:
        rooted: dict[str, list[str]] = defaultdict(list)
        for id_, symptom in self.rubric.symptoms.items():
            for gate in symptom.gates:
                rooted[gate].append(id_)
        return rooted

    def symptoms_of(self, gate: str) -> list[str]:
        """Return the symptoms that a gate may cause."""
        return self._rooted.get(gate, [])

    def symptoms_at(self, stage: str) -> list[str]:
        """Return the symptoms that are felt at a stage, or that make people claim the stage."""
        symptoms = self.rubric.symptoms.items()
        return [id_ for id_, symptom in symptoms if stage in (*symptom.bites, symptom.claims)]

    def symptoms_in(self, dimension: str | None) -> list[str]:
        """Return the symptoms that show in a dimension."""
        symptoms = self.rubric.symptoms.items()
        return [id_ for id_, symptom in symptoms if symptom.dimension == dimension]

    def plays_against(self, symptom: str) -> list[str]:
        """Return the plays that open the gates that cause a symptom."""
        roots = self.rubric.symptoms[symptom].gates
        plays = (play for gate in roots for play in self.openers(gate))
        return list(dict.fromkeys(plays))

    def plays_in_order(self, stage: str) -> list[tuple[str, list[str]]]:
        """Return the plays that open the gates to a stage, in the order of a plan, with the gates.

        The plan is for a team that meets all gates below the stage and none of its own gates.
        """
        steps, _ = order_plays(self.rubric, self.gates_to(stage))
        return [(step.remediation, list(step.opens)) for step in steps]

    @cached_property
    def _citations(self) -> dict[str, list[tuple[str, str]]]:
        citations: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for id_, gate in self.rubric.gates.items():
            self._cite(citations, ("gates", id_), [gate.basis, *gate.thresholds])
        for collection in ("symptoms", "remediations", "protocols"):
            for id_, entry in getattr(self.rubric, collection).items():
                self._cite(citations, (collection, id_), [entry.basis])
        for id_, framework in self.rubric.frameworks.items():
            if framework.source:
                citations[framework.source].append(("frameworks", id_))
        return citations

    @staticmethod
    def _cite(
        citations: dict[str, list[tuple[str, str]]],
        place: tuple[str, str],
        bases: list[Basis | None],
    ) -> None:
        for source in dict.fromkeys(s for basis in bases if basis for s in basis.sources):
            citations[source].append(place)

    def cited_by(self, source: str, collection: str) -> list[str]:
        """Return the entries of a collection that a source supports."""
        return [id_ for kind, id_ in self._citations.get(source, []) if kind == collection]

    def scale(self, gate: Gate) -> Scale:
        """Return the choices of a gate."""
        return self.rubric.scale_of(gate)

    @cached_property
    def _measured(self) -> dict[str, list[str]]:
        measured: dict[str, list[str]] = defaultdict(list)
        for id_, gate in self.rubric.gates.items():
            if gate.measure:
                measured[gate.measure.of].append(id_)
        return measured

    def answered_by(self, measure: str) -> list[str]:
        """Return the gates that a measure answers."""
        return self._measured.get(measure, [])

    def stage_anchor(self, dimension: str, stage: str) -> str:
        """Return the anchor of a stage on a dimension's page; ids of gates take precedence."""
        gate = self.rubric.gates.get(stage)
        return f"{stage}--stage" if gate and gate.dimension == dimension else stage

    def measure_anchor(self, measure: str) -> str:
        """Return the anchor of a measure on the page of protocols, whose ids take precedence."""
        return f"{measure}--measure" if measure in self.rubric.protocols else measure

    @cached_property
    def _version_anchors(self) -> dict[str, str]:
        anchors: dict[str, str] = {}
        for version in self.rubric.changes:
            anchor = f"v{re.sub('[^0-9A-Za-z]+', '-', version)}"
            same = sum(
                re.fullmatch(rf"{anchor}(--\d+)?", one) is not None for one in anchors.values()
            )
            anchors[version] = f"{anchor}--{same + 1}" if same else anchor
        return anchors

    def version_anchor(self, version: str) -> str:
        """Return the anchor of a version on the page of changes."""
        return self._version_anchors[version]

    def required_by(self, gate: str) -> list[str]:
        """Return the gates that require a gate."""
        return [id_ for id_, other in self.rubric.gates.items() if gate in other.requires]
