"""The cache on disk: what cannot be read is missing, and nobody else can write it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from stagebook.files.cache import FOLDER, Cache, Entry, key_of, open_cache

ENTRY = Entry({"a": [1, "ä"]}, b"<p>\nText</p>")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_entry_is_found_by_its_key_alone(cache: Cache) -> None:
    cache.put(key_of("a"), ENTRY)
    assert cache.get(key_of("a")) == ENTRY
    assert cache.get(key_of("b")) is None
    assert (cache.has(key_of("a")), cache.has(key_of("b"))) == (True, False)


@pytest.mark.parametrize("cut", [0, 1, 41, 60, -1])
def test_a_damaged_entry_is_missing_and_is_written_again(cache: Cache, cut: int) -> None:
    key = key_of("a")
    cache.put(key, ENTRY)
    assert cache.folder
    (path,) = files_in(cache.folder)
    path.write_bytes(path.read_bytes()[:cut])
    assert cache.get(key) is None
    cache.put(key, ENTRY)
    assert cache.get(key) == ENTRY


def test_every_changed_byte_is_noticed(cache: Cache) -> None:
    key = key_of("a")
    cache.put(key, ENTRY)
    assert cache.folder
    (path,) = files_in(cache.folder)
    whole = path.read_bytes()
    for number in range(len(whole)):
        path.write_bytes(whole[:number] + bytes([whole[number] ^ 1]) + whole[number + 1 :])
        assert cache.get(key) is None, number


def test_a_key_says_every_part() -> None:
    keys = [
        key_of("a", "b"),
        key_of("ab"),
        key_of(["a", "b"]),
        key_of({"a": 1}),
        key_of({"a": "1"}),
    ]
    keys += [key_of(Path), key_of(b"a"), key_of("\ud800")]
    assert len(set(keys)) == len(keys)
    assert key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})


def test_what_was_used_longest_ago_goes_first(cache: Cache) -> None:
    for number, name in enumerate("abc"):
        cache.put(key_of(name), ENTRY)
        (path,) = [one for one in files_in(cache.folder or Path()) if one.name == key_of(name)]
        os.utime(path, (number, number))
    size = path.stat().st_size
    cache.trim(most=2 * size, age=float("inf"))
    assert [name for name in "abc" if cache.get(key_of(name))] == ["b", "c"]
    os.utime(path, (0, 0))
    cache.trim()
    assert [name for name in "abc" if cache.get(key_of(name))] == ["b"]


def test_what_a_killed_build_began_is_removed_after_an_hour(cache: Cache) -> None:
    cache.put(key_of("a"), ENTRY)
    assert cache.folder
    begun = [next(cache.folder.iterdir()) / f"new-{number}" for number in "12"]
    for path in begun:
        path.write_bytes(b"half")
    os.utime(begun[0], (path.stat().st_mtime - 4000,) * 2)
    cache.trim()
    assert [path.exists() for path in begun] == [False, True]
    assert cache.get(key_of("a")) == ENTRY


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes of POSIX")
def test_a_folder_that_others_can_write_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    monkeypatch.setenv(FOLDER, str(folder))
    assert open_cache().folder == folder
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o770)
    assert open_cache().folder is None
    monkeypatch.setenv(FOLDER, "")
    assert open_cache().folder is None
    (tmp_path / "file").touch()
    monkeypatch.setenv(FOLDER, str(tmp_path / "file"))
    assert open_cache().folder is None


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_keeps_nothing_and_stops_nothing(tmp_path: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from stagebook.files.cache import Cache, Entry\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "cache.put('aa', Entry(1, b'x' * 5000)); cache.put('bb', Entry(2, b'y'))\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
    assert Cache(tmp_path).get("aa") is None
    assert Cache(tmp_path).get("bb") == Entry(2, b"y")
    assert [path.name for path in files_in(tmp_path)] == ["bb"]
