"""Money of a fund that is no position, and the segments of the accounts that money is booked on."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from planner.facts import usual_ranges as usual
from planner.facts.cell_formats import Day, Key, Money, Number, Percent, Text, choice
from planner.facts.decisions import Scope
from planner.facts.row import SheetRow, column

PLANNED, COMMITTED, SPENT = STATUSES = ("planned", "committed", "spent")
INDIRECT = "indirect"
KINDS = (
    "substitutes",
    "extra_hours",
    "stipend",
    "materials",
    "services",
    "training",
    "travel",
    INDIRECT,
    "other",
)


class Expenditure(SheetRow):
    """Money of a fund that is no position: an amount, hours at a rate, or, where it is indirect, a
    percentage of the fund's other lines.
    """

    KEY: ClassVar = ("expenditure",)
    expenditure: Key = column("Id of the expenditure", "X-01")
    fund: Key = column("The fund that pays it", "t1-elm", refers_to="funds")
    school: Key = column(
        "The school it is for", "elm", default="", refers_to="schools", blank="the fund's"
    )
    kind: Annotated[
        Literal[
            "substitutes",
            "extra_hours",
            "stipend",
            "materials",
            "services",
            "training",
            "travel",
            "indirect",
            "other",
        ],
        choice(*KINDS),
    ] = column("What it is for", "substitutes")
    title: Text = column("What it is", "Substitutes on training days", default="")
    amount: Money | None = column(
        "What it costs",
        "",
        default=None,
        ge=0,
        blank="hours × rate, or percent",
        usual=usual.EXPENDITURE,
    )
    hours: Number | None = column(
        "So many hours", "120", default=None, unit="h", gt=0, usual=usual.EXPENDED_HOURS
    )
    rate: Money | None = column(
        "What an hour costs, employer costs included",
        "38.50",
        default=None,
        gt=0,
        usual=usual.EXPENDED_RATE,
    )
    percent: Percent | None = column(
        "Indirect cost: this part of all the other lines of its fund",
        "",
        default=None,
        unit="%",
        gt=0,
        le=100,
        usual=usual.INDIRECT_RATE,
    )
    staff: Key = column("Who is paid", "", default="", refers_to="staff", blank="nobody by name")
    role: Key = column("Which job class it is for", "", default="", refers_to="roles", blank="none")
    from_: Day | None = column("First day", "", default=None, blank="year_start")
    to: Day | None = column("Last day", "", default=None, blank="year_end")
    status: Annotated[
        Literal["planned", "committed", "spent"], choice("planned", "committed", "spent")
    ] = column("Planned, ordered or contracted, or paid", "planned", default="planned")
    note: Text = column("Anything worth knowing", "", default="")

    @property
    def is_pay(self) -> bool:
        """Whether its amount tells what somebody is paid."""
        return bool(self.staff) or self.rate is not None

    @property
    def own_amount(self) -> Fraction | None:
        """What it costs, exactly; None for a percentage, which needs the fund's other lines."""
        if self.amount is not None:
            return Fraction(self.amount)
        if self.hours is not None and self.rate is not None:
            return Fraction(self.hours) * Fraction(self.rate)
        return None if self.percent is not None else Fraction(0)

    @property
    def percent_of_others(self) -> Fraction:
        """The part of the fund's other lines that it is, 0 to 1."""
        return Fraction(self.percent or Decimal(0)) / 100

    def dates(self, first: date, last: date) -> tuple[date, date]:
        """Its first and last day, of a year that has these."""
        return self.from_ or first, self.to or last


class AccountSegment(SheetRow):
    """A segment of account strings: the code that money of a fund, a program, a school or a job
    class is booked under.
    """

    KEY: ClassVar = ("applies_to", "segment")
    applies_to: Scope = column(
        "Which money: fund:, program:, school:, role:, allowance:, oncost:, kind: (of an "
        "expenditure), or all",
        "all",
    )
    segment: Key = column("The segment of the district's account_format", "fund")
    code: Text = column("Its code", "010")
