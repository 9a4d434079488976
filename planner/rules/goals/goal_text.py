"""What a goal reached and what is still possible, in words."""

from dataclasses import dataclass

from planner.plan.result import GoalResult
from planner.rules.goals import GOAL_OF
from planner.words.wording import Words, plural

PROVED = "proved best"
UNKNOWN = "not known"


@dataclass(frozen=True)
class GoalText:
    """A goal's title, its value and unit as they are said, and what is still possible."""

    title: str
    value: str
    unit: str
    possible: str


def goal_text(result: GoalResult, words: Words) -> GoalText:
    """A goal's result in words."""
    goal = GOAL_OF[result.goal]
    unit = goal.spoken or plural(result.value, goal.one or goal.unit, goal.unit)
    value = words.number(result.value / goal.scale, goal.decimals)
    return GoalText(goal.title, value, unit, still_possible(result, words))


def still_possible(result: GoalResult, words: Words) -> str:
    """`proved best`, `at most 0.8 % more is possible`, `at best 12`, or `not known`."""
    if result.bound is None:
        return UNKNOWN
    if result.proved:
        return PROVED
    goal, more = GOAL_OF[result.goal], result.bound - result.value
    if goal.spoken or goal.better == "less" or more > result.value:
        figure = words.number(result.bound / goal.scale, goal.decimals)
        return f"at best {figure} %" if "%" in goal.spoken else f"at best {figure}"
    return f"at most {words.percent(more / result.value, 1)} more is possible"
