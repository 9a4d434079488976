"""What a goal reached and what is still possible, in words."""

from dataclasses import dataclass

from planner.plan.result import GoalResult
from planner.rules.goals import GOAL_OF
from planner.words.wording import Words, plural

PROVED = "proved best"
UNKNOWN = "not known"
SCALES = {
    "worst_served_school": (100, 2, "% of the minutes owed"),
    "cost": (100, 2, "in the district's currency"),
    "balanced_load": (10, 1, "% of the busiest person's hours, added over schools"),
}
"""Goals that are counted in finer units than planners speak in: how many make one, decimals, and
the unit as said.
"""


@dataclass(frozen=True)
class GoalText:
    """A goal's title, its value and unit as they are said, and what is still possible."""

    title: str
    value: str
    unit: str
    possible: str


def said(result: GoalResult, words: Words) -> GoalText:
    """A goal's result in words."""
    goal = GOAL_OF[result.goal]
    scale, decimals, unit = SCALES.get(
        result.goal, (1, 0, plural(result.value, goal.one or goal.unit, goal.unit))
    )
    value = words.number(result.value / scale, decimals)
    return GoalText(goal.title, value, unit, still_possible(result, words))


def still_possible(result: GoalResult, words: Words) -> str:
    """`proved best`, `at most 0.8 % more is possible`, `at best 12`, or `not known`."""
    if result.bound is None:
        return UNKNOWN
    if result.proved:
        return PROVED
    more = result.bound - result.value
    if result.goal in SCALES or GOAL_OF[result.goal].better == "less" or more > result.value:
        scale, decimals, _ = SCALES.get(result.goal, (1, 0, ""))
        figure = words.number(result.bound / scale, decimals)
        percent = result.goal in SCALES and "%" in SCALES[result.goal][2]
        return f"at best {figure} %" if percent else f"at best {figure}"
    return f"at most {words.percent(more / result.value, 1)} more is possible"
