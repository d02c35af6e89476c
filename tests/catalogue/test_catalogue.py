"""Catalogues for translators: there and back, and what is damaged is said with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stagebook.api.translations import (
    TranslationRefused,
    export_translation,
    import_translation,
    translation_states,
)
from stagebook.catalogue.reading import read_catalogue
from stagebook.cli import main
from stagebook.diagnostics import Path as Path_
from stagebook.diagnostics import RubricError
from stagebook.files.rubrics import load_rubric
from stagebook.overlay.text_edits import with_values
from stagebook.overlay.translation import digest, names_too, texts
from stagebook.rubric.yaml_source import read_yaml
from two_languages import GERMAN, SAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sample.yml").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "sample.de.yml").write_text(GERMAN, encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    return result.exit_code, result.output


def fill(po: bytes, translations: dict[str, str], *, settle: bool = False) -> bytes:
    """Return a catalogue with translations at contexts, as a translator's program writes it."""
    catalog = read_po(BytesIO(po))
    for message in catalog:
        if message.context in translations:
            message.string = translations[str(message.context)]
            message.flags.discard("fuzzy")
        elif settle:
            message.flags.discard("fuzzy")
    written = BytesIO()
    write_po(written, catalog, width=40)
    return written.getvalue()


def data_of(text: str) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(text, "x.yml").data
    return data


def entry(po: bytes, context: str) -> str:
    blocks = po.decode().split("\n\n")
    [found] = [one for one in blocks if f'msgctxt "{context}"' in one]
    return found


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("pt BR", "'pt BR' is not well-formed: a language is a BCP 47 tag"),
        ("", "'' is not well-formed"),
        ("EN", "is in the language en already"),
        ("sl-rozaj-biske", "gettext has no name for the language sl-rozaj-biske"),
    ],
)
def test_a_language_that_no_catalogue_can_have_is_refused(
    folder: Path, language: str, message: str
) -> None:
    path = folder / "x.po"
    asked = ("--for-translation", "--language", language, "-o", path)
    code, said = run("export", folder / "sample.yml", *asked)
    assert code == 2
    assert message in said
    assert not path.exists()


def test_a_language_may_be_written_as_gettext_does(folder: Path) -> None:
    path, made = folder / "x.po", folder / "x.yml"
    asked = ("--for-translation", "--language", "pt_BR", "-o", path)
    assert run("export", folder / "sample.yml", *asked)[0] == 0
    assert run("import", path, "--rubric", folder / "sample.yml", "-o", made)[0] == 0
    assert "language: pt-BR\n" in made.read_text(encoding="utf-8")


def test_a_new_translation_has_everything_to_translate(folder: Path) -> None:
    po = export_translation(folder / "sample.yml", "de-AT")
    catalog = read_po(BytesIO(po))
    assert str(catalog.locale_identifier) == "de_AT"
    said = {str(one.context): one for one in catalog if one.id}
    data = load_rubric(folder / "sample.yml").source.data
    assert len(said) == len(list(names_too(data)))
    test = entry(po, "gates.plan-kept.test")
    assert "sample.yml:" in test
    assert "'test' of gate 'plan-kept'" in test
    assert "#. Markdown." in test
    assert "may stay as it is" not in test
    assert "may stay as it is" in entry(po, "measures.plan-days.unit")
    line = int(re.findall(r"sample\.yml:(\d+)", test)[0])
    assert "The plan names an owner" in SAMPLE.splitlines()[line - 1]
    assert "#, fuzzy" not in po.decode()


def test_per_cent_and_braces_are_no_placeholders(folder: Path) -> None:
    text = SAMPLE.replace("The last drill is on record.", "More than 100 % did {it}.")
    (folder / "sample.yml").write_text(text, encoding="utf-8")
    said = entry(export_translation(folder / "sample.yml", "de"), "gates.drill-done.test")
    assert "format" not in said


def test_what_is_stale_is_fuzzy_and_shows_what_its_source_was(folder: Path) -> None:
    earlier = load_rubric(folder / "sample.yml").rubric
    text = SAMPLE.replace("version: 1.2.0", "version: 1.3.0").replace("A plan is kept", "Plan!")
    (folder / "sample.yml").write_text(text, encoding="utf-8")
    po = export_translation(folder / "sample.de.yml", older=earlier)
    title = entry(po, "gates.plan-kept.title")
    assert "#, fuzzy" in title
    assert '#| msgid "A plan is kept"' in title
    assert 'msgstr "Es gibt einen Plan"' in title
    assert "#, fuzzy" not in entry(po, "gates.plan-kept.test")
    # Without the earlier base nobody knows: all of them are to be looked at.
    unknown = export_translation(folder / "sample.de.yml")
    assert "#, fuzzy" in entry(unknown, "gates.plan-kept.test")


def test_a_catalogue_comes_back_into_the_overlay(folder: Path) -> None:
    overlay = folder / "sample.de.yml"
    overlay.write_text(GERMAN.replace("gates:\n", "gates:  # the tests\n"), encoding="utf-8")
    po = folder / "de.po"
    assert run("export", overlay, "--for-translation", "-o", po)[0] == 0
    said = {
        "gates.plan-kept.title": "Der Plan ist da",
        "gates.drill-done.test": "Die letzte Übung ist belegt.",
        "measures.plan-days.unit": "Stunden",
    }
    po.write_bytes(fill(po.read_bytes(), said))
    code, printed = run("import", po, "-o", overlay)
    assert (code, "not translated" in printed) == (0, True)
    text = overlay.read_text(encoding="utf-8")
    assert "gates:  # the tests\n  plan-kept:\n    title: Der Plan ist da\n" in text
    assert text.startswith(GERMAN[: GERMAN.index("gates:")])
    data = load_rubric(overlay).source.data
    assert data["gates"]["drill-done"]["test"] == said["gates.drill-done.test"]
    assert data["measures"]["plan-days"]["unit"] == "Stunden"
    known = data_of(text)["x-translated"]
    assert known["gates.drill-done.test"] == digest("The last drill is on record.")
    assert "measures.plan-days.unit" not in known, "a name needs no hash"
    # Reading it again changes nothing.
    assert run("import", po, "-o", overlay)[0] == 0
    assert overlay.read_text(encoding="utf-8") == text


def test_a_translation_of_an_earlier_text_is_stale_after_import(folder: Path) -> None:
    overlay, po = folder / "sample.de.yml", folder / "de.po"
    po.write_bytes(
        fill(export_translation(overlay), {"gates.drill-done.title": "Eine Übung fand statt"})
    )
    text = SAMPLE.replace("A drill is done", "A drill was done")
    (folder / "sample.yml").write_text(text, encoding="utf-8")
    code, printed = run("import", po, "-o", overlay)
    assert (code, "1 of a source that has changed since" in printed) == (0, True)
    stale = [one.path for one in translation_states(overlay) if one.state == "stale"]
    assert stale == [("gates", "drill-done", "title")]


def test_fuzzy_and_empty_entries_are_left_out(folder: Path) -> None:
    overlay = folder / "sample.de.yml"
    before = overlay.read_text(encoding="utf-8")
    overlay.write_text(before.replace("version: 1.2.0", "version: 1.1.0"), encoding="utf-8")
    po = folder / "de.po"
    po.write_bytes(export_translation(overlay))
    assert "fuzzy" in po.read_text(encoding="utf-8")
    imported = import_translation(po, overlay)
    assert imported.written == 0
    assert imported.left["fuzzy"] == 10
    assert imported.text == overlay.read_text(encoding="utf-8")
    # A translator who looked at them takes the mark away.
    po.write_bytes(fill(po.read_bytes(), {}, settle=True))
    settled = import_translation(po, overlay)
    assert (settled.written, settled.left["fuzzy"]) == (10, 0)


def test_a_new_overlay_names_what_it_translates(folder: Path) -> None:
    po = folder / "fr.po"
    said = {"gates.plan-kept.title": "Un plan existe"}
    po.write_bytes(fill(export_translation(folder / "sample.yml", "fr"), said))
    overlay = folder / "sub" / "sample.fr.yml"
    overlay.parent.mkdir()
    code, printed = run("import", po, "-o", overlay)
    assert (code, "--rubric" in printed) == (2, True)
    assert run("import", po, "-o", overlay, "--rubric", folder / "sample.yml")[0] == 0
    data = data_of(overlay.read_text(encoding="utf-8"))
    assert data["extends"] == {"rubric": "../sample.yml", "version": "1.2.0"}
    assert (data["language"], data["gates"]["plan-kept"]) == ("fr", {"title": "Un plan existe"})


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1
).filter(lambda text: text.strip())
LINES = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
DATA = data_of(SAMPLE)
PATHS = [path for path, _ in texts(DATA)]


@given(st.lists(WORDS, min_size=len(PATHS), max_size=len(PATHS)), st.booleans())
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
def test_any_texts_come_to_stand_where_they_belong(said: list[str], is_german: bool) -> None:
    values = dict(zip(PATHS, said, strict=True))
    overlay = GERMAN if is_german else "extends: sample.yml\nlanguage: de\n"
    text, unplaced = with_values(overlay, values, DATA)
    assert unplaced == {}
    found = dict(names_too({**data_of(text), "extends": 0}))
    for path, value in values.items():
        assert found[path] in (value, value.strip()), (path, text)
    before = data_of(overlay)
    after = data_of(text)
    assert {key: after[key] for key in ("extends", "language")} == {
        key: before[key] for key in ("extends", "language")
    }


@given(st.lists(LINES, min_size=len(PATHS), max_size=len(PATHS)))
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=30)
def test_any_texts_survive_a_catalogue(said: list[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        base = Path(place) / "sample.yml"
        base.write_text(SAMPLE, encoding="utf-8")
        names = [".".join(map(str, path)) for path in PATHS]
        po = fill(export_translation(base, "de"), dict(zip(names, said, strict=True)))
        filled = read_catalogue(po.decode(), "x.po")
        assert filled.findings == ()
        found = {one.path: one.translation for one in filled.entries}
        assert [found[name] for name in names] == said


EDITS: dict[str, tuple[str, dict[Path_, str], str | None]] = {
    "a comment behind a value": (
        "gates:\n  a:\n    title: X  # why\n",
        {("gates", "a", "title"): "Y"},
        "gates:\n  a:\n    title: Y  # why\n",
    ),
    "a comment behind a value that becomes a block": (
        "gates:\n  a:\n    title: X  # why\n",
        {("gates", "a", "title"): "word " * 30 + "end"},
        None,
    ),
    "a block with a comment at its mark": (
        "gates:\n  a:\n    title: >-  # why\n      X\n      Y\n\n# after\n  b: {title: Z}\n",
        {("gates", "a", "title"): "Y"},
        "gates:\n  a:\n    title: Y  # why\n\n# after\n  b: {title: Z}\n",
    ),
    "flow": (
        "gates: {a: {title: X}}\n",
        {("gates", "a", "title"): "Y: z", ("gates", "a", "test"): "T", ("gates", "b", "test"): "U"},
        'gates: {a: {title: "Y: z", test: "T"}, b: {"test": "U"}}\n',
    ),
    "the order of the base": (
        "# first\ngates:\n  b:\n    title: B  # b\n  # last\n",
        {
            ("gates", "a", "title"): "A",
            ("gates", "b", "test"): "BT",
            ("gates", "c", "title"): "C",
        },
        "# first\ngates:\n  a:\n    title: A\n  b:\n    title: B  # b\n    test: BT\n"
        "  c:\n    title: C\n  # last\n",
    ),
    "a list as a whole": (
        "extends: x\n",
        {("gates", "a", "evidence", 0): "E", ("gates", "a", "evidence", 1): "F"},
        "extends: x\ngates:\n  a:\n    evidence: [E, F]\n",
    ),
    "an item of a list that is there": (
        "gates:\n  a:\n    evidence:\n      - X  # one\n      - Y\n",
        {("gates", "a", "evidence", 0): "E"},
        "gates:\n  a:\n    evidence:\n      - E  # one\n      - Y\n",
    ),
    "no line break at the end": (
        "extends: x",
        {("title",): "T"},
        "extends: x\ntitle: T",
    ),
    "line ends of Windows": (
        "extends: x\r\n# c\r\n",
        {("title",): "T"},
        "extends: x\r\ntitle: T\r\n# c\r\n",
    ),
}
BASE = {
    "title": "t",
    "gates": {
        "a": {"title": "t", "test": "t", "evidence": ["e", "f"]},
        "b": {"title": "t", "test": "t"},
        "c": {"title": "t"},
    },
}


@pytest.mark.parametrize("name", EDITS)
def test_the_rest_of_the_overlay_stays_as_it_was_typed(name: str) -> None:
    text, values, expected = EDITS[name]
    edited, unplaced = with_values(text, values, BASE)
    assert unplaced == {}
    if expected is not None:
        assert edited == expected
    assert edited.count("#") == text.count("#")
    found = dict(names_too(data_of(edited)))
    assert {path: found[path] for path in values} == values


UNPLACED = {
    "gates:\n  a: &x {title: X}\n  b: *x\n": "an anchor or an alias",
    "gates:\n  a: null\n": "something else there",
    "gates:\n  a:\n    title: [X]\n": "something else there",
    "gates:\n  a: {evidence: []}\n": "something else there",
}


@pytest.mark.parametrize("text", UNPLACED)
def test_what_cannot_be_placed_is_said(text: str) -> None:
    path = ("gates", "a", "evidence", 0) if "evidence" in text else ("gates", "a", "title")
    edited, unplaced = with_values(text, {path: "Y"}, BASE)
    assert edited == text
    assert UNPLACED[text] in unplaced[path]


def test_a_list_that_is_not_complete_is_left_out_and_said(folder: Path) -> None:
    po = folder / "de.po"
    said = {"remediations.write-plan.steps.0": "Jemanden benennen."}
    po.write_bytes(fill(export_translation(folder / "sample.de.yml"), said))
    code, printed = run("import", po, "-o", folder / "sample.de.yml")
    line = (
        po.read_text(encoding="utf-8")
        .splitlines()
        .index('msgctxt "remediations.write-plan.steps.0"')
    )
    assert code == 0
    assert f"{po}:{line + 2}:1: warning[po-entry]: a list needs all its translations" in printed
    assert "Jemanden" not in (folder / "sample.de.yml").read_text(encoding="utf-8")


DAMAGES: dict[str, tuple[Callable[[str], str], str | None, str]] = {
    "a missing quotation mark": (
        lambda po: po.replace('msgid "A plan is kept"', 'msgid "A plan is kept'),
        "po-syntax",
        "a quotation mark is missing",
    ),
    "a line of something else": (
        lambda po: po.replace('msgid "A plan is kept"', '<<<<<<<\nmsgid "A plan is kept"'),
        "po-syntax",
        "neither a comment nor a keyword",
    ),
    "no translation": (
        lambda po: po.replace('msgid "A plan is kept"\nmsgstr ', 'msgid "A plan is kept"\n'),
        None,
        "",
    ),
    "an entry that stands twice": (
        lambda po: po + '\nmsgctxt "title"\nmsgid "Sample model"\nmsgstr "Zwei"\n',
        "po-syntax",
        "is in line",
    ),
    "another language": (
        lambda po: po.replace("Language: de", "Language: fr"),
        "po-syntax",
        "the language 'fr', not 'de'",
    ),
    "no head": (
        lambda po: po.replace('"Language: de\\n"\n', ""),
        "po-syntax",
        "names no language",
    ),
    "an unknown keyword": (
        lambda po: po.replace('msgid "A plan is kept"', 'msgxd "A plan is kept"'),
        "po-syntax",
        "",
    ),
    "a plural": (
        lambda po: po.replace(
            'msgid "A plan is kept"\nmsgstr ', 'msgid "A plan"\nmsgid_plural "Plans"\nmsgstr[0] '
        ),
        "po-syntax",
        "no plural",
    ),
    "something else": (lambda po: "%PDF-1.7\n", "po-syntax", "not a catalogue"),
    "nothing": (lambda po: "", "po-syntax", "not a catalogue"),
    "no order": (lambda po: 'msgstr "x"\nmsgid "y"\n', "po-syntax", ""),
    "text before any entry": (lambda po: f'"x"\n{po}', "po-syntax", ""),
    "a place that is gone": (
        lambda po: po.replace("gates.plan-kept.title", "gates.plan-keptt.title"),
        "po-entry",
        "no text at 'gates.plan-keptt.title' (did you mean 'gates.plan-kept.title'?)",
    ),
    "no context": (
        lambda po: po.replace('msgctxt "gates.plan-kept.title"\n', ""),
        "po-entry",
        "no context",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_catalogue_is_refused_or_said_with_its_line(folder: Path, name: str) -> None:
    overlay, po = folder / "sample.de.yml", folder / "de.po"
    damage, code, said = DAMAGES[name]
    whole = export_translation(overlay).decode()
    damaged = damage(whole)
    assert damaged != whole
    po.write_text(damaged, encoding="utf-8")
    exit_code, printed = run("import", po, "-o", overlay)
    assert re.search(rf"de\.po:\d+:1: (error|warning)\[{code or 'po-syntax'}\]: ", printed), printed
    assert said in printed
    if code != "po-entry":
        assert exit_code == 1
        assert overlay.read_text(encoding="utf-8") == GERMAN, "nothing is half-written"


@given(st.integers(0, 5000), st.integers(1, 40), st.text("\"\\\n#,m 'x", max_size=6))
@settings(max_examples=150)
def test_a_catalogue_that_was_cut_or_changed_never_fails_otherwise(
    at: int, size: int, new: str
) -> None:
    whole = CATALOGUE.decode()
    at %= len(whole)
    filled = read_catalogue(whole[:at] + new + whole[at + size :], "x.po")
    assert all(finding.line >= 1 for finding in filled.findings)


def _catalogue() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        base = Path(place) / "sample.yml"
        base.write_text(SAMPLE, encoding="utf-8")
        return export_translation(base, "de")


CATALOGUE = _catalogue()


def test_only_translations_have_a_catalogue(folder: Path) -> None:
    for name, language, reason in [
        ("sample.yml", None, "name a language"),
        ("sample.yml", "en", "already"),
        ("sample.de.yml", "fr", "is a translation into de"),
    ]:
        with pytest.raises(TranslationRefused, match=reason):
            export_translation(folder / name, language)
    (folder / "broken.yml").write_text("id: 1\n", encoding="utf-8")
    with pytest.raises(RubricError):
        export_translation(folder / "broken.yml", "de")
    assert run("export", folder / "sample.yml", "-o", folder / "x.po")[0] == 2
    assert run("export", folder / "sample.yml", "--for-translation", "-o", folder / "x.csv")[0] == 2
    assert run("export", folder / "sample.yml", "--language", "de", "-o", folder / "x.md")[0] == 2
    with pytest.raises(TranslationRefused, match="extends no rubric of another language"):
        translation_states(folder / "sample.yml")
