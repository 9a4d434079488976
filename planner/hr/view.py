"""HR's view of a plan, or of a dataset as it stands: people, position control, and what the rules
find.
"""

from dataclasses import dataclass, replace
from datetime import date

from planner.facts.problem import Problem
from planner.hr.control import Control, control
from planner.hr.findings import HrFinding, findings
from planner.hr.people import Record, records
from planner.hr.time_off import TimeOff, time_off
from planner.hr.vacancy_savings import VacancySaving, vacancy_savings
from planner.money.budgeted import Budgeted, planned
from planner.money.spending import SpendingLine, spending
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by
from planner.rules.checker import BROKEN


@dataclass(frozen=True)
class Hr:
    """The whole view; `problem` is that of the people whom the plan pays, `timed` says that there
    is a timetable, `planned` that there is a plan at all, be it one of positions alone.
    `extra_pay` is what people are paid beside their positions; time off in lieu and what vacant
    positions save are counted up to `day`, the planned one where none is asked for. People and
    position control are those of `day`, where one is asked for: then of people what they hold on
    it. Amounts are always of the whole year.
    """

    problem: Problem
    budget: Budgeted
    people: tuple[Record, ...]
    control: Control
    findings: tuple[HrFinding, ...]
    timed: bool
    planned: bool
    extra_pay: tuple[SpendingLine, ...]
    time_off: tuple[TimeOff, ...]
    savings: tuple[VacancySaving, ...]
    day: date | None = None

    @property
    def counted_to(self) -> date:
        """The day up to which time off and savings are counted."""
        return self.day or self.problem.data.district.day_planned

    @property
    def broken(self) -> tuple[HrFinding, ...]:
        """The findings of broken hard rules."""
        return tuple(found for found in self.findings if found.severity == BROKEN)

    def of_person(self, staff: str) -> "Hr":
        """The same of one person."""
        people = tuple(person for person in self.people if person.staff == staff)
        return self._about(people, {staff})

    def at_school(self, school: str) -> "Hr":
        """The same of a school: who has a position there or, without positions, works there."""
        people = tuple(person for person in self.people if school in person.schools)
        return self._about(people, {school})

    def _about(self, people: tuple[Record, ...], ids: set[str]) -> "Hr":
        named = ids | {person.staff for person in people}
        named |= {place.position.position for person in people for place in person.places}
        staff = {person.staff for person in people}
        return replace(
            self,
            people=people,
            extra_pay=tuple(line for line in self.extra_pay if line.staff in staff),
            time_off=tuple(one for one in self.time_off if one.staff in staff),
            savings=tuple(one for one in self.savings if named & self._about_position(one)),
            findings=tuple(found for found in self.findings if named & set(found.where)),
        )

    def _about_position(self, one: VacancySaving) -> set[str]:
        return {one.position, *self.problem.positions[one.position].school}


def hr(problem: Problem, plan: Plan, day: date | None = None) -> Hr:
    """Everything that HR asks of a plan; the filled and the vacant positions where it says nothing
    of positions. With a day, who holds what then, and what has been earned and saved by then.
    """
    budget, people = planned(problem, plan), staffed_by(problem, plan)
    last = day or problem.data.district.day_planned
    return Hr(
        people,
        budget,
        tuple(records(people, plan, budget, day)),
        control(problem, plan, budget, day),
        findings(problem, plan),
        bool(plan.placements),
        bool(plan.placements) or plan.positions is not None,
        tuple(line for line in spending(problem, budget, plan) if line.staff),
        tuple(time_off(problem, plan, budget, last)),
        tuple(vacancy_savings(problem, budget, last)),
        day,
    )
