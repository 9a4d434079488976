"""Faults of a dataset or scenario: where, what, and what to do."""

from collections.abc import Sequence

from markupsafe import Markup

from planner.errors import Fault
from ui.screen.table import Cell, Head, table

MOST = 200


def fault_table(faults: Sequence[Fault]) -> Markup:
    """The faults, with the cell in which each is."""
    heads = (Head("Sheet"), Head("Cell"), Head("Column"), Head("Stands there"), Head("What is wrong"), Head("What to do"))
    rows = [
        [Cell(one.sheet or one.file), one.cell or (f"row {one.row}" if one.row else "–"), one.column, one.value, one.rule, one.fix]
        for one in faults[:MOST]
    ]
    if len(faults) > MOST:
        rows.append([Cell("…"), "", "", "", f"and {len(faults) - MOST} more", "Mend these first."])
    return table(heads, rows, caption="What must be mended")
