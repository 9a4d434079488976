"""Sessions of several lengths: what the checker, the measures and the reasons say of them."""

import pytest

from planner.facts.problem import Problem
from planner.plan.measures import measure
from planner.plan.plan import Placement, Plan, Session
from planner.rules import dosage
from planner.rules.explanations import unserved
from planner.rules.moves import moments
from planner.slots.bound import Bound
from planner.slots.shortage import find_shortages
from tests.solver.tiny import staff, tiny, varied

FLEX = [{"start": "08:00", "end": "09:00"}]


def problem(total: int = 90, lengths: str = "20;30;60", **cells: object) -> Problem:
    return tiny(
        "Mon;Tue;Wed",
        staff=staff("Ana"),
        blocks=FLEX,
        groups=varied("A", total=total, lengths=lengths, **cells),
    )


def of(*lengths: int) -> Plan:
    """A session of each length, on days one after the other."""
    days = zip(("Mon", "Tue", "Wed"), lengths, strict=False)
    sessions = (
        Session("A", day, 480, 480 + minutes, ("Ana",), "elm", "group", "pull_out")
        for day, minutes in days
    )
    return Plan((), tuple(sessions))


@pytest.mark.parametrize(
    ("lengths", "fewest", "said"),
    [
        ((), "", []),
        ((30, 60), "", []),
        ((30, 30, 30), "", []),
        ((60,), "", []),
        ((25,), "", ["A on Mon takes 25 minutes instead of 20, 30 or 60."]),
        ((60, 60), "", ["The sessions of A come to 120 minutes a cycle instead of 90."]),
        ((60,), 2, ["A gets 1 sessions a cycle instead of 2 or more."]),
    ],
)
def test_the_checker_adds_lengths_up(lengths: tuple[int, ...], fewest: object, said: list[str]):
    facts = problem(min_sessions=fewest)
    assert [v.message for v in dosage.violations(facts, of(*lengths))] == said


def test_measures_count_minutes_and_the_sessions_that_are_still_to_come():
    figures = {
        lengths: measure(problem(), of(*lengths)).groups[0]
        for lengths in ((), (30,), (20, 30), (30, 60))
    }
    assert {lengths: (g.minutes.owed, g.minutes.delivered) for lengths, g in figures.items()} == {
        (): (90, 0),
        (30,): (90, 30),
        (20, 30): (90, 50),
        (30, 60): (90, 90),
    }
    assert {lengths: (g.sessions.owed, g.sessions.delivered) for lengths, g in figures.items()} == {
        (): (2, 0),
        (30,): (2, 1),
        (20, 30): (4, 2),
        (30, 60): (2, 2),
    }


def test_what_no_session_can_make_up_is_the_reason():
    facts = problem(total=50, lengths="20;30")
    (left,) = unserved(facts, of(20, 20))
    assert (left.rule, left.sessions_given, left.sessions_owed) == ("dosage", 2, 3)
    assert left.reason == (
        "The sessions that A gets come to 40 of 50 minutes, and none of 20 or 30 minutes make up "
        "the other 10."
    )
    assert unserved(facts, of(20, 30)) == ()


def test_a_session_moves_with_its_length():
    facts = tiny(
        "Mon;Tue",
        staff=staff("Ana"),
        blocks=FLEX,
        groups=varied("A", total=90, lengths="30;60"),
    )
    long, short = of(60, 30).sessions
    work = (Placement("Ana", "Mon", 480, 600, "elm"), Placement("Ana", "Tue", 480, 600, "elm"))
    plan = Plan(work, (long, short))
    assert moments(facts, plan, short) == [("Tue", 510)]
    assert moments(facts, plan, long) == []


@pytest.mark.parametrize(
    ("total", "lengths", "windows", "most"),
    [
        (90, "20;30;60", "", 90),
        (180, "20;60", "", 180),
        (160, "20;60", "Mon 08:00-08:40;Tue 08:00-09:00", 80),
        (60, "20;40", "Mon 08:00-08:20", 20),
    ],
)
def test_most_minutes_of_several_lengths(total: int, lengths: str, windows: str, most: int):
    facts = problem(total, lengths, windows=windows)
    assert Bound(facts).most(facts.groups).minutes >= most
    short = [found.minutes for found in find_shortages(facts, Bound(facts), facts.schools)]
    assert sum(short) <= total - most
