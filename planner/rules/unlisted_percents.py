"""A program pays the usual percentages of jobs that it does not list by name."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.funding import SCOPES, about
from planner.rules.hr_section import HrSection
from planner.rules.program_percents import other_percents, wrong_lines
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Setting, Strength, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each program's line of a position whose percentage is not among those for jobs that
    it does not list.
    """
    for position, program, message in wrong_lines(problem, plan, listed_by_name=False):
        yield Violation(RULE.key, about(position, program), 1, message)


RULE = Rule(
    key="unlisted_percents",
    title="Percentages of jobs that a program does not list",
    sentence="Of a job that a program does not list by name, it pays the percentages of its entry "
    "for all others (*); others"
    " are noted.",
    formula="for each position x and program m without role(x), with *: fte(x) · Σ_{f of m} "
    "percent(x, f) ∈ percents(m, *)",
    unit="lines of a program",
    violations=violations,
    readers=Readers.MONEY,
    strengths=frozenset(Strength),
    default=Setting(Strength.SOFT, 0),
    source="LAUSD Program and Budget Handbook 2025-26, p. 100",
    scopes=SCOPES,
    part="budget",
    hr=HrSection.POSITIONS,
    remedy=Remedy(other_percents),
)
