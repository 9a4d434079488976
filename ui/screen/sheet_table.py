"""The workbook's tables on the screen: the same columns and rows.

Nothing is computed or worded twice.
"""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from planner.facts.cell_type import Share
from planner.facts.problem import Problem
from planner.render.print.printed_table import written
from planner.render.workbook.canvas import Value
from planner.render.workbook.hr_sheets import AMOUNT, FTE
from planner.render.workbook.table import ReportColumn
from planner.words.wording import Words
from ui.screen.table import Head, HtmlCell, table

APART = ";"
"""Between ids in a cell."""
LISTS = ("allowances",)
SHORT_FTE = "0.###"


def sheet_table(
    columns: Sequence[ReportColumn],
    rows: Sequence[Sequence[Value]],
    problem: Problem,
    *,
    caption: str,
    shown: Collection[str] = (),
    picks: str = "",
) -> Markup:
    """The table; of its columns those `shown` (by heading, else all). Ids of schools, people and
    job classes are shown by name.

    Where a row can be picked, `picks` is the heading of the column that says whose it is.
    """
    words = Words(problem.data.district.locale)
    kept = [place for place, column in enumerate(columns) if not shown or column.heading in shown]
    heads = [_head(columns[place], problem.data.district.currency) for place in kept]
    owner = next((place for place, column in enumerate(columns) if column.heading == picks), None)
    people = {row.staff: row.called for row in problem.data.staff}
    names = {
        "school": {name: row.name for name, row in problem.schools.items()},
        "schools": {name: row.name for name, row in problem.schools.items()},
        "staff": people,
        "role": {name: row.title for name, row in problem.roles.items()},
    }

    def cell(place: int, row: Sequence[Value]) -> HtmlCell:
        column, value = columns[place], row[place]
        if isinstance(value, tuple):
            return HtmlCell(", ".join(map(_share, value)))
        text = written(value, SHORT_FTE if column.look == FTE else column.look.number, words.locale)
        if place == kept[0] and owner is not None:
            return HtmlCell(text, key=str(row[owner]))
        heading = column.heading.casefold()
        parts = [part.strip() for part in text.split(APART)] if text else []
        if heading in names and parts:
            return HtmlCell(", ".join(names[heading].get(one, one) for one in parts), hover=text)
        return HtmlCell(", ".join(parts) if heading in LISTS else text)

    return table(heads, [[cell(place, row) for place in kept] for row in rows], caption=caption)


def _head(column: ReportColumn, currency: str) -> Head:
    """A heading as it is read: `FTE`, `Allowance funding`; over amounts their currency."""
    said = column.heading.replace("_", " ")
    name = said.upper() if column.look == FTE else said[:1].upper() + said[1:]
    return Head(
        name,
        f"{currency} a year" if column.look == AMOUNT else "",
        figures=column.look.align == "right",
    )


def _share(share: Share) -> str:
    """`title-1 60 %`; of an allowance `coach@title-1 60 %`."""
    of = f"{share.allowance}@" if share.allowance else ""
    return f"{of}{share.fund} {share.percent} %"
