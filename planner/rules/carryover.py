"""What a program leaves unspent beyond what may be carried over is named."""

from collections.abc import Iterator

from planner.facts.fund_terms import part_of
from planner.facts.problem import Problem
from planner.money.cents import to_cents
from planner.money.ledger import ledger_of, money
from planner.money.lines import ZERO
from planner.plan.plan import Plan
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Setting, Strength, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What each program's funds leave beyond what they may carry over, in cents. What is held back
    counts as unspent.
    """
    found = ledger_of(problem, plan)
    for program, accounts in found.by_program.items() if found else ():
        unspent = limit = ZERO
        for account in accounts:
            most = problem.fund_terms[account.fund].carryover_percent
            if most is not None:
                unspent += account.allocated - account.planned
                limit += part_of(account.allocated, most)
        if unspent > limit:
            spent = any(account.expenditures for account in accounts)
            nothing = "no position and no expenditure" if spent else "no position"
            left = f"{money(problem, unspent)} of {program} is spent on {nothing}"
            message = (
                f"{left}: {money(problem, unspent - limit)} more than the "
                f"{money(problem, limit)} that may be carried over."
            )
            yield Violation(RULE.key, (program,), to_cents(unspent - limit), message)


RULE = Rule(
    key="carryover",
    title="Carryover",
    sentence="What positions and expenditures leave of a program, holds included, is at most "
    "carryover_percent of it; more is named.",
    formula="for each program m: Σ_f (amount(f) − cost(f) − expenditures(f)) ≤ "
    "Σ_f carryover_percent(f) · amount(f) over its funds with a limit",
    unit="cents",
    violations=violations,
    readers=Readers.OFFICE,
    strengths=frozenset({Strength.SOFT, Strength.OFF}),
    default=Setting(Strength.SOFT, 0),
    source="ESEA, section 1127 (a)",
    part="budget",
    checked_alone="it is never hard: what is left over is named, and a plan may leave it",
    hr=HrSection.FUNDS,
    remedy=Remedy(
        otherwise="Sheet positions: let the program pay more of what it may pay, "
        "before the money expires."
    ),
)
