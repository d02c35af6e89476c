"""Doing what a guide says: writing its files and running its commands, in order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from folders import ROOT

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<ticks>`{3,})(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n"
    r"(?P<body>.*?)^ *(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)
_KEY = re.compile(r"^(\w+):.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)

COMMANDS = f"""\
stagebook() {{ "{sys.executable}" -m stagebook "$@"; }}
mkdocs() {{
  [ "$1" = serve ] || "{sys.executable}" -m mkdocs --quiet "$@"
}}
pip() {{ [ "$1" = install ]; }}
"""
"""Stand-ins: nothing is installed or served; sites are built."""


class Fence(NamedTuple):
    """A fenced block of a guide; `title` is the file that it belongs into."""

    language: str
    title: str
    body: str


def fences(name: str) -> list[Fence]:
    """Return the outermost fenced blocks of a guide, in order."""
    text = (ROOT / "content" / "guides" / f"{name}.md").read_text(encoding="utf-8")
    return [
        Fence(one["language"], one["title"] or "", one["body"].replace(f"\n{one['indent']}", "\n"))
        for one in _FENCE.finditer(text)
    ]


def follow(name: str, folder: Path) -> Path:
    """Do what a guide says, beginning in a folder; return where the reader ends."""
    for fence in fences(name):
        if fence.language == "sh":
            folder = _run(fence.body, folder)
        elif fence.title:
            _write(folder / fence.title, fence.body)
    return folder


def _run(commands: str, folder: Path) -> Path:
    script = f"set -eu\n{COMMANDS}\n{commands}\npwd > '{folder}/.here'\n"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    ran = subprocess.run(
        ["bash", "-c", script],  # noqa: S607
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"{commands}\n{ran.stdout}\n{ran.stderr}"
    return Path((folder / ".here").read_text().strip())


def _write(path: Path, body: str) -> None:
    """Write a file; of a `mkdocs.yml` that exists, replace the top-level keys that are shown."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.name != "mkdocs.yml":
        path.write_text(body, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    for shown in _KEY.finditer(body):
        old = next(one for one in _KEY.finditer(text) if one[1] == shown[1])
        text = text[: old.start()] + shown.group() + "\n" + text[old.end() :]
    path.write_text(text, encoding="utf-8")
