"""OSPS Baseline, from the folder `baseline` of its repository: a YAML file for each family.

A control groups assessment requirements, each of which applies to one or more maturity levels. A
project is at the highest level all of whose requirements are met.
"""

from __future__ import annotations

from typing import Any

from .documents import Documents, Ids, Taker, own_key, plain_data, without_empty

SOURCE = "https://baseline.openssf.org/"


def rubric_of(documents: Documents) -> dict[str, Any]:
    """Return the rubric; raises RubricError if no file has controls with requirements."""
    return _Osps(documents).rubric()


class _Osps:
    """Collects families, controls, requirements, levels, frameworks and terms."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.stages: dict[str, Any] = {}
        self.dimensions: dict[str, Any] = {}
        self.topics: dict[str, Any] = {}
        self.gates: dict[str, Any] = {}
        self.frameworks: dict[str, Any] = {}
        self.glossary: dict[str, Any] = {}
        self.rest: dict[str, Any] = {}
        self.about: dict[str, Any] = {}
        self.ids, self.terms, self.known = Ids(), Ids(), Ids()
        self.by_id: dict[str, str] = {}
        self.framework_ids: dict[str, str] = {}
        several = list(documents)
        for name, document in sorted(several, key=lambda one: _rank(one[1])):
            self._document(name, document)
        if not self.gates:
            raise documents.refuse(
                "this is not the folder 'baseline' of the OSPS Baseline: no file has 'controls' "
                "with 'assessment-requirements'"
            )

    def _document(self, name: str, document: Any) -> None:
        if isinstance(document, list) and all(
            isinstance(one, dict) and "term" in one for one in document
        ):
            for record in document:
                self._term(record)
        elif isinstance(document, dict) and "controls" in document:
            self._family(name, Taker(document))
        elif isinstance(document, dict) and "mappings" in document:
            self._mappings(name, document)
        elif isinstance(document, dict) and "metadata" in document:
            self._metadata(Taker(document))
        else:
            self.rest[name] = plain_data(document)

    def _metadata(self, taker: Taker) -> None:
        own = Taker(taker.take("metadata") or {})
        for record in own.take("applicability-groups") or []:
            level = Taker(record)
            id_ = str(level.take("id"))
            stage = self._stage(id_)
            self.stages[stage] = without_empty(
                {
                    "level": len(self.stages),
                    "title": level.line("title") or id_,
                    "summary": level.text("description"),
                    "x-id": id_,
                    **level.rest(),
                }
            )
        for record in own.take("mapping-references") or []:
            self._framework(Taker(record))
        self.about = without_empty(
            {
                "title": taker.line("title"),
                "summary": own.text("description"),
                "x-metadata": {key[2:]: value for key, value in own.rest().items()},
                **taker.rest(),
            }
        )

    def _stage(self, id_: str) -> str:
        if not self.stages:
            self.stages["level-0"] = {"level": 0, "title": "Level 0"}
        if id_ not in self.by_id:
            self.by_id[id_] = self.known.new(id_)
        return self.by_id[id_]

    def _framework(self, taker: Taker) -> None:
        id_ = str(taker.take("id"))
        made = self._framework_id(id_)
        self.frameworks[made] = without_empty(
            {
                "title": taker.line("title") or id_,
                "url": taker.line("url", 2_000),
                "note": taker.text("description"),
                "x-id": id_,
                **taker.rest(),
            }
        )

    def _framework_id(self, id_: str) -> str:
        if id_ not in self.framework_ids:
            self.framework_ids[id_] = self.known.new(id_)
            self.frameworks[self.framework_ids[id_]] = {"title": id_, "x-id": id_}
        return self.framework_ids[id_]

    def _family(self, name: str, taker: Taker) -> None:
        for record in taker.take("groups") or []:
            group = Taker(record)
            code = str(group.take("id"))
            self.by_id[f"group {code}"] = id_ = self.ids.new(code)
            self.dimensions[id_] = without_empty(
                {
                    "title": group.line("title") or code,
                    "code": code,
                    "summary": group.text("description"),
                    **group.rest(),
                }
            )
        for record in taker.take("controls") or []:
            self._control(Taker(record))
        if rest := taker.rest():
            self.rest[name] = rest

    def _control(self, taker: Taker) -> None:
        code = str(taker.take("id"))
        group = str(taker.take("group"))
        dimension = self.by_id.get(f"group {group}")
        if dimension is None:
            raise self.documents.refuse(
                f"the control {code!r} is of a group {group!r} that is missing"
            )
        requirements = taker.take("assessment-requirements") or []
        topic = self.ids.new(code)
        self.by_id[f"control {code}"] = topic
        title = taker.line("title") or code
        self.topics[topic] = without_empty(
            {
                "title": title,
                "code": code,
                "summary": taker.text("objective"),
                "maps": self._maps(taker),
                **taker.rest(),
            }
        )
        for record in requirements:
            self._requirement(Taker(record), dimension, topic, title)

    def _maps(self, taker: Taker) -> dict[str, list[str]]:
        """Take the mappings of which nothing but ids is said."""
        guidelines = taker.take("guidelines") or []
        maps: dict[str, list[str]] = {}
        unread = []
        for one in guidelines:
            framework, entries = one.get("reference-id"), one.get("entries") or []
            texts = [str(entry.get("reference-id", "")).strip() for entry in entries]
            is_plain = set(one) <= {"reference-id", "entries"} and all(len(e) == 1 for e in entries)
            if not is_plain or not all(texts) or any(len(text) > 300 for text in texts):
                unread.append(plain_data(one))
                continue
            made = maps.setdefault(self._framework_id(str(framework)), [])
            made += [text for text in texts if text not in made]
        if unread:
            taker._left["guidelines"] = unread
        return without_empty(maps)

    def _requirement(self, taker: Taker, dimension: str, topic: str, title: str) -> None:
        code = str(taker.take("id"))
        applies = [self._stage(str(one)) for one in taker.take("applicability") or []]
        for stage in applies:
            self.stages.setdefault(
                stage, {"level": len(self.stages), "title": stage.replace("-", " ").capitalize()}
            )
        ordered = sorted(dict.fromkeys(applies), key=lambda id_: self.stages[id_]["level"])
        self.gates[self.ids.new(code)] = without_empty(
            {
                "code": code,
                "dimension": dimension,
                "topic": topic,
                "stage": ordered[0] if ordered else None,
                "stages": ordered if len(ordered) > 1 else [],
                "title": title,
                "test": taker.text("text") or title,
                "evidence": list(filter(None, [taker.text("recommendation")])),
                **taker.rest(),
            }
        )

    def _term(self, record: dict[str, Any]) -> None:
        taker = Taker(record)
        term = taker.line("term") or "?"
        self.glossary[self.terms.new(term)] = without_empty(
            {"term": term, "meaning": taker.text("definition") or term, **taker.rest()}
        )

    def _mappings(self, name: str, document: dict[str, Any]) -> None:
        """Read a file of mappings from controls to the entries of one framework."""
        taker = Taker(document)
        target = document.get("target-reference") or {}
        framework = self._framework_id(str(target.get("reference-id", name)))
        kept = []
        for record in taker.take("mappings") or []:
            topic = self.by_id.get(f"control {record.get('source')}")
            texts = [str(one.get("entry-id", "")).strip() for one in record.get("targets") or []]
            if topic and all(0 < len(text) <= 300 for text in texts):
                maps = self.topics[topic].setdefault("maps", {}).setdefault(framework, [])
                maps += [text for text in texts if text not in maps]
            kept.append(plain_data(record))
        self.rest[name] = {**taker.rest(), "x-mappings": kept}

    def rubric(self) -> dict[str, Any]:
        return without_empty(
            {
                "format": "stagebook/1",
                "id": "osps-baseline",
                "title": self.about.pop("title", None) or "OSPS Baseline",
                "version": "0.0.0",
                "licence": "Apache-2.0; documentation CC-BY-4.0",
                "url": SOURCE,
                "terms": {
                    "gate": {"one": "requirement", "many": "requirements"},
                    "dimension": {"one": "family", "many": "families"},
                    "stage": {"one": "level", "many": "levels"},
                    "topic": {"one": "control", "many": "controls"},
                },
                "summary": self.about.pop("summary", None),
                "scales": {
                    "met": {
                        "not-met": {"label": "Not met", "score": 0},
                        "met": {"label": "Met", "score": 1},
                    }
                },
                "stages": self.stages,
                "dimensions": self.dimensions,
                "topics": self.topics,
                "gates": self.gates,
                "frameworks": self.frameworks,
                "scoring": {
                    "share": 1,
                    "overall": {"of": "gates", "by": "ladder", "only": "all"},
                },
                "glossary": self.glossary,
                **self.about,
                "x-files": {own_key(name)[2:]: rest for name, rest in self.rest.items()},
            }
        )


def _rank(document: Any) -> int:
    """Order documents: levels and frameworks first, mappings last."""
    if isinstance(document, dict) and "metadata" in document and "mappings" not in document:
        return 0
    return 2 if isinstance(document, dict) and "mappings" in document else 1
