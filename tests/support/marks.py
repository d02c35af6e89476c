"""Parameters of a test of which only some are tried with every change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest


def others_long(params: Iterable[Any] | Mapping[str, Any], kept: Iterable[Any]) -> list[Any]:
    """Return parameters, of which all but those that are kept are for `make test-all` alone.

    Of a mapping, the values are the parameters, and the keys are their names.
    """
    if not isinstance(params, Mapping):
        params = {one: one for one in params}
    wanted = set(kept)
    assert wanted <= params.keys(), "a name that is not there"
    return [
        pytest.param(one, id=name, marks=() if name in wanted else pytest.mark.long)
        for name, one in params.items()
    ]
