"""What a row of the sheet groups says of its sessions is in the plan: several adults, several a day,
at the times of another group, in a teacher's class, in sessions of several lengths.
"""

from collections import Counter

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Session
from planner.rules import RULE_OF
from planner.rules.rule import Rule
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from solver.timetable.model import build
from tests.solver.every_plan import alone, every_solution, within
from tests.solver.test_agreement import plans_of
from tests.solver.tiny import Rows, groups, staff, tiny, varied

SETTINGS = SolveSettings(seconds=5, reproducible=True)


def district(rows: Rows, teachers: Rows | None = None) -> Problem:
    return tiny(
        "Mon;Tue",
        staff=staff("Ana", "Ben"),
        blocks=[
            {"start": "08:00", "end": "10:00"},
            {"kind": "core", "start": "08:00", "end": "10:00"},
        ],
        teachers=teachers or [],
        groups=rows,
    )


def planned(problem: Problem) -> list[Session]:
    plan = best_plan(problem, SETTINGS).plan
    assert plan is not None
    return list(plan.sessions)


def test_two_adults_serve_a_session_at_once():
    sessions = planned(district([*groups("A", adults=2, sessions=2), *groups("B", sessions=2)]))
    assert sorted((s.service, len(s.staff)) for s in sessions) == [("A", 2)] * 2 + [("B", 1)] * 2


def test_a_group_meets_twice_a_day():
    sessions = planned(district(groups("A", times_a_day=2, sessions=4, max_people=1)))
    assert Counter(session.day for session in sessions) == {"Mon": 2, "Tue": 2}
    assert len({(session.day, session.start) for session in sessions}) == 4


def test_groups_of_one_name_meet_at_the_same_times():
    rows = [
        *groups("A", together="x", sessions=2),
        *groups("B", together="x", sessions=1, minutes=20),
    ]
    sessions = planned(district(rows))
    times = {name: set[tuple[str, int]]() for name in "AB"}
    for session in sessions:
        times[session.service].add((session.day, session.start))
    assert (len(times["A"]), len(times["B"])) == (2, 1)
    assert times["B"] <= times["A"]


def test_a_group_is_in_its_teacher_s_class():
    teacher = {"teacher": "Teo", "grades": "1", "planning": "Mon 08:00-09:30;Tue 08:00-10:00"}
    rows = groups("A", mode="push_in", teacher="Teo", sessions=2, min_sessions=1)
    (session,) = planned(district(rows, [teacher]))
    assert (session.day, session.start) == ("Mon", 570)


def test_sessions_of_several_lengths_sum_to_the_total():
    """Each of two days has an hour for it."""
    rows = varied("A", total=80, lengths="20;35;60", windows="Mon-Tue 08:00-09:00")
    sessions = planned(district(rows))
    assert sorted(session.minutes for session in sessions) == [20, 60]
    assert len({session.day for session in sessions}) == 2


def test_what_no_window_holds_is_given_in_part():
    rows = varied("A", total=120, lengths="20;30;60", windows="Mon 08:00-08:30;Tue 08:00-09:00")
    sessions = planned(district(rows))
    assert sorted(session.minutes for session in sessions) == [30, 60]


def test_fewer_sessions_than_are_worth_giving_are_none():
    rows = varied("A", total=60, lengths="20;40", min_sessions=2, windows="Mon 08:00-09:00")
    assert planned(district(rows)) == []


VARIED = [
    ("dosage", varied("A", total=90, lengths="30;60", min_sessions=2)),
    ("windows", varied("A", total=90, lengths="30;60", windows="Mon 8:00-8:30;Tue 8:00-9:30")),
    ("different_days", varied("A", total=60, lengths="20;40")),
    ("one_adult", varied("A", total=90, lengths="30;60", max_people=1)),
    (
        "together",
        varied("A", "B", together="x", total=60, lengths="20;40", windows="Mon 8:00-9:00"),
    ),
]


@pytest.mark.parametrize(("key", "rows"), VARIED, ids=[key for key, _ in VARIED])
@pytest.mark.parametrize("diagnose", [False, True], ids=["solve", "diagnose"])
def test_model_and_checker_accept_the_same_lengths(key: str, rows: Rows, diagnose: bool):
    rule: Rule = RULE_OF[key]
    problem = tiny(
        "Mon;Tue",
        grid=60,
        roles=[{"role": "para", "obligation_minutes": 60}],
        staff=staff("Ana", "Ben"),
        groups=rows,
    )
    found = every_solution(build(problem, alone(problem, rule), diagnose=diagnose))
    expected = plans_of(problem, rule)
    assert {plan for plan in found if within(problem, plan)} == expected
    assert {s.minutes for plan in expected for s in plan.sessions} == {*problem.groups[0].lengths}
