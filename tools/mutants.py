"""Change modules in every small way that a kept tool knows, and list what no fast test notices.

cosmic-ray changes Python and Stryker changes JavaScript, in a copy of the repository. Both are
installed into `build/mutants` when they are first needed. It takes minutes: the tests run once for
each change.

`python tools/mutants.py generator/quiz/state/store.js --tests state/store parts/assessments` names
the tests to run, as `mutations.py` does; otherwise they are those of the module or its room. A
folder stands for the modules in it: `python tools/mutants.py generator/stagebook/scoring --sample
20` tries twenty changes of each. A sample is drawn at random, but it is the same in each run as
long as the module is, and a larger one contains the smaller. `benchmarks/mutants.md` has the last
figures.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shlex
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mutations import PACKAGE, QUIZ, ROOT, copied

INSTALLED = ROOT / "build" / "mutants"
COSMIC_RAY = "cosmic-ray==8.7.0"
STRYKER = "@stryker-mutator/core@10.1.1"
UNREAD = ["core/ReplaceBinaryOperator_BitOr_.*"]
PATIENCE = 5
"""A change that takes so many times as long as none has made the tests endless."""
LEAST = 60
"""Seconds after which this may be said: a busy machine is slow at times."""
CHANGED = "__STRYKER_ACTIVE_MUTANT__"
"""The environment variable that gives the number of Stryker's change; none while it begins."""

QUICK = ["-q", "-x", "-p", "no:cacheprovider"]
SCORING = ["--noconftest", "tests/scoring/test_vectors.py"]
READERS = ["tests/assessment/test_readers.py", "tests/assessment/test_numbers.py"]
BATCH = ("cells", "climbs", "plays", "rows", "states", "way")
PYTHON_TESTS = {
    "scoring": SCORING,
    "scoring/adaptive": ["--noconftest", "tests/scoring/test_adaptive.py"],
    **{
        f"scoring/{name}": ["tests/scoring/test_batch.py"]
        for name in ("batch", *(f"batch_{part}" for part in BATCH))
    },
    "scoring/compare": ["--noconftest", "tests/scoring/test_compare.py"],
    "scoring/scale": ["tests/report"],
    # Not about what a rule says: hostile texts, which take long, and the guide, which is not here.
    "checks": ["-k", "not hostile and not explained", "tests/checks"],
    "assessment": [*READERS, "tests/assessment"],
    "assessment/team_file": ["tests/team"],
}
"""The tests of a module of the package, or of its room: those that answer in seconds."""
QUIZ_TESTS = {
    "scoring": SCORING,
    "scoring/adaptive": ["--noconftest", "tests/scoring/test_adaptive.py"],
    "scoring/compare": ["--noconftest", "tests/scoring/test_compare.py"],
    "scoring/days": ["--noconftest", "tests/scoring/test_compare.py"],
    "assessment": READERS,
    "assessment/checksum": ["state/route"],
    "assessment/file-name": ["assessment/file-name"],
    "assessment/pack": ["state/route"],
    "assessment/team-file": ["tests/team"],
    "state/answers": ["parts/form", "parts/criteria", "parts/toolbar"],
    "state/assessment-list": ["state/store", "parts/assessments"],
    "state/link": ["state/route", "parts/sharing"],
    "state/pace": ["parts/toolbar"],
    "state/places": ["state/storage", "parts/toolbar"],
    "state/preferences": ["parts/navigation", "parts/shortest", "parts/toolbar"],
    "state/storage": ["state/storage", "state/store"],
    "state/store": ["state/store", "quiz"],
    "state/stored-text": ["state/stored-text", "parts/reading"],
    "state/stores": ["state/store", "quiz", "parts/reading"],
    "state/titles": ["parts/revision"],
}
"""Likewise of the quiz; of modules that are not named, those beside them."""
PYTHON = Path(sys.executable)
COPY_PATH = os.pathsep.join(["generator", "tests/support"])


class Outcome(NamedTuple):
    """What became of the changes of a module that were tried."""

    all: int
    """How many changes there are, tried or not."""
    survivors: list[str]
    """What no test noticed, each as a place and a difference."""
    noticed: int
    endless: int
    """How many of those noticed made the tests endless."""

    def __str__(self) -> str:
        """Return the figures in one line, then each survivor."""
        tried = self.noticed + len(self.survivors)
        drawn = f"{tried} of {self.all} changes" if tried < self.all else f"{self.all} changes"
        endless = f", {self.endless} by running too long" if self.endless else ""
        return "\n".join([f"{drawn}, {self.noticed} noticed{endless}", *self.survivors])


def run(cwd: Path, *command: str | Path) -> str:
    """Run a command to its end and return what it printed; end here where it fails."""
    path = f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        # The plugins of pytest take longer to load than the tests of a module to fail.
        env={
            **os.environ,
            "PATH": path,
            "PYTHONPATH": COPY_PATH,
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if ran.returncode:
        sys.exit(f"{shlex.join(map(str, command))}\n{ran.stdout}")
    return ran.stdout


def draw(module: str, count: int, most: int | None) -> set[int]:
    """Return which of so many changes of a module are tried: all, or as many as asked for."""
    numbers = list(range(count))
    random.Random(module).shuffle(numbers)  # noqa: S311
    return set(numbers[:most])


def pytest_command(tests: list[str]) -> list[str]:
    """Return the command that runs tests in Python up to the first that fails."""
    return [str(PYTHON), "-m", "pytest", *QUICK, *tests]


@cache
def time_tests(copy: Path, *command: str) -> float:
    """Return how many seconds tests take that all pass; end here where one fails."""
    began = time.monotonic()
    run(copy, *command)
    return time.monotonic() - began


def change_python(copy: Path, module: str, tests: list[str], most: int | None) -> Outcome:
    """Return what cosmic-ray finds out about a module."""
    tool = INSTALLED / "python" / "bin"
    if not (tool / "cosmic-ray").exists():
        uv = PYTHON.parent / "uv"
        run(ROOT, uv, "venv", "--quiet", tool.parent)
        run(ROOT, uv, "pip", "install", "--quiet", "--python", tool / "python", COSMIC_RAY)
    command = pytest_command(tests)
    settings = {
        "module-path": module,
        "timeout": LEAST + PATIENCE * time_tests(copy, *command),
        "excluded-modules": [],
        "test-command": shlex.join(command),
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    lines = ["[cosmic-ray]", *lines, "[cosmic-ray.distributor]", 'name = "local"']
    # `float | None` is read by nothing that runs.
    lines += ["[cosmic-ray.filters.operators-filter]", f"exclude-operators = {UNREAD}", ""]
    (copy / "changes.toml").write_text("\n".join(lines), encoding="utf-8")
    session = copy / "changes.sqlite"
    session.unlink(missing_ok=True)
    run(copy, tool / "cosmic-ray", "init", "changes.toml", session)
    run(copy, tool / "cr-filter-operators", session, "changes.toml")
    count = draw_from_session(session, module, most)
    run(copy, tool / "cosmic-ray", "exec", "changes.toml", session)
    return read_session(session, count)


def draw_from_session(session: Path, module: str, most: int | None) -> int:
    """Leave the changes that are tried in a session of cosmic-ray; return how many there were."""
    tables = ("work_results", "mutation_specs", "work_items")
    with closing(sqlite3.connect(session)) as base, base:
        # Those that have a result before they are tried are those that the filter leaves out.
        filtered = {job for (job,) in base.execute("SELECT job_id FROM work_results")}
        every = base.execute(
            "SELECT job_id FROM mutation_specs "
            "ORDER BY start_pos_row, start_pos_col, operator_name, occurrence"
        )
        jobs = [job for (job,) in every if job not in filtered]
        chosen = draw(module, len(jobs), most)
        others = [job for number, job in enumerate(jobs) if number not in chosen]
        for table in tables:
            remove = f"DELETE FROM {table} WHERE job_id = ?"  # noqa: S608
            base.executemany(remove, [(job,) for job in [*filtered, *others]])
    return len(jobs)


def read_session(session: Path, count: int) -> Outcome:
    """Return the outcome that a session of cosmic-ray holds when all is tried."""
    with closing(sqlite3.connect(session)) as base:
        rows = base.execute(
            "SELECT start_pos_row, operator_name, test_outcome, output, diff "
            "FROM mutation_specs JOIN work_results USING (job_id) ORDER BY start_pos_row"
        ).fetchall()
    survivors: list[str] = []
    noticed = endless = 0
    for row, operator, outcome, output, diff in rows:
        if str(outcome).upper().endswith("SURVIVED"):
            changed = [line for line in diff.splitlines() if re.match(r"[-+](?![-+])", line)]
            survivors.append("\n".join([f"  line {row}, {operator}", *changed]))
        else:
            noticed += 1
            endless += output == "timeout"
    return Outcome(count, survivors, noticed, endless)


def change_javascript(copy: Path, module: str, tests: list[str], most: int | None) -> Outcome:
    """Return what Stryker finds out about a module."""
    tool = INSTALLED / "node_modules" / ".bin" / "stryker"
    if not tool.exists():
        INSTALLED.mkdir(parents=True, exist_ok=True)
        install = ("npm", "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error")
        run(ROOT, *install, "--prefix", INSTALLED, STRYKER)
    if any(one.startswith("tests/") for one in tests):
        command = pytest_command(tests)
    else:
        command = node_command(copy, tests)
    settings: dict[str, Any] = {
        "testRunner": "command",
        "mutate": [module],
        # The copy is thrown away.
        "inPlace": True,
        "checkers": [],
        "concurrency": 1,
        "timeoutMS": LEAST * 1000,
        "timeoutFactor": PATIENCE,
        "allowEmpty": True,
        "reporters": ["json"],
        "jsonReporter": {"fileName": "changes.json"},
    }

    def stryker(command: str, *options: str) -> str:
        settings["commandRunner"] = {"command": command}
        (copy / "stryker.json").write_text(json.dumps(settings), encoding="utf-8")
        return run(copy, tool, "run", "stryker.json", *options)

    told = re.search(r"Instrumented .* with (\d+) mutant", stryker("true", "--dryRunOnly"))
    assert told, "Stryker does not say how many changes there are"
    count = int(told[1])
    chosen = draw(module, count, most)
    # Stryker cannot draw: what is not tried passes at once, and is not counted below.
    numbers = "|".join(map(str, sorted(chosen)))
    stryker(f'case "${CHANGED}" in ""|{numbers}) {shlex.join(command)};; esac')
    return read_report(copy, module, chosen, count)


def node_command(copy: Path, tests: Iterable[str]) -> list[str]:
    """Return the command that runs tests in JavaScript, on pages that Python renders once."""
    pages = copy / "pages.json"
    if not pages.exists():
        pages.write_text(run(copy, PYTHON, "-c", "import quiz_page; print(quiz_page.quiz_pages())"))
    files = [f"tests/js/{one}.test.mjs" for one in tests]
    options = ["--test", "--test-isolation=none"]
    return ["env", f"STAGEBOOK_QUIZ_PAGES={pages}", "node", *options, *files]


def read_report(copy: Path, module: str, chosen: set[int], count: int) -> Outcome:
    """Return the outcome that a report of Stryker holds, of the changes that were tried."""
    report = json.loads((copy / "changes.json").read_text(encoding="utf-8"))
    [file] = report["files"].values()
    lines = (copy / module).read_text(encoding="utf-8").splitlines()
    survivors: list[str] = []
    noticed = endless = 0
    for mutant in file["mutants"]:
        if int(mutant["id"]) not in chosen:
            continue
        if mutant["status"] in ("Killed", "Timeout"):
            noticed += 1
            endless += mutant["status"] == "Timeout"
        else:
            start, end = mutant["location"]["start"], mutant["location"]["end"]
            row = lines[start["line"] - 1]
            first = row[
                start["column"] - 1 : end["column"] - 1 if start["line"] == end["line"] else None
            ]
            head = f"  line {start['line']}, {mutant['mutatorName']}, {mutant['status']}"
            survivors.append(f"{head}\n-{first}\n+{mutant['replacement']}")
    return Outcome(count, survivors, noticed, endless)


def tests_of(module: str) -> list[str]:
    """Return the tests that a module has: its own before those of its room."""
    is_python = module.endswith(".py")
    path = Path(module).relative_to(PACKAGE if is_python else QUIZ).with_suffix("")
    tests = PYTHON_TESTS if is_python else QUIZ_TESTS
    beside = [path.as_posix()]
    return tests.get(path.as_posix()) or tests.get(path.parts[0]) or beside


def modules_of(name: str) -> list[str]:
    """Return the modules that an argument names: itself, or those of a folder."""
    path = ROOT / name
    if path.is_file():
        return [name]
    found = [*path.glob("*.py"), *path.glob("*.js")]
    return [one.relative_to(ROOT).as_posix() for one in sorted(found) if one.stem != "__init__"]


def main() -> None:
    """Change the modules that the arguments name, and print what is found out about each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("modules", nargs="+", help="modules, or folders of modules")
    parser.add_argument("--tests", nargs="+", help="the tests to run instead of their own")
    parser.add_argument("--sample", type=int, metavar="N", help="try N changes of each module")
    asked = parser.parse_args()
    with copied() as copy:
        for module in [module for name in asked.modules for module in modules_of(name)]:
            change = change_python if module.endswith(".py") else change_javascript
            outcome = change(copy, module, asked.tests or tests_of(module), asked.sample)
            print(f"{module}: {outcome}", flush=True)


if __name__ == "__main__":
    main()
