"""What is installed here: versions, and a script that comes with Stagebook."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

_PACKAGE = Path(__file__).resolve().parent.parent
_POLYFILLS = (
    _PACKAGE / "scaffold" / "iframe-worker.js",
    _PACKAGE.parent.parent / "overrides" / "assets" / "javascripts" / "iframe-worker.js",
)
"""In an installed wheel, inside the package; in the repository, where its own site has it."""


def polyfill() -> bytes:
    """Return the script with which search works in pages that are opened as files."""
    return next(path for path in _POLYFILLS if path.is_file()).read_bytes()


def pinned_requirements() -> list[str]:
    """Return Stagebook and all packages that it depends on as `name==version`, Stagebook first."""
    found: dict[str, str] = {}
    waiting = [Requirement("stagebook")]
    while waiting:
        requirement = waiting.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in found:
            continue
        try:
            installed = distribution(requirement.name)
        except PackageNotFoundError:
            continue  # For another system, or started from a folder that is not installed.
        found[name] = installed.version
        needed = map(Requirement, installed.requires or [])
        waiting += [one for one in needed if not one.marker or one.marker.evaluate({"extra": ""})]
    first = [f"stagebook=={found.pop('stagebook', _version())}"]
    return first + [f"{name}=={version}" for name, version in sorted(found.items())]


def _version() -> str:
    from .. import __version__

    return __version__
