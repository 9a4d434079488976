"""What every goal says of itself.

Goals are ordered: the first matters most, and what it reached is kept by the rest.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.readers import Readers


@dataclass(frozen=True)
class Goal:
    """A goal, named as a planner would name it, with all that anybody wants to know of it; `value`
    recomputes it from facts and plan alone, in whole units. How the timetable counts it stands in
    the module of solver.timetable.goals that has its key for a name.
    """

    key: str
    title: str
    unit: str
    formula: str
    better: Literal["more", "less"]
    value: Callable[[Problem, Plan], int]
    readers: Readers
    """Who may read what was reached; without a default, so that whoever adds a goal decides."""
    part: str = "timetable"
    """The part of the plan that it is about: timetable or budget."""
    one: str = ""
    """The unit as it is said of 1, where that differs."""
    scale: int = 1
    """How many units make one of those that planners speak in."""
    decimals: int = 0
    """Of a figure in these."""
    spoken: str = ""
    """Their name, where it is not that of the unit."""
    by_counts: bool = False
    """Whether it depends on how many sessions each service gets, and on nothing else; the capacity
    of a week then tells what can be reached at all.
    """
    takes_least: bool = False
    """Whether of the parts of a district the smallest value counts; else they add up."""
    minutes_of_tier: int | None = None
    """The tier whose minutes it counts (0: those of other duties), of which a budget can promise
    some; None where it counts something else.
    """
    twin: str = ""
    """The module of solver.timetable.goals, where it has not the key for a name."""


def rank(problem: Problem, goals: Iterable[Goal], plan: Plan) -> list[int]:
    """What a plan reaches in each goal, the more the better: of two plans, that with the greater
    list is better in the first goal that differs.
    """
    return [
        goal.value(problem, plan) if goal.better == "more" else -goal.value(problem, plan)
        for goal in goals
    ]
