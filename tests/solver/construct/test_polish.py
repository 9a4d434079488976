"""What comes after the minutes is improved with the minutes held, and counted as the goals count."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import settings_of
from planner.rules.checker import violations
from planner.rules.goals import GOAL_OF, GOALS
from planner.rules.goals.goal import rank
from planner.rules.rule import Strength
from planner.sheets.dataset import load
from solver.stop import Stop
from solver.timetable.construct.arrays import Tally
from solver.timetable.construct.construction import Construction
from solver.timetable.construct.first_plan import first_plan
from solver.timetable.construct.polish import polish
from solver.timetable.construct.polished import PLACES, polished
from solver.timetable.construct.taken_up import taken_up
from solver.timetable.construct.tally import count
from solver.timetable.construct.tastes import tally_of, tastes_of
from tests.benchmarks.common import generated
from tests.benchmarks.common_dataset import GOALS as COMMON_GOALS
from tests.benchmarks.common_dataset import write_common
from tests.planted_region import planted_region
from tests.planted_small import random_small
from tests.planted_unusual import ALL
from tests.slow import quick_and_slow

PREFERENCES = """who,days,from,to,weight
school:{school},,08:00,10:30,3
role:{role},,09:00,11:15,-2
staff:{staff},{day},10:00,12:00,5
"""


def district(folder: Path, seed: int) -> Problem:
    """A strange district in which times are wished for and avoided."""
    random_small(folder, seed=seed, features=ALL)
    person = Problem(load(folder)).people[0]
    cells = {"school": person.schools[0], "role": person.role.role, "staff": person.id}
    day = person.shifts[0].day
    (folder / "preferences.csv").write_text(PREFERENCES.format(**cells, day=day))
    return Problem(load(folder))


def wandered(problem: Problem, plan: Plan, rounds: int) -> tuple[Construction, Tally, list[int]]:
    """The plan after so many changes by chance, however good; what was counted at the end, and
    before.
    """
    names = {session.service: 1 for session in plan.sessions}
    construction = taken_up(problem, settings_of(problem), names, plan)
    gathered, state = construction.gathered, construction.state
    tastes = tastes_of(problem, gathered)
    tally = tally_of(problem, gathered, tastes, state, plan)
    before = tally.totals.tolist()
    movable = np.ones(len(gathered.services), np.int64)
    if gathered.services:
        polish(gathered.facts, state, tastes, tally, movable, np.zeros(4), 5, rounds, 1.0)
    kept = tally.totals.tolist()
    count(gathered.facts, state, tastes, tally)
    assert kept == tally.totals.tolist()
    return construction, tally, before


@pytest.mark.parametrize("seed", quick_and_slow(range(5), range(5, 10)))
def test_changes_are_legal_and_counted_as_the_goals_count(tmp_path: Path, seed: int) -> None:
    problem = district(tmp_path, seed)
    plan = first_plan(problem, GOALS, (), Stop(), seconds=0.1)
    if plan is None:
        return
    # Lunch is placed anew before and after, so that all that differs is what was counted.
    begun, _, _ = wandered(problem, plan, 0)
    construction, tally, before = wandered(problem, plan, 600)
    for key, place in PLACES.items():
        goal = GOAL_OF[key]
        grown = goal.value(problem, construction.plan()) - goal.value(problem, begun.plan())
        assert grown == tally.totals[place] - before[place], key
    worst = len(list(violations(problem, begun.plan(), strength=Strength.HARD)))
    assert len(list(violations(problem, construction.plan(), strength=Strength.HARD))) <= worst


@pytest.mark.parametrize("seed", quick_and_slow(range(3), range(3, 6)))
def test_a_strange_district_gets_no_worse(tmp_path: Path, seed: int) -> None:
    problem = district(tmp_path, seed)
    plan = first_plan(problem, GOALS, (), Stop(), seconds=0.1)
    if plan is None:
        return
    for turned in (True, False):
        after = polished(
            problem, settings_of(problem), GOALS, plan, Stop(), seconds=0.2, turned=turned
        )
        assert rank(problem, GOALS, after) >= rank(problem, GOALS, plan)
        broken = list(violations(problem, after, strength=Strength.HARD))
        assert len(broken) <= len(list(violations(problem, plan, strength=Strength.HARD)))
        assert {name: len(found) for name, found in after.sessions_of.items()} == {
            name: len(found) for name, found in plan.sessions_of.items()
        }


def test_gaps_and_times_to_avoid_become_fewer(tmp_path: Path) -> None:
    write_common(tmp_path, generated(1, 12, 1))
    problem = Problem(load(tmp_path))
    plan = first_plan(problem, COMMON_GOALS, (), Stop(), seconds=5)
    assert plan is not None
    rules = settings_of(problem)
    once, again = (
        polished(problem, rules, COMMON_GOALS, plan, Stop(), seconds=0, reproducible=True)
        for _ in range(2)
    )
    assert once == again
    (served, idle, wished), (same, less_idle, more_wished) = (
        rank(problem, COMMON_GOALS, some) for some in (plan, once)
    )
    assert served == same
    assert less_idle > idle
    assert more_wished > wished
    assert list(violations(problem, once, strength=Strength.HARD)) == []


def test_nobody_comes_to_more_contact_in_a_week_than_is_allowed(tmp_path: Path) -> None:
    planted_region(tmp_path, schools=1, groups=24, load=0.7, seed=1)
    data = load(tmp_path)
    roles = tuple(role.model_copy(update={"max_contact_week": 1200}) for role in data.roles)
    problem = Problem(data.model_copy(update={"roles": roles}))
    plan = first_plan(problem, GOALS, (), Stop(), seconds=2)
    assert plan is not None
    assert max(contact_of(problem, plan).values()) > 1100
    construction, _, _ = wandered(problem, plan, 3000)
    assert set(construction.plan().sessions) != set(plan.sessions)
    assert max(contact_of(problem, construction.plan()).values()) <= 1200


def contact_of(problem: Problem, plan: Plan) -> Counter[str]:
    """Everybody's minutes of contact in the week."""
    found: Counter[str] = Counter()
    for session in plan.sessions:
        if problem.service_of[session.service].contact:
            found.update(dict.fromkeys(session.staff, session.minutes))
    return found
