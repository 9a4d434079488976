"""HR's view of a plan, or of a dataset as it stands: people, position control, and what the rules
find.
"""

from dataclasses import dataclass, replace
from datetime import date

from planner.facts.problem import Problem
from planner.hr.control import Control, control
from planner.hr.findings import HrFinding, findings
from planner.hr.people import Record, records
from planner.money.budgeted import Budgeted, planned
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by
from planner.rules.checker import BROKEN


@dataclass(frozen=True)
class Hr:
    """The whole view; `problem` is that of the people whom the plan pays, `timed` says that there
    is a timetable, `planned` that there is a plan at all, be it one of positions alone. People and
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
    day: date | None = None

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
        return replace(
            self,
            people=people,
            findings=tuple(found for found in self.findings if named & set(found.where)),
        )


def hr(problem: Problem, plan: Plan, day: date | None = None) -> Hr:
    """Everything that HR asks of a plan; the filled and the vacant positions where it says nothing
    of positions. With a day, who holds what then.
    """
    budget, people = planned(problem, plan), staffed_by(problem, plan)
    return Hr(
        people,
        budget,
        tuple(records(people, plan, budget, day)),
        control(problem, plan, budget, day),
        findings(problem, plan),
        bool(plan.placements),
        bool(plan.placements) or plan.positions is not None,
        day,
    )
