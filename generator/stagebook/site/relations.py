"""Relations between records for pages: what opens, causes, requires and cites what."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from ..i18n import page_word
from ..rubric.model import Basis, Cap, Choice, Gate, Record, Rubric, Scale, Stage
from ..scoring.planning import order_plays
from .names import dimension_names, gate_names
from .scores import BandRange, Level, all_ends, band_ranges, ends_words, is_plain, score_words

KEY_GATES = 5
"""The number of gates that a stage page shows first; a longer list would set no priorities."""


@dataclass(frozen=True)
class Relations:
    """The relations of a rubric; every list is in the order of the rubric."""

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
        for id_, gate in self._all.gates.items():
            for stage in gate.at:
                cells[gate.dimension, stage].append(id_)
        return cells

    def cell(self, dimension: str, stage: str | None) -> list[str]:
        """Return the gates of a dimension that count to a stage; some count to others too."""
        return self._cells.get((dimension, stage), [])

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

    def blocking(self, gates: list[str]) -> list[str]:
        """Return the blocking gates among some gates."""
        return [id_ for id_ in gates if self._all.gates[id_].blocking]

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
            gate = self._all.gates[id_]
            decides = gate.blocking and gate.dimension in self.rubric.counted_dimensions
            return (not decides, id_ not in self.rubric.quick_check, -len(self.symptoms_of(id_)))

        return sorted(self.gates_to(stage), key=rank)[:KEY_GATES]

    @cached_property
    def _openers(self) -> dict[str, list[str]]:
        openers: dict[str, list[str]] = defaultdict(list)
        for id_, play in self._all.remediations.items():
            for gate in play.opens:
                openers[gate].append(id_)
        return openers

    def openers(self, gate: str) -> list[str]:
        """Return the plays that open a gate."""
        return self._openers.get(gate, [])

    @cached_property
    def _rooted(self) -> dict[str, list[str]]:
        rooted: dict[str, list[str]] = defaultdict(list)
        for id_, symptom in self._all.symptoms.items():
            for gate in symptom.gates:
                rooted[gate].append(id_)
        return rooted

    def symptoms_of(self, gate: str) -> list[str]:
        """Return the symptoms that a gate may cause."""
        return self._rooted.get(gate, [])

    def symptoms_at(self, stage: str) -> list[str]:
        """Return the symptoms that are felt at a stage, or that make people claim the stage."""
        symptoms = self._all.symptoms.items()
        return [id_ for id_, symptom in symptoms if stage in (*symptom.bites, symptom.claims)]

    def symptoms_in(self, dimension: str | None) -> list[str]:
        """Return the symptoms that show in a dimension."""
        symptoms = self._all.symptoms.items()
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
        if stage not in self._plans:
            steps, _ = order_plays(self._all, self.gates_to(stage))
            self._plans[stage] = [(step.remediation, list(step.opens)) for step in steps]
        return self._plans[stage]

    @cached_property
    def _plans(self) -> dict[str, list[tuple[str, list[str]]]]:
        return {}

    @cached_property
    def _citations(self) -> dict[str, list[tuple[str, str]]]:
        citations: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for id_, gate in self._all.gates.items():
            self._cite(citations, ("gates", id_), [gate.basis, *gate.thresholds])
        for collection in ("symptoms", "remediations", "protocols"):
            for id_, entry in getattr(self._all, collection).items():
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
        for id_, gate in self._all.gates.items():
            if gate.measure:
                measured[gate.measure.of].append(id_)
        return measured

    def answered_by(self, measure: str) -> list[str]:
        """Return the gates that a measure answers."""
        return self._measured.get(measure, [])

    def stage_anchor(self, dimension: str, stage: str) -> str:
        """Return the anchor of a stage on a dimension's page; ids of gates take precedence."""
        gate = self.rubric.written_gates.get(stage)
        return f"{stage}--stage" if gate and gate.dimension == dimension else stage

    def topic_anchor(self, dimension: str, topic: str) -> str:
        """Return the anchor of a topic there; ids of gates and of stages take precedence."""
        gate = self.rubric.written_gates.get(topic)
        taken = topic in self.rubric.stages or (gate and gate.dimension == dimension)
        return f"{topic}--topic" if taken else topic

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
        return self._required.get(gate, [])

    @cached_property
    def _required(self) -> dict[str, list[str]]:
        required: dict[str, list[str]] = defaultdict(list)
        for id_, gate in self._all.gates.items():
            for other in dict.fromkeys(gate.requires):
                required[other].append(id_)
        return required

    @cached_property
    def counts(self) -> Counter[tuple[str, str | None]]:
        """Return how many gates each stage and each dimension has: `counts["stage", id]`."""
        gates = self._all.gates.values()
        return Counter(
            pair
            for gate in gates
            for pair in (("stage", gate.stage), ("dimension", gate.dimension))
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the names of the gates, in which twins of one title are told apart."""
        return gate_names(self.rubric)

    @cached_property
    def dimension_names(self) -> dict[str, str]:
        """Return the names of the dimensions, likewise."""
        return dimension_names(self.rubric)

    @cached_property
    def grouped(self) -> list[tuple[str | None, list[str]]]:
        """Return the dimensions of each group, in its order; those without a group come last."""
        members: dict[str | None, list[str]] = {id_: [] for id_ in (*self.rubric.groups, None)}
        for id_, dimension in self.rubric.dimensions.items():
            members[dimension.group if dimension.group in members else None].append(id_)
        return [(group, ids) for group, ids in members.items() if ids]

    @cached_property
    def topics_of(self) -> dict[str, list[str]]:
        """Return the topics of each dimension, in the order of the rubric."""
        places = {gate.topic: gate.dimension for gate in self._all.written_gates.values()}
        found: dict[str, list[str]] = defaultdict(list)
        for id_ in self.rubric.topics:
            if id_ in places:
                found[places[id_]].append(id_)
        return found

    def answers(self, gate: Gate) -> list[tuple[str, Choice, str | None]]:
        """Return the answers of a gate from lowest to highest, with what each means there."""
        ranked = sorted(self.scale(gate).items(), key=lambda item: item[1].score)
        own = {**({"partly": gate.partly} if gate.partly else {}), **gate.meanings}
        return [(id_, choice, own.get(id_, choice.meaning)) for id_, choice in ranked]

    def is_plain(self, gate: Gate) -> bool:
        """Return whether the scores of a gate's answers need not be said."""
        return is_plain(self.scale(gate))

    def conditions(self, needed: dict[str, frozenset[str]]) -> list[tuple[str, list[str]]]:
        """Return what decides whether something applies: questions with the labels of answers.

        A question that may have any answer decides nothing.
        """
        found = []
        for id_, answers in needed.items():
            choices = self.rubric.profile[id_].choices
            if not answers >= choices.keys():
                labels = [one.label for key, one in choices.items() if key in answers]
                found.append((id_, labels))
        return found

    def applies_to(self, record: Record) -> list[tuple[str, list[str]]]:
        """Return the conditions of one record alone: of a dimension, a topic or a gate."""
        needed: dict[str, list[str]] = getattr(record, "applies", {})
        return self.conditions({key: frozenset(answers) for key, answers in needed.items()})

    def decided_by(self, question: str) -> list[str]:
        """Return the gates of which a question of the profile decides whether they apply."""
        return [
            id_
            for id_, gate in self._all.gates.items()
            if question in dict(self.conditions(self.rubric.applies(gate)))
        ]

    def retired_in(self, dimension: str) -> list[str]:
        """Return the retired gates of a dimension."""
        retired = self._all.retired_gates.items()
        return [id_ for id_, gate in retired if gate.dimension == dimension]

    @cached_property
    def _ends(self) -> dict[Level, dict[str, tuple[float, float]]]:
        return all_ends(self.rubric)

    def score_range(self, level: Level, id_: str = "") -> str:
        """Return the ends of a score in words; nothing for places on a ladder, which have names."""
        ends = None if self.uses_ladder else self._ends[level].get(id_)
        return ends_words(self.rubric, level, ends) if ends and ends[0] < ends[1] else ""

    def common_range(self, level: Level) -> str:
        """Return the ends that all scores of a level have; nothing if they differ."""
        ids = () if self.uses_ladder else self._ends[level]
        ranges = {self.score_range(level, id_) for id_ in ids}
        return ranges.pop() if len(ranges) == 1 else ""

    @cached_property
    def bands(self) -> list[BandRange]:
        """Return the bands of the overall score with their ranges."""
        return band_ranges(self.rubric)

    def cells_of(self, stage: str) -> list[tuple[str | None, list[str]]]:
        """Return for each group its dimensions with gates at a stage, or with a text for it."""
        dimensions = self.rubric.dimensions
        cells = [
            (group, [id_ for id_ in ids if self.cell(id_, stage) or stage in dimensions[id_].cells])
            for group, ids in self.grouped
        ]
        return [(group, ids) for group, ids in cells if ids]

    def dimension_of_topic(self, topic: str) -> str | None:
        """Return the dimension whose gates name a topic."""
        return next((id_ for id_, topics in self.topics_of.items() if topic in topics), None)

    def bare_name(self, gate: str) -> str:
        """Return the name of a gate to write behind its code."""
        one = self.rubric.written_gates[gate]
        return one.title if self.names[gate] == f"{one.code} {one.title}" else self.names[gate]

    def cap_words(self, cap: Cap) -> str:
        """Return what the overall score is at most: a score, a band, or both."""
        words = [one.title for one in self.bands if one.id == cap.band]
        if cap.score is not None:
            words.insert(0, score_words(self.rubric, "overall", cap.score, 6))
        return ", ".join(words)
