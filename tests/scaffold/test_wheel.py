"""From the built wheel to a served site in three commands, without the repository."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from folders import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build the wheel and install it alone; return the variables with which it is found.

    Its dependencies are those of the tests, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    target = folder / "site-packages"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(target), str(wheel)], check=True, capture_output=True)
    path = os.pathsep.join([str(target / "bin"), str(Path(sys.executable).parent), os.defpath])
    return {**os.environ, "PYTHONPATH": str(target), "PATH": path, "NO_MKDOCS_2_WARNING": "1"}


def test_the_wheel_is_used_and_knows_its_rubrics(installed: dict[str, str], tmp_path: Path) -> None:
    code = (
        "import stagebook\nfrom stagebook.files.shipped import names, path\n"
        "print(stagebook.__file__)\nprint(*(path(name) for name in names()), sep='\\n')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=installed,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = ran.stdout.splitlines()
    assert len(paths) == 1 + len(list((ROOT / "rubrics").rglob("*.yml")))
    assert all(path.startswith(installed["PYTHONPATH"]) for path in paths)


@pytest.mark.long
def test_three_commands_lead_to_a_served_site(installed: dict[str, str], tmp_path: Path) -> None:
    # The first, `pip install`, is that of the fixture.
    command = ["stagebook", "new", "acme", "--title", "Acme AI", "--from", "ai-product"]
    made = subprocess.run(
        command, cwd=tmp_path, env=installed, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        ["mkdocs", "serve", "--strict", "-a", address],  # noqa: S607
        cwd=tmp_path / "acme",
        env=installed,
        stderr=subprocess.DEVNULL,
    )
    try:
        page = read(f"http://{address}/acme-ai/quick-check.html", process)
    finally:
        process.terminate()
        process.wait(10)
    assert "Acme AI" in page
    assert "sb-quiz" in page


def read(address: str, process: subprocess.Popen[bytes]) -> str:
    """Return a page as soon as the server answers."""
    end = time.monotonic() + 60
    while True:
        assert process.poll() is None, "the server has stopped"
        assert time.monotonic() < end
        try:
            with urlopen(address) as answer:  # noqa: S310 (a local server)
                text: bytes = answer.read()
                return text.decode()
        except OSError:
            time.sleep(0.05)
