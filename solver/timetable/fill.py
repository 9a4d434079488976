"""Fills a timetable before its goals are taken in turn: as many minutes as possible, tiers weighed gently against each other.

Goals in strict order are poor guides: a search that may not give up one tier-3 session for ten of tier 2 gets stuck. So the first
plan is found under gentle weights, by turns: a general search of the whole, then small exact searches around what is still left
out (the weeks of two or three people who could serve it, everybody else's kept).
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from random import Random
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from planner.goals.goal import Goal
from planner.problem.service import Service

if TYPE_CHECKING:
    from solver.timetable.search import Search

BURST = 3.0
"""Seconds of general search before the small searches take their turn."""
SMALL = 1.0
"""Most seconds of one small search."""
SMALL_SEARCHES = 8
"""Small searches in a turn."""


def fill(search: "Search", goals: Sequence[Goal], left: Callable[[], float]) -> None:
    """Improves the search's plan until everything owed is given or no seconds are left."""
    weights = [2 ** (len(goals) - 1 - index) for index in range(len(goals))]
    objective = sum(weight * search.expression(goal) for weight, goal in zip(weights, goals, strict=True))
    if isinstance(objective, int):
        return
    model = search.timetable.model
    model.maximize(objective)
    limit, seed = search.limit(objective, more=True), search.settings.seed
    random = Random(seed)
    while search.value_of(objective) < limit and left() > 0 and not search.stop.asked:
        search.complete_hint()
        status = search.solve(model, min(BURST, left()), seed=random.randrange(10**6), subsolver="quick_restart_no_lp")
        if status == cp_model.OPTIMAL:
            break
        for _ in range(SMALL_SEARCHES):
            if search.value_of(objective) >= limit or left() <= 0 or search.stop.asked:
                break
            around(search, objective, random, min(SMALL, left()))
    model.clear_objective()


def around(search: "Search", objective: cp_model.LinearExpr, random: Random, seconds: float) -> None:
    """One small search: the weeks of a few people who could serve something that is left out; the rest stays as it is."""
    missing = [service for service in search.timetable.services if service.group and not _served(search, service)]
    if not missing or search.solution is None:
        return
    people = _who(search, random.choice(missing), random)
    fixed = [
        literal.index
        for parts in (search.timetable.given, search.timetable.lunch, search.timetable.preparing)
        for key, literal in parts.items()
        if not people & set(key[:2])
    ]
    search.complete_hint()
    model = search.timetable.model.clone()
    variables, values = model.proto.variables, search.solution
    for index in fixed:
        domain = variables[index].domain
        domain.clear()
        domain.extend([values[index], values[index]])
    before = search.value_of(objective)
    search.solve(model, seconds, seed=random.randrange(10**6), least=before)


def _served(search: "Search", service: Service) -> bool:
    count = search.timetable.counts.get(service.id, 0)
    return search.value_of(count) >= min(service.sessions, len(search.timetable.starts_of[service.id]))


def _who(search: "Search", service: Service, random: Random) -> set[str]:
    """Two or three people, at least one of whom could serve it."""
    near: defaultdict[str, int] = defaultdict(int)
    for way, _ in search.timetable.ways_of[service.id]:
        near[way[1]] += 1
    able = sorted(near)
    first = random.sample(able, min(2, len(able)))
    everyone = [person.id for person in search.timetable.people]
    return {*first, *random.sample(everyone, min(random.choice([0, 1, 1]), len(everyone)))}
