"""Groups that meet together: what the checker says, why one is left out, and what shares nobody."""

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.rules import together
from planner.rules.explanations import why
from solver.timetable.components import components
from tests.solver.tiny import groups, staff, tiny

FLEX = [{"start": "08:00", "end": "10:00"}]


def problem(a: int = 1, b: int = 1, **cells: str) -> Problem:
    return tiny(
        "Mon;Tue",
        staff=staff("Ana", "Ben"),
        blocks=FLEX,
        groups=[
            *groups("A", together="x", sessions=a),
            *groups("B", together="x", sessions=b, **cells),
            *groups("C", together="y"),
        ],
    )


def at(group: str, day: str, start: int, who: str = "Ana") -> Session:
    return Session(group, day, start, start + 30, (who,), "elm", "group", "pull_out")


@pytest.mark.parametrize(
    ("sizes", "sessions", "apart"),
    [
        ((1, 1), [at("A", "Mon", 480), at("B", "Mon", 480, "Ben")], []),
        ((1, 1), [at("A", "Mon", 480), at("B", "Mon", 510, "Ben")], ["A", "B"]),
        ((1, 1), [at("A", "Mon", 480), at("B", "Tue", 480, "Ben")], ["A", "B"]),
        ((1, 1), [at("A", "Mon", 480), at("C", "Mon", 510)], []),
        ((2, 1), [at("A", "Mon", 480), at("A", "Tue", 510), at("B", "Tue", 510, "Ben")], []),
        ((2, 1), [at("A", "Mon", 480), at("A", "Tue", 510), at("B", "Tue", 480, "Ben")], ["B"]),
    ],
)
def test_who_meets_apart_is_named(
    sizes: tuple[int, int], sessions: list[Session], apart: list[str]
):
    found = together.RULE.violations(problem(*sizes), Plan((), tuple(sorted(sessions))))
    assert [violation.where[0] for violation in found] == apart


def test_groups_of_one_name_are_planned_as_one():
    parts = components(problem())
    assert any({"A", "B"} <= {service.id for service in part.services} for part in parts)


def test_the_reason_names_the_other_group():
    facts = problem(windows="Mon 09:00-10:00")
    placed = tuple(Placement(who, "Mon", 480, 600, "elm") for who in ("Ana", "Ben"))
    plan = Plan(placed, (at("A", "Mon", 480),))
    assert why(facts, plan, facts.service_of["B"]) == (
        "together",
        "B meets at the same times as A, and these are used or taken.",
    )
