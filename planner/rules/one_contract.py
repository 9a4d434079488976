"""The positions of a person add up to their contract."""

from collections.abc import Iterator
from fractions import Fraction

from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import as_they_stand, decimal_fte, share_of_full_time
from planner.rules.funding import exactly, hundredths
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.words.wording import Words, listed


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """By how much the positions that a person holds on the planned day differ from what is
    contracted.

    Where the plan cuts one of them, the contract is cut with it: then together they may be less.
    """
    held: dict[str, list[FundedPosition]] = {}
    for position in plan.positions:
        if _on_planned_day(problem, position):
            held.setdefault(position.staff, []).append(position)
    words = Words(problem.data.district.locale)
    for person in problem.data.staff:
        positions = held.get(person.staff, [])
        off = sum((position.fte for position in positions), Fraction(0)) - _contract(
            problem, person
        )
        if positions and not _agree(off) and (off > 0 or not _cuts(problem, person, positions)):
            each = listed(
                [f"{position.position} ({exactly(words, position.fte)})" for position in positions]
            )
            contract = exactly(words, _contract(problem, person))
            message = f"{person.called} is contracted for {contract} FTE and holds {each}."
            yield Violation(RULE.key, (person.staff, person.role), hundredths(off), message)


def _on_planned_day(problem: Problem, position: FundedPosition) -> bool:
    row = problem.positions.get(position.position)
    return row is None or row.is_in_force(problem.data.district.day_planned)


def _contract(problem: Problem, person: Staff) -> Fraction:
    """The contracted share of full time."""
    return share_of_full_time(person, problem.roles[person.role]) or Fraction(0)


def _agree(off: Fraction) -> bool:
    """Whether a difference is nothing at the decimals of an FTE."""
    return not decimal_fte(off)


def _cuts(problem: Problem, person: Staff, positions: list[FundedPosition]) -> bool:
    """Whether the plan gives a person less than their filled positions in force give them."""
    given = {position.position: position.fte for position in positions}
    stand = [
        one
        for one in as_they_stand(problem)
        if one.staff == person.staff and _on_planned_day(problem, one)
    ]
    return any(given.get(one.position, Fraction(0)) < one.fte for one in stand)


RULE = Rule(
    key="one_contract",
    title="Positions and contract",
    sentence="The positions that a person holds on the planned day add up to what they are "
    "contracted for; where the plan cuts"
    " one, they are no more.",
    formula="for each person p with positions: Σ_{x of p} fte(x) = contract(p), to six decimals",
    unit="hundredths of FTE",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"role"}),
    part="budget",
)
