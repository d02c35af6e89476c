"""The configuration of nginx that containers use, in Debian's nginx if that is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple

import pytest
from folders import ROOT

CONFIG = ROOT / "generator" / "stagebook" / "scaffold" / "site" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

pytestmark = pytest.mark.slow

FILES = {
    "index.html": "<p>Home</p>",
    "404.html": "<p>Page not found</p>",
    "m/a/index.html": "<p>A</p>",
    "m/a/index.html.md": "# A",
    "m/rubric.json": "{}",
    "m/rubric.yml": "a: 1",
    "m/badges/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "assets/javascripts/bundle.0123abcd.min.js": "0",
    "assets/stagebook/stagebook.js": "0",
    "_headers": "/*",
}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a few files as the container does, but here; return the address."""
    if NGINX is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    for path, text in FILES.items():
        (folder / "html" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "html" / path).write_text(text)
    port = free_port()
    text = CONFIG.read_text(encoding="utf-8")
    for old, new in (
        ("listen 8080", f"listen 127.0.0.1:{port}"),
        (" /var/tmp/", f" {folder}/"),
        ("/usr/share/nginx/html", str(folder / "html")),
        ("/dev/stdout", str(folder / "access.log")),
    ):
        assert old in text
        text = text.replace(old, new)
    config = folder / "nginx.conf"
    config.write_text(text, encoding="utf-8")
    # Started by root, nginx would read the files as another user, who may not.
    extra = "daemon off;" + (" user root;" if os.getuid() == 0 else "")
    command = [NGINX, "-p", str(folder), "-c", str(config), "-g", extra]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr
    process = subprocess.Popen(command, cwd=folder)
    address = f"http://127.0.0.1:{port}/"
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.05)
    yield address
    process.terminate()
    process.wait(10)


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_: object) -> None:
        return None


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


def get(address: str) -> Answer:
    try:
        response = urllib.request.build_opener(Stay).open(address)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return Answer(response.status, response.headers, response.read())


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("m/a/", "text/html; charset=utf-8"),
        ("m/a/index.html.md", "text/markdown; charset=utf-8"),
        ("m/rubric.json", "application/json; charset=utf-8"),
        ("m/rubric.yml", "application/yaml; charset=utf-8"),
        ("m/badges/a.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_files_have_their_type_and_the_headers(nginx: str, path: str, kind: str) -> None:
    response = get(nginx + path)
    assert response.status == 200
    assert response.headers["Content-Type"] == kind
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Server"] == "nginx"


def test_only_names_with_a_hash_are_kept(nginx: str) -> None:
    kept = get(f"{nginx}assets/javascripts/bundle.0123abcd.min.js").headers["Cache-Control"]
    assert kept == "public, max-age=31536000, immutable"
    assert get(f"{nginx}assets/stagebook/stagebook.js").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["nothing", "m/nothing/", "_headers", "assets/", "../etc/passwd"])
def test_what_is_not_there_is_answered_helpfully(nginx: str, path: str) -> None:
    answer = get(nginx + path)
    assert answer.status in (400, 403, 404)
    if answer.status == 404:
        assert b"Page not found" in answer.body
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_folder_without_a_slash_leads_on_whatever_the_host(nginx: str) -> None:
    answer = get(f"{nginx}m/a")
    assert answer.status == 301
    assert answer.headers["Location"] == "/m/a/"


def test_the_containers_use_this_configuration() -> None:
    for path in (ROOT / "Containerfile", CONFIG.parent / "Containerfile"):
        text = path.read_text(encoding="utf-8")
        assert "nginx.conf /etc/nginx/nginx.conf" in text
        assert "\nUSER 101\n" in text
        source = next(line for line in text.splitlines() if "nginx.conf /" in line).split()[1]
        assert (path.parent / source).read_bytes() == CONFIG.read_bytes()
