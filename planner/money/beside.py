"""What a budget must leave of each fund for everything that is no position."""

from collections.abc import Mapping

from planner.facts.problem import Problem
from planner.money.cents import cents, to_cents
from planner.money.ledger import expected_extra_hours
from planner.money.lines import ZERO


def beside_positions(problem: Problem) -> Mapping[str, int]:
    """The cents that each fund pays beside positions, without its indirect costs: the sheet's
    expenditures, and the extra hours that are to be expected.
    """
    expected = expected_extra_hours(problem)
    found = {fund.fund: to_cents(expected.get(fund.fund, ZERO)) for fund in problem.data.funds}
    for row in problem.data.expenditures:
        if row.own_amount is not None:
            found[row.fund] += cents(row.own_amount)
    return found
