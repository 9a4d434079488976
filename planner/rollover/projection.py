"""What next year's money looks like if nothing else is decided: this year's dataset rolled over,
with the positions of a plan where there is one.
"""

from dataclasses import dataclass, replace

from planner.facts.problem import Problem
from planner.money.budgeted import planned
from planner.money.ledger import ledger
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import before_budget, follow, funded
from planner.rollover.notes import LOOK
from planner.rollover.roll import roll_over

PRICES = ("pay", "allowances", "oncosts")


@dataclass(frozen=True)
class Projection:
    """Next year's problem, the plan that it is looked at with, and what is to be known of both."""

    problem: Problem
    plan: Plan
    notes: tuple[str, ...]


def projected(problem: Problem, plan: Plan) -> Projection:
    """Next year by the rules of rollover: steps go up, what ends is over, grants of several years
    have what this year leaves of them.
    """
    problem = before_budget(problem)
    book = ledger(problem, planned(problem, plan), plan)
    rolled = roll_over(
        problem.data, taken={account.fund: account.planned for account in book.accounts}
    )
    following = Problem(rolled.dataset, problem.name)
    told = dict.fromkeys(
        f"{note.sheet}: {note.words}"
        for note in rolled.of(LOOK)
        if note.sheet == "funds" or (note.sheet in PRICES and not note.row)
    )
    return Projection(following, _plan(following, plan), tuple(told))


def _plan(following: Problem, plan: Plan) -> Plan:
    """The positions of a plan in the next year: those that are there, as the plan has them."""
    if plan.positions is None:
        return Plan()
    return Plan(
        positions=tuple(
            _as_planned(following, position)
            for position in plan.positions
            if position.position in following.positions
        )
    )


def _as_planned(following: Problem, position: FundedPosition) -> FundedPosition:
    row = following.positions[position.position]
    known = {share.fund for share in position.funding} <= following.funds.keys()
    funding = position.funding if known else ()
    return replace(
        funded(following, row),
        school=position.school,
        fte=position.fte,
        funding=funding,
        allowances=position.allowances,
        allowance_funding=position.allowance_funding
        if known and {one.fund for one in position.allowance_funding} <= following.funds.keys()
        else follow(position.allowances, funding),
    )
