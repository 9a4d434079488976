"""Two to four plans side by side, difference by difference, from their `plan.json` alone."""

from planner.compare.comparison import FEWEST_PLANS as FEWEST_PLANS
from planner.compare.comparison import MOST_PLANS as MOST_PLANS
from planner.compare.comparison import Comparison as Comparison
from planner.compare.comparison import PlanHead as PlanHead
from planner.compare.comparison import compare as compare
from planner.compare.row import ComparisonRow as ComparisonRow
