"""Limits of the sheet `rules`, or of a preset, in the place of a column of roles or groups."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from annotated_types import Ge, Gt, Le

from planner.facts.cell_formats import Reading
from planner.facts.decisions import RuleRow
from planner.facts.district import District
from planner.facts.presets import preset
from planner.facts.row import SheetRow, columns_of

R = TypeVar("R", bound=SheetRow)


def in_force(rows: Iterable[RuleRow], day: date) -> list[RuleRow]:
    """The rows that hold on a day, so that each goes before those ahead of it: the narrower and the
    later come last.
    """
    held = [
        row
        for row in rows
        if (row.from_ is None or row.from_ <= day) and (row.to is None or day <= row.to)
    ]
    return sorted(held, key=lambda row: bool(row.applies_to))


def rules_of(district: District, rows: Iterable[RuleRow]) -> tuple[RuleRow, ...]:
    """What the jurisdiction and then the district's own rows say of rules on the planned day: each
    row goes before those ahead of it.
    """
    own = in_force(rows, district.day_planned)
    said = {(row.rule, row.parameter) for row in own if not row.applies_to}
    given = in_force(preset(district.jurisdiction), district.day_planned)
    return (*(row for row in given if (row.rule, row.parameter) not in said), *own)


def value_of(model: type[SheetRow], field: str, text: str, reading: Reading) -> Any:
    """A text as the value of a column. Raises ValueError where the column cannot hold it."""
    column = next(column for column in columns_of(model) if column.name == field)
    value = column.cell.parse(text, reading)
    for limit in model.model_fields[field].metadata:
        if isinstance(limit, Ge) and value < limit.ge:
            raise ValueError(f"must be at least {limit.ge}.")
        if isinstance(limit, Gt) and value <= limit.gt:
            raise ValueError(f"must be more than {limit.gt}.")
        if isinstance(limit, Le) and value > limit.le:
            raise ValueError(f"must be at most {limit.le}.")
    return value


def overridden(row: R, rows: Iterable[RuleRow], scopes: frozenset[str], reading: Reading) -> R:
    """A row with the columns that these rules put another value into, where it belongs to these
    parts of the district.
    """
    changes = {
        rule.parameter: value_of(type(row), rule.parameter, rule.value, reading)
        for rule in rows
        if rule.parameter in type(row).model_fields
        and (not rule.applies_to or scope_of(rule) in scopes)
    }
    return row.model_copy(update=changes) if changes else row


def scope_of(row: RuleRow) -> str:
    """`role:para`, however it was spaced."""
    kind, _, name = row.applies_to.partition(":")
    return f"{kind.strip()}:{name.strip()}" if row.applies_to else ""
