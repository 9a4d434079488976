"""A position that is vacant for long is named: its salary is saved as long as nobody is hired."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.facts.funds import Position
from planner.facts.problem import Problem
from planner.facts.stretches import DAY, life_of
from planner.plan.contract_year import kinds_worked
from planner.plan.plan import FundedPosition, Plan
from planner.rules.cells import Where
from planner.rules.funding import SCOPES, about
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Parameter, Rule, Setting, Strength, Violation
from planner.rules.settings import parameter
from planner.words.wording import Words


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """The workdays for which a vacant position that is budgeted has been vacant, where these are
    many.
    """
    words = Words(problem.data.district.locale)
    for position in plan.budgeted:
        row = problem.positions.get(position.position)
        least = parameter(problem, RULE, "days", about(position))
        vacant_since = _vacant_since(problem, row) if row is not None else None
        if vacant_since and least is not None:
            days = workdays(problem, position, vacant_since)
            if days >= least:
                since = f"since {words.day(vacant_since)}, {words.count(days, 'workday')}"
                message = (
                    f"{position.position} has been vacant {since}: flagged for salary "
                    f"savings from {least} on."
                )
                yield Violation(RULE.key, about(position), days, message)


def _vacant_since(problem: Problem, row: Position) -> date | None:
    """Since when nobody holds a position, as its row says, or the sheet `assignments`; None where
    somebody does on the planned day, or nothing is said.
    """
    stretches = problem.stretches.get(row.position)
    if stretches is None:
        return row.vacant_since if row.status == "vacant" else None
    day = problem.data.district.day_planned
    first, last = life_of(row, problem.data.district)
    held = [stretch for stretch in stretches if stretch.seated]
    if not first <= day <= last or any(stretch.holds_on(day) for stretch in held):
        return None
    said = row.vacant_since if row.vacant_since and row.vacant_since <= day else first
    return max((stretch.last + DAY for stretch in held if stretch.last < day), default=said)


def workdays(problem: Problem, position: FundedPosition, since: date) -> int:
    """The days of the school year that its job class works, from a date to the planned day, both
    counted.
    """
    kinds = kinds_worked(problem.roles[position.role])
    school = position.school[0] if len(position.school) == 1 else ""
    last = problem.data.district.day_planned
    days = (since + timedelta(days=n) for n in range((last - since).days + 1))
    return sum(problem.calendar.kind(day, school) in kinds for day in days)


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    return "fill it, or delete the row and give what it saves to another position."


RULE = Rule(
    key="vacancy",
    title="Long vacancies",
    sentence="A budgeted position that is vacant for `days` workdays or more, the first and the "
    "planned day counted, is flagged"
    " for salary savings.",
    formula="for each vacant position x: |{d worked by role(x): vacant_since(x) ≤ d ≤ planned "
    "day}| < days",
    unit="workdays",
    violations=violations,
    checked_alone="it is never hard: a plan does not change since when a position is vacant",
    readers=Readers.EVERYBODY,
    strengths=frozenset({Strength.SOFT, Strength.OFF}),
    default=Setting(Strength.SOFT, 0),
    source="LAUSD Program and Budget Handbook 2025-26, p. 100",
    scopes=SCOPES,
    parameters={"days": Parameter("Workdays of vacancy from which a position is flagged", "20")},
    part="budget",
    hr=HrSection.POSITIONS,
    remedy=Remedy(_remedy),
)
