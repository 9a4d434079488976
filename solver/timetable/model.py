"""The model on one screen: variables, then every rule that is on, then what nobody can do at once."""

from collections.abc import Iterable, Mapping
from itertools import combinations

from planner.problem.person import Person
from planner.problem.problem import Problem
from planner.problem.service import Service
from planner.rule import Setting
from planner.rules import RULES
from planner.rules.one_place_at_once import RULE as ONE_PLACE
from solver.timetable import variables
from solver.timetable.rules import BUILDERS
from solver.timetable.timetable import Timetable


def build(
    problem: Problem,
    settings: Mapping[str, Setting],
    *,
    services: Iterable[Service] | None = None,
    people: Iterable[Person] | None = None,
    diagnose: bool = False,
) -> Timetable:
    """The timetable of some services and people (by default all), with every rule that is not off posted to it."""
    timetable = Timetable(problem, settings, services=services, people=people, diagnose=diagnose)
    variables.create(timetable)
    for rule in RULES:
        if timetable.is_on(rule):
            BUILDERS[rule.key](timetable)
    _nobody_twice(timetable)
    return timetable


def _nobody_twice(timetable: Timetable) -> None:
    """For each person and tick: Σ of what takes their time ≤ 1, as cliques at the ticks at which something starts.

    One clique for sessions, lunch, preparation and travel together is what makes the relaxation count a day's minutes. In
    diagnosis the pairs are posted apart, each blamed on the rule that brought it.
    """
    for (person, day), taken in timetable.taken.items():
        if timetable.posting.diagnose:
            for (first, begin, end, one), (then, start, finish, other) in combinations(taken, 2):
                if start < end and begin < finish:
                    rule = first if first is not ONE_PLACE else then
                    timetable.posting.at_most_one(rule, (person, day), [one, other])
            continue
        for tick in sorted({begin for _, begin, _, _ in taken}):
            timetable.model.add_at_most_one(literal for _, begin, end, literal in taken if begin <= tick < end)
