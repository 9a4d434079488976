"""The search of one timetable: one goal after the other, what each reached is kept, the best plan so far is never lost."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from ortools.sat.python import cp_model

from planner.goals.goal import Goal
from planner.plan import Plan
from solver.posting import Expr
from solver.timetable.extract import extract
from solver.timetable.goals import EXPRESSIONS
from solver.timetable.timetable import Timetable


@dataclass(frozen=True)
class SearchSettings:
    """How the search runs: `workers` threads, a `seed`, and whether the same input must give the same plan."""

    workers: int = 2
    seed: int = 1
    reproducible: bool = False


@dataclass
class Stop:
    """Asked for by Ctrl-C, a deadline or a caller; may be set from another thread."""

    asked: bool = False
    _solver: cp_model.CpSolver | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self) -> None:
        """Stops the running search as soon as it can, and every one after it."""
        with self._lock:
            self.asked = True
            if self._solver is not None:
                self._solver.stop_search()

    def watch(self, solver: cp_model.CpSolver | None) -> None:
        """Names the search that `ask` has to stop."""
        with self._lock:
            self._solver = solver


@dataclass(frozen=True)
class Reached:
    """What a goal reached in one search: value and bound in the goal's unit; None before a first plan."""

    value: int | None
    bound: int | None

    @property
    def proved(self) -> bool:
        """Whether nothing better is possible."""
        return self.value is not None and self.value == self.bound


Watch = Callable[[int, int | None], None]
"""Called with value and bound whenever the search finds a better plan."""


class Search:
    """A timetable's model with its best plan so far."""

    def __init__(self, timetable: Timetable, settings: SearchSettings, stop: Stop) -> None:
        self.timetable = timetable
        self.settings = settings
        self.stop = stop
        self.solution: dict[int, int] | None = None
        self.infeasible = False
        self.deterministic_seconds = 0.0
        self._expressions: dict[str, Expr] = {}

    @property
    def plan(self) -> Plan | None:
        """The best plan so far."""
        if self.solution is None:
            return None
        solution = self.solution
        return extract(self.timetable, lambda literal: bool(solution[literal.index]))

    def expression(self, goal: Goal) -> Expr:
        """A goal's expression; its variables are made when it is first asked for."""
        if goal.key not in self._expressions:
            self._expressions[goal.key] = EXPRESSIONS[goal.key](self.timetable)
        return self._expressions[goal.key]

    def best(self, goal: Goal, seconds: float, watch: Watch) -> Reached:
        """The best value of a goal that can be found in so many seconds, with what is at most possible."""
        expression = self.expression(goal)
        more = goal.better == "more"
        model = self.timetable.model
        if not isinstance(expression, int):
            model.maximize(expression) if more else model.minimize(expression)
        self._complete_hint()
        if self.solution is not None:
            value = self.value_of(expression)
            limit = self._limit(expression, more)
            if value == limit or seconds <= 0:
                model.clear_objective()
                return Reached(value, limit)
        if seconds <= 0:
            return Reached(None, None)
        solver, status = self._solve(seconds, watch)
        model.clear_objective()
        if status == cp_model.INFEASIBLE:
            self.infeasible = True
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Reached(None if self.solution is None else self.value_of(expression), self._limit(expression, more))
        value = self.value_of(expression)
        bound = value if status == cp_model.OPTIMAL else round(solver.best_objective_bound)
        return Reached(value, bound)

    def _limit(self, expression: Expr, more: bool) -> int:
        """What the variables' ranges alone allow."""
        if isinstance(expression, int):
            return expression
        flat = cp_model.FlatIntExpr(expression)
        total = int(flat.offset)
        for coefficient, variable in zip(flat.coeffs, flat.vars, strict=True):
            domain = list(variable.proto.domain)
            total += coefficient * (domain[-1] if more == (coefficient > 0) else domain[0])
        return total

    def value_of(self, expression: Expr) -> int:
        """An expression's value in the best plan so far."""
        assert self.solution is not None
        if isinstance(expression, int):
            return expression
        flat = cp_model.FlatIntExpr(expression)
        return int(flat.offset) + sum(c * self.solution[v.index] for c, v in zip(flat.coeffs, flat.vars, strict=True))

    def keep(self, goal: Goal, value: int) -> None:
        """From now on the goal is no worse than this."""
        expression = self.expression(goal)
        if not isinstance(expression, int):
            self.timetable.model.add(expression >= value if goal.better == "more" else expression <= value)

    def _complete_hint(self) -> None:
        """Hints every variable with the best plan so far; those made since are settled by a solve with the rest fixed."""
        model = self.timetable.model
        model.clear_hints()
        if self.solution is None:
            return
        known = self.solution
        for index, value in known.items():
            model.add_hint(model.get_int_var_from_proto_index(index), value)
        if len(known) == len(model.proto.variables):
            return
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.settings.seed
        solver.parameters.fix_variables_to_their_hinted_value = True
        if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.solution = dict(enumerate(solver.response_proto.solution))
            model.clear_hints()
            for index, value in self.solution.items():
                model.add_hint(model.get_int_var_from_proto_index(index), value)

    def _solve(self, seconds: float, watch: Watch) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.random_seed = self.settings.seed
        parameters.catch_sigint_signal = False
        if self.settings.reproducible:
            parameters.num_workers = 1
            parameters.max_deterministic_time = seconds
        else:
            parameters.num_workers = self.settings.workers
            parameters.max_time_in_seconds = seconds
        progress = _Progress(watch)
        self.stop.watch(solver)
        try:
            if self.stop.asked:
                return solver, cp_model.UNKNOWN
            status = solver.solve(self.timetable.model, progress)
            self.deterministic_seconds += solver.deterministic_time
        finally:
            self.stop.watch(None)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.solution = dict(enumerate(solver.response_proto.solution))
        return solver, status


class _Progress(cp_model.CpSolverSolutionCallback):
    """Reports each better plan; runs on the solver's threads."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch
        self.began = monotonic()

    def on_solution_callback(self) -> None:
        self._watch(round(self.objective_value), round(self.best_objective_bound))
