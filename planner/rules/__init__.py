"""The rules, in the order in which planners ask for them. A new rule is added here and nowhere else."""

from planner.problem.problem import Problem
from planner.rule import Rule, Setting, Strength
from planner.rules import (
    attendance,
    consecutive_contact,
    contact_minutes,
    contract_days,
    different_days,
    dosage,
    duty_free_lunch,
    minimum_days,
    no_student_twice,
    one_adult,
    one_place_at_once,
    pins,
    position_split,
    preparation,
    pull_out_spaces,
    qualification,
    required_duties,
    shift,
    sites,
    supervision,
    training,
    training_seats,
    windows,
)

RULES: tuple[Rule, ...] = (
    one_place_at_once.RULE,
    no_student_twice.RULE,
    windows.RULE,
    minimum_days.RULE,
    dosage.RULE,
    different_days.RULE,
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
    pull_out_spaces.RULE,
    supervision.RULE,
    required_duties.RULE,
    pins.RULE,
    position_split.RULE,
    training.RULE,
    training_seats.RULE,
)
RULE_OF = {rule.key: rule for rule in RULES}


def settings_of(problem: Problem) -> dict[str, Setting]:
    """How each rule is set in a district: its own default, or what the `rules` sheet says of it for the whole district."""
    found = {rule.key: rule.default for rule in RULES}
    planned = problem.data.district.day_planned
    for row in problem.data.rules:
        holds = (row.from_ is None or row.from_ <= planned) and (row.to is None or planned <= row.to)
        if row.rule in found and holds and not row.applies_to and (row.setting or row.weight):
            strength = Strength(row.setting) if row.setting else found[row.rule].strength
            found[row.rule] = Setting(strength, row.weight or 1)
    return found
