"""Funds as somebody may see them: sums in which no single person's pay can be read by
subtraction.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from planner.access.dataset_view import Seen
from planner.access.table import seen
from planner.access.viewer import User
from planner.facts.problem import Problem
from planner.facts.who import HR, Level
from planner.funding import FundingReport
from planner.funding.report import Spending
from planner.money import Costs
from planner.money.budgeted import Budgeted
from planner.money.ledger import Account
from planner.plan.plan import Plan

FEWEST = 3
"""People whom a fund must pay before a principal is told what is planned of it, and so what is
left.
"""


@dataclass(frozen=True)
class SeenAccount:
    """A fund's account; `planned` and `left` are None where they would tell what one or two people
    cost, or are not known, and so is `expenditures` where it would tell what somebody is paid.
    """

    fund: str
    program: str
    school: str
    allocated: Decimal
    held: Decimal
    parents: Decimal
    expenditures: Decimal | None
    planned: Decimal | None
    left: Decimal | None
    expires: date | None


def money_for(viewer: User, problem: Problem, found: FundingReport) -> FundingReport | None:
    """The whole view of money: for HR as it was `found`, for a director without single positions;
    None for all others, and where the dataset has no pay.

    A director answers for what funds have left and therefore sees every sum, also of a fund that
    pays one position. Who does not see students' keys gets numbers in their place, as many.
    """
    if seen(viewer, "plan:measures.cost.fund_left.*") is not Level.ALL or not problem.data.pay:
        return None
    if seen(viewer, "members.student") is not Level.ALL:
        found = _without_students(found)
    if HR in viewer.roles:
        return found
    lines = tuple(line for line in found.lines if not line.tells_pay)
    return replace(found, budget=_without_pay(found.budget), lines=lines)


def _without_students(found: FundingReport) -> FundingReport:
    """The report with the same number in the place of a student wherever they are counted."""
    keys = found.total.delivered.keys if found.total.delivered else set()
    numbers = {key: f"student {number}" for number, key in enumerate(sorted(keys), start=1)}

    def numbered(spent: Spending) -> Spending:
        if spent.delivered is None:
            return spent
        counted = {numbers[key] for key in spent.delivered.keys}
        return replace(spent, delivered=replace(spent.delivered, keys=counted))

    return replace(
        found,
        total=numbered(found.total),
        funds=tuple(map(numbered, found.funds)),
        programs=tuple(map(numbered, found.programs)),
        schools=tuple(map(numbered, found.schools)),
        roles=tuple(map(numbered, found.roles)),
    )


def _without_pay(budget: Budgeted) -> Budgeted:
    return Budgeted(
        tuple(replace(position, lane="", step="") for position in budget.positions), Costs(()), ()
    )


def accounts_for(
    viewer: User, problem: Problem, plan: Plan, found: FundingReport
) -> tuple[SeenAccount, ...]:
    """The accounts of the funds whose amounts somebody sees, in the order of the sheet `funds`, as
    they were `found`.

    Of their own schools' funds, a principal sees what is planned and left only where these pay
    `FEWEST` people or more.
    """
    some = Seen(viewer, problem.data, plan)
    paid = {
        fund.fund: _people_paid(problem, found.budget, fund.fund) for fund in problem.data.funds
    }
    whole = seen(viewer, "funds.amount") is Level.ALL
    shown = {fund.fund for fund in problem.data.funds if some.shows("funds", "amount", fund)}
    told = {fund for fund in shown if problem.data.pay and (whole or paid[fund] >= FEWEST)}
    paying = {fund for line in found.lines if line.tells_pay for fund in line.funds}
    return tuple(
        _account(one, told=one.fund in told, spent=whole or one.fund not in paying)
        for one in found.accounts
        if one.fund in shown
    )


def _people_paid(problem: Problem, budget: Budgeted, fund: str) -> int:
    """How many people a fund pays. A position for which somebody is yet to be hired is nobody: what
    it costs can be read from the pay table, and the sum would tell what the others earn.
    """
    people = {person.staff for person in problem.data.staff}
    paid = {
        part.holding.staff
        for cost in budget.costs.positions
        for part in cost.parts
        if part.funds.get(fund)
    }
    return len(paid & people)


def _account(one: Account, *, told: bool, spent: bool) -> SeenAccount:
    planned, left = (one.planned, one.left) if told else (None, None)
    return SeenAccount(
        one.fund,
        one.program,
        one.school,
        one.allocated,
        one.held,
        one.parents,
        one.expenditures if spent else None,
        planned,
        left,
        one.expires,
    )
