"""Planned time and effort: whose students the minutes go to, and which record is asked for."""

from dataclasses import replace
from fractions import Fraction

import pytest

from planner.facts.problem import Problem
from planner.hr.effort import CERTIFICATION, EACH_PAY_PERIOD, Effort, effort
from planner.plan.plan import Plan, Session
from planner.plan.positions import as_they_stand
from tests.solver.tiny import FUNDED, groups, tiny


def problem(**positions: str) -> Problem:
    """Ana at elm under this funding, with a group for each sort of student: el at tier 2, swd, and
    nobody's.
    """
    held = [
        {
            "position": "P1",
            "role": "para",
            "status": "filled",
            "staff": "Ana",
            "school": "elm",
            "fte": "1",
        }
        | positions
    ]
    wanted = [
        *groups("el", tags="el"),
        *groups("swd", tags="swd"),
        *groups("both", tags="el;swd"),
        *groups("none", tags="sed"),
    ]
    return tiny(**FUNDED | {"positions": held}, groups=wanted)


def of_ana(facts: Problem, *served: str) -> Effort:
    sessions = tuple(
        Session(group, "Mon", 480 + 30 * n, 510 + 30 * n, ("Ana",), "elm")
        for n, group in enumerate(served)
    )
    return effort(facts, Plan((), sessions), "Ana", as_they_stand(facts))


def shares(found: Effort) -> dict[str, tuple[Fraction, Fraction | None]]:
    return {line.fund: (line.funded, line.planned) for line in found.lines}


def test_minutes_go_to_the_one_fund_that_may_serve_them_and_else_in_proportion():
    facts = problem(funding="el:75;swd:25")
    found = of_ana(facts, "el", "both")
    (session,) = {facts.service_of[name].worth for name in ("el", "both")}
    assert found.minutes == 2 * session
    # el alone may serve `el`; `both` is shared as 75 to 25: (1 + 0.75) / 2 and 0.25 / 2.
    assert shares(found) == {
        "el": (Fraction(75), Fraction("87.5")),
        "swd": (Fraction(25), Fraction("12.5")),
    }
    assert [line.difference for line in found.lines] == [Fraction("12.5"), Fraction("-12.5")]


def test_minutes_of_students_whom_no_fund_may_serve_stand_apart():
    found = of_ana(problem(funding="el:100"), "el", "none")
    assert shares(found) == {"el": (Fraction(100), Fraction(50)), "": (Fraction(0), Fraction(50))}


def test_without_groups_nothing_is_planned():
    found = of_ana(problem(funding="el:50;any:50"))
    assert (found.minutes, shares(found)) == (
        0,
        {"el": (Fraction(50), None), "any": (Fraction(50), None)},
    )


@pytest.mark.parametrize(
    ("funding", "record"),
    [
        ("el:100", CERTIFICATION),
        ("el:50;swd:50", CERTIFICATION),  # two funds of one program: a single objective
        ("el:50;any:50", EACH_PAY_PERIOD),
        ("any:100", ""),
        ("", ""),
    ],
)
def test_which_record_an_auditor_asks_for(funding: str, record: str):
    assert of_ana(problem(funding=funding)).record == record


def test_positions_weigh_by_their_fte():
    facts = problem(funding="any:100")
    first, second = as_they_stand(facts)[0], as_they_stand(problem(funding="el:100"))[0]
    found = effort(
        facts,
        Plan(),
        "Ana",
        (replace(first, fte=Fraction(3, 5)), replace(second, fte=Fraction(1, 5))),
    )
    assert {line.fund: line.funded for line in found.lines} == {"any": 75, "el": 25}
