"""The positions of a person add up to their contract, on every day of the year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.facts.training import employed_on
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import as_they_stand, decimal_fte, share_of_full_time
from planner.rules.cells import Where
from planner.rules.funding import exactly, hundredths
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation
from planner.words.wording import Words, listed

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Dates on which a person holds the same positions; `off` is by how much these are more (below
    0: less) than the contract.
    """

    first: date
    last: date
    held: tuple[FundedPosition, ...]
    off: Fraction


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """By how much the positions that a person holds differ from what is contracted, once for each
    time in which they hold the same ones.

    Where the plan cuts one of them, the contract is cut with it: then together they may be less.
    """
    mine: dict[str, list[FundedPosition]] = {}
    for position in plan.budgeted:
        mine.setdefault(position.staff, []).append(position)
    words = Words(problem.data.district.locale)
    # What is contracted is what was so before the plan cut it, as the budget model sees it.
    for person in (problem.origin or problem.data).staff:
        every = spans(problem, person, mine.get(person.staff, ()))
        for span in every:
            if span.off > 0 or (span.off < 0 and not _cuts(problem, person, span)):
                each = listed([f"{one.position} ({exactly(words, one.fte)})" for one in span.held])
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


def spans(problem: Problem, person: Staff, positions: Sequence[FundedPosition]) -> tuple[Span, ...]:
    """The times of the school year in which a person who is employed holds any of these positions.

    A difference that is nothing at the decimals of an FTE is 0.
    """
    district = problem.data.district
    rows = [problem.positions[position.position] for position in positions]
    begins = {row.start for row in rows} | {person.hire_date}
    ends = {row.end for row in rows} | {person.end_date}
    firsts = {district.year_start, *filter(None, begins), *(end + DAY for end in ends if end)}
    changes = sorted(day for day in firsts if district.year_start <= day <= district.year_end)
    found = []
    for first, following in zip(changes, (*changes[1:], district.year_end + DAY), strict=True):
        held = tuple(
            position
            for position, row in zip(positions, rows, strict=True)
            if row.is_in_force(first)
        )
        if held and employed_on(person, first):
            off = sum((one.fte for one in held), Fraction(0)) - _contract(problem, person)
            off = off if decimal_fte(off) else Fraction(0)
            found.append(Span(first, following - DAY, held, off))
    return tuple(found)


def _contract(problem: Problem, person: Staff) -> Fraction:
    """The contracted share of full time."""
    return share_of_full_time(person, problem.roles[person.role]) or Fraction(0)


def _cuts(problem: Problem, person: Staff, span: Span) -> bool:
    """Whether the plan gives a person less in a time than their filled positions give them then."""
    given = {position.position: position.fte for position in span.held}
    return any(
        given.get(one.position, Fraction(0)) < one.fte
        for one in as_they_stand(problem)
        if one.staff == person.staff and problem.positions[one.position].is_in_force(span.first)
    )


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
