"""A differential that must follow the position is budgeted at the same percentage, fund by fund."""

from collections.abc import Iterator
from fractions import Fraction

from planner.facts.problem import Problem
from planner.plan.holdings import as_paid
from planner.plan.plan import FundedPosition, Plan
from planner.rules.cells import Where
from planner.rules.funding import SCOPES, about, exactly, hundredths, paid_by
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Strength, Violation
from planner.words.wording import Words


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Where a fund's percentage of a differential is not its percentage of the position, by how
    much.
    """
    words = Words(problem.data.district.locale)
    for position in as_paid(problem, plan.budgeted):
        paid = paid_by(position.funding)
        for name in position.allowances:
            if problem.allowances[name].match == "same_percent":
                follows = paid_by(position.allowance_funding, name)
                for fund in {**paid, **follows}:
                    own, its = paid.get(fund, Fraction(0)), follows.get(fund, Fraction(0))
                    if own != its:
                        item = problem.allowances[name].budget_item
                        called = f"{name} ({item})" if item else name
                        percents = (
                            f"{exactly(words, own)} % of {position.position} and "
                            f"{exactly(words, its)} % of its {called}"
                        )
                        message = f"{fund} pays {percents}; the two must be the same."
                        yield Violation(
                            RULE.key, about(position, name, fund), hundredths(own - its), message
                        )


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    name = next(allowance for allowance in position.allowances if allowance in where)
    words = Words(problem.data.district.locale)
    shares = paid_by(position.funding).items()
    said = ";".join(f"{name}@{fund}:{exactly(words, percent)}" for fund, percent in shares)
    return f"write {said} in allowance_funding (blank follows funding), or change funding."


RULE = Rule(
    key="same_percent",
    title="Differential at the same percentage",
    sentence="An allowance with match same_percent is budgeted at exactly the percentages of its "
    "position, fund by fund.",
    formula="for each position x, allowance a of x with match same_percent, fund f: percent(x, a, "
    "f) = percent(x, f)",
    unit="hundredths of a percent",
    violations=violations,
    readers=Readers.MONEY,
    strengths=frozenset(Strength),
    source="LAUSD Program and Budget Handbook 2022-23, p. 50 (may); 2023-24, p. 62 (should); "
    "position description 2025-26 (must)",
    scopes=SCOPES,
    part="budget",
    hr=HrSection.POSITIONS,
    remedy=Remedy(_remedy),
)
