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
from planner.money.cents import UNFUNDED
from planner.money.head_count import Headed, head_count
from planner.money.ledger import Account, ledger
from planner.money.lines import ZERO
from planner.money.spending import EXPECTED, SpendingLine, by_funds
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by


@dataclass(frozen=True)
class Spending:
    """What is spent on one fund, program, school or job class: `cost` on positions, and on
    `expenditures`; and what positions deliver (None: there is no timetable).

    The id is blank for positions of no single school, and for money that no fund pays.
    """

    id: str
    fte: Fraction
    cost: Decimal
    expenditures: Decimal
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
        expected = (EXPECTED,) if any(line.is_expected for line in self.lines) else ()
        return tuple(dict.fromkeys((*self.budget.remarks, *lacking, *expected)))


def money(problem: Problem, plan: Plan) -> FundingReport:
    """Everything that the funds' pages show of a plan."""
    budget = planned(problem, plan)
    heads, book = head_count(problem, budget), ledger(problem, budget, plan)
    found = delivery(staffed_by(problem, plan), plan, budget.positions) if plan.sessions else None
    beside = _Beside(problem, book.lines)
    return FundingReport(
        budget,
        book.accounts,
        _spent(heads.total, found.all if found else None, beside.all),
        _spending(heads.funds, found.funds if found else None, beside.funds),
        _spending(heads.programs, found.programs if found else None, beside.programs),
        _spending(heads.schools, found.schools if found else None, beside.schools),
        _spending(heads.roles, found.roles if found else None, beside.roles),
        book.unfunded,
        book.lines,
        fund_findings(problem, replace(plan, positions=budget.positions)),
    )


class _Beside:
    """What is paid beside positions, by fund, program, school and job class."""

    def __init__(self, problem: Problem, lines: Sequence[SpendingLine]) -> None:
        self.all = sum((line.amount for line in lines), ZERO)
        self.funds = by_funds(lines)
        self.programs: dict[str, Decimal] = {}
        for fund, amount in self.funds.items():
            program = problem.funds[fund].program if fund else UNFUNDED
            self.programs[program] = self.programs.get(program, ZERO) + amount
        self.schools: dict[str, Decimal] = {}
        self.roles: dict[str, Decimal] = {}
        for line in lines:
            self.schools[line.school] = self.schools.get(line.school, ZERO) + line.amount
            if line.role:
                self.roles[line.role] = self.roles.get(line.role, ZERO) + line.amount


def _spending(
    heads: Sequence[Headed],
    delivered: Mapping[str, Delivered] | None,
    beside: Mapping[str, Decimal],
) -> tuple[Spending, ...]:
    """Those with positions, then those with expenditures alone."""
    counted = {head.id: head for head in heads}
    return tuple(
        _spent(counted.get(name, Headed(name)), (delivered or {}).get(name), beside.get(name, ZERO))
        for name in {**counted, **beside}
    )


def _spent(head: Headed, delivered: Delivered | None, beside: Decimal) -> Spending:
    return Spending(head.id, head.budgeted.fte, head.budgeted.amount, beside, delivered)
