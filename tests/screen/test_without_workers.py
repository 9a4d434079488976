"""Where nobody works at what is asked for, the pages say so."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from planner.store import workers
from planner.store.place import file_at
from planner.store.store import open_store
from planner.store.worker import this_worker
from tests.screen.browser import served, visiting
from tests.screen.conftest import EXAMPLE, fill

NOBODY = "No worker is running"


@pytest.mark.slow
def test_the_pages_say_that_no_worker_is_running(browser: Browser, tmp_path: Path):
    fill(tmp_path / "store.sqlite")
    store = open_store(file_at(tmp_path / "store.sqlite"))
    with served(tmp_path / "store.sqlite", workers=0) as address:
        person = visiting(browser, address)
        person.go()
        person.sees(NOBODY)
        person.go("solve", dataset=EXAMPLE)
        person.sees(NOBODY)
        person.press("Make a plan")
        person.sees(NOBODY)
        workers.beat(store, this_worker())
        expect(person.page.get_by_text(NOBODY)).to_have_count(0)
        person.go()
        expect(person.page.get_by_text(NOBODY)).to_have_count(0)
    store.close()
