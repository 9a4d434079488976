"""Wrap a mixed-integer program, always minimised, so that PuLP 3 and PuLP 4 answer alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

import highspy
import pulp

from solver.highs import THREADS, silent

Expr = Any
"""A linear expression of PuLP, or a number."""
INFEASIBLE = -1
"""PuLP's status of a program that has no solution."""


@dataclass(frozen=True)
class MilpAnswer:
    """What a search found: whether there is a solution or provably none, its value, and what is
    proved to be least.
    """

    solved: bool
    infeasible: bool
    value: float
    bound: float


@dataclass(frozen=True)
class LinearConstraint:
    """least ≤ Σ factor × variable ≤ most, the variables by name."""

    terms: dict[str, float]
    least: float
    most: float


class _Warm(pulp.HiGHS):  # type: ignore[misc]
    """HiGHS, begun with the values of the last solution: a goal that comes later starts from what
    the earlier ones reached. It ends as soon as nobody waits for the answer.
    """

    is_over: Callable[[], bool]

    def callSolver(self, lp: Any) -> None:
        """Called by PuLP when the model is built."""
        variables = lp.variables()
        if variables and all(variable.varValue is not None for variable in variables):
            start = highspy.HighsSolution()
            start.col_value = [float(variable.varValue) for variable in variables]
            lp.solverModel.setSolution(start)
        highs = lp.solverModel
        for asks in (highs.cbSimplexInterrupt, highs.cbIpmInterrupt, highs.cbMipInterrupt):
            asks += self._look
        super().callSolver(lp)

    def _look(self, event: Any) -> None:
        """Called by HiGHS now and then."""
        if self.is_over():
            event.interrupt()


class Milp:
    """Variables and constraints; names are counted, so that planners' ids need not be legal
    ones.
    """

    def __init__(self) -> None:
        self.program = pulp.LpProblem("budget", pulp.LpMinimize)
        self.names = 0
        self.is_over: Callable[[], bool] = lambda: False
        """Whether nobody waits for an answer any more."""

    def yes_no(self) -> Any:
        """A variable of 0 or 1."""
        return self._variable(0, 1, "Binary")

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

    def rows(self) -> Iterator[LinearConstraint]:
        """Every constraint, in the order in which they were posted."""
        posted = self.program.constraints
        for constraint in posted() if callable(posted) else posted.values():
            terms = {
                variable.name: float(factor) for variable, factor in constraint.items() if factor
            }
            limit = -float(constraint.constant)
            yield LinearConstraint(
                terms,
                limit if constraint.sense >= 0 else -inf,
                limit if constraint.sense <= 0 else inf,
            )

    def spans(self) -> Iterator[tuple[str, float, float]]:
        """The variables with the least and the most that each may be."""
        for variable in self.program.variables():
            yield variable.name, float(variable.lowBound), float(variable.upBound)

    def minimize(self, objective: Expr, seconds: float, gap: float = 0.0) -> MilpAnswer:
        """The least that an expression can be, within a relative gap, or what is known of it when
        the time is over.

        Where no solution is found the variables keep the values of the one before.
        """
        if self.is_over():
            return MilpAnswer(solved=False, infeasible=False, value=0.0, bound=-inf)
        # A search that finds nothing may leave PuLP's variables without values: the next one would
        # begin from nothing, and a package would be read from no solution.
        before = [(variable, variable.varValue) for variable in self.program.variables()]
        self.program.setObjective(pulp.LpAffineExpression(objective))
        solver = _Warm(msg=False, threads=THREADS, timeLimit=max(0.1, seconds), gapRel=gap)
        solver.is_over = self.is_over
        with silent():
            outcome = self.program.solve(solver)
        # PuLP 3 answers with a status, PuLP 4 with an object. Both are supported, because PuLP 4
        # needs Python 3.12.
        answer = (
            self._answer_of_three() if isinstance(outcome, int) else self._answer_of_four(outcome)
        )
        if not answer.solved:
            for variable, figure in before:
                variable.varValue = figure
        return answer

    def _answer_of_four(self, outcome: Any) -> MilpAnswer:
        solved = bool(outcome.has_solution)
        value = float(pulp.value(self.program.objective) or 0.0) if solved else 0.0
        bound = -inf if outcome.best_bound is None and not solved else outcome.best_bound
        infeasible = "nfeasible" in str(outcome.status_str)
        return MilpAnswer(solved, infeasible, value, value if bound is None else float(bound))

    def _answer_of_three(self) -> MilpAnswer:
        solved = self.program.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
        value = float(pulp.value(self.program.objective) or 0.0) if solved else 0.0
        info = self.program.solverModel.getInfo()
        whole = any(variable.cat == "Integer" for variable in self.program.variables())
        least = float(info.mip_dual_bound) + float(self.program.objective.constant)
        bound = least if whole else value if solved else -inf
        return MilpAnswer(solved, self.program.status == INFEASIBLE, value, bound)


def make_whole(variable: Any, *, whole: bool = True) -> None:
    """From now on a variable is a whole number, or need not be one."""
    variable.cat = "Integer" if whole else "Continuous"


def total(terms: Any) -> Expr:
    """The sum of terms, fast."""
    return pulp.lpSum(terms)


def value(variable: Any) -> float:
    """What a variable is in the last solution."""
    found = pulp.value(variable)
    return 0.0 if found is None else float(found)
