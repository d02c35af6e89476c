"""Change a module in every small way that a kept tool knows, and list what no fast test notices.

cosmic-ray changes Python and Stryker changes JavaScript, in a copy of the repository. Both are
installed into `build/mutants` when they are first needed. It takes minutes: the tests run once for
each change. `python tools/mutants.py generator/quiz/state/store.js state/store parts/assessments`
names the tests to run, as `mutations.py` does; otherwise they are those beside the module.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

from mutations import PACKAGE, QUIZ, ROOT, copied

INSTALLED = ROOT / "build" / "mutants"
COSMIC_RAY = "cosmic-ray==8.7.0"
STRYKER = "@stryker-mutator/core@10.1.1"
UNREAD = ["core/ReplaceBinaryOperator_BitOr_.*"]
LONGEST = 60
"""After so many seconds a change has made the tests endless, which is noticed too."""
ROOMS = {
    "scoring": ["--noconftest", "tests/scoring/test_vectors.py"],
    "checks": ["tests/checks"],
    "assessment": ["tests/assessment"],
}
"""The tests of a room of the package, those that answer in seconds."""
PYTHON = Path(sys.executable)
COPY_PATH = os.pathsep.join(["generator", "tests/support"])


def run(cwd: Path, *command: str | Path) -> str:
    """Run a command to its end and return what it printed; end here where it fails."""
    path = f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env={**os.environ, "PATH": path, "PYTHONPATH": COPY_PATH},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if ran.returncode:
        sys.exit(f"{shlex.join(map(str, command))}\n{ran.stdout}")
    return ran.stdout


def change_python(copy: Path, module: str, tests: list[str]) -> str:
    """Return what cosmic-ray says of a module: which changes survive, of how many."""
    tool = INSTALLED / "python" / "bin"
    if not (tool / "cosmic-ray").exists():
        uv = PYTHON.parent / "uv"
        run(ROOT, uv, "venv", "--quiet", tool.parent)
        run(ROOT, uv, "pip", "install", "--quiet", "--python", tool / "python", COSMIC_RAY)
    command = [str(PYTHON), "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    run(copy, *command)
    settings = {
        "module-path": module,
        "timeout": LONGEST,
        "excluded-modules": [],
        "test-command": shlex.join(command),
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    lines = ["[cosmic-ray]", *lines, "[cosmic-ray.distributor]", 'name = "local"']
    # `float | None` is read by nothing that runs.
    lines += ["[cosmic-ray.filters.operators-filter]", f"exclude-operators = {UNREAD}", ""]
    (copy / "changes.toml").write_text("\n".join(lines), encoding="utf-8")
    run(copy, tool / "cosmic-ray", "init", "changes.toml", "changes.sqlite")
    run(copy, tool / "cr-filter-operators", "changes.sqlite", "changes.toml")
    run(copy, tool / "cosmic-ray", "exec", "changes.toml", "changes.sqlite")
    return run(copy, tool / "cr-report", "--surviving-only", "--show-diff", "changes.sqlite")


def change_javascript(copy: Path, module: str, tests: list[str]) -> str:
    """Return what Stryker says of a module: which changes survive, of how many."""
    tool = INSTALLED / "node_modules" / ".bin" / "stryker"
    if not tool.exists():
        INSTALLED.mkdir(parents=True, exist_ok=True)
        install = ("npm", "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error")
        run(ROOT, *install, "--prefix", INSTALLED, STRYKER)
    pages = copy / "pages.json"
    pages.write_text(run(copy, PYTHON, "-c", "import quiz_page; print(quiz_page.quiz_pages())"))
    files = [f"tests/js/{one}.test.mjs" for one in tests]
    options = ["--experimental-vm-modules", "--test", "--test-isolation=none"]
    command = ["env", f"STAGEBOOK_QUIZ_PAGES={pages}", "node", *options, *files]
    settings = {
        "testRunner": "command",
        "commandRunner": {"command": shlex.join(command)},
        "mutate": [module],
        # The copy is thrown away.
        "inPlace": True,
        "checkers": [],
        "timeoutMS": LONGEST * 1000,
        "reporters": ["clear-text"],
        "clearTextReporter": {"allowColor": False, "reportTests": False},
    }
    (copy / "stryker.json").write_text(json.dumps(settings), encoding="utf-8")
    return run(copy, tool, "run", "stryker.json")


def main() -> None:
    """Change the module that the first argument names, and print what is said of it."""
    module, *tests = sys.argv[1:]
    with copied() as copy:
        if module.endswith(".py"):
            room = Path(module).relative_to(PACKAGE).parts[0]
            print(change_python(copy, module, tests or ROOMS[room]))
        else:
            beside = Path(module).relative_to(QUIZ).with_suffix("").as_posix()
            print(change_javascript(copy, module, tests or [beside]))


if __name__ == "__main__":
    main()
