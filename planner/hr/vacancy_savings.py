"""What vacant positions save: their budget for the time in which nobody was there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planner.facts.problem import Problem
from planner.money.budgeted import Budgeted
from planner.money.cents import cents, money
from planner.money.employment import Employments


@dataclass(frozen=True)
class VacancySaving:
    """A vacant position that is budgeted: `saved` from the first day without anybody up to a day,
    that day included, and `in_the_year` if it stays vacant. Both are parts of `budgeted`, by the
    dates that its job class works.
    """

    position: str
    since: date
    saved: Decimal
    in_the_year: Decimal
    budgeted: Decimal


def vacancy_savings(problem: Problem, budget: Budgeted, day: date) -> Iterator[VacancySaving]:
    """Vacant positions in the order of the budget; those without pay are left out.

    A position is vacant since `vacant_since`, but no longer than its own time and the year.
    """
    employments = Employments(problem)
    for position in budget.positions:
        row, cost = problem.positions.get(position.position), budget.cost_of.get(position.position)
        if row is None or row.status != "vacant" or cost is None:
            continue
        (employment,) = employments.held(position)
        since = max(row.vacant_since or employment.start, employment.start)
        empty = [on for on in employment.dates if on >= since]
        gone = sum(on <= day for on in empty)
        whole = len(employment.dates)

        def part(dates: int, total: Decimal = cost.total, whole: int = whole) -> Decimal:
            return money(cents(Fraction(total) * dates / whole)) if whole else Decimal("0.00")

        yield VacancySaving(position.position, since, part(gone), part(len(empty)), cost.total)
