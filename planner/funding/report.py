"""The money of a plan, or of a dataset as it stands: every fund's account, and costs by program,
school and job class.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from planner.facts.problem import Problem
from planner.funding.delivery import Delivered, delivery
from planner.hr.findings import HrFinding, fund_findings
from planner.money import PositionCost
from planner.money.accounts import Account, accounts
from planner.money.budgeted import NO_FUNDS, Budgeted, planned, planned_people
from planner.money.cents import UNFUNDED, WHOLE, weights_of
from planner.money.lines import ZERO
from planner.plan.plan import Plan


@dataclass(frozen=True)
class Spending:
    """What is spent on one fund, program, school or job class, and what it delivers (None: there is
    no timetable).

    The id is blank for positions of no single school, and for money that no fund pays.
    """

    id: str
    fte: Fraction
    cost: Decimal
    delivered: Delivered | None

    @property
    def per_student(self) -> Decimal | None:
        """A year's cost for each student served."""
        return self.delivered.per_student(self.cost) if self.delivered else None

    @property
    def per_minute(self) -> Decimal | None:
        """A year's cost for each student-minute of the year."""
        return self.delivered.per_minute(self.cost) if self.delivered else None


@dataclass(frozen=True)
class FundingReport:
    """The whole view. `unfunded` is what positions cost that no fund pays."""

    budget: Budgeted
    accounts: tuple[Account, ...]
    total: Spending
    funds: tuple[Spending, ...]
    programs: tuple[Spending, ...]
    schools: tuple[Spending, ...]
    roles: tuple[Spending, ...]
    unfunded: Decimal
    findings: tuple[HrFinding, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is not known, each once."""
        lacking = () if self.accounts else (NO_FUNDS,)
        return tuple(dict.fromkeys((*self.budget.remarks, *lacking)))


def money(problem: Problem, plan: Plan) -> FundingReport:
    """Everything that the funds' pages show of a plan."""
    budget = planned(problem, plan)
    found = (
        delivery(planned_people(problem, plan), plan, budget.positions) if plan.sessions else None
    )
    costs = budget.costs

    def by(
        key: Callable[[PositionCost], str], delivered: Mapping[str, Delivered] | None
    ) -> tuple[Spending, ...]:
        return _spending(
            [(key(cost), cost.position.fte, cost.total) for cost in costs.positions], delivered
        )

    by_fund = [
        (
            fund,
            cost.position.fte * weights_of(cost.position.funding).get(fund, Fraction(0)) / WHOLE,
            paid,
        )
        for cost in costs.positions
        for fund, paid in cost.funds.items()
        if paid
    ]
    by_program = [
        (problem.funds[fund].program if fund else UNFUNDED, fte, paid)
        for fund, fte, paid in by_fund
    ]
    return FundingReport(
        budget,
        accounts(problem, costs),
        Spending(
            "",
            sum((one.position.fte for one in costs.positions), Fraction(0)),
            costs.total,
            found.all if found else None,
        ),
        _spending(by_fund, found.funds if found else None),
        _spending(by_program, found.programs if found else None),
        by(
            lambda cost: cost.position.school[0] if len(cost.position.school) == 1 else "",
            found.schools if found else None,
        ),
        by(lambda cost: cost.position.role, found.roles if found else None),
        costs.funds.get(UNFUNDED, ZERO),
        fund_findings(problem, replace(plan, positions=budget.positions)),
    )


def _spending(
    entries: list[tuple[str, Fraction, Decimal]], delivered: Mapping[str, Delivered] | None
) -> tuple[Spending, ...]:
    """Sums by id in the order in which ids first come."""
    ftes: dict[str, Fraction] = {}
    costs: dict[str, Decimal] = {}
    for name, fte, cost in entries:
        ftes[name] = ftes.get(name, Fraction(0)) + fte
        costs[name] = costs.get(name, ZERO) + cost
    return tuple(
        Spending(name, ftes[name], costs[name], (delivered or {}).get(name)) for name in costs
    )
