"""People under contract, and the training they owe."""

from decimal import Decimal
from typing import ClassVar

from planner.facts import usual_ranges as usual
from planner.facts.cell_formats import (
    Clock,
    Credentials,
    Day,
    Days,
    Dues,
    Fte,
    Grades,
    Key,
    Keys,
    Number,
    Text,
    Whole,
    Windows,
)
from planner.facts.row import SheetRow, column


class Staff(SheetRow):
    """A contracted person: an id, and no more than planning needs."""

    KEY: ClassVar = ("staff",)
    staff: Key = column("Id of the person", "ESP-01")
    name: Text = column("How the plan calls them", "ESP 1", default="", blank="the id")
    role: Key = column("Their job class", "para", refers_to="roles")
    fte: Fte = column(
        "Share of full time", "0.875", default=Decimal(1), gt=0, le=1, usual=usual.FTE
    )
    week_minutes: Whole | None = column(
        "Minutes a week without lunch, exact; replaces fte",
        "",
        default=None,
        unit="min a week",
        gt=0,
        le=10080,
        usual=usual.WEEK,
    )
    lane: Text = column("Pay lane", "BA", default="")
    step: Key = column("Pay step", "1", default="")
    start: Clock | None = column(
        "Their shift starts",
        "07:45",
        default=None,
        blank="when the school opens",
        usual=usual.SHIFT_STARTS,
    )
    end: Clock | None = column(
        "Their shift ends",
        "",
        default=None,
        blank="start + the day's obligation + lunch",
        usual=usual.SHIFT_ENDS,
    )
    shifts: Windows = column(
        "Shifts by day, instead of start and end", "", default=(), usual=usual.DUTY_TIME
    )
    days: Days = column("Days they can work", "Mon-Fri", default=(), blank="all")
    schools: Keys = column(
        "Schools they may work at", "elm", default=(), refers_to="schools", blank="all"
    )
    home_school: Key = column("Where they belong", "elm", default="", refers_to="schools")
    credentials: Credentials = column(
        "Credentials they hold", "structured-literacy:2027-08-31", default=()
    )
    subjects: Keys = column("Subjects they may teach", "", default=(), blank="all")
    grades: Grades = column("Grades they may teach", "", default=(), blank="all")
    hire_date: Day | None = column(
        "First day of employment", "", default=None, blank="before the year"
    )
    end_date: Day | None = column(
        "Last day of employment", "", default=None, blank="after the year"
    )
    supervisor: Key = column("Who supervises them", "", default="", refers_to="staff|teachers")
    leave_days: Number | None = column(
        "Their paid leave, where it differs from the role's",
        "",
        default=None,
        ge=0,
        usual=usual.LEAVE_OF_A_YEAR,
    )
    toil_taken: Whole = column(
        "Time off in lieu that they have taken this year",
        "",
        default=0,
        unit="min",
        ge=0,
        usual=usual.TIME_OFF,
    )
    max_days: Whole | None = column(
        "Most days a cycle that they come, instead of the role's",
        "5",
        default=None,
        blank="the role's",
        ge=1,
        usual=usual.CYCLE_BOUND,
    )
    busy: Windows = column("When they are not to be planned", "", default=(), usual=usual.ANY_HOUR)

    @property
    def called(self) -> str:
        """The name that plans and sentences use."""
        return self.name or self.staff


class Training(SheetRow):
    """Hours that some roles must have had by a deadline."""

    KEY: ClassVar = ("training", "hired_from")
    training: Key = column("Id of the training", "fcs-1-2")
    roles: Keys = column(
        "Job classes that must take it", "para", default=(), refers_to="roles", blank="all"
    )
    hours: Number = column("How long it takes", "14", unit="h", gt=0, usual=usual.TRAINING_HOURS)
    due: Dues = column(
        "By when; of several the earliest holds", "hire+4 months", default=(), blank="no deadline"
    )
    hired_from: Day | None = column("For people hired from", "", default=None)
    hired_to: Day | None = column("For people hired to", "", default=None)
    grants: Key = column("The credential it gives", "fcs", default="")
    waived_by: Keys = column("Credentials that replace it", "", default=())


class Offering(SheetRow):
    """A date on which a training is given."""

    training: Key = column("The training", "fcs-1-2", refers_to="training")
    date: Day = column("When", "2026-10-09")
    start: Clock = column("From", "08:00", usual=usual.TRAINING_TIME)
    end: Clock = column("To", "15:00", usual=usual.TRAINING_TIME)
    school: Key = column("Where", "", default="", refers_to="schools")
    seats: Whole | None = column(
        "Places", "", default=None, blank="unlimited", ge=0, usual=usual.SEATS
    )
