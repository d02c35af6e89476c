"""Write the reference of the rubric format, content/guides/reference.md, from the JSON Schema.

Meanings are the docstrings of the records; examples are the first values in the tests' rubrics.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from stagebook.files.rubrics import read_text
from stagebook.rubric.json_schema import schema
from stagebook.rubric.model.forms import LANGUAGE, VERSION
from stagebook.rubric.yaml_source import read_yaml

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "content" / "guides" / "reference.md"
GOOD = ROOT / "tests" / "rubrics" / "good"
EXAMPLES = (GOOD / "sample.yml", *sorted(GOOD.glob("*.yml")), ROOT / "rubrics" / "ai-product.yml")
"""Rubrics with examples; the first that has a key counts."""

Node: TypeAlias = dict[str, Any]
Examples: TypeAlias = dict[tuple[str, str], Any]

HEAD = """\
---
description: Every key of a rubric, with its type, its default, its meaning and an example.
---

# Rubric reference

A rubric is one YAML file. These are all its keys, record by record; `stagebook check` reports \
any other key. The same descriptions appear in editors, from the [JSON \
Schema](../schema/stagebook-1.json). Every record also accepts [keys of your \
own](fork.md#add-keys-of-your-own), which begin with `x-`.

Keys in **bold** are required. *Line* means one line of plain text, *Markdown* a text with \
[Markdown](fork.md#what-texts-may-hold), *id* lower-case words joined by hyphens. *By id* means a \
mapping from ids to what is named. In examples, `…` stands for what is left out.
"""

FORMATS = {VERSION.pattern: "version", LANGUAGE.pattern: "language tag"}
"""Names of the types of text that have a form of their own."""
TYPES = {300: "line", 20_000: "Markdown", 2_000: "address", 80: "id", 60: "word"}
"""Names of the types of text, by the most characters that they may have."""
MAX_EXAMPLE = 44
"""The most characters of a text in an example."""


def reference() -> str:
    """Return the page."""
    document = schema()
    examples: Examples = {}
    for path in EXAMPLES:
        collect(document, "Rubric", document, read_yaml(read_text(path), path.name).data, examples)
    records = {"Rubric": document, **dict(reached(document, document))}
    return HEAD + "".join(section(name, node, examples) for name, node in records.items())


def reached(document: Node, node: Any, seen: set[str] | None = None) -> Iterator[tuple[str, Node]]:
    """Yield the records that a record names, in the order of its keys, each once."""
    seen = set() if seen is None else seen
    for name in named(node.get("properties", {})):
        if name not in seen:
            seen.add(name)
            definition = document["definitions"][name]
            yield name, definition
            yield from reached(document, definition, seen)


def named(node: Any) -> Iterator[str]:
    """Yield the names of the records in a part of the schema."""
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference.rpartition("/")[2]
        for key, value in node.items():
            if key != "default":
                yield from named(value)
    elif isinstance(node, list):
        for item in node:
            yield from named(item)


def collect(document: Node, name: str, node: Node, value: Any, examples: Examples) -> None:
    """Collect the first value of each key, by record and key; `node` describes `value`."""
    for reference in [node, *node.get("allOf", [])]:
        if "$ref" in reference:
            name = reference["$ref"].rpartition("/")[2]
            node = document["definitions"][name]
    for choice in node.get("anyOf", []):
        collect(document, name, choice, value, examples)
    if isinstance(value, list) and "items" in node:
        for item in value:
            collect(document, name, node["items"], item, examples)
    if not isinstance(value, dict):
        return
    patterns = node.get("patternProperties", {})
    others: Any = node.get("additionalProperties") or next(iter(patterns.values()), {})
    for key, item in value.items():
        if key in node.get("properties", {}):
            examples.setdefault((name, key), item)
            collect(document, name, node["properties"][key], item, examples)
        elif isinstance(others, dict):
            collect(document, name, others, item, examples)


def section(name: str, node: Node, examples: Examples) -> str:
    """Return the heading and the table of one record."""
    lines = [f"\n## {name}\n", one_line(node.get("description", "")), ""]
    lines += ["| Key | Type and default | Meaning | Example |", "| --- | --- | --- | --- |"]
    for key, value in node.get("properties", {}).items():
        label = f"**`{key}`**" if key in node.get("required", []) else f"`{key}`"
        default = value.get("default")
        kind = kind_of(value)
        if default not in (None, [], {}):
            kind += f"; default {code(brief(default))}"
        example = code(f"{key}: {brief(examples[name, key])}") if (name, key) in examples else ""
        lines.append(f"| {label} | {kind} | {one_line(value['description'])} | {example} |")
    return "\n".join(lines) + "\n"


def one_line(text: str) -> str:
    """Return a docstring in one line, without the marks of tables."""
    return " ".join(text.split()).replace("|", "\\|")


def kind_of(node: Node) -> str:
    """Return the type of a value in words."""
    if choices := [one for one in node.get("anyOf", []) if one.get("type") != "null"]:
        return " or ".join(map(kind_of, choices))
    if names := list(named({key: node.get(key) for key in ("$ref", "allOf")})):
        return f"[{names[0]}](#{names[0].lower()})"
    if values := node.get("enum") or ([node["const"]] if "const" in node else []):
        return ", ".join(code(scalar(value)) for value in values)
    kind = node.get("type")
    if kind == "array":
        return f"list of {plural(kind_of(node['items']))}"
    if kind == "object":
        patterns = list(node.get("patternProperties", {}).values())
        inner = node.get("additionalProperties") or (patterns[0] if patterns else {})
        keys = "by id" if patterns else "by name"
        assert isinstance(inner, dict)
        kind = plural(kind_of(inner))
        return f"{kind}, {keys}" if kind.endswith(" by id") else f"{kind} {keys}"
    if kind == "string":
        return FORMATS.get(node.get("pattern", "")) or TYPES[node["maxLength"]]
    if kind == "boolean":
        return "`true` or `false`"
    return str(kind) + bounds(node)


def bounds(node: Node) -> str:
    """Return the bounds of a number in words."""
    words = {"minimum": "at least", "exclusiveMinimum": "more than", "maximum": "at most"}
    found = [f"{word} {node[key]:g}" for key, word in words.items() if key in node]
    return f", {', '.join(found)}" if found else ""


def plural(kind: str) -> str:
    """Return a type in the plural if it is one word."""
    return {"line": "lines", "id": "ids", "number": "numbers"}.get(kind, kind)


def brief(value: Any, depth: int = 0) -> str:
    """Return a value as YAML in one line, with `…` for what is left out."""
    if isinstance(value, dict):
        if depth > 1:
            return "{…}"
        most = 3 if not any(isinstance(one, dict) for one in value.values()) else 1
        items = [f"{scalar(key)}: {brief(one, depth + 1)}" for key, one in value.items()]
        return f"{{{', '.join([*items[:most], *['…'] * (len(items) > most)])}}}"
    if isinstance(value, list):
        items = [brief(one, depth + 1) for one in value]
        return f"[{', '.join([*items[:2], *['…'] * (len(items) > 2)])}]"
    return scalar(value)


def scalar(value: Any) -> str:
    """Return one value as YAML, shortened."""
    if isinstance(value, str):
        value = " ".join(value.split())
        value = value if len(value) <= MAX_EXAMPLE else value[: MAX_EXAMPLE - 1].rstrip() + "…"
    text: str = yaml.safe_dump([value], default_flow_style=True, width=1_000, allow_unicode=True)
    return text.strip()[1:-1]


def code(text: str) -> str:
    """Return text as code in a cell of a table."""
    marks = "``" if "`" in text else "`"
    return f"{marks}{text}{marks}".replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written")
