"""Time off in lieu: what each person earns by duties outside of their shift, has taken, and has
left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.facts.problem import Problem
from planner.money.budgeted import Budgeted
from planner.money.extra_work import TOIL, extra_work, held_by_person
from planner.plan.plan import Plan
from planner.plan.positions import before_budget


@dataclass(frozen=True)
class TimeOff:
    """A person's account of time off in lieu, in minutes: `earned` up to a day, that day included,
    and `in_the_year` with what is still to come.
    """

    staff: str
    earned: int
    in_the_year: int
    taken: int

    @property
    def balance(self) -> int:
        """What is earned and not taken yet; below 0 where more was taken."""
        return self.earned - self.taken


def time_off(problem: Problem, plan: Plan, budget: Budgeted, day: date) -> Iterator[TimeOff]:
    """The accounts of everybody who earns or has taken time off, in the order of the sheet."""
    problem = before_budget(problem)
    held = held_by_person(problem, budget.positions)
    earned: dict[str, int] = {}
    whole: dict[str, int] = {}
    for extra in extra_work(problem, plan, held, {}, TOIL):
        before = sum(on <= day for on in extra.dates)
        earned[extra.staff] = earned.get(extra.staff, 0) + before * extra.duty.minutes
        whole[extra.staff] = whole.get(extra.staff, 0) + extra.minutes
    taken = {row.staff: row.toil_taken for row in problem.data.staff}
    for staff in dict.fromkeys((*taken, *whole)):
        account = TimeOff(staff, earned.get(staff, 0), whole.get(staff, 0), taken.get(staff, 0))
        if account.in_the_year or account.taken:
            yield account
