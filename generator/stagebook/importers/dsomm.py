"""OWASP DSOMM, from its `model.yaml`: dimension → subdimension → activity.

An activity is done or not, and a subdimension is as far as the share of its activities that are
done, as on DSOMM's own page.
"""

from __future__ import annotations

from typing import Any

from .documents import Documents, Ids, Taker, own_key, plain_data, without_empty

SOURCE = "https://dsomm.owasp.org/"
FRAMEWORKS = {
    "samm2": "OWASP SAMM 2",
    "iso27001-2017": "ISO 27001:2017",
    "iso27001-2022": "ISO 27001:2022",
    "opencre": "OpenCRE",
    "d3f": "MITRE D3FEND",
}


def rubric_of(documents: Documents) -> dict[str, Any]:
    """Return the rubric; raises RubricError if the file has no activities with a level."""
    return _Dsomm(documents).rubric()


class _Dsomm:
    """Collects the activities, then turns the ids that they depend on into gates."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.meta: dict[str, Any] = {}
        self.rest: list[Any] = []
        self.groups: dict[str, str] = {}
        self.dimensions: dict[str, Any] = {}
        self.activities: list[tuple[str, str, dict[str, Any]]] = []
        self.ids, self.gate_ids = Ids(), Ids()
        self.by_uuid: dict[str, str] = {}
        self.levels: dict[str, int] = {}
        self.frameworks: dict[str, dict[str, Any]] = {}
        for _, document in documents:
            self._document(document)
        if not self.activities:
            raise documents.refuse(
                "this is not DSOMM's model.yaml: it has no activities with a level"
            )

    def _document(self, document: Any) -> None:
        if not isinstance(document, dict):
            self.rest.append(plain_data(document))
            return
        for name, parts in document.items():
            is_dimension = isinstance(parts, dict) and any(
                _is_activity(one)
                for part in parts.values()
                if isinstance(part, dict)
                for one in part.values()
            )
            if name == "meta" or not is_dimension:
                self.meta[str(name)] = plain_data(parts)
                continue
            group = self.ids.new(name)
            self.groups[group] = str(name)
            for part, activities in parts.items():
                self._part(group, str(part), activities)

    def _part(self, group: str, name: str, activities: Any) -> None:
        if not isinstance(activities, dict):
            self.rest.append({name: plain_data(activities)})
            return
        id_ = self.ids.new(name)
        own: dict[str, Any] = {}
        for title, record in activities.items():
            if _is_activity(record):
                gate = self.gate_ids.new(title)
                self.by_uuid[str(record.get("uuid", title))] = gate
                self.by_uuid.setdefault(str(title), gate)
                self.levels[gate] = int(record["level"])
                self.activities.append((gate, id_, {"title": str(title), **record}))
            else:
                own[own_key(title)] = plain_data(record)
        self.dimensions[id_] = {"title": name, "group": group, **own}

    def rubric(self) -> dict[str, Any]:
        gates = {gate: self._gate(gate, part, one) for gate, part, one in self.activities}
        top = max(self.levels.values())
        return without_empty(
            {
                "format": "stagebook/1",
                "id": "dsomm",
                "title": "OWASP DevSecOps Maturity Model",
                "version": _version(self.meta),
                "licence": "GPL-3.0",
                "url": SOURCE,
                "terms": {
                    "gate": {"one": "activity", "many": "activities"},
                    "dimension": {"one": "subdimension", "many": "subdimensions"},
                    "stage": {"one": "level", "many": "levels"},
                    "group": {"one": "dimension", "many": "dimensions"},
                },
                "scales": {
                    "done": {
                        "not-done": {"label": "Not implemented", "score": 0},
                        "done": {"label": "Implemented", "score": 1},
                    }
                },
                "stages": {
                    f"level-{number}": {"level": number, "title": f"Level {number}"}
                    for number in range(top + 1)
                },
                "groups": self.groups,
                "dimensions": self.dimensions,
                "gates": gates,
                "frameworks": self.frameworks,
                "scoring": {
                    "dimension": "mean",
                    "group": "mean",
                    "overall": {"of": "gates", "by": "mean", "only": "all"},
                    "times": 100,
                    "unit": "%",
                },
                "x-meta": self.meta,
                "x-more": self.rest,
            }
        )

    def _gate(self, id_: str, dimension: str, record: dict[str, Any]) -> dict[str, Any]:
        taker = Taker(record)
        level = int(taker.take("level"))
        title = taker.line("title") or id_
        test = taker.text("measure") or taker.text("description") or title
        assessment = taker.text("assessment")
        needs = taker.take("dependsOn")
        tags = [str(one) for one in _list(taker.take("tags"))]
        maps, unread = self._maps(taker.take("references"))
        known = [self.by_uuid[str(one)] for one in _list(needs) if str(one) in self.by_uuid]
        # What leads to a higher level cannot be required; the source's own list is kept whole.
        requires = [one for one in known if self.levels[one] <= level and one != id_]
        return without_empty(
            {
                "dimension": dimension,
                "stage": f"level-{level}",
                "title": title,
                "test": test,
                "why": taker.text("risk"),
                "evidence": [assessment] if assessment else [],
                "tags": tags,
                "requires": list(dict.fromkeys(requires)),
                "maps": maps,
                "x-depends-on": plain_data(needs),
                "x-references": unread,
                **taker.rest(),
            }
        )

    def _maps(self, references: Any) -> tuple[dict[str, list[str]], dict[str, Any]]:
        maps: dict[str, list[str]] = {}
        unread: dict[str, Any] = {}
        for name, ids in references.items() if isinstance(references, dict) else ():
            key = own_key(name)[2:].replace("open-c-r-e", "opencre")
            texts = [str(one).strip() for one in _list(ids)]
            if not texts or any(not one or len(one) > 300 or "\n" in one for one in texts):
                unread[str(name)] = plain_data(ids)
                continue
            title = FRAMEWORKS.get(key, str(name))
            self.frameworks.setdefault(key, {"title": title, "x-name": str(name)})
            maps[key] = list(dict.fromkeys(texts))
        return maps, without_empty(unread)


def _is_activity(record: Any) -> bool:
    return isinstance(record, dict) and str(record.get("level")).isdecimal()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _version(meta: dict[str, Any]) -> str:
    own = meta.get("meta")
    found = str(own.get("version", "")) if isinstance(own, dict) else ""
    parts = found.split(".")
    is_semver = len(parts) == 3 and all(part.isdecimal() for part in parts)
    return found if is_semver else "0.0.0"
