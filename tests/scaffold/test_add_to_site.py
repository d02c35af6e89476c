"""`stagebook add-to-site`: Stagebook in a site that exists, and all of its own text kept."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from building import mkdocs
from hypothesis import given
from hypothesis import strategies as st
from new_sites import run, tree
from stagebook.cli import original
from stagebook.scaffold.existing import edit_config
from stagebook.site.mkdocs_config import ConfigError

pytestmark = pytest.mark.slow

CONFIG = """\
# Our handbook.
site_name: Handbook   # the name
site_url: !ENV [URL, '']
theme: {name: material, font: false}

plugins:
  # what readers search with
  - search:
      lang: en # one language

# What our pages use.
markdown_extensions:
- toc:
    slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
- pymdownx.superfences


nav:
  - Home: index.md
"""
ADDED = """\
  - stagebook:
      rubrics:
        - rubrics/support-desk.yml
"""
OPTIONS = ("--from", "blank", "--title", "Support desk")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    return tmp_path


@pytest.mark.slow
def test_the_site_builds_with_a_rubric_in_it(site: Path) -> None:
    added = run("add-to-site", site / "mkdocs.yml", *OPTIONS, "--yes")
    assert added.exit_code == 0, added.output
    built = mkdocs("build", "--strict", cwd=site)
    assert built.returncode == 0, built.stderr
    assert (site / "site" / "support-desk" / "assessment" / "index.html").is_file()


def test_only_lines_are_added_and_shown_before(site: Path) -> None:
    shown = run("add-to-site", site / "mkdocs.yml", *OPTIONS, "--dry-run")
    assert (site / "mkdocs.yml").read_text() == CONFIG
    assert len(tree(site)) == 2
    for line in ("+  - stagebook:", "+        - rubrics/support-desk.yml", "+- attr_list"):
        assert f"\n{line}\n" in shown.stdout
    assert f"\n  {site / 'rubrics' / 'support-desk.yml'}\n" in shown.stdout
    done = run("add-to-site", site / "mkdocs.yml", *OPTIONS, "--yes")
    assert f"Next: mkdocs serve -f {site / 'mkdocs.yml'}\n" in done.output
    expected = CONFIG.replace("# one language\n", f"# one language\n{ADDED}").replace(
        "- pymdownx.superfences\n", "- pymdownx.superfences\n- attr_list\n"
    )
    assert (site / "mkdocs.yml").read_text() == expected


def test_without_a_terminal_nothing_is_done_unless_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(site)
    refused = run("add-to-site", site / "mkdocs.yml", *OPTIONS)
    assert (refused.exit_code, tree(site) == before) == (2, True)
    assert "add --yes" in refused.output
    monkeypatch.setattr(original, "is_asked", lambda: True)
    assert run("add-to-site", site / "mkdocs.yml", *OPTIONS, answers="n\n").exit_code == 1
    assert tree(site) == before
    assert run("add-to-site", site / "mkdocs.yml", *OPTIONS, answers="y\n").exit_code == 0


def test_a_file_in_the_way_stops_it_before_anything_is_written(site: Path) -> None:
    (site / "rubrics").mkdir()
    (site / "rubrics" / "support-desk.yml").write_text("mine")
    before = tree(site)
    refused = run("add-to-site", site / "mkdocs.yml", *OPTIONS, "--yes")
    assert (refused.exit_code, tree(site) == before) == (2, True)
    assert "rubrics/support-desk.yml" in refused.stderr


def test_a_byte_order_mark_and_line_ends_stay(site: Path) -> None:
    text = "\ufeff" + CONFIG.replace("\n", "\r\n")
    (site / "mkdocs.yml").write_bytes(text.encode())
    assert run("add-to-site", site / "mkdocs.yml", *OPTIONS, "--yes").exit_code == 0
    written = (site / "mkdocs.yml").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf#")
    assert written.count(b"\n") == written.count(b"\r\n") == text.count("\n") + 4


# Shapes of the two lists, with what the edited file has in their place.
SHAPES = {
    "none": ("site_name: x", "site_name: x\n\nplugins:\n  - search\n  - stagebook:\n"),
    "flow": ("plugins: [search, tags] # c\n", "[search, tags, stagebook: {rubrics: [r.yml]}] # c"),
    "flow-empty": ("plugins: []\n", "plugins: [stagebook: {rubrics: [r.yml]}]\n"),
    "flow-comma": ("plugins: [a,\n  b, # c\n]\n", "  b, stagebook: {rubrics: [r.yml]}, # c\n]"),
    "flow-mapping": ("plugins: {a: {}}\n", "plugins: {a: {}, stagebook: {rubrics: [r.yml]}}\n"),
    "mapping": ("plugins:\n  a: {}\n", "  a: {}\n  stagebook:\n    rubrics:\n      - r.yml\n"),
    "mapping-null": ("plugins:\n    a:\n", "    a:\n    stagebook:\n      rubrics:\n"),
    "not-indented": ("plugins:\n- a\nx: 1\n", "- a\n- stagebook:\n    rubrics:\n      - r.yml\nx"),
    "comment-last": ("plugins:\n  - a\n  # - b\n\nx: 1\n", "- a\n  - stagebook:\n      rubrics:"),
    "block-text": ("plugins:\n  - a:\n      b: |\n        c\n\n\nx: 1\n", "        c\n  - stageb"),
    "folded-text": ("plugins:\n  - a: {b: >-\n", None),
    "extension-there": ("markdown_extensions: [attr_list]\n", "_extensions: [attr_list]\n"),
    "extension-bundle": ("markdown_extensions:\n  - markdown.extensions.extra\n", "s.extra\n\npl"),
    "extension-mapping": ("markdown_extensions: {toc: {}}\n", "{toc: {}, attr_list: {}}\n"),
    "name-in-comment": ("# plugins: []\nplugins: [a]\n", "plugins: [a, stagebook: {"),
    "quoted-key": ('"plugins": [a]\n', '"plugins": [a, stagebook: {'),
    "alias": ("x: &x [a]\nplugins: *x\n", None),
    "tag": ("plugins: !ENV [P, a]\n", None),
    "anchor": ("plugins: &p [a]\n", "plugins: &p [a, stagebook: {rubrics: [r.yml]}]\n"),
    "null": ("plugins:\n", None),
    "text": ("plugins: a\n", None),
    "twice": ("plugins: [a]\nplugins: [b]\n", None),
    "merge": ("x: &x {plugins: [a]}\n<<: *x\n", None),
    "inherit": ("INHERIT: base.yml\n", None),
    "one-mapping": ("{site_name: x}\n", None),
    "circle": ("x: &x [*x]\nplugins: [a]\n", None),
    "there": ("plugins: [a, stagebook]\n", None),
    "document-end": ("site_name: x\n...\n", None),
    "alias-last": ("x: &x a\nplugins:\n  - b\n  - *x\n", None),
    "anchor-block": ("plugins: &p\n  - a\n", "plugins: &p\n  - a\n  - stagebook:\n"),
    "text-at-the-end": ("a: |+\n  b\n", None),
    "broken": ("plugins: [\n", None),
}


@pytest.mark.parametrize("name", SHAPES)
def test_any_shape_is_edited_or_refused_by_name(name: str) -> None:
    text, expected = SHAPES[name]
    if expected is None:
        with pytest.raises(ConfigError) as caught:
            edit_config(text, "r.yml")
        assert caught.value.line >= 1
        assert str(caught.value)
        return
    edited = edit_config(text, "r.yml").text
    assert expected in edited
    data = yaml.safe_load(edited)
    plugins = data["plugins"]
    last = plugins["stagebook"] if isinstance(plugins, dict) else plugins[-1]["stagebook"]
    assert last == {"rubrics": ["r.yml"]}


def test_a_refusal_is_a_message_at_its_line(site: Path) -> None:
    (site / "mkdocs.yml").write_text("a: 1\nplugins: !ENV [P, a]\n")
    refused = run("add-to-site", site / "mkdocs.yml", *OPTIONS, "--yes")
    assert refused.exit_code == 2
    expected = "mkdocs.yml:2:1: 'plugins' is not a plain list or mapping: add 'stagebook' by hand"
    assert expected in refused.output
    for content in (b"site_name: \xe9\n", b"a: \x01\n"):
        (site / "mkdocs.yml").write_bytes(content)
        assert run("add-to-site", site / "mkdocs.yml", *OPTIONS, "--yes").exit_code == 2


LINES = st.sampled_from(
    ["", "# c", "  # c", "site_name: x", "nav: [a.md]", "extra: {a: b}", "x:\n  - y", "z: |\n  t\n"]
)
PLUGINS = st.sampled_from(
    ["plugins: [a]", "plugins:\n- a", "plugins:\n    - a\n    - b: {c: d}", "plugins:\n  a: {b: c}"]
)


@given(before=st.lists(LINES, unique=True), plugins=PLUGINS, after=st.lists(LINES, unique=True))
def test_no_line_of_the_author_is_lost(before: list[str], plugins: str, after: list[str]) -> None:
    after = [line for line in after if line not in before]
    text = "\n".join([*before, plugins, *after, "end: 1"])
    edited = edit_config(text, "r.yml").text
    old, new = yaml.safe_load(text), yaml.safe_load(edited)
    kept = {key: value for key, value in new.items() if key in old and key != "plugins"}
    assert kept == {key: value for key, value in old.items() if key != "plugins"}
    rest = iter(edited)
    assert all(character in rest for character in text)  # In this order, with additions between.
