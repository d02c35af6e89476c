"""What all commands share: reading rubrics, printing findings, and errors of the system."""

from __future__ import annotations

import errno
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

import click

from ..diagnostics import Diagnostic, has_errors, printable
from ..files.refusals import OutputRefused

if TYPE_CHECKING:
    from ..checks.loader import Reading
    from ..rubric.model import Rubric

RUBRIC = click.argument("rubric", type=click.Path(path_type=Path))
CONFIG = click.option(
    "-f",
    "--config-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The mkdocs.yml of the site; its rubrics and folders are relative to it.",
)
MAX_FINDINGS = 1_000
"""The most findings to print per file; the others are counted."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as in shells."""


class Refused(click.ClickException):
    """A file that cannot be read or written."""

    exit_code = 2


class Edge(click.Group):
    """A group whose commands end with a message and an exit code if the system reports an error."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Parse the command line; `--help` prints here."""
        with _refusals():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with suppress(AttributeError, ValueError):
            # Characters that the terminal cannot encode, such as arrows, are printed as escapes.
            cast(TextIOWrapper, sys.stdout).reconfigure(errors="backslashreplace")
        with _refusals():
            return super().invoke(ctx)


@contextmanager
def _refusals() -> Iterator[None]:
    """Raise Refused if the disk or the terminal reports an error."""
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:  # It is None if it was closed before the start.
                sys.stdout.flush()  # A full disk may only be reported now.
    except BrokenPipeError:
        raise  # click handles it: the reader has closed the pipe.
    except OutputRefused as error:
        raise Refused(printable(str(error))) from error
    except OSError as error:
        _forget_output()
        message = error.strerror or str(error)
        name = "standard output" if error.filename is None else error.filename
        raise Refused(printable(f"{name}: {message}")) from error
    except KeyboardInterrupt:
        _forget_output()
        click.echo("Aborted!", err=True)
        raise SystemExit(INTERRUPTED) from None


def _forget_output() -> None:
    """Discard unprinted output, so that Python does not try to print it again at exit."""
    with suppress(AttributeError, OSError, ValueError):
        sys.stdout.flush()
        return
    with suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_findings(
    findings: Iterable[Diagnostic], form: str = "text", *, err: bool = False
) -> None:
    """Print findings file by file, and how many were left out."""
    shown: Callable[[Diagnostic], str] = Diagnostic.github if form == "github" else str
    for path, group in groupby(findings, key=lambda finding: finding.path):
        first, left_out = choose_findings(tuple(group))
        for finding in first:
            click.echo(shown(finding), err=err)
        if left_out:
            click.echo(f"{printable(path)}: … and {left_out:,} more", err=err)


def choose_findings(findings: tuple[Diagnostic, ...]) -> tuple[tuple[Diagnostic, ...], int]:
    """Return the findings of a file to show, in order, and the number of those left out.

    If there are too many, warnings are left out first.
    """
    if len(findings) <= MAX_FINDINGS:
        return findings, 0
    errors = [index for index, finding in enumerate(findings) if finding.level == "error"]
    warnings = [index for index, finding in enumerate(findings) if finding.level != "error"]
    chosen = sorted([*errors, *warnings][:MAX_FINDINGS])
    return tuple(findings[index] for index in chosen), len(findings) - MAX_FINDINGS


def usable(path: Path) -> Rubric:
    """Return a rubric from a file; if it has errors, print the findings and end the command."""
    return whole(path).rubric


def whole(path: Path) -> Reading:
    """Return a rubric with its text; if it has errors, print the findings and end the command."""
    from .. import check

    reading = check(path)
    if reading.records is None or has_errors(reading.findings):
        print_findings(reading.findings)
        leave(True)
    return reading


def refuse_unused(use: str, options: Mapping[str, object]) -> None:
    """Raise UsageError if options are given that do nothing with such a use of a command."""
    if given := [name for name, value in options.items() if value]:
        raise click.UsageError(f"{use} does not use {' or '.join(given)}")


def emit(text: str) -> None:
    """Print text that may contain half a surrogate pair; raises OSError."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "closed")
    sys.stdout.buffer.write(encode(text))


def counted(number: int, noun: str) -> str:
    """Return a number with the noun that it counts, in the plural unless it is 1."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def encode(text: str) -> bytes:
    """Return text as bytes; JSON may contain half a surrogate pair, which is escaped."""
    return text.encode("utf-8", "backslashreplace")


def say_written(output: Path, content: bytes) -> None:
    """Say what was written, and how long it is."""
    click.echo(f"{output}: {math.ceil(len(content) / 1024):,} KB", err=True)


def as_typed(*words: str | Path) -> str:
    """Return a command as one types it into a shell."""
    # Imported here because few commands say another, and these imports take time.
    import shlex
    import subprocess

    quote = subprocess.list2cmdline if os.name == "nt" else shlex.join
    return quote(list(map(str, words)))


def leave(found: bool) -> NoReturn:
    """End the command with exit code 1 if there were findings, otherwise 0."""
    raise SystemExit(1 if found else 0)
