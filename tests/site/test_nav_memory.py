"""The navigation drawn from memory: the same as Material draws it, and what is not its is left."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment
from stagebook.site.nav_memory import CALL, TEMPLATE, NavMemory, remember_navigation


def item(**values: object) -> SimpleNamespace:
    return SimpleNamespace(**{"active": False, "title": "T", "url": "", **values})


def test_an_item_is_drawn_once_for_each_folder_and_anew_where_it_is_active() -> None:
    memory, parent, leaf = NavMemory(), item(), item()
    drawn: list[str] = []

    def draw(one: SimpleNamespace, path: str, level: int, parent: object) -> str:
        drawn.append(path)
        return f"{path} {level}"

    for url in ("a/one.html", "a/two.html", "b/one.html"):
        assert memory.draw(draw, leaf, "n_1", 2, parent, item(url=url)) == "n_1 2"
    assert len(drawn) == 2
    memory.draw(draw, leaf, "n_2", 2, parent, item(url="a/one.html"))
    memory.draw(draw, item(active=True), "n_1", 2, parent, item(url="a/one.html"))
    memory.draw(draw, leaf, "n_1", 2, parent, leaf)
    memory.draw(draw, leaf, "n_1", 2, parent, None)
    memory.draw(draw, item(pages=[1]), "n_1", 2, parent, item(url="a/one.html"))
    assert len(drawn) == 7


@pytest.mark.parametrize(
    ("templates", "does"),
    [
        ({TEMPLATE: f"{{{{ {CALL} }}}}"}, True),
        ({TEMPLATE: "{{ another(item) }}"}, False),
        ({"main.html": ""}, False),
    ],
    ids=["Material", "another version", "another theme"],
)
def test_other_themes_and_versions_are_left_as_they_are(
    templates: dict[str, str], does: bool
) -> None:
    env = Environment(loader=DictLoader(templates))  # noqa: S701
    loader = env.loader
    assert remember_navigation(env) is does
    assert (env.loader is loader) is not does
