"""The search of one timetable: one goal after the other, what each reached is kept, the best plan so far is never lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from time import monotonic

from ortools.sat.python import cp_model

from planner.goals import GOALS
from planner.goals.goal import Goal
from planner.plan import Plan
from solver.needed import needed
from solver.posting import Expr
from solver.relaxation import Relaxation
from solver.stop import Stop
from solver.timetable.capacity import Capacity
from solver.timetable.closeness import closeness, hold, repaired
from solver.timetable.extract import extract
from solver.timetable.goals import COUNTED, EXPRESSIONS
from solver.timetable.neighbourhood import SMALL, around, fix
from solver.timetable.timetable import Timetable, Way
from solver.timetable.week import take_hours

ADOPT = 2.0
"""Seconds for completing a timetable that was found elsewhere."""
MOST_OF_IT = 10.0
"""Seconds for finding out how much of it can be kept, where rules stand against some of it."""
GENERAL = 0.7
"""The share of a goal's seconds for the general search of the whole; what is left goes into small searches."""
CAPACITY_SHARE, WEEKLY = 0.2, 0.8
"""The share of a goal's seconds that may go into proving what a week can hold; and where all of a week finds its hours."""


@dataclass(frozen=True)
class SearchSettings:
    """How the search runs: `workers` threads, a `seed`, and whether the same input must give the same plan."""

    workers: int = 2
    seed: int = 1
    reproducible: bool = False


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

    def start(self, seconds: float, near: Plan | None = None, loose: frozenset[str] = frozenset()) -> None:
        """A first plan: what must be, and nothing else. Where there is none (a pinned session may be supervised by one that is
        not), any plan. Where it must be `near` another, that one is tried first, whole and without what some `loose` services and
        people do.
        """
        for held in (hold(self.timetable, near), hold(self.timetable, near, loose)) if near is not None else ():
            if self._run(self.solver(seconds), held, None, heed_stop=False) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                self.started = self.solution or []
                return
        model = self.timetable.model.clone()
        must = needed(self.timetable.problem, self.timetable.services)
        for service in self.timetable.services:
            if service.id not in must:
                for _, literal in self.timetable.ways_of[service.id]:
                    fix(model, literal.index, 0)
        for tried in (model, self.timetable.model):
            self.infeasible = self._run(self.solver(seconds), tried, None, heed_stop=False) == cp_model.INFEASIBLE
            if not self.infeasible:
                self.started = self.solution or []
                return

    def approach(self, plan: Plan, loose: frozenset[str], seconds: float) -> None:
        """Begins with a plan that was given: all of it where that is legal; else all but what some loose services and people
        do, which is kept as far as it can be; else as much as can be.
        """
        if self.solve(hold(self.timetable, plan), seconds) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return
        objective = repaired(self.timetable, plan)
        model = hold(self.timetable, plan, loose)
        model.maximize(objective)
        if self.solve(model, seconds) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._closer(objective, seconds)

    def stay_close(self, plan: Plan, goals: Sequence[Goal], seconds: float) -> None:
        """Among timetables that are no worse in any goal, looks for one that changes less of a plan that was given."""
        expressions = [self.expression(goal) for goal in goals]
        self.complete_hint()
        kept = {goal.key for goal, _ in self._kept}
        for goal, expression in zip(goals, expressions, strict=True):
            if goal.key not in kept:
                self.keep(goal, self.value_of(expression))
        self._closer(closeness(self.timetable, plan), seconds)

    def _closer(self, objective: Expr, seconds: float) -> None:
        if isinstance(objective, int):
            return
        model = self.timetable.model
        model.maximize(objective)
        self.complete_hint()
        self.solve(model, seconds, least=self.value_of(objective))
        model.clear_objective()

    def expression(self, goal: Goal) -> Expr:
        """A goal's expression; its variables are made when it is first asked for."""
        if goal.key not in self._expressions:
            self._expressions[goal.key] = EXPRESSIONS[goal.key](self.timetable)
        return self._expressions[goal.key]

    def known(self, goal: Goal) -> Reached:
        """A goal's value in the best plan so far and what is trivially possible, where that needs no search at all."""
        expression = self._expressions.get(goal.key)
        if expression is None or self.solution is None:
            return Reached(None, None)
        if not isinstance(expression, int) and max(v.index for v in cp_model.FlatIntExpr(expression).vars) >= len(self.solution):
            return Reached(None, None)
        return Reached(self.value_of(expression), self.limit(expression, more=goal.better == "more"))

    def best(self, goal: Goal, seconds: float, watch: Watch) -> Reached:
        """The best value of a goal that can be found in so many seconds, with what is at most possible."""
        expression = self.expression(goal)
        more = goal.better == "more"
        model = self.timetable.model
        if self.solution is None:
            return Reached(None, None)
        if isinstance(expression, int):
            return Reached(expression, expression)
        model.maximize(expression) if more else model.minimize(expression)
        self.complete_hint()
        value, limit = self.value_of(expression), self.limit(expression, more=more)
        began, waits = self.clock(), False
        if value != limit and seconds > 0 and goal.key in COUNTED and self.capacity.holds:
            promised, most = self.week.ask(goal, (WEEKLY if self.fits else CAPACITY_SHARE) * seconds)
            if most is not None and most < limit:
                limit = most
                model.add(expression <= limit)
            if self.fits and promised is not None and promised > value:
                take_hours(self, expression, began + seconds - self.clock())
                value = self.value_of(expression)
            waits = self.fits and promised != most
        # While a week that finds its hours may still be better, no other search is worth its time.
        if value != limit and seconds > 0 and not waits:
            bound = self._bound(seconds * (GENERAL if goal.key in COUNTED else 1), watch)
            self._around(goal, expression, limit, began + seconds)
            value = self.value_of(expression)
            limit = limit if bound is None else min(limit, bound) if more else max(limit, bound)
        model.clear_objective()
        return Reached(value, limit if more or limit == value or limit > 0 else None)

    def _around(self, goal: Goal, expression: cp_model.LinearExpr, limit: int, until: float) -> None:
        """Small searches around what a goal still wants, as long as there is something and there is time."""
        random = Random(self.settings.seed)
        while goal.better == "more" and self.value_of(expression) < limit and self.clock() < until and not self.stop.asked:
            if not around(self, expression, [goal], random, min(SMALL, until - self.clock())):
                return

    def clock(self) -> float:
        """Seconds, by the clock that the settings go by."""
        if not self.settings.reproducible:
            return monotonic()
        return self.deterministic_seconds + (self.week.deterministic_seconds if "week" in self.__dict__ else 0.0)

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
        return {goal.key: value for goal, value in self._kept if goal.key in COUNTED}

    def _bound(self, seconds: float, watch: Watch) -> int | None:
        """Searches; what is at most (or at least) possible according to the search."""
        solver = self.solver(seconds)
        status = self._run(solver, self.timetable.model, watch)
        if status == cp_model.OPTIMAL:
            return round(solver.objective_value)
        return round(solver.best_objective_bound) if status == cp_model.FEASIBLE else None

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
        return int(flat.offset + sum(coefficient * self.solution[variable.index] for coefficient, variable in terms))

    def keep(self, goal: Goal, value: int) -> None:
        """From now on the goal is no worse than this."""
        expression = self.expression(goal)
        self._kept.append((goal, value))
        if "week" in self.__dict__:
            self.week.keep(self._least())
        if not isinstance(expression, int):
            self.timetable.model.add(expression >= value if goal.better == "more" else expression <= value)

    def complete_hint(self) -> None:
        """Hints every variable with the best plan so far; those made since are settled by a solve with the rest fixed.

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

    def adopt(self, ways: set[Way], objective: Expr) -> None:
        """Makes a plan of ways that were found elsewhere; where rules stand against some of them, of as many as can be kept."""
        given = self.timetable.given
        before = [] if self.solution is None else self.solution
        already = {way[0] for way, literal in given.items() if before and before[literal.index]}
        for strict, seconds in ((True, ADOPT), (False, MOST_OF_IT)):
            model = self.timetable.model.clone()
            for way, literal in given.items():
                if self.timetable.service(way[0]).group and way[0] not in already and (strict or way not in ways):
                    fix(model, literal.index, way in ways)
            if self.solve(model, seconds, least=self.value_of(objective)) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return

    def solve(
        self,
        model: cp_model.CpModel,
        seconds: float,
        *,
        seed: int | None = None,
        subsolver: str = "",
        least: int | None = None,
    ) -> cp_model.CpSolverStatus:
        """Searches a model with this timetable's variables; a plan that is no worse than `least` becomes the best so far."""
        solver = self.solver(seconds, seed)
        if subsolver and solver.parameters.num_workers > 1:
            solver.parameters.subsolvers.extend([subsolver])
        return self._run(solver, model, None, least=least)

    def solver(self, seconds: float, seed: int | None = None) -> cp_model.CpSolver:
        """A solver set up as the settings say, for so many seconds."""
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.random_seed = self.settings.seed if seed is None else seed
        parameters.catch_sigint_signal = False
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
            if heed_stop and self.stop.asked:
                return cp_model.UNKNOWN
            status = solver.solve(model, _Progress(watch)) if watch else solver.solve(model)
        finally:
            self.stop.watch(None)
        self.deterministic_seconds += solver.deterministic_time
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) and (least is None or round(solver.objective_value) >= least):
            self.solution = list(solver.response_proto.solution)
        return status


class _Progress(cp_model.CpSolverSolutionCallback):
    """Reports each better plan; runs on the solver's threads."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def on_solution_callback(self) -> None:
        self._watch(round(self.objective_value), round(self.best_objective_bound))
