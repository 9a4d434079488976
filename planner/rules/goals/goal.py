"""What every goal says of itself.

Goals are ordered: the first matters most, and what it reached is kept by the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from planner.facts.problem import Problem
from planner.plan.plan import Plan


@dataclass(frozen=True)
class Goal:
    """A goal, named as a planner would name it; `value` recomputes it from facts and plan alone, in
    whole units.
    """

    key: str
    title: str
    unit: str
    formula: str
    better: Literal["more", "less"]
    value: Callable[[Problem, Plan], int]
    part: str = "timetable"
    """The part of the plan that it is about: timetable or budget."""
    one: str = ""
    """The unit as it is said of 1, where that differs."""
