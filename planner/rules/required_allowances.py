"""Every position has the differentials that its job class must budget."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.rules.cells import Where
from planner.rules.funding import SCOPES, about
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each allowance that a position must have and has not."""
    for position in plan.budgeted:
        for row in problem.data.allowances:
            if (
                row.required
                and position.role in (row.roles or (position.role,))
                and row.allowance not in position.allowances
            ):
                called = (
                    f"{row.allowance} ({row.budget_item})" if row.budget_item else row.allowance
                )
                title = problem.roles[position.role].title
                message = (
                    f"{position.position} must budget {called}, as every position of {title} must."
                )
                yield Violation(RULE.key, about(position, row.allowance), 1, message)


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    missing = next(row.allowance for row in problem.data.allowances if row.allowance in where)
    return f"write {';'.join((*position.allowances, missing))} in allowances."


RULE = Rule(
    key="required_allowances",
    title="Required allowances",
    sentence="Every position budgets the allowances that are required of its job class.",
    formula="for each position x and allowance a with required, role(x) ∈ roles(a): a ∈ "
    "allowances(x)",
    unit="allowances missing",
    violations=violations,
    readers=Readers.MONEY,
    scopes=SCOPES,
    part="budget",
    hr=HrSection.POSITIONS,
    remedy=Remedy(_remedy),
)
