"""Keep filled positions.

Hard: no offer that cuts a filled position, each contract with one is kept, and where its row names
funds they pay as they do there:

    percent[o, x, f] = percent(x, f) × taken[o]

Soft: cut FTE is what the model avoids first.
"""

from collections import defaultdict

from planner.rules.filled_positions import RULE
from solver.budget.budget import Budget, Line
from solver.budget.milp import Expr, total

HUNDREDTHS = 100


def build(budget: Budget) -> None:
    """Keeps contracts, where the rule is hard."""
    kept: defaultdict[str, set[int]] = defaultdict(set)
    for line in budget.lines():
        offer = budget.offers[line.number]
        if budget.problem.positions[line.position.position].status == "filled" and budget.is_hard(
            RULE, line.position
        ):
            kept[offer.contract] |= set() if offer.cut else {line.number}
            if line.chosen:
                _pay_as_before(budget, line)
    for numbers in kept.values():
        budget.milp.add(total(budget.taken[number] for number in sorted(numbers)) >= 1)


def _pay_as_before(budget: Budget, line: Line) -> None:
    funding = budget.problem.positions[line.position.position].funding
    paid = {share.fund: float(share.percent) for share in funding}
    for fund, (percent, _) in line.shares.items() if paid else ():
        budget.milp.add(percent - paid.get(fund, 0.0) * budget.taken[line.number] == 0)


def cut(budget: Budget) -> Expr:
    """Hundredths of FTE of filled positions that are given up, where the rule is looked at."""
    whole: dict[str, int] = {}
    kept: list[Expr] = []
    for number, offer in enumerate(budget.offers):
        held = [
            x for x in offer.positions if budget.problem.positions[x.position].status == "filled"
        ]
        if held and not all(budget.is_off(RULE, position) for position in held):
            size = sum(int(position.fte * HUNDREDTHS) for position in held)
            whole[offer.contract] = max(size, whole.get(offer.contract, 0))
            kept.append(size * budget.taken[number])
    return sum(whole.values()) - total(kept)
