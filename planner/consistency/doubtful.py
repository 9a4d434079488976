"""Rows that agree with the contract and with one another, and yet hardly say what was meant: warnings, not faults."""

from collections.abc import Iterator

from planner.consistency.sheets import Sheets
from planner.errors import Fault
from planner.presets import preset
from planner.problem.decisions import RuleRow
from planner.problem.roles import Role
from planner.problem.row import Row

MOST_SITES = 2
"""Schools at which a person is planned on one day at most, whatever the job class allows."""


def find_jurisdictions_without_a_preset(sheets: Sheets) -> Iterator[Fault]:
    """A jurisdiction that is known and of which no rule is: naming it changes nothing."""
    district = sheets.district
    if district and district.jurisdiction != "none" and not preset(district.jurisdiction):
        rule, fix = "brings no rules of its own yet.", "Put what law and contracts say there into the sheet rules."
        yield sheets.fault(district, "jurisdiction", rule, fix)


def find_more_sites_than_planned(sheets: Sheets) -> Iterator[Fault]:
    """A job class, or a row of the sheet `rules`, that allows more schools a day than anybody is planned at."""
    allowed: list[tuple[Row, str, int]] = [(role, "max_sites_per_day", role.max_sites_per_day) for role in sheets.of(Role)]
    limits = (row for row in sheets.of(RuleRow) if row.parameter == "max_sites_per_day")
    allowed += [(row, "value", int(row.value)) for row in limits if row.value.isdecimal()]
    for row, field, most in allowed:
        if most > MOST_SITES:
            yield sheets.fault(row, field, "nobody is planned at more than two schools a day.", "It is read as 2.")
