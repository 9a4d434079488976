"""What a program leaves unspent beyond what may be carried over is named."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.money.carryover import carryovers
from planner.money.cents import to_cents
from planner.money.ledger import ledger_of, money
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
    for one in carryovers(problem, found.accounts) if found else ():
        over = one.unspent - one.at_most
        if over > 0:
            spent = any(account.expenditures for account in one.accounts)
            nothing = "no position and no expenditure" if spent else "no position"
            message = (
                f"{money(problem, one.unspent)} of {one.program} is spent on {nothing}: "
                f"{money(problem, over)} more than the {money(problem, one.at_most)} that may be "
                "carried over."
            )
            yield Violation(RULE.key, (one.program,), to_cents(over), message)


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
