"""The time from saving a change to the fresh page of a server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from processes import environment

PAGE = "large-model/dimensions/data-1"
PATIENCE = 300
"""Seconds after which a page counts as never coming."""
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Fresh(NamedTuple):
    """What it took until the page was fresh: seconds by the clock, and of CPU."""

    wall: float
    cpu: float


def time_to_fresh(
    site: Path, path: Path, edit: Callable[[Path, int], str], repeat: int
) -> list[Fresh]:
    """Serve a site and change a file; `edit` returns a text that the page then has.

    The page is that of the first dimension. Only Linux tells the CPU of a running process.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "--livereload"]
    server = subprocess.Popen(
        [*command, "-a", f"127.0.0.1:{port}"],
        cwd=site,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/{PAGE}/"
    try:
        _wait(address, "")
        found = []
        for number in range(repeat + 1):
            time.sleep(1.5)  # The watcher looks twice a second.
            cpu, start = _cpu_of(server.pid), time.perf_counter()
            said = edit(path, 1000 + number)
            _wait(address, said)
            found.append(Fresh(time.perf_counter() - start, _cpu_of(server.pid) - cpu))
        return found[1:]  # The first edit also compiles what is imported late.
    finally:
        server.terminate()
        server.wait()


def _wait(address: str, said: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(address) as answer:  # noqa: S310
                if said in answer.read().decode():
                    return
        except (URLError, ConnectionError):
            pass
        time.sleep(0.05)
    raise SystemExit(f"{address}: {said!r} did not appear")


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
