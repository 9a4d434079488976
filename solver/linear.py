"""A model of CP-SAT as a mixed-integer program for HiGHS, in which most variables may be fractions.

Where what matters is a few yes-or-no questions under many sums (who is where on which day), this is
the better search by far: 40 schools were placed in 5 s, within 0.2 % of the bound, where CP-SAT had
97 % after 40 s.
"""

from collections.abc import Iterable, Mapping
from math import floor, inf, isfinite

import highspy
import numpy as np
from ortools.sat.python import cp_model

from solver.highs import THREADS, silent

HUGE = 2**53
"""Beyond this a limit is none."""
TOLERANCE = 1e-6
"""What a bound of a whole number may be off by, relative to it."""


class Linear:
    """The program of a model; `whole` variables (indices) take whole numbers only. Constraints that
    are no sums are left out, and gaps in what a variable may be are filled: what it proves holds of
    the model, its solutions need not.
    """

    def __init__(
        self, model: cp_model.CpModel, whole: Iterable[int], *, seed: int, gap: float
    ) -> None:
        self.partial = False
        """Whether something of the model was left out."""
        self._highs = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", THREADS),
            ("random_seed", seed),
            ("mip_rel_gap", gap),
        ):
            self._highs.setOptionValue(option, value)
        rows = _Rows(model)
        self.partial = rows.partial
        program = highspy.HighsLp()
        spans = [list(variable.domain) for variable in model.proto.variables]
        program.num_col_, program.num_row_ = len(spans), len(rows.least)
        program.col_cost_ = np.zeros(len(spans))
        program.col_lower_ = np.array([span[0] for span in spans], float)
        program.col_upper_ = np.array([span[-1] for span in spans], float)
        program.row_lower_, program.row_upper_ = (
            np.array(rows.least, float),
            np.array(rows.most, float),
        )
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.array(rows.starts, np.int32)
        program.a_matrix_.index_ = np.array(rows.columns, np.int32)
        program.a_matrix_.value_ = np.array(rows.factors, float)
        kinds = [highspy.HighsVarType.kContinuous] * len(spans)
        for index in whole:
            kinds[index] = highspy.HighsVarType.kInteger
        program.integrality_ = kinds
        self._columns = len(spans)
        with silent():
            self._highs.passModel(program)

    def hold(self, variable: cp_model.IntVar, value: int) -> None:
        """From now on a variable has one value."""
        self._highs.changeColBounds(variable.index, value, value)

    def start(self, values: Mapping[int, int]) -> None:
        """The next search begins with these values of some variables, completed as well as can
        be.
        """
        if values:
            columns, figures = (
                np.array(list(values), np.int32),
                np.array(list(values.values()), float),
            )
            self._highs.setSolution(len(values), columns, figures)

    def most(
        self, expression: cp_model.LinearExpr, seconds: float
    ) -> tuple[list[int] | None, int | None]:
        """A solution with much of an expression, and a proved bound of it; None for what was not
        found in so many seconds.
        """
        flat = cp_model.FlatIntExpr(expression)
        costs = np.zeros(self._columns)
        for factor, variable in zip(flat.coeffs, flat.vars, strict=True):
            costs[variable.index] -= factor
        highs = self._highs
        highs.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), costs)
        highs.setOptionValue("time_limit", max(0.1, seconds) + highs.getRunTime())
        with silent():
            status = highs.run()
        if status == highspy.HighsStatus.kError:
            raise RuntimeError("HiGHS refused a program")
        info = highs.getInfo()
        bound = -info.mip_dual_bound
        most = (
            floor(bound + TOLERANCE * max(1.0, abs(bound))) + int(flat.offset)
            if isfinite(bound)
            else None
        )
        solved = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        return [round(value) for value in highs.getSolution().col_value] if solved else None, most


class _Rows:
    """The constraints of a model that are sums: least ≤ Σ factor × variable ≤ most."""

    def __init__(self, model: cp_model.CpModel) -> None:
        self.least: list[float] = []
        self.most: list[float] = []
        self.starts, self.columns, self.factors = [0], list[int](), list[float]()
        self.partial = False
        for constraint in model.proto.constraints:
            guards = list(constraint.enforcement_literal)
            if constraint.has_linear() and not guards:
                limits = list(constraint.linear.domain)
                self._add(constraint.linear.vars, constraint.linear.coeffs, limits[0], limits[-1])
                self.partial |= len(limits) > 2
            elif constraint.has_at_most_one() and not guards:
                self._literals(constraint.at_most_one.literals, -inf, 1)
            elif constraint.has_exactly_one() and not guards:
                self._literals(constraint.exactly_one.literals, 1, 1)
            elif constraint.has_bool_or():
                self._literals(
                    [*constraint.bool_or.literals, *(~guard for guard in guards)], 1, inf
                )
            elif constraint.has_bool_and():
                for literal in constraint.bool_and.literals:
                    self._literals([literal, *(~guard for guard in guards)], 1, inf)
            else:
                self.partial = True

    def _literals(self, literals: Iterable[int], least: float, most: float) -> None:
        """A row of literals; ~index is the opposite of a variable."""
        mine = list(literals)
        opposite = sum(literal < 0 for literal in mine)
        columns = [literal if literal >= 0 else ~literal for literal in mine]
        self._add(
            columns,
            [1 if literal >= 0 else -1 for literal in mine],
            least - opposite,
            most - opposite,
        )

    def _add(
        self, columns: Iterable[int], factors: Iterable[int], least: float, most: float
    ) -> None:
        self.columns += columns
        self.factors += factors
        self.starts.append(len(self.columns))
        self.least.append(least if least > -HUGE else -inf)
        self.most.append(most if most < HUGE else inf)
