"""Read the map of a foreign workbook: which of its columns are which of ours.

```yaml
sheets:
  Interview:
    gates: {code: ID, group: Function, dimension: Practice, stage: Level, title: Activity,
            question: Question, evidence: Guidance, answer set: Answers}
    header: 3
  Answer options:
    scales: {answer set: Set, label: Answer, score: Value}
rubric: {id: my-model, title: My model, version: 1.0.0, scoring: {dimension: sum}}
```
"""

from __future__ import annotations

from typing import Any

from ..diagnostics import Diagnostic, RubricError
from ..rubric.source import Source
from ..rubric.yaml_source import read_yaml
from .foreign import ColumnMap, SheetMap
from .headings import known_headings, plain
from .layout import KEY, sheets


def read_map(text: str, path: str) -> ColumnMap:
    """Return the map; raises RubricError with all its findings."""
    source = read_yaml(text, path)
    findings = [one for one in source.findings if one.level == "error"]
    data = source.data if isinstance(source.data, dict) else {}
    if not findings and not isinstance(data.get("sheets"), dict):
        findings.append(source.finding("missing-key", (), "the map names no 'sheets'"))
    maps: list[SheetMap] = []
    if not findings:
        for key in data:
            if key not in ("sheets", "rubric"):
                findings.append(_unknown(source, (key,), key, ["sheets", "rubric"]))
        for name, entry in data["sheets"].items():
            maps += _sheet(source, name, entry, findings)
    if findings:
        raise RubricError(findings)
    rubric = data.get("rubric")
    return ColumnMap(tuple(maps), rubric if isinstance(rubric, dict) else {})


def _sheet(source: Source, name: str, entry: Any, findings: list[Diagnostic]) -> list[SheetMap]:
    path = ("sheets", name)
    if not isinstance(entry, dict):
        findings.append(source.finding("wrong-type", path, f"{name!r} must be a mapping"))
        return []
    header = entry.get("header")
    if header is not None and (not isinstance(header, int) or header < 1):
        message = "'header' must be the number of the row of the headings"
        findings.append(source.finding("wrong-type", (*path, "header"), message))
        header = None
    known = {
        sheet.path[0]: sheet
        for sheet in sheets()
        if sheet.path in ((sheet.path[0], KEY), (sheet.path[0], KEY, KEY))
    }
    found = []
    for collection, columns in entry.items():
        if collection in ("header", "choices"):
            continue
        if collection not in known or not isinstance(columns, dict):
            findings.append(_unknown(source, (*path, collection), collection, list(known)))
            continue
        headings = known_headings(known[collection])
        for ours in columns:
            if plain(ours) not in headings:
                where = (*path, collection, ours)
                findings.append(_unknown(source, where, ours, list(headings)))
        texts = {ours: str(theirs) for ours, theirs in columns.items()}
        row = header - 1 if header else None
        choices = str(entry.get("choices", "")) if collection == "gates" else ""
        found.append(SheetMap(name, collection, texts, row, choices))
    return found


def _unknown(source: Source, path: Any, word: str, known: list[str]) -> Diagnostic:
    message = f"{word!r} is not one of {', '.join(known[:30])}"
    return source.finding(
        "unknown-key", path, message, key=True, suggestion=source.suggest(word, known)
    )
