"""From files to a portfolio: score what is new, keep what is unchanged, write all of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from .. import __version__
from ..assessment.reader import AssessmentFinding
from ..diagnostics import printable
from ..files.inputs import Input, Read, read_inputs
from ..files.outputs import write_folder
from ..rubric.model import Rubric
from .columns import table_schema
from .earlier import Earlier
from .making import Batch, Making, Told
from .parts import begin_folder, refused_row
from .pool import make_parts
from .rows import Settings
from .schema import SCHEMA
from .store import BY_PART, MANIFEST, PartWriter, next_number, write_titles
from .texts import clean
from .titles import title_rows

MAX_LINES = 1_000
"""The most errors to tell of; the others are counted, and all are in the table `findings`."""
MAX_ROWS, MAX_TEXT = 200, 1_500_000
"""The most assessments of a batch, and the characters after which it ends."""

Progress = Callable[[int, int], None]
"""Takes the bytes and the assessments that have been read."""


class Job(NamedTuple):
    """What makes a portfolio: the rubric, and what may be in the tables."""

    rubric: Rubric
    settings: Settings
    workers: int = 1

    def key(self) -> str:
        """Return a hash of all that a row depends on apart from its assessment."""
        settings = [self.settings.names, self.settings.notes, sorted(self.settings.tags.items())]
        # A rubric may consist of several files, so that it counts as it was read.
        rubric = self.rubric.model_dump_json(by_alias=True)
        made = json.dumps([SCHEMA, scorer_version(), rubric, settings])
        return blake2b(made.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass
class Summary:
    """What was read: `scored` and `kept` assessments, `broken` ones, and what is wrong."""

    scored: int = 0
    kept: int = 0
    broken: int = 0
    errors: list[str] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: list[tuple[str, AssessmentFinding]] = field(default_factory=list)

    def refuse(self, source: str, finding: AssessmentFinding) -> None:
        """Count a file that cannot be read."""
        self.broken += 1
        self.refused.append((clean(source), finding))
        self.tell(source, finding.level, finding.code, finding.where, finding.message)

    def keep(self, findings: Iterable[tuple[str, str]]) -> None:
        """Count an assessment that is unchanged, and the levels and codes of its findings."""
        self.kept += 1
        self.counts.update(findings)

    def add(self, told: Told) -> None:
        """Count what was scored."""
        self.scored += told.scored
        self.broken += told.broken
        for finding in told.findings:
            self.tell(*finding)

    def tell(self, source: str, level: str, code: str, path: str, message: str) -> None:
        """Count a finding, and keep an error's line."""
        self.counts[level, code] += 1
        if level == "error" and len(self.errors) < MAX_LINES:
            line = f"{source}: {path}: {level}[{code}]: {message}"
            self.errors.append(printable(line))


def scorer_version() -> str:
    """Return the version of all code that rows depend on, down to each of its letters."""
    digest = blake2b(__version__.encode(), digest_size=8)
    for room in ("assessment", "rubric", "rubric/model", "scoring", "portfolio"):
        folder = resources.files("stagebook") / room
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    return f"{__version__}+{digest.hexdigest()}"


def make_portfolio(
    job: Job,
    inputs: Iterable[Input],
    out: Path,
    *,
    finish: Callable[[Path], None] = lambda folder: None,
    progress: Progress = lambda done, count: None,
) -> Summary:
    """Write the tables of a portfolio in a folder, which replaces the one that is there.

    `finish` may add files to the folder before it takes its place. Raises OutputRefused.
    """
    summary = Summary()
    key = job.key()

    def fill(folder: Path) -> None:
        old = Earlier(out, key, folder.parent / "earlier")
        begin_folder(folder)
        reads = _fresh(read_inputs(inputs), old, summary, progress)
        making = Making(job.rubric, job.settings, folder)
        for told in make_parts(making, _batches(reads), job.workers):
            summary.add(told)
        old.move(folder)
        _write_refused(summary, job.settings.notes, folder)
        write_titles(folder, title_rows(job.rubric))
        manifest = json.dumps(_manifest(job, key, summary), indent=1, ensure_ascii=False)
        (folder / MANIFEST).write_text(manifest + "\n", "utf-8")
        finish(folder)

    write_folder(fill, out)
    return summary


def _manifest(job: Job, key: str, summary: Summary) -> dict[str, Any]:
    rubric = job.rubric
    return {
        "schema": SCHEMA,
        "key": key,
        "rubric": {
            "id": rubric.id,
            "version": rubric.version,
            "title": rubric.title,
            "language": rubric.language,
        },
        "names": job.settings.names,
        "notes": job.settings.notes,
        "assessments": summary.scored + summary.kept,
        "broken": summary.broken,
    }


def _fresh(
    reads: Iterable[Read], old: Earlier, summary: Summary, progress: Progress
) -> Iterator[tuple[str, str]]:
    """Yield the files and texts that must be scored; tell of what cannot be read."""
    for count, (said, done) in enumerate(reads, 1):
        progress(done, count)
        if said.finding is not None:
            summary.refuse(said.name, said.finding)
        elif (findings := old.keep(said.name, said.text)) is not None:
            summary.keep(findings)
        else:
            yield said.name, said.text


def _batches(reads: Iterable[tuple[str, str]]) -> Iterator[Batch]:
    batch, size = Batch([], []), 0
    for source, text in reads:
        batch.sources.append(clean(source))
        batch.texts.append(text.removeprefix("\ufeff"))
        size += len(text)
        if len(batch.texts) == MAX_ROWS or size > MAX_TEXT:
            yield batch
            batch, size = Batch([], []), 0
    if batch.texts:
        yield batch


def _write_refused(summary: Summary, notes: bool, folder: Path) -> None:
    """Write a part for the findings of files that cannot be read, or if there is no other."""
    number = next_number(folder)
    if summary.refused or not number:
        tables = {name: table_schema(name).empty_table() for name in BY_PART}
        rows = [refused_row(source, one, notes) for source, one in summary.refused]
        tables["findings"] = pa.Table.from_pylist(rows, table_schema("findings"))
        writer = PartWriter(folder, iter([number]))
        writer.write(tables)
        writer.close()
