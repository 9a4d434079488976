"""The district itself: a known contract, a planned day inside the year, whole days."""

from collections.abc import Iterator

from planner.facts.district import SCHEMA_VERSION, CalendarDay
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault


def find_newer_schema_version(sheets: Sheets) -> Iterator[Fault]:
    """A dataset that was made for a later version of the contract."""
    district = sheets.district
    if district and district.schema_version > SCHEMA_VERSION:
        rule = f"is newer than the contract that this planner knows ({SCHEMA_VERSION})."
        yield sheets.fault(district, "schema_version", rule, "Install the newest planner.")


def find_plan_date_outside_year(sheets: Sheets) -> Iterator[Fault]:
    """A planned day on which there is no school year."""
    district = sheets.district
    if district and not district.year_start <= district.day_planned <= max(
        district.year_start, district.year_end
    ):
        year = f"{district.year_start.isoformat()} to {district.year_end.isoformat()}"
        yield sheets.fault(district, "plan_date", f"is outside of the school year ({year}).")


def find_minimum_days_without_a_close(sheets: Sheets) -> Iterator[Fault]:
    """A minimum day that does not say when schools close: no session could be lost on it."""
    for day in sheets.of(CalendarDay):
        if day.kind == "minimum_day" and day.close is None:
            yield sheets.fault(
                day,
                "close",
                "a minimum day needs the time at which schools close.",
                "Write it like 12:30.",
            )
