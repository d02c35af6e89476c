"""Rubrics of a wanted number of pages, and a site for each, as `stagebook new` writes it.

The records are those of the default model, repeated under other ids and titles: a page has as much
text, and leads to as many others, as in the model that Stagebook ships.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from processes import ROOT

MODEL = ROOT / "rubrics" / "ai-product.yml"
ID = "large-model"
CONFIG = {
    "site_name": "A large model",
    "docs_dir": "content",
    "nav": [{"Home": "index.md"}, {"Model": f"{ID}/"}],
    "theme": {
        "name": "material",
        "font": False,
        "features": [
            "navigation.footer",
            "navigation.indexes",
            "navigation.prune",
            "navigation.tabs",
            "navigation.top",
            "search.highlight",
            "toc.follow",
        ],
    },
    "plugins": ["search", "stagebook"],
    "markdown_extensions": ["attr_list", {"toc": {"permalink": True, "toc_depth": 3}}],
}
FIXED = 14
"""Pages that are there whatever the size, and the home page of the site."""
Data = dict[str, Any]


def make_site(folder: Path, pages: int) -> Path:
    """Write a site of one rubric with as many pages in all; return the path of the rubric."""
    (folder / "rubrics").mkdir(parents=True)
    (folder / "content").mkdir()
    (folder / "content" / "index.md").write_text("# Home\n")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(CONFIG, sort_keys=False))
    path = folder / "rubrics" / f"{ID}.yml"
    text = yaml.safe_dump(rubric_of(pages), sort_keys=False, allow_unicode=True, width=100)
    path.write_text(text, encoding="utf-8")
    return path


def rubric_of(pages: int) -> Data:
    """Return a rubric with as many pages, the home page of its site included."""
    base = yaml.load(MODEL.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    room = pages - FIXED - len(base["stages"])
    made: Data = {**base, "id": ID, "title": "A large model", "groups": {}}
    parts = ("dimensions", "gates", "measures", "symptoms", "remediations")
    made |= {part: {} for part in parts}
    for number, dimension in _repeated(base["dimensions"]):
        members = len(made["dimensions"]) % len(base["dimensions"])
        if room < 2 + (not members):
            break
        if not members:
            made["groups"][f"group-{number}"] = f"Part {number}"
            room -= 1
        room -= 1 + _add_dimension(made, base, dimension, number, room - 1)
    # What is left over becomes plays of the last gates.
    gate = next(reversed(made["gates"]))
    for number in range(room):
        play = {**next(iter(base["remediations"].values())), "opens": [gate]}
        play.pop("after", None)
        made["remediations"][f"extra-{number}"] = play | {"title": f"Extra play {number}"}
    made["protocols"] = {
        id_: {key: value for key, value in protocol.items() if key not in ("gates", "measures")}
        for id_, protocol in base["protocols"].items()
    }
    made["quick_check"] = list(made["gates"])[:12]
    made.pop("sample", None)  # Its answers are those of gates with other ids.
    return made


def edit_gate(path: Path, number: int) -> str:
    """Change a sentence of a gate of the first dimension; return the new one."""
    text = path.read_text(encoding="utf-8")
    said = f"Edited {number} times."
    edited, count = re.subn(
        r"(\n  [a-z-]+-1:\n    dimension: data-1\n(?:    .*\n)*?    test: )(?:Edited \d+ times\.)?",
        rf"\g<1>{said}",
        text,
        count=1,
    )
    if not count:
        raise SystemExit(f"{path}: no gate to edit")
    path.write_text(edited, encoding="utf-8")
    return said


def _repeated(records: Data) -> Iterator[tuple[int, str]]:
    number = 0
    while True:
        number += 1
        for id_ in records:
            yield number, id_


def _add_dimension(made: Data, base: Data, dimension: str, number: int, room: int) -> int:
    """Add a dimension with its gates, symptoms and plays; return how many plays that were."""

    def named(id_: str) -> str:
        return f"{id_}-{number}"

    group = f"group-{number}"
    made["dimensions"][named(dimension)] = _retitled(base["dimensions"][dimension], number) | {
        "group": group
    }
    gates = {id_ for id_, gate in base["gates"].items() if gate["dimension"] == dimension}
    for id_ in gates_in_order(base, gates):
        gate = _retitled(base["gates"][id_], number) | {"dimension": named(dimension)}
        if needed := [named(one) for one in gate.pop("requires", []) if one in gates]:
            gate["requires"] = needed
        if isinstance(gate.get("measure"), dict):
            measure = gate["measure"]["of"]
            gate["measure"]["of"] = named(measure)
            made["measures"].setdefault(named(measure), _measure(base, measure, number))
        made["gates"][named(id_)] = gate
    for id_, symptom in base["symptoms"].items():
        if found := [named(one) for one in symptom.get("gates", []) if one in gates]:
            symptom = _retitled(symptom, number) | {"gates": found}
            symptom.pop("dimension", None)
            made["symptoms"].setdefault(named(id_), symptom)["gates"] = found
    plays = {id_: play for id_, play in base["remediations"].items() if play["opens"][0] in gates}
    for id_ in list(plays)[:room]:
        play = _retitled(plays[id_], number)
        play["opens"] = [named(one) for one in play["opens"] if one in gates]
        if first := [named(one) for one in play.pop("after", []) if one in plays]:
            play["after"] = first
        made["remediations"][named(id_)] = play
    return min(len(plays), room)


def gates_in_order(base: Data, gates: set[str]) -> list[str]:
    """Return ids in the order of the model."""
    return [id_ for id_ in base["gates"] if id_ in gates]


def _measure(base: Data, id_: str, number: int) -> Data:
    return _retitled(base["measures"][id_], number)


def _retitled(record: Data, number: int) -> Data:
    """Return a copy of a record with texts of its own where they must differ."""
    made = copy.deepcopy(record)
    for key in ("title", "observation"):
        if key in made:
            made[key] = f"{made[key].rstrip('.')} {number}"
    for key in ("code", "aliases"):
        made.pop(key, None)
    return made
