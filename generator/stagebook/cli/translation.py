"""The command `stagebook translation`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..diagnostics import printable
from .edge import Refused, counted, emit, leave, refuse_unused, usable, whole

if TYPE_CHECKING:
    from ..overlay.translation import TextState


@click.command()
@click.argument("overlay", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "since",
    type=click.Path(path_type=Path),
    help="The base that the translation was written against, to find stale texts without hashes.",
)
@click.option(
    "--record",
    is_flag=True,
    help="Write the hashes of all texts that are translated: they count as current from now on.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text lists what is to do, json all texts.",
)
def translation(overlay: Path, since: Path | None, record: bool, form: str) -> None:
    """List the texts of a translation that are missing or stale; exit with 1 if there are any.

    Example: stagebook translation rubrics/ai-product.de.yml
    """
    from ..overlay.translation import states

    if record:
        refuse_unused("--record", {"--from": since, "--format": form != "text"})
    reading = whole(overlay)
    if reading.source.layer is None or not reading.source.layer.is_translation:
        raise Refused(f"{overlay} extends no rubric of another language")
    if record:
        _record(overlay, reading.source)
        leave(False)
    older = usable(since).model_dump(mode="json", by_alias=True) if since else None
    found = states(reading.source, older)
    if form == "json":
        data = {"format": "stagebook-translation/1", "texts": [_data(one) for one in found]}
        emit(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    else:
        _print(overlay, found)
    leave(any(one.state != "current" for one in found))


def _record(overlay: Path, source: Any) -> None:
    from ..files.rubrics import read_text, rewrite
    from ..files.shipped import NOT_WRITTEN, path_unless_file
    from ..overlay.editing import NotEditable, with_hashes
    from ..overlay.translation import hashes

    if path_unless_file(overlay) is not None:
        raise Refused(f"{overlay} {NOT_WRITTEN}")
    found = hashes(source)
    try:
        rewrite(overlay, with_hashes(read_text(overlay), found))
    except NotEditable as error:
        raise Refused(f"{overlay}: {error}") from error
    click.echo(f"{counted(len(found), 'text')} recorded in {overlay}", err=True)


def _print(overlay: Path, found: list[TextState]) -> None:
    from ..overlay.translation import dotted

    for one in found:
        if one.state != "current":
            place = f"{overlay}:{one.line}" if one.line else str(overlay)
            text = printable(" ".join(one.source.split()), 100)
            click.echo(f"{place}: {one.state}: {printable(dotted(one.path))}: {text}")
    counts = Counter(one.state for one in found)
    listed = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    click.echo(f"{counted(len(found), 'text')}: {listed}", err=True)


def _data(one: TextState) -> dict[str, Any]:
    return {**one._asdict(), "path": [*one.path]}
