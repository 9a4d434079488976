"""What the sheet `rules` and a jurisdiction say of rules: by part of the district, by date, later
rows before earlier ones.
"""

from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.rules import RULES, different_days, preparation, settings_of
from planner.rules.checker import violations
from planner.rules.rule import Setting, Strength
from tests.solver.tiny import Rows, groups, staff, tiny


def ruled(*rows: dict[str, str | int], **sheets: Rows) -> Problem:
    """A district with these rules."""
    people = staff("Ana") + staff("Ben", role="lead")
    roles = [{"role": "para", "prep_minutes": 30}, {"role": "lead", "prep_minutes": 40}]
    served = [*groups("A"), *groups("B", tier=3)]
    return tiny(**{"roles": roles, "staff": people, "groups": served, "rules": list(rows)} | sheets)


def strength(problem: Problem, rule: str, *where: str) -> Strength:
    return settings_of(problem)[rule].at(problem.scopes(where)).strength


def test_nothing_said_is_the_rules_own_setting():
    settings = settings_of(ruled())
    assert {key: setting for key, setting in settings.items()} == {
        rule.key: rule.default for rule in RULES
    }


def test_a_row_for_a_part_goes_before_one_for_the_district_wherever_it_stands():
    problem = ruled(
        {"rule": "different_days", "setting": "off", "applies_to": "tier:3"},
        {"rule": "different_days", "setting": "hard"},
    )
    assert strength(problem, "different_days", "A") is Strength.HARD
    assert strength(problem, "different_days", "B") is Strength.OFF


def test_of_two_rows_for_one_part_the_later_holds():
    rows = [
        {"rule": "preparation", "setting": "off", "applies_to": "role:para"},
        {"rule": "preparation", "setting": "soft", "weight": 4, "applies_to": "role:para"},
    ]
    setting = settings_of(ruled(*rows))["preparation"].at(frozenset({"role:para"}))
    assert (setting.strength, setting.weight) == (Strength.SOFT, 4)


def test_a_weight_of_nothing_notes_and_costs_nothing():
    rows = [{"rule": "preparation", "setting": "soft", "weight": 0}]
    assert settings_of(ruled(*rows))["preparation"] == Setting(Strength.SOFT, 0)
    assert (
        settings_of(ruled(*rows, {"rule": "preparation", "weight": 2}))["preparation"].weight == 2
    )


def test_a_row_holds_on_the_planned_day_alone():
    rows = [
        {"rule": "windows", "setting": "off", "to": "2026-08-31"},
        {"rule": "preparation", "setting": "off", "from": "2026-09-01"},
    ]
    problem = ruled(*rows)
    assert strength(problem, "windows", "A") is Strength.HARD
    assert strength(problem, "preparation", "Ana") is Strength.OFF


def test_a_parameter_takes_the_place_of_the_job_classes_column():
    rows = [
        {"rule": "preparation", "parameter": "prep_minutes", "value": "50"},
        {
            "rule": "preparation",
            "parameter": "prep_minutes",
            "value": "60",
            "applies_to": "role:lead",
        },
    ]
    problem = ruled(*rows)
    assert {person.id: person.role.prep_minutes for person in problem.people} == {
        "Ana": 50,
        "Ben": 60,
    }


def test_a_parameter_takes_the_place_of_the_groups_column():
    problem = ruled(
        {"rule": "one_adult", "parameter": "max_people", "value": "2", "applies_to": "tier:3"}
    )
    assert {service.id: service.most_people for service in problem.services} == {"A": 9, "B": 2}


def test_the_checker_looks_at_a_violation_by_the_part_it_is_about():
    problem = ruled(
        {"rule": "different_days", "setting": "off", "applies_to": "tier:3"},
        {"rule": "preparation", "setting": "soft", "applies_to": "role:lead"},
        groups=[*groups("A", sessions=2), *groups("B", sessions=2, tier=3)],
    )
    twice = tuple(
        Session(name, "Mon", start, start + 30, ("Ana",), "elm")
        for name in "AB"
        for start in (480, 540)
    )
    days = tuple(Placement(name, "Mon", 480, 600, "elm") for name in ("Ana", "Ben"))
    plan = Plan(days, twice)
    hard = [
        v
        for v in violations(problem, plan, strength=Strength.HARD)
        if v.rule in ("different_days", "preparation")
    ]
    assert [(v.rule, v.where[0]) for v in hard] == [
        (different_days.RULE.key, "A"),
        (preparation.RULE.key, "Ana"),
    ]
    soft = violations(problem, plan, strength=Strength.SOFT)
    assert [(v.rule, v.where[0], v.amount) for v in soft] == [(preparation.RULE.key, "Ben", 40)]
