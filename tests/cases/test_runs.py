"""Runs that once ended every worker, one after the other."""

from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from planner.access import User
from planner.scenario.writing import scenario_text
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from planner.store import plans
from planner.store.datasets import SavedDataset
from planner.store.place import file_at
from planner.store.runs import RunState, State
from planner.store.store import Store, open_store
from planner.store.worker import this_worker
from tests.planner.store.office import plan
from ui.app.solve_request import SolveOptions
from ui.app.worker import serve
from ui.app.workspace import Workspace

LEAVES = """name: someone leaves
base: first-steps
changes:
  - drop: {{sheet: {sheet}, where: {{{key}: {who}}}, cascade: yes}}
stay_close_to: {{plan: adopted{most}}}
"""
PATIENCE = 90.0
"""Seconds after which something that should have happened has not."""
DROPS = [
    ("staff", "staff", "ESP-1", ""),
    ("staff", "staff", "INT-1", ", max_changes: 40"),
    ("groups", "group", "G1-READ-T2", ""),
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(file_at(tmp_path / "store.sqlite"))


@pytest.fixture
def desk(store: Store) -> Workspace:
    return Workspace(store, User("office", frozenset({"director", "hr"})))


@pytest.fixture
def saved(desk: Workspace) -> SavedDataset:
    return desk.save(load(example_path("first-steps")), "first-steps")


def solved(store: Store, desk: Workspace, *asked: RunState) -> list[RunState]:
    """The runs as one worker ended them."""
    quit_ = Event()
    thread = Thread(target=serve, args=(store, this_worker(), quit_))
    thread.start()
    try:
        began = monotonic()
        while desk.run(asked[-1].number).ended_at is None:
            assert monotonic() - began < PATIENCE
            assert thread.is_alive()
            sleep(0.1)
    finally:
        quit_.set()
        thread.join(PATIENCE)
    return [desk.run(run.number) for run in asked]


def ask(desk: Workspace, saved: SavedDataset, text: str) -> RunState:
    return desk.ask(saved, SolveOptions(10.0), desk.applied(text, "someone leaves", saved))


@pytest.mark.slow
def test_who_has_left_is_passed_over_in_the_plan_to_stay_close_to(
    store: Store, desk: Workspace, saved: SavedDataset
):
    (first,) = solved(store, desk, desk.ask(saved, SolveOptions(10.0)))
    desk.adopt(first.plan)
    asked = [
        ask(desk, saved, LEAVES.format(sheet=sheet, key=key, who=who, most=most))
        for sheet, key, who, most in DROPS
    ]
    asked.append(desk.ask(saved, SolveOptions(10.0)))
    ended = solved(store, desk, *asked)
    assert [(run.state, run.message) for run in ended] == [(State.DONE, "")] * len(asked)
    for run, (_, _, who, _) in zip(ended, DROPS, strict=False):
        sessions = desk.open(run.plan).plan.sessions
        assert sessions
        assert all(who not in (session.service, session.staff) for session in sessions)


def test_a_plan_of_which_nobody_is_left_is_close_to_everything(
    store: Store, desk: Workspace, saved: SavedDataset
):
    of_others = plan(load(example_path("first-steps")), positions=None, placements=[], training=[])
    plans.keep(store, of_others, {}, saved.name, by="office")
    desk.adopt(1)
    text = scenario_text("after all left", saved.name, [], stay_close_to={"plan": "adopted"})
    run, after = solved(store, desk, ask(desk, saved, text), desk.ask(saved, SolveOptions(10.0)))
    assert (run.state, after.state) == (State.DONE, State.DONE)
