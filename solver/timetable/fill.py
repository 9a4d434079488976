"""Fills a timetable before its goals are taken in turn: as many minutes as possible, tiers weighed gently against each other.

Goals in strict order are poor guides: a search that may not give up one tier-3 session for ten of tier 2 gets stuck. So the first
plan is found under gentle weights, by turns: a general search of the whole, then small exact searches around what is still left
out (the weeks of two or three people who could serve it, everybody else's kept).
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from planner.goals.goal import Goal
from solver.timetable.neighbourhood import SMALL, around

if TYPE_CHECKING:
    from solver.timetable.search import Search

BURST = 3.0
"""Seconds of general search before the small searches take their turn."""
SMALL_SEARCHES = 8
"""Small searches in a turn."""
PROOF = 2.0
"""Seconds for proving what can be filled at most, after a first turn."""
PATIENCE = 3
"""Turns without anything better after which the goals are taken."""


def fill(search: "Search", goals: Sequence[Goal], left: Callable[[], float]) -> None:
    """Improves the search's plan until nothing better is possible, or nothing better is found, or no seconds are left."""
    weights = {goal: 2 ** (len(goals) - 1 - index) for index, goal in enumerate(goals)}
    objective = sum(weight * search.expression(goal) for goal, weight in weights.items())
    if isinstance(objective, int):
        return
    search.timetable.model.maximize(objective)
    limit, random = search.limit(objective, more=True), Random(search.settings.seed)
    idle = turns = 0
    while search.value_of(objective) < limit and left() > 0 and idle < PATIENCE and not search.stop.asked:
        before = search.value_of(objective)
        if _turn(search, objective, goals, limit, random, left):
            break
        idle = 0 if search.value_of(objective) > before else idle + 1
        turns += 1
        if turns == 1 and search.value_of(objective) < limit:
            proved = search.capacity.most(weights, min(PROOF, max(0.1, left())), search.settings.seed)
            limit = limit if proved is None else min(limit, proved)
    search.timetable.model.clear_objective()


def _turn(
    search: "Search",
    objective: cp_model.LinearExpr,
    goals: Sequence[Goal],
    limit: int,
    random: Random,
    left: Callable[[], float],
) -> bool:
    """A general search, then small ones; whether the general one proved that nothing better is possible."""
    search.complete_hint()
    seed = random.randrange(10**6)
    if search.solve(search.timetable.model, min(BURST, left()), seed=seed, subsolver="quick_restart_no_lp") == cp_model.OPTIMAL:
        return True
    for _ in range(SMALL_SEARCHES):
        if search.value_of(objective) >= limit or left() <= 0 or search.stop.asked:
            break
        around(search, objective, goals, random, min(SMALL, left()))
    return False
