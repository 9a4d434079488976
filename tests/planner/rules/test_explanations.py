"""What is said of a service that a plan leaves out."""

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.rules.explanations import NOT_LOOKED_AT, unserved, why
from tests.solver.tiny import groups, staff, tiny

AT_WORK = Placement("Ana", "Mon", 480, 600, "elm")
WATCHED = tiny(
    staff=staff("Ana"),
    blocks=[
        {"start": "08:00", "end": "10:00"},
        {"kind": "specials", "start": "08:00", "end": "08:30"},
    ],
    teachers=[{"teacher": "Teo", "grades": "1"}],
    duties=[
        {"duty": "watch", "kind": "observation", "with": "Teo"},
        {"duty": "debrief", "kind": "debrief", "with": "Teo", "after": "watch"},
        {"duty": "talk", "kind": "debrief", "with": "Teo", "windows": "Mon 09:00-10:00"},
    ],
)
TAUGHT = tiny(
    staff=staff("Ana"),
    blocks=[{"kind": "core", "start": "08:00", "end": "10:00"}],
    teachers=[{"teacher": "Teo", "grades": "1", "planning": "Mon 08:00-09:45"}],
    groups=groups("A", mode="push_in", teacher="Teo"),
)
SEVERAL = tiny(
    staff=staff("Ana", "Ben"),
    blocks=[{"start": "08:00", "end": "10:00"}],
    groups=[*groups("A", adults=2), *groups("B", adults=2, staff="Ana")],
)
"""Ben is not at work in the plan."""
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
    rules=[
        {"rule": "rest_breaks", "setting": "hard"},
        {"rule": "rest_breaks", "parameter": "rest_per", "value": "60"},
    ],
)
PAID = tiny(
    staff=staff("Ana"),
    blocks=[{"start": "08:00", "end": "10:00"}],
    groups=groups("A", tags="swd"),
    programs=[{"program": "el", "source": "federal", "tags": "el"}],
    funds=[{"fund": "el", "program": "el", "amount": 1}],
    positions=[
        {
            "position": "P",
            "role": "para",
            "status": "filled",
            "staff": "Ana",
            "fte": "1",
            "funding": "el:100",
        }
    ],
)


@pytest.mark.parametrize(
    ("problem", "service", "rule", "words"),
    [
        (
            PAID,
            "A",
            "fund_students",
            "Nobody at Elm may serve A: none of the funds that pay them (el) may serve its tier "
            "and students (1).",
        ),
        (WATCHED, "talk", "teacher_time", "Teo cannot attend talk at the times that are left."),
        (
            TAUGHT,
            "A",
            "teacher_time",
            "Teo is not in class at the times that are left for A.",
        ),
        (
            SEVERAL,
            "A",
            "attendance",
            "A needs 2 adults at once, and no time is left at which so many who may serve it are "
            "free.",
        ),
        (SEVERAL, "B", "attendance", "B needs 2 adults at once, and Ana alone may serve it."),
        (WATCHED, "debrief", "order", "debrief must wait for watch, and no time is left after it."),
        (LARGE, "A", "group_size", "A has 9 students, more than a group of tier 2 may have."),
        (RESTED, "A", "rest_breaks", "Ana would have too little rest in A's windows."),
    ],
)
def test_the_rule_that_stops_a_service_is_named(
    problem: Problem, service: str, rule: str, words: str
):
    watched = (
        (Session("watch", "Mon", 540, 570, ("Ana",), "elm", "duty", "observation"),)
        if problem is WATCHED
        else ()
    )
    assert why(problem, Plan((AT_WORK,), watched), problem.service_of[service]) == (rule, words)


MEETINGS = tiny(
    schools=[{"school": "elm"}, {"school": "oak", "name": "Oak"}],
    staff=[*staff("Ana", "Ben", "Cy"), *staff("Di", schools="oak")],
    teachers=[{"teacher": "Teo"}],
    groups=groups("A", windows="Mon 08:00-10:00"),
    duties=[
        {"duty": "both", "adults": 0, "with": "Ana;Ben", "windows": "Mon 08:00-08:30"},
        {"duty": "apart", "adults": 0, "with": "Ana;Di", "windows": "Mon 08:30-09:00"},
        {"duty": "led", "with": "Ana;Teo", "staff": "Cy", "windows": "Mon 08:00-08:30"},
        {"duty": "twice", "adults": 0, "with": "Ana;Ben", "sessions": 2, "required": "yes"},
        {"duty": "guests", "adults": 0, "with": "Teo", "windows": "Mon 09:30-10:00"},
        {"duty": "class", "adults": 0, "with": "Teo", "windows": "Mon 09:30-10:00"},
    ],
)


@pytest.mark.parametrize(
    ("service", "rule", "words"),
    [
        (
            "both",
            "one_place_at_once",
            "Ana, who must attend both, is taken in its windows (mostly by A).",
        ),
        ("apart", "shift", "Di is not at Elm in apart's windows."),
        (
            "led",
            "one_place_at_once",
            "Ana, who must attend led, is taken in its windows (mostly by A).",
        ),
        ("twice", "dosage", "twice needs 2 sessions; all who attend have time on Mon alone."),
        ("guests", "one_place_at_once", "Teo, who must attend guests, is taken in its windows."),
    ],
)
def test_of_a_duty_with_names_only_those_are_named_who_are_in_the_way(
    service: str, rule: str, words: str
):
    """Ana serves A from 08:00 to 08:30, and Teo is at class from 09:30 on; everybody else is
    free.
    """
    held = (
        Session("A", "Mon", 480, 510, ("Ana",), "elm", "group", "pull_out"),
        Session("class", "Mon", 570, 600, (), "elm", "duty"),
    )
    at_work = [
        Placement(name, "Mon", 480, 600, "oak" if name == "Di" else "elm")
        for name in ("Ana", "Ben", "Cy", "Di")
    ]
    assert why(MEETINGS, Plan(tuple(at_work), held), MEETINGS.service_of[service]) == (rule, words)


ROOM = (
    "There seems to be room for another session of {} beside this plan: a longer search may "
    "give it."
)
AGAIN = tiny(
    cycle="Mon;Tue",
    staff=staff("Ana", "Ben"),
    blocks=[{"days": "Mon;Tue", "start": "08:00", "end": "10:00"}],
    groups=groups("A", sessions=2, min_sessions=1, max_people=1)
    + groups("B", sessions=2, min_sessions=1),
    duties=[
        {"duty": "data", "staff": "Ana;Ben", "windows": "Mon 09:30-10:00"},
        {"duty": "monday", "staff": "Ana;Ben", "windows": "Mon 08:00-10:00", "sessions": 2},
    ],
)


@pytest.mark.parametrize(
    ("service", "rule", "words"),
    [
        ("data", "", ROOM.format("data")),
        ("monday", "different_days", "monday has a session on every day of its windows already."),
        ("A", "shift", "Ana is not at Elm in A's windows."),
        ("B", "", ROOM.format("B")),
    ],
)
def test_there_is_room_only_on_further_days_and_for_who_may_serve(
    service: str, rule: str, words: str
):
    """Ana works on Monday, Ben on both days; A and B are Ana's on Monday;
    A may not have two adults, B may.
    """
    held = (
        Session("A", "Mon", 480, 510, ("Ana",), "elm", "group", "pull_out"),
        Session("B", "Mon", 510, 540, ("Ana",), "elm", "group", "pull_out"),
        Session("monday", "Mon", 540, 570, ("Ana",), "elm", "duty"),
    )
    at_work = [
        Placement(name, day, 480, 600, "elm")
        for name, day in (("Ana", "Mon"), ("Ben", "Mon"), ("Ben", "Tue"))
    ]
    assert why(AGAIN, Plan(tuple(at_work), held), AGAIN.service_of[service]) == (rule, words)


def test_what_nobody_had_the_time_to_look_at_names_no_rule():
    looks = iter([False, True])
    first, second = unserved(SEVERAL, Plan(), lambda: next(looks))
    assert first.rule
    assert (second.rule, second.reason) == NOT_LOOKED_AT
    again = unserved(SEVERAL, Plan())[0]
    assert (again.service, again.rule) == (
        first.service,
        first.rule,
    )
