"""A mixed-integer program, always minimised; what PuLP 3 and PuLP 4 answer in different ways is the same here."""

from dataclasses import dataclass
from typing import Any

import pulp

Expr = Any
"""A linear expression of PuLP, or a number."""
THREADS = 2
INFEASIBLE = -1
"""PuLP's status of a program that has no solution."""


@dataclass(frozen=True)
class Answer:
    """What a search found: whether there is a solution or provably none, its value, and what is proved to be least."""

    solved: bool
    infeasible: bool
    value: float
    bound: float


class Milp:
    """Variables and constraints; names are counted, so that planners' ids need not be legal ones."""

    def __init__(self) -> None:
        self.program = pulp.LpProblem("budget", pulp.LpMinimize)
        self.names = 0

    def yes_no(self) -> Any:
        """A variable of 0 or 1."""
        return self._variable(0, 1, "Binary")

    def whole(self, least: int, most: int) -> Any:
        """A whole number."""
        return self._variable(least, most, "Integer")

    def number(self, least: float, most: float) -> Any:
        """Any number between two."""
        return self._variable(least, most, "Continuous")

    def _variable(self, least: float, most: float, kind: str) -> Any:
        self.names += 1
        return self.program.add_variable(f"v{self.names}", least, most, cat=kind)

    def add(self, constraint: Any) -> None:
        """Post a constraint; one that holds without variables is dropped."""
        if constraint is True:
            return
        self.names += 1
        self.program += (constraint, f"c{self.names}")

    def minimize(self, objective: Expr, seconds: float, gap: float = 0.0) -> Answer:
        """The least that an expression can be, within a relative gap, or what is known of it when the time is over."""
        self.program.setObjective(pulp.LpAffineExpression(objective))
        solver = pulp.HiGHS(msg=False, threads=THREADS, timeLimit=max(0.1, seconds), gapRel=gap)
        found = self.program.solve(solver)
        if isinstance(found, int):
            return self._answer_of_three()
        bound = found.best_bound
        value = float(pulp.value(self.program.objective) or 0.0) if found.has_solution else 0.0
        infeasible = "nfeasible" in str(found.status_str)
        return Answer(bool(found.has_solution), infeasible, value, value if bound is None else float(bound))

    def _answer_of_three(self) -> Answer:
        solved = self.program.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
        value = float(pulp.value(self.program.objective) or 0.0) if solved else 0.0
        info = self.program.solverModel.getInfo()
        whole = any(variable.cat == "Integer" for variable in self.program.variables())
        bound = float(info.mip_dual_bound) + float(self.program.objective.constant) if whole else value
        return Answer(solved, self.program.status == INFEASIBLE, value, bound)


def total(terms: Any) -> Expr:
    """The sum of terms, fast."""
    return pulp.lpSum(terms)


def value(variable: Any) -> float:
    """What a variable is in the last solution."""
    found = pulp.value(variable)
    return 0.0 if found is None else float(found)
