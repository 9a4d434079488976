"""Two to four plans side by side, difference by difference, from their `plan.json` alone."""

from planner.comparison.comparison import FEWEST_PLANS as FEWEST_PLANS
from planner.comparison.comparison import MOST_PLANS as MOST_PLANS
from planner.comparison.comparison import ComparedPlan as ComparedPlan
from planner.comparison.comparison import Comparison as Comparison
from planner.comparison.comparison import compare as compare
from planner.comparison.row import ComparisonRow as ComparisonRow
