"""What the rules on positions and their funds have in common.

Which ids they are about, and percentages by fund.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil

from planner.facts.cell_type import Share
from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition
from planner.words.wording import Words

WHOLE = 100
HUNDREDTHS = 100
SCOPES = frozenset({"role", "school"})
"""The parts of a district for which rules on positions can be set apart."""


def about(position: FundedPosition, *more: str) -> tuple[str, ...]:
    """The ids that a violation of a position is about."""
    return (position.position, position.role, *position.school, *more)


def paid_by(shares: Iterable[Share], allowance: str = "") -> dict[str, Fraction]:
    """The percentage that each fund pays of a position or of an allowance; funds that pay nothing
    are left out.
    """
    found: dict[str, Fraction] = {}
    for share in shares:
        if share.allowance == allowance and share.percent:
            found[share.fund] = found.get(share.fund, Fraction(0)) + Fraction(share.percent)
    return found


def paid_by_program(problem: Problem, shares: Iterable[Share]) -> dict[str, Fraction]:
    """The percentage that each program pays of a position, over all of its funds."""
    found: dict[str, Fraction] = {}
    for fund, percent in paid_by(shares).items():
        program = problem.funds[fund].program
        found[program] = found.get(program, Fraction(0)) + percent
    return found


def hundredths(value: Fraction) -> int:
    """A difference in hundredths of its unit, those begun counted whole."""
    return ceil(abs(value) * HUNDREDTHS)


def exactly(words: Words, value: Fraction) -> str:
    """A percentage or an FTE as it is said, to six decimals: `60`, `0.8896`."""
    return words.exact(Decimal(value.numerator) / value.denominator)
