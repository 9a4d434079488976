"""Which plan a scenario on the command line stays close to."""

from planner.facts.problem import Problem
from planner.scenario.applying import Applied
from planner.store import plans
from ui.app.reference_plan import PATH_FIX, is_of_store, no_plan, plan_in_file, plan_in_store
from ui.app.solve_request import ReferencePlan
from ui.cli.store_choice import chosen_store, is_there


def reference_plan(applied: Applied | None, problem: Problem) -> ReferencePlan | None:
    """The plan that a scenario wants to stay close to: a file beside its own, else a plan of the
    store that the environment names. None where it wants none.

    Args:
        applied: The scenario; None where the dataset is planned as it is.
        problem: The dataset as the scenario has it.

    Raises:
        DatasetError: There is no such plan, or it cannot be read.
    """
    close = applied.scenario.stay_close_to if applied else None
    if close is None or applied is None:
        return None
    beside = plan_in_file(close, problem)
    if beside is not None:
        return beside
    if not (is_of_store(close) and is_there()):
        raise no_plan(close, applied.name, PATH_FIX)
    with chosen_store() as store:
        return plan_in_store(close, problem, applied.name, store, plans.saved(store))
