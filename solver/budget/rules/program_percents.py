"""Let a program that lists a job pay one of the percentages that it allows.

For each position x and program m that lists its role by name, with one binary for each percentage
a that it allows:

    fte(x) × Σ_{f of m} percent[o, x, f] = Σ_a a × allowed[a]
    Σ_a allowed[a] ≤ 1
"""

from collections import defaultdict
from fractions import Fraction

from planner.facts.cell_formats import Percents
from planner.rules.program_percents import RULE
from planner.rules.rule import Rule
from solver.budget.budget import WHOLE, Budget, Line
from solver.budget.milp import total

OTHERS = "*"
PLACES = 4
"""The decimals with which a percentage is written."""


def build(budget: Budget) -> None:
    """Only allowed percentages of jobs that a program lists."""
    for line in budget.lines():
        post(budget, RULE, line, by_name=True)


def post(budget: Budget, rule: Rule, line: Line, *, by_name: bool) -> None:
    """The percentages of a program's entry for a role: its own, or the one for all others."""
    of_program: defaultdict[tuple[str, tuple[Percents, ...]], list[str]] = defaultdict(list)
    for fund in line.shares:
        terms = budget.problem.fund_terms[fund]
        of_program[terms.program, terms.percents].append(fund)
    for (_, rows), funds in of_program.items():
        entries = {row.role: row.allowed for row in rows}
        named = line.position.role in entries
        entry = entries.get(line.position.role if named else OTHERS)
        if entry is not None and named is by_name:
            _program(budget, rule, line, funds, [Fraction(one) for one in entry])


def _program(
    budget: Budget, rule: Rule, line: Line, funds: list[str], allowed: list[Fraction]
) -> None:
    fte = line.position.fte
    if not line.chosen:
        percent = sum(
            (Fraction(share.percent) for share in line.position.funding if share.fund in funds),
            Fraction(0),
        )
        if round(fte * percent, PLACES) not in allowed:
            budget.never(rule, line)
    elif not budget.is_off(rule, line.position):
        possible = [
            one / fte for one in allowed if 0 < one <= WHOLE * fte and (one / fte).denominator == 1
        ]
        picked = [budget.milp.yes_no() for _ in possible]
        budget.milp.add(total(picked) <= 1)
        paid = total(line.shares[fund][0] for fund in funds)
        budget.milp.add(
            paid - total(int(one) * pick for one, pick in zip(possible, picked, strict=True)) == 0
        )
