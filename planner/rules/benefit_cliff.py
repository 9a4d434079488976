"""Nobody who keeps a job loses benefits because a plan cuts their hours.

The hours that benefits ask for decide.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from planner.facts.problem import Problem
from planner.facts.roles import Oncost, Role
from planner.money import Employment, Employments
from planner.money.employment import hours_in_all
from planner.plan.holdings import holders
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import as_they_stand
from planner.rules.funding import exactly
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Parameter, Rule, Violation
from planner.rules.settings import parameter
from planner.words.wording import Words

WHOLE = 100


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """The paid hours a year by which somebody who keeps a part of their positions falls below the
    least of a benefit.

    Only people whose filled positions reach the least can fall below it; who keeps nothing loses
    more than benefits, and that is what the rule on filled positions is about.
    """
    for row, least, person, hours, before in _near_benefits(problem, plan):
        if before is not None and before >= least > hours:
            due = f"{row.oncost} is due from {_hours(problem, least)}, and they have it now"
            yield Violation(
                RULE.key,
                (person, row.oncost),
                ceil(least - hours),
                f"{_paid(problem, person, hours)}; {due}.",
            )


def notes(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Who is near a least of hours: a little below it or at it; and new positions below it."""
    near = parameter(problem, RULE, "near_percent") or 0
    for row, least, person, hours, before in _near_benefits(problem, plan):
        close = least * (WHOLE - near) / WHOLE <= hours <= least
        cut = before is not None and before >= least > hours
        if not cut and (close or (before is None and hours < least)):
            side = "at" if hours == least else "below"
            message = (
                f"{_paid(problem, person, hours)}, {side} the {_hours(problem, least)} "
                f"from which {row.oncost} is due."
            )
            yield Violation(RULE.key, (person, row.oncost), ceil(least - hours), message)


def hours_of(
    problem: Problem, positions: tuple[FundedPosition, ...], *, annualised: bool = False
) -> dict[str, Fraction]:
    """The hours that each person is paid in the year, over all of their positions; `annualised`: as
    if the year were whole.
    """
    held: dict[str, list[Employment]] = {}
    for one in Employments(problem).paid(positions):
        held.setdefault(one.position.staff, []).append(one)
    return {person: hours_in_all(theirs, annualised=annualised) for person, theirs in held.items()}


def _near_benefits(
    problem: Problem, plan: Plan
) -> Iterator[tuple[Oncost, Fraction, str, Fraction, Fraction | None]]:
    """For each employer cost with a least of hours and each person for whom it is paid: the hours
    that it asks for, those that the person has in the plan, and those that their filled positions
    give now (None: they hold none).
    """
    rows = [row for row in problem.data.oncosts if row.min_hours_year]
    if not rows or plan.positions is None:
        return
    standing = as_they_stand(problem)
    for row in rows:
        before = hours_of(problem, standing, annualised=row.annualised)
        after = hours_of(problem, plan.positions, annualised=row.annualised)
        bearing = {
            staff
            for position in plan.budgeted
            if _bears(row, problem.roles[position.role])
            for staff in holders(problem, position)
        }
        for person, hours in after.items():
            if person in bearing:
                yield row, Fraction(row.min_hours_year or 0), person, hours, before.get(person)


def _bears(row: Oncost, role: Role) -> bool:
    """Whether an employer cost is paid for a job class; a rate sheet has everything in it."""
    return role.pay_basis != "rate_sheet" and role.role in (row.roles or (role.role,))


def _paid(problem: Problem, person: str, hours: Fraction) -> str:
    called = next((row.called for row in problem.data.staff if row.staff == person), person)
    return f"{called} is paid {_hours(problem, hours)} a year"


def _hours(problem: Problem, hours: Fraction) -> str:
    return f"{exactly(Words(problem.data.district.locale), hours)} hours"


RULE = Rule(
    key="benefit_cliff",
    title="Hours for benefits",
    sentence="Nobody who keeps a part of their positions falls below the paid hours a year of an "
    "employer cost that they reach now;"
    " who is within near_percent below the hours or at them, and new positions below them, are "
    "noted.",
    formula="for each person p whose filled positions reach min_hours_year of a cost: Σ_{x of p} "
    "hours(x) ≥ min_hours_year",
    unit="paid hours a year",
    violations=violations,
    readers=Readers.OFFICE,
    source="Washington Health Care Authority, SEBB eligibility",
    scopes=frozenset({"role"}),
    parameters={
        "near_percent": Parameter("Percentage below the hours from which somebody is noted", "10")
    },
    part="budget",
    notes=notes,
    hr=HrSection.POSITIONS,
    needs_whole_person=True,
    remedy=Remedy(
        otherwise="Sheet positions, fte: stay at or above the hours, or decide it "
        "openly (sheet rules) with who it concerns."
    ),
)
