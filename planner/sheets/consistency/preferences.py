"""Preferences of nobody, and such as say nothing."""

from collections.abc import Iterator

from planner.facts.cell_type import nearest
from planner.facts.preferences import WHOM, Preference
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault


def find_preferences_of_nobody(sheets: Sheets) -> Iterator[Fault]:
    """A name that is in no sheet, or no grade of the district."""
    for row in sheets.of(Preference):
        sheet = WHOM[row.kind]
        if sheet and sheets.whole(sheet) and row.name not in sheets.ids(sheet):
            fix = sheets.nearest(row.name, (sheet,))
            yield sheets.fault(
                row, "who", f"names no {row.kind} of the sheet {sheet}.", fix, row.name
            )
        elif row.kind == "grade" and row.name not in sheets.reading.grades:
            fix = nearest(row.name, sheets.reading.grades)
            yield sheets.fault(row, "who", "is no grade of the district.", fix, row.name)


def find_preferences_that_say_nothing(sheets: Sheets) -> Iterator[Fault]:
    """A stretch of time that ends before it begins, or a weight of 0."""
    for row in sheets.of(Preference):
        if row.to <= row.from_:
            yield sheets.fault(row, "to", "is not after the time in from.")
        if row.weight == 0:
            yield sheets.fault(
                row, "weight", "is 0, which says nothing.", "Write 1 to 10, or -1 to -10 to avoid."
            )
