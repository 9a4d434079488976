"""Programs, the funds they give, and the positions budgeted on them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from planner.facts import usual_ranges as usual
from planner.facts.cell_formats import (
    AllowedPercents,
    Day,
    Fte,
    Key,
    Keys,
    Money,
    Percent,
    Shares,
    Text,
    Tiers,
    Whole,
    YesNo,
    choice,
)
from planner.facts.row import SheetRow, column

_source = choice("federal", "state", "local", "unrestricted")


class Program(SheetRow):
    """A categorical or unrestricted program and what it allows."""

    KEY: ClassVar = ("program",)
    program: Key = column("Id of the program", "title-1")
    source: Annotated[Literal["federal", "state", "local", "unrestricted"], _source] = column(
        "Where the money comes from", "federal"
    )
    supplement_only: YesNo = column("May supplement, not supplant", "yes", default=False)
    roles: Keys = column("Job classes it may pay", "", default=(), refers_to="roles", blank="all")
    blocked_roles: Keys = column("Job classes it may not pay", "", default=(), refers_to="roles")
    tiers: Tiers = column("Tiers it may serve", "2;3", default=(), blank="all")
    tags: Keys = column("Students it may serve, by the groups' tags", "el", default=(), blank="all")
    percents: AllowedPercents = column(
        "Percentages of a position that it may pay",
        "para=50;87.5;100 | *=100",
        default=(),
        usual=usual.PART_OF_A_POSITION,
    )
    hold_percent: Percent = column(
        "Share held back for variance",
        "3",
        default=Decimal(0),
        unit="%",
        ge=0,
        le=100,
        usual=usual.HELD_BACK,
    )
    carryover_percent: Percent | None = column(
        "Most that may be carried over",
        "15",
        default=None,
        unit="%",
        ge=0,
        le=100,
        usual=usual.CARRIED_OVER,
    )
    parent_percent: Percent | None = column(
        "Least for parent engagement",
        "1",
        default=None,
        unit="%",
        ge=0,
        le=100,
        usual=usual.FOR_PARENTS,
    )
    parent_threshold: Money | None = column(
        "Allocation from which that holds", "500000", default=None, ge=0, usual=usual.ALLOCATION
    )


class Fund(SheetRow):
    """Money of a program, at a school or pooled. Blank columns after `expires` are the
    program's.
    """

    KEY: ClassVar = ("fund",)
    fund: Key = column("Id of the fund", "t1-elm")
    program: Key = column("Its program", "title-1", refers_to="programs")
    school: Key = column(
        "The school it belongs to", "elm", default="", refers_to="schools", blank="pooled"
    )
    amount: Money = column("The most of this year", "120000", ge=0, usual=usual.ALLOCATION)
    total: Money | None = column(
        "What a grant of several years gives in all",
        "",
        default=None,
        ge=0,
        blank="the amount",
        usual=usual.ALLOCATION,
    )
    spent_before: Money = column(
        "What earlier years took of that", "", default=Decimal(0), ge=0, usual=usual.ALLOCATION
    )
    starts: Day | None = column("First day on which it may be spent", "", default=None)
    expires: Day | None = column("Last day on which it may be spent", "2027-06-30", default=None)
    supplement_only: YesNo | None = column(
        "May supplement, not supplant", "", default=None, blank="the program's"
    )
    roles: Keys | None = column(
        "Job classes it may pay", "", default=None, refers_to="roles", blank="the program's"
    )
    blocked_roles: Keys | None = column(
        "Job classes it may not pay", "", default=None, refers_to="roles", blank="the program's"
    )
    tiers: Tiers | None = column("Tiers it may serve", "", default=None, blank="the program's")
    tags: Keys | None = column("Students it may serve", "", default=None, blank="the program's")
    percents: AllowedPercents | None = column(
        "Percentages of a position that it may pay",
        "",
        default=None,
        blank="the program's",
        usual=usual.PART_OF_A_POSITION,
    )
    hold_percent: Percent | None = column(
        "Share held back",
        "",
        default=None,
        blank="the program's",
        ge=0,
        le=100,
        usual=usual.HELD_BACK,
    )
    carryover_percent: Percent | None = column(
        "Most that may be carried over",
        "",
        default=None,
        blank="the program's",
        ge=0,
        le=100,
        usual=usual.CARRIED_OVER,
    )
    parent_percent: Percent | None = column(
        "Least for parent engagement",
        "",
        default=None,
        blank="the program's",
        ge=0,
        le=100,
        usual=usual.FOR_PARENTS,
    )
    parent_threshold: Money | None = column(
        "Allocation from which that holds",
        "",
        default=None,
        blank="the program's",
        ge=0,
        usual=usual.ALLOCATION,
    )


class Position(SheetRow):
    """A budgeted place; a person's positions together are their contract."""

    KEY: ClassVar = ("position",)
    position: Key = column("Id of the position", "P-001")
    role: Key = column("Its job class", "para", refers_to="roles")
    school: Keys = column(
        "Its school or schools", "elm", default=(), refers_to="schools", blank="placed by the plan"
    )
    status: Annotated[
        Literal["filled", "vacant", "proposed"], choice("filled", "vacant", "proposed")
    ] = column("Whether somebody holds it", "filled")
    staff: Key = column("Who holds it", "ESP-01", default="", refers_to="staff")
    fte: Fte | None = column("Its FTE", "0.875", default=None, gt=0, le=1, usual=usual.FTE)
    week_minutes: Whole | None = column(
        "Its minutes a week, where FTE is not exact",
        "",
        default=None,
        unit="min",
        gt=0,
        usual=usual.WEEK,
    )
    min_fte: Fte | None = column(
        "Smallest FTE that the plan may give it",
        "",
        default=None,
        ge=0,
        le=1,
        usual=usual.FTE_OR_NONE,
    )
    max_fte: Fte | None = column(
        "Largest FTE that the plan may give it", "", default=None, gt=0, le=1, usual=usual.FTE
    )
    lane: Text = column("Pay lane", "BA", default="")
    step: Key = column("Pay step", "1", default="")
    start: Day | None = column("First day", "", default=None, blank="year_start")
    end: Day | None = column("Last day", "", default=None, blank="year_end")
    vacant_since: Day | None = column("Vacant since", "", default=None)
    base_program: YesNo = column(
        "Paid by the base program, so that no fund may supplant it", "no", default=False
    )
    funding: Shares = column(
        "Which funds pay which percentage of this position",
        "t1-elm:100",
        default=(),
        refers_to="funds",
    )
    allowances: Keys = column(
        "Its differentials and allowances", "lead-diff", default=(), refers_to="allowances"
    )
    allowance_funding: Shares = column(
        "Which funds pay them",
        "lead-diff@t1-elm:100",
        default=(),
        refers_to="funds",
        blank="as funding",
    )

    def is_in_force(self, day: date) -> bool:
        """Whether a date lies between its first day and its last."""
        return (self.start or day) <= day <= (self.end or day)
