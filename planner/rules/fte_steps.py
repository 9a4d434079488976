"""FTE comes in the steps of its job class, and within its limits."""

from collections.abc import Iterator
from fractions import Fraction

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.rules.cells import Where
from planner.rules.funding import SCOPES, about, exactly, hundredths
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation
from planner.words.wording import Words


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """By how much a position is off the nearest step, below its least or above its largest FTE;
    filled ones, too.
    """
    words = Words(problem.data.district.locale)
    for position in plan.budgeted:
        fte = exactly(words, position.fte)
        for off, limit in _off(problem, position, words):
            yield Violation(
                RULE.key,
                about(position),
                hundredths(off),
                f"{position.position} has {fte} FTE; {limit}.",
            )


def _off(
    problem: Problem, position: FundedPosition, words: Words
) -> Iterator[tuple[Fraction, str]]:
    role, row = problem.roles[position.role], problem.positions.get(position.position)
    if role.fte_step is not None:
        step = Fraction(role.fte_step)
        off = position.fte - round(position.fte / step) * step
        if off:
            yield off, f"{role.title} comes in steps of {exactly(words, step)}"
    least = max(Fraction(role.min_fte or 0), Fraction((row and row.min_fte) or 0))
    if position.fte < least:
        yield least - position.fte, f"{exactly(words, least)} is the least"
    most = Fraction(row.max_fte) if row and row.max_fte is not None else None
    if most is not None and position.fte > most:
        yield position.fte - most, f"{exactly(words, most)} is the most"


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    words, step = Words(problem.data.district.locale), problem.roles[position.role].fte_step
    if step is None:
        return "write an FTE within its limits in fte."
    below = position.fte // Fraction(step) * Fraction(step)
    nearest = [exactly(words, one) for one in (below, below + Fraction(step)) if 0 < one <= 1]
    return f"write {' or '.join(nearest)} in fte, within min_fte and max_fte."


RULE = Rule(
    key="fte_steps",
    title="Steps of FTE",
    sentence="A position's FTE is a multiple of its job class's fte_step, not below min_fte of "
    "job class and position and not above"
    " the position's max_fte.",
    formula="for each position x: fte(x) / fte_step ∈ ℕ, max(min_fte(role), min_fte(x)) ≤ fte(x) "
    "≤ max_fte(x)",
    unit="hundredths of FTE",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=SCOPES,
    part="budget",
    hr=HrSection.POSITIONS,
    remedy=Remedy(_remedy),
)
