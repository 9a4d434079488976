"""Faults of a dataset or scenario: where, what, and what to do."""

from collections.abc import Sequence

from markupsafe import Markup

from planner.words.errors import Fault, shortened
from ui.screen.table import Head, HtmlCell, HtmlRow, table

MOST = 200
"""Faults before the rest is counted."""
LONGEST = 400
"""Characters of a sentence, which may name what somebody wrote."""


def remark_table(remarks: Sequence[Fault]) -> Markup:
    """What is allowed and yet hardly meant, with the cell in which each is."""
    return fault_table(remarks, caption="Allowed, but look at it", what="What is unusual")


def fault_table(
    faults: Sequence[Fault], *, caption: str = "What must be mended", what: str = "What is wrong"
) -> Markup:
    """The faults, with the cell in which each is."""
    heads = (
        Head("Sheet"),
        Head("Cell"),
        Head("Column"),
        Head("Stands there"),
        Head(what),
        Head("What to do"),
    )
    rows: list[HtmlRow] = [
        [
            HtmlCell(shortened(one.sheet or one.file)),
            one.cell or (f"row {one.row}" if one.row else "–"),
            shortened(one.column),
            shortened(one.value),
            shortened(one.rule, LONGEST),
            shortened(one.fix, LONGEST),
        ]
        for one in faults[:MOST]
    ]
    if len(faults) > MOST:
        rows.append(
            [HtmlCell("…"), "", "", "", f"and {len(faults) - MOST} more", "Mend these first."]
        )
    return table(heads, rows, caption=caption)
