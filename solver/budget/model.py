"""The budget model, from problem to constraints: offers, who pays, every rule on money, and what people can deliver."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from planner.plan import FundedPosition
from planner.problem.problem import Problem
from planner.rule import Setting
from solver.budget import supply
from solver.budget.budget import WHOLE, Budget
from solver.budget.milp import Milp, total
from solver.budget.offers import offers
from solver.budget.rules import BUILDERS
from solver.budget.rules.fund_allows import may_pay
from solver.budget.rules.supplement import may_supplement


def build(problem: Problem, settings: Mapping[str, Setting]) -> Budget:
    """The whole model, without a goal."""
    milp = Milp()
    budget = Budget(milp, problem, settings, offers(problem))
    by_contract: defaultdict[str, list[Any]] = defaultdict(list)
    for offer in budget.offers:
        budget.taken.append(milp.yes_no())
        by_contract[offer.contract].append(budget.taken[-1])
    for mine in by_contract.values():
        milp.add(total(mine) <= 1)
    for number, offer in enumerate(budget.offers):
        if offer.chosen:
            for place, position in enumerate(offer.positions):
                _payers(budget, number, place, position)
    for post in BUILDERS.values():
        post(budget)
    budget.supply = supply.build(milp, problem, settings, budget.offers, budget.taken)
    return budget


def _payers(budget: Budget, number: int, place: int, position: FundedPosition) -> None:
    """The funds among which the model chooses for a position; without any money in the dataset, nobody pays."""
    for fund in budget.problem.data.funds:
        if may_pay(budget, fund, position) and may_supplement(budget, fund, position):
            percent, pays = budget.milp.whole(0, WHOLE), budget.milp.yes_no()
            budget.percent[number, place, fund.fund], budget.pays[number, place, fund.fund] = percent, pays
            budget.milp.add(percent <= WHOLE * pays)
            budget.milp.add(pays <= percent)
            budget.milp.add(pays <= budget.taken[number])
