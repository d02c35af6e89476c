"""Compiled templates are code: they are kept where nobody but this user can put any, or nowhere."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest
from stagebook.plugin import StagebookPlugin
from stagebook.plugin.caches import OptionalCache
from stagebook.site import rendering

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="each user has a folder there")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the cache would be, below a folder in which everybody may write."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(rendering, "_compiled", [])
    return tmp_path / f"_jinja2-cache-{os.getuid()}"


def test_nobody_else_can_write_into_the_cache(place: Path) -> None:
    place.mkdir(mode=0o777)
    place.chmod(0o777)
    cache = OptionalCache()
    assert Path(cache.directory) == place
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_folder_that_somebody_else_has_put_there_is_not_used(place: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place.symlink_to(elsewhere)
    StagebookPlugin().on_startup(command="serve", dirty=False)
    assert rendering._compiled == []
    place.unlink()
    StagebookPlugin().on_startup(command="serve", dirty=False)
    assert len(rendering._compiled) == 1
