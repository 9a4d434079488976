"""The model that any engineer would write first, on the common problem: start variables and
optional intervals.

Each session has a start, and an optional interval for everybody who might give it; an adult's
intervals must not overlap. It has all the rules and the whole cost, and states them plainly.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from time import monotonic

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver, CpSolverSolutionCallback, IntVar

from tests.benchmarks.common import (
    DAYS,
    EXTRA_ADULT,
    IDLE_SLOT,
    SESSIONS,
    SLOTS,
    Instance,
    Plan,
    day_of,
)


@dataclass
class NaiveRun:
    """What the naive model reached: after how many seconds (building counts) which cost."""

    plan: Plan | None
    costs: list[tuple[float, int]]
    bound: float
    build_seconds: float

    @property
    def first(self) -> float | None:
        """Seconds to the first plan."""
        return self.costs[0][0] if self.costs else None


def solve_naively(instance: Instance, seconds: float, workers: int = 2, seed: int = 1) -> NaiveRun:
    """Build the naive model and search for so many seconds."""
    began = monotonic()
    naive = _Naive(instance)
    built = monotonic() - began
    watch = _Watch(began)
    solver = CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    status = solver.solve(naive.model, watch)
    plan = naive.plan(solver) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    return NaiveRun(plan, watch.costs, solver.best_objective_bound, built)


class _Watch(CpSolverSolutionCallback):
    """The cost of each plan that is found, and when."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self.began = began
        self.costs: list[tuple[float, int]] = []

    def on_solution_callback(self) -> None:
        self.costs.append((monotonic() - self.began, round(self.objective_value)))


class _Naive:
    """The model."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.model = CpModel()
        self.cost: list[cp_model.LinearExprT] = []
        self.starts: dict[tuple[int, int], IntVar] = {}
        self.gives: dict[tuple[int, int, int], IntVar] = {}
        self.given: dict[int, list[IntVar]] = defaultdict(list)
        self.intervals: dict[int, list[cp_model.IntervalVar]] = defaultdict(list)
        self.days: dict[tuple[int, int], list[tuple[IntVar, IntVar]]] = defaultdict(list)
        """By adult and day, for each session that may be given then: whether it is, and its
        start.
        """
        self.at: dict[tuple[int, int, int], IntVar] = {}
        self.add_places()
        for number in range(len(instance.groups)):
            self.add_group(number)
        for number in range(len(instance.adults)):
            self.add_adult(number)
        self.model.minimize(sum(self.cost))

    def plan(self, solver: CpSolver) -> Plan:
        plan: Plan = [[] for _ in self.instance.groups]
        for (group, session, adult), gives in self.gives.items():
            if solver.boolean_value(gives):
                plan[group].append((adult, solver.value(self.starts[group, session])))
        return plan

    def add_places(self) -> None:
        """An adult is at one school a day."""
        for number, adult in enumerate(self.instance.adults):
            for day in range(DAYS):
                for school in adult.schools:
                    self.at[number, day, school] = self.model.new_bool_var("")
                self.model.add_at_most_one(self.at[number, day, school] for school in adult.schools)

    def add_group(self, number: int) -> None:
        """A group's sessions are on different days, in its window, by those who may."""
        model, group = self.model, self.instance.groups[number]
        serving = {
            who: model.new_bool_var("")
            for who, adult in enumerate(self.instance.adults)
            if adult.may_serve(group)
        }
        costs = [group.window.get(slot, 0) for slot in range(DAYS * SLOTS)]
        on_day: list[list[IntVar]] = []
        for session in range(SESSIONS):
            start = model.new_int_var_from_domain(
                cp_model.Domain.from_values(list(group.window)), ""
            )
            self.starts[number, session] = start
            days = [model.new_bool_var("") for _ in range(DAYS)]
            model.add_exactly_one(days)
            on_day.append(days)
            for day, it_is in enumerate(days):
                slots = [slot for slot in group.window if day_of(slot) == day]
                model.add_linear_expression_in_domain(
                    start, cp_model.Domain.from_values(slots)
                ).only_enforce_if(it_is)
            disliked = model.new_int_var(0, max(costs), "")
            model.add_element(start, costs, disliked)
            self.cost.append(disliked)
            for who, serves in serving.items():
                gives = model.new_bool_var("")
                self.gives[number, session, who] = gives
                self.given[who].append(gives)
                model.add_implication(gives, serves)
                self.intervals[who].append(
                    model.new_optional_fixed_size_interval_var(start, 1, gives, "")
                )
                for day, it_is in enumerate(days):
                    then = model.new_bool_var("")
                    model.add_bool_or(~gives, ~it_is, then)
                    model.add_implication(then, gives)
                    model.add_implication(then, it_is)
                    model.add_implication(then, self.at[who, day, group.school])
                    self.days[who, day].append((then, start))
            model.add_exactly_one(self.gives[number, session, who] for who in serving)
        for day in range(DAYS):
            model.add_at_most_one(days[day] for days in on_day)
        self.cost.append(EXTRA_ADULT * (sum(serving.values()) - 1))

    def add_adult(self, number: int) -> None:
        """An adult gives one session at a time, when available, and no more than the cap."""
        model, adult = self.model, self.instance.adults[number]
        away = [slot for slot in range(DAYS * SLOTS) if slot not in adult.available]
        model.add_no_overlap(
            [
                *self.intervals[number],
                *(model.new_fixed_size_interval_var(slot, 1, "") for slot in away),
            ]
        )
        model.add(sum(self.given[number]) <= adult.most)
        for day in range(DAYS):
            slots = sorted(slot for slot in adult.available if day_of(slot) == day)
            if slots and self.days[number, day]:
                self.add_idle(slots, self.days[number, day])

    def add_idle(self, slots: list[int], given: list[tuple[IntVar, IntVar]]) -> None:
        """Available slots from the first to the last session of a day, less the sessions."""
        model, last_place = self.model, len(slots) - 1
        place_of = {slot: place for place, slot in enumerate(slots)}
        places = [place_of.get(slot, 0) for slot in range(DAYS * SLOTS)]
        first, last = model.new_int_var(0, last_place, ""), model.new_int_var(0, last_place, "")
        works, idle = model.new_bool_var(""), model.new_int_var(0, len(slots), "")
        for then, start in given:
            place = model.new_int_var(0, last_place, "")
            model.add_element(start, places, place)
            model.add(first <= place).only_enforce_if(then)
            model.add(last >= place).only_enforce_if(then)
            model.add_implication(then, works)
        model.add(idle >= last - first + 1 - sum(then for then, _ in given)).only_enforce_if(works)
        self.cost.append(IDLE_SLOT * idle)
