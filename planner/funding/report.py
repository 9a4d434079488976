"""The money of a plan, or of a dataset as it stands: every fund's account, and costs by program,
school and job class.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from planner.facts.problem import Problem
from planner.funding.delivery import Delivered, delivery
from planner.hr.findings import HrFinding, fund_findings
from planner.money.budgeted import NO_FUNDS, Budgeted, planned
from planner.money.head_count import Headed, head_count
from planner.money.ledger import Account, ledger
from planner.money.spending import SpendingLine
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by


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
    """The whole view. `unfunded` is what positions cost, and extra hours, that no fund pays;
    `lines` is what funds pay beside positions.
    """

    budget: Budgeted
    accounts: tuple[Account, ...]
    total: Spending
    funds: tuple[Spending, ...]
    programs: tuple[Spending, ...]
    schools: tuple[Spending, ...]
    roles: tuple[Spending, ...]
    unfunded: Decimal
    lines: tuple[SpendingLine, ...]
    findings: tuple[HrFinding, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is not known, each once."""
        lacking = () if self.accounts else (NO_FUNDS,)
        return tuple(dict.fromkeys((*self.budget.remarks, *lacking)))


def money(problem: Problem, plan: Plan) -> FundingReport:
    """Everything that the funds' pages show of a plan."""
    budget = planned(problem, plan)
    heads, book = head_count(problem, budget), ledger(problem, budget, plan)
    found = delivery(staffed_by(problem, plan), plan, budget.positions) if plan.sessions else None
    return FundingReport(
        budget,
        book.accounts,
        _spent(heads.total, found.all if found else None),
        _spending(heads.funds, found.funds if found else None),
        _spending(heads.programs, found.programs if found else None),
        _spending(heads.schools, found.schools if found else None),
        _spending(heads.roles, found.roles if found else None),
        book.unfunded,
        book.lines,
        fund_findings(problem, replace(plan, positions=budget.positions)),
    )


def _spending(
    heads: Sequence[Headed], delivered: Mapping[str, Delivered] | None
) -> tuple[Spending, ...]:
    return tuple(_spent(head, (delivered or {}).get(head.id)) for head in heads)


def _spent(head: Headed, delivered: Delivered | None) -> Spending:
    return Spending(head.id, head.budgeted.fte, head.budgeted.amount, delivered)
