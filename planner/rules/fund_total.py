"""No fund pays more than it has."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.money.cents import to_cents
from planner.money.ledger import ledger_of, money
from planner.plan.plan import Plan
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What each fund pays beyond what it has after its hold, in cents."""
    found = ledger_of(problem, plan)
    for account in found.accounts if found else ():
        if account.overdrawn:
            held = f" after a hold of {money(problem, account.held)}" if account.held else ""
            has = f"{money(problem, account.available)}{held}"
            yield Violation(
                RULE.key,
                (account.fund, account.school),
                to_cents(account.overdrawn),
                f"{account.fund} pays {money(problem, account.planned)} and has {has}.",
            )


def notes(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Once, that nothing is known where positions cannot be priced."""
    if plan.positions is not None and problem.data.funds and ledger_of(problem, plan) is None:
        message = "What positions cost is not known: the sheet pay has no cell for some of them."
        yield Violation(RULE.key, (), 0, message)


RULE = Rule(
    key="fund_total",
    title="Fund totals",
    sentence="No fund pays more than its amount without what it holds back.",
    formula="for each fund f: Σ_x cost(x, f) ≤ amount(f) − amount(f) · hold_percent(f) / 100",
    unit="cents",
    violations=violations,
    readers=Readers.OFFICE,
    scopes=frozenset({"school"}),
    part="budget",
    notes=notes,
    hr=HrSection.FUNDS,
    remedy=Remedy(
        otherwise="Sheet positions, funding: let another fund pay a part; or sheet "
        "funds, amount: what is granted by now."
    ),
)
