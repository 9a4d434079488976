"""Of a large program a part stays free for parent engagement."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from planner.facts.fund_terms import part_of
from planner.facts.problem import Problem
from planner.money.cents import to_cents
from planner.money.ledger import Account, ledger_of, money, unspent
from planner.money.lines import ZERO
from planner.plan.plan import Plan
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Parameter, Rule, Violation
from planner.rules.settings import parameter


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What each program lacks, after holds and positions, for parent engagement, in cents."""
    found = ledger_of(problem, plan)
    for program, accounts in found.by_program.items() if found else ():
        needed = _reserved(accounts)
        free = sum((account.available - account.counted for account in accounts), ZERO)
        if needed and free < needed:
            left = f"{money(problem, max(free, ZERO))} of {program} is left"
            message = f"{left}; {money(problem, needed)} is needed for parent engagement."
            yield Violation(RULE.key, (program,), to_cents(needed - free), message)


def notes(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What is set aside for parents, and how much of it goes to schools."""
    share = parameter(problem, RULE, "to_schools_percent")
    if plan.positions is None:
        return
    for program, accounts in unspent(problem).by_program.items():
        needed = _reserved(accounts)
        if needed:
            schools = money(problem, part_of(needed, Decimal(share or 0)))
            message = (
                f"{money(problem, needed)} of {program} is for parent engagement, at least "
                f"{schools} of it at schools."
            )
            yield Violation(RULE.key, (program,), to_cents(needed), message)


def _reserved(accounts: Iterable[Account]) -> Decimal:
    return sum((account.parents for account in accounts), ZERO)


RULE = Rule(
    key="parent_engagement",
    title="Parent engagement",
    sentence="Of a program whose allocations exceed parent_threshold, parent_percent stays free "
    "after hold, positions and expenditures; that"
    " at least to_schools_percent of it goes to schools is noted.",
    formula="for each program, Σ_f amount(f) > parent_threshold: Σ_f (amount − hold − cost − "
    "expenditures)(f) ≥ "
    "Σ_f parent_percent · amount(f)",
    unit="cents",
    violations=violations,
    readers=Readers.OFFICE,
    source="ESEA, section 1116 (a)(3)",
    parameters={
        "to_schools_percent": Parameter("Least percentage of it that goes to schools", "90")
    },
    part="budget",
    notes=notes,
    hr=HrSection.FUNDS,
    remedy=Remedy(
        otherwise="Keep as much free in the program's funds (sheet positions, "
        "funding: let others pay where it is lacking)."
    ),
)
