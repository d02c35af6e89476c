"""The command `stagebook`: the only module that prints."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import __version__
from .diagnostics import Diagnostic, RubricError, has_errors, printable

if TYPE_CHECKING:
    from .assessment import Assessment
    from .assessment_files import AssessmentText
    from .model import Rubric
    from .reading import Reading
    from .scoring import Scorer

# pydantic would look through all installed packages for plugins, at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

RUBRIC = click.argument("rubric", type=click.Path(path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stagebook")
def main() -> None:
    """Turn one YAML rubric into a maturity playbook with a self-scoring quiz.

    Exit codes: 0 done, 1 findings, 2 wrong usage.
    """


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "text", "github", "json"]),
    default="auto",
    help="How findings are printed; auto is github inside GitHub Actions, text elsewhere.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
def check(files: Sequence[Path], form: str, strict: bool) -> None:
    """Check rubrics: all findings at once, each with file, line and column.

    Example: stagebook check rubrics/*.yml --strict
    """
    gc.disable()  # A short run, in which all that is read stays in use.
    from .files import load_rubric

    readings = [load_rubric(path) for path in files]
    findings = [finding for reading in readings for finding in reading.findings]
    if form == "auto":
        form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    if form == "json":
        click.echo(json.dumps(_report(files, readings), indent=1, ensure_ascii=False))
    else:
        _print_findings(findings, form)
        if form == "text":
            click.echo(_summary(files, findings), err=bool(findings))
    _exit(has_errors(findings, strict=strict))


def _print_findings(findings: Iterable[Diagnostic], form: str = "text") -> None:
    shown: Callable[[Diagnostic], str] = Diagnostic.github if form == "github" else str
    for finding in findings:
        click.echo(shown(finding))


def _summary(files: Sequence[Path], findings: Sequence[Diagnostic]) -> str:
    levels = Counter(finding.level for finding in findings)
    counts = [f"{levels[level]} {level}{'s' * (levels[level] != 1)}" for level in levels]
    checked = f"{len(files)} file{'s' * (len(files) != 1)} checked"
    return f"{checked}: {', '.join(counts) or 'no findings'}"


def _report(files: Sequence[Path], readings: Sequence[Reading]) -> dict[str, Any]:
    return {
        "format": "stagebook-findings/1",
        "files": [
            {
                "path": str(path),
                "counts": reading.counts(),
                "findings": [finding.as_dict() for finding in reading.findings],
            }
            for path, reading in zip(files, readings, strict=True)
        ],
    }


@main.command()
@click.option("--check", "compare", type=click.Path(path_type=Path), help="Compare with a file.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to a file.")
def schema(compare: Path | None, output: Path | None) -> None:
    """Print the JSON Schema of rubrics, for editors.

    Example: stagebook schema -o rubrics/schema.json
    """
    from .files import write_file
    from .schema import schema_text

    text = schema_text()
    if compare is not None:
        same = compare.is_file() and compare.read_text(encoding="utf-8") == text
        if not same:
            click.echo(f"{compare} is not the schema of this version", err=True)
        _exit(not same)
    elif output is not None:
        write_file(output, text.encode())
    else:
        click.echo(text, nl=False)


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--config-file",
    "config_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site to write.",
)
def write(out: Path, config_file: Path) -> None:
    """Write the site as plain files that build without the plugin.

    Example: stagebook write build/docs && mkdocs build -f build/docs/mkdocs.yml
    """
    import yaml

    from .files import OutputRefused, find_rubrics, load_rubric, read_folder, write_tree
    from .plugin import read_site
    from .written import read_config, written_site

    root = config_file.parent
    text = config_file.read_text(encoding="utf-8")
    try:
        config = read_config(text)
    except yaml.YAMLError as error:
        raise click.UsageError(f"{config_file}: {error}") from error
    try:
        site = read_site(config_file)
    except ValueError as error:
        raise click.UsageError(f"{config_file}: {error}") from error
    readings = [load_rubric(path) for path in find_rubrics(root, config.rubrics)]
    _print_findings(finding for reading in readings for finding in reading.findings)
    overrides = read_folder(root / config.custom_dir) if config.custom_dir else {}
    try:
        files, missing = written_site(
            text, read_folder(root / config.docs_dir), overrides, readings, site
        )
        _print_findings(missing)
        write_tree(files, out)
    except RubricError as error:
        if not any(reading.findings for reading in readings):
            _print_findings(error.findings)
        _exit(True)
    except OutputRefused as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{len(files)} files in {out}", err=True)


@main.command()
@RUBRIC
@click.argument("assessment", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="text is for people, json the whole result, jsonl one short result a line.",
)
def score(rubric: Path, assessment: Path, form: str) -> None:
    """Score assessments: a file, a folder of files, or - for standard input.

    A file named .jsonl holds one assessment a line; so does standard input with --format jsonl.

    Example: stagebook score rubrics/ai-product.yml checkout.json
    """
    from .assessment import Known
    from .assessment_files import STDIN, read_assessments
    from .scoring import Scorer

    records = _usable(rubric)
    if assessment != STDIN and not assessment.exists():
        raise click.UsageError(f"{assessment} does not exist")
    texts: Iterable[AssessmentText] = read_assessments(assessment, lines=form == "jsonl")
    if form == "json":
        several = assessment.is_dir() or assessment.suffix == ".jsonl"
        texts = () if several else [*texts]
        if len(texts) != 1:
            raise click.UsageError("json is for one assessment; use --format jsonl for several")
    scorer, known = Scorer(records), Known(records)
    wrong = False
    for said in _progress(texts, form == "jsonl"):
        answers, findings = said.read(known)
        for finding in findings:
            wrong = wrong or finding.level == "error"
            click.echo(f"{printable(said.name)}: {finding}", err=True)
        if answers is not None:
            _emit(_scored(scorer, answers, form))
    _exit(wrong)


@main.command()
@RUBRIC
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("assess.html"),
    show_default=True,
    help="The file to write.",
)
def assess(rubric: Path, output: Path) -> None:
    """Write the assessment as one self-contained file, for a stick or a mail.

    It holds the quiz, the plays and the sources, and can make no connection.

    Example: stagebook assess rubrics/ai-product.yml -o assess.html
    """
    from .files import write_file
    from .pages import single_file

    records = _usable(rubric)
    if not output.parent.is_dir():
        raise click.UsageError(f"{output.parent} is no folder")
    content = single_file(records).encode()
    write_file(output, content)
    click.echo(f"{output}: {len(content) / 1024:.0f} KB", err=True)


@main.command()
@RUBRIC
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "html"]),
    default="text",
    show_default=True,
    help="text is for people, json the whole view, csv a row a gate, html a page to print.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it.")
@click.option("--hide-names", is_flag=True, help="Numbers for names, also in what is saved.")
@click.option(
    "--save",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write all assessments as one team file.",
)
def team(
    rubric: Path,
    files: Sequence[Path],
    form: str,
    output: Path | None,
    hide_names: bool,
    save: Path | None,
) -> None:
    """Put the assessments of several respondents side by side.

    Each of FILES is an assessment, a .jsonl, a team file, a folder of these, or - for standard
    input.

    Example: stagebook team rubrics/ai-product.yml answers/ --format html -o team.html
    """
    from .assessment_files import STDIN, read_assessments
    from .files import write_file
    from .team_report import report_team

    records = _usable(rubric)
    for path in files:
        if path != STDIN and not path.exists():
            raise click.UsageError(f"{path} does not exist")
    for path in filter(None, (output, save)):
        if not path.parent.is_dir():
            raise click.UsageError(f"{path.parent} is no folder")
    texts = chain.from_iterable(map(read_assessments, files))
    try:
        report = report_team(records, texts, form, hide_names=hide_names)
    except OSError as error:
        raise click.UsageError(f"{error.filename}: {error.strerror}") from error
    for finding in report.findings:
        click.echo(finding, err=True)
    if save and report.file:
        write_file(save, _bytes(report.file))
    if output and report.shown:
        write_file(output, _bytes(report.shown))
    else:
        _emit(report.shown)
    _exit(report.has_errors)


def _usable(path: Path) -> Rubric:
    """Return a rubric from a file; one with errors ends the command with its findings."""
    from .files import load_rubric

    reading = load_rubric(path)
    if reading.records is None or has_errors(reading.findings):
        _print_findings(reading.findings)
        _exit(True)
    return reading.rubric


def _scored(scorer: Scorer, answers: Assessment, form: str) -> str:
    from .explanation import explain
    from .results import brief_data, result_data

    if form == "text":
        return explain(scorer, answers)
    if form == "json":
        return json.dumps(result_data(scorer, answers), indent=1, ensure_ascii=False) + "\n"
    return json.dumps(brief_data(scorer, answers), ensure_ascii=False) + "\n"


def _progress(texts: Iterable[AssessmentText], shown: bool) -> Iterator[AssessmentText]:
    """Pass assessments on, with a bar on a terminal that does not show the results."""
    if not shown or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from texts
        return
    with click.progressbar(length=1, label="Scoring", file=sys.stderr) as bar:
        for said in texts:
            if said.size and said.done != bar.pos:
                bar.length = said.size
                bar.update(said.done - bar.pos)
            yield said
        bar.update((bar.length or 0) - bar.pos)


def _emit(text: str) -> None:
    sys.stdout.buffer.write(_bytes(text))


def _bytes(text: str) -> bytes:
    """Return text that may hold half a surrogate pair, because JSON can, for a file."""
    return text.encode("utf-8", "backslashreplace")


def _exit(found: bool) -> None:
    raise SystemExit(1 if found else 0)
