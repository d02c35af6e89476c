"""Relations between records for pages: what opens, causes, requires and cites what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from ..rubric.model import Basis, Cap, Choice, Gate, Rubric, Scale, meanings_of
from ..rubric.support import SupportCounts, count_support
from ..scoring.planning import order_plays
from .anchors import Anchors
from .cells import Cells
from .conditions import Conditions
from .names import dimension_names, gate_names
from .questions import Questions
from .scores import BandRange, Level, all_ends, band_ranges, ends_words, is_plain, score_words

KEY_GATES = 5
"""The number of gates that a stage page shows first; a longer list would set no priorities."""


@dataclass(frozen=True)
class Relations(Cells):
    """The relations of a rubric; every list is in the order of the rubric."""

    questions: Questions = field(default_factory=Questions)

    def question(self, id_: str, key: str, draw: Callable[[Rubric, str, str], str]) -> Markup:
        """Return the form of a question, which `draw` draws if nobody has."""
        _ = self.rubric.gates[id_].test  # A form that is there already says the texts too.
        return self.questions.form(key, id_, lambda: draw(self.rubric, id_, key))

    @cached_property
    def anchors(self) -> Anchors:
        """Return the anchors of the pages."""
        return Anchors(self.rubric)

    @cached_property
    def conditions(self) -> Conditions:
        """Return what decides which records apply."""
        return Conditions(self.rubric)

    def gate(self, id_: str) -> Gate:
        """Return a gate."""
        return self.rubric.gates[id_]

    def stages_of(self, gate: str) -> str:
        """Return the titles of the stages that a gate leads to."""
        return ", ".join(self.stage(one).title for one in self.rubric.gates[gate].at if one)

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

    def goal(self, gate: Gate) -> str:
        """Return the label of the answer that a gate aims at; nothing where it names none."""
        is_chosen = not (gate.measure and gate.measure.points)
        return self.scale(gate)[gate.target].label if gate.target and is_chosen else ""

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
    def names(self) -> dict[str, str]:
        """Return the names of the gates, in which twins of one title are told apart."""
        return gate_names(self.rubric)

    @cached_property
    def dimension_names(self) -> dict[str, str]:
        """Return the names of the dimensions, likewise."""
        return dimension_names(self.rubric)

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
        own = meanings_of(gate, self.scale(gate))
        return [(id_, choice, own.get(id_, choice.meaning)) for id_, choice in ranked]

    def is_plain(self, gate: Gate) -> bool:
        """Return whether the scores of a gate's answers need not be said."""
        return is_plain(self.scale(gate))

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
    def support(self) -> SupportCounts | None:
        """Return how well the gates are supported; None where none says it."""
        counts = SupportCounts(count_support(self.rubric.gates.values()))
        return counts if {*counts.ideas} - {"unstated"} or counts.numbered else None

    @cached_property
    def bands(self) -> list[BandRange]:
        """Return the bands of the overall score with their ranges."""
        return band_ranges(self.rubric)

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
