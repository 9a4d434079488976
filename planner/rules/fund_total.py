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
                f"{account.fund} pays {money(problem, account.counted)} and has {has}.",
            )


def notes(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Once, that nothing is known where positions cannot be priced; and funds that are overdrawn
    because a timetable gives extra hours to people whose hours cost more than was expected.
    """
    found = ledger_of(problem, plan)
    for account in found.accounts if found else ():
        if account.planned > account.available and not account.overdrawn:
            over = account.planned - account.available
            message = (
                f"The extra hours of duties, as the timetable gives them, overdraw {account.fund} "
                f"by {money(problem, over)}."
            )
            yield Violation(RULE.key, (account.fund, account.school), to_cents(over), message)
    if plan.positions is not None and problem.data.funds and found is None:
        message = "What positions cost is not known: the sheet pay has no cell for some of them."
        yield Violation(RULE.key, (), 0, message)


RULE = Rule(
    key="fund_total",
    title="Fund totals",
    sentence="No fund pays more than its amount without what it holds back, for positions and "
    "expenditures together.",
    formula="for each fund f: Σ_x cost(x, f) + expenditures(f) ≤ "
    "amount(f) − amount(f) · hold_percent(f) / 100",
    unit="cents",
    violations=violations,
    readers=Readers.OFFICE,
    scopes=frozenset({"school"}),
    part="budget",
    notes=notes,
    hr=HrSection.FUNDS,
    remedy=Remedy(
        otherwise="Sheet positions, funding: let another fund pay a part; sheet expenditures: plan "
        "less; or sheet funds, amount: what is granted by now."
    ),
)
