"""Every way to ask for a solve is the same: what reaches the solver from the command line, from a
page by the queue and its worker, and from a sweep.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from planner.access import User
from planner.document.plan_file import plan_document, write_json
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import staffed
from planner.plan.result import Result, Status
from planner.rules.goals import GOALS
from planner.sheets.dataset import dataset_hash, load
from planner.sheets.examples import example_path
from planner.store import adoption, datasets, plans, runs, work
from planner.store.place import FILE, file_at
from planner.store.runs import State
from planner.store.store import Store, open_store
from planner.store.worker import Worker, this_worker
from planner.words.errors import DatasetError, WrongInput
from solver import setting_ranges
from solver.best_plan import best_plan
from solver.frontier import Outcome, Task
from solver.settings import SolveSettings
from tests.planner import bought
from tests.slow import quick_and_slow
from tests.ui.command import planner
from ui.app import solving, sweeping
from ui.app.solve_request import SolveOptions
from ui.app.worker import WorkedRun, serve
from ui.app.workspace import Workspace
from ui.screen import page_state

ALL = tuple(goal.key for goal in GOALS)
OFFICE = User("office", frozenset({"director", "hr"}))
NAME = "small"
USUAL = SolveSettings(seconds=60.0)
CLOSE = "stay_close_to: {plan: adopted}\n"
AT_MOST = "stay_close_to: {plan: adopted, max_changes: 3}\n"


@dataclass(frozen=True)
class Case:
    """What a scenario says, what is asked for beside it, and what must reach the solver (the plan
    to stay close to by the number of the store's).
    """

    text: str
    expected: SolveSettings
    asked: SolveOptions = SolveOptions()
    reference: int | None = None

    @property
    def words(self) -> list[object]:
        """The same on the command line."""
        told: list[object] = []
        for name in ("seconds", "workers", "seed"):
            value = getattr(self.asked, name)
            told += [] if value is None else [f"--{name}", value]
        told += ["--goals", ",".join(self.asked.goals)] if self.asked.goals else []
        return told + (["--reproducible"] if self.asked.reproducible else [])


def goals(*keys: str) -> dict[str, object]:
    return {"goals": tuple(goal for key in keys for goal in GOALS if goal.key == key)}


CASES = {
    "nothing is said": Case("", USUAL),
    "seconds": Case("solve: {seconds: 7}\n", replace(USUAL, seconds=7.0)),
    "part of a second": Case("solve: {seconds: 0.5}\n", replace(USUAL, seconds=0.5)),
    "seed": Case("solve: {seed: 9}\n", replace(USUAL, seed=9)),
    "seed 0": Case("solve: {seed: 0}\n", replace(USUAL, seed=0)),
    "workers": Case("solve: {workers: 1}\n", replace(USUAL, workers=1)),
    "reproducible": Case("solve: {reproducible: true}\n", replace(USUAL, reproducible=True)),
    "not reproducible": Case("solve: {reproducible: false}\n", USUAL),
    "goals": Case(
        "goals: [duty_minutes, tier_2_minutes]\n",
        replace(USUAL, **goals("duty_minutes", "tier_2_minutes")),
    ),
    "all at once": Case(
        "goals: [tier_1_minutes]\nsolve: {seconds: 7, seed: 9, reproducible: true, workers: 1}\n"
        + AT_MOST,
        replace(
            USUAL,
            seconds=7.0,
            seed=9,
            reproducible=True,
            workers=1,
            most_changes=3,
            **goals("tier_1_minutes"),
        ),
        reference=1,
    ),
    "close to the adopted": Case(CLOSE, USUAL, reference=1),
    "in short": Case("stay_close_to: adopted\n", USUAL, reference=1),
    "with a limit": Case(AT_MOST, replace(USUAL, most_changes=3), reference=1),
    "no change at all": Case(
        "stay_close_to: {plan: adopted, max_changes: 0}\n",
        replace(USUAL, most_changes=0),
        reference=1,
    ),
    "by its number": Case(
        "stay_close_to: {plan: plan 2, max_changes: 5}\n",
        replace(USUAL, most_changes=5),
        reference=2,
    ),
    "by the number alone": Case("stay_close_to: {plan: '2'}\n", USUAL, reference=2),
    "other seconds": Case(
        "solve: {seconds: 7}\n", replace(USUAL, seconds=30.0), SolveOptions(30.0)
    ),
    "seconds where there are none": Case("", replace(USUAL, seconds=30.0), SolveOptions(30.0)),
    "other goals": Case(
        "goals: [tier_1_minutes]\n",
        replace(USUAL, **goals("tier_2_minutes", "tier_1_minutes")),
        SolveOptions(goals=("tier_2_minutes", "tier_1_minutes")),
    ),
    "other seed and workers": Case(
        "solve: {seed: 9, workers: 1}\n",
        replace(USUAL, seed=0, workers=3),
        SolveOptions(seed=0, workers=3),
    ),
    "reproducible here": Case(
        "solve: {reproducible: false}\n",
        replace(USUAL, reproducible=True),
        SolveOptions(reproducible=True),
    ),
    "seconds beside a limit": Case(
        "solve: {seconds: 7, seed: 9}\n" + AT_MOST,
        replace(USUAL, seconds=30.0, seed=9, most_changes=3),
        SolveOptions(30.0),
        reference=1,
    ),
}
ON_THE_PAGE = (
    "nothing is said",
    "goals",
    "all at once",
    "by its number",
    "other seconds",
    "other goals",
    "seconds beside a limit",
)
"""Seconds and goals alone are chosen on the page."""


# -- what is there before


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Plan]:
    """The district, and a plan of it."""
    folder = bought.folder(tmp_path_factory.mktemp("door"))
    problem = Problem(load(folder), NAME)
    plan = best_plan(problem, SolveSettings(seconds=2, reproducible=True)).plan
    assert plan
    assert plan.positions
    return folder, plan


@pytest.fixture
def store(
    tmp_path: Path, made: tuple[Path, Plan], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The store that the environment names: plan 1 is adopted, plan 2 has a session less."""
    file = tmp_path / "store.sqlite"
    monkeypatch.setenv(FILE, str(file))
    store = open_store(file_at(file))
    saved = datasets.save(store, load(made[0]), NAME, by="office")
    for plan in (made[1], replace(made[1], sessions=made[1].sessions[1:])):
        plans.keep(store, document(made, plan, saved.hash), {}, NAME, by="office")
    adoption.adopt(store, 1, by="office")
    yield store
    store.close()


def document(made: tuple[Path, Plan], plan: Plan, key: str) -> dict[str, object]:
    whole = staffed(Problem(load(made[0]), NAME), plan.positions)
    result = Result(Status.FEASIBLE, plan)
    return plan_document(whole, result, scenario=NAME, dataset_hash=key).as_data()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, SolveSettings]]:
    """What reaches the solver: the problem's name, its dataset's hash, the settings."""
    heard = []

    def solve(problem: Problem, settings: SolveSettings, *_: object) -> Result:
        heard.append((problem.name, dataset_hash(problem.data), settings))
        return Result(Status.NO_PLAN_YET, stopped="deadline")

    monkeypatch.setattr(solving, "best_plan", solve)
    return heard


@pytest.fixture
def swept(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Task, int]]:
    """What reaches a sweep: each case, and how many are solved at once."""
    heard = []

    def sweep(tasks: Sequence[Task], engine: sweeping.Engine, *_: object) -> dict[int, Outcome]:
        heard.extend((task, engine.workers) for task in tasks)
        return {}

    monkeypatch.setattr(sweeping, "sweep", sweep)
    return heard


def scenario_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "asked.yaml"
    groups = "{sheet: groups, where: {group: elm-1}, values: {priority: 2}}"
    path.write_text(
        f"name: Asked\nbase: {NAME}\nchanges: [{{set: {groups}}}]\n{text}", encoding="utf-8"
    )
    return path


def wanted(case: Case, made: tuple[Path, Plan]) -> SolveSettings:
    """The timetable alone of the plan to stay close to."""
    plan = made[1]
    if case.reference is None:
        return case.expected
    sessions = plan.sessions if case.reference == 1 else plan.sessions[1:]
    return replace(case.expected, reference=Plan(plan.placements, sessions))


def asked_by_queue(store: Store, case: Case, text: str) -> tuple[Workspace, runs.RunState]:
    desk = Workspace(store, OFFICE)
    saved = desk.datasets()[0]
    return desk, desk.ask(saved, case.asked, desk.applied(text, "asked", saved))


# -- equal requests


@pytest.mark.parametrize("name", quick_and_slow([*CASES][::2], [*CASES][1::2]))
def test_the_same_reaches_the_solver_by_every_way(
    name: str,
    made: tuple[Path, Plan],
    store: Store,
    heard: list[tuple[str, str, SolveSettings]],
    swept: list[tuple[Task, int]],
    tmp_path: Path,
):
    case = CASES[name]
    path = scenario_file(tmp_path, case.text)
    told = planner("solve", made[0], "--scenario", path, "-o", tmp_path / "out", *case.words)
    assert told.exit_code == 4, told.output
    asked_by_queue(store, case, path.read_text(encoding="utf-8"))
    claim = work.claim_next(store, this_worker())
    assert claim
    WorkedRun(store, claim, None, Event()).through()
    by_hand, by_queue = heard
    assert by_hand[2] == wanted(case, made)
    assert by_queue == by_hand
    told = planner(
        "frontier",
        made[0],
        "--scenario",
        path,
        "--vary",
        "general=0%,10%",
        "-o",
        tmp_path / "f",
        *case.words,
    )
    assert told.exit_code == 4, told.output
    assert len(swept) == 2
    for task, workers in swept:
        assert workers == by_hand[2].workers
        assert task.goals == tuple(goal.key for goal in by_hand[2].goals)
        assert replace(task.settings, goals=by_hand[2].goals) == replace(by_hand[2], workers=1)


@pytest.fixture(autouse=True)
def main_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit puts the page in the place of the main module, which processes begin with."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def pressed(name: str, case: Case) -> AppTest:
    """The page Solve, on which a scenario is chosen, what is asked for filled in, and the button
    pressed.
    """

    def page() -> None:
        from ui.screen.views import solve

        solve.show()

    page_state.store.clear()
    app = AppTest.from_function(page, default_timeout=30)
    app.query_params["dataset"] = NAME
    app.run()
    app.selectbox(key="what").select(name).run()
    if case.asked.seconds is not None:
        app.number_input[0].set_value(int(case.asked.seconds)).run()
    if case.asked.goals is not None:
        app.multiselect[0].set_value(list(case.asked.goals)).run()
    next(button for button in app.button if button.label == "Make a plan").click().run()
    return app


@pytest.mark.parametrize("name", ON_THE_PAGE)
def test_the_page_asks_for_what_the_command_line_does(
    name: str,
    made: tuple[Path, Plan],
    store: Store,
    heard: list[tuple[str, str, SolveSettings]],
    tmp_path: Path,
):
    case = CASES[name]
    desk = Workspace(store, OFFICE)
    text = scenario_file(tmp_path, case.text).read_text(encoding="utf-8")
    desk.save_scenario("asked", NAME, text, seen=0)
    app = pressed("asked", case)
    assert not app.exception
    assert not app.error
    assert [run.state for run in desk.runs()] == [State.QUEUED]
    claim = work.claim_next(store, this_worker())
    assert claim
    WorkedRun(store, claim, None, Event()).through()
    assert [settings for _, _, settings in heard] == [wanted(case, made)]


def test_a_request_is_read_back_as_it_was_stored(made: tuple[Path, Plan], store: Store):
    desk = Workspace(store, OFFICE)
    saved = desk.datasets()[0]
    for case in CASES.values():
        applied = desk.applied(f"name: Asked\nbase: {NAME}\n{case.text}", "asked", saved)
        request = desk._request(saved, case.asked, applied)
        desk.ask(saved, case.asked, applied)
        claim = work.claim_next(store, this_worker())
        assert claim
        assert WorkedRun(store, claim, None, Event())._request == request


def test_runs_of_an_earlier_version_are_read(made: tuple[Path, Plan], store: Store):
    """They held what was asked for alone, and the plan to stay close to as the one to start
    with.
    """
    key = Workspace(store, OFFICE).datasets()[0].hash
    change = {"words": "More.", "sheet": "funds", "key": "general", "subjects": ["general"]}
    earlier = {"seconds": 30.0, "goals": ["tier_1_minutes"], "start": 2, "max_changes": 4}
    for settings in ({}, {"seconds": 30.0}, {**earlier, "changes": [change]}):
        runs.ask(store, NAME, key, settings=settings, by="ann")
    requests = []
    for _ in range(3):
        claim = work.claim_next(store, this_worker())
        assert claim
        requests.append(WorkedRun(store, claim, None, Event())._request)
    assert requests[0].settings == USUAL
    assert requests[1].settings == replace(USUAL, seconds=30.0)
    limited = replace(USUAL, seconds=30.0, most_changes=4, **goals("tier_1_minutes"))
    assert requests[2].settings == wanted(Case("", limited, reference=2), made)
    assert [change.key for change in requests[2].changes] == ["general"]


@pytest.mark.parametrize("reproducible", [False, True])
def test_a_run_that_is_taken_up_again_stays_close_to_the_same_plan(
    reproducible: bool,
    made: tuple[Path, Plan],
    store: Store,
    heard: list[tuple[str, str, SolveSettings]],
    tmp_path: Path,
):
    """It begins with the best plan that was found; a reproducible one begins afresh."""
    case = replace(CASES["with a limit"], asked=SolveOptions(reproducible=reproducible))
    text = scenario_file(tmp_path, case.text).read_text(encoding="utf-8")
    _, run = asked_by_queue(store, case, text)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    first = work.claim_next(store, Worker(this_worker().host, ended.pid))
    assert first
    best = replace(made[1], sessions=made[1].sessions[:-1])
    work.keep_best(store, first, document(made, best, run.dataset_hash))
    assert [run.state for run in runs.mark_orphans(store, by="test")] == [State.ORPHANED]
    again = work.take_up(store, this_worker())
    assert again
    WorkedRun(store, again, None, Event()).through()
    ((_, _, settings),) = heard
    unbegun = wanted(case, made)
    assert settings == replace(
        unbegun, reproducible=reproducible, start=None if reproducible else settings.start
    )
    assert settings.start is None or settings.start.sessions == best.sessions


# -- refused alike


def refused(path: Path, store: Store, data: Path) -> list[str]:
    """The sentence by each way in."""
    desk = Workspace(store, OFFICE)
    saved = desk.datasets()[0]
    with pytest.raises((DatasetError, WrongInput)) as error:
        desk.ask(
            saved, SolveOptions(), desk.applied(path.read_text(encoding="utf-8"), path.name, saved)
        )
    reason = error.value
    sentences = [str(reason.faults[0] if isinstance(reason, DatasetError) else reason)]
    for words in (("solve",), ("frontier", "--vary", "general=0%,10%")):
        told = planner(*words, data, "--scenario", path, "-o", path.with_name("out"))
        assert told.exit_code == 2, told.output
        sentences.append(told.stderr.strip())
    assert desk.runs() == ()
    return sentences


def test_too_many_to_limit_are_refused_alike(
    made: tuple[Path, Plan], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(setting_ranges, "MOST_LIMITED", 2)
    path = scenario_file(tmp_path, AT_MOST)
    assert set(refused(path, store, made[0])) == {
        "max_changes can be kept for up to 2 groups and duties, which are planned at once; there "
        "are 3. Leave it out: the plan stays as close as its goals allow."
    }


def test_no_adopted_plan_is_said_alike(
    made: tuple[Path, Plan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = scenario_file(tmp_path, AT_MOST)
    sentence = (
        "asked.yaml, line 4: 'adopted': no plan of small is adopted yet. Adopt one, or leave "
        "stay_close_to out."
    )
    monkeypatch.setenv(FILE, str(tmp_path / "none.sqlite"))
    told = planner("solve", made[0], "--scenario", path, "-o", tmp_path / "out")
    assert (told.exit_code, told.stderr) == (2, f"{sentence}\n")
    store = open_store(file_at(tmp_path / "none.sqlite"))
    datasets.save(store, load(made[0]), NAME, by="office")
    assert set(refused(path, store, made[0])) == {sentence}
    Workspace(store, OFFICE).save_scenario("asked", NAME, path.read_text(encoding="utf-8"), seen=0)
    app = pressed("asked", Case("", USUAL))
    assert ["no plan of small is adopted yet" in error.value for error in app.error] == [True]
    store.close()


def test_a_plan_in_a_file_is_one_for_the_command_line_alone(
    made: tuple[Path, Plan],
    store: Store,
    heard: list[tuple[str, str, SolveSettings]],
    swept: list[tuple[Task, int]],
    tmp_path: Path,
):
    """A page must not read files of its server."""
    path = scenario_file(tmp_path, "stay_close_to: {plan: autumn, max_changes: 3}\n")
    (tmp_path / "autumn").mkdir()
    key = Workspace(store, OFFICE).datasets()[0].hash
    write_json(tmp_path / "autumn" / "plan.json", document(made, made[1], key))
    planner("solve", made[0], "--scenario", path, "-o", tmp_path / "out")
    vary = ("--vary", "general=0%")
    planner("frontier", made[0], "--scenario", path, *vary, "-o", tmp_path / "f")
    expected = wanted(CASES["with a limit"], made)
    assert [settings for _, _, settings in heard] == [expected]
    assert [task.settings.reference for task, _ in swept] == [expected.reference]
    desk = Workspace(store, OFFICE)
    saved = desk.datasets()[0]
    applied = desk.applied(path.read_text(encoding="utf-8"), str(path), saved)
    with pytest.raises(DatasetError, match="is no plan that is there"):
        desk.ask(saved, SolveOptions(), applied)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (SolveOptions(0), "seconds must be more than 0; it is 0."),
        (SolveOptions(float("inf")), "seconds must be more than 0; it is inf."),
        (SolveOptions(workers=0), "workers must be 1 or more, at most 1024; it is 0."),
        (SolveOptions(seed=-1), "seed must be from 0 to 2147483647; it is -1."),
    ],
)
def test_settings_that_make_no_sense_are_refused_alike(
    options: SolveOptions, sentence: str, made: tuple[Path, Plan], store: Store
):
    desk = Workspace(store, OFFICE)
    with pytest.raises(WrongInput) as error:
        desk.ask(desk.datasets()[0], options)
    assert str(error.value) == sentence
    for words in (("solve",), ("frontier", "--vary", "general=0%")):
        told = planner(*words, made[0], *Case("", USUAL, options).words)
        assert (told.exit_code, told.stderr) == (2, f"--{sentence}\n")


# -- the same bytes

# A half of a deterministic second instead of the seven that such a file would rather say: the bytes
# are as equal, and the test takes no minute.
SETTINGS = """name: with settings
base: first-steps
changes:
  - set: {sheet: groups, where: {group: G2-MATH-T2}, values: {priority: 2}}
solve: {seconds: 0.5, seed: 9, reproducible: true, workers: 1}
stay_close_to: {plan: adopted, max_changes: 3}
"""


@pytest.mark.slow
def test_the_queue_makes_the_same_bytes_as_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(FILE, str(tmp_path / "store.sqlite"))
    store = open_store(file_at(tmp_path / "store.sqlite"))
    desk = Workspace(store, OFFICE)
    data = load(example_path("first-steps"))
    saved = desk.save(data, "first-steps")
    problem = Problem(data, "first-steps")
    result = best_plan(problem, SolveSettings(seconds=1, reproducible=True, goals=GOALS[:1]))
    made = plan_document(problem, result, scenario="first-steps", dataset_hash=saved.hash)
    desk.adopt(plans.keep(store, made.as_data(), {}, "first-steps", by="office").number)
    file = tmp_path / "settings.yaml"
    file.write_text(SETTINGS, encoding="utf-8")
    told = planner("solve", "--scenario", file, "-o", tmp_path / "out")
    assert told.exit_code == 0, told.output
    assert " of at most 3 changes against adopted." in told.stdout
    desk.ask(saved, SolveOptions(), desk.applied(SETTINGS, "settings", saved))
    claim = work.claim_next(store, this_worker())
    assert claim
    WorkedRun(store, claim, None, Event()).through()
    ((_, whole, how),) = [
        plans.load(store, plan.number) for plan in desk.plans() if plan.run is not None
    ]
    write_json(tmp_path / "queue.json", whole)
    assert (tmp_path / "queue.json").read_bytes() == (tmp_path / "out" / "plan.json").read_bytes()
    assert (how["seed"], how["workers"]) == (9, 1)
    store.close()


def test_a_run_whose_plan_to_stay_close_to_is_gone_fails_and_not_its_worker(
    made: tuple[Path, Plan], store: Store
):
    key = Workspace(store, OFFICE).datasets()[0].hash
    run = runs.ask(store, NAME, key, settings={"reference": 77}, by="ann")
    quit_ = Event()
    stopping = work.stop

    def stop(*words: object, **options: object) -> int | None:
        quit_.set()
        return stopping(*words, **options)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(work, "stop", stop)
        serve(store, this_worker(), quit_)
    state = Workspace(store, OFFICE).run(run.number)
    assert state
    assert state.state is State.FAILED
    assert "plan 77" in state.message
