"""What builds take next to plain MkDocs on the same pages, how they grow, and what a check takes.

Plain MkDocs builds what `stagebook write` writes. Cold builds find no cache; before an edited one,
one sentence of one gate has changed. Other engines are measured where `make sites` has put them.
"""

from __future__ import annotations

import gzip
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from models import ID, edit_gate, make_site
from processes import ROOT, Cost, alternate, median_wall, paired_ratio, run
from serving import PAGE, Fresh, time_to_fresh
from table import Row, finish, options

RUBRIC = "rubrics/ai-product.yml"
PYTHON = sys.executable
BUILD = [PYTHON, "-m", "mkdocs", "build", "-q", "-d"]
COLD, EDITED = {60: 0.70, 250: 0.50, 1000: 0.25}, {60: 0.30, 250: 0.16, 1000: 0.10}
SERVED = {60: 0.35, 250: 0.14}
"""The most that a build may take of what plain MkDocs takes, by pages."""
ENGINES = ("properdocs", "zensical")


class Measured(NamedTuple):
    """The costs of one size, run by run, and the size of what was built."""

    pages: int
    plain: list[Cost]
    cold: list[Cost]
    edited: list[Cost]
    output: int
    search: int


def main() -> None:
    """Measure and print."""
    parser = options(__doc__ or "")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument("--pages", type=int, nargs="*", default=list(COLD), help="sizes of sites")
    arguments = parser.parse_args()
    repeat = arguments.repeat
    with tempfile.TemporaryDirectory(prefix="stagebook-bench-") as name:
        folder = Path(name)
        os.environ["STAGEBOOK_CACHE_DIR"] = str(folder / "cache")
        rows: list[Row] = []
        sizes = []
        for pages in arguments.pages:
            # A large site takes minutes, and its figures vary less.
            runs = max(1, repeat * 60 // pages) if pages > 250 else repeat
            sizes.append(_measure(folder / str(pages), pages, runs))
            rows += _rows(sizes[-1])
            if pages in SERVED:
                rows += _served(folder / str(pages), pages, runs)
            rows += _engines(folder / str(pages) / "written", pages)
        rows += _growth(sizes)
    rows += _checks(repeat)
    notes = [
        f"Ratios are medians over {repeat} pairs of runs; over fewer above 250 pages.",
        f"Load of the machine: {', '.join(f'{one:.1f}' for one in os.getloadavg())}; "
        f"processors: {os.cpu_count()}.",
    ]
    finish(rows, asserted=arguments.asserted, notes=notes)


def _measure(folder: Path, pages: int, repeat: int) -> Measured:
    """Build a site in each way, one after the other, so that all meet the same weather."""
    site, written = folder / "site", folder / "written"
    rubric = make_site(site, pages)
    run([PYTHON, "-m", "stagebook", "write", str(written)], cwd=site)
    cache, out, other = Path(os.environ["STAGEBOOK_CACHE_DIR"]), folder / "one", folder / "other"
    found = Measured(pages, [], [], [], 0, 0)
    for number in range(repeat):
        shutil.rmtree(cache, ignore_errors=True)
        found.cold.append(run([*BUILD, str(out)], cwd=site))
        if not number:
            _check_pages(out, other, written, pages)
        edit_gate(rubric, number)
        found.edited.append(run([*BUILD, str(out)], cwd=site))
        found.plain.append(run([*BUILD, str(other)], cwd=written))
    output = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    search = len(gzip.compress((out / "search" / "search_index.json").read_bytes()))
    return found._replace(output=output, search=search)


def _check_pages(out: Path, other: Path, written: Path, pages: int) -> None:
    """Build plainly once, which also compiles what is imported, and compare the pages."""
    run([*BUILD, str(other)], cwd=written)
    one, two = (sorted(p.relative_to(s) for p in s.rglob("*.html")) for s in (out, other))
    if one != two:
        raise SystemExit("the two builds made different pages: nothing to compare")
    if abs(len(one) - pages) > 3:
        raise SystemExit(f"{len(one)} pages instead of {pages}")


def _rows(found: Measured) -> Iterator[Row]:
    pages = found.pages
    yield Row(f"{pages} pages, plain MkDocs", median_wall(found.plain), "s")
    yield Row("  CPU", _cpu(found.plain), "s")
    for name, costs, most in (
        ("cold", found.cold, COLD.get(pages)),
        ("a gate edited", found.edited, EDITED.get(pages)),
    ):
        pairs = list(zip(costs, found.plain, strict=True))
        yield Row(f"  {name}", median_wall(costs), "s")
        yield Row("    ratio by the clock", paired_ratio(pairs), "times", most=most)
        # No bound: a build works on several cores, which plain MkDocs does not.
        ratios = [one.cpu / other.cpu for one, other in pairs]
        yield Row("    ratio by CPU", median(ratios), "times")
    peaks = [max(one.peak for one in costs) for costs in (found.cold, found.plain)]
    yield Row("  most memory", peaks[0], "MB", most=peaks[1] if pages >= 1000 else None)
    yield Row("    of plain MkDocs", peaks[1], "MB")
    yield Row("  search index, gzip, each page", found.search / pages / 1000, "KB", most=1.2)


def _cpu(costs: Sequence[Cost]) -> float:
    return median(cost.cpu for cost in costs)


def _growth(sizes: Sequence[Measured]) -> Iterator[Row]:
    if len(sizes) < 2:
        return
    first, last = sizes[0], sizes[-1]
    step = math.log(last.pages / first.pages)
    names = f"{first.pages} to {last.pages} pages"
    wall = math.log(median_wall(last.cold) / median_wall(first.cold)) / step
    yield Row(f"growth exponent of time, {names}", wall, most=0.95)
    yield Row("  of CPU", math.log(_cpu(last.cold) / _cpu(first.cold)) / step)
    yield Row("  of CPU, plain MkDocs", math.log(_cpu(last.plain) / _cpu(first.plain)) / step)
    yield Row("  of bytes written", math.log(last.output / first.output) / step, most=1.0)


def _served(folder: Path, pages: int, repeat: int) -> Iterator[Row]:
    """Compare the time from saving a change to the fresh page."""
    site, written = folder / "site", folder / "written"
    rubric = site / "rubrics" / f"{ID}.yml"
    page = written / "content" / f"{PAGE}.md"
    ours: list[Fresh] = time_to_fresh(site, rubric, edit_gate, repeat)
    plain = time_to_fresh(written, page, _edit_page, repeat)
    yield Row("  served: from saving to the fresh page", median(o.wall for o in ours), "s")
    yield Row("    plain MkDocs", median(one.wall for one in plain), "s")
    most = SERVED[pages]
    wall = median(a.wall / b.wall for a, b in zip(ours, plain, strict=True))
    yield Row("    ratio by the clock", wall, "times", most=most)
    cpu = median(a.cpu / b.cpu for a, b in zip(ours, plain, strict=True))
    yield Row("    ratio by CPU", cpu, "times")


def _edit_page(page: Path, number: int) -> str:
    """Add a line to a page of plain MkDocs; return it."""
    said = f"Edited {number} times."
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{said}\n", encoding="utf-8")
    return said


def _engines(written: Path, pages: int) -> Iterator[Row]:
    """Measure other engines, cold and again, where they are installed."""
    for engine in ENGINES:
        command = ROOT / "build" / "sites" / engine / "bin" / engine
        if not command.exists():
            continue
        for name in ("site", ".cache"):
            shutil.rmtree(written / name, ignore_errors=True)
        for again in ("cold", "again"):
            cost = run([str(command), "build", "-f", "mkdocs.yml"], cwd=written)
            yield Row(f"  {engine}, {again}", cost.wall, "s")
            yield Row("    CPU", cost.cpu, "s")


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
