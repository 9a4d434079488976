"""Questions to the capacity of a week: how much of each goal is possible beside what is kept of those before it."""

from collections.abc import Mapping, Sequence
from time import monotonic

from ortools.sat.python import cp_model

from planner.goals.goal import Goal
from solver.posting import Expr
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable.capacity import maximum
from solver.timetable.goals import COUNTED
from solver.timetable.neighbourhood import fix
from solver.timetable.timetable import Counted

PROVERS = ("max_lp", "lb_tree_search")
"""CP-SAT's searches that close the bound, beside one that finds solutions: in 20 s 0.1 % of the bound was left where the usual two
searches left 1.7 % (a region of 12 schools).
"""
PORTFOLIO = 8
"""Searches at once that find solutions: a region of 12 schools at 95 % load was placed whole in 7 s, with two in none in 20 s."""
SHARE = 0.6
"""The share of what is left of the time that each goal may take."""


class Relaxation:
    """A capacity with the goals that depend on counts alone; `solution` is the last one found, by the model's variables."""

    def __init__(self, capacity: Counted, goals: Sequence[Goal], settings: SolveSettings, stop: Stop) -> None:
        self.goals = [goal for goal in goals if goal.key in COUNTED]
        self.model = capacity.model
        self.solution: list[int] = []
        self.values: dict[str, Expr] = {goal.key: COUNTED[goal.key](capacity) for goal in self.goals}
        self._settings = settings
        self._stop = stop
        self._spent = 0.0
        self._climbed: dict[str, tuple[int, int]] = {}
        self._least = {goal.key: self.model.new_int_var(0, 0, f"least {goal.key}") for goal in self.goals}
        for key, least in self._least.items():
            self.model.add(self.values[key] >= least)

    def together(self, seconds: float) -> bool:
        """Looks for much of all goals at once, weighed gently against each other; whether anything was found."""
        self._hold({})
        self._climbed = {}
        weighed = sum(2**place * self.values[goal.key] for place, goal in enumerate(reversed(self.goals)))
        return self.most(weighed, seconds, PORTFOLIO) is not None

    def climb(self, seconds: float) -> dict[str, int] | None:
        """The most that can be found of the goals, one after the other; each is kept. None where nothing was found in time."""
        self._hold({})
        self._climbed = {}
        ends = self.clock() + seconds
        for goal in self.goals:
            found = self.most(self.values[goal.key], (ends - self.clock()) * SHARE)
            if found is None:
                return None
            self._climbed[goal.key] = found
            self._hold({goal.key: found[0]})
        return {key: value for key, (value, _) in self._climbed.items()}

    def bounds(self, reached: Mapping[str, int], known: Mapping[str, int], seconds: float) -> dict[str, int]:
        """What is proved of each goal beside what was reached in those before it; goals for which nothing is are left out. A goal
        that is as good as is `known` to be possible is not asked again, nor one of which `climb` proved it beside no more.
        """
        self._hold({})
        ends = self.clock() + seconds
        found: dict[str, int] = {}
        same = True
        for goal in self.goals:
            kept, most = self._climbed.get(goal.key, (0, None)) if same else (0, None)
            if most is None and reached[goal.key] != known.get(goal.key):
                proved = self.most(self.values[goal.key], (ends - self.clock()) * SHARE)
                most = proved[1] if proved else None
            if most is not None:
                found[goal.key] = most
            same = same and reached[goal.key] >= kept
            self._hold({goal.key: reached[goal.key]})
        return found

    def most(self, expression: Expr, seconds: float, searches: int = 0) -> tuple[int, int] | None:
        """The most that was found of an expression, beside what is kept, and a proved bound; None where nothing was in time.

        So many `searches` at once look for solutions rather than for proofs.
        """
        if isinstance(expression, int):
            return expression, expression
        self.model.clear_hints()
        for index, figure in enumerate(self.solution):
            self.model.add_hint(self.model.get_int_var_from_proto_index(index), figure)
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.random_seed = self._settings.seed
        parameters.catch_sigint_signal = False
        parameters.symmetry_level = 0
        parameters.cp_model_probing_level = 1
        parameters.max_presolve_iterations = 1
        if self._settings.reproducible:
            parameters.num_workers = 1
            parameters.max_deterministic_time = max(0.0, seconds)
        else:
            parameters.num_workers = searches or max(len(PROVERS) + 1, self._settings.workers)
            parameters.subsolvers.extend(() if searches else PROVERS)
            parameters.max_time_in_seconds = max(0.0, seconds)
        found = maximum(self.model, expression, solver, self._stop)
        if found is not None:
            self.solution = list(solver.response_proto.solution)
            self._spent += solver.deterministic_time
        return found

    def clock(self) -> float:
        """Seconds, by the clock that the settings go by."""
        return self._spent if self._settings.reproducible else monotonic()

    def _hold(self, least: Mapping[str, int]) -> None:
        """From now on some goals are no worse than this; without any, none is held."""
        for key, variable in self._least.items():
            if key in least or not least:
                fix(self.model, variable.index, least.get(key, 0))
