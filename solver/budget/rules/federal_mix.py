"""Mix federal programs in one position only as far as the rule allows.

With any[m] ≥ pays[o, x, f] for the funds f of a program m:

    Σ unrestricted any[m] ≤ max_unrestricted + n × (1 − any[federal m])
    any[m] + any[n] ≤ 1 for federal programs m, n that are no excepted pair
"""

from collections import defaultdict
from itertools import combinations

from planner.rules.federal_mix import RULE, pairs
from planner.rules.settings import parameter, written
from solver.budget.budget import Budget, Line
from solver.budget.milp import Expr, total


def build(budget: Budget) -> None:
    """Programs beside one another in each position."""
    for line in budget.lines():
        if budget.is_hard(RULE, line.position):
            _position(budget, line)


def _position(budget: Budget, line: Line) -> None:
    problem = budget.problem
    any_of: dict[str, Expr] = {}
    by_source: defaultdict[str, list[str]] = defaultdict(list)
    for fund, (_, pays) in line.shares.items():
        program = problem.funds[fund].program
        if program not in any_of:
            any_of[program] = budget.milp.yes_no()
            by_source[problem.programs[program].source].append(program)
        budget.milp.add(pays <= any_of[program])
    where = (line.position.position, line.position.role, *line.position.school)
    most = parameter(problem, RULE, "max_unrestricted", where)
    unrestricted = by_source["unrestricted"]
    if most is not None and len(unrestricted) > most:
        beside = total(any_of[program] for program in unrestricted)
        over = len(unrestricted) - most
        for federal in by_source["federal"]:
            budget.at_most(RULE, line, beside + over * any_of[federal], most + over)
    excepted = pairs(written(problem, RULE, "federal_pairs", where))
    for one, other in combinations(by_source["federal"], 2):
        if frozenset((one, other)) not in excepted:
            budget.at_most(RULE, line, any_of[one] + any_of[other], 1)
