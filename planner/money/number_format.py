"""How the numbers of a formula are written: exactly, in the district's locale and currency."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from planner.facts.district import District
from planner.money.cents import cents, money
from planner.words.wording import Words

PLACES = 6
MINUTES_AN_HOUR = 60


class NumberFormat:
    """Numbers as a formula shows them. What no short decimal can say is written as a fraction,
    never rounded.
    """

    def __init__(self, district: District) -> None:
        self.words = Words(district.locale)
        self._currency = district.currency
        self._start, self._end = district.year_start, district.year_end

    def money(self, amount: Decimal) -> str:
        """`$26.81`."""
        return self.words.money(amount, self._currency)

    def amount(self, value: Fraction) -> str:
        """A sum of rounded lines: `$46,082.40`."""
        return self.money(money(cents(value)))

    def number(self, value: Fraction | Decimal | int) -> str:
        """`0.875`, or `2/3`."""
        exact = Fraction(value)
        if 10**PLACES % exact.denominator:
            return f"{self.words.number(exact.numerator)}/{self.words.number(exact.denominator)}"
        return self.words.exact(Decimal(exact.numerator) / exact.denominator)

    def hours(self, value: Fraction) -> str:
        """`7 h`, `1,365 h`, or `6 h 35` where hours are no short decimal and minutes are whole."""
        minutes = value * MINUTES_AN_HOUR
        if 10**PLACES % value.denominator and minutes.denominator == 1:
            return self.words.minutes(int(minutes))
        return f"{self.number(value)} h"

    def percent(self, value: Decimal) -> str:
        """`7.65 %`."""
        return f"{self.number(value)} %"

    def day(self, value: date) -> str:
        """`1 April 2020`."""
        return self.words.day(value)

    @property
    def year(self) -> str:
        """The plan year: `2026-27`."""
        first, last = self._start.year, self._end.year
        return str(first) if first == last else f"{first}-{last % 100:02d}"
