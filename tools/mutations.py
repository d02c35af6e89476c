"""Break the product in a few ways that matter, each in a copy, and see that a fast test notices.

The exit code is 1 where all tests pass on a broken copy, or where a text to break is not there any
more. `python tools/mutations.py belief` breaks only what has a name that begins so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = "generator/stagebook"
QUIZ = "generator/quiz"
FAILED = re.compile(r"^FAILED (\S+)", re.MULTILINE)
BROKEN = re.compile(r"✖ (.+?) \([\d.]+ms\)")
"""What pytest and Node say of the first test that failed."""


class Mutation(NamedTuple):
    """A text of a file that is replaced by another, and the tests that should notice."""

    name: str
    file: str
    text: str
    replacement: str
    tests: str
    """The file of tests: a path for Python, for JavaScript one below `tests/js` without ending."""


MUTATIONS = (
    Mutation(
        "two tabs: the last of two texts in a line overwrites the other",
        f"{QUIZ}/parts/text-fields.js",
        'if (!isOurs && (isLong || type === "text")) {',
        "if (!isOurs && isLong) {",
        "parts/form",
    ),
    Mutation(
        "two tabs: a change is made to what this tab knows",
        f"{QUIZ}/state/store.js",
        "const fresh = stored ?? this.assessment;",
        "const fresh = this.assessment;",
        "quiz",
    ),
    Mutation(
        "reasons: those of other dimensions come first, in the quiz",
        f"{QUIZ}/report/reasons.js",
        "steps.filter((one) => !stage && holds(one) && !limitCells",
        "steps.filter((one) => !stage && !holds(one) && !limitCells",
        "parts/results",
    ),
    Mutation(
        "reasons: those of other dimensions come first, in the terminal",
        f"{PACKAGE}/report/reasons.py",
        "(*together, *(one for one in steps if one.dimension in own), *limiting),",
        "(*together, *(one for one in steps if one.dimension not in own), *limiting),",
        "tests/report/test_score.py",
    ),
    Mutation(
        "ladder: lit before any answer",
        f"{QUIZ}/quiz.js",
        "isBegun && dataset.stage === overall.stage.low",
        "dataset.stage === overall.stage.low",
        "quiz",
    ),
    Mutation(
        "pace: the minutes left are always those of the rubric",
        f"{QUIZ}/state/pace.js",
        "const pace = length < ENOUGH ? this.#usual : this.#seconds[length >> 1];",
        "const pace = this.#usual;",
        "parts/toolbar",
    ),
    Mutation(
        "keyboard: an arrow key goes on to the next question",
        f"{QUIZ}/parts/navigation.js",
        'target.type === "radio" && event.detail && ',
        'target.type === "radio" && ',
        "parts/navigation",
    ),
    Mutation(
        "keyboard: the focus stays behind when a step is shown",
        f"{QUIZ}/parts/navigation.js",
        "topic.focus({ preventScroll: true });",
        "",
        "parts/navigation",
    ),
    Mutation(
        "keyboard: the focus is lost when an answer is taken back",
        f"{QUIZ}/parts/question.js",
        "this.#inputs[0]?.focus();",
        "",
        "parts/form",
    ),
    Mutation(
        "profile: what does not apply is asked all the same",
        f"{QUIZ}/parts/path.js",
        " || this.#form.isLeftOut(gate)",
        "",
        "parts/profile",
    ),
    Mutation(
        "profile: a question that was taken away stays open",
        f"{QUIZ}/parts/navigation.js",
        "if (this.current.hidden) this.#turn(false);",
        "",
        "parts/profile",
    ),
    Mutation(
        "criteria: a tick taken back stays",
        f"{QUIZ}/parts/form.js",
        "return checked ? [...others, value] : others;",
        "return [...others, value];",
        "parts/criteria",
    ),
    Mutation(
        "storage: a blocked one is called full",
        f"{QUIZ}/state/storage.js",
        '? "full" : "blocked"',
        '? "full" : "full"',
        "parts/toolbar",
    ),
    Mutation(
        "storage: a full one is called blocked",
        f"{QUIZ}/parts/toolbar.js",
        'this.#t(refused ?? "full")',
        'this.#t("blocked")',
        "parts/toolbar",
    ),
    Mutation(
        "undo: after a file was opened, another assessment is open",
        f"{QUIZ}/parts/files.js",
        "this.#list.remove(added);\n      store.open(id);",
        "this.#list.remove(added);",
        "parts/toolbar",
    ),
    Mutation(
        "undo: what was deleted comes back without its numbers",
        f"{QUIZ}/state/assessment-list.js",
        "Object(removed.assessment)",
        "{ ...removed.assessment, measures: {} }",
        "parts/assessments",
    ),
    Mutation(
        "number: one that is not understood leaves the number before it",
        f"{QUIZ}/parts/measures.js",
        'if (value.trim()) a.measures[id] = typeof number === "number" ? number : value;',
        'if (value.trim()) a.measures[id] = typeof number === "number" ? number : a.measures[id];',
        "parts/form",
    ),
    Mutation(
        "number: one that is not understood is put right in the field",
        f"{QUIZ}/parts/measures.js",
        'if (typeof value !== "number") this.#texts.fill(field, value ?? "");',
        'if (typeof value !== "number") this.#texts.fill(field, "");',
        "parts/form",
    ),
    Mutation(
        "overlays: a moved entry goes before the one that it should follow",
        f"{PACKAGE}/overlay/merge.py",
        "order.insert(order.index(last.get(anchor, anchor)) + 1, key)",
        "order.insert(order.index(last.get(anchor, anchor)), key)",
        "tests/overlay/test_merge.py",
    ),
    Mutation(
        "overlays: a finding is always in the overlay's own file",
        f"{PACKAGE}/rubric/source.py",
        "return (node.file or self.path, *place)",
        "return (self.path, *place)",
        "tests/overlay/test_overlays.py",
    ),
    Mutation(
        "overlays: a stale translation counts as current",
        f"{PACKAGE}/overlay/translation.py",
        'state = "current" if known == digest(text) else "stale"',
        'state = "current"',
        "tests/overlay/test_upgrade.py",
    ),
    Mutation(
        "overlays: an upgrade with errors is written all the same",
        f"{PACKAGE}/cli/upgrade.py",
        "is_written = is_new and not (dry_run or errors)",
        "is_written = is_new and not dry_run",
        "tests/overlay/test_upgrade.py",
    ),
    Mutation(
        "diff: a gate's weight is not what scoring reads",
        f"{PACKAGE}/difference/changes.py",
        '"scale", "weight", "measure"',
        '"scale", "measure"',
        "tests/difference/test_changes.py",
    ),
)


@contextmanager
def copied() -> Iterator[Path]:
    """Give a copy of what the tests need."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        ignore = shutil.ignore_patterns("node_modules", "__pycache__")
        for name in ("generator", "rubrics", "tests"):
            shutil.copytree(ROOT / name, copy / name, ignore=ignore)
        shutil.copy(ROOT / "pyproject.toml", copy)
        (copy / QUIZ / "node_modules").symlink_to(ROOT / QUIZ / "node_modules")
        yield copy


def find_failure(copy: Path, tests: str) -> str:
    """Run tests on a copy; return the first that fails, and no text where all pass."""
    is_python = tests.endswith(".py")
    environment = {**os.environ, "PYTHONPATH": str(copy / "generator")}
    if not is_python:
        environment["STAGEBOOK_JS_TESTS"] = tests
    path = tests if is_python else "tests/quiz/test_js.py"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", path],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode == 0:
        return ""
    found = (FAILED if is_python else BROKEN).search(ran.stdout)
    if ran.returncode != 1 or not found:
        sys.exit(ran.stdout + ran.stderr)
    return found[1]


def main() -> None:
    """Make each mutation whose name begins as one asked for; all where none is."""
    asked = tuple(sys.argv[1:]) or ("",)
    chosen = [one for one in MUTATIONS if one.name.startswith(asked)]
    survivors = 0
    with copied() as copy:
        for tests in sorted({one.tests for one in chosen}):
            if failure := find_failure(copy, tests):
                sys.exit(f"fails without any mutation: {failure}")
        for mutation in chosen:
            path = copy / mutation.file
            whole = path.read_text(encoding="utf-8")
            if whole.count(mutation.text) != 1:
                sys.exit(f"{mutation.file} does not hold this once: {mutation.text}")
            broken = whole.replace(mutation.text, mutation.replacement)
            path.write_text(broken, encoding="utf-8")
            failure = find_failure(copy, mutation.tests)
            path.write_text(whole, encoding="utf-8")
            survivors += not failure
            print(f"{mutation.name}\n    {failure or 'SURVIVES'}", flush=True)
    sys.exit(bool(survivors))


if __name__ == "__main__":
    main()
