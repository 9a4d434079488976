"""What goes in as one: several a day, several adults, meetings, groups that meet together; and what
waits for another duty, or has named dates.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from planner.document.timetable_rows import placement_rows, session_rows
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import RULE_OF, settings_of
from planner.rules.checker import violations
from planner.rules.goals import GOALS
from planner.rules.rule import Strength
from planner.sheets.dataset import load
from solver.stop import Stop
from solver.timetable.construct.construction import Construction, Limit, session_weights
from solver.timetable.construct.first_plan import first_plan, must_of
from solver.timetable.construct.gather import gather
from solver.timetable.construct.strengths import SetStrengths
from tests.oracle import check
from tests.planted_sheets import WEEK, Row, Sheets, between, told, write
from tests.planted_small import random_small
from tests.slow import quick_and_slow

DAY, LESSON = 495, 45
LESSONS = 6
"""Lessons of a day, one after the other."""
SEVERAL = frozenset({"twice_a_day", "together", "several", "order", "teacher_time", "dated"})
"""What goes in as one, of the strange districts' features."""
KNOWN = [
    RULE_OF[key]
    for key in (
        "attendance",
        "contact_minutes",
        "different_days",
        "named_dates",
        "no_student_twice",
        "one_adult",
        "one_place_at_once",
        "order",
        "pull_out_spaces",
        "shift",
        "together",
    )
]
"""Rules that a construction keeps by itself."""


def planted_bundles(folder: Path, seed: int) -> dict[str, int]:
    """Write a school of three adults that can be served whole, whose sessions go in as one.

    Lessons are tiled over the week as one draws them: two adults at once, two groups that meet
    together, a group that meets up to three times on a day, a meeting of all three, what comes
    after it, and a group that meets six times a quarter.

    Returns:
        The sessions owed of each service.
    """
    rng = Random(f"bundles/{seed}")
    people = ["A", "B", "C"]
    free = {(day, lesson): set(people) for day in WEEK for lesson in range(LESSONS)}
    groups: list[Row] = []
    members: list[Row] = []
    owed: dict[str, int] = {}

    def times(who: set[str], wanted: int, a_day: int, days: Sequence[str] = WEEK) -> int:
        """Plant so many times at which these are free, and say how many there were."""
        found: Counter[str] = Counter()
        for spot in rng.sample(sorted(free), len(free)):
            many = found.total() < wanted and found[spot[0]] < a_day
            if many and spot[0] in days and who <= free[spot]:
                free[spot] -= who
                found[spot[0]] += 1
        return found.total()

    def group(name: str, sessions: int, **more: object) -> None:
        owed[name] = sessions
        row: Row = {"group": name, "school": "S", "grades": "1", "tier": "2", "minutes": LESSON}
        groups.append(row | {"sessions": sessions} | more)
        members.append({"student": f"K{name}", "group": name})

    owed["M"] = times(set(people), 2, 1, WEEK[:3])
    owed["F"] = times({"A"}, 2, 1, WEEK[3:])
    times({"B"}, 1, 1)
    group("Q", 1, staff="B")
    groups[0]["sessions"] = "6/quarter"
    for number in range(12):
        kind = rng.choice(["adults", "together", "times"])
        who = set(rng.sample(people, 1 if kind == "times" else 2))
        a_day = rng.choice([2, 3]) if kind == "times" else rng.choice([1, 1, 2])
        sessions = times(who, rng.randint(2, 7), a_day)
        if not sessions:
            continue
        more: Row = {"times_a_day": a_day if a_day > 1 else ""}
        if kind == "adults":
            group(f"G{number}", sessions, adults=2, staff=";".join(sorted(who)), **more)
        else:
            for name in sorted(who):
                together = f"T{number}" if kind == "together" else ""
                group(f"G{number}{name}", sessions, staff=name, together=together, **more)
    sheets: Sheets = {
        "district": [
            {
                "name": f"Bundles {seed}",
                "year_start": "2026-08-31",
                "year_end": "2027-06-18",
                "plan_date": "2026-10-05",
                "cycle": ";".join(WEEK),
                "grades": "1",
                "grid_minutes": LESSON,
            }
        ],
        "roles": [
            {
                "role": "teacher",
                "title": "Teacher",
                "certificated": "yes",
                "contract_days": 190,
                "obligation_minutes": LESSON * LESSONS,
                "lunch_minutes": 0,
                "max_consecutive_minutes": LESSON * LESSONS,
            }
        ],
        "schools": [
            {
                "school": "S",
                "name": "S",
                "hours": f"all {between(DAY, DAY + LESSON * LESSONS)}",
            }
        ],
        "blocks": [
            {
                "school": "S",
                "grades": "1",
                "start": told(DAY),
                "end": told(DAY + LESSON * LESSONS),
                "kind": "flex",
            }
        ],
        "staff": [{"staff": name, "role": "teacher"} for name in people],
        "groups": groups,
        "members": members,
        "duties": [
            {
                "duty": name,
                "kind": "meeting",
                "school": rng.choice(["S", ""]),
                "adults": adults,
                "with": ";".join(attendees),
                "staff": ";".join(staff),
                "after": after,
                "minutes": LESSON,
                "sessions": owed[name],
            }
            for name, adults, attendees, staff, after in (
                ("M", 0, people, [], ""),
                ("F", 1, [], ["A"], "M"),
            )
        ],
    }
    write(folder, sheets)
    return owed


@pytest.mark.parametrize("seed", quick_and_slow(range(3), range(3, 8)))
def test_a_planted_school_is_served_whole(tmp_path: Path, seed: int) -> None:
    owed = planted_bundles(tmp_path, seed)
    problem = Problem(load(tmp_path))
    plan = first_plan(problem, GOALS, (), Stop(), seconds=20)
    assert plan is not None
    assert {name: len(found) for name, found in plan.sessions_of.items()} == owed
    assert check(tmp_path, as_document(problem, plan)) == []


@pytest.mark.parametrize("seed", quick_and_slow(range(6), range(6, 40)))
def test_what_goes_in_as_one_is_legal_before_anybody_judges_it(tmp_path: Path, seed: int) -> None:
    random_small(tmp_path, seed=seed, features=SEVERAL)
    problem = Problem(load(tmp_path))
    rules = settings_of(problem)
    gathered = gather(
        problem, SetStrengths(problem, rules), session_weights(problem, GOALS), bundles=True
    )
    construction = Construction(problem, gathered)
    construction.build(Limit(Stop(), 0.1))
    broken = violations(problem, construction.plan(), strength=Strength.HARD, rules=KNOWN)
    given = {session.service for session in construction.plan().sessions}
    assert [found.message for found in broken if given & set(found.where)] == []


@pytest.mark.parametrize("seed", quick_and_slow(range(3), range(3, 16)))
def test_a_plan_is_taken_up_as_it_is(tmp_path: Path, seed: int) -> None:
    random_small(tmp_path, seed=seed, features=SEVERAL)
    problem = Problem(load(tmp_path))
    plan = first_plan(problem, GOALS, (), Stop(), seconds=0.1)
    if plan is None:
        return
    rules, weights = SetStrengths(problem, settings_of(problem)), session_weights(problem, GOALS)
    fixed = must_of(problem, plan)
    gathered = gather(problem, rules, weights, fixed=fixed, bundles=True)
    construction = Construction(problem, gathered, fixed=fixed)
    construction.take_up(plan)
    assert set(construction.plan().sessions) == set(plan.sessions)
    assert check(tmp_path, as_document(problem, plan)) == []


def as_document(problem: Problem, plan: Plan) -> dict[str, Any]:
    """A plan as the oracle reads it."""
    return {
        "sessions": [row.as_data() for row in session_rows(problem, plan)],
        "placements": [row.as_data() for row in placement_rows(problem, plan)],
    }
