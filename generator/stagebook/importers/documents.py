"""The YAML documents of a model, and records from which values are taken one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from ..diagnostics import CODES, Diagnostic, RubricError, printable
from ..rubric.model.base import slug

MAX_VALUES = 500_000
"""The most values of a model after its aliases are expanded."""


class Documents:
    """The documents of a model by file; read by YAML 1.1, as their own tools do, with text kept."""

    def __init__(self, files: Mapping[str, str], shown: str) -> None:
        """Read all files; raises RubricError with what is wrong in any of them."""
        self.shown = shown
        self.by_file: dict[str, list[Any]] = {}
        wrong: list[Diagnostic] = []
        for name, text in files.items():
            try:
                self.by_file[name] = [one for one in yaml.load_all(text, _Loader) if one]
            except RecursionError:
                message = "lists and mappings are nested too deeply"
                wrong.append(self._wrong(name, "yaml-depth", message))
            except (yaml.YAMLError, ValueError) as error:
                wrong.append(self._wrong(name, "yaml-syntax", error))
        if not wrong and _count(list(self.by_file.values()), MAX_VALUES) > MAX_VALUES:
            wrong.append(self._wrong("", "too-large", f"more than {MAX_VALUES:,} values"))
        if wrong:
            raise RubricError(wrong)

    def _wrong(self, name: str, code: str, error: object) -> Diagnostic:
        path = f"{self.shown}/{name}" if name and len(self.by_file) > 1 else self.shown
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = printable(getattr(error, "problem", None) or str(error))
        return Diagnostic(path, line, column, CODES[code], code, message)

    def refuse(self, message: str) -> RubricError:
        """Return the error that the files are not of the model."""
        return RubricError(
            [Diagnostic(self.shown, 1, 1, CODES["unknown-format"], "unknown-format", message)]
        )

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Yield each document with the name of its file."""
        for name, documents in self.by_file.items():
            for document in documents:
                yield name, document


class _Loader(yaml.SafeLoader):
    """Reads dates and yes and no as text: names and versions look like them.

    So do numbers such as 1.10, 010 and 12:30: one that is written in another way stays as it is.
    """


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _number(loader: _Loader, node: yaml.ScalarNode) -> int | float | str:
    is_whole = node.tag.endswith(":int")
    read = loader.construct_yaml_int if is_whole else loader.construct_yaml_float
    number: int | float = read(node)
    return number if str(number) == node.value else str(node.value)


for _kind in ("int", "float"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _number)


def _count(value: Any, left: int) -> int:
    """Return how many values there are, or more than `left`: aliases can repeat without end."""
    waiting, count = [value], 0
    while waiting and count <= left:
        one = waiting.pop()
        count += 1
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return count


class Taker:
    """A record of a source: what is not taken from it is kept as the author's own keys."""

    def __init__(self, record: Mapping[Any, Any]) -> None:
        """Copy the record; null and empty values say nothing."""
        self._left = {key: value for key, value in record.items() if not _is_empty(value)}

    def take(self, key: str) -> Any:
        """Take a value out; None if it has none."""
        return self._left.pop(key, None)

    def text(self, key: str) -> str | None:
        """Take a text out, without blanks at its ends; a number is its text."""
        value = self._left.get(key)
        if isinstance(value, bool | dict | list) or value is None:
            return None
        del self._left[key]
        return str(value).strip() or None

    def line(self, key: str, limit: int = 300) -> str | None:
        """Take a text out that fits in one line; a longer one stays."""
        value = str(self._left.get(key) or "").strip()
        if not value or "\n" in value or len(value) > limit:
            return None
        return self.text(key)

    def rest(self) -> dict[str, Any]:
        """Return what was not taken, as keys that begin with x-."""
        return {own_key(key): plain_data(value) for key, value in self._left.items()}


def own_key(key: Any) -> str:
    """Return a key of a source as the author's own: longDescription is x-long-description."""
    text = "".join(f"-{c}" if c.isupper() else c for c in str(key))
    return f"x-{slug(text) or 'value'}"


def plain_data(value: Any) -> Any:
    """Return data whose keys are text; a date is its ISO text."""
    if isinstance(value, dict):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain_data(item) for item in value]
    return value if isinstance(value, str | bool | int | float | None) else str(value)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def without_empty(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record without the keys that have no value."""
    return {key: value for key, value in record.items() if not _is_empty(value)}


class Ids:
    """Ids made from titles or codes, each once."""

    def __init__(self) -> None:
        """Start without ids."""
        self._taken: set[str] = set()

    def new(self, text: object) -> str:
        """Return an id for a text."""
        made = slug(str(text)) or "entry"
        id_, number = made, 1
        while id_ in self._taken:
            number += 1
            id_ = f"{made[:58].rstrip('-')}-{number}"
        self._taken.add(id_)
        return id_
