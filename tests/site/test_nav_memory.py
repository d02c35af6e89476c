"""The navigation drawn from memory: the same as Material draws it, and what is not its is left."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment
from stagebook.site.nav_memory import MANY, NEAR, TEMPLATE, NavMemory, remember_navigation


def item(**values: object) -> SimpleNamespace:
    return SimpleNamespace(**{"active": False, "title": "T", "url": "", **values})


def test_an_item_is_drawn_once_for_each_folder_and_anew_where_it_is_active() -> None:
    memory, parent, leaf = NavMemory(), item(), item(url="a/leaf.html")
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


def test_addresses_that_differ_from_page_to_page_are_not_mixed_up() -> None:
    """With addresses of folders, a page is a folder of its own, and others may be below it."""
    memory, parent = NavMemory(), item()
    below = item(children=[item(url="a/one/more/")])
    other = item(url="b/")
    drawn: list[object] = []

    def draw(one: SimpleNamespace, path: str, level: int, parent: object) -> str:
        drawn.append(one)
        return ""

    for url in ("a/one/", "a/two/", "a/three/"):
        memory.draw(draw, other, "n_1", 2, parent, item(url=url))
        memory.draw(draw, below, "n_2", 2, parent, item(url=url))
    assert drawn == [other, below, below]


def test_a_long_section_shows_what_is_near_the_page_and_leads_to_the_rest() -> None:
    pages = [item(title=f"P{number}", url=f"p{number}/") for number in range(1, MANY + 42)]
    pages[0].is_index = True
    section = item(title="Plays", children=pages)
    memory = NavMemory(may_shorten=lambda one: one is section)
    prune = ["navigation.prune"]

    def shown(page: SimpleNamespace, features: list[str]) -> list[str]:
        return [one.title for _, one in memory.near(section, page, features)]

    every = [page.title for page in pages]
    assert shown(pages[50], []) == every
    found = shown(pages[50], prune)
    assert found == ["P1", *every[50 - NEAR : 50 + NEAR + 1], "Plays …"]
    assert shown(pages[0], prune)[-2:] == [f"P{NEAR + 1}", "Plays …"]
    assert [number for number, _ in memory.near(section, pages[50], prune)][1] == 50 - NEAR + 1
    short = item(title="Plays", children=pages[:MANY])
    assert len(list(NavMemory(lambda one: True).near(short, pages[5], prune))) == MANY
    assert len(list(NavMemory().near(section, pages[50], prune))) == len(pages)


LOOP = """{% for item in nav_item.children %}
  {% if not index or item != index %}
    {{ render(item, path ~ "_" ~ loop.index, level + 1, nav_item) }}"""
REST = "{% endif %}{% endfor %}"


@pytest.mark.parametrize(
    ("templates", "does"),
    [
        ({TEMPLATE: LOOP + REST}, True),
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
