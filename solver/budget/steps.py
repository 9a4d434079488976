"""Say what one more step of each fund would buy, and what the next cut of it costs.

The budget is solved again for each.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from planner.facts.fund_terms import part_of
from planner.facts.problem import Problem
from planner.money.cents import to_cents
from planner.plan.positions import as_they_stand
from planner.rules import settings_of
from planner.rules.goals import GOALS
from solver.budget.budget_goals import BudgetSearch, Package

SECONDS = 20.0
"""Most seconds for one question."""


@dataclass(frozen=True)
class FundingStep:
    """A fund with more money, or less: `minutes` × priority that the best budget then promises more
    or less of each goal, positions that it adds and gives up, filled ones among these, and those
    that it keeps but pays otherwise. Nothing is known of it where `solved` is False: no budget is
    legal then, or none was found.
    """

    fund: str
    amount: Decimal
    solved: bool
    minutes: Mapping[str, int]
    added: tuple[str, ...] = ()
    given_up: tuple[str, ...] = ()
    filled_lost: tuple[str, ...] = ()
    paid_otherwise: tuple[str, ...] = ()


def steps(
    problem: Problem, percent: Decimal, told: Callable[[str], None] = lambda fund: None
) -> Iterator[FundingStep]:
    """For each fund, a percentage of its amount more, then less. What is promised is what no legal
    use of the money can exceed.
    """
    money = BudgetSearch(problem, settings_of(problem), GOALS)
    stands = money.best(SECONDS) if money.keep_people(SECONDS) else None
    for fund in problem.data.funds if stands else ():
        told(fund.fund)
        amount = part_of(fund.amount, percent)
        for change in (amount, -amount):
            yield _step(
                problem,
                fund.fund,
                change,
                stands,
                money.with_more(fund.fund, to_cents(change), SECONDS),
            )


def _step(
    problem: Problem, fund: str, amount: Decimal, before: Package | None, after: Package | None
) -> FundingStep:
    if before is None or after is None:
        return FundingStep(fund, amount, False, {})
    was = {position.position: position.fte for position in before.positions}
    now = {position.position: position.fte for position in after.positions}
    paid_before = {position.position: position.funding for position in before.positions}
    paid_now = {position.position: position.funding for position in after.positions}
    filled = {position.position for position in as_they_stand(problem)}
    gone = tuple(name for name, fte in was.items() if now.get(name, 0) < fte)
    return FundingStep(
        fund,
        amount,
        True,
        {
            goal.key: after.promised[goal.key] - before.promised[goal.key]
            for goal in GOALS
            if goal.minutes_of_tier is not None and goal.key in before.promised
        },
        tuple(name for name, fte in now.items() if was.get(name, 0) < fte),
        gone,
        tuple(name for name in gone if name in filled),
        tuple(
            name
            for name, funding in paid_now.items()
            if name in paid_before and paid_before[name] != funding
        ),
    )
