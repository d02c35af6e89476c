"""An overlay takes the next version of its base: what clashes is shown, the rest applies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import stagebook
from click.testing import CliRunner, Result
from folders import GOOD
from stagebook.cli import main

SAMPLE = (GOOD / "sample.yml").read_text(encoding="utf-8")
OVERLAY = """\
# Ours.
extends: {rubric: old.yml, version: 1.2.0}  # the version that we have read
title: Our model
gates:
  drill-done: {test: "The last drill was this year."}
  plan-kept: {partly: null}
sources: {own: {title: Our handbook}}
checks: {unused-id: off}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.yml").write_text(SAMPLE)
    new = SAMPLE.replace("version: 1.2.0", "version: 2.0.0")
    new = new.replace("The last drill is on record.", "The last two drills are on record.")
    new = new.replace("partly: It names one of the two.", "partly: It names an owner.")
    new = new.replace("title: Work is checked", "title: Work is read")
    (tmp_path / "new.yml").write_text(new)
    (tmp_path / "over.yml").write_bytes(b"\xef\xbb\xbf" + OVERLAY.encode())
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    command, *rest = arguments
    paths = [str(folder / one) if one.endswith(".yml") else one for one in rest]
    return CliRunner().invoke(main, [command, *paths])


def test_clashes_show_both_values_and_the_rest_applies(folder: Path) -> None:
    before = (folder / "over.yml").read_bytes()
    result = run(folder, "upgrade", "over.yml", "--to", "new.yml", "--dry-run")
    assert result.exit_code == 0
    assert (folder / "over.yml").read_bytes() == before
    assert result.stdout.replace(f"{folder}/", "") == (
        "# old.yml: 1.2.0 → 2.0.0\n\n2 changes of the base touch what the overlay overrides.\n\n"
        "- `partly` of gate `plan-kept` (over.yml:6)\n"
        "    - base before: It names one of the two.\n    - base now: It names an owner.\n"
        "    - overlay: removed\n\n"
        "- `test` of gate `drill-done` (over.yml:5)\n"
        "    - base before: The last drill is on record.\n"
        "    - base now: The last two drills are on record.\n"
        "    - overlay: The last drill was this year.\n\n"
        "Other changes apply as they are: 1 reworded. `stagebook diff` lists them.\n"
    )
    assert run(folder, "upgrade", "over.yml", "--to", "new.yml").exit_code == 0
    after = before.replace(b"old.yml, version: 1.2.0", b"new.yml, version: 2.0.0")
    assert (folder / "over.yml").read_bytes() == after
    rubric = stagebook.load(folder / "over.yml")
    assert rubric.gates["work-checked"].title == "Work is read"
    again = run(folder, "upgrade", "over.yml", "--format", "json")
    data = json.loads(again.stdout)
    assert (data["touched"], data["changes"], data["written"]) == ([], {}, False)


def test_a_base_that_changed_in_place_needs_the_earlier_one(folder: Path) -> None:
    (folder / "kept.yml").write_text(SAMPLE)
    (folder / "old.yml").write_bytes((folder / "new.yml").read_bytes())
    blind = run(folder, "upgrade", "over.yml", "--dry-run")
    assert blind.exit_code == 0
    assert "What changed since version 1.2.0 is not known" in blind.stdout
    assert "- base now: The last two drills are on record." in blind.stdout
    result = run(folder, "upgrade", "over.yml", "--from", "kept.yml", "--format", "json")
    data = json.loads(result.stdout)
    assert (data["from"], data["to"], data["written"]) == ("1.2.0", "2.0.0", True)
    assert [one["path"] for one in data["touched"]] == [
        ["gates", "plan-kept", "partly"],
        ["gates", "drill-done", "test"],
    ]
    assert "version: 2.0.0}  # the version" in (folder / "over.yml").read_text()


def test_a_base_that_is_gone_may_be_named(folder: Path) -> None:
    (folder / "kept.yml").write_text(SAMPLE)
    (folder / "old.yml").unlink()
    assert run(folder, "upgrade", "over.yml").exit_code == 1
    result = run(folder, "upgrade", "over.yml", "--to", "new.yml", "--from", "kept.yml")
    assert result.exit_code == 0
    assert "2 changes of the base touch" in result.stdout
    assert "new.yml, version: 2.0.0" in (folder / "over.yml").read_text()


def test_an_overlay_that_would_have_errors_is_not_written(folder: Path) -> None:
    new = folder / "new.yml"
    gone = "extends: old.yml\nversion: 2.0.0\ngates: {load-known: null}\nchecks: {unused-id: off}\n"
    new.write_text(gone)
    over = folder / "over.yml"
    over.write_text(OVERLAY.replace("  drill-done", "  load-known"))
    result = run(folder, "upgrade", "over.yml", "--to", "new.yml")
    assert result.exit_code == 1
    assert "base now: nothing" in result.stdout
    assert "did you mean" not in result.stdout
    assert "error[missing-key]: gate 'load-known'" in result.stdout
    assert "was not written" in result.stderr
    assert "old.yml, version: 1.2.0" in over.read_text()


def test_what_is_no_overlay_is_refused(folder: Path) -> None:
    result = run(folder, "upgrade", "old.yml")
    assert result.exit_code == 2
    assert "extends no other rubric" in result.stderr
    assert run(folder, "upgrade", "absent.yml").exit_code == 1


GERMAN = """\
extends: {rubric: old.yml, version: 1.2.0}
language: de
title: Beispielmodell
gates:
  drill-done: {title: Eine Übung ist gemacht, test: Die letzte Übung ist belegt.}
  work-checked: {title: Arbeit ist geprüft}
"""


def states(folder: Path, *arguments: str) -> dict[str, str]:
    result = run(folder, "translation", "de.yml", "--format", "json", *arguments)
    texts = json.loads(result.stdout)["texts"]
    assert result.exit_code == 1
    return {
        ".".join(map(str, one["path"])): one["state"] for one in texts if one["state"] != "missing"
    }


def test_a_translation_knows_which_texts_are_stale(folder: Path) -> None:
    over = folder / "de.yml"
    over.write_text(GERMAN)
    keys = ["title", "gates.work-checked.title", "gates.drill-done.title", "gates.drill-done.test"]
    assert states(folder) == dict.fromkeys(keys, "current"), "by the version"
    over.write_text(GERMAN.replace("old.yml", "new.yml"))
    assert states(folder) == dict.fromkeys(keys, "unchecked")
    stale = dict.fromkeys(keys, "current") | {
        "gates.work-checked.title": "stale",
        "gates.drill-done.test": "stale",
    }
    assert states(folder, "--from", "old.yml") == stale
    over.write_text(GERMAN)
    assert run(folder, "upgrade", "de.yml", "--to", "new.yml").exit_code == 0
    assert states(folder) == stale, "by the hashes that the upgrade wrote"
    listed = run(folder, "translation", "de.yml").stdout.replace(f"{folder}/", "")
    assert "de.yml:6: stale: gates.work-checked.title: Work is read\n" in listed
    assert "de.yml: missing: stages.first.title: First\n" in listed
    assert run(folder, "translation", "de.yml", "--record").exit_code == 0
    assert states(folder) == dict.fromkeys(keys, "current")
    assert over.read_text().startswith(
        GERMAN.replace("old.yml, version: 1", "new.yml, version: 2").replace("2.2.0", "2.0.0")
    )


def test_a_translation_is_not_upgraded_blindly(folder: Path) -> None:
    (folder / "de.yml").write_text(GERMAN.replace("1.2.0", "1.1.0"))
    result = run(folder, "upgrade", "de.yml", "--to", "new.yml")
    assert result.exit_code == 2
    assert "--from" in result.stderr
    assert run(folder, "translation", "over.yml").exit_code == 2


def test_a_translation_with_all_hashes_needs_no_earlier_base(folder: Path) -> None:
    over = folder / "de.yml"
    over.write_text(GERMAN)
    assert run(folder, "translation", "de.yml", "--record").exit_code == 0
    recorded = over.read_text()
    (folder / "old.yml").write_bytes((folder / "new.yml").read_bytes())
    assert run(folder, "upgrade", "de.yml").exit_code == 0
    assert over.read_text() == recorded.replace("version: 1.2.0", "version: 2.0.0")
    assert states(folder)["gates.work-checked.title"] == "stale"
    lines = recorded.splitlines(keepends=True)
    over.write_text("".join(line for line in lines if "work-checked.title" not in line))
    assert run(folder, "upgrade", "de.yml").exit_code == 2, "one hash is missing"


@pytest.mark.parametrize("command", [("translation", "--record"), ("upgrade",)])
def test_a_shipped_translation_is_not_written(command: tuple[str, ...]) -> None:
    name, *options = command
    result = CliRunner().invoke(main, [name, "ai-product.de", *options])
    assert result.exit_code == 2
    assert "Error: ai-product.de ships with Stagebook and cannot be changed" in result.stderr


def test_a_whole_translation_is_current(tmp_path: Path) -> None:
    small = (
        "format: stagebook/1\nid: s\ntitle: S\nversion: 1.0.0\n"
        "dimensions: {d: {title: D, code: C}}\n"
        "scales: {x: {a: {label: A, score: 0}, name: {label: B, score: 1}}}\n"
        "gates: {g: {dimension: d, title: G, test: T., evidence: [a, b]}}\n"
        "scoring: {dimension: mean, overall: null}\nchecks: {key-unused: off}\n"
    )
    (tmp_path / "old.yml").write_text(small)
    (tmp_path / "de.yml").write_text(
        "extends: {rubric: old.yml, version: 1.0.0}\nlanguage: de\ntitle: S\n"
        "dimensions: {d: {title: D}}\nscales: {x: {a: {label: A}, name: {label: Z}}}\n"
        "gates: {g: {title: H, test: U., evidence: [c, d]}}\n"
    )
    assert stagebook.check(tmp_path / "de.yml").findings == ()
    result = run(tmp_path, "translation", "de.yml")
    assert (result.exit_code, result.stderr) == (0, "8 texts: 8 current\n")
