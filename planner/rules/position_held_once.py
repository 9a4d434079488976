"""Nobody holds what somebody else holds, on every day of the year."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from planner.facts.problem import Problem
from planner.plan.holdings import Holding, holdings, unchanged
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import decimal_fte
from planner.rules.funding import SCOPES, about, exactly, hundredths
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation
from planner.words.wording import Words, listed


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """By how much those who have a position are more than it, and those who work on it: once for
    each time in which they are the same.
    """
    for position in plan.budgeted:
        if position.position in problem.stretches:
            held = tuple(holdings(problem, [position]))
            for first, last in unchanged(problem, held):
                then = [holding for holding in held if holding.is_on(first)]
                yield from _beyond(problem, position, then, (first, last))


def _beyond(
    problem: Problem, position: FundedPosition, then: Sequence[Holding], dates: tuple[date, date]
) -> Iterator[Violation]:
    """What two people have at a time, or else what two do: leave and its substitute are neither."""
    words = Words(problem.data.district.locale)
    for verb, some in (
        ("held", [holding for holding in then if holding.seated]),
        ("filled", [holding for holding in then if holding.at_work]),
    ):
        over = sum((holding.held.fte for holding in some), Fraction(0)) - position.fte
        if over > 0 and decimal_fte(over):
            each = [
                f"{_called(problem, holding.staff)} ({exactly(words, holding.held.fte)})"
                for holding in some
            ]
            message = (
                f"{position.position} is {exactly(words, position.fte)} FTE and is {verb} by "
                f"{listed(each)} from {words.day(dates[0])} to {words.day(dates[1])}."
            )
            yield Violation(RULE.key, about(position), hundredths(over), message)
            return


def _called(problem: Problem, staff: str) -> str:
    person = problem.contracts.get(staff)
    return person.called if person else staff


RULE = Rule(
    key="position_held_once",
    title="Positions held once",
    sentence="On no day do people hold more of a position, be it on leave, than it is; nor do they "
    "work more of it, substitutes among them.",
    formula="for each position x and day d: Σ_{holders p of x on d} fte(p, x) ≤ fte(x) and "
    "Σ_{p at work on x on d} fte(p, x) ≤ fte(x), to six decimals",
    unit="hundredths of FTE",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=SCOPES,
    part="budget",
    hr=HrSection.POSITIONS,
    remedy=Remedy(
        otherwise="Sheet assignments: end one row before the next begins (to), or write in fte "
        "what part each has."
    ),
)
