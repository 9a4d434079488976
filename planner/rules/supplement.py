"""Money that may only supplement does not supplant.

It pays no position that the base program must have.
"""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.holdings import as_paid
from planner.plan.plan import FundedPosition, Plan
from planner.rules.cells import Where
from planner.rules.fund_allows import funds_of
from planner.rules.funding import SCOPES, about
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each fund that may only supplement and pays a position of the base program."""
    for position in as_paid(problem, plan.budgeted):
        row = problem.positions.get(position.position)
        if row is not None and row.base_program:
            for fund in funds_of(position):
                terms = problem.fund_terms[fund]
                if terms.supplement_only:
                    message = (
                        f"{position.position} belongs to the base program; {fund} "
                        f"({terms.program}) may supplement it alone."
                    )
                    yield Violation(RULE.key, about(position, fund), 1, message)


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    return (
        "pay it in funding from funds that need not supplement, or write no in base_program "
        "if the base program does not owe it."
    )


RULE = Rule(
    key="supplement",
    title="Supplement, not supplant",
    sentence="No fund that may only supplement pays a position of the base program.",
    formula="for each position x with base_program and fund f with supplement_only: percent(x, f) "
    "= 0",
    unit="funds",
    violations=violations,
    readers=Readers.MONEY,
    source="ESEA, section 1118 (b)",
    scopes=SCOPES,
    part="budget",
    hr=HrSection.POSITIONS,
    remedy=Remedy(_remedy),
)
