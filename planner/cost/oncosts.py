"""Employer costs: rates on pay and allowances, and flat sums, counted per person over all their positions.

A rate sheet has everything in it: its positions bear no employer cost. One that is not due has no line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from planner.cost.cents import by_fund, cents, money, shared_out, weights_of
from planner.cost.employment import Employment, months_of_benefit, together
from planner.cost.lines import CostLine
from planner.cost.pay import Figure
from planner.cost.saying import Saying
from planner.plan import FundedPosition
from planner.problem.district import District
from planner.problem.problem import Problem
from planner.problem.roles import Oncost

ALL_IN = "rate_sheet"


@dataclass(frozen=True)
class Bearing:
    """A position with its lines so far, pay and allowances: what employer costs are counted on."""

    employment: Employment
    lines: tuple[CostLine, ...]
