"""Idle time where somebody goes on to another school: one way is gone, once."""

from ortools.sat.python import cp_model

from planner.facts.problem import Problem
from planner.rules import settings_of
from planner.rules.goals.idle_time import GOAL
from solver.timetable.extract import extract
from solver.timetable.goals import expression
from solver.timetable.model import build
from tests.solver.tiny import TWO_SCHOOLS, groups, staff, tiny


def fewest(problem: Problem) -> tuple[int, int]:
    """The idle minutes that the model counts when all is given and they are fewest, and those that
    the checker counts in that plan.
    """
    timetable = build(problem, settings_of(problem))
    for service in timetable.services:
        timetable.model.add(timetable.sessions(service) == service.sessions)
    idle = expression(GOAL, timetable)
    timetable.model.minimize(idle)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(timetable.model) == cp_model.OPTIMAL
    return round(solver.objective_value), GOAL.value(
        problem, extract(timetable, solver.boolean_value)
    )


def test_the_way_between_two_schools_is_taken_off_once():
    problem = tiny(
        grid=20,
        roles=[{"role": "para", "obligation_minutes": 120, "max_sites_per_day": 2}],
        schools=TWO_SCHOOLS,
        travel=[{"from": "elm", "to": "oak", "minutes": 20}],
        staff=staff("Ana", schools="elm;oak"),
        groups=[
            *groups("A", minutes=20, windows="Mon 08:00-08:20"),
            *groups("B", minutes=20, school="oak", windows="Mon 09:40-10:00"),
        ],
    )
    assert fewest(problem) == (60, 60)


def test_preparation_that_is_due_is_taken_off():
    problem = tiny(
        grid=20,
        roles=[{"role": "para", "obligation_minutes": 120, "prep_minutes": 30}],
        staff=staff("Ana"),
        groups=[
            *groups("A", minutes=20, windows="Mon 08:00-08:20"),
            *groups("B", minutes=20, windows="Mon 09:20-10:00"),
        ],
    )
    assert fewest(problem) == (30, 30)
