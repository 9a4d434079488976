"""The district itself: a contract that this planner knows, a planned day inside the school year."""

from collections.abc import Iterator

from planner.consistency.sheets import Sheets
from planner.errors import Fault
from planner.problem.district import SCHEMA_VERSION


def find_newer_schema_version(sheets: Sheets) -> Iterator[Fault]:
    """A dataset that was made for a later version of the contract."""
    district = sheets.district
    if district and district.schema_version > SCHEMA_VERSION:
        rule = f"is newer than the contract that this planner knows ({SCHEMA_VERSION})."
        yield sheets.fault(district, "schema_version", rule, "Install the newest planner.")


def find_plan_date_outside_year(sheets: Sheets) -> Iterator[Fault]:
    """A planned day on which there is no school year."""
    district = sheets.district
    if district and not district.year_start <= district.day_planned <= max(district.year_start, district.year_end):
        year = f"{district.year_start.isoformat()} to {district.year_end.isoformat()}"
        yield sheets.fault(district, "plan_date", f"is outside of the school year ({year}).")
