"""Parameters of a test of which `make test` takes some and `make bench` the others, too."""

from collections.abc import Iterable
from typing import Any

import pytest


def quick_and_slow(quick: Iterable[Any], slow: Iterable[Any]) -> list[Any]:
    """The quick ones as they are, the others marked as slow."""
    return [
        *quick,
        *(
            pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.slow)
            for value in slow
        ),
    ]
