"""Beside a federal program few unrestricted ones pay a position, and no other federal one."""

from collections.abc import Iterator
from itertools import combinations

from planner.facts.problem import Problem
from planner.plan.holdings import as_paid
from planner.plan.plan import FundedPosition, Plan
from planner.rules.cells import Where
from planner.rules.funding import SCOPES, about, paid_by_program
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Parameter, Rule, Setting, Strength, Violation
from planner.rules.settings import parameter, written
from planner.words.wording import listed

Pairs = frozenset[frozenset[str]]


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Programs too many: unrestricted ones beside a federal one, and federal ones that are not
    excepted.
    """
    for position in as_paid(problem, plan.budgeted):
        programs = sorted(paid_by_program(problem, position.funding))
        federal = [name for name in programs if problem.programs[name].source == "federal"]
        unrestricted = [
            name for name in programs if problem.programs[name].source == "unrestricted"
        ]
        most = parameter(problem, RULE, "max_unrestricted", about(position))
        over = len(unrestricted) - most if federal and most is not None else 0
        if over > 0:
            paid = f"{position.position} is paid by {listed(federal)} beside {listed(unrestricted)}"
            message = f"{paid}: {most} unrestricted programs beside a federal one are the most."
            yield Violation(RULE.key, about(position, *unrestricted), over, message)
        excepted = pairs(written(problem, RULE, "federal_pairs", about(position)))
        if not set(map(frozenset, combinations(federal, 2))) <= excepted:
            message = (
                f"{position.position} is paid by {listed(federal)}: one federal program is "
                "the most for a position."
            )
            yield Violation(RULE.key, about(position, *federal), len(federal) - 1, message)


def pairs(text: str) -> Pairs:
    """`title-1+title-3; title-1+title-4`: federal programs that may pay a position together. Raises
    ValueError.
    """
    found = [
        frozenset(name.strip() for name in piece.split("+"))
        for piece in text.split(";")
        if piece.strip()
    ]
    for pair in found:
        if len(pair) != 2 or "" in pair:
            raise ValueError(
                "is no list of pairs of programs. Write it like title-1+title-3; title-1+title-4."
            )
    return frozenset(found)


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    return (
        "name fewer programs in funding; a pair of federal ones that may go together stands "
        "in the sheet rules (federal_pairs)."
    )


RULE = Rule(
    key="federal_mix",
    title="Federal programs beside others",
    sentence="Beside a federal program, at most max_unrestricted unrestricted ones pay a "
    "position, and no second federal one but"
    " those that federal_pairs names (title-1+title-3; …).",
    formula="for each position x with a federal program: |unrestricted(x)| ≤ max_unrestricted; "
    "pairs of federal(x) ⊆ federal_pairs",
    unit="programs over",
    violations=violations,
    readers=Readers.MONEY,
    default=Setting(Strength.OFF),
    source="LAUSD Program and Budget Handbook 2023-24, p. 90",
    scopes=SCOPES,
    parameters={
        "max_unrestricted": Parameter("Most unrestricted programs beside a federal one", "2"),
        "federal_pairs": Parameter(
            "Federal programs that may pay a position together, like title-1+title-3", "", pairs
        ),
    },
    part="budget",
    hr=HrSection.POSITIONS,
    remedy=Remedy(_remedy),
)
