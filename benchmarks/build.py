"""What the plugin adds to a build, and what a check takes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from processes import ROOT, alternate, median_wall, paired_ratio, run
from table import Row, finish, options

RUBRIC = "rubrics/ai-product.yml"
PYTHON = sys.executable


def main() -> None:
    """Measure and print."""
    parser = options(__doc__ or "")
    parser.add_argument("--repeat", type=int, default=7, help="pairs of runs (default: 7)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stagebook-bench-") as folder:
        rows = [*_builds(Path(folder), arguments.repeat), *_checks(arguments.repeat)]
    note = f"Ratios are medians of {arguments.repeat} paired ratios, times of all runs."
    finish(rows, asserted=arguments.asserted, notes=[note])


def _builds(folder: Path, repeat: int) -> list[Row]:
    written, one, other = folder / "written", folder / "by-plugin", folder / "from-written"
    run([PYTHON, "-m", "stagebook", "write", str(written)])
    build = [PYTHON, "-m", "mkdocs", "build", "-q", "-d"]
    pairs = alternate(
        lambda: run([*build, str(one)]),
        lambda: run([*build, str(other)], cwd=written),
        repeat,
    )
    pages, others = (sorted(p.relative_to(s) for p in s.rglob("*.html")) for s in (one, other))
    if pages != others:
        raise SystemExit("the two builds made different pages: nothing to compare")
    by_plugin, plain = zip(*pairs, strict=True)
    return [
        Row(f"build by the plugin, {len(pages)} pages", median_wall(by_plugin), "s"),
        Row("build of the written tree", median_wall(plain), "s"),
        Row("  ratio of medians", median_wall(by_plugin) / median_wall(plain), "times"),
        Row("  paired ratio", paired_ratio(pairs), "times", most=1.10),
    ]


def _checks(repeat: int) -> list[Row]:
    imports = f"import {', '.join(_dependencies())}"
    pairs = alternate(
        lambda: run([PYTHON, "-m", "stagebook", "check", RUBRIC]),
        lambda: run([PYTHON, "-c", imports]),
        repeat,
    )
    checks, others = zip(*pairs, strict=True)
    return [
        Row(f"check {RUBRIC}", median_wall(checks), "s"),
        Row("import of what it imports of others", median_wall(others), "s"),
        Row("  paired ratio", paired_ratio(pairs), "times", most=2.0),
    ]


def _dependencies() -> list[str]:
    """Return the modules of other packages that a check has imported when it ends."""
    code = (
        "import sys; from stagebook.cli import main\n"
        f"try: main(['check', {RUBRIC!r}])\n"
        "except SystemExit: print(*sys.modules)"
    )
    said = subprocess.run(
        [PYTHON, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = said.stdout.splitlines()[-1].split()
    others = {one.partition(".")[0] for one in names} - sys.stdlib_module_names - {"stagebook"}
    return [one for one in names if one.partition(".")[0] in others and "__" not in one]


if __name__ == "__main__":
    main()
