"""Read, validate and check a rubric in one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic, Path, RubricError, has_errors, without_codes
from ..overlay.emitting import effective_yaml
from ..overlay.resolving import Finder, read_resolved
from ..rubric.model import Dimension, Gate, Rubric, Topic
from ..rubric.source import Node, Source
from ..rubric.support import count_support
from ..rubric.validation import validate
from . import Subject, check


class Reading(NamedTuple):
    """A rubric that has been read; `records` may be incomplete if there are errors."""

    source: Source
    records: Rubric | None
    findings: tuple[Diagnostic, ...]
    files: Mapping[str, Any] = {}
    """The files that it was read from, by how findings name them; an overlay's own is first."""
    subject: Subject | None = None
    """What has been checked, for rules that need the files of a site."""

    @property
    def text(self) -> str:
        """Return the text of the whole rubric: of an overlay, that of the effective one."""
        return effective_yaml(self.source) if self.source.layer else self.source.text

    @property
    def without_source(self) -> Reading:
        """Return the records and findings alone: data and positions take several times the room."""
        source = Source(self.source.path, "", {}, Node(1, 1), (), self.source.suggestions)
        return self._replace(source=source, subject=None)

    @property
    def rubric(self) -> Rubric:
        """Return the complete rubric; raises RubricError if it has errors."""
        if self.records is None or has_errors(self.findings):
            raise RubricError(self.findings)
        return self.records

    def counts(self) -> dict[str, object]:
        """Return how many records of each kind there are, and how well gates are supported.

        `gates_by_idea_and_numbers` counts gates by where their idea comes from, and then by where
        their numbers do: see `support`.
        """
        if self.records is None:
            return {}
        rubric = self.records
        names = ["stages", "dimensions", "gates", "symptoms", "remediations", "protocols"]
        names += ["measures", "sources", "frameworks", "glossary"]
        counts: dict[str, object] = {name: len(getattr(rubric, name)) for name in names}
        gates = rubric.gates.values()
        counts["blocking_gates"] = sum(gate.blocking for gate in gates)
        kinds = ("sourced", "reported", "judgement")
        bases = [gate.basis for gate in gates if gate.basis]
        thresholds = [threshold for gate in gates for threshold in gate.thresholds]
        counts["gates_by_idea_and_numbers"] = count_support(gates)
        counts["thresholds_by_basis"] = {k: sum(t.kind == k for t in thresholds) for k in kinds}
        cited = [(basis.kind, id_) for basis in (*bases, *thresholds) for id_ in basis.sources]
        counts["sources_by_basis"] = {k: len({s for kind, s in cited if kind == k}) for k in kinds}
        return counts


def _words(rubric: Rubric) -> Iterator[Path]:
    """Yield the paths of values that are words, whatever YAML 1.1 makes of them."""
    yield from (("checks", code) for code in rubric.checks)
    for collection in ("dimensions", "topics", "written_gates"):
        records: dict[str, Dimension | Topic | Gate] = getattr(rubric, collection)
        name = collection.removeprefix("written_")
        for id_, record in records.items():
            for question, answers in record.applies.items():
                yield name, id_, "applies", question
                yield from ((name, id_, "applies", question, n) for n in range(len(answers)))


def read_rubric(text: str, path: str, find: Finder | None = None, identity: str = "") -> Reading:
    """Read a rubric from its text, and by `find` those that it extends; findings show `path`."""
    return read_source(read_resolved(text, path, find, identity))


def read_source(source: Source) -> Reading:
    """Validate and check data whose positions are known."""
    records, findings = validate(source)
    findings += source.findings
    subject = None
    if records is not None:
        # `off`, `yes` and `no` are meant as the words here, and are read as the words.
        meant = {source.origin(path) for path in _words(records)}
        findings = [one for one in findings if one.code != "yaml-1-1" or one[:3] not in meant]
        subject = Subject(records, source)
        findings = without_codes([*findings, *check(subject)], records.checks)
        if source.layer is not None:
            records = records.with_bases(
                str(one.data.get("id")) for one in source.chain if isinstance(one.data, dict)
            )
    return Reading(source, records, tuple(sorted(set(findings))), subject=subject)
