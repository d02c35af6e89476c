"""Commands in Python without the half second that each takes to import its modules.

A process imports them once and makes a copy of itself for each command, which goes on from there as
a new one. All of them have one hash seed: a test that looks at seeds starts Python instead.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
import tempfile
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

MODULES = [
    *("mkdocs.commands.build", "mkdocs.contrib.search", "stagebook.plugin", "stagebook.cli.write"),
    *("material.plugins.search.plugin", "material.plugins.offline.plugin", "material.extensions"),
    *("pymdownx.superfences", "pymdownx.tabbed", "pymdownx.details", "markdown.extensions.toc"),
    *(
        "markdown.extensions.attr_list",
        "markdown.extensions.tables",
        "markdown.extensions.codehilite",
    ),
    *("markdown_it", "pygments.lexers", "warm"),
]


@cache
def warm() -> ForkServerContext:
    """Return what makes the copies; the first of them starts it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(MODULES)
    return context


def run(
    module: str, arguments: tuple[str, ...], cwd: Path, variables: dict[str, str]
) -> tuple[int, str, str]:
    """Run a module as `python -m` does; return its exit code and what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        printed = [Path(folder) / "out", Path(folder) / "err"]
        process = warm().Process(target=_be, args=(module, arguments, cwd, variables, printed))
        process.start()
        process.join()
        out, err = (path.read_text(encoding="utf-8") for path in printed)
    assert process.exitcode is not None
    return process.exitcode, out, err


def _be(
    module: str,
    arguments: tuple[str, ...],
    cwd: Path,
    variables: dict[str, str],
    printed: list[Path],
) -> None:
    """Become a command."""
    for number, path in enumerate(printed, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(variables)
    sys.argv = [module, *arguments]
    sys.path.insert(0, str(cwd))
    runpy.run_module(module, run_name="__main__", alter_sys=True)
