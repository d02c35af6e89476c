"""The site as one archive: the same files give the same bytes."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from building import site_of
from click.testing import CliRunner
from folders import ROOT
from stagebook.cli import main
from stagebook.files.archive import pack_folder

SAMPLE = (ROOT / "tests" / "rubrics" / "good" / "sample.yml").read_text(encoding="utf-8")


def test_bytes_depend_on_the_files_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    packed = []
    for number, names in enumerate((["a.html", "b.html"], ["b.html", "a.html"])):
        folder = tmp_path / str(number)
        (folder / "deep").mkdir(parents=True)
        for name in names:
            (folder / "deep" / name).write_text(name)
            os.utime(folder / "deep" / name, (number * 1e6, number * 1e6))
        packed.append(pack_folder(folder, "site"))
    assert packed[0] == packed[1]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (tmp_path / "one.zip").write_bytes(pack_folder(tmp_path / "0", "site"))
    entries = zipfile.ZipFile(tmp_path / "one.zip").infolist()
    assert [one.filename for one in entries] == ["site/deep/a.html", "site/deep/b.html"]
    assert {one.date_time for one in entries} == {(2023, 11, 14, 22, 13, 20)}


@pytest.mark.slow
def test_a_site_is_packed_for_use_without_a_server(tmp_path: Path) -> None:
    folder = site_of(tmp_path, {"sample": SAMPLE}, plugins=["search", "offline", "stagebook"])
    out = tmp_path / "playbook.zip"
    command = ["offline", "-f", str(folder / "mkdocs.yml"), "-o", str(out)]
    ran = CliRunner().invoke(main, command)
    assert ran.exit_code == 0, ran.output
    names = set(zipfile.ZipFile(out).namelist())
    for name in ("index.html", "sample/assessment.html", "search/search_index.js"):
        assert f"playbook/{name}" in names
    assert not any(name.endswith(("sitemap.xml", "404.html")) for name in names)
    (folder / "rubrics" / "sample.yml").write_text("id: [")
    before = out.read_bytes()
    assert CliRunner().invoke(main, command).exit_code == 2
    assert out.read_bytes() == before
