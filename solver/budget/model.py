"""Build the budget model: offers, who pays, every rule on money, and what people can deliver."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from planner.facts.funds import Position
from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition
from planner.rules.federal_mix import RULE as FEDERAL_MIX
from planner.rules.rule import Setting
from solver.budget import supply
from solver.budget.budget import WHOLE, Budget
from solver.budget.milp import Expr, Milp, total
from solver.budget.offers import Offer, offers
from solver.budget.rules import builder, posted
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
    for one, other in alike(problem):
        # Of positions that differ in nothing but their name the earlier is budgeted first, and with
        # no less: else every plan would stand there many times.
        for first, then in zip(_sizes(budget, one), _sizes(budget, other), strict=True):
            milp.add(first >= then)
    for number, offer in enumerate(budget.offers):
        if offer.chosen:
            for place, position in enumerate(offer.positions):
                _payers(budget, number, place, position)
    for rule in posted():
        builder(rule)(budget)
    before = {name for name, _, _ in milp.spans()}
    budget.supply = supply.build(milp, problem, settings, budget.offers, budget.taken)
    budget.supply.variables = {name for name, _, _ in milp.spans()} - before
    return budget


def alike(problem: Problem) -> Iterator[tuple[str, str]]:
    """Pairs of positions to be hired, one after the other in the sheet, whose rows say the same;
    pins name none of them.
    """
    pinned = {pin.subject for pin in problem.pins}
    before: dict[Position, str] = {}
    for row in problem.data.positions:
        if row.status != "filled" and row.position not in pinned:
            said = row.model_copy(update={"position": ""})
            if said in before:
                yield before[said], row.position
            before[said] = row.position


def _sizes(budget: Budget, position: str) -> list[Expr]:
    """Whether a position has so much FTE or more, for each that it may have."""
    mine = [
        (offer.positions[0].fte, budget.taken[n])
        for n, offer in enumerate(budget.offers)
        if _is(offer, position)
    ]
    return [
        total(taken for other, taken in mine if other >= fte)
        for fte in sorted({fte for fte, _ in mine})
    ]


def _is(offer: Offer, position: str) -> bool:
    return offer.positions[0].position == position


def _payers(budget: Budget, number: int, place: int, position: FundedPosition) -> None:
    """The funds among which the model chooses for a position; without any money in the dataset,
    nobody pays.
    """
    for fund in budget.problem.data.funds:
        if may_pay(budget, fund, position) and may_supplement(budget, fund, position):
            percent = budget.percent[number, place, fund.fund] = budget.milp.number(0, WHOLE)
            if budget.is_hard(FEDERAL_MIX, position):
                pays = budget.pays[number, place, fund.fund] = budget.milp.yes_no()
                budget.milp.add(percent <= WHOLE * pays)
                budget.milp.add(pays <= budget.taken[number])
            else:
                budget.milp.add(percent <= WHOLE * budget.taken[number])
