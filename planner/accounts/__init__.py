"""Where the money goes: fund by fund what is left, what it buys for whom, and the page of a school's plan."""

from planner.accounts.funds import Account as Account
from planner.accounts.school_plan import SchoolPlan as SchoolPlan
from planner.accounts.school_plan import school_plan as school_plan
from planner.accounts.view import Money as Money
from planner.accounts.view import money as money
