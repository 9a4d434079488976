"""Job classes and what they are paid."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from planner.facts import usual_ranges as usual
from planner.facts.cell_formats import (
    CellType,
    Clock,
    Day,
    Fte,
    Key,
    Keys,
    Money,
    Number,
    Percent,
    Requirements,
    Text,
    Tiers,
    Whole,
    YesNo,
    choice,
)
from planner.facts.row import SheetRow, column

CALENDAR_KINDS = ("student_day", "holiday", "bank_holiday", "non_student", "pd_day", "minimum_day")


def _kinds(text: str, reading: object) -> tuple[str, ...]:
    words = {"student_days": "student_day", "student days": "student_day"}
    found = [
        words.get(piece.strip().casefold(), piece.strip().casefold())
        for piece in text.split(";")
        if piece.strip()
    ]
    for word in found:
        if word not in CALENDAR_KINDS:
            raise ValueError(
                f"'{word}' is no kind of day. The kinds are {', '.join(CALENDAR_KINDS)}."
            )
    return tuple(found)


CalendarKinds = Annotated[
    tuple[str, ...],
    CellType("kinds of day", "student_day;pd_day", _kinds, lambda value, _: ";".join(value)),
]


class Role(SheetRow):
    """A job class: its contract, its limits and what it may deliver."""

    KEY: ClassVar = ("role",)
    role: Key = column("Id of the job class", "para")
    title: Text = column("Its title", "Paraeducator")
    family: Annotated[
        Literal["interventionist", "coach", "paraeducator", "intervention_worker", "other"],
        choice("interventionist", "coach", "paraeducator", "intervention_worker", "other"),
    ] = column("A label; it drives no rule", "paraeducator", default="other")
    certificated: YesNo = column(
        "Holds a teaching certificate, and so may supervise", "no", default=False
    )
    job_code: Key = column("The district's job code", "19100706", default="")
    budget_item: Key = column("The district's budget item number", "18049", default="")
    obligation_minutes: Whole = column(
        "A day's scheduled duty at 1.0 FTE, duty-free lunch excluded",
        "480",
        unit="min",
        gt=0,
        le=1440,
        usual=usual.DUTY_OF_A_DAY,
    )
    contract_days: Whole = column(
        "Days worked in a full year", "195", unit="days", ge=1, le=366, usual=usual.DAYS_OF_A_YEAR
    )
    paid_days: Whole | None = column(
        "Days paid in a full year",
        "",
        default=None,
        blank="contract_days",
        ge=1,
        le=366,
        usual=usual.DAYS_OF_A_YEAR,
    )
    works_on: CalendarKinds = column(
        "Kinds of day that are worked",
        "student_day;pd_day",
        default=("student_day", "minimum_day", "pd_day"),
        blank="student days and pd_day",
    )
    pay_basis: Annotated[
        Literal["annual", "hourly", "term_time", "rate_sheet"],
        choice("annual", "hourly", "term_time", "rate_sheet"),
    ] = column(
        "How pay is worked out; rate_sheet is a cost with everything in it",
        "hourly",
        default="annual",
    )
    pay_schedule: Key = column("The salary schedule (sheet pay)", "", default="", blank="role")
    pay_weighting: Annotated[Literal["dates", "months"], choice("dates", "months")] | None = column(
        "How a rate that changes within the year is shared out: by dates worked, or by months paid",
        "months",
        default=None,
        blank="dates; months for term_time",
    )
    leave_days: Number | None = column(
        "Paid leave in a full year (term_time)",
        "",
        default=None,
        unit="days",
        ge=0,
        usual=usual.LEAVE_OF_A_YEAR,
    )
    bank_holidays: Number | None = column(
        "Bank holidays in a year (term_time)",
        "",
        default=None,
        unit="days",
        ge=0,
        usual=usual.BANK_HOLIDAYS,
    )
    lunch_minutes: Whole = column(
        "Duty-free lunch", "30", default=30, unit="min", ge=0, le=240, usual=usual.LUNCH
    )
    lunch_from: Clock | None = column(
        "Lunch starts no earlier",
        "11:00",
        default=None,
        blank="any time of the shift",
        usual=usual.LUNCH_TIME,
    )
    lunch_to: Clock | None = column(
        "Lunch ends no later",
        "13:30",
        default=None,
        blank="any time of the shift",
        usual=usual.LUNCH_TIME,
    )
    lunch_shift: Whole = column(
        "Shortest shift that has a lunch, from its start to its end; a shorter one is duty alone",
        "361",
        default=0,
        unit="min",
        ge=0,
        le=1440,
        usual=usual.SHIFT_WITH_LUNCH,
    )
    prep_minutes: Whole = column(
        "Preparation a day, in blocks of 20 minutes or more",
        "30",
        default=0,
        unit="min a day",
        ge=0,
        le=1440,
        usual=usual.PREPARATION,
    )
    max_contact_minutes: Whole | None = column(
        "Most minutes a day of delivering groups",
        "330",
        default=None,
        unit="min a day",
        blank="no limit",
        ge=0,
        le=1440,
        usual=usual.CONTACT,
    )
    max_contact_week: Whole | None = column(
        "Most minutes a week of delivering groups",
        "1200",
        default=None,
        unit="min a week",
        blank="no limit",
        ge=0,
        le=10080,
        usual=usual.CONTACT_WEEK,
    )
    max_consecutive_minutes: Whole = column(
        "Longest contact on end", "180", default=180, unit="min", gt=0, le=1440, usual=usual.STRETCH
    )
    break_minutes: Whole = column(
        "The pause that ends a stretch of contact",
        "10",
        default=10,
        unit="min",
        ge=1,
        le=240,
        usual=usual.PAUSE,
    )
    part_time: Annotated[Literal["days", "hours"], choice("days", "hours")] = column(
        "How less than 1.0 is worked: full days, fewer of them; or every day, shorter",
        "hours",
        default="hours",
    )
    fte_step: Fte | None = column(
        "FTE comes in steps of this", "0.125", default=None, gt=0, le=1, usual=usual.FTE_STEP
    )
    min_fte: Fte | None = column("Smallest FTE", "0.2", default=None, gt=0, le=1, usual=usual.FTE)
    tiers: Tiers = column("Tiers that it may deliver", "2;3", default=(), blank="all")
    requires: Requirements = column("Credentials that everyone in it must hold", "", default=())
    supervised: Annotated[
        Literal["no", "on_site", "same_block", "named"],
        choice("no", "on_site", "same_block", "named"),
    ] = column("Supervision by a certificated adult that it needs", "on_site", default="no")
    max_supervised: Whole | None = column(
        "Most people of this role that one certificated adult supervises",
        "4",
        default=None,
        blank="no limit",
        ge=1,
        usual=usual.SUPERVISED,
    )
    max_sites_per_day: Whole = column(
        "Most schools a day, off site not counted", "1", default=1, ge=1, usual=usual.PLANNED_BOUND
    )
    max_sites: Whole | None = column(
        "Most schools a cycle, off site not counted",
        "2",
        default=None,
        blank="no limit",
        ge=1,
        usual=usual.PLACES,
    )

    max_days: Whole | None = column(
        "Most days a cycle that somebody comes; whoever works fewer hours works them on so many",
        "",
        default=None,
        blank="every day of the contract",
        ge=1,
        usual=usual.CYCLE_BOUND,
    )

    def lunch_of_shift(self, minutes: int) -> int:
        """Length of the duty-free lunch in a shift of so many minutes."""
        return self.lunch_minutes if minutes >= self.lunch_shift else 0

    def duty_of_shift(self, minutes: int) -> int:
        """Minutes of duty in a shift of so many minutes."""
        return minutes - self.lunch_of_shift(minutes)

    def shift_of_duty(self, minutes: int) -> int:
        """Minutes of the shift that holds so many minutes of duty, and its lunch if it has one."""
        # The whole shift decides, lunch included, so that a shift that is typed in and one that
        # follows from an FTE are judged alike.
        return minutes + self.lunch_of_shift(minutes + self.lunch_minutes)


class Pay(SheetRow):
    """A cell of a salary schedule, valid between two dates."""

    KEY: ClassVar = ("schedule", "lane", "step", "from_")
    schedule: Key = column("The schedule", "para")
    lane: Text = column("Its lane", "BA", default="")
    step: Key = column("Its step", "1")
    amount: Money = column("Pay", "27.81", ge=0, usual=usual.PAY)
    unit: Annotated[Literal["year", "hour"], choice("year", "hour")] = column(
        "A year or an hour", "hour"
    )
    from_: Day | None = column("Valid from", "2026-09-01", default=None)
    to: Day | None = column("Valid to", "", default=None)


class Allowance(SheetRow):
    """A differential or an allowance on top of pay."""

    KEY: ClassVar = ("allowance",)
    allowance: Key = column("Id of the differential or allowance", "lead-diff")
    roles: Keys = column(
        "Job classes that may have it", "para", default=(), refers_to="roles", blank="all"
    )
    amount: Number = column("How much, in `unit`", "150", ge=0, usual=usual.ALLOWANCE)
    unit: Annotated[
        Literal["year", "period", "hour", "percent"], choice("year", "period", "hour", "percent")
    ] = column("What the amount is for", "period")
    periods: Whole = column("Pay periods a year", "12", default=12, ge=1, usual=usual.PAY_PERIODS)
    budget_item: Key = column("The district's budget item number", "15266", default="")
    match: Annotated[
        Literal["same_percent", "prorated", "flat"], choice("same_percent", "prorated", "flat")
    ] = column("How it follows the position", "same_percent", default="prorated")
    required: YesNo = column("Every position of these roles must budget it", "no", default=False)


class Oncost(SheetRow):
    """A cost of employing somebody beside their pay."""

    KEY: ClassVar = ("oncost",)
    oncost: Key = column("Id of the cost", "fica")
    roles: Keys = column(
        "Job classes it is paid for", "", default=(), refers_to="roles", blank="all"
    )
    rate_percent: Percent = column(
        "Percentage of pay", "7.65", default=Decimal(0), unit="%", ge=0, le=100, usual=usual.RATE
    )
    flat: Money = column("A flat sum", "", default=Decimal(0), ge=0, usual=usual.FLAT_COST)
    per: Annotated[Literal["person", "fte"], choice("person", "fte")] = column(
        "Whether the flat sum is per person or per FTE", "person", default="person"
    )
    unit: Annotated[Literal["year", "month"], choice("year", "month")] = column(
        "Whether the flat sum is a year's or a month's", "year", default="year"
    )
    threshold: Money | None = column(
        "Pay below this bears no rate", "", default=None, ge=0, usual=usual.THRESHOLD
    )
    threshold_unit: Annotated[Literal["year", "month"], choice("year", "month")] = column(
        "Whether the threshold is a year's, or a month's: times the months paid",
        "month",
        default="year",
    )
    cap: Money | None = column(
        "Pay above this bears no rate", "", default=None, ge=0, usual=usual.CAP
    )
    min_hours_year: Number | None = column(
        "Paid hours a year from which it is due",
        "630",
        default=None,
        ge=0,
        usual=usual.HOURS_OF_A_YEAR,
    )
    annualised: YesNo = column(
        "Whether the hours of part of a year count as if the year were whole", "yes", default=False
    )
