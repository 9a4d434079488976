"""A program pays only those percentages of a job that it allows for it by name."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from planner.facts.cell_type import Percents
from planner.facts.problem import Problem
from planner.plan.holdings import as_paid
from planner.plan.plan import FundedPosition, Plan
from planner.rules.cells import Where
from planner.rules.funding import SCOPES, about, exactly, paid_by
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation
from planner.words.wording import Words, listed

PLACES = 4
"""The decimals with which a percentage can be written."""
OTHERS = "*"


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each program's line of a position whose percentage is not among those allowed for its
    role by name.
    """
    for position, program, message in wrong_lines(problem, plan, listed_by_name=True):
        yield Violation(RULE.key, about(position, program), 1, message)


def wrong_lines(
    problem: Problem, plan: Plan, *, listed_by_name: bool
) -> Iterator[tuple[FundedPosition, str, str]]:
    """Lines with a percentage that is not allowed, as position, program and sentence.

    Either those of roles that the program lists by name, or those that only its entry for all
    others (`*`) covers. A line is all that a program pays of a position, of full time: FTE ×
    percentage. A fund with percentages of its own has its own line.
    """
    words = Words(problem.data.district.locale)
    for position in as_paid(problem, plan.budgeted):
        for (program, rows), percent in _lines(problem, position).items():
            allowed = _allowed(rows, position.role, by_name=listed_by_name)
            line = round(position.fte * percent, PLACES)
            if allowed is not None and line not in [Fraction(one) for one in allowed]:
                role = problem.roles[position.role].title
                may = listed([f"{words.exact(one)}" for one in allowed]) or "0"
                said = (
                    f"{program} pays {exactly(words, line)} % of a full {role} in "
                    f"{position.position}; it may pay {may}."
                )
                yield position, program, said


def _lines(
    problem: Problem, position: FundedPosition
) -> dict[tuple[str, tuple[Percents, ...]], Fraction]:
    """What each program pays of a position."""
    found: dict[tuple[str, tuple[Percents, ...]], Fraction] = {}
    for fund, percent in paid_by(position.funding).items():
        terms = problem.fund_terms[fund]
        line = (terms.program, terms.percents)
        found[line] = found.get(line, Fraction(0)) + percent
    return found


def _allowed(rows: tuple[Percents, ...], role: str, *, by_name: bool) -> tuple[Decimal, ...] | None:
    """The percentages of the entry that holds for a role; None where there is none, or it is of the
    other sort.
    """
    entry = {row.role: row.allowed for row in rows}
    if role in entry:
        return entry[role] if by_name else None
    return None if by_name else entry.get(OTHERS)


def other_percents(problem: Problem, position: FundedPosition, where: Where) -> str:
    """What to write in a position of which a program pays a percentage that it may not."""
    program = problem.programs[where[-1]]
    return (
        f"give {program.program} one of these percentages in funding, and another fund the rest; "
        f"or, where the program lists the job by name, add {position.role} to its percents "
        "(sheet programs)."
    )


RULE = Rule(
    key="program_percents",
    title="Percentages of a program",
    sentence="Of a job that a program lists by name, it pays only the percentages that it allows: "
    "FTE × percentage of its line"
    " is one of them.",
    formula="for each position x and program m that lists role(x): fte(x) · Σ_{f of m} percent(x, "
    "f) ∈ percents(m, role(x))",
    unit="lines of a program",
    violations=violations,
    readers=Readers.MONEY,
    source="LAUSD Program and Budget Handbook 2025-26, p. 100; 2022-23, p. 6",
    scopes=SCOPES,
    part="budget",
    hr=HrSection.POSITIONS,
    remedy=Remedy(other_percents),
)
