"""Who holds a position, beside what the position itself says."""

from collections.abc import Iterator

from planner.facts.assignments import HOLDS, LEAVE, SUBSTITUTE, Assignment
from planner.facts.funds import Position
from planner.facts.staff_rows import Staff
from planner.sheets.consistency.money import WHOLE, fund_named_twice
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault
from planner.words.wording import listed

DOES = {HOLDS: "holds", LEAVE: "is on leave from", SUBSTITUTE: "fills"}


def find_assignments_outside_their_position(sheets: Sheets) -> Iterator[Fault]:
    """Somebody who holds a position before it begins, or after it ends."""
    positions = sheets.by_id(Position)
    for row in sheets.of(Assignment):
        position = positions.get(row.position)
        if position is None:
            continue
        for field, day in (("from_", row.from_), ("to", row.to)):
            start, end = position.start, position.end
            if day and start and day < start:
                word, rule = "start", f"is before {row.position} begins ({start.isoformat()})."
            elif day and end and day > end:
                word, rule = "end", f"is after {row.position} ends ({end.isoformat()})."
            else:
                continue
            fix = f"Write a date within the position, or change its {word} in the sheet positions."
            yield sheets.fault(row, field, rule, fix)


def find_assignments_of_positions_that_are_not_filled(sheets: Sheets) -> Iterator[Fault]:
    """Somebody who holds a position that is vacant or proposed: is it paid for the whole year, or
    for their part of it?
    """
    positions = sheets.by_id(Position)
    for row in sheets.of(Assignment):
        position = positions.get(row.position)
        if position is not None and position.status != "filled":
            rule = f"is {position.status} in positions, and {row.staff} {DOES[row.kind]} it here."
            fix = (
                "Make it filled there (on days on which nobody holds it, it counts as vacant), or "
                "delete this row."
            )
            yield sheets.fault(row, "position", rule, fix)


def find_holders_whom_no_assignment_names(sheets: Sheets) -> Iterator[Fault]:
    """A position that its own row gives to somebody, and the sheet `assignments` to others alone:
    does the one hold it for the rest of the year, or not at all?
    """
    named: dict[str, list[str]] = {}
    for row in sheets.of(Assignment):
        if row.kind == HOLDS:
            named.setdefault(row.position, []).append(row.staff)
    for position in sheets.of(Position):
        others = named.get(position.position, [])
        # Of a name that is misspelt nobody knows whether it is the same.
        known = sheets.ids("staff").issuperset(others)
        if position.staff and others and known and position.staff not in others:
            rule = (
                f"holds {position.position} here, and {listed(sorted({*others}))} in assignments."
            )
            fix = (
                f"Add a row for {position.staff} to assignments, with from and to, or leave this "
                "cell blank."
            )
            yield sheets.fault(position, "staff", rule, fix)


def find_assignments_with_two_sizes(sheets: Sheets) -> Iterator[Fault]:
    """An FTE and minutes a week of one row: which of the two holds?"""
    for row in sheets.of(Assignment):
        if row.fte is not None and row.week_minutes is not None:
            fix = "Leave one of the two blank."
            yield sheets.fault(row, "fte", "is said beside week_minutes.", fix)


def find_funding_of_assignments_that_cannot_be_read(sheets: Sheets) -> Iterator[Fault]:
    """Funding that names a fund twice, or speaks of an allowance."""
    for row in sheets.of(Assignment):
        yield from fund_named_twice(sheets, row, "funding", row.funding)
        for share in row.funding:
            if share.allowance:
                rule = (
                    f"speaks of the allowance '{share.allowance}'; allowances follow the funding, "
                    "or are paid as the position says."
                )
                yield sheets.fault(row, "funding", rule, "Name the fund alone.")


def find_assignments_outside_employment(sheets: Sheets) -> Iterator[Fault]:
    """Somebody who holds a position before they are hired, or after they have left: these days do
    not count.
    """
    people = sheets.by_id(Staff)
    for row in sheets.of(Assignment):
        person = people.get(row.staff)
        hired, left = (person.hire_date, person.end_date) if person else (None, None)
        fix = "Days on which they are not employed do not count: correct one of the two dates."
        if row.from_ and hired and row.from_ < hired:
            yield sheets.fault(
                row, "from_", f"is before {row.staff} is hired ({hired.isoformat()}).", fix
            )
        last = row.to or row.from_
        if last and left and last > left:
            field = "to" if row.to else "from_"
            yield sheets.fault(
                row, field, f"is after {row.staff} leaves ({left.isoformat()}).", fix
            )


def find_funding_of_assignments_that_is_not_whole(sheets: Sheets) -> Iterator[Fault]:
    """Funding that does not sum to 100 % of what somebody holds."""
    for row in sheets.of(Assignment):
        total = sum(share.percent for share in row.funding)
        if row.funding and total != WHOLE:
            yield sheets.fault(
                row, "funding", f"sums to {total:f} percent of the position, not to 100."
            )
