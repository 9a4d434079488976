"""What positions cost, line by line, in exact decimals: pay, differentials and employer costs, and
which fund pays which cent.
"""

from planner.money.costs import costs as costs
from planner.money.employment import Employment as Employment
from planner.money.employment import Employments as Employments
from planner.money.employment import benefit_months as benefit_months
from planner.money.employment import paid_hours as paid_hours
from planner.money.employment import share_of_year as share_of_year
from planner.money.lines import CostLine as CostLine
from planner.money.lines import Costs as Costs
from planner.money.lines import HoldingCost as HoldingCost
from planner.money.lines import PositionCost as PositionCost
from planner.money.rates import NoPay as NoPay
from planner.money.rates import PayMissing as PayMissing
