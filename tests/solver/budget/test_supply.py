"""What people can deliver at most, worked out on paper: rooms, weeks and days of services that have
several adults or several sessions a day.
"""

import pytest

from planner.rules import settings_of
from solver.budget import supply
from solver.budget.milp import Milp, value
from tests.solver.tiny import Rows, groups, staff, tiny, varied

WEEK = "Mon;Tue;Wed"


def most(rows: Rows, **sheets: Rows) -> float:
    """The most sessions of some groups, an hour of flex time a day and three people."""
    facts = tiny(
        WEEK,
        staff=staff("Ana", "Ben", "Cy"),
        blocks=[{"start": "08:00", "end": "09:00"}],
        groups=rows,
        **sheets,
    )
    milp = Milp()
    found = supply.build(milp, facts, settings_of(facts), (), [])
    sessions = sum(found.given.values())
    milp.minimize(-sessions, 10.0)
    return round(sum(value(count) for count in found.given.values()), 3)


@pytest.mark.parametrize(
    ("rows", "sessions"),
    [
        (groups("A", "B", sessions=3), 6),
        (groups("A", "B", sessions=3, adults=2), 6),
        (groups("A", "B", sessions=3, minutes=60), 3),
        (groups("A", "B", sessions=3, minutes=60, adults=2), 3),
        (groups("A", sessions=6, times_a_day=2), 6),
        (groups("A", sessions=3, adults=3), 3),
        (groups("A", sessions=3, adults=4), 2.25),
    ],
)
def test_a_room_is_taken_once_by_all_the_adults_of_a_group(rows: Rows, sessions: float):
    assert most(rows, schools=[{"school": "elm", "spaces": 1}]) == sessions


@pytest.mark.parametrize(("minutes", "sessions"), [(30, 3), (60, 6), (200, 9)])
def test_a_week_s_contact_bounds_what_people_give(minutes: int, sessions: float):
    roles: Rows = [{"role": "para", "max_contact_week": minutes}]
    assert most(groups("A", "B", "C", sessions=3), roles=roles) == sessions


def test_sessions_of_several_lengths_are_counted_in_their_parts():
    """Three of 20 to 60 minutes, and 90 minutes in all: nine parts of ten minutes."""
    rows = varied("A", total=90, lengths="20;30;60")
    assert most(rows) == 9
    roles: Rows = [{"role": "para", "max_contact_week": 20}]
    assert most(rows, roles=roles) == 6


def test_who_comes_on_so_many_days_gives_so_much():
    roles: Rows = [{"role": "para", "max_days": 2}]
    assert most(groups("A", "B", "C", "D", sessions=3, minutes=60), roles=roles) == 6
