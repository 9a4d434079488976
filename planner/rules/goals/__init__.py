"""The goals, in their order unless a scenario says otherwise. A new goal is added here."""

from planner.rules.goals import (
    balanced_load,
    cost,
    duty_minutes,
    same_time,
    soft_rules,
    tier_minutes,
    worst_served_school,
)
from planner.rules.goals.goal import Goal

GOALS: tuple[Goal, ...] = (
    *tier_minutes.GOALS,
    worst_served_school.GOAL,
    duty_minutes.GOAL,
    soft_rules.GOAL,
    same_time.GOAL,
    balanced_load.GOAL,
    cost.GOAL,
)
GOAL_OF = {goal.key: goal for goal in GOALS}
