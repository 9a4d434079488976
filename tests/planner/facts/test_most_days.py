"""Days on which somebody comes: the shifts that are left open, and the days of a contract."""

import pytest

from planner.facts.problem import Problem
from planner.plan.contract_year import contract_days
from planner.plan.plan import Placement, Plan
from planner.rules import shift
from tests.solver.tiny import tiny

WEEK = "Mon;Tue;Wed;Thu;Fri"


def problem(part_time: str, fte: str, own: int | str, of_role: int | str = "") -> Problem:
    return tiny(
        WEEK,
        roles=[{"role": "para", "part_time": part_time, "max_days": of_role}],
        staff=[{"staff": "Ana", "fte": fte, "max_days": own}],
    )


@pytest.mark.parametrize(
    ("part_time", "fte", "own", "of_role", "days", "lengths"),
    [
        ("hours", "0.6", "", "", 5, {72}),
        ("hours", "0.6", 3, "", 3, {120}),
        ("hours", "0.6", 4, 2, 4, {90}),
        ("hours", "0.6", "", 2, 2, {180}),
        ("hours", "1", 7, "", 5, {120}),
        ("days", "0.5", 3, "", 3, {120, 60}),
        ("days", "0.5", 4, "", 4, {120, 60}),
        ("days", "0.6", 2, "", 2, {180}),
    ],
)
def test_the_contract_is_spread_over_so_many_days(
    part_time: str, fte: str, own: int | str, of_role: int | str, days: int, lengths: set[int]
):
    (person,) = problem(part_time, fte, own, of_role).people
    assert person.most_days == days
    assert {shift.obligation for shift in person.shifts} == lengths
    assert {shift.day for shift in person.shifts} == set(WEEK.split(";"))


def test_a_day_too_many_is_said():
    facts = problem("hours", "0.6", 3)
    worked = (Placement("Ana", day, 480, 600, "elm") for day in WEEK.split(";")[:4])
    found = [violation.message for violation in shift.RULE.violations(facts, Plan(tuple(worked)))]
    assert "Ana comes on 4 days; 3 are the most." in found


@pytest.mark.parametrize(("own", "days"), [("", 190), (3, 114)])
def test_who_comes_on_three_days_of_five_has_that_part_of_the_contract(own: int | str, days: int):
    facts = problem("hours", "0.6", own)
    assert contract_days(facts, facts.people[0]) == days
