"""Where the money goes: fund by fund what is left, what it buys for whom, and the page of a
school's plan.
"""

from planner.funding.report import FundingReport as FundingReport
from planner.funding.report import money as money
from planner.funding.school_plan import SchoolPlan as SchoolPlan
from planner.funding.school_plan import school_plan as school_plan
from planner.money.ledger import Account as Account
