"""Goals as lines of a terminal, one below the other."""

from collections.abc import Sequence

from planner.rules.goals.goal_text import GoalText


def goal_lines(goals: Sequence[GoalText]) -> list[str]:
    """Title, value and unit of each goal, in columns."""
    title = max((len(goal.title) for goal in goals), default=0)
    value = max((len(goal.value) for goal in goals), default=0)
    return [f"  {goal.title.ljust(title)}  {goal.value.rjust(value)} {goal.unit}" for goal in goals]
