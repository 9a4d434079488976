"""Style the dataset's workbook: its colours, formats and widths, and its first page."""

from collections.abc import Iterable

from planner.facts.row import ColumnSpec
from planner.facts.sheets import SHEETS, heading

READ_ME = (
    (
        "What this is",
        "The facts from which the planner makes staffing, budget and timetables. One sheet for "
        "each kind of fact.",
    ),
    (
        "Where to begin",
        "Fill in district, roles and schools first: they are always needed. Then only the sheets "
        "you need.",
    ),
    (
        "A timetable",
        "needs staff, groups and blocks; duties, teachers, travel and members where there are any.",
    ),
    (
        "A budget",
        "needs programs, funds, pay and positions; allowances and oncosts where there are any.",
    ),
    (
        "The worked row",
        "Every sheet of a new workbook begins with an example. Write over it, or delete it.",
    ),
    (
        "Headings",
        "Dark headings are required. Point at a heading to read what it means, its unit and its "
        "form.",
    ),
    (
        "Blank cells",
        "Blank means the default that the note tells. Leave blank what you do not need.",
    ),
    (
        "How to write",
        "Times 08:30. Dates 2026-09-01. Days Mon-Fri or Mon;Wed. Grades K-2. Lists with ; "
        "between. Yes or no.",
    ),
    (
        "Names",
        "An id stands once in its own sheet; elsewhere it is chosen from a list. Use keys for "
        "students, not names.",
    ),
    (
        "Remarks",
        "A column or sheet whose name begins with _ is yours: it is not read. To check: planner "
        "validate FILE.",
    ),
)

SHEET_PURPOSE = {
    "district": "the one district: its year, its cycle of days, its grades",
    "calendar": "a day, or days, that differ: holidays, training days, short days",
    "roles": "a job class: its contract, its limits, what it may deliver",
    "pay": "a cell of a salary schedule",
    "allowances": "a differential or an allowance",
    "oncosts": "a cost of the employer beside pay",
    "programs": "a categorical or unrestricted program and what it allows",
    "funds": "money of a program, at a school or pooled",
    "schools": "a place of work",
    "blocks": "a part of the school day for some grades",
    "travel": "the way between two schools",
    "staff": "a person under contract",
    "positions": "a budgeted place",
    "assignments": "who holds a position, from when to when",
    "expenditures": "money of a fund that is no position",
    "accounts": "a segment of the accounts that money is booked on",
    "groups": "students who are served together",
    "members": "a student in a group, by a pseudonymous key",
    "teachers": "an adult on the site who is not planned",
    "duties": "other work: meetings, coaching, supervision",
    "training": "hours that a role must have had by a deadline",
    "offerings": "a date on which a training is given",
    "preferences": "times that somebody would rather have or avoid",
    "pins": "a decision that must stand, or must not be taken",
    "rules": "how a rule is set here",
}

FORMATS = {
    "money": '#,##0.00 "¤"',
    "date": "yyyy-mm-dd",
    "whole number": "0",
    "percentage": "General",
    "FTE": "General",
    "number": "General",
    "sessions": "General",
}
"""Number formats by kind of cell; every other kind is text, so that no spreadsheet turns `1-2` into
a date.
"""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""How text begins that a spreadsheet may take for a formula."""

FONT = "Calibri"
INK, DARK, PALE, LINE, WHITE = "FF1F2933", "FF274C5E", "FFDDE7EB", "FFB8C4CA", "FFFFFFFF"
_LONGEST_COLUMN, _SHORTEST_COLUMN = 44, 9


def format_of(column: ColumnSpec, money: str) -> str:
    """The number format of a column; `money` is the district's."""
    return money if column.cell.kind == "money" else FORMATS.get(column.cell.kind, "@")


def width_of(column: ColumnSpec, texts: Iterable[str]) -> float:
    """A width, in characters, that shows the heading and most of the texts."""
    longest = max((len(text) for text in texts), default=0)
    return min(_LONGEST_COLUMN, max(_SHORTEST_COLUMN, len(heading(column.name)) + 4, longest + 2))


assert tuple(SHEET_PURPOSE) == tuple(SHEETS), "every sheet says what its rows are"
