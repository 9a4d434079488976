"""What no legal use of the money can deliver, and which package could: the week of everybody who may be budgeted.

The day-level model of `timetable.capacity` over all candidates, with the budget's own rows in it. Nobody gives a session unless an
offer is taken that plans them so:

    y[g, p, d] ≤ Σ taken[o] over the offers o that plan p, and whose funds may pay for g

Its optimum holds for every package at once.
"""

from collections.abc import Mapping
from time import monotonic

from ortools.sat.python import cp_model

from planner.problem.problem import Problem
from planner.problem.staff import Staff
from planner.rule import Setting, Strength
from planner.rules.fund_students import RULE as FUND_STUDENTS
from solver.budget.budget import Budget, Cut
from solver.budget.supply import candidates, may_give, terms_of
from solver.budget.translated import translate
from solver.posting import Expr
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable import variables
from solver.timetable.capacity import Capacity, maximum
from solver.timetable.goals import COUNTED
from solver.timetable.neighbourhood import fix
from solver.timetable.timetable import Timetable

MOST_SERVICES = 800
"""Of more services the model is too large to be of use beside the timetable."""
PROVERS = ("max_lp", "lb_tree_search")
"""CP-SAT's searches that close the bound, beside one that finds packages: in 20 s 0.1 % of the bound was left where the usual two
searches left 1.7 % (a region of 12 schools).
"""
SHARE = 0.6
"""The share of what is left of the time that each goal may take."""


class Everybody:
    """The capacity of everybody who may be budgeted; goals that depend on counts alone can be asked of it, the rest is skipped."""

    def __init__(self, budget: Budget, rules: Mapping[str, Setting], settings: SolveSettings, stop: Stop) -> None:
        self.budget = budget
        self.settings = settings
        self.stop = stop
        self.spent = 0.0
        self._solution: list[int] = []
        self._proved: dict[str, tuple[int, int]] = {}
        self.goals = [goal for goal in settings.goals if goal.key in COUNTED]
        everybody, whom = _all_of(budget)
        timetable = Timetable(everybody, {**rules, FUND_STUDENTS.key: Setting(Strength.OFF)})
        variables.create(timetable)
        self._capacity = Capacity(timetable)
        self._model = self._capacity.model
        self.holds = self._capacity.holds
        """Whether it is a bound at all."""
        assert budget.supply is not None
        known = translate(budget.milp, budget.supply.variables, self._model)
        self._taken = [known[taken.name] for taken in budget.taken]
        terms = [terms_of(budget.problem, rules, offer) for offer in budget.offers]
        for (name, who, _), literal in self._capacity.gives.items():
            if who in whom:
                service = timetable.service(name)
                self._model.add(literal <= sum(self._taken[n] for n in whom[who] if may_give(terms[n], service)))
        self._values: dict[str, Expr] = {goal.key: COUNTED[goal.key](self._capacity) for goal in self.goals}
        self._least = {goal.key: self._model.new_int_var(0, 0, f"least {goal.key}") for goal in self.goals}
        for key, least in self._least.items():
            self._model.add(self._values[key] >= least)

    def tighten(self, cut: Cut) -> None:
        """From now on what was proved of a package holds."""
        added = sum(most * self._taken[number] for number, most in cut.added.items())
        self._model.add(self._values[cut.goal] <= cut.proved + added)

    def best(self, seconds: float) -> tuple[frozenset[int], dict[str, int]] | None:
        """The numbers of the offers that can serve most in the goals' order, cheapest among equals, and how much of each goal; None
        where none was found in time.
        """
        self._hold({})
        self._proved = {}
        ends = self._clock() + seconds
        for goal in self.goals:
            found = self._most(self._values[goal.key], (ends - self._clock()) * SHARE)
            if found is None:
                return None
            self._proved[goal.key] = found
            self._hold({goal.key: found[0]})
        priced = zip(self.budget.offers, self._taken, strict=True)
        cost = sum(sum(offer.cents) * taken for offer, taken in priced)
        if self._most(-cost, ends - self._clock()) is None:
            return None
        offers = frozenset(n for n, taken in enumerate(self._taken) if self._solution[taken.index])
        return offers, {key: value for key, (value, _) in self._proved.items()}

    def bounds(self, reached: Mapping[str, int], known: Mapping[str, int], seconds: float) -> dict[str, int]:
        """What is proved of each goal beside what was reached in those before it; goals for which nothing is are left out. A goal
        that is as good as is `known` to be possible is not asked again, nor one of which `best` proved it beside no more.
        """
        self._hold({})
        ends = self._clock() + seconds
        found: dict[str, int] = {}
        same = True
        for goal in self.goals:
            kept, most = self._proved.get(goal.key, (0, None)) if same else (0, None)
            if most is None and reached[goal.key] != known.get(goal.key):
                proved = self._most(self._values[goal.key], (ends - self._clock()) * SHARE)
                most = proved[1] if proved else None
            if most is not None:
                found[goal.key] = most
            same = same and reached[goal.key] >= kept
            self._hold({goal.key: reached[goal.key]})
        return found

    def _hold(self, least: Mapping[str, int]) -> None:
        """From now on some goals are no worse than this; without any, none is held."""
        for key, variable in self._least.items():
            if key in least or not least:
                fix(self._model, variable.index, least.get(key, 0))

    def _most(self, expression: Expr, seconds: float) -> tuple[int, int] | None:
        if isinstance(expression, int):
            return expression, expression
        self._model.clear_hints()
        for index, figure in enumerate(self._solution):
            self._model.add_hint(self._model.get_int_var_from_proto_index(index), figure)
        solver = cp_model.CpSolver()
        if self.settings.reproducible:
            solver.parameters.num_workers = 1
        else:
            solver.parameters.num_workers = max(len(PROVERS) + 1, self.settings.workers)
            solver.parameters.subsolvers.extend(PROVERS)
        solver.parameters.random_seed = self.settings.seed
        solver.parameters.catch_sigint_signal = False
        solver.parameters.symmetry_level = 0
        solver.parameters.cp_model_probing_level = 1
        solver.parameters.max_presolve_iterations = 1
        if self.settings.reproducible:
            solver.parameters.max_deterministic_time = max(0.0, seconds)
        else:
            solver.parameters.max_time_in_seconds = max(0.0, seconds)
        found = maximum(self._model, expression, solver, self.stop)
        self.spent += solver.deterministic_time if self.settings.reproducible and found else 0.0
        if found is not None:
            self._solution = list(solver.response_proto.solution)
        return found

    def _clock(self) -> float:
        """Seconds, by the clock that the settings go by."""
        return self.spent if self.settings.reproducible else monotonic()


def _all_of(budget: Budget) -> tuple[Problem, dict[str, list[int]]]:
    """The problem with everybody who may be planned, each variant of a contract as somebody, and the offers that plan them so."""
    names: set[str] = set()
    people: list[Staff] = []
    whom: dict[str, list[int]] = {}
    for person, numbers in candidates(budget.problem, budget.offers):
        name = person.id
        while name in names:
            name += "'"
        names.add(name)
        people.append(person.row.model_copy(update={"staff": name}))
        if numbers:
            whom[name] = numbers
    problem = budget.problem
    data = problem.data.model_copy(update={"staff": tuple(people), "positions": ()})
    return Problem(data, problem.name, problem.edits, problem.origin or problem.data), whom
