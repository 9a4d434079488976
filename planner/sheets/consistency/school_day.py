"""Schools: their hours, their blocks and the ways between them."""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.schools import Block, School, Travel
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault


def find_two_openings_on_one_day(sheets: Sheets) -> Iterator[Fault]:
    """A school whose `hours` name one day twice: it opens once a day."""
    for school in sheets.of(School):
        days = [window.day for window in school.hours]
        for day in dict.fromkeys(day for day in days if days.count(day) > 1):
            yield sheets.fault(school, "hours", f"opens twice on {day}; give one window a day.")


def find_overlapping_blocks(sheets: Sheets) -> Iterator[Fault]:
    """Two blocks of one school, for the same grade and day, at the same time."""
    seen: dict[tuple[str, str, str], list[Block]] = {}
    for block in sheets.of(Block):
        clashes = dict.fromkeys(
            (grade, day, sheets.number(other), clock(other.start), clock(other.end))
            for grade in block.grades
            for day in block.days or sheets.reading.cycle
            for other in seen.setdefault((block.school, grade, day), [])
            if block.start < other.end and other.start < block.end
        )
        if clashes:
            grade, day, number, start, end = next(iter(clashes))
            rule = f"overlaps row {number} ({start}-{end}) for grade {grade} on {day}."
            yield sheets.fault(block, "start", rule, "A grade is in one block at a time.")
        for grade in block.grades:
            for day in block.days or sheets.reading.cycle:
                seen.setdefault((block.school, grade, day), []).append(block)


def find_travel_to_itself(sheets: Sheets) -> Iterator[Fault]:
    """A way from a school to the same school."""
    for way in sheets.of(Travel):
        if way.from_ == way.to:
            yield sheets.fault(
                way, "to", "is the school that the way starts from.", "Delete the row."
            )
