"""The district and its calendar."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from planner.facts import usual_ranges as usual
from planner.facts.cell_formats import (
    AccountFormat,
    CellType,
    Clock,
    Day,
    Key,
    Keys,
    Text,
    TimeZone,
    Whole,
    choice,
    names_in_order,
)
from planner.facts.row import SheetRow, column

SCHEMA_VERSION = 1

_names = CellType(
    "names in order",
    "Mon;Tue;Wed;Thu;Fri",
    names_in_order,
    lambda value, _: ";".join(value),
)
Names = Annotated[tuple[str, ...], _names]


class District(SheetRow):
    """The one district that a dataset describes."""

    KEY: ClassVar = ("name",)
    schema_version: Whole = column(
        "Version of this contract; older ones are migrated on reading",
        "1",
        default=SCHEMA_VERSION,
        ge=1,
        usual=usual.NO_UNIT,
    )
    name: Text = column("Name of the district", "Example district")
    jurisdiction: Annotated[
        Literal["none", "us-ca-lausd", "us-wa", "uk-njc"],
        choice("none", "us-ca-lausd", "us-wa", "uk-njc"),
    ] = column("Chooses dated presets of rules", "none", default="none")
    currency: Annotated[str, choice("USD", "GBP", "EUR", "CAD", "AUD", "NZD")] = column(
        "Currency of all money", "USD", default="USD"
    )
    locale: Annotated[str, choice("en_US", "en_GB", "en_CA", "en_AU", "en_NZ", "en_IE")] = column(
        "How dates, numbers and money are written", "en_US", default="en_US"
    )
    year_start: Day = column("First day of the school year", "2026-09-01")
    year_end: Day = column("Last day of the school year", "2027-06-18")
    plan_date: Day | None = column(
        "The day whose week is shown", "2026-10-05", default=None, blank="year_start"
    )
    cycle: Names = column(
        "The days of the timetable's cycle, in order",
        "Mon;Tue;Wed;Thu;Fri",
        default=("Mon", "Tue", "Wed", "Thu", "Fri"),
    )
    rotation: Annotated[Literal["week", "school_days"], choice("week", "school_days")] | None = (
        column(
            "How the cycle goes on: with the weeks of the calendar, or from one day with students "
            "to the next",
            "week",
            default=None,
            blank="week where its days are named like weekdays, else school_days",
        )
    )
    grades: Names = column(
        "The grades, in order", "K;1;2;3;4;5;6", default=("K", "1", "2", "3", "4", "5", "6")
    )
    grid_minutes: Whole = column(
        "Sessions start on multiples of this",
        "5",
        default=5,
        unit="min",
        ge=1,
        le=60,
        usual=usual.EVERY_VALUE,
    )
    dataset_id: Key = column(
        "Tells this district from all others, also after a change of its name and in the next "
        "year: calendars know their events by it, so that it must stay as it is",
        default="",
    )
    timezone: TimeZone = column(
        "The time zone of calendars", default="", blank="clock times without a zone"
    )

    account_format: AccountFormat = column(
        "How an account is written, from the segments of the sheet accounts: "
        "{fund}-{resource}-{object}-{site}",
        "{fund}",
        default="",
        blank="the fund's id",
    )

    @property
    def day_planned(self) -> date:
        """The day whose week is shown."""
        return self.plan_date or self.year_start


class CalendarDay(SheetRow):
    """Days that differ from an ordinary school day."""

    date: Day = column("First of these days", "2026-11-26")
    to: Day | None = column("Last of these days", "2026-11-27", default=None, blank="date")
    kind: Annotated[
        Literal["student_day", "holiday", "bank_holiday", "non_student", "pd_day", "minimum_day"],
        choice("holiday", "bank_holiday", "non_student", "pd_day", "minimum_day", "student_day"),
    ] = column("What kind of day it is", "holiday")
    close: Clock | None = column(
        "When schools close: needed on a minimum day, and for that alone",
        "",
        default=None,
        usual=usual.CALENDAR_BOUND,
    )
    cycle_day: Key = column(
        "The day of the cycle that the date is; later dates count on from it",
        "",
        default="",
        blank="as the cycle goes on",
    )
    schools: Keys = column("Schools it holds for", "", default=(), refers_to="schools", blank="all")
    note: Text = column("Anything worth knowing", "Thanksgiving", default="")
