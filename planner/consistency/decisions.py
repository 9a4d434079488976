"""Pins and the settings of rules."""

from collections.abc import Iterator

from planner.consistency.sheets import Sheets
from planner.errors import Fault
from planner.problem.cells import nearest
from planner.problem.decisions import Pin, RuleRow
from planner.problem.row import Column, columns_of
from planner.problem.sheets import SHEETS, heading

SCOPES = {"tier": "", "role": "roles", "school": "schools"}
REPLACEABLE = ("roles", "groups")


def find_pins_that_miss_a_value(sheets: Sheets) -> Iterator[Fault]:
    """A pin that does not say what it pins: each kind needs some of subject, staff, day, start, school and value."""
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
    if pin.kind == "forbid" and not (pin.subject or pin.staff or pin.day or pin.school or pin.start is not None):
        yield "subject", "says nothing of what is forbidden."


def find_pins_on_the_wrong_kind_of_subject(sheets: Sheets) -> Iterator[Fault]:
    """A session pin on a position, a position pin on a group or duty."""
    services, positions = sheets.ids("groups") | sheets.ids("duties"), sheets.ids("positions")
    for pin in sheets.of(Pin):
        if pin.kind == "session" and pin.subject in positions - services:
            yield sheets.fault(pin, "subject", "is a position; a session pin needs a group or duty.")
        if pin.kind == "position" and pin.subject in services - positions:
            yield sheets.fault(pin, "subject", "is a group or duty; a position pin needs a position.")


def find_unknown_rules(sheets: Sheets) -> Iterator[Fault]:
    """A rule that does not exist, or a setting that makes no sense for it."""
    if not sheets.of(RuleRow):
        return
    from planner.rules import RULES  # here: rules stand on facts, and no other check needs them

    rules = {rule.key: rule for rule in RULES}
    for row in sheets.of(RuleRow):
        rule = rules.get(row.rule)
        if rule is None:
            fix = nearest(row.rule, rules) or "The rules are listed by 'planner rules'."
            yield sheets.fault(row, "rule", "is no rule.", fix)
        elif row.setting and row.setting not in {strength.value for strength in rule.strengths}:
            allowed = " or ".join(sorted(strength.value for strength in rule.strengths))
            yield sheets.fault(row, "setting", f"makes no sense for the rule {rule.key}; it may be {allowed}.")


def find_unknown_scopes(sheets: Sheets) -> Iterator[Fault]:
    """`applies_to` that is not a tier, a role or a school of this district."""
    for row in sheets.of(RuleRow):
        if not row.applies_to:
            continue
        scope, _, name = (part.strip() for part in row.applies_to.partition(":"))
        if scope not in SCOPES or not name:
            rule, fix = "names no part of the district.", "Write it like tier:3, role:para or school:elm."
            yield sheets.fault(row, "applies_to", rule, fix)
        elif scope == "tier":
            if name not in ("1", "2", "3"):
                yield sheets.fault(row, "applies_to", "is no tier.", "The tiers are 1, 2 and 3.")
        elif sheets.whole(SCOPES[scope]) and name not in sheets.ids(SCOPES[scope]):
            fix = sheets.nearest(name, (SCOPES[scope],))
            yield sheets.fault(row, "applies_to", f"names no {scope} of the sheet {SCOPES[scope]}.", fix, name)


def find_parameters_that_do_not_fit(sheets: Sheets) -> Iterator[Fault]:
    """A parameter that is no column of roles or groups, or whose value that column could not hold."""
    columns: dict[str, Column] = {heading(column.name): column for sheet in REPLACEABLE for column in columns_of(SHEETS[sheet])}
    for row in sheets.of(RuleRow):
        if row.parameter and row.parameter not in columns:
            fix = nearest(row.parameter, columns) or "Write a column of the sheet roles or groups."
            yield sheets.fault(row, "parameter", "is no column that a rule can replace.", fix)
        elif row.parameter and not row.value:
            yield sheets.fault(row, "value", f"is blank; the parameter {row.parameter} needs a value.")
        elif row.parameter:
            try:
                columns[row.parameter].cell.parse(row.value, sheets.reading)
            except ValueError as error:
                yield sheets.fault(row, "value", str(error))
        elif row.value:
            yield sheets.fault(row, "parameter", "is blank; which column has this value?", value="")
