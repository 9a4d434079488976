"""Nobody works on more dates of the real calendar than the contract has days.

Some choice of days must avoid it; else it is no violation.
"""

from collections.abc import Iterator

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan import contract_year
from planner.plan.contract_year import contract_days, dates_worked, fewest_dates, fixed_dates
from planner.plan.plan import Plan
from planner.rules.cells import PlanItems, Where, in_column, placements_of
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stops
from planner.words.wording import Words, listed, plural

MOST_NAMED = 3


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Dates over the contract, or over the fewest that any choice of days gives where even that is
    more.
    """
    for person, dates, contract in _years(problem, plan):
        most = _possible(problem, plan, person, dates, contract)
        if dates > most:
            why = f"{contract} days" + (f"; {most} dates are possible" if most > contract else "")
            message = (
                f"{person.name} works on {dates} dates of the calendar; the contract says {why}."
            )
            yield Violation(RULE.key, (person.id,), dates - most, message)


def notes(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What breaks nothing: contract days that are not used, and dates over the contract that no
    choice of days avoids.
    """
    alike: dict[tuple[str, int, int, int], list[str]] = {}
    for person, dates, contract in _years(problem, plan):
        over = min(dates, _possible(problem, plan, person, dates, contract)) - contract
        if dates < contract or over > 0:
            alike.setdefault((person.role.role, dates, contract, over), []).append(person.name)
    words = Words(problem.data.district.locale)
    for (role, dates, contract, over), names in alike.items():
        shown = (
            names
            if len(names) <= MOST_NAMED
            else [*names[:MOST_NAMED], f"{words.number(len(names) - MOST_NAMED)} more"]
        )
        each = "works" if len(names) == 1 else "each work"
        said = (
            f"{over} too many, which no choice of days avoids"
            if over > 0
            else f"{contract - dates} {plural(contract - dates, 'is', 'are')} not used"
        )
        message = (
            f"{listed(shown)} {each} on {dates} dates of the calendar; the contract says "
            f"{contract} days: {said}."
        )
        yield Violation(RULE.key, (problem.roles[role].title,), abs(over), message)


def _years(problem: Problem, plan: Plan) -> Iterator[tuple[Person, int, int]]:
    """Everybody, on how many dates they work, and the days of their contract; nobody where the
    dataset has no calendar.
    """
    if problem.calendar.known:
        for person in problem.people:
            yield person, len(dates_worked(problem, plan, person)), contract_days(problem, person)


def _possible(problem: Problem, plan: Plan, person: Person, dates: int, contract: int) -> int:
    """The most dates that break nothing: the contract's days, or what the best choice of days comes
    to.
    """
    if dates <= contract:
        return contract
    attended = [attendance.date for attendance in plan.training_of.get(person.id, ())]
    fewest = fewest_dates(problem, person, fixed_dates(problem, person, attended))
    return max(contract, dates if fewest is None else fewest)


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    return in_column(placements_of(plan, where[0]), "day")


def _asked(problem: Problem, where: Where) -> str:
    person = problem.person_of.get(where[0])
    if person is None:
        return ""
    days = contract_year.contract_days(problem, person)
    return (
        f"{person.name}'s contract has {days} days: days of the cycle with too many dates "
        "on the calendar cannot be chosen."
    )


RULE = Rule(
    key="contract_days",
    title="Contract days",
    sentence="Nobody works on more dates of the real calendar, PD and training included, than the "
    "contract has days, unless no"
    " choice of days avoids it.",
    formula="dates(p) ≤ max(contract_days(p), fewest dates of any choice of days); contract days "
    "prorated by hire and end date,"
    " part_time days: × FTE",
    unit="days",
    violations=violations,
    readers=Readers.EVERYBODY,
    notes=notes,
    strengths=frozenset(Strength),
    cells=_cells,
    stops=Stops(Judges.NOTHING, because="a session changes nobody's days at work"),
    asks=_asked,
    is_about_places=True,
    hr=HrSection.WEEK,
    needs_whole_person=True,
    is_over_the_week=True,
    remedy=Remedy(
        otherwise="Sheets calendar and roles: compare contract_days with the days "
        "that works_on makes days of work."
    ),
)
