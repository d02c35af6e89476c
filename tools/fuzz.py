"""Fuzz what reads input of strangers: rubrics, overlays and assessments, and links in JavaScript.

The Python readers run under Atheris, which changes inputs so that they reach new lines; the reader
of links runs on inputs that `tests/support/fuzz_links.mjs` makes up. What breaks a promise is kept
in `tests/fuzz`, where the tests run it again.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "fuzz"
FOUND = ROOT / "tests" / "fuzz"
SUPPORT = ROOT / "tests" / "support"
PYTHON_TARGETS = ("loader", "overlay", "assessment")
LIMITS = ["-timeout=60", "-rss_limit_mb=2048", "-max_len=20000", "-print_final_stats=1"]
"""Of one input: seconds, megabytes and bytes."""


def main() -> None:
    """Fuzz each target for some minutes, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", help="of loader, overlay, assessment, link")
    parser.add_argument("--minutes", type=float, default=10, help="of each (default: 10)")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        return _fuzz_inside(arguments.inside, int(arguments.minutes * 60))
    _install()
    failed = []
    for target in arguments.targets or (*PYTHON_TARGETS, "link"):
        run = _run_links if target == "link" else _run_python
        if not run(target, arguments.minutes):
            failed.append(target)
    if failed:
        sys.exit(f"findings of {', '.join(failed)} are in {FOUND.relative_to(ROOT)}")
    return None


def _install() -> None:
    """Install Atheris beside the other things that can be made again."""
    if not (PLACE / "python" / "atheris").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target"]
        subprocess.run([*command, str(PLACE / "python"), "atheris"], check=True)


def _run_python(target: str, minutes: float) -> bool:
    paths = [ROOT / "generator", SUPPORT, PLACE / "python"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    command = [sys.executable, __file__, "--inside", target, "--minutes", str(minutes)]
    start = time.monotonic()
    ran = subprocess.run(
        command, env=environment, stderr=subprocess.PIPE, text=True, errors="replace", check=False
    )
    stats = dict(re.findall(r"stat::(\w+):\s+(\d+)", ran.stderr))
    covered = re.findall(r"cov: (\d+)", ran.stderr) or ["0"]
    cases = int(stats.get("number_of_executed_units", 0))
    seconds = time.monotonic() - start
    print(f"{target}: {cases:,} inputs in {seconds / 60:.1f} minutes, {covered[-1]} edges")
    if ran.returncode:
        print(ran.stderr[-5000:])
    return ran.returncode == 0


def _fuzz_inside(target: str, seconds: int) -> None:
    """Run Atheris in this process, which it never leaves."""
    import atheris

    with atheris.instrument_imports(include=["stagebook", "yaml"]):
        from fuzz_targets import TARGETS, seeds

    corpus, given, found = PLACE / "corpus" / target, PLACE / "seeds" / target, FOUND / target
    for folder in (corpus, given, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(target)):
        (given / f"{number:04}").write_bytes(data)
    words = PLACE / "words"
    words.write_text(_dictionary(), encoding="utf-8")
    options = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={found}/",
        f"-dict={words}",
        *LIMITS,
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus), str(given)], TARGETS[target])
    atheris.Fuzz()


def _dictionary() -> str:
    """Return the keys of the format, and signs of YAML and JSON, as libFuzzer reads them."""
    schema = (ROOT / "rubrics" / "schema.json").read_text(encoding="utf-8")
    keys = sorted(set(re.findall(r'"([a-z_]{3,20})": \{', schema)))
    signs = [
        ": ",
        "- ",
        "\\x0a  ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "<<: *a",
        "!!str ",
        "|-",
        ">",
        "? ",
    ]
    return "\n".join(f'"{one}"' for one in (*keys, *signs)) + "\n"


def _run_links(target: str, minutes: float) -> bool:
    from node import node_binary
    from stagebook.files.rubrics import load_rubric
    from stagebook.site.quiz_data import quiz_data

    data = PLACE / "quiz.json"
    rubric = load_rubric(ROOT / "tests" / "rubrics" / "good" / "sample.yml").rubric
    data.write_text(json.dumps(quiz_data(rubric)), encoding="utf-8")
    script = str(SUPPORT / "fuzz_links.mjs")
    command = [node_binary(), script, str(data), str(minutes * 60), str(FOUND / target)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    counts = json.loads(ran.stdout or "{}")
    cases = counts.get("taken", 0) + counts.get("refused", 0)
    print(f"{target}: {cases:,} inputs in {minutes:.1f} minutes, {counts.get('taken', 0):,} taken")
    return ran.returncode == 0


if __name__ == "__main__":
    main()
