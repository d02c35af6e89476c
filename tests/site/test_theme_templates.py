"""The theme finds its templates without its icons, and has each compiled once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import DictLoader, FileSystemLoader
from mkdocs.theme import Theme
from stagebook.plugin.theme_templates import VisibleTemplates, quicken


def test_all_templates_are_listed_but_those_of_folders_with_a_dot(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for path in ("one/main.html", "one/a/b.html", "one/.icons/c/d.svg", "two/a/.x/e.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    (two / "main.html").write_text("")
    (two / ".dot.html").write_text("")
    every = FileSystemLoader([one, two]).list_templates()
    visible = [name for name in every if not any(p[0] == "." for p in name.split("/")[:-1])]
    assert VisibleTemplates([one, two]).list_templates() == visible
    assert ".icons/c/d.svg" in every


def test_material_has_the_files_that_it_has_without(tmp_path: Path) -> None:
    def is_wanted(name: str) -> bool:
        return not any(part.startswith(".") for part in name.split("/"))

    theme = Theme(name="material")
    plain = theme.get_env().list_templates(filter_func=is_wanted)
    quicken(config_of(theme), None)
    env = theme.get_env()
    assert env.list_templates(filter_func=is_wanted) == plain
    assert len(env.list_templates()) < 1000
    assert env.get_template(".icons/material/check.svg").render().startswith("<svg")


def test_templates_are_compiled_once(tmp_path: Path) -> None:
    compiled: Any = SimpleNamespace(get_bucket=None)
    theme = Theme(name="material")
    quicken(config_of(theme), compiled)
    quicken(config_of(theme), compiled)
    assert theme.get_env().bytecode_cache is compiled
    assert theme.get_env() is not theme.get_env()


def test_a_theme_that_is_not_mkdocs_own_is_left_as_it_is() -> None:
    class Other(Theme):
        pass

    other = Other(name="material")
    quicken(config_of(other), None)
    assert type(other.get_env().loader) is FileSystemLoader
    theme = Theme(name="material")
    env = theme.get_env()
    env.loader = DictLoader({})
    vars(theme)["get_env"] = lambda: env
    quicken(config_of(theme), None)
    assert type(theme.get_env().loader) is DictLoader


def config_of(theme: Theme) -> Any:
    return SimpleNamespace(theme=theme)
