"""Say figures: minutes, hours, FTE, percentages and dates.

In the district's locale, and as a colleague would.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

LONGEST_IN_MINUTES = 120
NUMBERS = (
    "No",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
)
MODES = {
    "pull_out": "pulled out",
    "push_in": "in class",
    "co_teach": "co-taught",
    "whole_class": "whole class",
    "off_site": "off site",
}
KINDS = {"pd": "professional development", "data": "data work", "home_visit": "home visit"}
WEEK = 5


def period(cycle: Sequence[str]) -> str:
    """What a planner calls one round of the timetable."""
    return "week" if len(cycle) <= WEEK else "cycle"


def clock_time(minutes: int) -> str:
    """Minutes after midnight as a person reads them from a clock: `7:45`."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def clock_range(start: int, end: int) -> str:
    """`7:45–16:15`."""
    return f"{clock_time(start)}–{clock_time(end)}"


def kind_of_duty(kind: str) -> str:
    """A kind of duty as it is said: `Home visit`."""
    said = KINDS.get(kind, kind.replace("_", " "))
    return said[:1].upper() + said[1:]


def kind_of_place(place: str) -> str:
    """Where a session is: a mode in words, or whatever the plan says."""
    return MODES.get(place, place)


def grades(names: Sequence[str], order: Sequence[str]) -> str:
    """Grades as they are said: `Gr 2`, `Gr K–2`, `Gr 1, 3`."""
    if not names:
        return ""
    places = sorted(order.index(name) for name in names)
    if len(places) > 1 and places[-1] - places[0] == len(places) - 1:
        return f"Gr {order[places[0]]}–{order[places[-1]]}"
    return "Gr " + ", ".join(order[place] for place in places)


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    return (
        f" {last} ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)
    )


def shorten_list(names: Sequence[str], most: int) -> str:
    """`a, b, c`; of more names than `most`, those and how many more there are."""
    left_out = len(names) - most
    return ", ".join(names[:most]) + (f" and {left_out} more" if left_out > 0 else "")


def spans(numbers: Sequence[int]) -> str:
    """Row numbers, runs of them as one: `2-5, 9`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def plural(count: int, one: str, many: str = "") -> str:
    """The word for so many: `group`, `groups`."""
    return one if count == 1 else many or f"{one}s"


@dataclass(frozen=True)
class Words:
    """Figures in the words of one locale. A negative figure has a true minus."""

    locale: str = "en_US"

    def number(self, value: int | float | Decimal, decimals: int = 0) -> str:
        """`4,380`; `92.31` with two decimals."""
        form = "#,##0" + (f".{'0' * decimals}" if decimals else "")
        return _figure(str(value), form, self.locale)

    def exact(self, value: Decimal) -> str:
        """All decimals of a figure, up to six: `0.875`, `1,365`."""
        return _figure(str(value), "#,##0.######", self.locale)

    def money(self, value: Decimal, currency: str) -> str:
        """`$26.81`; further decimals, as of a rate, are kept up to the sixth."""
        said = format_currency(
            value, currency, format="¤#,##0.00####", locale=self.locale, currency_digits=False
        )
        return said.replace("-", "−")

    def signed(self, value: int | float, decimals: int = 0) -> str:
        """A difference: `+1,240`, `−640`, `0`."""
        return ("+" if value > 0 else "") + self.number(value, decimals)

    def minutes(self, value: int) -> str:
        """`95 min` up to two hours, then `2 h 05`."""
        if abs(value) <= LONGEST_IN_MINUTES:
            return f"{self.number(value)} min"
        hours, rest = divmod(abs(value), 60)
        return f"{self.number(-hours if value < 0 else hours)} h {rest:02d}"

    def fte(self, value: Decimal | float) -> str:
        """At most three decimals, trailing zeros cut: `0.875`, `1.5`, `1`."""
        return _figure(str(value), "#,##0.###", self.locale)

    def percent(self, share: float, decimals: int = 0) -> str:
        """`94 %`. Only all is 100 %, and only nothing is 0 %: `99.96 %` is said as 99 %, not as 100
        %.
        """
        step = 10.0**-decimals
        value = round(share * 100, decimals)
        if share < 1 <= value / 100:
            value = 100 - step
        elif share > 0 >= value:
            value = step
        return f"{self.number(value, decimals)} %"

    def count(self, value: int, one: str, many: str = "") -> str:
        """`1 group`, `3 groups`."""
        return f"{self.number(value)} {plural(value, one, many)}"

    def counted(self, value: int, one: str, many: str = "") -> str:
        """At the head of a sentence: `Two groups`, `14 groups`."""
        said = NUMBERS[value] if value < len(NUMBERS) else self.number(value)
        return f"{said} {plural(value, one, many)}"

    def day(self, value: date) -> str:
        """`October 6, 2025` or `6 October 2025`."""
        return format_date(value, "long", locale=self.locale)

    def day_of_month(self, value: date) -> str:
        """`October 6` or `6 October`."""
        return format_skeleton("MMMMd", value, locale=self.locale)


@lru_cache(maxsize=10_000)
def _figure(value: str, form: str, locale: str) -> str:
    """A figure in a locale's form. A plan's workbook says `5 students` or `30 minutes` thousands of
    times, and the pattern is read anew each time.
    """
    return format_decimal(Decimal(value), format=form, locale=locale).replace("-", "−")
