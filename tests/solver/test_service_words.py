"""What a row of the sheet groups says of its sessions is in the plan: several adults, several a day,
at the times of another group, in a teacher's class.
"""

from collections import Counter

from planner.facts.problem import Problem
from planner.plan.plan import Session
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from tests.solver.tiny import Rows, groups, staff, tiny

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
