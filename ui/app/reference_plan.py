"""The plan that a scenario stays close to: a file beside the scenario's own, or a plan of the
store, the adopted one or one by its number.

Of either, only the timetable counts: the positions are not kept, because the budget is the
scenario's own.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from planner.document.document_reading import rows_in
from planner.document.plan_file import timetable_in, timetable_of
from planner.facts.problem import Problem
from planner.scenario.scenario import StayClose
from planner.store import plans
from planner.store.plans import SavedPlan
from planner.store.store import Store
from planner.words.errors import DatasetError, Fault
from ui.app.solve_request import ReferencePlan

ADOPTED = "adopted"
"""What a scenario calls the plan that was adopted for its dataset."""
PATH_FIX = "Write the path of a plan.json or plan.xlsx from the scenario's own folder."
NUMBER_FIX = "Write adopted, or a plan of the store by its number, like plan 3."


def is_of_store(close: StayClose) -> bool:
    """Whether a scenario names a plan as the store does."""
    return close.plan == ADOPTED or re.fullmatch(r"(plan\s*)?\d+", close.plan) is not None


def plan_in_file(close: StayClose, problem: Problem) -> ReferencePlan | None:
    """The plan in a file or a folder beside the scenario's own; None where there is none. Raises
    DatasetError where it cannot be read.
    """
    here = (close.file or Path()).parent
    for path in (here / close.plan, here / close.plan / "plan.json"):
        if path.is_file():
            return ReferencePlan(timetable_of(path, problem), close.plan)
    return None


def plan_in_store(
    close: StayClose, problem: Problem, name: str, store: Store, seen: Iterable[SavedPlan]
) -> ReferencePlan:
    """The plan of the store that a scenario names.

    Args:
        close: What the scenario says.
        problem: The dataset as the scenario has it.
        name: What the dataset is called: each has an adopted plan of its own.
        store: Where the plans are.
        seen: Those that whoever asks may see.

    Raises:
        DatasetError: There is no such plan.
    """
    mine = [plan for plan in seen if plan.name == name]
    digits = close.plan.removeprefix("plan").strip()
    if close.plan == ADOPTED:
        number = next((plan.number for plan in mine if plan.adopted), None)
    else:
        number = next((plan.number for plan in mine if str(plan.number) == digits), None)
    if number is None:
        raise no_plan(close, name, NUMBER_FIX)
    return numbered(store, number, problem, close.plan)


def numbered(store: Store, number: int, problem: Problem, called: str = "") -> ReferencePlan:
    """The plan of the store with a number, as the one to stay close to: without the people and
    groups that have left since. Raises StoreError where it is not there or is damaged.
    """
    _, document, _ = plans.load(store, number)
    return ReferencePlan(
        timetable_in(rows_in(document, "plan.json"), problem), called or f"plan {number}", number
    )


def no_plan(close: StayClose, name: str, fix: str) -> DatasetError:
    """That the plan which a scenario names is not there, at its line."""
    adopted = close.plan == ADOPTED
    rule = f"no plan of {name} is adopted yet." if adopted else "is no plan that is there."
    fix = "Adopt one, or leave stay_close_to out." if adopted else fix
    file = close.file.name if close.file else ""
    return DatasetError([Fault("", close.line, "", close.plan, rule, fix, file)])
