"""How each goal of planner.rules.goals enters the model; a test holds the two lists equal."""

from collections.abc import Callable

from solver.posting import Expr
from solver.timetable.goals import (
    balanced_load,
    duty_minutes,
    same_time,
    soft_rules,
    tier_minutes,
    worst_served_school,
)
from solver.timetable.timetable import Counted, Timetable

COUNTED: dict[str, Callable[[Counted], Expr]] = {
    "tier_3_minutes": lambda timetable: tier_minutes.expression(timetable, 3),
    "tier_2_minutes": lambda timetable: tier_minutes.expression(timetable, 2),
    "tier_1_minutes": lambda timetable: tier_minutes.expression(timetable, 1),
    "worst_served_school": worst_served_school.expression,
    "duty_minutes": duty_minutes.expression,
}
"""Goals that depend on how many sessions each service gets, and on nothing else."""
EXPRESSIONS: dict[str, Callable[[Timetable], Expr]] = {
    **COUNTED,
    "soft_rules": soft_rules.expression,
    "same_time": same_time.expression,
    "balanced_load": balanced_load.expression,
}
