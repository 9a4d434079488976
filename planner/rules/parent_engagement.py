"""Of a large program a part stays free for parent engagement."""

from collections.abc import Iterator
from decimal import Decimal

from planner.cost.cents import to_cents
from planner.plan import Plan
from planner.problem.fund_terms import after_hold, part_of
from planner.problem.funds import Fund
from planner.problem.problem import Problem
from planner.rule import Parameter, Rule, Violation
from planner.rules.settings import parameter
from planner.rules.spending import ZERO, funds_by_program, money, spent


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What each program lacks, after holds and positions, for parent engagement, in cents."""
    paid = spent(problem, plan)
    for program, funds in funds_by_program(problem).items() if paid is not None else ():
        needed = reserved(problem, funds)
        free = sum((after_hold(fund, problem.fund_terms[fund.fund]) - (paid or {}).get(fund.fund, ZERO) for fund in funds), ZERO)
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
            message = f"{money(problem, needed)} of {program} is for parent engagement, at least {schools} of it at schools."
            yield Violation(RULE.key, (program,), to_cents(needed), message)


def reserved(problem: Problem, funds: list[Fund]) -> Decimal:
    """What a program's funds set aside for parents, where the program is larger than their threshold."""
    return sum((for_parents(problem, fund, funds) for fund in funds), ZERO)


def for_parents(problem: Problem, fund: Fund, of_program: list[Fund]) -> Decimal:
    """A fund's part of what its program, which has these funds, sets aside for parents."""
    terms, total = problem.fund_terms[fund.fund], sum((each.amount for each in of_program), ZERO)
    if terms.parent_percent is None or total <= (terms.parent_threshold or ZERO):
        return ZERO
    return part_of(fund.amount, terms.parent_percent)


RULE = Rule(
    key="parent_engagement",
    title="Parent engagement",
    sentence="Of a program whose allocations exceed parent_threshold, parent_percent stays free after hold and positions; that"
    " at least to_schools_percent of it goes to schools is noted.",
    formula="for each program, Σ_f amount(f) > parent_threshold: Σ_f (amount − hold − cost)(f) ≥ Σ_f parent_percent · amount(f)",
    unit="cents",
    violations=violations,
    source="ESEA, section 1116 (a)(3)",
    parameters={"to_schools_percent": Parameter("Least percentage of it that goes to schools", "90")},
    part="budget",
    notes=notes,
)
