"""Search one timetable: one goal after the other, and the best plan so far is never lost.

What a goal reached is kept as a constraint while the later ones are searched. One weighted sum of
all goals would need weights so far apart that a tier-3 session outweighs any number of the rest,
and its bound would say nothing of a single goal.
"""

from collections.abc import Sequence
from random import Random

from ortools.sat.python import cp_model

from planner.plan.plan import Plan
from planner.rules.goals.goal import Goal
from solver.posting import Expr, fix
from solver.timetable.incumbent import Incumbent, Reached, Watch
from solver.timetable.neighbourhood import SMALL, around
from solver.timetable.plan_ways import ways_in
from solver.timetable.required_services import needed
from solver.timetable.stability_objective import closeness, hold, repaired
from solver.timetable.week import take_hours

ADOPT = 2.0
"""Seconds for completing a timetable that was found elsewhere."""
MOST_OF_IT = 10.0
"""Seconds for finding out how much of it can be kept, where rules stand against some of it."""
GENERAL = 0.7
"""The share of a goal's seconds for the general search of the whole; what is left goes into small
searches.
"""
CAPACITY_SHARE, WEEKLY = 0.2, 0.8
"""The share of a goal's seconds that may go into proving what a week can hold; and where all of a
week finds its hours.
"""


class Search(Incumbent):
    """The search of one timetable for the goals, one after the other."""

    def start(
        self,
        seconds: float,
        near: Sequence[tuple[Plan, frozenset[str]]] = (),
        *,
        heed_stop: bool = False,
    ) -> None:
        """Find a first plan: what must be, and nothing else.

        Where there is none (a pinned session may be supervised by one that is not), any plan. What
        was found is `started`; where there provably is none, `infeasible` is set.

        Args:
            seconds: Most time for each try.
            near: Plans that the first one must be near, each with the ids of services and people
                that are loose in it. They are tried first, each whole and without what is loose.
            heed_stop: Whether nothing is to be found once the time is over.
        """

        def find(model: cp_model.CpModel) -> cp_model.CpSolverStatus:
            solver = self.solver(seconds, heed_stop=heed_stop)
            return self._run(solver, model, None, heed_stop=heed_stop)

        for kept_model in (
            hold(self.timetable, plan, free)
            for plan, loose in near
            for free in (frozenset(), loose)
        ):
            if find(kept_model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                self.started = self.solution or []
                return
        # What need not be is fixed to nothing: so the first plan of a large school is there at
        # once, and a contradiction of what must be is not lost in the search of the rest.
        model = self.timetable.model.clone()
        must = needed(self.timetable.problem, self.timetable.services)
        for service in self.timetable.services:
            if service.id not in must:
                for _, literal in self.timetable.ways_of[service.id]:
                    fix(model, literal.index, 0)
        for tried in (model, self.timetable.model):
            self.infeasible = find(tried) == cp_model.INFEASIBLE
            if not self.infeasible:
                self.started = self.solution or []
                return

    def approach(self, plan: Plan, loose: frozenset[str], seconds: float) -> None:
        """Begins with a plan that was given: all of it where that is legal; else all but what some
        loose services and people do, which is kept as far as it can be; else as much as can be.
        """
        if self.solve(hold(self.timetable, plan), seconds) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return
        objective = repaired(self.timetable, plan)
        model = hold(self.timetable, plan, loose)
        model.maximize(objective)
        if self.solve(model, seconds) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._closer(objective, seconds)

    def stay_close(self, plan: Plan, goals: Sequence[Goal], seconds: float) -> None:
        """Among timetables that are no worse in any goal, looks for one that changes less of a plan
        that was given.
        """
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

    def best(self, goal: Goal, seconds: float, watch: Watch) -> Reached:
        """Find the best value of a goal, with what is at most possible.

        Args:
            goal: The goal; those before it are kept already.
            seconds: Most time; with 0, what is known without a search.
            watch: Called with each better value, and its bound.

        Returns:
            Value and bound in the goal's unit; None for what is not known.
        """
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
        if value != limit and seconds > 0 and goal.by_counts and self.capacity.holds:
            promised, most = self.week.ask(
                goal, (WEEKLY if self.fits else CAPACITY_SHARE) * seconds
            )
            if most is not None and most < limit:
                limit = most
                # The search takes the bound over: it then stops as soon as it meets it.
                model.add(expression <= limit)
            if self.fits and promised is not None and promised > value:
                take_hours(self, expression, began + seconds - self.clock())
                value = self.value_of(expression)
            waits = self.fits and promised != most
        # While a week that finds its hours may still be better, no other search is worth its time.
        if value != limit and seconds > 0 and not waits:
            bound = self._bound(seconds * (GENERAL if goal.by_counts else 1), watch)
            self._around(goal, expression, limit, began + seconds)
            value = self.value_of(expression)
            limit = limit if bound is None else min(limit, bound) if more else max(limit, bound)
        model.clear_objective()
        return Reached(value, limit if more or limit == value or limit > 0 else None)

    def _around(
        self, goal: Goal, expression: cp_model.LinearExpr, limit: int, until: float
    ) -> None:
        """Small searches around what a goal still wants, as long as there is something and there is
        time.
        """
        random = Random(self.settings.seed)
        while (
            goal.better == "more"
            and self.value_of(expression) < limit
            and self.clock() < until
            and not self.stop.over
        ):
            if not around(self, expression, [goal], random, min(SMALL, until - self.clock())):
                return

    def _bound(self, seconds: float, watch: Watch) -> int | None:
        """Searches; what is at most (or at least) possible according to the search."""
        solver = self.solver(seconds)
        status = self._run(solver, self.timetable.model, watch)
        if status == cp_model.OPTIMAL:
            return round(solver.objective_value)
        return round(solver.best_objective_bound) if status == cp_model.FEASIBLE else None

    def adopt(self, plan: Plan, objective: Expr) -> None:
        """Takes the sessions of a plan that was found elsewhere; where rules stand against some of
        them, as many as can be kept.

        What must be stays open, so that it may make room for lunch or preparation.
        """
        given = self.timetable.given
        ways = ways_in(self.timetable.problem, plan)
        before = [] if self.solution is None else self.solution
        already = {way[0] for way, literal in given.items() if before and before[literal.index]}
        for strict, seconds in ((True, ADOPT), (False, MOST_OF_IT)):
            model = self.timetable.model.clone()
            for way, literal in given.items():
                if way[0] not in already and (strict or way not in ways):
                    fix(model, literal.index, int(way in ways))
            if self.solve(model, seconds, least=self.value_of(objective)) in (
                cp_model.OPTIMAL,
                cp_model.FEASIBLE,
            ):
                return
