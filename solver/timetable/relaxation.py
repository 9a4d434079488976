"""Ask the capacity of a week how much of each goal is possible beside what is kept already."""

from collections.abc import Iterable, Mapping, Sequence
from math import floor
from time import monotonic
from typing import Protocol

from ortools.sat.python import cp_model

from planner.rules.goals.goal import Goal
from solver.posting import Expr, fix
from solver.stop import Stop
from solver.timetable.goals import expression
from solver.timetable.timetable import Counted

PROVERS = ("max_lp", "lb_tree_search")
"""CP-SAT's searches that close the bound, beside one that finds solutions: in 20 s 0.1 % of the
bound was left where the usual two searches left 1.7 % (a region of 12 schools).
"""
SHARE = 0.6
"""The share of what is left of the time that each goal may take."""
PACE = 0.4
"""CP-SAT's deterministic seconds to one of the clock, measured for these models (0.25 to 0.55): a
reproducible run takes about as long as it was given.
"""
BEGIN = 2.0
"""Most seconds for completing a solution that is given."""
TOLERANCE = 1e-6
"""What a solver's bound of a whole number may be off by."""


class Settings(Protocol):
    """What of a search's settings matters here."""

    @property
    def workers(self) -> int:
        """Threads."""

    @property
    def seed(self) -> int:
        """Of the searches."""

    @property
    def reproducible(self) -> bool:
        """Whether time is counted in deterministic seconds."""


class Relaxation:
    """A capacity with the goals that depend on counts alone; `solution` is the last one found, by
    the model's variables, and `climbed` what the last `climb` found of each goal and proved of it
    beside those before.

    A `large` one is searched mainly for proofs.

    What is kept of a goal is the domain of a variable (`least`) and no constraint of its own: it is
    set and taken back between questions, and the model is built once.
    """

    def __init__(
        self,
        capacity: Counted,
        goals: Iterable[Goal],
        settings: Settings,
        stop: Stop,
        *,
        large: bool = False,
    ) -> None:
        self.goals = [goal for goal in goals if goal.by_counts]
        self.model = capacity.model
        self.solution: list[int] = []
        self.values: dict[str, Expr] = {goal.key: expression(goal, capacity) for goal in self.goals}
        self.deterministic_seconds = 0.0
        self._settings = settings
        self._stop = stop
        self._large = large
        self._kept: dict[str, int] = {}
        self.climbed: dict[str, tuple[int, int]] = {}
        self.least = {
            goal.key: self.model.new_int_var(0, 0, f"least {goal.key}") for goal in self.goals
        }
        for key, least in self.least.items():
            self.model.add(self.values[key] >= least)

    def climb(self, seconds: float, goals: Sequence[Goal] = ()) -> bool:
        """Looks for the most of the goals (all of them, unless some are named), one after the
        other; each is kept while those after it are asked, and none afterwards. Whether something
        was found in time.
        """
        self.keep({})
        self.climbed = {}
        ends = self.clock() + seconds
        asked = [goal for goal in goals or self.goals if not isinstance(self.values[goal.key], int)]
        for goal in goals or self.goals:
            share = 1.0 if asked[-1:] == [goal] else SHARE
            answer = self.most(self.values[goal.key], (ends - self.clock()) * share)
            if answer is None:
                break
            self.climbed[goal.key] = answer
            self.keep({**self._kept, goal.key: answer[0]})
        self.keep({})
        return len(self.climbed) == len(goals or self.goals)

    def bounds(
        self, reached: Mapping[str, int], known: Mapping[str, int], seconds: float
    ) -> dict[str, int]:
        """What is proved of each goal beside what was reached in those before it; goals for which
        nothing is are left out. A goal that is as good as is `known` to be possible is not asked,
        unless that was proved in `climb`.
        """
        self.keep({})
        ends = self.clock() + seconds
        proved: dict[str, int] = {}
        for goal in self.goals:
            most = self._settled(goal)
            if most is None and reached[goal.key] != known.get(goal.key):
                most = self.ask(goal, (ends - self.clock()) * SHARE)[1]
            if most is not None:
                proved[goal.key] = most
            self.keep({**self._kept, goal.key: reached[goal.key]})
        return proved

    def ask(self, goal: Goal, seconds: float) -> tuple[int | None, int | None]:
        """The most that was found of a goal beside what is kept of others, and what is proved of
        it; None for what was not found in so many seconds.
        """
        settled = self._settled(goal)
        if settled is not None and settled == self.climbed[goal.key][0]:
            return settled, settled
        found = self.most(self.values[goal.key], seconds)
        if found is None:
            return None, settled
        return found[0], found[1] if settled is None else min(found[1], settled)

    def begin(self, values: Mapping[int, int]) -> None:
        """Takes up a solution of which some variables are given, by index, unless there is none."""
        model = self.model.clone()
        for index, figure in values.items():
            fix(model, index, figure)
        solver = self._solver(BEGIN)
        if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.solution = list(solver.response_proto.solution)

    def _settled(self, goal: Goal) -> int | None:
        """What `climb` proved of a goal, if no less is kept by now of those before it than was
        then.

        A bound that was proved beside more of the earlier goals says nothing once less of them is
        kept: the goal might then have more.
        """
        for key, (value, most) in self.climbed.items():
            if key == goal.key:
                return most
            if self._kept.get(key, 0) < value:
                return None
        return None

    def keep(self, least: Mapping[str, int]) -> None:
        """From now on these goals are no worse than this; others are not held."""
        self._kept = dict(least)
        for key, variable in self.least.items():
            fix(self.model, variable.index, least.get(key, 0))

    def most(self, expression: Expr, seconds: float) -> tuple[int, int] | None:
        """The most that was found of an expression, beside what is kept, and a proved bound; None
        where nothing was in time.
        """
        if isinstance(expression, int):
            return expression, expression
        model = self.model
        model.clear_hints()
        for index, figure in enumerate(self.solution):
            model.add_hint(model.get_int_var_from_proto_index(index), figure)
        model.maximize(expression)
        solver = self._solver(seconds)
        self._stop.watch(solver)
        try:
            if self._stop.over:
                return None
            status = solver.solve(model)
        finally:
            self._stop.watch(None)
        self.deterministic_seconds += solver.deterministic_time / PACE
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        self.solution = list(solver.response_proto.solution)
        value = round(solver.objective_value)
        # Where the search proved its value, the value is the bound; the solver's own bound is a
        # float and may lie a little beside it.
        return value, value if status == cp_model.OPTIMAL else floor(
            solver.best_objective_bound + TOLERANCE
        )

    def _solver(self, seconds: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.random_seed = self._settings.seed
        parameters.catch_sigint_signal = False
        parameters.symmetry_level = 0
        parameters.cp_model_probing_level = 1
        parameters.max_presolve_iterations = 1
        if self._settings.reproducible:
            parameters.max_deterministic_time = max(0.0, seconds * PACE)
        else:
            parameters.max_time_in_seconds = max(0.0, min(seconds, self._stop.left()))
        if self._settings.reproducible or self._settings.workers == 1:
            parameters.num_workers = 1
            parameters.interleave_search = True
        elif self._large:
            parameters.num_workers = max(len(PROVERS) + 1, self._settings.workers)
            parameters.subsolvers.extend(PROVERS)
        else:
            parameters.num_workers = self._settings.workers
        return solver

    def clock(self) -> float:
        """Seconds, by the clock that the settings go by."""
        return self.deterministic_seconds if self._settings.reproducible else monotonic()
