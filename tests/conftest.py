"""In which processes tests run, and which begin first."""

import pytest

LONGEST = ("tests/screen", "tests/solver", "tests/ui")
"""Folders of the tests that take longest: begun last, one of them would be waited for alone."""
ONE_SERVER = {"address", "region"}
"""Fixtures of pages that are only looked at: one server of them takes a minute to warm up."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file run in one process, as they share what was prepared for them; so do those
    that look at one server. Those that have a server of their own run wherever there is room.
    """
    for item in items:
        if ONE_SERVER & set(item.fixturenames):
            item.add_marker(pytest.mark.xdist_group("pages"))
        elif "newcomer" not in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group(item.location[0]))
    items.sort(key=lambda item: not item.location[0].startswith(LONGEST))
