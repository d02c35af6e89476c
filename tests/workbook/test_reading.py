"""Workbooks as people keep them: merged, with gaps, with titles for ids, in other layouts."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from folders import GOOD, ROOT
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from stagebook.cli import main
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from stagebook.workbook.document import markdown

SAMPLE = GOOD / "sample.yml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def book(path: Path, **sheets: Any) -> Path:
    """Write a workbook with these sheets; `_` stands for a blank in a name."""
    made = Workbook()
    made.remove(made["Sheet"])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def read(path: Path, *options: object) -> dict[str, Any]:
    out = path.with_suffix(".yml")
    result = run("import", path, "-o", out, *options)
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = load_rubric(out).source.data
    return data


GATES = [
    ["Code", "Function", "Practice", "Level", "Activity", "Question", "Guidance", "Owner"],
    ["A-1", "Build", "Secure build", 1, "Build is defined", "Is the build defined?", "a log\nit"],
    [],
    ["A-2", None, None, 2, "Build is signed", "Is the build signed?", None, "Ann"],
    [None, None, "Secure deployment", 1, "Releases are known", "Is each release known?"],
]


def test_a_table_alone_is_a_model(tmp_path: Path) -> None:
    data = read(book(tmp_path / "my model.xlsx", Questions=GATES))
    assert (data["id"], data["title"], data["version"]) == ("my-model", "my model", "0.1.0")
    assert list(data["gates"]) == ["a-1", "a-2", "releases-are-known"]
    assert data["groups"] == {"build": "Build"}
    assert data["dimensions"] == {
        "secure-build": {"title": "Secure build", "group": "build"},
        "secure-deployment": {"title": "Secure deployment", "group": "build"},
    }
    assert [stage["level"] for stage in data["stages"].values()] == [0, 1, 2]
    assert data["gates"]["a-1"]["evidence"] == ["a log", "it"]
    assert data["gates"]["a-2"]["dimension"] == "secure-build"
    assert data["gates"]["a-2"]["x-owner"] == "Ann"


def test_what_no_column_is_for_is_named_and_kept(tmp_path: Path) -> None:
    path = book(tmp_path / "m.xlsx", Gates=GATES, Notes=[["a"]])
    output = run("import", path, "-o", tmp_path / "m.yml").output
    assert "m.xlsx:Gates!H1: warning[workbook-heading]: no column is called 'Owner'" in output
    assert "m.xlsx:Notes!A1: warning[workbook-sheet]: the sheet 'Notes'" in output


def test_merged_cells_say_the_same_for_all_their_rows(tmp_path: Path) -> None:
    path = book(tmp_path / "m.xlsx", Gates=[["title", "question", "dimension", "stage"]])
    made = load_workbook(path)
    sheet = made["Gates"]
    for row in range(2, 5):
        sheet.cell(row, 1, f"T{row}")
        sheet.cell(row, 2, "It is so.")
    sheet["C2"], sheet["D2"] = "One", "First"
    sheet.merge_cells("C2:C4")
    sheet.merge_cells("D2:D3")
    sheet["D4"] = "Second"
    made.save(path)
    gates = read(path)["gates"].values()
    assert [(gate["dimension"], gate["stage"]) for gate in gates] == [
        *(("one", "first"), ("one", "first"), ("one", "second"))
    ]


def test_findings_name_sheet_and_cell(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    assert run("export", SAMPLE, "-o", path, "--no-assessment").exit_code == 0
    made = load_workbook(path)
    gates = made["Gates"]
    place = {cell.value: get_column_letter(cell.column or 1) for cell in gates[1]}
    gates[f"{place['dimension']}3"] = "crafd"
    gates[f"{place['weight']}4"] = "heavy"
    made["Stages"]["B3"] = "low"
    made["More"].append(["/gates/nothing/here", "{"])
    made.save(path)
    out = tmp_path / "m.yml"
    result = run("import", path, "-o", out)
    assert result.exit_code == 1
    assert not out.exists()
    lines = result.output
    assert (
        f"m.xlsx:Gates!{place['dimension']}3: error[dangling-id]: no dimension has the id 'crafd' "
        "(did you mean 'craft'?)"
    ) in lines
    assert (
        f"m.xlsx:Gates!{place['weight']}4: error[wrong-type]: 'weight' of gate 'drill-done'"
        in lines
    )
    assert "m.xlsx:Stages!B3: error[wrong-type]" in lines
    assert "m.xlsx:More!B2: error[bad-form]" in lines


def test_references_may_be_titles_and_codes(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    run("export", SAMPLE, "-o", path, "--no-assessment")
    made = load_workbook(path)
    plays = made["Plays"]
    opens = next(get_column_letter(cell.column) for cell in plays[1] if cell.value == "opens")
    plays[f"{opens}3"] = "A drill is done\nWork is checked"
    plays[f"{opens}2"] = "cr-1"
    made.save(path)
    data = read(path)
    assert data["remediations"]["run-drill"]["opens"] == ["drill-done", "work-checked"]
    assert data["remediations"]["write-plan"]["opens"] == ["plan-kept"]


def test_ids_are_made_once_and_written_back(tmp_path: Path) -> None:
    rows = [
        ["id", "dimension", "title", "question"],
        [None, "D", "One", "Q?"],
        ["x", "D", "Two", "Q?"],
    ]
    path = book(tmp_path / "m.xlsx", Gates=rows)
    first = tmp_path / "1.yml"
    said = run("import", path, "-o", first).output
    assert "1 id was made; --write-ids keeps it in the workbook\n" in said
    table = tmp_path / "m.csv"
    table.write_text("dimension,title,question\nD,One,Q?\nD,Two,Q?\n")
    said = run("import", table, "-o", tmp_path / "3.yml").output
    assert "2 ids were made; to keep them, write them into a column 'id' of m.csv\n" in said
    assert run("import", path, "-o", tmp_path / "2.yml", "--write-ids").exit_code == 0
    made = load_workbook(path)
    assert [cell.value for cell in made["Gates"]["A"]] == ["id", "one", "x"]
    made["Gates"]["C2"] = "Another title"
    made.save(path)
    assert list(load_rubric(tmp_path / "2.yml").source.data["gates"]) == ["one", "x"]
    assert list(read(path)["gates"]) == ["one", "x"]


def test_a_formula_without_a_value_is_no_empty_cell(tmp_path: Path) -> None:
    """Libraries write formulas that no program has calculated."""
    rows = [
        ["id", "dimension", "title", "question", "evidence", "owner", None],
        ["x", "D", "A", "Q?", '="a log"', "=1+1", "=1+1"],
    ]
    path = book(tmp_path / "m.xlsx", Gates=rows, Result=[["=1+1"]], Model=[["title", '="T"']])
    result = run("import", path, "-o", tmp_path / "m.yml")
    assert result.exit_code == 1
    places = [line.split(": ")[0] for line in result.output.splitlines() if "no value" in line]
    assert places == [f"{path}:{cell}" for cell in ("Gates!E2", "Gates!F2", "Model!B1")]
    rows[1] = ["x", "D", "A", "Q?", "a log", "Ann", "=1+1"]
    data = read(book(tmp_path / "n.xlsx", Gates=rows, Result=[["=1+1"]]))
    assert data["gates"]["x"]["evidence"] == ["a log"]


def test_a_formula_that_gives_no_text_is_an_empty_cell(tmp_path: Path) -> None:
    rows = [["id", "dimension", "title", "question", "evidence"], ["x", "D", "A", "Q?", '=""']]
    path = book(tmp_path / "m.xlsx", Gates=rows)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            # As spreadsheet programs write it.
            archive.writestr(name, part.replace(b'<c r="E2">', b'<c r="E2" t="str">'))
    assert read(path)["gates"]["x"] == {"dimension": "d", "title": "A", "test": "Q?"}


def test_an_id_twice_is_an_error(tmp_path: Path) -> None:
    rows = [["id", "dimension", "title", "question"], ["x", "D", "A", "Q?"], ["x", "D", "B", "Q?"]]
    result = run("import", book(tmp_path / "m.xlsx", Gates=rows), "-o", tmp_path / "m.yml")
    assert (
        "m.xlsx:Gates!A3: error[duplicate-id]: duplicate id 'x' (first in row 2)" in result.output
    )


def test_a_code_or_title_of_several_is_no_reference(tmp_path: Path) -> None:
    gates = [
        ["id", "code", "dimension", "title", "question"],
        ["roles", "A-1", "D", "Roles", "Are roles clear?"],
        ["tasks", "A-1", "D", "Tasks", "Are tasks clear?"],
        ["goals", "A-2", "D", "Goals, all", "Are goals clear?"],
        ["a-9", "roles", "D", "Tasks", "Are they clear?"],
    ]
    plays = [["id", "title", "opens"], ["p", "Ask", "a-2; A-1; roles"], ["q", "Tell", "Tasks"]]
    checked = [["gate"], ["A-1"], ["Goals, all"]]
    path = book(tmp_path / "m.xlsx", Gates=gates, Plays=plays, Quick_check=checked)
    result = run("import", path, "-o", tmp_path / "m.yml")
    assert result.exit_code == 1
    lines = [one for one in result.output.splitlines() if "dangling-id" in one]
    error = "error[dangling-id]:"
    assert [one.split("m.xlsx:")[-1] for one in lines] == [
        f"Plays!C2: {error} 'A-1' may be any of roles, tasks: write the id",
        f"Plays!C3: {error} 'Tasks' may be any of tasks, a-9: write the id",
        f"Quick check!A2: {error} 'A-1' may be any of roles, tasks: write the id",
    ]
    plays[1][2], plays[2][2], checked[1][0] = "A-2; roles", "tasks", "tasks"
    read(book(path, Gates=gates, Plays=plays, Quick_check=checked))
    assert "warning[duplicate-code]" in run("import", path, "-o", tmp_path / "n.yml").output


MAP = """\
sheets:
  Interview:
    header: 3
    gates: {code: Ref, dimension: Area, title: What, question: Ask, answer set: Options}
  Options:
    scales: {answer set: Set, label: Text, score: Points}
rubric:
  {id: foreign, title: Foreign, version: 2.0.0, scoring: {dimension: sum, overall: {by: mean}}}
"""


def test_a_map_reads_a_foreign_layout(tmp_path: Path) -> None:
    interview = [["A model"], [], ["Ref", "Area", "What", "Ask", "Options", "Level of effort"]]
    interview += [["1.1", "People", "Roles", "Are roles clear?", "How often", "low"]]
    options = [["Set", "Text", "Points"], ["How often", "Never", 0], [None, "Always", "0,5"]]
    path = book(tmp_path / "f.xlsx", Interview=interview, Options=options, Other=[["x"]])
    (tmp_path / "map.yml").write_text(MAP)
    data = read(path, "--map", tmp_path / "map.yml")
    assert (data["id"], data["version"]) == ("foreign", "2.0.0")
    assert data["gates"]["1-1"] == {
        **{"code": "1.1", "dimension": "people", "title": "Roles", "test": "Are roles clear?"},
        **{"scale": "how-often", "x-level-of-effort": "low"},
    }
    assert [one["score"] for one in data["scales"]["how-often"].values()] == [0, 0.5]


def test_answers_may_be_in_drop_downs_alone(tmp_path: Path) -> None:
    path = book(tmp_path / "f.xlsx", A=[["Area", "Ask", "Rate"], ["P", "Q?"], ["P", "R?"]])
    made = load_workbook(path)
    rule = DataValidation(type="list", formula1='"Crawl, Walk,Run"')
    rule.add("C2:C3")
    made["A"].add_data_validation(rule)
    made.save(path)
    columns = "{dimension: Area, title: Ask, question: Ask}"
    text = f"sheets: {{A: {{choices: Rate, gates: {columns}}}}}"
    (tmp_path / "map.yml").write_text(text.replace("title: Ask, ", ""))
    out = tmp_path / "o.yml"
    result = run("import", path, "-o", out, "--map", tmp_path / "map.yml")
    assert "missing required key 'title'" in result.output
    made["A"]["D1"], made["A"]["D2"], made["A"]["D3"] = "Name", "One", "Two"
    made.save(path)
    (tmp_path / "map.yml").write_text(text.replace("title: Ask", "title: Name"))
    data = read(path, "--map", tmp_path / "map.yml")
    assert data["scales"] == {
        "answers-1": {
            "crawl": {"label": "Crawl", "score": 0},
            "walk": {"label": "Walk", "score": 1},
            "run": {"label": "Run", "score": 2},
        }
    }
    assert {gate["scale"] for gate in data["gates"].values()} == {"answers-1"}


def test_a_map_with_mistakes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map.yml").write_text("sheets:\n  A:\n    gates: {titel: X}\n    gate: {a: b}\n")
    path = book(tmp_path / "f.xlsx", A=[["X"]])
    result = run("import", path, "-o", tmp_path / "o.yml", "--map", tmp_path / "map.yml")
    assert result.exit_code == 1
    assert "map.yml:3:13: error[unknown-key]" in result.output
    assert "(did you mean 'title'?)" in result.output
    assert "map.yml:4:5: error[unknown-key]" in result.output


def test_csv_has_the_gates_with_titles(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    assert run("export", SAMPLE, "-o", path).exit_code == 0
    data = read(path)
    original = load_rubric(SAMPLE).rubric
    assert list(data["gates"]) == list(original.gates)
    for id_, gate in original.gates.items():
        assert data["gates"][id_]["title"] == gate.title
        assert data["gates"][id_]["test"] == gate.test
        assert data["gates"][id_].get("evidence", []) == gate.evidence
    titles = [one["title"] for one in data["dimensions"].values()]
    assert titles == [one.title for one in original.dimensions.values()]


def test_csv_keeps_several_stages_of_a_gate(tmp_path: Path) -> None:
    original = ROOT / "rubrics" / "gallery" / "open-source-security.yml"
    rubric, path = load_rubric(original).rubric, tmp_path / "osps.csv"
    assert run("export", original, "-o", path).exit_code == 0
    data = read(path)
    assert [one["title"] for one in data["stages"].values()] == [f"Level {n}" for n in range(4)]
    for id_, gate in rubric.gates.items():
        titles = [rubric.stages[one].title for one in gate.at if one]
        assert [data["stages"][one]["title"] for one in data["gates"][id_]["stages"]] == titles


def test_one_title_in_two_groups_or_dimensions_means_two(tmp_path: Path) -> None:
    path = tmp_path / "twins.csv"
    path.write_text(
        "Function,Practice,Stream,Level,Activity,Question\n"
        "Build,People,Grow,1,Train,Q?\nBuild,Policy,Grow,1,Write,Q?\n"
        "Run,People,Grow,1,On call,Q?\nRun,people,Grow,2,Rest,Q?\n"
    )
    data = read(path)
    homes = [(one["title"], one["group"]) for one in data["dimensions"].values()]
    assert homes == [("People", "build"), ("Policy", "build"), ("People", "run")]
    assert [one["title"] for one in data["topics"].values()] == ["Grow"] * 3
    found = [(one["dimension"], one["topic"]) for one in data["gates"].values()]
    assert found == [
        ("people", "grow"),
        ("policy", "grow-2"),
        ("people-2", "grow-3"),
        ("people-2", "grow-3"),
    ]


def test_how_to_keep_ids_is_said_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Practice,Activity,Question\nA,B,Q?\n")
    result = run("import", path, "-o", tmp_path / "t.yml")
    assert "1 id was made; to keep it, write it into a column 'id' of " in result.output


def test_a_csv_says_what_it_cannot_keep(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("title: A plan is kept", 'title: "\'=1"')
    rubric, path = tmp_path / "r.yml", tmp_path / "r.csv"
    rubric.write_text(text, encoding="utf-8")
    assert "1 text loses the apostrophe" in run("export", rubric, "-o", path).output


def test_a_map_reads_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("Area,Ask,Name\nA,Q?,N\n")
    (tmp_path / "map.yml").write_text(
        "sheets: {any: {gates: {dimension: Area, question: Ask, title: Name}}}"
    )
    assert read(path, "--map", tmp_path / "map.yml")["gates"]["n"]["test"] == "Q?"


def test_what_a_map_names_in_vain_is_told(tmp_path: Path) -> None:
    path = book(tmp_path / "f.xlsx", A=[["Area", "Ask", "Name"], ["P", "Q?", "N"]])
    columns = "{dimension: Area, question: Ask, title: Name, weight: Heft}"
    text = f"sheets: {{A: {{gates: {columns}}}, B: {{gates: {columns}}}}}"
    (tmp_path / "map.yml").write_text(text)
    output = run("import", path, "-o", tmp_path / "o.yml", "--map", tmp_path / "map.yml").output
    assert "f.xlsx:A!A1: warning[workbook-heading]: the map names a column 'Heft'" in output
    assert "warning[workbook-sheet]: the map names a sheet 'B' that is not here" in output


def test_csv_findings_name_the_line(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text('id;dimension;title;question;weight\na;D;"A\nB";Q?;1\nb;D;T;Q?;much\n')
    result = run("import", path, "-o", tmp_path / "m.yml")
    assert "m.csv:4:5: error[wrong-type]: 'weight' of gate 'b' must be a number" in result.output


def test_no_text_of_an_author_is_a_formula(tmp_path: Path) -> None:
    text = (GOOD / "sample.yml").read_text(encoding="utf-8")
    signs = ['=HYPERLINK("https://x.org")', "+1", "-1", "@SUM(A1)"]
    for sign in signs:
        rubric = tmp_path / "r.yml"
        rubric.write_text(text.replace("title: A plan is kept", f"title: {json.dumps(sign)}"))
        for ending in ("xlsx", "csv"):
            path = tmp_path / f"m.{ending}"
            assert run("export", rubric, "-o", path).exit_code == 0
            path.with_suffix(".yml").unlink(missing_ok=True)
            assert read(path)["gates"]["plan-kept"]["title"] == sign
        cells = [c for sheet in load_workbook(tmp_path / "m.xlsx") for row in sheet for c in row]
        assert [cell.data_type for cell in cells if cell.value == sign].count("s") >= 2
        assert not [cell for cell in cells if cell.value == sign and cell.data_type == "f"]


def test_references_have_drop_downs(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    run("export", SAMPLE, "-o", path)
    made = load_workbook(path)
    rules = made["Gates"].data_validations.dataValidation
    sources = {rule.formula1 for rule in rules}
    assert any("'Dimensions'!$A$2" in source for source in sources)
    assert any("'Stages'!$A$2" in source for source in sources)
    assert '"yes,no"' in sources
    [answers] = [rule for rule in made["Assessment"].data_validations.dataValidation][:1]
    assert "Lists!" in answers.formula1


def test_json_and_markdown(tmp_path: Path) -> None:
    assert run("export", SAMPLE, "-o", tmp_path / "m.json").exit_code == 0
    assert json.loads((tmp_path / "m.json").read_text()) == load_rubric(SAMPLE).source.data
    assert run("export", SAMPLE, "-o", tmp_path / "m.md").exit_code == 0
    text = (tmp_path / "m.md").read_text(encoding="utf-8")
    for gate in load_rubric(SAMPLE).rubric.gates.values():
        assert gate.title in text
        assert gate.test in text
    assert run("export", SAMPLE, "-o", tmp_path / "m.pdf").exit_code == 2


def test_the_document_says_what_answers_mean_at_each_gate() -> None:
    text = markdown(load_rubric(ROOT / "rubrics" / "ai-product.yml").rubric)
    assert "- Partly: The list exists, but owners or permitted use are missing" in text
    assert "unless the gate says otherwise" not in text
    # Markdown reads two lists behind one another as one.
    assert "routine, and repeated.\n\n**Evidence:**\n\n- For example, an inventory" in text


def test_the_document_has_the_words_of_its_rubric() -> None:
    sample = load_rubric(SAMPLE).source.data
    data = {
        **sample,
        "language": "de",
        "title": "Läuft *alles*?",
        "terms": {"remediation": {"one": "Hilfe", "many": "Hilfen"}},
        "stages": {
            id_: {**stage, "title": f"Stufe {stage['level']}"}
            for id_, stage in sample["stages"].items()
        },
    }
    text = markdown(Rubric.model_validate(data))
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert text.startswith("# Läuft \\*alles\\*?\n")
    assert (heads[0], heads[-2:]) == ("## Stufen", ["## Hilfen", "## Quellen"])
    assert "### Stufe 0\n" in text
    assert "**Nachweise:**" in text
    assert "blockierend" in text
    assert "Fertig, wenn: " in text


def test_nothing_is_replaced_without_being_told_to(tmp_path: Path) -> None:
    path, out = tmp_path / "m.xlsx", tmp_path / "m.yml"
    run("export", SAMPLE, "-o", path)
    out.write_text("mine")
    result = run("import", path, "-o", out)
    assert result.exit_code == 2
    assert "--force" in result.output
    assert out.read_text() == "mine"
    assert run("import", path, "-o", out, "--force").exit_code == 0


def fill(path: Path, **answers: object) -> Path:
    made = load_workbook(path)
    sheet = made["Assessment"]
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1)}
    for id_, value in answers.items():
        cells = value if isinstance(value, tuple) else (value,)
        for place, cell in enumerate(cells):
            first = 5 if id_ == "respondent" else 7
            sheet.cell(rows[id_.replace("_", "-")], first + place, cell)
    file = BytesIO()
    made.save(file)
    path.write_bytes(file.getvalue())
    return path


def test_a_filled_workbook_is_an_assessment(tmp_path: Path) -> None:
    path, out = tmp_path / "m.xlsx", tmp_path / "a.json"
    run("export", SAMPLE, "-o", path)
    fill(
        path,
        respondent="Ann",
        plan_days=12,
        work_checked=("in part", "soon", "https://example.org/log\nthe plan"),
        drill_done=("Does not apply", "we have no drill"),
        load_known="High",
    )
    result = run("import", path, "--assessment", "-o", out)
    assert result.exit_code == 0, result.output
    data = json.loads(out.read_text())
    assert data == {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "sample", "version": "1.2.0"},
        "respondent": "Ann",
        "answers": {
            "work-checked": {
                "answer": "partly",
                "note": "soon",
                "evidence": [
                    {"title": "https://example.org/log", "url": "https://example.org/log"},
                    {"title": "the plan"},
                ],
            },
            "drill-done": {"answer": "not-applicable", "reason": "we have no drill"},
            "load-known": {"answer": "high"},
        },
        "measures": {"plan-days": 12},
    }
    assert run("score", SAMPLE, out).exit_code == 0
    again = run("import", path, "--assessment", "--rubric", SAMPLE, "-o", tmp_path / "b.json")
    assert again.exit_code == 0
    assert (tmp_path / "b.json").read_text() == out.read_text()


def test_an_answer_that_no_program_has_calculated_is_told(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    run("export", SAMPLE, "-o", path)
    fill(path, plan_kept='="Yes"')
    result = run("import", path, "--assessment", "-o", tmp_path / "a.json")
    assert result.exit_code == 1
    assert "error[bad-form]: the formula of this cell has no value yet" in result.output


def test_what_does_not_match_is_listed(tmp_path: Path) -> None:
    path, out = tmp_path / "m.xlsx", tmp_path / "a.json"
    run("export", SAMPLE, "-o", path)
    fill(path, work_checked="Perhaps", plan_days="soon", load_known="Hihg")
    result = run("import", path, "--assessment", "-o", out)
    assert result.exit_code == 1
    assert not out.exists()
    assert "error[unknown-value]: 'Perhaps' is not an answer to 'work-checked'" in result.output
    assert "(did you mean 'High'?)" in result.output
    assert (
        "error[bad-form]: measure 'plan-days': "
        "'soon' is not a number such as 1.5 or 1500, in days, at least 0\n" in result.output
    )
    assert result.output.count("m.xlsx:Assessment!G") == 3


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (
            "1,250",
            "[bad-form]: measure 'share': '1,250' can mean 1250 or 1.25: write one of the two",
        ),
        (150, "[out-of-range]: measure 'share': 150 is out of range: in %, from 0 to 100"),
        ("150 %", "[out-of-range]: measure 'share': '150 %' is out of range: in %, from 0 to 100"),
        ("12,5 %", ""),
    ],
)
def test_a_wrong_number_is_explained_as_in_an_assessment(
    tmp_path: Path, number: float | str, message: str
) -> None:
    text = SAMPLE.read_text("utf-8").replace(
        "measures:\n", "measures:\n  share: {title: Share, unit: '%', min: 0, max: 100}\n", 1
    )
    text = text.replace("{of: plan-days,", "{of: share,", 1)
    (tmp_path / "own.yml").write_text(text, "utf-8")
    path = tmp_path / "m.xlsx"
    run("export", tmp_path / "own.yml", "-o", path)
    fill(path, share=number)
    result = run("import", path, "--assessment", "-o", tmp_path / "a.json")
    assert result.exit_code == bool(message), result.output
    if message:
        assert message in result.output
        (tmp_path / "b.json").write_text(
            json.dumps(
                {
                    "format": "stagebook-assessment/1",
                    "rubric": {"id": "sample", "version": "1.2.0"},
                    "measures": {"share": number},
                }
            )
        )
        scored = run("score", tmp_path / "own.yml", tmp_path / "b.json")
        assert message.partition("'share': ")[2] in scored.output


def test_a_row_that_is_there_twice_is_told(tmp_path: Path) -> None:
    path, out = tmp_path / "m.xlsx", tmp_path / "a.json"
    run("export", SAMPLE, "-o", path)
    fill(path, work_checked="Yes")
    made = load_workbook(path)
    sheet = made["Assessment"]
    last = sheet.max_row + 1
    sheet.cell(last, 1, "work-checked")
    sheet.cell(last, 7, "No")
    made.save(path)
    result = run("import", path, "--assessment", "-o", out)
    assert result.exit_code == 1
    assert not out.exists()
    assert (
        f"m.xlsx:Assessment!A{last}: error[duplicate-id]: 'work-checked' is in row" in result.output
    )


def test_a_gate_and_a_measure_may_have_one_id(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("plan-days", "plan-kept")
    rubric, path, out = tmp_path / "r.yml", tmp_path / "m.xlsx", tmp_path / "a.json"
    rubric.write_text(text, encoding="utf-8")
    assert run("export", rubric, "-o", path).exit_code == 0
    made = load_workbook(path)
    sheet = made["Assessment"]
    rows = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "plan-kept"]
    assert len(rows) == 2
    sheet.cell(rows[1], 7, 12)
    made.save(path)
    result = run("import", path, "--assessment", "--rubric", rubric, "-o", out)
    assert result.exit_code == 0, result.output
    assert json.loads(out.read_text())["measures"] == {"plan-kept": 12}


def test_each_question_has_the_answers_of_its_own_scale(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    run("export", SAMPLE, "-o", path)
    made = load_workbook(path)
    rules: list[DataValidation] = made["Assessment"].data_validations.dataValidation
    offered = []
    for rule in rules:
        sheet, area = str(rule.formula1).removeprefix("=").replace("$", "").split("!")
        offered.append([cell.value for (cell,) in made[sheet][area]])
    ends = ["I do not know", "Does not apply"]
    assert ["No", "In part", "Yes", *ends] in offered
    assert ["Low", "High", *ends] in offered
    assert made["Lists"].sheet_state == "hidden"


@pytest.mark.parametrize("missing", ["openpyxl", "xlsxwriter"])
def test_without_the_extra_the_command_says_what_to_install(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "m.xlsx"
    run("export", SAMPLE, "-o", path)
    monkeypatch.setitem(__import__("sys").modules, missing, None)
    if missing == "xlsxwriter":
        result = run("export", SAMPLE, "-o", tmp_path / "n.xlsx")
    else:
        result = run("import", path, "-o", tmp_path / "n.yml")
    assert result.exit_code == 2
    assert "pip install 'stagebook[workbook]'" in result.output


def test_the_answers_of_a_workbook_in_another_language_are_looked_at(tmp_path: Path) -> None:
    german = tmp_path / "de.yml"
    german.write_text(f"extends: {SAMPLE}\nlanguage: de\ntitle: Muster\n", encoding="utf-8")
    path = tmp_path / "m.xlsx"
    assert run("export", german, "-o", path).exit_code == 0
    fill(path, **{"plan-kept": "Yes", "drill-done": "yes"})
    out = tmp_path / "a.json"
    result = run("import", path, "--assessment", "--rubric", SAMPLE, "-o", out)
    assert result.exit_code == 0, result.output
    answers = json.loads(out.read_text())["answers"]
    assert {id_: one["answer"] for id_, one in answers.items()} == {
        "plan-kept": "yes",
        "drill-done": "yes",
    }
