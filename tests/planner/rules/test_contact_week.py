"""Contact a week, worked out on paper: the checker, why a session is left out, and what a week can
hold.
"""

import pytest

from planner.facts.cycle_names import weeks_of
from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.rules import contact_week
from planner.rules.explanations import why
from planner.slots.bound import Bound
from planner.slots.open_slots import FreeTime, open_slots
from planner.slots.shortage import shortage
from tests.solver.tiny import Rows, groups, staff, tiny

A_B = "MonA;TueA;MonB;TueB"


def problem(most: int, cycle: str = "Mon;Tue;Wed", people: tuple[str, ...] = ("Ana",)) -> Problem:
    roles: Rows = [{"role": "para", "obligation_minutes": 120, "max_contact_week": most}]
    return tiny(
        cycle,
        roles=roles,
        staff=staff(*people),
        blocks=[{"start": "08:00", "end": "10:00"}],
        groups=groups("A", "B", sessions=2, min_sessions=1),
        duties=[{"duty": "d"}],
    )


def given(service: str, day: str, start: int = 480) -> Session:
    kind = "duty" if service == "d" else "group"
    return Session(service, day, start, start + 30, ("Ana",), "elm", kind)


def plan(facts: Problem, *sessions: Session) -> Plan:
    at_work = (Placement("Ana", day, 480, 600, "elm") for day in facts.cycle)
    return Plan(tuple(at_work), tuple(sorted(sessions)))


@pytest.mark.parametrize(
    ("cycle", "weeks"),
    [
        ("Mon Tue Wed Thu Fri", ["Mon Tue Wed Thu Fri"]),
        ("MonA TueA FriA MonB TueB", ["MonA TueA FriA", "MonB TueB"]),
        ("MonA MonB FriA FriB", ["MonA FriA", "MonB FriB"]),
        ("D1 D2 D3 D4 D5 D6", ["D1 D2 D3 D4 D5 D6"]),
        ("D1 D2 D3 D4 D5 D6 D7 D8", ["D1 D2 D3 D4", "D5 D6 D7 D8"]),
        ("D1 D2 D3 D4 D5 D6 D7 D8 D9 D10", ["D1 D2 D3 D4 D5", "D6 D7 D8 D9 D10"]),
    ],
)
def test_the_weeks_of_a_cycle(cycle: str, weeks: list[str]):
    assert [" ".join(week) for week in weeks_of(tuple(cycle.split()))] == weeks


@pytest.mark.parametrize(("most", "over"), [(90, []), (89, [1]), (0, [90])])
def test_groups_count_and_duties_do_not(most: int, over: list[int]):
    facts = problem(most)
    made = plan(
        facts, given("A", "Mon"), given("A", "Tue"), given("B", "Wed"), given("d", "Wed", 540)
    )
    assert [found.amount for found in contact_week.RULE.violations(facts, made)] == over


def test_each_week_is_counted_by_itself():
    facts = problem(30, A_B)
    made = plan(facts, given("A", "MonA"), given("B", "MonB"), given("A", "TueB"))
    (found,) = contact_week.RULE.violations(facts, made)
    assert (found.where, found.amount) == (("Ana", "MonB"), 30)
    assert found.message == "Ana delivers 60 minutes from MonB to TueB; 30 are allowed."
    cells = contact_week.RULE.items(facts, made, found.where)
    assert [(item.day, column) for item, column in cells] == [("MonB", "start"), ("TueB", "start")]


def test_a_full_week_is_the_reason_for_what_is_left_out():
    facts = problem(60)
    made = plan(facts, given("A", "Mon"), given("A", "Tue"))
    assert why(facts, made, facts.service_of["B"]) == (
        "contact_week",
        "Ana already delivers as many minutes a week as the job class allows.",
    )


@pytest.mark.parametrize(("cycle", "most"), [("Mon;Tue;Wed", 45), (A_B, 90)])
def test_a_bound_counts_each_week(cycle: str, most: int):
    facts = problem(45, cycle)
    bound = Bound(facts)
    assert bound.most(facts.groups).minutes == most
    missing = shortage(facts, bound, ("1",), facts.groups)
    assert missing is not None
    assert "within the minutes a week of their contracts (Ana 45 minutes)" in missing.sentence


def test_who_has_a_full_week_is_free_for_nobody():
    for most, free in ((79, []), (80, ["Ana"])):
        facts = problem(most)
        made = plan(facts, given("A", "Mon"), given("A", "Tue"))
        slots = open_slots(facts, made)
        (grade,) = slots.grades
        found = [
            opening for opening in FreeTime(facts, made).openings(grade) if opening.day == "Wed"
        ]
        assert [adult.staff for opening in found for adult in opening.adults] == free
