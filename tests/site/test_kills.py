"""Builds and writes that are killed at random moments, or disturbed, leave nothing half done.

`make kills` runs them: they take a minute, or several with a hundred kills.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from building import mkdocs, site_of
from folders import GOOD, ROOT
from stagebook.files.cache import Cache

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="signals and limits of Unix"),
    pytest.mark.skipif("STAGEBOOK_KILLS" not in os.environ, reason="`make kills` runs these"),
]

KILLS = int(os.environ.get("STAGEBOOK_KILLS", "4"))
SAMPLE = (GOOD / "sample.yml").read_text(encoding="utf-8")
DEVOPS = (ROOT / "rubrics/gallery/devops-practices.yml").read_text(encoding="utf-8")
TEXTS = [SAMPLE, SAMPLE.replace("names an owner and", "names two owners and")]
EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}
BUILD = [sys.executable, "-m", "mkdocs", "build", "-q"]
WRITE = [sys.executable, "-m", "stagebook", "write", "out"]
ASSESS = [sys.executable, "-m", "stagebook", "assess", "rubrics/sample.yml", "-o", "assess.html"]
COMMANDS = [BUILD, WRITE, BUILD, ASSESS, BUILD]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return site_of(tmp_path, {"sample": SAMPLE, "devops": DEVOPS})


def files_in(folder: Path) -> dict[str, bytes]:
    found = folder.rglob("*") if folder.is_dir() else [folder]
    return {str(one.relative_to(folder)): one.read_bytes() for one in found if one.is_file()}


def environment(cache: Path | str) -> dict[str, str]:
    return {**os.environ, **EPOCH, "NO_MKDOCS_2_WARNING": "1", "STAGEBOOK_CACHE_DIR": str(cache)}


def run(command: list[str], site: Path, cache: Path | str) -> None:
    subprocess.run(command, cwd=site, env=environment(cache), check=True, capture_output=True)


def rewrite(site: Path, text: str) -> None:
    """Replace the rubric as editors do: in one step."""
    (site / "new").write_text(text, encoding="utf-8")
    (site / "new").replace(site / "rubrics" / "sample.yml")


@pytest.fixture
def expected(site: Path) -> list[dict[str, dict[str, bytes]]]:
    """Return what undisturbed commands make of each of the two rubrics, without a cache."""
    made = []
    for text in TEXTS:
        rewrite(site, text)
        for command in (BUILD, WRITE, ASSESS):
            run(command, site, "")
        made.append({name: files_in(site / name) for name in ("site", "out", "assess.html")})
    return made


def test_killed_commands_leave_whole_outputs_and_a_cache_to_believe(
    site: Path, tmp_path: Path, expected: list[dict[str, dict[str, bytes]]]
) -> None:
    chance = random.Random(15)  # noqa: S311
    cache, killed, lasted = tmp_path / "cache", 0, dict[str, float]()
    for number in range(KILLS):
        command, version = COMMANDS[number % len(COMMANDS)], number % 2
        rewrite(site, TEXTS[version])
        if (name := " ".join(command)) not in lasted:
            start = time.monotonic()
            run(command, site, cache)
            lasted[name] = time.monotonic() - start
        process = subprocess.Popen(
            command,
            cwd=site,
            env=environment(cache),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(chance.uniform(0, lasted[name]))
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        process.wait()
        for output in ("out", "assess.html"):
            assert files_in(site / output) in [one[output] for one in expected]
        assert broken_in(cache) == []
        if number % 10 == 9 or number == KILLS - 1:
            run(BUILD, site, cache)
            assert files_in(site / "site") == expected[version]["site"]
    assert killed
    for command in (WRITE, ASSESS):
        run(command, site, cache)
    hidden = [path.name for path in site.iterdir() if path.name.startswith(".")]
    assert hidden == []
    print(f"{killed} of {KILLS} killed")  # noqa: T201


def broken_in(folder: Path) -> list[str]:
    """Return the entries that cannot be read; what was only begun has a name of its own."""
    entries = [
        one for one in folder.rglob("*") if one.is_file() and not one.name.startswith("new-")
    ]
    return [one.name for one in entries if Cache(folder).get(one.name) is None]


def test_two_builds_at_once_give_what_one_gives(
    site: Path, tmp_path: Path, expected: list[dict[str, dict[str, bytes]]]
) -> None:
    cache = tmp_path / "cache"
    for _ in range(2):  # With an empty cache, then with a full one.
        both = [
            subprocess.Popen([*BUILD, "-d", f"site-{number}"], cwd=site, env=environment(cache))
            for number in range(2)
        ]
        assert [process.wait() for process in both] == [0, 0]
        for number in range(2):
            assert files_in(site / f"site-{number}") == expected[1]["site"]
    assert broken_in(cache) == []


def test_a_rubric_replaced_while_it_is_read_gives_one_of_its_versions(
    site: Path, tmp_path: Path, expected: list[dict[str, dict[str, bytes]]]
) -> None:
    cache = tmp_path / "cache"
    process = subprocess.Popen(BUILD, cwd=site, env=environment(cache))
    number = 0
    while process.poll() is None:
        number += 1
        rewrite(site, TEXTS[number % 2])
        time.sleep(0.01)
    assert process.returncode == 0
    assert number > 10
    assert files_in(site / "site") in [one["site"] for one in expected]
    rewrite(site, TEXTS[0])
    run(BUILD, site, cache)
    assert files_in(site / "site") == expected[0]["site"]


LIMITED = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
sys.argv = sys.argv[1:]
if sys.argv[0] == "mkdocs":
    from mkdocs.__main__ import cli
    cli()
from stagebook.cli import main
main()
"""


@pytest.mark.parametrize(
    "command",
    [WRITE[3:], ASSESS[3:], ["offline", "-o", "site.zip"]],
    ids=["write", "assess", "offline"],
)
def test_a_full_disk_is_told_and_changes_nothing(
    site: Path, tmp_path: Path, command: list[str]
) -> None:
    output = site / {"write": "out", "assess": "assess.html", "offline": "site.zip"}[command[0]]
    whole = subprocess.run(
        [sys.executable, "-m", "stagebook", *command],
        cwd=site,
        env=environment(""),
        check=False,
        capture_output=True,
    )
    assert whole.returncode == 0, whole.stderr
    before = files_in(output)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "stagebook", *command],
        cwd=site,
        env=environment(tmp_path / "cache"),
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode
    if command[0] == "offline":  # What MkDocs says of a full disk comes before.
        assert done.stderr.endswith("mkdocs could not build the site, so nothing was packed\n")
    else:
        assert "Traceback" not in done.stderr
        assert "File too large" in done.stderr
    assert files_in(output) == before
    assert broken_in(tmp_path / "cache") == []


def test_a_cache_on_a_full_disk_or_of_another_kind_does_not_stop_a_build(
    site: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    for cache in (tmp_path / "file", "/dev/full", "/proc/none"):
        done = mkdocs("build", "--strict", cwd=site, STAGEBOOK_CACHE_DIR=str(cache))
        assert done.returncode == 0, done.stderr
