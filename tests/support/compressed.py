"""A host that compresses what it sends, as hosts do."""

from __future__ import annotations

import functools
import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

from browser import Server

TEXT = {".html", ".js", ".css", ".json", ".svg", ".xml", ".webmanifest", ".md", ".txt", ".yml"}


class Compressing(SimpleHTTPRequestHandler):
    """Sends text compressed, which browsers keep for ten minutes, as on GitHub Pages."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        path = path if found else Path(self.directory) / "404.html"
        body = path.read_bytes() if path.is_file() else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in TEXT:
            body = gzip.compress(body, 9, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)
        self.server.sent[self.path] = len(body)  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Host(Server):
    """Counts what it has sent, by path, in bytes as they were sent."""

    sent: dict[str, int]


@contextmanager
def compressed(folder: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """Serve a folder; yield its address, and what was sent."""
    handler = functools.partial(Compressing, directory=str(folder))
    server = Host(("127.0.0.1", 0), handler)
    server.sent = {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", server.sent
    server.shutdown()
    server.server_close()
