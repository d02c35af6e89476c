"""What Lighthouse says of the site: https://github.com/GoogleChrome/lighthouse, from npm.

The site is built anew and served by this machine, compressed as hosts do it. Lighthouse stands in
for a phone with a slow connection, its own default, and measures each page several times; the
median counts. By default it takes a processor to be four times as fast as that of the phone, which
holds for one that scores 2,000 in its own benchmark; a slower or busier one is slowed down less.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from browser import chromium_path
from compressed import compressed
from folders import ROOT
from table import Row, finish, options

PLACE = ROOT / "build" / "lighthouse"
PAGES = {
    "home": "index.html",
    "a stage": "ai-product/stages/repeatable.html",
    "a play": "ai-product/remediations/{play}.html",
    "the quiz": "ai-product/assessment.html",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
PHONE = 500
"""What the phone scores in Lighthouse's benchmark of processors."""


def main() -> None:
    """Measure and print."""
    parser = options(__doc__ or "")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each page (default: 3)")
    parser.add_argument("--site", type=Path, help="a site that is built already")
    arguments = parser.parse_args()
    _install()
    rows, notes, indices = [], [], []
    with tempfile.TemporaryDirectory() as name:
        site = arguments.site or _build(Path(name) / "site")
        plays = sorted((site / "ai-product" / "remediations").glob("*.html"))
        play = next(one.stem for one in plays if one.stem != "index")
        with compressed(site) as (address, _):
            for title, path in PAGES.items():
                place = address + path.format(play=play)
                index = _index(_measure(place, PLACE / "first.json", 1))
                reports = []
                for number in range(arguments.repeat):
                    indices.append(index)
                    slowed = max(1.0, index / PHONE)
                    reports.append(_measure(place, PLACE / f"{title}-{number}.json", slowed))
                    index = _index(reports[-1])
                for category in CATEGORIES:
                    score = median(100 * one["categories"][category]["score"] for one in reports)
                    rows.append(Row(f"{title}: {category}", score, least=LEAST))
                notes += _remarks(title, reports[0])
        version = reports[0]["lighthouseVersion"]
    load = os.getloadavg()[0]
    span = f"{min(indices):,.0f} to {max(indices):,.0f}"
    text = f"Lighthouse {version}, medians of {arguments.repeat} runs; load {load:.1f}, "
    notes.insert(0, f"{text}and {span} in Lighthouse's benchmark, for {PHONE} of the phone.")
    finish(rows, asserted=arguments.asserted, notes=notes)


def _install() -> None:
    """Install Lighthouse beside the other things that can be made again."""
    if not (PLACE / "node_modules" / ".bin" / "lighthouse").exists():
        PLACE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*command, "--prefix", str(PLACE), "lighthouse"], check=True)


def _build(site: Path) -> Path:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(site)]
    subprocess.run(command, cwd=ROOT, check=True)
    return site


def _index(report: dict[str, Any]) -> float:
    return float(report["environment"]["benchmarkIndex"])


def _measure(address: str, out: Path, slowed: float) -> dict[str, Any]:
    command = [str(PLACE / "node_modules" / ".bin" / "lighthouse"), address, "--quiet"]
    command += [
        "--output=json",
        f"--output-path={out}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    command += [f"--throttling.cpuSlowdownMultiplier={slowed:.2f}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    chrome = chromium_path(whole=True) or ""
    subprocess.run(command, env={**os.environ, "CHROME_PATH": chrome}, check=True)
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return report


def _remarks(title: str, report: dict[str, Any]) -> list[str]:
    """Return what costs a page points."""
    audits = report["audits"]
    found = []
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = audits[reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                shown = audit.get("displayValue", "")
                found.append(f"{title}: {category}: {audit['title']} {shown}".strip())
    return found


if __name__ == "__main__":
    main()
