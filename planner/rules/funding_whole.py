"""Every position, and every allowance of it, is paid for wholly.

Neither less nor more than 100 %.
"""

from collections.abc import Iterator
from fractions import Fraction

from planner.facts.problem import Problem
from planner.plan.holdings import as_paid
from planner.plan.plan import FundedPosition, Plan
from planner.rules.cells import Where
from planner.rules.funding import SCOPES, WHOLE, about, exactly, hundredths, paid_by
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation
from planner.words.wording import Words


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What the percentages of a position, or of one of its allowances, miss of 100 or have beyond
    it.

    A differential that must follow the position fund by fund has a rule of its own (same_percent).
    """
    words = Words(problem.data.district.locale)
    for position in as_paid(problem, plan.budgeted):
        parts = [("", position.funding)] if position.funding else []
        parts += [
            (name, position.allowance_funding)
            for name in position.allowances
            if not _follows(problem, name)
        ]
        for allowance, shares in parts:
            paid = paid_by(shares, allowance)
            off = sum(paid.values(), Fraction(0)) - WHOLE
            if off and (paid or not allowance):
                what = f"{allowance} of {position.position}" if allowance else position.position
                message = (
                    f"The funds of {what} pay {exactly(words, off + WHOLE)} % of it, not 100 %."
                )
                where = about(position, *([allowance] if allowance else []))
                yield Violation(RULE.key, where, hundredths(off), message)


def notes(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Positions that no fund pays, in a district that has funds."""
    for position in plan.budgeted if problem.data.funds else ():
        if not position.funding:
            message = f"No fund pays {position.position}: what it costs is in no fund's total."
            yield Violation(RULE.key, about(position), hundredths(Fraction(WHOLE)), message)


def _follows(problem: Problem, allowance: str) -> bool:
    return problem.allowances[allowance].match == "same_percent"


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    column = "allowance_funding" if set(where) & set(position.allowances) else "funding"
    return f"write percentages that sum to 100 in {column}."


RULE = Rule(
    key="funding_whole",
    title="Whole funding",
    sentence="The percentages with which funds pay a position, or an allowance of it, sum to 100; "
    "a position without any is"
    " noted where the district has funds.",
    formula="for each position x with funding: Σ_f percent(x, f) = 100; likewise for each "
    "allowance of x",
    unit="hundredths of a percent",
    violations=violations,
    readers=Readers.MONEY,
    scopes=SCOPES,
    part="budget",
    notes=notes,
    hr=HrSection.POSITIONS,
    remedy=Remedy(_remedy),
)
