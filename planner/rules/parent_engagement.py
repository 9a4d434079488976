"""Of a large program a part stays free for parent engagement."""

from collections.abc import Iterator
from decimal import Decimal

from planner.facts.fund_terms import after_hold, part_of
from planner.facts.problem import Problem
from planner.money.cents import to_cents
from planner.money.parent_share import reserved
from planner.money.spending import ZERO, funds_by_program, money, spent
from planner.plan.plan import Plan
from planner.rules.readers import Readers
from planner.rules.rule import Parameter, Rule, Violation
from planner.rules.settings import parameter


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What each program lacks, after holds and positions, for parent engagement, in cents."""
    paid = spent(problem, plan)
    for program, funds in funds_by_program(problem).items() if paid is not None else ():
        needed = reserved(problem, funds)
        free = sum(
            (
                after_hold(fund, problem.fund_terms[fund.fund]) - (paid or {}).get(fund.fund, ZERO)
                for fund in funds
            ),
            ZERO,
        )
        if needed and free < needed:
            left = f"{money(problem, max(free, ZERO))} of {program} is left"
            message = f"{left}; {money(problem, needed)} is needed for parent engagement."
            yield Violation(RULE.key, (program,), to_cents(needed - free), message)


def notes(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What is set aside for parents, and how much of it goes to schools."""
    share = parameter(problem, RULE, "to_schools_percent")
    for program, funds in funds_by_program(problem).items() if plan.positions else ():
        needed = reserved(problem, funds)
        if needed:
            schools = money(problem, part_of(needed, Decimal(share or 0)))
            message = (
                f"{money(problem, needed)} of {program} is for parent engagement, at least "
                f"{schools} of it at schools."
            )
            yield Violation(RULE.key, (program,), to_cents(needed), message)


RULE = Rule(
    key="parent_engagement",
    title="Parent engagement",
    sentence="Of a program whose allocations exceed parent_threshold, parent_percent stays free "
    "after hold and positions; that"
    " at least to_schools_percent of it goes to schools is noted.",
    formula="for each program, Σ_f amount(f) > parent_threshold: Σ_f (amount − hold − cost)(f) ≥ "
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
)
