"""The goals, in the order in which they matter unless a scenario says otherwise.

A new goal is entered here and in no other list; docs/add-a-goal.md names the files that it takes.
"""

from planner.rules.goals import (
    balanced_load,
    cost,
    duty_minutes,
    idle_time,
    same_time,
    soft_rules,
    tier_minutes,
    wished_times,
    worst_served_school,
)
from planner.rules.goals.goal import Goal
from planner.rules.registry import Registry

GOALS: Registry[Goal] = Registry(
    (
        *tier_minutes.GOALS,
        worst_served_school.GOAL,
        duty_minutes.GOAL,
        soft_rules.GOAL,
        same_time.GOAL,
        idle_time.GOAL,
        wished_times.GOAL,
        balanced_load.GOAL,
        cost.GOAL,
    )
)
GOAL_OF = GOALS.of
"""Each goal by its key; what is registered later is in it, too."""
