"""In which processes tests run, and which begin first."""

import pytest

SCREEN = "tests/screen"
LONGEST = (SCREEN, "tests/solver", "tests/ui")
"""Folders of the tests that take longest: begun last, one of them would be waited for alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file run in one process, as they share what was prepared for them. So do all
    that look at the screen: three browsers, each with a server and a worker, on two cores make each
    other wait until they give up.
    """
    for item in items:
        file = item.location[0]
        group = SCREEN if file.startswith(SCREEN) else file
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: not item.location[0].startswith(LONGEST))
