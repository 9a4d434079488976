"""What positions cost, line by line, in exact decimals: pay, differentials and employer costs, and which fund pays which cent."""

from planner.cost.costs import costs as costs
from planner.cost.employment import Employment as Employment
from planner.cost.employment import Employments as Employments
from planner.cost.employment import months_of_benefit as months_of_benefit
from planner.cost.employment import paid_hours as paid_hours
from planner.cost.employment import share_of_year as share_of_year
from planner.cost.lines import CostLine as CostLine
from planner.cost.lines import Costs as Costs
from planner.cost.lines import PositionCost as PositionCost
from planner.cost.rates import NoPay as NoPay
from planner.cost.rates import PayMissing as PayMissing
