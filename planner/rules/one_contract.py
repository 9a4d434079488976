"""The positions of a person add up to their contract, on every day of the year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.facts.training import employed_on
from planner.plan.holdings import Holding, held_on, holdings, unchanged
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import as_they_stand, decimal_fte, share_of_full_time
from planner.rules.cells import Where
from planner.rules.funding import exactly, hundredths
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation
from planner.words.wording import Words, listed


@dataclass(frozen=True)
class Span:
    """Dates on which a person holds the same positions; `off` is by how much these are more (below
    0: less) than the contract.
    """

    first: date
    last: date
    held: tuple[Holding, ...]
    off: Fraction


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """By how much the positions that a person holds differ from what is contracted, once for each
    time in which they hold the same ones.

    Where the plan cuts one of them, the contract is cut with it: then together they may be less.
    """
    mine: dict[str, list[Holding]] = {}
    for holding in holdings(problem, plan.budgeted):
        mine.setdefault(holding.staff, []).append(holding)
    words = Words(problem.data.district.locale)
    # What is contracted is what was so before the plan cut it, as the budget model sees it.
    for person in (problem.origin or problem.data).staff:
        every = spans(problem, person, mine.get(person.staff, ()))
        for span in every:
            if span.off > 0 or (span.off < 0 and not _cuts(problem, person, span)):
                each = listed(
                    [f"{one.of.position} ({exactly(words, one.held.fte)})" for one in span.held]
                )
                contract = exactly(words, _contract(problem, person))
                when = (
                    f" from {words.day(span.first)} to {words.day(span.last)}"
                    if len(every) > 1
                    else ""
                )
                message = (
                    f"{person.called} is contracted for {contract} FTE and holds {each}{when}."
                )
                yield Violation(
                    RULE.key, (person.staff, person.role), hundredths(span.off), message
                )


def spans(problem: Problem, person: Staff, held: Sequence[Holding]) -> tuple[Span, ...]:
    """The times of the school year in which a person who is employed holds the same of these
    positions. Who is on leave holds what they are on leave from, and a substitute what they fill.

    A difference that is nothing at the decimals of an FTE is 0.
    """
    found = []
    for first, last in unchanged(problem, held, (person.hire_date, person.end_date)):
        then = tuple(holding for holding in held if holding.is_on(first))
        if then and employed_on(person, first):
            off = sum((one.held.fte for one in then), Fraction(0)) - _contract(problem, person)
            off = off if decimal_fte(off) else Fraction(0)
            found.append(Span(first, last, then, off))
    return tuple(found)


def _contract(problem: Problem, person: Staff) -> Fraction:
    """The contracted share of full time."""
    return share_of_full_time(person, problem.roles[person.role]) or Fraction(0)


def _cuts(problem: Problem, person: Staff, span: Span) -> bool:
    """Whether the plan gives a person less in a time than their filled positions give them then."""
    given: dict[str, Fraction] = {}
    for holding in span.held:
        given[holding.of.position] = given.get(holding.of.position, Fraction(0)) + holding.held.fte
    before: dict[str, Fraction] = {}
    for holding in held_on(problem, as_they_stand(problem), span.first):
        if holding.staff == person.staff:
            name = holding.of.position
            before[name] = before.get(name, Fraction(0)) + holding.held.fte
    return any(given.get(name, Fraction(0)) < fte for name, fte in before.items())


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    return "write the person's lane and step in lane and step, or correct those of the sheet staff."


RULE = Rule(
    key="one_contract",
    title="Positions and contract",
    sentence="The positions that a person holds add up, on every day, to what they are contracted "
    "for; where the plan cuts one, they are no more.",
    formula="for each person p and day d with positions: Σ_{x of p on d} fte(x) = contract(p), to "
    "six decimals",
    unit="hundredths of FTE",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"role"}),
    part="budget",
    hr=HrSection.POSITIONS,
    needs_whole_person=True,
    remedy=Remedy(
        _remedy,
        otherwise="Sheets positions and staff: a person's positions must add up to "
        "the fte (or week_minutes) of the person.",
    ),
)
