"""What positions cost their funds, as the rules on money read it."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from planner.facts.funds import Fund
from planner.facts.problem import Problem
from planner.money import PayMissing, costs
from planner.money.lines import ZERO as ZERO
from planner.plan.plan import FundedPosition, Plan
from planner.words.wording import Words


def spent(problem: Problem, plan: Plan) -> Mapping[str, Decimal] | None:
    """What each fund pays of a plan's positions; None where there are none, or where the sheet
    `pay` cannot price them.
    """
    return _spent(problem, plan.positions) if plan.positions else None


@lru_cache(maxsize=2)
def _spent(problem: Problem, positions: tuple[FundedPosition, ...]) -> Mapping[str, Decimal] | None:
    try:
        return costs(problem, positions).funds
    except PayMissing:
        return None


def money(problem: Problem, amount: Decimal) -> str:
    """An amount as it is said in the district."""
    return Words(problem.data.district.locale).money(amount, problem.data.district.currency)


def funds_by_program(problem: Problem) -> dict[str, list[Fund]]:
    """The funds of each program, in the order of the sheet."""
    found: dict[str, list[Fund]] = {}
    for fund in problem.data.funds:
        found.setdefault(fund.program, []).append(fund)
    return found
