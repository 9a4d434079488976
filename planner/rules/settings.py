"""How each rule is set in a district, and in parts of it."""

from planner.facts.overrides import scope_of
from planner.facts.problem import Problem
from planner.rules.rule import Rule, Setting, Strength


def setting_of(problem: Problem, rule: Rule) -> Setting:
    """A rule's setting: its own, or what the sheet `rules` and the jurisdiction say, with
    exceptions for parts of the district.
    """
    setting = rule.default
    exceptions: list[tuple[str, Setting]] = []
    for row in problem.rules_in_force:
        if row.rule != rule.key or (row.setting is None and row.weight is None):
            continue
        before = (
            setting
            if not row.applies_to
            else next((found for scope, found in exceptions if scope == scope_of(row)), setting)
        )
        strength = Strength(row.setting) if row.setting else before.strength
        found = Setting(strength, before.weight if row.weight is None else row.weight)
        if row.applies_to:
            exceptions.insert(0, (scope_of(row), found))
        else:
            setting = found
    return Setting(setting.strength, setting.weight, tuple(exceptions))


def parameter(problem: Problem, rule: Rule, name: str, where: tuple[str, ...] = ()) -> int | None:
    """A rule's own limit at a place, a whole number; None where there is none. Raises KeyError as
    `written`.
    """
    value = written(problem, rule, name, where)
    return int(value) if value else None


def written(problem: Problem, rule: Rule, name: str, where: tuple[str, ...] = ()) -> str:
    """A rule's own limit at a place as a cell has it; blank where there is none. Raises KeyError
    for one that it does not have.
    """
    value = rule.parameters[name].default
    for row in problem.rules_in_force:
        if (
            row.rule == rule.key
            and row.parameter == name
            and (not row.applies_to or scope_of(row) in problem.scopes(where))
        ):
            value = row.value
    return value
