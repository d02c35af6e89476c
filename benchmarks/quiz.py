"""How long a click in a quiz of 1,000 gates takes until its scores stand there, and first paint."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import yaml
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from processes import run
from table import Row, finish, options

LEVELS, DIMENSIONS, GATES, PLAYS, SYMPTOMS = 5, 8, 1_000, 100, 40
SCALE = {"none": 0, "some": 0.25, "most": 0.5, "all": 1}
CLICKS, LOADS = 200, 5
ROOT = Path(__file__).parent.parent
ID = "thousand"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
CONFIG = {
    "site_name": "A thousand gates",
    "theme": {"name": "material", "font": False},
    "plugins": ["search", "offline", "stagebook"],
    "markdown_extensions": ["attr_list", "def_list", "md_in_html", "tables"],
}

# Two frames and an idle moment: the quiz draws its result in a frame, and Chromium itself follows a
# changed form up in a task of its own.
SETTLED = """await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await new Promise((done) => requestIdleCallback(done));"""
# A question off the screen is neither styled nor laid out: it has to be seen before it is clicked.
# A radio that is checked already would change nothing, and cost nothing.
CHOOSE = f"""async ([question, dice]) => {{
  const fieldset = document.querySelectorAll(".sb-question fieldset")[question];
  const radios = [...fieldset.querySelectorAll("input[type=radio]:not(:checked)")];
  window.chosen = radios[Math.floor(dice * radios.length)];
  chosen.scrollIntoView({{block: "center"}});
  {SETTLED}
  {SETTLED}
}}"""
CLOCK = """() => {
  const start = performance.now();
  chosen.click();
  document.body.offsetHeight;
  return performance.now() - start;
}"""
# Here nothing forces a layout: the browser would count it as script and as layout.
CLICK = f"async () => {{ chosen.click(); {SETTLED} }}"
REST = f"async () => {{ {SETTLED} }}"
# When the quiz has come to life, counted from the start of the navigation.
READY = """new MutationObserver((changes, observer) => {
  if (!document.querySelector(".sb-live")) return;
  observer.disconnect();
  window.ready = performance.now();
}).observe(document, {subtree: true, attributes: true, attributeFilter: ["class"]})"""
INTERACTIVE = "() => performance.getEntriesByType('navigation')[0].domInteractive"
PAINT = """() => new Promise((done) => {
  new PerformanceObserver((list, observer) => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) {
      observer.disconnect();
      done(entry.startTime);
    }
  }).observe({type: "paint", buffered: true});
})"""


def main() -> None:
    """Measure and print."""
    arguments = options(__doc__ or "").parse_args()
    with tempfile.TemporaryDirectory(prefix="stagebook-bench-") as name:
        page = _build(Path(name)).as_uri()
        single = Path(name) / "assess.html"
        _assess(Path(name) / "rubrics" / f"{ID}.yml", single)
        with _chromium() as browser:
            rows = [
                *_clicks(browser, page, "from no answer", answered=0),
                *_clicks(browser, page, "with 900 answers", answered=900),
                *_loads(browser, page),
                *_ready(browser, single),
                *_sizes(Path(name)),
            ]
            notes = [
                f"Chromium {browser.version}; medians of {CLICKS} clicks on questions in view.",
                "Click to updated is what the browser counts of script, style and layout until it",
                "rests again, the frame with the result and its own follow-up of forms included.",
            ]
    finish(rows, asserted=arguments.asserted, notes=notes)


@contextmanager
def _chromium() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("STAGEBOOK_CHROMIUM") or next(
        filter(None, map(shutil.which, names)), None
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def _build(folder: Path) -> Path:
    """Build a site of one generated rubric; return the page of its assessment."""
    rubric = folder / "rubrics" / f"{ID}.yml"
    for path in (rubric.parent, folder / "docs"):
        path.mkdir()
    rubric.write_text(yaml.safe_dump(_rubric(), sort_keys=False))
    (folder / "docs" / "index.md").write_text("# Home\n")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(CONFIG))
    run([sys.executable, "-m", "stagebook", "check", str(rubric)])
    run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder)
    return folder / "site" / ID / "assessment.html"


def _rubric() -> dict[str, Any]:
    stages = [f"stage-{level}" for level in range(1, LEVELS + 1)]
    dimensions = [f"area-{number}" for number in range(1, DIMENSIONS + 1)]
    gates: dict[str, Any] = {}
    for number in range(GATES):
        gates[f"gate-{number}"] = {
            "code": f"G-{number}",
            "dimension": dimensions[number % DIMENSIONS],
            "stage": stages[1 + number // DIMENSIONS % (LEVELS - 1)],
            "title": f"The record number {number} is kept",
            "test": f"Somebody who was not there can find record {number} and say who decided.",
            "partly": "There is a record, and it has no date.",
            "evidence": [f"Record {number}, with its date"],
            "blocking": number % 3 == 0,
            "basis": {"kind": "judgement"},
        }
    ids = list(gates)
    return {
        "format": "stagebook/1",
        "id": ID,
        "title": "A thousand gates",
        "version": "1.0.0",
        "scales": {"extent": {id_: {"label": id_.title(), "score": n} for id_, n in SCALE.items()}},
        "stages": {
            id_: {"level": level, "title": f"Stage {level}", "summary": f"It is at {level}."}
            for level, id_ in enumerate(stages, 1)
        },
        "dimensions": {
            id_: {"title": f"Area {id_[-1]}", "question": "Is it so?", "core": number < 4}
            for number, id_ in enumerate(dimensions)
        },
        "gates": gates,
        "symptoms": {
            f"symptom-{number}": {
                "observation": f"Nobody finds record {number * 25} when it is asked for.",
                "kind": "stuck",
                "gates": ids[number * 25 : number * 25 + 2],
            }
            for number in range(SYMPTOMS)
        },
        "remediations": {
            f"play-{number}": {
                "title": f"Write the records of week {number}",
                "opens": ids[number::PLAYS],
                "effort": {"size": "S", "weeks": [1, 2 + number % 3]},
                "steps": ["Ask who was there.", "Write it down."],
                "done_when": "They are found by somebody else.",
            }
            for number in range(PLAYS)
        },
    }


def _clicks(browser: Browser, address: str, name: str, *, answered: int) -> list[Row]:
    dice = random.Random(4)  # noqa: S311 - nothing here is secret
    page = _opened(browser, address, answered)
    at_once = []
    for _ in range(CLICKS):
        page.evaluate(CHOOSE, [dice.randrange(GATES), dice.random()])
        at_once.append(page.evaluate(CLOCK))
    page.context.close()
    page = _opened(browser, address, answered)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    counted, resting = [], []
    for _ in range(CLICKS):
        page.evaluate(CHOOSE, [dice.randrange(GATES), dice.random()])
        resting.append(_counted(session, page, REST))
        counted.append(_counted(session, page, CLICK))
    page.context.close()
    # What the measuring itself and the theme take meanwhile is not the quiz's.
    rest = median(map(sum, resting))
    whole = [sum(one) - rest for one in counted]
    script, style, layout = map(median, zip(*counted, strict=True))
    return [
        Row(f"click to updated, {name}, median", median(whole), "ms", most=4),
        Row("  95th percentile", _percentile95(whole), "ms", most=16),
        Row("  script, median", script, "ms"),
        Row("  style, median", style, "ms"),
        Row("  layout, median", layout, "ms"),
        Row("  taken off: the same without a click", rest, "ms"),
        Row("  before the next frame, by the clock, median", median(at_once), "ms"),
        Row("  95th percentile", _percentile95(at_once), "ms"),
    ]


def _opened(browser: Browser, address: str, answered: int) -> Page:
    """Open the page in a profile of its own that holds a number of answers."""
    page = browser.new_context().new_page()
    if answered:
        page.goto(address)
        key = f"stagebook-assessment/1.{ID}"
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, _stored(answered)])
    page.goto(address)
    page.wait_for_selector(".sb-live")
    page.click("[data-act=all]")
    shown = page.inner_text(".sb-progress")
    if str(answered) not in shown.replace(",", ""):
        raise SystemExit(f"the quiz did not take the {answered} answers: {shown}")
    return page


def _stored(answered: int) -> str:
    dice = random.Random(5)  # noqa: S311 - nothing here is secret
    answers = {
        f"gate-{number}": {"answer": dice.choice([*SCALE])}
        for number in dice.sample(range(GATES), answered)
    }
    rubric = {"id": ID, "version": "1.0.0"}
    return json.dumps({"format": "stagebook-assessment/1", "rubric": rubric, "answers": answers})


def _counted(session: CDPSession, page: Page, script: str) -> list[float]:
    """Return the milliseconds of script, style and layout that the browser counts meanwhile."""
    before = _durations(session)
    page.evaluate(script)
    return [1000 * (b - a) for a, b in zip(before, _durations(session), strict=True)]


def _durations(session: CDPSession) -> list[float]:
    metrics = session.send("Performance.getMetrics")["metrics"]
    values = {metric["name"]: metric["value"] for metric in metrics}
    return [values[f"{kind}Duration"] for kind in ("Script", "RecalcStyle", "Layout")]


def _loads(browser: Browser, address: str) -> list[Row]:
    painted = []
    for _ in range(LOADS):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        painted.append(page.evaluate(PAINT))
        context.close()
    return [Row(f"first paint, median of {LOADS} loads", median(painted), "ms", most=300)]


def _assess(rubric: Path, output: Path) -> None:
    run([sys.executable, "-m", "stagebook", "assess", str(rubric), "-o", str(output)])


def _ready(browser: Browser, path: Path) -> list[Row]:
    """Return when an answer can be given in the single file, beside the same page without a script.

    The browser needs that long to read so many questions, whoever wrote them.
    """
    still = path.with_name("still.html")
    still.write_text(re.sub(r"<script>.*?</script>", "", path.read_text(), flags=re.DOTALL))
    ready, read = [], []
    for _ in range(LOADS):
        ready.append(_loaded(browser, path, ".sb-live", "() => window.ready"))
        read.append(_loaded(browser, still, "body", INTERACTIVE))
    name = f"assess.html of {GATES:,} gates, ready to answer"
    beyond = median(a - b for a, b in zip(ready, read, strict=True))
    return [
        Row(f"{name}, median of {LOADS} loads", median(ready), "ms", most=300),
        Row("  the same page without a script, read", median(read), "ms"),
        Row("  beyond it", beyond, "ms"),
    ]


def _loaded(browser: Browser, path: Path, sign: str, figure: str) -> float:
    context = browser.new_context()
    context.add_init_script(READY)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector(sign)
    found: float = page.evaluate(figure)
    context.close()
    return found


def _sizes(folder: Path) -> list[Row]:
    """Return what is sent, compressed as servers do."""
    _assess(ROOT / "rubrics" / "ai-product.yml", folder / "full.html")
    assets = ROOT / "generator" / "stagebook" / "assets"
    sizes = [
        ("script", assets / "stagebook.js", 20),
        ("second script", assets / "stagebook-extras.js", 20),
        ("third script", assets / "stagebook-several.js", 20),
        ("fourth script", assets / "stagebook-meeting.js", 20),
        ("styles", assets / "stagebook.css", 7),
        ("assess.html of the AI Product Maturity Model", folder / "full.html", 160),
    ]
    return [
        Row(f"{name}, gzip", len(gzip.compress(path.read_bytes(), 9)) / 1024, "KB", most=most)
        for name, path, most in sizes
    ]


def _percentile95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
