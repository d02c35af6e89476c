"""What `stagebook resolve` takes, against `stagebook check` of the same overlay."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from processes import alternate, median_wall, paired_ratio, run
from table import Row, finish, options

STAGEBOOK = [sys.executable, "-m", "stagebook"]
OVERLAY = """\
extends: ai-product
id: measured
title: A model on the default one
stages: {repeatable: {title: Defined}}
gates:
  eval-starter-set: {partly: The tasks are older than a year.}
  eval-traces-read: {before: eval-starter-set, weight: 2}
"""


def main() -> None:
    """Measure and print."""
    parser = options(__doc__ or "")
    parser.add_argument("--repeat", type=int, default=15, help="pairs of runs (default: 15)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stagebook-bench-") as folder:
        overlay = Path(folder) / "overlay.yml"
        overlay.write_text(OVERLAY, encoding="utf-8")
        pairs = alternate(
            lambda: run([*STAGEBOOK, "resolve", str(overlay)]),
            lambda: run([*STAGEBOOK, "check", str(overlay)]),
            arguments.repeat,
        )
    resolves, checks = zip(*pairs, strict=True)
    rows = [
        Row("resolve an overlay on the default model", median_wall(resolves), "s"),
        Row("check the same overlay", median_wall(checks), "s"),
        Row("  paired ratio", paired_ratio(pairs), "times", most=2.0),
    ]
    note = f"The ratio is the median of {arguments.repeat} paired ratios, times of all runs."
    finish(rows, asserted=arguments.asserted, notes=[note])


if __name__ == "__main__":
    main()
