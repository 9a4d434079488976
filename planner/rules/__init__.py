"""The rules, in the order in which planners ask for them.

A new rule is entered here and in no other list; docs/add-a-rule.md names the files that it takes.
"""

from planner.facts.problem import Problem
from planner.rules import (
    attendance,
    benefit_cliff,
    carryover,
    consecutive_contact,
    contact_minutes,
    contact_week,
    contract_days,
    different_days,
    dosage,
    duty_free_lunch,
    federal_mix,
    filled_positions,
    fte_steps,
    fund_allows,
    fund_dates,
    fund_students,
    fund_total,
    funding_whole,
    group_size,
    meal_period,
    minimum_days,
    named_dates,
    no_student_twice,
    one_adult,
    one_contract,
    one_place_at_once,
    opening_hours,
    order,
    parent_engagement,
    pins,
    position_held_once,
    position_pins,
    position_split,
    preparation,
    program_percents,
    pull_out_spaces,
    qualification,
    required_allowances,
    required_duties,
    rest_breaks,
    same_percent,
    shift,
    sites,
    supervision,
    supplement,
    teacher_time,
    together,
    training,
    training_seats,
    unlisted_percents,
    vacancy,
    windows,
)
from planner.rules.registry import Registry
from planner.rules.rule import Rule, Setting
from planner.rules.settings import setting_of

RULES: Registry[Rule] = Registry(
    (
        one_place_at_once.RULE,
        no_student_twice.RULE,
        opening_hours.RULE,
        windows.RULE,
        teacher_time.RULE,
        order.RULE,
        minimum_days.RULE,
        dosage.RULE,
        different_days.RULE,
        together.RULE,
        named_dates.RULE,
        one_adult.RULE,
        attendance.RULE,
        qualification.RULE,
        fund_students.RULE,
        shift.RULE,
        contract_days.RULE,
        sites.RULE,
        duty_free_lunch.RULE,
        preparation.RULE,
        contact_minutes.RULE,
        contact_week.RULE,
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
        funding_whole.RULE,
        program_percents.RULE,
        unlisted_percents.RULE,
        federal_mix.RULE,
        fund_allows.RULE,
        same_percent.RULE,
        required_allowances.RULE,
        fte_steps.RULE,
        fund_total.RULE,
        fund_dates.RULE,
        parent_engagement.RULE,
        carryover.RULE,
        supplement.RULE,
        vacancy.RULE,
        benefit_cliff.RULE,
        one_contract.RULE,
        position_held_once.RULE,
        position_pins.RULE,
        filled_positions.RULE,
    )
)
RULE_OF = RULES.of
"""Each rule by its key; what is registered later is in it, too."""


def settings_of(problem: Problem) -> dict[str, Setting]:
    """How each rule is set in a district: its own default, or what the `rules` sheet and the
    jurisdiction say of it.
    """
    return {rule.key: setting_of(problem, rule) for rule in RULES}
