"""Schools, their day, their teachers and the way between them."""

from typing import Annotated, ClassVar, Literal

from planner.facts import usual_ranges as usual
from planner.facts.cell_formats import (
    Clock,
    Days,
    Grades,
    Key,
    Number,
    Text,
    Whole,
    Windows,
    YesNo,
    choice,
)
from planner.facts.row import SheetRow, column


class School(SheetRow):
    """A place of work."""

    KEY: ClassVar = ("school",)
    school: Key = column("Id of the school", "elm")
    name: Text = column("Its name", "Elm Elementary")
    kind: Annotated[Literal["school", "off_site"], choice("school", "off_site")] = column(
        "A school, or a place elsewhere", "school", default="school"
    )
    region: Text = column("Its region", "North", default="")
    open: Clock | None = column(
        "Sessions start no earlier", "08:00", default=None, usual=usual.OPENING
    )
    close: Clock | None = column(
        "Sessions end no later", "14:30", default=None, usual=usual.CLOSING
    )
    hours: Windows = column(
        "Opening by day, instead of open and close",
        "",
        default=(),
        blank="open to close, every day",
        usual=usual.HOURS_OF_SCHOOL,
    )
    spaces: Whole | None = column(
        "Pull-out rooms: groups pulled out at once",
        "3",
        default=None,
        blank="unlimited",
        ge=0,
        usual=usual.ROOMS,
    )
    latitude: Number | None = column(
        "Latitude", "", default=None, unit="°", ge=-90, le=90, usual=usual.EVERY_VALUE
    )
    longitude: Number | None = column(
        "Longitude", "", default=None, unit="°", ge=-180, le=180, usual=usual.EVERY_VALUE
    )


class Block(SheetRow):
    """A part of the school day for some grades."""

    school: Key = column("The school", "elm", refers_to="schools")
    grades: Grades = column("Grades it holds for", "K-2")
    days: Days = column("Days it holds on", "Mon-Fri", default=(), blank="all")
    start: Clock = column("From", "09:00", usual=usual.CALENDAR_BOUND)
    end: Clock = column("To", "10:00", usual=usual.CALENDAR_BOUND)
    kind: Annotated[
        Literal["core", "flex", "specials", "lunch", "recess", "other"],
        choice("core", "flex", "specials", "lunch", "recess", "other"),
    ] = column("What happens in it", "flex")
    subject: Key = column("Its subject", "reading", default="", blank="no subject in particular")
    pull_out: YesNo | None = column(
        "Groups may be pulled out of it", "", default=None, blank="yes in flex, else no"
    )
    push_in: YesNo | None = column(
        "Adults may push in", "", default=None, blank="yes in core, else no"
    )

    @property
    def allows_pull_out(self) -> bool:
        """Whether groups may be pulled out of this block."""
        return self.kind == "flex" if self.pull_out is None else self.pull_out

    @property
    def allows_push_in(self) -> bool:
        """Whether adults may work inside the class in this block."""
        return self.kind == "core" if self.push_in is None else self.push_in


class Travel(SheetRow):
    """The way between two schools; it holds both ways unless the reverse is given."""

    KEY: ClassVar = ("from_", "to")
    from_: Key = column("From this school", "elm", refers_to="schools")
    to: Key = column("To this school", "oak", refers_to="schools")
    minutes: Whole = column("How long it takes", "15", unit="min", ge=0, le=600, usual=usual.WAY)
    distance: Number | None = column("How far it is", "", default=None, ge=0, usual=usual.DISTANCE)


class Teacher(SheetRow):
    """An adult on the site who is not planned."""

    KEY: ClassVar = ("teacher",)
    teacher: Key = column("Id of the teacher", "T-elm-1")
    school: Key = column("Where they teach", "elm", refers_to="schools")
    grades: Grades = column("Grades they teach", "2", default=())
    certificated: YesNo = column(
        "Holds a teaching certificate, and so may supervise", "yes", default=True
    )
    planning: Windows = column(
        "Their planning time",
        "",
        default=(),
        blank="the grade's specials",
        usual=usual.CALENDAR_BOUND,
    )
