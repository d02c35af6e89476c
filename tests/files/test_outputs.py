"""What commands write is whole or not at all, and goes where the user pointed."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import ROOT
from marks import others_long
from stagebook.cli import main
from stagebook.cli.edge import INTERRUPTED
from stagebook.files.outputs import check_output, write_file, write_tree
from stagebook.files.refusals import OutputRefused
from stagebook.files.temporary import MAX_AGE
from stagebook.rubric.json_schema import schema_text

pytestmark = pytest.mark.slow

SAMPLE = ROOT / "tests" / "rubrics" / "good" / "sample.yml"
COMMAND = [sys.executable, "-m", "stagebook"]
UNIX = pytest.mark.skipif(os.name != "posix", reason="pipes and devices of Unix")


def run(*arguments: str | Path, cwd: Path | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def answers(folder: Path) -> Path:
    said = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "sample", "version": "1.0.0"},
        "answers": {},
    }
    path = folder / "a.json"
    path.write_text(json.dumps(said))
    return path


@pytest.fixture(params=["schema", "assess", "team -o", "team --save"])
def command(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """Return each command that writes a file, without the file's name."""
    folder = tmp_path / "in"
    folder.mkdir()
    given = str(answers(folder))
    commands = {
        "schema": ["schema", "-o"],
        "assess": ["assess", str(SAMPLE), "-o"],
        "team -o": ["team", str(SAMPLE), given, "-o"],
        "team --save": ["team", str(SAMPLE), given, "--save"],
    }
    return commands[request.param]


def test_a_symlink_is_followed(command: list[str], tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to("target")
    for _ in range(2):  # First where nothing is, then over a file.
        assert run(*command, link).exit_code == 0
        assert link.is_symlink()
        assert target.stat().st_size
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "link", "target"]


def test_a_directory_is_refused(command: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    result = run(*command, folder)
    assert result.exit_code == 2
    assert "folder is a directory, not a file" in result.output


def test_a_missing_parent_is_refused(command: list[str], tmp_path: Path) -> None:
    result = run(*command, tmp_path / "no" / "such")
    assert result.exit_code == 2
    assert f"{tmp_path / 'no'} is not a directory" in result.output
    file = tmp_path / "file"
    file.touch()
    result = run(*command, file / "such")
    assert result.exit_code == 2
    assert "not a directory" in result.output.lower()


@UNIX
def test_a_device_is_written_into(command: list[str]) -> None:
    before = os.stat("/dev/null")  # noqa: PTH116
    assert run(*command, "/dev/null").exit_code == 0
    after = os.stat("/dev/null")  # noqa: PTH116
    assert stat.S_ISCHR(after.st_mode)
    assert (before.st_ino, before.st_rdev) == (after.st_ino, after.st_rdev)


@UNIX
def test_a_pipe_is_written_into(command: list[str], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert run(*command, pipe).exit_code == 0
    reader.join(30)
    assert got[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@UNIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_a_message(command: list[str]) -> None:
    result = run(*command, "/dev/full")
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert "/dev/full: No space left on device" in result.output


@UNIX
def test_standard_output_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    command = [*COMMAND, "schema", "-o", "/dev/stdout"]
    piped = subprocess.run(command, capture_output=True, text=True, check=True)
    assert piped.stdout == schema_text()
    log = tmp_path / "log"
    log.write_text("before\n")
    with log.open("a") as file:
        subprocess.run(command, stdout=file, check=True)
    assert log.read_text() == "before\n" + schema_text()
    with log.open("w") as file:
        subprocess.run([*command[:-1], str(log)], stdout=file, check=True)
    assert log.read_text() == schema_text()


@UNIX
@pytest.mark.parametrize(
    "arguments",
    others_long(
        {
            "schema": ["schema"],
            "check": ["check", str(ROOT / "tests" / "rubrics" / "bad" / "band-hole.yml")],
            "score": ["score", str(SAMPLE), "{answers}"],
            "team": ["team", str(SAMPLE), "{answers}", "--format", "json"],
            "--help": ["--help"],
        },
        ["schema", "score"],
    ),
)
def test_a_full_or_closed_standard_output_ends_without_a_traceback(
    arguments: list[str], tmp_path: Path
) -> None:
    given = str(answers(tmp_path))
    command = [*COMMAND, *(given if one == "{answers}" else one for one in arguments)]
    if Path("/dev/full").exists():
        with Path("/dev/full").open("w") as full:
            ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
        assert ran.returncode == 2
        assert ran.stderr.splitlines()[-1] == "Error: standard output: No space left on device"
        assert "Traceback" not in ran.stderr
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert (ran.returncode, "Traceback" in ran.stderr, "ignored" in ran.stderr) == (1, False, False)
    shell = " ".join(f"'{one}'" for one in command)
    ran = subprocess.run(f"{shell} >&-", shell=True, stderr=subprocess.PIPE, text=True)  # noqa: S602
    assert "Traceback" not in ran.stderr


@UNIX
def test_an_interrupted_command_ends_without_a_traceback(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    command = [*COMMAND, "score", str(SAMPLE), str(pipe)]
    # What runs in the background may have been told to take no notice of it.
    heed = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, heed)
    # Once the pipe can be opened, the command waits for its end.
    with pipe.open("w"):
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (INTERRUPTED, "Aborted!\n")


@UNIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
@pytest.mark.parametrize("place", ["closed/x.html", "file.html"])
def test_missing_permission_is_a_message(tmp_path: Path, place: str) -> None:
    """Run as a user who may neither write the file nor its folder."""
    root = tmp_path
    while root != root.parent and root.owner() == "root":  # pytest's own folders are closed.
        root.chmod(root.stat().st_mode | 0o011)
        root = root.parent
    (tmp_path / "closed").mkdir(mode=0o755)
    file = tmp_path / "file.html"
    file.write_text("mine")
    file.chmod(0o600)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom stagebook.files import outputs\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "try: outputs.write_file(Path(sys.argv[1]), b'new')\n"
        "except outputs.OutputRefused as error: print(error)\n"
    )
    target = tmp_path / place
    ran = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == (f"{target}: Permission denied\n", "")
    assert file.read_text() == "mine"


def test_an_error_of_the_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.html"
    path.write_text("old")

    def fail(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OutputRefused, match=r"x\.html: No space left on device"):
        write_file(path, b"new")
    with pytest.raises(OutputRefused, match="out: No space left on device"):
        write_tree({"a": b"new"}, tmp_path / "out")
    assert [one.name for one in tmp_path.iterdir()] == ["x.html"]
    assert path.read_text() == "old"


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.touch()
    path.chmod(0o640)
    write_file(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_tree_follows_a_symlink_and_refuses_what_is_no_folder(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("real")
    for content in (b"1", b"2"):
        write_tree({"a/b": content}, link)
        assert (tmp_path / "real" / "a" / "b").read_bytes() == content
        assert link.is_symlink()
    for name in ("file", "pipe"):
        path = tmp_path / name
        path.touch() if name == "file" else os.mkfifo(path)
        with pytest.raises(OutputRefused, match="is not a directory"):
            write_tree({"a": b""}, path)
    with pytest.raises(OutputRefused, match="is not a directory"):
        write_tree({"a": b""}, tmp_path / "file" / "out")


def test_the_working_directory_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputRefused, match="contains the working directory"):
        write_tree({"a": b""}, Path())


def test_a_socket_is_refused(tmp_path: Path) -> None:
    import socket

    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        with pytest.raises(OutputRefused, match="is a socket, not a file"):
            check_output(path)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Make a site to write."""
    for folder in ("docs", "rubrics"):
        (tmp_path / folder).mkdir()
    shutil.copy(SAMPLE, tmp_path / "rubrics")
    (tmp_path / "docs" / "index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


KILLED = """
import sys, time
from pathlib import Path
from stagebook.files.outputs import write_file, write_tree
out, version = Path(sys.argv[1]), sys.argv[2].encode()
print("ready", flush=True)
while True:
    write_tree({f"f/{n}": version * 1000 for n in range(60)}, out / "tree")
    write_file(out / "file", version * 100_000)
"""


@UNIX
def test_killed_runs_leave_whole_outputs_and_nothing_else(tmp_path: Path) -> None:
    chance = random.Random(10)  # noqa: S311
    left = 0
    for number in range(15):
        version = "ab"[number % 2]
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path), version], stdout=subprocess.PIPE
        )
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.communicate()
        left += bool(hidden(tmp_path))
        for content in [(tmp_path / "file").read_bytes()] if (tmp_path / "file").exists() else []:
            assert content in (b"a" * 100_000, b"b" * 100_000)
        if (tmp_path / "tree").exists():
            contents = set(tree(tmp_path / "tree").values()) - {b""}
            assert len(contents) == 1
            assert len(tree(tmp_path / "tree")) == 61
    assert left  # Otherwise the kills came too late to show anything.
    write_tree({"f": b"new"}, tmp_path / "tree")
    write_file(tmp_path / "file", b"new")
    assert hidden(tmp_path) == []
    assert tree(tmp_path / "tree") == {"f": b"new", ".stagebook": b""}


@UNIX
def test_a_run_killed_between_two_renames_loses_nothing(tmp_path: Path) -> None:
    left = tmp_path / ".out.stagebook-abcd1234"
    (left / "new").mkdir(parents=True)
    write_tree({"a": b"old"}, left / "old0")
    assert not (tmp_path / "out").exists()
    with pytest.raises(OutputRefused):
        write_tree({"a": b"new", "a/b": b"not possible"}, tmp_path / "out")
    assert (tmp_path / "out" / "a").read_bytes() == b"old"
    assert hidden(tmp_path) == []


def test_a_commands_leftovers_are_taken_away(site: Path) -> None:
    out = site / "out"
    assert run("write", out, "-f", site / "mkdocs.yml").exit_code == 0
    for name in (".out.stagebook-abcd1234", ".out.stagebook-00__zz99"):
        (site / name / "new" / "deep").mkdir(parents=True)
    others = {".out.abcd1234", ".out.stagebook-abc", ".other.stagebook-abcd1234", ".out"}
    for name in others:  # Not ours, or not of this output.
        (site / name).mkdir()
    (site / ".out.stagebook-filefile").touch()
    (site / ".out.stagebook-linklink").symlink_to("docs")
    assert run("write", out, "-f", site / "mkdocs.yml").exit_code == 0
    others |= {".out.stagebook-filefile", ".out.stagebook-linklink"}
    assert set(hidden(site)) == others
    assert (site / "docs" / "index.md").is_file()


@UNIX
def test_two_runs_at_once_leave_each_other_alone(tmp_path: Path) -> None:
    code = KILLED.replace("while True:", "for _ in range(40):")
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), version])
        for version in ("a", "b", "c")
    ]
    assert [process.wait(120) for process in runs] == [0, 0, 0]
    assert hidden(tmp_path) == []
    assert len(set(tree(tmp_path / "tree").values()) - {b""}) == 1


@pytest.mark.parametrize("age", [0, MAX_AGE + 60])
def test_where_nothing_can_be_locked_only_old_leftovers_go(
    tmp_path: Path, age: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)  # As on Windows.
    left = tmp_path / ".x.stagebook-abcd1234"
    left.mkdir()
    then = time.time() - age
    os.utime(left, (then, then))
    write_file(tmp_path / "x", b"new")
    assert left.exists() is (age == 0)
    assert (tmp_path / "x").read_bytes() == b"new"
