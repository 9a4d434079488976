"""The rules, in the order in which planners ask for them. A new rule is added here and nowhere else."""

from planner.problem.problem import Problem
from planner.rule import Rule, Setting
from planner.rules import (
    attendance,
    consecutive_contact,
    contact_minutes,
    contract_days,
    different_days,
    dosage,
    duty_free_lunch,
    group_size,
    meal_period,
    minimum_days,
    named_dates,
    no_student_twice,
    one_adult,
    one_place_at_once,
    opening_hours,
    order,
    pins,
    position_split,
    preparation,
    pull_out_spaces,
    qualification,
    required_duties,
    rest_breaks,
    shift,
    sites,
    supervision,
    teacher_time,
    training,
    training_seats,
    windows,
)
from planner.rules.settings import setting_of

RULES: tuple[Rule, ...] = (
    one_place_at_once.RULE,
    no_student_twice.RULE,
    opening_hours.RULE,
    windows.RULE,
    teacher_time.RULE,
    order.RULE,
    minimum_days.RULE,
    dosage.RULE,
    different_days.RULE,
    named_dates.RULE,
    one_adult.RULE,
    attendance.RULE,
    qualification.RULE,
    shift.RULE,
    contract_days.RULE,
    sites.RULE,
    duty_free_lunch.RULE,
    preparation.RULE,
    contact_minutes.RULE,
    consecutive_contact.RULE,
    meal_period.RULE,
    rest_breaks.RULE,
    pull_out_spaces.RULE,
    group_size.RULE,
    supervision.RULE,
    required_duties.RULE,
    pins.RULE,
    position_split.RULE,
    training.RULE,
    training_seats.RULE,
)
RULE_OF = {rule.key: rule for rule in RULES}


def settings_of(problem: Problem) -> dict[str, Setting]:
    """How each rule is set in a district: its own default, or what the `rules` sheet and the jurisdiction say of it."""
    return {rule.key: setting_of(problem, rule) for rule in RULES}
