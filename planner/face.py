"""What `import planner` gives: read a district, check a plan, compare plans, write them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner.access.viewer import Denied
from planner.comparison import comparison
from planner.comparison.comparison import Comparison
from planner.comparison.document import place_of, read_file
from planner.document import plan_file
from planner.document.plan_file import run_document
from planner.facts.problem import Problem
from planner.money.rates import PayMissing
from planner.plan.plan import Plan
from planner.plan.positions import staffed
from planner.plan.result import Finding, GoalResult, Result, SolveRecord, Status, Unserved
from planner.render.plan_files import document_of, write_plan_files
from planner.rules.checker import findings
from planner.scenario.applying import applied
from planner.scenario.differences import Difference, differences
from planner.sheets import examples
from planner.sheets.dataset import parse, read_tables
from planner.sheets.dataset_name import inside, name_of
from planner.sheets.validation import remarks, validated
from planner.store.errors import StoreError
from planner.words.errors import DatasetError, Fault, PlannerError, WrongInput

__all__ = [
    "Comparison",
    "DatasetError",
    "Denied",
    "Fault",
    "Finding",
    "GoalResult",
    "PayMissing",
    "Plan",
    "PlannerError",
    "Problem",
    "Result",
    "SolveRecord",
    "Status",
    "StoreError",
    "Unserved",
    "WrongInput",
    "check",
    "compare",
    "example",
    "example_names",
    "load",
    "read_plan",
    "validate",
    "write",
]


def load(path: str | Path, *, scenario: str | Path | None = None) -> Problem:
    """Read a district's dataset as the problem that its planned day poses.

    Args:
        path: A workbook (.xlsx), or a folder of CSV files.
        scenario: A scenario file (.yaml) whose changes are made in it. What such a file wishes of
            the search (goals, seconds, the plan to stay close to) is given to `solver.solve`.

    Returns:
        The problem: its `data` has the sheets; `people`, `groups` and `schools` are planned.

    Raises:
        DatasetError: The dataset, or what the scenario makes of it, cannot be planned; `faults` has
            every fault with its `sheet`, `row`, `column`, `cell` and `what`.
    """
    place, name = _dataset_place(path)
    if scenario is None:
        return Problem(parse(read_tables(place)), name)
    changed = applied(Path(scenario), (place, name))
    return Problem(changed.after, changed.scenario.name, base=changed.before)


def validate(path: str | Path) -> tuple[Fault, ...]:
    """List what is wrong with a dataset, and what is allowed in it and yet hardly meant.

    Args:
        path: A workbook (.xlsx), or a folder of CSV files.

    Returns:
        Every fault (`kind` is "fault"), every sheet that is still to be filled in ("missing") and
        every warning ("warning"); nothing where there is nothing to say. A dataset without a
        "fault" can be loaded.

    Raises:
        Nothing: a file that is not there is a fault, too.
    """
    try:
        place, name = _dataset_place(path)
        tables = read_tables(place)
        return tuple(remarks(validated(tables, name), tables))
    except DatasetError as error:
        return error.faults


def example_names() -> tuple[str, ...]:
    """Name the example districts that come with the planner.

    Returns:
        The names that `example` knows, in alphabetical order.

    Raises:
        Nothing.
    """
    return examples.example_names()


def example(name: str) -> Problem:
    """Read one of the example districts.

    Args:
        name: Its name, as `example_names` has it.

    Returns:
        The problem that it poses, as `load` returns it.

    Raises:
        WrongInput: There is no example of that name.
        DatasetError: It is one of those that show what a fault looks like.
    """
    try:
        place = examples.example_path(name)
    except LookupError as error:
        raise WrongInput(str(error.args[0])) from None
    return load(place)


def read_plan(path: str | Path, problem: Problem) -> Plan:
    """Read a plan, also one that was edited by hand.

    Args:
        path: A plan's folder, its plan.json, or its plan.xlsx.
        problem: The district that it is a plan of.

    Returns:
        The plan.

    Raises:
        DatasetError: The file cannot be read, or a row of it is about nothing that the district
            has; `faults` has every one.
    """
    return plan_file.read_plan(place_of(Path(path)), problem)


def check(problem: Problem, plan: Plan) -> tuple[Finding, ...]:
    """Check a plan against every rule. No solver is asked: whoever made the plan, this judges it.

    Args:
        problem: The district.
        plan: The plan, of whatever origin.

    Returns:
        What a planner must know of it: hard rules that are broken (`severity` is "broken") first,
        then the notes ("noted"). A plan without a "broken" one may be used.

    Raises:
        KeyError: The plan is about a person, service or school that the district does not have;
            `read_plan` would have said so.
    """
    return findings(staffed(problem, plan.positions) if plan.positions else problem, plan)


def compare(*plans: Result | str | Path, labels: Sequence[str] = (), base: int = 0) -> Comparison:
    """Compare two to four plans, figure by figure.

    Args:
        plans: Results of `solver.solve`, folders that hold a plan.json, or such files.
        labels: What the plans are called; their scenarios' or datasets' names where none are given.
        base: With which of them the others are compared, counted from 0.

    Returns:
        The comparison: its `rows` have each figure of every plan, the difference from the base in
        the row's `unit`, and the scenario's change that alone explains it.

    Raises:
        DatasetError: These are not two to four plans, a file is none, or figures of two plans are
            no amounts of the same thing: other currencies, other cycles.
        WrongInput: A result has no plan.
    """
    documents = [
        _document(plan) if isinstance(plan, Result) else read_file(Path(plan)) for plan in plans
    ]
    return comparison.compare(documents, labels, base)


def write(result: Result, folder: str | Path) -> tuple[Path, ...]:
    """Write a plan as `planner solve` does: all of its files, or none.

    Args:
        result: What `solver.solve` returned.
        folder: Where to; it is made where it is not there, and a plan in it is replaced. A workbook
            there that was edited since it was written is kept under another name.

    Returns:
        The paths of plan.xlsx (to read, print and edit), plan.json (the whole result, for other
        programs), run.json (how it was found), and of copies that were kept.

    Raises:
        WrongInput: The result has no plan.
        OSError: The files cannot be written.
    """
    problem = _planned(result)
    run = _run(result.record) if result.record else {}
    return write_plan_files(Path(folder), problem, result, _document(result), run)


def _dataset_place(path: str | Path) -> tuple[Path, str]:
    """Where a dataset is, and what it is called. Raises DatasetError where no file can be so
    called.
    """
    try:
        place = inside(Path(path))
        return place, name_of(place)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a link to itself
        said = error.strerror if isinstance(error, OSError) else "it is no name of a file"
        raise DatasetError([Fault("", 0, "", str(path), f"cannot be opened ({said}).")]) from None


def _run(record: SolveRecord) -> dict[str, Any]:
    return run_document(
        started=record.started,
        seconds=record.seconds,
        goal_seconds=record.goal_seconds,
        workers=record.workers,
        seed=record.seed,
    )


def _document(result: Result) -> dict[str, Any]:
    """A result as its plan.json would hold it. Raises WrongInput where it has no plan."""
    problem = _planned(result)
    return document_of(problem, result, _changes(problem))


def _planned(result: Result) -> Problem:
    """What a result is a plan of. Raises WrongInput where it has no plan that may be used."""
    if result.problem is None:
        raise WrongInput(
            "The result does not say of which problem it is. Take one that solver.solve returned."
        )
    if result.plan is None or result.status is Status.FAILED:
        why = "\n".join(f"- {sentence}" for sentence in result.conflict)
        raise WrongInput(
            f"There is no plan: the result is {result.status.name}." + (f"\n{why}" if why else "")
        )
    return result.problem


def _changes(problem: Problem) -> tuple[Difference, ...]:
    """What a scenario changed in the dataset; nothing where there is none."""
    planned = problem.origin or problem.data
    return () if problem.base is None else differences(problem.base, planned)
