"""No plan that keeps the rules gets beyond what is said to be the most that some groups can get."""

import pytest

from planner.slots.bound import Bound
from planner.slots.shortage import find_shortages, shortage
from solver.settings import SolveSettings
from tests.planted_small import random_small
from tests.solver.judged import solved

SETTINGS = SolveSettings(seconds=3, workers=1)
TIERS = SolveSettings(goals=SETTINGS.goals[:3], seconds=3, workers=1)


@pytest.mark.parametrize("seed", [3, 5, 8, 13, 21, 34, 55, 89])
def test_a_plan_of_a_strange_dataset_stays_within_every_bound(tmp_path, seed):
    random_small(tmp_path, seed=seed)
    problem, result = solved(tmp_path, TIERS)
    bound = Bound(problem)
    if result.plan is None:
        return
    given = {
        g.id: sum(s.minutes for s in result.plan.sessions_of.get(g.id, ())) for g in problem.groups
    }
    for school in problem.schools:
        groups = [group for group in problem.groups if group.school == school]
        sets = [
            groups,
            *(
                [g for g in groups if g.group and grade in g.group.grades]
                for grade in problem.data.district.grades
            ),
        ]
        for some in [each for each in (*sets, *([group] for group in groups)) if each]:
            assert sum(given[g.id] for g in some) <= bound.most(some).minutes
    for found in find_shortages(problem, bound, problem.schools):
        groups = tuple(problem.service_of[name] for name in found.groups)
        assert sum(given[g.id] for g in groups) <= found.owed - found.minutes
        assert shortage(problem, bound, found.grades, groups, found.only) == found
