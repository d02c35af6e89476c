"""Where things lie: the repository, and the tests' own data."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
GOOD = TESTS / "rubrics" / "good"
