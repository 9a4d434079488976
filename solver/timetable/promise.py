"""What a set of people can deliver at most: the capacity of their week, goal after goal, without making the timetable."""

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from planner.goals.goal import Goal
from planner.problem.problem import Problem
from planner.rule import Setting
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable.capacity import Capacity
from solver.timetable.model import build


def most_possible(
    problem: Problem,
    rules: Mapping[str, Setting],
    goals: Sequence[Goal],
    reached: Mapping[str, int],
    settings: SolveSettings,
    stop: Stop,
) -> dict[str, int]:
    """A proved bound of each goal, beside what was reached in those before it; goals for which none was found in `settings.seconds`
    (all together) are left out, and so are all where these people cannot reach an earlier one.
    """
    capacity = Capacity(build(problem, rules))
    found: dict[str, int] = {}
    for goal in goals if capacity.holds else ():
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1 if settings.reproducible else settings.workers
        solver.parameters.random_seed = settings.seed
        solver.parameters.catch_sigint_signal = False
        limit = (settings.seconds or 0.0) / len(goals)
        if settings.reproducible:
            solver.parameters.max_deterministic_time = limit
        else:
            solver.parameters.max_time_in_seconds = limit
        most = capacity.most({goal: 1}, solver, stop)
        if most is not None:
            found[goal.key] = most
            if most < reached[goal.key]:
                break
        capacity.keep(goal, reached[goal.key])
    return found
