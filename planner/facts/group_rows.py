"""What is owed: groups with their students, and other duties."""

from typing import Annotated, ClassVar, Literal

from planner.facts import usual_ranges as usual
from planner.facts.cell_formats import (
    Day,
    Frequency,
    Grades,
    Key,
    Keys,
    Lengths,
    Requirements,
    Sessions,
    Whole,
    Windows,
    YesNo,
    choice,
)
from planner.facts.row import SheetRow, column

PULLED_OUT = ("pull_out", "off_site")
"""Modes in which a group leaves its class."""
_modes = choice("pull_out", "push_in", "co_teach", "whole_class", "off_site")
_kinds = choice(
    "coaching",
    "observation",
    "debrief",
    "meeting",
    "pd",
    "data",
    "planning",
    "supervision",
    "cover",
    "family",
    "home_visit",
)


class Group(SheetRow):
    """Students who are served together."""

    KEY: ClassVar = ("group",)
    group: Key = column("Id of the group", "elm-2-read-a")
    school: Key = column("Their school", "elm", refers_to="schools")
    grades: Grades = column("Their grades", "2")
    subject: Key = column("What they are taught", "reading", default="", blank="any")
    tier: Whole = column("Their tier", "2", ge=1, le=3, usual=usual.NO_UNIT)
    students: Whole | None = column(
        "How many they are",
        "4",
        default=None,
        blank="the members' count",
        ge=0,
        le=1000,
        usual=usual.GROUP_SIZE,
    )
    minutes: Whole | None = column(
        "Length of a session",
        "30",
        default=None,
        blank="lengths",
        unit="min",
        gt=0,
        le=480,
        usual=usual.SESSION,
    )
    sessions: Sessions | None = column(
        "Sessions owed", "4", default=None, blank="total_minutes", usual=usual.CYCLE_BOUND
    )
    total_minutes: Whole | None = column(
        "Minutes owed a cycle in sessions of several lengths, instead of minutes and sessions",
        "",
        default=None,
        blank="minutes × sessions",
        unit="min",
        gt=0,
        le=10_000,
        usual=usual.CYCLE_MINUTES,
    )
    lengths: Lengths = column(
        "What a session may take (20;30;45), where total_minutes are owed",
        "",
        default=(),
        blank="minutes",
        unit="min",
        usual=usual.SESSION,
    )
    min_sessions: Whole | None = column(
        "Fewest sessions worth giving",
        "",
        default=None,
        blank="sessions; 1 where total_minutes are owed",
        ge=1,
        usual=usual.CYCLE_BOUND,
    )
    mode: Annotated[
        Literal["pull_out", "push_in", "co_teach", "whole_class", "off_site"], _modes
    ] = column("How they are served", "pull_out", default="pull_out")
    roles: Keys = column(
        "Job classes that may serve them", "", default=(), refers_to="roles", blank="all that may"
    )
    requires: Requirements = column(
        "Credentials needed to serve them", "structured-literacy", default=()
    )
    staff: Keys = column(
        "The only people who may serve them",
        "",
        default=(),
        refers_to="staff",
        blank="anyone qualified",
    )
    windows: Windows = column(
        "When they may be served, instead of the blocks",
        "",
        default=(),
        blank="the school's blocks",
        usual=usual.CALENDAR_BOUND,
    )
    busy: Windows = column("When they may not be served", "", default=(), usual=usual.ANY_HOUR)
    from_: Day | None = column("First date", "", default=None, blank="year_start")
    to: Day | None = column("Last date", "", default=None, blank="year_end")
    priority: Whole = column(
        "Larger is served first", "1", default=1, ge=1, le=100, usual=usual.NO_UNIT
    )
    max_people: Whole = column(
        "Most adults over the cycle", "1", default=1, ge=1, usual=usual.ADULTS
    )
    adults: Whole = column(
        "How many adults at once serve a session", "1", default=1, ge=1, usual=usual.ADULTS
    )
    times_a_day: Whole = column(
        "Most sessions a day", "1", default=1, ge=1, le=12, usual=usual.EVERY_VALUE
    )
    together: Key = column("A name that groups share which meet at the same times", "", default="")
    teacher: Key = column(
        "In whose class they are served, and so never in their planning time (push-in, "
        "co-teaching, whole class)",
        "",
        default="",
        refers_to="teachers",
        blank="any class",
    )
    tags: Keys = column("Who they are, for programs (el, swd, sed)", "el", default=())


class Member(SheetRow):
    """A student in a group, by a pseudonymous key."""

    KEY: ClassVar = ("student", "group")
    student: Key = column("Pseudonymous key", "S-0417")
    group: Key = column("The group", "elm-2-read-a", refers_to="groups")


class Duty(SheetRow):
    """Work other than delivering a group."""

    KEY: ClassVar = ("duty",)
    duty: Key = column("Id of the duty", "elm-data-meeting")
    kind: Annotated[
        Literal[
            "coaching",
            "observation",
            "debrief",
            "meeting",
            "pd",
            "data",
            "planning",
            "supervision",
            "cover",
            "family",
            "home_visit",
        ],
        _kinds,
    ] = column("What it is", "meeting")
    school: Key = column(
        "Where it is", "elm", default="", refers_to="schools", blank="wherever they are"
    )
    roles: Keys = column(
        "Job classes that may do it", "", default=(), refers_to="roles", blank="all"
    )
    staff: Keys = column(
        "The only people who may do it", "", default=(), refers_to="staff", blank="anyone"
    )
    adults: Whole = column("How many do it at once", "1", default=1, ge=0, usual=usual.ADULTS)
    with_: Keys = column(
        "Who all attend as well", "ESP-01;T-elm-1", default=(), refers_to="staff|teachers"
    )
    subject: Key = column("Its subject", "", default="", blank="none")
    minutes: Whole = column("How long it takes", "45", unit="min", gt=0, le=480, usual=usual.DUTY)
    sessions: Sessions = column("How often", "1", default=Frequency(1), usual=usual.CYCLE_BOUND)
    after: Key = column("The duty that comes before it", "", default="", refers_to="duties")
    windows: Windows = column(
        "When it may be", "Wed 13:30-14:30", default=(), blank="any time", usual=usual.DUTY_TIME
    )
    time: Annotated[Literal["shift", "toil", "paid"], choice("shift", "toil", "paid")] = column(
        "In the shift, for time off in lieu, or paid on top", "shift", default="shift"
    )
    required: YesNo = column("It must take place", "yes", default=False)
