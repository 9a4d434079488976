"""Where a plan that serves everybody is planted, everybody is served; with one adult too few, what
is left out has a reason.
"""

import pytest

from planner.plan.result import Status
from solver.settings import SolveSettings
from tests import oracle
from tests.planted import overloaded, planted
from tests.planted_windows import planted_windows
from tests.slow import quick_and_slow
from tests.solver.judged import document, faults, solved

SETTINGS = SolveSettings(seconds=40, workers=1)
FIRST = SolveSettings(goals=SETTINGS.goals[:5], seconds=40, workers=1)
"""The goals that say how much is served; they end as soon as everything is."""


@pytest.mark.parametrize(
    ("schools", "groups", "seed"), quick_and_slow([(1, 8, 1), (2, 8, 4)], [(1, 9, 2), (1, 10, 3)])
)
def test_a_planted_dataset_is_served_completely(tmp_path, schools, groups, seed):
    planted(tmp_path, schools=schools, groups_per_school=groups, load=0.7, seed=seed)
    problem, result = solved(tmp_path, FIRST)
    assert faults(tmp_path, problem, result, FIRST) == []
    written = document(problem, result)
    assert oracle.delivered(tmp_path, written) == oracle.owed(tmp_path)
    assert [
        left.service for left in result.unserved if problem.service_of[left.service].group
    ] == []
    owed = {
        f"tier_{tier}_minutes": sum(g.owed * g.priority for g in problem.groups if g.tier == tier)
        for tier in (1, 2, 3)
    }
    assert {goal.goal: goal.value for goal in result.goals if goal.goal in owed} == owed


@pytest.mark.parametrize(("schools", "load", "seed"), quick_and_slow([(1, 1.0, 1)], [(2, 0.9, 2)]))
def test_windows_that_can_be_filled_exactly_are_filled(tmp_path, schools, load, seed):
    planted_windows(tmp_path, schools=schools, staff=2, groups=18, load=load, seed=seed)
    problem, result = solved(tmp_path, FIRST)
    assert faults(tmp_path, problem, result, FIRST) == []
    assert oracle.delivered(tmp_path, document(problem, result)) == oracle.owed(tmp_path)
    assert [goal.goal for goal in result.goals if not goal.proved] == []


def test_what_short_windows_can_hold_is_proved(tmp_path):
    planted_windows(tmp_path, seed=2, staff=2, groups=16, load=1.0, missing=1)
    problem, result = solved(tmp_path, FIRST)
    assert faults(tmp_path, problem, result, FIRST) == []
    assert sum(oracle.delivered(tmp_path, document(problem, result)).values()) < sum(
        oracle.owed(tmp_path).values()
    )
    proved = {goal.goal: goal.proved for goal in result.goals}
    assert proved["tier_3_minutes"]
    assert proved["tier_2_minutes"]


def test_what_an_overloaded_dataset_leaves_out_has_a_reason(tmp_path):
    overloaded(tmp_path, seed=1, groups_per_school=8)
    problem, result = solved(tmp_path, FIRST)
    assert result.status in (Status.OPTIMAL, Status.FEASIBLE)
    assert faults(tmp_path, problem, result, FIRST) == []
    assert sum(oracle.delivered(tmp_path, document(problem, result)).values()) < sum(
        oracle.owed(tmp_path).values()
    )
    assert result.unserved
    for left in result.unserved:
        assert left.sessions_given < left.sessions_owed
        assert left.service in left.reason
        assert left.reason.endswith(".")
