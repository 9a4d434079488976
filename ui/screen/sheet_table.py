"""The workbook's tables on the screen: the same columns and rows, so that nothing is computed or worded twice."""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from planner.exports.printed_table import written
from planner.problem.problem import Problem
from planner.reports.canvas import Value
from planner.reports.table import Column
from planner.words import Words
from ui.screen.table import Cell, Head, table

APART = ";"
"""Between ids in a cell."""


def sheet_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    problem: Problem,
    *,
    caption: str,
    shown: Collection[str] = (),
) -> Markup:
    """The table; of its columns those `shown` (by heading, else all). Ids of schools, people and job classes are shown by name."""
    words = Words(problem.data.district.locale)
    kept = [place for place, column in enumerate(columns) if not shown or column.heading in shown]
    heads = [Head(columns[place].heading.capitalize(), figures=columns[place].look.align == "right") for place in kept]
    people = {row.staff: row.called for row in problem.data.staff}
    names = {
        "school": {name: row.name for name, row in problem.schools.items()},
        "schools": {name: row.name for name, row in problem.schools.items()},
        "staff": people,
        "role": {name: row.title for name, row in problem.roles.items()},
    }

    def cell(place: int, value: Value) -> Cell:
        text = written(value, columns[place].look.number, words.locale)
        known = names.get(columns[place].heading.casefold())
        if known is None or not text:
            return Cell(text)
        ids = [part.strip() for part in text.split(APART)]
        return Cell(", ".join(known.get(one, one) for one in ids), hover=text)

    return table(heads, [[cell(place, row[place]) for place in kept] for row in rows], caption=caption)
