"""The one answer of budget and timetable: the best package of those that are legal, found by making
the timetable of every one.
"""

from functools import cache

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import staffed
from planner.plan.result import Result, Status
from planner.rules.checker import violations
from planner.rules.goals import GOALS
from planner.rules.rule import Strength
from solver.best_plan import best_plan, timetable
from solver.settings import Progress, SolveSettings
from solver.stop import Stop
from tests.slow import quick_and_slow
from tests.solver.budget.little import legal, little, packages

COUNTED = ("tier_3_minutes", "tier_2_minutes", "tier_1_minutes")
SETTINGS = SolveSettings(
    goals=tuple(goal for goal in GOALS if goal.key in (*COUNTED, "cost")), seconds=20, workers=1
)
SEEDS = [1, 2, 5]


def reached(result: Result) -> tuple[int, ...]:
    """Minutes by tier, then what it costs, less being better."""
    values = {goal.goal: goal.value for goal in result.goals}
    return (*(values[key] for key in COUNTED), -values.get("cost", 0))


def best_by_hand(problem: Problem) -> tuple[int, ...]:
    """The best that any legal package reaches."""

    @cache
    def minutes(people: frozenset[tuple[str, str]]) -> tuple[int, ...]:
        chosen = next(one for one in legals if _people(one) == people)
        return reached(
            timetable(staffed(problem, chosen), SETTINGS, lambda progress: None, Stop(), chosen)
        )[:-1]

    legals = [one for one in packages(problem) if legal(problem, one)]
    cost = GOALS[-1]
    return max(
        (*minutes(_people(one)), -cost.value(problem, Plan(positions=one))) for one in legals
    )


def _people(positions: tuple[FundedPosition, ...]) -> frozenset[tuple[str, str]]:
    """Who would be planned: funds that serve some tiers alone tell people apart, too."""
    return frozenset(
        (p.position, f"{p.fte} {sorted(share.fund for share in p.funding)}") for p in positions
    )


@pytest.mark.parametrize("seed", quick_and_slow([], SEEDS))
def test_no_legal_package_is_better(seed: int):
    problem = little(seed)
    result = best_plan(problem, SETTINGS)
    assert result.status is Status.OPTIMAL
    assert reached(result) == best_by_hand(problem)


def test_a_day_is_worked_on_the_position_that_is_there():
    """Ana keeps her one position; each hire has the one that they were hired for."""
    plan = best_plan(little(1), SETTINGS).plan
    assert plan is not None
    holders = {position.staff: position.position for position in plan.positions}
    assert plan.placements
    assert {
        placement.staff: placement.position for placement in plan.placements
    }.items() <= holders.items()


def test_what_is_proved_of_one_package_is_not_told_of_the_district():
    told: list[Progress] = []
    best_plan(little(2), SETTINGS, on_progress=told.append)
    assert told
    assert [progress for progress in told if progress.bound is not None] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_more_money_never_serves_less(seed: int):
    problem = little(seed)
    richer = [fund.model_copy(update={"amount": fund.amount + 500}) for fund in problem.data.funds]
    more = Problem(problem.data.model_copy(update={"funds": tuple(richer)}), "richer")
    poor, rich = best_plan(problem, SETTINGS), best_plan(more, SETTINGS)
    assert poor.status is rich.status is Status.OPTIMAL
    assert reached(rich)[:-1] >= reached(poor)[:-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_who_stops_before_the_money_is_shared_out_gets_a_legal_plan(seed: int):
    problem = little(seed)
    result = best_plan(problem, SETTINGS, stop=Stop(asked=True))
    assert (result.status, result.stopped) == (Status.FEASIBLE, "interrupt")
    assert result.plan is not None
    assert (
        violations(staffed(problem, result.plan.positions), result.plan, strength=Strength.HARD)
        == []
    )
