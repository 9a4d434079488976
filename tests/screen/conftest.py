"""One server with a plan of a real example for the pages that only look, and new ones for those
that change something.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from planner.access import User
from planner.document.plan_file import plan_document
from planner.facts.problem import Problem
from planner.plan.positions import staffed
from planner.plan.result import Result, Status
from planner.rules.goals import GOAL_OF
from planner.scenario.writing import scenario_text
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from planner.store import plans
from planner.store.place import file_at
from planner.store.store import open_store
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from tests.planner.access import made
from tests.screen.browser import Person, browsing, chromium, served, visiting
from ui.app.solve_request import SolveOptions
from ui.app.workspace import Workspace

EXAMPLE, REGION = "first-steps", "lausd-region"
OFFICE = User("office", frozenset({"director", "hr"}))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser for all tests of this process. Where there is none, tests are skipped here, and
    fail in CI.
    """
    if chromium() is None:
        missing = "Chromium is not installed (make system installs it)."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    with browsing() as found:
        yield found


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an example of which two plans were made, one of a scenario; the first is
    adopted.
    """
    file = tmp_path_factory.mktemp("filled") / "store.sqlite"
    fill(file)
    return file


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a region of twelve schools and its money, and two plans that name everybody."""
    file = tmp_path_factory.mktemp("rich") / "store.sqlite"
    store = open_store(file_at(file))
    saved = Workspace(store, OFFICE).save(made.problem(REGION).data, REGION)
    for scenario in ("", "Another"):
        result = Result(Status.FEASIBLE, made.plan(REGION))
        document = plan_document(
            made.problem(REGION), result, scenario=scenario, dataset_hash=saved.hash
        )
        plans.keep(store, document, {}, REGION, by="office")
    store.close()
    return file


@pytest.fixture(scope="session")
def region(rich: Path) -> Iterator[str]:
    """The pages of the region's store."""
    with served(rich, workers=0) as found:
        yield found


def fill(file: Path) -> None:
    """Puts an example and two plans of it into a store."""
    store = open_store(file_at(file))
    desk = Workspace(store, OFFICE)
    saved = desk.save(load(example_path(EXAMPLE)), EXAMPLE)
    fewer = desk.dataset(saved.hash).groups[0].group
    text = scenario_text(
        "Without a group",
        EXAMPLE,
        [{"drop": {"sheet": "groups", "where": {"group": fewer}, "cascade": True}}],
    )
    desk.save_scenario("Without a group", EXAMPLE, text, seen=0)
    applied = desk.applied(text, "Without a group", saved)
    run = desk.ask(saved, SolveOptions(5.0), applied)
    desk.cancel(run.number)
    settings = SolveSettings(
        goals=(GOAL_OF["tier_3_minutes"], GOAL_OF["tier_2_minutes"]), seconds=20
    )
    for key, scenario, changes in (
        (saved.hash, "", ()),
        (run.dataset_hash, "Without a group", applied.differences),
    ):
        problem = Problem(desk.dataset(key), scenario)
        result = best_plan(problem, settings)
        assert result.plan is not None
        whole = staffed(problem, result.plan.positions) if result.plan.positions else problem
        document = plan_document(
            whole, result, scenario=scenario, dataset_hash=key, changes=changes
        )
        plans.keep(store, document, {}, EXAMPLE, by="office")
    desk.adopt(1)
    store.close()


@pytest.fixture(scope="session")
def address(filled: Path) -> Iterator[str]:
    """The pages of the filled store."""
    with served(filled, workers=0) as found:
        yield found


@pytest.fixture
def person(browser: Browser, address: str) -> Iterator[Person]:
    """Somebody at a laptop."""
    found = visiting(browser, address)
    yield found
    found.page.context.close()


@pytest.fixture
def newcomer(browser: Browser, tmp_path: Path) -> Iterator[Person]:
    """Somebody at a laptop whose store is empty, with a worker of their own."""
    with served(tmp_path / "store.sqlite") as address:
        found = visiting(browser, address)
        yield found
        found.page.context.close()
