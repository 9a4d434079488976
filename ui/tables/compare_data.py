"""A comparison for machines.

Money, FTE and percentages are decimals written as text, shares numbers, minutes and counts whole.
"""

from decimal import Decimal
from typing import Any

from planner.comparison import Comparison, ComparisonRow
from planner.comparison.comparison import SUMMARY, TABLES
from planner.comparison.row import Value

Json = dict[str, Any]
NUMBERS = ("share", "adults")


def as_data(comparison: Comparison, *, everything: bool) -> Json:
    """The plans, and the rows of each table; those without a difference only where everything is
    asked for.
    """
    lists = {name: (name,) for name in TABLES if name not in SUMMARY}
    return {
        "plans": [
            {
                "label": plan.label,
                "scenario": plan.scenario,
                "status": plan.status,
                "changes": list(plan.changes),
            }
            for plan in comparison.plans
        ],
        "base": comparison.base + 1,
        "currency": comparison.currency,
        "remarks": list(comparison.remarks),
        "tables": {
            table: [row_data(row) for row in comparison.table(*names, everything=everything)]
            for table, names in ({"summary": SUMMARY} | lists).items()
        },
    }


def row_data(row: ComparisonRow) -> Json:
    """One row."""
    return {
        "measure": row.measure,
        "kind": row.kind or None,
        "id": row.id if row.kind else None,
        "label": row.label,
        "what": row.what,
        "unit": row.unit_words or row.unit,
        "better": row.better or None,
        "relative": row.relative,
        "values": [_value(row, value) for value in row.values],
        "owed": [_value(row, value) for value in row.owed] if row.owed else None,
        "notes": list(row.notes) if any(row.notes) else None,
        "differences": [_value(row, value) for value in row.differences],
        "because": [because or None for because in row.because],
    }


def _value(row: ComparisonRow, value: Value) -> int | float | str | None:
    if isinstance(value, Decimal):
        return float(value) if row.unit in NUMBERS else f"{value:f}"
    return value
