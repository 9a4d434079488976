"""How each goal of planner.goals enters the model; a test holds the two lists equal."""

from collections.abc import Callable

from ortools.sat.python import cp_model

from solver.posting import Expr
from solver.timetable.goals import balanced_load, duty_minutes, same_time, soft_rules, tier_minutes, worst_served_school
from solver.timetable.timetable import Timetable

EXPRESSIONS: dict[str, Callable[[Timetable], Expr]] = {
    "tier_3_minutes": lambda timetable: tier_minutes.expression(timetable, 3),
    "tier_2_minutes": lambda timetable: tier_minutes.expression(timetable, 2),
    "tier_1_minutes": lambda timetable: tier_minutes.expression(timetable, 1),
    "worst_served_school": worst_served_school.expression,
    "duty_minutes": duty_minutes.expression,
    "soft_rules": soft_rules.expression,
    "same_time": same_time.expression,
    "balanced_load": balanced_load.expression,
}
