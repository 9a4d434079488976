"""What is said of a service that a plan leaves out."""

import pytest

from planner.explain import why
from planner.plan import Placement, Plan, Session
from planner.problem.problem import Problem
from tests.solver.tiny import groups, staff, tiny

AT_WORK = Placement("Ana", "Mon", 480, 600, "elm")
WATCHED = tiny(
    staff=staff("Ana"),
    blocks=[{"start": "08:00", "end": "10:00"}, {"kind": "specials", "start": "08:00", "end": "08:30"}],
    teachers=[{"teacher": "Teo", "grades": "1"}],
    duties=[
        {"duty": "watch", "kind": "observation", "with": "Teo"},
        {"duty": "debrief", "kind": "debrief", "with": "Teo", "after": "watch"},
        {"duty": "talk", "kind": "debrief", "with": "Teo", "windows": "Mon 09:00-10:00"},
    ],
)
LARGE = tiny(
    staff=staff("Ana"),
    blocks=[{"start": "08:00", "end": "10:00"}],
    groups=groups("A", students=9),
    rules=[
        {"rule": "group_size", "setting": "hard"},
        {"rule": "group_size", "parameter": "max_students", "value": "5", "applies_to": "tier:2"},
    ],
)
RESTED = tiny(
    roles=[{"role": "para", "obligation_minutes": 120, "pay_basis": "hourly"}],
    staff=staff("Ana"),
    blocks=[{"start": "08:00", "end": "10:00"}],
    groups=groups("A", minutes=120),
    rules=[{"rule": "rest_breaks", "setting": "hard"}, {"rule": "rest_breaks", "parameter": "rest_per", "value": "60"}],
)
PAID = tiny(
    staff=staff("Ana"),
    blocks=[{"start": "08:00", "end": "10:00"}],
    groups=groups("A", tags="swd"),
    programs=[{"program": "el", "source": "federal", "tags": "el"}],
    funds=[{"fund": "el", "program": "el", "amount": 1}],
    positions=[{"position": "P", "role": "para", "status": "filled", "staff": "Ana", "fte": "1", "funding": "el:100"}],
)


@pytest.mark.parametrize(
    ("problem", "service", "rule", "words"),
    [
        (
            PAID,
            "A",
            "fund_students",
            "Nobody at Elm may serve A: none of the funds that pay them (el) may serve its tier and students (1).",
        ),
        (WATCHED, "talk", "teacher_time", "Teo cannot attend talk at the times that are left."),
        (WATCHED, "debrief", "order", "debrief must wait for watch, and no time is left after it."),
        (LARGE, "A", "group_size", "A has 9 students, more than a group of tier 2 may have."),
        (RESTED, "A", "rest_breaks", "Ana would have too little rest in A's windows."),
    ],
)
def test_the_rule_that_stops_a_service_is_named(problem: Problem, service: str, rule: str, words: str):
    watched = (Session("watch", "Mon", 540, 570, ("Ana",), "elm", "duty", "observation"),) if problem is WATCHED else ()
    assert why(problem, Plan((AT_WORK,), watched), problem.service_of[service]) == (rule, words)
