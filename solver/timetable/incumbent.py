"""Keep the best timetable so far of one model, and improve it by any model with the same variables.

Everything that looks for something better (the search by goals, the small searches around what is
left out, the week without clock times) stands on this and knows nothing of the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

from ortools.sat.python import cp_model

from planner.plan.plan import Plan
from planner.rules.goals import GOALS
from planner.rules.goals.goal import Goal
from solver.posting import Expr, fix
from solver.stop import Stop
from solver.timetable.capacity import Capacity
from solver.timetable.extract import extract
from solver.timetable.goals import expression
from solver.timetable.relaxation import Relaxation
from solver.timetable.timetable import Timetable


@dataclass(frozen=True)
class SearchSettings:
    """How the search runs: `workers` threads, a `seed`, and whether the same input must give the
    same plan.
    """

    workers: int = 2
    seed: int = 1
    reproducible: bool = False


@dataclass(frozen=True)
class Reached:
    """What a goal reached in one search: value and bound in the goal's unit; None before a first
    plan.
    """

    value: int | None
    bound: int | None

    @property
    def proved(self) -> bool:
        """Whether nothing better is possible."""
        return self.value is not None and self.value == self.bound


Watch = Callable[[int, int | None], None]
"""Called with value and bound whenever the search finds a better plan."""


class Incumbent:
    """A timetable's model with its best plan so far."""

    def __init__(self, timetable: Timetable, settings: SearchSettings, stop: Stop) -> None:
        self.timetable = timetable
        self.settings = settings
        self.stop = stop
        self.solution: list[int] | None = None
        self.infeasible = False
        self.started: list[int] = []
        """What must be, and nothing else: the first plan."""
        self.fits = False
        """Whether all of the last week without clock times found its hours."""
        self.deterministic_seconds = 0.0
        self._expressions: dict[str, Expr] = {}
        self._kept: list[tuple[Goal, int]] = []

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
            self._expressions[goal.key] = expression(goal, self.timetable)
        return self._expressions[goal.key]

    def known(self, goal: Goal) -> Reached:
        """A goal's value in the best plan so far and what is trivially possible, where that needs
        no search at all.
        """
        expression = self._expressions.get(goal.key)
        if expression is None or self.solution is None:
            return Reached(None, None)
        if not isinstance(expression, int) and max(
            v.index for v in cp_model.FlatIntExpr(expression).vars
        ) >= len(self.solution):
            return Reached(None, None)
        return Reached(
            self.value_of(expression), self.limit(expression, more=goal.better == "more")
        )

    def clock(self) -> float:
        """Seconds, by the clock that the settings go by."""
        if not self.settings.reproducible:
            return monotonic()
        # Not `self.week` where nobody asked for it yet: to ask would build the capacity.
        return self.deterministic_seconds + (
            self.week.deterministic_seconds if "week" in self.__dict__ else 0.0
        )

    @cached_property
    def capacity(self) -> Capacity:
        """What the week can hold at most."""
        return Capacity(self.timetable)

    @cached_property
    def week(self) -> Relaxation:
        """What can be asked of the capacity, with every goal kept so far."""
        week = Relaxation(self.capacity, GOALS, self.settings, self.stop)
        week.keep(self._least())
        return week

    def _least(self) -> dict[str, int]:
        return {goal.key: value for goal, value in self._kept if goal.by_counts}

    def limit(self, expression: Expr, *, more: bool) -> int:
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
        terms = zip(flat.coeffs, flat.vars, strict=True)
        return int(
            flat.offset
            + sum(coefficient * self.solution[variable.index] for coefficient, variable in terms)
        )

    def keep(self, goal: Goal, value: int) -> None:
        """From now on the goal is no worse than this."""
        expression = self.expression(goal)
        self._kept.append((goal, value))
        if "week" in self.__dict__:
            self.week.keep(self._least())
        if not isinstance(expression, int):
            # "No worse", and not "equal": a later goal may do the earlier one good.
            self.timetable.model.add(
                expression >= value if goal.better == "more" else expression <= value
            )

    def complete_hint(self) -> None:
        """Hints every variable with the best plan so far; those made since are settled by a solve
        with the rest fixed.

        A hint that leaves variables out is worth little: the first answer was four times worse.
        """
        model = self.timetable.model
        assert self.solution is not None
        if len(self.solution) < len(model.proto.variables):
            fixed = model.clone()
            for index, value in enumerate(self.solution):
                fix(fixed, index, value)
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.catch_sigint_signal = False
            if solver.solve(fixed) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                raise RuntimeError("a timetable's model contradicts the plan that it gave")
            self.solution = list(solver.response_proto.solution)
        model.clear_hints()
        for index, value in enumerate(self.solution):
            model.add_hint(model.get_int_var_from_proto_index(index), value)

    def solve(
        self,
        model: cp_model.CpModel,
        seconds: float,
        *,
        seed: int | None = None,
        subsolver: str = "",
        least: int | None = None,
    ) -> cp_model.CpSolverStatus:
        """Search a model with this timetable's variables.

        Args:
            model: The timetable's model or a clone of it with something fixed; its variables have
                the same indices, so that any solution of it is one of the timetable.
            seconds: Most time, by the clock that the settings go by.
            seed: In place of the settings' seed, so that repeated small searches differ.
            subsolver: One of CP-SAT's searches to be used alone, where there are several threads.
            least: A plan with less than this, by the model's objective, is not taken: small
                searches may end with something worse than they began with.

        Returns:
            CP-SAT's status; the plan, where one was taken, is `solution`.
        """
        solver = self.solver(seconds, seed)
        if subsolver and solver.parameters.num_workers > 1:
            solver.parameters.subsolvers.extend([subsolver])
        return self._run(solver, model, None, least=least)

    def solver(
        self, seconds: float, seed: int | None = None, *, heed_stop: bool = True
    ) -> cp_model.CpSolver:
        """A solver set up as the settings say, for so many seconds, or those that are left."""
        if heed_stop:
            seconds = min(seconds, self.stop.left())
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.random_seed = self.settings.seed if seed is None else seed
        parameters.catch_sigint_signal = False
        # A model is searched again and again, and presolved each time. As lean as this, that takes
        # 10 s of one core for the schools of tacoma-mtss as one model; with the defaults, 29 s.
        parameters.symmetry_level = 0
        parameters.cp_model_probing_level = 1
        parameters.max_presolve_iterations = 1
        workers = 1 if self.settings.reproducible else self.settings.workers
        parameters.num_workers = workers
        parameters.interleave_search = workers == 1
        if self.settings.reproducible:
            parameters.max_deterministic_time = max(0.01, seconds)
        else:
            parameters.max_time_in_seconds = max(0.01, seconds)
        return solver

    def _run(
        self,
        solver: cp_model.CpSolver,
        model: cp_model.CpModel,
        watch: Watch | None,
        *,
        least: int | None = None,
        heed_stop: bool = True,
    ) -> cp_model.CpSolverStatus:
        if heed_stop:
            self.stop.watch(solver)
        try:
            if heed_stop and self.stop.over:
                return cp_model.UNKNOWN
            status = solver.solve(model, _Progress(watch)) if watch else solver.solve(model)
        finally:
            self.stop.watch(None)
        self.deterministic_seconds += solver.deterministic_time
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) and (
            least is None or round(solver.objective_value) >= least
        ):
            self.solution = list(solver.response_proto.solution)
        return status


class _Progress(cp_model.CpSolverSolutionCallback):
    """Reports each better plan; runs on the solver's threads."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def on_solution_callback(self) -> None:
        self._watch(round(self.objective_value), round(self.best_objective_bound))
