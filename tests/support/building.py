"""Building sites as users do."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from warm import run


def mkdocs(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **variables}
    return subprocess.CompletedProcess(arguments, *run("mkdocs", arguments, cwd, environment))


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[list[str]]:
    """Run `mkdocs serve` in a folder and collect what it prints."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*command, *arguments], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True
    )
    lines: list[str] = []
    assert process.stderr
    reader = threading.Thread(target=lambda: lines.extend(process.stderr or []), daemon=True)
    reader.start()
    yield lines
    process.terminate()
    process.wait(10)
    reader.join(10)
    process.stderr.close()


def site_of(folder: Path, rubrics: dict[str, str], **config: Any) -> Path:
    """Make a small strict site of rubrics; return its folder."""
    (folder / "docs").mkdir()
    (folder / "rubrics").mkdir()
    (folder / "docs" / "index.md").write_text("# Home\n")
    for name, text in rubrics.items():
        (folder / "rubrics" / f"{name}.yml").write_text(text, encoding="utf-8")
    settings = {
        "site_name": "Shapes",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", "stagebook"],
        "markdown_extensions": ["attr_list", "toc"],
        "validation": {"links": {"anchors": "warn", "not_found": "warn"}},
        **config,
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings))
    return folder
