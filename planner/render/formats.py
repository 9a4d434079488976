"""List the export formats: their names on the command line, and what each one writes.

This list stands apart from `planner.render.export`, which makes the files: `planner export --help`
reads it without loading what draws PDF.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """An export format. `writes` says in a sentence without its end what files it makes."""

    name: str
    writes: str


ICAL, CSV, PDF, PAGES, JOURNAL = "ical", "csv", "pdf", "pages", "journal"
FORMATS = (
    Format(
        ICAL,
        "a calendar for each person and school, with the real dates of the year; import it again "
        "after planning again, and sessions move",
    ),
    Format(CSV, "sessions, placements, minutes, positions and the schools' week, for Excel"),
    Format(PDF, "a booklet with a page for each person and school"),
    Format(PAGES, "hr.pdf, funds.pdf and spsa-SCHOOL.pdf, the page of a school's plan"),
    Format(
        JOURNAL,
        "journal.csv and journal-months.csv: the money, line by line on its account, for a finance "
        "system",
    ),
)
KINDS = tuple(form.name for form in FORMATS)
