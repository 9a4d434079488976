"""No fund pays more than it has."""

from collections.abc import Iterator

from planner.facts.fund_terms import after_hold
from planner.facts.problem import Problem
from planner.money.cents import to_cents
from planner.money.spending import ZERO, money, spent
from planner.plan.plan import Plan
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What each fund pays beyond what it has after its hold, in cents."""
    paid = spent(problem, plan)
    for fund in problem.data.funds if paid is not None else ():
        cost, free = (
            (paid or {}).get(fund.fund, ZERO),
            after_hold(fund, problem.fund_terms[fund.fund]),
        )
        if cost > free:
            held = (
                f" after a hold of {money(problem, fund.amount - free)}"
                if free < fund.amount
                else ""
            )
            message = (
                f"{fund.fund} pays {money(problem, cost)} and has {money(problem, free)}{held}."
            )
            yield Violation(RULE.key, (fund.fund, fund.school), to_cents(cost - free), message)


def notes(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Once, that nothing is known where positions cannot be priced."""
    paid = spent(problem, plan)
    if paid is None and plan.positions and problem.data.funds:
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
)
