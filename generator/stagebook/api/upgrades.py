"""Take the next version of what an overlay extends."""

from __future__ import annotations

import os
from pathlib import Path

from ..checks.loader import Reading
from ..diagnostics import RubricError
from ..difference.upgrading import Upgrade, find_clashes
from ..files.rubrics import load_rubric, read_text, read_with_bases
from ..files.shipped import NOT_WRITTEN, path_unless_file
from ..overlay.editing import NotEditable, with_base, with_hashes
from ..overlay.translation import TextState, digest, dotted, states, texts
from ..rubric.model import Rubric
from ..rubric.source import Layer, Source


class UpgradeRefused(Exception):
    """The overlay cannot be upgraded; the message says why and what to do."""


def upgrade(
    path: str | Path, to: str | Path | None = None, since: str | Path | None = None
) -> tuple[Upgrade, str, Reading]:
    """Return what the rubric `to` does to an overlay, its new text, and what that makes of `to`.

    Nothing is written. By default, `to` is what the overlay extends now. `since` is the base that
    it was written against: by default also what it extends, if that still has the version that it
    names. Raises UpgradeRefused, and RubricError for rubrics with errors.
    """
    path, to, since = Path(path), _path(to), _path(since)
    if path_unless_file(path) is not None:
        raise UpgradeRefused(f"{path} {NOT_WRITTEN}")
    overlay = _read(path, since or to)
    layer = overlay.source.layer
    if layer is None:
        raise (
            RubricError(overlay.findings)
            if overlay.records is None
            else UpgradeRefused(f"{path} extends no other rubric")
        )
    current = _files(overlay)[layer.base.path]
    target = path_unless_file(to) or to if to else current
    base = load_rubric(target)
    new, old = base.rubric, _earlier(layer, current, since)
    if old is None and any(one.state == "unchecked" for one in _states(overlay.source, layer)):
        raise UpgradeRefused(
            f"version {layer.version} of the base is needed to tell which texts are stale: "
            "name it with --from"
        )
    text = _edited(path, overlay, _named(path, layer, current, target, to), new, old)
    reading = read_with_bases(text, path, str(path), (target, base.source.path))
    return find_clashes(overlay.source, layer, old, new), text, reading


def _path(name: str | Path | None) -> Path | None:
    return None if name is None else Path(name)


def _read(path: Path, base: Path | None) -> Reading:
    """Return an overlay; if what it extends is gone, on a base that is at hand."""
    overlay = load_rubric(path)
    if overlay.source.layer is not None or base is None:
        return overlay
    found = path_unless_file(base) or base
    return read_with_bases(read_text(path), path, str(path), (found, str(base)))


def _files(reading: Reading) -> dict[str, Path]:
    return {shown: Path(path) for shown, path in reading.files.items()}


def _earlier(layer: Layer, current: Path, since: Path | None) -> Rubric | None:
    if since is not None:
        return load_rubric(since).rubric
    rubric = load_rubric(current).rubric
    return rubric if layer.version in (None, rubric.version) else None


def _states(source: Source, layer: Layer) -> list[TextState]:
    """Return the states of the texts of a translation; other overlays have none."""
    return states(source) if layer.is_translation else []


def _named(path: Path, layer: Layer, current: Path, target: Path, to: Path | None) -> str:
    """Return how the overlay names its next base."""
    if os.path.realpath(target) == os.path.realpath(current):
        return layer.name
    return name_for(path, to if to is not None else target)


def name_for(path: Path, base: Path) -> str:
    """Return how an overlay names its base: the name of a shipped rubric, or a relative path."""
    if path_unless_file(base) is not None:
        return str(base)
    relative = Path(os.path.relpath(base, path.parent)).as_posix()
    return relative if relative.endswith((".yml", ".yaml", ".json")) else f"./{relative}"


def _edited(path: Path, overlay: Reading, name: str, new: Rubric, old: Rubric | None) -> str:
    layer = overlay.source.layer
    assert layer is not None
    try:
        text = with_base(read_text(path), name, new.version)
        if layer.is_translation and old is not None:
            text = with_hashes(text, _hashes(overlay, layer, old))
    except NotEditable as error:
        raise UpgradeRefused(f"{path}: {error}: write the new version by hand") from error
    return text


def _hashes(overlay: Reading, layer: Layer, old: Rubric) -> dict[str, str]:
    """Return the hashes of the texts that were translated, from the earlier base if not known."""
    data = {"format": old.format, **old.model_dump(mode="json", by_alias=True)}
    own = overlay.source.path
    found = {}
    for keys, text in texts(data):
        node = overlay.source.node(keys)
        if node is not None and node.file == own:
            found[dotted(keys)] = str(layer.hashes.get(dotted(keys), digest(text)))
    return found
