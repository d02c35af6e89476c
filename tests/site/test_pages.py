"""Pages: the whole tree as expected, text that stays text, and every link leading somewhere."""

from __future__ import annotations

import html
import json
import re

import markdown
import pytest
from conftest import Golden
from engines import USUAL_EXTENSIONS
from folders import GOOD, ROOT
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from stagebook.site import expand_blocks, navigation, render_tree
from stagebook.site.tree import LATER, SCRIPT, STYLES

GOLDEN = ROOT / "tests" / "golden"
TREES = ["sample", "hostile", "german", "shapes"]


def tree_of(name: str) -> dict[str, bytes]:
    reading = load_rubric(GOOD / f"{name}.yml")
    return {
        path: page.content
        for path, page in render_tree(reading.rubric, reading.source.text).items()
        # Their own tests rebuild and compare them.
        if path not in (SCRIPT, *LATER, STYLES, f"{reading.rubric.id}/assess.html")
    }


def rubric_of(name: str) -> Rubric:
    return load_rubric(GOOD / f"{name}.yml").rubric


def to_html(page: bytes) -> str:
    text = re.sub(r"\A---\n.*?\n---\n", "", page.decode(), flags=re.DOTALL)
    return markdown.markdown(text, extensions=USUAL_EXTENSIONS)


@pytest.mark.parametrize("name", TREES)
def test_tree_is_as_expected(name: str, golden: Golden, request: pytest.FixtureRequest) -> None:
    tree, folder = tree_of(name), GOLDEN / name
    if request.config.getoption("--update-golden"):
        for path in folder.rglob("*.*"):
            if path.relative_to(folder).as_posix() not in tree:
                path.unlink()
        for name_of_page, content in tree.items():
            golden(folder / name_of_page, content.decode())
    kept = {path for path in folder.rglob("*") if path.is_file()}
    expected = {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}
    assert {p: c.decode() for p, c in tree.items()} == {p: c.decode() for p, c in expected.items()}


@pytest.mark.parametrize("name", TREES)
def test_navigation_names_every_page_once(name: str) -> None:
    def pages(items: object) -> list[str]:
        if isinstance(items, str):
            return [items]
        values = items.values() if isinstance(items, dict) else items
        return [page for item in values for page in pages(item)]  # type: ignore[attr-defined]

    named = pages(navigation(rubric_of(name)))
    assert sorted(named) == sorted(path for path in tree_of(name) if path.endswith(".md"))


def test_pages_are_pure() -> None:
    assert tree_of("sample") == tree_of("sample")


def test_hostile_text_makes_no_elements() -> None:
    for path, content in tree_of("hostile").items():
        if path.endswith(".md"):
            ours = "<script>var stagebookKept=history.state?.stagebook</script>"
            page = to_html(content).replace(ours, "")
            assert not re.search(r"<(script|img|i|model|kept)\b", page), path
            assert "alert(1)" not in re.sub(r"&lt;[^<]*", "", page), path
            assert page.count("<fieldset") == page.count("</fieldset>"), path


def test_hostile_data_cannot_end_its_script() -> None:
    script = tree_of("hostile")["assets/stagebook/hostile.js"].decode()
    assert "</script" not in script
    data = json.loads(script.split("]=", 1)[1].rstrip(";\n"))
    assert data["remediations"][0]["title"] == "</script><img src=x onerror=alert(1)>"


def test_titles_show_as_written() -> None:
    page = to_html(tree_of("hostile")["hostile/dimensions/craft.md"])
    heading = re.search(r'<h3 [^>]*id="plan-kept">(.*?)</h3>', page)
    assert heading
    assert html.unescape(heading.group(1)) == "A plan is <kept> & [read]"


def test_block_in_a_page_is_expanded() -> None:
    rubrics = {"sample": rubric_of("sample")}
    page = "# Hi\n\n```stagebook\nshow: stage\nstage: first\n```\n\nBye\n"
    expanded, findings = expand_blocks(page, "guides/mine.md", rubrics)
    assert not findings
    assert expanded.startswith('# Hi\n\n<section class="sb-quiz"')
    assert expanded.endswith("Bye\n")
    assert 'data-gate="plan-kept"' in expanded
    assert 'data-gate="work-checked"' not in expanded
    assert 'href="../../sample/dimensions/craft/#plan-kept"' in expanded


def test_two_blocks_with_the_same_gate_have_their_own_ids() -> None:
    block = "```stagebook\nshow: quick-check\n```\n"
    page, _ = expand_blocks(f"{block}\n{block}", "x.md", {"sample": rubric_of("sample")})
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {'name="plan-kept"', 'name="plan-kept--2"'} <= set(re.findall(r'name="[^"]+"', page))


def test_block_inside_a_longer_fence_is_an_example() -> None:
    page = "````markdown\n```stagebook\nshow: ladder\n```\n````\n"
    assert expand_blocks(page, "x.md", {"sample": rubric_of("sample")}) == (page, [])


WRONG_BLOCKS = [
    (
        "shw: ladder",
        "5:1: error[unknown-key]: unknown key 'shw' in a stagebook block (did you mean 'show'?)",
    ),
    (
        "show: stages\nstage: frist",
        "6:8: error[unknown-value]: 'frist' is not one of ground, first, second",
    ),
    ("show: dimension", "5:1: error[missing-key]: 'show: dimension' requires the key 'dimension'"),
    (
        "rubric: smaple",
        "5:9: error[dangling-id]: no rubric has the id 'smaple' (did you mean 'sample'?)",
    ),
    ("show: [", "6:1: error[yaml-syntax]"),
]


@pytest.mark.parametrize(("body", "expected"), WRONG_BLOCKS)
def test_wrong_block_is_a_finding_in_its_page(body: str, expected: str) -> None:
    page = f"# Hi\n\nText\n```stagebook\n{body}\n```\n"
    _, findings = expand_blocks(page, "x.md", {"sample": rubric_of("sample")})
    assert str(findings[0]).startswith(f"x.md:{expected}")


def test_a_block_of_a_stage_in_a_model_without_stages_is_a_finding() -> None:
    rubric = rubric_of("sample").model_copy(update={"stages": {}})
    page = "```stagebook\nshow: gates\nstage: first\n```\n"
    _, findings = expand_blocks(page, "x.md", {"sample": rubric})
    assert str(findings[0]) == "x.md:3:8: error[unknown-value]: the rubric 'sample' has no stages"


def test_a_rubric_in_german_gets_german_words() -> None:
    reading = load_rubric(GOOD / "sample.yml")
    rubric = reading.rubric.model_copy(update={"language": "de-CH"})
    tree = render_tree(rubric, reading.source.text)
    page = tree["sample/assessment.md"].content.decode()
    assert "Ich weiß es nicht" in page
    assert "I do not know" not in page
    data = tree["assets/stagebook/sample.js"].content.decode()
    assert '"language":"de"' in data
    assert "Was Sie aufhält" in data
    assert "Ihr Ergebnis" in page
