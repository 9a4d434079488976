"""Pins and the settings of rules."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.facts.cell_formats import Reading, nearest
from planner.facts.cell_numbers import fte
from planner.facts.decisions import Pin, RuleRow
from planner.facts.group_rows import Group
from planner.facts.overrides import value_of
from planner.facts.roles import Role
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault

if TYPE_CHECKING:
    from planner.rules.rule import Rule

SCOPES = {"tier": "", "role": "roles", "school": "schools"}


def find_pins_that_miss_a_value(sheets: Sheets) -> Iterator[Fault]:
    """A pin that does not say what it pins: each kind needs some of subject, staff, day, start,
    school and value.
    """
    for pin in sheets.of(Pin):
        for column, rule in _missing(pin):
            yield sheets.fault(pin, column, rule)


def _missing(pin: Pin) -> Iterator[tuple[str, str]]:
    if pin.kind == "session" and not pin.subject:
        yield "subject", "a session pin needs the group or duty that it holds."
    if pin.kind == "placement" and not pin.staff:
        yield "staff", "a placement pin needs the person whom it places."
    if pin.kind == "placement" and not (pin.school or pin.day):
        yield "school", "a placement pin needs a school, a day or both."
    if pin.kind == "lunch" and not pin.staff:
        yield "staff", "a lunch pin needs the person whose lunch it is."
    if pin.kind == "lunch" and pin.start is None:
        yield "start", "a lunch pin needs the time at which the lunch starts."
    if pin.kind == "position" and not pin.subject:
        yield "subject", "a position pin needs the position that it holds."
    if pin.kind == "position" and not (pin.staff or pin.school or pin.value):
        yield "value", "the pin holds nothing: name staff, school or a value."
    if pin.kind == "forbid" and not (
        pin.subject or pin.staff or pin.day or pin.school or pin.start is not None
    ):
        yield "subject", "says nothing of what is forbidden."


def find_position_pins_without_an_fte(sheets: Sheets) -> Iterator[Fault]:
    """A position pinned to a value that is no FTE."""
    for pin in sheets.of(Pin):
        if pin.kind == "position" and pin.value:
            try:
                whole = fte(pin.value) <= 1
            except ValueError as error:
                yield sheets.fault(
                    pin, "value", str(error), "Write the position's FTE like 0.5, or 0 for none."
                )
            else:
                if not whole:
                    yield sheets.fault(
                        pin, "value", "is more than a whole position.", "Write the FTE like 0.5."
                    )


def find_pins_on_the_wrong_kind_of_subject(sheets: Sheets) -> Iterator[Fault]:
    """A session pin on a position, a position pin on a group or duty."""
    services, positions = sheets.ids("groups") | sheets.ids("duties"), sheets.ids("positions")
    for pin in sheets.of(Pin):
        if pin.kind == "session" and pin.subject in positions - services:
            yield sheets.fault(
                pin, "subject", "is a position; a session pin needs a group or duty."
            )
        if pin.kind == "position" and pin.subject in services - positions:
            yield sheets.fault(
                pin, "subject", "is a group or duty; a position pin needs a position."
            )


def find_unknown_rules(sheets: Sheets) -> Iterator[Fault]:
    """A rule that does not exist, or a setting that makes no sense for it."""
    rules = _rules(sheets)
    for row in sheets.of(RuleRow):
        rule = rules.get(row.rule)
        if rule is None:
            fix = nearest(row.rule, rules) or "The rules are listed by 'planner rules'."
            yield sheets.fault(row, "rule", "is no rule.", fix)
        elif row.setting and row.setting not in {strength.value for strength in rule.strengths}:
            allowed = " or ".join(sorted(strength.value for strength in rule.strengths))
            yield sheets.fault(
                row, "setting", f"makes no sense for the rule {rule.key}; it may be {allowed}."
            )


def _rules(sheets: Sheets) -> dict[str, "Rule"]:
    if not sheets.of(RuleRow):
        return {}
    from planner.rules import RULE_OF  # here: rules stand on facts, and no other check needs them

    return RULE_OF


def find_unknown_scopes(sheets: Sheets) -> Iterator[Fault]:
    """`applies_to` that is not a tier, a role or a school of this district."""
    rules = _rules(sheets)
    for row in sheets.of(RuleRow):
        if not row.applies_to:
            continue
        scope, _, name = (part.strip() for part in row.applies_to.partition(":"))
        if scope not in SCOPES or not name:
            rule, fix = (
                "names no part of the district.",
                "Write it like tier:3, role:para or school:elm.",
            )
            yield sheets.fault(row, "applies_to", rule, fix)
        elif row.rule in rules and scope not in rules[row.rule].scopes:
            kinds = " or ".join(f"{kind}:…" for kind in sorted(rules[row.rule].scopes)) or "nothing"
            yield sheets.fault(
                row, "applies_to", f"does not go with {row.rule}, which is set apart by {kinds}."
            )
        elif scope == "tier":
            if name not in ("1", "2", "3"):
                yield sheets.fault(row, "applies_to", "is no tier.", "The tiers are 1, 2 and 3.")
        elif sheets.whole(SCOPES[scope]) and name not in sheets.ids(SCOPES[scope]):
            fix = sheets.nearest(name, (SCOPES[scope],))
            yield sheets.fault(
                row, "applies_to", f"names no {scope} of the sheet {SCOPES[scope]}.", fix, name
            )


def find_parameters_that_do_not_fit(sheets: Sheets) -> Iterator[Fault]:
    """A parameter that the rule does not have, or whose value it could not hold."""
    rules = _rules(sheets)
    for row in sheets.of(RuleRow):
        rule = rules.get(row.rule)
        known = (*rule.columns, *rule.parameters) if rule else ()
        if row.parameter and rule and row.parameter not in known:
            fix = nearest(row.parameter, known) or (
                f"It has {', '.join(known)}." if known else "It has no parameter."
            )
            yield sheets.fault(row, "parameter", f"is no parameter of the rule {row.rule}.", fix)
        elif row.parameter and not row.value:
            yield sheets.fault(
                row, "value", f"is blank; the parameter {row.parameter} needs a value."
            )
        elif row.parameter and rule:
            try:
                _read(row, rule, sheets.reading)
            except ValueError as error:
                yield sheets.fault(row, "value", str(error))
        elif row.value:
            yield sheets.fault(row, "parameter", "is blank; which limit has this value?", value="")


def _read(row: RuleRow, rule: "Rule", reading: Reading) -> None:
    """Raises ValueError where the value of a parameter cannot be read."""
    for model in (Role, Group):
        if row.parameter in model.model_fields:
            value_of(model, row.parameter, row.value, reading)
            return
    rule.parameters[row.parameter].read(row.value)
