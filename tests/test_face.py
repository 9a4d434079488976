"""What `import planner, solver` promises: documented names, one tree of errors, frames of known types,
and a light start.
"""

import inspect
import json
import pkgutil
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import planner
import planner.face
import solver
import solver.face
from planner.facts.cell_type import Share
from planner.plan.frames import COLUMNS
from planner.plan.plan import Attendance, FundedPosition, Placement, Plan, Session
from planner.plan.plan_distance import changed
from planner.plan.positions import as_they_stand
from planner.plan.result import GoalResult, Result, Status
from planner.words import errors
from solver.settings import SolveSettings
from tests.test_house import MODULES, ROOT
from tests.ui.command import planner as command
from ui.app import solving

FUNCTIONS = [
    getattr(face, name)
    for face in (planner, solver)
    for name in face.__all__
    if inspect.isfunction(getattr(face, name))
]
CLASSES = [
    getattr(face, name)
    for face in (planner, solver)
    for name in face.__all__
    if inspect.isclass(getattr(face, name))
]
SECTIONS = ("Args", "Returns", "Raises")
TIERS = ["tier_3_minutes", "tier_2_minutes", "tier_1_minutes"]


def sections(function: object) -> dict[str, str]:
    """The parts of a docstring by their headings."""
    parts = re.split(r"^(Args|Returns|Raises):\n", inspect.getdoc(function) or "", flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


# -- names and what is said of them


def test_the_faces_have_what_the_page_shows():
    assert {"load", "validate", "check", "compare", "write"} <= set(planner.__all__)
    assert {function.__name__ for function in FUNCTIONS} >= {"solve", "load", "write"}
    for face in (planner, solver):
        assert face.__all__ == sorted(face.__all__, key=lambda name: (name.islower(), name))
        assert set(face.__all__) <= set(dir(face))


def test_a_face_has_the_names_of_its_module():
    assert planner.__all__ == planner.face.__all__
    assert solver.__all__ == solver.face.__all__


@pytest.mark.parametrize("face", [planner, solver])
def test_no_room_hides_a_name_of_a_face(face: ModuleType):
    """A submodule is bound in its package under its name, and would take the place of a function."""
    rooms = {module.name for module in pkgutil.iter_modules(face.__path__)}
    assert rooms & set(face.__all__) == set()


@pytest.mark.parametrize("face", [planner, solver])
def test_another_name_is_no_attribute(face: ModuleType):
    with pytest.raises(AttributeError, match="has no attribute 'sovle'"):
        face.sovle  # noqa: B018


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_a_function_says_its_arguments_what_it_returns_and_what_it_raises(function: object):
    said, parameters = sections(function), inspect.signature(function).parameters
    assert list(said) == [name for name in SECTIONS if name != "Args" or parameters]
    named = re.findall(r"^    (\w+): ", said.get("Args", ""), flags=re.MULTILINE)
    assert named == list(parameters)
    raised = re.findall(r"^    (\w+): ", said["Raises"], flags=re.MULTILINE)
    for name in raised if raised != ["Nothing"] else ():
        kind = getattr(planner, name, None) or getattr(__builtins__, name, None) or eval(name)
        assert issubclass(kind, planner.PlannerError | OSError | KeyError)


@pytest.mark.parametrize("named", CLASSES, ids=lambda named: named.__name__)
def test_a_class_says_what_it_is(named: type):
    assert named.__doc__
    assert not named.__doc__.startswith(f"{named.__name__}(")  # what a dataclass says by itself


def test_every_number_has_its_unit():
    said = sections(solver.solve)["Args"]
    assert "seconds: Of search on the clock, more than 0" in said
    assert "workers: Threads, or processes" in said
    assert "max_changes: Sessions and beginnings of days" in said


@pytest.mark.parametrize("package", [planner, solver])
def test_the_types_are_shipped(package: ModuleType):
    assert (Path(package.__path__[0]) / "py.typed").is_file()


# -- errors


@cache
def bases() -> dict[str, str]:
    """The base of each class of an error in the three houses, by name. Read, not imported: that
    would take half a minute.
    """
    base = {"Exception": "BaseException"}
    heads = [
        head
        for module in MODULES
        for head in re.findall(
            r"^ *class (\w+)\((\w+)[,)]", (ROOT / module).read_text("utf-8"), flags=re.MULTILINE
        )
    ]
    while found := {name: of for name, of in heads if of in base and name not in base}:
        base |= found
    del base["Exception"]
    return base


def drawn() -> dict[str, str]:
    """The base of each error, by name, as the docstring draws the tree."""
    bases, above = {}, {-1: "Exception"}
    for indent, name in re.findall(r"^( *)\* (\w+)", errors.__doc__ or "", flags=re.MULTILINE):
        depth = len(indent) // 2
        bases[name], above[depth] = above[depth - 1], name
    return bases


def test_the_tree_of_errors_is_the_one_that_is_drawn():
    assert {name: of for name, of in bases().items() if not name.startswith("_")} == drawn()


def test_a_private_error_is_caught_where_it_is_raised():
    assert [name for name in bases() if name.startswith("_")] == ["_Broken", "_Stopped"]


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if issubclass(kind, Exception)])
def test_every_error_of_the_face_has_the_one_base(kind: type[Exception]):
    assert issubclass(kind, planner.PlannerError)


def test_a_bad_dataset_is_told_with_every_fault():
    with pytest.raises(planner.DatasetError) as caught:
        planner.example("misspelt")
    faults = caught.value.faults
    expected = json.loads((ROOT / "scenarios/misspelt/expected.json").read_text(encoding="utf-8"))
    assert len(faults) >= len(expected["faults"]) > 10
    for fault in faults:
        assert fault.sheet
        assert fault.what
        assert fault.row == 0 or fault.cell == "" or fault.cell.endswith(str(fault.row))
    assert set(faults) <= set(planner.validate(ROOT / "scenarios" / "misspelt"))


@pytest.mark.parametrize("path", ["nowhere.xlsx", "a" * 300, "nul\0.xlsx"])
def test_a_dataset_that_is_not_there_is_a_fault(path: str):
    with pytest.raises(planner.DatasetError):
        planner.load(path)
    (fault,) = planner.validate(path)
    assert fault.kind == "fault"


def test_an_unknown_example_is_named_with_the_nearest():
    with pytest.raises(planner.WrongInput, match='Did you mean "first-steps"'):
        planner.example("first-step")


# -- solving


@pytest.fixture(scope="module")
def district() -> planner.Problem:
    return planner.example("first-steps")


@pytest.fixture(scope="module")
def result(district: planner.Problem) -> planner.Result:
    return solver.solve(district, seconds=20, goals=TIERS)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"seconds": 0}, "seconds must be more than 0; it is 0."),
        ({"seconds": float("nan")}, "seconds must be more than 0; it is nan."),
        ({"workers": 0}, "workers must be 1 or more, at most 1024; it is 0."),
        ({"seed": -1}, "seed must be from 0 to 2147483647; it is -1."),
        ({"goals": []}, "goals names no goal. There are"),
        ({"goals": ["tier_3_minute"]}, "There is no goal 'tier_3_minute'."),
        ({"goals": ["cost", "cost"]}, "The goal 'cost' is there twice."),
        ({"max_changes": 3}, "max_changes against which plan?"),
        ({"max_changes": -1, "stay_close_to": Plan()}, "max_changes must be 0 or more; it is -1."),
        ({"keep_all": True}, "keep_all keeps every row of a plan"),
        (
            {"keep": "x.xlsx", "stay_close_to": Plan()},
            "Give either keep or stay_close_to, not both.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    district: planner.Problem, asked: dict[str, object], said: str
):
    with pytest.raises(planner.WrongInput) as caught:
        solver.solve(district, **asked)
    assert str(caught.value).startswith(said)


def test_a_result_knows_its_problem_and_how_it_was_found(
    district: planner.Problem, result: planner.Result
):
    assert result.status is planner.Status.OPTIMAL
    assert [goal.value for goal in result.goals] == [300, 360, 120]
    assert result.problem is district
    assert result.record is not None
    assert (result.record.workers, result.record.seed) == (2, 1)
    assert set(result.record.goal_seconds) <= set(TIERS)
    assert planner.check(district, result.plan) == result.findings


def test_progress_is_told_in_order_and_can_be_printed(district: planner.Problem):
    told: list[solver.Progress] = []
    solver.solve(district, seconds=20, goals=TIERS[:1], on_progress=told.append)
    assert {progress.goal.key for progress in told} == {"tier_3_minutes"}
    assert re.fullmatch(r"\d+\.\d s: tier_3_minutes 300 \(bound 300\) at cedar", str(told[-1]))


def test_a_stop_ends_it(district: planner.Problem):
    stopped = solver.solve(district, seconds=60, stop=solver.Stop(asked=True))
    assert stopped.status in (planner.Status.NO_PLAN_YET, planner.Status.FEASIBLE)
    assert stopped.stopped == "interrupt"


def test_a_contradiction_is_returned_and_cannot_be_written(tmp_path: Path):
    contradictory = solver.solve(planner.example("cannot-be"), seconds=30)
    assert contradictory.status is planner.Status.INFEASIBLE
    with pytest.raises(planner.WrongInput, match="INFEASIBLE") as caught:
        planner.write(contradictory, tmp_path / "plan")
    assert all(sentence in str(caught.value) for sentence in contradictory.conflict)
    assert not (tmp_path / "plan").exists()


# -- writing, comparing, reading


def test_what_is_written_is_what_the_command_writes(result: planner.Result, tmp_path: Path):
    ours = planner.write(result, tmp_path / "ours")
    data = ROOT / "scenarios" / "first-steps"
    solved = command(
        "solve", data, "-o", tmp_path / "theirs", "--seconds", 20, "--goals", ",".join(TIERS)
    )
    assert solved.exit_code == 0
    assert [path.name for path in ours] == sorted(
        (path.name for path in (tmp_path / "theirs").iterdir()),
        key=["plan.xlsx", "plan.json", "run.json"].index,
    )
    mine, other = (
        json.loads((tmp_path / which / "plan.json").read_text(encoding="utf-8"))
        for which in ("ours", "theirs")
    )
    assert mine.keys() == other.keys()
    same = ("scenario", "dataset_hash", "changes", "district", "names", "schema_version")
    assert {key: mine[key] for key in same} == {key: other[key] for key in same}
    assert mine["solver"] == other["solver"]
    runs = [
        json.loads((tmp_path / which / "run.json").read_text(encoding="utf-8"))
        for which in ("ours", "theirs")
    ]
    assert runs[0].keys() == runs[1].keys()
    checked = command("check", tmp_path / "ours" / "plan.xlsx", "--data", data)
    assert "No hard rule is broken." in checked.stdout


def test_a_plan_is_read_back_from_each_of_its_files(
    district: planner.Problem, result: planner.Result, tmp_path: Path
):
    planner.write(result, tmp_path)
    for place in (tmp_path, tmp_path / "plan.json", tmp_path / "plan.xlsx"):
        assert set(planner.read_plan(place, district).sessions) == set(result.plan.sessions)


def test_an_edited_workbook_is_kept(result: planner.Result, tmp_path: Path):
    planner.write(result, tmp_path)
    with (tmp_path / "plan.xlsx").open("ab") as workbook:
        workbook.write(b"edited")
    names = [path.name for path in planner.write(result, tmp_path)]
    assert names[3:] == ["plan (edited).xlsx", "plan (edited).json"]


def test_a_folder_that_cannot_be_written_is_an_os_error(result: planner.Result, tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        planner.write(result, tmp_path / "file" / "plan")


def test_results_and_folders_are_compared_alike(result: planner.Result, tmp_path: Path):
    planner.write(result, tmp_path)
    comparison = planner.compare(result, tmp_path, labels=["here", "there"])
    assert [plan.label for plan in comparison.plans] == ["here", "there"]
    assert not any(row.differs for row in comparison.rows)
    frame = comparison.to_frame()
    assert len(frame) == len(comparison.rows)
    assert list(frame["here"]) == list(frame["there"])
    assert [str(frame[name].dtype) for name in ("table", "here", "there because")] == [
        "string",
        "object",
        "string",
    ]
    with pytest.raises(planner.DatasetError, match="2 to 4 plans"):
        planner.compare(result)


def test_a_scenario_is_written_with_what_it_changed(tmp_path: Path):
    scenario = tmp_path / "every-grade.yaml"
    scenario.write_text(
        "name: every grade\nbase: first-steps\nchanges:\n"
        "  - set: {sheet: staff, where: {staff: ESP-2}, values: {grades: ''}}\n"
    )
    changed = planner.load(ROOT / "scenarios" / "first-steps", scenario=scenario)
    planner.write(Result(Status.FEASIBLE, Plan(), problem=changed), tmp_path)
    document = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert document["scenario"] == "every grade"
    assert [change["subjects"] for change in document["changes"]] == [
        ["ESP-2", "cedar", "mtss-esp"]
    ]
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8")).keys() == {"written"}


def test_a_result_of_no_problem_cannot_be_written(tmp_path: Path):
    with pytest.raises(planner.WrongInput, match="of which problem"):
        planner.write(Result(Status.FEASIBLE, Plan()), tmp_path)


# -- frames

FULL = Plan(
    (Placement("A", "Mon", 480, 960, "elm", lunch=(700, 730), preparation=((480, 500),)),),
    (Session("G", "Mon", 540, 570, ("A", "B"), "elm", dates=(date(2026, 9, 7),)),),
    (Attendance("A", "cpr", date(2026, 9, 8), 480, 540),),
    (FundedPosition("p", "esp", ("elm",), "A", Fraction(7, 8), funding=(Share("t1", 100),)),),
)


@pytest.mark.parametrize("plan", [FULL, Plan()], ids=["full", "empty"])
def test_the_frames_of_a_plan_have_the_columns_and_types_that_are_listed(plan: Plan):
    goals = (GoalResult("cost", 3, None), GoalResult("duty_minutes", 3, 3))
    result = Result(Status.FEASIBLE, plan, goals if plan.sessions else ())
    frames = plan.to_frames() | result.to_frames()
    assert frames.keys() == COLUMNS.keys()
    for name, frame in frames.items():
        types = {str(column): str(dtype) for column, dtype in frame.dtypes.items()}
        assert types == dict(COLUMNS[name]), name


def test_the_frames_of_a_plan_hold_its_rows():
    frames = FULL.to_frames()
    (session,) = frames["sessions"].to_dict("records")
    assert (session["start"], session["minutes"], session["staff"]) == (540, 30, ("A", "B"))
    assert list(frames["sessions"].explode("staff")["staff"]) == ["A", "B"]
    (placed,) = frames["placements"].to_dict("records")
    assert (placed["lunch_start"], placed["lunch_end"]) == (700, 730)
    (position,) = frames["positions"].to_dict("records")
    assert position["fte"] == 0.875
    assert frames["training"]["date"].iloc[0].date() == date(2026, 9, 8)


# -- light, and at the top


@pytest.mark.parametrize("names", ["planner, solver", "solver, planner.words.errors"])
def test_importing_loads_no_heavy_library(names: str):
    script = f"import sys, {names}; print(*{{name.split('.')[0] for name in sys.modules}})"
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())
    assert {"planner", "solver"} <= loaded
    assert not {"ortools", "openpyxl", "pandas", "pydantic", "sqlalchemy"} & loaded


OF_A_FACE = re.compile(
    r"^\s*(?:from (?:planner|solver)(?:\.face)? import|import (?:planner|solver)(?:\.face)?\b(?!\.)).*",
    flags=re.MULTILINE,
)
"""What a module takes from a face: `from planner import load`, `import solver`."""


@pytest.mark.parametrize("room", ["planner", "solver"])
def test_no_room_imports_its_face(room: str):
    modules = [path for path in (ROOT / room).rglob("*.py") if path.parent != ROOT / room]
    assert len(modules) > 50
    for module in modules:
        assert OF_A_FACE.findall(module.read_text(encoding="utf-8")) == [], module


def test_an_import_of_a_face_is_found():
    lines = ("from planner import load", "    import solver", "import planner.face")
    assert OF_A_FACE.findall("\n".join(lines)) == list(lines)
    assert not OF_A_FACE.findall("from planner.words import errors\nimport solver.best_plan")


# -- what stands of an earlier plan


def test_all_of_a_plan_that_is_kept_stands(
    district: planner.Problem, result: planner.Result, tmp_path: Path
):
    planner.write(result, tmp_path)
    held = solver.solve(
        district, keep=tmp_path / "plan.xlsx", keep_all=True, seconds=20, seed=7, goals=TIERS
    )
    assert set(held.plan.sessions) == set(result.plan.sessions)
    assert held.problem.edits


def test_a_plan_with_no_change_allowed_is_the_plan_before(
    district: planner.Problem, result: planner.Result
):
    again = solver.solve(
        district, stay_close_to=result.plan, max_changes=0, seconds=20, seed=7, goals=TIERS
    )
    assert changed(result.plan, again.plan) == 0


def test_a_plan_to_keep_is_begun_with_as_the_command_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    district = planner.example("new-bridge")
    kept = replace(Plan(), positions=as_they_stand(district)[1:])
    planner.write(Result(Status.FEASIBLE, kept, problem=district), tmp_path)
    asked: list[SolveSettings] = []

    def unsolved(problem: planner.Problem, settings: SolveSettings, *_: object) -> Result:
        asked.append(settings)
        return Result(Status.NO_PLAN_YET)

    monkeypatch.setattr(solver.face, "best_plan", unsolved)
    monkeypatch.setattr(solving, "best_plan", unsolved)
    path = tmp_path / "plan.xlsx"
    solver.solve(district, keep=path, seconds=5)
    command(
        "solve", "--example", "new-bridge", "--keep", path, "--seconds", 5, "-o", tmp_path / "o"
    )
    mine, other = asked
    assert mine.start is not None
    assert {p.position for p in mine.start.budgeted} == {p.position for p in kept.budgeted}
    assert mine == replace(other, goals=mine.goals)
    assert tuple(mine.goals) == tuple(other.goals)
