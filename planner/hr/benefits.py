"""Benefits that begin at so many paid hours a year: who has them, by how many hours, and for how
many months.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.facts.problem import Problem
from planner.money import Employment
from planner.money.employment import hours_in_all, together
from planner.money.oncosts import ALL_IN


@dataclass(frozen=True)
class Benefit:
    """An employer cost with a minimum of hours. `months` are those for which a monthly sum is due
    (None: it is no monthly one).
    """

    oncost: str
    hours: Fraction
    threshold: Fraction
    months: int | None

    @property
    def eligible(self) -> bool:
        """Whether the hours reach the threshold."""
        return self.hours >= self.threshold

    @property
    def margin(self) -> Fraction:
        """Hours above the threshold; below it, negative."""
        return self.hours - self.threshold


def benefits(problem: Problem, held: Sequence[Employment]) -> Iterator[Benefit]:
    """The benefits of the person who holds these positions; hours count over all of them (as if
    the year were whole where the cost says so), months from the first to the last day that are
    paid.
    """
    bearing = [one for one in held if one.role.pay_basis != ALL_IN]
    for row in problem.data.oncosts if bearing else ():
        if row.min_hours_year and any(
            not row.roles or one.role.role in row.roles for one in bearing
        ):
            threshold, whole = Fraction(row.min_hours_year), together(held)
            hours = hours_in_all(held, annualised=row.annualised)
            months = len(whole.months(problem.data.district)) if row.unit == "month" else None
            yield Benefit(
                row.oncost, hours, threshold, months if hours >= threshold or months is None else 0
            )
