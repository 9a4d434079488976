"""In which processes tests run, and which begin first."""

import gc

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling, Scheduling

SCREEN = "tests/screen"
LONGEST = (SCREEN, "tests/solver", "tests/ui")
"""Folders of the tests that take longest: begun last, one of them would be waited for alone."""


settings.register_profile("tests", deadline=None)
settings.load_profile("tests")
"""No example fails for taking long: a busy machine is no fault of what is tested."""


class Together(LoadScopeScheduling):
    """The tests of a file run in one process, as they share what was prepared for them. So do all
    that look at the screen: three browsers, each with a server and a worker, on two cores make each
    other wait until they give up.

    A scheduler and not marks of groups: pytest-xdist 3.8 adds a mark's group to a field of a test
    that pytest 9.2 does not read, and then deals out each test by itself.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return SCREEN if file.startswith(SCREEN) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """See `Together`."""
    return Together(config, log)


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: the collector of garbage need not look through it
    again and again, which took a thirteenth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first."""
    items.sort(key=lambda item: not item.location[0].startswith(LONGEST))
